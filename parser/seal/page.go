package seal

import (
	"image"
	"image/color"
	"image/draw"
	"math"
)

// maxSide bounds the picture that is searched, in pixels of 75 dpi (A2).
const maxSide = 1800

// Find looks for seals on the picture of a page. width is the page's in
// millimetres; 0 for a picture without one, which then counts as A4, upright or
// on its side. Number, Scan and Labels are the caller's to fill in.
func Find(im image.Image, width float64) Page {
	b := im.Bounds()
	if b.Dx() < 16 || b.Dy() < 16 {
		return Page{Doubt: DoubtUnread}
	}
	if width < 50 || width > 1500 { // no paper
		width = 297 * float64(b.Dx()) / float64(max(b.Dx(), b.Dy()))
	}
	s := newSheet(im, width)
	p := Page{Width: s.mm(float64(s.w)), Height: s.mm(float64(s.h))}
	if p.Doubt = s.doubt(); p.Doubt == DoubtGrey || p.Doubt == DoubtDark {
		return p
	}
	p.Red = s.others(nil)
	var marks []mark
	if s.room(p.Red) {
		marks = s.search()
	}
	for _, m := range marks {
		p.Seals = append(p.Seals, s.seal(m))
	}
	if len(marks) > 0 {
		p.Red = s.others(marks)
	}
	switch {
	case p.Doubt != "":
	case p.cut():
		p.Doubt = DoubtCut
	case len(marks) == 0 && len(p.Red) == 0 && s.copied():
		p.Doubt = DoubtCopied
	}
	if found, ok := s.lastBoxes(marks); ok {
		p.Ink = s.written(found, marks)
		if len(marks) == 1 {
			p.Boxes = found.all
		}
	}
	return p
}

// sheet is a page's picture at about 75 dpi.
type sheet struct {
	pix   []uint8 // red, green, blue
	w, h  int
	scale float64    // pixels a millimetre
	paper [3]float64 // its tint
}

// newSheet averages blocks of pixels, so that the page has about 75 dpi.
func newSheet(im image.Image, width float64) *sheet {
	b := im.Bounds()
	scale := float64(b.Dx()) / width
	f := max(1, int(math.Round(scale/resolution)), (max(b.Dx(), b.Dy())+maxSide-1)/maxSide)
	s := &sheet{w: b.Dx() / f, h: b.Dy() / f}
	s.scale = scale / float64(f)
	s.pix = make([]uint8, 3*s.w*s.h)
	switch src := im.(type) {
	case *image.YCbCr:
		s.fromYCbCr(src, f)
	case *image.RGBA:
		for y := range s.h {
			s.average(src, b.Min.X, b.Min.Y+y*f, y, f)
		}
	default:
		// A stripe at a time: the whole picture in another form may be large.
		stripe := image.NewRGBA(image.Rect(0, 0, s.w*f, f))
		for y := range s.h {
			draw.Draw(stripe, stripe.Bounds(), image.White, image.Point{}, draw.Src)
			draw.Draw(stripe, stripe.Bounds(), im, image.Pt(b.Min.X, b.Min.Y+y*f), draw.Over)
			s.average(stripe, 0, 0, y, f)
		}
	}
	s.learnPaper()
	return s
}

// average makes row y of blocks of the picture that begin at x0, y0.
func (s *sheet) average(im *image.RGBA, x0, y0, y, f int) {
	n := f * f
	for x := range s.w {
		var r, g, b int
		for j := range f {
			at := im.PixOffset(x0+x*f, y0+j)
			row := im.Pix[at : at+4*f]
			for i := 0; i < 4*f; i += 4 {
				r, g, b = r+int(row[i]), g+int(row[i+1]), b+int(row[i+2])
			}
		}
		to := s.pix[3*(y*s.w+x):]
		to[0], to[1], to[2] = uint8(r/n), uint8(g/n), uint8(b/n)
	}
}

// fromYCbCr averages light and colour of a JPEG before it turns them into red,
// green, blue, once a block.
func (s *sheet) fromYCbCr(im *image.YCbCr, f int) {
	n := f * f
	for y := range s.h {
		for x := range s.w {
			var l, cb, cr int
			for j := range f {
				at := im.YOffset(im.Rect.Min.X+x*f, im.Rect.Min.Y+y*f+j)
				for _, v := range im.Y[at : at+f] {
					l += int(v)
				}
				c1 := im.COffset(im.Rect.Min.X+x*f, im.Rect.Min.Y+y*f+j)
				c2 := im.COffset(im.Rect.Min.X+x*f+f-1, im.Rect.Min.Y+y*f+j)
				cb, cr = cb+int(im.Cb[c1])+int(im.Cb[c2]), cr+int(im.Cr[c1])+int(im.Cr[c2])
			}
			r, g, b := color.YCbCrToRGB(uint8(l/n), uint8((cb+f)/(2*f)), uint8((cr+f)/(2*f)))
			to := s.pix[3*(y*s.w+x):]
			to[0], to[1], to[2] = r, g, b
		}
	}
}

// halved is the sheet at half its resolution.
func (s *sheet) halved() *sheet {
	o := &sheet{w: s.w / 2, h: s.h / 2, scale: s.scale / 2, paper: s.paper}
	o.pix = make([]uint8, 3*o.w*o.h)
	for y := range o.h {
		for x := range o.w {
			a, b := 3*(2*y*s.w+2*x), 3*((2*y+1)*s.w+2*x)
			for c := range 3 {
				o.pix[3*(y*o.w+x)+c] = uint8((int(s.pix[a+c]) + int(s.pix[a+3+c]) + int(s.pix[b+c]) + int(s.pix[b+3+c])) / 4)
			}
		}
	}
	return o
}

// learnPaper takes the tint that the brightest third of the page has.
func (s *sheet) learnPaper() {
	var hist [3][256]int
	n := 0
	for i := 0; i+2 < len(s.pix); i += 3 * 5 {
		for c := range 3 {
			hist[c][s.pix[i+c]]++
		}
		n++
	}
	for c := range 3 {
		sum := 0
		for v := 255; v >= 0; v-- {
			if sum += hist[c][v]; 3*sum > n {
				s.paper[c] = float64(max(v, 60))
				break
			}
		}
	}
}

// doubt tells a page that shows no colours as they are.
func (s *sheet) doubt() string {
	coloured, dark, n := 0, 0, 0
	for i := 0; i+2 < len(s.pix); i += 3 {
		r, g, b := int(s.pix[i]), int(s.pix[i+1]), int(s.pix[i+2])
		if max(r, g, b)-min(r, g, b) > 2 {
			coloured++
		}
		if float64(max(r, g, b)) < 0.72*max(s.paper[0], s.paper[1], s.paper[2]) {
			dark++
		}
		n++
	}
	switch {
	case coloured*1000 < n:
		return DoubtGrey
	case max(s.paper[0], s.paper[1], s.paper[2]) < 115:
		return DoubtDark
	case dark*2000 < n: // what is printed is as bright as the paper
		return DoubtPale
	}
	return ""
}

func (s *sheet) mm(pixels float64) int { return int(math.Round(pixels / s.scale)) }

func (s *sheet) seal(m mark) Seal {
	return Seal{X: s.mm(m.x), Y: s.mm(m.y), W: s.mm(2 * m.acrossX()), H: s.mm(2 * m.acrossY()), Oval: m.a != m.b}
}

// room: some of what is red is large enough for a seal.
func (s *sheet) room(red []Box) bool {
	for _, b := range red {
		if max(b.W, b.H) >= 28 && min(b.W, b.H) >= 20 {
			return true
		}
	}
	return len(red) == maxOthers
}
