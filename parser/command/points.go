package command

import (
	"regexp"
	"slices"
	"strings"
)

// What a bureau says of what is open, and of its cases as a whole: 请核, 稍后, U盘,
// 主要领域, 替换, 不申报. A line counts only if a number or a blank stands behind the
// verb: 请核实 and 稍后补交 are prose.

var (
	pointVerb   = regexp.MustCompile(`^(?:请|现)?(请核|稍后|[Uu]\s?盘)(?:报送|寄送|补交|补充|补报|补)?`)
	numberFirst = regexp.MustCompile(`^(?:请|现)?(?:将|对)?\s*(` + number + `)\s*[:,]?\s*(.+)$`)
	numberNext  = regexp.MustCompile(`^[\s:,(\[【]*(` + number + `)[\s:,、和)\]】的]*`)
	blankNext   = regexp.MustCompile(`^[\s:]+`)
	mainField   = regexp.MustCompile(`^主要领域[\s:为是]*(` + number + `)?[\s:,为是]*(.*)$`)
	exchange    = regexp.MustCompile(`^(?:请|现|申请)*(?:将|把|用)?\s*(?:替换)?[\s:]*(` + number + `)\s*(?:替换)?(?:为|成|→|->)\s*(` + number + `)$`)
	exchangeBy  = regexp.MustCompile(`^(?:请|现|申请)*(?:以|用)\s*(` + number + `)\s*替换\s*(` + number + `)$`)
	noneNow     = regexp.MustCompile(`^(?:经研究,?)?\s*(?:\p{Han}{1,6}[市局])?(?:商务局)?(?:本次|此次|今年|本年度)?\s*(?:不申报|不推荐)(?:案例)?$`)

	// dayAtEnd is the day that ends 稍后 照片 10月20日前补交.
	dayAtEnd = regexp.MustCompile(`(?:[\s,;:于在]|预计|计划)*((?:\d{4}\s*[-/.年]\s*)?\d{1,2}\s*[-/.月]\s*\d{1,2}(?:\s*[日号])?(?:\s*(?:上午|中午|下午|晚上)?\s*\d{1,2}\s*[:时点](?:\s*\d{1,2}\s*分?)?)?)\s*(?:之?前|左右)?\s*(?:补交|补充|补报|报送|提交|提供|送达|寄到|寄出|寄送|送到)?$`)
	dayish   = regexp.MustCompile(`^(?:本|下|这)?(?:周|星期|礼拜|月)[一二三四五六日天底初末]?|^(?:今|明|后)天|\d{1,2}[日号]|月底|月初`)
)

// longItem bounds what a line without a number may say and still be a command, in
// characters.
const longItem = 20

// aboutPoints reads such a line; s is folded, written is the line as it came. The zero
// Line is prose.
func aboutPoints(s, written string) Line {
	if m := exchange.FindStringSubmatch(s); m != nil && strings.Contains(s, "替换") {
		return exchanged(m[1], m[2])
	}
	if m := exchangeBy.FindStringSubmatch(s); m != nil {
		return exchanged(m[2], m[1])
	}
	if noneNow.MatchString(s) {
		return Line{Verb: "不申报"}
	}
	front := ""
	if m := numberFirst.FindStringSubmatch(s); m != nil {
		front, s = m[1], m[2]
	}
	if m := mainField.FindStringSubmatch(s); m != nil {
		return fieldChosen(front+m[1], m[2])
	}
	m := pointVerb.FindStringSubmatch(s)
	if m == nil {
		return Line{}
	}
	l, rest := Line{Verb: strings.ToUpper(strings.ReplaceAll(m[1], " ", ""))}, s[len(m[0]):]
	l.Codes = numbers(front)
	switch n := numberNext.FindStringSubmatch(rest); {
	case n != nil:
		l.Codes = numbers(front + " " + n[1])
		rest = rest[len(n[0]):]
	case blankNext.MatchString(rest):
		rest = blankNext.ReplaceAllString(rest, "")
	case front == "":
		return Line{} // 请核实, 稍后补交: prose
	}
	if len(l.Codes) == 0 && (rest == "" || len([]rune(rest)) > longItem) {
		return Line{}
	}
	return l.points(strings.TrimSpace(rest), written)
}

func exchanged(out, in string) Line {
	l := Line{Verb: "替换", Codes: numbers(out + " " + in)}
	if len(l.Codes) < 2 {
		return Line{Why: "两个编号相同，请写明“替换 原编号 为 新编号”"}
	}
	return l
}

func fieldChosen(code, field string) Line {
	field = strings.TrimSpace(field)
	if field == "" || samples[field] || len([]rune(field)) > longItem {
		return Line{Why: "写法为“主要领域 编号 领域名称”"}
	}
	return Line{Verb: "主要领域", Codes: numbers(code), Args: []string{field}}
}

// points reads what is meant, and until when.
func (l Line) points(rest, written string) Line {
	usage := map[string]string{"请核": "请核 编号 材料或栏目", "稍后": "稍后 编号 材料 日期", "U盘": "U盘 编号 材料"}[l.Verb]
	rest = strings.TrimSpace(strings.TrimPrefix(rest, "编号"))
	switch {
	case len(l.Codes) > 1, caseNumbers.MatchString(rest):
		return Line{Why: "请每个编号写一行“" + usage + "”"}
	case rest == "" || pointSamples[rest]:
		return Line{Why: "请写明是哪一项，写法为“" + usage + "”"}
	case strings.ContainsAny(rest, "?") || asking.MatchString(rest):
		return Line{Why: "不能确定是否要“" + l.Verb + "”，请只写“" + usage + "”"}
	}
	day := ""
	if m := dayAtEnd.FindStringSubmatchIndex(rest); m != nil && l.Verb != "请核" {
		day, rest = rest[m[2]:m[3]], strings.TrimSpace(rest[:m[0]])
	}
	words := strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune(" ,;、和及与", r) })
	if l.Verb == "请核" && len(words) > 0 { // what follows a blank says why
		item, why := firstWord(rest)
		l.Rest = asWritten(written, why)
		words = strings.FieldsFunc(item, func(r rune) bool { return strings.ContainsRune("、和及与", r) })
	}
	if len(words) == 0 {
		return Line{Why: "请写明是哪一项，写法为“" + usage + "”"}
	}
	for _, w := range words[1:] {
		if l.Verb == "稍后" && dayish.MatchString(w) {
			return Line{Why: "日期“" + w + "”请写为“10月20日”"}
		}
	}
	if l.Verb != "请核" {
		words = append(words[:1:1], slices.DeleteFunc(words[1:], remark.MatchString)...)
	}
	l.Args = []string{strings.Join(words, "、")}
	if day != "" && l.Verb == "稍后" {
		l.Args = append(l.Args, day)
	}
	return l
}

// remark says how something travels; it is nothing that travels.
var remark = regexp.MustCompile(`^(?:已|现已|将|正在|预计|请|另|近日|今|昨|明|快递|顺丰|邮寄|寄出|寄送|收件)`)

// pointSamples are the words that our own letters have in the place of an item.
var pointSamples = map[string]bool{"材料": true, "项": true, "材料或栏目": true, "材料 日期": true, "…": true, "...": true}
