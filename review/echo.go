package review

import (
	"regexp"

	"anli/intake"
	"anli/parser/score"
	"anli/templates"
)

// shownOpen is how many open cases an echo lists.
const shownOpen = 30

// echo writes back what was recorded, what is open and what was not understood.
func (b *Bench) echo(o *reply) {
	s := o.Member
	e := templates.ScoreEcho{Expert: s.Name, Criteria: criteriaOf(b.Panel.Rule), Queries: o.queries, Notes: o.notes, Unproved: o.waits, Deadline: b.closes()}
	for _, number := range s.assigned() {
		if o.cases[number] {
			e.Recorded = append(e.Recorded, b.echoCase(s, number, o.was[number]))
		}
	}
	b.openIn(&e, s)
	b.Put(intake.Post{Key: "echo/" + o.Mail.SHA256 + "/" + o.Mail.From, To: o.Mail.From, Class: intake.ClassAnswer, Template: "score-echo", Data: e,
		Answers: o.Mail, Cases: sorted(o.cases)})
}

// openIn lists in an echo what he is still to score.
func (b *Bench) openIn(e *templates.ScoreEcho, s *Member) {
	if s.State != MemberAccepted || !s.wasAsked() {
		return
	}
	open := b.openOf(s)
	for _, number := range open[:min(len(open), shownOpen)] {
		e.Open = append(e.Open, b.echoCase(s, number, nil))
	}
	e.OpenMore = len(open) - len(e.Open)
	e.Complete = len(open) == 0 && b.counts(s).unproved == 0
}

// echoEntry shows an expert what staff entered from his paper: the scores are his, and
// he is the one to see a slip.
func (b *Bench) echoEntry(s *Member, number, mail string, was map[string]int) {
	e := templates.ScoreEcho{Expert: s.Name, Criteria: criteriaOf(b.Panel.Rule), Deadline: b.closes(), Recorded: []templates.EchoCase{b.echoCase(s, number, was)},
		Notes: []string{"以下评分由我处工作人员按您签字的评分表登记。请核对，如有不符，请直接回复本邮件更正。"}}
	b.openIn(&e, s)
	b.Put(intake.Post{Key: "echo/" + mail + "/" + number + "/" + hashed(e.Recorded) + "/" + s.Address(), To: s.Address(), Class: intake.ClassAnswer, Template: "score-echo", Data: e,
		Topic: "review/" + s.Expert, Cases: []string{number}})
}

// echoCase is a case as an echo or a reminder shows it to the expert himself.
func (b *Bench) echoCase(s *Member, number string, was map[string]int) templates.EchoCase {
	e := templates.EchoCase{Number: number}
	if c := b.Case(number); c != nil {
		e.Unit, e.Case = c.Unit, c.Case
	}
	sc := b.Scoring(s.Expert, number)
	total, whole := 0, true
	for _, c := range b.Panel.Rule.Criteria {
		cell := templates.EchoCell{Criterion: c.Name}
		have, ok := Cell{}, false
		if sc != nil {
			have, ok = sc.Cells[c.Name]
		}
		if ok {
			cell.Value = Points(have.Value)
			total += have.Value
		}
		if old, changed := was[c.Name]; changed {
			cell.Was = Points(old)
		}
		whole = whole && ok
		e.Cells = append(e.Cells, cell)
	}
	if whole {
		e.Total = Points(total)
	}
	if sc != nil {
		e.Comment, e.Recused, e.Abstained = clip(b.discreet(sc.Comment, s), 200), sc.Recused, sc.Abstained
	}
	return e
}

// why says what is unclear and how to write it, without a figure: nothing in it
// could be taken for a score.
func why(r score.Reason) string {
	words := map[score.Reason]string{
		"total-alone":    "只有总分，没有各项分数，未记录。请写明各项分数。",
		"total-differs":  "各项相加与所写总分不一致，未记录。请核对后写明各项分数。",
		"range":          "写的是一个范围，未记录。请写明一个分数。",
		"about":          "写的是大约数，未记录。请写明一个分数。",
		"out-of-range":   "超出该项满分或低于零分，未记录。请核对后重写该项分数。",
		"two-values":     "同一项有两个不同的分数，未记录。请写明以哪个为准。",
		"ditto":          "“同上”之类的写法不能确定分数，未记录。请写明各案例的各项分数。",
		"unassigned":     "该案例不在请您评审的案例之内，未记录。请核对案例编号。",
		"unclear-case":   "不能确定是哪个案例，未记录。请写明案例编号。",
		"unclear-number": "不能确定是哪个案例，未记录。请写明完整的案例编号。",
		"count":          "分数的个数与评分项数不一致，未记录。请按评分项逐一写明。",
		"picture":        "以图片发来的评分无法识别，未记录。请在回复中写明分数，或填写评分表后发来。",
		"foreign-sheet":  "这份评分表不是发给您的那一份，未记录。请使用发给您的评分表，或在回复中写明分数。",
		"foreign-letter": "您回复的不是发给您的评审邮件，未记录。请直接回复发给您的邮件。",
		"unreadable":     "附件无法打开，未记录。请在回复中写明分数，或重新发送评分表。",
		"older":          "您此后已另有来信，按较晚的来信记录，未更改。如需更改，请重写该案例的各项分数。",
		"recused":        "您已对该案例声明回避，未记录。如系误报，请来电说明。",
		"void":           "该案例的评分已由我处按规定处理，未记录。如有疑问，请来电联系。",
	}
	if w, ok := words[r]; ok {
		return w
	}
	return "未能确定含义，未记录。请写明案例编号和各项分数。"
}

// What stays of an expert's words where figures are masked: case numbers, letter
// codes, dates, numbers of things.
var (
	plainNumber = regexp.MustCompile(`[A-Z]{1,6}\d{4}-\d{4}|【[0-9A-Z]{4}-[0-9A-Z]{4}】|\d+[个位封]|\d{4}年|\d{1,2}月(?:\d{1,2}[日号])?|\d{1,2}[日号]|十分(?:感谢|抱歉|荣幸|遗憾|高兴|愿意)`)
	figure      = regexp.MustCompile(`[0-9０-９]+(?:[.．][0-9０-９]+)?|` + numerals + `{2,}(?:点` + numerals + `+)?|` + numerals + `(?:点` + numerals + `+|分)`)
	scoredAs    = regexp.MustCompile(`([性力给打评为是：:，, ])` + numerals + `([。，；,; \n]|$)`)
)

const numerals = `[零〇一二三四五六七八九十百两壹贰叁肆伍陆柒捌玖拾]`

// Masked takes figures out of an expert's words: before the close no score is
// shown to staff. Case numbers and dates stay.
func Masked(text string) string {
	out, at := "", 0
	mask := func(s string) string {
		return scoredAs.ReplaceAllString(figure.ReplaceAllString(s, "×"), "${1}×${2}")
	}
	for _, m := range append(plainNumber.FindAllStringIndex(text, -1), []int{len(text), len(text)}) {
		out += mask(text[at:m[0]]) + text[m[0]:m[1]]
		at = m[1]
	}
	return out
}
