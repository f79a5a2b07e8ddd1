package seal

import (
	"cmp"
	"math"
	"slices"
)

// Sizes of seals in millimetres, with room for pictures that are not quite A4.
const (
	leastRadius = 15.5
	mostRadius  = 24.0
)

// search finds the seals of a sheet, fresh ink first, then faded.
func (s *sheet) search() []mark {
	c := newCircle()
	var out []mark
	for _, k := range []strength{fresh, faded} {
		if k == faded && len(out) > 0 && !s.room(s.others(out)) {
			break
		}
		h := hunt{s, s.red(k), c}
		for _, o := range out {
			s.erase(h.m, o)
		}
		for _, b := range s.blobs(h.m, 2) {
			if min(b.x2-b.x1, b.y2-b.y1) < int(22*s.scale) {
				continue
			}
			out = h.add(out, h.round(b))
		}
		rest := hunt{s, slices.Clone(h.m), c}
		for _, o := range out {
			s.erase(rest.m, o)
		}
		for _, b := range s.blobs(rest.m, 2) {
			out = rest.add(out, rest.oval(b))
		}
	}
	slices.SortStableFunc(out, func(a, b mark) int { return cmp.Or(cmp.Compare(a.y, b.y), cmp.Compare(a.x, b.x)) })
	return out
}

// add keeps those that are seals, once each.
func (h hunt) add(out, found []mark) []mark {
	for _, k := range found {
		if !slices.ContainsFunc(out, k.over) && h.isSeal(k) {
			out = append(out, k)
		}
	}
	return out
}

// copied: a seal's ring that is not red, on a page without any red: a photocopy.
func (s *sheet) copied() bool {
	half := s.halved() // every page without red comes here
	h := hunt{half, half.dark(0.8), newCircle()}
	return len(h.add(nil, h.round(blob{0, 0, half.w, half.h, 0}))) > 0
}

// window is the part of a sheet around a blob in which centres are sought.
type window struct {
	x, y, w, h int
	votes      []float32
}

const maxCentres = 40

// round lets the edges of a blob vote for the centres of circles, each along its
// normal, and refines the best; the best fit first.
func (h hunt) round(b blob) []mark {
	v := h.vote(b)
	var out []mark
	for _, c := range v.peaks() {
		at := mark{x: c[0], y: c[1], a: leastRadius * h.scale, b: leastRadius * h.scale}
		if slices.ContainsFunc(out, at.over) {
			continue
		}
		if k := h.refine(c[0], c[1]); k.cover >= leastCover && k.thin >= leastThin {
			out = append(out, k)
		}
	}
	slices.SortStableFunc(out, func(a, b mark) int { return cmp.Compare(b.cover+b.thin, a.cover+a.thin) })
	return out
}

// vote follows the edges of the mask within a blob (Sobel on the blurred mask).
func (h hunt) vote(b blob) *window {
	pad := 3
	v := &window{x: max(b.x1-pad, 0), y: max(b.y1-pad, 0)}
	v.w, v.h = min(b.x2+pad, h.w)-v.x, min(b.y2+pad, h.h)-v.y
	soft := h.blurred(v)
	v.votes = make([]float32, v.w*v.h)
	from, to := leastRadius*h.scale, mostRadius*h.scale
	for y := 1; y < v.h-1; y++ {
		for x := 1; x < v.w-1; x++ {
			i := y*v.w + x
			gx := soft[i+1-v.w] + 2*soft[i+1] + soft[i+1+v.w] - soft[i-1-v.w] - 2*soft[i-1] - soft[i-1+v.w]
			gy := soft[i+v.w-1] + 2*soft[i+v.w] + soft[i+v.w+1] - soft[i-v.w-1] - 2*soft[i-v.w] - soft[i-v.w+1]
			if gx*gx+gy*gy < 11*11 { // of at most 36
				continue
			}
			l := math.Hypot(float64(gx), float64(gy))
			nx, ny := float64(gx)/l, float64(gy)/l
			for r := from; r <= to; r++ {
				v.cast(float64(x)+nx*r, float64(y)+ny*r, float32(30/r))
				v.cast(float64(x)-nx*r, float64(y)-ny*r, float32(30/r))
			}
		}
	}
	return v
}

func (v *window) cast(x, y float64, n float32) {
	if x >= 0 && y >= 0 && int(x+0.5) < v.w && int(y+0.5) < v.h {
		v.votes[int(y+0.5)*v.w+int(x+0.5)] += n
	}
}

// blurred counts the marked pixels of each 3 by 3.
func (h hunt) blurred(v *window) []int {
	out := make([]int, v.w*v.h)
	for y := range v.h {
		for x := range v.w {
			if !h.m[(v.y+y)*h.w+v.x+x] {
				continue
			}
			for j := max(y-1, 0); j <= min(y+1, v.h-1); j++ {
				for i := max(x-1, 0); i <= min(x+1, v.w-1); i++ {
					out[j*v.w+i]++
				}
			}
		}
	}
	return out
}

// peaks are the places with the most votes around them, in the sheet's pixels.
func (v *window) peaks() [][2]float64 {
	sum := v.sums()
	type peak struct {
		i int
		n float32
	}
	var all []peak
	for y := 2; y < v.h-2; y++ {
		for x := 2; x < v.w-2; x++ {
			i := y*v.w + x
			if sum[i] > 30 && v.highest(sum, i) {
				all = append(all, peak{i, sum[i]})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b peak) int { return cmp.Compare(b.n, a.n) })
	var out [][2]float64
	for _, p := range all[:min(len(all), maxCentres)] {
		out = append(out, [2]float64{float64(v.x + p.i%v.w), float64(v.y + p.i/v.w)})
	}
	return out
}

func (v *window) highest(sum []float32, i int) bool {
	for dy := -2; dy <= 2; dy++ {
		for dx := -2; dx <= 2; dx++ {
			if sum[i+dy*v.w+dx] > sum[i] {
				return false
			}
		}
	}
	return true
}

// sums adds the votes of each 5 by 5.
func (v *window) sums() []float32 {
	across, out := make([]float32, len(v.votes)), make([]float32, len(v.votes))
	for y := range v.h {
		for x := 2; x < v.w-2; x++ {
			i := y*v.w + x
			across[i] = v.votes[i-2] + v.votes[i-1] + v.votes[i] + v.votes[i+1] + v.votes[i+2]
		}
	}
	for y := 2; y < v.h-2; y++ {
		for x := range v.w {
			i := y*v.w + x
			out[i] = across[i-2*v.w] + across[i-v.w] + across[i] + across[i+v.w] + across[i+2*v.w]
		}
	}
	return out
}

// refine moves a centre and its radius to where the ring fits best.
func (h hunt) refine(x, y float64) mark {
	from, to := leastRadius*h.scale, mostRadius*h.scale
	var best mark
	for dy := -4.0; dy <= 4; dy += 2 {
		for dx := -4.0; dx <= 4; dx += 2 {
			for r := from; r <= to; r++ {
				k := mark{x: x + dx, y: y + dy, a: r, b: r}
				if k.cover = h.covered(k, 5); k.cover > best.cover {
					best = k
				}
			}
		}
	}
	if best.cover < 0.45 {
		return mark{}
	}
	var fine mark
	for dy := -2.0; dy <= 2; dy++ {
		for dx := -2.0; dx <= 2; dx++ {
			for dr := -2.0; dr <= 2; dr += 0.5 {
				k := mark{x: best.x + dx, y: best.y + dy, a: best.a + dr, b: best.a + dr}
				if h.covered(k, 4) < 0.9*fine.cover {
					continue
				}
				if k = h.line(k); 0.6*k.cover+k.thin > 0.6*fine.cover+fine.thin {
					fine = k
				}
			}
		}
	}
	return fine
}
