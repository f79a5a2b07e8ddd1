package review

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// What stands in a text for experts in place of what was taken out.
const (
	MaskContact  = "（联系方式略）"
	MaskIdentity = "（证件号码略）"
)

// Scrub takes out of a text for experts what leads to the applicant's people:
// telephones, mail addresses, street addresses behind their label, numbers of
// identity and bank cards. Amounts, years, percentages, credit codes and all
// other text stay as they are. A second time changes nothing. Bytes that are not
// UTF-8 become �.
func Scrub(text string) string {
	text = strings.ToValidUTF8(text, "�")
	for {
		next := scrubOnce(text)
		if next == text {
			return text
		}
		text = next // each time with fewer digits, @ or streets
	}
}

// scrubSpan is a piece of the narrowed text to take out.
type scrubSpan struct {
	from, to int
	mask     string
}

func scrubOnce(text string) string {
	f := narrow(text)
	spans := slices.Concat(mailAddresses(f.text), streetAddresses(f.text), numbersOfPeople(f.text))
	slices.SortStableFunc(spans, func(a, b scrubSpan) int { return a.from - b.from })
	var out strings.Builder
	at, kept := 0, 0 // how far the narrowed text is done, and from where the text is kept
	for _, s := range spans {
		if s.from < at {
			continue // part of one that is out already
		}
		out.WriteString(text[kept:f.at[s.from]])
		out.WriteString(s.mask)
		at, kept = s.to, f.at[s.to]
	}
	out.WriteString(text[kept:])
	return out.String()
}

var (
	atSign     = regexp.MustCompile(` ?(?:@|\((?i:at)\)|\[(?i:at)\])`)
	mailDomain = regexp.MustCompile(`^ ?(?:(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}|[A-Za-z0-9-]+。[A-Za-z]{2,})`)
)

func mailAddresses(text string) []scrubSpan {
	var out []scrubSpan
	for _, at := range atSign.FindAllStringIndex(text, -1) {
		from, domain := len(strings.TrimRightFunc(text[:at[0]], inMailAddress)), mailDomain.FindString(beginOf(text[at[1]:]))
		if from < at[0] && domain != "" {
			out = append(out, scrubSpan{from, at[1] + len(domain), MaskContact})
		}
	}
	return out
}

func inMailAddress(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("._%+-", r)
}

var (
	addressLabel = regexp.MustCompile(`(?:联系|通讯|通信|注册|办公|经营|公司|单位|企业|详细|收件|邮寄|园区|项目)地址 ?[ :为是] ?|(?:地址|住所地?|住址|注册地|办公地点|经营场所) ?: ?`)
	addressValue = regexp.MustCompile(`^(?:[^\r\t。;，,!?|():]|\([^():]*\))+:?`)
	nextLabel    = regexp.MustCompile(`  | ?(?:电话|手机|传真|邮编|邮政编码|联系人|联系方式|邮箱|网址|法定代表人|(?i:tel|e-?mail)) ?[:\d+(]|[ 、]\p{Han}{2,8} ?:$|:$`)
	streetWord   = regexp.MustCompile(`[省市区县镇乡村路街道巷号栋座楼层室厦园]`)
)

// streetAddresses finds what follows a label, up to a mark that ends it, the next
// label, or a blank with nothing of a street behind it.
func streetAddresses(text string) []scrubSpan {
	var out []scrubSpan
	for _, label := range addressLabel.FindAllStringIndex(text, -1) {
		line, _, _ := strings.Cut(text[label[1]:], "\n")
		value := addressValue.FindString(line)
		if m := nextLabel.FindStringIndex(value); m != nil {
			value = value[:m[0]]
		}
		last := streetWord.FindAllStringIndex(value, -1)
		if last == nil {
			continue
		}
		if blank := strings.IndexByte(value[last[len(last)-1][1]:], ' '); blank >= 0 {
			value = value[:last[len(last)-1][1]+blank]
		}
		out = append(out, scrubSpan{label[1], label[1] + len(value), MaskContact})
	}
	return out
}

// narrowed is a text with full-width forms, dashes and blanks folded to ASCII and
// invisible characters left out, and where each of its bytes stands in the text.
type narrowed struct {
	text string
	at   []int // one more than bytes
}

// halves are what people write for ASCII outside the full-width forms. A
// full-width comma is left as it is: it parts words, never thousands.
var halves = map[rune]rune{'—': '-', '–': '-', '‐': '-', '‑': '-', '−': '-', '─': '-', '―': '-', '﹣': '-', '﹕': ':', '　': ' ', '\u00a0': ' '}

func narrow(text string) narrowed {
	var b strings.Builder
	at := make([]int, 0, len(text)+1)
	for i, r := range text {
		if unicode.Is(unicode.Cf, r) {
			continue
		}
		if h, ok := halves[r]; ok {
			r = h
		} else if r >= '！' && r <= '～' && r != '，' {
			r -= '！' - '!'
		}
		n, _ := b.WriteRune(r)
		for range n {
			at = append(at, i)
		}
	}
	return narrowed{b.String(), append(at, len(text))}
}
