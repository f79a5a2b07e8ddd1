package review

import (
	"cmp"
	"fmt"
	"slices"
)

// Sheet is what one expert recorded for one case.
type Sheet struct {
	Expert    string         `json:"expert"` // first address
	Number    string         `json:"number"`
	Cells     map[string]int `json:"cells,omitempty"` // criterion → hundredths of a point
	Recused   bool           `json:"recused,omitempty"`
	Abstained bool           `json:"abstained,omitempty"`
	Void      bool           `json:"void,omitempty"`     // by staff
	Unproved  bool           `json:"unproved,omitempty"` // nobody knows yet that the expert wrote it
	Comment   string         `json:"comment,omitempty"`
}

// Why a sheet does not count.
const (
	WhyVoid       = "作废"
	WhyRecused    = "回避"
	WhyAbstained  = "弃权"
	WhyBlank      = "未评分"
	WhyIncomplete = "未评全"
	WhyRange      = "超出分值"
	WhyTwice      = "重复"
	WhyUnproved   = "未经确认"
	WhyHighest    = "去掉最高分"
	WhyLowest     = "去掉最低分"
)

// Mark is a sheet as it counts for its case.
type Mark struct {
	Sheet
	Total   int    `json:"total"`             // hundredths; 0 unless every criterion is scored
	Valid   bool   `json:"valid"`             // a whole total that nothing stands against
	Counted bool   `json:"counted"`           // valid and not dropped
	Why     string `json:"why,omitempty"`     // if not counted
	Outlier string `json:"outlier,omitempty"` // for staff: how far it is from the others; "" if it is not
}

// Standing is how a case stands after the review.
type Standing struct {
	Case     CaseFacts  `json:"case"`
	Rank     int        `json:"rank"`             // 1, 2, 2, 4; 0: not ranked
	Why      string     `json:"why,omitempty"`    // if not ranked
	Tied     bool       `json:"tied,omitempty"`   // another case has the same rank
	Parted   string     `json:"parted,omitempty"` // the criterion by which it comes after the rank before, averages being equal
	Marks    []Mark     `json:"marks"`            // by expert
	Valid    int        `json:"valid"`            // how many marks are
	Counted  int        `json:"counted"`
	Average  Fraction   `json:"average"`  // of the counted totals
	Criteria []Fraction `json:"criteria"` // averages of the counted marks by criterion, in the rule's order
	Median   Fraction   `json:"median"`   // of the valid totals; for staff
	Spread   int        `json:"spread"`   // highest less lowest valid total; for staff
}

// Ranking is what the review comes to.
type Ranking struct {
	Rule  Rule       `json:"rule"`
	Cases []Standing `json:"cases"` // by rank, then number; those without rank last
}

// Rank computes the ranking (DESIGN.md, Review). The rule must have passed its
// check. Order of cases and sheets does not matter. Sheets of cases that are not
// among cases (withdrawn) are left out; two sheets of one expert for one case
// both do not count.
func Rank(rule Rule, cases []CaseFacts, sheets []Sheet) Ranking {
	r := Ranking{Rule: rule}
	for _, c := range cases {
		s := Standing{Case: c}
		for _, sheet := range sheets {
			if sheet.Number == c.Number {
				s.Marks = append(s.Marks, rule.mark(sheet))
			}
		}
		rule.stand(&s)
		r.Cases = append(r.Cases, s)
	}
	slices.SortStableFunc(r.Cases, func(a, b Standing) int {
		return cmp.Or(compareRanked(a, b), rule.compare(a, b), cmp.Compare(a.Case.Number, b.Case.Number))
	})
	r.number()
	return r
}

// mark judges one sheet by itself.
func (r Rule) mark(s Sheet) Mark {
	m := Mark{Sheet: s}
	scored, outside := 0, false
	for _, c := range r.Criteria {
		if v, ok := s.Cells[c.Name]; ok {
			scored++
			m.Total += v
			outside = outside || v < 0 || v > c.Max
		}
	}
	switch {
	case s.Void:
		m.Why = WhyVoid
	case s.Recused:
		m.Why = WhyRecused
	case s.Abstained:
		m.Why = WhyAbstained
	case scored == 0:
		m.Why = WhyBlank
	case scored < len(r.Criteria):
		m.Why = WhyIncomplete
	case outside:
		m.Why = WhyRange
	case s.Unproved:
		m.Why = WhyUnproved
	}
	if scored < len(r.Criteria) {
		m.Total = 0
	}
	m.Valid = m.Why == ""
	return m
}

// stand computes a case from its marks.
func (r Rule) stand(s *Standing) {
	slices.SortStableFunc(s.Marks, func(a, b Mark) int { return cmp.Compare(a.Expert, b.Expert) })
	for i := 1; i < len(s.Marks); i++ {
		if a, b := &s.Marks[i-1], &s.Marks[i]; a.Expert == b.Expert {
			a.Valid, a.Why, b.Valid, b.Why = false, WhyTwice, false, WhyTwice
		}
	}
	var valid []*Mark
	for i := range s.Marks {
		if s.Marks[i].Valid {
			valid = append(valid, &s.Marks[i])
		}
	}
	slices.SortFunc(valid, func(a, b *Mark) int { return r.compareMarks(*a, *b) })
	s.observe(valid)
	s.Valid = len(valid)
	if least := max(1, r.Minimum); s.Valid < least {
		s.Why = fmt.Sprintf("有效评分%d份，少于%d份", s.Valid, least)
	}
	if n := len(valid); r.Drop && n >= dropFrom {
		valid[0].Why, valid[n-1].Why = WhyLowest, WhyHighest
		valid = valid[1 : n-1]
	}
	s.count(r, valid)
}

// count adds up what was not dropped.
func (s *Standing) count(r Rule, counted []*Mark) {
	s.Counted = len(counted)
	s.Average.Den = s.Counted
	s.Criteria = make([]Fraction, len(r.Criteria))
	for i := range s.Criteria {
		s.Criteria[i].Den = s.Counted
	}
	for _, m := range counted {
		m.Counted = true
		s.Average.Num += m.Total
		for i, c := range r.Criteria {
			s.Criteria[i].Num += m.Cells[c.Name]
		}
	}
}

// compareMarks orders valid marks from the lowest up. Of equal totals the one
// that is better by the order for ties, then by the other criteria, is the
// higher, so that it matters for nothing which of equal ones is dropped, and a
// higher score never makes a case's average of a criterion lower in a tie.
func (r Rule) compareMarks(a, b Mark) int {
	if d := cmp.Compare(a.Total, b.Total); d != 0 {
		return d
	}
	for _, name := range r.Ties {
		if d := cmp.Compare(a.Cells[name], b.Cells[name]); d != 0 {
			return d
		}
	}
	for _, c := range r.Criteria {
		if d := cmp.Compare(a.Cells[c.Name], b.Cells[c.Name]); d != 0 {
			return d
		}
	}
	return cmp.Compare(a.Expert, b.Expert)
}

func compareRanked(a, b Standing) int {
	switch {
	case a.Why == "" && b.Why != "":
		return -1
	case a.Why != "" && b.Why == "":
		return 1
	}
	return 0
}

// compare orders ranked cases from the best down; 0 is an equal rank. Cases
// without rank are all alike.
func (r Rule) compare(a, b Standing) int {
	if a.Why != "" || b.Why != "" {
		return 0
	}
	if d := b.Average.Compare(a.Average); d != 0 {
		return d
	}
	return cmp.Compare(r.parts(a, b), 0)
}

// parts is how the order for ties puts a and b of equal averages: -n if the nth
// criterion of it puts a first, n if b, 0 if none.
func (r Rule) parts(a, b Standing) int {
	for n, name := range r.Ties {
		if i := r.index(name); i >= 0 {
			if d := b.Criteria[i].Compare(a.Criteria[i]); d != 0 {
				return d * (n + 1)
			}
		}
	}
	return 0
}

// number gives the ranks to cases in their order.
func (r *Ranking) number() {
	for i := range r.Cases {
		s := &r.Cases[i]
		if s.Why != "" {
			return
		}
		s.Rank = i + 1
		if i == 0 {
			continue
		}
		before := &r.Cases[i-1]
		if r.Rule.compare(*before, *s) == 0 {
			s.Rank, s.Tied, before.Tied = before.Rank, true, true
			s.Parted = before.Parted
		} else if n := r.Rule.parts(*before, *s); before.Average.Compare(s.Average) == 0 && n < 0 {
			s.Parted = r.Rule.Ties[-n-1]
		}
	}
}

// Cut is what stands above a line.
type Cut struct {
	Numbers []string // cases with a rank of at most n, best first
	Tied    []string // of these, the cases of one rank that the line would part: people must say; empty if the line parts none
}

// Line tells which cases n places take. Where a tie stands at the line, all its
// cases are named, which are then more than n.
func (r Ranking) Line(n int) Cut {
	var cut Cut
	for _, s := range r.Cases {
		if s.Rank > 0 && s.Rank <= n {
			cut.Numbers = append(cut.Numbers, s.Case.Number)
		}
	}
	if len(cut.Numbers) > max(0, n) {
		last := r.Cases[len(cut.Numbers)-1].Rank
		for _, s := range r.Cases[:len(cut.Numbers)] {
			if s.Rank == last {
				cut.Tied = append(cut.Tied, s.Case.Number)
			}
		}
	}
	return cut
}
