package seal_test

import (
	"fmt"
	"image"
	"math"
	"testing"

	"anli/parser/seal"
)

// drawnPage is a page of the corpus: how it is drawn, how scanned, what must be found.
type drawnPage struct {
	name  string
	dpi   float64
	draw  func(*drawing)
	scan  scan
	seals [][2]float64 // centres, millimetres, as the page is drawn
	doubt string
	red   bool // other red must be told
}

var both = [][2]float64{{135, 110}, {140, 228}}

func twoSeals(d *drawing) { d.form().stamp(135, 110, 20, 0.95).stamp(140, 228, 21, 0.95) }

// corpus: pages as bureaus send them, each kind at several resolutions and states.
func corpus() []drawnPage {
	plain := scan{noise: 4, quality: 75}
	var out []drawnPage
	add := func(name string, draw func(*drawing), s scan, seals [][2]float64, doubt string, red bool) {
		for _, dpi := range []float64{150, 200} {
			out = append(out, drawnPage{fmt.Sprintf("%s-%g", name, dpi), dpi, draw, s, seals, doubt, red})
		}
	}
	add("stamped", twoSeals, plain, both, "", false)
	out = append(out, drawnPage{"stamped-300", 300, twoSeals, plain, both, "", false}, drawnPage{"stamped-100", 100, twoSeals, plain, both, "", false})
	add("unstamped", func(d *drawing) { d.form() }, plain, nil, "", false)
	add("unit only", func(d *drawing) { d.form().stamp(135, 110, 20, 0.95) }, plain, both[:1], "", false)
	add("bureau only", func(d *drawing) { d.form().stamp(140, 228, 21, 0.95) }, plain, both[1:], "", false)
	add("grey", twoSeals, scan{noise: 4, quality: 75, grey: true}, nil, seal.DoubtGrey, false)
	add("dark", twoSeals, scan{noise: 4, quality: 75, gain: 0.4}, nil, seal.DoubtDark, false)
	add("washed out", twoSeals, scan{noise: 3, quality: 75, gain: 4.5}, both, seal.DoubtPale, false)
	add("bleached", twoSeals, scan{noise: 1, quality: 75, gain: 30}, nil, seal.DoubtPale, false)
	add("quality 30", twoSeals, scan{noise: 6, quality: 30}, both, "", false)
	add("skewed 3", twoSeals, scan{noise: 4, quality: 70, skew: 3}, nil, "", false)
	add("skewed -2 in bad light", twoSeals, scan{noise: 6, quality: 60, skew: -2, light: 0.7}, nil, "", false)
	add("turned 90", twoSeals, scan{noise: 4, quality: 70, quarter: 1}, nil, "", false)
	add("turned 180", twoSeals, scan{noise: 4, quality: 70, quarter: 2}, nil, "", false)
	add("faded ink", func(d *drawing) { d.form().stamp(135, 110, 20, 0.45).stamp(140, 228, 21, 0.45) }, plain, both, "", false)
	add("over text", func(d *drawing) { d.form().stamp(80, 50, 20, 0.95).stamp(70, 190, 21, 0.95) }, plain, [][2]float64{{80, 50}, {70, 190}}, "", false)
	add("letterhead", func(d *drawing) { d.form().letterhead() }, plain, nil, "", true)
	add("letterhead and seals", func(d *drawing) { d.form().letterhead(); twoSeals(d) }, plain, both, "", true)
	add("fingerprint", func(d *drawing) { d.form().fingerprint(130, 110) }, plain, nil, "", true)
	add("fingerprints and a seal", func(d *drawing) { d.form().fingerprint(60, 120).fingerprint(80, 250).stamp(140, 228, 21, 0.95) }, plain, both[1:], "", true)
	add("date stamp", func(d *drawing) { d.form().dateStamp(150, 60) }, plain, nil, "", true)
	add("red text and lines", func(d *drawing) {
		d.form().text(24, 85, 4.2, 30, red)
		d.frame(60, 170, 40, 40)
		d.bar(60, 170, 40, 0.8, red)
		d.bar(60, 210, 40, 0.8, red)
	}, plain, nil, "", true)
	add("photograph", func(d *drawing) { d.form().photo(30, 30, 150, 90) }, plain, nil, "", true)
	add("photograph and a seal", func(d *drawing) { d.form().photo(30, 30, 150, 60).stamp(140, 228, 21, 0.95) }, plain, both[1:], "", true)
	add("cut by the edge", func(d *drawing) { d.form().stamp(208, 120, 20, 0.95) }, plain, nil, seal.DoubtCut, true)
	add("half seal beside two", func(d *drawing) { twoSeals(d); d.stamp(209, 70, 20, 0.95) }, plain, both, seal.DoubtCut, true)
	add("oval", func(d *drawing) { d.form().ellipse(135, 110, 22.5, 15).stamp(140, 228, 21, 0.95) }, plain, both, "", false)
	add("two that overlap", func(d *drawing) { d.form().stamp(110, 110, 20, 0.95).stamp(142, 118, 21, 0.95) }, plain, [][2]float64{{110, 110}, {142, 118}}, "", false)
	add("photocopied seal", func(d *drawing) {
		twoSeals(d)
		for i := 0; i < len(d.im.Pix); i += 4 {
			p := d.im.Pix[i : i+3]
			v := uint8((int(p[0]) + 2*int(p[1])) / 3)
			p[0], p[1], p[2] = v, v, v
		}
	}, scan{noise: 4, quality: 75, tint: [3]float64{1, 0.98, 0.95}}, nil, seal.DoubtCopied, false)
	return out
}

// expected brings the centres to where the scanner put them.
func (p drawnPage) expected() [][2]float64 {
	seals := p.seals
	if seals == nil && p.doubt == "" && (p.scan.skew != 0 || p.scan.quarter != 0) {
		seals = both
	}
	var out [][2]float64
	for _, c := range seals {
		sin, cos := math.Sincos(p.scan.skew * math.Pi / 180)
		x, y := c[0]-105, c[1]-148.5
		c = [2]float64{105 + x*cos - y*sin, 148.5 + x*sin + y*cos}
		for k, w, h := 0, 210.0, 297.0; k < p.scan.quarter; k++ {
			c, w, h = [2]float64{h - c[1], c[0]}, h, w
		}
		out = append(out, c)
	}
	return out
}

func (p drawnPage) picture(seed int) image.Image {
	d := newDrawing(p.dpi, uint64(seed))
	p.draw(d)
	return d.scanned(p.scan)
}

// TestCorpus: every seal is found, nothing else is, and what proves nothing says so.
func TestCorpus(t *testing.T) {
	found, missed, wrong, expected := 0, 0, 0, 0
	pages := corpus()
	for i, p := range pages {
		got := seal.Find(p.picture(i), 0)
		want := p.expected()
		expected += len(want)
		used := make([]bool, len(got.Seals))
		for _, w := range want {
			hit := false
			for k, s := range got.Seals {
				if !used[k] && math.Hypot(float64(s.X)-w[0], float64(s.Y)-w[1]) < 4 {
					used[k], hit = true, true
					break
				}
			}
			if hit {
				found++
			} else {
				missed++
				t.Errorf("%s: no seal found at %.0f; got %+v", p.name, w, got.Seals)
			}
		}
		if extra := len(got.Seals) - (len(want) - 0); extra > 0 {
			wrong += extra
			t.Errorf("%s: %d seals too many: %+v", p.name, extra, got.Seals)
		}
		if got.Doubt != p.doubt {
			t.Errorf("%s: doubt %q, want %q", p.name, got.Doubt, p.doubt)
		}
		if (len(got.Red) > 0) != p.red {
			t.Errorf("%s: other red %v, want %v", p.name, got.Red, p.red)
		}
	}
	t.Logf("%d pages, %d seals: %d found, %d missed, %d where there is none", len(pages), expected, found, missed, wrong)
}

// TestWritten: an opinion in the bureau's box is seen, and so is that there is none.
func TestWritten(t *testing.T) {
	for i, s := range []scan{{noise: 4, quality: 75}, {noise: 6, quality: 30, skew: 2}, {noise: 5, quality: 60, skew: -2.5, light: 0.8}} {
		for _, dpi := range []float64{100, 150, 200} {
			for _, written := range []bool{true, false} {
				d := newDrawing(dpi, uint64(i))
				if written {
					d.form()
				} else {
					d.unanswered()
				}
				d.stamp(135, 110, 20, 0.95).stamp(140, 228, 21, 0.95)
				got := seal.Find(d.scanned(s), 0)
				if got.Ink == nil || *got.Ink != written {
					t.Errorf("scan %d at %g dpi, written %v: %v", i, dpi, written, got.Ink)
				}
			}
		}
	}
}

// TestLastBoxes: with one seal the boxes of unit and bureau are told.
func TestLastBoxes(t *testing.T) {
	d := newDrawing(150, 1)
	d.form().stamp(140, 228, 21, 0.95)
	got := seal.Find(d.scanned(scan{noise: 4, quality: 60, skew: 1.5}), 0)
	if len(got.Boxes) != 2 || got.Boxes[0].Y < 15 || got.Boxes[0].Y > 25 || got.Boxes[1].Y < 135 || got.Boxes[1].Y > 145 {
		t.Errorf("boxes %v", got.Boxes)
	}
}

// BenchmarkFind is the cost of a page of 150 dpi, its JPEG already decoded.
func BenchmarkFind(b *testing.B) {
	pages := corpus()
	for _, name := range []string{"stamped-150", "unstamped-150", "photograph-150"} {
		for i, p := range pages {
			if p.name != name {
				continue
			}
			im := p.picture(i)
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					seal.Find(im, 210)
				}
			})
		}
	}
}
