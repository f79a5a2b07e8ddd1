package document

import (
	"bytes"
	"compress/gzip"
	"io"
	"slices"
	"strings"
	"testing"
)

// TestHeaders: what a word processor repeats above its pages is kept apart from the
// text. The files are one text, saved by LibreOffice 7.4.
func TestHeaders(t *testing.T) {
	for _, name := range []string{"header.docx", "header.doc", "header.odt", "header.rtf"} {
		doc, err := read(contents(t, "testdata/headers/"+name))
		if err != nil || !slices.Contains(doc.Headers, "机密★5年") || slices.Contains(doc.Headers, "关于产业带建设情况的报告") {
			t.Errorf("%s: %q, %v", name, doc.Headers, err)
		}
		if len(doc.Blocks) == 0 || doc.Blocks[0].Text != "关于产业带建设情况的报告" {
			t.Errorf("%s: the text begins with %+v", name, doc.Blocks)
		}
	}
}

// What is printed above a sheet is kept apart from its cells, without fonts and pages;
// what stands below it is not. By openpyxl, the .xls by LibreOffice.
func TestSheetHeaders(t *testing.T) {
	for _, name := range []string{"header.xlsx", "header.xls"} {
		doc, err := read(contents(t, "testdata/headers/"+name))
		if got := strings.Join(doc.Headers, "|"); err != nil || got != "机密★5年|汇总表" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for header, want := range map[string]string{
		"&L机密★5年&R第 &P 页":                    "机密★5年|第  页",
		`&C&"宋体,常规"&12 报表&K0070C0蓝&K01+000黑`: "报表蓝黑",
		"&L机密&C&D&R第 &P 页，共 &N 页":            "机密|第  页，共  页",
		"R&&D":                               "R&D",
		"&G&A&Z&F":                           "",
	} {
		b := &workbook{}
		b.header(header)
		if got := strings.Join(b.headers, "|"); got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}
}

// The words of slides, with the slide where the file tells it. LibreOffice saved both.
func TestSlideWords(t *testing.T) {
	pptx := contents(t, "testdata/inside/deck.pptx")
	z, err := gzip.NewReader(bytes.NewReader(contents(t, "testdata/inside/deck.ppt.gz")))
	if err != nil {
		t.Fatal(err)
	}
	ppt, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		kind string
		b    []byte
		page int
	}{{PPTX, pptx, 2}, {PPT, ppt, 0}} {
		in, err := PicturesIn(bytes.NewReader(c.b), int64(len(c.b)))
		page := -1
		for _, b := range in.Words {
			if slices.Contains(strings.Split(b.Text, "\n"), "机密★5年") {
				page = b.Page
			}
		}
		if err != nil || in.Kind != c.kind || page != c.page {
			t.Errorf("%s: %+v, %v", c.kind, in.Words, err)
		}
	}
}
