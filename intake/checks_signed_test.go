package intake

import (
	"strings"
	"testing"
)

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
