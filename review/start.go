package review

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"anli/intake"
)

// RuleOf is the rule that the settings in force give; points become hundredths.
func RuleOf(r intake.ReviewRules) Rule {
	rule := Rule{Minimum: r.Minimum, Drop: r.Drop, Ties: r.Ties}
	for _, c := range r.Criteria {
		rule.Criteria = append(rule.Criteria, Criterion{Name: c.Name, Max: c.Max * point})
	}
	return rule
}

// point is one point in hundredths.
const point = 100

// Proposal is what starting the panel, or adding cases to it, would do. It is
// shown to staff before anything is sent; the same input gives the same.
type Proposal struct {
	Cases    []*intake.Case // that go to the experts
	Left     []*intake.Case // complete, but not decided by staff
	Plan     Plan
	Rule     Rule
	Problems []string // why it cannot start, in Chinese
	more     bool     // the panel is open: further cases
}

// Propose works out who would score what.
func (b *Bench) Propose() Proposal {
	p := Proposal{Rule: RuleOf(b.Settings.Review), more: b.Panel.Phase == PhaseOpen}
	if p.more {
		p.Rule = b.Panel.Rule
	}
	for _, c := range b.Cases("") {
		switch {
		case c.Stage == intake.StageEligible && len(c.Holds) == 0 && !c.Frozen():
			p.Cases = append(p.Cases, c)
		case c.Stage == intake.StageComplete || c.Stage == intake.StageEligible && !c.Frozen():
			p.Left = append(p.Left, c)
		}
	}
	if b.Panel.Phase == PhaseClosed {
		p.Problems = append(p.Problems, "评审已结束")
	}
	if wrong := p.Rule.Check(); len(wrong) > 0 {
		p.Problems = append(p.Problems, "评分规则配置有误，请联系运维人员（"+strings.Join(wrong, "; ")+"）")
	}
	experts := b.panelists()
	if len(experts) == 0 && p.more {
		p.Problems = append(p.Problems, "没有仍在评审的专家")
	} else if len(experts) == 0 {
		p.Problems = append(p.Problems, "没有专家名单，请先以“专家名单”为首行发来名单（.xlsx或.csv）")
	}
	if len(p.Cases) == 0 {
		p.Problems = append(p.Problems, "没有资格审核通过的案例，请先“通过 案例编号”")
	}
	if at := b.Settings.Review.CloseAt; !at.IsZero() && !at.After(b.Now) {
		p.Problems = append(p.Problems, "设定的评分截止时间（"+intake.DeadlineText(at)+"）已过，请联系运维人员调整")
	}
	if !b.Live() {
		p.Problems = append(p.Problems, "尚未启用对外发信，请先“启用”")
	}
	if len(p.Problems) == 0 {
		p.Plan = b.plan(p.Cases, experts)
	}
	return p
}

// plan assigns cases; what an open panel gave before counts for the balance.
func (b *Bench) plan(cases []*intake.Case, experts []Expert) Plan {
	before := Plan{PerCase: b.Settings.Review.PerCase}
	var old []*intake.Case
	for _, e := range experts {
		m := b.MemberOf(e.Address())
		if m == nil {
			continue
		}
		before.Seats = append(before.Seats, Seat{Expert: e.Name, Address: e.Address(), Numbers: m.assigned()})
	}
	if b.Panel.Phase == PhaseOpen {
		old = b.cases(b.Panel.Cases)
	}
	plan := before.Extend(b.facts(append(old, cases...)), experts, b.Settings.Review.PerCase)
	plan.Cases = len(cases)
	for i := range plan.Seats {
		seat := &plan.Seats[i]
		seat.Numbers, seat.Matched = only(seat.Numbers, cases), only(seat.Matched, cases)
		seat.Avoided = slices.DeleteFunc(seat.Avoided, func(a Avoided) bool { return len(only([]string{a.Number}, cases)) == 0 })
	}
	return plan
}

// only keeps the numbers of these cases.
func only(list []string, cases []*intake.Case) []string {
	var out []string
	for _, n := range list {
		if slices.ContainsFunc(cases, func(c *intake.Case) bool { return c.Number == n }) {
			out = append(out, n)
		}
	}
	return out
}

// panelists are the experts who would get cases: the roster, or once the panel is
// open those of its members that are still wanted.
func (b *Bench) panelists() []Expert {
	roster := Experts(b.Settings)
	if b.Panel.Phase != PhaseOpen {
		return roster
	}
	return slices.DeleteFunc(roster, func(e Expert) bool {
		m := b.MemberOf(e.Address())
		return m == nil || !m.active()
	})
}

// Experts is the roster in force.
func Experts(s intake.Settings) []Expert {
	var out []Expert
	for _, e := range s.People.Experts {
		out = append(out, Expert(e))
	}
	return out
}

// facts are what the rules of assignment and ranking look at.
func (b *Bench) facts(cases []*intake.Case) []CaseFacts {
	var out []CaseFacts
	for _, c := range cases {
		out = append(out, CaseFacts{Number: c.Number, City: c.City, Unit: c.Unit, CreditCode: b.CreditCode(c), Categories: c.Categories})
	}
	return out
}

// Basis is a hash of what a proposal says: if it is another when staff confirm,
// they are shown the new one.
func (p Proposal) Basis() string {
	raw, err := json.Marshal(struct {
		Lines []string
		Rule  string
		Cases []string
	}{p.Lines(), p.Rule.Hash(), numbersOf(p.Cases)})
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:8])
}

func numbersOf(cases []*intake.Case) []string {
	var out []string
	for _, c := range cases {
		out = append(out, c.Number)
	}
	return out
}

// Lines show a proposal to staff.
func (p Proposal) Lines() []string {
	if len(p.Problems) > 0 {
		return p.Problems
	}
	what := "送评案例"
	if p.more {
		what = "增补送评案例"
	}
	out := []string{fmt.Sprintf("%s%d个：%s", what, len(p.Cases), strings.Join(numbersOf(p.Cases), "、"))}
	if len(p.Left) > 0 {
		out = append(out, fmt.Sprintf("尚未作出资格审核决定或仍有待定事项、不送评%d个：%s", len(p.Left), strings.Join(numbersOf(p.Left), "、")))
	}
	out = append(out, "评分规则："+p.Rule.Words()+"（校验码"+p.Rule.Hash()+"）")
	out = append(out, p.Plan.Lines()...)
	return append(out, "送评材料自确认时起冻结，之后补充的材料保存但不计入")
}

// Start opens the panel, or adds a batch to an open one: packages are frozen,
// members are given. Invitations leave with this entry, requests as soon as an
// expert has accepted (at once where nobody is invited).
func (b *Bench) Start(p Proposal) {
	if !p.more {
		b.Panel = Panel{Phase: PhaseOpen, Rule: p.Rule, Hash: p.Rule.Hash(), Started: b.Now}
	}
	b.Panel.Batch++
	for _, c := range p.Cases {
		b.freeze(c)
		b.Panel.Cases = append(b.Panel.Cases, c.Number)
	}
	roster := Experts(b.Settings)
	for _, seat := range p.Plan.Seats {
		i := slices.IndexFunc(roster, func(e Expert) bool { return e.Address() == seat.Address })
		if i >= 0 && len(seat.Numbers) > 0 {
			b.give(roster[i], seat.Numbers)
		}
	}
}

// freeze fixes what the experts judge: the hash stands in the journal.
func (b *Bench) freeze(c *intake.Case) {
	b.materials = append(b.materials, Material{c.Number, b.requestCase(c), forExperts(c, b.Reading)})
	c.Package, c.Stage = b.PackageHash(c), intake.StageInReview
	b.Touch(c)
}

// give gives an expert a batch of cases, and a member if he has none.
func (b *Bench) give(e Expert, numbers []string) {
	s := b.MemberOf(e.Address())
	if s == nil {
		s = &Member{Expert: b.freeKey(e.Address()), Name: e.Name, Addresses: e.Addresses, State: MemberAccepted, Since: b.Now}
		if b.Settings.Review.Invite {
			s.State = MemberInvited
		}
	}
	s.Batches = append(s.Batches, Batch{N: b.Panel.Batch, Cases: numbers})
	s.Told = false
	if s.State == MemberAccepted {
		s.Since = b.Now // the new batch is due now
	}
	b.touch(s)
	if s.State == MemberInvited && len(s.Batches) == 1 {
		b.invite(s)
	}
}

// freeKey is a key for a new member: his address, unless that was somebody else's
// who is on the panel under it.
func (b *Bench) freeKey(address string) string {
	key := address
	for n := 2; b.members[key] != nil; n++ {
		key = address + "~" + strconv.Itoa(n)
	}
	return key
}

// Close ends the scoring; from now on scores are no longer sealed.
func (b *Bench) Close() string {
	if b.Panel.Phase != PhaseOpen {
		return "评审没有在进行"
	}
	b.Panel.Phase, b.Panel.Closed = PhaseClosed, b.Now
	for _, number := range b.Panel.Cases {
		if c := b.Case(number); c != nil && c.Stage == intake.StageInReview {
			c.Stage = intake.StageReviewed
			b.Touch(c)
		}
	}
	for _, s := range b.Members() {
		b.dropLetters(s, "评审已结束")
	}
	return ""
}

// CloseLines say what closing would leave open.
func (b *Bench) CloseLines() []string {
	if b.Panel.Phase != PhaseOpen {
		return []string{"评审没有在进行，不会有任何改变"}
	}
	out := []string{"此后到达的评分不再记录；评分对工作人员解封，可“排名”"}
	for _, s := range b.Members() {
		c := b.counts(s)
		if open := len(b.openOf(s)); open > 0 && s.active() {
			out = append(out, fmt.Sprintf("%s：应评%d个，已评%d个，回避%d个，尚缺%d个", s.Name, c.assigned, c.scored, c.recused, open))
		}
		if c.unproved > 0 {
			out = append(out, fmt.Sprintf("%s：%d个案例的评分未经其确认，不会计入（经电话核实可先“认可 %s”）", s.Name, c.unproved, b.called(s)))
		}
	}
	return out
}
