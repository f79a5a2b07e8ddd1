package review

import (
	"slices"
	"strings"

	"anli/intake"
	"anli/parser/score"
	"anli/templates"
)

// What an expert writes that a person must read.

// forStaff puts before staff what a person must read.
func (b *Bench) forStaff(o *reply) {
	s, a := o.Member, o.Answer
	row := func(kind, text string) {
		o.Mail.Unhandled, o.Mail.Reason = true, "专家来信，请人工处理"
		b.AddRow(intake.Row{ID: "expert/" + o.Mail.SHA256, Kind: kind, Mail: o.Mail.SHA256, Replies: []string{"无关"}, Text: text})
	}
	switch {
	case a.Question != "":
		row("question", "专家"+s.Name+"来信提问："+clip(Masked(a.Question), 120)+"（请在邮箱中查看原信并人工答复）")
		o.notes = append(o.notes, "您提出的问题已转经办同志，将由人工答复。")
	case a.Absence != "":
		row("absence", "专家"+s.Name+"来信称暂不能评审："+strings.TrimRight(clip(Masked(a.Absence), 120), "。；，")+b.insteadOf(s)+"。")
	case a.Prose != "" && len(o.cases)+len(o.queries)+len(o.notes) == 0 && !a.Accept && !a.Confirm:
		row("question", "专家"+s.Name+"来信，未能识别出评分，请阅原信："+clip(Masked(a.Prose), 80))
	}
}

// content: there is something in the mail that a person would expect to count.
func (o *reply) content() bool {
	a := o.Answer
	return len(a.Cells)+len(a.Queries)+len(a.Recusals)+len(a.Abstained)+len(a.Comments) > 0 || a.Question != "" || a.Confirm && o.Proved
}

// recusals are the cases of his that he declares not to judge, in words for staff.
func (o *reply) recusals() string {
	var list []string
	for _, r := range o.Answer.Recusals {
		if o.Member.has(r.Number) {
			list = append(list, r.Number)
		}
	}
	if len(list) == 0 {
		return ""
	}
	return "来信声明回避" + strings.Join(list, "、") + "，如属实请另起一行回复“作废 " + o.Member.Name + " " + strings.Join(list, "、") + " 本人声明回避”。"
}

// tooLate: the panel is closed; nothing is recorded and staff know.
func (b *Bench) tooLate(o *reply) {
	if !o.content() {
		return
	}
	o.Mail.Unhandled, o.Mail.Reason = true, "评审结束后到达的专家来信"
	b.AddRow(intake.Row{ID: "expert/" + o.Mail.SHA256, Kind: "review", Mail: o.Mail.SHA256, Replies: []string{"无关"},
		Text: "专家" + o.Member.Name + "的来信在评审结束后到达，未记录，请阅。" + o.recusals()})
	b.unrecorded(o, templates.ScoreEcho{Closed: true, Notes: []string{"您的来信已转经办同志。"}})
}

// dismissed: another judges in his place. What he scored whole before stays; of what
// he writes now only a recusal counts, which makes nobody's score count.
func (b *Bench) dismissed(o *reply) {
	if !o.content() {
		return
	}
	if o.Proved {
		b.recuse(o, slices.DeleteFunc(slices.Clone(o.Answer.Recusals), func(r score.Recusal) bool { return !o.Member.has(r.Number) }), o.Mail)
	}
	o.Mail.Unhandled, o.Mail.Reason = true, "已替换专家的来信"
	b.AddRow(intake.Row{ID: "expert/" + o.Mail.SHA256, Kind: "review", Mail: o.Mail.SHA256, Replies: []string{"无关"},
		Text: "已替换的专家" + o.Member.Name + "又有来信，评分未记录，请阅。"})
	b.unrecorded(o, templates.ScoreEcho{Notes: []string{"您负责的评审我处已另作安排，来信中的评分未作记录；来信已转经办同志。感谢您的支持。"}})
}

// unrecorded answers a mail of which no score is recorded any more.
func (b *Bench) unrecorded(o *reply, e templates.ScoreEcho) {
	e.Expert, e.Criteria = o.Member.Name, criteriaOf(b.Panel.Rule)
	b.Put(intake.Post{Key: "echo/" + o.Mail.SHA256 + "/" + o.Mail.From, To: o.Mail.From, Class: intake.ClassAnswer, Template: "score-echo", Answers: o.Mail, Data: e})
}
