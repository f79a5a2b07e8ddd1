package bot

import (
	"context"
	"errors"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/mailbox"
	"anli/intake/outbox"
	"anli/review"
)

// Loop runs the desk until ctx ends: the only reader of the clock. What is begun
// when ctx ends is finished.
func (b *Bot) Loop(ctx context.Context) error {
	failures := 0
	for ctx.Err() == nil {
		err := b.Turn(ctx, time.Now)
		switch {
		case ctx.Err() != nil:
			b.lastMirror(ctx)
			return nil
		case err == nil:
			failures = 0
			err = b.Box.Wait(ctx, b.Folders[0], b.pause(time.Now()))
			if err == nil || ctx.Err() != nil {
				continue
			}
		case !networkOnly(err):
			return err
		}
		failures++
		b.Log.Warn("the mailbox cannot be reached; trying again", "err", err, "tries", failures)
		sleep(ctx, mailbox.Backoff(failures, b.House.From))
	}
	return nil
}

// lastTries bounds what the mirror of the last entries may take when ctx has ended.
const lastTries = 20 * time.Second

// lastMirror copies what a stop left behind: a letter that was accepted in its very
// instant would else be of unknown end to a rebuild.
func (b *Bot) lastMirror(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastTries)
	defer cancel()
	if err := b.mirror(ctx); err != nil {
		b.Log.Warn("the last entries are not in the mailbox; the next start copies them", "err", err)
	}
}

// networkOnly: the mailbox's troubles pass or are mended outside; the ledger's
// stop the daemon.
func networkOnly(err error) bool {
	return errors.Is(err, mailbox.ErrNetwork) || errors.Is(err, mailbox.ErrRefused) || errors.Is(err, mailbox.ErrLogin) || errors.Is(err, mailbox.ErrMissing)
}

func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// shortest keeps a clock that jumps from turning the loop into a busy one.
const shortest = time.Second

// pause is how long there is nothing to do but wait for mail: the poll interval,
// or less if something is due before.
func (b *Bot) pause(now time.Time) time.Duration {
	next, err := b.Next(now)
	if err != nil {
		b.Log.Error("the ledger cannot be read", "err", err)
	}
	wait := b.Poll
	if !next.IsZero() && next.Sub(now) < wait {
		wait = next.Sub(now)
	}
	return max(wait, shortest)
}

// Next is when something is due next by the clock: a burst, the staff letter, a
// letter's next try; zero if nothing is.
func (b *Bot) Next(now time.Time) (next time.Time, err error) {
	sooner := func(t time.Time) {
		if !t.IsZero() && (next.IsZero() || t.Before(next)) {
			next = t
		}
	}
	sooner(b.next)
	err = b.Ledger.View(func(tx *ledger.Tx) error {
		t := intake.NewTables()
		desk, _, err := t.Desk.Get(tx, "desk")
		if err != nil {
			return err
		}
		s, err := intake.InForce(tx)
		if err != nil {
			return err
		}
		if !desk.Takeover.IsZero() {
			sooner(nextMorning(s, now))
		}
		judged, err := review.Jobs(tx, s)
		if err != nil {
			return err
		}
		for _, j := range judged {
			sooner(j.At)
		}
		return t.Open.Each(tx, "", func(_, id string) error {
			burst, _, err := t.Bursts.Get(tx, id)
			sooner(burst.Due)
			return err
		})
	})
	return next, err
}

// Send mirrors the journal into the mailbox and lets letters go.
func (b *Bot) Send(ctx context.Context, now func() time.Time) error {
	if err := b.mirror(ctx); err != nil {
		return err
	}
	if b.foreign != nil {
		b.Log.Error("sending has stopped", "err", b.foreign)
		return b.raise(now(), alarmForeign, alarm{})
	}
	if err := b.raise(now(), alarmForeign); err != nil {
		return err
	}
	report, err := b.Out.Flush(ctx, now)
	if err != nil {
		return err
	}
	b.next = report.Next
	b.tell(report)
	if err := b.ceilings(now(), report.Over); err != nil {
		return err
	}
	return b.mirror(ctx)
}

func (b *Bot) tell(r outbox.Report) {
	for _, w := range r.Warnings {
		b.Log.Warn(w)
	}
	if r.Alarm != "" {
		b.Log.Error("letters wait", "why", r.Alarm, "stopped", r.Stopped)
	}
	if len(r.Sent) > 0 {
		b.Log.Info("letters sent", "n", len(r.Sent))
	}
	for _, k := range r.Held {
		b.Log.Error("a letter is held for a person", "key", k)
	}
}

// Live tells whether letters to outsiders are written.
func (b *Bot) Live() (live bool, err error) {
	err = b.Ledger.View(func(tx *ledger.Tx) error {
		desk, _, err := intake.NewTables().Desk.Get(tx, "desk")
		if err != nil {
			return err
		}
		s, err := intake.InForce(tx)
		live = desk.Live && s.Mailbox.Live
		return err
	})
	return live, err
}

// Paused is the emergency stop, as the outbox asks it.
func Paused(tx *ledger.Tx) (bool, error) {
	desk, _, err := intake.NewTables().Desk.Get(tx, "desk")
	return desk.Paused, err
}
