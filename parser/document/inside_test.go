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
		{"photos.odt", ODT, 0, "门头/车间, 车间/展厅, 展厅/"},
		{"mixed.odt", ODT, 0, "一、LOGO/二、照片, 二、照片/, 二、照片/三、宣传图片, 三、宣传图片/"},
		{"photos.rtf", RTF, 0, "/, /, /"},
	} {
		in := insideFile(t, c.file)
		if in.Kind != c.kind || in.Slides != c.slides || around(in) != c.want {
			t.Errorf("%s: %s, %d slides, %s", c.file, in.Kind, in.Slides, around(in))
		}
		for _, p := range in.Pictures {
			if p.Width != 320 || p.Height != 240 || (p.Look == "") != (c.kind == DOC || c.kind == RTF) {
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

// An .rtf keeps a picture as digits or as bytes, in the line or in a shape that floats;
// what stands in its headers or only for old readers is none of the text's.
func TestPicturesInRTF(t *testing.T) {
	im := image.NewGray(image.Rect(0, 0, 250, 220))
	jpg, png, small := jpegBytes(im, 50), pngBytes(im), pngBytes(image.NewGray(image.Rect(0, 0, 90, 90)))
	digits := func(b []byte) string { return strings.ReplaceAll(fmt.Sprintf("%x", b), "ff", "ff\r\n") }
	bin := func(b []byte) string { return fmt.Sprintf(`\bin%d %s`, len(b), b) }
	for _, c := range []struct {
		name, body string
		want       int
	}{
		{"JPEG", `{\pict\picw9\jpegblip ` + digits(jpg) + `}`, 1},
		{"PNG in capitals", `{\pict\pngblip ` + strings.ToUpper(digits(png)) + `}`, 1},
		{"as Word writes it", `{\*\shppict{\pict{\*\picprop\shplid1{\sp{\sn x}{\sv 8}}}\jpegblip\bliptag-12{\*\blipuid 0011aabb}` + digits(jpg) + `}}{\nonshppict{\pict\wmetafile8 0100}}`, 1},
		{"bytes", `{\pict\jpegblip` + bin(jpg) + `}`, 1},
		{"floating", `{\shp{\*\shpinst\shpleft0{\sp{\sn shapeType}{\sv 75}}{\sp{\sn pib}{\sv {\pict\jpegblip ` + digits(jpg) + `}}}}{\shprslt\par}}`, 1},
		{"twice", `{\pict\jpegblip ` + digits(jpg) + `}{\pict\jpegblip ` + digits(jpg) + `}`, 1},
		{"two", `{\pict\jpegblip ` + digits(jpg) + `}{\pict\pngblip ` + digits(png) + `}`, 2},
		// must not
		{"in the header", `{\header {\pict\jpegblip ` + digits(jpg) + `}}`, 0},
		{"floating in the header", `{\header {\shp{\*\shpinst{\sp{\sn pib}{\sv {\pict\jpegblip` + bin(jpg) + `}}}}}}`, 0},
		{"only for old readers", `{\nonshppict{\pict\jpegblip ` + digits(jpg) + `}}`, 0},
		{"small", `{\pict\pngblip ` + digits(small) + `}`, 0},
		{"a metafile", `{\pict\wmetafile8 010009000003}`, 0},
		{"half a byte", `{\pict\jpegblip f}`, 0},
	} {
		b := []byte(`{\rtf1 ` + c.body + ` words}`)
		in, err := PicturesIn(bytes.NewReader(b), int64(len(b)))
		if err != nil || in.Kind != RTF || len(in.Pictures) != c.want {
			t.Errorf("%s: %d of %s, %v", c.name, len(in.Pictures), in.Kind, err)
		}
		if d, err := read(b); err != nil || len(d.Blocks) != 1 || d.Blocks[0].Text != " words" && d.Blocks[0].Text != "words" {
			t.Errorf("%s: words %+v, %v", c.name, d.Blocks, err)
		}
	}
}

// Notes and what was deleted are no text of an .odt; nor is a drawing of an object.
func TestPicturesInODT(t *testing.T) {
	pic := `<draw:frame><draw:image xlink:href="./Pictures/1.jpg"/></draw:frame>`
	for _, c := range []struct{ name, body, want string }{
		{"a caption", `<text:h>照片</text:h><text:p>` + pic + `</text:p><text:p>门头</text:p>`, "照片/门头"},
		{"behind a long text", `<text:p>` + strings.Repeat("一二三四五", 80) + `</text:p><text:p>` + pic + `</text:p>`, "/ tail"},
		{"in a table of text", `<table:table><table:table-cell><text:p>` + strings.Repeat("一二三四五", 80) + `</text:p><text:p>` + pic + `</text:p></table:table-cell></table:table>`, "/"},
		{"beside a note", `<text:p>照片<office:annotation><text:p>请补</text:p></office:annotation></text:p><text:p>` + pic + `</text:p>`, "照片/"},
		// must not
		{"deleted", `<text:tracked-changes><text:p>` + pic + `</text:p></text:tracked-changes><text:p>照片</text:p>`, ""},
		{"in a note", `<text:p>甲<office:annotation>` + pic + `</office:annotation></text:p>`, ""},
		{"of an object", `<text:p><draw:image xlink:href="./ObjectReplacements/Object 1"/></text:p>`, ""},
		{"elsewhere", `<text:p><draw:image xlink:href="http://x.example/1.jpg"/></text:p>`, ""},
	} {
		b := packed(t, []part{{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", "<office:document-content>" + c.body + "</office:document-content>"},
			{"Pictures/1.jpg", string(jpegBytes(image.NewGray(image.Rect(0, 0, 250, 220)), 50))}, {"ObjectReplacements/Object 1", string(pngBytes(image.NewGray(image.Rect(0, 0, 250, 220))))}})
		in, err := PicturesIn(bytes.NewReader(b), int64(len(b)))
		if got := around(in); err != nil || got != c.want {
			t.Errorf("%s: %s, want %s, %v", c.name, got, c.want, err)
		}
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
	for _, name := range []string{"photos.doc", "photos.odt", "photos.rtf", "deck.pptx"} {
		f.Add(contents(f, "testdata/inside/"+name))
	}
	f.Add(storage(map[string]string{"PowerPoint Document": "\x0f\x00\xf0\x0f\x00\x00\x00\x00\x00\x00\xa0\x0f\x04\x00\x00\x00\x3a\x67\xc6\x5b"}))
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

// A stream of nothing but the beginnings of pictures, or of records, is read in one pass.
func BenchmarkHostileStreams(b *testing.B) {
	marks, records := bytes.Repeat([]byte{0xff, 0xd8, 0xff}, 1<<18), bytes.Repeat([]byte{0, 0, 0xa0, 0x0f, 0, 0, 0, 0}, 1<<18)
	for b.Loop() {
		picturesAmong(marks, map[uint32]bool{})
		slideWords(records)
	}
}

// Records are read up to a number of them.
func TestSlideRecordsEnd(t *testing.T) {
	empty := bytes.Repeat([]byte{0, 0, 0x01, 0x10, 0, 0, 0, 0}, maxRecords-1)
	words := []byte{0, 0, 0xa0, 0x0f, 2, 0, 0, 0, 'A', 0}
	if got := slideWords(append(empty, words...)); got != "A\n" {
		t.Errorf("the last record is %q", got)
	}
	if got := slideWords(append(append(empty, empty[:8]...), words...)); got != "" {
		t.Errorf("behind the last record %q", got)
	}
}
