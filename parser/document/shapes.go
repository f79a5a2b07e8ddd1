package document

// Limits on what is drawn on one page.
const (
	maxObjects  = 20_000
	maxRules    = 4_000
	maxSegments = 64 // of a path that may be a box
	thin        = 3  // points: a shape not thicker is a line
)

// Kinds of page objects (fpdf_edit.h).
const (
	pathObject  = 2
	imageObject = 3
)

func (r *pageReader) objects() {
	n := min(r.g.number("FPDFPage_CountObjects", r.page), maxObjects)
	for i := range uint64(max(n, 0)) {
		o := r.g.call("FPDFPage_GetObject", r.page, i)
		if o == 0 {
			continue
		}
		kind := r.g.number("FPDFPageObj_GetType", o)
		if kind != pathObject && kind != imageObject {
			continue
		}
		if r.g.call("FPDFPageObj_GetBounds", o, r.g.at(0), r.g.at(4), r.g.at(8), r.g.at(12)) == 0 {
			continue
		}
		x1, y1 := r.turn(r.g.float(0), r.g.float(1)) // left, bottom, right, top
		x2, y2 := r.turn(r.g.float(2), r.g.float(3))
		x1, x2, y1, y2 = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
		if kind == imageObject {
			r.picture(x1, y1, x2, y2)
		} else if !r.line(x1, y1, x2, y2) {
			r.box(o)
		}
	}
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

// Kinds of path segments (fpdf_edit.h).
const (
	lineSegment = 0
	moveSegment = 2
)

// box takes the straight edges of a stroked path: some programs draw a whole
// cell, or all of a table's lines, as one path.
func (r *pageReader) box(o uint64) {
	if r.g.call("FPDFPath_GetDrawMode", o, r.g.at(0), r.g.at(4)) == 0 || r.g.int(1) == 0 {
		return
	}
	n := r.g.number("FPDFPath_CountSegments", o)
	if n > maxSegments || r.g.call("FPDFPageObj_GetMatrix", o, r.g.at(0)) == 0 {
		return
	}
	var m [6]float64
	for i := range m {
		m[i] = r.g.float(uint32(i))
	}
	var startX, startY, x, y float64
	for i := range uint64(max(n, 0)) {
		s := r.g.call("FPDFPath_GetPathSegment", o, i)
		if s == 0 || r.g.call("FPDFPathSegment_GetPoint", s, r.g.at(0), r.g.at(4)) == 0 {
			return
		}
		px, py := r.g.float(0), r.g.float(1)
		nx, ny := r.turn(m[0]*px+m[2]*py+m[4], m[1]*px+m[3]*py+m[5])
		switch r.g.number("FPDFPathSegment_GetType", s) {
		case moveSegment:
			startX, startY = nx, ny
		case lineSegment:
			r.line(min(x, nx), min(y, ny), max(x, nx), max(y, ny))
		}
		x, y = nx, ny
		if r.g.call("FPDFPathSegment_GetClose", s) != 0 {
			r.line(min(x, startX), min(y, startY), max(x, startX), max(y, startY))
		}
	}
}
