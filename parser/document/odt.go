package document

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

// readODT reads a text document of ODF (ISO/IEC 26300). Deleted text lies apart
// in it, so that what stands in its place is the text as accepted.
func readODT(z *zip.Reader) (Document, error) {
	content := find(z, "content.xml")
	if content == nil {
		return Document{}, fmt.Errorf("%w: no content.xml", ErrBroken)
	}
	var manifest struct {
		Entries []struct {
			Encryption *struct{} `xml:"encryption-data"`
		} `xml:"file-entry"`
	}
	if m := find(z, "META-INF/manifest.xml"); m != nil && decodePart(m, &manifest) == nil {
		for _, e := range manifest.Entries {
			if e.Encryption != nil {
				return Document{}, fmt.Errorf("%w: odt", ErrEncrypted)
			}
		}
	}
	doc := Document{Kind: ODT, Pages: odtPages(z), Headers: odtHeaders(z)}
	for _, f := range z.File {
		name := partName(f)
		if strings.HasPrefix(name, "Pictures/") && !strings.HasSuffix(name, "/") {
			doc.Pictures++
		}
		if base := path.Base(name); strings.HasPrefix(name, "Basic/") && strings.HasSuffix(base, ".xml") && base != "script-lc.xml" && base != "script-lb.xml" {
			return Document{}, fmt.Errorf("%w: odt", ErrMacros)
		}
	}
	r, err := openPart(content)
	if err != nil {
		return Document{}, err
	}
	defer r.Close()
	w := newODTWalker(&doc)
	w.styles = odtNamedStyles(z)
	if err := w.walk(xml.NewDecoder(&cappedReader{r: r, left: maxPart})); err != nil {
		return Document{}, err
	}
	return doc, nil
}

// odtNamedStyles are the styles that have names that people see, as far as they can be
// read: the text is whole without them.
func odtNamedStyles(z *zip.Reader) map[string]odtStyle {
	w := newODTWalker(&Document{})
	f := find(z, "styles.xml")
	if f == nil {
		return w.styles
	}
	r, err := openPart(f)
	if err != nil {
		return w.styles
	}
	defer r.Close()
	d := xml.NewDecoder(&cappedReader{r: r, left: maxStyleBytes})
	w.walk(&oneFile{d: d, root: "document-styles", wanted: []string{"document-styles/styles"}})
	return w.styles
}

func odtPages(z *zip.Reader) int {
	var meta struct {
		Statistic struct {
			Pages int `xml:"page-count,attr"`
		} `xml:"meta>document-statistic"`
	}
	if f := find(z, "meta.xml"); f == nil || decodePart(f, &meta) != nil {
		return 0
	}
	return min(max(meta.Statistic.Pages, 0), 100_000)
}

// odtWalker goes once through content.xml.
type odtWalker struct {
	doc    *Document
	path   []string
	skip   int
	flows  []*odtFlow // of the body, then of each open text box
	styles map[string]odtStyle
	style  string   // being defined; styles are called by their family and name
	spans  []string // styles of the open paragraph and its spans
	boxed  int      // a check box control is open: its character is left out
}

// odtStyle is what is read of a style.
type odtStyle struct {
	face
	parent string
}

// odtFlow is the body or a text box.
type odtFlow struct {
	out    *stream
	tables []*spanTable
	writing
	boxes []Block
	paras int
}

func newODTWalker(doc *Document) *odtWalker {
	return &odtWalker{doc: doc, flows: []*odtFlow{{out: newStream()}}, styles: map[string]odtStyle{}}
}

func (w *odtWalker) walk(d tokens) error {
	for {
		t, err := d.RawToken()
		switch {
		case errors.Is(err, io.EOF) && len(w.path) == 0:
			w.doc.Blocks = w.flows[0].out.blocks()
			return nil
		case errors.Is(err, ErrTooLarge):
			return err
		case err != nil:
			return fmt.Errorf("%w: content.xml: %v", ErrBroken, err)
		}
		switch e := t.(type) {
		case xml.StartElement:
			if len(w.path) >= maxDepth {
				return fmt.Errorf("%w: elements nested too deep", ErrTooLarge)
			}
			w.path = append(w.path, e.Name.Local)
			if w.skip == 0 {
				w.start(e)
			}
		case xml.EndElement:
			if len(w.path) == 0 || w.path[len(w.path)-1] != e.Name.Local {
				return fmt.Errorf("%w: content.xml: stray </%s>", ErrBroken, e.Name.Local)
			}
			if w.skip == 0 {
				w.end(e.Name.Local)
			}
			if w.skip == len(w.path) {
				w.skip = 0
			}
			w.path = w.path[:len(w.path)-1]
		case xml.CharData:
			if w.skip == 0 && w.flow().paras > 0 {
				w.write(odfSpace(string(e)))
			}
		}
		if err := w.flow().out.check(); err != nil {
			return err
		}
	}
}

// odfSpace: any white space in the markup is one space (part 1, 6.1.2).
func odfSpace(s string) string {
	if !strings.ContainsAny(s, "\t\r\n") && !strings.Contains(s, "  ") {
		return s
	}
	words := strings.Join(strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \t\r\n", r) }), " ")
	if strings.TrimLeft(s, " \t\r\n") != s {
		words = " " + words
	}
	if strings.TrimRight(s, " \t\r\n") != s && words != " " {
		words += " "
	}
	return words
}

func (w *odtWalker) flow() *odtFlow { return w.flows[len(w.flows)-1] }

func (w *odtWalker) start(e xml.StartElement) {
	f := w.flow()
	switch e.Name.Local {
	case "p", "h":
		f.paras++
		w.spans = append(w.spans, "paragraph/"+attr(e, "style-name"))
	case "span":
		w.spans = append(w.spans, "text/"+attr(e, "style-name"))
	case "table":
		f.tables = append(f.tables, &spanTable{})
	case "table-row", "table-cell":
		w.startTable(f, e)
	case "text-box":
		w.flows = append(w.flows, &odtFlow{out: newStream()})
	case "tracked-changes":
		w.skip = len(w.path)
	case "change-start", "change", "change-end":
		if e.Name.Local != "change-end" {
			w.doc.Revisions++
		}
	case "annotation":
		w.doc.Comments++
		w.skip = len(w.path)
	case "image":
		f.picture()
	case "binary-data", "object": // a flat file keeps pictures and whole documents there
		w.skip = len(w.path)
	case "note", "ruby-text", "hidden-text", "sequence-decls", "covered-table-cell", "title", "desc":
		w.skip = len(w.path)
	case "style":
		w.startStyle(attr(e, "family")+"/", e)
	case "list-style", "default-style", "notes-configuration", "outline-style":
		w.style = "" // what follows is of bullets and numbers
	case "text-properties":
		if style, ok := w.styles[w.style]; ok {
			style.face = face{attr(e, "font-name"), odfInk(e)}
			w.styles[w.style] = style
		}
	default:
		w.startText(e)
	}
}

func (w *odtWalker) startText(e xml.StartElement) {
	switch e.Name.Local {
	case "s":
		n, _ := strconv.Atoi(attr(e, "c"))
		w.write(strings.Repeat(" ", min(max(n, 1), 1000)))
	case "tab":
		w.write("\t")
	case "line-break":
		w.write("\n")
	case "param":
		if name := attr(e, "name"); name == "Checkbox_Checked" && attr(e, "value") == "true" {
			w.boxed = -1
		}
	case "fieldmark":
		w.boxed = 0
	case "content-control":
		if attr(e, "checkbox") == "true" {
			w.write(mark(attr(e, "checked") == "true"))
			w.boxed = len(w.path)
		}
	}
}

func (w *odtWalker) startTable(f *odtFlow, e xml.StartElement) {
	n := len(f.tables)
	if n == 0 {
		return
	}
	if e.Name.Local == "table-row" {
		f.tables[n-1].startRow(f.out, n)
		return
	}
	right, _ := strconv.Atoi(attr(e, "number-columns-spanned"))
	down, _ := strconv.Atoi(attr(e, "number-rows-spanned"))
	f.tables[n-1].startCell(f.out, n, max(right, 1), max(down, 1))
}

func (w *odtWalker) end(name string) {
	f := w.flow()
	switch name {
	case "p", "h":
		w.spans = w.spans[:len(w.spans)-1]
		f.paras--
		f.out.paragraph(len(f.tables), f.take(), f.boxes, false)
		f.boxes = nil
	case "span":
		w.spans = w.spans[:len(w.spans)-1]
	case "table-cell":
		if n := len(f.tables); n > 0 {
			f.out.cell(n, passage{}, nil)
		}
	case "table-row":
		if n := len(f.tables); n > 0 {
			f.tables[n-1].endRow(f.out, n)
		}
	case "table":
		f.tables = f.tables[:len(f.tables)-1]
		f.out.nest(len(f.tables))
	case "text-box":
		w.flows = w.flows[:len(w.flows)-1]
		outer := w.flow()
		if outer.boxes = append(outer.boxes, f.out.blocks()...); outer.paras == 0 {
			outer.out.paragraph(len(outer.tables), passage{}, outer.boxes, false)
			outer.boxes = nil
		}
	case "fieldmark":
		w.write(mark(w.boxed < 0))
		w.boxed = 0
	case "content-control":
		if w.boxed == len(w.path) {
			w.boxed = 0
		}
	}
}

func (w *odtWalker) write(s string) {
	if w.boxed > 0 || w.flow().paras == 0 {
		return
	}
	var seen face
	for _, name := range w.spans {
		seen = w.styleOf(name).over(seen)
	}
	if seen.ink.on&hidden != 0 {
		return
	}
	w.flow().write(plain(seen.font, s), seen.ink)
}

// styleOf is how a style looks with those that it is based on.
func (w *odtWalker) styleOf(name string) face {
	style := w.styles[name]
	for range maxBased {
		if style.parent == "" {
			break
		}
		parent := w.styles[style.parent]
		style = odtStyle{style.over(parent.face), parent.parent}
	}
	return style.face
}

func (w *odtWalker) startStyle(family string, e xml.StartElement) {
	w.style = ""
	if len(w.styles) < maxSaidStyles {
		w.style = family + attr(e, "name")
		style := odtStyle{}
		if parent := attr(e, "parent-style-name"); parent != "" {
			style.parent = family + parent
		}
		w.styles[w.style] = style
	}
}
