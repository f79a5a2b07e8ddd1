package review

import (
	"slices"
	"testing"
)

func callRule() Rule {
	return Rule{
		Criteria: []Criterion{{"技术性与创新性", 3000}, {"效益性", 2500}, {"示范性", 2000}, {"整体实力", 1500}, {"数据完整性", 1000}},
		Minimum:  3,
		Drop:     true,
		Ties:     []string{"技术性与创新性", "效益性"},
	}
}

func TestRuleWords(t *testing.T) {
	want := "技术性与创新性30分、效益性25分、示范性20分、整体实力15分、数据完整性10分，满分100分；各项均已评分，且未回避、弃权、作废或待本人确认的，为一份有效评分；" +
		"案例得分为有效评分总分的平均分（有效评分不少于5份的，去掉一个最高分和一个最低分），有效评分少于3份的不参加排名；" +
		"平均分相同的，依次比较技术性与创新性、效益性的平均分，仍相同的名次并列；平均分按精确值比较，仅在列示时四舍五入至两位小数。"
	if got := callRule().Words(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	plain := Rule{Criteria: []Criterion{{"总分", 1000}}, Minimum: 1}
	want = "总分10分，满分10分；各项均已评分，且未回避、弃权、作废或待本人确认的，为一份有效评分；案例得分为有效评分总分的平均分；平均分相同的名次并列；平均分按精确值比较，仅在列示时四舍五入至两位小数。"
	if got := plain.Words(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// The hash stands in letters that were sent: it must not change with the program.
func TestRuleHash(t *testing.T) {
	if got := callRule().Hash(); got != "dfa0cf2278d9aa36" {
		t.Errorf("hash %s", got)
	}
	if a, b := (Rule{Minimum: 3}).Hash(), (Rule{Criteria: []Criterion{}, Minimum: 3, Ties: []string{}}).Hash(); a != b {
		t.Errorf("nothing and no criteria: %s, %s", a, b)
	}
	seen := map[string]int{callRule().Hash(): -1}
	for i, change := range []func(*Rule){
		func(r *Rule) { r.Criteria[0].Name = "技术性" },
		func(r *Rule) { r.Criteria[0].Max = 3100 },
		func(r *Rule) { r.Criteria[0], r.Criteria[1] = r.Criteria[1], r.Criteria[0] },
		func(r *Rule) { r.Criteria = r.Criteria[:4] },
		func(r *Rule) { r.Minimum = 4 },
		func(r *Rule) { r.Drop = false },
		func(r *Rule) { r.Ties = r.Ties[:1] },
		func(r *Rule) { slices.Reverse(r.Ties) },
	} {
		r := callRule()
		change(&r)
		if other, ok := seen[r.Hash()]; ok {
			t.Errorf("changes %d and %d have one hash", i, other)
		}
		seen[r.Hash()] = i
	}
}

func TestRuleCheck(t *testing.T) {
	if got := callRule().Check(); len(got) != 0 {
		t.Errorf("the call's own rule: %q", got)
	}
	for _, x := range []struct {
		change func(*Rule)
		want   []string
	}{
		{func(r *Rule) { r.Criteria, r.Ties = nil, nil }, []string{"there are no criteria; name at least one, with its maximum of points"}},
		{func(r *Rule) { r.Criteria[2].Name = " 　" }, []string{"criterion 3 has no name"}},
		{func(r *Rule) { r.Criteria[4].Name = "示 范性" }, []string{`criterion "示 范性" stands twice; experts could not tell which they score`}},
		{func(r *Rule) { r.Criteria[4].Max = 0 }, []string{`criterion "数据完整性" has a maximum of 0 points; it must be more than 0`}},
		{func(r *Rule) { r.Criteria[4].Max = -50 }, []string{`criterion "数据完整性" has a maximum of -0.5 points; it must be more than 0`}},
		{func(r *Rule) { r.Criteria[4].Max = 850 }, []string{`criterion "数据完整性" has a maximum of 8.5 points; it must be whole points`}},
		{func(r *Rule) { r.Criteria[4].Max = 100100 }, []string{`criterion "数据完整性" has a maximum of 1001 points; more than 1000 is taken for a slip`}},
		{func(r *Rule) { r.Minimum = 0 }, []string{"the fewest valid totals for a rank are 0; it must be at least 1"}},
		{func(r *Rule) { r.Ties[1] = "效益" }, []string{`the order for ties names "效益", which is no criterion`}},
		{func(r *Rule) { r.Ties[1] = r.Ties[0] }, []string{`the order for ties names "技术性与创新性" twice`}},
	} {
		r := callRule()
		x.change(&r)
		if got := r.Check(); !slices.Equal(got, x.want) {
			t.Errorf("got %q, want %q", got, x.want)
		}
	}
}

func TestPoints(t *testing.T) {
	for v, want := range map[int]string{2700: "27", 850: "8.5", 825: "8.25", 805: "8.05", 5: "0.05", 0: "0", -850: "-8.5", 10000: "100"} {
		if got := Points(v); got != want {
			t.Errorf("%d: %s, want %s", v, got, want)
		}
	}
}
