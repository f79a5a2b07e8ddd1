package document

import (
	"fmt"
	"math"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// Limits on one page.
const (
	maxGlyphs   = 200_000
	maxObjects  = 20_000
	maxRules    = 4_000
	maxSegments = 64 // of a path that may be a box
	thin        = 3  // points: a shape not thicker is a line
)

// pageReader reads one page. turn brings the page's coordinates upright.
type pageReader struct {
	p     pdfium.Pdfium
	page  requests.Page
	parts pageParts
	turn  func(x, y float64) (float64, float64)
}

func readPage(p pdfium.Pdfium, file references.FPDF_DOCUMENT, index int) (pageParts, error) {
	load, err := p.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: file, Index: index})
	if err != nil {
		return pageParts{}, fmt.Errorf("%w: page %d: %v", ErrBroken, index+1, err)
	}
	defer p.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: load.Page})
	r := &pageReader{p: p, page: requests.Page{ByReference: &load.Page}}
	r.parts.number = index + 1
	if err := r.size(file, index); err != nil {
		return pageParts{}, err
	}
	if err := r.text(); err != nil {
		return pageParts{}, err
	}
	return r.parts, r.objects()
}

// size learns the page's size as it is shown.
func (r *pageReader) size(file references.FPDF_DOCUMENT, index int) error {
	s, err := r.p.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: file, Index: index})
	if err != nil {
		return fmt.Errorf("%w: size of page %d: %v", ErrBroken, index+1, err)
	}
	rot, err := r.p.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: r.page})
	if err != nil {
		return fmt.Errorf("%w: rotation of page %d: %v", ErrBroken, index+1, err)
	}
	r.parts.width, r.parts.height = s.Width, s.Height
	if rot.PageRotation == enums.FPDF_PAGE_ROTATION_90_CW || rot.PageRotation == enums.FPDF_PAGE_ROTATION_270_CW {
		r.parts.width, r.parts.height = s.Height, s.Width // coordinates are those of the page before it is turned
	}
	r.turn = func(x, y float64) (float64, float64) { return x, y }
	return nil
}

// sample is how many characters tell which way the text runs.
const sample = 60

// upright turns coordinates so that the text runs from left to right. The page's
// own /Rotate does not tell: pages lie on their side with it and without.
func (r *pageReader) upright(text references.FPDF_TEXTPAGE, count int) {
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
func (r *pageReader) quarter(text references.FPDF_TEXTPAGE, count int) int {
	var votes [4]int
	for i := 0; i < count; i += max(1, count/sample) {
		a, err := r.p.FPDFText_GetCharAngle(&requests.FPDFText_GetCharAngle{TextPage: text, Index: i})
		if err == nil && !math.IsNaN(float64(a.CharAngle)) {
			votes[((int(math.Round(float64(a.CharAngle)/(math.Pi/2)))%4)+4)%4]++
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

// text reads the characters one by one with their places: PDFium's own string
// swaps runs of different fonts on one line (a check box and its word).
func (r *pageReader) text() error {
	load, err := r.p.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: r.page})
	if err != nil {
		return fmt.Errorf("%w: text of page %d: %v", ErrBroken, r.parts.number, err)
	}
	defer r.p.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: load.TextPage})
	n, err := r.p.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: load.TextPage})
	if err != nil {
		return fmt.Errorf("%w: text of page %d: %v", ErrBroken, r.parts.number, err)
	}
	if n.Count > maxGlyphs {
		return fmt.Errorf("%w: more than %d characters on page %d", ErrTooLarge, maxGlyphs, r.parts.number)
	}
	r.upright(load.TextPage, n.Count)
	spaced := false
	for i := range n.Count {
		g, ok, err := r.glyph(load.TextPage, i)
		if err != nil {
			return err
		}
		if ok {
			g.spaced = spaced
			r.parts.glyphs = append(r.parts.glyphs, g)
		}
		spaced = g.r == ' ' && !ok
	}
	return nil
}

// glyph reads one character; ok is false for the line ends and spaces that
// PDFium makes up (they have no width).
func (r *pageReader) glyph(text references.FPDF_TEXTPAGE, i int) (g glyph, ok bool, err error) {
	u, err := r.p.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: text, Index: i})
	if err != nil {
		return g, false, err
	}
	c := rune(u.Unicode)
	if c < ' ' || c == 0xFFFE || c == 0xFFFF || c == 0xAD || c > 0x10FFFF {
		return g, false, nil
	}
	box, err := r.p.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: text, Index: i})
	if err != nil {
		return glyph{r: c}, false, nil // a character without a place
	}
	o, err := r.p.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: text, Index: i})
	if err != nil {
		return glyph{r: c}, false, nil
	}
	x1, y1 := r.turn(float64(box.Rect.Left), float64(box.Rect.Bottom))
	x2, y2 := r.turn(float64(box.Rect.Right), float64(box.Rect.Top))
	_, base := r.turn(o.X, o.Y)
	g = glyph{r: c, left: min(x1, x2), right: max(x1, x2), base: base, em: math.Abs(y2-y1) * 0.8}
	if wide(c) {
		g.em = g.right - g.left
	}
	finite := !math.IsNaN(g.left+g.right+g.base) && !math.IsInf(g.left+g.right+g.base, 0)
	return g, finite && g.right-g.left > 0.01, nil
}

func (r *pageReader) objects() error {
	n, err := r.p.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: r.page})
	if err != nil {
		return fmt.Errorf("%w: objects of page %d: %v", ErrBroken, r.parts.number, err)
	}
	for i := range min(n.Count, maxObjects) {
		o, err := r.p.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: r.page, Index: i})
		if err != nil {
			continue
		}
		kind, err := r.p.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: o.PageObject})
		if err != nil || (kind.Type != enums.FPDF_PAGEOBJ_PATH && kind.Type != enums.FPDF_PAGEOBJ_IMAGE) {
			continue
		}
		b, err := r.p.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: o.PageObject})
		if err != nil {
			continue
		}
		x1, y1 := r.turn(float64(b.Left), float64(b.Bottom))
		x2, y2 := r.turn(float64(b.Right), float64(b.Top))
		x1, x2, y1, y2 = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
		if kind.Type == enums.FPDF_PAGEOBJ_IMAGE {
			r.picture(x1, y1, x2, y2)
		} else if !r.line(x1, y1, x2, y2) {
			r.box(o.PageObject)
		}
	}
	return nil
}

func (r *pageReader) picture(x1, y1, x2, y2 float64) {
	r.parts.pictures++
	w := min(x2, r.parts.width) - max(x1, 0)
	h := min(y2, r.parts.height) - max(y1, 0)
	if area := r.parts.width * r.parts.height; w > 0 && h > 0 && area > 0 {
		r.parts.covered = max(r.parts.covered, w*h/area)
	}
}

// line keeps a shape that is thin enough for a line; false if it is not.
func (r *pageReader) line(x1, y1, x2, y2 float64) bool {
	full := len(r.parts.across)+len(r.parts.down) >= maxRules
	switch {
	case y2-y1 <= thin && x2-x1 > thin:
		if !full {
			r.parts.across = append(r.parts.across, rule{at: (y1 + y2) / 2, from: x1, to: x2})
		}
	case x2-x1 <= thin && y2-y1 > thin:
		if !full {
			r.parts.down = append(r.parts.down, rule{at: (x1 + x2) / 2, from: y1, to: y2})
		}
	case x2-x1 > thin || y2-y1 > thin:
		return false
	}
	return true
}

// box takes the straight edges of a stroked path: some programs draw a whole
// cell, or all of a table's lines, as one path.
func (r *pageReader) box(o references.FPDF_PAGEOBJECT) {
	mode, err := r.p.FPDFPath_GetDrawMode(&requests.FPDFPath_GetDrawMode{PageObject: o})
	if err != nil || !mode.Stroke {
		return
	}
	n, err := r.p.FPDFPath_CountSegments(&requests.FPDFPath_CountSegments{PageObject: o})
	if err != nil || n.Count > maxSegments {
		return
	}
	m, err := r.p.FPDFPageObj_GetMatrix(&requests.FPDFPageObj_GetMatrix{PageObject: o})
	if err != nil {
		return
	}
	var startX, startY, x, y float64
	for i := range n.Count {
		s, err := r.p.FPDFPath_GetPathSegment(&requests.FPDFPath_GetPathSegment{PageObject: o, Index: i})
		if err != nil {
			return
		}
		at, err1 := r.p.FPDFPathSegment_GetPoint(&requests.FPDFPathSegment_GetPoint{PathSegment: s.PathSegment})
		kind, err2 := r.p.FPDFPathSegment_GetType(&requests.FPDFPathSegment_GetType{PathSegment: s.PathSegment})
		closing, err3 := r.p.FPDFPathSegment_GetClose(&requests.FPDFPathSegment_GetClose{PathSegment: s.PathSegment})
		if err1 != nil || err2 != nil || err3 != nil {
			return
		}
		nx, ny := r.turn(float64(m.Matrix.A*at.X+m.Matrix.C*at.Y+m.Matrix.E), float64(m.Matrix.B*at.X+m.Matrix.D*at.Y+m.Matrix.F))
		switch kind.Type {
		case enums.FPDF_SEGMENT_MOVETO:
			startX, startY = nx, ny
		case enums.FPDF_SEGMENT_LINETO:
			r.line(min(x, nx), min(y, ny), max(x, nx), max(y, ny))
		}
		x, y = nx, ny
		if closing.IsClose {
			r.line(min(x, startX), min(y, startY), max(x, startX), max(y, startY))
		}
	}
}
