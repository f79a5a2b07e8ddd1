package seal

import "math"

// Half axes of oval seals in millimetres.
const (
	leastLong, mostLong   = 18.0, 26.0
	leastShort, mostShort = 12.0, 18.5
)

// oval fits an ellipse to a blob that stands alone: along its longest extent,
// which is that of the ring.
func (h hunt) oval(b blob) []mark {
	w, t := float64(b.x2-b.x1)/h.scale, float64(b.y2-b.y1)/h.scale
	if max(w, t) < 2*leastLong-3 || max(w, t) > 2*mostLong+3 || min(w, t) < 2*leastShort-3 || min(w, t) > 2*mostLong {
		return nil
	}
	first := h.outline(b)
	if first.a > first.b*2.2 || first.a < first.b*1.2 {
		return nil
	}
	var best mark
	for turn := -0.09; turn <= 0.1; turn += 0.03 {
		for da := -3.0; da <= 2; da++ {
			for db := -3.0; db <= 2; db++ {
				k := first
				k.turn, k.a, k.b = first.turn+turn, first.a+da, first.b+db
				if h.covered(k, 3) < 0.5 {
					continue
				}
				if k = h.line(k); 0.6*k.cover+k.thin > 0.6*best.cover+best.thin {
					best = k
				}
			}
		}
	}
	if best.a < leastLong*h.scale || best.a > mostLong*h.scale || best.b < leastShort*h.scale || best.b > mostShort*h.scale {
		return nil
	}
	return []mark{best}
}

// outline takes centre and axes from the blob's extents along the direction in
// which it is longest.
func (h hunt) outline(b blob) mark {
	var best mark
	for d := range 60 {
		turn := float64(d) * math.Pi / 60
		sin, cos := math.Sincos(turn)
		u1, u2, v1, v2 := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
		for y := b.y1; y < b.y2; y++ {
			for x := b.x1; x < b.x2; x++ {
				if h.m[y*h.w+x] {
					u, v := float64(x)*cos+float64(y)*sin, float64(y)*cos-float64(x)*sin
					u1, u2, v1, v2 = min(u1, u), max(u2, u), min(v1, v), max(v2, v)
				}
			}
		}
		if a := (u2 - u1) / 2; a > best.a {
			u, v := (u1+u2)/2, (v1+v2)/2
			best = mark{x: u*cos - v*sin, y: u*sin + v*cos, a: a, b: (v2 - v1) / 2, turn: turn}
		}
	}
	return best
}
