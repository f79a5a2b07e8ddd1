package document

import (
	"fmt"
	"math"
)

// pageReader reads one page. turn brings the page's coordinates upright.
type pageReader struct {
	g     *guest
	page  uint64 // FPDF_PAGE
	parts pageParts
	turn  func(x, y float64) (float64, float64)

	visited int // objects
}

// openPage loads a page, from 0; it is to be closed.
func openPage(g *guest, file pdfFile, index int) (*pageReader, error) {
	r := &pageReader{g: g, turn: func(x, y float64) (float64, float64) { return x, y }}
	r.parts.number = index + 1
	r.page = g.call("FPDF_LoadPage", file.at, uint64(index))
	if g.err != nil {
		return nil, g.err
	}
	if r.page == 0 {
		return nil, fmt.Errorf("%w: page %d", ErrBroken, index+1)
	}
	r.parts.width, r.parts.height = r.shown()
	if r.rotation()%2 == 1 {
		r.parts.width, r.parts.height = r.parts.height, r.parts.width // coordinates are those of the page before it is turned
	}
	return r, g.err
}

func (r *pageReader) close() { r.g.call("FPDF_ClosePage", r.page) }

// shown is the page's size as a reader shows it, in points.
func (r *pageReader) shown() (width, height float64) {
	return r.g.real("FPDF_GetPageWidthF", r.page), r.g.real("FPDF_GetPageHeightF", r.page)
}

// rotation is by how many quarters a reader turns the page with the clock.
func (r *pageReader) rotation() int { return r.g.number("FPDFPage_GetRotation", r.page) & 3 }

func readPage(g *guest, file pdfFile, index int, filled *fields) (pageParts, error) {
	r, err := openPage(g, file, index)
	if err != nil {
		return pageParts{}, err
	}
	defer r.close()
	if err := r.text(); err != nil {
		return pageParts{}, err
	}
	r.objects()
	filled.fill(r)
	r.parts.boxes()
	return r.parts, g.err
}

// sample is how many characters tell which way the text runs.
const sample = 60

// upright turns coordinates so that the text runs from left to right. The page's
// own /Rotate does not tell: pages lie on their side with it and without.
func (r *pageReader) upright(text uint64, count int) {
	quarter := r.quarter(text, count)
	w, h := r.parts.width, r.parts.height
	switch quarter {
	case 1:
		r.turn = func(x, y float64) (float64, float64) { return h - y, x }
	case 2:
		r.turn = func(x, y float64) (float64, float64) { return w - x, h - y }
	case 3:
		r.turn = func(x, y float64) (float64, float64) { return y, w - x }
	}
	if quarter%2 == 1 {
		r.parts.width, r.parts.height = h, w
	}
}

// quarter is by how many quarters most of the text is turned with the clock.
func (r *pageReader) quarter(text uint64, count int) int {
	var votes [4]int
	for i := 0; i < count; i += max(1, count/sample) {
		if a := r.g.real("FPDFText_GetCharAngle", text, uint64(i)); a >= 0 && a < 8 {
			votes[int(math.Round(a/(math.Pi/2)))%4]++
		}
	}
	most := 0
	for q := range votes {
		if votes[q] > votes[most] {
			most = q
		}
	}
	return most
}
