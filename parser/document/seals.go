package document

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"anli/parser/seal"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/tetratelabs/wazero/api"
)

// Limits on what is looked at for seals. A page is drawn at 75 dpi, so it is never
// large; what it holds is bounded by PDFium's memory and the process's time.
const (
	maxSealPages = 24  // of one file; more are counted in Left
	oddSide      = 440 // millimetres: a longer page is a picture without a size of its own
	smallSide    = 240 // as is one that is shorter
)

// SealLabel is a printed label that says where a seal belongs: its name, and the
// words that may stand there. Brackets, spaces and colons do not count.
type SealLabel struct {
	Name  string   `json:"name"`
	Words []string `json:"words"`
}

// Seals looks for seals on the pages of a PDF: on pages that are pictures, and on
// those that hold one of the labels, or follow one that ends with it. A page that
// cannot be drawn is told as [seal.DoubtUnread]. Errors as of [Reader.ReadNamed].
func (r *Reader) Seals(in io.ReaderAt, size int64, labels []SealLabel) (out seal.Reading, err error) {
	defer func() {
		if p := recover(); p != nil {
			out, err = seal.Reading{}, fmt.Errorf("%w: %v", ErrBroken, p)
		}
		if errors.Is(err, ErrBroken) {
			r.Close()
		}
	}()
	file, err := r.openMended(in, size)
	if err != nil {
		return seal.Reading{}, err
	}
	defer r.closePDF(file)
	e := r.engine
	count := e.guest.number("FPDF_GetPageCount", file.at)
	out.Signed = signatures(e.instance, file.ref)
	goesOn := false
	for i := range min(count, maxPages) {
		if i >= maxSealPages {
			out.Left = count - i
			break
		}
		page, wanted, err := lookAt(e, file, i, labels, goesOn)
		if e.guest.err != nil || trapped(err) {
			return seal.Reading{}, fmt.Errorf("%w: PDFium broke off on page %d", ErrBroken, i+1)
		}
		if err != nil {
			page, wanted = seal.Page{Number: i + 1, Doubt: seal.DoubtUnread}, true
		}
		goesOn = false
		for _, l := range page.Labels {
			goesOn = goesOn || 3*l.Y > 2*page.Height
		}
		if wanted {
			out.Pages = append(out.Pages, page)
		}
	}
	return out, nil
}

// signatures counts the signature fields that are signed (ISO 32000-1, 12.8.1).
func signatures(p pdfium.Pdfium, file references.FPDF_DOCUMENT) int {
	n, err := p.FPDF_GetSignatureCount(&requests.FPDF_GetSignatureCount{Document: file})
	if err != nil {
		return 0
	}
	signed := 0
	for i := range min(n.Count, 100) {
		s, err := p.FPDF_GetSignatureObject(&requests.FPDF_GetSignatureObject{Document: file, Index: i})
		if err != nil {
			continue
		}
		c, err := p.FPDFSignatureObj_GetContents(&requests.FPDFSignatureObj_GetContents{Signature: s.Signature})
		if err == nil && len(bytes.Trim(c.Contents, "\x00")) > 0 {
			signed++
		}
	}
	return signed
}

// lookAt draws one page and looks for seals, if it is wanted.
func lookAt(e *engine, file pdfFile, index int, labels []SealLabel, goesOn bool) (out seal.Page, wanted bool, err error) {
	r, err := openPage(e.guest, file, index)
	if err != nil {
		return out, false, err
	}
	defer r.close()
	places, quarter, err := r.find(labels)
	if err != nil {
		return out, false, err
	}
	r.objects()
	scan := r.parts.covered >= scanShare
	if !scan && len(places) == 0 && !goesOn {
		return out, false, nil
	}
	w, h := r.paper()
	im, err := drawPage(e.instance, file, index, w, h)
	if err != nil {
		return out, false, err
	}
	out = r.sealsOn(im, places, quarter)
	out.Number, out.Scan = index+1, scan
	if !scan {
		r.ofPrint(&out)
	}
	return out, true, e.guest.err
}

// ofPrint: a page of text is not coloured by a scanner. What is written on it by hand
// came as a picture; where it has one, as of an electronic seal, the page counts as
// it is drawn.
func (r *pageReader) ofPrint(page *seal.Page) {
	if r.parts.pictures > 0 {
		return
	}
	if page.Doubt != seal.DoubtCut {
		page.Doubt = ""
	}
	written := false
	page.Ink = &written
}

// paper gives the size of the page in millimetres: a scan that was put into a
// PDF without its resolution has the size of a poster, and counts as A4.
func (r *pageReader) paper() (w, h float64) {
	w, h = r.shown()
	w, h = w*25.4/72, h*25.4/72
	if long := max(w, h); long > oddSide || long < smallSide {
		w, h = w*297/long, h*297/long
	}
	return w, h
}

// drawPage draws a page of so many millimetres.
func drawPage(p pdfium.Pdfium, file pdfFile, index int, w, h float64) (*image.RGBA, error) {
	px := seal.PixelsPerMM()
	draw, err := p.RenderPageInPixels(&requests.RenderPageInPixels{
		Page:        requests.Page{ByIndex: &requests.PageByIndex{Document: file.ref, Index: index}},
		Width:       max(1, int(math.Round(w*px))),
		Height:      max(1, int(math.Round(h*px))),
		RenderFlags: enums.FPDF_RENDER_FLAG_ANNOT,
	})
	if err != nil {
		return nil, err
	}
	defer draw.Cleanup()
	im, ok := draw.Result.RenderedImage.(*image.RGBA)
	if !ok {
		return nil, fmt.Errorf("%w: no picture of the page", ErrBroken)
	}
	kept := *im
	kept.Pix = slices.Clone(im.Pix) // they lie in the guest and go with the cleanup
	return &kept, nil
}

// sealsOn brings the page's picture upright and looks for seals.
func (r *pageReader) sealsOn(im *image.RGBA, places []labelAt, quarter int) seal.Page {
	px := seal.PixelsPerMM()
	wide, high := im.Rect.Dx(), im.Rect.Dy()
	var labels []seal.Label
	for _, l := range places {
		if r.g.call("FPDF_PageToDevice", r.page, 0, 0, uint64(wide), uint64(high), 0, api.EncodeF64(l.x), api.EncodeF64(l.y), r.g.at(0), r.g.at(4)) == 0 {
			continue
		}
		x, y := turnedBack(float64(r.g.int(0)), float64(r.g.int(1)), wide, high, quarter)
		labels = append(labels, seal.Label{Name: l.name, X: int(x/px + 0.5), Y: int(y/px + 0.5)})
	}
	w, h := r.paper()
	if quarter%2 == 1 {
		w = h
	}
	page := seal.Find(asSeen(im, [...]int{1, 8, 3, 6}[quarter]), w) // turns as a camera notes them
	page.Labels = labels
	return page
}

// turnedBack is a point of a picture after the picture was turned back by
// quarters, against the clock, as [asSeen] turns the picture.
func turnedBack(x, y float64, wide, high, quarters int) (float64, float64) {
	switch quarters {
	case 1:
		return y, float64(wide) - x
	case 2:
		return float64(wide) - x, float64(high) - y
	case 3:
		return float64(high) - y, x
	}
	return x, y
}

// labelAt is where a label begins, in the page's own coordinates.
type labelAt struct {
	name string
	x, y float64
}

const notCompared = "　:：()（）[]"

// find gives the places of the labels, each one's last, and by how many quarters
// the text is turned with the clock as the page is shown.
func (r *pageReader) find(labels []SealLabel) (out []labelAt, quarter int, err error) {
	page, count, err := r.loadText()
	if err != nil {
		return nil, 0, err
	}
	defer r.closeText(page)
	text, index := r.compact(page, count)
	if len(index) == 0 {
		return nil, 0, r.g.err
	}
	for _, l := range labels {
		at := -1
		for _, word := range l.Words {
			at = max(at, strings.LastIndex(text, word))
		}
		if at < 0 {
			continue
		}
		i := index[utf8.RuneCountInString(text[:at])]
		if r.g.call("FPDFText_GetCharOrigin", page, i, r.g.at(0), r.g.at(8)) != 0 {
			out = append(out, labelAt{l.Name, r.g.double(0), r.g.double(1)})
		}
	}
	return out, (r.quarter(page, len(index)) + r.rotation()) % 4, r.g.err
}

// compact is a page's text as labels are compared, with the index of each
// character as PDFium counts.
func (r *pageReader) compact(page uint64, count int) (text string, index []uint64) {
	var b strings.Builder
	for i := range uint64(min(count, maxGlyphs)) {
		c := rune(r.g.call("FPDFText_GetUnicode", page, i))
		if c > ' ' && !strings.ContainsRune(notCompared, c) && utf8.ValidRune(c) {
			b.WriteRune(c)
			index = append(index, i)
		}
	}
	return b.String(), index
}
