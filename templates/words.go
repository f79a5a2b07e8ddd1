package templates

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// longNumber is a run that may be an identity card or a bank card number.
var longNumber = regexp.MustCompile(`\d{15,19}[Xx]?`)

// oneLine makes what people wrote fit to stand in a line of a letter or a
// subject: breaks and control characters become blanks (a value must not begin a
// line of its own), characters that turn or hide text are dropped, identity and
// bank card numbers are covered.
func oneLine(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "�")
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), r == '\u2028', r == '\u2029':
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n"))
	if !manyDigits(s) {
		return s
	}
	return longNumber.ReplaceAllStringFunc(s, cover)
}

// manyDigits tells whether a run of digits could be one of longNumber's: nearly
// no line has one, and the ledger has many lines.
func manyDigits(s string) bool {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			n = 0
		} else if n++; n == 15 {
			return true
		}
	}
	return false
}

// cover hides the middle of an identity card number (GB 11643: date and check
// digit are right) or a bank card number (Luhn); other numbers stay, among them
// credit codes.
func cover(n string) string {
	if !isIdentity(n) && !isBankCard(n) {
		return n
	}
	return n[:4] + strings.Repeat("*", len(n)-6) + n[len(n)-2:]
}

func isIdentity(n string) bool {
	if len(n) != 18 {
		return false
	}
	if _, err := time.Parse("20060102", n[6:14]); err != nil {
		return false
	}
	sum, weight := 0, [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	for i, w := range weight {
		sum += int(n[i]-'0') * w
	}
	return "10X98765432"[sum%11] == strings.ToUpper(n)[17]
}

// isBankCard leaves out 18 digits: those are credit codes.
func isBankCard(n string) bool {
	if len(n) < 16 || len(n) == 18 || n[0] < '3' || n[0] > '6' {
		return false
	}
	sum := 0
	for i := range len(n) {
		c := n[len(n)-1-i]
		if c < '0' || c > '9' {
			return false
		}
		d := int(c - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// shorten cuts s to n characters, the last of which is then ….
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return strings.TrimRight(string(r[:n-1]), " 　，；：、") + "…"
}

// size writes bytes as people do: 1.2MB, 345KB, 12字节.
func size(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1fGB", float64(n)/(1<<30))
	case n >= 1000<<10:
		return fmt.Sprintf("%.1fMB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%dKB", (n+512)>>10)
	}
	return fmt.Sprintf("%d字节", n)
}

// quoted puts Chinese quotes around a name.
func quoted(s string) string { return "“" + strings.TrimSpace(s) + "”" }

// caseName is quoted for a case's name: quotes within quotes would look like a slip in
// a name that is to be checked.
func caseName(s string) string {
	if strings.ContainsAny(s, "“”") {
		return "《" + strings.Trim(strings.TrimSpace(s), "《》") + "》"
	}
	return quoted(s)
}

// title is the line that names a case: number and unit, then the case.
func title(number, unit, name string) (strong, tail string) {
	strong = number
	if unit = strings.TrimSpace(unit); unit != "" {
		strong += "　" + unit
	}
	if name = strings.TrimSpace(name); name != "" {
		tail = "　《" + strings.Trim(name, "《》") + "》"
	}
	return strong, tail
}
