package review

import (
	"strings"
	"testing"

	"anli/intake"
	"anli/intake/outbox"
	"anli/templates"
)

// Reminders fall on working days at their hour, counted from what really left, and
// end after the second; then staff have a row. An answer puts them off.
func TestReminders(t *testing.T) {
	h := newHouse(t, func(s *intake.Settings) {
		s.People.Experts = s.People.Experts[:2]
		s.Calendar = intake.Calendar{Holidays: []string{"2024-11-06"}, Workdays: []string{"2024-11-09"}} // a Wednesday off, a Saturday on
	})
	h.start() // Monday the 4th, 09:00
	done := h.to("2024-11-05 10:00")
	h.mail(yi, true, "0001 27 22 18")
	done = append(done, h.to("2024-11-18 10:00")...)
	h.want("calendar", strings.Join(done, "\n"), strings.Join([]string{
		"11-08 09:30 remind/" + jia, // 5, 7, 8
		"11-09 09:30 remind/" + yi,  // 7, 8, 9
		"11-12 09:30 remind/" + jia, // 9, 11, 12
		"11-13 09:30 remind/" + yi,
		"11-15 09:30 silence/" + jia,
		"11-18 09:30 silence/" + yi}, "\n"))
	var d templates.ScoreReminder
	h.body("remind/"+yi+"/2024-11-13", &d)
	if len(d.Open) != 2 || d.Open[0].Number != case2 || d.Count != 2 {
		t.Errorf("the second reminder: %+v", d)
	}
	rows := strings.Join(h.rows(), "\n")
	if !strings.Contains(rows, "专家甲尚缺3个案例的评分，已提醒2次") || !strings.Contains(rows, "专家乙尚缺2个案例的评分，已提醒2次") {
		t.Errorf("rows: %s", rows)
	}
	if done := h.to("2024-12-02 10:00"); len(done) > 0 {
		t.Errorf("no end: %s", done)
	}
}

// Nobody is reminded of a letter that waits for 放行, and one that never left
// reminded nobody.
func TestHeldLettersDoNotRemind(t *testing.T) {
	h := newHouse(t, func(s *intake.Settings) {
		s.People.Experts = s.People.Experts[:1]
		s.Letters["expert"] = "approve"
	})
	h.start()
	if done := h.to("2024-11-20 10:00"); len(done) > 0 {
		t.Errorf("due while the request is held: %s", done)
	}
	h.release()
	h.to("2024-12-02 10:00") // two reminders would have been due, both held
	h.release()
	var d templates.ScoreReminder
	got := h.letters("remind/")
	h.body("remind/"+jia+"/2024-11-28", &d)
	if len(got) != 2 || !strings.HasSuffix(got[0], "superseded") || !strings.HasSuffix(got[1], "sent") || d.Count != 1 {
		t.Errorf("%s, count %d", got, d.Count)
	}
	for _, r := range h.rows() {
		t.Errorf("a row: %s", r)
	}
}

// release is 放行 全部.
func (h *house) release() {
	h.t.Helper()
	var c outbox.Changes
	h.open(func(u outbox.Unfinished) {
		if f, ok := outbox.Release(u.Fate, h.now, true); ok {
			c.Fates = append(c.Fates, f)
		}
	})
	h.record(intake.Change{Out: &c})
	h.send()
}

// With an invitation silence is a row, 同意 brings the request at once, and what was
// declared to avoid is not in it.
func TestInvitation(t *testing.T) {
	h := newHouse(t, func(s *intake.Settings) { s.Review.Invite = true })
	h.start()
	h.want("letters", strings.Join(h.letters(""), "\n"), "invite/"+bing+" sent\ninvite/"+jia+" sent\ninvite/"+yi+" sent")
	h.mail(jia, true, "同意")
	h.mail(yi, true, "0002 回避")
	h.want("due", strings.Join(h.due(), "\n"), "11-04 09:01 request/"+jia+"/1\n11-04 09:02 request/"+yi+"/1")
	h.send()
	var d templates.ScoreRequest
	h.body("request/"+yi+"/1", &d)
	if len(d.Cases) != 2 || d.Cases[1].Number != case3 {
		t.Errorf("the request has %+v", d.Cases)
	}
	done := h.to("2024-11-07 10:00")
	h.want("silence", strings.Join(done, "\n"), "11-07 09:30 remind/"+jia+"\n11-07 09:30 remind/"+yi+"\n11-07 09:30 silence/"+bing)
	if rows := strings.Join(h.rows(), "\n"); !strings.Contains(rows, "专家丙未答复评审邀请") {
		t.Errorf("rows: %s", rows)
	}
}

// Who declines and then takes part after all gets the request that was taken back.
func TestDeclinedAndBack(t *testing.T) {
	h := newHouse(t, func(s *intake.Settings) { s.Letters["expert"] = "approve" })
	h.start()
	h.mail(jia, true, "不能参加 出国")
	h.mail(jia, true, "同意")
	h.due()
	h.want("requests", strings.Join(h.letters("request/"+jia), "\n"), "request/"+jia+"/1 superseded\nrequest/"+jia+"/2 held")
	if rows := h.rows(); len(rows) > 0 {
		t.Errorf("rows: %s", rows)
	}
	h.mail(jia, true, "不能参加 还是不行")
	if rows := strings.Join(h.rows(), "\n"); !strings.Contains(rows, "还是不行") {
		t.Errorf("the second time nobody is told: %s", rows)
	}
	h.mail(jia, true, "0001 27 22 18")
	h.want("counted", h.counted(), lines("0001 jia 67", "0002", "0003"))
}

// A request that the server refuses is a row with a substitute, and no reminders.
func TestRefusedRequest(t *testing.T) {
	h := newHouse(t, nil)
	h.withDing()
	h.do(func(b *Bench) {
		p := b.Propose()
		p.Plan.Seats = p.Plan.Seats[:3]
		b.Start(p)
	})
	h.due()
	h.refuse("request/" + jia + "/1")
	h.send()
	done := h.due()
	h.want("due", strings.Join(done, "\n"), "11-04 09:00 refused/"+jia)
	if rows := strings.Join(h.rows(), "\n"); !strings.Contains(rows, "专家甲的评审信件被对方服务器拒收") || !strings.Contains(rows, "换专家 甲 为 丁") {
		t.Errorf("rows: %s", rows)
	}
	for _, job := range h.to("2024-11-20 10:00") {
		if strings.Contains(job, jia) {
			t.Errorf("he is reminded: %s", job)
		}
	}
}

// A bounce ends reminders until he writes.
func TestBounced(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	h.do(func(b *Bench) {
		l, _, _ := outbox.Letters.Get(b.tx, "request/"+jia+"/1")
		b.Bounced(l)
	})
	for _, job := range h.to("2024-11-08 10:00") {
		if strings.Contains(job, jia) {
			t.Errorf("he is reminded: %s", job)
		}
	}
	h.mail(jia, true, "0001 27 22 18")
	if done := strings.Join(h.to("2024-11-13 10:00"), "\n"); !strings.Contains(done, "remind/"+jia) {
		t.Errorf("he wrote, and is reminded no more: %s", done)
	}
}

// close_at ends the scoring; what comes in its last second counts, what comes after
// does not, and letters that wait are taken back.
func TestCloseByDate(t *testing.T) {
	h := newHouse(t, func(s *intake.Settings) {
		s.Review.CloseAt = zoned("2024-11-08 18:00")
		s.Letters["expert"] = "approve"
	})
	h.do(func(b *Bench) { b.Start(b.Propose()) })
	h.due()
	h.now = zoned("2024-11-08 17:59")
	h.mail(jia, true, "0001 27 22 18") // 18:00:00
	h.due()
	h.now = zoned("2024-11-08 18:01")
	h.due()
	n := h.mail(jia, true, "0001 1 1 1；确认")
	h.want("counted", h.counted(), lines("0001 jia 67", "0002", "0003"))
	h.view(func(b *Bench) {
		if b.Panel.Phase != PhaseClosed || !b.Panel.Closed.Equal(zoned("2024-11-08 18:00").Add(1e9)) || b.Case(case1).Stage != intake.StageReviewed {
			t.Errorf("%+v %s", b.Panel, b.Case(case1).Stage)
		}
	})
	for _, l := range h.letters("request/") {
		if !strings.HasSuffix(l, "superseded") {
			t.Errorf("still to leave: %s", l)
		}
	}
	var e templates.ScoreEcho
	h.body("echo/"+h.sha(n)+"/"+jia, &e)
	if !e.Closed || len(e.Recorded) > 0 {
		t.Errorf("he is told %+v", e)
	}
	if rows := strings.Join(h.rows(), "\n"); strings.Count(rows, "评审结束后到达") != 1 {
		t.Errorf("rows: %s", rows)
	}
}

// 确认 that comes after the close is not silence.
func TestConfirmationAfterTheClose(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	n := h.mail(jia, false, "0001 27 22 18")
	h.do(func(b *Bench) {
		if said := strings.Join(b.CloseLines(), "\n"); !strings.Contains(said, "甲：1个案例的评分未经其确认") {
			t.Errorf("what closing would leave: %s", said)
		}
		b.Close()
	})
	late := h.confirm(jia, n, "确认")
	h.want("counted", h.counted(), lines("0001", "0002", "0003"))
	if len(h.letters("echo/"+h.sha(late))) != 1 || !strings.Contains(strings.Join(h.rows(), "\n"), "评审结束后到达") {
		t.Errorf("letters %s, rows %s", h.letters("echo/"+h.sha(late)), h.rows())
	}
}
