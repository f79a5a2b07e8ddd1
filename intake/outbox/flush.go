package outbox

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"anli/intake/ledger"
)

// flush is one run of Outbox.Flush.
type flush struct {
	*Outbox
	ctx      context.Context
	wire     context.Context // for the network: ends a little after ctx
	cancel   func()
	now      func() time.Time // in whole seconds, as the ledger keeps them
	rep      Report
	session  *session
	used     bool            // session has carried a letter already
	blocked  map[string]bool // topics on which an earlier letter has not left
	ceil     ceiling
	overLong []Fate          // letters to be marked as waiting for a ceiling
	fresh    map[string]bool // sent in this run: their copy is certainly not in Sent
}

func newFlush(o *Outbox, ctx context.Context, now func() time.Time) *flush {
	f := &flush{Outbox: o, ctx: ctx, blocked: map[string]bool{}, fresh: map[string]bool{},
		now: func() time.Time { return now().Truncate(time.Second) }}
	wire, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { // a second wait, ended by cancel
		select {
		case <-time.After(grace):
			cancel()
		case <-wire.Done():
		}
	})
	f.wire, f.cancel = wire, func() { stop(); cancel() }
	return f
}

// end hangs up.
func (f *flush) end() {
	f.hangUp()
	f.cancel()
}

// lane is what letters keep their order in. Two addresses do not wait for one
// another: one that is refused for two days would silence its colleagues.
func lane(l Letter) string { return l.Topic + "\x00" + foldAddress(l.To) }

func (f *flush) sendAll() error {
	var open []Unfinished
	err := f.Ledger.View(func(tx *ledger.Tx) (err error) {
		if f.Paused != nil {
			if f.rep.Paused, err = f.Paused(tx); err != nil {
				return err
			}
		}
		if open, err = unfinished(tx, false); err != nil {
			return err
		}
		f.ceil, err = newCeiling(tx, f.Limits, f.now())
		return err
	})
	if err != nil || f.gateClosed() {
		return err
	}
	for _, u := range open {
		if f.ctx.Err() != nil || f.rep.Alarm != "" {
			break
		}
		if err := f.consider(u); err != nil {
			return err
		}
	}
	return f.markOver()
}

// gateClosed reports, and notes, whether the queue stands still.
func (f *flush) gateClosed() bool {
	g := &f.gate
	if f.rep.Stopped = g.auth >= authTries; !f.rep.Stopped && !f.now().Before(g.until) {
		return false
	}
	f.rep.Alarm = g.why
	if !f.rep.Stopped {
		f.due(g.until)
	}
	return true
}

// due notes a time at which there is something to do again.
func (f *flush) due(t time.Time) {
	if f.rep.Next.IsZero() || t.Before(f.rep.Next) {
		f.rep.Next = t
	}
}

// consider sends a letter if it is its turn. One that waits or is being sent keeps
// back the later ones of its lane; one that is held is nobody's obstacle.
func (f *flush) consider(u Unfinished) error {
	l := u.Letter
	if f.rep.Paused && l.Outside && u.Fate.State == Waiting {
		return nil
	}
	if l.Topic != "" && f.blocked[lane(l)] {
		return nil
	}
	if u.Fate.State == Waiting {
		at := f.now()
		switch {
		case u.Fate.Next.After(at):
			f.due(u.Fate.Next)
		case (f.RequireMirror == nil || f.RequireMirror(l)) && l.Seq > f.Mirrored():
			f.rep.Unmirrored++
		case !f.ceil.allows(l, at):
			f.over(u, at)
		default:
			gone, err := f.attempt(u)
			if gone || err != nil {
				return err
			}
		}
	}
	f.blocked[lane(l)] = true
	return nil
}

// attempt records `sending`, dials and records the end. gone is false where the
// letter still waits or its end is open.
func (f *flush) attempt(u Unfinished) (gone bool, err error) {
	raw, err := f.bytes(u.Letter)
	if err != nil {
		return f.unreadable(u, err)
	}
	sending, ok, err := f.claim(u)
	if err != nil || !ok {
		return false, err
	}
	f.step(StepSending)
	r := f.deliver(u.Letter, raw)
	f.step(StepAccepted)
	end, err := f.outcome(u, sending, r)
	if err != nil || end.State == Sending {
		return false, err
	}
	if err := f.Record(end.At, Changes{Fates: []Fate{end}}); err != nil {
		return false, err
	}
	f.step(StepFate)
	f.note(u, end)
	return end.State != Waiting, nil
}

// claim records `sending` and reads it back: only what stands in the ledger so is
// dialled. ok is false if the letter was meanwhile taken off the queue.
func (f *flush) claim(u Unfinished) (sending Fate, ok bool, err error) {
	at := f.now()
	s := Fate{Key: u.Letter.Key, State: Sending, At: at, Attempts: u.Fate.Attempts + 1, Since: u.Fate.Since, Dialled: true, Repeated: u.Fate.Repeated}
	if s.Since.IsZero() {
		s.Since = at
	}
	if err := f.Record(at, Changes{Fates: []Fate{s}}); err != nil {
		return s, false, err
	}
	var back Fate
	err = f.Ledger.View(func(tx *ledger.Tx) (err error) {
		back, _, err = Fates.Get(tx, s.Key)
		return err
	})
	return s, back.State == Sending && back.Attempts == s.Attempts, err
}

// deliver hands the letter over, on the connection that is open if it is still
// good: servers hang up between letters, or say 421 after some number of them.
func (f *flush) deliver(l Letter, raw []byte) Result {
	for {
		reused := f.used
		if f.session == nil {
			c, r := f.Sender.open(f.wire)
			if c == nil {
				return r
			}
			f.session, f.used = c, false
		}
		f.used = true
		r := f.Sender.send(f.session, f.From, l.To, raw, f.step)
		if r.Kind != Accepted {
			f.hangUp()
		}
		if reused && r.Kind == Later && r.at == "MAIL" && (r.Code == 0 || r.Code == 421) && f.ctx.Err() == nil {
			continue
		}
		return r
	}
}

func (f *flush) hangUp() {
	if f.session != nil {
		f.session.close()
		f.session, f.used = nil, false
	}
}

// outcome is the fate that follows from a result. State Sending means that the
// end is open and nothing is to be recorded yet.
func (f *flush) outcome(u Unfinished, sending Fate, r Result) (Fate, error) {
	end := sending
	end.At, end.Detail = f.now(), r.Detail
	f.remember(r)
	switch r.Kind {
	case Accepted:
		end.State, end.CopyDue = Sent, f.CopyToSent != nil
	case Refused:
		end.State = Failed
	case Later:
		end.State, end.Next = Waiting, end.At.Add(Delay(end.Attempts))
		if end.At.Sub(end.Since) >= giveUp {
			end.State, end.Next, end.Hold = Held, time.Time{}, HoldExpired
		}
	case AuthFailed: // not this letter's doing: its series does not begin by it
		end.State, end.Next, end.Attempts, end.Since = Waiting, end.At.Add(authPause), u.Fate.Attempts, u.Fate.Since
	case Unknown:
		return f.settle(Unfinished{u.Letter, end})
	default:
		return end, fmt.Errorf("outbox: result %q of letter %q", r.Kind, end.Key)
	}
	return end, nil
}

// remember opens or closes the gate by what the server said.
func (f *flush) remember(r Result) {
	g, at := &f.gate, f.now()
	switch {
	case r.Kind == AuthFailed:
		g.auth++
		g.until, g.why = at.Add(authPause), r.Detail
		f.rep.Stopped = g.auth >= authTries
	case r.Server:
		g.away++
		g.until, g.why = at.Add(Delay(g.away)), r.Detail
	default:
		*g = gate{}
		return
	}
	f.rep.Alarm = g.why
	if !f.rep.Stopped {
		f.due(g.until)
	}
}

// note puts a recorded end into the report and the ceiling.
func (f *flush) note(u Unfinished, end Fate) {
	key := end.Key
	switch end.State {
	case Sent:
		f.rep.Sent = append(f.rep.Sent, key)
		if end.CopyDue {
			f.fresh[key] = true
		}
	case Failed:
		f.rep.Failed = append(f.rep.Failed, key)
	case Held:
		f.rep.Held = append(f.rep.Held, key)
	case Waiting:
		f.due(end.Next)
		if end.Repeated && !u.Fate.Repeated {
			f.rep.Repeated = append(f.rep.Repeated, key)
		} else {
			f.rep.Later = append(f.rep.Later, key)
		}
	}
	if end.State == Sent || end.Hold == HoldUnknown || end.Repeated && !u.Fate.Repeated {
		f.ceil.add(u.Letter.To, end.At)
	}
}

// errBytes: the stored bytes are not those that the entry records.
var errBytes = errors.New("the stored letter is not the one that was recorded")

// bytes reads the letter as it was rendered.
func (o *Outbox) bytes(l Letter) ([]byte, error) {
	file, err := o.Ledger.Blobs().Open(l.Bytes)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	raw, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != l.Bytes {
		return nil, errBytes
	}
	return raw, nil
}

// unreadable holds a letter whose bytes are gone; any other error is ours and
// ends the run.
func (f *flush) unreadable(u Unfinished, err error) (bool, error) {
	if !errors.Is(err, errBytes) && !errors.Is(err, ledger.ErrNoBlob) && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	held := u.Fate
	held.State, held.At, held.Next, held.Hold, held.Detail = Held, f.now(), time.Time{}, HoldBytes, err.Error()
	if err := f.Record(held.At, Changes{Fates: []Fate{held}}); err != nil {
		return false, err
	}
	f.rep.Held = append(f.rep.Held, held.Key)
	return true, nil
}
