package main

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
)

// drawn makes a .docx of a drawing: lines that begin with | are rows of a table, others
// paragraphs. In a cell ⏎ begins a paragraph and ⇩ breaks the line, ^ alone goes on from
// the cell above, {3} at its start covers three columns, [pic] is a picture, and looks are
// written as in looksCase.
func drawn(text string) []byte {
	var b strings.Builder
	var rows []string
	flush := func() {
		if rows != nil {
			b.WriteString(drawnTable(rows))
			rows = nil
		}
	}
	for _, l := range strings.Split(strings.TrimSpace(text), "\n") {
		if strings.HasPrefix(l, "|") {
			rows = append(rows, l)
			continue
		}
		flush()
		b.WriteString(drawnParagraphs(l))
	}
	flush()
	return wordFile(b.String()+"<w:p/>", "")
}

func drawnParagraphs(text string) string {
	var b strings.Builder
	for _, p := range strings.Split(text, "⏎") {
		x := strings.ReplaceAll(runs(p), "⇩", `</w:t><w:br/><w:t xml:space="preserve">`)
		b.WriteString(strings.ReplaceAll(x, "⟦pic⟧", `</w:t>`+picture+`<w:t>`))
	}
	return b.String()
}

type drawnCell struct {
	text string
	span int
	down bool
}

func drawnCells(line string) []drawnCell {
	var out []drawnCell
	for _, t := range strings.Split(strings.TrimSuffix(strings.TrimPrefix(line, "|"), "|"), "|") {
		c := drawnCell{text: strings.ReplaceAll(t, "[pic]", "⟦pic⟧"), span: 1}
		if rest, ok := strings.CutPrefix(t, "{"); ok {
			n, text, _ := strings.Cut(rest, "}")
			span, err := strconv.Atoi(n)
			must(err)
			c.span, c.text = span, strings.ReplaceAll(text, "[pic]", "⟦pic⟧")
		}
		if c.text == "^" {
			c.down, c.text = true, ""
		}
		out = append(out, c)
	}
	return out
}

func drawnTable(lines []string) string {
	var rows [][]drawnCell
	for _, l := range lines {
		rows = append(rows, drawnCells(l))
	}
	var b strings.Builder
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="8000" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>` + strings.Repeat(`<w:gridCol w:w="2000"/>`, 4) + `</w:tblGrid>`)
	for i, r := range rows {
		b.WriteString("<w:tr>")
		for k, c := range r {
			fmt.Fprintf(&b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:gridSpan w:val="%d"/>`, 2000*c.span, c.span)
			if c.down {
				b.WriteString(`<w:vMerge/>`)
			} else if i+1 < len(rows) && k < len(rows[i+1]) && rows[i+1][k].down {
				b.WriteString(`<w:vMerge w:val="restart"/>`)
			}
			b.WriteString(`</w:tcPr>` + drawnParagraphs(c.text) + `</w:tc>`)
		}
		b.WriteString("</w:tr>")
	}
	return b.String() + "</w:tbl>"
}

// picture stands in a line; its bytes are those of dot.
const picture = `<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="1800000" cy="900000"/><wp:docPr id="1" name="图1"/>` +
	`<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">` +
	`<pic:nvPicPr><pic:cNvPr id="1" name="dot.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="rIdPicture"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>` +
	`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>`

// dot is a PNG of one grey pixel.
const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="

func dotBytes() []byte {
	b, err := base64.StdEncoding.DecodeString(dot)
	must(err)
	return b
}

// wordFile is a .docx of this body, with nothing that is not needed.
func wordFile(body, styles string) []byte {
	const xml = `<?xml version="1.0" encoding="UTF-8"?>`
	const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	parts := [][2]string{
		{"[Content_Types].xml", xml + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", xml + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + relations + `/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", xml + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`},
	}
	var related string
	if strings.Contains(body, "rIdPicture") {
		related += `<Relationship Id="rIdPicture" Type="` + relations + `/image" Target="media/dot.png"/>`
		parts = append(parts, [2]string{"word/media/dot.png", string(dotBytes())})
	}
	if styles != "" {
		related += `<Relationship Id="rIdStyles" Type="` + relations + `/styles" Target="styles.xml"/>`
		parts = append(parts, [2]string{"word/styles.xml", xml + `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` + styles + `</w:styles>`})
		parts[0][1] = strings.Replace(parts[0][1], "</Types>", `<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>`, 1)
	}
	if related != "" {
		parts = append(parts, [2]string{"word/_rels/document.xml.rels", xml + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + related + `</Relationships>`})
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range parts {
		w, err := z.Create(part[0])
		must(err)
		_, err = w.Write([]byte(part[1]))
		must(err)
	}
	must(z.Close())
	return b.Bytes()
}
