package intake

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"anli/parser/command"
)

// Promise is a bureau's word on open findings of a case: the material follows by a
// day (稍后), it comes on a USB stick (U盘), or the finding is to be looked at by a
// person (请核). Meanwhile the findings are pending.
type Promise struct {
	Verb     string    `json:"verb"`
	Item     string    `json:"item"`           // as the bureau named it
	Said     string    `json:"said,omitempty"` // of 请核: why
	Keys     []string  `json:"keys"`           // of the findings
	Until    time.Time `json:"until,omitzero"` // of 稍后: the last second that counts
	At       time.Time `json:"at"`
	Mail     string    `json:"mail"`
	Lapsed   bool      `json:"lapsed,omitempty"`   // the day passed and something was still open
	Reminded bool      `json:"reminded,omitempty"` // the bureau was reminded of that
}

const statePending = "pending"

// promise carries out 请核, 稍后 and U盘.
func (s *Sitting) promise(in Incoming, b *Burst, l command.Line) (bool, string) {
	if l.Rest == command.InProse {
		return s.promiseInProse(in, b, l)
	}
	c, why := s.target(in, b, l)
	if c = s.survivor(c); c == nil {
		return false, why
	}
	if why := c.settledAlready(); why != "" {
		return false, why
	}
	items := strings.Split(l.Args[0], "、")
	found, why := c.openItems(items)
	if why != "" {
		return false, why
	}
	p := Promise{Verb: l.Verb, Item: strings.Join(c.itemsAsKnown(items), "、"), Said: l.Rest, At: s.Now, Mail: in.Mail.SHA256}
	if l.Verb == "稍后" {
		if p.Until, why = s.followsBy(l); why != "" {
			return false, why
		}
	}
	var what []string
	for _, i := range found {
		f := &c.Findings[i]
		if l.Verb == "U盘" && f.Cure == "reply" {
			return false, f.Message + "，无需以U盘报送。" + f.Fix
		}
		p.Keys = append(p.Keys, f.Key())
		what = append(what, f.Message)
	}
	for _, i := range found {
		c.Findings[i].State = statePending
	}
	c.Promises = append(c.Promises, p)
	s.changedWords(in, b, c)
	return true, p.registered(c.Number, strings.Join(what, "；"))
}

// promiseInProse takes a sentence for a promise only where it names something open of
// the one case that is meant; else it is a sentence.
func (s *Sitting) promiseInProse(in Incoming, b *Burst, l command.Line) (bool, string) {
	c, _ := s.target(in, b, l)
	if c = s.survivor(c); c == nil || c.settledAlready() != "" {
		return false, ""
	}
	var open []string // beside what is here already: 照片、营业执照稍后补
	for _, item := range strings.Split(l.Args[0], "、") {
		if _, why := c.openItems([]string{item}); why == "" {
			open = append(open, item)
		}
	}
	if len(open) == 0 {
		return false, ""
	}
	l.Args, l.Rest = append([]string{strings.Join(open, "、")}, l.Args[1:]...), ""
	return s.promise(in, b, l)
}

// registered answers the bureau.
func (p Promise) registered(number, what string) string {
	switch p.Verb {
	case "稍后":
		return fmt.Sprintf("已登记，%s的%s（%s）由贵局在%s前补交，届时请直接回复本邮件并附上文件。", number, p.Item, what, DeadlineText(p.Until))
	case "U盘":
		return fmt.Sprintf("已登记，%s的%s（%s）以U盘报送，请在U盘上注明编号，我处收到后办理。", number, p.Item, what)
	}
	return fmt.Sprintf("已登记，%s的%s（%s）转我处经办同志人工核对，核对前无需重发。", number, p.Item, what)
}

// settledAlready says why nothing is promised for a case any more; "" if it may be.
func (c *Case) settledAlready() string {
	switch {
	case c.Stage == StageWithdrawn:
		return c.Number + "已撤回；如需恢复，请回复“恢复 " + c.Number + "”。"
	case c.Stage != StageIncomplete && c.Stage != StageComplete:
		return c.Number + "现为“" + c.StateWords() + "”，无需补充；如有疑问请来电联系。"
	}
	return ""
}

// followsBy is until when 稍后 lets the bureau send something: the day it names, else
// the deadline.
func (s *Sitting) followsBy(l command.Line) (until time.Time, why string) {
	deadline, end := s.Settings.Call.Deadline, s.Settings.Call.Supplement
	if len(l.Args) < 2 {
		if !deadline.After(s.Now) {
			return until, "申报截止时间已过，请写明补交日期，例如“" + l.Verb + " " + strings.Join(l.Codes, "") + " " + l.Args[0] + " " + s.Now.AddDate(0, 0, 3).Format("1月2日") + "”。"
		}
		return deadline, ""
	}
	until, ok := command.Until(l.Args[1], s.Now)
	switch {
	case !ok:
		return until, "日期“" + l.Args[1] + "”未能识别，请写为“10月20日”。"
	case !until.After(s.Now):
		return until, "日期" + s.on(until) + "已过，请写今天以后的日期。"
	case until.After(s.Now.AddDate(1, 0, 0)):
		return until, "日期" + until.In(Zone()).Format("2006年1月2日") + "在一年以后，请核对年份。"
	case !end.IsZero() && until.After(end):
		return until, "日期" + s.on(until) + "晚于补正截止时间" + s.on(end) + "，请在此前补交。"
	}
	return until, ""
}

// openItems gives the places of the findings that a bureau names, each once; why says
// which of its words fits nothing that is open.
func (c *Case) openItems(items []string) (found []int, why string) {
	for _, item := range items {
		some, waived := false, false
		for _, i := range c.aboutLoosely(item) {
			f := c.Findings[i]
			if f.Audience != "bureau" || f.Severity == "info" || f.Code == "late" || f.Code == "over-quota" {
				continue
			}
			waived = waived || f.State == "waived"
			if f.State == "waived" {
				continue
			}
			if some = true; !slices.Contains(found, i) {
				found = append(found, i)
			}
		}
		switch {
		case some:
		case waived:
			return nil, c.Number + "的“" + item + "”我处已免，无需办理。"
		default:
			return nil, c.Number + "没有与“" + item + "”对应的未解决事项" + c.openForBureau() + "。"
		}
	}
	slices.Sort(found)
	return found, ""
}

// kindWords are what people add to the name of a material.
var kindWords = []string{"扫描件", "复印件", "原件", "文件", "材料"}

// aboutLoosely is about, also with the words that people add.
func (c *Case) aboutLoosely(item string) []int {
	if found := c.about(item); len(found) > 0 {
		return found
	}
	return c.about(bareItem(item))
}

func bareItem(item string) string {
	for _, w := range kindWords {
		if bare := strings.TrimSuffix(item, w); bare != item && bare != "" {
			return bare
		}
	}
	return item
}

// itemsAsKnown are the items in words that 免 and 线下 understand, too.
func (c *Case) itemsAsKnown(items []string) []string {
	var out []string
	for _, item := range items {
		if len(c.about(item)) == 0 {
			item = bareItem(item)
		}
		out = addOnce(out, item)
	}
	return out
}

// openForBureau lists what a bureau may mean.
func (c *Case) openForBureau() string {
	var out []string
	for _, f := range c.Findings {
		if f.Audience == "bureau" && f.Severity != "info" && f.State != "waived" && f.Code != "late" && f.Code != "over-quota" {
			out = append(out, f.Message)
		}
	}
	if len(out) == 0 {
		return "，目前没有未解决的事项"
	}
	return "（现有：" + strings.Join(out[:min(len(out), 8)], "；") + "）"
}

// lapse opens again what a bureau promised for a day that is over. It tells whether
// anything did.
func (c *Case) lapse(now time.Time) bool {
	some := false
	for i := range c.Promises {
		p := &c.Promises[i]
		if p.Verb != "稍后" || p.Lapsed || !now.After(p.Until) {
			continue
		}
		for j := range c.Findings {
			f := &c.Findings[j]
			if f.State != statePending || !slices.Contains(p.Keys, f.Key()) || c.offline(f.Key()) || c.promised(f.Key()) != i {
				continue
			}
			f.State, p.Lapsed, some = "open", true, true
		}
	}
	return some
}

// promised is the place of the newest promise about a finding; -1 if there is none.
func (c *Case) promised(key string) int {
	for i := len(c.Promises) - 1; i >= 0; i-- {
		if slices.Contains(c.Promises[i].Keys, key) {
			return i
		}
	}
	return -1
}

// offline: staff recorded that what a finding is about comes by another way (线下).
func (c *Case) offline(key string) bool {
	return slices.ContainsFunc(c.Decisions, func(d Decision) bool {
		if d.Verb != "线下" || d.Ended != "" || d.Was == nil {
			return false
		}
		_, ok := d.Was.States[key]
		return ok
	})
}

// pendingWords say in a letter why a finding is not asked for now.
func (c *Case) pendingWords(f Finding) string {
	i := c.promised(f.Key())
	switch {
	case c.offline(f.Key()) || i < 0:
		return "线下报送，由我处登记"
	case c.Promises[i].Verb == "稍后":
		return "贵局将于" + DeadlineText(c.Promises[i].Until) + "前补交"
	case c.Promises[i].Verb == "U盘":
		return "贵局以U盘报送，待收到"
	}
	return "贵局已请我处核对"
}

// promiseRows put before staff what a bureau wants looked at and what comes on a USB
// stick, until that is settled.
func (s *Sitting) promiseRows(c *Case) {
	for i, p := range c.Promises {
		if p.Verb == "稍后" {
			continue
		}
		var open []string
		for _, f := range c.Findings {
			if f.State == statePending && c.promised(f.Key()) == i && !c.offline(f.Key()) {
				open = append(open, f.Message)
			}
		}
		s.keepRow(len(open) > 0 && c.Stage != StageWithdrawn && !c.Frozen(), p.row(c, i, strings.Join(open, "；")))
	}
}

// row is the row about a promise, with the replies that fit.
func (p Promise) row(c *Case, i int, open string) Row {
	r := Row{ID: fmt.Sprintf("%s/%s/%d", promiseKinds[p.Verb], c.Number, i), Kind: promiseKinds[p.Verb], Case: c.Number, Mail: p.Mail}
	if p.Verb == "U盘" {
		r.Text = c.City + "告知" + titled(c) + "的" + p.Item + "以U盘报送，收到后请办理。"
		r.Replies = []string{"线下 " + p.Item, "免 " + p.Item + " 已收到U盘"}
		return r
	}
	r.Text = c.City + "请核" + titled(c) + "的“" + p.Item + "”：" + open + "。"
	if p.Said != "" {
		r.Text += "来信写道：“" + clip(p.Said, 80) + "”。"
	}
	r.Replies = []string{"免 " + p.Item + " 经核对无误", "补正 需要补正的内容"}
	return r
}

var promiseKinds = map[string]string{"U盘": "stick", "请核": "query"}

// answered opens again what staff, asked to look at it, want mended (补正): the row
// that is answered says what, else the words do. was keeps how it stood.
func (c *Case) answered(r Ruling, was *Was) {
	for i, p := range c.Promises {
		if p.Verb != "请核" || r.Row != p.row(c, i, "").ID && !strings.Contains(r.Reason, p.Item) {
			continue
		}
		for j := range c.Findings {
			f := &c.Findings[j]
			if f.State == statePending && c.promised(f.Key()) == i {
				if was.States == nil {
					was.States = map[string]string{}
				}
				was.States[f.Key()], f.State = f.State, "open"
			}
		}
	}
}

// demanded: staff, asked to look at a finding, want it mended; their own words say so.
func (c *Case) demanded(key string) bool {
	return c.Demand != "" && slices.ContainsFunc(c.Decisions, func(d Decision) bool {
		return d.Verb == "补正" && d.Ended == "" && d.Was != nil && d.Was.States[key] != ""
	})
}

// asked: the bureau wanted one of these findings looked at.
func (c *Case) asked(states map[string]string) bool {
	for _, key := range sortedKeys(states) {
		if i := c.promised(key); i >= 0 && c.Promises[i].Verb == "请核" {
			return true
		}
	}
	return false
}
