package intake

import (
	"strings"
	"testing"

	"anli/parser/form"
)

func TestSignedChecks(t *testing.T) {
	const text = "申报表（盖章）.pdf: pdfform " + unitA + "/" + caseA
	for _, c := range []struct {
		name   string
		change func(word, pdf *Reading)
		want   string
	}{
		{"all in order", func(w, p *Reading) { p.Paper.Signed, p.Paper.Endorsed = "2024-10-09", "2024-10-11" }, ""},
		{"signed on one day", func(w, p *Reading) { p.Paper.Signed, p.Paper.Endorsed = "2024-10-11", "2024-10-11" }, ""},
		{"the day it came", func(w, p *Reading) { p.Paper.Signed = "2024-10-12" }, ""},
		{"the Word copy has no date", func(w, p *Reading) { w.Paper.Signed, p.Paper.Signed = form.DateBlank, "2024-10-09" }, ""},
		{"no date was found at all", func(w, p *Reading) {}, ""},
		{"pages are pictures with recognised words", func(w, p *Reading) { p.Paper.Signed, p.Pictured = form.DateBlank, true }, ""},
		{"the promise only in one copy", func(w, p *Reading) { w.Paper.Commitment = false }, ""},
		{"boxes lack too", func(w, p *Reading) {
			w.Paper.Commitment, p.Paper.Commitment, p.Paper.Missing = false, false, []string{"参评领域"}
		}, ""},

		{"the promise deleted", func(w, p *Reading) { w.Paper.Commitment, p.Paper.Commitment = false, false }, "commitment-missing warning"},
		{"the PDF undated", func(w, p *Reading) { p.Paper.Signed = form.DateBlank }, "commitment-undated warning"},
		{"tomorrow", func(w, p *Reading) { p.Paper.Signed = "2024-10-13" }, "date-order warning"},
		{"the bureau's of next year", func(w, p *Reading) { p.Paper.Endorsed = "2025-10-11" }, "date-order warning"},
		{"the bureau before the unit", func(w, p *Reading) { p.Paper.Signed, p.Paper.Endorsed = "2024-10-11", "2024-10-10" }, "date-order warning"},
	} {
		d := newDesk()
		k := d.caseOf(t, strings.Replace(goodPackage, "申报表（盖章）.pdf: scan 6", text, 1))
		var word, pdf *Reading
		for sha, r := range d.read {
			if r.Kind == "docx" {
				word = &r
			} else if r.Paper != nil && r.Paper.Form != nil {
				pdf = &r
			}
			_ = sha
		}
		word.SHA256, pdf.SHA256 = "", ""
		c.change(word, pdf)
		for sha, r := range d.read {
			switch {
			case r.Kind == "docx":
				d.read[sha] = *word
			case r.Paper != nil && r.Paper.Form != nil:
				d.read[sha] = *pdf
			}
		}
		if got := keys(d.check(k, nil)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	d := newDesk() // a scan beside the text PDF may hold the date
	k := d.caseOf(t, strings.Replace(goodPackage, "申报表（盖章）.pdf: scan 6", text+"\n[案例]-"+unitA+"+"+caseA+"/盖章页.jpg", 1))
	for sha, r := range d.read {
		if r.Kind == "pdf" {
			r.Paper.Signed = form.DateBlank
			d.read[sha] = r
		}
	}
	if got := keys(d.check(k, nil)); got != "" {
		t.Errorf("a stamped page beside: %s", got)
	}
}

// Personal data is named by its kind and file; the number is echoed nowhere.
func TestPrivate(t *testing.T) {
	d := newDesk()
	k := d.caseOf(t, goodPackage+"\n[案例]-"+unitA+"+"+caseA+"/简介.docx: docx")
	for sha, r := range d.read {
		if r.Kind == "docx" && r.Paper == nil {
			r.Private = []string{form.PersonalID}
			d.read[sha] = r
		}
	}
	found := d.check(k, nil)
	if keys(found) != "personal-data warning" || found[0].File == "" || !strings.Contains(found[0].Message, "含身份证号等个人信息") {
		t.Errorf("%+v", found)
	}
}

// Words that a machine may have recognised are for staff.
func TestRecognisedIsForStaff(t *testing.T) {
	d := newDesk()
	k := d.caseOf(t, licensed("91440606MA4UQ8B56O/"+unitB))
	for sha, r := range d.read {
		if r.Paper != nil && r.Paper.Paper == form.PaperLicense {
			r.Pictured = true
			d.read[sha] = r
		}
	}
	found := d.check(k, nil)
	if keys(found) != "unit-mismatch warning, credit-code-invalid warning" {
		t.Error(keys(found))
	}
	for _, f := range found {
		if f.Audience != "staff" || f.Source != "ocr" {
			t.Errorf("%+v", f)
		}
	}
}

// What was recognised on a scan asks a bureau nothing: its scanner misread it. Where
// there is a Word copy that is read; where there is none, that is what lacks.
func TestScanWithWordsAsksNothing(t *testing.T) {
	const scan, word = "申报表（盖章）.pdf: scan 6", "申报表.docx: form "
	folder := "[案例]-" + unitA + "+" + caseA + "/"
	text := strings.Replace(goodPackage, scan, "申报表（盖章）.pdf: pdfform "+unitA+"/"+caseA, 1)
	alone := strings.Replace(text, folder+word+unitA+"/"+caseA, "", 1)
	for _, c := range []struct {
		name, delivery string
		scanned        bool
		want           string
	}{
		{"beside the Word copy", text, true, ""},
		{"alone", alone, true, "form-text-missing error"},
		{"alone, a PDF with words of its own", alone, false, "form-text-missing error, phone-invalid error, date-order warning"},
	} {
		d := newDesk()
		k := d.caseOf(t, c.delivery)
		for sha, r := range d.read {
			if r.Kind == "pdf" && r.Paper != nil && r.Paper.Form != nil {
				misread := *r.Paper.Form
				misread.Phone, r.Scanned, r.Pictured = "0757-8300I2", c.scanned, c.scanned
				r.Paper.Form, r.Paper.Signed, r.Paper.Commitment = &misread, "2042-10-09", !c.scanned
				d.read[sha] = r
			}
		}
		var asked []Finding
		for _, f := range d.check(k, nil) {
			if f.Audience == "bureau" {
				asked = append(asked, f)
			}
		}
		if got := keys(asked); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
