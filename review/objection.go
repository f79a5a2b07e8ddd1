package review

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"anli/intake"
	"anli/templates"
)

// Objection is one objection to one case (notice, 五（四）), however it came. Who
// objects stands here, in rows and in letters to staff, and nowhere else.
type Objection struct {
	Number   string        `json:"number"` // YY2024-001
	Case     string        `json:"case"`
	Source   string        `json:"source"` // 邮件, 电话, 来信 …
	Content  string        `json:"content"`
	Original string        `json:"original,omitempty"` // SHA-256 of the mail that objects
	From     string        `json:"from,omitempty"`     // its writer
	Came     time.Time     `json:"came"`               // arrival of that mail, else of staff's order
	Due      time.Time     `json:"due"`                // last second of the last working day for it
	Filed    Order         `json:"filed"`              // 登记异议
	Ending   ObjectionWord `json:"ending,omitempty"`
	Reason   string        `json:"reason,omitempty"`
	Settled  Order         `json:"settled,omitzero"`
	Overdue  bool          `json:"overdue,omitempty"` // staff know that it is
	Letters  []string      `json:"letters,omitempty"` // keys of the letters that tell its writer the end
}

// ObjectionWord is how an objection ended.
type ObjectionWord string

// Ends of objections; none while it is open.
const (
	Upheld    ObjectionWord = "异议成立"
	Dismissed ObjectionWord = "异议不成立"
)

func (o *Objection) open() bool { return o.Ending == "" }

// Objections gives all objections, by number.
func (b *Bench) Objections() []*Objection {
	var out []*Objection
	for _, n := range sorted(b.objections) {
		out = append(out, b.objections[n])
	}
	return out
}

// against are the objections to a case, by number.
func (b *Bench) against(number string, open bool) []*Objection {
	return slices.DeleteFunc(b.Objections(), func(o *Objection) bool { return o.Case != number || open && !o.open() })
}

func (b *Bench) openObjections() []*Objection {
	return slices.DeleteFunc(b.Objections(), func(o *Objection) bool { return !o.open() })
}

func (b *Bench) setObjection(o *Objection) {
	b.objections[o.Number] = o
	b.touched["objection "+o.Number] = true
}

// Filing is an objection that staff have the desk keep (登记异议).
type Filing struct {
	Cases    []string // whole numbers; one objection each; none: the one that the mail names
	Source   string   // "" by mail, where Original is known
	Content  string   // "" the mail's own words
	Original string   // SHA-256 of the mail of the row acted on; "" if it came otherwise
	By, Mail string
}

// keptContent is how much of a mail's words an objection keeps; the mail has all.
const keptContent = 500

// File keeps an objection: a number, a clock in working days, and the case waits.
// The objector who wrote by mail is told the number. Nothing is kept unless all of
// it can be.
func (b *Bench) File(f Filing) (bool, string) {
	m, mailed := intake.Mail{}, false
	if f.Original != "" {
		m, mailed = b.Mail(f.Original)
	}
	if mailed {
		f.Source, f.Content = cmp.Or(f.Source, "邮件"), cmp.Or(f.Content, clip(m.Fresh, keptContent))
		if n := b.aimed(m.Subject + "\n" + m.Fresh); n != "" && len(f.Cases) == 0 {
			f.Cases = []string{n}
		}
	}
	if f.Source == "" || f.Content == "" {
		return false, "请写明来源和内容，例如“登记异议 AL2024-0007 来源 电话 反映…”，未登记。"
	}
	if len(f.Cases) == 0 {
		return false, "请写明异议所针对的案例编号，未登记。"
	}
	for _, n := range f.Cases {
		if why := b.notFileable(n, f.Original); why != "" {
			return false, why + "，未登记。"
		}
	}
	var numbers []string
	came := b.Now
	if mailed {
		came = m.Arrival.In(intake.Zone())
	}
	for _, n := range distinct(f.Cases) {
		numbers = append(numbers, b.file(n, f, m.From, came).Number)
	}
	text := fmt.Sprintf("已登记为%s（%s），应于%s前办结。", strings.Join(numbers, "、"), b.titles(distinct(f.Cases)), day(b.objections[numbers[0]].Due))
	if mailed {
		b.settleMail(m, "登记异议 "+strings.Join(numbers, "、"))
		text += b.acknowledge(&m, numbers)
	}
	return true, text
}

func (b *Bench) notFileable(number, original string) string {
	c := b.Case(number)
	if c == nil {
		return "没有编号为" + number + "的案例"
	}
	if b.List.Award != nil {
		return "已于" + day(b.List.Award.At) + "认定，此后的异议请按规定另行办理"
	}
	switch c.Stage {
	case intake.StageInReview, intake.StageReviewed, intake.StagePublicised, intake.StageNotSelected:
	default:
		return titled(c) + "现为“" + c.StateWords() + "”，尚未进入评审或已不参评，不适用异议"
	}
	for _, o := range b.against(number, false) {
		if original != "" && o.Original == original {
			return "该来信对" + number + "的异议已登记为" + o.Number
		}
	}
	return ""
}

func (b *Bench) file(number string, f Filing, from string, came time.Time) *Objection {
	c := b.Case(number)
	days := cmp.Or(b.Settings.Review.ObjectionDays, objectionDays)
	o := &Objection{Number: fmt.Sprintf("YY%d-%03d", b.Settings.Call.Deadline.In(intake.Zone()).Year(), len(b.objections)+1), Case: number,
		Source: f.Source, Content: f.Content, Original: f.Original, From: from, Came: came, Due: dayEnd(workingDay(b.Settings, came, days)),
		Filed: b.order(f.By, f.Mail)}
	b.setObjection(o)
	b.holdObjected(c)
	b.AddRow(b.objectionRow(o))
	return o
}

// objectionRow is an open objection before staff.
func (b *Bench) objectionRow(o *Objection) intake.Row {
	return intake.Row{ID: "objection/" + o.Number, Kind: "objection", Case: o.Case, Mail: o.Original, Replies: []string{"异议成立 理由", "异议不成立 理由"},
		Text: fmt.Sprintf("异议%s：%s，来源%s%s，应于%s前办结。内容：%s", o.Number, b.titles([]string{o.Case}), o.Source, bracket(o.From), day(o.Due), clip(o.Content, 120))}
}

// holdObjected: a case waits while an objection to it is open.
func (b *Bench) holdObjected(c *intake.Case) {
	on := len(b.against(c.Number, true)) > 0
	if on == c.Has(intake.HoldObjection) {
		return
	}
	c.Holds = slices.DeleteFunc(slices.Clone(c.Holds), func(h intake.Hold) bool { return h == intake.HoldObjection })
	if on {
		c.Holds = append(c.Holds, intake.HoldObjection)
	}
	b.Touch(c)
}

// settleMail ends what a mail of objection left open.
func (b *Bench) settleMail(m intake.Mail, how string) {
	b.finish("objects/"+m.SHA256, how)
	if m.Unhandled {
		m.Unhandled = false
		b.Amend(m)
	}
}

// acknowledge tells an objector the number; it gives the end of the transcript's line.
func (b *Bench) acknowledge(m *intake.Mail, numbers []string) string {
	code := b.Put(intake.Post{Key: "objection/" + numbers[0] + "/" + m.From, To: m.From, Class: intake.ClassObjection, Template: "objection-received", Answers: m,
		Data: templates.Objection{Name: m.Name, Number: strings.Join(numbers, "、"), At: m.Arrival.In(intake.Zone()).Format("1月2日15:04"), Phone: b.Settings.Office.Phone}})
	switch {
	case code == "":
		return ""
	case b.Settings.Letters[intake.ClassObjection] == "approve":
		return "给异议人的回执待贵处放行。"
	}
	return "已向异议人发出回执。"
}

// Conclude records the end of an objection (异议成立, 异议不成立). id is its number or
// that of a case with one open objection. Who settled one may correct himself
// until 认定; another member of staff is asked back.
func (b *Bench) Conclude(id string, end ObjectionWord, reason, by, mail string) (bool, string) {
	o, why := b.objection(id)
	switch {
	case why != "":
		return false, why + "，未执行。"
	case strings.TrimSpace(reason) == "":
		return false, "请写明理由，例如“" + string(end) + " " + o.Number + " 经核查…”，未执行。"
	case o.Ending == end:
		return false, o.Number + "已是“" + string(end) + "”，无需重复。"
	case b.List.Award != nil:
		return false, "已于" + day(b.List.Award.At) + "认定，" + o.Number + "的结论不能再改，未执行。"
	case !o.open() && o.Settled.By != by:
		return false, o.Number + "此前已由" + b.who(o.Settled.By) + "作出相反结论（" + string(o.Ending) + bracket(o.Reason) + "），未执行，请双方核实后由原决定人更改。"
	case end == Upheld && b.Case(o.Case).Stage == intake.StageInReview:
		return false, titled(b.Case(o.Case)) + "尚在评审，请“结束评审”后再作结论，未执行。"
	}
	o.Ending, o.Reason, o.Settled = end, strings.TrimSpace(reason), b.order(by, mail)
	b.setObjection(o)
	return true, b.settled(o)
}

// settled does what follows from an objection's end.
func (b *Bench) settled(o *Objection) string {
	c := b.Case(o.Case)
	b.finish("objection/"+o.Number, string(o.Ending))
	b.finish(overdueKind+"/"+o.Number, string(o.Ending))
	b.holdObjected(c)
	text := o.Number + "：" + string(o.Ending) + "，理由：" + o.Reason + "。"
	upheld := slices.ContainsFunc(b.against(o.Case, false), func(x *Objection) bool { return x.Ending == Upheld })
	switch {
	case upheld && c.Stage != intake.StageNotSelected:
		b.move(c, intake.StageNotSelected)
		text += titled(c) + "不再列入名单。"
	case !upheld && c.Stage == intake.StageNotSelected:
		b.move(c, b.stageWithout(c))
		text += titled(c) + "恢复为“" + c.StateWords() + "”。"
	}
	if left := b.against(o.Case, true); len(left) > 0 {
		text += fmt.Sprintf("对该案例另有%d件异议未办结。", len(left))
	}
	return text + b.answerObjector(o)
}

// stageWithout is the stage of a case that an objection took from the list, once
// none does.
func (b *Bench) stageWithout(c *intake.Case) intake.Stage {
	if slices.Contains(b.List.noticed(), c.Number) {
		return intake.StagePublicised
	}
	return intake.StageReviewed
}

// objection finds one by its number, or by its case where that leaves no doubt.
func (b *Bench) objection(id string) (*Objection, string) {
	if o := b.objections[strings.ToUpper(id)]; o != nil {
		return o, ""
	}
	if b.Case(id) == nil {
		return nil, "没有编号为" + id + "的异议或案例"
	}
	found := b.against(id, true)
	if len(found) == 0 {
		found = b.against(id, false)
	}
	switch len(found) {
	case 0:
		return nil, titled(b.Case(id)) + "没有登记的异议"
	case 1:
		return found[0], ""
	}
	var numbers []string
	for _, o := range found {
		numbers = append(numbers, o.Number)
	}
	return nil, titled(b.Case(id)) + "有多件异议（" + strings.Join(numbers, "、") + "），请按异议编号分别作出结论"
}

// OfRow gives the objection that a row is about; "" if none.
func OfRow(r intake.Row) string {
	for _, prefix := range []string{overdueKind + "/", "objection/"} {
		if n, ok := strings.CutPrefix(r.ID, prefix); ok {
			return n
		}
	}
	return ""
}

func distinct(list []string) []string {
	var out []string
	for _, x := range list {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}
