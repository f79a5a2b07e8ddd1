package intake

import (
	"fmt"
	"strings"
	"testing"

	"anli/parser/document"
	"anli/parser/form"
	"anli/parser/seal"
)

// lastPage is a form's last page as it was looked at: labels at 90 and 150 mm if
// it has text, seals at the given heights.
func lastPage(scan bool, seals ...int) seal.Page {
	p := seal.Page{Number: 3, Width: 210, Height: 297, Scan: scan}
	if !scan {
		p.Labels = []seal.Label{{Name: SealApplicant, X: 120, Y: 90}, {Name: SealBureau, X: 22, Y: 150}}
	}
	for _, y := range seals {
		p.Seals = append(p.Seals, seal.Seal{X: 140, Y: y, W: 42, H: 42})
	}
	return p
}

func with(p seal.Page, change func(*seal.Page)) seal.Page {
	change(&p)
	return p
}

// textPages are the pages of a scan before the last.
func textPages(doubt string) []seal.Page {
	return []seal.Page{{Number: 1, Width: 210, Height: 297, Scan: true, Doubt: doubt}, {Number: 2, Width: 210, Height: 297, Scan: true, Doubt: doubt}}
}

// looked gives a checked case with one form of these pages and more files.
func lookedAt(pages []seal.Page, change func(r *Reading), more ...seal.Page) Checked {
	readings := map[string]Reading{"a": {Kind: document.PDF, Pages: 3, Scanned: true, Seals: &seal.Reading{Pages: pages}}}
	files := []File{{Path: "申报表.pdf", Role: RoleFormPDF, SHA256: "a", Why: whyName, Pages: 3}}
	for i, p := range more {
		sha := fmt.Sprint("m", i)
		p.Number = 1
		files = append(files, File{Path: "盖章页" + sha + ".jpg", Role: RoleFormPDF, SHA256: sha, Why: whyName})
		readings[sha] = Reading{Kind: "image", Seals: &seal.Reading{Pages: []seal.Page{p}}}
	}
	if change != nil {
		r := readings["a"]
		change(&r)
		readings["a"] = r
	}
	return Checked{Case: &Case{Number: "AL2024-0007", Files: files}, Reading: func(sha string) Reading { return readings[sha] }, HasForm: true}
}

// TestSeals: what is found on all pages of the form together decides, and what
// cannot be told never says missing.
func TestSeals(t *testing.T) {
	boxes := []seal.Box{{X: 0, Y: 20, W: 210, H: 120}, {X: 0, Y: 140, W: 210, H: 125}}
	text := func(seals ...int) []seal.Page { return []seal.Page{lastPage(false, seals...)} }
	scan := func(p seal.Page) []seal.Page { return append(textPages(""), p) }
	for _, c := range []struct {
		name  string
		given Checked
		want  string
	}{
		{"text, both", lookedAt(text(95, 220), nil), ""},
		{"text, none", lookedAt(text(), nil), "seal-applicant-missing error, seal-bureau-missing error"},
		{"text, only the unit's", lookedAt(text(95), nil), "seal-bureau-missing error"},
		{"text, only the bureau's", lookedAt(text(220), nil), "seal-applicant-missing error"},
		{"text, the unit stamped twice", lookedAt(text(80, 120), nil), "seal-bureau-missing error"},
		{"text, red that is no seal in the bureau's box", lookedAt([]seal.Page{with(lastPage(false, 95), func(p *seal.Page) { p.Red = []seal.Box{{X: 130, Y: 200, W: 6, H: 5}} })}, nil), ""},
		{"text, red letterhead far above", lookedAt([]seal.Page{with(lastPage(false), func(p *seal.Page) { p.Red = []seal.Box{{X: 30, Y: 10, W: 150, H: 14}} })}, nil), "seal-applicant-missing error, seal-bureau-missing error"},
		{"text, none, but a stamped page of its own", lookedAt(text(), nil, lastPage(true, 90, 220)), ""},
		{"text, none, and a grey page of its own", lookedAt(text(), nil, with(lastPage(true), func(p *seal.Page) { p.Doubt = seal.DoubtGrey })), "seal-unverifiable warning"},
		{"text, signed electronically", lookedAt(text(), func(r *Reading) { r.Seals.Signed = 1 }), ""},
		{"scan, both", lookedAt(scan(lastPage(true, 90, 220)), nil), ""},
		{"scan, none", lookedAt(scan(lastPage(true)), nil), "seal-applicant-missing error, seal-bureau-missing error"},
		{"scan, one, boxes known", lookedAt(scan(with(lastPage(true, 220), func(p *seal.Page) { p.Boxes = boxes })), nil), "seal-applicant-missing error"},
		{"scan, the other, boxes known", lookedAt(scan(with(lastPage(true, 95), func(p *seal.Page) { p.Boxes = boxes })), nil), "seal-bureau-missing error"},
		{"scan, one on the line between", lookedAt(scan(with(lastPage(true, 141), func(p *seal.Page) { p.Boxes = boxes })), nil), "seal-unverifiable warning"},
		{"scan, one, boxes unknown", lookedAt(scan(lastPage(true, 220)), nil), "seal-unverifiable warning"},
		{"scan, one of two on another page", lookedAt(scan(lastPage(true, 220)), nil, lastPage(true, 80)), ""},
		{"scan in grey", lookedAt(append(textPages(seal.DoubtGrey), with(lastPage(true), func(p *seal.Page) { p.Doubt = seal.DoubtGrey })), nil), "seal-unverifiable warning"},
		{"scan, text pages in grey, the last stamped", lookedAt(append(textPages(seal.DoubtGrey), lastPage(true, 90, 220)), nil), ""},
		{"scan, text pages in grey, the last with one, boxes known", lookedAt(append(textPages(seal.DoubtGrey), with(lastPage(true, 95), func(p *seal.Page) { p.Boxes = boxes })), nil), "seal-bureau-missing error"},
		{"scan, one, boxes known, and a grey page of its own", lookedAt(scan(with(lastPage(true, 95), func(p *seal.Page) { p.Boxes = boxes })), nil, with(lastPage(true), func(p *seal.Page) { p.Doubt = seal.DoubtGrey })), "seal-unverifiable warning"},
		{"scan, text pages in grey, the last with one, boxes unknown", lookedAt(append(textPages(seal.DoubtGrey), lastPage(true, 95)), nil), "seal-unverifiable warning"},
		{"scan, cut seal", lookedAt(scan(with(lastPage(true, 90), func(p *seal.Page) { p.Doubt = seal.DoubtCut })), nil), "seal-unverifiable warning"},
		{"scan, a fingerprint", lookedAt(scan(with(lastPage(true), func(p *seal.Page) { p.Red = []seal.Box{{X: 100, Y: 90, W: 16, H: 21}} })), nil), "seal-unverifiable warning"},
		{"scan, a red line", lookedAt(scan(with(lastPage(true), func(p *seal.Page) { p.Red = []seal.Box{{X: 20, Y: 40, W: 170, H: 2}} })), nil), "seal-applicant-missing error, seal-bureau-missing error"},
		{"scan, pages not looked at", lookedAt(scan(lastPage(true)), func(r *Reading) { r.Seals.Left = 10 }), ""},
		{"not looked at: read before", lookedAt(nil, func(r *Reading) { r.Seals = nil }), ""},
		{"pages that cannot be drawn", lookedAt([]seal.Page{{Doubt: seal.DoubtUnread}}, nil), "seal-unverifiable warning"},
	} {
		if got := keys(checkSeals(c.given)); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
	}
}

// TestSealWords: page and place are named, and how to have a person look.
func TestSealWords(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{words(checkSeals(lookedAt([]seal.Page{lastPage(false, 220)}, nil))),
			"扫描件第3页“参评单位（盖章）”处未见公章|请盖章后重新扫描报送。如系统识别有误，请回复“请核 AL2024-0007 单位公章”，由我处人工核对，无需重发。"},
		{words(checkSeals(lookedAt(append(textPages(seal.DoubtGrey), with(lastPage(true), func(p *seal.Page) { p.Doubt = seal.DoubtGrey })), nil))),
			"第1—3页为黑白扫描，未能识别印章|由我处人工核对。"},
		{words(checkSeals(lookedAt(append(textPages(""), lastPage(true, 220)), nil))),
			"第3页仅识别到1枚印章（应有参评单位、市商务局各1枚）|由我处人工核对。"},
	} {
		if c.got != c.want {
			t.Errorf("\n got %s\nwant %s", c.got, c.want)
		}
	}
}

func words(list []Finding) string {
	var out []string
	for _, f := range list {
		out = append(out, f.Message+"|"+f.Fix)
	}
	return strings.Join(out, "\n")
}

// TestOpinion: only a box that is known to be empty is told.
func TestOpinion(t *testing.T) {
	no, yes := false, true
	ink := func(scan bool, v *bool) []seal.Page {
		return []seal.Page{with(lastPage(scan, 90, 220), func(p *seal.Page) { p.Ink = v })}
	}
	opinion := func(s string) func(*Reading) {
		return func(r *Reading) { r.Paper = &form.Reading{Paper: form.PaperForm, Form: &form.Form{Opinion: s}} }
	}
	for _, c := range []struct {
		name  string
		given Checked
		want  string
	}{
		{"text, words", lookedAt(ink(false, &no), opinion("经审核，同意推荐。")), ""},
		{"text, none", lookedAt(ink(false, &no), opinion("")), "opinion-missing error"},
		{"text, none, a picture on the page", lookedAt(ink(false, nil), opinion("")), ""},
		{"text, none, a stamped page of its own", lookedAt(ink(false, &no), opinion(""), lastPage(true, 90, 220)), ""},
		{"scan, ink", lookedAt(ink(true, &yes), nil), ""},
		{"scan, none", lookedAt(ink(true, &no), nil), "opinion-missing error"},
		{"scan, not known", lookedAt(ink(true, nil), nil), ""},
	} {
		if got := keys(checkOpinion(c.given)); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
	}
}

// TestPages: a scan of clearly fewer pages than the Word copy.
func TestPages(t *testing.T) {
	for _, c := range []struct {
		text, scan int
		want       string
	}{{0, 1, ""}, {3, 3, ""}, {6, 5, ""}, {6, 4, ""}, {6, 3, "pdf-incomplete warning"}, {4, 2, "pdf-incomplete warning"}, {3, 1, "pdf-incomplete warning"}, {2, 1, ""}} {
		k := lookedAt(nil, func(r *Reading) { r.Pages = c.scan })
		pdf := k.Reading
		k.Case.Files = append(k.Case.Files, File{Path: "申报表.docx", Role: RoleFormText, SHA256: "w"})
		k.Reading = func(sha string) Reading {
			if sha == "w" {
				return Reading{Kind: "docx", Pages: c.text}
			}
			return pdf(sha)
		}
		if got := keys(checkPages(k)); got != c.want {
			t.Errorf("text %d, scan %d: %s, want %s", c.text, c.scan, got, c.want)
		}
	}
}

// TestPicturesToTheEye: the same picture in another file counts once; small ones are told.
func TestPicturesToTheEye(t *testing.T) {
	look := func(first, colour string) string { return first + strings.Repeat(colour, 48) }
	readings := map[string]Reading{
		"1": {Kind: "image", Picture: &document.Picture{Width: 1280, Height: 853, Look: look("00ff00ff00ff00ff", "80")}},
		"2": {Kind: "image", Picture: &document.Picture{Width: 640, Height: 427, Look: look("00ff00ff00ff00fe", "82")}},
		"3": {Kind: "image", Picture: &document.Picture{Width: 1280, Height: 853, Look: look("ff00ff00ff00ff00", "80")}},
		"4": {Kind: "image", Picture: &document.Picture{Width: 280, Height: 280, Look: look("0f0f0f0f0f0f0f0f", "20"), Flat: true}},
	}
	k := Checked{Case: &Case{Number: "AL2024-0007", Files: []File{
		{Path: "照片1.jpg", Role: RolePhoto, SHA256: "1"}, {Path: "照片2.jpg", Role: RolePhoto, SHA256: "2"}, {Path: "照片3.jpg", Role: RolePhoto, SHA256: "3"},
		{Path: "图4.png", Role: RolePromo, Why: whyShort, SHA256: "4"}}},
		Settings: goodSettings(), Reading: func(sha string) Reading { return readings[sha] }}
	if got := words(append(checkDuplicates(k), checkPhotos(k)...)); got != "图片照片1.jpg与照片2.jpg相同，按1张计|请另补1张。如系统识别有误，请回复“请核 AL2024-0007 重复图片”，由我处人工核对，无需重发。\n"+
		"照片现有2张，还需1张|请补充，可命名为“照片3.jpg”；如以U盘报送，请回复“U盘 AL2024-0007 照片”。" {
		t.Errorf("\n%s", got)
	}
	k.Case.Findings = []Finding{{Code: "image-duplicate", File: "照片2.jpg", State: "waived"}}
	if got := words(checkPhotos(k)); got != "" {
		t.Errorf("staff found that they are two: %s", got)
	}
	if got := words(checkResolution(k)); got != "图片“照片2.jpg”为640×427像素，用于宣传可能不清晰|建议提供原图（勿经微信转发）。\n图片“图4.png”为280×280像素，用于宣传可能不清晰|建议提供原图（勿经微信转发）。" {
		t.Errorf("\n%s", got)
	}
	if got := words(checkLogo(k)); !strings.HasSuffix(got, "如“图4.png”即为LOGO，回复“图4.png = LOGO”即可。") {
		t.Errorf("\n%s", got)
	}
}

// TestMayBeForm: only what may be the form is looked at for seals.
func TestMayBeForm(t *testing.T) {
	scanned := Reading{Kind: document.PDF, Scanned: true}
	for _, c := range []struct {
		path string
		r    Reading
		want bool
	}{
		{"申报表（盖章）.pdf", scanned, true}, {"scan001.pdf", scanned, true}, {"营业执照.pdf", scanned, false}, {"荣誉证书.pdf", scanned, false},
		{"材料.pdf", Reading{Kind: document.PDF}, false},
		{"材料.pdf", Reading{Kind: document.PDF, Paper: &form.Reading{Paper: form.PaperForm}}, true},
		{"申报表.pdf", Reading{Kind: document.PDF, Paper: &form.Reading{Paper: form.PaperLicense}}, false},
		{"盖章页.jpg", Reading{Kind: "image"}, true}, {"照片1.jpg", Reading{Kind: "image"}, false}, {"IMG_0001.jpg", Reading{Kind: "image"}, false},
		{"[案例]-佛山市某某有限公司+某案例/申报表/3.jpg", Reading{Kind: "image"}, true},
	} {
		if got := MayBeForm(c.path, c.r); got != c.want {
			t.Errorf("%s: %v", c.path, got)
		}
	}
}
