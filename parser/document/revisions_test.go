package document

import (
	"strings"
	"testing"
)

// What is counted as a tracked change or a comment, and what only looks like one: the
// switch on, a comments part that LibreOffice leaves empty, changes of format, a drawn
// line.
func TestRevisions(t *testing.T) {
	line := `<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>` +
		`<a:custGeom><a:pathLst><a:path w="9" h="9"><a:moveTo><a:pt x="0" y="0"/></a:moveTo><a:lnTo><a:pt x="9" y="9"/></a:lnTo></a:path></a:pathLst></a:custGeom></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
	for _, c := range []struct {
		name, body          string
		more                []part
		revisions, comments int
		text                string
	}{
		{"words put in", wp("甲", `<w:ins w:id="1" w:author="王"><w:r><w:t>新</w:t></w:r></w:ins>`), nil, 1, 0, "甲新"},
		{"words taken out", wp("甲", `<w:del w:id="1" w:author="王"><w:r><w:delText>旧</w:delText></w:r></w:del>`), nil, 1, 0, "甲"},
		{"words moved", wp(`<w:moveFrom w:id="1"><w:r><w:t>甲</w:t></w:r></w:moveFrom>`) + wp(`<w:moveTo w:id="2"><w:r><w:t>甲</w:t></w:r></w:moveTo>`), nil, 2, 0, "甲"},
		{"a comment", wp("甲", `<w:r><w:commentReference w:id="0"/></w:r>`), []part{{"word/comments.xml", `<w:comments ` + transitional + `><w:comment w:id="0"><w:p><w:r><w:t>请核</w:t></w:r></w:p></w:comment></w:comments>`}}, 0, 1, "甲"},
		// must not
		{"nothing", wp("甲"), nil, 0, 0, "甲"},
		{"the switch on, nothing changed", wp("甲"), []part{{"word/settings.xml", `<w:settings ` + transitional + `><w:trackRevisions/></w:settings>`}}, 0, 0, "甲"},
		{"an empty comments part", wp("甲"), []part{{"word/comments.xml", `<w:comments ` + transitional + `/>`}}, 0, 0, "甲"},
		{"another font", `<w:p><w:pPr><w:pPrChange w:id="1"><w:pPr/></w:pPrChange></w:pPr><w:r><w:rPr><w:b/><w:rPrChange w:id="2"><w:rPr/></w:rPrChange></w:rPr><w:t>甲</w:t></w:r></w:p>`, nil, 0, 0, "甲"},
		{"a footnote", wp("甲", `<w:r><w:footnoteReference w:id="2"/></w:r>`), nil, 0, 0, "甲"},
		{"words struck through", wp(`<w:r><w:rPr><w:strike/></w:rPr><w:t>甲</w:t></w:r>`), nil, 0, 0, "甲"},
		{"a drawn line", wp("甲", line), nil, 0, 0, "甲"},
	} {
		d, err := read(docx(t, c.body, c.more...))
		if err != nil {
			t.Fatal(c.name, err)
		}
		_, text, _ := d.Plain(Bounds{TextBytes: 1000})
		if text = strings.ReplaceAll(text, "\n", ""); d.Revisions != c.revisions || d.Comments != c.comments || text != c.text {
			t.Errorf("%s: %d changes, %d comments, %q", c.name, d.Revisions, d.Comments, text)
		}
	}
}
