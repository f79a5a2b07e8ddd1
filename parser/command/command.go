// Package command reads what staff and bureaus answer into commands, one a
// line. It understands words, not intent: a line that is not wholly a command is
// an unknown line, and the caller asks back.
//
// Input is the fresh text of an answer (parser/mail), so quoted commands never
// act. Reading stops at 谢谢, at a line of dashes, or after five unknown lines.
package command

import (
	"cmp"
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

// maxUnknown ends the reading of a staff answer: what follows is prose.
const maxUnknown = 5

// maxLines bounds what one answer may ask.
const maxLines = 300

// maxRange bounds a range of rows such as 3-700.
const maxRange = 200

// Staff reads the answer of a member of staff.
func Staff(fresh string) []Line { return read(fresh, staffLine, maxUnknown) }

var (
	// thanks end an answer, where nothing else stands on the line.
	thanks   = regexp.MustCompile(`^(?:非常)?(?:谢谢|多谢|感谢|此致|祝好|顺祝|敬礼)[^\d=＝]{0,12}$`)
	rule     = regexp.MustCompile(`^[-—_=*]{2,}.{0,40}$`)
	greeting = regexp.MustCompile(`^(?:您好|你好|好的)[，,。!！:：]?\s*$`)
	// politeness behind a command on its own line.
	politeness = regexp.MustCompile(`[\s，,。.；;!！]*(?:谢谢|多谢|感谢)[您你]?[\s。.!！~～]*$`)
)

func read(fresh string, one func(string) Line, most int) []Line {
	var out []Line
	unknown := 0
	for _, raw := range strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n").Replace(fresh), "\n") {
		text := strings.TrimSpace(invisible.Replace(raw))
		if text == "" || greeting.MatchString(text) {
			continue
		}
		if thanks.MatchString(text) || rule.MatchString(text) {
			break
		}
		l := one(politeness.ReplaceAllString(text, ""))
		l.Text = cmp.Or(l.Text, text)
		out = append(out, l)
		if l.Verb == "" {
			unknown++
		}
		if unknown == most || len(out) == maxLines {
			break
		}
	}
	return out
}

var invisible = strings.NewReplacer("\u200b", "", "\u200c", "", "\u200d", "", "\ufeff", "", "\u2060", "", "\u00a0", " ", "\x00", "")

// plain folds full-width forms, unquotes, and drops the stops people put at a
// line's end.
func plain(s string) string {
	s = mailto.ReplaceAllString(width.Fold.String(s), "")
	s = folds.Replace(s)
	return strings.TrimSpace(strings.TrimRight(strings.TrimSpace(s), "!;,. "))
}

var (
	mailto = regexp.MustCompile(`<mailto:[^>]*>`)
	folds  = strings.NewReplacer("。", " ", "“", "", "”", "", "「", "", "」", "", "\"", "", "<", "", ">", "", "－", "-", "‐", "-", "–", "-", "\u3000", " ")
)

var (
	rowList    = regexp.MustCompile(`^(?:第)?(\d{1,3}(?:\s*(?:[、,和]|-|~|至|到)\s*\d{1,3})*)\s*(?:行|条|项|号|[.、:)])?\s*`)
	rowItem    = regexp.MustCompile(`(\d{1,3})(?:\s*(?:-|~|至|到)\s*(\d{1,3}))?`)
	letterCode = regexp.MustCompile(`^[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}$`)
	address    = regexp.MustCompile(`^[^\s@]+@[^\s@]+\.[^\s@]+$`)
)

// rows expands `3、5-7` into 3 5 6 7; nil if a range runs backwards or is too long.
func rows(s string) []int {
	var out []int
	for _, m := range rowItem.FindAllStringSubmatch(s, -1) {
		from, _ := strconv.Atoi(m[1])
		to := from
		if m[2] != "" {
			to, _ = strconv.Atoi(m[2])
		}
		if to < from || len(out)+to-from >= maxRange {
			return nil
		}
		for n := from; n <= to; n++ {
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
	if m := rowList.FindStringSubmatch(s); m != nil && len(m[0]) < len(s) && !letterCode.MatchString(strings.Fields(s)[0]) {
		l.Rows = rows(m[1])
		s = strings.TrimSpace(s[len(m[0]):])
		if l.Rows == nil {
			l.Why = "行号范围有误"
			return l
		}
	}
	words := strings.Fields(afterVerb(s))
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
	return l.take(takes, words[1:])
}

// unknownVerb says more where a known verb stands inside another word.
func unknownVerb(word string) string {
	found := ""
	for verb := range staffVerbs {
		if len(verb) >= 6 && strings.Contains(word, verb) && (len(verb) > len(found) || len(verb) == len(found) && verb < found) {
			found = verb
		}
	}
	if found != "" {
		return "指令须完整书写，不能确定是否为“" + found + "”"
	}
	return "不是可识别的指令"
}

func (l Line) take(takes string, words []string) Line {
	fail := func(why string) Line { l.Verb, l.Why = "", why; return l }
	switch takes {
	case "none":
		if len(words) > 0 && l.Verb != "无关" {
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
		return l.city(words)
	}
	return l
}

// letters reads 放行 K7Q2-9MXD、… | 全部 and 不发 K7Q2-9MXD 理由. Codes come first;
// with 放行 nothing may follow: 放行 K7Q2-9MXD 以外全部 is asked back.
func (l Line) letters(words []string) Line {
	rest := strings.Join(words, " ")
	for rest != "" {
		m := letterItem.FindStringSubmatch(rest)
		if m == nil {
			break
		}
		if m[1] == "全部" {
			l.Args = append(l.Args, m[1])
		} else {
			l.Codes = append(l.Codes, strings.ToUpper(m[1]))
		}
		rest = strings.TrimLeft(rest[len(m[0]):], " ,、;")
	}
	l.Rest = rest
	switch {
	case len(l.Codes)+len(l.Args)+len(l.Rows) == 0:
		l.Verb, l.Why = "", "请写明信件代码，例如“"+l.Verb+" K7Q2-9MXD”"
	case l.Verb == "放行" && l.Rest != "", len(l.Args) > 0 && len(l.Codes) > 0:
		l.Verb, l.Why = "", "“"+l.Verb+"”后面只写信件代码或“全部”"
	}
	return l
}

var letterItem = regexp.MustCompile(`^(全部|[0-9A-Za-z]{4}-?[0-9A-Za-z]{4})(?:[ ,、;]|和|$)`)
