package document

import (
	"bytes"
	"encoding/binary"
	"io"
)

// headLen is how many first bytes tell what a picture is.
const headLen = 512

// pictureFormat names what a picture is by its first bytes: "jpeg", "png", "gif",
// "bmp", "tiff", "webp", "heif", "avif", and those that are only known by their
// name: "jp2", "jxl", "psd", "ico", "svg"; "" for what is no picture.
func pictureFormat(head []byte) string {
	for _, m := range []struct{ magic, format string }{
		{"\xff\xd8\xff", "jpeg"},
		{"\x89PNG\r\n\x1a\n", "png"},
		{"GIF8", "gif"},
		{"II*\x00", "tiff"}, {"MM\x00*", "tiff"},
		{"II+\x00", "tiff"}, {"MM\x00+", "tiff"}, // with addresses of 64 bits
		{"\x00\x00\x00\x0cjP  ", "jp2"},
		{"\x00\x00\x00\x0cJXL ", "jxl"}, {"\xff\x0a", "jxl"},
		{"8BPS", "psd"},
		{"\x00\x00\x01\x00", "ico"},
	} {
		if bytes.HasPrefix(head, []byte(m.magic)) {
			return m.format
		}
	}
	switch {
	case len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP":
		return "webp"
	case len(head) >= 26 && string(head[:2]) == "BM" && bytes.Count(head[:26], []byte{0}) > 4: // else words that begin so
		return "bmp"
	case bytes.Contains(head, []byte("<svg")) && !bytes.Contains(head, []byte("<html")):
		return "svg"
	}
	return boxedFormat(head)
}

// boxedFormat tells a picture of ISO/IEC 23008-12 by its brands; a video has others.
func boxedFormat(head []byte) string {
	if len(head) < 16 || string(head[4:8]) != "ftyp" {
		return ""
	}
	brands := head[8:min(len(head), int(min(max(binary.BigEndian.Uint32(head), 8), headLen)))]
	for i := 0; i+4 <= len(brands); i += 4 {
		switch string(brands[i : i+4]) {
		case "avif", "avis":
			return "avif"
		case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1":
			return "heif"
		}
	}
	return ""
}

// boxedSize is the largest size that a picture of ISO/IEC 23008-12 names (6.5.3):
// a photograph is kept in tiles, each of which has one too. 0 where there is none.
func boxedSize(in io.ReaderAt, size int64) (w, h int) {
	const room = 1 << 20 // the sizes stand before the picture's own bytes
	b := make([]byte, min(size, room))
	n, _ := in.ReadAt(b, 0)
	mark := []byte("\x00\x00\x00\x14ispe\x00\x00\x00\x00")
	for b = b[:n]; ; {
		_, rest, found := bytes.Cut(b, mark)
		if !found || len(rest) < 8 {
			return w, h
		}
		x, y := int(binary.BigEndian.Uint32(rest)), int(binary.BigEndian.Uint32(rest[4:]))
		if x <= 1<<20 && y <= 1<<20 && x*y > w*h {
			w, h = x, y
		}
		b = rest
	}
}

// boxesCut: the box of the picture's own bytes is longer than what is there. What
// telephones write behind it need be no box.
func boxesCut(in io.ReaderAt, size int64) bool {
	at := int64(0)
	for range 1000 {
		var head [16]byte
		if n, _ := in.ReadAt(head[:min(16, max(0, size-at))], at); n < 8 {
			return false
		}
		long := int64(binary.BigEndian.Uint32(head[:]))
		if long == 1 { // the length stands behind the name
			long = int64(binary.BigEndian.Uint64(head[8:]) & (1<<62 - 1))
		}
		switch {
		case long < 8: // to the end, or no box
			return false
		case at+long > size:
			return string(head[4:8]) == "mdat" || string(head[4:8]) == "meta"
		}
		at += long
	}
	return false
}

// exifTurn is how a JPEG is to be turned to stand upright, as the camera says in
// its first segments (Exif 2.32, 4.6.4; TIFF 6.0, Orientation): 1 as it is to 8.
func exifTurn(b []byte) int {
	for i := 2; i+4 <= len(b) && b[i] == 0xFF && b[i+1] != 0xDA; {
		n := int(binary.BigEndian.Uint16(b[i+2:]))
		if n < 2 || i+2+n > len(b) {
			return 1
		}
		segment := b[i+4 : i+2+n]
		if rest, ok := bytes.CutPrefix(segment, []byte("Exif\x00\x00")); ok && b[i+1] == 0xE1 {
			if pages := tiffPages(rest); len(pages) > 0 {
				return pages[0].turn
			}
			return 1
		}
		i += 2 + n
	}
	return 1
}
