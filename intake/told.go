package intake

import (
	"cmp"

	"anli/intake/outbox"
)

// What a case's receipts have told. A receipt compares itself with the last one
// that was put on its way; one that a newer took the place of told nothing.

// superseded: no letter of the case's last receipt was put on its way, and none
// will be once letters on these topics are put.
func (s *Sitting) superseded(c *Case, topics map[string]bool) bool {
	if c.Last == nil {
		return false
	}
	for _, key := range c.Last.Letters {
		l, fate := s.letterOf(key)
		if mayHaveLeft(fate) || fate.State != outbox.Superseded && !topics[l.Topic] {
			return false
		}
	}
	return true
}

// unseen: the last receipt waits, or was never sent, and nobody had one before.
func (s *Sitting) unseen(c *Case) bool {
	if c.Last == nil || c.Last.Receipts > 0 {
		return c.Receipts == 0
	}
	for _, key := range c.Last.Letters {
		if _, fate := s.letterOf(key); mayHaveLeft(fate) {
			return false
		}
	}
	return true
}

// mayHaveLeft: after a rebuild the journal does not tell whether it did.
func mayHaveLeft(f outbox.Fate) bool { return f.Dialled || f.Hold == outbox.HoldRebuild }

func (s *Sitting) letterOf(key string) (outbox.Letter, outbox.Fate) {
	l, _, err := outbox.Letters.Get(s.tx, key)
	s.must(err)
	f, _, err := outbox.Fates.Get(s.tx, key)
	s.must(err)
	return l, f
}

// unmark takes back what mark noted of a receipt that never left: what it told is
// told by the next.
func (c *Case) unmark() {
	c.Told, c.Receipts, c.Last = c.Last.Told, c.Last.Receipts, nil
	for i := range c.Files {
		f := &c.Files[i]
		f.Told, f.Change = f.Was.Told, cmp.Or(f.Change, f.Was.Change)
	}
}

// mark notes what the receipt has named: from now on replacing it needs proof,
// and the next receipt compares itself with this one.
func (c *Case) mark(letters []string) {
	c.Last = &LastReceipt{Letters: letters, Told: c.Told, Receipts: c.Receipts}
	c.Told = nil
	for _, f := range c.points() {
		if f.Severity == "error" && f.State != "waived" && f.Audience == "bureau" && !decidedByStaff(f.Code) {
			c.Told = append(c.Told, f.Key())
		}
	}
	for i := range c.Files {
		c.Files[i].Was = Mark{c.Files[i].Told, c.Files[i].Change}
		c.Files[i].Told = c.Files[i].Told || c.Files[i].Standing == StandingActive
		c.Files[i].Change = ""
	}
	c.Receipts++
}
