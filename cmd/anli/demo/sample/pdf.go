package sample

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"fmt"
	"math"
	"strings"
	"unicode/utf16"
)

// pdfFile collects the objects of a PDF 1.4 file. Object numbers count from 1.
type pdfFile struct{ objects []string }

func (f *pdfFile) add(body string) int {
	f.objects = append(f.objects, body)
	return len(f.objects)
}

// stream adds a stream. dict holds the entries beside Length; data is written as
// it is.
func (f *pdfFile) stream(dict string, data []byte) int {
	return f.add(fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data))
}

// bytes writes the file. The last object but one is the catalogue, the last the
// document's information.
func (f *pdfFile) bytes() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(f.objects))
	for i, o := range f.objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	n := len(f.objects)
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", n+1, n-1, n, start)
	return b.Bytes()
}

// finish adds page tree, catalogue and information for pages whose dictionaries
// lack only Type, Parent and MediaBox.
func (f *pdfFile) finish(title string, pages []string) []byte {
	tree := len(f.objects) + len(pages) + 1
	kids := make([]string, len(pages))
	for i, p := range pages {
		kids[i] = fmt.Sprintf("%d 0 R", f.add(fmt.Sprintf("<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]%s>>", tree, p)))
	}
	f.add(fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(pages), strings.Join(kids, " ")))
	f.add(fmt.Sprintf("<</Type/Catalog/Pages %d 0 R>>", tree))
	f.add(fmt.Sprintf("<</Title <%s>/CreationDate(D:20241011093000+08'00')>>", utf16Hex("\ufeff"+title)))
	return f.bytes()
}

func utf16Hex(s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return hex.EncodeToString(b)
}

func zlibbed(data []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, err := w.Write(data)
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(fmt.Sprintf("sample: zlib: %v", err)) // a bytes.Buffer does not fail
	}
	return b.Bytes()
}

// pdfText is a PDF of text and lines. Its font is STSong-Light with
// UniGB-UCS2-H, named and not embedded, as older office programs write it
// (ISO 32000-1, 9.7.5.2): the reader must bring the character map itself.
// Coordinates are points from the lower left corner of A4.
type pdfText struct {
	pages []*bytes.Buffer
}

func (d *pdfText) page() { d.pages = append(d.pages, &bytes.Buffer{}) }

func (d *pdfText) last() *bytes.Buffer { return d.pages[len(d.pages)-1] }

func (d *pdfText) put(x, y, size float64, s string) {
	fmt.Fprintf(d.last(), "BT /F1 %.4g Tf %.6g %.6g Td <%s> Tj ET\n", size, x, y, utf16Hex(s))
}

func (d *pdfText) center(y, size float64, s string) { d.put(297.5-textWidth(s, size)/2, y, size, s) }

func (d *pdfText) frame(x1, y1, x2, y2 float64) {
	fmt.Fprintf(d.last(), "0.6 w %.6g %.6g %.6g %.6g re S\n", x1, y1, x2-x1, y2-y1)
}

// seal draws an electronic seal: a ring of 4.2 cm for a radius of 59 points, signs
// along it, a star.
func (d *pdfText) seal(x, y, radius float64) {
	w := d.last()
	fmt.Fprintf(w, "q 0.84 0.17 0.2 RG 0.84 0.17 0.2 rg 3.4 w\n")
	r, k := radius-1.7, 0.5523*(radius-1.7) // of the curves that make a circle
	fmt.Fprintf(w, "%.6g %.6g m\n", x+r, y)
	for _, c := range [][6]float64{{r, k, k, r, 0, r}, {-k, r, -r, k, -r, 0}, {-r, -k, -k, -r, 0, -r}, {k, -r, r, -k, r, 0}} {
		fmt.Fprintf(w, "%.6g %.6g %.6g %.6g %.6g %.6g c\n", x+c[0], y+c[1], x+c[2], y+c[3], x+c[4], y+c[5])
	}
	fmt.Fprint(w, "S\n")
	for i := range 10 {
		a := (0.5 + float64(i)*0.2) * math.Pi
		far := radius * 0.33 * []float64{1, 0.382}[i%2]
		fmt.Fprintf(w, "%.6g %.6g %s\n", x+far*math.Cos(a), y+far*math.Sin(a), []string{"m", "l"}[min(i, 1)])
	}
	fmt.Fprint(w, "f 1.6 w\n")
	for i := range 13 {
		a := (235 - 290*float64(i)/12) * math.Pi / 180
		u, v := x+radius*0.74*math.Cos(a), y+radius*0.74*math.Sin(a)
		fmt.Fprintf(w, "%.6g %.6g 10 10 re %.6g %.6g m %.6g %.6g l S\n", u-5, v-5, u-5, v, u+5, v)
	}
	fmt.Fprint(w, "Q\n")
}

func (d *pdfText) bytes(title string) []byte {
	f := &pdfFile{}
	f.add("<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[2 0 R]>>")
	f.add("<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/W[1 95 500]/FontDescriptor 3 0 R>>")
	f.add("<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>")
	var pages []string
	for _, p := range d.pages {
		n := f.stream("/Filter/FlateDecode", zlibbed(p.Bytes()))
		pages = append(pages, fmt.Sprintf("/Resources<</Font<</F1 1 0 R>>>>/Contents %d 0 R", n))
	}
	return f.finish(title, pages)
}

// textWidth is the width of a line: ASCII is half as wide as a Chinese character.
func textWidth(s string, size float64) float64 {
	w := 0.0
	for _, r := range s {
		if r < 128 {
			w += size / 2
		} else {
			w += size
		}
	}
	return w
}

// wrap breaks text into lines of at most the given width; paragraphs stay
// apart. A closing mark does not begin a line.
func wrap(text string, width, size float64) []string {
	var out []string
	for _, p := range strings.Split(text, "\n") {
		line, used := "", 0.0
		for _, r := range p {
			w := textWidth(string(r), size)
			if used+w > width && !strings.ContainsRune("，。；：、）”》％%", r) {
				out = append(out, line)
				line, used = "", 0
			}
			line += string(r)
			used += w
		}
		out = append(out, line)
	}
	return out
}
