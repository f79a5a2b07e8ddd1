package review

import (
	"regexp"
	"strings"
	"time"
)

// Parts of telephone numbers in narrowed text.
const (
	phoneCountry = `(?:\((?:\+|00)86\)[ -]?|(?:\+|00)86[ -]?|86-)`
	phoneArea    = `(?:\((?:010|02\d|0[3-9]\d{2})\)|(?:010|02\d|0[3-9]\d{2}))[ -]{0,3}`
	phoneLocal   = `[2-9]\d{2,3}[ -]?\d{4}`
	phoneExt     = `(?: ?\((?:转|分机) ?\d{1,6}\)| ?(?:转|分机|ext\.?|x|#)[ :]?\d{1,6}|-\d{1,4})?`
	phoneFurther = `(?:[/、]` + phoneLocal + `)*`
)

// numberKind is one kind of number: what it looks like from its first character on,
// what must stand before it, and whether it is one, seen from what is around it.
type numberKind struct {
	mask   string
	before *regexp.Regexp // nil: anything
	looks  *regexp.Regexp
	is     func(number, before, after string) bool
}

// numberKinds are all numbers that are taken out. The first that fits has it.
var numberKinds = []numberKind{
	{MaskIdentity, nil, begins(`\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx]`), isIdentity},
	{MaskIdentity, ends(`身份证(?:件)?(?:号码|号)?[ :]{0,3}`), begins(`\d{15}(?:\d{2}[\dXx])?`), standsAlone},
	{MaskIdentity, ends(`(?:账号|帐号|卡号|账户|帐户)(?:号码)?[ :]{1,3}`), begins(`\d(?:[ -]?\d){11,21}`), standsAlone},
	{MaskIdentity, nil, begins(`[3-6]\d{3}(?: ?\d{4}){3}(?: ?\d{3})?|[3-6]\d{3}(?:-\d{4}){3}(?:-\d{3})?|6\d{5} ?\d{13}`), isBankCard},
	{MaskContact, nil, begins(phoneCountry + `?1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]\d{4}|[ -]\d{8}|\d[ -]\d{3}[ -]?\d{4}|\d{4}[ -]\d{4}|[ -]\d{3}[ -]\d{5})`), isPhone},
	{MaskContact, nil, begins(phoneCountry + `?` + phoneArea + phoneLocal + phoneFurther + phoneExt), isPhone},
	{MaskContact, nil, begins(phoneCountry + `(?:10|2\d|[3-9]\d{2})[ -]?` + phoneLocal + phoneExt), isPhone},
	{MaskContact, nil, begins(`(?:\+|00)(?:852|853|886)[ -]?\d{4}[ -]?\d{4}`), isPhone},
	{MaskContact, nil, begins(`[48]00-?(?:\d{3}-?\d{4}|\d{4}-?\d{3})` + phoneExt), isPhone},
	{MaskContact, ends(`(?:电话|热线|客服|咨询|拨打)[^\d\n]{0,4}`), begins(`[48]00 (?:\d{3} ?\d{4}|\d{4} ?\d{3})`), isPhone},
	{MaskContact, ends(`(?:电话|手机|座机|传真|热线|联系方式|(?i:tel|fax|mobile|phone))(?:号码|号)?(?:\([^()\d]{0,6}\))? ?: ?`), begins(phoneLocal + phoneFurther + phoneExt), isPhone},
	{MaskContact, ends(`[Qq]{2}(?:号码|号)? ?: ?`), begins(`[1-9]\d{4,10}`), isAccount},
}

func begins(pattern string) *regexp.Regexp { return regexp.MustCompile(`^(?:` + pattern + `)`) }
func ends(pattern string) *regexp.Regexp   { return regexp.MustCompile(`(?:` + pattern + `)$`) }

// numbersOfPeople finds numbers of all kinds. A number begins where a digit
// follows none, or with a + or a bracket.
func numbersOfPeople(text string) []scrubSpan {
	var out []scrubSpan
	for at := 0; at < len(text); at++ {
		if b := text[at]; b != '+' && b != '(' && (!isDigit(b) || at > 0 && isDigit(text[at-1])) {
			continue
		}
		before := endOf(text[:at])
		for _, k := range numberKinds {
			number := k.looks.FindString(beginOf(text[at:]))
			if number != "" && (k.before == nil || k.before.MatchString(before)) && k.is(number, before, beginOf(text[at+len(number):])) {
				out = append(out, scrubSpan{at, at + len(number), k.mask})
				at += len(number) - 1
				break
			}
		}
	}
	return out
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// endOf and beginOf are as much of a text as is looked at.
func endOf(s string) string   { return strings.ToValidUTF8(s[max(0, len(s)-64):], "") }
func beginOf(s string) string { return s[:min(len(s), 96)] }

var (
	joinedBefore = regexp.MustCompile(`(?:\d\.|[￥¥$] ?|[A-Za-z]-?)$`)
	labelBefore  = regexp.MustCompile(`(?i)(?:tel|fax|mobile|phone|(?:^|[^a-z])[tmp])\.?$`)
	joinedAfter  = regexp.MustCompile(`^(?:\.?\d|,\d{3}(?:\D|$)|[A-Za-z])`)
)

// standsAlone tells whether a number is whole: no digit, letter, decimal or
// thousand beside it belongs to it.
func standsAlone(_, before, after string) bool {
	return !joinedBefore.MatchString(before) && !joinedAfter.MatchString(after)
}

// Around an amount. A space may part only 元 and its like from a number: words
// behind a telephone begin with other units (13800138000 个人微信).
var (
	amountAfter  = regexp.MustCompile(`^ ?(?:元|美元|港元|欧元|人民币|%)|^[万亿][元美港人次件单条台笔户吨个]|^(?:人次|次|件|条|台|笔|户|吨|个[^人]|单[^位])`)
	amountBefore = regexp.MustCompile(`(?:(?:额|收入|产值|利润|资产|资金|GMV)\)?|元\))[ :为达约]{0,3}$`)
	columns4     = regexp.MustCompile(`^ \d{4}(?:[^\d年]|$)`)
	spaced       = regexp.MustCompile(`^\d{3} \d{4} \d{4}$`)
	spacedYears  = regexp.MustCompile(`^\d{3} (?:19|20)\d\d (?:19|20)\d\d$`)
)

// isPhone leaves out amounts, parts of longer numbers, and columns of numbers.
func isPhone(number, before, after string) bool {
	if !standsAlone(number, before, after) && !(labelBefore.MatchString(before) && !joinedAfter.MatchString(after)) {
		return false
	}
	columns := spacedYears.MatchString(number) || spaced.MatchString(number) && columns4.MatchString(after)
	return !columns && !isAmount(number, before, after)
}

// isAccount leaves out numbers of users.
func isAccount(number, before, after string) bool {
	return isPhone(number, before, after) && !strings.HasPrefix(after, "万") && !strings.HasPrefix(after, "亿")
}

// isAmount tells an amount by the words around it or by six zeros at its end.
func isAmount(number, before, after string) bool {
	return amountAfter.MatchString(after) || amountBefore.MatchString(before) || strings.HasSuffix(number, "000000")
}

var creditBefore = regexp.MustCompile(`信用代码(?:证)?(?:号码|号)?[ :为是]{0,3}$`)

// isIdentity checks region, date and check digit (GB 11643). Behind the label of
// a credit code it is none, even if the digits could be both.
func isIdentity(number, before, after string) bool {
	n := strings.ToUpper(withoutGroups.Replace(number))
	if !standsAlone(number, before, after) || n[0] < '1' || n[0] > '8' || creditBefore.MatchString(before) {
		return false
	}
	if day, err := time.Parse("20060102", n[6:14]); err != nil || day.Year() < 1900 || day.Year() > 2099 {
		return false
	}
	sum, weight := 0, [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	for i, w := range weight {
		sum += int(n[i]-'0') * w
	}
	return "10X98765432"[sum%11] == n[17]
}

var withoutGroups = strings.NewReplacer(" ", "", "-", "")

// isBankCard checks the digits by Luhn (ISO/IEC 7812).
func isBankCard(number, before, after string) bool {
	n := withoutGroups.Replace(number)
	if !standsAlone(number, before, after) || isAmount(n, before, after) {
		return false
	}
	sum := 0
	for i := range len(n) {
		d := int(n[len(n)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
