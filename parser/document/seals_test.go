package document

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"math"
	"strings"
	"testing"

	demo "anli/cmd/anli/demo/sample"
	"anli/parser/seal"
)

var testLabels = []SealLabel{{"applicant", []string{"参评单位盖章"}}, {"bureau", []string{"市商务局意见"}}}

// TestSeals shares one compiled PDFium among its parts.
func TestSeals(t *testing.T) {
	r := NewReader(Options{CacheDir: t.TempDir(), Fill: true})
	defer r.Close()
	for name, part := range map[string]func(*testing.T, *Reader){"scan": sealsOfScan, "text": sealsOfText, "one scan": sealsOfOneScan, "broken": sealsOfBroken} {
		t.Run(name, func(t *testing.T) { part(t, r) })
	}
}

func sealsOf(t *testing.T, r *Reader, pdf []byte) seal.Reading {
	t.Helper()
	got, err := r.Seals(bytes.NewReader(pdf), int64(len(pdf)), testLabels)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func formPDF(without ...string) []byte {
	p := demo.Package{City: "佛山市", Unit: "佛山市某某家居有限公司", Case: "家居产业带数字化", Scan: demo.TextPDF, Without: without}
	for _, f := range p.Files() {
		if strings.HasSuffix(f.Path, "（盖章）.pdf") {
			return f.Data
		}
	}
	panic("no form")
}

// sealsOfScan: every page of a scan is looked at, whatever it is packed in.
func sealsOfScan(t *testing.T, r *Reader) {
	for _, s := range []demo.Scan{{Title: "a", Pages: 3}, {Title: "b", Pages: 3, JPEG: true}} {
		got := sealsOf(t, r, s.PDF())
		if len(got.Pages) != 3 || got.Left != 0 || got.Signed != 0 {
			t.Fatalf("%+v: %+v", s, got)
		}
		for i, p := range got.Pages {
			if p.Number != i+1 || !p.Scan || p.Doubt != "" || len(p.Red) > 0 || len(p.Seals) != []int{0, 0, 2}[i] {
				t.Errorf("%+v: %+v", s, p)
			}
		}
		if ink := got.Pages[2].Ink; ink == nil || !*ink {
			t.Errorf("%+v: the opinion by hand is not seen", s)
		}
	}
	if got := sealsOf(t, r, demo.Scan{Title: "c", Pages: 3, Bare: true}.PDF()); len(got.Pages) != 3 || len(got.Pages[2].Seals)+len(got.Pages[2].Red) > 0 || got.Pages[2].Doubt != "" {
		t.Errorf("not stamped: %+v", got)
	}
	got := sealsOf(t, r, demo.Scan{Title: "d", Pages: maxSealPages + 5}.PDF())
	if len(got.Pages) != maxSealPages || got.Left != 5 {
		t.Errorf("a long scan: %d pages, %d left", len(got.Pages), got.Left)
	}
}

// sealsOfText: labels are found where they stand as the text is read, however
// the page lies, and the seals beside them.
func sealsOfText(t *testing.T, r *Reader) {
	plain := formPDF()
	for _, turn := range []int{0, 90, 180, 270} {
		pdf := bytes.ReplaceAll(plain, []byte("/MediaBox"), fmt.Appendf(nil, "/Rotate %d/MediaBox", turn))
		got := sealsOf(t, r, pdf)
		if len(got.Pages) != 1 || len(got.Pages[0].Labels) != 2 || len(got.Pages[0].Seals) != 2 || got.Pages[0].Scan || got.Pages[0].Doubt != "" {
			t.Errorf("turned %d: %+v", turn, got)
			continue
		}
		p := got.Pages[0]
		unit, bureau := p.Labels[0], p.Labels[1]
		if p.Width != 210 || math.Abs(float64(unit.Y-p.Seals[0].Y)) > 15 || p.Seals[1].Y < bureau.Y || bureau.Y < unit.Y || bureau.X > 40 {
			t.Errorf("turned %d: labels %v, seals %v", turn, p.Labels, p.Seals)
		}
		if p.Ink == nil || *p.Ink {
			t.Errorf("turned %d: ink beside the words on a page without pictures", turn)
		}
	}
	got := sealsOf(t, r, formPDF("seals"))
	if p := got.Pages[0]; len(got.Pages) != 1 || len(p.Seals)+len(p.Red) > 0 || len(p.Labels) != 2 || p.Doubt != "" {
		t.Errorf("not stamped: %+v", got)
	}
}

// onePagePDF shows a JPEG over a page of a size in points.
func onePagePDF(jpg []byte, w, h, width, height int, space, more string) []byte {
	content := fmt.Sprintf("q %d 0 0 %d 0 0 cm /Im0 Do Q", width, height)
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R" + more + ">>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
		fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Resources<</XObject<</Im0 4 0 R>>>>/Contents 5 0 R>>", width, height),
		fmt.Sprintf("<</Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/%s/Filter/DCTDecode/Length %d>>\nstream\n%s\nendstream", w, h, space, len(jpg), jpg),
		fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(content), content),
		"<</FT/Sig/T(a)/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/V 7 0 R>>",
		"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 10 20 10]/Contents<3082010203>>>",
		"<</FT/Sig/T(b)/Type/Annot/Subtype/Widget/Rect[0 0 0 0]>>",
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var offsets []int
	for i, o := range objects {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

// ringed is a page of 150 dpi with one red ring and star-like ink in it.
func ringed() *image.RGBA {
	im := image.NewRGBA(image.Rect(0, 0, 1240, 1754))
	for y := range 1754 {
		for x := range 1240 {
			c := color.RGBA{250, 249, 244, 255}
			r := math.Hypot(float64(x-800), float64(y-1300))
			a := math.Atan2(float64(x-800), float64(y-1300))
			if r < 124 && r > 117 || r < 40 || r > 80 && r < 105 && math.Sin(a*13) > 0.3 && math.Sin(r) > -0.5 {
				c = color.RGBA{214, 44, 52, 255}
			} else if y%60 < 20 && y < 900 && x > 120 && x < 1100 && (x/9+y/7)%3 == 0 {
				c = color.RGBA{60, 60, 64, 255}
			}
			im.SetRGBA(x, y, c)
		}
	}
	return im
}

// sealsOfOneScan: a page's size, its colours and electronic signatures.
func sealsOfOneScan(t *testing.T, r *Reader) {
	im := ringed()
	grey := image.NewGray(im.Rect)
	for y := range 1754 {
		for x := range 1240 {
			grey.Set(x, y, im.At(x, y))
		}
	}
	colour := jpegBytes(im, 60)
	for name, c := range map[string]struct {
		pdf    []byte
		seals  int
		doubt  string
		signed int
	}{
		"A4":                   {onePagePDF(colour, 1240, 1754, 595, 842, "DeviceRGB", ""), 1, "", 0},
		"a pixel a point":      {onePagePDF(colour, 1240, 1754, 1240, 1754, "DeviceRGB", ""), 1, "", 0},
		"small":                {onePagePDF(colour, 1240, 1754, 298, 421, "DeviceRGB", ""), 1, "", 0},
		"grey":                 {onePagePDF(jpegBytes(grey, 60), 1240, 1754, 595, 842, "DeviceGray", ""), 0, seal.DoubtGrey, 0},
		"signed":               {onePagePDF(colour, 1240, 1754, 595, 842, "DeviceRGB", "/AcroForm<</Fields[6 0 R]/SigFlags 3>>"), 1, "", 1},
		"a field to be signed": {onePagePDF(colour, 1240, 1754, 595, 842, "DeviceRGB", "/AcroForm<</Fields[8 0 R]/SigFlags 1>>"), 1, "", 0},
	} {
		got := sealsOf(t, r, c.pdf)
		if len(got.Pages) != 1 || len(got.Pages[0].Seals) != c.seals || got.Pages[0].Doubt != c.doubt || got.Signed != c.signed || !got.Pages[0].Scan {
			t.Errorf("%s: %+v", name, got)
		} else if c.seals == 1 && math.Abs(float64(got.Pages[0].Seals[0].X)-135.5) > 2 {
			t.Errorf("%s: the seal is at %+v", name, got.Pages[0].Seals[0])
		}
	}
}

// sealsOfBroken: what is no PDF says so.
func sealsOfBroken(t *testing.T, r *Reader) {
	for _, b := range []string{"", "%PDF-1.4 and nothing else", strings.Repeat("x", 3000)} {
		if _, err := r.Seals(strings.NewReader(b), int64(len(b)), testLabels); !errors.Is(err, ErrBroken) {
			t.Errorf("%.10q: %v", b, err)
		}
	}
}

// BenchmarkSeals is a page of a scan, 150 dpi, from PDF to what is seen on it.
func BenchmarkSeals(b *testing.B) {
	for name, s := range map[string]demo.Scan{"jpeg": {Title: "a", Pages: 3, JPEG: true}, "flate": {Title: "a", Pages: 3}} {
		pdf := s.PDF()
		b.Run(name, func(b *testing.B) {
			r := NewReader(Options{})
			defer r.Close()
			if _, err := r.Seals(bytes.NewReader(pdf), int64(len(pdf)), testLabels); err != nil {
				b.Fatal(err)
			}
			pages := 0
			for b.Loop() {
				got, err := r.Seals(bytes.NewReader(pdf), int64(len(pdf)), testLabels)
				if err != nil {
					b.Fatal(err)
				}
				pages += len(got.Pages)
			}
			b.ReportMetric(b.Elapsed().Seconds()*1000/float64(pages), "ms/page")
		})
	}
}
