package form

import (
	"regexp"
	"strings"
)

// creditLabel is what stands before a unified credit code, on licences and elsewhere.
var creditLabel = regexp.MustCompile(`信用代码(?:/注册号)?(?:\([^()]{1,12}\))?[:：]?`)

// creditCode finds the 18 characters behind 统一社会信用代码 (GB 32100-2015), full
// width and spaces allowed; "" if there are none. The check digits are not judged
// here. Else written is what stands there and is nearly one: 16 to 20 characters.
func creditCode(lines []textLine) (code, written string) {
	for i, l := range lines {
		text := strings.ToUpper(compact(l.text))
		at := creditLabel.FindStringIndex(text)
		if at == nil {
			continue
		}
		rest := strings.TrimLeft(text[at[1]:], ":：")
		if rest == "" && i+1 < len(lines) {
			rest = strings.ToUpper(compact(lines[i+1].text))
		}
		switch run := alphanumeric(rest); {
		case len(run) == 18:
			return run, ""
		case written == "" && len(run) >= 16 && len(run) <= 20 && digits(run) >= 8:
			written = run
		}
	}
	if code = joinedCode(lines); code != "" {
		return code, ""
	}
	return "", written
}

// CreditCodeIn finds the first unified credit code behind its label in the text of
// any paper; "" if there is none.
func CreditCodeIn(text string) string {
	var lines []textLine
	for l := range strings.Lines(text) {
		lines = append(lines, textLine{text: l})
	}
	code, _ := creditCode(lines)
	return code
}

// joinedCode finds a code that a line's end breaks in two.
func joinedCode(lines []textLine) string {
	all := strings.ToUpper(compact(joined(lines)))
	for _, at := range codeLabel.FindAllStringIndex(all, -1) {
		if run := alphanumeric(strings.TrimLeft(all[at[1]:], ":：")); len(run) == 18 {
			return run
		}
	}
	return ""
}

// alphanumeric is the run of Latin letters and digits at the start of a text.
func alphanumeric(s string) string {
	n := 0
	for n < len(s) && (s[n] >= '0' && s[n] <= '9' || s[n] >= 'A' && s[n] <= 'Z') {
		n++
	}
	return s[:n]
}

// licensee is the name that a licence is made out to; "" where it is not plainly
// told. Its label is often spread, and its value on the next line.
func licensee(lines []textLine) string {
	for i, l := range lines {
		text := compact(l.text)
		rest, ok := strings.CutPrefix(text, "名称")
		if !ok {
			continue
		}
		rest = strings.TrimLeft(rest, ":：")
		if rest == "" && i+1 < len(lines) {
			rest = compact(lines[i+1].text)
		}
		if name := legalName.FindString(rest); name != "" {
			return name
		}
	}
	return ""
}

// legalName is a registered name by how it ends, at the start of a line.
var legalName = regexp.MustCompile(`^[\p{Han}A-Za-z0-9()·&]{2,40}(?:公司|合作社|合伙\)?|企业|中心|协会|商会|学会|学校|学院|医院|研究院|委员会|联合会|基金会|厂|店|经营部|商行)(?:\([^()]{2,12}\))?$`)
