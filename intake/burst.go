package intake

import (
	"slices"
	"time"
)

// burstFor joins the sender's open burst or opens one.
func (s *Sitting) burstFor(in Incoming) *Burst {
	b := s.openBurst(in.Address, in.City)
	if b == nil {
		b = &Burst{ID: s.burstID(in), Address: in.Address, City: in.City, First: s.Now}
		s.bursts[b.ID] = b
	}
	b.Last = s.Now
	known := !slices.Contains(b.Mails, in.Mail.SHA256) && s.sameSet(*b, in.Mail.Subject)
	b.Mails = addOnce(b.Mails, in.Mail.SHA256)
	if n := series(in.Mail.Subject, in.Fresh); n != 0 {
		b.Series = n
	}
	if i := part(in.Mail.Subject + "\n" + in.Fresh); i > 0 && !slices.Contains(b.Parts, i) {
		b.Parts = append(b.Parts, i)
	} else if i > 0 && known { // another set's (1/2) is none once more
		b.Repeats++
	}
	return b
}

// burstID names a burst by its first mail. One that was answered with a question comes
// again: a letter's key is used once.
func (s *Sitting) burstID(in Incoming) string {
	for id := in.Mail.SHA256; ; id += "~" + in.City {
		_, answered, err := s.t.Bursts.Get(s.tx, id)
		if s.must(err); !answered && s.bursts[id] == nil {
			return id
		}
	}
}

// openBursts gives what an address sent that is not answered yet: a burst for each city
// that it serves.
func (s *Sitting) openBursts(address string) []*Burst {
	s.must(s.t.Open.Each(s.tx, openPrefix(address), func(_, id string) error {
		if s.bursts[id] != nil {
			return nil
		}
		b, ok, err := s.t.Bursts.Get(s.tx, id)
		if ok && !b.Closed {
			s.bursts[id] = &b
		}
		return err
	}))
	var out []*Burst
	for _, id := range sortedKeys(s.bursts) {
		if b := s.bursts[id]; b.Address == address && !b.Closed {
			out = append(out, b)
		}
	}
	return out
}

// openBurst gives the one about a city; nil if there is none.
func (s *Sitting) openBurst(address, city string) *Burst {
	for _, b := range s.openBursts(address) {
		if b.City == city {
			return b
		}
	}
	return nil
}

// answerWhenDue closes the burst now or says when.
func (s *Sitting) answerWhenDue(in Incoming, b *Burst, answered bool) {
	timing := s.Settings.Timing
	quiet, longest, set := time.Duration(timing.Quiet), time.Duration(timing.Longest), time.Duration(timing.Series)
	if left := s.Settings.Call.Deadline.Sub(s.Now); left > 0 && left <= 24*time.Hour {
		quiet, longest, set = quiet/2, longest/2, set/2
	}
	whole := b.Series >= 1 && b.came() >= b.Series
	waiting := b.Series != 0 && !whole
	switch {
	case len(b.Cases)+len(b.Problems)+len(b.Papers)+len(b.Results) == 0:
		b.Closed = true // nothing to say that was not said
	case s.sealing(b.Address):
		b.Due = time.Time{} // no letter before staff have decided on what is sealed
	case waiting:
		b.Due = b.First.Add(set)
	case whole, s.allComplete(b), answered:
		b.Due = s.Now
		s.closeBurst(b)
	default:
		b.Due = earlier(b.Last.Add(quiet), b.First.Add(longest))
	}
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// allComplete: there is nothing that the bureau has to do.
func (s *Sitting) allComplete(b *Burst) bool {
	return s.allInOrder(b) && !slices.ContainsFunc(b.Problems, func(f Finding) bool { return f.Severity == "error" })
}

// allInOrder: the burst brought cases, and each is complete.
func (s *Sitting) allInOrder(b *Burst) bool {
	for _, number := range b.Cases {
		if c := s.Case(number); c == nil || !c.InOrder() {
			return false
		}
	}
	return len(b.Cases) > 0
}
