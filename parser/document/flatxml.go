package document

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

// tokens is a document's markup, element by element: of a part, or of what is
// taken out of a file that holds all parts.
type tokens interface{ RawToken() (xml.Token, error) }

// readFlatXML reads a document that is one XML file: Word 2003's (.xml), a package
// of Word 2007 in one file, a text of ODF (.fodt), a table of Excel 2003. Many
// programs give them the ending of the real thing.
func readFlatXML(in io.ReaderAt, size int64) (Document, error) {
	if size > maxPart {
		return Document{}, fmt.Errorf("%w: xml of %d bytes", ErrTooLarge, size)
	}
	d := flatTokens(io.NewSectionReader(in, 0, size))
	styles := func(part, path string) wordStyles { // they may stand behind the text
		return readWordStyles(&oneFile{d: flatTokens(io.NewSectionReader(in, 0, size)), root: "styles", part: part, wanted: []string{path}})
	}
	root, err := rootOf(d)
	if err != nil {
		return Document{}, err
	}
	switch name := root.Name.Space + ":" + root.Name.Local; name {
	case "w:wordDocument":
		doc := Document{Kind: DOCX}
		body := &oneFile{d: d, root: "document", path: []string{"wordDocument"}, wanted: []string{"wordDocument/body"}}
		err := walkDOCX(body, styles("", "wordDocument/styles"), &doc)
		return doc, err
	case "pkg:package":
		doc := Document{Kind: DOCX}
		body := &oneFile{d: d, root: "document", path: []string{"package"}, part: "/word/document.xml", wanted: []string{"package/part/xmlData/document/body"}}
		err := walkDOCX(body, styles("/word/styles.xml", "package/part/xmlData/styles"), &doc)
		return doc, err
	case "office:document":
		doc := Document{Kind: ODT}
		w := newODTWalker(&doc)
		err := w.walk(&oneFile{d: d, root: "document-content", path: []string{"document"},
			wanted: []string{"document/styles", "document/automatic-styles", "document/body"}})
		return doc, err
	case ":Workbook", "ss:Workbook":
		return readSheetXML(d)
	default:
		return Document{}, fmt.Errorf("%w: xml <%s>", ErrUnsupported, name)
	}
}

func flatTokens(r io.Reader) *xml.Decoder {
	d := xml.NewDecoder(r)
	d.CharsetReader = func(label string, r io.Reader) (io.Reader, error) {
		e, err := htmlindex.Get(label)
		if err != nil {
			return nil, err
		}
		return e.NewDecoder().Reader(r), nil
	}
	return d
}

func rootOf(d *xml.Decoder) (xml.StartElement, error) {
	for {
		t, err := d.RawToken()
		if err != nil {
			return xml.StartElement{}, fmt.Errorf("%w: xml: %v", ErrBroken, err)
		}
		if e, ok := t.(xml.StartElement); ok {
			return e, nil
		}
	}
}

// oneFile gives the wanted elements of a file as children of one root.
type oneFile struct {
	d      *xml.Decoder
	root   string   // that is set around them
	wanted []string // paths from the file's own root, local names
	part   string   // where not "": only within the part of this name
	path   []string // open elements
	within int      // depth of the wanted element that is being given; 0: none
	other  bool     // the open part is not the wanted one
	state  int
}

// States of a oneFile.
const (
	flatBegin = iota
	flatGive
	flatEnd
)

// RawToken gives the next token of a wanted element.
func (f *oneFile) RawToken() (xml.Token, error) {
	switch f.state {
	case flatBegin:
		f.state = flatGive
		return xml.StartElement{Name: xml.Name{Local: f.root}}, nil
	case flatEnd:
		return nil, io.EOF
	}
	for {
		t, err := f.d.RawToken()
		if errors.Is(err, io.EOF) && len(f.path) == 0 {
			f.state = flatEnd
			return xml.EndElement{Name: xml.Name{Local: f.root}}, nil
		}
		if err != nil {
			return nil, err
		}
		if give, err := f.pass(t); give || err != nil {
			return t, err
		}
	}
}

// pass tells whether a token stands in a wanted element.
func (f *oneFile) pass(t xml.Token) (bool, error) {
	switch e := t.(type) {
	case xml.StartElement:
		if len(f.path) >= maxDepth {
			return false, fmt.Errorf("%w: elements nested too deep", ErrTooLarge)
		}
		f.path = append(f.path, e.Name.Local)
		if f.within > 0 {
			return true, nil
		}
		if len(f.path) == 2 && f.part != "" {
			f.other = !strings.EqualFold(attr(e, "name"), f.part)
		}
		if !f.other && slices.Contains(f.wanted, strings.Join(f.path, "/")) {
			f.within = len(f.path)
			return true, nil
		}
		return false, nil
	case xml.EndElement:
		if len(f.path) == 0 {
			return false, fmt.Errorf("stray </%s>", e.Name.Local)
		}
		give := f.within > 0
		if f.within == len(f.path) {
			f.within = 0
		}
		f.path = f.path[:len(f.path)-1]
		return give, nil
	}
	return f.within > 0, nil
}

// readSheetXML reads a workbook as Excel 2003 wrote it in XML; many systems export
// their tables so.
func readSheetXML(d *xml.Decoder) (Document, error) {
	book := &workbook{}
	x := &sheetXML{book: book, path: []string{"Workbook"}} // its beginning is read
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			if len(book.blocks) == 0 {
				return Document{}, fmt.Errorf("%w: a workbook without rows", ErrUnsupported)
			}
			return Document{Kind: XLS, Blocks: book.blocks}, nil
		}
		if err != nil {
			return Document{}, fmt.Errorf("%w: xml: %v", ErrBroken, err)
		}
		switch e := t.(type) {
		case xml.StartElement:
			err = x.start(e)
		case xml.CharData:
			if x.inText {
				x.text.Write(e)
			}
		case xml.EndElement:
			err = x.end(e.Name.Local)
		}
		if err != nil {
			return Document{}, err
		}
	}
}

// sheetXML is where the reading of a workbook in XML stands.
type sheetXML struct {
	book     *workbook
	sheet    *worksheet
	name     string
	hidden   bool
	row, col int      // of the next ones, from 0
	across   int      // columns that the open cell covers beside its own
	path     []string // open elements
	text     strings.Builder
	inText   bool // of Data or Visible
}

func (x *sheetXML) start(e xml.StartElement) error {
	if len(x.path) >= maxDepth {
		return fmt.Errorf("%w: elements nested too deep", ErrTooLarge)
	}
	x.path = append(x.path, e.Name.Local)
	if x.sheet == nil && e.Name.Local != "Worksheet" {
		return nil
	}
	switch e.Name.Local {
	case "Worksheet":
		x.sheet, x.name, x.hidden, x.row = &worksheet{book: x.book}, attr(e, "Name"), false, 0
	case "Row":
		x.row, x.col = max(x.row, countIn(e, "Index")-1), 0
	case "Cell":
		x.col, x.across = max(x.col, countIn(e, "Index")-1), countIn(e, "MergeAcross")
		if down := countIn(e, "MergeDown"); x.across > 0 || down > 0 {
			return x.sheet.merge(area{x.row, x.col, x.row + down, x.col + x.across})
		}
	case "Data", "Visible": // a comment in a cell has its own Data
		x.inText = x.within("Cell", "Data") || x.within("WorksheetOptions", "Visible")
		x.text.Reset()
	}
	return nil
}

// countIn is an attribute that counts rows or columns.
func countIn(e xml.StartElement, name string) int {
	n, _ := strconv.Atoi(attr(e, name))
	return min(max(n, 0), maxSheetRows)
}

// within: the innermost open elements are these.
func (x *sheetXML) within(outer, inner string) bool {
	n := len(x.path)
	return n > 1 && x.path[n-2] == outer && x.path[n-1] == inner
}

func (x *sheetXML) end(name string) (err error) {
	if len(x.path) == 0 || x.path[len(x.path)-1] != name {
		return fmt.Errorf("%w: xml: stray </%s>", ErrBroken, name)
	}
	if x.sheet == nil {
		x.path = x.path[:len(x.path)-1]
		return nil
	}
	switch {
	case x.within("Cell", "Data"):
		err = x.sheet.put(x.row, x.col, tidied(strings.TrimSuffix(x.text.String(), "T00:00:00.000")))
		x.inText = false
	case x.within("WorksheetOptions", "Visible"):
		x.hidden, x.inText = strings.HasSuffix(strings.TrimSpace(x.text.String()), "Hidden"), false
	case name == "Cell":
		x.col += 1 + x.across
	case name == "Row":
		x.row++
	case name == "Worksheet":
		if !x.hidden {
			err = x.book.add(x.name, x.sheet)
		}
		x.sheet = nil
	}
	x.path = x.path[:len(x.path)-1]
	return err
}
