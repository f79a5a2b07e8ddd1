package seal

import "slices"

// sameHeight is how far the pieces of one seal may lie apart on two pages, millimetres.
const sameHeight = 8

// WithoutEdgeSeals takes out of the pages of one file what a seal stamped across
// their fanned edges (骑缝章) left on them: pieces at the same height of the same
// side on two pages or more. A page that was in doubt for its piece alone is so no
// longer. The pages given are not changed.
func WithoutEdgeSeals(pages []Page) []Page {
	out := slices.Clone(pages)
	for i, p := range pages {
		piece := func(b Box) bool { return p.onSide(b) != 0 && pieceElsewhere(pages, i, b) }
		if !slices.ContainsFunc(p.Red, piece) {
			continue
		}
		out[i].Red = slices.DeleteFunc(slices.Clone(p.Red), piece)
		if p.Doubt == DoubtCut && !out[i].cut() {
			out[i].Doubt = ""
		}
	}
	return out
}

func pieceElsewhere(pages []Page, at int, b Box) bool {
	side := pages[at].onSide(b)
	for i, p := range pages {
		for _, o := range p.Red {
			if i != at && p.onSide(o) == side && apart(o.Y, b.Y) <= sameHeight && apart(o.Y+o.H, b.Y+b.H) <= sameHeight {
				return true
			}
		}
	}
	return false
}

// onSide is -1 for a part of a seal that the left edge cuts, 1 for the right, else 0.
func (p Page) onSide(b Box) int {
	switch {
	case !p.cuts(b) || b.W >= b.H:
		return 0
	case b.X <= 1:
		return -1
	case b.X+b.W >= p.Width-1:
		return 1
	}
	return 0
}

// cut: something red that the page's edge cuts is large enough for a part of a seal.
func (p Page) cut() bool { return slices.ContainsFunc(p.Red, p.cuts) }

func (p Page) cuts(b Box) bool {
	edge := b.X <= 1 || b.Y <= 1 || b.X+b.W >= p.Width-1 || b.Y+b.H >= p.Height-1
	return edge && max(b.W, b.H) >= 12 && min(b.W, b.H) >= 3 && max(b.W, b.H) <= 60
}

func apart(a, b int) int { return max(a-b, b-a) }
