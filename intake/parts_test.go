package intake

import (
	"fmt"
	"strings"
	"testing"

	"anli/parser/form"
	"anli/parser/seal"
)

const mergedA = "merged " + unitA + "/" + caseA

// Papers inside of one file count, by page, and the receipt says which pages were
// taken for what.
func TestParts(t *testing.T) {
	for _, c := range []struct{ path, content, role, parts, taken string }{
		{"申报材料.pdf", mergedA + " form=1-4 license=5 certificate=6-7", "form-pdf", "form-pdf 1-4, license 5, certificate 6-7",
			"第1—4页申报表PDF（盖章扫描件），第5页营业执照等主体证照，第6、7页其他证照、获奖证书"},
		{"1.pdf", mergedA + " license=1 form=2-5", "form-pdf", "license 1, form-pdf 2-5", "第1页营业执照等主体证照，第2—5页申报表PDF（盖章扫描件）"},
		{"申报表.pdf", "merged - scans=1-3 license=4", "form-pdf", "license 4", "申报表PDF（盖章扫描件）（第4页营业执照等主体证照）"},
		{"1.pdf", "merged - license=1 scans=2-4", "other", "license 1", "其他材料（第1页营业执照等主体证照）"},
		{"资质证书.pdf", "merged - license=1 certificate=2-5", "certificate", "license 1, certificate 2-5", "第1页营业执照等主体证照，第2—5页其他证照、获奖证书"},
		{"申报表及营业执照.pdf", mergedA + " form=1-4 license=5", "form-pdf", "form-pdf 1-4, license 5", "第1—4页申报表PDF（盖章扫描件），第5页营业执照等主体证照"},
		{"申报表及营业执照.pdf", "scan 6", "form-pdf", "license ", "申报表PDF（盖章扫描件），含营业执照等主体证照"},
		// must not
		{"申报表.pdf", mergedA + " form=1-4 scans=5-9", "form-pdf", "", "申报表PDF（盖章扫描件）"},
		{"申报表.pdf", "pdfform 甲/乙", "form-pdf", "", "申报表PDF（盖章扫描件）"},
		{"营业执照.pdf", "merged - license=1 scans=2", "license", "", "营业执照等主体证照"},
		{"申报材料.pdf", "scan 34", "form-pdf", "", "申报表PDF（盖章扫描件）"},
	} {
		d := newDesk()
		got := d.group(c.path + ": " + c.content)
		f := got.Packages[0].Files[0]
		var parts []string
		for _, p := range f.Parts {
			span := strings.Trim(fmt.Sprint(p.Pages), "[]")
			if n := len(p.Pages); n > 1 {
				span = fmt.Sprint(p.Pages[0], "-", p.Pages[n-1])
				span = strings.ReplaceAll(span, " ", "")
			}
			parts = append(parts, string(p.Role)+" "+span)
		}
		if string(f.Role) != c.role || strings.Join(parts, ", ") != c.parts || f.Taken() != c.taken {
			t.Errorf("%s %s: %s, %s, %s", c.path, c.content, f.Role, strings.Join(parts, ", "), f.Taken())
		}
	}
}

// The licence in a page counts. Where nobody read the pages that may be it, a
// person looks; where there are none, the bureau is told.
func TestLicenseInPages(t *testing.T) {
	folder := "[案例]-" + unitA + "+" + caseA + "/"
	for _, c := range []struct{ name, lines, want string }{
		{"in a page of the merged file", "申报材料.pdf: " + mergedA + " form=1-4 license=5", ""},
		{"in a file of certificates", "申报表.pdf: scan 6\n证书.pdf: merged - license=1 certificate=2-3", ""},
		{"behind pages that are pictures", "申报材料.pdf: merged - scans=1-5 license=6", ""},
		{"pictures behind the form's words", "申报表.pdf: " + mergedA + " form=1-4 scans=5-9", "staff “申报表.pdf”第5—9页为扫描页"},
		{"pictures behind form and certificate", "申报表.pdf: " + mergedA + " form=1-4 certificate=5 scans=6-6", "staff “申报表.pdf”第6页为扫描页"},
		{"a scan longer than the Word copy", "申报表.pdf: scan 8\n申报表.docx: form 4", "staff 扫描件“申报表.pdf”共8页"},
		{"a long scan", "申报表.pdf: scan 14", "staff 扫描件“申报表.pdf”共14页"},
		{"all certificates in one scan", "申报表.pdf: scan 6\n资质证书.pdf: scan 5", "staff 扫描件“资质证书.pdf”共5页"},
		{"by the call's own words", "申报表.pdf: scan 6\n有关证件证书复印件.pdf: scan 5", "staff 扫描件“有关证件证书复印件.pdf”共5页"},
		// must not
		{"the form's scan alone", "申报表.pdf: scan 6", "bureau"},
		{"a scan as long as the Word copy", "申报表.pdf: scan 4\n申报表.docx: form 4", "bureau"},
		{"one certificate by its name", "申报表.pdf: scan 6\n高新技术企业证书.pdf: scan 3", "bureau"},
		{"photographs in a PDF", "申报表.pdf: scan 6\n照片.pdf: merged - scans=1-3", "bureau"},
		{"form and certificates, all read", "申报材料.pdf: " + mergedA + " form=1-4 certificate=5-6", "bureau"},
		{"the stamped last page is a picture", "申报表.pdf: lastscan", "bureau"},
	} {
		d := newDesk()
		var lines []string
		for _, l := range strings.Split(c.lines, "\n") {
			if l == "申报表.docx: form 4" {
				l = "申报表.docx: form " + unitA + "/" + caseA
			}
			lines = append(lines, folder+l)
		}
		k := d.caseOf(t, strings.Join(lines, "\n"))
		for _, f := range k.Files {
			r := d.read[f.SHA256]
			if f.Path == "申报表.docx" {
				r.Pages = 4
			}
			if strings.Contains(c.lines, "lastscan") {
				good := goodForm()
				r = Reading{SHA256: f.SHA256, Kind: "pdf", Pages: 5, Scans: []int{5}, Paper: &form.Reading{Paper: form.PaperForm, Form: &good, Missing: []string{opinionBox}}}
			}
			d.read[f.SHA256] = r
		}
		got := ""
		for _, f := range d.check(k, nil) {
			if f.Code == "license-missing" {
				got = strings.TrimSpace(f.Audience + " " + strings.TrimSuffix(strings.TrimPrefix(f.Message, "未单独找到营业执照；"), "，可能已含"))
				if f.Severity == "error" {
					got = f.Audience
				}
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Seals are looked for on the form's pages: the red seal of the office that gave
// the licence is none of the two, and a licence without one lacks nothing.
func TestSealsOnFormPages(t *testing.T) {
	red := func(n int) seal.Page {
		return seal.Page{Number: n, Scan: true, Width: 210, Height: 297, Seals: []seal.Seal{{X: 100, Y: 200}, {X: 150, Y: 260}}}
	}
	clean := func(n int) seal.Page { return seal.Page{Number: n, Scan: true, Width: 210, Height: 297} }
	dark := func(n int) seal.Page {
		return seal.Page{Number: n, Scan: true, Width: 210, Height: 297, Doubt: seal.DoubtDark}
	}
	for _, c := range []struct {
		name, content string
		pages         []seal.Page
		left          int
		want          string
	}{
		{"on the form's last page", mergedA + " form=1-4 license=5", []seal.Page{clean(1), red(4), clean(5)}, 0, ""},
		{"only on the licence", mergedA + " form=1-4 license=5", []seal.Page{clean(1), clean(4), red(5)}, 0, "seal-applicant-missing error, seal-bureau-missing error"},
		{"a dark certificate is no doubt", mergedA + " form=1-4 certificate=5", []seal.Page{clean(4), dark(5)}, 0, "seal-applicant-missing error, seal-bureau-missing error"},
		{"a page that nobody read may be the form's", mergedA + " form=1-4 license=5 scans=6-6", []seal.Page{clean(4), clean(5), red(6)}, 0, ""},
		{"the form was seen, of a long file", mergedA + " form=1-4 certificate=5-40", []seal.Page{clean(4)}, 16, "seal-applicant-missing error, seal-bureau-missing error"},
		{"the form was not seen whole", mergedA + " certificate=1-30 form=31-34", []seal.Page{clean(4)}, 10, ""},
		{"pictures behind what was seen", mergedA + " form=1-4 certificate=5-6 scans=30-34", []seal.Page{clean(4)}, 10, ""},
	} {
		d := newDesk()
		k := d.caseOf(t, "[案例]-"+unitA+"+"+caseA+"/申报材料.pdf: "+c.content)
		r := d.read[k.Files[0].SHA256]
		r.Seals = &seal.Reading{Pages: c.pages, Left: c.left}
		d.read[k.Files[0].SHA256] = r
		var got []string
		for _, f := range d.check(k, nil) {
			if strings.HasPrefix(f.Code, "seal-") {
				got = append(got, f.Code+" "+f.Severity)
			}
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
	}
}

// A new form takes nothing from the licence that was merged behind the old one.
func TestMergedGivesWay(t *testing.T) {
	merged := func(path string) File {
		return File{Role: RoleFormPDF, Path: path, SHA256: "m1", Mail: "m1", Why: whyWords, Pages: 6,
			Parts: []Part{{Role: RoleFormPDF, Pages: []int{1, 2}}, {Role: RoleLicense, Pages: []int{3}}, {Role: RoleCertificate, Pages: []int{4, 5, 6}}}}
	}
	for _, c := range []struct{ name, second, want string }{
		{"a form alone", "form-pdf 申报表.pdf b 2", "license 申报材料.pdf\nform-pdf 申报表.pdf"},
		{"the same file anew", "form-pdf 申报材料.pdf b 6", "form-pdf 申报材料.pdf replaced\nform-pdf 申报材料.pdf"},
		{"a licence beside it", "license 营业执照.jpg", "form-pdf 申报材料.pdf\nlicense 营业执照.jpg"},
		{"a stamped page", "form-pdf 盖章页.pdf b 1", "form-pdf 申报材料.pdf\nform-pdf 盖章页.pdf"},
	} {
		k := &Case{}
		k.merge([]File{merged("申报材料.pdf")}, true)
		k.merge(files("m2", c.second), true)
		if got := standing(k); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
		x := Checked{Case: k, Reading: func(string) Reading { return Reading{} }}
		if x.count(RoleLicense) == 0 && c.name != "the same file anew" {
			t.Errorf("%s: no licence", c.name)
		}
	}
}

// The unit's credit code and name are read in the licence's pages.
func TestCreditInPages(t *testing.T) {
	d := newDesk()
	k := d.caseOf(t, "申报材料.pdf: "+mergedA+" form=1-4 license=5")
	if x := creditOfCase(k, unitA, "44", d.reading); x.code != "91440605MA4X12347X" {
		t.Errorf("%+v", x)
	}
	r := d.read[k.Files[0].SHA256]
	r.Paper.Parts[1].Licensee = "广州市别家贸易有限公司"
	if got := keys(d.check(k, nil)); !strings.Contains(got, "unit-mismatch warning") {
		t.Errorf("another's licence: %s", got)
	}
	r.Paper.Parts[1].Licensee = unitA
	if got := keys(d.check(k, nil)); strings.Contains(got, "unit-mismatch") {
		t.Errorf("its own licence: %s", got)
	}
}
