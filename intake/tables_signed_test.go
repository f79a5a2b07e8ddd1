package intake

import (
	"fmt"
	"strings"
	"testing"

	"anli/parser/form"
	"anli/parser/seal"
)

// copies is the good package with a PDF of the form that has words of its own; change
// says what was read in the Word copy and in it.
func copies(change func(word, pdf *Reading)) look { return copiesOf(worded(), change) }

// worded is the good package with a PDF that has words in place of a scan.
func worded() string {
	return strings.Replace(goodPackage, "（盖章）.pdf: scan 6", "（盖章）.pdf: pdfform "+unitA+"/"+caseA, 1)
}

func copiesOf(files string, change func(word, pdf *Reading)) look {
	return func(t *testing.T) []Finding {
		d := newDesk()
		k := d.caseOf(t, files)
		sha := map[Role]string{}
		for _, f := range k.Files {
			if r := d.read[f.SHA256]; r.Paper != nil && r.Paper.Form != nil {
				sha[f.Role] = f.SHA256
			}
		}
		word, pdf := d.read[sha[RoleFormText]], d.read[sha[RoleFormPDF]]
		change(&word, &pdf)
		d.read[sha[RoleFormText]], d.read[sha[RoleFormPDF]] = word, pdf
		return d.check(k, nil)
	}
}

// stamped is the good package whose scan shows these pages, with stamped pages of their
// own beside it.
func stamped(pages []seal.Page, more ...seal.Page) look {
	return stampedAs(func(r *Reading) { r.Seals = &seal.Reading{Pages: pages} }, more...)
}

func stampedAs(change func(r *Reading), more ...seal.Page) look {
	return func(t *testing.T) []Finding {
		d := newDesk()
		var add []string
		for i := range more {
			add = append(add, fmt.Sprintf("盖章页%d.jpg: image jpeg", i+1))
		}
		k := d.caseOf(t, changed("", "", strings.Join(add, "\n")))
		n := 0
		for _, f := range k.Files {
			r := d.read[f.SHA256]
			switch {
			case strings.HasSuffix(f.Path, "（盖章）.pdf"):
				change(&r)
			case f.Role == RoleFormPDF:
				p := more[n]
				p.Number = 1
				r.Seals = &seal.Reading{Pages: []seal.Page{p}}
				n++
			}
			d.read[f.SHA256] = r
		}
		if n != len(more) {
			t.Fatalf("%d stamped pages are taken for the form's", n)
		}
		return d.check(k, nil)
	}
}

// signedTables are those of promise, dates, opinion and seals.
func signedTables() []table {
	text := func(seals ...int) []seal.Page { return []seal.Page{lastPage(false, seals...)} }
	scan := func(p seal.Page) []seal.Page { return append(textPages(""), p) }
	boxes := []seal.Box{{X: 0, Y: 20, W: 210, H: 120}, {X: 0, Y: 140, W: 210, H: 125}}
	boxed := func(seals ...int) seal.Page {
		return with(lastPage(true, seals...), func(p *seal.Page) { p.Boxes = boxes })
	}
	doubt := func(why string, seals ...int) seal.Page {
		return with(lastPage(true, seals...), func(p *seal.Page) { p.Doubt = why })
	}
	red := func(p seal.Page, boxes ...seal.Box) seal.Page {
		return with(p, func(p *seal.Page) { p.Red = boxes })
	}
	no, yes := false, true
	ink := func(p seal.Page, v *bool) seal.Page { return with(p, func(p *seal.Page) { p.Ink = v }) }
	across := func(pages []seal.Page) []seal.Page { // one seal over the edges of all pages
		for i := range pages {
			pages[i] = with(red(pages[i], append(pages[i].Red, seal.Box{X: 188, Y: 104 - i, W: 22, H: 43})...), func(p *seal.Page) { p.Doubt = seal.DoubtCut })
		}
		return pages
	}
	const both = "seal-applicant-missing error, seal-bureau-missing error"
	return []table{
		{"commitment-missing", "warning bureau text restamp", "", []must{
			{"deleted from both copies", copies(func(w, p *Reading) { w.Paper.Commitment, p.Paper.Commitment = false, false }), "", "申报表中未见“我单位承诺……”一栏|请使用通知附件的表格，保留承诺内容并盖章"},
			{"from the only copy that was read", read(goodPackage, "申报表.docx", func(r *Reading) { r.Paper.Commitment = false }), "", ""},
		}, []not{
			{"in both", copies(func(w, p *Reading) {}), ""},
			{"only in the stamped PDF", copies(func(w, p *Reading) { w.Paper.Commitment = false }), ""},
			{"only in the Word copy", copies(func(w, p *Reading) { p.Paper.Commitment = false }), ""},
			{"boxes lack too: that is told", read(goodPackage, "申报表.docx", func(r *Reading) { r.Paper.Commitment, r.Paper.Missing = false, []string{"市商务局意见"} }), "form-wrong error"},
			{"no form was read", sent("申报表.docx", "申报表.doc: old"), "form-unreadable error"},
		}},
		{"commitment-undated", "warning bureau text restamp", "", []must{
			{"the PDF has the printed words", copies(func(w, p *Reading) { p.Paper.Signed = form.DateBlank }), "", "申报表PDF“参评单位（盖章）”处的日期未填写|如盖章件上已手写日期，请不必理会；否则请补填"},
		}, []not{
			{"dated", copies(func(w, p *Reading) { p.Paper.Signed = "2024-10-09" }), ""},
			{"the Word copy is not", copies(func(w, p *Reading) { w.Paper.Signed, p.Paper.Signed = form.DateBlank, "2024-10-09" }), ""},
			{"a scan, where a hand writes", read(goodPackage, "申报表.docx", func(r *Reading) { r.Paper.Signed = form.DateBlank }), ""},
			{"words that a machine recognised", copies(func(w, p *Reading) { p.Paper.Signed, p.Pictured = form.DateBlank, true }), ""},
			{"a stamped page beside the PDF", copiesOf(worded()+"\n[案例]-"+unitA+"+"+caseA+"/盖章页.jpg", func(w, p *Reading) { p.Paper.Signed = form.DateBlank }), ""},
		}},
		{"date-order", "warning bureau text restamp", "", []must{
			{"tomorrow", copies(func(w, p *Reading) { p.Paper.Signed = "2024-10-13" }), "", "参评单位的日期“2024年10月13日”晚于材料到达日期|请核对，如为笔误请在盖章件上更正"},
			{"the bureau's of next year", copies(func(w, p *Reading) { p.Paper.Endorsed = "2025-10-11" }), "", "市商务局意见的日期“2025年10月11日”晚于"},
			{"the bureau before the unit", copies(func(w, p *Reading) { p.Paper.Signed, p.Paper.Endorsed = "2024-10-11", "2024-10-10" }), "", "早于参评单位的日期“2024年10月11日”"},
		}, []not{
			{"unit, then bureau", copies(func(w, p *Reading) { p.Paper.Signed, p.Paper.Endorsed = "2024-10-09", "2024-10-11" }), ""},
			{"on one day", copies(func(w, p *Reading) { p.Paper.Signed, p.Paper.Endorsed = "2024-10-11", "2024-10-11" }), ""},
			{"the day it came", copies(func(w, p *Reading) { p.Paper.Signed, p.Paper.Endorsed = "2024-10-12", "2024-10-12" }), ""},
			{"only the bureau's", copies(func(w, p *Reading) { p.Paper.Endorsed = "2024-10-10" }), ""},
			{"what a machine read on a scan", copies(func(w, p *Reading) { p.Scanned, p.Paper.Signed = true, "2042-10-09" }), ""},
		}},
		{"opinion-missing", "error bureau image restamp", "", []must{
			{"a scan whose box has no ink", stamped(scan(ink(lastPage(true, 90, 220), &no))), "", "“市商务局意见”栏未见意见|请填写（如“经审核，同意推荐”）并盖章、注明日期。如系统识别有误，请回复“请核 AL2024-0007 市商务局意见”"},
			{"a page with printed words and no others", stamped([]seal.Page{ink(lastPage(false, 95, 220), &no)}), "", ""},
		}, []not{
			{"written by hand", stamped(scan(ink(lastPage(true, 90, 220), &yes))), ""},
			{"a picture on the page, which may be the opinion", stamped([]seal.Page{ink(lastPage(false, 95, 220), nil)}), ""},
			{"nobody can tell", stamped(scan(ink(lastPage(true, 90, 220), nil))), ""},
			{"typed", copies(func(w, p *Reading) {
				p.Paper.Form.Opinion = "经审核，同意推荐。"
				p.Seals = &seal.Reading{Pages: []seal.Page{ink(lastPage(false, 95, 220), &no)}}
			}), ""},
			{"the Word copy has none", filled(func(f *form.Form) { f.Opinion = "" }), ""},
			{"on a stamped page of its own", stamped([]seal.Page{ink(lastPage(false, 95, 220), &no)}, ink(lastPage(true, 90, 220), &yes)), ""},
			{"not all pages were looked at", stampedAs(func(r *Reading) {
				r.Seals = &seal.Reading{Pages: scan(ink(lastPage(true, 90, 220), &no)), Left: 9}
			}), ""},
		}},
		{"seal-applicant-missing", "error bureau image restamp", "", []must{
			{"printed words, only the bureau's", stamped(text(220)), "", "扫描件第3页“参评单位（盖章）”处未见公章|请盖章后重新扫描报送。如系统识别有误，请回复“请核 AL2024-0007 单位公章”，由我处人工核对，无需重发"},
			{"a scan, only the bureau's in its box", stamped(scan(boxed(220))), "", "第3页"},
			{"a scan, only the bureau's and one across the edges of the pages", stamped(across(scan(boxed(220)))), "", "第3页"},
			{"a scan without any", stamped(scan(lastPage(true))), both, "扫描件各页均未见公章"},
			{"a red letterhead is no seal", stamped([]seal.Page{red(lastPage(false), seal.Box{X: 30, Y: 10, W: 150, H: 14})}), both, ""},
			{"a red line is none", stamped(scan(red(lastPage(true), seal.Box{X: 20, Y: 40, W: 170, H: 2}))), both, ""},
		}, []not{
			{"printed words, both", stamped(text(95, 220)), ""},
			{"a scan, both", stamped(scan(lastPage(true, 90, 220))), ""},
			{"on a stamped page of its own", stamped(text(), lastPage(true, 90, 220)), ""},
			{"each on a page of its own", stamped(scan(lastPage(true, 220)), lastPage(true, 80)), ""},
			{"signed electronically", stampedAs(func(r *Reading) { r.Seals = &seal.Reading{Pages: text(), Signed: 1} }), ""},
			{"black and white: nobody can tell", stamped(append(textPages(seal.DoubtGrey), doubt(seal.DoubtGrey))), "seal-unverifiable warning"},
			{"pages that were not looked at", stampedAs(func(r *Reading) { r.Seals = &seal.Reading{Pages: scan(lastPage(true)), Left: 10} }), ""},
			{"read by an earlier program", sent("", ""), ""},
		}},
		{"seal-bureau-missing", "error bureau image restamp", "", []must{
			{"printed words, only the unit's", stamped(text(95)), "", "扫描件第3页“市商务局意见”栏未见公章|请盖章后重新扫描报送。如系统识别有误，请回复“请核 AL2024-0007 市商务局公章”"},
			{"the unit stamped twice", stamped(text(80, 120)), "", ""},
			{"a scan, only the unit's in its box", stamped(scan(boxed(95))), "", ""},
			{"the same, text pages in grey", stamped(append(textPages(seal.DoubtGrey), boxed(95))), "", ""},
		}, []not{
			{"both", stamped(text(95, 220)), ""},
			{"red in the box that is no whole seal", stamped([]seal.Page{red(lastPage(false, 95), seal.Box{X: 130, Y: 200, W: 6, H: 5})}), ""},
			{"text pages in grey, the last stamped", stamped(append(textPages(seal.DoubtGrey), lastPage(true, 90, 220))), ""},
			{"the box goes on on a page that is grey", stamped(scan(boxed(95)), doubt(seal.DoubtGrey)), "seal-unverifiable warning"},
			{"one seal, where nobody knows the boxes", stamped(scan(lastPage(true, 220))), "seal-unverifiable warning"},
		}},
		{"seal-unverifiable", "warning bureau image -", "", []must{
			{"black and white", stamped(append(textPages(seal.DoubtGrey), doubt(seal.DoubtGrey))), "", "第1—3页为黑白扫描，未能识别印章|由我处人工核对"},
			{"one seal of two", stamped(scan(lastPage(true, 220))), "", "第3页仅识别到1枚印章（应有参评单位、市商务局各1枚）"},
			{"one on the line between the boxes", stamped(scan(boxed(141))), "", ""},
			{"in the box of the other red as wide, cut by the edge of this page alone", stamped(scan(with(red(boxed(220), seal.Box{X: 180, Y: 100, W: 30, H: 42}), func(p *seal.Page) { p.Doubt = seal.DoubtCut }))), "", "页边的印章不完整"},
			{"in the box of the other a fingerprint", stamped(scan(red(boxed(220), seal.Box{X: 120, Y: 105, W: 17, H: 24}))), "", "有红色印迹"},
			{"a seal cut off", stamped(scan(doubt(seal.DoubtCut, 90))), "", "页边的印章不完整"},
			{"a fingerprint", stamped(scan(red(lastPage(true), seal.Box{X: 100, Y: 90, W: 16, H: 21}))), "", "有红色印迹，未能识别是否为公章"},
			{"pages that cannot be drawn", stamped([]seal.Page{{Doubt: seal.DoubtUnread}}), "", "未能读取图像"},
			{"printed words without seals, and a grey page of its own", stamped(text(), doubt(seal.DoubtGrey)), "", ""},
			{"grey pages, the last with one, nobody knows the boxes", stamped(append(textPages(seal.DoubtGrey), lastPage(true, 95))), "", ""},
			{"too dark", stamped(scan(doubt(seal.DoubtDark))), "", "扫描过暗"},
		}, []not{
			{"both seen on a grey scan's colour page", stamped(append(textPages(seal.DoubtGrey), lastPage(true, 90, 220))), ""},
			{"one in its box, as much red in the other: faded, or stamped twice", stamped(scan(red(boxed(220), seal.Box{X: 110, Y: 100, W: 44, H: 38}))), ""},
			{"the same, the bureau's faded", stamped(scan(red(boxed(95), seal.Box{X: 110, Y: 190, W: 41, H: 40}))), ""},
			{"the same, and one across the edges", stamped(across(scan(red(boxed(220), seal.Box{X: 110, Y: 100, W: 44, H: 38})))), ""},
			{"both, and one across the edges", stamped(across(scan(boxed(95, 220)))), ""},
			{"both, on two pages", stamped(scan(lastPage(true, 220)), lastPage(true, 80)), ""},
			{"both, and a grey page of its own", stamped(text(95, 220), doubt(seal.DoubtGrey)), ""},
			{"signed electronically, in grey", stampedAs(func(r *Reading) { r.Seals = &seal.Reading{Pages: scan(doubt(seal.DoubtGrey)), Signed: 2} }), ""},
		}},
	}
}
