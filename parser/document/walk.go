package document

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// walker goes once through document.xml. Text goes to the innermost open
// paragraph, a finished paragraph to the innermost holder: the body, a table
// cell or a text box.
type walker struct {
	doc     *Document
	path    []string // local names of the open elements
	skip    int      // depth of the element whose content is left out, 0 = none
	holders []*holder
	tables  []*table
	paras   []*para
	run     run
	styles  wordStyles
	boxes   []*control // open content controls
	legacy  *legacyBox // open FORMCHECKBOX
	chosen  []bool     // of the open mc:AlternateContent: a choice was taken
	items   int
}

type para struct {
	writing
	style    string
	boxes    []Block // of text boxes anchored here; they follow the paragraph
	markGone bool    // its paragraph mark is a tracked deletion
}

type run struct {
	style string
	face
}

// control is a content control (w:sdt). A check box control shows what
// w14:checked says, whatever character stands in it.
type control struct {
	isBox, ticked, written bool
}

type legacyBox struct {
	byDefault, checked, said bool
}

// partTokens gives the tokens of a part.
func partTokens(r io.Reader) *xml.Decoder {
	d := xml.NewDecoder(r)
	d.CharsetReader = func(label string, _ io.Reader) (io.Reader, error) {
		return nil, fmt.Errorf("charset %q", label)
	}
	return d
}

func walkDOCX(d tokens, styles wordStyles, doc *Document) error {
	w := &walker{doc: doc, styles: styles, holders: []*holder{{}}}
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return w.finish()
		}
		if errors.Is(err, ErrTooLarge) {
			return err
		}
		if err != nil {
			return fmt.Errorf("%w: document.xml: %v", ErrBroken, err)
		}
		if err := w.token(t); err != nil {
			return err
		}
	}
}

func (w *walker) finish() error {
	if len(w.path) > 0 {
		return fmt.Errorf("%w: document.xml ends inside <%s>", ErrBroken, w.path[len(w.path)-1])
	}
	w.doc.Blocks = w.holders[0].blocks
	return nil
}

func (w *walker) token(t xml.Token) error {
	switch e := t.(type) {
	case xml.StartElement:
		if len(w.path) >= maxDepth {
			return fmt.Errorf("%w: elements nested too deep", ErrTooLarge)
		}
		if len(w.path) == 0 && e.Name.Local != "document" {
			return fmt.Errorf("%w: root element <%s>", ErrUnsupported, e.Name.Local)
		}
		w.path = append(w.path, e.Name.Local)
		if w.skip == 0 {
			w.start(e)
		}
	case xml.EndElement:
		if len(w.path) == 0 || w.path[len(w.path)-1] != e.Name.Local {
			return fmt.Errorf("%w: document.xml: stray </%s>", ErrBroken, e.Name.Local)
		}
		if w.skip == 0 {
			w.end(e.Name.Local)
		}
		if w.skip == len(w.path) {
			w.skip = 0
		}
		w.path = w.path[:len(w.path)-1]
	case xml.CharData:
		if w.skip == 0 && w.parent(0) == "t" {
			w.write(plain(w.seen().font, string(e)))
		}
	}
	if w.items > maxItems {
		return fmt.Errorf("%w: more than %d paragraphs and cells", ErrTooLarge, maxItems)
	}
	return nil
}

// parent names the open element n levels up, 0 being the innermost.
func (w *walker) parent(n int) string {
	if i := len(w.path) - 1 - n; i >= 0 {
		return w.path[i]
	}
	return ""
}

// leaveOut skips the element just opened, with all in it.
func (w *walker) leaveOut() { w.skip = len(w.path) }

func (w *walker) start(e xml.StartElement) {
	switch e.Name.Local {
	case "p":
		w.paras = append(w.paras, &para{})
	case "r":
		w.run = run{}
	case "sdt":
		w.boxes = append(w.boxes, &control{})
	case "tbl", "tr", "tc", "gridSpan", "vMerge", "vmerge":
		w.startTable(e)
	case "txbxContent":
		w.holders = append(w.holders, &holder{})
	case "AlternateContent", "Choice", "Fallback":
		w.startChoice(e.Name.Local)
	case "ins", "del", "moveFrom", "moveTo":
		w.startRevision(e.Name.Local)
	case "delText", "instrText", "delInstrText", "rt", "pPrChange", "rPrChange", "tblPrChange", "tcPrChange", "trPrChange", "sectPrChange", "tblGrid", "hdr", "ftr":
		w.leaveOut() // rt: the reading above a character
	case "commentReference":
		w.doc.Comments++
	case "blip", "imagedata":
		if n := len(w.paras); n > 0 {
			w.paras[n-1].picture()
		}
	case "annotation": // as Word 2003 writes a tracked change
		w.startAnnotation(attr(e, "type"))
	default:
		w.startRun(e)
	}
}

func (w *walker) startRun(e xml.StartElement) {
	switch e.Name.Local {
	case "tab", "ptab":
		if w.parent(1) == "r" { // else a tab stop
			w.write("\t")
		}
	case "br", "cr":
		w.write("\n")
	case "noBreakHyphen":
		w.write("-")
	case "sym":
		w.writeSymbol(e)
	case "pStyle":
		if n := len(w.paras); n > 0 && w.parent(1) == "pPr" && w.parent(2) == "p" {
			w.paras[n-1].style = attr(e, "val")
		}
	case "rStyle":
		if w.parent(1) == "rPr" && w.parent(2) == "r" {
			w.run.style = attr(e, "val")
		}
	case "checkbox", "checked", "default", "checkBox":
		w.startCheckBox(e)
	default:
		if w.parent(1) == "rPr" && w.parent(2) == "r" {
			w.run.property(e)
		}
	}
}

func (w *walker) end(name string) {
	switch name {
	case "p":
		w.endParagraph()
	case "r":
		w.run = run{}
	case "sdt":
		w.boxes = w.boxes[:len(w.boxes)-1]
	case "sdtPr":
		w.endControl()
	case "tbl", "tr", "tc":
		w.endTable(name)
	case "txbxContent":
		w.endTextBox()
	case "AlternateContent":
		w.chosen = w.chosen[:len(w.chosen)-1]
	case "checkBox":
		w.endCheckBox()
	}
}

// write puts text into the open paragraph; text outside of one is not shown by
// Word either.
func (w *walker) write(s string) {
	if len(w.paras) == 0 || s == "" {
		return
	}
	ink := w.seen().ink
	if ink.on&hidden != 0 {
		return
	}
	if c := w.control(); c != nil && c.isBox {
		if c.written {
			return
		}
		c.written = true
		s = mark(c.ticked)
	}
	w.paras[len(w.paras)-1].write(s, ink)
}

// seen is how the open run looks, its styles' looks included.
func (w *walker) seen() face {
	style := ""
	if n := len(w.paras); n > 0 {
		style = w.paras[n-1].style
	}
	return w.run.over(w.styles.face(style, w.run.style))
}

func (w *walker) writeSymbol(e xml.StartElement) {
	code, err := strconv.ParseUint(attr(e, "char"), 16, 32)
	if err != nil {
		return
	}
	s, ok := symbol(attr(e, "font"), rune(code))
	if !ok {
		s = string(rune(code))
	}
	w.write(s)
}

func (w *walker) endParagraph() {
	p := w.paras[len(w.paras)-1]
	w.paras = w.paras[:len(w.paras)-1]
	h := w.holders[len(w.holders)-1]
	if h.add(p.take(), p.markGone) {
		w.items++
	}
	h.blocks = append(h.blocks, p.boxes...)
}

// endTextBox hands the box's blocks to the paragraph that anchors it.
func (w *walker) endTextBox() {
	h := w.holders[len(w.holders)-1]
	w.holders = w.holders[:len(w.holders)-1]
	if n := len(w.paras); n > 0 {
		w.paras[n-1].boxes = append(w.paras[n-1].boxes, h.blocks...)
		return
	}
	outer := w.holders[len(w.holders)-1]
	outer.blocks = append(outer.blocks, h.blocks...)
}

// startChoice takes the first mc:Choice, and mc:Fallback only if there was
// none: both hold the same text box, once as DrawingML and once as VML.
func (w *walker) startChoice(name string) {
	n := len(w.chosen)
	switch {
	case name == "AlternateContent":
		w.chosen = append(w.chosen, false)
	case n == 0:
	case w.chosen[n-1]:
		w.leaveOut()
	default:
		w.chosen[n-1] = true
	}
}

// startRevision counts tracked changes and leaves out what was deleted. The same
// names inside w:rPr and w:trPr speak of the paragraph mark and of the row.
func (w *walker) startRevision(name string) {
	if w.parent(1) == "path" {
		return // a stroke of a drawn line, which DrawingML calls moveTo, too
	}
	w.doc.Revisions++
	gone := name == "del" || name == "moveFrom"
	switch w.parent(1) {
	case "rPr":
		if n := len(w.paras); n > 0 && gone && w.parent(2) == "pPr" {
			w.paras[n-1].markGone = true
		}
	case "trPr":
		if n := len(w.tables); n > 0 && gone {
			w.tables[n-1].rowGone = true
		}
	default:
		if gone {
			w.leaveOut()
		}
	}
}

func (w *walker) startAnnotation(kind string) {
	switch kind {
	case "Word.Insertion":
		w.doc.Revisions++
	case "Word.Deletion":
		w.startRevision("del")
	case "Word.Comment":
		w.doc.Comments++
		w.leaveOut()
	}
}

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// on reads an on/off element (ECMA-376 part 1, 17.17.4): no value means on.
func on(e xml.StartElement) bool {
	switch attr(e, "val") {
	case "0", "false", "off":
		return false
	}
	return true
}
