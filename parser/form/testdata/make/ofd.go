package main

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"

	"anli/parser/document"
)

// Measures of a page in millimetres.
const (
	left, top, right, bottom = 25.0, 20.0, 185.0, 277.0
	size, lead, pad          = 4.0, 6.0, 2.0
)

// sheet lays a document out, line below line.
type sheet struct {
	pages []*bytes.Buffer
	y     float64
	id    int
}

func (s *sheet) page() *bytes.Buffer { return s.pages[len(s.pages)-1] }

func (s *sheet) turn() {
	s.pages, s.y = append(s.pages, &bytes.Buffer{}), top
}

// line sets one line of text with its base at y.
func (s *sheet) line(text string, x, y float64) {
	var steps []string
	for _, r := range text {
		steps = append(steps, fmt.Sprintf("%.2f", width(r)))
	}
	s.id++
	fmt.Fprintf(s.page(), `<ofd:TextObject ID="%d" Boundary="%.2f %.2f %.2f %.2f" Font="1" Size="%.2f"><ofd:TextCode X="0" Y="%.2f" DeltaX="%s">`,
		s.id, x, y-size, right-left, lead, size, size, strings.Join(steps[:len(steps)-1], " "))
	xml.EscapeText(s.page(), []byte(text))
	s.page().WriteString("</ofd:TextCode></ofd:TextObject>\n")
}

func width(r rune) float64 {
	if r < 0x100 {
		return size / 2
	}
	return size
}

func (s *sheet) rule(x1, y1, x2, y2 float64) {
	s.id++
	fmt.Fprintf(s.page(), `<ofd:PathObject ID="%d" Boundary="0 0 210 297" LineWidth="0.2"><ofd:AbbreviatedData>M %.2f %.2f L %.2f %.2f</ofd:AbbreviatedData></ofd:PathObject>`+"\n", s.id, x1, y1, x2, y2)
}

// broken breaks paragraphs into lines that fit.
func broken(text string, room float64) []string {
	var out []string
	for paragraph := range strings.SplitSeq(strings.ReplaceAll(text, "\t", "  "), "\n") {
		var line []rune
		used := 0.0
		for _, r := range paragraph {
			if used+width(r) > room {
				cut := len(line)
				for strings.ContainsRune("，。、；：！？）》”", r) && cut > 1 {
					cut--
					r2 := line[cut]
					if !strings.ContainsRune("，。、；：！？）》”", r2) {
						break
					}
				}
				out = append(out, string(line[:cut]))
				line, used = append([]rune{}, line[cut:]...), 0
				for _, x := range line {
					used += width(x)
				}
			}
			line = append(line, r)
			used += width(r)
		}
		out = append(out, string(line))
	}
	return out
}

// row sets a row of a table with lines around its cells; one that does not fit
// goes on the next page.
func (s *sheet) row(cells []document.Cell, columns int) {
	step := (right - left) / float64(columns)
	var lines [][]string
	high := 1
	for _, c := range cells {
		l := broken(c.Text, step*float64(c.Span)-2*pad)
		lines = append(lines, l)
		high = max(high, len(l))
	}
	h := float64(high)*lead + pad
	if s.y+h > bottom {
		s.turn()
	}
	x := left
	for i, c := range cells {
		w := step * float64(c.Span)
		if !c.Down {
			s.rule(x, s.y, x+w, s.y)
		}
		s.rule(x, s.y, x, s.y+h)
		for k, l := range lines[i] {
			if strings.TrimSpace(l) != "" {
				s.line(l, x+pad, s.y+float64(k+1)*lead)
			}
		}
		x += w
	}
	s.rule(right, s.y, right, s.y+h)
	s.rule(left, s.y+h, right, s.y+h)
	s.y += h
}

func ofd(doc document.Document) []byte {
	s := &sheet{}
	s.turn()
	for _, b := range doc.Blocks {
		if b.Rows == nil {
			for _, l := range broken(b.Text, right-left) {
				s.y += lead
				s.line(l, left, s.y)
			}
			s.y += lead
			continue
		}
		columns := 1
		for _, r := range b.Rows {
			n := 0
			for _, c := range r {
				n += c.Span
			}
			columns = max(columns, n)
		}
		for _, r := range b.Rows {
			s.row(r, columns)
		}
	}
	return packed(s)
}

func packed(s *sheet) []byte {
	const ns = `<?xml version="1.0" encoding="UTF-8"?>` + "\n<ofd:%s xmlns:ofd=\"http://www.ofdspec.org/2016\">%s</ofd:%s>"
	part := func(root, inner string) string { return fmt.Sprintf(ns, root, inner, root) }
	list := ""
	for i := range s.pages {
		list += fmt.Sprintf(`<ofd:Page ID="%d" BaseLoc="Pages/Page_%d/Content.xml"/>`, i+1000, i)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	add := func(name, text string) {
		w, err := z.Create(name)
		must(err)
		_, err = w.Write([]byte(text))
		must(err)
	}
	add("OFD.xml", part("OFD", `<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>`))
	add("Doc_0/Document.xml", part("Document", `<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>`+list+`</ofd:Pages>`))
	for i, p := range s.pages {
		add(fmt.Sprintf("Doc_0/Pages/Page_%d/Content.xml", i), part("Page", `<ofd:Content><ofd:Layer ID="900">`+p.String()+`</ofd:Layer></ofd:Content>`))
	}
	must(z.Close())
	return out.Bytes()
}
