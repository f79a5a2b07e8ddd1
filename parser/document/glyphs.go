package document

import (
	"fmt"
	"math"
)

// maxGlyphs bounds the text of one page.
const maxGlyphs = 200_000

// loadText prepares the text of the page and counts its characters; closeText ends
// that.
func (r *pageReader) loadText() (text uint64, count int, err error) {
	text = r.g.call("FPDFText_LoadPage", r.page)
	if r.g.err == nil && text == 0 {
		return 0, 0, fmt.Errorf("%w: text of page %d", ErrBroken, r.parts.number)
	}
	return text, max(r.g.number("FPDFText_CountChars", text), 0), r.g.err
}

func (r *pageReader) closeText(text uint64) { r.g.call("FPDFText_ClosePage", text) }

// text reads the characters one by one with their places: PDFium's own string
// swaps runs of different fonts on one line (a check box and its word).
func (r *pageReader) text() error {
	text, count, err := r.loadText()
	if err != nil {
		return err
	}
	defer r.closeText(text)
	if count > maxGlyphs {
		return fmt.Errorf("%w: more than %d characters on page %d", ErrTooLarge, maxGlyphs, r.parts.number)
	}
	r.upright(text, count)
	r.parts.glyphs = make([]glyph, 0, count)
	spaced := false
	for i := range uint64(count) {
		g, ok := r.glyph(text, i)
		if ok {
			g.spaced = spaced
			r.parts.glyphs = append(r.parts.glyphs, g)
		}
		spaced = g.r == ' ' && !ok
	}
	return r.g.err
}

// glyph reads one character; ok is false for the line ends and spaces that
// PDFium makes up (they have no width).
func (r *pageReader) glyph(text, i uint64) (g glyph, ok bool) {
	c := rune(r.g.call("FPDFText_GetUnicode", text, i))
	if c < ' ' || c == 0xFFFE || c == 0xFFFF || c == 0xAD || c > 0x10FFFF {
		return g, false
	}
	g.r = c
	if r.g.call("FPDFText_GetLooseCharBox", text, i, r.g.at(0)) == 0 {
		return g, false // a character without a place
	}
	x1, y1 := r.turn(r.g.float(0), r.g.float(3)) // left, top, right, bottom
	x2, y2 := r.turn(r.g.float(2), r.g.float(1))
	if r.g.call("FPDFText_GetCharOrigin", text, i, r.g.at(0), r.g.at(8)) == 0 {
		return g, false
	}
	_, base := r.turn(r.g.double(0), r.g.double(1))
	g = glyph{r: c, left: min(x1, x2), right: max(x1, x2), base: base, em: math.Abs(y2-y1) * 0.8}
	if wide(c) {
		g.em = g.right - g.left
	}
	finite := !math.IsNaN(g.left+g.right+g.base) && !math.IsInf(g.left+g.right+g.base, 0)
	return g, finite && g.right-g.left > 0.01
}
