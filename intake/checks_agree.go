package intake

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"anli/parser/form"

	"golang.org/x/text/unicode/norm"
)

// checkLicensee: the licences name another unit than the form.
func checkLicensee(c Checked) []Finding {
	other, ocr := "", false
	for _, f := range c.Case.Active() {
		r := c.Reading(f.SHA256)
		for _, x := range r.licences() {
			switch {
			case x.Licensee == "" || !f.serves(RoleLicense):
				continue
			case fitsName(x.Licensee, c.Form.Unit):
				return nil
			}
			other, ocr = x.Licensee, r.Pictured
		}
	}
	if other == "" || !c.HasForm || blank(c.Form.Unit) {
		return nil
	}
	f := finding("unit-mismatch", "warning", "text", "reply", fmt.Sprintf("营业执照上的名称“%s”与申报表中的单位“%s”不一致", other, c.Form.Unit),
		"请确认。公示、证书和牌匾将使用营业执照上的全称。")
	return []Finding{f.recognised(ocr)}
}

// checkPDFText: the PDF's own words and the Word copy differ. The bureau's later word
// on a box settles it.
func checkPDFText(c Checked) []Finding {
	word, _ := c.formIn(RoleFormText)
	pdf, ocr := c.formIn(RoleFormPDF)
	if word == nil || pdf == nil {
		return nil
	}
	var out []string
	differ := func(key, label, a, b string) {
		if !slices.ContainsFunc(c.Case.Corrections, func(x Correction) bool { return x.Field == key }) {
			out = append(out, fmt.Sprintf("%s（PDF“%s”，Word“%s”）", label, oneLine(a), oneLine(b)))
		}
	}
	for _, x := range fields[:2] {
		if a, b := *x.get(pdf), *x.get(word); !blank(a) && !blank(b) && !fitsName(a, b) {
			differ(x.key, x.label, a, b)
		}
	}
	if len(pdf.Categories) == 1 && len(word.Categories) == 1 && pdf.Categories[0] != word.Categories[0] {
		differ("categories", "参评领域", pdf.Categories[0], word.Categories[0])
	}
	if !sharesPhone(pdf.Phone, word.Phone) {
		differ("phone", "联系电话", pdf.Phone, word.Phone)
	}
	for _, x := range fields[7:] {
		if a, b := otherAmount(*x.get(pdf), *x.get(word)); a != "" {
			differ(x.key, x.label, a, b)
		}
	}
	if len(out) == 0 {
		return nil
	}
	f := finding("pdf-text-mismatch", "warning", "text", "file", "PDF与电子文本不一致："+strings.Join(out, "；"), "以盖章PDF为准，请更正电子文本。")
	return []Finding{f.recognised(ocr)}
}

// formIn is the newest filled form among the files of a role, nil if none was read;
// ocr tells that a machine may have recognised it.
func (c Checked) formIn(role Role) (f *form.Form, ocr bool) {
	for _, f := range slices.Backward(c.Case.Active()) {
		if r := c.Reading(f.SHA256); f.Role == role && r.Paper != nil && r.Paper.Form != nil && !blankForm(*r.Paper.Form) {
			return r.Paper.Form, r.Pictured
		}
	}
	return nil, false
}

func oneLine(s string) string { return clip(strings.Join(strings.Fields(s), " "), 60) }

// phoneDigits are runs of digits long enough for a number.
var phoneDigits = regexp.MustCompile(`\d{7,}`)

// sharesPhone: some number stands in both, or one of them has none.
func sharesPhone(a, b string) bool {
	numbers := func(s string) map[string]bool {
		out := map[string]bool{}
		for _, part := range phoneSplit.Split(norm.NFKC.String(s), -1) {
			plain := strings.Map(func(r rune) rune {
				if strings.ContainsRune(" -()（）—–－", r) {
					return -1
				}
				return r
			}, dashMarks.Replace(part))
			for _, d := range phoneDigits.FindAllString(plain, -1) {
				out[d[max(0, len(d)-7):]] = true // with or without the area's code
			}
		}
		return out
	}
	x, y := numbers(a), numbers(b)
	for n := range x {
		if y[n] {
			return true
		}
	}
	return len(x) == 0 || len(y) == 0
}

// amount is a number with the unit behind it.
var amount = regexp.MustCompile(`\d[\d,]*(?:\.\d+)?(?:万亿|亿|千万|百万|万|千)?`)

// otherAmount finds a sentence that stands in both texts but for its amounts: those
// of the first and of the second, "" where there is none. 12,000万 is 1.2亿. A
// sentence that is otherwise worded, too, tells nothing: a PDF's words come apart.
func otherAmount(pdf, word string) (a, b string) {
	in := sentences(pdf)
	out := sentences(word)
	for _, bones := range slices.Sorted(maps.Keys(in)) {
		x, y := in[bones], out[bones]
		if len(x) != 1 || len(y) != 1 || len([]rune(bones)) < 6 {
			continue // not there, or there twice
		}
		for i := range x[0] {
			if amountValue(x[0][i]) != amountValue(y[0][i]) {
				return x[0][i], y[0][i]
			}
		}
	}
	return "", ""
}

var sentenceEnd = regexp.MustCompile(`[。；;！？!?]`)

// sentences gives the amounts of each sentence of a text, by its words without them.
func sentences(text string) map[string][][]string {
	out := map[string][][]string{}
	text = strings.Join(strings.Fields(norm.NFKC.String(text)), "")
	for _, s := range sentenceEnd.Split(text, -1) {
		found := amount.FindAllString(s, -1)
		if len(found) > 0 {
			bones := amount.ReplaceAllString(s, "#")
			out[bones] = append(out[bones], found)
		}
	}
	return out
}

// amountValue is an amount in digits only, so that 12000万 and 1.2亿 compare equal.
func amountValue(s string) string {
	digits := strings.TrimRight(strings.ReplaceAll(s, ",", ""), "万亿千百")
	zeros := map[string]int{"": 0, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}[strings.ReplaceAll(s, ",", "")[len(digits):]]
	whole, part, _ := strings.Cut(digits, ".")
	part = strings.TrimRight(part, "0")
	if len(part) <= zeros {
		whole, part = whole+part+strings.Repeat("0", zeros-len(part)), ""
	} else {
		whole, part = whole+part[:zeros], part[zeros:]
	}
	return cmp.Or(strings.TrimLeft(whole, "0"), "0") + "." + part
}
