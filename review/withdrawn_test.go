package review

import (
	"strings"
	"testing"

	"anli/intake"
	"anli/templates"
)

// withdraw takes a judged case out by staff's word, undo takes that back.
func (h *house) withdraw(number string) (said string) {
	h.do(func(b *Bench) {
		c := b.Case(number)
		if ok, text := b.Rule(c, intake.Ruling{Verb: "撤回", Reason: "企业放弃"}); !ok {
			h.t.Fatal(text)
		}
		said = b.LeaveOut(c)
	})
	return said
}

func (h *house) undo(number string) (said string) {
	h.do(func(b *Bench) {
		c := b.Case(number)
		if said = b.Withdrawn(c); said != "" {
			return
		}
		if ok, text := b.Rule(c, intake.Ruling{Verb: "撤销"}); !ok {
			h.t.Fatal(text)
		}
		said = b.Rejoin(c)
	})
	return said
}

// TestWithdrawnCase: nobody is asked for a case that staff withdrew; who was asked
// without it is asked for it when that is undone, and nobody twice.
func TestWithdrawnCase(t *testing.T) {
	h := newHouse(t, func(s *intake.Settings) { s.Review.Invite = true })
	h.start()
	h.do(func(b *Bench) { // as 启动评审 freezes them
		for _, number := range []string{case1, case2, case3} {
			c := b.Case(number)
			c.Package = "0123456789abcdef"
			b.Touch(c)
		}
	})
	h.mail(jia, true, "同意")
	h.due()
	h.send()
	h.withdraw(case2)
	h.mail(yi, true, "同意")
	h.due()
	h.send()
	var d templates.ScoreRequest
	h.body("request/"+yi+"/1", &d)
	if len(d.Cases) != 2 || d.Cases[1].Number != case3 {
		t.Errorf("the request has %+v", d.Cases)
	}
	h.view(func(b *Bench) {
		if open := b.openOf(b.MemberOf(jia)); strings.Join(open, " ") != case1+" "+case3 {
			t.Errorf("甲 still owes %v", open)
		}
		if n := len(b.judged()); n != 2 {
			t.Errorf("%d are judged", n)
		}
	})
	h.undo(case2)
	done := strings.Join(h.due(), "\n")
	h.send()
	if letters := strings.Join(h.letters("request/"), "\n"); !strings.Contains(letters, "request/"+yi+"/2 sent") || strings.Contains(letters, "request/"+jia+"/2") {
		t.Errorf("%s\n%s", done, letters)
	}
	h.body("request/"+yi+"/2", &d)
	if len(d.Cases) != 1 || d.Cases[0].Number != case2 {
		t.Errorf("the second request has %+v", d.Cases)
	}
}

// TestWithdrawnAfterTheClose: it ranks with the scores that there are, until the award.
func TestWithdrawnAfterTheClose(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	h.withdraw(case2)
	h.do(func(b *Bench) { b.Close() })
	h.view(func(b *Bench) {
		if n := len(b.Outcome().Ranking.Rows) + len(b.Outcome().Ranking.Unranked); n != 2 {
			t.Errorf("%d in the ranking", n)
		}
	})
	if said := h.undo(case2); !strings.Contains(said, "按已有评分列入排名") {
		t.Error(said)
	}
	h.view(func(b *Bench) {
		if c := b.Case(case2); c.Stage != intake.StageReviewed {
			t.Error(c.Stage)
		}
	})
	h.withdraw(case2)
	h.do(func(b *Bench) { b.List.Award = &Awarding{Order: b.order("zhang.wei@gd.example", "")} })
	if said := h.undo(case2); !strings.Contains(said, "认定") {
		t.Error(said)
	}
}

// TestWithdrawnBeforeItLeft: a letter that waits asks for no case that was withdrawn
// meanwhile; what has left stands.
func TestWithdrawnBeforeItLeft(t *testing.T) {
	h := newHouse(t, func(s *intake.Settings) { s.Review.Invite = true })
	h.begin()
	if said := h.withdraw(case2); strings.Count(said, "、") != 2 || !strings.Contains(said, "尚未发出") {
		t.Errorf("%q", said)
	}
	h.send()
	var invited templates.Invitation
	h.body("invite/"+jia+"/2", &invited)
	if letters := strings.Join(h.letters("invite/"+jia), "\n"); len(invited.Units) != 2 || strings.Contains(letters, "invite/"+jia+" sent") {
		t.Errorf("%v\n%s", invited.Units, letters)
	}
	h.mail(jia, true, "同意")
	h.due() // the request waits; the invitations have left
	if said := h.withdraw(case3); !strings.Contains(said, "给甲的信") {
		t.Errorf("%q", said)
	}
	h.due()
	h.send()
	var asked templates.ScoreRequest
	h.body("request/"+jia+"/2", &asked)
	if letters := strings.Join(h.letters("request/"), "\n"); len(asked.Cases) != 1 || asked.Cases[0].Number != case1 || strings.Contains(letters, "request/"+jia+"/1 sent") {
		t.Errorf("%+v\n%s", asked.Cases, letters)
	}
	if said := h.withdraw(case1); said != "" {
		t.Errorf("what has left is taken back: %q", said)
	}
}
