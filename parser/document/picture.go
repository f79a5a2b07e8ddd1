package document

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // the kinds of pictures that people send
	_ "image/jpeg"
	_ "image/png"
	"io"
	"strings"

	_ "golang.org/x/image/bmp"
	_ "golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"
)

// Limits on one picture.
const (
	maxPixels = 50_000_000 // more are not decoded: their size is known, their look is not
	maxEncode = 100 << 20  // bytes of the file
)

// Picture is what is kept of a picture: its size in pixels as it is to be seen, and
// what it looks like to the eye, so that two of them can be compared later.
type Picture struct {
	Format string `json:"format"`          // by its content: jpeg, png, gif, bmp, tiff, webp, heif, avif, jp2, jxl, psd, ico, svg
	Width  int    `json:"width"`           // 0 where not known
	Height int    `json:"height"`          //
	Pages  int    `json:"pages,omitempty"` // of a TIFF with several
	Look   string `json:"look,omitempty"`  // hash by frequencies and a coarse grid of colours, hexadecimal; "" if not known
	Flat   bool   `json:"flat,omitempty"`  // few colours on an even ground, as a sign is drawn
}

// ReadPicture decodes a picture (JPEG, PNG, GIF, BMP, TIFF, WebP), upright as its
// camera says. The image, of a TIFF its first page, is nil where it has too many
// pixels or is of a kind that the decoders do not know (HEIF, 12 bits a sample).
// Errors wrap ErrUnsupported (no picture by its content), ErrBroken or ErrTooLarge.
func ReadPicture(in io.ReaderAt, size int64) (p Picture, im image.Image, err error) {
	return readPicture(in, size, 1)
}

// SizeOfPicture is ReadPicture without decoding, as the picture lies: its kind and
// size, and the errors that its head tells.
func SizeOfPicture(in io.ReaderAt, size int64) (p Picture, err error) {
	defer func() {
		if v := recover(); v != nil {
			p, err = Picture{}, fmt.Errorf("%w: %v", ErrBroken, v)
		}
	}()
	p, decodes, err := kindOfPicture(in, size)
	if err != nil || !decodes {
		return p, err
	}
	if err := p.size(io.NewSectionReader(in, 0, size)); err != nil || p.Width > 0 || p.Format != "tiff" {
		return p, err
	}
	return p, p.sizeOfTIFF(in, size)
}

// ReadPicturePage is ReadPicture for one page of a TIFF, from 1.
func ReadPicturePage(in io.ReaderAt, size int64, page int) (image.Image, error) {
	_, im, err := readPicture(in, size, page)
	return im, err
}

func readPicture(in io.ReaderAt, size int64, page int) (p Picture, im image.Image, err error) {
	defer func() {
		if v := recover(); v != nil {
			p, im, err = Picture{}, nil, fmt.Errorf("%w: %v", ErrBroken, v)
		}
	}()
	p, decodes, err := kindOfPicture(in, size)
	if err != nil || !decodes {
		return p, nil, err
	}
	b := make([]byte, size)
	if _, err := in.ReadAt(b, 0); err != nil && !errors.Is(err, io.EOF) {
		return p, nil, err
	}
	turn, scan := 1, tiffPage{}
	switch p.Format {
	case "jpeg":
		turn = exifTurn(b)
	case "tiff":
		pages := tiffPages(b)
		if page > len(pages) {
			break
		}
		if len(pages) > 1 {
			p.Pages = len(pages)
		}
		b, turn = onlyPage(b, pages[page-1]), pages[page-1].turn
		p.Width, p.Height = pages[page-1].width, pages[page-1].height
		scan = pages[page-1]
	}
	im, err = p.decode(b)
	if im == nil && err == nil && scan.at > 0 && p.Width > 0 && p.Height > 0 && p.Width <= maxPixels/p.Height {
		im = jpegPage(b, scan)
	}
	if turn >= 5 {
		p.Width, p.Height = p.Height, p.Width
	}
	if im == nil || err != nil {
		return p, nil, err
	}
	im = asSeen(im, turn)
	small := smallOf(im)
	p.Look, p.Flat = imprint(small), flat(small)
	return p, im, nil
}

// kindOfPicture tells a picture's kind by its content, and whether the decoders know
// it; of others all that is told of them.
func kindOfPicture(in io.ReaderAt, size int64) (p Picture, decodes bool, err error) {
	if size > maxEncode {
		return p, false, fmt.Errorf("%w: %d bytes", ErrTooLarge, size)
	}
	head := make([]byte, min(size, headLen))
	if _, err := in.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return p, false, err
	}
	switch p.Format = pictureFormat(head); p.Format {
	case "":
		return p, false, fmt.Errorf("%w: no picture", ErrUnsupported)
	case "heif", "avif":
		if boxesCut(in, size) {
			return p, false, fmt.Errorf("%w: the file ends early", ErrBroken)
		}
		p.Width, p.Height = boxedSize(in, size)
		return p, false, nil
	case "jp2", "jxl", "psd", "ico", "svg":
		return p, false, nil
	}
	return p, true, nil
}

// decode learns size and look. The image is nil where it cannot be had of a
// picture that may be sound.
func (p *Picture) decode(b []byte) (image.Image, error) {
	if err := p.size(bytes.NewReader(b)); err != nil {
		return nil, err
	}
	if p.Width <= 0 || p.Height <= 0 || p.Width > maxPixels/p.Height {
		return nil, nil
	}
	im, _, err := image.Decode(bytes.NewReader(b))
	if err != nil && cutOff(err) {
		if whole, ok := p.withoutEnd(b); ok {
			im, err = whole, nil
		}
	}
	switch {
	case err != nil && unknownKind(err):
		return nil, nil
	case err != nil && (cutOff(err) || badTables(err)):
		return nil, fmt.Errorf("%w: %v", ErrBroken, err)
	case err != nil:
		return nil, nil // viewers show many files that break a rule
	}
	return im, nil
}

// size learns the size by the picture's head; 0 of a kind that the decoders do not know.
func (p *Picture) size(in io.Reader) error {
	head, _, err := image.DecodeConfig(in)
	switch {
	case err != nil && (unknownKind(err) || errors.Is(err, image.ErrFormat)):
		return nil
	case err != nil:
		return fmt.Errorf("%w: %v", ErrBroken, err)
	}
	p.Width, p.Height = head.Width, head.Height
	return nil
}

// withoutEnd decodes a picture that lacks nothing but the mark at its end, as some
// cameras and mail programs leave it; viewers show it.
func (p *Picture) withoutEnd(b []byte) (image.Image, bool) {
	end := map[string]string{"jpeg": "\xff\xd9", "png": "\x00\x00\x00\x00IEND\xaeB`\x82", "gif": ";"}[p.Format]
	if end == "" {
		return nil, false
	}
	if at := bytes.LastIndex(b, []byte("IEND")); p.Format == "png" && at > len(b)-12 {
		b = b[:at-4] // the mark itself is cut
	}
	im, _, err := image.Decode(io.MultiReader(bytes.NewReader(b), strings.NewReader(end)))
	return im, err == nil
}

// cutOff: the file ends before its picture does. Of a picture cut within a code the
// decoders of Go make an error of form, to be known by its words.
func cutOff(err error) bool {
	words := err.Error()
	return errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || strings.Contains(words, "short Huffman data") ||
		strings.Contains(words, "not enough pixel data") || strings.Contains(words, "not enough image data")
}

// badTables: the tables that a JPEG is decoded by are nonsense. No viewer shows such
// a file: libjpeg refuses them as Go does, which makes an error of form, too.
func badTables(err error) bool {
	for _, words := range []string{"bad Tc value", "bad Th value", "bad Pq value", "bad Tq value", "Huffman table has zero length"} {
		if strings.Contains(err.Error(), words) {
			return true
		}
	}
	return false
}

// unknownKind: the file may be sound, only the decoder does not know its kind.
// The decoders of Go call such errors unsupported, each by a type of its own.
func unknownKind(err error) bool {
	return strings.Contains(err.Error(), "unsupported")
}
