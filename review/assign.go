package review

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// CaseFacts are what the judging must know of a case.
type CaseFacts struct {
	Number     string   `json:"number"`
	City       string   `json:"city"`
	Unit       string   `json:"unit"`
	CreditCode string   `json:"credit_code,omitempty"`
	Categories []string `json:"categories,omitempty"`
}

// Plan says who judges what.
type Plan struct {
	PerCase  int      `json:"per_case"` // experts a case; 0: all
	Cases    int      `json:"cases"`
	Seats    []Seat   `json:"seats"` // in the order of the experts
	Problems []string `json:"problems,omitempty"`
}

// Seat is what one expert judges.
type Seat struct {
	Expert       string    `json:"expert"`
	Address      string    `json:"address"`
	Organisation string    `json:"organisation,omitempty"`
	Numbers      []string  `json:"numbers"`           // in order
	Matched      []string  `json:"matched,omitempty"` // of these, the cases of a field of the expert's
	Avoided      []Avoided `json:"avoided,omitempty"`
}

// Avoided is a case that an expert must not judge.
type Avoided struct {
	Number string `json:"number"`
	Unit   string `json:"unit"`
	Why    string `json:"why"` // 回避单位：…, 所在单位：…
}

// Assign says who judges what: every expert every case, or perCase experts a
// case, so that all have as many cases as each other, and then so that fields fit
// as often as can be. No expert gets a case of an organisation to avoid or of
// his own. Order of cases and experts does not matter. Numbers and first
// addresses must be distinct.
func Assign(cases []CaseFacts, experts []Expert, perCase int) Plan {
	return Plan{}.Extend(cases, experts, perCase)
}

// Extend plans further cases or changed experts: seats that p gave stay, unless
// the expert has gone or must avoid the case now.
func (p Plan) Extend(cases []CaseFacts, experts []Expert, perCase int) Plan {
	perCase = max(0, perCase)
	cases = slices.SortedFunc(slices.Values(cases), func(a, b CaseFacts) int { return cmp.Compare(a.Number, b.Number) })
	order := slices.SortedFunc(slices.Values(experts), func(a, b Expert) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Address(), b.Address()))
	})
	t := newSeating(cases, order, p)
	out := Plan{PerCase: perCase, Cases: len(cases), Problems: t.fill(perCase)}
	for _, e := range experts {
		i := slices.IndexFunc(order, func(o Expert) bool { return o.Name == e.Name && o.Address() == e.Address() })
		out.Seats = append(out.Seats, t.seat(i))
	}
	return out
}

// Numbers are the cases of the expert with this address.
func (p Plan) Numbers(address string) []string {
	for _, s := range p.Seats {
		if s.Address == address {
			return s.Numbers
		}
	}
	return nil
}

func (e Expert) matches(c CaseFacts) bool {
	return slices.ContainsFunc(c.Categories, func(f string) bool { return slices.Contains(e.Fields, f) })
}

// newSeating lays out who may judge what and what was given before.
func newSeating(cases []CaseFacts, experts []Expert, before Plan) *seating {
	t := &seating{cases: cases, experts: experts, load: make([]int, len(experts))}
	for _, c := range cases {
		row := make([]place, len(experts))
		for i, e := range experts {
			row[i].why, row[i].match = e.reason(c), e.matches(c)
			if row[i].why == "" && slices.Contains(before.Numbers(e.Address()), c.Number) {
				row[i].held, row[i].taken = true, true
				t.load[i]++
			}
		}
		t.places = append(t.places, row)
	}
	return t
}

// fill gives every case its experts and tells of those that cannot have enough.
// Cases without a choice come first: what they take is fixed when others choose.
func (t *seating) fill(perCase int) (problems []string) {
	for i, c := range t.cases {
		possible := t.possible(i)
		if perCase == 0 || possible <= perCase {
			t.takeAll(i)
		}
		switch {
		case possible == 0:
			problems = append(problems, fmt.Sprintf("%s　%s：没有可以评审的专家", c.Number, c.Unit))
		case possible < perCase:
			problems = append(problems, fmt.Sprintf("%s　%s：可以评审的专家只有%d位，少于%d位", c.Number, c.Unit, possible, perCase))
		}
		if bareName(c.Unit) == "" {
			problems = append(problems, c.Number+"：没有单位名称，无法核对回避")
		}
	}
	for i := range t.cases {
		for have := t.seated(i); have < perCase && have < t.possible(i); have++ {
			t.give(i)
		}
	}
	return problems
}

func (t *seating) seat(expert int) Seat {
	e := t.experts[expert]
	s := Seat{Expert: e.Name, Address: e.Address(), Organisation: e.Organisation}
	for i, c := range t.cases {
		switch p := t.places[i][expert]; {
		case p.why != "":
			s.Avoided = append(s.Avoided, Avoided{c.Number, c.Unit, p.why})
		case p.taken:
			s.Numbers = append(s.Numbers, c.Number)
			if p.match {
				s.Matched = append(s.Matched, c.Number)
			}
		}
	}
	return s
}

// Lines tell the plan to staff: who gets how many and which, what is avoided and
// why, and what is lacking.
func (p Plan) Lines() []string {
	each := "每位专家评审全部案例（须回避的除外）"
	if p.PerCase > 0 {
		each = fmt.Sprintf("每个案例由%d位专家评审，%s", p.PerCase, p.loads())
	}
	out := []string{fmt.Sprintf("专家%d位，案例%d个；%s。", len(p.Seats), p.Cases, each)}
	names := map[string]int{}
	for _, s := range p.Seats {
		names[s.Expert]++
	}
	for _, s := range p.Seats {
		out = append(out, s.lines(p.Cases, names[s.Expert] > 1)...)
	}
	for _, problem := range p.Problems {
		out = append(out, "请注意："+problem+"。")
	}
	return out
}

func (p Plan) loads() string {
	if len(p.Seats) == 0 {
		return "没有专家"
	}
	least, most := len(p.Seats[0].Numbers), len(p.Seats[0].Numbers)
	for _, s := range p.Seats {
		least, most = min(least, len(s.Numbers)), max(most, len(s.Numbers))
	}
	if least == most {
		return fmt.Sprintf("每位专家%d个", least)
	}
	return fmt.Sprintf("每位专家%d至%d个", least, most)
}

func (s Seat) lines(cases int, namesake bool) []string {
	beside := s.Organisation
	if namesake || beside == "" {
		beside = strings.TrimPrefix(beside+"，"+s.Address, "，")
	}
	line := fmt.Sprintf("%s（%s）：%d个", s.Expert, beside, len(s.Numbers))
	switch {
	case len(s.Numbers) == 0:
	case len(s.Numbers) == cases:
		line += "，即全部案例"
	case len(s.Numbers)+len(s.Avoided) == cases:
		line += "，即须回避的以外的全部案例"
	default:
		line += "：" + strings.Join(s.Numbers, "、")
	}
	if len(s.Matched) > 0 {
		line += fmt.Sprintf("；其中领域匹配%d个", len(s.Matched))
	}
	out := []string{line + "。"}
	for _, a := range s.Avoided {
		out = append(out, fmt.Sprintf("　回避：%s　%s（%s）", a.Number, a.Unit, a.Why))
	}
	return out
}
