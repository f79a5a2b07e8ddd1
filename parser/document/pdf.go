package document

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
)

const (
	badPages   = 5   // consecutive pages that fail before the rest is given up
	scanRunes  = 20  // fewer characters on a page do not make it text
	scanShare  = 0.6 // of the page that a picture covers on a scanned page
	repairSize = 100 << 20
)

func (r *Reader) readPDF(in io.ReaderAt, size int64) (Document, error) {
	file, err := r.openMended(in, size)
	if err != nil {
		return Document{}, err
	}
	p := r.engine.instance
	doc, err := readPages(p, file)
	if _, closeErr := p.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: file}); closeErr != nil {
		r.Close()
	}
	return doc, err
}

// openMended starts PDFium where it does not run and opens a file, mended where
// it has to be.
func (r *Reader) openMended(in io.ReaderAt, size int64) (references.FPDF_DOCUMENT, error) {
	if err := r.Start(); err != nil {
		return "", err
	}
	file, err := openPDF(r.engine.instance, io.NewSectionReader(in, 0, size), size)
	if errors.Is(err, ErrBroken) && size <= repairSize {
		// PDFium refuses a file without its end; pdfcpu rebuilds the table of
		// objects by searching for them.
		if mended, mendErr := repair(in, size); mendErr == nil {
			file, err = openPDF(r.engine.instance, bytes.NewReader(mended), int64(len(mended)))
		}
	}
	return file, err
}

func openPDF(p pdfium.Pdfium, r io.ReadSeeker, size int64) (references.FPDF_DOCUMENT, error) {
	open, err := p.OpenDocument(&requests.OpenDocument{FileReader: r, FileReaderSize: size})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return "", fmt.Errorf("%w: pdf", ErrEncrypted)
	case err != nil:
		return "", fmt.Errorf("%w: pdf: %v", ErrBroken, err)
	}
	return open.Document, nil
}

// repair writes the file anew as far as its objects can be found.
func repair(in io.ReaderAt, size int64) (b []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: repair: %v", ErrBroken, p)
		}
	}()
	api.DisableConfigDir() // else it writes a folder into the user's home
	conf := model.NewDefaultConfiguration()
	conf.ValidationMode = model.ValidationRelaxed
	var out bytes.Buffer
	if err := api.Optimize(io.NewSectionReader(in, 0, size), &out, conf); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// readPages reads page by page. The file's own page count is believed up to
// maxPages and only as far as pages can be loaded.
func readPages(p pdfium.Pdfium, file references.FPDF_DOCUMENT) (Document, error) {
	count, err := p.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: file})
	if err != nil {
		return Document{}, fmt.Errorf("%w: page count: %v", ErrBroken, err)
	}
	pages := &pageJoiner{doc: Document{Kind: PDF}}
	for i := 0; i < min(count.PageCount, maxPages) && pages.failed < badPages; i++ {
		page, err := readPage(p, file, i)
		if trapped(err) {
			return Document{}, fmt.Errorf("%w: PDFium broke off on page %d", ErrBroken, i+1)
		}
		if errors.Is(err, ErrTooLarge) {
			return Document{}, err
		}
		if err != nil {
			pages.failed++
			continue
		}
		if err := pages.add(page); err != nil {
			return Document{}, err
		}
	}
	return pages.finish()
}

// trapped reports whether PDFium itself broke off, out of memory or worse: it
// must not be asked for more. The library gives such errors no type.
func trapped(err error) bool {
	return err != nil && (strings.Contains(err.Error(), "wasm error") || strings.Contains(err.Error(), "panic occurred"))
}

// glyph is one character on a page; coordinates in points (1/72 inch) as the
// page is shown, y upwards.
type glyph struct {
	r           rune
	left, right float64
	base        float64 // of the line it stands on
	em          float64 // size of the type, about
	spaced      bool    // PDFium sees a space before it that has no glyph
}

// rule is a horizontal or vertical line drawn on the page.
type rule struct {
	at       float64 // y of a horizontal, x of a vertical one
	from, to float64
}

// pageParts is what one page shows.
type pageParts struct {
	number        int // from 1
	width, height float64
	glyphs        []glyph
	across, down  []rule
	pictures      int
	covered       float64 // share of the page under its largest picture
}

func (p pageParts) runes() int {
	n := 0
	for _, g := range p.glyphs {
		if !unicode.IsSpace(g.r) {
			n++
		}
	}
	return n
}
