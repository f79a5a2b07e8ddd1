package templates

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"
)

// ScoreRequest asks an expert for scores: what is asked, how to answer, the
// criteria, a table to fill in, then the cases themselves. It brings the score
// sheet and the materials (requestFiles). Of several mails only the first asks;
// the others bring files.
func (f Frame) ScoreRequest(d ScoreRequest) Letter {
	if d.Part > 1 {
		return f.furtherFiles(d)
	}
	s := &sheet{}
	d.asked(s)
	d.howTo(s, d.fileName(sheetName, ".xlsx"), f.limit("单封邮件"))
	d.measures(s)
	d.list(s)
	s.begin(plain)
	s.put(label, "评分表（请把分数填在空白处，未评的留空）")
	s.fillIn("案例", d.columns(), d.rows())
	for _, c := range d.Cases {
		requestCase(s, c, d.Criteria)
	}
	return f.closeExpert(f.subject(d.conclusion(), d.Title+"评审"), s)
}

// asked says in the first lines what is asked, until when and how.
func (d ScoreRequest) asked(s *sheet) {
	s.begin(plain)
	s.put(salute, honoured(d.Expert)+"：")
	n, when := fmt.Sprintf("%d个", len(d.Cases)), ""
	if d.Batch > 1 {
		n = "增补的" + n
	}
	if d.Deadline != "" {
		when = "于" + d.Deadline + "前"
	}
	s.put(lead, "您好！请您为“"+d.Title+"”的", n+"参评案例评分", "，请"+when+"直接回复本邮件。")
	s.put(ask, "怎样填都可以：在回信里写分数、在下面的评分表里填、填好附件“"+d.fileName(sheetName, ".xlsx")+"”发回，任选一种。")
	s.put(para, "评分依据见下文各案例；附件“"+d.fileName(materialsName, ".docx")+"”内容相同，便于用Word或WPS阅读、打印。"+d.parts())
	if d.Document != "" {
		s.put(small, "征集通知："+d.Document)
	}
}

func (d ScoreRequest) parts() string {
	const what = "申报材料原件（一个案例一个压缩包，以编号命名；申报表已摘入评审材料，不另附）"
	switch {
	case d.Parts < 1:
		return ""
	case d.Parts == 1:
		return what + "随本邮件发送。"
	}
	return fmt.Sprintf("%s分%d封邮件发送，本邮件为第%d封。", what, d.Parts, d.Part)
}

// howTo shows the ways to answer. Its example is case 0000, which nobody has.
func (d ScoreRequest) howTo(s *sheet, file, limit string) {
	var named, bare []string
	for i, c := range d.Criteria {
		v := fmt.Sprint(c.Max * 9 / 10)
		if i == 1 {
			v = fmt.Sprintf("%d.5", c.Max*8/10)
		}
		named, bare = append(named, c.Name+v), append(bare, v)
	}
	s.begin(plain)
	s.put(label, "怎样回复")
	s.put(item, "1. 写在回信里：一个案例一行，例如“0000 "+strings.Join(named, "，")+"”；也可以按指标顺序只写数字，例如“0000 "+strings.Join(bare, " ")+"”。")
	s.put(item, "2. 填在评分表里：回复时，在引用的原文中把分数写进评分表。")
	s.put(item, "3. 填在附件里：填好“"+file+"”，作为附件发回"+limit+"。")
	s.put(item, "4. 可以分几次评，缺的以后再补；要改分，再写一次即可，以后一次为准。")
	s.put(item, "5. 需要回避的，请写“回避 0000 理由”；不评的，请写“弃权 0000”；有疑问，直接写在回信里。")
	s.put(para, "0000只是示例，请换成案例编号的后四位。请逐项打分，只写总分的无法登记。收到后，我处会把记录下来的分数发给您核对。案例材料和评分请注意保密。")
}

// measures are the criteria and what becomes of the scores.
func (d ScoreRequest) measures(s *sheet) {
	total := 0
	for _, c := range d.Criteria {
		total += c.Max
	}
	s.begin(plain)
	s.put(label, fmt.Sprintf("评分指标（满分%d分，可用小数，如8.5）", total))
	for i, c := range d.Criteria {
		s.put(item, fmt.Sprintf("%d. %s　", i+1, c.Name), fmt.Sprintf("%d分", c.Max))
	}
	if d.Rule != "" {
		s.put(para, "排名办法："+d.Rule)
	}
	if d.Hash != "" {
		s.put(small, "以上指标、分值和排名办法在本次评审中不再变动，校验码："+d.Hash)
	}
}

// list names the cases.
func (d ScoreRequest) list(s *sheet) {
	s.begin(plain)
	s.put(label, fmt.Sprintf("案例清单（%d个）", len(d.Cases)))
	for i, c := range d.Cases {
		strong, tail := title(c.Number, c.Unit, c.Case)
		s.put(item, fmt.Sprintf("%d. ", i+1), strong, tail)
		s.put(under, c.place())
	}
}

// place is city and field: 广州市　电商平台、电商服务.
func (c RequestCase) place() string {
	return strings.Trim(c.City+"　"+strings.Join(c.Fields, "、"), "　")
}

// columns are what is filled in for a case.
func (d ScoreRequest) columns() []string {
	var out []string
	for _, c := range d.Criteria {
		out = append(out, c.heading())
	}
	return append(out, "评语")
}

// heading is the criterion with its maximum, as sheets and tables name it.
func (c Criterion) heading() string { return fmt.Sprintf("%s（%d分）", c.Name, c.Max) }

func (d ScoreRequest) rows() []line {
	var out []line
	for _, c := range d.Cases {
		strong, tail := title(c.Number, "", c.Case)
		unit := ""
		if c.Unit != "" {
			unit = "　" + c.Unit
		}
		out = append(out, line{Strong: strong, Tail: unit + tail})
	}
	return out
}

// requestCase is what a case is judged by.
func requestCase(s *sheet, c RequestCase, criteria []Criterion) {
	s.begin(read)
	strong, tail := title(c.Number, c.Unit, c.Case)
	s.put(head, "■ ", strong, tail)
	s.put(para, c.place())
	for _, p := range c.texts(criteria) {
		s.put(label, p.title)
		for _, text := range p.paragraphs {
			s.put(para, "　　"+text)
		}
	}
}

// passage is one part of a form with its heading.
type passage struct {
	title      string
	paragraphs []string
}

// texts are the parts of the form in the order of the criteria they speak to.
func (c RequestCase) texts(criteria []Criterion) []passage {
	basis := ""
	for _, x := range criteria {
		if x.Name == strength {
			basis = "（“" + strength + "”的评分依据）"
		}
	}
	return []passage{
		{summaryPart + "（一）项目简介", paragraphs(c.Background)},
		{summaryPart + "（二）技术性与创新性", paragraphs(c.Innovation)},
		{summaryPart + "（三）效益性", paragraphs(c.Benefit)},
		{summaryPart + "（四）示范性", paragraphs(c.Demonstration)},
		{"参评单位简介" + basis, paragraphs(c.Intro)},
	}
}

// summaryPart is part two of the form.
const summaryPart = "案例概述"

// strength is the criterion that is judged by the unit itself, not by its case.
const strength = "整体实力"

// paragraphs cuts a text at its line ends. An empty one says so: the reader must
// not take it for an oversight of the letter.
func paragraphs(text string) []string {
	var out []string
	for _, l := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("\r\n\v\f\u2028\u2029", r) }) {
		if l = strings.Trim(oneLine(l), " 　"); l != "" {
			out = append(out, l)
		}
	}
	if len(out) == 0 {
		return []string{"（申报表电子文本中没有这一部分。）"}
	}
	return out
}

func (d ScoreRequest) conclusion() string {
	mark, when := "【请评分】", "请回复本邮件"
	if d.Batch > 1 {
		mark = "【请评分（增补）】"
	}
	if d.Deadline != "" {
		when = d.Deadline + "前回复"
	}
	if d.Parts > 1 {
		when += fmt.Sprintf("（材料%d/%d）", d.Part, d.Parts)
	}
	return fmt.Sprintf("%s%d个案例，%s", mark, len(d.Cases), when)
}

// furtherFiles accompanies the files of the second mail and those after it.
func (f Frame) furtherFiles(d ScoreRequest) Letter {
	s := &sheet{}
	s.begin(plain)
	s.put(salute, honoured(d.Expert)+"：")
	s.put(lead, fmt.Sprintf("您好！申报材料原件共%d封邮件，本邮件为第%d封，", d.Parts, d.Part), "仅供查阅，无需回复", "。评分请回复第1封。")
	d.list(s)
	return f.closeExpert(f.subject(fmt.Sprintf("【评审材料%d/%d】无需回复，评分请回复第1封", d.Part, d.Parts), d.Title+"评审"), s)
}

// honoured is how a letter addresses an expert: 陈国平老师; a title that stands in
// the name already is enough.
func honoured(name string) string {
	name = strings.TrimSpace(name)
	for _, title := range []string{"老师", "教授", "研究员", "院士", "博士", "工程师", "先生", "女士"} {
		if strings.HasSuffix(name, title) {
			return name
		}
	}
	return name + "老师"
}

// fileName is 评分表-陈国平.xlsx; a further batch says so, because its sheet is
// another one.
func (d ScoreRequest) fileName(what, ending string) string {
	who := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '·' {
			return r
		}
		return -1
	}, d.Expert)
	name := what + "-" + cmp.Or(who, "专家")
	if d.Batch > 1 {
		name += fmt.Sprintf("-第%d批", d.Batch)
	}
	return name + ending
}
