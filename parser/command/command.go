// Package command reads what staff and bureaus answer into commands, one a
// line. It understands words, not intent: a line that is not wholly a command is
// an unknown line, and the caller asks back.
//
// Input is the fresh text of an answer (parser/mail), so quoted commands never
// act. Reading stops at 谢谢, at a line of dashes, or after five unknown lines.
package command

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/width"
)

// Line is one line of an answer and what was understood of it.
type Line struct {
	Text  string   // as written, trimmed
	Verb  string   // "" if the line is not understood
	Trial bool     // 试运行 stood before it: show the effect, do nothing
	Rows  []int    // row numbers of the letter answered, in the order written, ranges expanded
	Codes []string // case numbers as written, or letter codes, upper-cased
	Args  []string // what the verb takes besides, in order
	Rest  string   // free text after that: reason, value
	Why   string   // for an unknown line: what is wrong with it, in Chinese, one clause
}

// maxUnknown ends the reading: what follows is prose.
const maxUnknown = 5

// maxRange bounds a range of rows such as 3-700.
const maxRange = 200

// Staff reads the answer of a member of staff.
func Staff(fresh string) []Line { return read(fresh, staffLine) }

// Bureau reads the answer of a bureau. Lines that are no commands are left out:
// bureaus write prose around them.
func Bureau(fresh string) []Line {
	var out []Line
	for _, l := range read(fresh, bureauLine) {
		if l.Verb != "" || l.Why != "" {
			out = append(out, l)
		}
	}
	return out
}

var (
	closing = regexp.MustCompile(`^(?:谢谢|多谢|感谢|此致|祝好|顺祝|敬礼|[-—_=*]{2,}).*$`)
	leading = regexp.MustCompile(`^(?:您好|你好|好的)[，,。!！:：]?\s*$`)
)

func read(fresh string, one func(string) Line) []Line {
	var out []Line
	unknown := 0
	for _, raw := range strings.Split(strings.ReplaceAll(fresh, "\r\n", "\n"), "\n") {
		text := strings.TrimSpace(strings.Trim(strings.TrimSpace(raw), "\u200b\ufeff\u00a0"))
		if text == "" || leading.MatchString(text) {
			continue
		}
		if closing.MatchString(text) && !strings.ContainsAny(text, "=") {
			break
		}
		l := one(text)
		l.Text = text
		out = append(out, l)
		if l.Verb == "" {
			if unknown++; unknown == maxUnknown {
				break
			}
		}
	}
	return out
}

// plain folds full-width forms and the stops people put at a line's end.
func plain(s string) string {
	s = width.Fold.String(s)
	s = strings.NewReplacer("，", ",", "。", "", "；", ";", "：", ":", "！", "!", "“", "", "”", "", "「", "", "」", "", "\"", "", "\u3000", " ").Replace(s)
	return strings.TrimSpace(strings.TrimRight(strings.TrimSpace(s), "!;,"))
}

var (
	rowList    = regexp.MustCompile(`^(?:第)?(\d{1,3}(?:\s*(?:[、,和]|-|~|至|到)\s*\d{1,3})*)\s*(?:行|条|项|号|[.、:)])?\s*`)
	rowItem    = regexp.MustCompile(`(\d{1,3})(?:\s*(?:-|~|至|到)\s*(\d{1,3}))?`)
	letterCode = regexp.MustCompile(`^[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}$`)
	caseCode   = regexp.MustCompile(`(?i)^[A-Z]{1,6}\d{4}-?\d{4}$`)
	address    = regexp.MustCompile(`^[^\s@]+@[^\s@]+\.[^\s@]+$`)
)

// Rows expands `3、5-7` into 3 5 6 7; nil if the text is no such list.
func rows(s string) []int {
	var out []int
	for _, m := range rowItem.FindAllStringSubmatch(s, -1) {
		from, _ := strconv.Atoi(m[1])
		to := from
		if m[2] != "" {
			to, _ = strconv.Atoi(m[2])
		}
		for n := from; n <= to && len(out) < maxRange; n++ {
			out = append(out, n)
		}
	}
	return out
}

// staffVerbs: what each takes. Verbs match whole: 暂不放行 is no command.
var staffVerbs = map[string]string{
	"启用": "none", "暂停发信": "none", "恢复发信": "none", "帮助": "none", "进度": "none", "确认": "code",
	"放行": "letters", "不发": "letters", "登记邮箱": "enrol", "停用邮箱": "address", "登记": "city", "无关": "none",
}

func staffLine(text string) Line {
	s := plain(text)
	var l Line
	if rest, ok := strings.CutPrefix(s, "试运行"); ok {
		l.Trial, s = true, strings.TrimSpace(rest)
	}
	if m := rowList.FindStringSubmatch(s); m != nil && len(m[0]) < len(s) && !caseCode.MatchString(strings.Fields(s)[0]) && !letterCode.MatchString(strings.Fields(s)[0]) {
		l.Rows = rows(m[1])
		s = strings.TrimSpace(s[len(m[0]):])
	}
	words := strings.Fields(s)
	if len(words) == 0 {
		l.Why = "没有写明要做什么"
		return l
	}
	takes, known := staffVerbs[words[0]]
	if !known {
		l.Why = unknownVerb(words[0])
		return l
	}
	l.Verb = words[0]
	return l.take(takes, words[1:], s)
}

// unknownVerb says more where a known verb stands inside another word.
func unknownVerb(word string) string {
	for verb := range staffVerbs {
		if len(verb) >= 6 && word != verb && strings.Contains(word, verb) {
			return "指令须完整书写，不能确定是否为“" + verb + "”"
		}
	}
	return "不是可识别的指令"
}

func (l Line) take(takes string, words []string, s string) Line {
	fail := func(why string) Line { l.Verb, l.Why = "", why; return l }
	switch takes {
	case "none":
		if len(words) > 0 && l.Verb != "无关" && l.Verb != "进度" {
			return fail("“" + l.Verb + "”后面不应有其他内容")
		}
		l.Rest = strings.Join(words, " ")
	case "code":
		if len(words) != 1 || !letterCode.MatchString(words[0]) {
			return fail("“确认”后面请写回执中的8位信件代码")
		}
		l.Codes = []string{strings.ToUpper(words[0])}
	case "letters":
		return l.letters(words)
	case "enrol":
		if len(words) != 2 || !address.MatchString(words[0]) {
			return fail("写法为“登记邮箱 邮箱地址 地市”")
		}
		l.Args = []string{strings.ToLower(words[0]), words[1]}
	case "address":
		if len(words) != 1 || !address.MatchString(words[0]) {
			return fail("写法为“停用邮箱 邮箱地址”")
		}
		l.Args = []string{strings.ToLower(words[0])}
	case "city":
		if len(words) > 0 {
			l.Args, l.Rest = words[:1], strings.Join(words[1:], " ")
		}
	}
	return l
}

// letters reads 放行 K7Q2-9MXD、… | 全部 and 不发 K7Q2-9MXD 理由.
func (l Line) letters(words []string) Line {
	joined := strings.Join(words, " ")
	for _, w := range strings.FieldsFunc(joined, func(r rune) bool { return strings.ContainsRune(" ,、;和", r) }) {
		switch {
		case letterCode.MatchString(w) && l.Rest == "":
			l.Codes = append(l.Codes, strings.ToUpper(w))
		case w == "全部" && l.Rest == "":
			l.Args = append(l.Args, w)
		default:
			l.Rest = strings.TrimSpace(l.Rest + " " + w)
		}
	}
	if len(l.Codes)+len(l.Args)+len(l.Rows) == 0 {
		l.Verb, l.Why = "", "请写明信件代码，例如“"+l.Verb+" K7Q2-9MXD”"
	}
	return l
}

var (
	bureauCase = regexp.MustCompile(`^(更正|撤回|恢复)\s*([A-Za-z]{1,6}\s*\d{4}\s*[-－—]?\s*\d{4})?\s*(.*)$`)
	fileRole   = regexp.MustCompile(`^(.{1,120}?)\s*(?:=|＝|→)\s*(\S.{0,40})$`)
	progress   = regexp.MustCompile(`^(?:查询)?进度[?？。]?$`)
	consent    = regexp.MustCompile(`^(同意|不并入)(?:并入)?(?:\s*[A-Za-z]{1,6}\d{4}-\d{4})?$`)
	blanks     = regexp.MustCompile(`[\s－—]+`)
)

func bureauLine(text string) Line {
	s := plain(text)
	switch {
	case progress.MatchString(s):
		return Line{Verb: "进度"}
	case consent.MatchString(s):
		l := Line{Verb: consent.FindStringSubmatch(s)[1]}
		if i := strings.LastIndexAny(s, " "); i > 0 {
			l.Codes = []string{strings.ToUpper(s[i+1:])}
		}
		return l
	}
	if m := bureauCase.FindStringSubmatch(s); m != nil {
		return bureauCaseLine(m, text)
	}
	if m := fileRole.FindStringSubmatch(s); m != nil && !strings.Contains(m[1], "://") {
		return Line{Verb: "=", Args: []string{strings.TrimSpace(m[1]), strings.TrimSpace(m[2])}}
	}
	return Line{}
}

// bureauCaseLine takes a value from the line as written: what is to stand on a
// plaque is not folded.
func bureauCaseLine(m []string, written string) Line {
	l := Line{Verb: m[1]}
	if m[2] != "" {
		l.Codes = []string{caseNumber(m[2])}
	}
	rest := strings.TrimSpace(m[3])
	if l.Verb != "更正" {
		if rest != "" && m[2] == "" {
			return Line{} // 撤回上一封邮件: prose
		}
		l.Rest = rest
		return l
	}
	words := strings.Fields(strings.NewReplacer(":", " ", "为", " ").Replace(rest))
	if len(words) < 2 {
		return Line{Why: "写法为“更正 编号 栏目 新的内容”"}
	}
	label := words[0]
	i := strings.Index(written, label)
	if i < 0 {
		return Line{Why: "写法为“更正 编号 栏目 新的内容”"}
	}
	value := strings.TrimSpace(strings.TrimLeft(written[i+len(label):], " \t\u3000:：=＝"))
	l.Args, l.Rest = []string{label}, strings.TrimSpace(strings.TrimPrefix(value, "为"))
	if l.Rest == "" {
		return Line{Why: "写法为“更正 编号 栏目 新的内容”"}
	}
	return l
}

// caseNumber gives AL2024-0007 for what people type for it.
func caseNumber(s string) string {
	s = strings.ToUpper(blanks.ReplaceAllString(s, ""))
	s = strings.ReplaceAll(s, "-", "")
	return s[:len(s)-4] + "-" + s[len(s)-4:]
}
