// Package bot is the day of the desk: it takes what the mailbox holds, in order,
// does what is due, mirrors the journal into the mailbox and lets letters go.
//
// Read route.go first: it says whose mail is whose. From there follow a
// bureau's mail into intake.Sitting.Receive, a member of staff's into staff.go.
// Decisions (decide.go, due.go) are pure functions of the ledger, a mail with
// its readings or a job with its time; this file and loop.go do the rest:
// bytes to disk first, one transaction a decision, network after it.
package bot

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/mailbox"
	"anli/intake/outbox"
	"anli/review"
	"anli/templates"
)

// Bot is one desk. The fields are set once; all methods are called by one
// goroutine.
type Bot struct {
	Ledger  *ledger.Ledger
	Box     *mailbox.Box
	Out     *outbox.Outbox
	Reader  *Reader
	House   intake.House
	Folders []string      // read in this order: the inbox first, then Junk
	Sent    string        // folder of sent mail: read until the first report, for what people answered; "" none
	Journal string        // folder of the mirrored journal
	Poll    time.Duration //
	Log     *slog.Logger
	Vitals  func(context.Context) []templates.Vital // of the machine, for the morning letter; nil: none are shown
	Step    func(string)                            // crash hook of tests; nil else

	uids    map[string]map[uint32]bool // folder/validity → uids taken
	warned  map[string]bool            // folders beside the inbox that could not be read last time
	next    time.Time                  // when the next letter is due
	spaced  time.Time                  // when the mailbox was last asked for its room
	polled  time.Time                  // when the last scan of the whole inbox began
	foreign error                      // another daemon writes this mailbox's journal: sending has stopped
	copies  copies
}

// Steps names the moments at which a crash must lose nothing: this package's,
// the ledger's and the outbox's. A test ends the process at each.
func Steps() []string {
	own := []string{StepFetched, StepDecided, StepCommitted, StepMirrored}
	return append(append(own, ledger.Steps()...), outbox.Steps()...)
}

// Steps of this package.
const (
	StepFetched   = "bot-fetched"   // the mail's bytes are on disk, nothing is decided
	StepDecided   = "bot-decided"   // decided and letters stored, nothing is committed
	StepCommitted = "bot-committed" // the entry stands, nothing is mirrored
	StepMirrored  = "bot-mirrored"  // the batch is in the mailbox, its position is not recorded
)

func (b *Bot) step(name string) {
	if b.Step != nil {
		b.Step(name)
	}
}

// Fold is how the ledger of a bot is folded.
func Fold(tx *ledger.Tx, e ledger.Entry) error {
	if err := intake.Fold(tx, e); err != nil {
		return err
	}
	return review.Fold(tx, e)
}

// Configure records what the configuration says, where it changed, and, once, the
// key's fingerprint. Another key than the ledger's is intake.ErrKey. A change runs
// once over the open cases.
func (b *Bot) Configure(now time.Time, s intake.Settings) error {
	var change *intake.Change
	err := b.Ledger.View(func(tx *ledger.Tx) error {
		var err error
		if change, err = intake.Configured(tx, s); err != nil || len(b.House.Key) == 0 {
			return err
		}
		known, err := intake.CheckKey(tx, b.House.Key)
		if err == nil && !known {
			change = cmp.Or(change, &intake.Change{})
			change.Key = intake.Fingerprint(b.House.Key)
		}
		return err
	})
	if err != nil || change == nil {
		return err
	}
	return b.Ledger.Update(func(tx *ledger.Tx) error {
		if _, err := tx.Append(now, KindSettings, "config", 1, change); err != nil {
			return err
		}
		if len(change.Config) == 0 {
			return nil
		}
		again, err := intake.Rejudge(tx, now, b.house())
		if err != nil || again == nil {
			return err
		}
		_, err = tx.Append(now, KindSettings, "rejudge", 1, again)
		return err
	})
}

// Turn is one round: scan, take, do what is due, mirror, send. now is asked
// anew where time passes.
func (b *Bot) Turn(ctx context.Context, now func() time.Time) error {
	began := now()
	if err := b.noteCopy(); err != nil {
		return err
	}
	found, whole, err := b.scan(ctx)
	if err != nil {
		return err
	}
	scanned := began // bursts close only after a whole scan that began after their end
	if !whole {
		scanned = time.Time{}
	} else {
		b.polled = began
	}
	for _, a := range found {
		if err := b.runDue(earlierOf(a.At, began), scanned, began); err != nil {
			return err
		}
		if err := b.take(ctx, a); err != nil {
			return err
		}
		b.note(folderKey(a.Folder, a.Validity), a.UID)
	}
	if err := b.reread(ctx); err != nil {
		return err
	}
	if err := b.unseal(ctx); err != nil {
		return err
	}
	if err := b.runDue(began, scanned, began); err != nil {
		return err
	}
	if whole {
		if err := b.firstReport(now()); err != nil {
			return err
		}
	}
	if err := b.space(ctx, now()); err != nil {
		return err
	}
	if err := b.urgent(); err != nil {
		return err
	}
	return b.Send(ctx, now)
}

func earlierOf(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// decide is law 3: decide on a view, store what the decision needs, commit one
// entry. also runs in the same transaction.
func (b *Bot) decide(at time.Time, kind, cause string, decision func(*ledger.Tx) (intake.Result, error), also func(*ledger.Tx) error) error {
	var r intake.Result
	err := b.Ledger.View(func(tx *ledger.Tx) error {
		var err error
		r, err = calm(tx, decision)
		return err
	})
	if err != nil {
		return fmt.Errorf("%s %s: %w", kind, shorten(cause, 60), err)
	}
	for _, raw := range r.Blobs {
		if _, err := b.Ledger.Blobs().PutBytes(raw); err != nil {
			return err
		}
	}
	b.step(StepDecided)
	err = b.Ledger.Update(func(tx *ledger.Tx) error {
		if _, err := tx.Append(at, kind, cause, 1, r.Change); err != nil {
			return err
		}
		if also != nil {
			return also(tx)
		}
		return nil
	})
	if err == nil {
		b.step(StepCommitted)
	}
	return err
}

// runDue does what is due by upTo; scanned is when the last whole scan began, now
// says what is overdue by too much.
func (b *Bot) runDue(upTo, scanned, now time.Time) error {
	for {
		var jobs []job
		err := b.Ledger.View(func(tx *ledger.Tx) error {
			var err error
			jobs, err = due(tx, upTo, scanned)
			return err
		})
		if err != nil || len(jobs) == 0 {
			return err
		}
		j := jobs[0]
		if err := b.runJob(j, now.Sub(j.at) > tooLate && strings.HasPrefix(j.key, "morning/")); err != nil {
			return err
		}
	}
}

func (b *Bot) runJob(j job, skipped bool) error {
	kind := KindJob
	if skipped {
		kind = KindSkipped
	} else if strings.HasPrefix(j.key, "morning/") {
		if err := b.recordVitals(j.at); err != nil {
			return err
		}
	}
	return b.decide(j.at, kind, j.key, func(tx *ledger.Tx) (intake.Result, error) {
		return decideJob(tx, b.house(), j.key, j.at, skipped)
	}, nil)
}

// KindSkipped is a job that was overdue by too much.
const KindSkipped = "skipped"

func (b *Bot) urgent() error {
	var j job
	ok := false
	err := b.Ledger.View(func(tx *ledger.Tx) error {
		var err error
		j, ok, err = urgentJob(tx)
		return err
	})
	if err != nil || !ok {
		return err
	}
	return b.runJob(j, false)
}

// firstReport is the 接管报告 after the first complete scan.
func (b *Bot) firstReport(now time.Time) error {
	first := false
	err := b.Ledger.View(func(tx *ledger.Tx) error {
		desk, _, err := intake.NewTables().Desk.Get(tx, "desk")
		first = desk.Takeover.IsZero()
		return err
	})
	if err != nil || !first {
		return err
	}
	return b.runJob(job{"takeover", now.Truncate(time.Second)}, false)
}

// Record commits what became of letters.
func (b *Bot) Record(at time.Time, c outbox.Changes) error {
	cause := "letters"
	if len(c.Fates) > 0 {
		cause = c.Fates[0].Key
	}
	return b.Ledger.Update(func(tx *ledger.Tx) error {
		_, err := tx.Append(at, KindFate, cause, 1, intake.Change{Out: &c})
		return err
	})
}
