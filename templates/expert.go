package templates

import (
	"fmt"
	"strings"
)

// expertsClosing is the last sentence of every letter to an expert.
const expertsClosing = "本邮件由系统自动生成，仅用于评审联络和评分登记；评分以专家本人确认为准，不代表评审结论。"

// toExpert gives the frame its closing line for experts.
func (f Frame) toExpert() Frame {
	f.closing = expertsClosing
	return f
}

// greetExpert opens a letter to an expert.
func greetExpert(s *sheet, name string) {
	s.begin(plain)
	if name = strings.TrimSpace(name); name != "" {
		s.put(salute, honoured(name)+"：")
	}
}

// call is the telephone in brackets, for sentences that send somebody to it.
func (f Frame) call() string {
	if f.Phone == "" {
		return ""
	}
	return bracket("电话" + f.Phone)
}

// inOrder names the criteria with their maxima: 技术性与创新性（满分30）、效益性（25）.
func inOrder(criteria []Criterion) string {
	var names []string
	for i, c := range criteria {
		full := fmt.Sprintf("（%d）", c.Max)
		if i == 0 {
			full = fmt.Sprintf("（满分%d）", c.Max)
		}
		names = append(names, c.Name+full)
	}
	return strings.Join(names, "、")
}

// shortNames gives each criterion its first two characters where these tell them
// apart: six values of a case then fit on a phone.
func shortNames(criteria []Criterion) map[string]string {
	names, seen := map[string]string{}, map[string]bool{}
	for _, c := range criteria {
		r := []rune(c.Name)
		short := string(r[:min(2, len(r))])
		if seen[short] || strings.ContainsAny(short, "0123456789.") {
			return nil
		}
		seen[short] = true
		names[c.Name] = short
	}
	return names
}

// openCases lists what has no score yet, each with the criteria that are missing
// where others are there.
func openCases(s *sheet, list []EchoCase, left int, criteria []Criterion) {
	if len(list) == 0 && left <= 0 {
		return
	}
	s.begin(plain)
	s.put(label, fmt.Sprintf("待评的案例（%d个）", len(list)+left))
	for _, c := range list {
		strong, tail := title(c.Number, c.Unit, c.Case)
		s.put(item, "· ", strong, tail+c.missing(len(criteria)))
	}
	more(s, left, "个案例待评")
}

// missing names the open criteria of a case; nothing where all of them are.
func (c EchoCase) missing(all int) string {
	var names []string
	for _, cell := range c.Cells {
		if cell.Value == "" {
			names = append(names, cell.Criterion)
		}
	}
	if len(names) == 0 || len(names) == all {
		return ""
	}
	return "　未评：" + strings.Join(names, "、")
}

// closeExpert closes a letter to an expert.
func (f Frame) closeExpert(subject string, s *sheet) Letter { return f.toExpert().close(subject, s) }
