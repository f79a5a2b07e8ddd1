package document

import (
	"unicode/utf16"
)

// Limits on a Word file.
const (
	maxWord   = 64 << 20 // bytes of a stream
	maxNested = 32       // tables in tables
)

// Characters with a meaning of their own ([MS-DOC] 2.4.2, 2.4.3, 2.8.25).
const (
	charPicture = 0x01
	charNote    = 0x02
	charComment = 0x05
	charCell    = 0x07
	charDrawing = 0x08
	charLine    = 0x0B
	charPage    = 0x0C
	charPara    = 0x0D
	charColumn  = 0x0E
	fieldBegin  = 0x13
	fieldResult = 0x14
	fieldEnd    = 0x15
	charHyphen  = 0x1E
	charSoft    = 0x1F
	charNoSpace = 0xA0
	storyHeads  = 2 // headers and footers are the story behind footnotes
	storyBoxes  = 6 // text boxes are the story behind footnotes, headers, macros, comments, endnotes
)

// wordWalker goes once through a story.
type wordWalker struct {
	file   *wordFile
	fonts  []string
	styles wordStyles
	chars  finder
	paras  finder
	lookAt int  // span that look was read from
	fresh  bool // a paragraph begins, which may have another style
	look   look
	fields []bool // open fields: in the instruction
	units  []uint16
	writing
	boxes   []Block
	pending map[int][]Block // text boxes by the place of their anchor
	out     *stream
	doc     *Document
}

func (w *wordFile) document() (Document, error) {
	doc := Document{Kind: DOC}
	chars, err := w.characters()
	if err != nil {
		return Document{}, err
	}
	if comments := w.part(fibComment); len(comments) > 4 {
		doc.Comments = (len(comments) - 4) / 34
	}
	walk := &wordWalker{file: w, fonts: w.fonts(), doc: &doc, lookAt: -2,
		chars: finder{spans: w.pages(fibChars, 1)}, paras: finder{spans: w.pages(fibParas, 13)}}
	walk.styles = w.styles(walk.fonts)
	lengths := [8]int{}
	for i := range lengths {
		lengths[i] = int(le.Uint32(w.main[fibLengths+4*i:]))
	}
	main := min(max(lengths[0], 0), len(chars))
	from, heads := 0, 0
	for i := range storyBoxes {
		if from += lengths[i]; i < storyHeads {
			heads = from
		}
	}
	if end := heads + lengths[storyHeads]; heads >= main && end > heads && end <= len(chars) {
		counted := doc
		lines, err := walk.story(chars[heads:end], -1)
		if err != nil {
			return Document{}, err
		}
		doc = counted // a logo above the page is no picture of the case
		doc.Headers = blockLines(lines)
	}
	rest, err := walk.textBoxes(chars, from)
	if err != nil {
		return Document{}, err
	}
	blocks, err := walk.story(chars[:main], 0)
	if err != nil {
		return Document{}, err
	}
	doc.Blocks = append(blocks, rest...)
	return doc, nil
}

// textBoxes reads the text boxes. Those whose anchor is known wait for it, the
// others are given back.
func (w *wordWalker) textBoxes(chars []character, from int) (rest []Block, err error) {
	anchors := map[uint32]int{} // by the number of the shape
	plc := w.file.part(fibAnchors)
	for i, n := 0, (len(plc)-4)/30; i < n; i++ {
		anchors[le.Uint32(plc[4*(n+1)+26*i:])] = int(le.Uint32(plc[4*i:]))
	}
	w.pending = map[int][]Block{}
	plc = w.file.part(fibBoxes)
	n := (len(plc) - 4) / 26
	for i := range max(n, 0) {
		a, b := from+int(le.Uint32(plc[4*i:])), from+int(le.Uint32(plc[4*i+4:]))
		shape := le.Uint32(plc[4*(n+1)+22*i+14:])
		if a < 0 || b > len(chars) || a >= b {
			continue
		}
		blocks, err := w.story(chars[a:b], -1)
		if err != nil {
			return nil, err
		}
		if at, ok := anchors[shape]; ok {
			w.pending[at] = append(w.pending[at], blocks...)
			delete(anchors, shape)
		} else {
			rest = append(rest, blocks...)
		}
	}
	return rest, nil
}

// story reads one story; start is the place of its first character, -1 where no
// boxes are anchored in it.
func (w *wordWalker) story(chars []character, start int) ([]Block, error) {
	w.out, w.fields, w.boxes = newStream(), nil, nil
	w.writing.take()
	for i, c := range chars {
		w.lookOn(c)
		if start >= 0 && c.unit == charDrawing {
			w.boxes = append(w.boxes, w.pending[start+i]...)
		}
		w.character(c)
		if err := w.out.check(); err != nil {
			return nil, err
		}
	}
	w.endParagraph(place{}, false)
	return w.out.blocks(), nil
}

// lookOn reads how a character looks.
func (w *wordWalker) lookOn(c character) {
	span := w.chars.at(c.at)
	if span == w.lookAt && !w.fresh {
		return
	}
	w.write("")
	other := span != w.lookAt
	var props []byte
	if w.lookAt, w.fresh = span, false; span >= 0 {
		props = w.chars.spans[span].props
	}
	var style uint16
	if para := w.paras.at(c.at); para >= 0 {
		style = w.paras.spans[para].style
	}
	if w.look = w.lookOf(props, style); other {
		w.countChange()
	}
}

func (w *wordWalker) countChange() {
	if w.look.deleted || w.look.inserted {
		w.doc.Revisions++
	}
}

func (w *wordWalker) character(c character) {
	switch c.unit {
	case fieldBegin:
		w.fields = append(w.fields, true)
	case fieldResult:
		if n := len(w.fields); n > 0 {
			w.fields[n-1] = false
		}
	case fieldEnd:
		if n := len(w.fields); n > 0 {
			w.fields = w.fields[:n-1]
		}
	case charPara, charCell, charPage:
		w.mark(c)
	case charPicture:
		w.picture()
	case charDrawing:
		if w.look.special && !w.look.deleted {
			w.doc.Pictures++
			w.write("")
			w.writing.picture()
		}
	case charNote, charComment, charSoft, 0, 3, 4:
	default:
		w.letter(c.unit)
	}
}

// shown: the text is neither deleted, nor hidden, nor a field's instruction.
func (w *wordWalker) shown() bool {
	for _, instruction := range w.fields {
		if instruction {
			return false
		}
	}
	return !w.look.deleted && w.look.ink.on&hidden == 0
}

func (w *wordWalker) letter(unit uint16) {
	switch {
	case !w.shown():
	case w.look.symbol != 0 && w.look.special:
		s, ok := symbol(w.font(w.look.symbolFont), w.look.symbol)
		if !ok {
			s = string(w.look.symbol)
		}
		w.write(s)
	case unit == charLine || unit == charColumn:
		w.write("\n")
	case unit == charHyphen:
		w.write("-")
	case unit == charNoSpace:
		w.write("\u00a0")
	default:
		w.units = append(w.units, unit)
	}
}

// write puts text behind the letters that wait to be joined.
func (w *wordWalker) write(s string) {
	if len(w.units) > 0 {
		w.writing.write(plain(w.look.font, string(utf16.Decode(w.units))), w.look.ink)
		w.units = w.units[:0]
	}
	w.writing.write(s, w.look.ink)
}

func (w *wordWalker) font(n int) string { return fontOf(w.fonts, n) }

func fontOf(fonts []string, n int) string {
	if n >= 0 && n < len(fonts) {
		return fonts[n]
	}
	return ""
}

// picture is a picture in the line, or the data of a form field.
func (w *wordWalker) picture() {
	switch {
	case !w.look.special || w.look.deleted:
	case !w.look.fieldData:
		w.doc.Pictures++
		w.write("")
		w.writing.picture()
	default:
		if ticked, ok := w.file.checkBox(w.look.picture); ok && w.look.ink.on&hidden == 0 {
			w.write(mark(ticked))
		}
	}
}

// checkBox reads the state of a form field that is a check box ([MS-DOC] 2.9.78).
func (w *wordFile) checkBox(at int) (ticked, ok bool) {
	head := slice(w.data, at, 0x44+10)
	if head == nil {
		return false, false
	}
	b := w.data[at+0x44:]
	bits := le.Uint16(b[4:])
	if le.Uint32(b) != 0xFFFFFFFF || bits&3 != 1 {
		return false, false
	}
	if state := bits >> 2 & 0x1F; state != 25 {
		return state == 1, true
	}
	name := slice(b, 10, 2)
	if name == nil {
		return false, true
	}
	byDefault := slice(b, 12+2*int(le.Uint16(name))+2, 2)
	return byDefault != nil && le.Uint16(byDefault) == 1, true
}

// mark ends a paragraph, a cell or a row.
func (w *wordWalker) mark(c character) {
	var p place
	if span := w.paras.at(c.at); span >= 0 {
		p = w.file.placeOf(w.paras.spans[span].props)
	}
	if c.unit == charPage && p.depth > 0 {
		w.write("\n")
		return
	}
	if c.unit == charCell {
		p.depth, p.cellEnd = max(p.depth, 1), true
	}
	w.endParagraph(p, w.look.deleted)
}

func (w *wordWalker) endParagraph(p place, gone bool) {
	w.write("")
	text, boxes := w.take(), w.boxes
	w.boxes, w.fresh = nil, true
	switch {
	case p.rowEnd && p.depth > 0:
		w.out.row(p.depth, p.ends, gone)
	case p.cellEnd && p.depth > 0:
		w.out.cell(p.depth, text, boxes)
	default:
		w.out.paragraph(p.depth, text, boxes, gone)
	}
}
