package seal

import "math"

// lastBoxes gives the last two boxes of the table on a page: what lies between
// the last three lines across it. nil where they are not clear.
func (s *sheet) lastBoxes() []Box {
	if s.w > s.h {
		return nil // on its side
	}
	lines := s.rules()
	if len(lines) < 3 {
		return nil
	}
	lines = lines[len(lines)-3:]
	var out []Box
	for i, top := range lines[:2] {
		b := Box{0, s.mm(float64(top)), s.mm(float64(s.w)), s.mm(float64(lines[i+1] - top))}
		if b.H < 35 {
			return nil // too low for a seal: not the boxes that are meant
		}
		out = append(out, b)
	}
	return out
}

// rules are the lines across most of the page, straight but perhaps at a slant of
// up to 3.5 degrees; by their height in the middle, from above.
func (s *sheet) rules() []int {
	m := s.dark(0.85)
	from, to := s.w*20/100, s.w*80/100
	var out []int
	for y := 2; y < s.h-2; y++ {
		for slant := -0.06; slant <= 0.061; slant += 0.003 {
			if !s.ruled(m, y, from, to, slant) {
				continue
			}
			if n := len(out); n == 0 || y-out[n-1] > int(4*s.scale) {
				out = append(out, y)
			}
			break
		}
	}
	return out
}

func (s *sheet) ruled(m mask, y, from, to int, slant float64) bool {
	miss, allowed := 0, (to-from)/3/12
	for x := from; x < to; x += 3 {
		j := int(math.Round(float64(y) + float64(x-s.w/2)*slant))
		if j < 0 || j >= s.h || !m[j*s.w+x] {
			if miss++; miss > allowed {
				return false
			}
		}
	}
	return true
}
