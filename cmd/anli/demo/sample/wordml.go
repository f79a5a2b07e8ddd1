package sample

import (
	"fmt"
	"strings"
)

// face is a run's look. Size is in half-points, as WordprocessingML counts
// (ECMA-376 part 1, 17.3.2.38): 24 is 小四, 28 四号, 36 小二.
type face struct {
	font string
	size int
	bold bool
}

// The faces of an official form: GB/T 9704 asks for 仿宋 in the text and 黑体 in
// headings of the first level.
var (
	bodyFace  = face{font: "仿宋", size: 24}
	labelFace = face{font: "仿宋", size: 24, bold: true}
	headFace  = face{font: "黑体", size: 24}
	titleFace = face{font: "黑体", size: 36}
	smallFace = face{font: "仿宋", size: 21}
)

// line is one paragraph.
type line struct {
	text   string
	face   face
	align  string // "left", "center", "right"; "" is both
	indent bool   // first line by two characters
	space  int    // before the paragraph, twentieths of a point
	right  int    // indent from the right, in characters
}

func escapeXML(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

func (l line) xml() string {
	align := l.align
	if align == "" {
		align = "both"
	}
	ind := ""
	if l.indent {
		ind = `<w:ind w:firstLineChars="200" w:firstLine="480"/>`
	}
	if l.right > 0 {
		ind = fmt.Sprintf(`<w:ind w:rightChars="%d" w:right="%d"/>`, l.right*100, l.right*240)
	}
	bold := ""
	if l.face.bold {
		bold = "<w:b/>"
	}
	rpr := fmt.Sprintf(`<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="%s"/>%s<w:sz w:val="%d"/><w:szCs w:val="%d"/></w:rPr>`,
		l.face.font, bold, l.face.size, l.face.size)
	return fmt.Sprintf(`<w:p><w:pPr><w:spacing w:before="%d" w:line="400" w:lineRule="exact"/>%s<w:jc w:val="%s"/></w:pPr><w:r>%s<w:t xml:space="preserve">%s</w:t></w:r></w:p>`,
		l.space, ind, align, rpr, escapeXML(l.text))
}

// wordCell is one cell of a table row. Down continues the cell above it.
type wordCell struct {
	width, span int // width in twentieths of a point
	middle      bool
	top, down   bool // start and continuation of a vertical merge
	lines       []line
}

func (c wordCell) xml() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, c.width)
	if c.span > 1 {
		fmt.Fprintf(&b, `<w:gridSpan w:val="%d"/>`, c.span)
	}
	if c.top {
		b.WriteString(`<w:vMerge w:val="restart"/>`)
	}
	if c.down {
		b.WriteString(`<w:vMerge/>`)
	}
	if c.middle {
		b.WriteString(`<w:vAlign w:val="center"/>`)
	}
	b.WriteString(`</w:tcPr>`)
	lines := c.lines
	if len(lines) == 0 { // a cell must hold a paragraph
		lines = []line{{face: bodyFace}}
	}
	for _, l := range lines {
		b.WriteString(l.xml())
	}
	b.WriteString(`</w:tc>`)
	return b.String()
}

// wordRow is a row of at least the given height (twentieths of a point).
func wordRow(height int, cells ...wordCell) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<w:tr><w:trPr><w:trHeight w:val="%d" w:hRule="atLeast"/></w:trPr>`, height)
	for _, c := range cells {
		b.WriteString(c.xml())
	}
	b.WriteString(`</w:tr>`)
	return b.String()
}

// wordTable is a ruled table with the given column widths.
func wordTable(columns []int, rows ...string) string {
	var b strings.Builder
	total := 0
	for _, w := range columns {
		total += w
	}
	fmt.Fprintf(&b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>`, total)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="000000"/>`, side)
	}
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for _, w := range columns {
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.WriteString(`</w:tblGrid>`)
	b.WriteString(strings.Join(rows, ""))
	b.WriteString(`</w:tbl>`)
	return b.String()
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// docx wraps a body into a Word file for A4 paper. title goes into the
// document's properties.
func docx(title, body string) []byte {
	document := xmlHead + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>` +
		body + `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1304" w:bottom="1304" w:left="1304" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr></w:body></w:document>`
	return officeZip([]File{
		{"[Content_Types].xml", []byte(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`)},
		{"_rels/.rels", []byte(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`)},
		{"word/document.xml", []byte(document)},
		{"word/_rels/document.xml.rels", []byte(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`)},
		{"word/styles.xml", []byte(xmlHead + `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋"/><w:sz w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style></w:styles>`)},
		{"docProps/core.xml", []byte(xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + escapeXML(title) + `</dc:title></cp:coreProperties>`)},
	})
}
