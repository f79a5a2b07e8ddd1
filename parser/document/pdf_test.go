package document

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
)

// realForm is a form as LibreOffice writes it, two pages with ruled tables.
func realForm(t *testing.T) []byte {
	t.Helper()
	b, err := os.ReadFile("../form/testdata/table.pdf")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// handmade writes a PDF of plain pages. Each page's content is given as PDF
// operators; Helvetica is /F.
func handmade(pages ...string) []byte {
	var objects []string
	kids := ""
	for i, p := range pages {
		kids += fmt.Sprintf("%d 0 R ", 4+2*i)
		objects = append(objects,
			fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>", 5+2*i),
			fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(p), p))
	}
	objects = append([]string{
		"<</Type/Catalog/Pages 2 0 R>>",
		fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(pages), kids),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
	}, objects...)
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, a := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, xref)
	return b.Bytes()
}

// show sets a line of text at a place.
func show(x, y int, s string) string {
	return fmt.Sprintf("BT /F 12 Tf %d %d Td (%s) Tj ET\n", x, y, s)
}

// changed runs a file through pdfcpu.
func changed(t *testing.T, b []byte, f func(in *bytes.Reader, out *bytes.Buffer) error) []byte {
	t.Helper()
	api.DisableConfigDir()
	var out bytes.Buffer
	if err := f(bytes.NewReader(b), &out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// protected sets passwords (AES-256).
func protected(t *testing.T, user, owner string) []byte {
	return changed(t, realForm(t), func(in *bytes.Reader, out *bytes.Buffer) error {
		return api.Encrypt(in, out, model.NewAESConfiguration(user, owner, 256))
	})
}

// scan is a PDF of one page that is a picture.
func scan(t *testing.T) []byte {
	img := image.NewGray(image.Rect(0, 0, 620, 877))
	for i := range img.Pix {
		img.Pix[i] = color.Gray{Y: uint8(i * 7)}.Y
	}
	var j bytes.Buffer
	if err := jpeg.Encode(&j, img, nil); err != nil {
		t.Fatal(err)
	}
	return changed(t, nil, func(_ *bytes.Reader, out *bytes.Buffer) error {
		return api.ImportImages(nil, out, []io.Reader{&j}, nil, nil)
	})
}

// TestPDF holds all cases that need PDFium, which is compiled once for them.
func TestPDF(t *testing.T) {
	cache := filepath.Join(t.TempDir(), "cache")
	if err := Warm(cache); err != nil {
		t.Fatal(err)
	}
	open := func(b []byte) (Document, error) {
		return readBy(Options{CacheDir: cache}, b)
	}
	whole, err := open(realForm(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Run("form", func(t *testing.T) { wantForm(t, whole) })
	t.Run("same text", func(t *testing.T) { sameText(t, open, drawing(whole)) })
	t.Run("refused", func(t *testing.T) { refusedPDF(t, open) })
	t.Run("layout", func(t *testing.T) { layouts(t, open) })
	t.Run("corpus", func(t *testing.T) { corpusPDF(t, cache) })
	t.Run("trap", func(t *testing.T) { afterTrap(t, cache) })
	t.Run("scan", func(t *testing.T) {
		d, err := open(scan(t))
		if err != nil || !d.Scanned || d.Pages != 1 || d.Pictures != 1 || len(d.Blocks) != 0 {
			t.Errorf("%v %+v", err, d)
		}
	})
	t.Run("page count that lies", func(t *testing.T) {
		b := bytes.Replace(handmade(show(72, 700, "only page")), []byte("/Count 1/"), []byte("/Count 1000000/"), 1)
		d, err := open(b)
		if err != nil || d.Pages != 1 || drawing(d) != "P only page" {
			t.Errorf("%v %+v", err, d)
		}
	})
}

func wantForm(t *testing.T, d Document) {
	if d.Kind != PDF || d.Pages != 2 || d.Scanned || d.Pictures != 0 {
		t.Errorf("%+v", d)
	}
	text := drawing(d)
	for _, row := range []string{
		"P 广东省电子商务优秀案例申报表\n",
		"T |参评单位 |{3}佛山市某某家居有限公司\n",
		"T |参评领域 |{3}□电子商务园区 ☑电子商务企业\n□电商平台 □电商服务 □电商营销\n",
		"T |日常联系人 |王样本 |联系电话及邮箱 |0757-83001234\nyangben@jiaju.example\n",
		"\n难点在于不同工厂的设备与数据标准不一。\n",
	} {
		if !strings.Contains(text, row) {
			t.Errorf("no %q in\n%s", row, text)
		}
	}
	onPage := map[int]int{}
	for _, b := range d.Blocks {
		onPage[b.Page]++
	}
	if onPage[1] == 0 || onPage[2] == 0 || onPage[0] != 0 {
		t.Errorf("blocks by page: %v", onPage)
	}
}

// sameText reads the form in other clothes.
func sameText(t *testing.T, open func([]byte) (Document, error), want string) {
	plain := realForm(t)
	for name, b := range map[string][]byte{
		"end cut off":      plain[:len(plain)-200],
		"junk before":      append([]byte("junk\r\n"), plain...),
		"owner's password": protected(t, "", "geheim"),
		"turned":           changed(t, plain, func(in *bytes.Reader, out *bytes.Buffer) error { return api.Rotate(in, out, 90, nil, nil) }),
		"object streams":   changed(t, plain, func(in *bytes.Reader, out *bytes.Buffer) error { return api.Optimize(in, out, nil) }),
	} {
		d, err := open(b)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if got := drawing(d); got != want {
			t.Errorf("%s:\n%s", name, got)
		}
	}
}

func refusedPDF(t *testing.T, open func([]byte) (Document, error)) {
	plain := realForm(t)
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"user's password": {protected(t, "geheim", "geheimer"), ErrEncrypted},
		"half of it":      {plain[:len(plain)/2], ErrBroken},
		"header only":     {[]byte("%PDF-1.7\n"), ErrBroken},
		"no pages":        {handmade(), ErrBroken},
		"noise":           {append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte{0xA5, 0x00, 0x17}, 5000)...), ErrBroken},
	} {
		if d, err := open(c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v %+v, want %v", name, err, d, c.want)
		}
	}
}

func layouts(t *testing.T, open func([]byte) (Document, error)) {
	const grid = "0.5 w 72 600 m 472 600 l S 72 650 m 472 650 l S 72 700 m 472 700 l S 72 600 m 72 700 l S 200 600 m 200 700 l S 472 600 m 472 700 l S\n"
	const boxes = "72 650 128 50 re S 200 650 272 50 re S 72 600 128 50 re S 200 600 272 50 re S\n"
	cells := show(80, 670, "label") + show(210, 670, "value") + show(80, 620, "below") + show(210, 620, "more")
	for _, c := range []struct{ name, page, want string }{
		{"lines", grid + cells, "T |label |value\nT |below |more"},
		{"one path a cell", boxes + cells, "T |label |value\nT |below |more"},
		{"filled lines", "72 600 400 1 re f 72 649 400 1 re f 72 700 400 1 re f 72 600 1 100 re f 200 600 1 100 re f 472 600 1 100 re f\n" + cells, "T |label |value\nT |below |more"},
		{"no lines", cells, "P label\\tvalue\nP below\\tmore"},
		{"drawn out of order", show(210, 670, "value") + show(80, 620, "below") + show(80, 670, "label"), "P label\\tvalue\nP below"},
		{"drawn twice for weight", show(72, 700, "bold") + "BT /F 12 Tf 72.3 700 Td (bold) Tj ET\n", "P bold"},
		{"page number left out", show(72, 700, "text of the page") + show(290, 30, "- 3 -"), "P text of the page"},
		{"background is no table", "0.9 g 0 0 595 842 re f 0 g\n" + show(72, 700, "text"), "P text"},
		{"text that runs upwards", "0 1 -1 0 595 0 cm\n" + grid + cells, "T |label |value\nT |below |more"},
		{"text upside down", "-1 0 0 -1 595 842 cm\n" + grid + cells, "T |label |value\nT |below |more"},
		{"text that runs downwards", "0 -1 1 0 0 842 cm\n" + grid + cells, "T |label |value\nT |below |more"},
		{"box", "72 700 10 10 re S\n" + show(86, 701, "yes"), "P □ yes"},
		{"box of four lines", "72 700 m 82 700 l S 72 710 m 82 710 l S 72 700 m 72 710 l S 82 700 m 82 710 l S\n" + show(86, 701, "yes"), "P □ yes"},
		{"tick drawn in a box", "72 700 10 10 re S 74 705 m 76 702 l 81 709 l S\n" + show(86, 701, "yes"), "P ☑ yes"},
		{"cross as high as the box", "72 700 10 10 re S 72 700 m 82 710 l S 72 710 m 82 700 l S\n" + show(86, 701, "yes"), "P ☑ yes"},
		{"letter x in a box", "72 700 10 10 re S\n" + show(74, 702, "x") + show(86, 701, "yes"), "P ☑ yes"},
		{"full beside an empty one", "72 700 10 10 re f 172 700 10 10 re S\n" + show(86, 701, "yes") + show(186, 701, "no"), "P ☑ yes\\t□ no"},
		{"full square alone is a bullet", "72 700 10 10 re f\n" + show(86, 701, "item"), "P item"},
		{"another letter in a box", "72 700 14 14 re S\n" + show(75, 702, "A") + show(95, 701, "yes"), "T |A\nP yes"},
		{"squares for digits", "72 700 14 14 re S 86 700 14 14 re S 100 700 14 14 re S\n" + show(120, 701, "code"), "P code"},
		{"square cell of a table", "72 700 16 16 re S 88 700 100 16 re S 72 684 16 16 re S 88 684 100 16 re S\n" + show(92, 704, "one") + show(92, 688, "two"), "T | |one\nT | |two"},
		{"box without words", "72 700 10 10 re S\n" + show(286, 601, "far"), "P far"},
		{"coloured square of a legend", "1 0 0 rg 72 700 10 10 re f 0 0 1 rg 172 700 10 10 re f 0 g\n" + show(86, 701, "one") + show(186, 701, "two"), "P one\\ttwo"},
		{"empty page", "", ""},
	} {
		d, err := open(handmade(c.page))
		if err != nil || drawing(d) != c.want {
			t.Errorf("%s: %v\n got %s\nwant %s", c.name, err, drawing(d), c.want)
		}
	}
}

// A cache that cannot be used costs time, not the text.
func TestPDFWithoutCache(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	b := handmade(show(72, 700, "text"))
	d, err := readBy(Options{CacheDir: file, Fill: true}, b)
	if err != nil || drawing(d) != "P text" {
		t.Errorf("%v %+v", err, d)
	}
	if err := Warm(file); err == nil {
		t.Error("a file was taken for a folder")
	}
}

// A reader without leave to fill the cache uses it only if compiled code is there.
func TestFilled(t *testing.T) {
	dir := t.TempDir()
	sub := filepath.Join(dir, "wazero-x")
	if err := os.Mkdir(sub, 0o700); err != nil {
		t.Fatal(err)
	}
	if filled(dir) || filled(filepath.Join(dir, "absent")) {
		t.Error("an empty folder is a cache")
	}
	if err := os.WriteFile(filepath.Join(sub, "code"), make([]byte, 2<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	if !filled(dir) {
		t.Error("a cache is not seen")
	}
}

func BenchmarkRead(b *testing.B) {
	cache := b.TempDir()
	if err := Warm(cache); err != nil {
		b.Fatal(err)
	}
	for _, name := range []string{"long.docx", "long.pdf"} {
		data, err := os.ReadFile("../form/testdata/" + name)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := readBy(Options{CacheDir: cache}, data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("warm", func(b *testing.B) {
		for b.Loop() {
			if err := Warm(cache); err != nil {
				b.Fatal(err)
			}
		}
	})
}
