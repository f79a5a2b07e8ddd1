package review

import (
	"strings"
	"testing"

	"anli/intake"
)

// start_at: staff see the assignment a working day before anything leaves.
func TestStartByDate(t *testing.T) {
	h := newHouse(t, func(s *intake.Settings) {
		s.Review.StartAt, s.Calendar.Holidays = zoned("2024-11-07 09:00"), []string{"2024-11-06"}
	})
	h.want("a day ahead", strings.Join(h.to("2024-11-05 12:00"), "\n"), "11-05 09:00 review-start")
	rows := strings.Join(h.rows(), "\n")
	if !strings.Contains(rows, "评审将于11月7日09:00自动启动") || !strings.Contains(rows, "乙") || len(h.letters("request/")) > 0 {
		t.Errorf("rows %s, letters %s", rows, h.letters(""))
	}
	h.want("on the day", strings.Join(h.to("2024-11-07 09:00"), "\n"),
		"11-07 09:00 review-start\n11-07 09:00 request/"+bing+"/1\n11-07 09:00 request/"+jia+"/1\n11-07 09:00 request/"+yi+"/1")
	if rows := strings.Join(h.rows(), "\n"); !strings.Contains(rows, "评审已按设定时间启动") {
		t.Errorf("rows %s", rows)
	}
}

// What has changed since it was shown is shown again, and leaves an hour later.
func TestStartByDateChanged(t *testing.T) {
	h := newHouse(t, func(s *intake.Settings) { s.Review.StartAt = zoned("2024-11-06 09:00") })
	h.to("2024-11-05 12:00")
	h.withDing()
	h.to("2024-11-06 09:30")
	if got := h.letters("request/"); len(got) > 0 {
		t.Errorf("nobody saw that 丁 judges: %s", got)
	}
	if rows := strings.Join(h.rows(), "\n"); strings.Count(rows, "自动启动") != 2 || !strings.Contains(rows, "11月6日10:00自动启动") {
		t.Errorf("rows %s", rows)
	}
	h.to("2024-11-06 10:00")
	if got := h.letters("request/"); len(got) != 4 {
		t.Errorf("%s", got)
	}
}

// A date that was past when it was set gives staff their hour all the same.
func TestStartDateOfThePast(t *testing.T) {
	h := newHouse(t, nil)
	h.now = zoned("2024-11-06 14:00")
	s := settings()
	s.Review.StartAt = zoned("2024-11-06 09:00")
	h.configure(s)
	h.due()
	h.send()
	if got := h.letters("request/"); len(got) > 0 {
		t.Errorf("before anybody could look: %s", got)
	}
	h.to("2024-11-06 15:00")
	if got := h.letters("request/"); len(got) != 3 {
		t.Errorf("%s", got)
	}
}

// What hinders the start is told ahead and on the day; a later date is tried again.
func TestStartHindered(t *testing.T) {
	h := newHouse(t, func(s *intake.Settings) {
		s.Review.StartAt, s.People.Experts = zoned("2024-11-06 09:00"), nil
	})
	h.to("2024-11-06 12:00")
	if rows := strings.Join(h.rows(), "\n"); !strings.Contains(rows, "目前尚不能启动：没有专家名单") || !strings.Contains(rows, "但未能启动：没有专家名单") {
		t.Errorf("rows %s", rows)
	}
	s := settings()
	s.Review.StartAt = zoned("2024-11-08 09:00")
	h.configure(s)
	h.to("2024-11-08 09:00")
	if got := h.letters("request/"); len(got) != 3 {
		t.Errorf("the second date: %s", got)
	}
}

// A panel whose close_at is past would end in the moment it begins.
func TestStartAfterTheClose(t *testing.T) {
	h := newHouse(t, func(s *intake.Settings) { s.Review.CloseAt = zoned("2024-11-01 18:00") })
	h.view(func(b *Bench) {
		if p := strings.Join(b.Propose().Problems, ""); !strings.Contains(p, "已过") {
			t.Errorf("problems: %s", p)
		}
	})
}
