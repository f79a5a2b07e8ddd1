package intake

import (
	"fmt"
	"strings"
	"time"

	"anli/intake/outbox"
	"anli/templates"
)

// Order is staff's word on the rules of the call, as it is kept with them: who
// ordered what, and on what basis.
type Order struct {
	At    time.Time `json:"at"`
	By    string    `json:"by"`              // address of the member of staff
	Verb  string    `json:"verb"`            // 延期, 名额, 补正截止
	Item  string    `json:"item"`            // what it is now: 11月8日24时; 佛山市6个
	Basis string    `json:"basis,omitempty"` // document number, as it was written
	Mail  string    `json:"mail"`            // SHA-256 of the mail that ordered it
}

// keep records an order beside the settings it changed.
func (s *Sitting) keep(o Order, verb, item string) {
	o.At, o.Verb, o.Item = s.Now, verb, item
	s.SetValue(fmt.Sprintf("orders.%04d", len(s.Settings.Orders)+1), o)
}

// Extend puts the deadline off (延期): cases that were late by the old one and are
// not by the new are registered as the others, nothing becomes late, and C4 is
// prepared for every city that has cases or an address. It says in Chinese what
// was done, or why nothing was.
func (s *Sitting) Extend(until time.Time, o Order) (ok bool, text string) {
	old := s.Settings.Call.Deadline
	switch {
	case !until.After(old):
		return false, "新的截止时间" + s.on(until) + "不晚于现行的" + s.on(old) + "，未执行。"
	case !until.After(s.Now):
		return false, "新的截止时间" + s.on(until) + "已过，未执行。"
	case until.After(s.Now.AddDate(1, 0, 0)):
		return false, "新的截止时间" + until.In(Zone()).Format("2006年1月2日") + "在一年以后，未执行，请核对年份。"
	}
	if s.Settings.Call.Announced.IsZero() {
		s.SetValue("call.announced", old)
	}
	s.SetValue("call.deadline", until)
	s.keep(o, "延期", DeadlineText(until))
	s.dropReminders("截止时间已延期", func(templates.Reminder) bool { return true })
	released := s.rejudge()
	text = "截止时间由" + s.on(old) + "延至" + s.on(until) + "（依据：" + o.Basis + "）。"
	var numbers []string
	for _, city := range s.Settings.Call.Cities {
		numbers = append(numbers, released[city]...)
	}
	if len(numbers) > 0 {
		text += "此前逾期待定的" + strings.Join(numbers, "、") + "已按新的时间办理登记。"
	}
	if refused := s.refusedInTime(until); len(refused) > 0 {
		text += "此前不予受理的" + strings.Join(refused, "、") + "在新的截止时间之内，如需受理请“改为 编号 受理 理由”。"
	}
	if end := s.Settings.Call.Supplement; !end.IsZero() && end.Before(until) {
		text += "请注意，补正截止时间" + s.on(end) + "早于新的截止时间，如需顺延请“补正截止 日期”。"
	}
	return true, text + s.extensions(old, until, o.Basis, released)
}

// on is a limit in an answer to staff.
func (s *Sitting) on(t time.Time) string {
	if t.In(Zone()).Year() != s.Now.Year() {
		return t.In(Zone()).Format("2006年") + DeadlineText(t)
	}
	return DeadlineText(t)
}

// refusedInTime are cases that staff refused as late and that are in time by a new
// deadline; their ruling stands until they change it.
func (s *Sitting) refusedInTime(deadline time.Time) []string {
	var out []string
	for _, c := range s.Cases("") {
		if i := c.standing("逾期"); i >= 0 && c.Decisions[i].Verb == "不受理" && c.Stage == StageIneligible && !c.Received.After(deadline) {
			out = append(out, c.Number)
		}
	}
	return out
}

// extensions prepares C4, a letter a city. One that still waits for staff's word is
// replaced, and what it would have told is told now.
func (s *Sitting) extensions(old, until time.Time, basis string, released map[string][]string) string {
	if !s.Live() {
		return ""
	}
	untold := s.dropExtensions()
	letters := 0
	var none []string
	for _, city := range s.Settings.Call.Cities {
		var numbers []string
		for _, c := range s.Cases(city) {
			if c.Stage != StageWithdrawn {
				numbers = append(numbers, c.Number)
			}
		}
		to := s.Settings.AddressesOf(city)
		if len(to) == 0 && len(numbers) > 0 {
			none = append(none, city)
		}
		for _, a := range to {
			d := templates.Extension{City: city, Basis: basis, Old: dayText(old), New: s.on(until), Released: released[city], None: len(numbers) == 0}
			if before, ok := untold[s.Settings.towards(a, city)]; ok {
				d.Old, d.Released = before.Old, addOnce(before.Released, released[city]...)
			}
			key := "extension/" + until.In(Zone()).Format("20060102T1504") + "/" + hashOf([]byte(basis))[:8] + "/" + s.Settings.towards(a, city)
			if s.Put(Post{Key: key, To: a, Class: ClassDecision, Template: "extension", Cases: numbers, Topic: "extension/" + city, Data: d}) != "" {
				letters++
			}
		}
	}
	text := ""
	if letters > 0 {
		text = fmt.Sprintf("延期函%d封%s。", letters, s.leaves())
	}
	if len(none) > 0 {
		text += strings.Join(none, "、") + "没有备案邮箱，请另行告知。"
	}
	return text
}

// dropExtensions takes the letters about earlier extensions that have not left off
// the queue. It gives what they would have told, by address.
func (s *Sitting) dropExtensions() map[string]templates.Extension {
	out := map[string]templates.Extension{}
	for _, u := range s.OpenLetters() {
		f, ok := outbox.Drop(u.Fate, s.Now, "已有新的决定")
		if !ok || u.Letter.Template != "extension" || u.Fate.Dialled {
			continue
		}
		s.Settle(f)
		var d templates.Extension
		s.must(Body(u.Letter, &d))
		if to := s.Settings.towards(u.Letter.To, d.City); out[to].City == "" { // the oldest
			out[to] = d
		}
	}
	return out
}

// dayText is a deadline in the letter that moves it: 10月30日 for 23:59:59.
func dayText(t time.Time) string { return strings.TrimSuffix(DeadlineText(t), "24时") }

// AllCities stands for every city in 名额.
const AllCities = "全部"

// Quota sets how many live cases a city may have, or every city (名额). Holds that
// no longer apply are lifted. With AllCities no city keeps a number of its own.
func (s *Sitting) Quota(city string, n int, o Order) (ok bool, text string) {
	if city != AllCities {
		name := city
		if city = s.Settings.Call.cityNamed(name); city == "" {
			return false, "没有名为“" + name + "”的地市，未执行。"
		}
	}
	if n < 1 {
		return false, "名额须为正整数，未执行。"
	}
	own := map[string]int{}
	for c, q := range s.Settings.Call.Quotas {
		own[c] = q
	}
	item, numbers := fmt.Sprintf("%s%d个", city, n), s.quotas()
	switch {
	case city != AllCities && s.Settings.Call.QuotaOf(city) == n:
		return false, city + "名额已是" + fmt.Sprint(n) + "个，无需更改。"
	case city != AllCities:
		own[city] = n
		s.SetValue("call.quotas", own)
		text = fmt.Sprintf("%s名额已改为%d个（依据：%s）。", city, n, o.Basis)
	default:
		s.SetValue("call.quota", n)
		s.SetValue("call.quotas", nil)
		text = fmt.Sprintf("各市名额已改为%d个（依据：%s）。", n, o.Basis)
		if len(own) > 0 {
			text += "此前单独核定的" + strings.Join(sortedKeys(own), "、") + "一并适用。"
		}
	}
	s.keep(o, "名额", item)
	before := s.overQuota()
	s.rejudge()
	return true, text + quotaWords(before, s.overQuota()) + s.tellQuota(numbers, before, o.Basis)
}

// overQuota are the cases held as over the quota.
func (s *Sitting) overQuota() []string {
	var out []string
	for _, c := range s.Cases("") {
		if c.Has(HoldOverQuota) {
			out = append(out, c.Number)
		}
	}
	return out
}

func quotaWords(before, after []string) string {
	text := ""
	if lifted := without(before, after); len(lifted) > 0 {
		text += strings.Join(lifted, "、") + "不再超出名额。"
	}
	if held := without(after, before); len(held) > 0 {
		text += strings.Join(held, "、") + "因此超出名额，待市局明确保留哪些。"
	}
	return text
}

// SupplementUntil sets up to when supplements count by themselves (补正截止). What
// was kept because the old limit was over, and came before the new one, counts.
func (s *Sitting) SupplementUntil(until time.Time, o Order) (ok bool, text string) {
	switch {
	case !until.After(s.Now):
		return false, "补正截止时间" + s.on(until) + "已过，未执行。"
	case until.Before(s.Settings.Call.Deadline):
		return false, "补正截止时间" + s.on(until) + "早于申报截止时间" + s.on(s.Settings.Call.Deadline) + "，未执行。"
	case until.Equal(s.Settings.Call.Supplement):
		return false, "补正截止时间已是" + s.on(until) + "，无需更改。"
	}
	old := s.Settings.Call.Supplement
	s.SetValue("call.supplement_until", until)
	s.keep(o, "补正截止", DeadlineText(until))
	text = "补正截止时间已定为" + s.on(until) + "。"
	var counted, waiting []string
	for _, c := range s.Cases("") {
		switch n, left := s.release(c, until); {
		case n > 0:
			counted = append(counted, fmt.Sprintf("%s（%d个文件）", c.Number, n))
		case left > 0:
			waiting = append(waiting, c.Number)
		}
	}
	s.rejudge()
	if len(counted) > 0 {
		text += "此前逾期补正、已保存的材料现计入：" + strings.Join(counted, "、") + "。"
	}
	if len(waiting) > 0 {
		text += strings.Join(waiting, "、") + "的逾期补正材料将替换已登记的文件，仍待“采纳”。"
	}
	return true, text + s.tellSupplement(old, o)
}

// release lets files in that waited for nothing but the limit for supplements. What
// would take the place of files that a receipt has listed still waits.
func (s *Sitting) release(c *Case, until time.Time) (counted, left int) {
	if c.Frozen() || c.Stage == StageWithdrawn {
		return 0, 0
	}
	var files []File
	kept := c.Files[:0:0]
	for _, f := range c.Files {
		if f.Standing == StandingPending && f.Overdue && !f.At.After(until) {
			f.Overdue = false
			files = append(files, f)
			continue
		}
		kept = append(kept, f)
	}
	if len(files) == 0 {
		return 0, 0
	}
	c.Files = kept
	before := len(c.Active())
	c.merge(files, false)
	s.Touch(c)
	s.refresh(c)
	return len(c.Active()) - before, c.waiting()
}
