package document

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

// Limits on the directories of a TIFF.
const (
	maxTIFFPages = 500
	maxTIFFTags  = 500 // of one page
)

// tiffPage is one page of a TIFF, as its directory says (TIFF 6.0, section 2).
type tiffPage struct {
	at            uint32 // where its directory stands
	width, height int
	turn          int // Orientation: 1 as it is to 8
}

// tiffPages walks the directories, of which a picture has one a page; smaller
// copies and masks are none. Of a damaged file it gives those before the damage.
func tiffPages(b []byte) []tiffPage {
	order := tiffOrder(b)
	if order == nil || len(b) < 8 {
		return nil
	}
	var out []tiffPage
	seen := map[uint32]bool{}
	for at := order.Uint32(b[4:]); at >= 8 && !seen[at] && len(seen) < maxTIFFPages; {
		seen[at] = true
		head := slice(b, int(at), 2)
		if head == nil {
			break
		}
		n := int(order.Uint16(head))
		tags := slice(b, int(at)+2, 12*n+4)
		if n > maxTIFFTags || tags == nil {
			tags = slice(b, int(at)+2, 12*n) // the last directory of a sloppy program
		}
		if n > maxTIFFTags || tags == nil {
			break
		}
		page := tiffPage{at: at, turn: 1}
		if page.read(tags[:12*n], order) {
			out = append(out, page)
		}
		if len(tags) < 12*n+4 {
			break
		}
		at = order.Uint32(tags[12*n:])
	}
	return out
}

func tiffOrder(b []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(b, []byte("II*\x00")):
		return binary.LittleEndian
	case bytes.HasPrefix(b, []byte("MM\x00*")):
		return binary.BigEndian
	}
	return nil
}

// read takes what is wanted of a directory; false for a copy or a mask.
func (p *tiffPage) read(tags []byte, order binary.ByteOrder) bool {
	const short, subfile, wide, high, orientation = 3, 254, 256, 257, 274
	for ; len(tags) >= 12; tags = tags[12:] {
		value := int(order.Uint32(tags[8:]) & 0x7FFFFFFF)
		if order.Uint16(tags[2:]) == short {
			value = int(order.Uint16(tags[8:]))
		}
		switch order.Uint16(tags) {
		case subfile:
			if value&5 != 0 {
				return false
			}
		case wide:
			p.width = value
		case high:
			p.height = value
		case orientation:
			if value >= 1 && value <= 8 {
				p.turn = value
			}
		}
	}
	return true
}

// onlyPage gives the file with the directory of one page as its first: the decoder
// reads no other.
func onlyPage(b []byte, page tiffPage) []byte {
	out := bytes.Clone(b)
	tiffOrder(b).PutUint32(out[4:], page.at)
	return out
}

// sizeOfTIFF learns the size of a first page that is of a kind which the decoder does
// not know.
func (p *Picture) sizeOfTIFF(in io.ReaderAt, size int64) error {
	b := make([]byte, size)
	if _, err := in.ReadAt(b, 0); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if pages := tiffPages(b); len(pages) > 0 {
		p.Width, p.Height = pages[0].width, pages[0].height
	}
	return nil
}
