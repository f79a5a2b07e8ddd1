package review

import (
	"slices"
	"strings"

	"anli/intake"
	"anli/intake/outbox"
)

// takenOut is why a letter about a withdrawn case does not leave.
const takenOut = "案例已撤回"

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

// LeaveOut takes back the letters that have not left and ask for a case that staff
// withdrew: the request goes anew without it, the invitation names it no more. It gives
// what that adds to the answer.
func (b *Bench) LeaveOut(c *intake.Case) string {
	if b.Panel.Phase != PhaseOpen || c.Stage != intake.StageWithdrawn {
		return ""
	}
	var renewed []string
	for _, s := range b.Members() {
		if s.active() && (b.inviteWithout(s, c.Number) || b.requestWithout(s, c.Number)) {
			renewed = append(renewed, s.Name)
		}
	}
	if len(renewed) == 0 {
		return ""
	}
	return "；给" + strings.Join(renewed, "、") + "的信尚未发出，改为不含该案例的新信"
}

func (b *Bench) inviteWithout(s *Member, number string) bool {
	if s.State != MemberInvited || !b.takeBack(inviteKey(s), number) {
		return false
	}
	b.invite(s)
	b.touch(s)
	return true
}

func (b *Bench) requestWithout(s *Member, number string) bool {
	n := len(s.Batches)
	b.renew(s, func(x Batch) bool { return b.takeBack(requestKey(s, x.N), number) })
	if n == len(s.Batches) {
		return false
	}
	b.touch(s)
	return true
}

// takeBack takes a letter that is about a case, and the parts that go with it, off the
// queue; false if it is about others, or has left.
func (b *Bench) takeBack(key, number string) bool {
	open := b.OpenLetters()
	i := slices.IndexFunc(open, func(u outbox.Unfinished) bool { return u.Letter.Key == key })
	if i < 0 || !slices.Contains(open[i].Letter.Cases, number) {
		return false
	}
	if _, ok := outbox.Drop(open[i].Fate, b.Now, takenOut); !ok {
		return false
	}
	for _, u := range open {
		if f, ok := outbox.Drop(u.Fate, b.Now, takenOut); ok && (u.Letter.Key == key || strings.HasPrefix(u.Letter.Key, key+"/")) {
			b.Settle(f)
		}
	}
	return true
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
