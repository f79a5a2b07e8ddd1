package document

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
)

// maxRTF bounds a file: pictures are written into it as digits.
const maxRTF = 128 << 20

// rtfReader goes once through a file (Rich Text Format 1.9.1).
type rtfReader struct {
	b      []byte
	at     int
	doc    *Document
	state  rtfState
	groups []rtfState
	fonts  map[int]rtfFont
	page   int // code page of the file
	tints  []tint
	frame  bool // what is said of a border is of the characters
	out    *stream
	writing
	raw    []byte   // bytes that wait to be decoded together
	units  []uint16 // of \u, that wait to be joined
	skip   int      // replacements of a \u still to be left out
	ends   [2][]cellEnd
	next   cellEnd // what is said of the cell that is being defined
	boxes  []Block // text boxes of the open paragraph
	outer  []rtfOuter
	field  rtfField
	inside *rtfPictures // where not nil, pictures are kept
	star   bool         // {\* was read: a group that is left out where it is not known
}

// rtfState is what a group inherits and gives back at its end.
type rtfState struct {
	group           string // destination: "" is text, "skip" is left out
	font            int
	fallback        int // \uc
	hidden, deleted bool
	inTable         bool
	depth           int // \itap
	own             bool
	entry           int // font that is being defined
	ink             ink
	rtl             bool // what follows is said of Arabic and Hebrew
	above           bool // in a header, where pictures are the paper's
}

type rtfFont struct {
	charset int
	name    string
}

// rtfField is the form field or symbol that is open.
type rtfField struct {
	kind, result, byDefault int
	code                    strings.Builder
	replaced                bool // its result is left out: the symbol is written
}

// rtfOuter is the text around a text box.
type rtfOuter struct {
	out   *stream
	text  passage
	boxes []Block
}

func readRTF(in io.ReaderAt, size int64) (Document, error) {
	if size > maxRTF {
		return Document{}, fmt.Errorf("%w: rtf of %d bytes", ErrTooLarge, size)
	}
	b, err := io.ReadAll(io.NewSectionReader(in, 0, size))
	if err != nil {
		return Document{}, err
	}
	r := newRTFReader(b)
	if err := r.read(); err != nil {
		return Document{}, err
	}
	r.doc.Blocks = r.out.blocks()
	return *r.doc, nil
}

func newRTFReader(b []byte) *rtfReader {
	return &rtfReader{b: b, doc: &Document{Kind: RTF}, fonts: map[int]rtfFont{}, tints: []tint{{}}, page: 936, out: newStream(), state: rtfState{fallback: 1}}
}

func (r *rtfReader) read() error {
	closed := false
	for r.at < len(r.b) && !closed {
		c := r.b[r.at]
		r.at++
		switch c {
		case '{':
			r.flush()
			if len(r.groups) >= maxDepth {
				return fmt.Errorf("%w: groups nested too deep", ErrTooLarge)
			}
			r.groups = append(r.groups, r.state)
			r.state.own, r.star, r.skip = false, false, 0
		case '}':
			r.flush()
			closed = r.endGroup()
		case '\\':
			r.control()
		case '\r', '\n', 0:
		default:
			r.byteOf(c)
		}
		if err := r.out.check(); err != nil {
			return err
		}
	}
	r.flush()
	for len(r.outer) > 0 {
		r.endBox()
	}
	if !closed {
		return fmt.Errorf("%w: rtf ends inside a group", ErrBroken)
	}
	r.paragraph(false)
	return nil
}

// endGroup reports whether it was the last, which ends the file.
func (r *rtfReader) endGroup() bool {
	n := len(r.groups)
	if n == 0 {
		return true
	}
	ended := r.state
	r.state, r.groups = r.groups[n-1], r.groups[:n-1]
	if ended.own {
		switch ended.group {
		case "box":
			r.endBox()
		case "header":
			r.endHeader()
		case "fldinst":
			r.endCode()
		case "formfield":
			r.endFormField()
		case "pict":
			if r.keeps() {
				r.inside.end()
			}
		}
	}
	r.star, r.skip = false, 0
	return n == 1
}

// control reads a control word or symbol.
func (r *rtfReader) control() {
	if r.at >= len(r.b) {
		return
	}
	c := r.b[r.at]
	if !isLetter(c) {
		r.at++
		r.symbol(c)
		return
	}
	from := r.at
	for r.at < len(r.b) && isLetter(r.b[r.at]) && r.at-from < 32 {
		r.at++
	}
	word := string(r.b[from:r.at])
	from = r.at
	if r.at < len(r.b) && r.b[r.at] == '-' {
		r.at++
	}
	for r.at < len(r.b) && r.b[r.at] >= '0' && r.b[r.at] <= '9' && r.at-from < 11 {
		r.at++
	}
	value, err := strconv.Atoi(string(r.b[from:r.at]))
	if r.at < len(r.b) && r.b[r.at] == ' ' {
		r.at++
	}
	r.word(word, value, err == nil)
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func (r *rtfReader) symbol(c byte) {
	switch c {
	case '\'':
		if hex := slice(r.b, r.at, 2); hex != nil {
			if v, err := strconv.ParseUint(string(hex), 16, 8); err == nil {
				r.at += 2
				r.byteOf(byte(v))
			}
		}
	case '*':
		r.star = true
	case '~':
		r.write("\u00a0")
	case '_':
		r.write("-")
	case '\\', '{', '}':
		r.byteOf(c)
	case '\r', '\n':
		r.paragraph(r.state.deleted)
	}
}

// byteOf takes a byte of text in the font's charset.
func (r *rtfReader) byteOf(c byte) {
	switch {
	case r.skip > 0:
		r.skip--
	case r.state.group == "fonttbl":
		r.raw = append(r.raw, c)
	case r.state.group == "colortbl":
		if c == ';' && len(r.tints) < 1000 { // ends an entry
			r.tints = append(r.tints, tint{})
		}
	case r.state.group == "pict":
		if r.keeps() && strings.IndexByte("0123456789abcdefABCDEF", c) >= 0 {
			r.inside.digits = append(r.inside.digits, c)
		}
	case r.state.group == "fldinst":
		if r.field.code.Len() < 200 {
			r.field.code.WriteByte(c)
		}
	case r.shown():
		if len(r.units) > 0 {
			r.flush()
		}
		r.raw = append(r.raw, c)
	}
}

func (r *rtfReader) shown() bool {
	return r.flows() && !r.state.hidden && !r.state.deleted
}

// flows: what is read is text, of the body, of a box or of a header.
func (r *rtfReader) flows() bool {
	return r.state.group == "" || r.state.group == "box" || r.state.group == "header"
}

// flush decodes what waits.
func (r *rtfReader) flush() {
	if len(r.raw) > 0 {
		raw := r.raw
		r.raw = r.raw[:0]
		if r.state.group == "fonttbl" {
			r.nameFont(string(raw))
			return
		}
		font := r.fonts[r.state.font]
		r.writing.write(r.decoded(raw, font), r.state.ink)
	}
	if len(r.units) > 0 {
		s := string(utf16.Decode(r.units))
		r.units = r.units[:0]
		r.writing.write(plain(r.fonts[r.state.font].name, s), r.state.ink)
	}
}

func (r *rtfReader) write(s string) {
	if r.shown() {
		r.flush()
		r.writing.write(s, r.state.ink)
	}
}

// where the open paragraph stands.
func (r *rtfReader) place() int {
	if r.state.depth > 0 {
		return min(r.state.depth, maxNested)
	}
	if r.state.inTable {
		return 1
	}
	return 0
}

func (r *rtfReader) take() (passage, []Block) {
	r.flush()
	boxes := r.boxes
	r.boxes = nil
	return r.writing.take(), boxes
}

func (r *rtfReader) paragraph(gone bool) {
	if !r.flows() {
		return
	}
	text, boxes := r.take()
	if text.text == "" && boxes == nil && r.place() == 0 && len(r.out.tables) == 0 {
		return
	}
	r.out.paragraph(r.place(), text, boxes, gone)
}

// endBox hands a text box to the paragraph that holds it.
func (r *rtfReader) endBox() {
	blocks := r.inner()
	r.boxes = append(r.boxes, blocks...)
}

// endHeader keeps a header's lines apart: they are not the text's.
func (r *rtfReader) endHeader() {
	lines := blockLines(r.inner())
	r.doc.Headers = append(r.doc.Headers, lines[:min(len(lines), maxHeaderLines-len(r.doc.Headers))]...)
}

// inner ends a text within the text and goes back to that around it.
func (r *rtfReader) inner() []Block {
	text, boxes := r.take()
	r.out.paragraph(0, text, boxes, false)
	n := len(r.outer) - 1
	if n < 0 {
		return nil
	}
	blocks := r.out.blocks()
	o := r.outer[n]
	r.outer = r.outer[:n]
	r.out, r.boxes = o.out, o.boxes
	r.text.WriteString(o.text.text)
	r.marks = o.text.marks
	return blocks
}
