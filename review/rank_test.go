package review

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// two is a small rule: two criteria of 50, ties by the second.
func two(minimum int, drop bool) Rule {
	return Rule{Criteria: []Criterion{{"甲", 5000}, {"乙", 5000}}, Minimum: minimum, Drop: drop, Ties: []string{"乙"}}
}

func sheet(expert, number string, a, b int) Sheet {
	return Sheet{Expert: expert, Number: number, Cells: map[string]int{"甲": a, "乙": b}}
}

func numbers(list ...string) []CaseFacts {
	var out []CaseFacts
	for _, n := range list {
		out = append(out, CaseFacts{Number: n})
	}
	return out
}

// table writes a ranking as lines: rank, number, average, what parted it.
func (r Ranking) table() []string {
	var out []string
	for _, s := range r.Cases {
		out = append(out, fmt.Sprintf("%d %s %s %s%s", s.Rank, s.Case.Number, s.Average, s.Parted, s.Why))
	}
	return out
}

func TestRankOfTies(t *testing.T) {
	r := Rank(two(1, false), numbers("5", "4", "3", "2", "1", "6", "7"), []Sheet{
		sheet("x", "1", 4000, 1000), sheet("y", "1", 4001, 1000), // 50.005, printed 50.01
		sheet("x", "2", 4000, 1000), sheet("x", "7", 4000, 1000), // 50
		sheet("x", "3", 3000, 2000), // 50, better in 乙
		sheet("x", "4", 3000, 2000), sheet("y", "4", 3000, 2000),
		sheet("x", "5", 4000, 1001), sheet("y", "5", 4000, 1001), sheet("z", "5", 4001, 1001), // 50.0133…, printed the same as 50.01
	})
	want := []string{"1 5 50.01 ", "2 1 50.01 ", "3 3 50.00 ", "3 4 50.00 ", "5 2 50.00 乙", "5 7 50.00 乙", "0 6  有效评分0份，少于1份"}
	if got := r.table(); !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	for i, tied := range []bool{false, false, true, true, true, true, false} {
		if r.Cases[i].Tied != tied {
			t.Errorf("%s: tied %v", r.Cases[i].Case.Number, r.Cases[i].Tied)
		}
	}
	for n, want := range []Cut{
		{},
		{Numbers: []string{"5"}},
		{Numbers: []string{"5", "1"}},
		{Numbers: []string{"5", "1", "3", "4"}, Tied: []string{"3", "4"}},
		{Numbers: []string{"5", "1", "3", "4"}},
		{Numbers: []string{"5", "1", "3", "4", "2", "7"}, Tied: []string{"2", "7"}},
		{Numbers: []string{"5", "1", "3", "4", "2", "7"}},
		{Numbers: []string{"5", "1", "3", "4", "2", "7"}}, // there are no more with a rank
	} {
		if got := r.Line(n); !reflect.DeepEqual(got, want) {
			t.Errorf("line %d: %+v, want %+v", n, got, want)
		}
	}
	if got := r.Line(-1); !reflect.DeepEqual(got, Cut{}) {
		t.Errorf("line -1: %+v", got)
	}
}

func TestRankSaysWhyNot(t *testing.T) {
	sheets := []Sheet{
		sheet("a", "1", 4000, 4000), sheet("b", "1", 4000, 4000), sheet("c", "1", 4000, 4000), sheet("d", "1", 4000, 4000), sheet("e", "1", 4000, 4000),
		sheet("f", "1", 100, 100), sheet("g", "1", 100, 100), sheet("h", "1", 100, 100), sheet("i", "1", 100, 100),
		{Expert: "j", Number: "1"},
		{Expert: "k", Number: "1", Cells: map[string]int{"甲": 100}},
		{Expert: "l", Number: "1", Cells: map[string]int{"甲": 100, "丙": 100}},
		sheet("m", "1", 5001, 100), sheet("n", "1", 100, -1),
		sheet("o", "1", 100, 100), sheet("o", "1", 100, 100),
		sheet("a", "2", 1, 1), // withdrawn
	}
	sheets[5].Recused, sheets[6].Abstained, sheets[7].Void, sheets[8].Unproved = true, true, true, true
	sheets[9].Unproved, sheets[10].Unproved = true, true
	s := Rank(two(3, true), numbers("1"), sheets).Cases[0]
	var whys []string
	for _, m := range s.Marks {
		whys = append(whys, m.Expert+m.Why)
		if m.Counted != (m.Why == "") || m.Valid != (m.Why == "" || m.Why == WhyHighest || m.Why == WhyLowest) {
			t.Errorf("%s: valid %v, counted %v, %q", m.Expert, m.Valid, m.Counted, m.Why)
		}
	}
	want := []string{"a去掉最低分", "b", "c", "d", "e去掉最高分", "f回避", "g弃权", "h作废", "i未经确认", "j未评分", "k未评全", "l未评全", "m超出分值", "n超出分值", "o重复", "o重复"}
	if !slices.Equal(whys, want) {
		t.Errorf("got %q\nwant %q", whys, want)
	}
	if s.Valid != 5 || s.Counted != 3 || s.Average.String() != "80.00" || s.Rank != 1 {
		t.Errorf("%+v", s)
	}
	if s.Marks[10].Total != 0 || s.Marks[5].Total != 200 {
		t.Errorf("totals %d, %d", s.Marks[10].Total, s.Marks[5].Total)
	}
}

// Of equal totals the one that is better by the order for ties is the higher.
func TestRankDropsOneHighestAndOneLowest(t *testing.T) {
	sheets := []Sheet{
		sheet("a", "1", 4000, 1000), sheet("b", "1", 3000, 2000), // highest: b
		sheet("c", "1", 500, 500), sheet("d", "1", 400, 600), // lowest: c
		sheet("e", "1", 1500, 1500),
	}
	s := Rank(two(1, true), numbers("1"), sheets).Cases[0]
	if s.Marks[1].Why != WhyHighest || s.Marks[2].Why != WhyLowest || s.Average != (Fraction{9000, 3}) || s.Criteria[1] != (Fraction{3100, 3}) {
		t.Errorf("%+v", s)
	}
	if s := Rank(two(1, true), numbers("1"), sheets[:4]).Cases[0]; s.Counted != 4 {
		t.Errorf("of four none is dropped: %+v", s)
	}
	if s := Rank(two(1, false), numbers("1"), sheets).Cases[0]; s.Counted != 5 {
		t.Errorf("without the setting none is dropped: %+v", s)
	}
}

// review is a random review: few values, so that ties are many.
func review(r *rand.Rand) (Rule, []CaseFacts, []Sheet) {
	rule := Rule{Criteria: []Criterion{{"甲", 3000}, {"乙", 2000}, {"丙", 1000}}, Minimum: 1 + r.IntN(3), Drop: r.IntN(3) > 0}
	rule.Ties = [][]string{nil, {"乙"}, {"丙", "甲"}, {"甲", "乙", "丙"}}[r.IntN(4)]
	var cases []CaseFacts
	var sheets []Sheet
	for i := range 1 + r.IntN(6) {
		number := fmt.Sprintf("AL2024-%04d", i+1)
		cases = append(cases, CaseFacts{Number: number})
		for e := range r.IntN(9) {
			s := Sheet{Expert: fmt.Sprintf("e%d@x.example", e), Number: number, Cells: map[string]int{}}
			for _, c := range rule.Criteria {
				if r.IntN(20) > 0 {
					s.Cells[c.Name] = c.Max/2 + 100*r.IntN(3) + 25*r.IntN(2)
				}
			}
			switch r.IntN(16) {
			case 0:
				s.Recused = true
			case 1:
				s.Abstained = true
			case 2:
				s.Void = true
			case 3:
				s.Unproved = true
			}
			sheets = append(sheets, s)
		}
	}
	return rule, cases, sheets
}

func eachReview(t *testing.T, n uint64, try func(t *testing.T, r *rand.Rand, rule Rule, cases []CaseFacts, sheets []Sheet)) {
	t.Helper()
	for seed := range n {
		r := rand.New(rand.NewPCG(seed, 7))
		rule, cases, sheets := review(r)
		try(t, r, rule, cases, sheets)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func TestRankDoesNotDependOnOrder(t *testing.T) {
	eachReview(t, 500, func(t *testing.T, r *rand.Rand, rule Rule, cases []CaseFacts, sheets []Sheet) {
		want := Rank(rule, cases, sheets)
		if got := Rank(rule, shuffled(r, cases), shuffled(r, sheets)); !reflect.DeepEqual(got, want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
	})
}

// Names of experts decide nothing: with others, every rank and average is the same.
func TestRankDoesNotDependOnNames(t *testing.T) {
	eachReview(t, 500, func(t *testing.T, r *rand.Rand, rule Rule, cases []CaseFacts, sheets []Sheet) {
		want := Rank(rule, cases, sheets)
		renamed := slices.Clone(sheets)
		for i := range renamed {
			renamed[i].Expert = fmt.Sprintf("%c%s", 'a'+rune(r.IntN(26)), renamed[i].Expert)
		}
		got := Rank(rule, cases, renamed)
		for i := range want.Cases {
			got.Cases[i].Marks, want.Cases[i].Marks = nil, nil
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
	})
}

// What is recused, abstained, void, unproved or incomplete changes nothing but the list of marks.
func TestRankCountsOnlyWhatIsValid(t *testing.T) {
	eachReview(t, 500, func(t *testing.T, r *rand.Rand, rule Rule, cases []CaseFacts, sheets []Sheet) {
		whole := slices.DeleteFunc(slices.Clone(sheets), func(s Sheet) bool {
			return s.Recused || s.Abstained || s.Void || s.Unproved || len(s.Cells) < len(rule.Criteria)
		})
		got, want := Rank(rule, cases, sheets), Rank(rule, cases, whole)
		for i := range got.Cases {
			for _, m := range got.Cases[i].Marks {
				if m.Counted && (m.Recused || m.Abstained || m.Void || m.Unproved || len(m.Cells) < len(rule.Criteria)) {
					t.Errorf("counted: %+v", m)
				}
			}
			got.Cases[i].Marks, want.Cases[i].Marks = nil, nil
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
	})
}

// A point more in a sheet that counts never makes its case's rank worse.
func TestRankNeverFallsByAHigherScore(t *testing.T) {
	eachReview(t, 2000, func(t *testing.T, r *rand.Rand, rule Rule, cases []CaseFacts, sheets []Sheet) {
		before := Rank(rule, cases, sheets)
		for i, s := range sheets {
			c := rule.Criteria[r.IntN(len(rule.Criteria))]
			at := slices.IndexFunc(before.Cases, func(x Standing) bool { return x.Case.Number == s.Number })
			m := before.Cases[at].Marks[slices.IndexFunc(before.Cases[at].Marks, func(m Mark) bool { return m.Expert == s.Expert })]
			if !m.Valid || s.Cells[c.Name]+25 > c.Max {
				continue
			}
			more := slices.Clone(sheets)
			more[i].Cells = map[string]int{}
			for name, v := range s.Cells {
				more[i].Cells[name] = v
			}
			more[i].Cells[c.Name] += []int{1, 25, 100}[r.IntN(3)]
			after := Rank(rule, cases, more)
			now := after.Cases[slices.IndexFunc(after.Cases, func(x Standing) bool { return x.Case.Number == s.Number })]
			if now.Rank > before.Cases[at].Rank || now.Average.Compare(before.Cases[at].Average) < 0 {
				t.Errorf("%s, %s of %s: rank %d became %d", s.Number, c.Name, s.Expert, before.Cases[at].Rank, now.Rank)
			}
		}
	})
}

// The same ranks and averages come of rational numbers, counted the plain way.
func TestRankIsExact(t *testing.T) {
	eachReview(t, 1000, func(t *testing.T, _ *rand.Rand, rule Rule, cases []CaseFacts, sheets []Sheet) {
		averages := map[string][]*big.Rat{} // of a case: total, then the criteria for ties
		for _, c := range cases {
			if v := plainAverages(rule, c.Number, sheets); v != nil {
				averages[c.Number] = v
			}
		}
		for _, s := range Rank(rule, cases, sheets).Cases {
			mine := averages[s.Case.Number]
			if mine == nil {
				if s.Rank != 0 || s.Why == "" {
					t.Errorf("%s: rank %d", s.Case.Number, s.Rank)
				}
				continue
			}
			rank := 1
			for _, other := range averages {
				if better(other, mine) {
					rank++
				}
			}
			points := new(big.Rat).Quo(mine[0], big.NewRat(100, 1))
			if s.Rank != rank || s.Average.String() != points.FloatString(2) {
				t.Errorf("%s: rank %d, average %s, want %d, %s", s.Case.Number, s.Rank, s.Average, rank, points.FloatString(2))
			}
		}
	})
}

func better(a, b []*big.Rat) bool {
	for i := range a {
		if d := a[i].Cmp(b[i]); d != 0 {
			return d > 0
		}
	}
	return false
}

// plainAverages are nil for a case without rank.
func plainAverages(rule Rule, number string, sheets []Sheet) []*big.Rat {
	names := append(slices.Clone(rule.Ties), "甲", "乙", "丙") // how equal totals are ordered
	var rows [][]int64                                      // total, then these
	for _, s := range sheets {
		if s.Number != number || s.Recused || s.Abstained || s.Void || s.Unproved || len(s.Cells) < 3 {
			continue
		}
		row := []int64{0}
		for _, n := range names {
			row = append(row, int64(s.Cells[n]))
		}
		row[0] = int64(s.Cells["甲"] + s.Cells["乙"] + s.Cells["丙"])
		rows = append(rows, row)
	}
	if len(rows) < rule.Minimum {
		return nil
	}
	slices.SortFunc(rows, slices.Compare)
	if rule.Drop && len(rows) >= 5 {
		rows = rows[1 : len(rows)-1]
	}
	var out []*big.Rat
	for i := range 1 + len(rule.Ties) {
		sum := new(big.Rat)
		for _, row := range rows {
			sum.Add(sum, big.NewRat(row[i], 1))
		}
		out = append(out, sum.Quo(sum, big.NewRat(int64(len(rows)), 1)))
	}
	return out
}
