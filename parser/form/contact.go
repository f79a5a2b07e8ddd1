package form

import (
	"regexp"
	"strings"
)

// mailToken is anything with an at sign in it; it need not be a right address.
var mailToken = regexp.MustCompile(`[^\s、，,；;/|（）()：:]+[@＠][^\s、，,；;/|（）()：:]*`)

// Blanks and line ends that part an address in two, in a narrow cell or by a slip.
var (
	atGap     = regexp.MustCompile(`([A-Za-z0-9_])\s*([@＠])\s*([A-Za-z0-9])`)
	dotGap    = regexp.MustCompile(`([@＠][A-Za-z0-9-]+)(?:\s+([.．])\s*|([.．])\s+)([A-Za-z]{2,})`)
	domainGap = regexp.MustCompile(`([@＠][A-Za-z0-9-]+)\r?\n([A-Za-z0-9-]*\.(?:com|cn|net|org)\b)`)
	commaDot  = regexp.MustCompile(`([@＠][A-Za-z0-9-]+)([,，])\s*(com|cn|net|org)\b`)
)

// mendGaps brings addresses that blanks part in two together. A comma that stands
// for a full stop is kept in place by a mark, lest it part them.
func mendGaps(text string) string {
	text = atGap.ReplaceAllString(text, "$1$2$3")
	text = dotGap.ReplaceAllString(text, "$1$2$3$4")
	text = domainGap.ReplaceAllString(text, "$1$2")
	return commaDot.ReplaceAllString(text, "$1"+commaMark+"$3")
}

// brokenNumber is a number that a line's end may part in two, in a narrow cell.
var brokenNumber = regexp.MustCompile(`(?:^|[^\d-])((?:1[3-9]|0\d{2,3}-?)\d*)\r?\n(\d{1,6})(?:\D|$)`)

// joinNumbers brings a number together whose first line lacks as many digits as the
// second has.
func joinNumbers(text string) string {
	var b strings.Builder
	from := 0
	for _, m := range brokenNumber.FindAllStringSubmatchIndex(text, -1) {
		first, second := text[m[2]:m[3]], text[m[4]:m[5]]
		whole := digits(first) + len(second)
		longArea := first[0] == '0' && first[1] >= '3' // of four digits
		if whole == 11 || whole == 12 && longArea {
			b.WriteString(text[from:m[3]])
			from = m[4]
		}
	}
	return b.String() + text[from:]
}

// commaMark is no character of any text.
const commaMark = "\uE000"

// dotToken looks like an address whose at sign was forgotten, or is another mark of its row of keys.
var dotToken = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_\-]*(\.[A-Za-z0-9_\-]+)+$|^[A-Za-z0-9._\-]+[#&*!$%^][A-Za-z0-9\-]+(\.[A-Za-z]{2,})+$`)

// contactWords name the parts inside the box.
var contactWords = regexp.MustCompile(`(?i)(联系电话|办公电话|固定电话|移动电话|手机号码|手机号|手机|座机|电话|电子邮箱|电子邮件|邮箱地址|邮箱|邮件|e-?mail|tel)\s*[：:]?`)

// breaks part several numbers; spaces do not: 020 3881 9864 is one.
var breaks = regexp.MustCompile(`[、，,；;|\n\t]+`)

// splitContact parts 联系电话及邮箱 into numbers and addresses, each as written,
// several joined by 、.
func splitContact(text string) (phones, mails string) {
	var mail, tel []string
	text = joinNumbers(mendGaps(text))
	for _, m := range mailToken.FindAllString(text, -1) {
		mail = append(mail, strings.ReplaceAll(strings.TrimRight(m, ".。"), commaMark, ","))
	}
	text = mailToken.ReplaceAllString(text, "、")
	text = contactWords.ReplaceAllString(text, "、")
	for _, piece := range breaks.Split(text, -1) {
		for _, p := range numbers(strings.Trim(tidy(piece), "/:：.。 ")) {
			switch {
			case p == "":
			case dotToken.MatchString(p):
				mail = append(mail, p)
			default:
				tel = append(tel, p)
			}
		}
	}
	return strings.Join(tel, "、"), strings.Join(mail, "、")
}

// numbers parts a piece at slashes and spaces if every part is a whole number.
func numbers(piece string) []string {
	parts := strings.FieldsFunc(piece, func(r rune) bool { return r == '/' || r == '／' || invisible(r) })
	for _, p := range parts {
		if n := digits(p); n < 7 {
			return []string{piece}
		}
	}
	return parts
}

func digits(s string) int {
	n := 0
	for _, r := range s {
		if r = half(r); r >= '0' && r <= '9' {
			n++
		}
	}
	return n
}
