package intake

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// checkPhone: a telephone number that can be called.
func checkPhone(c Checked) []Finding {
	if !c.HasForm {
		return nil
	}
	var out []Finding
	switch why := phoneWrong(c.Form.Phone); {
	case blank(c.Form.Phone) && joinedPhone.MatchString(c.Form.Email): // 13800001234a@b.example: the number is there
	case blank(c.Form.Phone):
		out = append(out, c.missing("phone-missing", "联系电话"))
	case why != "":
		out = append(out, finding("phone-invalid", "error", "text", "reply", fmt.Sprintf("联系电话“%s”%s", c.Form.Phone, why),
			fmt.Sprintf("直接回复“更正 %s 联系电话 正确号码”即可，无需重新盖章。", c.number())))
	}
	return out
}

var (
	joinedPhone = regexp.MustCompile(`^1[3-9]\d{9}[A-Za-z]`)

	phoneSplit = regexp.MustCompile(`[、,;/|\n]+|或|和`)
	dashMarks  = strings.NewReplacer("－", "-", "—", "-", "–", "-", "‐", "-", "‑", "-", "−", "-", "─", "-", "―", "-", "~", "-", "～", "-")
	extension  = regexp.MustCompile(`(?i)(?:转|分机|ext\.?|x|#|-)[^\d]{0,4}\d{1,6}\D*$`)
	extWord    = regexp.MustCompile(`(?i)\d\s*(?:转|分机|ext|x|#)`)
	digitRun   = regexp.MustCompile(`\+?\d(?:[\d\s()\-.]*\d)?`)
	country    = regexp.MustCompile(`^(?:\+|00?)?86`)
)

// plainAddress reads full-width characters and a Chinese full stop for a dot.
func plainAddress(s string) string {
	return atBlanks.ReplaceAllString(strings.ReplaceAll(norm.NFKC.String(s), "。", "."), "@")
}

// phoneWrong says what is wrong when none of the numbers given is a Chinese
// mobile or land line (area code, extension, hot lines 400 and 800, Hong Kong and
// Macao with their code are fine); "" when one is, or when there is none at all.
func phoneWrong(s string) string {
	if blank(s) {
		return ""
	}
	worst := ""
	for _, part := range phoneSplit.Split(dashMarks.Replace(norm.NFKC.String(s)), -1) {
		tries := []string{part, extension.ReplaceAllString(part, "")}
		if extWord.MatchString(part) {
			tries[0], tries[1] = tries[1], tries[0]
		}
		for _, x := range append(tries, digitRun.FindAllString(part, -1)...) {
			lack, ok := judgeNumber(x)
			if ok {
				return ""
			}
			if worst == "" {
				worst = lack
			}
		}
		for _, x := range strings.Fields(part) {
			if _, ok := judgeNumber(x); ok {
				return ""
			}
		}
	}
	return cmp.Or(worst, "不是电话号码")
}

// The numbering plan. Area codes of two digits after the 0 are 010 and 02x, whose
// numbers have eight digits; all others have three, with seven or eight.
var (
	mobile   = regexp.MustCompile(`^0?1[3-9]\d{9}$`)
	landLine = regexp.MustCompile(`^(?:0(?:10|2\d))?[2-9]\d{7}$|^(?:0[3-9]\d{2})?[2-9]\d{6,7}$`)
	abroad   = regexp.MustCompile(`^(?:\+|00)85[23]\d{8}$`)
	hotLine  = regexp.MustCompile(`^[48]00\d{7}$`)
	area     = regexp.MustCompile(`^(010|02\d|0[3-9]\d{2})(\d*)$`)
)

// eightDigits are the cities of Guangdong with a code of four and numbers of eight:
// 汕头, 深圳, 佛山, 中山, 东莞. Of the others seven and eight are taken.
var eightDigits = map[string]bool{"0754": true, "0755": true, "0757": true, "0760": true, "0769": true}

// judgeNumber tells whether this is a number to call; if not, what it lacks, ""
// if nothing certain can be said.
func judgeNumber(s string) (lack string, ok bool) {
	d := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, s)
	if abroad.MatchString(d) {
		return "", true
	}
	d = strings.ReplaceAll(d, "+", "")
	if c := country.FindString(d); c != "" && len(d)-len(c) >= 9 {
		d = d[len(c):]
		if d[0] != '0' && d[0] != '1' || strings.HasPrefix(d, "10") {
			d = "0" + d
		}
	}
	m := area.FindStringSubmatch(d)
	switch {
	case m != nil && eightDigits[m[1]] && len(m[2]) < 8, m != nil && !landLine.MatchString(d) && !mobile.MatchString(d):
		return lacks(len(m[2]), areaDigits(m[1], len(m[2]))), false
	case mobile.MatchString(d), landLine.MatchString(d), hotLine.MatchString(d):
		return "", true
	case d == "":
		return "", false
	case d[0] == '1' && len(d) > 7 && len(d) < 16:
		return cmp.Or(lacks(len(d), 11), "不是有效的手机号码"), false
	}
	return "不是完整的手机或固定电话号码", false
}

func areaDigits(code string, have int) int {
	if len(code) == 4 && !eightDigits[code] && have < 7 {
		return 7
	}
	return 8
}

// lacks says by how many digits a number is too short or too long.
func lacks(have, want int) string {
	switch {
	case have < want && want-have < 4:
		return fmt.Sprintf("少%d位", want-have)
	case have > want && have-want < 4:
		return fmt.Sprintf("多%d位", have-want)
	case have == want:
		return ""
	}
	return "不是完整的手机或固定电话号码"
}
