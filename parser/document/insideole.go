package document

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"image"
	"io"
	"strings"
	"unicode/utf16"

	"github.com/richardlehane/mscfb"
)

// PPT is PowerPoint 97 to 2003, of which only the pictures are read.
const PPT = "ppt"

// pictureStreams hold the pictures as files behind one another ([MS-DOC] 2.1.3,
// [MS-PPT] 2.1.3; OfficeArtBlip of [MS-ODRAW] 2.2.23).
const wordPictures, slidePictures = "Data", "Pictures"

// oleInside gives the pictures of a .doc, .wps or .ppt. Where they stand among the
// words is not read.
func oleInside(in io.ReaderAt) (out Inside, err error) {
	r, err := mscfb.New(in)
	if err != nil {
		return out, fmt.Errorf("%w: compound file: %v", ErrUnsupported, err)
	}
	seen := map[uint32]bool{}
	for range 10_000 {
		e, err := r.Next()
		if err != nil { // io.EOF, or damage after what was seen
			break
		}
		switch {
		case len(e.Path) > 0: // it lies in another
		case e.Name == "WordDocument":
			out.Kind = DOC
		case e.Name == "PowerPoint Document":
			out.Kind = PPT
			if e.Size <= maxEncode {
				stream, _ := io.ReadAll(io.LimitReader(e, max(e.Size, 0))) // as much as there is
				out.Words = []Block{{Text: slideWords(stream)}}
			}
		case (e.Name == wordPictures || e.Name == slidePictures) && e.Size > 0 && e.Size <= maxEncode:
			if stream, err := io.ReadAll(io.LimitReader(e, e.Size)); err == nil {
				out.Pictures = append(out.Pictures, picturesAmong(stream, seen)...)
			}
		}
	}
	if out.Kind == "" {
		return Inside{}, fmt.Errorf("%w: ole", ErrUnsupported)
	}
	return out, nil
}

// picturesAmong finds picture files in a stream by how they begin. The small copy
// that a photograph has in its head is too small to count.
func picturesAmong(stream []byte, seen map[uint32]bool) []Inner {
	var out []Inner
	picture, at := nextInner(stream, 0)
	for at < len(stream) && len(out) < maxInner {
		next, end := nextInner(stream, at+3)
		if sum := pictureSum(stream[at:end]); !seen[sum] {
			seen[sum] = true
			out = append(out, Inner{Picture: picture})
		}
		picture, at = next, end
	}
	return out
}

// maxMisses is how many bytes like a picture's beginning are tried in a row; by chance
// they come once in 16 MB.
const maxMisses = 10_000

// nextInner is the next picture that counts, and where it begins: at the stream's end
// if there is none.
func nextInner(stream []byte, at int) (Picture, int) {
	for misses := 0; at < len(stream) && misses < maxMisses; misses++ {
		next := nextPicture(stream[at:])
		if next < 0 {
			break
		}
		at += next
		head, _, err := image.DecodeConfig(bytes.NewReader(stream[at:]))
		if err == nil && max(head.Width, head.Height) >= leastInner && head.Width <= maxPixels/max(head.Height, 1) {
			return Picture{Width: head.Width, Height: head.Height}, at
		}
		at += 3
	}
	return Picture{}, len(stream)
}

// pictureSum tells pictures apart that begin alike, as those of one scanner do: by
// their first MiB, without what lies behind a picture.
func pictureSum(b []byte) uint32 {
	b = b[:min(len(b), 1<<20)]
	end := -1
	if b[0] == 0x89 {
		end = bytes.Index(b, []byte("IEND"))
	} else {
		end = bytes.LastIndex(b, []byte("\xff\xd9"))
	}
	if end >= 0 {
		b = b[:end]
	}
	return crc32.ChecksumIEEE(b)
}

// nextPicture goes over the bytes once for both kinds: a stream of many beginnings
// is not searched to its end for each of them.
func nextPicture(b []byte) int {
	for i, c := range b {
		if c == 0xff && bytes.HasPrefix(b[i:], []byte("\xff\xd8\xff")) || c == 0x89 && bytes.HasPrefix(b[i:], []byte("\x89PNG\r\n")) {
			return i
		}
	}
	return -1
}

// Records of a presentation that are text in UTF-16 ([MS-PPT] 2.9.42, 2.9.8: words of a
// slide, and of its header and footer); text in bytes holds no Chinese.
const (
	pptText   = 0x0FA0
	pptString = 0x0FBA
)

// maxRecords is how many records of a presentation are looked at.
const maxRecords = 1_000_000

// slideWords are the lines of a stream of records ([MS-PPT] 2.3.1), some of which hold
// others.
func slideWords(stream []byte) string {
	var out strings.Builder
	lines := strings.NewReplacer("\r", "\n", "\v", "\n")
	for n := 0; n < maxRecords && len(stream) >= 8 && out.Len() < maxTextFile; n++ {
		version, kind, size := stream[0]&0xF, le.Uint16(stream[2:]), int(le.Uint32(stream[4:]))
		stream = stream[8:]
		if version == 0xF {
			continue
		}
		body := slice(stream, 0, size)
		if body == nil {
			break
		}
		if kind == pptText || kind == pptString {
			units := make([]uint16, size/2)
			for i := range units {
				units[i] = le.Uint16(body[2*i:])
			}
			out.WriteString(lines.Replace(string(utf16.Decode(units))) + "\n")
		}
		stream = stream[size:]
	}
	return out.String()
}
