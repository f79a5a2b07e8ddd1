package templates

import (
	"fmt"
	"strconv"
	"strings"
)

// wordsRunes is how much of an expert's own words is quoted in a question.
const wordsRunes = 120

// ScoreEcho answers an expert's scores. Where all is well it is a conclusion, a
// way to correct, and the table.
func (f Frame) ScoreEcho(d ScoreEcho) Letter {
	f = f.toExpert()
	s := &sheet{}
	greetExpert(s, d.Expert)
	switch {
	case d.Closed:
		s.put(lead, "您好！来信已收到并妥善保存。", "本次评分已经结束，来信中的评分未作记录", "。如有疑问，请与我处联系"+f.call()+"。")
	case d.Unproved && len(d.Recorded) > 0:
		s.put(lead, "您好！"+d.conclusion()+"，", "经您确认后计入", "。因来信不是对我处邮件的回复，为确保评分出自您本人，烦请核对。")
		s.put(ask, "核对无误，请直接回复本邮件“确认”。"+d.correct("请"))
	default:
		s.put(lead, "您好！", d.conclusion(), d.thanks())
		s.put(ask, d.todo())
	}
	for _, n := range d.Notes {
		s.put(para, n)
	}
	if !d.Closed {
		d.queries(s)
		openCases(s, d.Open, d.OpenMore, d.Criteria)
	}
	d.recorded(s)
	return f.close(f.subject(d.subject(), ""), s)
}

// tally counts what was recorded: scored, recused, abstained.
func (d ScoreEcho) tally() (scored, recused, abstained int) {
	for _, c := range d.Recorded {
		switch {
		case c.Recused:
			recused++
		case c.Abstained:
			abstained++
		default:
			scored++
		}
	}
	return scored, recused, abstained
}

// record says what was recorded: 已记录10个案例的评分、1个案例的回避.
func (d ScoreEcho) record() string {
	scored, recused, abstained := d.tally()
	var parts []string
	for _, x := range []struct {
		n    int
		what string
	}{{scored, "评分"}, {recused, "回避"}, {abstained, "弃权"}} {
		if x.n > 0 {
			parts = append(parts, fmt.Sprintf("%d个案例的%s", x.n, x.what))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "已记录" + strings.Join(parts, "、")
}

// conclusion is the first line: what was recorded, what needs him, what is open.
func (d ScoreEcho) conclusion() string {
	var parts []string
	if r := d.record(); r != "" {
		parts = append(parts, r)
	} else {
		parts = append(parts, "来信已收到")
	}
	if n := len(d.Queries); n > 0 {
		parts = append(parts, fmt.Sprintf("有%d处需要您写明", n))
	}
	switch n := len(d.Open) + d.OpenMore; {
	case d.Unproved: // nothing of it counts yet
	case n > 0:
		parts = append(parts, fmt.Sprintf("尚有%d个案例待评", n))
	case d.Complete:
		parts = append(parts, "您负责的案例已全部完成")
	}
	return strings.Join(parts, "，")
}

func (d ScoreEcho) thanks() string {
	if d.Complete && len(d.Queries) == 0 {
		return "，谢谢！"
	}
	return "。"
}

func (d ScoreEcho) subject() string {
	switch {
	case d.Closed:
		return "【来信已收到】评分已经结束，来信中的评分未作记录"
	case d.Unproved && len(d.Recorded) > 0:
		return "【请确认】" + d.conclusion() + "，回复“确认”后计入"
	}
	return "【评分回执】" + d.conclusion()
}

// todo says how to go on: answer the questions, score the rest, or correct.
func (d ScoreEcho) todo() string {
	when := "请"
	if d.Deadline != "" {
		when = "请在" + d.Deadline + "前"
	}
	open := len(d.Open)+d.OpenMore > 0
	switch {
	case len(d.Queries) > 0 && open:
		return when + "直接回复本邮件，只写需要写明的和待评的部分即可，已记录的不必重写。" + d.legend()
	case len(d.Queries) > 0:
		return when + "直接回复本邮件，只写需要写明的部分即可，已记录的不必重写。"
	case open:
		return when + "直接回复本邮件，补上待评的部分即可，已记录的不必重写。" + d.legend()
	case len(d.Recorded) == 0:
		return ""
	}
	return d.correct(when)
}

// legend is the order of the criteria, for who has cases left to score.
func (d ScoreEcho) legend() string {
	if len(d.Criteria) == 0 {
		return ""
	}
	return "各项依次为" + inOrder(d.Criteria) + "。"
}

// correct says how a recorded value is changed. No case has the number 0000.
func (d ScoreEcho) correct(when string) string {
	example := ""
	if n := len(d.Criteria); n > 0 {
		c := d.Criteria[min(1, n-1)]
		example = "，例如：0000 " + c.Name + " " + strconv.Itoa(c.Max*4/5)
	}
	return "如需更正，" + when + "直接回复案例编号、项目和新的分值" + example + "。"
}

// queries asks back, with his own words.
func (d ScoreEcho) queries(s *sheet) {
	if len(d.Queries) == 0 {
		return
	}
	s.begin(open)
	s.put(label, fmt.Sprintf("需要您写明（%d处，均未记录）", len(d.Queries)))
	for i, q := range d.Queries {
		strong, _ := title(q.Number, q.Unit, "")
		words := "您写的是" + quoted(shorten(oneLine(q.Words), wordsRunes))
		if strong = strings.TrimLeft(strong, "　"); strong == "" {
			s.put(item, fmt.Sprintf("%d. ", i+1), words)
		} else {
			s.put(item, fmt.Sprintf("%d. ", i+1), strong)
			s.put(under, words)
		}
		s.put(under, "→ "+q.Why)
	}
}

// recorded is the table of what stands in the record.
func (d ScoreEcho) recorded(s *sheet) {
	if len(d.Recorded) == 0 {
		return
	}
	s.begin(plain)
	switch {
	case d.Closed:
		s.put(label, "来信中的评分（未记录）")
	case len(d.Queries) > 0 || len(d.Open) > 0 || len(d.Notes) > 0:
		s.put(label, fmt.Sprintf("已记录的案例（%d个）", len(d.Recorded)))
	}
	short, units := shortNames(d.Criteria), map[string]int{}
	for _, c := range d.Recorded {
		units[c.Unit]++
	}
	for _, c := range d.Recorded {
		name := ""
		if c.Unit == "" || units[c.Unit] > 1 {
			name = c.Case // the unit alone does not tell which
		}
		strong, tail := title(c.Number, c.Unit, name)
		s.card(strong, tail+c.standing(), c.cells(short))
		if c.Comment != "" {
			s.put(under, "评语："+shorten(oneLine(c.Comment), wordsRunes))
		}
	}
	if !d.Closed && !d.Unproved && (len(d.Queries) > 0 || len(d.Open)+d.OpenMore > 0) {
		s.put(para, d.correct("请"))
	}
}

func (c EchoCase) standing() string {
	switch {
	case c.Recused:
		return "　已登记回避，不评分"
	case c.Abstained:
		return "　已登记弃权，不评分"
	}
	return ""
}

// cells are the values of a card: each criterion, then the total.
func (c EchoCase) cells(short map[string]string) []cell {
	if c.Recused || c.Abstained {
		return nil
	}
	var out []cell
	for _, e := range c.Cells {
		x := cell{Name: e.Criterion, Value: e.Value}
		if s := short[e.Criterion]; s != "" {
			x.Name = s
		}
		if e.Was != "" {
			x.Was, x.Strong = "(原"+e.Was+")", true
		}
		if e.Value == "" {
			x.Value, x.Tone = "未评", open
		}
		out = append(out, x)
	}
	if c.Total != "" {
		out = append(out, cell{Name: "合计", Value: c.Total, Strong: true})
	}
	return out
}
