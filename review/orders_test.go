package review

import (
	"strings"
	"testing"

	"anli/intake"
	"anli/templates"
)

// order gives one order and what was said.
func (h *house) order(give func(*Bench) (bool, string)) (ok bool, said string) {
	h.t.Helper()
	h.do(func(b *Bench) { ok, said = give(b) })
	return ok, said
}

// members draws the members: `甲 accepted 0001 0003`.
func (h *house) members() string {
	h.t.Helper()
	var out strings.Builder
	h.view(func(b *Bench) {
		for _, s := range b.Members() {
			out.WriteString(s.Name + " " + string(s.State))
			for _, n := range s.assigned() {
				out.WriteString(" " + strings.TrimPrefix(n, "AL2024-"))
			}
			out.WriteString("\n")
		}
	})
	return out.String()
}

// withDing has a fourth expert on the roster, who joins nobody's panel by himself.
func (h *house) withDing() {
	h.t.Helper()
	s := settings()
	h.view(func(b *Bench) { s = b.Settings })
	s.People.Experts = append(s.People.Experts, intake.Expert{Name: "丁", Addresses: []string{ding}})
	h.configure(s)
}

// Of two who were asked for one case one counts: what was handed over is not the
// first one's any more, whatever he writes; what he scored whole before is his.
func TestReplacedExpert(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	h.withDing()
	h.mail(jia, true, "0001 27 22 18；0002 20 -")
	late := h.mail(jia, false, "0003 30 25 20")
	if ok, said := h.order(func(b *Bench) (bool, string) { return b.Replace("甲", "丁") }); !ok {
		t.Fatal(said)
	}
	h.due()
	h.send()
	h.want("members", h.members(), lines("丁 accepted 0002 0003", "丙 accepted 0001 0002 0003", "乙 accepted 0001 0002 0003", "甲 replaced 0001"))
	h.confirm(jia, late, "确认")
	n := h.mail(jia, true, "0001 1 1 1；0002 1 1 1；0003 1 1 1")
	h.mail(ding, true, "0002 25 20 15；0003 25 20 15")
	h.want("counted", h.counted(), lines("0001 jia 67", "0002 ding 60", "0003 ding 60"))
	var e templates.ScoreEcho
	h.body("echo/"+h.sha(n)+"/"+jia, &e)
	if len(e.Recorded)+len(e.Open) > 0 || len(e.Notes) != 1 || strings.Contains(e.Notes[0], "丁") {
		t.Errorf("he is told %+v", e)
	}
	if ok, said := h.order(func(b *Bench) (bool, string) { return b.Accept("甲", nil) }); ok {
		t.Error(said)
	}
	h.mail(jia, true, "0001 回避")
	h.want("recused after all", h.counted(), lines("0001", "0002 ding 60", "0003 ding 60"))
	for _, l := range h.letters("remind/" + jia) {
		t.Errorf("he is reminded: %s", l)
	}
}

// Slips of staff do nothing.
func TestReplaceRefused(t *testing.T) {
	h := newHouse(t, func(s *intake.Settings) {
		s.People.Experts = append(s.People.Experts, intake.Expert{Name: "丁", Addresses: []string{ding}}, intake.Expert{Name: "丁", Addresses: []string{"ding2@d.example"}, Avoid: []string{"佛山市"}})
		s.Review.PerCase = 2
	})
	h.start()
	before := h.members()
	for _, x := range []struct{ old, fresh, said string }{
		{"甲", "甲", "是同一位专家"},
		{"甲", "丁", "几位丁"},
		{"甲", "戊", "没有戊"},
		{"戊", "乙", "没有（或有同名）戊"},
	} {
		ok, said := h.order(func(b *Bench) (bool, string) { return b.Replace(x.old, x.fresh) })
		if ok || !strings.Contains(said, x.said) {
			t.Errorf("换专家 %s 为 %s: %v %s", x.old, x.fresh, ok, said)
		}
	}
	h.want("members", h.members(), before)
	h2 := newHouse(t, nil) // everybody has everything
	h2.start()
	before = h2.members()
	if ok, said := h2.order(func(b *Bench) (bool, string) { return b.Replace("甲", "乙") }); ok || !strings.Contains(said, "没有可以接手") {
		t.Errorf("%v %s", ok, said)
	}
	h2.want("members", h2.members(), before)
}

// A scoring that staff made void stays so, whatever comes.
func TestVoid(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	h.mail(jia, true, "0001 27 22 18；0002 回避")
	fresh := h.mail(jia, false, "0003 10 10 10")
	if ok, said := h.order(func(b *Bench) (bool, string) {
		return b.Void("甲", []string{case1, case3}, "与参评单位有合作", "m")
	}); !ok {
		t.Error(said)
	}
	h.mail(jia, true, "0001 20 20 20；0003 弃权")
	h.confirm(jia, fresh, "确认")
	h.order(func(b *Bench) (bool, string) { return b.Accept("甲", nil) })
	h.want("counted", h.counted(), lines("0001", "0002", "0003"))
	h.view(func(b *Bench) {
		if _, why := b.ReadEntry("甲", case1, []string{"1", "1", "1"}); !strings.Contains(why, "作废") {
			t.Errorf("代录 of a void scoring: %s", why)
		}
		if _, why := b.ReadEntry("甲", case2, []string{"1", "1", "1"}); !strings.Contains(why, "回避") {
			t.Errorf("代录 where he recused himself: %s", why)
		}
		if open := b.openOf(b.MemberOf(jia)); len(open) > 0 {
			t.Errorf("he is still asked for %s", open)
		}
	})
	for _, x := range []struct {
		name  string
		codes []string
		said  string
	}{{"甲", []string{"AL2024-0009"}, "不在甲"}, {"戊", []string{case1}, "没有（或有同名）戊"}, {"甲", []string{case2}, "已对AL2024-0002声明回避"}} {
		if ok, said := h.order(func(b *Bench) (bool, string) { return b.Void(x.name, x.codes, "理由", "m") }); ok || !strings.Contains(said, x.said) {
			t.Errorf("作废 %s %s: %v %s", x.name, x.codes, ok, said)
		}
	}
}

// A paper sheet counts as what it is: older than what the expert wrote since it came.
func TestPaperSheet(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	sheet := intake.Mail{SHA256: h.sha(900), From: "zhang.wei@gd.example", Arrival: h.now}
	h.do(func(b *Bench) { b.Record(sheet) })
	enter := func(number string) (why string) {
		h.do(func(b *Bench) {
			e, wrong := b.ReadEntry("甲", number, []string{"27", "22.5", "18"})
			if wrong != "" {
				t.Fatal(wrong)
			}
			why = b.Enter(e, "zhang.wei@gd.example", sheet)
		})
		return why
	}
	h.mail(jia, true, "0001 20 20 20")
	if why := enter(case1); !strings.Contains(why, "又对AL2024-0001有来信") {
		t.Errorf("an older sheet replaces a newer mail: %q", why)
	}
	if why := enter(case2); why != "" {
		t.Error(why)
	}
	h.want("scores", h.scores(), lines("jia 0001 20 20 20", "jia 0002 27 22.5 18"))
	h.mail(jia, true, "0002 28")
	h.want("corrected by him", h.scores(), lines("jia 0001 20 20 20", "jia 0002 28 22.5 18"))
	h.view(func(b *Bench) {
		for _, x := range []struct {
			values []string
			said   string
		}{{[]string{"27", "22"}, "应写3项"}, {[]string{"31", "22", "18"}, "不是0至30"}, {[]string{"27", "-1", "18"}, "不是0至25"}, {[]string{"27", "22", "18.555"}, "不是0至20"}, {[]string{"27", "", "18"}, "不是0至25"}} {
			if _, why := b.ReadEntry("甲", case1, x.values); !strings.Contains(why, x.said) {
				t.Errorf("%s: %s", x.values, why)
			}
		}
	})
}

// 催评 writes to those who owe something, once, and says who cannot be reminded.
func TestUrge(t *testing.T) {
	h := newHouse(t, nil)
	if ok, said := h.order(func(b *Bench) (bool, string) { return b.Urge(nil, "m") }); ok || said != "评审没有在进行。" {
		t.Error(ok, said)
	}
	h.start()
	h.mail(jia, true, "0001 27 22 18；0002 27 22 18；0003 27 22 18")
	ok, said := h.order(func(b *Bench) (bool, string) {
		b.Urge(nil, "m1")
		return b.Urge([]string{"乙"}, "m1") // the same mail once more
	})
	if ok || said != "没有需要提醒的专家。" {
		t.Error(ok, said)
	}
	h.send()
	h.want("letters", strings.Join(h.letters("remind/"), "\n"), "remind/"+bing+"/m1 sent\nremind/"+yi+"/m1 sent")
	h.view(func(b *Bench) {
		if n := b.MemberOf(yi).Reminders; n != 1 {
			t.Errorf("%d reminders are counted", n)
		}
	})
}
