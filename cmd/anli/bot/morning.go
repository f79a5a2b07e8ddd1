package bot

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"anli/intake"
	"anli/review"
	"anli/templates"
)

// sentence is the first line of the staff letter, made to be pasted.
func sentence(s *intake.Sitting) string {
	t := tally(s)
	text := fmt.Sprintf("截至%s，共收到%d个市报送案例%d个，其中材料齐全%d个、待补充%d个、待我处决定%d个%s", s.Now.Format("1月2日15:04"), len(t.cities), t.all, t.sum.Complete, t.sum.Open, t.sum.Decide, later(t.sum))
	var missing, declined []string
	for _, c := range s.Settings.Call.Cities {
		switch name := strings.TrimSuffix(c, "市"); {
		case t.cities[c]:
		case s.Declined(c):
			declined = append(declined, name)
		default:
			missing = append(missing, name)
		}
	}
	if len(declined) > 0 {
		text += "；不申报：" + strings.Join(declined, "、")
	}
	switch {
	case len(missing) == 0 && len(declined) > 0:
		text += "，其余各市均已报送"
	case len(missing) == 0:
		text += "；各市均已报送"
	case len(missing) <= 12:
		text += "；尚未报送：" + strings.Join(missing, "、")
	default:
		text += fmt.Sprintf("；尚有%d个市未报送", len(missing))
	}
	if days := s.Settings.Calendar.WorkingDays(s.Now, s.Settings.Call.Deadline); s.Settings.Call.Deadline.After(s.Now) {
		text += fmt.Sprintf("；距截止还有%d个工作日", days)
	}
	return text + "。"
}

type counted struct {
	cities map[string]bool
	tiles  map[string]*templates.CityTile
	all    int
	sum    templates.CityTile
}

func tally(s *intake.Sitting) counted {
	t := counted{cities: map[string]bool{}, tiles: map[string]*templates.CityTile{}}
	for _, c := range s.Cases("") {
		if c.Stage == intake.StageWithdrawn {
			continue
		}
		tile := t.tiles[c.City]
		if tile == nil {
			tile = &templates.CityTile{City: c.City}
			t.tiles[c.City] = tile
		}
		t.cities[c.City] = true
		t.all++
		countTile(tile, c)
		countTile(&t.sum, c)
	}
	return t
}

// countTile puts a case into one class.
func countTile(t *templates.CityTile, c *intake.Case) {
	switch {
	case c.Has(intake.HoldLate) || c.Has(intake.HoldOverQuota):
		t.Decide++
	case c.Stage == intake.StageComplete:
		t.Complete++
	case c.Stage == intake.StageEligible:
		t.Eligible++
	case c.Stage == intake.StageIneligible:
		t.Failed++
	case c.Stage == intake.StageInReview || c.Stage == intake.StageReviewed:
		t.Review++
	case c.Stage == intake.StagePublicised || c.Stage == intake.StageAwarded:
		t.Selected++
	case c.Stage == intake.StageNotSelected:
		t.Passed++
	default:
		t.Open++
	}
}

// later tells how many cases have come further, where any has.
func later(t templates.CityTile) string {
	text := ""
	for _, x := range []struct {
		n    int
		what string
	}{{t.Eligible, "资格审核通过"}, {t.Failed, "资格审核未通过"}, {t.Review, "评审中或已评审"}, {t.Selected, "入选"}, {t.Passed, "未入选"}} {
		if x.n > 0 {
			text += fmt.Sprintf("、%s%d个", x.what, x.n)
		}
	}
	return text
}

// morning is the plain letter of each working morning; urgent the bundle of what
// cannot wait for it.
func morning(b *review.Bench, key string, since time.Time, urgent bool) {
	s := b.Sitting
	d := templates.StaffLetter{Urgent: urgent, Date: s.Now.Format("2006年1月2日"), AsOf: s.Now.Format("1月2日15:04"), Sentence: sentence(s)}
	d.Rows, d.RowsMore = listRows(s, urgent)
	d.Letters, d.LettersMore = heldLetters(b, true)
	d.Held, d.HeldMore = heldLetters(b, false)
	if !urgent {
		t := tally(s)
		for _, c := range s.Settings.Call.Cities {
			tile := templates.CityTile{City: c}
			if t.tiles[c] != nil {
				tile = *t.tiles[c]
			}
			tile.Declined = s.Declined(c)
			d.Cities = append(d.Cities, tile)
		}
		d.Arrived, d.ArrivedMore = atMost(arrivedSince(s, since), listed)
		d.People, d.PeopleMore = mentioned(b)
		d.Experts = append(b.Lines(), b.ListLines()...)
		d.Reconcile = reconcile(s)
		d.Health, d.Vitals = health(s, since), s.Vitals()
		book := Ledger(b)
		d.Ledger = &book
	}
	for _, to := range s.Settings.StaffAddresses() {
		s.Put(intake.Post{Key: key + "/" + to, To: to, Class: intake.ClassStaff, Template: "staff-letter", Data: d})
	}
}

// listRows gives the oldest rows and how many more there are. An urgent letter
// counts as telling them all: the rest is listed in the morning.
func listRows(s *intake.Sitting, urgent bool) (out []templates.StaffRow, more int) {
	for _, r := range s.OpenRows() {
		if urgent && (!r.Urgent || r.Told) {
			continue
		}
		if urgent {
			r.Told = true
			s.SetRow(r)
		}
		if r.Kind == "absence" && len(out) < listed {
			r.Done = "已告知" // told once: an old automatic reply is nobody's task
			s.SetRow(r)
		}
		if len(out) == listed {
			more++
			continue
		}
		n := len(out) + 1
		row := templates.StaffRow{ID: r.ID, N: n, Text: r.Text, Age: age(s.Now, r.At)}
		if c := s.Case(r.Case); r.Kind == "eligibility" && c != nil {
			row.Text += review.Heed(c) // as it is now, not as it was when the row was opened
		}
		for _, reply := range r.Replies {
			row.Replies = append(row.Replies, fmt.Sprintf("%d %s", n, reply))
		}
		out = append(out, row)
	}
	return out, more
}

func age(now, at time.Time) string {
	day := func(t time.Time) time.Time {
		y, m, d := t.In(intake.Zone()).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	days := int(day(now).Sub(day(at)).Hours() / 24)
	switch {
	case days < 1:
		return "今天"
	case days == 1:
		return "昨天"
	}
	return fmt.Sprintf("%d天", days)
}

func arrivedSince(s *intake.Sitting, since time.Time) []templates.CityCase {
	var out []templates.CityCase
	for _, c := range s.Cases("") {
		if c.Touched.After(since) {
			out = append(out, templates.CityCase{City: c.City, CaseName: s.CaseName(c)})
		}
	}
	return byCity(s, out)
}

// byCity puts cases in the order of the call's cities.
func byCity(s *intake.Sitting, list []templates.CityCase) []templates.CityCase {
	at := map[string]int{}
	for i, c := range s.Settings.Call.Cities {
		at[c] = i
	}
	sort.SliceStable(list, func(a, b int) bool { return at[list[a].City] < at[list[b].City] })
	return list
}

// mentioned lists once the mails with which there is nothing to do.
func mentioned(b *review.Bench) (lines []templates.MailLine, more int) {
	all, more := atMost(b.Mentions(), listed)
	for _, m := range all {
		if b.Panel.Phase == review.PhaseOpen && m.City == "" {
			m.Subject = review.Masked(m.Subject) // whoever writes: it may be a score
		}
		lines = append(lines, mailLine(m))
	}
	b.Listed()
	return lines, more
}

func byArrival(list []intake.Mail) {
	sort.SliceStable(list, func(a, b int) bool { return list[a].Arrival.Before(list[b].Arrival) })
}

// reconcile accounts for every mail.
func reconcile(s *intake.Sitting) string {
	count := map[intake.Route]int{}
	all := 0
	s.EachMail(func(m intake.Mail) {
		all++
		count[m.Route]++
	})
	submissions := count[intake.RouteSubmission] + count[intake.RouteCompany] + count[intake.RouteUnknown]
	commands := count[intake.RouteCommand] + count[intake.RouteStaff]
	scores := ""
	if n := count[intake.RouteScore]; n > 0 {
		scores = fmt.Sprintf(" + 专家评分%d", n)
	}
	people := all - submissions - commands - count[intake.RouteScore] - count[intake.RouteAutomatic] - count[intake.RouteBounce]
	return fmt.Sprintf("邮箱来信%d封 = 报送材料%d%s + 指令%d + 自动邮件%d + 退信%d + 其他（致谢、提问、副本及留待人工）%d", all, submissions, scores, commands,
		count[intake.RouteAutomatic], count[intake.RouteBounce], people)
}

func mailLine(m intake.Mail) templates.MailLine {
	reason := m.Reason
	if reason == "sender-unknown" {
		reason = "发件邮箱未备案"
	}
	return templates.MailLine{At: m.Arrival.Format("1月2日15:04"), From: cmp.Or(m.City, m.Name, m.From), Subject: m.Subject, Reason: reason}
}

func health(s *intake.Sitting, since time.Time) []string {
	var out []string
	failed, more := atMost(s.Failed(since), listed)
	for _, u := range failed {
		out = append(out, fmt.Sprintf("发给%s的《%s》被对方服务器拒收（%s），请核实地址或电话告知。", u.Letter.To, u.Letter.Subject, shorten(u.Fate.Detail, 80)))
	}
	if more > 0 {
		out = append(out, fmt.Sprintf("另有%d封被拒收。", more))
	}
	if s.Desk.Paused {
		out = append(out, "当前处于暂停发信状态（"+s.Desk.PausedAt.In(intake.Zone()).Format("1月2日15:04")+"起），回复“恢复发信”继续。")
	}
	if !s.Live() {
		out = append(out, "尚未启用自动回执：来信照常登记，不向外发信。")
	}
	return out
}

// byHand closes the questions that people answered before the first start. What is left
// is given with what needs a person first.
func byHand(s *intake.Sitting, mails []intake.Mail, answered map[string]bool) []intake.Mail {
	var out []intake.Mail
	for _, m := range mails {
		if m.Route != intake.RouteQuestion || !answered[m.MessageID] {
			out = append(out, m)
			continue
		}
		m.Unhandled, m.Reason = false, "来信提问，已人工答复"
		s.Amend(m)
		if r, ok := s.Row("question/" + m.SHA256); ok && r.Done == "" {
			r.Done = "已人工答复"
			s.SetRow(r)
		}
	}
	byArrival(out)
	slices.SortStableFunc(out, func(a, b intake.Mail) int {
		switch {
		case a.Unhandled == b.Unhandled:
			return 0
		case a.Unhandled:
			return -1
		}
		return 1
	})
	return out
}

// takeover is C12: what was found, before anything is answered.
func takeover(s *intake.Sitting) {
	d := templates.Takeover{}
	cities := map[string]bool{}
	answered := map[string]bool{}
	var undecided []intake.Mail
	s.EachMail(func(m intake.Mail) {
		if m.Route != intake.RouteOwn {
			d.Mails++
		}
		if m.Route == intake.RouteSubmission || m.Route == intake.RouteCommand || m.Route == intake.RouteUnknown {
			d.About++
		}
		for _, id := range m.Refs {
			if m.Route == intake.RouteOwn {
				answered[id] = true
			}
		}
		if m.Unhandled || m.Mention {
			undecided = append(undecided, m)
		}
	})
	d.Answered = len(answered)
	for _, c := range s.Cases("") {
		cities[c.City] = true
		d.Cases = append(d.Cases, templates.CityCase{City: c.City, CaseName: s.CaseName(c)})
	}
	d.Cases, d.CasesMore = atMost(byCity(s, d.Cases), listed)
	d.Cities = len(cities)
	undecided = byHand(s, undecided, answered)
	undecided, d.UndecidedMore = atMost(undecided, listed)
	for _, m := range undecided {
		d.Undecided = append(d.Undecided, mailLine(m))
	}
	for _, to := range s.Settings.StaffAddresses() {
		s.Put(intake.Post{Key: "takeover/" + to, To: to, Class: intake.ClassStaff, Template: "takeover", Data: d})
	}
	s.Listed()
	s.Desk.Takeover = s.Now
	s.Desk.Morning, s.Desk.Told = s.Now, s.Now
}
