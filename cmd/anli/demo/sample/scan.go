package sample

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"sync"
)

// ScanKind is how the stamped copy of the form became a PDF.
type ScanKind int

const (
	ScanFlate ScanKind = iota // page pictures of few colours, deflated
	ScanJPEG                  // page pictures as JPEG, as most scanners write
	TextPDF                   // no scan: printed to PDF from Word, with electronic seals
)

// Scan is a PDF whose pages are pictures only: the form as a scanner sees it,
// with bars for text and, on the last page, the red seals of unit and bureau.
type Scan struct {
	Title string // stands in the document's properties and makes the bytes the unit's own
	Pages int    // at least 1
	JPEG  bool
	Bare  bool // nobody has stamped it yet
}

// A page at 150 dpi: A4 is 1240 by 1754 pixels.
const scanWidth, scanHeight = 1240, 1754

var scanColours = palette{
	252, 251, 247, // paper
	58, 58, 62, // print
	120, 120, 124, // rules
	214, 44, 52, // seal
	24, 46, 120, // handwriting
}

// PDF writes the file.
func (s Scan) PDF() []byte {
	f := &pdfFile{}
	var pages []string
	for i := range s.Pages {
		kind := min(i, 1)
		if i == s.Pages-1 {
			if kind = 2; s.Bare {
				kind = 3
			}
		}
		dict := fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8", scanWidth, scanHeight)
		data := scanPages[kind]().flate
		if s.JPEG {
			dict += "/ColorSpace/DeviceRGB/Filter/DCTDecode"
			data = scanPages[kind]().jpeg()
		} else {
			dict += fmt.Sprintf("/ColorSpace[/Indexed/DeviceRGB %d<%x>]/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns %d>>",
				len(scanColours)/3-1, []byte(scanColours), scanWidth)
		}
		picture := f.stream(dict, data)
		content := f.stream("", []byte("q 595 0 0 842 0 0 cm /Im0 Do Q"))
		pages = append(pages, fmt.Sprintf("/Resources<</XObject<</Im0 %d 0 R>>>>/Contents %d 0 R", picture, content))
	}
	return f.finish(s.Title, pages)
}

// scanPage is a drawn page in the forms a PDF can hold.
type scanPage struct {
	flate []byte
	jpeg  func() []byte
}

// The page pictures are drawn once: the form's table, running text, the page with
// the seals, and that page before it was stamped.
var scanPages = [4]func() scanPage{
	sync.OnceValue(func() scanPage { return drawn(scanTable) }),
	sync.OnceValue(func() scanPage { return drawn(scanText) }),
	sync.OnceValue(func() scanPage { return drawn(scanSeals) }),
	sync.OnceValue(func() scanPage { return drawn(scanLast) }),
}

func drawn(draw func(*canvas)) scanPage {
	c := newCanvas(scanWidth, scanHeight)
	draw(c)
	return scanPage{flate: c.packed(), jpeg: sync.OnceValue(func() []byte { return jpegOf(c, scanColours, 45) })}
}

func scanTable(c *canvas) {
	const left, right = 120, 1120
	c.text(left, 100, 26, 2, 3, 1)
	c.text(300, 160, 44, 14, 1, 1)
	y := 250
	for i, h := range []int{64, 84, 190, 84, 64, 92} {
		c.frame(left, y, right-left, h, 2, 2)
		c.rect(left+220, y, 2, h, 2)
		c.text(left+20, y+h/2-13, 26, 6, i*5, 1)
		if i == 5 {
			c.rect(left+460, y, 2, h, 2)
			c.rect(left+660, y, 2, h, 2)
			c.text(left+480, y+h/2-13, 26, 6, 9, 1)
		}
		rows := max(h/60, 1)
		for r := range rows {
			c.text(left+240, y+20+r*44, 24, 7+(i*3+r)%5, i+r*11, 1)
		}
		y += h
	}
	c.frame(left, y, right-left, scanHeight-120-y, 2, 2)
	scanLines(c, left+16, y+20, scanHeight-150)
}

func scanText(c *canvas) {
	c.frame(120, 110, 1000, scanHeight-230, 2, 2)
	scanLines(c, 136, 130, scanHeight-150)
}

// scanLines fills a box with running text.
func scanLines(c *canvas, x, top, bottom int) {
	for k, y := 0, top; y < bottom; k, y = k+1, y+40 {
		count, at := 37, x
		switch {
		case k%9 == 0:
			count, at = 34, x+52 // a paragraph begins
		case k%9 == 8:
			count = 12 + k%20
		}
		c.text(at, y, 25, count, k*13, 1)
	}
}

func scanSeals(c *canvas) {
	scanLast(c)
	c.seal(810, 650, 124, 3)
	c.seal(820, 1340, 124, 3)
}

// scanLast is the form's last page: promise, opinion, places for seals and dates.
func scanLast(c *canvas) {
	const left, width = 120, 1000
	c.frame(left, 110, width, 760, 2, 2)
	scanLines(c, left+16, 130, 420)
	c.text(left+500, 640, 26, 8, 4, 1)
	c.text(left+620, 730, 26, 9, 8, 1)
	c.frame(left, 870, width, 700, 2, 2)
	c.text(left+16, 890, 26, 7, 2, 1)
	c.text(left+120, 990, 40, 9, 17, 4) // the opinion, by hand
	c.text(left+540, 1330, 26, 6, 12, 1)
	c.text(left+620, 1420, 26, 9, 8, 1)
}

// jpegOf encodes a canvas in its colours.
func jpegOf(c *canvas, colours palette, quality int) []byte {
	p := make(color.Palette, len(colours)/3)
	for i := range p {
		p[i] = color.RGBA{colours[3*i], colours[3*i+1], colours[3*i+2], 255}
	}
	src := &image.Paletted{Pix: c.pix, Stride: c.w, Rect: image.Rect(0, 0, c.w, c.h), Palette: p}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, src, &jpeg.Options{Quality: quality}); err != nil {
		panic(fmt.Sprintf("sample: jpeg: %v", err)) // a bytes.Buffer does not fail
	}
	return b.Bytes()
}

// comment puts a remark into a JPEG (marker COM, ITU-T T.81 B.2.4.5): the picture
// stays the same and the bytes become the writer's own.
func comment(jpg []byte, text string) []byte {
	out := append([]byte{}, jpg[:2]...)
	out = append(out, 0xff, 0xfe)
	out = binary.BigEndian.AppendUint16(out, uint16(len(text)+2))
	out = append(out, text...)
	return append(out, jpg[2:]...)
}
