package seal

// mask marks pixels of a sheet.
type mask []bool

// strength is how red a pixel must be to count.
type strength struct {
	share float64 // R above the larger of G and B, of R
	least float64 // the same, in levels
	hue   float64 // how far G and B may differ, of R above the smaller: 0.5 is about 28 degrees
}

var (
	fresh   = strength{0.13, 18, 0.5} // fresh ink
	faded   = strength{0.07, 11, 0.5} // faded ink
	reddish = strength{0.05, 8, 0.85} // whatever may have been red: orange, pink, brown
)

// red marks what is redder than the paper.
func (s *sheet) red(k strength) mask {
	m := make(mask, s.w*s.h)
	top := max(s.paper[0], s.paper[1], s.paper[2])
	gr, gg, gb := top/s.paper[0], top/s.paper[1], top/s.paper[2]
	for i := range m {
		p := s.pix[3*i : 3*i+3 : 3*i+3]
		if p[0] <= 55 {
			continue
		}
		r, g, b := float64(p[0])*gr, float64(p[1])*gg, float64(p[2])*gb
		most, least := max(g, b), min(g, b)
		m[i] = r-most > k.least && r-most > k.share*r && most-least < k.hue*(r-least)
	}
	return m
}

// dark marks print and everything else that is clearly darker than the paper.
func (s *sheet) dark(share float64) mask {
	m := make(mask, s.w*s.h)
	limit := share * max(s.paper[0], s.paper[1], s.paper[2])
	for i := range m {
		p := s.pix[3*i : 3*i+3 : 3*i+3]
		m[i] = float64(max(p[0], p[1], p[2])) < limit
	}
	return m
}

// like reports whether a pixel looks like paper or pale print: bright, of little
// colour. A photograph seldom does.
func (s *sheet) like(x, y int) bool {
	p := s.pix[3*(y*s.w+x):]
	most, least := max(p[0], p[1], p[2]), min(p[0], p[1], p[2])
	return most > 110 && float64(most-least) < 0.25*float64(most)
}
