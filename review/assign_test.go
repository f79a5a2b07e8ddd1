package review

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestMeans(t *testing.T) {
	for _, x := range []struct {
		written, unit string
		want          bool
	}{
		{"佛山某某家居有限公司", "佛山某某家居有限公司", true},
		{"佛山某某家居有限责任公司", "佛山市某某家居有限公司", true},
		{"某某（佛山）家居有限公司", "某某(佛山)家居有限公司", true},
		{"ＡＢＣ科技 有限公司", "abc科技有限公司", true},
		{"某某家居", "佛山市某某家居有限公司", true},
		{"中山某某大学 教授", "中山某某大学", true},
		{"甲乙集团及其子公司", "甲乙集团股份有限公司", true},
		{"甲乙丙集团", "甲乙丙（中国）网络有限公司", true}, // 集团 is left out
		{"美的", "美的某某股份有限公司", true},
		{"唯品公司", "广州唯品商务有限公司", false}, // two characters are too few for that
		{"91440101ma5cxxxx1x", "佛山某某家居有限公司", true},
		{"美的（91440101MA5CXXXX2X）", "美的某某股份有限公司", true},
		{"旧名称有限公司（91440101MA5CXXXX1X）", "佛山某某家居有限公司", true},
		{"91440101MA5CXXXX2X", "佛山某某家居有限公司", false},
		{"佛山某某陶瓷有限公司", "佛山某某家居有限公司", false},
		{"", "佛山某某家居有限公司", false},
		{"某", "佛山某某家居有限公司", false},
		{"（）", "", false},
		{"", "", false},
	} {
		if got := means(x.written, CaseFacts{Unit: x.unit, CreditCode: "91440101MA5CXXXX1X"}); got != x.want {
			t.Errorf("%q %q: %v", x.written, x.unit, got)
		}
	}
}

func judges() []Expert {
	return []Expert{
		{Name: "丁某", Addresses: []string{"d@x.example"}, Organisation: "某某大学", Fields: []string{"电商平台"}},
		{Name: "甲某", Addresses: []string{"a@x.example"}, Organisation: "佛山某某家居有限公司"},
		{Name: "乙某", Addresses: []string{"b@x.example"}, Fields: []string{"丝路电商"}, Avoid: []string{"东莞某某服饰"}},
	}
}

func entries() []CaseFacts {
	return []CaseFacts{
		{Number: "AL2024-0003", Unit: "广州某某科技有限公司", Categories: []string{"电商平台"}},
		{Number: "AL2024-0001", Unit: "佛山市某某家居有限公司", Categories: []string{"丝路电商", "电商平台"}},
		{Number: "AL2024-0002", Unit: "东莞市某某服饰有限公司"},
		{Number: "AL2024-0004", Unit: ""},
	}
}

func TestAssignEverything(t *testing.T) {
	p := Assign(entries(), judges(), 0)
	want := []string{
		"专家3位，案例4个；每位专家评审全部案例（须回避的除外）。",
		"丁某（某某大学）：4个，即全部案例；其中领域匹配2个。",
		"甲某（佛山某某家居有限公司）：3个，即须回避的以外的全部案例。",
		"　回避：AL2024-0001　佛山市某某家居有限公司（所在单位：佛山某某家居有限公司）",
		"乙某（b@x.example）：3个，即须回避的以外的全部案例；其中领域匹配1个。",
		"　回避：AL2024-0002　东莞市某某服饰有限公司（回避单位：东莞某某服饰）",
		"请注意：AL2024-0004：没有单位名称，无法核对回避。",
	}
	if got := p.Lines(); !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestAssignSome(t *testing.T) {
	p := Assign(entries(), judges(), 3)
	want := []string{
		"专家3位，案例4个；每个案例由3位专家评审，每位专家3至4个。",
		"丁某（某某大学）：4个，即全部案例；其中领域匹配2个。",
		"甲某（佛山某某家居有限公司）：3个，即须回避的以外的全部案例。",
		"　回避：AL2024-0001　佛山市某某家居有限公司（所在单位：佛山某某家居有限公司）",
		"乙某（b@x.example）：3个，即须回避的以外的全部案例；其中领域匹配1个。",
		"　回避：AL2024-0002　东莞市某某服饰有限公司（回避单位：东莞某某服饰）",
		"请注意：AL2024-0001　佛山市某某家居有限公司：可以评审的专家只有2位，少于3位。",
		"请注意：AL2024-0002　东莞市某某服饰有限公司：可以评审的专家只有2位，少于3位。",
		"请注意：AL2024-0004：没有单位名称，无法核对回避。",
	}
	if got := p.Lines(); !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	p = Assign(entries()[:3], judges(), 1)
	want = []string{
		"专家3位，案例3个；每个案例由1位专家评审，每位专家1个。",
		"丁某（某某大学）：1个：AL2024-0003；其中领域匹配1个。",
		"甲某（佛山某某家居有限公司）：1个：AL2024-0002。",
		"　回避：AL2024-0001　佛山市某某家居有限公司（所在单位：佛山某某家居有限公司）",
		"乙某（b@x.example）：1个：AL2024-0001；其中领域匹配1个。",
		"　回避：AL2024-0002　东莞市某某服饰有限公司（回避单位：东莞某某服饰）",
	}
	if got := p.Lines(); !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if got := Assign(entries()[1:2], judges()[1:2], 1).Problems; !slices.Equal(got, []string{"AL2024-0001　佛山市某某家居有限公司：没有可以评审的专家"}) {
		t.Errorf("%q", got)
	}
	if got := Assign(nil, nil, 2); len(got.Lines()) != 1 {
		t.Errorf("nothing at all: %q", got.Lines())
	}
}

// scene is a random call: units with names that contain one another, experts who
// avoid some of them.
func scene(r *rand.Rand, most int) ([]CaseFacts, []Expert) {
	var cases []CaseFacts
	var experts []Expert
	for i := range 1 + r.IntN(most) {
		c := CaseFacts{Number: fmt.Sprintf("AL2024-%04d", i+1), Unit: fmt.Sprintf("第%c号某某商贸有限公司", 'A'+rune(r.IntN(12)))}
		for range r.IntN(3) {
			c.Categories = append(c.Categories, callFields[r.IntN(4)])
		}
		cases = append(cases, c)
	}
	for i := range 1 + r.IntN(most) {
		e := Expert{Name: fmt.Sprintf("专家%c", 'A'+rune(r.IntN(20))), Addresses: []string{fmt.Sprintf("e%d@x.example", i)}}
		for range r.IntN(3) {
			e.Fields = append(e.Fields, callFields[r.IntN(4)])
			e.Avoid = append(e.Avoid, fmt.Sprintf("第%c号某某商贸", 'A'+rune(r.IntN(12))))
		}
		experts = append(experts, e)
	}
	return cases, experts
}

func shuffled[T any](r *rand.Rand, list []T) []T {
	out := slices.Clone(list)
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// given tells by address who judges what.
func given(p Plan) map[string][]string {
	out := map[string][]string{}
	for _, s := range p.Seats {
		out[s.Address] = s.Numbers
	}
	return out
}

// Order does not matter; nobody judges what he must avoid; each case has as many
// as it can, up to perCase; the same goes for everybody and every case.
func TestAssignHolds(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 2))
		cases, experts := scene(r, 12)
		perCase := r.IntN(5)
		p := Assign(cases, experts, perCase)
		again := Assign(shuffled(r, cases), shuffled(r, experts), perCase)
		if !reflect.DeepEqual(given(p), given(again)) || !slices.Equal(p.Problems, again.Problems) {
			t.Fatalf("seed %d: another order gives another plan:\n%v\n%v", seed, given(p), given(again))
		}
		judgesOf := map[string]int{}
		for i, s := range p.Seats {
			if s.Address != experts[i].Address() {
				t.Fatalf("seed %d: seats are not in the order of the experts", seed)
			}
			for _, n := range s.Numbers {
				judgesOf[n]++
			}
			for _, c := range cases {
				seated, must := slices.Contains(s.Numbers, c.Number), experts[i].reason(c) != ""
				told := slices.ContainsFunc(s.Avoided, func(a Avoided) bool { return a.Number == c.Number })
				if seated && must || told != must {
					t.Fatalf("seed %d: %s and %s: seated %v, must avoid %v, told %v", seed, s.Address, c.Number, seated, must, told)
				}
			}
		}
		for _, c := range cases {
			possible := 0
			for _, e := range experts {
				if e.reason(c) == "" {
					possible++
				}
			}
			want := possible
			if perCase > 0 {
				want = min(perCase, possible)
			}
			if judgesOf[c.Number] != want {
				t.Fatalf("seed %d: %s has %d experts, want %d", seed, c.Number, judgesOf[c.Number], want)
			}
		}
	}
}

// Without anything to avoid loads differ by one at most.
func TestAssignLoads(t *testing.T) {
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 3))
		cases, experts := scene(r, 25)
		for i := range experts {
			experts[i].Avoid = nil
		}
		p := Assign(cases, experts, 1+r.IntN(len(experts)))
		least, most := len(cases), 0
		for _, s := range p.Seats {
			least, most = min(least, len(s.Numbers)), max(most, len(s.Numbers))
		}
		if most-least > 1 {
			t.Fatalf("seed %d: loads from %d to %d", seed, least, most)
		}
	}
}

// Among all plans there are, none has more even loads, and of those none has more
// cases of an expert's field: tried out on small calls.
func TestAssignIsBest(t *testing.T) {
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 4))
		cases, experts := scene(r, 5)
		cases, experts = cases[:min(4, len(cases))], experts[:min(4, len(experts))]
		perCase := 1 + r.IntN(3)
		best := [2]int{1 << 30, 0}
		everyPlan(cases, experts, perCase, 0, make([]int, len(experts)), 0, func(squares, matched int) {
			if squares < best[0] || squares == best[0] && matched > best[1] {
				best = [2]int{squares, matched}
			}
		})
		got := [2]int{}
		for _, s := range Assign(cases, experts, perCase).Seats {
			got[0] += len(s.Numbers) * len(s.Numbers)
			got[1] += len(s.Matched)
		}
		if got != best {
			t.Fatalf("seed %d: squares of loads and matches are %v, best %v", seed, got, best)
		}
	}
}

func everyPlan(cases []CaseFacts, experts []Expert, perCase, at int, load []int, matched int, done func(squares, matched int)) {
	if at == len(cases) {
		squares := 0
		for _, n := range load {
			squares += n * n
		}
		done(squares, matched)
		return
	}
	var may []int
	for i, e := range experts {
		if e.reason(cases[at]) == "" {
			may = append(may, i)
		}
	}
	for set := range 1 << len(may) {
		next, more, n := slices.Clone(load), matched, 0
		for bit, i := range may {
			if set&(1<<bit) != 0 {
				next[i]++
				n++
				if experts[i].matches(cases[at]) {
					more++
				}
			}
		}
		if n == min(perCase, len(may)) {
			everyPlan(cases, experts, perCase, at+1, next, more, done)
		}
	}
}

// Seats once given stay when cases come later and experts change; only what must
// be avoided now is taken away.
func TestExtend(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 5))
		cases, experts := scene(r, 12)
		perCase := r.IntN(4)
		before := Assign(cases[:1+r.IntN(len(cases))], experts, perCase)
		gone := r.IntN(len(experts))
		changed := slices.Concat(experts[:gone], experts[gone+1:], []Expert{{Name: "新人", Addresses: []string{"new@x.example"}, Avoid: []string{cases[0].Unit}}})
		changed[0].Avoid = append(slices.Clone(changed[0].Avoid), cases[len(cases)-1].Unit)
		after := before.Extend(shuffled(r, cases), changed, perCase)
		for i, e := range changed {
			for _, n := range before.Numbers(e.Address()) {
				c := cases[slices.IndexFunc(cases, func(c CaseFacts) bool { return c.Number == n })]
				if slices.Contains(after.Seats[i].Numbers, n) == (e.reason(c) != "") {
					t.Fatalf("seed %d: %s had %s, now %v", seed, e.Address(), n, after.Seats[i])
				}
			}
		}
		if same := after.Extend(cases, changed, perCase); !reflect.DeepEqual(same, after) {
			t.Fatalf("seed %d: extending by nothing changes the plan", seed)
		}
	}
}

// What was given before weighs when more is given.
func TestExtendCountsWhatWasGiven(t *testing.T) {
	cases := []CaseFacts{{Number: "1", Unit: "某甲有限公司"}, {Number: "2", Unit: "某乙有限公司"}, {Number: "3", Unit: "某丙有限公司"}}
	a, b := Expert{Name: "a", Addresses: []string{"a@x.example"}}, Expert{Name: "b", Addresses: []string{"b@x.example"}}
	p := Assign(cases[:1], []Expert{a, b}, 1).Extend(cases[:2], []Expert{a, b}, 1)
	if want := map[string][]string{"a@x.example": {"1"}, "b@x.example": {"2"}}; !reflect.DeepEqual(given(p), want) {
		t.Errorf("%v", given(p))
	}
	b.Avoid = []string{"某甲有限公司"}
	p = Assign(cases[:1], []Expert{a, b}, 1).Extend(cases, []Expert{a, b}, 1)
	if want := map[string][]string{"a@x.example": {"1", "3"}, "b@x.example": {"2"}}; !reflect.DeepEqual(given(p), want) {
		t.Errorf("%v", given(p))
	}
}

func BenchmarkAssign(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 6))
	cases, experts := scene(r, 1)
	for len(cases) < 105 {
		more, _ := scene(r, 1)
		more[0].Number = fmt.Sprintf("AL2024-%04d", len(cases)+1)
		cases = append(cases, more[0])
	}
	for len(experts) < 30 {
		_, more := scene(r, 1)
		more[0].Addresses = []string{fmt.Sprintf("e%d@x.example", len(experts))}
		experts = append(experts, more[0])
	}
	for b.Loop() {
		Assign(cases, experts, 7)
	}
}
