package document

import (
	"bytes"
	"image"
	"image/draw"
	"image/jpeg"
)

// Tags of a TIFF's directory that a picture in JPEG needs (TIFF 6.0, section 22;
// Technical Note 2).
const (
	tagCompression = 259
	tagPhotometric = 262
	tagOffsets     = 273
	tagRows        = 278
	tagCounts      = 279
	tagPlanes      = 284
	tagTileWidth   = 322
	tagTileHeight  = 323
	tagTileOffsets = 324
	tagTileCounts  = 325
	tagTables      = 347
	tagWhole       = 513
	tagWholeCount  = 514
)

// Values of those tags.
const (
	oldJPEG  = 6
	newJPEG  = 7
	rgbColor = 2
	yccColor = 6
)

// maxTIFFParts bounds the strips or tiles of a page.
const maxTIFFParts = 20_000

// jpegPage decodes a page whose strips or tiles are JPEG, as many scanners write them
// and the decoder of TIFF does not know; nil where it is none or another kind of it.
func jpegPage(b []byte, page tiffPage) image.Image {
	first := func(tag uint16, otherwise int) int {
		if v := tiffValues(b, page, tag); len(v) > 0 {
			return v[0]
		}
		return otherwise
	}
	switch first(tagCompression, 0) {
	case oldJPEG:
		im, _ := jpegPart(slice(b, first(tagWhole, 0), first(tagWholeCount, 0)), nil, 0, page.width, page.height)
		return im
	case newJPEG:
	default:
		return nil
	}
	if first(tagPlanes, 1) != 1 {
		return nil
	}
	wide, high := page.width, first(tagRows, page.height)
	offsets, counts := tiffValues(b, page, tagOffsets), tiffValues(b, page, tagCounts)
	if tiles := tiffValues(b, page, tagTileOffsets); len(tiles) > 0 {
		wide, high = first(tagTileWidth, 0), first(tagTileHeight, 0)
		offsets, counts = tiles, tiffValues(b, page, tagTileCounts)
	}
	high = min(high, max(page.height, 16)) // one strip may be called endless
	if wide <= 0 || high <= 0 {
		return nil
	}
	across := (page.width + wide - 1) / wide
	parts := across * ((page.height + high - 1) / high)
	if len(offsets) != len(counts) || len(offsets) < parts {
		return nil
	}
	offsets = offsets[:parts]
	tables := tiffBytes(b, page, tagTables)
	var out *image.RGBA
	for i, at := range offsets {
		im, ok := jpegPart(slice(b, at, counts[i]), tables, first(tagPhotometric, 0), wide, high)
		if !ok {
			return nil
		}
		if parts == 1 && im.Bounds().Size() == image.Pt(page.width, page.height) {
			return im
		}
		if out == nil {
			out = image.NewRGBA(image.Rect(0, 0, page.width, page.height))
		}
		corner := image.Pt(i%across*wide, i/across*high)
		draw.Draw(out, image.Rectangle{corner, corner.Add(im.Bounds().Size())}, im, im.Bounds().Min, draw.Src)
	}
	return out
}

// jpegPart decodes one strip or tile with the tables that all of them share. What its
// colours are the directory says, and an Adobe segment tells it to the decoder.
func jpegPart(b, tables []byte, colour, wide, high int) (image.Image, bool) {
	begin, end := []byte("\xff\xd8"), []byte("\xff\xd9")
	if !bytes.HasPrefix(b, begin) {
		return nil, false
	}
	whole := bytes.Clone(begin)
	if colour == rgbColor || colour == yccColor {
		transform := byte(0)
		if colour == yccColor {
			transform = 1
		}
		whole = append(append(whole, "\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00"...), transform)
	}
	whole = append(whole, bytes.TrimSuffix(bytes.TrimPrefix(tables, begin), end)...)
	whole = append(whole, b[2:]...)
	head, err := jpeg.DecodeConfig(bytes.NewReader(whole))
	if err != nil || head.Width > wide+16 || head.Height > high+16 {
		return nil, false
	}
	im, err := jpeg.Decode(bytes.NewReader(whole))
	return im, err == nil
}

// tiffField is an entry of a page's directory: its type, how many values, and the bytes
// that hold them.
func tiffField(b []byte, page tiffPage, tag uint16) (kind, count int, values []byte) {
	order := tiffOrder(b)
	head := slice(b, int(page.at), 2)
	if head == nil {
		return 0, 0, nil
	}
	for i := range min(int(order.Uint16(head)), maxTIFFTags) {
		entry := slice(b, int(page.at)+2+12*i, 12)
		if entry == nil {
			break
		}
		if order.Uint16(entry) != tag {
			continue
		}
		kind, count = int(order.Uint16(entry[2:])), int(order.Uint32(entry[4:]))
		size := map[int]int{1: 1, 3: 2, 4: 4, 7: 1}[kind] * count // BYTE, SHORT, LONG, UNDEFINED
		if size == 0 {
			break
		}
		if size <= 4 {
			return kind, count, entry[8 : 8+size]
		}
		return kind, count, slice(b, int(order.Uint32(entry[8:])), size)
	}
	return 0, 0, nil
}

func tiffBytes(b []byte, page tiffPage, tag uint16) []byte {
	_, _, values := tiffField(b, page, tag)
	return values
}

// tiffValues are the numbers of an entry; nil where there are too many, or none.
func tiffValues(b []byte, page tiffPage, tag uint16) []int {
	order := tiffOrder(b)
	kind, count, values := tiffField(b, page, tag)
	if values == nil || count > maxTIFFParts {
		return nil
	}
	out := make([]int, count)
	for i := range out {
		switch kind {
		case 3:
			out[i] = int(order.Uint16(values[2*i:]))
		case 4:
			out[i] = int(order.Uint32(values[4*i:]))
		default:
			out[i] = int(values[i])
		}
	}
	return out
}
