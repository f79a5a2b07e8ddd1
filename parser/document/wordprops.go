package document

import (
	"cmp"
	"slices"
)

// Properties that are read ([MS-DOC] 2.6).
const (
	sprmDeleted     = 0x0800
	sprmInserted    = 0x0801
	sprmFieldData   = 0x0806
	sprmStyle       = 0x4A30
	sprmSpecial     = 0x0855
	sprmPicture     = 0x6A03
	sprmSymbol      = 0x6A09
	sprmFont        = 0x4A4F
	sprmInTable     = 0x2416
	sprmRowEnd      = 0x2417
	sprmInnerCell   = 0x244B
	sprmInnerRowEnd = 0x244C
	sprmDepth       = 0x6649
	sprmElsewhere   = 0x6646 // the properties lie in the data stream
	sprmColumns     = 0xD608
	sprmDown        = 0xD62B
)

// look is what is read of a run's properties.
type look struct {
	deleted, inserted, special, fieldData bool
	symbolFont                            int
	symbol                                rune // 0: none
	picture                               int  // place in the data stream, -1: none
	face
}

// place is what is read of a paragraph's properties.
type place struct {
	depth                    int // tables it stands in
	rowEnd, cellEnd, inTable bool
	ends                     []cellEnd
}

// span is a stretch of the main stream with its properties, not decoded yet.
type propSpan struct {
	from, to uint32
	props    []byte
	style    uint16 // of a paragraph
}

// eachProp goes through a list of properties ([MS-DOC] 2.2.5).
func eachProp(b []byte, use func(code uint16, operand []byte)) {
	for len(b) >= 3 {
		code := le.Uint16(b)
		size := 0
		switch code >> 13 {
		case 0, 1:
			size = 1
		case 2, 4, 5:
			size = 2
		case 3:
			size = 4
		case 7:
			size = 3
		default:
			size = int(b[2]) + 1
			if code == sprmColumns && len(b) >= 4 {
				size = int(le.Uint16(b[2:])) + 1
			}
		}
		operand := slice(b, 2, size)
		if operand == nil || size == 0 {
			return
		}
		use(code, operand)
		b = b[2+size:]
	}
}

// pages reads the pages of properties that a table at fib lists: of characters
// with entries of 1 byte, of paragraphs with entries of 13 ([MS-DOC] 2.9.33, 2.9.175).
func (w *wordFile) pages(fib, entry int) []propSpan {
	plc := w.part(fib)
	n := (len(plc) - 4) / 8
	var out []propSpan
	for i := range max(n, 0) {
		number := le.Uint32(plc[4*(n+1)+4*i:]) & 0x3FFFFF
		page := slice(w.main, int(number)*512, 512)
		if page == nil {
			continue
		}
		runs := int(page[511])
		if 4*(runs+1)+entry*runs > 511 {
			continue
		}
		for k := range runs {
			s := propSpan{from: le.Uint32(page[4*k:]), to: le.Uint32(page[4*k+4:])}
			if at := 2 * int(page[4*(runs+1)+entry*k]); at > 0 && entry == 1 {
				s.props = slice(page, at+1, int(page[at]))
			} else if at > 0 {
				s.style, s.props = paragraphProps(page, at)
			}
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b propSpan) int { return cmp.Compare(a.from, b.from) })
	return out
}

// paragraphProps is the style's number and the list behind it at a place of a page.
func paragraphProps(page []byte, at int) (style uint16, props []byte) {
	from, size := at+1, 2*int(page[at])-1
	if page[at] == 0 {
		from, size = at+2, 2*int(page[at+1])
	}
	if number := slice(page, from, 2); number != nil {
		style = le.Uint16(number)
	}
	return style, slice(page, from+2, size-2)
}

// finder finds the properties at a byte; what is asked for mostly lies in order.
type finder struct {
	spans []propSpan
	last  int
}

// at gives the index of the span that holds a byte, -1 if none does.
func (f *finder) at(pos uint32) int {
	for _, i := range []int{f.last, f.last + 1} {
		if i < len(f.spans) && pos >= f.spans[i].from && pos < f.spans[i].to {
			f.last = i
			return i
		}
	}
	i, found := slices.BinarySearchFunc(f.spans, pos, func(s propSpan, pos uint32) int { return cmp.Compare(s.from, pos) })
	if !found {
		i--
	}
	if i < 0 || pos >= f.spans[i].to {
		return -1
	}
	f.last = i
	return i
}

// lookOf reads a run's properties; paragraph is the number of its paragraph's style.
func (w *wordWalker) lookOf(props []byte, paragraph uint16) look {
	style := ""
	eachProp(props, func(code uint16, o []byte) {
		if code == sprmStyle {
			style = styleID(le.Uint16(o))
		}
	})
	outer := w.styles.face(styleID(paragraph), style)
	l := look{picture: -1}
	eachProp(props, func(code uint16, o []byte) {
		switch code {
		case sprmDeleted:
			l.deleted = o[0] == 1
		case sprmInserted:
			l.inserted = o[0] == 1
		case sprmSpecial:
			l.special = o[0] == 1
		case sprmFieldData:
			l.fieldData = o[0] == 1
		case sprmFont:
			l.font = w.font(int(le.Uint16(o)))
		case sprmPicture:
			l.picture = int(le.Uint32(o))
		case sprmSymbol:
			l.symbolFont, l.symbol = int(le.Uint16(o)), rune(le.Uint16(o[2:]))
		default:
			l.ink.sprm(code, o, outer.ink.on)
		}
	})
	l.face = l.over(outer)
	return l
}

func (w *wordFile) placeOf(props []byte) place {
	var p place
	inner := false
	var use func(code uint16, o []byte)
	use = func(code uint16, o []byte) {
		switch code {
		case sprmInTable:
			p.inTable = o[0] != 0
		case sprmRowEnd, sprmInnerRowEnd:
			p.rowEnd = p.rowEnd || o[0] != 0
		case sprmInnerCell:
			p.cellEnd = o[0] != 0
		case sprmDepth:
			p.depth = int(min(le.Uint32(o), maxNested))
		case sprmColumns:
			p.ends = columnEnds(o)
		case sprmDown:
			if len(o) >= 3 && int(o[1]) < len(p.ends) {
				p.ends[o[1]].down = o[2] == 1
			}
		case sprmElsewhere:
			at := int(le.Uint32(o))
			if size := slice(w.data, at, 2); size != nil && !inner {
				inner = true
				eachProp(slice(w.data, at+2, int(le.Uint16(size))), use)
			}
		}
	}
	eachProp(props, use)
	if p.inTable && p.depth == 0 {
		p.depth = 1
	}
	return p
}

// columnEnds reads where a row's cells end and how they are merged
// ([MS-DOC] 2.9.315, 2.9.307).
func columnEnds(o []byte) []cellEnd {
	if len(o) < 3 {
		return nil
	}
	n := int(o[2])
	if len(o) < 3+2*(n+1) || n > 63 {
		return nil
	}
	ends := make([]cellEnd, n)
	before := false
	for i := range ends {
		ends[i].right = int(int16(le.Uint16(o[3+2*(i+1):])))
		if b := slice(o, 3+2*(n+1)+20*i, 2); b != nil {
			flags := le.Uint16(b)
			ends[i].left = before && flags&3 != 0
			ends[i].down = flags&0x60 == 0x20
			before = flags&3 != 0
		}
	}
	return ends
}
