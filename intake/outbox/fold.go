package outbox

import (
	"fmt"
	"strings"
	"time"

	"anli/intake/ledger"
)

// maxIndexed bounds what stands in a key of an index (the ledger takes 1,024
// bytes); longer ones are not ours.
const maxIndexed = 500

// May says whether a letter can go from one state to another. The same state
// again is a change of detail.
func (s State) May(next State) bool {
	switch s {
	case Waiting:
		return next == Waiting || next == Sending || next == Held || next == Superseded
	case Sending:
		return next == Waiting || next == Sent || next == Failed || next == Held
	case Held:
		return next == Held || next == Waiting || next == Superseded
	case Sent:
		return next == Sent // the copy was filed
	case Failed, Superseded:
		return false
	}
	return false
}

func (s State) finished() bool { return s == Sent || s == Failed || s == Superseded }

// Fold applies what an entry records about letters; seq is the entry's number.
// It belongs in the fold that the ledger was opened with. A key that was put
// before is a no-op for ever, whatever the letter now says. A fate that the
// letter's state does not allow (State.May) changes nothing: whoever needs to
// know reads it back. A new receipt supersedes those of its topic and recipient
// that were never dialled, held ones too. Errors: ErrLetter, ErrNoLetter, the
// ledger's.
func Fold(tx *ledger.Tx, seq uint64, c Changes) error {
	for i, l := range c.Put {
		l.Seq, l.Order = seq, i
		if err := foldPut(tx, l); err != nil {
			return err
		}
	}
	for _, l := range c.Reworded {
		if err := foldReworded(tx, l); err != nil {
			return err
		}
	}
	for _, f := range c.Fates {
		if err := foldFate(tx, f); err != nil {
			return err
		}
	}
	return nil
}

func foldPut(tx *ledger.Tx, l Letter) error {
	if l.Key == "" || len(l.Key) > maxIndexed || l.To == "" || l.Bytes == "" || l.At.IsZero() || !messageID(l.MessageID) {
		return fmt.Errorf("%w: %q to %q needs key, recipient, Message-ID, bytes and time", ErrLetter, l.Key, l.To)
	}
	if _, ok, err := Letters.Get(tx, l.Key); ok || err != nil {
		return err
	}
	l.MessageID = bare(l.MessageID)
	if err := supersede(tx, l); err != nil {
		return err
	}
	if err := Letters.Put(tx, l.Key, l); err != nil {
		return err
	}
	if err := index(tx, l); err != nil {
		return err
	}
	f := Fate{Key: l.Key, State: Waiting, At: l.At, Next: l.At}
	if l.Hold != "" {
		f = Fate{Key: l.Key, State: Held, At: l.At, Hold: l.Hold}
	}
	if err := Fates.Put(tx, l.Key, f); err != nil {
		return err
	}
	return queue.Put(tx, place(l), queued{Key: l.Key, To: foldAddress(l.To), Class: l.Class, Topic: l.Topic})
}

// foldReworded gives a letter that never began to leave other words and bytes;
// all else of it stays, so that whoever holds its key or code finds the same letter.
func foldReworded(tx *ledger.Tx, l Letter) error {
	old, ok, err := Letters.Get(tx, l.Key)
	if err != nil {
		return err
	}
	if !ok {
		return fmt.Errorf("%w: %q", ErrNoLetter, l.Key)
	}
	f, _, err := Fates.Get(tx, l.Key)
	if err != nil || !f.Rewordable() {
		return err
	}
	old.Subject, old.Data, old.Bytes, old.Attachments = l.Subject, l.Data, l.Bytes, l.Attachments
	return Letters.Put(tx, l.Key, old)
}

// place is the order in which letters leave: by entry, then as put there.
func place(l Letter) string { return fmt.Sprintf("%016x/%04x", l.Seq, l.Order) }

// index keeps the first letter that has a Message-ID: a second one under another
// key would be a mistake, and answers are to the one that was there first.
func index(tx *ledger.Tx, l Letter) error {
	if _, taken, err := byID.Get(tx, l.MessageID); err != nil {
		return err
	} else if !taken {
		if err := byID.Put(tx, l.MessageID, l.Key); err != nil {
			return err
		}
	}
	if code, ok := ParseCode(l.Code); ok {
		return byCode.Put(tx, code+"/"+l.Key, l.Key)
	}
	return nil
}

// supersede takes older receipts on the same topic to the same address off the
// queue. One that was dialled stays: it may be on its way.
func supersede(tx *ledger.Tx, l Letter) error {
	if l.Class != ClassReceipt || l.Topic == "" {
		return nil
	}
	var older []Fate
	err := queue.Each(tx, "", func(_ string, q queued) error {
		if q.Class != ClassReceipt || q.Topic != l.Topic || q.To != foldAddress(l.To) {
			return nil
		}
		f, ok, err := Fates.Get(tx, q.Key)
		if ok && !f.Dialled {
			older = append(older, f)
		}
		return err
	})
	for _, f := range older {
		if err == nil {
			err = foldFate(tx, Fate{Key: f.Key, State: Superseded, At: l.At, Detail: "replaced by " + l.Key})
		}
	}
	return err
}

func foldFate(tx *ledger.Tx, f Fate) error {
	l, ok, err := Letters.Get(tx, f.Key)
	if err != nil {
		return err
	}
	if !ok {
		return fmt.Errorf("%w: %q", ErrNoLetter, f.Key)
	}
	old, _, err := Fates.Get(tx, f.Key)
	if err != nil || !old.State.May(f.State) {
		return err
	}
	f.Dialled = f.Dialled || old.Dialled
	f.Repeated = f.Repeated || old.Repeated
	if err := Fates.Put(tx, f.Key, f); err != nil {
		return err
	}
	if f.State.finished() {
		if err := queue.Delete(tx, place(l)); err != nil {
			return err
		}
	}
	if old.State == Sending && (f.State == Sent || f.State == Held && f.Hold == HoldUnknown || f.State == Waiting && f.Repeated && !old.Repeated) {
		if err := left.Put(tx, leftKey(f.At, f.Key), foldAddress(l.To)); err != nil {
			return err
		}
	}
	if f.State != Sent {
		return nil
	}
	if f.CopyDue {
		return uncopied.Put(tx, f.Key, f.Key)
	}
	return uncopied.Delete(tx, f.Key)
}

// leftForm sorts by time, and its first 13 characters are the hour.
const leftForm = "2006-01-02T15:04:05Z"

func leftKey(at time.Time, key string) string { return at.UTC().Format(leftForm) + "/" + key }

// leftWithin returns when letters left in the hour before now, and to whom. What
// may have left counts as having left.
func leftWithin(tx *ledger.Tx, now time.Time) (map[string][]time.Time, error) {
	found := map[string][]time.Time{}
	for _, t := range []time.Time{now.Add(-time.Hour), now} {
		err := left.Each(tx, t.UTC().Format(leftForm)[:13], func(k string, to string) error {
			stamp, _, _ := strings.Cut(k, "/")
			at, err := time.Parse(leftForm, stamp)
			if err == nil && at.After(now.Add(-time.Hour)) {
				found[to] = append(found[to], at)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}
