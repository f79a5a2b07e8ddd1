package review

import (
	"strings"
	"testing"

	"anli/templates"
)

// What a mail says that answers no letter of ours counts after 确认 to its echo,
// and only what that echo showed.
func TestFreshMailWaits(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	first := h.mail(jia, false, "0001 27 22 18")
	h.want("unproved", h.scores(), lines("jia 0001 27 22 18 unproved"))
	h.want("counted", h.counted(), lines("0001", "0002", "0003"))
	again := h.mail(jia, false, "0001 27 22 18") // the same once more
	h.confirm(jia, again, "确认")
	h.want("confirmed by the echo of the second", h.counted(), lines("0001 jia 67", "0002", "0003"))
	h.confirm(jia, first, "确认") // once too often: nothing changes
	h.want("confirmed twice", h.scores(), lines("jia 0001 27 22 18"))
}

// A forged mail takes nothing away: scores, 回避, 弃权, 不能参加 wait for the expert.
func TestForgedMailTakesNothing(t *testing.T) {
	for _, x := range []struct{ forged, counted, confirmed string }{
		{"0001 1 1 1", "0001 jia 67", "0001 jia 3"},
		{"0001 回避", "0001 jia 67", "0001"},
		{"0001 弃权", "0001 jia 67", "0001"},
		{"不能参加", "0001 jia 67", "0001 jia 67"},
		{"0001 27 22 18", "0001 jia 67", "0001 jia 67"},
	} {
		h := newHouse(t, nil)
		h.start()
		h.mail(jia, true, "0001 27 22 18")
		n := h.mail(jia, false, x.forged)
		h.want(x.forged+" forged", h.counted(), lines(x.counted, "0002", "0003"))
		h.view(func(b *Bench) {
			if s := b.MemberOf(jia); s.State != MemberAccepted {
				t.Errorf("%s: a forged mail made him %s", x.forged, s.State)
			}
		})
		h.confirm(jia, n, "确认")
		h.want(x.forged+" confirmed", h.counted(), lines(x.confirmed, "0002", "0003"))
		h.view(func(b *Bench) {
			if s := b.MemberOf(jia); (s.State == MemberDeclined) != (x.forged == "不能参加") {
				t.Errorf("%s confirmed: he is %s", x.forged, s.State)
			}
		})
	}
}

// A forged mail brings back nothing that was given up.
func TestForgedMailEndsNoAbstention(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	h.mail(jia, true, "0001 27 22 18")
	h.mail(jia, true, "0001 弃权")
	h.mail(jia, false, "0001 27 22 18")
	h.want("forged", h.counted(), lines("0001", "0002", "0003"))
}

// 确认 to an old echo does not undo what he wrote since: he is asked.
func TestOldConfirmation(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	old := h.mail(jia, false, "0001 27 22 18")
	h.mail(jia, true, "0001 25 22 18")
	n := h.confirm(jia, old, "确认")
	h.want("scores", h.scores(), lines("jia 0001 25 22 18"))
	var e templates.ScoreEcho
	h.body("echo/"+h.sha(n)+"/"+jia, &e)
	if len(e.Queries) != 1 || e.Queries[0].Words != "27" {
		t.Errorf("he is not asked: %+v", e)
	}
}

// The same with a mail from another address, which he confirms late.
func TestOldClaim(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	claim := h.stranger("甲", "0001 5 5 5；0002 10 10 10")
	h.want("claimed", h.scores(), "")
	h.mail(jia, true, "0001 25 22 18")
	h.confirm(jia, claim, "确认")
	h.want("scores", h.scores(), lines("jia 0001 25 22 18", "jia 0002 10 10 10"))
}

// What an assistant declares for him counts as well once he confirms.
func TestClaimedRecusal(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	h.mail(jia, true, "0001 25 22 18")
	claim := h.stranger("甲", "0001 回避；0002 弃权；0003 评语好")
	h.want("claimed", h.counted(), lines("0001 jia 65", "0002", "0003"))
	h.confirm(jia, claim, "确认")
	h.want("confirmed", h.scores(), lines("jia 0001 25 22 18 recused", "jia 0002 - - - abstained", "jia 0003 - - -"))
}

// Another expert's 确认 confirms nothing.
func TestForeignConfirmation(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	n := h.mail(jia, false, "0001 27 22 18")
	h.confirm(yi, n, "确认")
	h.want("scores", h.scores(), lines("jia 0001 27 22 18 unproved"))
}

// Where a proved mail touches a case of which a forged one filled the rest, the
// rest is shown, and counts only after 确认.
func TestForgedRest(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	h.mail(jia, false, "0001 1 1 1；0002 2 2 2")
	n := h.mail(jia, true, "0001 27 22 -")
	h.want("counted", h.counted(), lines("0001", "0002", "0003"))
	var e templates.ScoreEcho
	h.body("echo/"+h.sha(n)+"/"+jia, &e)
	if len(e.Recorded) != 2 || len(e.Notes) != 1 || !strings.Contains(e.Notes[0], "确认") {
		t.Errorf("the rest is not shown: %+v", e)
	}
	h.confirm(jia, n, "确认")
	h.want("confirmed", h.counted(), lines("0001 jia 50", "0002 jia 6", "0003"))
}

// 认可 for a case lets that case count, and no other; a mail from elsewhere is none of
// those it accepts.
func TestAcceptOneCase(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	h.mail(jia, false, "0001 27 22 18；0002 20 20 20")
	h.stranger("甲", "0003 1 1 1")
	h.do(func(b *Bench) {
		if ok, said := b.Accept("甲", []string{case1}); !ok {
			t.Error(said)
		}
	})
	h.want("one", h.counted(), lines("0001 jia 67", "0002", "0003"))
	h.do(func(b *Bench) {
		if ok, said := b.Accept("甲", nil); !ok {
			t.Error(said)
		}
	})
	h.want("all", h.counted(), lines("0001 jia 67", "0002 jia 60", "0003"))
}

// Once the scores are open to staff, no score can be let in any more.
func TestAcceptAfterTheEnd(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	h.mail(jia, false, "0001 27 22 18")
	h.do(func(b *Bench) { b.Close() })
	h.do(func(b *Bench) {
		if ok, said := b.Accept("甲", nil); ok || !strings.Contains(said, "评审已结束") {
			t.Error(ok, said)
		}
	})
	h.want("none", h.counted(), lines("0001", "0002", "0003"))
}

// What waits for 确认 is a row that says how staff can let it count, until it does.
func TestUnprovedIsARow(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	n := h.mail(jia, false, "0001 27 22 18；0002 回避")
	rows := strings.Join(h.rows(), "\n")
	if !strings.Contains(rows, "认可 甲") || strings.Contains(rows, "27") {
		t.Errorf("rows: %s", rows)
	}
	h.confirm(jia, n, "确认")
	if rows := h.rows(); len(rows) > 0 {
		t.Errorf("rows after 确认: %s", rows)
	}
	h.mail(yi, false, "0001 27 22 18")
	h.mail(yi, true, "0001 20 22 18")
	if rows := h.rows(); len(rows) > 0 {
		t.Errorf("all was said again with proof, and still: %s", rows)
	}
}

// A forged mail brings nobody back who declined.
func TestForgedMailBringsNobodyBack(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	h.mail(jia, true, "不能参加")
	n := h.mail(jia, false, "同意；0001 27 22 18")
	h.want("members", h.members(), lines("丙 accepted 0001 0002 0003", "乙 accepted 0001 0002 0003", "甲 declined 0001 0002 0003"))
	if rows := strings.Join(h.rows(), "\n"); !strings.Contains(rows, "不能参加评审") || !strings.Contains(rows, "重新参加评审") {
		t.Errorf("rows: %s", rows)
	}
	h.confirm(jia, n, "确认")
	h.want("confirmed", h.members()+h.counted(), lines("丙 accepted 0001 0002 0003", "乙 accepted 0001 0002 0003", "甲 accepted 0001 0002 0003", "0001 jia 67", "0002", "0003"))
	if rows := h.rows(); len(rows) > 0 {
		t.Errorf("rows: %s", rows)
	}
}

// Who writes 确认 where nothing could be confirmed, and something waits, is told.
func TestConfirmationOfNothing(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	quiet := h.mail(jia, true, "确认")
	h.mail(jia, false, "0001 27 22 18")
	told := h.mail(jia, true, "确认")
	if got := h.letters("echo/" + h.sha(quiet)); len(got) > 0 {
		t.Errorf("an answer to a 确认 too many: %s", got)
	}
	if got := h.letters("echo/" + h.sha(told)); len(got) != 1 {
		t.Errorf("he is not told: %s", got)
	}
	fresh := h.mail(jia, false, "确认")
	if got := h.letters("echo/" + h.sha(fresh)); len(got) != 1 {
		t.Errorf("he is not told that a fresh 确认 confirms nothing: %s", got)
	}
	h.want("counted", h.counted(), lines("0001", "0002", "0003"))
}
