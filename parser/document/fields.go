package document

import (
	"encoding/binary"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Limits on what is filled into a PDF.
const (
	maxFields     = 2000    // of one page
	maxFieldBytes = 1 << 16 // of one value, as UTF-16
)

// Kinds of annotations and of form fields (fpdf_annot.h, fpdf_formfill.h).
const (
	typedNote = 3  // FreeText: words that somebody set on the page
	widget    = 20 // a field of a form

	checkField = 2
	radioField = 3
	comboField = 4
	textField  = 6
)

// notShown are the flags of what is not shown: hidden, or not on a screen
// (ISO 32000-1, table 165).
const notShown = 2 | 32

// fields reads what was filled into a file's form (ISO 32000-1, 12.7). It is read
// from the values, not from how they are drawn: a program need not draw them, and
// LibreOffice draws Chinese ones without their characters.
type fields struct {
	g      *guest
	file   pdfFile
	opened bool
	info   uint64 // FPDF_FORMFILLINFO; must last as long as the handle
	handle uint64 // 0: the file has no form
}

// open prepares the form for the first field.
func (f *fields) open() {
	if f.opened {
		return
	}
	f.opened = true
	const size = 256
	if f.info = f.g.call("calloc", 1, size); f.info == 0 {
		return
	}
	f.g.module.Memory().WriteUint32Le(uint32(f.info), 1) // version; no call-backs
	f.handle = f.g.call("FPDFDOC_InitFormFillEnvironment", f.file.at, f.info)
}

// close is to be called before the file is closed.
func (f *fields) close() {
	if f.handle != 0 {
		f.g.call("FPDFDOC_ExitFormFillEnvironment", f.handle)
	}
	if f.info != 0 {
		f.g.call("free", f.info)
	}
}

// fill adds what was filled in to a page's text.
func (f *fields) fill(r *pageReader) {
	n := min(f.g.number("FPDFPage_GetAnnotCount", r.page), maxFields)
	for i := range uint64(max(n, 0)) {
		a := f.g.call("FPDFPage_GetAnnot", r.page, i)
		if a == 0 {
			continue
		}
		kind := f.g.number("FPDFAnnot_GetSubtype", a)
		if (kind == widget || kind == typedNote) && f.g.number("FPDFAnnot_GetFlags", a)&notShown == 0 {
			f.annotation(r, a, kind)
		}
		f.g.call("FPDFPage_CloseAnnot", a)
	}
}

func (f *fields) annotation(r *pageReader, a uint64, kind int) {
	if f.g.call("FPDFAnnot_GetRect", a, f.g.at(0)) == 0 {
		return
	}
	x1, y1 := r.turn(f.g.float(0), f.g.float(3)) // left, top, right, bottom
	x2, y2 := r.turn(f.g.float(2), f.g.float(1))
	at := frame{min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)}
	if at.x2-at.x1 < 1 || at.y2-at.y1 < 1 {
		return
	}
	if kind == typedNote {
		r.parts.glyphs = append(r.parts.glyphs, at.text(f.named(a, "Contents"))...)
		return
	}
	if f.open(); f.handle == 0 {
		return
	}
	r.parts.unframe(at)
	switch f.g.number("FPDFAnnot_GetFormFieldType", f.handle, a) {
	case checkField, radioField:
		state := f.named(a, "AS")
		r.parts.tick(at, state != "" && state != "Off")
	case textField, comboField:
		value := f.long(func(at, size uint64) int { return f.g.number("FPDFAnnot_GetFormFieldValue", f.handle, a, at, size) })
		r.parts.glyphs = append(r.parts.glyphs, at.text(value)...)
	}
}

// named is a text or a name of an annotation itself.
func (f *fields) named(a uint64, key string) string {
	const at = 32
	f.g.module.Memory().WriteString(f.g.room+at, key+"\x00")
	return f.long(func(to, size uint64) int { return f.g.number("FPDFAnnot_GetStringValue", a, f.g.at(at), to, size) })
}

// long is a text that PDFium writes as UTF-16 with a NUL at its end, telling how
// many bytes that takes.
func (f *fields) long(get func(at, size uint64) int) string {
	n := get(0, 0)
	if n <= 2 || n > maxFieldBytes {
		return ""
	}
	at := f.g.call("malloc", uint64(n))
	if at == 0 {
		return ""
	}
	defer f.g.call("free", at)
	get(at, uint64(n))
	b, ok := f.g.module.Memory().Read(uint32(at), uint32(n-2))
	if !ok {
		return ""
	}
	var units []uint16
	for ; len(b) >= 2; b = b[2:] {
		units = append(units, binary.LittleEndian.Uint16(b))
	}
	return string(utf16.Decode(units))
}

// frame is a rectangle on the upright page.
type frame struct{ x1, y1, x2, y2 float64 }

// holds: the middle of the glyph lies in the area.
func (a frame) holds(g glyph) bool {
	x, y := (g.left+g.right)/2, g.base+0.3*g.em
	return x > a.x1 && x < a.x2 && y > a.y1 && y < a.y2
}

// text sets a value into its field. How a program breaks its lines is not known,
// so each paragraph is one line, as narrow as it must be.
func (a frame) text(value string) []glyph {
	paragraphs := strings.FieldsFunc(value, func(r rune) bool { return r == '\r' || r == '\n' })
	const largest = 11 // points
	pitch := (a.y2 - a.y1) / float64(max(len(paragraphs), 1))
	var out []glyph
	for i, p := range paragraphs {
		runes := []rune(p)
		size := min(0.8*pitch, largest, (a.x2-a.x1)/float64(len(runes)))
		middle := a.y2 - (float64(i)+0.5)*pitch
		for k, c := range runes {
			if unicode.IsControl(c) {
				c = ' '
			}
			left := a.x1 + float64(k)*size
			out = append(out, glyph{r: c, left: left, right: left + size, base: middle - 0.3*min(0.8*pitch, largest), em: size, last: k == len(runes)-1})
		}
	}
	return out
}

// tick puts a check box where it stands, in place of what the page may have there.
func (p *pageParts) tick(at frame, ticked bool) {
	var kept []glyph
	for _, g := range p.glyphs {
		if !at.holds(g) {
			kept = append(kept, g)
		}
	}
	high := at.y2 - at.y1
	c, _ := utf8.DecodeRuneInString(mark(ticked))
	p.glyphs = append(kept, glyph{r: c, left: at.x1, right: at.x2, base: at.y1 + 0.2*high, em: high})
}

// Around a field some programs draw a frame on the page itself.
const (
	onEdge  = 3 // points: so near the frame follows the field
	padding = 8 // so near within the cell that it stands in
)

// unframe drops the frame of a field that stands within a cell: it is no line of
// the table. What may be the cell's own border stays.
func (p *pageParts) unframe(at frame) {
	across, up := frameSides(p.across, at.y1, at.y2, at.x1, at.x2)
	down, beside := frameSides(p.down, at.x1, at.x2, at.y1, at.y2)
	if len(across) == 0 || len(down) == 0 || up+beside < 2 {
		return
	}
	p.across = slices.DeleteFunc(p.across, func(r rule) bool { return slices.Contains(across, r) })
	p.down = slices.DeleteFunc(p.down, func(r rule) bool { return slices.Contains(down, r) })
}

// frameSides finds the lines along two edges of a field, none if one lacks, and
// how many of the two have another line behind them.
func frameSides(rules []rule, low, high, from, to float64) (sides []rule, behind int) {
	for _, edge := range []struct{ at, away float64 }{{low, -1}, {high, 1}} {
		found, another := 0, false
		for _, r := range rules {
			gap := (r.at - edge.at) * edge.away
			same := abs(r.from-from) < onEdge && abs(r.to-to) < onEdge
			switch {
			case same && abs(gap) < onEdge:
				sides = append(sides, r)
				found++
			case gap > 0 && gap < padding && r.from < (from+to)/2 && r.to > (from+to)/2:
				another = true
			}
		}
		if found == 0 {
			return nil, 0
		}
		if another {
			behind++
		}
	}
	return sides, behind
}
