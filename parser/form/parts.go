package form

import (
	"cmp"
	"regexp"
	"slices"

	"anli/parser/document"
)

// Part is the pages of a file that are one kind of paper.
type Part struct {
	Paper       string `json:"paper"` // one of the Paper constants
	Pages       []int  `json:"pages"` // from 1, rising
	CreditCode  string `json:"credit_code,omitempty"`
	CodeWritten string `json:"code_written,omitempty"`
	Licensee    string `json:"licensee,omitempty"`
}

// ReadPages is [Read] for a file that may hold several papers, one behind the
// other, as people merge them into one 申报材料.pdf. A form is read from its own
// pages, so that a certificate behind it does not run into its last box. Papers
// are told by their words only: of a page that is a picture nothing is said, and
// where such pages stand beside a licence or certificate, the file as a whole is
// none of the papers.
func ReadPages(doc document.Document, call Call) Reading {
	whole := Read(doc, call)
	pages := byPage(doc)
	if len(pages) < 2 && len(doc.Scans) == 0 || doc.Scanned {
		return whole
	}
	first, last := 0, 0
	if whole.Paper == PaperForm {
		first, last = formPages(pages, call)
	}
	parts := partsOf(pages, first, last)
	switch {
	case whole.Paper == PaperForm:
		if len(parts) < 2 || first == 0 {
			return whole
		}
		whole = Read(between(doc, first, last), call)
	case len(doc.Scans) > 0 && (whole.Paper == PaperLicense || whole.Paper == PaperCertificate):
		if len(parts) == 0 {
			parts = []Part{{whole.Paper, pageNumbers(pages), whole.CreditCode, whole.CodeWritten, whole.Licensee}}
		}
		whole = Reading{Words: whole.Words, Revisions: whole.Revisions}
	case len(parts) < 2 && whole.Paper != "":
		return whole
	}
	whole.Parts = parts
	return whole
}

// page is what stands on one page of a file.
type page struct {
	number int
	rows   []row
	lines  []textLine
	words  int
}

// byPage gives the pages that have words; none where pages are not known.
func byPage(doc document.Document) []page {
	var out []page
	for _, r := range rowsOf(doc) {
		if r.page == 0 {
			return nil
		}
		if len(out) == 0 || out[len(out)-1].number != r.page {
			out = append(out, page{number: r.page})
		}
		p := &out[len(out)-1]
		p.rows = append(p.rows, r)
	}
	for i := range out {
		out[i].lines = linesOf(out[i].rows)
		out[i].words = Count(joined(out[i].lines))
	}
	return out
}

func pageNumbers(pages []page) []int {
	var out []int
	for _, p := range pages {
		out = append(out, p.number)
	}
	return out
}

// between is the part of a document on the pages first to last.
func between(doc document.Document, first, last int) document.Document {
	doc.Blocks = slices.DeleteFunc(slices.Clone(doc.Blocks), func(b document.Block) bool { return b.Page < first || b.Page > last })
	return doc
}

// fewWords on the page behind the last box are what is left of it: a date.
const fewWords = 40

// formPages gives the first and the last page of the form: from its title or its
// first boxes to the box of the bureau's opinion, or what is left of it overleaf;
// without that box to the next paper or picture.
func formPages(pages []page, call Call) (first, last int) {
	s := newStripper(call)
	for i, p := range pages {
		a := findForm(p.rows, s)
		switch {
		case first == 0 && (a.isForm(p.lines) || len(a.found) >= 3):
			first, last = p.number, p.number
			if i > 0 && pages[i-1].number == p.number-1 && titled(pages[i-1]) {
				first--
			}
		case first == 0:
			continue
		case a.hasPart() && p.number > first:
			last = p.number
		}
		if first > 0 && a.found[opinion] {
			if i+1 < len(pages) && pages[i+1].number == last+1 && pages[i+1].words < fewWords && !isPaper(pages[i+1]) {
				last++
			}
			return first, last
		}
	}
	if last == 0 {
		return 0, 0
	}
	return first, overleaf(pages, last)
}

// overleaf: where no opinion is among the words, as on a page that was scanned, the
// form's last box goes on to the next paper or picture.
func overleaf(pages []page, last int) int {
	for _, p := range pages {
		if p.number == last+1 && !isPaper(p) {
			last++
		}
	}
	return last
}

// hasPart: a heading of one of the form's long parts stands there.
func (a answers) hasPart() bool {
	for f := intro; f <= opinion; f++ {
		if a.found[f] {
			return true
		}
	}
	return false
}

func titled(p page) bool {
	return slices.ContainsFunc(p.lines, func(l textLine) bool {
		t := compact(l.text)
		return title(t, 40) && formTitle.MatchString(t)
	})
}

func isPaper(p page) bool { return paperOn(p) != "" }

// licenceBoxes stand on every licence, in whatever order a PDF has them.
var licenceBoxes = regexp.MustCompile(`名称|类型|法定代表人|负责人|经营者|投资人|注册资本|成立日期|营业期限|经营范围|住所|经营场所|登记机关|开办资金|经费来源|举办单位|业务范围|业务主管单位|有效期`)

// paperOn tells the paper that a page by itself is. A page of prose may have the
// words of a licence's title; a licence has its boxes, too.
func paperOn(p page) string {
	paper := otherPaper(p.lines, p.rows, p.words)
	if paper == PaperLicense {
		boxes := map[string]bool{}
		for _, m := range licenceBoxes.FindAllString(compact(joined(p.lines)), -1) {
			boxes[m] = true
		}
		if len(boxes) < 3 {
			return ""
		}
	}
	return paper
}

// partsOf gives what the pages are, a part for each kind of paper, by its first page.
func partsOf(pages []page, first, last int) []Part {
	var out []Part
	for _, p := range pages {
		paper := PaperForm
		if p.number < first || p.number > last {
			paper = paperOn(p)
		}
		if paper == "" {
			continue
		}
		i := slices.IndexFunc(out, func(x Part) bool { return x.Paper == paper })
		if i < 0 {
			out, i = append(out, Part{Paper: paper}), len(out)
		}
		out[i].Pages = append(out[i].Pages, p.number)
		if paper == PaperLicense {
			code, written := creditCode(p.lines)
			out[i].Licensee = cmp.Or(out[i].Licensee, licensee(p.lines))
			if out[i].CreditCode == "" && out[i].CodeWritten == "" {
				out[i].CreditCode, out[i].CodeWritten = code, written
			}
		}
	}
	return filledOut(out, first, last)
}

// filledOut: a page that is a picture between the form's first and last is one of it.
func filledOut(parts []Part, first, last int) []Part {
	for i := range parts {
		if parts[i].Paper == PaperForm {
			parts[i].Pages = nil
			for n := first; n <= last; n++ {
				parts[i].Pages = append(parts[i].Pages, n)
			}
		}
	}
	return parts
}
