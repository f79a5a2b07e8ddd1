package form

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"anli/parser/document"
)

// enough boxes found make a document the form without any title.
const enough = 6

// Read tells which paper a document is and reads it. It never fails: what it
// cannot tell has an empty Paper. A file that may hold several papers is
// read by [ReadPages].
func Read(doc document.Document, call Call) Reading {
	rows := rowsOf(doc)
	all := linesOf(rows)
	r := Reading{Words: Count(joined(all)), Revisions: doc.Revisions > 0 || doc.Comments > 0}
	if isSummary(all, rows) {
		r.Paper = PaperSummary
		return r
	}
	a := findForm(rows, newStripper(call))
	if a.isForm(all) {
		r.Paper = PaperForm
		r.Form = a.form(call)
		r.Missing = a.missing(call)
		r.Pictured = a.onlyPictures()
		r.Signed, r.Endorsed = a.signed, a.endorsed
		r.CreditCode, r.CodeWritten = creditCode(all)
		r.Commitment = a.found[commitment] && strings.Contains(compact(a.promise), "承诺")
		return r
	}
	if r.Paper = otherPaper(all, rows, r.Words); r.Paper == PaperLicense {
		r.CreditCode, r.CodeWritten = creditCode(all)
		r.Licensee = licensee(all)
	}
	return r
}

// answers are the boxes of a form as found.
type answers struct {
	short, long map[field]string
	found       map[field]bool
	pictured    map[field]bool
	box         []cell // of 参评领域
	title       string // what stands before the first box
	titled      bool   // some of it is the title of a form
	promise     string

	signed, endorsed string // dates, as Reading has them
}

// findForm reads the form, which may stand behind other text, as in the notice
// with its annex: it begins at the last title of a form before its long parts.
func findForm(rows []row, s stripper) answers {
	asked, parts := longParts(rows)
	start, titled := 0, false
	for i := range parts {
		if t := compact(rows[i].text()); title(t, 40) && formTitle.MatchString(t) {
			start, titled = i, true
		}
	}
	a := answers{titled: titled}
	a.short, a.found, a.box = shortFields(rows[start:parts])
	if len(a.found) == 0 {
		a.short, a.found, a.box = shortFields(rows[start:])
	}
	lines := linesOf(withoutHeads(rows[max(start, asked):], a.short))
	long, found, pictured, dates := longFields(lines, s)
	a.pictured = pictured
	a.long, a.signed, a.endorsed = long, cmp.Or(dates[sealUnit], dates[commitment]), dates[opinion]
	for f := range found {
		a.found[f] = true
	}
	for i, l := range lines {
		if f, _, ok := heading(l.text); ok && f == commitment {
			a.promise = joined(lines[i:min(i+6, len(lines))])
		}
	}
	a.title = titleText(rows, start)
	return a
}

// longParts is where the long parts of the form begin, len(rows) if nowhere, and the
// row before them that asks for 参评领域, or 0. A preface has its 公司简介 too, but before
// any 参评领域: it is taken only if there is no other.
func longParts(rows []row) (asked, parts int) {
	parts = len(rows)
	for i, r := range rows {
		if f, _, ok := heading(r.text()); ok && f == intro {
			if asked > 0 {
				return asked, i
			}
			parts = min(parts, i)
		}
		if asked == 0 && slices.ContainsFunc(r.cells, asksCategory) {
			asked = i
		}
	}
	return 0, parts
}

func asksCategory(c cell) bool {
	return slices.ContainsFunc(entries(c.text), func(e entry) bool { return e.field == category })
}

// withoutHeads leaves out what people repeat on each page of a form that they go on
// with in a new table: its title with 续 or 续表, and a short box with the value it
// had before.
func withoutHeads(rows []row, short map[field]string) []row {
	repeated := func(r row) bool {
		if t := compact(r.text()); title(t, 40) && goesOn.MatchString(t) {
			return true
		}
		if !r.table || len(r.cells) < 2 {
			return false
		}
		f, rest, ok := shortLabel(r.cells[0].text, false)
		return ok && rest == "" && short[f] != "" && tidy(textOf(r.cells[1:])) == short[f]
	}
	return slices.DeleteFunc(slices.Clone(rows), repeated)
}

// goesOn is the title of a form on its further pages.
var goesOn = regexp.MustCompile(`(申报表|申请表|申报书|推荐表)\(?续.{0,4}\)?$`)

// titleText is what stands around the title, up to the first box.
func titleText(rows []row, start int) string {
	var b strings.Builder
	for _, r := range rows[max(0, start-2):min(len(rows), start+6)] {
		if len(r.cells) > 0 && isLabel(r.cells[0].text) {
			break
		}
		b.WriteString(compact(r.text()))
	}
	return b.String()
}

func (a answers) isForm(lines []textLine) bool {
	n := 0
	for _, f := range required {
		if a.found[f] || f == phoneMail && a.found[phone] {
			n++
		}
	}
	return n >= enough || a.titled && (n >= 2 || hasTable(lines))
}

func hasTable(lines []textLine) bool {
	for _, l := range lines {
		if l.table {
			return true
		}
	}
	return false
}

func (a answers) form(call Call) *Form {
	f := &Form{
		Unit: a.short[unit], Case: a.short[caseName], PriorAward: a.short[prior],
		Leader: a.short[leader], Contact: a.short[contact],
		Intro: a.long[intro], Background: a.long[background], Innovation: a.long[innovation],
		Benefit: a.long[benefit], Demonstration: a.long[demonstration], Opinion: a.long[opinion],
	}
	f.Categories, f.Other = categories(a.short[category], a.box, call)
	f.Phone, f.Email = splitContact(a.short[phoneMail])
	p1, m1 := splitContact(a.short[phone])
	p2, m2 := splitContact(a.short[email])
	f.Phone, f.Email = either(f.Phone, p1), either(f.Email, m2, m1, p2)
	return f
}

// onlyPictures are the long parts whose answer is a picture.
func (a answers) onlyPictures() []string {
	var out []string
	for _, x := range []struct {
		field field
		key   string
	}{{intro, "intro"}, {background, "background"}, {innovation, "innovation"}, {benefit, "benefit"}, {demonstration, "demonstration"}} {
		if a.pictured[x.field] && a.long[x.field] == "" {
			out = append(out, x.key)
		}
	}
	return out
}

func either(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

var yearWritten = regexp.MustCompile(`20\d\d`)

// missing lists the boxes that are not there, first of all the call's own name.
func (a answers) missing(call Call) []string {
	var out []string
	said := a.title
	if !a.titled {
		said += compact(a.promise)
	}
	if call.Title != "" && !strings.Contains(said, compact(call.Title)) {
		out = append(out, "标题："+call.Title)
	}
	years := yearWritten.FindAllString(a.title, -1)
	if call.Year != 0 && len(years) > 0 && !strings.Contains(strings.Join(years, " "), strconv.Itoa(call.Year)) {
		out = append(out, fmt.Sprintf("年份：%d年", call.Year))
	}
	for _, f := range required {
		if !a.found[f] && !(f == phoneMail && (a.found[phone] || a.found[email])) {
			out = append(out, f.asWritten())
		}
	}
	return out
}
