package seal_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"
)

// drawing is a page as it is drawn before a scanner sees it: A4, millimetres.
type drawing struct {
	im  *image.RGBA
	px  float64 // pixels a millimetre
	rnd *rand.Rand
}

func newDrawing(dpi float64, seed uint64) *drawing {
	d := &drawing{px: dpi / 25.4, rnd: rand.New(rand.NewPCG(seed, 7))}
	d.im = image.NewRGBA(image.Rect(0, 0, int(210*d.px), int(297*d.px)))
	for i := range d.im.Pix {
		d.im.Pix[i] = 255
	}
	return d
}

var (
	black = color.RGBA{40, 40, 44, 255}
	red   = color.RGBA{214, 40, 50, 255}
)

// ink lays colour over what is there, as ink on print: the darker of both stays.
func (d *drawing) ink(x, y int, c color.RGBA, strength float64) {
	if !(image.Point{x, y}).In(d.im.Rect) {
		return
	}
	p := d.im.Pix[d.im.PixOffset(x, y):]
	for k, v := range [3]uint8{c.R, c.G, c.B} {
		p[k] = uint8(float64(p[k]) * (1 - strength*(1-float64(v)/255)))
	}
}

// shade fills all points of a box, in millimetres, that are in.
func (d *drawing) shade(x1, y1, x2, y2 float64, c color.RGBA, strength float64, in func(x, y float64) bool) {
	for j := int(y1 * d.px); j <= int(y2*d.px); j++ {
		for i := int(x1 * d.px); i <= int(x2*d.px); i++ {
			if in == nil || in(float64(i)/d.px, float64(j)/d.px) {
				d.ink(i, j, c, strength)
			}
		}
	}
}

func (d *drawing) bar(x, y, w, h float64, c color.RGBA) { d.shade(x, y, x+w, y+h, c, 1, nil) }

func (d *drawing) frame(x, y, w, h float64) {
	d.bar(x, y, w, 0.3, black)
	d.bar(x, y+h, w, 0.3, black)
	d.bar(x, y, 0.3, h, black)
	d.bar(x+w, y, 0.3, h, black)
}

// sign draws strokes that look like a character, turned around its centre.
func (d *drawing) sign(cx, cy, size, turn float64, c color.RGBA, strength float64) {
	kind := d.rnd.IntN(64) | 10
	sin, cos := math.Sincos(turn)
	t := size * 0.11
	r := size * 0.72
	d.shade(cx-r, cy-r, cx+r, cy+r, c, strength, func(x, y float64) bool {
		u, v := (x-cx)*cos+(y-cy)*sin, (y-cy)*cos-(x-cx)*sin
		if math.Abs(u) > size*0.46 || math.Abs(v) > size*0.46 {
			return false
		}
		for k := range 3 {
			at := (float64(k) - 1) * size * 0.36
			if kind>>k&1 == 1 && math.Abs(v-at) < t/2 || kind>>(k+3)&1 == 1 && math.Abs(u-at) < t/2 {
				return true
			}
		}
		return false
	})
}

func (d *drawing) text(x, y, size float64, n int, c color.RGBA) {
	for i := range n {
		d.sign(x+(float64(i)+0.5)*size*1.04, y+size/2, size, 0, c, 1)
	}
}

func (d *drawing) lines(x, y1, y2 float64) {
	for y := y1; y < y2; y += 7 {
		d.text(x, y, 4.2, 28+d.rnd.IntN(9), black)
	}
}

// form is the last page of the application form, without seals.
func (d *drawing) form() *drawing {
	d.unanswered()
	d.text(40, 165, 7, 9, color.RGBA{30, 40, 110, 255}) // the opinion, by hand
	return d
}

// unanswered is that page without the bureau's opinion.
func (d *drawing) unanswered() *drawing {
	d.frame(20, 20, 170, 120)
	d.lines(24, 24, 70)
	d.text(95, 105, 4.2, 9, black) // 参评单位（盖章）
	d.text(120, 122, 4.2, 8, black)
	d.frame(20, 140, 170, 125)
	d.text(24, 145, 4.2, 7, black) // 市商务局意见
	d.text(105, 225, 4.2, 7, black)
	d.text(120, 243, 4.2, 8, black)
	return d
}

// stamp is a round seal: ring, characters along it, star, a number below.
func (d *drawing) stamp(cx, cy, radius, strength float64) *drawing {
	turn := (d.rnd.Float64() - 0.5) * 0.6
	wet := d.patchy(strength)
	d.shade(cx-radius, cy-radius, cx+radius, cy+radius, red, 1, func(x, y float64) bool {
		r := math.Hypot(x-cx, y-cy)
		return r <= radius && r >= radius-1.2 && wet(x, y)
	})
	n := 8 + d.rnd.IntN(10)
	for k := range n {
		a := turn + (150+240*float64(k)/float64(n-1))*math.Pi/180
		d.sign(cx+0.77*radius*math.Cos(a), cy+0.77*radius*math.Sin(a), radius*0.26, a+math.Pi/2, red, strength)
	}
	d.star(cx, cy, radius*0.33, turn, wet)
	for k := range 13 {
		d.sign(cx+(float64(k)-6)*1.7, cy+radius*0.62, 1.5, 0, red, strength)
	}
	return d
}

// patchy is ink of a strength that misses some places.
func (d *drawing) patchy(strength float64) func(x, y float64) bool {
	a, b := d.rnd.Float64()*6, d.rnd.Float64()*6
	return func(x, y float64) bool {
		return math.Sin(x*0.9+a)+math.Sin(y*1.1+b)+math.Sin((x+y)*0.35+a) > -2.1 && d.rnd.Float64() < 0.35+0.65*strength
	}
}

func (d *drawing) star(cx, cy, radius, turn float64, wet func(x, y float64) bool) {
	d.shade(cx-radius, cy-radius, cx+radius, cy+radius, red, 1, func(x, y float64) bool {
		r, a := math.Hypot(x-cx, y-cy)/radius, math.Atan2(x-cx, cy-y)-turn
		a = math.Mod(a+4*math.Pi, 2*math.Pi/5)
		a = min(a, 2*math.Pi/5-a)
		nx, ny := 0.382*math.Cos(math.Pi/5), 0.382*math.Sin(math.Pi/5)
		return (r*math.Cos(a)-1)*ny-(nx-1)*r*math.Sin(a) <= 0 && wet(x, y)
	})
}

// ellipse is an oval seal of 45 by 30 mm with two rows of signs and a ring of them.
func (d *drawing) ellipse(cx, cy, a, b float64) *drawing {
	wet := d.patchy(0.95)
	d.shade(cx-a, cy-b, cx+a, cy+b, red, 1, func(x, y float64) bool {
		out := math.Hypot((x-cx)/a, (y-cy)/b) <= 1
		return out && math.Hypot((x-cx)/(a-1.1), (y-cy)/(b-1.1)) >= 1 && wet(x, y)
	})
	for k := range 12 {
		t := (160 + 220*float64(k)/11) * math.Pi / 180
		d.sign(cx+0.78*a*math.Cos(t), cy+0.74*b*math.Sin(t), 4, 0, red, 0.95)
	}
	for k := range 5 {
		d.sign(cx+(float64(k)-2)*4.2, cy+1, 4, 0, red, 0.95)
	}
	return d
}

func (d *drawing) letterhead() *drawing {
	for i := range 9 {
		d.sign(40+float64(i)*16, 32, 14, 0, red, 1)
	}
	d.bar(20, 46, 170, 0.9, red)
	return d
}

func (d *drawing) fingerprint(cx, cy float64) *drawing {
	d.shade(cx-8, cy-11, cx+8, cy+11, red, 0.8, func(x, y float64) bool {
		r := math.Hypot((x-cx)/8, (y-cy)/11)
		return r < 1 && math.Sin(r*30+math.Sin(x)*0.8) > -0.4
	})
	return d
}

func (d *drawing) dateStamp(cx, cy float64) *drawing {
	d.shade(cx-13, cy-13, cx+13, cy+13, red, 1, func(x, y float64) bool {
		r := math.Hypot(x-cx, y-cy)
		return r <= 13 && (r >= 12.2 || math.Abs(math.Abs(y-cy)-4) < 0.3)
	})
	d.text(cx-11, cy-2, 3, 7, red)
	return d
}

// photo is a picture full of coloured discs and slogans.
func (d *drawing) photo(x, y, w, h float64) *drawing {
	d.shade(x, y, x+w, y+h, color.RGBA{90, 130, 170, 255}, 0.9, nil)
	for range 14 {
		cx, cy, r := x+d.rnd.Float64()*w, y+d.rnd.Float64()*h, 6+d.rnd.Float64()*16
		c := color.RGBA{uint8(150 + d.rnd.IntN(100)), uint8(d.rnd.IntN(90)), uint8(d.rnd.IntN(90)), 255}
		hollow := d.rnd.IntN(2) == 0
		d.shade(max(cx-r, x), max(cy-r, y), min(cx+r, x+w), min(cy+r, y+h), c, 1, func(px, py float64) bool {
			q := math.Hypot(px-cx, py-cy)
			return q < r && (!hollow || q > r-1.4)
		})
	}
	return d
}

// scan is what a scanner does to a page.
type scan struct {
	skew    float64 // degrees
	quarter int     // turns of 90 degrees
	noise   float64
	quality int // of the JPEG; 0: none
	grey    bool
	light   float64 // of the darkest corner; 0: even light
	gain    float64 // 1: as drawn; above: washed out; below: dark
	tint    [3]float64
}

func (d *drawing) scanned(s scan) image.Image {
	im := skewed(d.im, s.skew)
	if s.gain == 0 {
		s.gain = 1
	}
	if s.light == 0 {
		s.light = 1
	}
	if s.tint == [3]float64{} {
		s.tint = [3]float64{1, 0.99, 0.965}
	}
	b := im.Rect
	for y := range b.Dy() {
		for x := range b.Dx() {
			p := im.Pix[im.PixOffset(x, y):]
			l := 1 - (1-s.light)*float64(x+y)/float64(b.Dx()+b.Dy())
			for k := range 3 {
				v := float64(p[k])
				if s.gain > 1 {
					v = 255 - (255-v)/s.gain
				} else {
					v *= s.gain
				}
				p[k] = uint8(max(0, min(255, v*l*s.tint[k]+d.rnd.NormFloat64()*s.noise)))
			}
		}
	}
	var out image.Image = turned(im, s.quarter)
	if s.grey {
		g := image.NewGray(out.Bounds())
		for y := range g.Rect.Dy() {
			for x := range g.Rect.Dx() {
				g.Set(x, y, out.At(x, y))
			}
		}
		out = g
	}
	if s.quality > 0 {
		var buf bytes.Buffer
		if err := jpeg.Encode(&buf, out, &jpeg.Options{Quality: s.quality}); err != nil {
			panic(err)
		}
		var err error
		if out, err = jpeg.Decode(&buf); err != nil {
			panic(err)
		}
	}
	return out
}

// skewed turns a page by some degrees, bilinear, white around it.
func skewed(im *image.RGBA, degrees float64) *image.RGBA {
	if degrees == 0 {
		return im
	}
	b := im.Rect
	out := image.NewRGBA(b)
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	cx, cy := float64(b.Dx())/2, float64(b.Dy())/2
	for y := range b.Dy() {
		for x := range b.Dx() {
			u, v := (float64(x)-cx)*cos+(float64(y)-cy)*sin+cx, (float64(y)-cy)*cos-(float64(x)-cx)*sin+cy
			i, j := int(math.Floor(u)), int(math.Floor(v))
			to := out.Pix[out.PixOffset(x, y):]
			if i < 0 || j < 0 || i+1 >= b.Dx() || j+1 >= b.Dy() {
				to[0], to[1], to[2], to[3] = 255, 255, 255, 255
				continue
			}
			fu, fv := u-float64(i), v-float64(j)
			p := im.Pix[im.PixOffset(i, j):]
			q := im.Pix[im.PixOffset(i, j+1):]
			for k := range 4 {
				to[k] = uint8((float64(p[k])*(1-fu)+float64(p[k+4])*fu)*(1-fv) + (float64(q[k])*(1-fu)+float64(q[k+4])*fu)*fv)
			}
		}
	}
	return out
}

// turned turns a page by quarters, with the clock.
func turned(im *image.RGBA, quarters int) *image.RGBA {
	for range quarters {
		b := im.Rect
		out := image.NewRGBA(image.Rect(0, 0, b.Dy(), b.Dx()))
		for y := range b.Dy() {
			for x := range b.Dx() {
				out.SetRGBA(b.Dy()-1-y, x, im.RGBAAt(x, y))
			}
		}
		im = out
	}
	return im
}
