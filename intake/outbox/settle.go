package outbox

import (
	"fmt"
	"time"

	"anli/intake/ledger"
)

// settleAll decides about every letter that is found `sending` before anything is
// sent: the process, or the ledger's disk, failed between dialling and recording.
func (f *flush) settleAll() error {
	var open []Unfinished
	err := f.Ledger.View(func(tx *ledger.Tx) (err error) {
		open, err = unfinished(tx, false)
		return err
	})
	if err != nil {
		return err
	}
	for _, u := range open {
		if u.Fate.State != Sending || f.ctx.Err() != nil {
			continue
		}
		end, err := f.settle(u)
		if err != nil {
			return err
		}
		if end.State == Sending {
			continue
		}
		if err := f.Record(end.At, Changes{Fates: []Fate{end}}); err != nil {
			return err
		}
		f.step(StepFate)
		f.note(u, end)
	}
	return nil
}

// settle decides about a letter of unknown end. Found in Sent: sent. Where the
// server files its letters it is given settleFor to do so. Else a receipt is sent
// once more with the same Message-ID, and all else is held. State Sending: the
// end stays open.
func (f *flush) settle(u Unfinished) (Fate, error) {
	end, at := u.Fate, f.now()
	age := at.Sub(end.At)
	if f.FindInSent != nil {
		found, known, err := f.FindInSent(f.wire, u.Letter.MessageID)
		switch {
		case err != nil && age < lookFor:
			f.rep.Warnings = append(f.rep.Warnings, fmt.Sprintf("letter %s: its end is unknown and Sent cannot be read: %v", end.Key, err))
			return f.open(end, at.Add(time.Minute)), nil
		case err == nil && found:
			end.State, end.At, end.Detail = Sent, at, "found in Sent"
			return end, nil
		case err == nil && known && age < settleFor:
			return f.open(end, end.At.Add(settleFor)), nil
		}
	}
	end.At = at
	if end.Detail == "" {
		end.Detail = "stopped between dialling and the reply"
	}
	if u.Letter.Class == ClassReceipt && !end.Repeated {
		end.State, end.Repeated, end.Next = Waiting, true, at.Add(Delay(1))
		return end, nil
	}
	end.State, end.Hold = Held, HoldUnknown
	return end, nil
}

// open leaves a letter in `sending` until a later Flush.
func (f *flush) open(u Fate, again time.Time) Fate {
	f.rep.Unknown = append(f.rep.Unknown, u.Key)
	f.due(again)
	return u
}

// copyAll files what was sent. A copy that an earlier run may have made is looked
// for first. What cannot be filed is tried again by the next Flush, for two days.
func (f *flush) copyAll() error {
	if f.CopyToSent == nil {
		return nil
	}
	var due []Unfinished
	err := f.Ledger.View(func(tx *ledger.Tx) error {
		return uncopied.Each(tx, "", func(key, _ string) (err error) {
			var u Unfinished
			if u.Letter, _, err = Letters.Get(tx, key); err == nil {
				u.Fate, _, err = Fates.Get(tx, key)
			}
			due = append(due, u)
			return err
		})
	})
	if err != nil {
		return err
	}
	var c Changes
	for _, u := range due {
		if f.ctx.Err() != nil {
			break
		}
		detail, err := f.copy(u)
		if err != nil {
			f.rep.Warnings = append(f.rep.Warnings, fmt.Sprintf("copies to Sent: %s: %v", u.Letter.Key, err))
			if f.now().Sub(u.Fate.At) < copyFor {
				f.due(f.now().Add(time.Minute))
				break // the folder is away: the others would fare no better
			}
			detail = "no copy in Sent: " + err.Error()
		}
		done := u.Fate
		done.CopyDue, done.Detail = false, detail
		c.Fates = append(c.Fates, done)
	}
	if c.Empty() {
		return nil
	}
	f.step(StepCopied)
	return f.Record(f.now(), c)
}

func (f *flush) copy(u Unfinished) (detail string, err error) {
	if !f.fresh[u.Letter.Key] && f.FindInSent != nil {
		found, _, err := f.FindInSent(f.wire, u.Letter.MessageID)
		if err != nil || found {
			return u.Fate.Detail, err
		}
	}
	raw, err := f.bytes(u.Letter)
	if err != nil {
		return "", err
	}
	return u.Fate.Detail, f.CopyToSent(f.wire, raw, u.Fate.At)
}
