package review

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"anli/intake"
	"anli/templates"
)

// The same ledger gives the same proposal, to the byte; another one is told apart.
func TestProposalIsReproducible(t *testing.T) {
	h := newHouse(t, func(s *intake.Settings) { s.Review.PerCase = 2 })
	var first, again, other Proposal
	h.view(func(b *Bench) { first = b.Propose() })
	h.view(func(b *Bench) { again = b.Propose() })
	if a, b := strings.Join(first.Lines(), "\n"), strings.Join(again.Lines(), "\n"); a != b || first.Basis() != again.Basis() {
		t.Errorf("two proposals:\n%s\n%s", a, b)
	}
	h.withDing()
	h.view(func(b *Bench) { other = b.Propose() })
	if other.Basis() == first.Basis() {
		t.Error("another expert, the same basis")
	}
	h.view(func(b *Bench) {
		if len(h.letters("")) > 0 || b.Panel.Phase != PhaseNone {
			t.Error("proposing did something")
		}
	})
}

// What keeps a panel from beginning, in words for staff.
func TestProposalProblems(t *testing.T) {
	for _, x := range []struct {
		change func(*intake.Settings)
		said   string
	}{
		{func(s *intake.Settings) { s.People.Experts = nil }, "没有专家名单"},
		{func(s *intake.Settings) { s.Review.Criteria = nil }, "评分规则配置有误"},
		{func(s *intake.Settings) { s.Mailbox.Live = false }, "尚未启用对外发信"},
	} {
		h := newHouse(t, x.change)
		h.view(func(b *Bench) {
			if p := b.Propose(); len(p.Problems) != 1 || !strings.Contains(p.Problems[0], x.said) {
				t.Errorf("%s: %s", x.said, p.Problems)
			}
		})
	}
	h := newHouse(t, nil)
	h.start()
	h.view(func(b *Bench) {
		if p := b.Propose(); len(p.Problems) != 1 || !strings.Contains(p.Problems[0], "没有资格审核通过的案例") {
			t.Errorf("begun: %s", p.Problems)
		}
	})
	h.do(func(b *Bench) { b.Close() })
	h.view(func(b *Bench) {
		if p := strings.Join(b.Propose().Problems, ""); !strings.Contains(p, "评审已结束") {
			t.Errorf("closed: %s", p)
		}
		if b.Close() == "" {
			t.Error("closed twice")
		}
	})
}

// At the start packages are frozen, with a hash that stands for the files; cases on
// which staff have not decided, or that something holds, stay out and are named.
func TestStartFreezes(t *testing.T) {
	h := newHouse(t, nil)
	h.record(intake.Change{Cases: []intake.Case{
		{Number: "AL2024-0004", City: "佛山市", Unit: "某乙公司", Stage: intake.StageComplete},
		{Number: "AL2024-0005", City: "佛山市", Unit: "某丙公司", Stage: intake.StageEligible, Holds: []intake.Hold{intake.HoldLate}},
		{Number: "AL2024-0006", City: "佛山市", Unit: "某丁公司", Stage: intake.StageIneligible}}})
	h.view(func(b *Bench) {
		if said := strings.Join(b.Propose().Lines(), "\n"); !strings.Contains(said, "不送评2个：AL2024-0004、AL2024-0005") {
			t.Error(said)
		}
	})
	h.start()
	h.view(func(b *Bench) {
		for _, n := range []string{case1, case2, case3} {
			if c := b.Case(n); !c.Frozen() || c.Stage != intake.StageInReview || len(c.Package) != 64 {
				t.Errorf("%s is %s %q", n, c.Stage, c.Package)
			}
		}
		for _, n := range []string{"AL2024-0004", "AL2024-0005", "AL2024-0006"} {
			if c := b.Case(n); c.Frozen() || b.MemberOf(jia).has(n) {
				t.Errorf("%s is in review", n)
			}
		}
		if said, text := b.Rule(b.Case(case1), intake.Ruling{Verb: "不通过", Reason: "理由", By: "zhang.wei@gd.example", Mail: "m", Seen: zoned("2030-01-01 00:00")}); said || !strings.Contains(text, "已进入评审") {
			t.Error(text)
		}
	})
}

// Criteria, maxima and rule are those of the first request, whatever the
// configuration says later; their hash stands in each.
func TestRuleIsFrozen(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	s := settings()
	s.Review.Criteria = []intake.Criterion{{Name: "总体", Max: 100}}
	s.Review.Minimum, s.Review.Drop = 3, true
	h.configure(s)
	h.record(intake.Change{Cases: []intake.Case{{Number: "AL2024-0004", City: "佛山市", Unit: "某乙公司", Stage: intake.StageEligible}}})
	h.start()
	var first, second templates.ScoreRequest
	h.body("request/"+jia+"/1", &first)
	h.body("request/"+jia+"/2", &second)
	if first.Hash == "" || first.Hash != second.Hash || first.Rule != second.Rule || len(second.Criteria) != 3 || first.Batch != 1 || second.Batch != 2 {
		t.Errorf("first %s %d, second %s %d", first.Hash, first.Batch, second.Hash, second.Batch)
	}
	if len(second.Cases) != 1 || second.Cases[0].Number != "AL2024-0004" || first.Stamp == second.Stamp {
		t.Errorf("the second request has %+v", second.Cases)
	}
	h.view(func(b *Bench) {
		if r := b.Asked(b.MemberOf(jia)); len(r.Cases) != 4 || !slices.Equal(r.Stamps, []string{first.Stamp, second.Stamp}) || len(r.Criteria) != 3 {
			t.Errorf("he was asked %+v", r)
		}
	})
	h.mail(jia, true, "0001 30 25 20；0004 1 1 1")
	h.want("counted", h.counted(), lines("0001 jia 75", "0002", "0003", "0004 jia 3"))
}

// Further cases are balanced with the first, go to those who are wanted still, and
// to nobody who must avoid them.
func TestFurtherCases(t *testing.T) {
	h := newHouse(t, func(s *intake.Settings) { s.Review.PerCase = 1 })
	h.start() // a case each
	h.mail(jia, true, "不能参加")
	s := settings()
	s.Review.PerCase, s.People.Experts[1].Avoid = 1, []string{"某乙公司"}
	s.People.Experts = append(s.People.Experts, intake.Expert{Name: "丁", Addresses: []string{ding}})
	h.configure(s)
	h.record(intake.Change{Cases: []intake.Case{{Number: "AL2024-0004", City: "佛山市", Unit: "某乙公司", Stage: intake.StageEligible}}})
	h.start()
	h.view(func(b *Bench) {
		if !b.MemberOf(bing).has("AL2024-0004") || b.MemberOf(yi).has("AL2024-0004") || b.MemberOf(ding) != nil {
			t.Errorf("%s", h.members())
		}
	})
}

// An entry of the judging is the same for the same ledger, and an entry that changes
// nothing of it holds nothing of it.
func TestResultIsReproducible(t *testing.T) {
	h := newHouse(t, nil)
	decide := func() string {
		var out []byte
		h.view(func(b *Bench) {
			b.Start(b.Propose())
			r, err := b.Result()
			if err != nil {
				t.Fatal(err)
			}
			if out, err = json.Marshal(r.Change); err != nil {
				t.Fatal(err)
			}
		})
		return string(out)
	}
	if a, b := decide(), decide(); a != b || !strings.Contains(a, `"review":`) {
		t.Errorf("two entries:\n%s\n%s", a, b)
	}
	h.view(func(b *Bench) {
		b.Propose()
		if r, err := b.Result(); err != nil || r.Change.Review != nil {
			t.Errorf("%s %v", r.Change.Review, err)
		}
	})
}
