package outbox

import (
	"context"
	"errors"
	"time"

	"anli/intake/ledger"
)

// The moments between which a crash must lose nothing and send nothing twice, in
// their order. A test ends the process at each.
const (
	StepSending  = "outbox-sending-committed" // `sending` is recorded, nothing dialled
	StepDot      = "outbox-before-dot"        // all is written but the final dot
	StepAccepted = "outbox-accepted"          // the server has answered, nothing is recorded
	StepFate     = "outbox-fate-committed"    // recorded, no copy in Sent
	StepCopied   = "outbox-copied"            // the copy is in Sent, which is not recorded
)

// Steps lists the names that Outbox.Step is called with.
func Steps() []string {
	return []string{StepSending, StepDot, StepAccepted, StepFate, StepCopied}
}

// Limits are the ceilings on letters that leave within any hour; 0 is none. They
// end loops with somebody else's machine.
type Limits struct {
	PerHour     int // to everybody together
	PerHourEach int // to one address
}

// Outbox sends what the ledger holds. The fields are set once; Flush, Recover and
// Reopen are called by one goroutine at a time.
type Outbox struct {
	Ledger *ledger.Ledger
	Sender *Sender
	From   string // envelope sender; Chinese providers want login = envelope = From
	Limits Limits

	// Record commits an entry of the caller's kind whose fold calls Fold with c.
	// Its cause is best the key of the letter concerned, c.Fates[0].Key.
	Record func(at time.Time, c Changes) error
	// Mirrored returns the number of the newest entry that is in the mailbox. It
	// is asked for every letter that needs the mirror.
	Mirrored func() uint64
	// RequireMirror says whether this letter waits until its entry is mirrored;
	// nil is always.
	RequireMirror func(Letter) bool
	// Paused is the emergency stop (暂停发信); nil is never. While it is true no
	// letter to an outsider is dialled. Those to staff leave, or nobody would learn
	// that it holds, and how to end it.
	Paused func(tx *ledger.Tx) (bool, error)
	// CopyToSent files an accepted letter; nil where the server does it itself.
	CopyToSent func(ctx context.Context, raw []byte, at time.Time) error
	// FindInSent looks for a letter by its Message-ID, without brackets. known
	// is false where the server does not file what it accepts: not finding it
	// then says nothing. nil where there is no such folder.
	FindInSent func(ctx context.Context, messageID string) (found, known bool, err error)
	// Step, if not nil, is called at each of Steps. Only tests set it.
	Step func(name string)

	gate gate
}

// gate keeps the queue closed after the server was away or refused us. It is in
// memory alone: a start tries once.
type gate struct {
	until time.Time // closed before this
	away  int       // connections in a row that failed
	auth  int       // logins in a row that were refused
	why   string
}

const (
	authPause = 10 * time.Minute // before the one retry of a refused login
	authTries = 2                // then only Reopen opens the gate
	giveUp    = 48 * time.Hour   // from the first attempt of a series
	// settleFor is how long a server that files letters itself is given until
	// not finding one in Sent says something.
	settleFor = 2 * time.Minute
	// lookFor is how long an unreachable Sent folder is waited for before a
	// letter of unknown end is treated as if there were none.
	lookFor = 24 * time.Hour
	// grace is what the letter on the line gets when ctx ends.
	grace = 20 * time.Second
	// copyFor is how long a copy for Sent is tried.
	copyFor = 48 * time.Hour
)

// Over is a correspondent whose letters wait because of a ceiling.
type Over struct {
	To      string // "" is the ceiling over all
	Waiting int
}

// Report says what a Flush did and what a person should know. Keys are in the
// order of the queue.
type Report struct {
	Sent       []string  // accepted, or found in Sent
	Failed     []string  // refused for good
	Held       []string  // for a person: of unknown end, or not accepted for 48 hours
	Later      []string  // certainly not accepted, tried again on schedule
	Repeated   []string  // receipts of unknown end that are sent once more
	Unknown    []string  // of unknown end and not settled yet
	Unmirrored int       // letters that are due and whose entry is not in the mailbox yet
	Paused     bool      // the emergency stop
	Over       []Over    // ceilings reached: tell staff
	Alarm      string    // the queue stands still: the server is away or refuses the login; "" if not
	Stopped    bool      // with Alarm: only Reopen or a start tries again
	Warnings   []string  // a copy that could not be filed, a Sent folder that could not be read
	Next       time.Time // when the next letter is due; zero if nothing waits for a time
}

// Reopen lets the next Flush dial at once after Report.Stopped: somebody has
// mended the login.
func (o *Outbox) Reopen() { o.gate = gate{} }

// Delay returns how long a letter waits after its nth attempt that was certainly
// not accepted: 1, 5, 15, 60 minutes, then hourly.
func Delay(attempts int) time.Duration {
	switch {
	case attempts <= 1:
		return time.Minute
	case attempts == 2:
		return 5 * time.Minute
	case attempts == 3:
		return 15 * time.Minute
	}
	return time.Hour
}

// Flush sends the letters that are due and whose entry is mirrored, in the order
// they were put, and returns when none is left, the server is away, or ctx ends; the letter that is on the line then is given
// 20 seconds to reach its end, so that a stop does not make it one of unknown end.
// An error is ours (the ledger could not be written); a letter whose fate could
// not be recorded stays `sending` and is settled by the next Flush. What the
// server says is in the Report.
func (o *Outbox) Flush(ctx context.Context, now func() time.Time) (Report, error) {
	f := newFlush(o, ctx, now)
	defer f.end()
	err := f.settleAll()
	if err == nil && ctx.Err() == nil {
		err = f.sendAll()
	}
	if err == nil && ctx.Err() == nil {
		err = f.copyAll()
	}
	if err == nil {
		err = ctx.Err()
	}
	return f.rep, err
}

// Recover settles the letters found `sending`: after a start these may have been
// accepted. Flush does the same first; Recover alone sends nothing.
func (o *Outbox) Recover(ctx context.Context, now func() time.Time) (Report, error) {
	f := newFlush(o, ctx, now)
	defer f.end()
	err := errors.Join(f.settleAll(), ctx.Err())
	return f.rep, err
}

func (o *Outbox) step(name string) {
	if o.Step != nil {
		o.Step(name)
	}
}
