package seal

import "math"

// angles is how many points of a ring are looked at.
const angles = 120

// mark is a ring that may be a seal's: half axes a and b (equal for a circle), a
// turned by turn from the horizontal. Pixels.
type mark struct {
	x, y, a, b, turn float64
	cover            float64 // share of the ring that is marked
	thin             float64 // share of it that is a thin line
}

// depth is 0 at the centre, 1 on the ring.
func (k mark) depth(x, y float64) float64 {
	sin, cos := math.Sincos(k.turn)
	u, v := (x-k.x)*cos+(y-k.y)*sin, (y-k.y)*cos-(x-k.x)*sin
	return math.Hypot(u/k.a, v/k.b)
}

func (k mark) acrossX() float64 {
	return math.Hypot(k.a*math.Cos(k.turn), k.b*math.Sin(k.turn))
}

func (k mark) acrossY() float64 {
	return math.Hypot(k.a*math.Sin(k.turn), k.b*math.Cos(k.turn))
}

// over tells two marks of one seal.
func (k mark) over(o mark) bool {
	return math.Hypot(k.x-o.x, k.y-o.y) < 0.55*min(k.a, k.b, o.a, o.b)
}

// circle holds the directions of the points of a ring.
type circle struct{ sin, cos [angles]float64 }

func newCircle() *circle {
	var c circle
	for i := range angles {
		c.sin[i], c.cos[i] = math.Sincos(2 * math.Pi * float64(i) / angles)
	}
	return &c
}

// hunt looks for rings in one mask of a sheet.
type hunt struct {
	*sheet
	m mask
	c *circle
}

func (h hunt) at(x, y float64) bool {
	i, j := int(x+0.5), int(y+0.5)
	return i >= 0 && j >= 0 && i < h.w && j < h.h && h.m[j*h.w+i]
}

// covered is the share of a ring that is marked, by every step-th point.
func (h hunt) covered(k mark, step int) float64 {
	sin, cos := math.Sincos(k.turn)
	hit := 0
	for i := 0; i < angles; i += step {
		u, v := k.a*h.c.cos[i], k.b*h.c.sin[i]
		if h.at(k.x+u*cos-v*sin, k.y+u*sin+v*cos) {
			hit++
		}
	}
	return float64(hit*step) / angles
}

// line measures a ring: how much of it is there, and how much is a thin line
// with nothing red outside and inside of it.
func (h hunt) line(k mark) mark {
	sin, cos := math.Sincos(k.turn)
	hit, thin := 0, 0
	out, in := 1.5*h.scale, 1.7*h.scale
	for i := range angles {
		p := func(d float64) bool {
			u, v := (k.a+d)*h.c.cos[i], (k.b+d)*h.c.sin[i]
			return h.at(k.x+u*cos-v*sin, k.y+u*sin+v*cos)
		}
		if p(0) {
			hit++
			if !p(out) && !p(-in) {
				thin++
			}
		}
	}
	k.cover, k.thin = float64(hit)/angles, float64(thin)/angles
	return k
}

// Of a seal, measured on drawn pages: see the corpus.
const (
	leastCover = 0.66
	leastThin  = 0.42
	leastPaper = 0.55
)

// isSeal tests a ring: closed and thin, neither empty nor solid within, on paper.
func (h hunt) isSeal(k mark) bool {
	if k.cover < leastCover || k.thin < leastThin {
		return false
	}
	var disc, ink, letters, letterInk, free, paper int
	r := max(k.a, k.b)
	for y := max(int(k.y-r), 0); y <= min(int(k.y+r), h.h-1); y++ {
		for x := max(int(k.x-r), 0); x <= min(int(k.x+r), h.w-1); x++ {
			d := k.depth(float64(x), float64(y))
			if d > 0.93 {
				continue
			}
			on := h.m[y*h.w+x]
			disc, ink = disc+1, ink+one(on)
			if d > 0.42 && d < 0.88 {
				letters, letterInk = letters+1, letterInk+one(on)
			}
			if !on {
				free, paper = free+1, paper+one(h.like(x, y))
			}
		}
	}
	within := func(n, of int, least, most float64) bool {
		share := float64(n) / float64(max(of, 1))
		return share >= least && share <= most
	}
	return within(ink, disc, 0.04, 0.62) && within(letterInk, letters, 0.03, 0.66) && within(paper, free, leastPaper, 1)
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
