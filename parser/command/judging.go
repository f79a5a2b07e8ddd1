package command

import (
	"regexp"
	"strings"
)

var swap = regexp.MustCompile(`^(\S+)\s+(?:换?为|换成|改为)\s+(\S+)$`)

// judging reads what the commands on experts take. A reason stands in Rest,
// without the word 理由 before it.
func (l Line) judging(takes, text string) Line {
	words := strings.Fields(text)
	text = strings.Join(words, " ")
	switch takes {
	case "names":
		l.Args = strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,、;", r) })
	case "swap":
		m := swap.FindStringSubmatch(text)
		if m == nil {
			return l.unknown("写法为“换专家 甲 为 乙”")
		}
		l.Args = m[1:]
	case "void", "expert", "entry":
		if len(words) == 0 {
			return l.unknown("请写明专家姓名")
		}
		l.Args = words[:1]
		l.Codes, l.Rest = cases(strings.Join(words[1:], " "))
		l.Rest = reason(l.Rest)
		return l.aboutExpert(takes)
	}
	return l
}

func (l Line) aboutExpert(takes string) Line {
	switch {
	case takes == "void" && (len(l.Codes) == 0 || l.Rest == ""):
		return l.unknown("写法为“作废 专家姓名 案例编号 理由”")
	case takes == "expert" && l.Rest != "":
		return l.unknown("“认可”后面只写专家姓名和案例编号")
	case takes == "entry":
		values := strings.FieldsFunc(l.Rest, func(r rune) bool { return strings.ContainsRune(" ,、;", r) })
		if len(l.Codes) != 1 || len(values) == 0 {
			return l.unknown("写法为“代录 专家姓名 案例编号 各项分数”，并附签字评分表")
		}
		for _, v := range values {
			l.Args = append(l.Args, strings.TrimSuffix(v, "分"))
		}
		l.Rest = ""
	}
	return l
}
