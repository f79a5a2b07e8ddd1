package command

import (
	"regexp"
	"strings"
)

// Bureau reads the answer of a bureau. Lines that are no commands are left out:
// bureaus write prose around them. 撤回 and 恢复 with several numbers become a
// line for each.
func Bureau(fresh string) []Line {
	var out []Line
	for _, l := range read(fresh, bureauLine, maxLines) {
		if l.Verb == "" && l.Why == "" {
			continue
		}
		if len(l.Codes) < 2 || l.Verb == "替换" {
			out = append(out, l)
			continue
		}
		for _, code := range l.Codes {
			one := l
			one.Codes, one.Text = []string{code}, l.Verb+" "+code
			out = append(out, one)
		}
	}
	return out
}

const number = `[A-Za-z]{1,6}\s*\d{4}\s*[-—–_]?\s*\d{4}`

var (
	caseNumbers = regexp.MustCompile(number)
	codeFirst   = regexp.MustCompile(`^(?:请|现)?(?:将|对)?\s*(` + number + `)\s*[:,]?\s*(更正|撤回|恢复)\s*(.*)$`)
	bureauCase  = regexp.MustCompile(`^((?:请|现|申请|经研究|我[局市处]|研究|决定|同意|[,\s])*)(更正|撤回|恢复)[\s:,(\[【]*((?:` + number + `[\s:,;、和)\]】]*)*)(.*)$`)
	progress    = regexp.MustCompile(`^(?:请)?(?:查询|查看|查)?进度(?:查询|如何)?\s*[?]?$`)
	doubtful    = regexp.MustCompile(`[?？吗]|是否|可否|能否|暂不|不要|先不|如何|怎么`)
)

func bureauLine(text string) []Line {
	whole := text
	text = bare(text)
	if l := bureauCommand(text); l.Verb != "" || l.Why != "" {
		return []Line{l}
	}
	if list := fileLines(whole, text); list != nil {
		return list
	}
	if list := wholeLot(text); list != nil {
		return list
	}
	if l := saidLater(plain(text)); l.Verb != "" {
		return []Line{l}
	}
	return []Line{mentioned(plain(text))}
}

func bureauCommand(text string) Line {
	s := plain(text)
	if progress.MatchString(s) {
		return Line{Verb: "进度"}
	}
	if l := consented(s); l.Verb != "" || l.Why != "" {
		return l
	}
	if m := codeFirst.FindStringSubmatch(s); m != nil {
		return bureauCaseLine(m[2], m[1], m[3], text)
	}
	if m := bureauCase.FindStringSubmatch(s); m != nil {
		if m[2] != "更正" && deliberates.MatchString(m[1]) && (len(numbers(m[3])) > 0 || m[4] == "") {
			return notDone(m[2], numbers(m[3]))
		}
		return bureauCaseLine(m[2], m[3], m[4], text)
	}
	if m := valueOf.FindStringSubmatch(s); m != nil && !doubtful.MatchString(s) {
		return saidValue(correction(Line{Verb: "更正", Codes: numbers(m[1])}, m[2]+" "+m[3], text), text)
	}
	return aboutPoints(s, text)
}

// bureauCaseLine takes a value from the line as written: what is to stand on a
// plaque is not folded.
func bureauCaseLine(verb, codes, rest, written string) Line {
	l := Line{Verb: verb, Codes: numbers(codes)}
	rest = strings.TrimSpace(rest)
	if verb == "更正" {
		if len(l.Codes) > 1 {
			return Line{Why: "请每个编号写一行“更正 编号 栏目 新的内容”"}
		}
		return correction(l, rest, written)
	}
	switch {
	case rest != "" && len(l.Codes) == 0:
		return Line{} // 撤回上一封邮件: prose
	case doubtful.MatchString(rest):
		return Line{Why: "不能确定是否要" + verb + "，请只写“" + verb + " 编号”"}
	case !reasoned(codes, rest, written):
		return notDone(verb, l.Codes)
	}
	l.Rest = rest
	return l
}

// quotedFirst is a value in quotation marks with a remark behind it.
var quotedFirst = regexp.MustCompile(`^(?:“([^“”]+)”|「([^「」]+)」|"([^"]+)")\s*[，,。；;（(]`)

const correctionUsage = "写法为“更正 编号 栏目 新的内容”"

// samples are the words that our own letters have in the place of a value.
var samples = map[string]bool{"正确号码": true, "正确地址": true, "新的内容": true, "…": true, "...": true}

// joiners stand between label and value: a colon, 为, 改为, 应为.
var joiners = regexp.MustCompile(`^(?:(?:更正为|改为|应为|为)(?:[\s:：\x{3000}]|$)|(?:更正为|更改为|变更为|修改为|改为|应为)|[\s:：,，=＝\x{3000}])+`)

// label is the first word; 为 may follow it without a blank.
var labelEnd = regexp.MustCompile(`[\s:,=]|更正为|改为|应为|为`)

func correction(l Line, rest, written string) Line {
	rest = strings.TrimSpace(strings.TrimPrefix(rest, "编号")) // of a sample that was pasted
	end := labelEnd.FindStringIndex(rest)
	if end == nil || end[0] == 0 {
		return Line{Why: correctionUsage}
	}
	label := rest[:end[0]]
	if len(l.Codes) == 0 && fileName.MatchString(label) {
		return Line{} // 更正说明.jpg = 其他 names a file
	}
	i := strings.Index(written, label)
	if i < 0 {
		return Line{Why: correctionUsage}
	}
	value := written[i+len(label):]
	if after, attached := strings.CutPrefix(value, "为"); attached {
		value = after
	}
	value = joiners.ReplaceAllString(value, "")
	if m := quotedFirst.FindStringSubmatch(value); m != nil {
		value = m[1] + m[2] + m[3]
	}
	value = strings.Trim(strings.TrimRight(strings.TrimSpace(value), "。；;，,"), `“”"「」`)
	if value = strings.TrimSpace(value); value == "" || samples[value] {
		return Line{Why: correctionUsage}
	}
	l.Args, l.Rest = []string{label}, value
	return l
}

// numbers gives AL2024-0007 for what people type for it, each once.
func numbers(s string) []string {
	var out []string
	seen := map[string]bool{}
	for _, m := range caseNumbers.FindAllString(s, -1) {
		m = strings.ToUpper(strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
				return r
			}
			return -1
		}, m))
		m = m[:len(m)-4] + "-" + m[len(m)-4:]
		if !seen[m] {
			seen[m] = true
			out = append(out, m)
		}
	}
	return out
}
