package document

import (
	"math"
	"strings"
)

// ofdPage reads what one page shows. Its coordinates are millimetres, y downwards.
type ofdPage struct {
	parts      pageParts
	left, top  float64 // of the page's box
	high       float64
	x, y       float64 // where the last text ended
	objectBase [2]float64
	matrix     [6]float64
}

func newOFDPage(number int, box string) *ofdPage {
	b := numbersIn(box)
	if len(b) < 4 || b[2] <= 0 || b[3] <= 0 {
		b = []float64{0, 0, 210, 297} // A4
	}
	p := &ofdPage{left: b[0], top: b[1], high: b[3]}
	p.parts = pageParts{number: number, width: b[2] * millimetre, height: b[3] * millimetre}
	return p
}

// content reads the objects of a page or of its template.
func (p *ofdPage) content(n *ofdNode) {
	for i := range n.Kids {
		k := &n.Kids[i]
		switch k.XMLName.Local {
		case "TextObject":
			p.place(k)
			p.text(k)
		case "PathObject":
			p.place(k)
			p.path(k)
		case "ImageObject":
			p.parts.pictures++
			if b := k.numbers("Boundary"); len(b) == 4 {
				share := b[2] * millimetre * b[3] * millimetre / (p.parts.width * p.parts.height)
				p.parts.covered = max(p.parts.covered, share)
			}
		default:
			p.content(k)
		}
	}
}

// place learns how an object's coordinates lie on the page.
func (p *ofdPage) place(n *ofdNode) {
	p.objectBase = [2]float64{}
	if b := n.numbers("Boundary"); len(b) >= 2 {
		p.objectBase = [2]float64{b[0], b[1]}
	}
	p.matrix = [6]float64{1, 0, 0, 1, 0, 0}
	if m := n.numbers("CTM"); len(m) == 6 {
		p.matrix = [6]float64(m)
	}
}

// point is a place of the object in points, y upwards.
func (p *ofdPage) point(x, y float64) (float64, float64) {
	m := p.matrix
	x, y = m[0]*x+m[2]*y+m[4], m[1]*x+m[3]*y+m[5]
	return (x + p.objectBase[0] - p.left) * millimetre, (p.high - (y + p.objectBase[1] - p.top)) * millimetre
}

func (p *ofdPage) text(n *ofdNode) {
	size := 0.0
	if s := n.numbers("Size"); len(s) == 1 {
		size = s[0]
	}
	if n.attr("Visible") == "false" || size <= 0 {
		return
	}
	for _, code := range n.all("TextCode") {
		if x := code.numbers("X"); len(x) == 1 {
			p.x = x[0]
		}
		if y := code.numbers("Y"); len(y) == 1 {
			p.y = y[0]
		}
		p.run(strings.Trim(code.Text, "\r\n\t"), deltas(code.attr("DeltaX")), deltas(code.attr("DeltaY")), size)
	}
}

// run sets the characters of one TextCode (GB/T 33190, 11.3).
func (p *ofdPage) run(text string, dx, dy []float64, size float64) {
	scale := math.Hypot(p.matrix[0], p.matrix[1]) * millimetre
	for i, r := range []rune(text) {
		if len(p.parts.glyphs) >= maxGlyphs {
			return
		}
		width := size
		if !wide(r) && r < 0x2190 { // signs and boxes are as wide as characters
			width = size / 2
		}
		left, base := p.point(p.x, p.y)
		em := size * scale
		p.parts.glyphs = append(p.parts.glyphs, glyph{r: r, left: left, right: left + width*scale, base: base, em: em})
		switch {
		case i < len(dx):
			p.x += dx[i]
		case len(dy) == 0:
			p.x += width
		}
		if i < len(dy) {
			p.y += dy[i]
		}
	}
}

// deltas reads distances; `g 4 3.5` stands for four of 3.5.
func deltas(s string) []float64 {
	words := strings.Fields(s)
	var out []float64
	for i := 0; i < len(words) && len(out) < maxGlyphs; i++ {
		if words[i] != "g" {
			out = append(out, numbersIn(words[i])...)
			continue
		}
		if i+2 >= len(words) {
			break
		}
		n, d := numbersIn(words[i+1]), numbersIn(words[i+2])
		i += 2
		if len(n) == 1 && len(d) == 1 {
			for range int(min(max(n[0], 0), maxGlyphs)) {
				out = append(out, d[0])
			}
		}
	}
	return out
}

// path takes the straight lines of a path (GB/T 33190, 9.1): a thin shape is one.
func (p *ofdPage) path(n *ofdNode) {
	words := strings.Fields(n.first("AbbreviatedData").Text)
	var lines [][4]float64
	var startX, startY, x, y float64
	x1, y1, x2, y2 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	to := func(nx, ny float64, draw bool) {
		if draw && len(lines) < maxSegments {
			lines = append(lines, [4]float64{x, y, nx, ny})
		}
		x, y = nx, ny
		x1, y1, x2, y2 = min(x1, x), min(y1, y), max(x2, x), max(y2, y)
	}
	args := map[string]int{"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
	for i := 0; i < len(words); i++ {
		word := words[i]
		count, ok := args[word]
		if !ok || i+count >= len(words) {
			return
		}
		a := numbersIn(strings.Join(words[i+1:i+1+count], " "))
		if i += count; len(a) != count {
			return
		}
		if count == 0 {
			to(startX, startY, true)
			continue
		}
		nx, ny := p.point(a[count-2], a[count-1])
		if to(nx, ny, word == "L"); word == "M" || word == "S" {
			startX, startY = nx, ny
		}
	}
	switch {
	case x2-x1 <= thin || y2-y1 <= thin:
		p.rule(x1, y1, x2, y2)
	case n.attr("Stroke") != "false":
		for _, l := range lines {
			p.rule(min(l[0], l[2]), min(l[1], l[3]), max(l[0], l[2]), max(l[1], l[3]))
		}
	}
}

func (p *ofdPage) rule(x1, y1, x2, y2 float64) {
	if len(p.parts.across)+len(p.parts.down) >= maxRules {
		return
	}
	switch {
	case y2-y1 <= thin && x2-x1 > thin:
		p.parts.across = append(p.parts.across, rule{at: (y1 + y2) / 2, from: x1, to: x2})
	case x2-x1 <= thin && y2-y1 > thin:
		p.parts.down = append(p.parts.down, rule{at: (x1 + x2) / 2, from: y1, to: y2})
	}
}
