package document

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"anli/parser/seal"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
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
// cannot be drawn is told as [seal.DoubtUnread]. Errors as of [Reader.Read].
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
	p := r.engine.instance
	count, err := p.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: file})
	if err != nil {
		return seal.Reading{}, fmt.Errorf("%w: page count: %v", ErrBroken, err)
	}
	out.Signed = signatures(p, file)
	goesOn := false
	for i := range min(count.PageCount, maxPages) {
		if i >= maxSealPages {
			out.Left = count.PageCount - i
			break
		}
		page, wanted, err := lookAt(p, file, i, labels, goesOn)
		if trapped(err) {
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
	if _, err := p.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: file}); err != nil {
		r.Close()
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
func lookAt(p pdfium.Pdfium, file references.FPDF_DOCUMENT, index int, labels []SealLabel, goesOn bool) (out seal.Page, wanted bool, err error) {
	load, err := p.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: file, Index: index})
	if err != nil {
		return out, false, fmt.Errorf("%w: page %d: %v", ErrBroken, index+1, err)
	}
	defer p.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: load.Page})
	r := &pageReader{p: p, page: requests.Page{ByReference: &load.Page}}
	if err := r.size(file, index); err != nil {
		return out, false, err
	}
	places, quarter, err := r.find(labels)
	if err != nil {
		return out, false, err
	}
	if err := r.objects(); err != nil {
		return out, false, err
	}
	scan := r.parts.covered >= scanShare
	if !scan && len(places) == 0 && !goesOn {
		return out, false, nil
	}
	s, err := p.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: file, Index: index})
	if err != nil {
		return out, false, fmt.Errorf("%w: size of page %d: %v", ErrBroken, index+1, err)
	}
	w, h := onPaper(s.Width, s.Height)
	out, err = r.picturePage(w, h, places, quarter)
	out.Number, out.Scan = index+1, scan
	if !scan {
		r.ofPrint(&out)
	}
	return out, err == nil, err
}

// ofPrint: a page of text is not coloured by a scanner; what is written on it by
// hand came as a picture.
func (r *pageReader) ofPrint(page *seal.Page) {
	none := r.parts.pictures == 0
	page.Ink = nil
	if none && page.Doubt != seal.DoubtCut {
		page.Doubt = ""
	}
	if none {
		written := false
		page.Ink = &written
	}
}

// onPaper gives the size of the page in millimetres: a scan that was put into a
// PDF without its resolution has the size of a poster, and counts as A4.
func onPaper(width, height float64) (w, h float64) {
	w, h = width*25.4/72, height*25.4/72
	if long := max(w, h); long > oddSide || long < smallSide {
		w, h = w*297/long, h*297/long
	}
	return w, h
}

// picturePage draws the page, brings it upright and looks for seals.
func (r *pageReader) picturePage(w, h float64, places []labelAt, quarter int) (seal.Page, error) {
	px := seal.PixelsPerMM()
	wide, high := max(1, int(math.Round(w*px))), max(1, int(math.Round(h*px)))
	draw, err := r.p.RenderPageInPixels(&requests.RenderPageInPixels{Page: r.page, Width: wide, Height: high,
		RenderFlags: enums.FPDF_RENDER_FLAG_ANNOT})
	if err != nil {
		return seal.Page{}, err
	}
	defer draw.Cleanup()
	im, ok := draw.Result.RenderedImage.(*image.RGBA)
	if !ok {
		return seal.Page{}, fmt.Errorf("%w: no picture of the page", ErrBroken)
	}
	wide, high = im.Rect.Dx(), im.Rect.Dy()
	var labels []seal.Label
	for _, l := range places {
		at, err := r.p.FPDF_PageToDevice(&requests.FPDF_PageToDevice{Page: r.page, SizeX: wide, SizeY: high, PageX: l.x, PageY: l.y})
		if err != nil {
			continue
		}
		x, y := turnedBack(float64(at.DeviceX), float64(at.DeviceY), wide, high, quarter)
		labels = append(labels, seal.Label{Name: l.name, X: int(x/px + 0.5), Y: int(y/px + 0.5)})
	}
	if quarter%2 == 1 {
		w = h
	}
	page := seal.Find(upright(im, quarter), w)
	page.Labels = labels
	return page, nil
}

// turnedBack is a point of a picture after the picture was turned back by
// quarters, against the clock.
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

// upright turns a picture back by quarters, against the clock.
func upright(im *image.RGBA, quarters int) *image.RGBA {
	if quarters == 0 {
		return im
	}
	w, h := im.Rect.Dx(), im.Rect.Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if quarters%2 == 1 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			u, v := turnedBack(float64(x)+0.5, float64(y)+0.5, w, h, quarters)
			from, to := im.PixOffset(im.Rect.Min.X+x, im.Rect.Min.Y+y), out.PixOffset(int(u), int(v))
			copy(out.Pix[to:to+4], im.Pix[from:from+4])
		}
	}
	return out
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
	load, err := r.p.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: r.page})
	if err != nil {
		return nil, 0, fmt.Errorf("%w: text of a page: %v", ErrBroken, err)
	}
	defer r.p.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: load.TextPage})
	text, index, err := r.compact(load.TextPage)
	if err != nil || len(index) == 0 {
		return nil, 0, err
	}
	for _, l := range labels {
		at := -1
		for _, word := range l.Words {
			at = max(at, strings.LastIndex(text, word))
		}
		if at < 0 {
			continue
		}
		o, err := r.p.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: load.TextPage, Index: index[utf8.RuneCountInString(text[:at])]})
		if err == nil {
			out = append(out, labelAt{l.Name, o.X, o.Y})
		}
	}
	rot, err := r.p.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: r.page})
	if err != nil {
		return out, 0, nil
	}
	return out, (r.quarter(load.TextPage, len(index)) + int(rot.PageRotation)) % 4, nil
}

// compact is a page's text as labels are compared, with the index of each
// character as PDFium counts.
func (r *pageReader) compact(page references.FPDF_TEXTPAGE) (text string, index []int, err error) {
	n, err := r.p.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: page})
	if err != nil {
		return "", nil, fmt.Errorf("%w: text of a page: %v", ErrBroken, err)
	}
	var b strings.Builder
	for i := range min(n.Count, maxGlyphs) {
		u, err := r.p.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: page, Index: i})
		if err != nil {
			return "", nil, fmt.Errorf("%w: text of a page: %v", ErrBroken, err)
		}
		c := rune(u.Unicode)
		if c > ' ' && !strings.ContainsRune(notCompared, c) && utf8.ValidRune(c) {
			b.WriteRune(c)
			index = append(index, i)
		}
	}
	return b.String(), index, nil
}
