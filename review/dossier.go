package review

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"anli/intake"
	"anli/intake/outbox"
)

// Dossier is a case's whole file (案卷), for staff: how it stands and what
// happened to it. Scores are in it once the panel is closed; who objected is not.
type Dossier struct {
	Case   intake.Case
	State  string // in words
	Events []Event
	Scores []string // a line an expert; none before 结束评审
}

// Event is one thing that happened to a case.
type Event struct {
	At   time.Time
	Kind string // 来信, 变更, 更正, 决定, 名单, 异议, 发信
	Who  string // city, member of staff, address; "" the desk itself
	Text string
	Ref  string // SHA-256 of the mail, code of the letter, number of the entry
}

// Dossier gathers a case's file; false if there is no such case. It reads the
// whole journal.
func (b *Bench) Dossier(number string) (Dossier, bool) {
	c := b.Case(number)
	if c == nil {
		return Dossier{}, false
	}
	d := Dossier{Case: *c, State: c.StateWords()}
	for _, from := range []func(*intake.Case) []Event{b.mailsOf, b.changesOf, b.rulingsOf, b.listOf, b.objectionsOf, b.lettersOf} {
		d.Events = append(d.Events, from(c)...)
	}
	slices.SortStableFunc(d.Events, func(x, y Event) int { return x.At.Compare(y.At) })
	if b.Panel.Phase == PhaseClosed {
		d.Scores = b.scoresOf(number)
	}
	return d, true
}

func (b *Bench) mailsOf(c *intake.Case) (out []Event) {
	b.EachMail(func(m intake.Mail) {
		if !slices.Contains(m.Cases, c.Number) {
			return
		}
		text := "《" + m.Subject + "》"
		if n := len(m.Files); n > 0 {
			text += fmt.Sprintf("，附件%d个", n)
		}
		if m.Basis != "" {
			text += "，到达时间按" + longClock(m.Reached) + "记录（依据：" + m.Basis + "）"
		}
		out = append(out, Event{m.Arrival, "来信", cmp.Or(m.City, m.Name, m.From), text, m.SHA256})
	})
	return out
}

// changesOf are the case's revisions and changes of state, as the journal has them.
func (b *Bench) changesOf(c *intake.Case) (out []Event) {
	var was *intake.Case
	for e, err := range b.tx.Entries(1) {
		if err != nil {
			b.Fail(err)
			return out
		}
		if !bytes.Contains(e.Data, []byte(`"`+c.Number+`"`)) {
			continue
		}
		var change struct {
			Cases []intake.Case `json:"cases"`
		}
		if err := json.Unmarshal(e.Data, &change); err != nil {
			b.Fail(err)
			return out
		}
		for _, now := range change.Cases {
			if now.Number != c.Number {
				continue
			}
			if text := difference(was, &now); text != "" {
				out = append(out, Event{e.At, "变更", "", text, fmt.Sprintf("日志第%d条", e.Seq)})
			}
			was = &now
		}
	}
	return out
}

// difference says what changed of a case; was is nil at its registration.
func difference(was, now *intake.Case) string {
	if was == nil {
		return "登记：" + now.City + "，" + now.StateWords()
	}
	var out []string
	if was.Revision != now.Revision {
		out = append(out, fmt.Sprintf("第%d版材料", now.Revision))
	}
	if was.City != now.City {
		out = append(out, "归属由"+was.City+"改为"+now.City)
	}
	if was.Unit != now.Unit || was.Case != now.Case {
		out = append(out, "名称："+now.Unit+"《"+now.Case+"》")
	}
	if was.StateWords() != now.StateWords() {
		out = append(out, "“"+was.StateWords()+"”改为“"+now.StateWords()+"”")
	}
	solved, fresh := messages(was, now), messages(now, was)
	if len(solved) > 0 {
		out = append(out, "不再有："+strings.Join(solved, "；"))
	}
	if len(fresh) > 0 {
		out = append(out, "新发现："+strings.Join(fresh, "；"))
	}
	if now.Package != was.Package && now.Package != "" {
		out = append(out, "材料冻结，校验码"+now.Package)
	}
	return strings.Join(out, "；")
}

// messages are the open findings of one state of a case that another has not.
func messages(of, than *intake.Case) []string {
	var out []string
	for _, f := range of.Findings {
		open := func(g intake.Finding) bool { return g.Key() == f.Key() && g.State == "open" }
		if f.State == "open" && f.Severity != "info" && !slices.ContainsFunc(than.Findings, open) {
			out = append(out, f.Message)
		}
	}
	return out
}

func (b *Bench) rulingsOf(c *intake.Case) (out []Event) {
	for _, x := range c.Corrections {
		out = append(out, Event{x.At, "更正", "", intake.FieldLabel(x.Field) + "：" + x.Value, x.Mail})
	}
	for _, d := range c.Decisions {
		text := d.Verb
		if d.Reason != "" {
			text += "，理由：" + d.Reason
		}
		out = append(out, Event{d.At, "决定", b.who(d.By), text, d.Mail})
	}
	return out
}

func (b *Bench) listOf(c *intake.Case) (out []Event) {
	add := func(o Order, numbers []string, text string) {
		if slices.Contains(numbers, c.Number) {
			out = append(out, Event{o.At, "名单", b.who(o.By), text, o.Mail})
		}
	}
	if s := b.List.Selected; s != nil {
		add(s.Order, s.Numbers, "入选，依据："+s.Basis)
	}
	if p := b.List.Public; p != nil {
		add(p.Order, p.Numbers, "公示，"+longDay(p.From)+"至"+longDay(p.Until))
	}
	if a := b.List.Award; a != nil {
		add(a.Order, a.Numbers, "认定")
	}
	return out
}

func (b *Bench) objectionsOf(c *intake.Case) (out []Event) {
	for _, o := range b.against(c.Number, false) {
		content := o.Content
		if o.Original != "" {
			content = "见原信" // its words are signed
		}
		out = append(out, Event{o.Filed.At, "异议", b.who(o.Filed.By), "登记" + o.Number + "，来源" + o.Source + "，应于" + longDay(o.Due) + "前办结，内容：" + content, o.Filed.Mail})
		if !o.open() {
			out = append(out, Event{o.Settled.At, "异议", b.who(o.Settled.By), o.Number + string(o.Ending) + "，理由：" + o.Reason, o.Settled.Mail})
		}
	}
	return out
}

// lettersOf are the letters that spoke of the case. An expert's echo names his
// scores and is left out until the close.
func (b *Bench) lettersOf(c *intake.Case) (out []Event) {
	b.Fail(outbox.Letters.Each(b.tx, "", func(key string, l outbox.Letter) error {
		if !slices.Contains(l.Cases, c.Number) || b.Panel.Phase != PhaseClosed && (l.Template == "score-echo" || l.Template == "score-reminder") {
			return nil
		}
		f, _, err := outbox.Fates.Get(b.tx, key)
		out = append(out, Event{l.At, "发信", l.To, "《" + l.Subject + "》，" + fateWords(f), l.Code})
		return err
	}))
	return out
}

func fateWords(f outbox.Fate) string {
	words := map[outbox.State]string{outbox.Waiting: "待发", outbox.Sending: "发送中", outbox.Failed: "未能送达", outbox.Held: "暂存", outbox.Superseded: "未发出，已被取代或撤下"}
	if f.State == outbox.Sent {
		return longClock(f.At) + "发出"
	}
	return words[f.State]
}

// scoresOf are the experts' scores for a case, a line each.
func (b *Bench) scoresOf(number string) []string {
	var out []string
	for _, m := range b.Members() {
		if !m.has(number) {
			continue
		}
		sc := b.Scoring(m.Expert, number)
		if sc == nil {
			out = append(out, b.title(m)+"：未评分")
			continue
		}
		line := b.title(m) + "："
		total := 0
		for _, c := range b.Panel.Rule.Criteria {
			if cell, ok := sc.Cells[c.Name]; ok {
				line += c.Name + Points(cell.Value) + "，"
				total += cell.Value
			}
		}
		if sc.complete(b.Panel.Rule) {
			line += "合计" + Points(total)
		}
		if why := sc.aside(); why != "" {
			line += "（" + why + "）"
		}
		if sc.Comment != "" {
			line += "；评语：" + sc.Comment
		}
		out = append(out, strings.TrimSuffix(line, "，"))
	}
	return out
}

func longClock(t time.Time) string { return t.In(intake.Zone()).Format("2006年1月2日15:04") }

// Text writes the file as plain text.
func (d Dossier) Text() string {
	var out strings.Builder
	c := d.Case
	fmt.Fprintf(&out, "案卷　%s\n参评单位：%s\n参评案例：%s\n报送：%s\n参评领域：%s\n状态：%s\n", c.Number, c.Unit, c.Case, c.City, strings.Join(c.Categories, "、"), d.State)
	section := func(title string, lines []string) {
		if len(lines) == 0 {
			return
		}
		fmt.Fprintf(&out, "\n%s\n", title)
		for i, l := range lines {
			fmt.Fprintf(&out, "%d. %s\n", i+1, strings.Join(strings.Fields(l), " "))
		}
	}
	var events, files, findings []string
	for _, e := range d.Events {
		events = append(events, e.line())
	}
	for _, f := range c.Files {
		files = append(files, fmt.Sprintf("%s（%s，%d字节%s）%s", f.Path, f.Role.Title(), f.Bytes, standingWords(f.Standing), f.SHA256))
	}
	for _, f := range c.Findings {
		findings = append(findings, map[string]string{"open": "", "waived": "（已免）", "pending": "（待后补）"}[f.State]+f.Message)
	}
	section("一、经过", events)
	section("二、材料", files)
	section("三、核对情况", findings)
	section("四、专家评分", d.Scores)
	return out.String()
}

func (e Event) line() string {
	who, ref := "", ""
	if e.Who != "" {
		who = e.Who + "　"
	}
	if e.Ref != "" {
		ref = "〔" + clip(e.Ref, 20) + "〕"
	}
	return longClock(e.At) + "　" + e.Kind + "　" + who + e.Text + ref
}

func standingWords(s intake.Standing) string {
	words := map[intake.Standing]string{intake.StandingReplaced: "已被替换", intake.StandingPending: "待确认", intake.StandingRefused: "不采用"}
	if w := words[s]; w != "" {
		return "，" + w
	}
	return ""
}
