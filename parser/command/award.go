package command

import (
	"regexp"
	"strings"
)

// onBasis parts what a command orders from the document it rests on.
var onBasis = regexp.MustCompile(`^(.*?)[\s,;、]*(?:依据|根据)\s*[:为是]?\s*(.*)$`)

// award reads what the commands on the rules and on the award take. A basis or a
// reason stands in Rest.
func (l Line) award(v verb, text string) Line {
	switch v.takes {
	case "objection":
		return l.objection(v, text)
	case "outcome":
		if l.Codes, text = cases(text); len(l.Codes)+len(l.Rows) == 0 {
			return l.unknown("请写明行号、异议编号或案例编号，例如“" + v.usage + "”")
		}
		if len(l.Codes) > 0 && len(l.Rows) > 0 {
			return l.unknown("行号和编号只写一种")
		}
		return l.because(v, text, true)
	}
	what := text
	if m := onBasis.FindStringSubmatch(text); m != nil {
		what, l.Rest = m[1], m[2]
	}
	if l.Rest == "" && l.Verb != "补正截止" || sample[l.Rest] || l.Rest == "文号" || l.Rest == "会议纪要文号" {
		return l.unknown("“" + l.Verb + "”须写明依据，写法为“" + v.usage + "”")
	}
	switch {
	case asking.MatchString(text):
		return l.unknown("不能确定是否要“" + l.Verb + "”，请只写“" + v.usage + "”")
	case v.takes == "until":
		return l.until(v, what)
	case v.takes == "quota":
		return l.quota(v, what)
	}
	return l.chosen(v, what)
}

// until reads a day or a time; Args is the words, which Until reads.
func (l Line) until(v verb, what string) Line {
	what = strings.TrimSpace(toWord.ReplaceAllString(what, ""))
	if !dated(what) {
		return l.unknown("日期“" + what + "”未能识别，写法为“" + v.usage + "”")
	}
	l.Args = []string{what}
	return l
}

var quotaForm = regexp.MustCompile(`^(\p{Han}{2,8}?)\s*[:,为]?\s*([1-9]\d{0,2})\s*个?$`)

// quota reads 名额 <市|全部> <n>.
func (l Line) quota(v verb, what string) Line {
	m := quotaForm.FindStringSubmatch(strings.TrimSpace(what))
	if m == nil {
		return l.misused(v)
	}
	switch m[1] {
	case "各市", "每市", "所有市", "全部市", "全省", "各地市":
		m[1] = "全部"
	}
	l.Args = m[1:]
	return l
}

var places = regexp.MustCompile(`^(?:前\s*)?([1-9]\d{0,2})\s*(?:个|名|家|项)?$`)

// chosen reads 入选 <n> and 入选 <codes>.
func (l Line) chosen(v verb, what string) Line {
	codes, rest := cases(what)
	m := places.FindStringSubmatch(rest)
	switch {
	case len(codes) > 0 && rest == "":
		l.Codes = codes
	case len(codes) == 0 && m != nil:
		l.Args = m[1:]
	default:
		return l.misused(v)
	}
	return l
}

// source is by which way an objection came.
var (
	source = regexp.MustCompile(`^来源\s*[:为是]?\s*(\p{Han}{1,8}|\d{5})(?:[\s,;:]+|$)(.*)$`)
	way    = regexp.MustCompile(`^(邮件|电子邮件|电话|来电|来信|信件|信函|来函|来访|传真|网站|留言|短信|微信|转办|交办|纪检|\d{5})(?:[\s,;:]+|$)(.*)$`)
	tells  = regexp.MustCompile(`^内容\s*[:为是]?\s*`)
)

// objection reads 登记异议 <codes> 来源 <way> <what it says>. Behind a row of a letter
// the mail says it all.
func (l Line) objection(v verb, text string) Line {
	l.Codes, text = cases(text)
	m := source.FindStringSubmatch(text)
	if m == nil {
		m = way.FindStringSubmatch(text)
	}
	if m != nil {
		l.Args, text = []string{m[1]}, m[2]
	}
	l.Rest = tells.ReplaceAllString(strings.TrimSpace(text), "")
	if sample[l.Rest] {
		l.Rest = ""
	}
	switch {
	case asking.MatchString(l.Rest), anotherCommand(l.Rest):
		return l.misused(v)
	case len(l.Rows) > 1:
		return l.unknown("异议请一行登记一件")
	case len(l.Rows) == 0 && (len(l.Codes) == 0 || len(l.Args) == 0 || l.Rest == ""):
		return l.misused(v)
	}
	return l
}

// A part of what was found: the numbers, and what was found of them.
var (
	resultPart = regexp.MustCompile(`^(.*?)[\s:,]*(均?无|都无|没有|未发现|无异常|无记录|无失信记录|没有记录|有|有记录)(?:$|[\s:,;(]+(.*)$)`)
	resultRows = regexp.MustCompile(`^(?:第)?\d{1,3}(?:\s*(?:[、,和]|-|~|至|到)\s*\d{1,3})*\s*(?:行|条|项|号)?$`)
	resultCut  = regexp.MustCompile(`\s*[/／;；。]\s*((?:第)?[0-9０-９])`)
)

// results reads 查询结果 1-38 无 / 39 有：…, a line for each part. Rows are the numbers
// of the look-up list. What was found stands in Rest. If one part is not
// understood, none is.
func (l Line) results(text string) []Line {
	_, after, _ := strings.Cut(text, l.Verb)
	parts := splitResults(after)
	var out []Line
	for i, part := range parts {
		one := l
		if len(parts) > 1 {
			one.Text = l.Verb + " " + strings.TrimSpace(part)
		}
		if one = one.result(part, i == 0 && len(l.Rows) > 0); one.Verb == "" {
			one.Text = ""
			return []Line{one}
		}
		out = append(out, one)
	}
	return out
}

// splitResults cuts where a mark stands before further numbers.
func splitResults(text string) []string {
	var out []string
	from := 0
	for _, at := range resultCut.FindAllStringSubmatchIndex(text, -1) {
		if !resultPart.MatchString(staffPlain(text[from:at[0]])) {
			continue // 1-3；5 无: one list
		}
		out, from = append(out, text[from:at[0]]), at[2]
	}
	return append(out, text[from:])
}

func (l Line) result(part string, rowed bool) Line {
	m := resultPart.FindStringSubmatch(strings.TrimLeft(staffPlain(part), " :,"))
	if m == nil {
		return l.misused(staffVerbs[l.Verb])
	}
	switch {
	case rowed && m[1] == "":
	case rowed:
		return l.misused(staffVerbs[l.Verb])
	case resultRows.MatchString(strings.TrimSpace(m[1])):
		if l.Rows = rows(m[1]); l.Rows == nil {
			return l.unknown("序号范围有误")
		}
	default:
		return l.unknown("请写明名单中的序号，写法为“" + staffVerbs[l.Verb].usage + "”")
	}
	l.Args = []string{"无"}
	if strings.HasPrefix(m[2], "有") {
		l.Args[0] = "有"
	}
	l.Rest = asWritten(part, strings.Trim(m[3], " :,;()"))
	switch {
	case l.Args[0] == "有" && (l.Rest == "" || sample[l.Rest]):
		return l.unknown("查到“有”的，须写明查到的内容")
	case asking.MatchString(l.Rest):
		return l.misused(staffVerbs[l.Verb])
	}
	return l
}
