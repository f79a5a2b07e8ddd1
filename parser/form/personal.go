package form

import (
	"regexp"
	"strings"
	"time"

	"anli/parser/document"
)

// Kinds of personal data. The numbers themselves are kept nowhere.
const (
	PersonalID   = "身份证号"
	PersonalCard = "银行卡号"
)

var (
	idNumber   = regexp.MustCompile(`(?:^|[^0-9A-Za-z])(\d{6})[ -]?(\d{8})[ -]?(\d{3}[\dXx])(?:[^0-9A-Za-z]|$)`)
	cardNumber = regexp.MustCompile(`(?:^|[^0-9A-Za-z.])(\d{16,19}|\d{4}(?:[ -]\d{4}){3}(?:[ -]?\d{1,3})?)(?:[^0-9A-Za-z.]|$)`)
	cardWords  = regexp.MustCompile(`卡号|银行卡|账号|帐号|账户|开户`)
)

// Personal tells which kinds of personal data stand in a document: numbers of ID
// cards (GB 11643: a province, a date, a check digit; not behind 信用代码), and of bank
// cards (ISO/IEC 7812: length and Luhn's check digit; beginning with 62, or near a
// word for an account).
func Personal(doc document.Document) []string {
	var id, card bool
	for _, b := range doc.Blocks {
		for _, line := range plainLines(b) {
			id = id || hasID(line)
			card = card || hasCard(line)
		}
	}
	var out []string
	if id {
		out = append(out, PersonalID)
	}
	if card {
		out = append(out, PersonalCard)
	}
	return out
}

// plainLines are the lines of a block in half width; a row of a table is one.
func plainLines(b document.Block) []string {
	var out []string
	half := func(s string) string { return strings.Map(half, s) }
	out = append(out, strings.Split(half(b.Text), "\n")...)
	for _, row := range b.Rows {
		var cells []string
		for _, c := range row {
			cells = append(cells, half(c.Text))
		}
		out = append(out, strings.Join(cells, "|"))
	}
	return out
}

func hasID(line string) bool {
	for _, m := range idNumber.FindAllStringSubmatchIndex(line, -1) {
		number := strings.ToUpper(line[m[2]:m[3]] + line[m[4]:m[5]] + line[m[6]:m[7]])
		before := line[max(0, m[0]-40):m[2]]
		if idValid(number) && !strings.Contains(before, "信用代码") {
			return true
		}
	}
	return false
}

// idValid judges a number of 18 by GB 11643.
func idValid(s string) bool {
	born, err := time.Parse("20060102", s[6:14])
	if err != nil || born.Year() < 1920 || born.Year() > 2030 || !strings.ContainsRune("12345678", rune(s[0])) || s[1] == '0' {
		return false
	}
	sum := 0
	for i, w := range [...]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += w * int(s[i]-'0')
	}
	return s[17] == "10X98765432"[sum%11]
}

func hasCard(line string) bool {
	for _, m := range cardNumber.FindAllStringSubmatchIndex(line, -1) {
		number := strings.NewReplacer(" ", "", "-", "").Replace(line[m[2]:m[3]])
		before := line[max(0, m[0]-60):m[2]]
		known := strings.HasPrefix(number, "62") || len(number) == 16 && (number[0] == '4' || number[0] == '5') && cardWords.MatchString(before)
		if known && luhn(number) && !strings.Contains(before, "信用代码") {
			return true
		}
	}
	return false
}

func luhn(number string) bool {
	sum := 0
	for i := range number {
		d := int(number[len(number)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
