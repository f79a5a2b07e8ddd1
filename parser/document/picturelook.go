package document

import (
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"math"
	"math/bits"
	"slices"
	"strconv"

	"github.com/corona10/goimagehash"
	"golang.org/x/image/draw"
)

// Of what is kept of a picture's look.
const (
	signs = 16 // hexadecimal digits of the hash
	grid4 = 4  // the grid of colours has 4 by 4 squares
)

// smallOf is a picture of 128 by 128, what is transparent white.
func smallOf(im image.Image) *image.RGBA {
	small := image.NewRGBA(image.Rect(0, 0, 128, 128))
	draw.Draw(small, small.Rect, image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(small, small.Rect, im, im.Bounds(), draw.Over, nil)
	return small
}

// flat: the edge of the picture has one colour, and six colours make nearly all
// of it. Colours are told apart by 3 bits of red, green and blue.
func flat(small *image.RGBA) bool {
	var count [512]int
	edge, even := 0, 0
	first := small.Pix[:3]
	for y := range 128 {
		for x := range 128 {
			p := small.Pix[small.PixOffset(x, y):]
			count[int(p[0]>>5)<<6|int(p[1]>>5)<<3|int(p[2]>>5)]++
			if x < 3 || y < 3 || x >= 125 || y >= 125 {
				edge++
				if max(p[0], first[0])-min(p[0], first[0]) < 12 && max(p[1], first[1])-min(p[1], first[1]) < 12 && max(p[2], first[2])-min(p[2], first[2]) < 12 {
					even++
				}
			}
		}
	}
	slices.Sort(count[:])
	most := 0
	for _, n := range count[506:] {
		most += n
	}
	return even*100 > edge*97 && most*100 > 128*128*92
}

// imprint is the perceptual hash (signs of the 64 lowest frequencies of the light)
// followed by the mean colours of a grid: by the hash alone goods of one series,
// alike but for their colour, are one.
func imprint(small *image.RGBA) string {
	hash, err := goimagehash.PerceptionHash(small)
	if err != nil {
		return ""
	}
	squares := image.NewRGBA(image.Rect(0, 0, grid4, grid4))
	draw.BiLinear.Scale(squares, squares.Rect, small, small.Rect, draw.Src, nil)
	out := fmt.Sprintf("%0*x", signs, hash.GetHash())
	for i := 0; i < len(squares.Pix); i += 4 {
		out += hex.EncodeToString(squares.Pix[i : i+3])
	}
	return out
}

// Bounds of what is the same picture. Those that were encoded anew, made smaller
// and cut by 2 % at each side differ by up to 12 signs, others by 20 and more.
const (
	mostSigns  = 12
	mostColour = 10.0 // mean difference of the squares, of 255
	mostHue    = 24   // largest difference of a square, of its red or blue above green
	mostShape  = 1.12 // ratio of the two shapes
)

// Alike tells whether two pictures are the same to the eye: encoded anew, made
// smaller or larger, cut a little. It is false where the look of one is not known.
func (p Picture) Alike(o Picture) bool {
	d, ok := p.apart(o)
	w, h := float64(p.Width)*float64(o.Height), float64(o.Width)*float64(p.Height)
	return ok && d.signs <= mostSigns && d.colour <= mostColour && d.hue <= mostHue && w < h*mostShape && h < w*mostShape
}

// Bounds of what is a scanned page.
const (
	pageShape = 0.025 // the sides are as 1 to √2 (ISO 216), by so much
	pageLight = 190   // mean of the squares, of 255: paper
	leastPale = 150   // of each square
	mostTint  = 50    // largest difference between the colours of a square
)

// PageLike tells whether the picture is a sheet of paper by its shape and look: as
// A4 is cut, upright or on its side, and pale all over. A photograph has another
// shape; a poster of that shape has colours. It is false where the look is not known.
func (p Picture) PageLike() bool {
	const n = 3 * grid4 * grid4
	long, short := float64(max(p.Width, p.Height)), float64(min(p.Width, p.Height))
	if len(p.Look) != signs+2*n || math.Abs(long/short-math.Sqrt2) > pageShape {
		return false
	}
	squares, err := hex.DecodeString(p.Look[signs:])
	if err != nil {
		return false
	}
	light := 0
	for c := range slices.Chunk(squares, 3) {
		low, high := slices.Min(c), slices.Max(c)
		if low < leastPale || high-low > mostTint {
			return false
		}
		light += int(c[1])
	}
	return light >= pageLight*grid4*grid4
}

// difference of two looks: see the bounds.
type difference struct {
	signs  int
	colour float64
	hue    int
}

func (p Picture) apart(o Picture) (out difference, ok bool) {
	const n = 3 * grid4 * grid4
	if len(p.Look) != signs+2*n || len(o.Look) != signs+2*n {
		return out, false
	}
	a, err1 := strconv.ParseUint(p.Look[:signs], 16, 64)
	b, err2 := strconv.ParseUint(o.Look[:signs], 16, 64)
	c, err3 := hex.DecodeString(p.Look[signs:])
	d, err4 := hex.DecodeString(o.Look[signs:])
	if errors.Join(err1, err2, err3, err4) != nil {
		return out, false
	}
	abs := func(n int) int { return max(n, -n) }
	out.signs = bits.OnesCount64(a ^ b)
	for i := 0; i < n; i += 3 {
		r, g, b := int(c[i])-int(d[i]), int(c[i+1])-int(d[i+1]), int(c[i+2])-int(d[i+2])
		out.colour += float64(abs(r)+abs(g)+abs(b)) / n
		out.hue = max(out.hue, abs(r-g), abs(b-g))
	}
	return out, true
}
