package document

import (
	"os"
	"strings"
	"testing"
)

// features is a document with everything a form may be filled in with; see
// testdata/features/README.md.
func features(t testing.TB) []byte {
	legacy := legacyCheckBox
	body := wp("标题", `<w:r><w:tab/></w:r>`, "乙", `<w:r><w:br/></w:r>`, "丙") +
		wt(wr(wc(`<w:tcW w:w="6000" w:type="dxa"/><w:gridSpan w:val="2"/>`, wp("甲")), wc(`<w:tcW w:w="3000" w:type="dxa"/><w:vMerge w:val="restart"/>`, wp("竖"))),
			wr(wc(`<w:tcW w:w="3000" w:type="dxa"/>`, wp("一"), wp("二")), wc(`<w:tcW w:w="3000" w:type="dxa"/>`, wp()), wc(`<w:tcW w:w="3000" w:type="dxa"/><w:vMerge/>`, wp()))) +
		wp(sym("Wingdings", "F0FE"), "选", sym("Wingdings", "F0A8"), "不选", sym("Wingdings 2", "F052"), "也选") +
		wp(legacy(`<w:default w:val="0"/><w:checked/>`), "域选", legacy(`<w:default w:val="0"/>`), "域不选") +
		wp("留", `<w:del w:id="1" w:author="a" w:date="2024-01-01T00:00:00Z"><w:r><w:delText>删</w:delText></w:r></w:del>`, `<w:ins w:id="2" w:author="a" w:date="2024-01-01T00:00:00Z"><w:r><w:t>增</w:t></w:r></w:ins>`) +
		wp("显", `<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>`, "现") +
		wt(wr(wc(`<w:tcW w:w="3000" w:type="dxa"/>`, wp("外")), wc(`<w:tcW w:w="6000" w:type="dxa"/>`, wp("前"), wt(wr(wc(`<w:tcW w:w="2000" w:type="dxa"/>`, wp("内甲")), wc(`<w:tcW w:w="2000" w:type="dxa"/>`, wp("内乙")))), wp("后")))) +
		wp("末，Latin é 𠮷 “引号”—R&amp;D")
	body = strings.ReplaceAll(body, `<w:gridCol w:w="1000"/>`, strings.Repeat(`<w:gridCol w:w="3000"/>`, 3))
	const types = `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
	return packed(t, []part{{"[Content_Types].xml", types}, {"_rels/.rels", rootRels},
		{"word/document.xml", `<?xml version="1.0" encoding="UTF-8"?><w:document ` + transitional + otherNames + `><w:body>` + body + `</w:body></w:document>`}})
}

// The same document saved in other formats gives the same blocks.
func TestSavedFormats(t *testing.T) {
	if name := os.Getenv("FEATURES"); name != "" { // how testdata/features is made
		if err := os.WriteFile(name, features(t), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	plainBoxes := strings.NewReplacer("☐", "□", "☒", "☑")
	d, err := read(features(t))
	if err != nil {
		t.Fatal(err)
	}
	want := drawing(d)
	for _, kind := range []string{DOC, RTF, ODT, "fodt"} {
		t.Run(kind, func(t *testing.T) {
			b, err := os.ReadFile("testdata/features/features." + kind)
			if err != nil {
				t.Fatal(err)
			}
			d, err := read(b)
			if err != nil {
				t.Fatal(err)
			}
			want := want
			if kind == RTF { // LibreOffice does not write the state of a form field there
				want = strings.Replace(want, "☑域选□域不选", "域选域不选", 1)
			}
			revisions := 2
			if kind == "fodt" { // nor tracked changes here
				want, revisions = strings.Replace(want, "留增", "留删增", 1), 0
			}
			if got := plainBoxes.Replace(drawing(d)); got != want {
				t.Errorf("\n got %s\nwant %s", got, want)
			}
			if d.Kind != strings.TrimPrefix(kind, "f") || d.Revisions < revisions {
				t.Errorf("%s with %d revisions", d.Kind, d.Revisions)
			}
		})
	}
}
