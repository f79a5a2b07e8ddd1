package review

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/outbox"
	"anli/templates"
)

// Job is something of the judging that is due at a time, which is its now.
type Job struct {
	Key string
	At  time.Time
}

// Jobs gives all that is or will be due as things stand, in order of time. Reminders
// fall on working days at the hour of the settings, counted from when the last
// letter really left.
func Jobs(tx *ledger.Tx, s intake.Settings) ([]Job, error) {
	t := NewTables()
	p, _, err := t.Panel.Get(tx, panelKey)
	if err != nil {
		return nil, err
	}
	var out []Job
	rules := s.Review
	if p.Phase == PhaseNone && p.Tried.Before(rules.StartAt) {
		out = append(out, Job{"review-start", p.startsAt(s)})
	}
	listed, err := listJobs(tx, s)
	out = append(out, listed...)
	if err != nil || p.Phase != PhaseOpen {
		return out, err
	}
	if !rules.CloseAt.IsZero() {
		out = append(out, Job{"review-close", rules.CloseAt.Add(time.Second)})
	}
	err = t.Members.Each(tx, "", func(_ string, member Member) error {
		jobs, err := member.jobs(tx, s, p.Rule)
		out = append(out, jobs...)
		return err
	})
	slices.SortStableFunc(out, func(a, b Job) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Key, b.Key)) })
	return out, err
}

func (s *Member) jobs(tx *ledger.Tx, settings intake.Settings, rule Rule) ([]Job, error) {
	var out []Job
	if !s.active() {
		return nil, nil
	}
	if s.State == MemberAccepted {
		for _, b := range s.Batches {
			if b.Asked.IsZero() {
				out = append(out, Job{"request/" + s.Expert + "/" + strconv.Itoa(b.N), s.Since})
			}
		}
	}
	if s.Told {
		return out, nil
	}
	asked, err := s.reached(tx)
	if err != nil {
		return out, err
	}
	if !asked.refused.IsZero() {
		out = append(out, Job{"refused/" + s.Expert, asked.refused})
	}
	open, err := asked.open(tx, s.Expert, rule)
	if err != nil || len(open) == 0 || settings.Review.Remind <= 0 {
		return out, err
	}
	last := asked.left
	for _, t := range []time.Time{s.Answered, s.Reminded} {
		if t.After(last) {
			last = t
		}
	}
	at := atClock(workingDay(settings, last, settings.Review.Remind), settings.Review.RemindAt)
	kind := "remind/"
	if s.State == MemberInvited || s.Reminders >= settings.Review.Reminds {
		kind = "silence/"
	}
	return append(out, Job{kind + s.Expert, at}), nil
}

// asked is what an expert really got: nobody is reminded of a letter that waits
// for 放行.
type asked struct {
	cases   []string  // of the letters that left
	left    time.Time // when the last of them did; zero if none has
	refused time.Time // when the server refused one for good; zero if it refused none
}

// reached tells which of the letters that ask him something reached him: the
// invitation while he is invited, then the requests.
func (s *Member) reached(tx *ledger.Tx) (a asked, err error) {
	letter := func(key string, cases []string) error {
		f, _, err := outbox.Fates.Get(tx, key)
		switch {
		case f.State == outbox.Sent:
			a.cases = append(a.cases, cases...)
			if f.At.After(a.left) {
				a.left = f.At
			}
		case f.State == outbox.Failed && f.At.After(a.refused):
			a.refused = f.At
		}
		return err
	}
	if s.State == MemberInvited {
		return a, letter(inviteKey(s), s.assigned())
	}
	for _, b := range s.Batches {
		if err := letter(requestKey(s, b.N), b.Cases); err != nil {
			return a, err
		}
	}
	return a, nil
}

// open are those of the cases that he is still to score.
func (a asked) open(tx *ledger.Tx, expert string, rule Rule) (open []string, err error) {
	for _, number := range a.cases {
		sc, ok, err := NewTables().Scorings.Get(tx, expert+"/"+number)
		if err != nil {
			return nil, err
		}
		if ok && !sc.open(rule) {
			continue
		}
		c, _, err := intake.NewTables().Cases.Get(tx, number)
		if err != nil {
			return nil, err
		}
		if c.Stage != intake.StageWithdrawn {
			open = append(open, number)
		}
	}
	return open, nil
}

// workingDay is the nth working day after t.
func workingDay(s intake.Settings, t time.Time, n int) time.Time {
	for range 400 { // a calendar without working days ends here
		if n <= 0 {
			break
		}
		if t = t.AddDate(0, 0, 1); s.Calendar.Working(t) {
			n--
		}
	}
	return t
}

// atClock is a time of day, as 09:30, on the day of t.
func atClock(t time.Time, clock string) time.Time {
	hour, minute := 9, 30
	if c, err := time.Parse("15:04", clock); err == nil {
		hour, minute = c.Hour(), c.Minute()
	}
	y, m, d := t.In(intake.Zone()).Date()
	return time.Date(y, m, d, hour, minute, 0, 0, intake.Zone())
}

// Do does a job of the judging; false if the key is none of its jobs.
func (b *Bench) Do(key string) bool {
	kind, rest, _ := strings.Cut(key, "/")
	switch kind {
	case "request":
		i := strings.LastIndexByte(rest, '/')
		n, err := strconv.Atoi(rest[i+1:])
		if i < 0 || err != nil {
			return false
		}
		b.Request(rest[:i], n)
	case "remind", "silence", "refused":
		s := b.members[rest]
		if s == nil {
			return false
		}
		switch kind {
		case "remind":
			if !b.Remind(s, b.Now.Format("2006-01-02")) {
				s.Reminded = b.Now // nothing to remind of after all: not due again today
				b.touch(s)
			}
		case "silence":
			b.silent(s)
		default:
			b.unreached(s, kind, "的评审信件被对方服务器拒收，请电话核实邮箱地址")
		}
	case "review-start":
		b.startByDate()
	case "review-close":
		b.Close()
		b.AddRow(intake.Row{ID: "review-close", Kind: "review", Urgent: true, Replies: []string{"无关"}, Text: "评审已按设定时间结束，可回复“排名”。"})
	default:
		return b.doList(kind, rest)
	}
	return true
}

// Remind writes an expert one mail that lists only what is open of what he got.
// mark tells this reminder from his others. One that never left reminded nobody:
// it is taken back and does not count.
func (b *Bench) Remind(s *Member, mark string) bool {
	if s.State != MemberAccepted || s.Reminded.Equal(b.Now) || b.fate(remindKey(s, mark)) != "" {
		return false
	}
	got, err := s.reached(b.tx)
	b.Fail(err)
	var open []string
	for _, number := range got.cases {
		if b.wants(s, number) {
			open = append(open, number)
		}
	}
	if len(open) == 0 {
		return false
	}
	b.recall(s, "已由新的提醒取代")
	s.Reminded = b.Now
	s.Reminders++
	b.touch(s)
	d := templates.ScoreReminder{Expert: s.Name, Deadline: b.closes(), Criteria: criteriaOf(b.Panel.Rule), Count: s.Reminders}
	for _, number := range open {
		d.Open = append(d.Open, b.echoCase(s, number, nil))
	}
	b.Put(intake.Post{Key: remindKey(s, mark), To: s.Address(), Class: intake.ClassExpert, Template: "score-reminder", Data: d,
		Topic: "review/" + s.Expert, Cases: open})
	return true
}

func remindKey(s *Member, mark string) string { return "remind/" + s.Expert + "/" + mark }

// recall takes reminders back that have not left.
func (b *Bench) recall(s *Member, why string) {
	if n := b.dropLetters(s, why, "remind/"); n > 0 {
		s.Reminders = max(0, s.Reminders-n)
		b.touch(s)
	}
}

// silent puts an expert who does not answer before staff, with a substitute.
func (b *Bench) silent(s *Member) {
	what := fmt.Sprintf("尚缺%d个案例的评分，已提醒%d次", len(b.openOf(s)), s.Reminders)
	if s.State == MemberInvited {
		what = "未答复评审邀请"
	}
	b.unreached(s, "silence", what+"，请电话联系")
}

// unreached puts an expert before staff whom letters do not move, with a
// substitute. He gets no reminders until he writes or staff do.
func (b *Bench) unreached(s *Member, id, what string) {
	s.Told = true
	b.touch(s)
	b.AddRow(intake.Row{ID: id + "/" + s.Expert + "/" + b.Now.Format("20060102"), Kind: "silence", Urgent: true, Replies: []string{"无关"},
		Text: "专家" + s.Name + what + b.Instead(s) + "。"})
}

// Bounced notes that a letter to a member did not arrive; the row about it is the
// desk's. Reminders would go the same way.
func (b *Bench) Bounced(l outbox.Letter) {
	if s := b.Recipient(l); s != nil && s.active() && l.Class == intake.ClassExpert {
		s.Told = true
		b.touch(s)
	}
}

// Instead proposes who could take an expert's place: whoever may judge the most of
// what he has not scored, first of those who are not on the panel yet.
func (b *Bench) Instead(s *Member) string {
	open := b.cases(b.handedOver(s))
	best, most := "", 0
	for _, e := range Experts(b.Settings) {
		if b.MemberOf(e.Address()) != nil || b.rosterNamed(e.Name) != 1 {
			continue
		}
		plan := Assign(b.facts(open), []Expert{e}, 0)
		if n := len(plan.Seats[0].Numbers); n > most {
			best, most = e.Name, n
		}
	}
	if best == "" {
		return ""
	}
	return "，可另起一行回复“换专家 " + b.called(s) + " 为 " + best + "”"
}

func (b *Bench) cases(numbers []string) []*intake.Case {
	var out []*intake.Case
	for _, n := range numbers {
		if c := b.Case(n); c != nil {
			out = append(out, c)
		}
	}
	return out
}
