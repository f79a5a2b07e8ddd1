package seal

// cell is the side of the squares by which red is joined, in millimetres.
const cell = 2.5

// blob is red that hangs together, over gaps of up to two cells.
type blob struct {
	x1, y1, x2, y2 int // pixels, x2 and y2 excluded
	area           int // red pixels
}

// blobs joins what is marked. Specks below least pixels a cell are dropped.
func (s *sheet) blobs(m mask, least int) []blob {
	side := max(2, int(cell*s.scale))
	cols, rows := (s.w+side-1)/side, (s.h+side-1)/side
	count := make([]int, cols*rows)
	for y := range s.h {
		row := m[y*s.w : (y+1)*s.w]
		at := y / side * cols
		for x, on := range row {
			if on {
				count[at+x/side]++
			}
		}
	}
	seen := make([]bool, cols*rows)
	var out []blob
	for i := range count {
		if count[i] < least || seen[i] {
			continue
		}
		out = append(out, s.join(m, count, seen, i, cols, rows, side, least))
	}
	return out
}

// join collects the cells around one and trims the box to its red pixels.
func (s *sheet) join(m mask, count []int, seen []bool, start, cols, rows, side, least int) blob {
	const gap = 2
	b := blob{x1: s.w, y1: s.h}
	seen[start] = true
	for todo := []int{start}; len(todo) > 0; {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		cx, cy := i%cols, i/cols
		b.area += count[i]
		b.grow(s, m, cx*side, cy*side, side)
		for y := max(cy-gap, 0); y <= min(cy+gap, rows-1); y++ {
			for x := max(cx-gap, 0); x <= min(cx+gap, cols-1); x++ {
				if k := y*cols + x; count[k] >= least && !seen[k] {
					seen[k] = true
					todo = append(todo, k)
				}
			}
		}
	}
	return b
}

// grow takes the red pixels of one cell into the box.
func (b *blob) grow(s *sheet, m mask, x0, y0, side int) {
	for y := y0; y < min(y0+side, s.h); y++ {
		for x := x0; x < min(x0+side, s.w); x++ {
			if m[y*s.w+x] {
				b.x1, b.y1, b.x2, b.y2 = min(b.x1, x), min(b.y1, y), max(b.x2, x+1), max(b.y2, y+1)
			}
		}
	}
}

const (
	maxOthers = 40 // boxes of other red that are told
	speck     = 3  // millimetres: smaller red is a speck, of dust or of a copier
)

// others are the blobs of anything reddish outside of the seals found.
func (s *sheet) others(marks []mark) []Box {
	m := s.red(reddish)
	for _, k := range marks {
		s.erase(m, k)
	}
	var out []Box
	for _, b := range s.blobs(m, 3) {
		box := Box{s.mm(float64(b.x1)), s.mm(float64(b.y1)), s.mm(float64(b.x2 - b.x1)), s.mm(float64(b.y2 - b.y1))}
		if max(box.W, box.H) >= speck && len(out) < maxOthers {
			out = append(out, box)
		}
	}
	return out
}

// erase takes a seal out of a mask, with what of its ink is beside the ring.
func (s *sheet) erase(m mask, k mark) {
	r := max(k.a, k.b)*1.12 + 2
	for y := max(int(k.y-r), 0); y < min(int(k.y+r)+1, s.h); y++ {
		for x := max(int(k.x-r), 0); x < min(int(k.x+r)+1, s.w); x++ {
			if k.depth(float64(x), float64(y)) < 1.12 {
				m[y*s.w+x] = false
			}
		}
	}
}
