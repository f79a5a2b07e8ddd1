package intake

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"anli/intake/outbox"
	"anli/templates"
)

// Reminders go with the morning letter to staff, which shows those that wait for
// their word: on the working days that are, or come before, the 7th, 3rd and last day
// before the deadline, to whom something is open with, and on any working morning
// after a day is over by which a bureau was to send something. A bureau's address
// gets one letter a day.

// remindAhead are the days before the deadline on which bureaus are reminded.
var remindAhead = []int{7, 3, 1}

const (
	reminderOpen = "reminder"
	reminderNone = "nothing-received"
)

// Remind prepares what is due on the morning of s.Now. On a morning that was missed
// (skipped) only the states change that the day changes.
func (s *Sitting) Remind(skipped bool) {
	lapsed := s.lapsed()
	deadline := s.Settings.Call.Deadline
	if !deadline.After(s.Now) {
		s.dropReminders("申报截止时间已过", func(d templates.Reminder) bool { return !d.Only })
	}
	if skipped || !s.Live() {
		return
	}
	due := s.reminderDay()
	for _, city := range s.Settings.Call.Cities {
		for _, to := range s.remindable(city) {
			r := s.reminder(city, to, due, lapsed)
			if len(r.Cases) > 0 || r.Quota != nil {
				s.putReminder(city, to, reminderOpen, r, numbersIn(r))
			}
		}
		if due && s.silent(city) {
			for _, to := range s.Settings.AddressesOf(city) {
				s.putReminder(city, to, reminderNone, s.noneYet(city), nil)
			}
		}
	}
	for _, c := range s.Cases("") {
		for i := range c.Promises {
			if p := &c.Promises[i]; p.Lapsed && !p.Reminded {
				p.Reminded = true
				s.Touch(c)
			}
		}
	}
	s.renewReminders() // before the letter to staff shows them
}

// lapsed opens again what was promised for a day that is over, and gives the numbers
// of the cases whose bureau was not reminded of that.
func (s *Sitting) lapsed() map[string]bool {
	out := map[string]bool{}
	for _, c := range s.Cases("") {
		if c.Frozen() || c.Stage == StageWithdrawn {
			continue
		}
		if c.lapse(s.Now) {
			s.refresh(c)
			s.Touch(c)
		}
		for _, p := range c.Promises {
			if p.Lapsed && !p.Reminded {
				out[c.Number] = true
			}
		}
	}
	return out
}

// reminderDay: today is one of those on which bureaus are reminded of the deadline.
func (s *Sitting) reminderDay() bool {
	deadline, today := s.Settings.Call.Deadline.In(Zone()), s.Now.Format("2006-01-02")
	if !deadline.After(s.Now) {
		return false
	}
	for _, n := range remindAhead {
		day := deadline.AddDate(0, 0, -n)
		for range 30 { // a calendar without working days ends here
			if s.Settings.Calendar.Working(day) {
				break
			}
			day = day.AddDate(0, 0, -1)
		}
		if day.Format("2006-01-02") == today {
			return true
		}
	}
	return false
}

// remindable are the addresses that hear of a city's cases, in one order.
func (s *Sitting) remindable(city string) []string {
	out := map[string]bool{}
	for _, c := range s.Cases(city) {
		if c.Stage != StageWithdrawn {
			for _, to := range s.bureauOf(c) {
				out[to] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(out))
}

// reminder is what an address of a city is reminded of: everything open, or, where the
// deadline is no reason today, what was promised and did not come.
func (s *Sitting) reminder(city, to string, all bool, lapsed map[string]bool) templates.Reminder {
	r := templates.Reminder{City: city, AsOf: s.Now.Format("1月2日"), Only: !all}
	if s.Settings.Call.Deadline.After(s.Now) {
		r.Deadline = DeadlineText(s.Settings.Call.Deadline)
	}
	over := false
	for _, c := range s.Cases(city) {
		if !slices.Contains(s.bureauOf(c), to) || c.Stage == StageWithdrawn || c.Frozen() {
			continue
		}
		over = over || c.Has(HoldOverQuota)
		if !all && !lapsed[c.Number] || c.Stage != StageIncomplete {
			continue
		}
		part := s.CasePart(c)
		if len(part.Points) == 0 {
			continue
		}
		part.Files, part.Hints, part.Late = nil, nil, ""
		part.Compared, part.Solved, part.Still, part.New = false, 0, 0, 0
		r.Cases = append(r.Cases, part)
		if lapsed[c.Number] {
			r.Promised = append(r.Promised, c.brokenPromises()...)
		}
	}
	if all && over && to == first(s.Settings.AddressesOf(city)) {
		r.Quota = s.quota(city)
	}
	return r
}

// brokenPromises are what a bureau said would be there by a day that is over.
func (c *Case) brokenPromises() []string {
	var out []string
	for _, p := range c.Promises {
		if p.Lapsed {
			out = append(out, fmt.Sprintf("%s　%s（贵局告知于%s前补交）", c.Number, p.Item, DeadlineText(p.Until)))
		}
	}
	return out
}

// silent: nothing of a city was ever registered, nothing it sent waits sealed, and its
// bureau did not say that it recommends none.
func (s *Sitting) silent(city string) bool {
	return !s.Declined(city) && len(s.Cases(city)) == 0 && !s.sealedFrom(city)
}

func (s *Sitting) noneYet(city string) templates.NothingReceived {
	d := templates.NothingReceived{City: city, Deadline: DeadlineText(s.Settings.Call.Deadline)}
	s.must(s.t.Bursts.Each(s.tx, "", func(_ string, b Burst) error {
		d.Written = d.Written || b.City == city
		return nil
	}))
	return d
}

func numbersIn(r templates.Reminder) []string {
	var out []string
	for _, c := range r.Cases {
		out = append(out, c.Number)
	}
	return out
}

// putReminder puts a reminder in the place of one about the same city to the same
// address that has not left.
func (s *Sitting) putReminder(city, to, template string, data any, cases []string) {
	for _, u := range s.OpenLetters() {
		if l := u.Letter; l.Class == ClassReminder && reminded(l) == to && (s.cityOfLetter(l) == city || s.Settings.towards(to, city) == to) {
			s.unsend(u, "已有新的提醒")
		}
	}
	s.Put(Post{Key: "reminder/" + s.Now.Format("2006-01-02") + "/" + s.Settings.towards(to, city), To: to, Class: ClassReminder, Template: template, Data: data,
		Cases: cases, Topic: "reminder/" + s.Settings.towards(to, city)})
}

// reminded is the address that a reminder is for, which its key holds.
func reminded(l outbox.Letter) string {
	parts := strings.Split(l.Key, "/")
	if len(parts) < 3 {
		return ""
	}
	return parts[2]
}

// unsend takes a letter off the queue that has not left.
func (s *Sitting) unsend(u outbox.Unfinished, why string) bool {
	f, ok := outbox.Drop(u.Fate, s.Now, why)
	if !ok || u.Fate.Dialled || s.decided(u.Letter.Key) {
		return false
	}
	s.Settle(f)
	return true
}

// decided: this sitting has decided on the letter already.
func (s *Sitting) decided(key string) bool {
	return slices.ContainsFunc(s.fates, func(f outbox.Fate) bool { return f.Key == key })
}

// dropReminders takes the reminders off the queue that are not true any more.
func (s *Sitting) dropReminders(why string, untrue func(templates.Reminder) bool) {
	for _, u := range s.OpenLetters() {
		if u.Letter.Class != ClassReminder {
			continue
		}
		var d templates.Reminder
		s.must(Body(u.Letter, &d))
		if untrue(d) {
			s.unsend(u, why)
		}
	}
}

// renewReminders takes the reminders off the queue that what was just decided makes
// untrue. Where the bureau itself wrote, its receipt says what is open; else the
// reminder is put anew.
func (s *Sitting) renewReminders() {
	if len(s.touched)+len(s.cities) == 0 {
		return
	}
	for _, u := range s.OpenLetters() {
		l := u.Letter
		if l.Class != ClassReminder || s.decided(l.Key) {
			continue
		}
		var old templates.Reminder
		s.must(Body(l, &old))
		if l.Template == reminderNone {
			if !s.silent(old.City) {
				s.unsend(u, "情况已有变化")
			}
			continue
		}
		lapsed := map[string]bool{}
		for _, number := range l.Cases {
			lapsed[number] = old.Only || len(old.Promised) > 0 && strings.Contains(strings.Join(old.Promised, "\n"), number)
		}
		now := s.reminder(old.City, reminded(l), !old.Only, lapsed)
		now.AsOf, now.Deadline = old.AsOf, old.Deadline
		if hashJSON(now) == hashJSON(old) || !s.unsend(u, "情况已有变化") {
			continue
		}
		if (len(now.Cases) > 0 || now.Quota != nil) && !s.wroteSince(old.City, l.At) {
			s.Put(Post{Key: l.Key + "/" + hashJSON(now)[:8], To: reminded(l), Class: ClassReminder, Template: reminderOpen, Data: now, Cases: numbersIn(now), Topic: l.Topic})
		}
	}
}

// wroteSince: the bureau sent something about a case of its city after a time.
func (s *Sitting) wroteSince(city string, t time.Time) bool {
	return slices.ContainsFunc(s.Cases(city), func(c *Case) bool { return c.Touched.After(t) })
}
