package document

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
)

// part is one file of a package.
type part struct{ name, text string }

const (
	contentTypes = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`
	rootRels     = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	transitional = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	strict       = `xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"`
	otherNames   = ` xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"`
)

// docx packs a body of document.xml, with more parts if wanted.
func docx(t testing.TB, body string, more ...part) []byte {
	t.Helper()
	return packed(t, append([]part{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", rootRels},
		{"word/document.xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n" + `<w:document ` + transitional + otherNames + `><w:body>` + body + `</w:body></w:document>`},
	}, more...))
}

func packed(t testing.TB, parts []part) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(p.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// wp is a paragraph of runs; a run that begins with < is markup of its own.
func wp(runs ...string) string {
	var b strings.Builder
	b.WriteString(`<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs></w:pPr>`)
	for _, r := range runs {
		if strings.HasPrefix(r, "<") {
			b.WriteString(r)
		} else {
			b.WriteString(`<w:r><w:rPr><w:rFonts w:eastAsia="仿宋"/></w:rPr><w:t xml:space="preserve">` + r + `</w:t></w:r>`)
		}
	}
	return b.String() + `</w:p>`
}

// wc is a cell with properties and a content of paragraphs.
func wc(props string, content ...string) string {
	return `<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/>` + props + `</w:tcPr>` + strings.Join(content, "") + `</w:tc>`
}

func wr(cells ...string) string { return `<w:tr>` + strings.Join(cells, "") + `</w:tr>` }

func wt(rows ...string) string {
	return `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="1000"/></w:tblGrid>` + strings.Join(rows, "") + `</w:tbl>`
}

// drawing writes blocks in one short line each, to compare by.
func drawing(d Document) string {
	var b strings.Builder
	for _, bl := range d.Blocks {
		if bl.Rows == nil {
			b.WriteString("P " + bl.Text + "\n")
		}
		for _, row := range bl.Rows {
			b.WriteString("T")
			for _, c := range row {
				b.WriteString(" |")
				if c.Span > 1 {
					b.WriteString("{" + string(rune('0'+c.Span)) + "}")
				}
				if c.Down {
					b.WriteString("^")
				}
				b.WriteString(c.Text)
			}
			b.WriteString("\n")
		}
	}
	return strings.ReplaceAll(strings.TrimSuffix(b.String(), "\n"), "\t", `\t`)
}

// unpacked lists the parts of a package.
func unpacked(t testing.TB, b []byte) []part {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var out []part
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, part{f.Name, string(text)})
	}
	return out
}
