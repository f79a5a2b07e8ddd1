package intake

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// creditAlphabet are the characters of a credit code in the order of their values
// (GB 32100-2015, table 1).
const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// CreditCodeValid: 18 characters with a right last check digit (GB 32100-2015).
func CreditCodeValid(code string) bool {
	if len(code) != 18 {
		return false
	}
	sum := 0
	for i, w := 0, 1; i < 17; i, w = i+1, w*3%31 {
		v := strings.IndexByte(creditAlphabet, code[i])
		if v < 0 {
			return false
		}
		sum += w * v
	}
	return code[17] == creditAlphabet[(31-sum%31)%31]
}

// orgCheck: an organisation code of nine with a right check digit (GB 11714).
func orgCheck(code string) bool {
	const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	sum := 0
	for i, w := range [...]int{3, 7, 9, 10, 5, 8, 4, 2} {
		sum += w * strings.IndexByte(alphabet, code[i])
	}
	return code[8] == "0123456789X"[(11-sum%11)%11]
}

// creditSlips are characters that are taken for one another, by people and by
// recognition. I, O, S, V and Z stand in no credit code.
var creditSlips = strings.Fields("O0 D0 Q0 I1 L1 71 S5 Z2 B8 G6 C6 39 VU VY UV MN EF PR")

// wrongCredit says what is wrong with a credit code, with the place and the likely
// right character where only one is; "" if nothing is.
func wrongCredit(code string) string {
	if n := len(code); n != 18 {
		if n < 18 {
			return fmt.Sprintf("应为18位，少%d位", 18-n)
		}
		return fmt.Sprintf("应为18位，多%d位", n-18)
	}
	if CreditCodeValid(code) {
		return ""
	}
	if right := likelyCredit(code); right != "" {
		var places []string
		for i := range code {
			if code[i] != right[i] {
				places = append(places, fmt.Sprintf("第%d位“%c”疑为“%c”", i+1, code[i], right[i]))
			}
		}
		return strings.Join(places, "，")
	}
	var strange []string
	for i := range code {
		if strings.IndexByte(creditAlphabet, code[i]) < 0 {
			strange = append(strange, fmt.Sprintf("第%d位“%c”不是代码所用的字符", i+1, code[i]))
		}
	}
	if len(strange) > 0 {
		return strings.Join(strange, "，")
	}
	if !orgCheck(code[8:17]) {
		return "第9至17位有误"
	}
	return "校验码不符"
}

// likelyCredit is the only code with both check digits right that one slip, or the
// forbidden characters alone, part from this one; "" if there is none or several.
func likelyCredit(code string) string {
	plain := withoutForbidden(code)
	if plain != code && possibleCredit(plain) {
		return plain
	}
	var found []string
	take := func(try string) {
		if possibleCredit(try) && !slices.Contains(found, try) {
			found = append(found, try)
		}
	}
	for i := range plain {
		for _, slip := range creditSlips {
			for _, x := range []string{slip, slip[1:] + slip[:1]} {
				if plain[i] == x[0] {
					take(plain[:i] + x[1:] + plain[i+1:])
				}
			}
		}
		if i > 0 && plain[i] != plain[i-1] {
			take(plain[:i-1] + plain[i:i+1] + plain[i-1:i] + plain[i+1:])
		}
	}
	if len(found) != 1 {
		return ""
	}
	return found[0]
}

// withoutForbidden reads the characters that stand in no code as the digits they are
// like.
func withoutForbidden(code string) string {
	return strings.NewReplacer("O", "0", "I", "1", "S", "5", "Z", "2").Replace(code)
}

// possibleCredit: both check digits are right, the kinds of registration exist (GB
// 32100-2015, table 2) and the division is one of digits, in some province.
func possibleCredit(code string) bool {
	return CreditCodeValid(code) && orgCheck(code[8:17]) && creditStart.MatchString(code) && divisions()[code[2:4]] != ""
}

var creditStart = regexp.MustCompile(`^(?:1[1239]|2[19]|3[1-59]|4[19]|5[1239]|6[129]|7[129]|8[19]|9[123]|A[19]|N[1239]|Y1)\d{6}`)

//go:embed divisions.txt
var divisionTable string

// divisions are the names of provinces (two digits), and of the cities and districts
// of Guangdong (four and six), by their code (GB/T 2260).
func divisions() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(divisionTable) {
		if w := strings.Fields(line); len(w) > 1 && w[0] != "#" {
			out[w[0]] = w[1]
		}
	}
	return out
}

// divisionName is what the division code in a credit code (its places 3 to 8) means:
// 广东省佛山市顺德区; as far as it is known, and the digits where nothing is.
func divisionName(code string) string {
	names, out := divisions(), ""
	for _, n := range []int{2, 4, 6} {
		if name := names[code[:n]]; name != "" && !strings.HasSuffix(out, name) {
			out += name
		}
	}
	if out == "" {
		return code
	}
	return out
}
