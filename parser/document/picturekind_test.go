package document

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"strings"
	"testing"

	"image"

	"golang.org/x/image/draw"
)

// TestPictureKinds: what people and their telephones, scanners and programs send,
// written by real programs.
func TestPictureKinds(t *testing.T) {
	for _, c := range []struct {
		file string
		want Picture // without its look
		seen bool    // decoded
	}{
		{"one.png", Picture{Format: "png", Width: 96, Height: 64}, true},
		{"deep.png", Picture{Format: "png", Width: 96, Height: 64}, true}, // 16 bits a sample
		{"woven.png", Picture{Format: "png", Width: 96, Height: 64}, true},
		{"progressive.jpg", Picture{Format: "jpeg", Width: 96, Height: 64}, true},
		{"cmyk.jpg", Picture{Format: "jpeg", Width: 96, Height: 64}, true},
		{"grey.jpg", Picture{Format: "jpeg", Width: 96, Height: 64}, true},
		{"turned.jpg", Picture{Format: "jpeg", Width: 64, Height: 96}, true},
		{"still.gif", Picture{Format: "gif", Width: 96, Height: 64}, true},
		{"moving.gif", Picture{Format: "gif", Width: 96, Height: 64}, true},
		{"plain.bmp", Picture{Format: "bmp", Width: 96, Height: 64}, true},
		{"os2.bmp", Picture{Format: "bmp"}, false},
		{"lossy.webp", Picture{Format: "webp", Width: 96, Height: 64}, true},
		{"lossless.webp", Picture{Format: "webp", Width: 96, Height: 64}, true},
		{"moving.webp", Picture{Format: "webp", Width: 96, Height: 64}, false},
		{"one.tiff", Picture{Format: "tiff", Width: 96, Height: 64}, true},
		{"big-endian.tiff", Picture{Format: "tiff", Width: 96, Height: 64}, true},
		{"turned.tiff", Picture{Format: "tiff", Width: 64, Height: 96}, true},
		{"three.tiff", Picture{Format: "tiff", Width: 96, Height: 64, Pages: 3}, true},
		{"cmyk.tiff", Picture{Format: "tiff", Width: 96, Height: 64}, false},
		{"jpeg.tiff", Picture{Format: "tiff", Width: 96, Height: 64}, true},
		{"jpeg-strips.tiff", Picture{Format: "tiff", Width: 96, Height: 64}, true},
		{"jpeg-tiles.tiff", Picture{Format: "tiff", Width: 96, Height: 64}, true},
		{"jpeg-rgb.tiff", Picture{Format: "tiff", Width: 96, Height: 64}, true},
		{"jpeg-two.tiff", Picture{Format: "tiff", Width: 96, Height: 64, Pages: 2}, true},
		{"jpeg-big-endian.tiff", Picture{Format: "tiff", Width: 96, Height: 64}, true},
		{"jpeg-planes.tiff", Picture{Format: "tiff", Width: 96, Height: 64}, false},
		{"long.tiff", Picture{Format: "tiff"}, false},
		{"one.heic", Picture{Format: "heif", Width: 96, Height: 64}, false},
		{"one.avif", Picture{Format: "avif", Width: 96, Height: 64}, false},
	} {
		b := contents(t, "testdata/pictures/"+c.file)
		got, im, err := ReadPicture(bytes.NewReader(b), int64(len(b)))
		if err != nil || (im != nil) != c.seen || (got.Look != "") != c.seen {
			t.Errorf("%s: %+v, decoded %v, %v", c.file, got, im != nil, err)
		}
		if got.Look, got.Flat = "", false; got != c.want {
			t.Errorf("%s: %+v, want %+v", c.file, got, c.want)
		}
	}
}

// TestTurned: a picture that lies on its side looks as it does once it is turned.
func TestTurned(t *testing.T) {
	upright, plain := pictureOf(t, contents(t, "testdata/pictures/upright.jpg")), pictureOf(t, contents(t, "testdata/pictures/one.png"))
	for _, file := range []string{"turned.jpg", "turned.tiff"} {
		got := pictureOf(t, contents(t, "testdata/pictures/"+file))
		if !got.Alike(upright) || got.Alike(plain) {
			t.Errorf("%s is not as it is to be seen", file)
		}
	}
	im := image.NewRGBA(image.Rect(0, 0, 3, 2))
	for i := range 6 {
		im.Pix[4*i], im.Pix[4*i+3] = uint8('a'+i), 255
	}
	for turn, want := range map[int]string{1: "abc def", 2: "cba fed", 3: "fed cba", 4: "def abc", 5: "ad be cf", 6: "da eb fc", 7: "fc eb da", 8: "cf be ad"} {
		seen := asSeen(im, turn)
		out := image.NewRGBA(seen.Bounds())
		draw.Draw(out, out.Rect, seen, image.Point{}, draw.Src)
		var rows []string
		for y := range out.Rect.Dy() {
			row := ""
			for x := range out.Rect.Dx() {
				row += string(rune(out.RGBAAt(x, y).R))
			}
			rows = append(rows, row)
		}
		if got := strings.Join(rows, " "); got != want {
			t.Errorf("turn %d: %s, want %s", turn, got, want)
		}
	}
}

// TestJPEGInTIFF: each kind of it looks as the picture that was put in, its colours and
// places alike; the older kind is a JPEG file with a directory before it.
func TestJPEGInTIFF(t *testing.T) {
	_, plain, err := ReadPicture(bytes.NewReader(contents(t, "testdata/pictures/one.png")), int64(len(contents(t, "testdata/pictures/one.png"))))
	if err != nil {
		t.Fatal(err)
	}
	jpg := contents(t, "testdata/pictures/progressive.jpg")
	var old bytes.Buffer
	old.WriteString("II*\x00\x08\x00\x00\x00\x05\x00")
	for _, entry := range [][2]int{{256, 96}, {257, 64}, {tagCompression, oldJPEG}, {tagWhole, 74}, {tagWholeCount, len(jpg)}} {
		binary.Write(&old, binary.LittleEndian, []uint16{uint16(entry[0]), 4, 1, 0, uint16(entry[1]), 0})
	}
	old.Write(append(make([]byte, 4), jpg...))
	for name, b := range map[string][]byte{"older": old.Bytes(), "whole": contents(t, "testdata/pictures/jpeg.tiff"), "strips": contents(t, "testdata/pictures/jpeg-strips.tiff"),
		"tiles": contents(t, "testdata/pictures/jpeg-tiles.tiff"), "RGB": contents(t, "testdata/pictures/jpeg-rgb.tiff")} {
		_, im, err := ReadPicture(bytes.NewReader(b), int64(len(b)))
		if err != nil || im == nil || im.Bounds().Size() != plain.Bounds().Size() {
			t.Errorf("%s: %v, %v", name, im, err)
			continue
		}
		far := 0
		for i := range 96 * 64 {
			r, g, bl, _ := im.At(i%96, i/96).RGBA()
			r2, g2, bl2, _ := plain.At(i%96, i/96).RGBA()
			for _, d := range [][2]uint32{{r, r2}, {g, g2}, {bl, bl2}} {
				if max(d[0], d[1])-min(d[0], d[1]) > 0x3000 {
					far++
				}
			}
		}
		if far > 300 { // at the edge of the circle
			t.Errorf("%s: %d of %d samples are far off", name, far, 3*96*64)
		}
	}
	whole := contents(t, "testdata/pictures/jpeg-strips.tiff")
	for n := range len(whole) { // of a damaged file, no picture or some, but no panic
		b := bytes.Clone(whole)
		b[n] ^= 0xFF
		for _, page := range tiffPages(b) {
			if page.width > 0 && page.height > 0 && page.width <= maxPixels/page.height {
				jpegPage(b, page)
			}
		}
	}
}

// TestTIFFPages: each page of a scan can be had.
func TestTIFFPages(t *testing.T) {
	b := contents(t, "testdata/pictures/three.tiff")
	for page, want := range []image.Point{{96, 64}, {96, 64}, {64, 96}} {
		im, err := ReadPicturePage(bytes.NewReader(b), int64(len(b)), page+1)
		if err != nil || im == nil || im.Bounds().Size() != want {
			t.Errorf("page %d: %v", page+1, err)
		}
	}
}

// TestCutPictures: a picture that ends early is damaged; one that lacks only the
// mark of its end, or has more behind it, is not.
func TestCutPictures(t *testing.T) {
	part := func(file string, off int) []byte {
		b, err := os.ReadFile("testdata/pictures/" + file)
		if err != nil {
			t.Fatal(err)
		}
		return b[:len(b)-off]
	}
	half := func(file string) []byte { return part(file, len(part(file, 0))/2) }
	for _, c := range []struct {
		name   string
		b      []byte
		broken bool
	}{
		{"half a JPEG", half("progressive.jpg"), true},
		{"half a plain JPEG", half("grey.jpg"), true},
		{"half a PNG", half("one.png"), true},
		{"half a GIF", half("still.gif"), true},
		{"half a BMP", half("plain.bmp"), true},
		{"half a WebP", half("lossless.webp"), true},
		{"half a HEIC", half("one.heic"), true},
		{"half an AVIF", half("one.avif"), true},
		{"a JPEG without its end", part("progressive.jpg", 2), false},
		{"a PNG without its end", part("one.png", 12), false},
		{"a PNG within its end", part("one.png", 3), false},
		{"a JPEG with a line behind it", append(part("grey.jpg", 0), "\r\n--boundary"...), false},
		{"a HEIC with a telephone's own behind it", append(part("one.heic", 0), "\x00\x01SEFHe\x00\x00\x00"...), false},
	} {
		_, _, err := ReadPicture(bytes.NewReader(c.b), int64(len(c.b)))
		if errors.Is(err, ErrBroken) != c.broken || err != nil && !c.broken {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// TestNoPictures: by its content no picture, whatever its name says.
func TestNoPictures(t *testing.T) {
	for name, s := range map[string]string{
		"a text": "照片稍后补", "a page": "<html><body>404 Not Found</body></html>", "words": "BMW经销商名单：一、广州；二、佛山。",
		"a video": "\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41", "a document": "PK\x03\x04\x14\x00", "noise": "\x9c\x07\xfe\x00\x81", "a box without a length": "\x00\x00\x00\x00ftypavif\x00\x00\x00\x00",
	} {
		if _, _, err := ReadPicture(strings.NewReader(s), int64(len(s))); !errors.Is(err, ErrUnsupported) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
