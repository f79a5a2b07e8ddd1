package intake

import (
	"cmp"
	"fmt"
	"strings"

	"golang.org/x/text/width"

	"anli/parser/command"
	"anli/templates"
)

// bureauLines carries out the commands in a bureau's mail and gives what became
// of each. Who writes commands waits for that, so the answer goes at once; who says
// beside his files that others follow may be sending them now.
func (s *Sitting) bureauLines(in Incoming, b *Burst) (out []templates.Result, ordered bool) {
	for _, l := range in.Lines {
		if r := s.bureauLine(in, b, l); r.Text != "" {
			out = append(out, r)
			ordered = ordered || l.Rest != command.InProse || len(in.Pieces) == 0
		}
	}
	return out, ordered
}

func (s *Sitting) bureauLine(in Incoming, b *Burst, l command.Line) templates.Result {
	r := templates.Result{Line: l.Text}
	switch l.Verb {
	case "进度":
		s.progress(in)
	case "更正":
		r.OK, r.Text = s.correct(in, b, l)
	case "撤回", "恢复":
		r.OK, r.Text = s.withdraw(in, b, l)
	case "同意", "不并入":
		r.OK, r.Text = s.consent(in, b, l)
	case "请核", "稍后", "U盘":
		r.OK, r.Text = s.promise(in, b, l)
	case "主要领域":
		r.OK, r.Text = s.mainField(in, b, l)
	case "替换":
		r.OK, r.Text = s.exchange(in, b, l)
	case "不申报":
		r.OK, r.Text = s.decline(in)
	case "=":
		r.OK, r.Text = s.assign(in, b, l)
	default:
		r.Text = plainEnd(l.Why) + "。"
	}
	return r
}

// target is the case a command line is about: by its code, else the only case of
// the thread or the burst. The second value says in Chinese why there is none.
func (s *Sitting) target(in Incoming, b *Burst, l command.Line) (*Case, string) {
	if len(l.Codes) > 0 {
		c := s.Case(l.Codes[0])
		if c == nil || c.City != in.City {
			return nil, "贵市没有编号为" + l.Codes[0] + "的案例，请核对编号。"
		}
		return c, ""
	}
	numbers := in.Thread
	if len(numbers) == 0 {
		numbers = b.Cases
	}
	if len(numbers) != 1 {
		return nil, "请写明案例编号。"
	}
	return s.Case(numbers[0]), ""
}

// correct keeps a value beside the form's own, with its source; no new stamp is
// needed for a wrong digit.
func (s *Sitting) correct(in Incoming, b *Burst, l command.Line) (bool, string) {
	c, why := s.target(in, b, l)
	if c = s.survivor(c); c == nil {
		return false, why
	}
	key, ok := FieldByLabel(l.Args[0])
	if !ok {
		return false, "没有名为“" + l.Args[0] + "”的栏目，可更正的栏目：单位名称、案例名称、负责人、联系人、联系电话、邮箱、领域、其他领域、其他奖励、信用代码。"
	}
	if c.Frozen() {
		s.AddRow(Row{ID: "frozen/" + in.Mail.SHA256 + "/" + c.Number + "/" + l.Args[0], Kind: "frozen", Case: c.Number, Mail: in.Mail.SHA256, Replies: []string{"无关"},
			Text: c.City + "来信更正评审中的" + c.Number + "的" + l.Args[0] + "：“" + clip(l.Rest, 60) + "”，未作更改。"})
		return false, c.Number + "已进入评审，材料不再自动更改；贵局的更正已转我处经办同志。"
	}
	value := l.Rest
	if key == "phone" || key == "email" || key == "credit_code" { // no name on a plaque: its width is the keyboard's
		value = width.Fold.String(value)
	}
	if key == "categories" {
		if value = s.knownFields(value); value == "" {
			return false, "领域名称应为：" + strings.Join(s.Settings.Call.Fields, "、") + "。"
		}
	}
	c.Corrections = append(c.Corrections, Correction{Field: key, Value: value, At: s.Now, Mail: in.Mail.SHA256})
	s.changed(in, b, c)
	return true, fmt.Sprintf("已登记，%s的%s现为“%s”。", c.Number, l.Args[0], value)
}

// knownFields gives the fields of the call named in a text, in the call's order.
func (s *Sitting) knownFields(text string) string {
	var out []string
	rest := plainName(text)
	for _, f := range s.Settings.Call.Fields {
		if strings.Contains(rest, plainName(f)) {
			out = append(out, f)
		}
	}
	return strings.Join(out, "、")
}

func (s *Sitting) changed(in Incoming, b *Burst, c *Case) {
	s.changedWords(in, b, c)
	s.revise(b, c)
}

// changedWords is changed where the package itself is as it was.
func (s *Sitting) changedWords(in Incoming, b *Burst, c *Case) {
	c.Touched = in.Mail.Arrival
	s.Touch(c)
	s.refresh(c)
	b.Cases = addOnce(b.Cases, c.Number)
	in.Mail.Cases = addOnce(in.Mail.Cases, c.Number)
}

// withdraw needs proof that the writer saw a letter of ours.
func (s *Sitting) withdraw(in Incoming, b *Burst, l command.Line) (bool, string) {
	if len(l.Codes) == 0 && !in.Proof {
		return false, "" // 撤回 in passing: prose
	}
	c, why := s.target(in, b, l)
	if c == nil {
		return false, why
	}
	if !in.Proof {
		return false, "为防误操作，请直接回复我处发出的任一回执并写明“" + l.Verb + " " + c.Number + "”。"
	}
	if i := c.standing(""); i >= 0 && c.Stage == StageWithdrawn && (c.Decisions[i].Verb == "撤回" || c.Decisions[i].Verb == "合并") {
		return false, c.Number + cmp.Or(c.whereTo(), "已由我处撤回") + "，如有出入请来电联系。"
	}
	if l.Verb == "撤回" {
		if c.Stage != StageIncomplete && c.Stage != StageComplete {
			return false, c.Number + "当前状态不能撤回，请来电联系。"
		}
		c.Stage = StageWithdrawn
	} else {
		if c.Stage != StageWithdrawn {
			return false, c.Number + "未曾撤回，无需恢复。"
		}
		c.Stage = StageIncomplete
		s.recommends(c.City)
	}
	s.changed(in, b, c)
	if l.Verb == "撤回" {
		return true, c.Number + "已撤回，材料仍妥善保存；如需恢复，回复“恢复 " + c.Number + "”。"
	}
	return true, c.Number + "已恢复。"
}

// consent answers C5 or the question which files count.
func (s *Sitting) consent(in Incoming, b *Burst, l command.Line) (bool, string) {
	c, why := s.target(in, b, l)
	if c = s.survivor(c); c == nil {
		return false, why
	}
	if !in.Proof {
		return false, "请直接回复我处的询问邮件并写明“" + l.Verb + "”。"
	}
	if c.Frozen() {
		return false, c.Number + "已进入评审，后到的文件已保存，是否采用由我处研究后告知。"
	}
	if c.waiting() == 0 {
		return false, c.Number + "没有待确认的文件。"
	}
	asked := askedAbout(in.Answered)
	if len(asked) == 0 {
		asked = s.ownPending(c) // a receipt lists these, too
	}
	if len(asked) == 0 {
		return false, "请直接回复列有文件清单的询问邮件并写明“" + l.Verb + "”。"
	}
	if l.Verb == "同意" {
		n := c.accept(asked)
		c.setHold(HoldUnconfirmed, c.Has(HoldUnconfirmed) && c.waiting() > 0)
		s.changed(in, b, c)
		return true, fmt.Sprintf("%d个文件已并入%s。", n, c.Number)
	}
	n := c.refuse(asked)
	c.setHold(HoldUnconfirmed, c.Has(HoldUnconfirmed) && c.waiting() > 0)
	s.changed(in, b, c)
	return true, fmt.Sprintf("%d个文件未并入%s，另行保存。", n, c.Number)
}

// askedAbout are the mails whose files the answered letters list: consent to one
// question is none to another.
func askedAbout(keys []string) map[string]bool {
	mails := map[string]bool{}
	for _, k := range keys {
		if parts := strings.SplitN(k, "/", 3); len(parts) == 3 && (parts[0] == "company" || parts[0] == "confirm") {
			mails[parts[1]] = true
		}
	}
	return mails
}

// ownPending are the mails of the bureau itself that brought files which wait. A
// company's need the bureau's word on the very letter that lists them.
func (s *Sitting) ownPending(c *Case) map[string]bool {
	mails := map[string]bool{}
	for _, f := range c.Files {
		if m, ok := s.Mail(f.Mail); ok && f.Standing == StandingPending && s.Settings.Serves(m.From, c.City) {
			mails[f.Mail] = true
		}
	}
	return mails
}

// progress answers 进度 at once: where the city stands.
func (s *Sitting) progress(in Incoming) {
	p := templates.Progress{City: in.City, AsOf: clockTime(s.Now), Deadline: DeadlineText(s.Settings.Call.Deadline), Left: Left(s.Now, s.Settings.Call.Deadline),
		Allowed: s.Settings.Call.QuotaOf(in.City)}
	var numbers []string
	for _, c := range s.Cases(in.City) {
		if c.Stage == StageWithdrawn {
			continue
		}
		if c.lapse(s.Now) {
			s.refresh(c)
			s.Touch(c)
		}
		part := s.CasePart(c)
		part.Files = nil
		p.Cases = append(p.Cases, part)
		numbers = append(numbers, c.Number)
	}
	s.Put(Post{Key: "progress/" + in.Mail.SHA256 + "/" + in.Address, To: in.Address, Class: ClassAnswer, Template: "progress", Data: p, Answers: in.Mail, Cases: numbers})
}

// askConfirm asks the enrolled address whether material that waits is to count.
// reasons are what the case would lack with it.
func (s *Sitting) askConfirm(in Incoming, c *Case, worse bool, reasons []string) {
	var names []string
	for _, f := range c.Files {
		if f.Standing == StandingPending && f.Mail == in.Mail.SHA256 {
			names = append(names, f.Path)
		}
	}
	if len(names) == 0 {
		return
	}
	from := in.Mail.From
	if s.Settings.Serves(from, c.City) {
		from = "" // the bureau's own
	}
	s.Put(Post{Key: "confirm/" + in.Mail.SHA256 + "/" + c.Number + "/" + in.Address, To: in.Address, Class: ClassAnswer, Template: "confirm-material",
		Data:    templates.ConfirmMaterial{City: in.City, Number: c.Number, Unit: c.Unit, Arrived: clockTime(in.Mail.Arrival), From: from, Files: names, Worse: worse, Reasons: reasons},
		Answers: in.Mail, Cases: []string{c.Number}})
}
