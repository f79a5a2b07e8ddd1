package seal

import (
	"math"
	"slices"
)

// rule is a line across the page: its height in the middle, in pixels, and how much
// it falls with each pixel to the right.
type rule struct {
	y     int
	slant float64
}

// boxes are the last two of the table, and the line that parts them.
type boxes struct {
	all  []Box
	over rule // above the last
}

// lastBoxes gives the last two boxes of the table on a page: what lies between
// the last three lines across it. ok is false where they are not clear, or no seal
// says that the page is the form's last.
func (s *sheet) lastBoxes(marks []mark) (found boxes, ok bool) {
	if s.w > s.h || len(marks) == 0 {
		return found, false
	}
	lines := s.rules()
	if len(lines) < 3 {
		return found, false
	}
	lines = lines[len(lines)-3:]
	found.over = lines[1]
	for i, top := range lines[:2] {
		b := Box{0, s.mm(float64(top.y)), s.mm(float64(s.w)), s.mm(float64(lines[i+1].y - top.y))}
		if b.H < 35 {
			return found, false // too low for a seal: not the boxes that are meant
		}
		found.all = append(found.all, b)
	}
	return found, true
}

// rules are the lines across most of the page, straight but perhaps at a slant of
// up to 3.5 degrees; from above.
func (s *sheet) rules() []rule {
	m := s.dark(0.85)
	from, to := s.w*15/100, s.w*85/100
	var out []rule
	fewest := 0
	for y := 2; y < s.h-2; y++ {
		for slant := -0.06; slant <= 0.061; slant += 0.003 {
			gaps, ok := s.ruled(m, y, from, to, slant)
			switch n := len(out); {
			case !ok:
			case n == 0 || y-out[n-1].y > int(4*s.scale):
				out, fewest = append(out, rule{y, slant}), gaps
			case gaps < fewest || gaps == fewest && math.Abs(slant) < math.Abs(out[n-1].slant):
				out[n-1], fewest = rule{y, slant}, gaps
			}
		}
	}
	return out
}

// ruled: there is a line, with how many gaps, and nearly nothing close above and
// below it, as there is of a line of text. Text may stand close on one side of a
// line without a gap: the foot of a row of characters has gaps.
func (s *sheet) ruled(m mask, y, from, to int, slant float64) (gaps int, ok bool) {
	at := func(x, j int) bool { return j >= 0 && j < s.h && m[j*s.w+x] }
	points, away := (to-from)/3, int(1.5*s.scale)
	above, below := 0, 0
	for x := from; x < to; x += 3 {
		j := int(math.Round(float64(y) + float64(x-s.w/2)*slant))
		if !at(x, j) && !at(x, j+1) {
			if gaps++; gaps*12 > points {
				return gaps, false
			}
		}
		above += one(at(x, j-away))
		below += one(at(x, j+1+away))
	}
	return gaps, (above+below)*3 < points || gaps*60 < points && min(above, below)*20 < points
}

// Of a box in which somebody writes by hand, millimetres.
const (
	ruleRoom  = 2  // the line itself, and what its slant leaves
	labelWide = 30 // a printed label without anything behind it is not wider
	gapRows   = 2  // lines of writing are parted by more
)

// written tells whether there is ink in the last box beside its printed label
// (the first line, at the left), the words for seal and date (at the right, below) and
// the seals. nil where that cannot be told.
func (s *sheet) written(found boxes, marks []mark) *bool {
	box := found.all[1]
	m := s.ink()
	for _, k := range marks {
		s.erase(m, k)
	}
	px := func(mm int) int { return int(float64(mm) * s.scale) }
	bands := s.bands(m, px(box.Y+ruleRoom), px(box.Y+box.H-ruleRoom), found.over.slant)
	if len(bands) == 0 {
		return nil // not even a label: another box, or another page
	}
	written, places := false, 0
	for i, b := range bands {
		label := i == 0 && b.y1 < px(box.Y+22) && b.x2-b.x1 <= px(labelWide)
		right := 100*b.x1 > 41*s.w && b.y1 > px(box.Y)+px(box.H)*2/5
		if right {
			places++
		}
		written = written || !label && !right
	}
	written = written || places > 2 // more than the words for seal and date
	return &written
}

// ink marks print and handwriting: what is darker than paper and not red.
func (s *sheet) ink() mask {
	m, r := make(mask, s.w*s.h), s.red(reddish)
	for i := range m {
		p := s.pix[3*i : 3*i+3 : 3*i+3]
		m[i] = !r[i] && float64(min(p[0], p[1], p[2])) < 0.72*min(s.paper[0], s.paper[1], s.paper[2])
	}
	return m
}

// bands are the lines of writing between two heights in the middle of the page, along
// a slant, from above; the frame of the table at the sides is left out.
func (s *sheet) bands(m mask, from, to int, slant float64) []blob {
	var out []blob
	last := -100
	for y := max(from, 0); y < min(to, s.h); y++ {
		x1, x2, n := s.w, 0, 0
		for x := s.w * 14 / 100; x < s.w*86/100; x++ {
			j := int(math.Round(float64(y) + float64(x-s.w/2)*slant))
			if j >= 0 && j < s.h && m[j*s.w+x] {
				x1, x2, n = min(x1, x), x+1, n+1
			}
		}
		if n < 2 {
			continue
		}
		if len(out) == 0 || y-last > int(gapRows*s.scale) {
			out = append(out, blob{x1: x1, y1: y})
		}
		b := &out[len(out)-1]
		b.x1, b.x2, b.y2, b.area = min(b.x1, x1), max(b.x2, x2), y+1, b.area+n
		last = y
	}
	return slices.DeleteFunc(out, func(b blob) bool { return b.area < 12 })
}
