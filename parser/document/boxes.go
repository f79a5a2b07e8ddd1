package document

import (
	"cmp"
	"slices"
	"strings"
)

// Of check boxes that are drawn, not written, in points.
const (
	smallestBox = 5
	largestBox  = 22
	maxSmall    = 2000 // shapes that may belong to one, of a page
	maxSides    = 2000 // lines likewise
	maxBoxes    = 500
	meets       = 1.5 // so near two lines meet
)

// smallShape is a small shape.
type smallShape struct {
	frame
	outline bool // its edge is drawn
	light   bool // it is filled with white
	dark    bool // it is filled with a colour
	slanted bool // it has lines that are neither level nor upright
}

// tickMarks are characters that stand in a check box.
const tickMarks = "✓✔√☑☒×✗✘✕✖╳xXvV●■•∨\uf052\uf053\uf0fc\uf0fb"

// boxes writes the check boxes that are drawn on the page, beside words, into its
// text. A box that a table is made of, or with other words in it, is none.
func (p *pageParts) boxes() {
	found := p.squares()
	states := make([]boxState, len(found))
	for i, f := range found {
		states[i] = p.state(f)
		for k, other := range found {
			if k != i && f.adjoins(other.frame) {
				states[i] = noBox // one square of a row for digits
			}
		}
	}
	someEmpty := slices.Contains(states, emptyBox)
	for i, f := range found {
		switch states[i] {
		case emptyBox, tickedBox:
			p.tick(f.frame, states[i] == tickedBox)
			p.across = withoutFrame(p.across, f.y1, f.y2, f.x1, f.x2)
			p.down = withoutFrame(p.down, f.x1, f.x2, f.y1, f.y2)
		case fullBox:
			if someEmpty { // alone it is a bullet
				p.tick(f.frame, true)
			}
		}
	}
}

type boxState int

const (
	noBox boxState = iota
	emptyBox
	tickedBox
	fullBox // nothing but a square filled with a colour
)

// square is what may be a box.
type square struct {
	frame
	ruled bool // four lines make it
}

// squares finds what may be a box: small shapes about as wide as high, and four
// lines that make one. Of several in one place the largest is it.
func (p *pageParts) squares() (out []square) {
	all := p.framed()
	for _, d := range p.small {
		all = append(all, square{frame: d.frame})
	}
	all = slices.DeleteFunc(all, func(f square) bool {
		wide, high := f.x2-f.x1, f.y2-f.y1
		return min(wide, high) < smallestBox || max(wide, high) > largestBox || max(wide, high) > 1.3*min(wide, high)
	})
	slices.SortStableFunc(all, func(a, b square) int { return cmp.Compare(b.x2-b.x1, a.x2-a.x1) })
	for _, f := range all {
		in := slices.IndexFunc(out, func(o square) bool { return f.within(o.frame) })
		switch {
		case in >= 0:
			out[in].ruled = out[in].ruled || f.ruled
		case len(out) < maxBoxes:
			out = append(out, f)
		}
	}
	return out
}

// framed finds squares of four lines.
func (p *pageParts) framed() (out []square) {
	short := func(r rule) bool { return r.to-r.from < smallestBox || r.to-r.from > largestBox }
	across := slices.DeleteFunc(slices.Clone(p.across), short)
	down := slices.DeleteFunc(slices.Clone(p.down), short)
	if len(across) > maxSides || len(down) > maxSides {
		return nil
	}
	side := func(at, from, to float64) bool {
		return slices.ContainsFunc(down, func(d rule) bool {
			return abs(d.at-at) < meets && abs(d.from-from) < meets && abs(d.to-to) < meets
		})
	}
	for _, low := range across {
		for _, high := range across {
			if high.at > low.at+smallestBox && high.at < low.at+largestBox && abs(low.from-high.from) < meets && abs(low.to-high.to) < meets &&
				side(low.from, low.at, high.at) && side(low.to, low.at, high.at) {
				out = append(out, square{frame{low.from, low.at, low.to, high.at}, true})
			}
		}
	}
	return out
}

// state tells what stands in a square.
func (p *pageParts) state(f square) boxState {
	if !p.labelled(f.frame) || p.tabular(f.frame) {
		return noBox
	}
	state := noBox
	for _, g := range p.glyphs {
		if f.holds(g) && g.r > ' ' {
			if !strings.ContainsRune(tickMarks, g.r) {
				return noBox
			}
			state = tickedBox
		}
	}
	if state == tickedBox {
		return state
	}
	side, outlined, full := f.x2-f.x1, f.ruled, false
	for _, d := range p.small {
		if !d.within(f.frame) {
			continue
		}
		size := max(d.x2-d.x1, d.y2-d.y1) / side
		switch {
		case size > 0.25 && (d.slanted || size < 0.75):
			return tickedBox
		case size >= 0.75:
			outlined = outlined || d.outline || d.light
			full = d.dark || full && !d.light // white over it empties it
		}
	}
	switch {
	case full:
		return fullBox
	case outlined:
		return emptyBox
	}
	return noBox
}

// labelled: words stand on its line, near one of its sides.
func (p *pageParts) labelled(f frame) bool {
	reach := 2 * (f.x2 - f.x1)
	return slices.ContainsFunc(p.glyphs, func(g glyph) bool {
		return g.r > ' ' && g.base > f.y1-reach/3 && g.base < f.y2 &&
			(g.left > f.x2-meets && g.left < f.x2+reach || g.right < f.x1+meets && g.right > f.x1-reach)
	})
}

// tabular: a line of something larger meets its edge.
func (p *pageParts) tabular(f frame) bool {
	return crossed(p.across, f.y1, f.y2, f.x1, f.x2) || crossed(p.down, f.x1, f.x2, f.y1, f.y2)
}

func crossed(rules []rule, low, high, from, to float64) bool {
	return slices.ContainsFunc(rules, func(r rule) bool {
		beyond := r.from < from-meets || r.to > to+meets
		return beyond && r.at > low-meets && r.at < high+meets && r.to > from-meets && r.from < to+meets
	})
}

func (f frame) within(o frame) bool {
	return f.x1 > o.x1-meets && f.x2 < o.x2+meets && f.y1 > o.y1-meets && f.y2 < o.y2+meets
}

// adjoins: two squares stand side by side or one on the other.
func (f frame) adjoins(o frame) bool {
	return f.x1 < o.x2+meets && o.x1 < f.x2+meets && f.y1 < o.y2+meets && o.y1 < f.y2+meets
}

// withoutFrame drops the lines that make a box.
func withoutFrame(rules []rule, low, high, from, to float64) []rule {
	return slices.DeleteFunc(rules, func(r rule) bool {
		return r.at > low-meets && r.at < high+meets && r.from > from-meets && r.to < to+meets
	})
}
