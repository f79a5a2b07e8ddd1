package review

import (
	"fmt"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/outbox"
)

// Progress is an expert's progress: counts, never a score.
type Progress struct {
	Name     string
	Email    string
	State    MemberState
	Assigned int
	Scored   int
	Recused  int
	Unproved int // of the scored: they wait for his 确认
	Open     int
	Unsent   int // of the open: no letter that asks for them has left
}

// ProgressOf gives the panel's progress, by name.
func (b *Bench) ProgressOf() []Progress {
	var out []Progress
	for _, s := range b.Members() {
		c, open := b.counts(s), b.openOf(s)
		got, err := s.reached(b.tx)
		b.Fail(err)
		out = append(out, Progress{Name: s.Name, Email: s.Expert, State: s.State, Assigned: c.assigned, Scored: c.scored, Recused: c.recused, Unproved: c.unproved, Open: len(open), Unsent: len(without(open, got.cases))})
	}
	return out
}

// ReadProgress gives the progress of a ledger at rest, for the command line.
func ReadProgress(tx *ledger.Tx) ([]Progress, error) {
	b, err := AtRest(tx, time.Time{})
	if err != nil {
		return nil, err
	}
	return b.ProgressOf(), nil
}

// Handed is what one expert was given to judge.
type Handed struct {
	Expert    string          // his first address
	Letters   []outbox.Letter // the requests; none before the first went
	Materials []Material      // his cases, but for those he declared to avoid
}

// ReadHanded gives what went to an expert, by name or address, from a ledger at
// rest.
func ReadHanded(tx *ledger.Tx, name string) (h Handed, err error) {
	b, err := AtRest(tx, time.Time{})
	if err != nil {
		return h, err
	}
	m := b.MemberNamed(name)
	if m == nil {
		return h, nil
	}
	h = Handed{Expert: m.Expert, Letters: b.RequestLetters(m)}
	for _, number := range m.assigned() {
		material, ok, err := b.t.Materials.Get(tx, number)
		if err != nil {
			return h, err
		}
		if sc := b.Scoring(m.Expert, number); ok && (sc == nil || !sc.Recused) {
			h.Materials = append(h.Materials, material)
		}
	}
	return h, nil
}

// Sealed: experts score, and nobody is to see what.
func Sealed(tx *ledger.Tx) (bool, error) {
	p, _, err := NewTables().Panel.Get(tx, panelKey)
	return p.Phase == PhaseOpen, err
}

// Lines are the panel's progress for staff.
func (b *Bench) Lines() []string {
	if b.Panel.Phase == PhaseNone {
		return nil
	}
	asked, done := 0, 0
	var out []string
	for _, s := range b.ProgressOf() {
		if s.State == MemberReplaced || s.State == MemberDeclined {
			out = append(out, s.Name+"："+s.State.Title())
			continue
		}
		asked += s.Assigned - s.Recused
		done += s.Scored
		line := fmt.Sprintf("%s：应评%d个，已评%d个", s.Name, s.Assigned, s.Scored)
		if s.Recused > 0 {
			line += fmt.Sprintf("，回避%d个", s.Recused)
		}
		if s.Unproved > 0 {
			line += fmt.Sprintf("，其中%d个待其确认", s.Unproved)
		}
		if s.Unsent > 0 && b.Panel.Phase == PhaseOpen {
			line += fmt.Sprintf("，%d个的信件尚未发出", s.Unsent)
		}
		if s.State == MemberInvited {
			line += "，尚未答复邀请"
		}
		out = append(out, line)
	}
	head := fmt.Sprintf("案例%d个，专家%d位，应评%d份，已评%d份", len(b.judged()), len(b.members), asked, done)
	if b.Panel.Phase == PhaseClosed {
		head += "；评审已于" + day(b.Panel.Closed) + "结束"
	}
	return append([]string{head}, out...)
}

// Title is the state in words for staff.
func (s MemberState) Title() string {
	return map[MemberState]string{MemberInvited: "已邀请", MemberAccepted: "评审中", MemberDeclined: "不能参加", MemberReplaced: "已替换"}[s]
}

// AtRest is a bench for reading only, as of a time.
func AtRest(tx *ledger.Tx, at time.Time) (*Bench, error) {
	s, err := intake.Sit(tx, at, intake.House{})
	if err != nil {
		return nil, err
	}
	return Sit(tx, s)
}
