package document

import (
	"os"
	"slices"
	"testing"
)

// TestHeaders: what a word processor repeats above its pages is kept apart from the
// text. The files are one text, saved by LibreOffice 7.4.
func TestHeaders(t *testing.T) {
	for _, name := range []string{"header.docx", "header.doc", "header.odt", "header.rtf"} {
		f, err := os.Open("testdata/headers/" + name)
		if err != nil {
			t.Fatal(err)
		}
		info, err := f.Stat()
		if err != nil {
			t.Fatal(err)
		}
		doc, err := Read(f, info.Size(), Options{})
		f.Close()
		if err != nil || !slices.Contains(doc.Headers, "机密★5年") || slices.Contains(doc.Headers, "关于产业带建设情况的报告") {
			t.Errorf("%s: %q, %v", name, doc.Headers, err)
		}
		if len(doc.Blocks) == 0 || doc.Blocks[0].Text != "关于产业带建设情况的报告" {
			t.Errorf("%s: the text begins with %+v", name, doc.Blocks)
		}
	}
}
