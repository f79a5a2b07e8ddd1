package templates

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
)

// BureauAnswer answers a bureau's commands where no receipt is due.
func (f Frame) BureauAnswer(d BureauAnswer) Letter {
	s := &sheet{}
	words := outcome(d.Results)
	greet(s, d.City)
	s.put(lead, "您好！来信所列事项", words, "。")
	if bad(d.Results) > 0 {
		s.put(ask, "未办理的事项请按下列提示更正后，直接回复本邮件。")
	}
	s.begin(plain)
	results(s, d.Results, "已办理", "未办理")
	for _, c := range d.Cases {
		f.casePart(s, c, d.Deadline)
	}
	var missing []Point
	for _, c := range d.Cases {
		if !c.Withdrawn {
			missing = append(missing, c.Points...)
		}
	}
	if len(missing) > 0 && !onlyReplies(missing) {
		s.begin(plain)
		s.put(para, "补充文件请直接回复本邮件"+f.limit("单封邮件请")+"，已收到的无需重发。")
	}
	who := d.City
	if len(d.Cases) == 1 && d.Cases[0].Unit != "" {
		who = d.Cases[0].Number + " " + d.Cases[0].Unit
	}
	return f.close(f.subject("【回复】"+words, who), s)
}

// results echoes each line with what became of it, in the words for a line that
// was carried out and for one that was not.
func results(s *sheet, list []Result, good, bad string) {
	for i, r := range list {
		s.put(item, fmt.Sprintf("%d. ", i+1), r.Line)
		word := good
		if !r.OK {
			word = bad
		}
		text, lines := eachRow(r.Text)
		lines = append(lines, r.Lines...)
		if word != "" && text != "" {
			word += "："
		}
		if r.OK {
			s.put(under, "→ "+word+text)
		} else {
			s.put(alarm, "→ ", word, text)
		}
		for _, l := range lines {
			s.put(under, "· "+l)
		}
	}
}

var (
	rowsBegin = regexp.MustCompile(`^(.*?：)?第\d+行：`)
	rowsGoOn  = regexp.MustCompile(`；第\d+行：`)
)

// eachRow parts what became of several rows of a letter or list, 第3行：…；第4行：…,
// from what is said of them together.
func eachRow(text string) (together string, rows []string) {
	first, next := rowsBegin.FindStringSubmatch(text), rowsGoOn.FindAllStringIndex(text, -1)
	if first == nil || len(next) == 0 {
		return text, nil
	}
	from := len(first[1])
	for _, at := range next {
		rows, from = append(rows, text[from:at[0]]), at[0]+len("；")
	}
	return cmp.Or(strings.TrimSuffix(first[1], "："), "逐行如下"), append(rows, text[from:])
}

func bad(list []Result) int {
	n := 0
	for _, r := range list {
		if !r.OK {
			n++
		}
	}
	return n
}

// outcome is 已办理2项，1项未办理.
func outcome(list []Result) string {
	b := bad(list)
	switch {
	case b == 0:
		return fmt.Sprintf("已办理%d项", len(list))
	case b == len(list):
		return fmt.Sprintf("%d项未办理", b)
	}
	return fmt.Sprintf("已办理%d项，%d项未办理", len(list)-b, b)
}
