package document

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"os"
	"strings"
	"testing"
)

func insideFile(t *testing.T, name string) Inside {
	t.Helper()
	b, err := os.ReadFile("testdata/inside/" + name)
	if err != nil {
		t.Fatal(err)
	}
	in, err := PicturesIn(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return in
}

// around is what stands around pictures: `above/below@slide`, a tail marked.
func around(in Inside) string {
	var out []string
	for _, p := range in.Pictures {
		s := p.Above + "/" + p.Below
		if p.Page > 0 {
			s += fmt.Sprint("@", p.Page)
		}
		if p.Tail {
			s += " tail"
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

// Documents by LibreOffice: a picture that stands twice is one, a small one none.
func TestPicturesInFiles(t *testing.T) {
	for _, c := range []struct {
		file, kind string
		slides     int
		want       string
	}{
		{"photos.docx", DOCX, 0, "门头/车间, 车间/展厅, 展厅/"},
		{"mixed.docx", DOCX, 0, "一、LOGO/二、照片, 二、照片/, 二、照片/三、宣传图片, 三、宣传图片/"},
		{"slides.pptx", PPTX, 4, "LOGO/@1, 照片/@2, 照片/@2, 照片/@3, 宣传图片/@4"},
		{"photos.doc", DOC, 0, "/, /, /"},
	} {
		in := insideFile(t, c.file)
		if in.Kind != c.kind || in.Slides != c.slides || around(in) != c.want {
			t.Errorf("%s: %s, %d slides, %s", c.file, in.Kind, in.Slides, around(in))
		}
		for _, p := range in.Pictures {
			if p.Width != 320 || p.Height != 240 || (p.Look == "") != (c.kind == DOC || c.kind == PPT) {
				t.Errorf("%s: %+v", c.file, p.Picture)
			}
		}
	}
}

// withPictures is a .docx whose body names pictures as PIC1, PIC2, …; PIC3 is the
// same file as PIC1, PIC4 is small, PIC5 is no picture, PIC6 is outside.
func withPictures(t testing.TB, body string) []byte {
	t.Helper()
	pic := func(hue uint8, w, h int) string {
		im := image.NewRGBA(image.Rect(0, 0, w, h))
		for i := range im.Pix {
			im.Pix[i] = uint8(i*int(hue)/7) | hue
		}
		return string(jpegBytes(im, 60))
	}
	rel := func(n int, target, mode string) string {
		return fmt.Sprintf(`<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="%s"%s/>`, n, target, mode)
	}
	for n := range 7 {
		body = strings.ReplaceAll(body, fmt.Sprintf("PIC%d", n), fmt.Sprintf(`<w:r><w:drawing><a:blip r:embed="rId%d"/></w:drawing></w:r>`, n))
	}
	first := pic(30, 240, 20)
	return packed(t, []part{
		{"word/document.xml", "<w:document><w:body>" + body + "</w:body></w:document>"},
		{"word/_rels/document.xml.rels", "<Relationships>" + rel(1, "media/1.jpg", "") + rel(2, `/word/media/2.jpg`, "") + rel(3, "media/3.jpg", "") +
			rel(4, "media/4.jpg", "") + rel(5, "media/5.emf", "") + rel(6, "http://x.example/6.jpg", ` TargetMode="External"`) + "</Relationships>"},
		{"word/media/1.jpg", first}, {"word/media/2.jpg", pic(200, 30, 210)}, {"word/media/3.jpg", first}, {"word/media/4.jpg", pic(90, 199, 15)}, {"word/media/5.emf", "no picture"},
		{"word/header1.xml", `<w:hdr><a:blip r:embed="rId2"/></w:hdr>`},
	})
}

func TestPicturesIn(t *testing.T) {
	long := wp(strings.Repeat("一二三四五六七八九十", 40))
	for _, c := range []struct{ name, body, want string }{
		{"captions above and below", wp("营业执照") + wp("PIC1") + wp("门头"), "营业执照/门头"},
		{"a picture in the line of its caption", wp("照片：PIC1"), "/照片："},
		{"the last short line counts, over a sentence", wp("二、照片") + wp("公司门头位于某某路，面积很大，人来人往，是本市的一处景观，吸引了许多人前来参观。") + wp("PIC1"), "二、照片/"},
		{"the same file twice", wp("PIC1") + wp("PIC1") + wp("PIC3"), "/"},
		{"another", wp("PIC1PIC2"), "/, /"},
		{"behind a long text", long + wp("PIC1") + wp("附件1"), "/附件1 tail"},
		{"behind a form's table", wt(wr(wc("", long))) + wp("PIC1"), "/ tail"},
		{"in a small table behind it", wt(wr(wc("", long))) + wt(wr(wc("", wp("PIC1")), wc("", wp("PIC2")))), "/ tail, / tail"},
		{"a seal in the form's last box", wt(wr(wc("", long)), wr(wc("", wp("单位（盖章）PIC1")))), "/单位（盖章）"},
		{"among a text", wp("PIC1") + long + wp("PIC2") + long, "/, /"},
		// must not
		{"too small, no picture, outside, unknown", wp("PIC4PIC5PIC6PIC0"), ""},
		{"only in the header", wp("甲"), ""},
		{"a far heading", wp("照片") + strings.Repeat(wp("这是一个很长的句子。"), 7) + wp("PIC1"), "/"},
	} {
		b := withPictures(t, c.body)
		in, err := PicturesIn(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if got := around(in); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	for name, b := range map[string][]byte{"a picture": jpegBytes(image.NewRGBA(image.Rect(0, 0, 9, 9)), 50), "a zip": packed(t, []part{{"a.txt", "a"}}), "nothing": nil} {
		if _, err := PicturesIn(bytes.NewReader(b), int64(len(b))); !errors.Is(err, ErrUnsupported) {
			t.Errorf("%s: %v", name, err)
		}
	}
	broken := packed(t, []part{{"word/document.xml", "<w:p><"}, {"word/_rels/document.xml.rels", `<Relationships><Relationship Id="a" Type="x/image" Target="a"/></Relationships>`}})
	if _, err := PicturesIn(bytes.NewReader(broken), int64(len(broken))); !errors.Is(err, ErrBroken) {
		t.Errorf("broken: %v", err)
	}
}

// Pictures of a .doc that begin alike are several; one that stands twice is one,
// whatever lies behind it.
func TestPicturesAmong(t *testing.T) {
	page := func(last uint8) []byte {
		im := image.NewGray(image.Rect(0, 0, 300, 300))
		for i := range im.Pix {
			im.Pix[i] = uint8(i * i >> 3)
		}
		im.Pix[len(im.Pix)-1] = last
		return append(jpegBytes(im, 90), last)
	}
	drawn := func(last uint8) []byte {
		im := image.NewGray(image.Rect(0, 0, 300, 300))
		im.Pix[len(im.Pix)-1] = last
		return append(pngBytes(im), last)
	}
	a, b := page(1), page(250)
	if len(a) < 8192 || !bytes.Equal(a[:4096], b[:4096]) {
		t.Fatal("the pages do not begin alike")
	}
	small := jpegBytes(image.NewGray(image.Rect(0, 0, 60, 60)), 90)
	for name, c := range map[string]struct {
		parts [][]byte
		want  int
	}{
		"two that begin alike":      {[][]byte{a, b}, 2},
		"one twice":                 {[][]byte{a, {1, 2, 3}, a}, 1},
		"one twice, others behind":  {[][]byte{a, {1, 2}, b, {3}, a, {4, 5}, b}, 2},
		"a drawing twice":           {[][]byte{drawn(1), {7}, drawn(1), drawn(9)}, 2},
		"a small one is none":       {[][]byte{small, a, small}, 1},
		"nothing, or only its mark": {[][]byte{{0xff, 0xd8, 0xff}, []byte("\x89PNG\r\n")}, 0},
	} {
		if got := picturesAmong(bytes.Join(c.parts, nil), map[uint32]bool{}); len(got) != c.want {
			t.Errorf("%s: %d, want %d", name, len(got), c.want)
		}
	}
}

// A picture inside a document is decoded up to what a phone takes; of a larger one
// the size is known.
func TestLargePictureInside(t *testing.T) {
	for _, c := range []struct {
		wide, high int
		looked     bool
	}{{320, 240, true}, {4032, 3024, true}, {4032, 3200, false}, {8000, 6000, false}} {
		im := image.NewGray(image.Rect(0, 0, c.wide, c.high))
		for y := range c.high {
			for x := range c.wide / 2 {
				im.Pix[y*im.Stride+x] = uint8(200 * y / c.high)
			}
		}
		b := packed(t, []part{{"word/document.xml", `<w:document><w:body><w:p><a:blip r:embed="rId1"/></w:p></w:body></w:document>`},
			{"word/_rels/document.xml.rels", `<Relationships><Relationship Id="rId1" Type="x/image" Target="media/1.png"/></Relationships>`},
			{"word/media/1.png", string(pngBytes(im))}})
		in, err := PicturesIn(bytes.NewReader(b), int64(len(b)))
		if err != nil || len(in.Pictures) != 1 {
			t.Fatalf("%dx%d: %+v %v", c.wide, c.high, in, err)
		}
		if p := in.Pictures[0]; p.Width != c.wide || p.Height != c.high || (p.Look != "") != c.looked {
			t.Errorf("%dx%d: %+v", c.wide, c.high, p)
		}
	}
}

// Whatever the bytes: an answer or an error, never more than the limit, sizes that
// a picture can have.
func FuzzPicturesIn(f *testing.F) {
	f.Add(withPictures(f, wt(wr(wc("", wp("照片"), wp("PIC1PIC2"))))+wp("PIC3PIC4PIC5PIC6")))
	f.Add(packed(f, []part{{"ppt/presentation.xml", ""}, {"ppt/slides/slide1.xml", `<a:blip r:embed="a"/>`},
		{"ppt/slides/_rels/slide1.xml.rels", `<Relationships><Relationship Id="a" Type="x/image" Target="../media/a"/></Relationships>`}, {"ppt/media/a", "a"}}))
	ole, err := os.ReadFile("testdata/inside/photos.doc")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(ole)
	f.Fuzz(func(t *testing.T, b []byte) {
		in, err := PicturesIn(bytes.NewReader(b), int64(len(b)))
		if len(in.Pictures) > maxInner || err == nil && in.Kind == "" {
			t.Fatalf("%d pictures, %q, %v", len(in.Pictures), in.Kind, err)
		}
		for _, p := range in.Pictures {
			if max(p.Width, p.Height) < leastInner || len([]rune(p.Above)) > maxCaption || len([]rune(p.Below)) > maxCaption {
				t.Fatalf("%+v", p)
			}
		}
	})
}
