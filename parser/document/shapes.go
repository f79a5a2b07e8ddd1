package document

import "math"

// Limits on what is drawn on one page.
const (
	maxObjects  = 20_000
	maxForms    = 8 // forms (drawings used as one object) within forms
	maxRules    = 4_000
	maxSegments = 64 // of a path that may be a box
	thin        = 3  // points: a shape not thicker is a line
)

// Kinds of page objects (fpdf_edit.h).
const (
	textObject  = 1
	pathObject  = 2
	imageObject = 3
	formObject  = 5
)

// matrix is a PDF transformation (ISO 32000-1, 8.3.3).
type matrix [6]float64

func (m matrix) apply(x, y float64) (float64, float64) {
	return m[0]*x + m[2]*y + m[4], m[1]*x + m[3]*y + m[5]
}

// after is what n and then m does.
func (m matrix) after(n matrix) matrix {
	var out matrix
	out[0], out[1] = m[0]*n[0]+m[2]*n[1], m[1]*n[0]+m[3]*n[1]
	out[2], out[3] = m[0]*n[2]+m[2]*n[3], m[1]*n[2]+m[3]*n[3]
	out[4], out[5] = m.apply(n[4], n[5])
	return out
}

// matrix is an object's own transformation.
func (r *pageReader) matrix(o uint64) (m matrix, ok bool) {
	if r.g.call("FPDFPageObj_GetMatrix", o, r.g.at(0)) == 0 {
		return m, false
	}
	for i := range m {
		m[i] = r.g.float(uint32(i))
	}
	return m, true
}

// objects reads what is drawn on the page: lines, pictures, and whether its text
// is seen.
func (r *pageReader) objects() {
	r.walk("FPDFPage_CountObjects", "FPDFPage_GetObject", r.page, matrix{1, 0, 0, 1, 0, 0}, 0)
}

// walk visits the objects of a page or of a form on it; m brings their
// coordinates to the page's.
func (r *pageReader) walk(count, get string, holder uint64, m matrix, depth int) {
	n := max(r.g.number(count, holder), 0)
	for i := range uint64(n) {
		if r.visited++; r.visited > maxObjects {
			return
		}
		o := r.g.call(get, holder, i)
		if o == 0 {
			continue
		}
		switch r.g.number("FPDFPageObj_GetType", o) {
		case textObject:
			r.writing(o)
		case pathObject:
			if f, ok := r.bounds(o, m); ok && !r.line(f.x1, f.y1, f.x2, f.y2) {
				r.shape(o, f, m)
			}
		case imageObject:
			if f, ok := r.bounds(o, m); ok {
				r.picture(f)
			}
		case formObject:
			if own, ok := r.matrix(o); ok && depth < maxForms {
				r.walk("FPDFFormObj_CountObjects", "FPDFFormObj_GetObject", o, m.after(own), depth+1)
			}
		}
	}
}

// bounds is the box around an object on the upright page.
func (r *pageReader) bounds(o uint64, m matrix) (f frame, ok bool) {
	if r.g.call("FPDFPageObj_GetBounds", o, r.g.at(0), r.g.at(4), r.g.at(8), r.g.at(12)) == 0 {
		return f, false
	}
	left, bottom, right, top := r.g.float(0), r.g.float(1), r.g.float(2), r.g.float(3)
	f = frame{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, corner := range [][2]float64{{left, bottom}, {left, top}, {right, bottom}, {right, top}} {
		x, y := r.turn(m.apply(corner[0], corner[1]))
		f = frame{min(f.x1, x), min(f.y1, y), max(f.x2, x), max(f.y2, y)}
	}
	return f, true
}

// invisible is the way of writing that leaves no ink (ISO 32000-1, table 106): so a
// program puts the words that it recognised behind the picture of a page.
const invisible = 3

func (r *pageReader) writing(o uint64) {
	if r.g.number("FPDFTextObj_GetTextRenderMode", o) == invisible {
		r.parts.hidden++
	} else {
		r.parts.seen++
	}
}

// wholePage is the share of a page that a picture covers which leaves nothing to
// be seen below it.
const wholePage = 0.9

func (r *pageReader) picture(f frame) {
	r.parts.pictures++
	w := min(f.x2, r.parts.width) - max(f.x1, 0)
	h := min(f.y2, r.parts.height) - max(f.y1, 0)
	if area := r.parts.width * r.parts.height; w > 0 && h > 0 && area > 0 {
		r.parts.covered = max(r.parts.covered, w*h/area)
		if w*h/area > wholePage { // what was written before lies under it
			r.parts.hidden, r.parts.seen = r.parts.hidden+r.parts.seen, 0
		}
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

// shape takes the straight edges of a stroked path: some programs draw a whole
// cell, or all of a table's lines, as one path. Small shapes may be check boxes
// and what is in them.
func (r *pageReader) shape(o uint64, f frame, m matrix) {
	if r.g.call("FPDFPath_GetDrawMode", o, r.g.at(0), r.g.at(4)) == 0 {
		return
	}
	filled, stroked := r.g.int(0) != 0, r.g.int(1) != 0
	small := f.x2-f.x1 <= largestBox && f.y2-f.y1 <= largestBox && len(r.parts.small) < maxSmall
	if !stroked && !small {
		return
	}
	slanted := false
	for _, e := range r.edges(o, m) {
		wide, high := abs(e.x2-e.x1), abs(e.y2-e.y1)
		slanted = slanted || wide > 1 && high > 1
		if stroked {
			r.line(min(e.x1, e.x2), min(e.y1, e.y2), max(e.x1, e.x2), max(e.y1, e.y2))
		}
	}
	if small {
		light := filled && r.light(o)
		r.parts.small = append(r.parts.small, smallShape{frame: f, outline: stroked, light: light, dark: filled && !light, slanted: slanted})
	}
}

// light: a path is filled with white or nearly so.
func (r *pageReader) light(o uint64) bool {
	if r.g.call("FPDFPageObj_GetFillColor", o, r.g.at(0), r.g.at(4), r.g.at(8), r.g.at(12)) == 0 {
		return false
	}
	return min(r.g.int(0), r.g.int(1), r.g.int(2)) > 230
}

// edges lists the straight edges of a path; x1, y1 is where one begins.
func (r *pageReader) edges(o uint64, m matrix) (out []frame) {
	n := r.g.number("FPDFPath_CountSegments", o)
	own, ok := r.matrix(o)
	if n > maxSegments || !ok {
		return nil
	}
	m = m.after(own)
	var startX, startY, x, y float64
	for i := range uint64(max(n, 0)) {
		s := r.g.call("FPDFPath_GetPathSegment", o, i)
		if s == 0 || r.g.call("FPDFPathSegment_GetPoint", s, r.g.at(0), r.g.at(4)) == 0 {
			break
		}
		nx, ny := r.turn(m.apply(r.g.float(0), r.g.float(1)))
		switch r.g.number("FPDFPathSegment_GetType", s) {
		case moveSegment:
			startX, startY = nx, ny
		case lineSegment:
			out = append(out, frame{x, y, nx, ny})
		}
		x, y = nx, ny
		if r.g.call("FPDFPathSegment_GetClose", s) != 0 {
			out = append(out, frame{x, y, startX, startY})
		}
	}
	return out
}
