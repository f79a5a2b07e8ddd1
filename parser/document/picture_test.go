package document

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"path/filepath"
	"testing"

	"golang.org/x/image/draw"
)

// product is a photograph of goods on white, as shops take them: one of a series
// by its shape and colour.
func product(kind int, c color.RGBA) image.Image {
	im := image.NewRGBA(image.Rect(0, 0, 1200, 900))
	for y := range 900 {
		for x := range 1200 {
			v := 250 - uint8(20*math.Hypot(float64(x-600)/600, float64(y-450)/450)/1.5) // the light falls off
			in := false
			u, w := float64(x-600), float64(y-450)
			switch kind {
			case 0: // a bottle
				in = math.Abs(u) < 110 && w > -150 && w < 320 || math.Abs(u) < 45 && w > -330 && w <= -150
			case 1: // a box
				in = math.Abs(u) < 330 && math.Abs(w) < 210
			case 2: // a plate
				in = math.Hypot(u/400, w/260) < 1 && math.Hypot(u/250, w/150) > 0.96
			case 3: // a bottle lying
				in = math.Abs(w) < 110 && u > -150 && u < 320 || math.Abs(w) < 45 && u > -330 && u <= -150
			}
			p := color.RGBA{v, v, v, 255}
			if in {
				l := 0.75 + 0.25*math.Sin(u/60+w/90)
				p = color.RGBA{uint8(float64(c.R) * l), uint8(float64(c.G) * l), uint8(float64(c.B) * l), 255}
			}
			im.SetRGBA(x, y, p)
		}
	}
	return im
}

func jpegBytes(im image.Image, quality int) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, im, &jpeg.Options{Quality: quality}); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func pngBytes(im image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, im); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// cutOut is a picture cut at its sides and scaled.
func cutOut(im image.Image, cut, scale float64) image.Image {
	b := im.Bounds()
	dx, dy := int(cut*float64(b.Dx())), int(cut*float64(b.Dy()))
	from := image.Rect(b.Min.X+dx, b.Min.Y+dy, b.Max.X-dx, b.Max.Y-dy)
	out := image.NewRGBA(image.Rect(0, 0, int(scale*float64(from.Dx())), int(scale*float64(from.Dy()))))
	draw.BiLinear.Scale(out, out.Rect, im, from, draw.Src, nil)
	return out
}

func pictureOf(t *testing.T, b []byte) Picture {
	t.Helper()
	p, _, err := ReadPicture(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestAlike: a picture sent twice is known again, others of its series are not it.
func TestAlike(t *testing.T) {
	blue, green := color.RGBA{40, 80, 170, 255}, color.RGBA{60, 150, 80, 255}
	var set []Picture
	for kind := range 4 {
		for _, c := range []color.RGBA{blue, green} {
			im := product(kind, c)
			first := pictureOf(t, jpegBytes(im, 90))
			for name, b := range map[string][]byte{
				"encoded anew": jpegBytes(im, 40), "as PNG": pngBytes(im), "half as large": jpegBytes(cutOut(im, 0, 0.5), 80),
				"a quarter as large": jpegBytes(cutOut(im, 0, 0.25), 70), "cut by 1 %": jpegBytes(cutOut(im, 0.01, 1), 80), "cut by 2 % and smaller": jpegBytes(cutOut(im, 0.02, 0.7), 75),
			} {
				if again := pictureOf(t, b); !first.Alike(again) || !again.Alike(first) {
					d, _ := first.apart(again)
					t.Errorf("product %d %v, %s: not known again (%+v)", kind, c, name, d)
				}
			}
			for k, other := range set {
				if first.Alike(other) {
					d, _ := first.apart(other)
					t.Errorf("product %d %v is taken for number %d (%+v)", kind, c, k, d)
				}
			}
			set = append(set, first)
		}
	}
}

// overwritten has noise at and behind the first of a kind of segment.
func overwritten(b []byte, segment string) []byte {
	out := bytes.Clone(b)
	at := bytes.Index(out, []byte(segment)) + 4
	if segment == "\xff\xda" {
		at += 400
	}
	copy(out[at:], "\xd7\x91\xe3\x4b\xc2")
	return out
}

// TestReadPicture: what is no picture, or a damaged one, says so.
func TestReadPicture(t *testing.T) {
	whole := jpegBytes(product(1, color.RGBA{200, 60, 60, 255}), 80)
	if p := pictureOf(t, whole); p.Width != 1200 || p.Height != 900 || p.Look == "" {
		t.Errorf("%+v", p)
	}
	for _, c := range []struct {
		name string
		b    []byte
		want error
	}{
		{"text", []byte("照片稍后补"), ErrUnsupported},
		{"nothing", nil, ErrUnsupported},
		{"cut in the middle", whole[:len(whole)/2], ErrBroken},
		{"cut in its head", whole[:30], ErrBroken},
		{"its tables overwritten", overwritten(whole, "\xff\xc4"), ErrBroken},
		{"a few bytes of its scan overwritten, which viewers show", overwritten(whole, "\xff\xda"), nil},
	} {
		if _, _, err := ReadPicture(bytes.NewReader(c.b), int64(len(c.b))); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	large := image.NewGray(image.Rect(0, 0, 9000, 6000)) // 54 million pixels
	p, im, err := ReadPicture(bytes.NewReader(pngBytes(large)), int64(len(pngBytes(large))))
	if err != nil || im != nil || p != (Picture{Format: "png", Width: 9000, Height: 6000}) {
		t.Errorf("a picture of 54 million pixels: %+v, %v", p, err)
	}
}

// FuzzReadPicture: foreign bytes yield a picture or one of the errors.
func FuzzReadPicture(f *testing.F) {
	small := cutOut(product(0, color.RGBA{90, 60, 160, 255}), 0, 0.03)
	f.Add(jpegBytes(small, 60))
	f.Add(pngBytes(small))
	f.Add([]byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"))
	f.Add([]byte("BM"))
	f.Add([]byte("II*\x00\x08\x00\x00\x00"))
	made, err := filepath.Glob("testdata/pictures/*.*")
	if err != nil || len(made) == 0 {
		f.Fatal("no pictures", err)
	}
	for _, name := range made {
		f.Add(contents(f, name))
	}
	f.Add([]byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, im, err := ReadPicture(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			if !errors.Is(err, ErrUnsupported) && !errors.Is(err, ErrBroken) && !errors.Is(err, ErrTooLarge) {
				t.Errorf("error of no kind: %v", err)
			}
			return
		}
		if im != nil && (p.Width <= 0 || p.Height <= 0 || !p.Alike(p)) {
			t.Errorf("%+v is not like itself", p)
		}
	})
}

// FuzzAlike: a look from a journal may be anything.
func FuzzAlike(f *testing.F) {
	f.Add("", "00")
	f.Add(imprint(smallOf(product(2, color.RGBA{10, 20, 30, 255}))), "zz")
	f.Fuzz(func(t *testing.T, a, b string) {
		p, o := Picture{Width: 100, Height: 100, Look: a}, Picture{Width: 100, Height: 100, Look: b}
		if p.Alike(o) != o.Alike(p) {
			t.Error("of two, only one is like the other")
		}
	})
}

// sheetOfPaper is a page as a scanner gives it: lines of words on the paper's colour, a
// frame where there is one, a seal.
func sheetOfPaper(w, h int, paper, frame color.RGBA) image.Image {
	im := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(im, im.Rect, image.NewUniform(paper), image.Point{}, draw.Src)
	box := func(x1, y1, x2, y2 int, c color.Color) {
		draw.Draw(im, image.Rect(x1, y1, x2, y2), image.NewUniform(c), image.Point{}, draw.Src)
	}
	if frame.A > 0 {
		box(w/30, h/30, w-w/30, h-h/30, frame)
		box(w/22, h/22, w-w/22, h-h/22, paper)
	}
	for y := h / 8; y < h*7/8; y += h / 40 {
		for x := w / 8; x < w*7/8; x += w / 45 {
			box(x, y, x+w/70, y+h/90, color.RGBA{60, 60, 60, 255})
		}
	}
	for y := range h / 8 {
		for x := range w / 5 {
			if d := math.Hypot(float64(x-w/10)/float64(w/10), float64(y-h/16)/float64(h/16)); d > 0.85 && d < 1 {
				im.SetRGBA(w*3/5+x, h*3/4+y, color.RGBA{210, 60, 60, 255})
			}
		}
	}
	return im
}

func TestPageLike(t *testing.T) {
	white, cream, blue, dark := color.RGBA{250, 250, 250, 255}, color.RGBA{243, 236, 216, 255}, color.RGBA{90, 140, 220, 255}, color.RGBA{120, 118, 115, 255}
	none, gold := color.RGBA{}, color.RGBA{200, 160, 80, 255}
	cut := image.NewRGBA(image.Rect(0, 0, 1240, 877))
	draw.ApproxBiLinear.Scale(cut, cut.Rect, product(1, color.RGBA{200, 40, 40, 255}), image.Rect(0, 0, 1200, 900), draw.Src, nil)
	for _, c := range []struct {
		name string
		im   image.Image
		want bool
	}{
		{"a scanned page", sheetOfPaper(1240, 1754, white, none), true},
		{"a page on its side", sheetOfPaper(1754, 1240, white, none), true},
		{"a certificate with its frame on cream", sheetOfPaper(1754, 1240, cream, gold), true},
		{"a page that was scanned a little short", sheetOfPaper(1240, 1740, white, none), true},
		{"words on a photograph's shape", sheetOfPaper(1200, 1600, white, none), false},
		{"a poster of a page's shape", sheetOfPaper(1240, 1754, blue, none), false},
		{"a dark picture of a page's shape", sheetOfPaper(1240, 1754, dark, none), false},
		{"goods on white, of a page's shape", cut, false},
		{"goods on white", product(0, color.RGBA{40, 90, 160, 255}), false},
		{"a square sign", sheetOfPaper(600, 600, white, none), false},
		{"a tall picture", sheetOfPaper(750, 4000, white, none), false},
	} {
		if got := pictureOf(t, jpegBytes(c.im, 80)).PageLike(); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	if (Picture{Width: 1240, Height: 1754}).PageLike() || (Picture{}).PageLike() {
		t.Error("a picture whose look is not known")
	}
}

// TestSizeOfPicture: without decoding a picture is what it is with it, but for its
// look and a camera's turn.
func TestSizeOfPicture(t *testing.T) {
	files, err := filepath.Glob("testdata/pictures/*.*")
	if err != nil || len(files) < 20 {
		t.Fatal(files, err)
	}
	check := func(name string, b []byte) {
		whole, _, failed := ReadPicture(bytes.NewReader(b), int64(len(b)))
		p, err := SizeOfPicture(bytes.NewReader(b), int64(len(b)))
		same := p.Width == whole.Width && p.Height == whole.Height || p.Width == whole.Height && p.Height == whole.Width
		if (err == nil) != (failed == nil) || p.Format != whole.Format || !same || p.Look != "" {
			t.Errorf("%s: %+v %v, decoded %+v %v", name, p, err, whole, failed)
		}
	}
	for _, name := range files {
		if filepath.Ext(name) != ".sh" {
			check(name, contents(t, name))
		}
	}
	heic := contents(t, "testdata/pictures/one.heic")
	check("cut off", heic[:len(heic)/2])
	check("a head alone", contents(t, "testdata/pictures/grey.jpg")[:20])
	check("no picture", []byte("no picture"))
	check("nothing", nil)
}
