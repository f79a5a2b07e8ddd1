package review

import (
	"slices"

	"anli/intake"
	"anli/intake/outbox"
)

// wants: an expert's score of a case is still asked for. That of a case that staff
// withdrew is not; what he wrote of it stays recorded.
func (b *Bench) wants(s *Member, number string) bool {
	return b.judges(number) && b.Scoring(s.Expert, number).open(b.Panel.Rule)
}

func (b *Bench) judges(number string) bool {
	c := b.Case(number)
	return c != nil && c.Stage != intake.StageWithdrawn
}

// judged are the cases that the panel judges: all that were given to it but for those
// withdrawn since.
func (b *Bench) judged() []*intake.Case {
	return b.cases(slices.DeleteFunc(slices.Clone(b.Panel.Cases), func(n string) bool { return !b.judges(n) }))
}

// Withdrawn says why the withdrawal of a judged case cannot be undone any more; "" if
// it can. What was awarded without it is awarded.
func (b *Bench) Withdrawn(c *intake.Case) string {
	if b.List.Award != nil && c.Frozen() && c.Stage == intake.StageWithdrawn {
		return "名单已于" + day(b.List.Award.At) + "认定，该案例的撤回不能再撤销，未执行"
	}
	return ""
}

// Rejoin puts a case whose withdrawal was undone where the others stand: experts whose
// request left it out are asked for it, after the close it has the scores that there
// are. It gives what that adds to the answer.
func (b *Bench) Rejoin(c *intake.Case) string {
	switch {
	case c.Stage != intake.StageInReview || !slices.Contains(b.Panel.Cases, c.Number):
		return ""
	case b.Panel.Phase == PhaseClosed:
		c.Stage = intake.StageReviewed
		b.Touch(c)
		return "；评审已结束，按已有评分列入排名"
	}
	for _, s := range b.Members() {
		if s.active() && b.wants(s, c.Number) {
			b.askFor(s, c.Number)
		}
	}
	return ""
}

// askFor has an expert asked for a case by a letter of its own, where the request that
// should have had it went without it.
func (b *Bench) askFor(s *Member, number string) {
	for i := range s.Batches {
		x := &s.Batches[i]
		if x.Asked.IsZero() || !slices.Contains(x.Cases, number) {
			continue
		}
		l, _, err := outbox.Letters.Get(b.tx, requestKey(s, x.N))
		b.Fail(err)
		if slices.Contains(l.Cases, number) {
			return
		}
		x.Cases = without(x.Cases, []string{number})
		b.Panel.Batch++
		s.Batches = append(s.Batches, Batch{N: b.Panel.Batch, Cases: []string{number}})
		b.touch(s)
		return
	}
}
