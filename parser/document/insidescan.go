package document

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// partScan goes once through a part: lines of text and pictures in their order.
type partScan struct {
	lines    []string
	pictures []placed
	runes    int
	line     strings.Builder
	tables   int // open ones
	inTable  int // pictures before the outermost open table
	tableAt  int // characters before it
}

func (s *partScan) run(r io.Reader) error {
	d := xml.NewDecoder(r)
	inText := false
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			s.endLine()
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			inText = t.Name.Local == "t"
			s.start(t)
		case xml.EndElement:
			inText = false
			s.end(t.Name.Local)
		case xml.CharData:
			if inText && s.line.Len() < maxLine {
				s.line.Write(t)
			}
		}
	}
}

// runODF goes once through the text of an .odt; what was deleted and what is a note is
// none.
func (s *partScan) runODF(r io.Reader) error {
	d := xml.NewDecoder(r)
	depth, paragraphs, skip := 0, 0, 0
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			s.endLine()
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; skip > 0 {
				continue
			}
			switch t.Name.Local {
			case "tracked-changes", "annotation", "note":
				skip = depth
			case "p", "h":
				paragraphs++
			case "table":
				s.openTable()
			case "image":
				if at := attr(t, "href"); !strings.Contains(at, "ObjectReplacements/") { // how a chart looks
					s.place(at)
				}
			}
		case xml.EndElement:
			if name := t.Name.Local; skip == 0 {
				if name == "p" || name == "h" {
					paragraphs--
				}
				s.end(name)
			}
			if skip == depth {
				skip = 0
			}
			depth--
		case xml.CharData:
			if paragraphs > 0 && skip == 0 && s.line.Len() < maxLine {
				s.line.Write(t)
			}
		}
	}
}

func (s *partScan) start(t xml.StartElement) {
	switch t.Name.Local {
	case "tbl":
		s.openTable()
	case "blip", "imagedata":
		for _, a := range t.Attr {
			if a.Name.Space != "" && (a.Name.Local == "embed" || a.Name.Local == "id") {
				s.place(a.Value)
			}
		}
	}
}

// place notes a picture where the scan stands.
func (s *partScan) place(id string) {
	if len(s.pictures) < 10*maxInner {
		s.pictures = append(s.pictures, placed{id: id, runes: s.runes + utf8.RuneCountInString(s.line.String()), line: len(s.lines), free: true})
	}
}

func (s *partScan) openTable() {
	if s.tables++; s.tables == 1 {
		s.inTable, s.tableAt = len(s.pictures), s.runes
	}
}

func (s *partScan) end(name string) {
	switch name {
	case "p", "h":
		s.endLine()
	case "tbl", "table":
		if s.tables = max(s.tables-1, 0); s.tables == 0 && s.runes-s.tableAt >= bigTable {
			for i := s.inTable; i < len(s.pictures); i++ {
				s.pictures[i].free = false
			}
		}
	}
}

func (s *partScan) endLine() {
	if text := strings.Join(strings.Fields(s.line.String()), " "); text != "" {
		s.runes += utf8.RuneCountInString(text)
		s.lines = append(s.lines, text)
	}
	s.line.Reset()
}

// around gives the short line before a picture and the one behind it. On a slide
// all lines are around.
func (s *partScan) around(p placed, slide bool) (above, below string) {
	if slide {
		return s.short(), ""
	}
	for i := p.line - 1; i >= 0 && i >= p.line-6 && above == ""; i-- {
		if caption(s.lines[i]) {
			above = s.lines[i]
		}
	}
	if p.line < len(s.lines) && caption(s.lines[p.line]) {
		below = s.lines[p.line]
	}
	return above, below
}

// short is the first line of the part that may be a heading.
func (s *partScan) short() string {
	i := slices.IndexFunc(s.lines, caption)
	if i < 0 {
		return ""
	}
	return s.lines[i]
}

// caption: a short line that is no sentence.
func caption(line string) bool {
	return utf8.RuneCountInString(line) <= maxCaption && !strings.ContainsAny(line, "。；;！？")
}
