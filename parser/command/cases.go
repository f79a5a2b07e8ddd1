package command

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A case as staff write it: AL2024-0007, or its last four digits. An objection has
// a number of its own, YY2024-001. 至 between two cases is a range.
var (
	caseItem  = regexp.MustCompile(`^([A-Z]{1,6}\d{4}-\d{4}|\d{4}|YY\d{4}-\d{3})([ ,、;:]+|和|$)`)
	caseRange = regexp.MustCompile(`^([A-Z]{1,6}\d{4}-)?(\d{4})\s*(?:-|~|至|到)\s*([A-Z]{1,6}\d{4}-)?(\d{4})(?:[ ,、;:]+|和|$)`)
	anyCase   = regexp.MustCompile(`(?i)(?:^|[^0-9A-Z])(?:[A-Z]{1,6}\d{4}-\d{4}|0\d{3})(?:$|[^0-9])`)
)

// loose are numbers as people type them, with the brackets they put around them.
var loose = regexp.MustCompile(`(?i)([(\[【]\s*)?\b([A-Z]{1,6})\s?(\d{4})\s?[-_]?\s?(\d{3,4})\b(\s*[)\]】])?`)

// wholeCodes writes the numbers of cases and objections as we do: al2024 0007 and
// (AL20240007) become AL2024-0007. Addresses are left alone.
func wholeCodes(s string) string {
	if strings.Contains(s, "@") {
		return s
	}
	return loose.ReplaceAllStringFunc(s, func(found string) string {
		m := loose.FindStringSubmatch(found)
		if len(m[4]) == 3 && !strings.EqualFold(m[2], "YY") {
			return found
		}
		if m[1] != "" && m[5] != "" {
			m[1], m[5] = " ", " "
		}
		return m[1] + strings.ToUpper(m[2]) + m[3] + "-" + m[4] + m[5]
	})
}

// cases takes the cases off the front of a text, each once; none if they are too
// many.
func cases(text string) (codes []string, rest string) {
	whole, sep := false, "、"
	for rest = strings.TrimSpace(text); ; {
		if len(codes) > maxRange {
			return nil, text
		}
		if several, after := rangeOfCases(rest); len(several) > 0 {
			codes, rest, whole, sep = add(codes, several...), after, len(several[0]) > 4, "、"
			continue
		}
		m := caseItem.FindStringSubmatch(rest)
		if m == nil || len(m[1]) == 4 && isYear(m[1], rest[len(m[0]):], whole, sep) {
			return codes, rest
		}
		codes = add(codes, m[1])
		whole, sep = len(m[1]) > 4, m[2]
		rest = strings.TrimLeft(rest[len(m[0]):], " ,、;:")
	}
}

func add(codes []string, more ...string) []string {
	for _, code := range more {
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

// isYear: four digits that are no case. Behind a whole number and a blank stands a
// reason, which may begin with a year; so may one behind 0007.
func isYear(digits, after string, whole bool, sep string) bool {
	if measure.MatchString(after) {
		return true
	}
	return strings.TrimSpace(sep) == "" && (whole || strings.HasPrefix(digits, "19") || strings.HasPrefix(digits, "20"))
}

var measure = regexp.MustCompile(`^(?:年|月|万|亿|元|家|人|个|名|户)`)

// rangeOfCases expands AL2024-0003至AL2024-0007; none if it is no range, runs
// backwards or is too long.
func rangeOfCases(text string) (codes []string, rest string) {
	m := caseRange.FindStringSubmatch(text)
	if m == nil || m[3] != "" && m[3] != m[1] {
		return nil, text
	}
	from, _ := strconv.Atoi(m[2])
	to, _ := strconv.Atoi(m[4])
	if to < from || to-from >= maxRange {
		return nil, text
	}
	for n := from; n <= to; n++ {
		codes = append(codes, fmt.Sprintf("%s%04d", m[1], n))
	}
	return codes, strings.TrimLeft(text[len(m[0]):], " ,、;:")
}

// onCases reads what the commands on cases take.
func (l Line) onCases(v verb, text string) Line {
	if v.takes == "merge" {
		return l.merge(v, text)
	}
	l.Codes, text = cases(text)
	switch {
	case len(l.Codes)+len(l.Rows) == 0:
		return l.unknown("请写明行号或案例编号，例如“" + l.Verb + " AL2024-0007”")
	case len(l.Codes) > 0 && len(l.Rows) > 0:
		return l.unknown("行号和编号只写一种")
	}
	needed := false
	switch v.takes {
	case "bare":
		if text != "" {
			return l.unknown("“" + l.Verb + "”后面只写编号")
		}
		return l
	case "instead":
		var name string
		if name, text = afterVerb(text); !changeable[name] {
			return l.misused(v)
		}
		l.Args, needed = []string{name}, true
	case "item", "place":
		if v.takes == "place" {
			text = toWord.ReplaceAllString(text, "")
		}
		var word string
		if word, text = firstWord(text); word == "" || sample[word] {
			return l.misused(v)
		}
		l.Args, needed = []string{word}, l.Verb == "免"
	case "ruling":
		needed = true
	}
	return l.because(v, text, needed)
}

// changeable are the rulings that 改为 changes to.
var changeable = map[string]bool{"通过": true, "不通过": true, "受理": true, "不受理": true, "补正": true}

// firstWord cuts a text behind its first word.
func firstWord(text string) (word, rest string) {
	text = strings.TrimSpace(text)
	if i := strings.IndexAny(text, " ,;:"); i >= 0 {
		return text[:i], strings.TrimLeft(text[i:], " ,;:")
	}
	return text, ""
}

// because takes a reason. It is asked back where the words leave open whether the
// command is meant, or hold another command: what nobody read is not done.
func (l Line) because(v verb, text string, needed bool) Line {
	l.Rest = reason(text)
	switch {
	case needed && l.Rest == "" && v.takes == "ruling":
		return l.unknown("“" + l.Verb + "”须写明" + map[bool]string{true: "需要补正的内容", false: "理由"}[l.Verb == "补正"])
	case l.Rest == "" && (needed || text != ""): // nothing, or our own sample word
		return l.misused(v)
	case asking.MatchString(l.Rest), !needed && hedged.MatchString(l.Rest), l.Verb == "通过" && putOff.MatchString(l.Rest):
		return l.unknown("不能确定是否要“" + l.Verb + "”，请只写“" + v.usage + "”")
	case anotherCommand(l.Rest):
		return l.unknown("一行只写一条指令，请分行书写")
	case !needed && anyCase.MatchString(l.Rest):
		return l.unknown("编号请写在一起，例如“" + l.Verb + " AL2024-0007、AL2024-0009”")
	}
	return l
}

var (
	// asking: the line is a question.
	asking = regexp.MustCompile(`[?吗]$|(?:可否|能否|是否可以|行不行|可以不|对不对|合适不)$`)
	// hedged: words behind a command that needs none, which take it back.
	hedged = regexp.MustCompile(`[?吗]|[吧么]$|是否|可否|能否|暂不|暂缓|待定|再议|除外|之外|以外|如果|的话|先不|不要|^[不否非未]$|^取消$`)
	// putOff: words that make 通过 a 通过 of another day.
	putOff = regexp.MustCompile(`暂|缓|待核|待补|待查|待研|待办|待议|再定|再说|再办|存疑|如何|怎么|前提|附条件|有条件|但|不行|不能|不宜|取消`)
	lead   = regexp.MustCompile(`^(?:理由|原因|说明)(?:[\s:,是为]+|$)`)
	sample = map[string]bool{"理由": true, "说明": true, "内容": true, "…": true, "...": true, "材料": true, "地市": true, "需要补正的内容": true, "查到的内容": true, "要加的话": true}
)

// reason is a reason without the word before it; words of our own samples are none.
func reason(text string) string {
	text = strings.TrimLeft(strings.TrimSpace(lead.ReplaceAllString(text, "")), " :,、;")
	if sample[text] {
		return ""
	}
	return text
}

// following is what stands before a second command on one line.
var following = regexp.MustCompile(`(?:^|[\s,;、。])(?:第?\d{1,3}(?:\s*(?:[、,和~至到]|-)\s*\d{1,3})*\s*(?:行|条|项|号)?|[A-Z]{1,6}\d{4}-\d{4}|0\d{3})\s*[:,]?\s*(\p{Han}+)`)

// anotherCommand: the text begins with a command, or one stands in it behind a row
// or a case.
func anotherCommand(text string) bool {
	if word, _ := afterVerb(text); staffVerbs[word].rowed() {
		return true
	}
	for _, m := range following.FindAllStringSubmatch(text, -1) {
		if staffVerbs[m[1]].rowed() {
			return true
		}
	}
	return false
}

var mergeForm = regexp.MustCompile(`^(?:([A-Z]{1,6}\d{4}-\d{4}|\d{4})\s*)?(?:并?入|到|至)\s*([A-Z]{1,6}\d{4}-\d{4}|\d{4})(?:[ ,;:]+(.*))?$`)

// merge reads 合并 A 到 B, and behind rows 合并到 B.
func (l Line) merge(v verb, text string) Line {
	m := mergeForm.FindStringSubmatch(text)
	switch {
	case m == nil, (m[1] == "") == (len(l.Rows) == 0):
		return l.misused(v)
	case m[1] == m[2]:
		return l.unknown("两个编号相同")
	}
	if m[1] != "" {
		l.Codes = []string{m[1]}
	}
	l.Codes = append(l.Codes, m[2])
	return l.because(v, m[3], false)
}
