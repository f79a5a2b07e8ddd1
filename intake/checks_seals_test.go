package intake

import (
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

func words(list []Finding) string {
	var out []string
	for _, f := range list {
		out = append(out, f.Message+"|"+f.Fix)
	}
	return strings.Join(out, "\n")
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
