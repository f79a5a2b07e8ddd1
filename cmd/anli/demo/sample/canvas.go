package sample

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"math"
)

// canvas is a picture of up to 256 colours; a pixel is a number of its palette.
type canvas struct {
	w, h int
	pix  []byte
}

func newCanvas(w, h int) *canvas { return &canvas{w, h, make([]byte, w*h)} }

func (c *canvas) set(x, y int, colour byte) {
	if x >= 0 && y >= 0 && x < c.w && y < c.h {
		c.pix[y*c.w+x] = colour
	}
}

func (c *canvas) rect(x, y, w, h int, colour byte) {
	for j := max(y, 0); j < min(y+h, c.h); j++ {
		for i := max(x, 0); i < min(x+w, c.w); i++ {
			c.pix[j*c.w+i] = colour
		}
	}
}

func (c *canvas) frame(x, y, w, h, thick int, colour byte) {
	c.rect(x, y, w, thick, colour)
	c.rect(x, y+h-thick, w, thick, colour)
	c.rect(x, y, thick, h, colour)
	c.rect(x+w-thick, y, thick, h, colour)
}

// ring fills what lies between two radii around a point; inner 0 is a disc.
func (c *canvas) ring(x, y int, inner, outer float64, colour byte) {
	r := int(outer) + 1
	for j := -r; j <= r; j++ {
		for i := -r; i <= r; i++ {
			if d := math.Hypot(float64(i), float64(j)); d >= inner && d <= outer {
				c.set(x+i, y+j, colour)
			}
		}
	}
}

// star fills a five-pointed star, one point upwards.
func (c *canvas) star(x, y int, radius float64, colour byte) {
	r := int(radius)
	for j := -r; j <= r; j++ {
		for i := -r; i <= r; i++ {
			d := math.Hypot(float64(i), float64(j))
			// Angle from the nearest point of the star, folded into 36 degrees.
			a := math.Mod(math.Atan2(float64(i), float64(-j))+2*math.Pi, 2*math.Pi/5)
			a = math.Min(a, 2*math.Pi/5-a)
			// An edge runs from the point (radius, 0°) to the notch (0.382 radius, 36°).
			nx, ny := 0.382*math.Cos(math.Pi/5), 0.382*math.Sin(math.Pi/5)
			px, py := d/radius*math.Cos(a), d/radius*math.Sin(a)
			if (px-1)*ny-(nx-1)*py <= 0 {
				c.set(x+i, y+j, colour)
			}
		}
	}
}

// glyph draws a block that looks like a Chinese character from afar: a few
// strokes chosen by n, in a square of the given size.
func (c *canvas) glyph(x, y, size, n int, colour byte) {
	s := max(size/10, 1)
	n = n*2654435761>>8 ^ n
	for k := range 3 {
		if n>>k&1 == 1 || k == 1 {
			c.rect(x+s, y+(2+3*k)*size/10, size-2*s, s, colour)
		}
		if n>>(k+3)&1 == 1 || k == 1 {
			c.rect(x+(2+3*k)*size/10, y+s, s, size-2*s, colour)
		}
	}
	if n>>6&1 == 1 {
		c.frame(x+s, y+s, size-2*s, size-2*s, s, colour)
	}
}

// text draws a line of glyphs.
func (c *canvas) text(x, y, size, count, seed int, colour byte) {
	for k := range count {
		c.glyph(x+k*size*21/20, y, size*9/10, (seed+k*7)%24, colour)
	}
}

// seal draws a round seal with a star: ring of 4.2 cm and glyphs along it, as
// the seals of companies and bureaus are (state council order 国发〔1999〕25号).
func (c *canvas) seal(x, y int, radius float64, colour byte) {
	c.ring(x, y, radius-7, radius, colour)
	c.star(x, y, radius*0.33, colour)
	size := int(radius * 0.26)
	for k := range 13 {
		a := (145 + 250*float64(k)/12) * math.Pi / 180 // from lower left over the top; y grows downwards
		gx := x + int(radius*0.76*math.Cos(a)) - size/2
		gy := y + int(radius*0.76*math.Sin(a)) - size/2
		c.glyph(gx, gy, size, k*5+3, colour)
	}
	c.text(x-size*2, y+int(radius*0.5), size/2, 8, 5, colour)
}

// packed is the picture's rows behind a filter byte of 0 each, deflated: what
// a PNG holds in IDAT and a PDF in a FlateDecode stream with predictor 15.
func (c *canvas) packed() []byte {
	rows := make([]byte, 0, (c.w+1)*c.h)
	for y := range c.h {
		rows = append(rows, 0)
		rows = append(rows, c.pix[y*c.w:(y+1)*c.w]...)
	}
	return zlibbed(rows)
}

// palette is a list of red, green, blue.
type palette []byte

// png is a paletted PNG (RFC 2083) with a title in it. Rows come packed.
func png(w, h int, colours palette, packed []byte, title string) []byte {
	var b bytes.Buffer
	b.WriteString("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, data []byte) {
		binary.Write(&b, binary.BigEndian, uint32(len(data)))
		body := append([]byte(kind), data...)
		b.Write(body)
		binary.Write(&b, binary.BigEndian, crc32.ChecksumIEEE(body))
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(w)), uint32(h))
	chunk("IHDR", append(head, 8, 3, 0, 0, 0)) // 8 bits, palette
	chunk("PLTE", colours)
	chunk("iTXt", append([]byte("Title\x00\x00\x00\x00\x00"), title...))
	chunk("IDAT", packed)
	chunk("IEND", nil)
	return b.Bytes()
}
