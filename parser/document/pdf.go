package document

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

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
	defer r.closePDF(file)
	return readPages(r.engine.guest, file)
}

// pdfFile is an open file.
type pdfFile struct {
	ref references.FPDF_DOCUMENT // as the library names it
	at  uint64                   // as PDFium does
}

// openMended starts PDFium where it does not run and opens a file, mended where
// it has to be.
func (r *Reader) openMended(in io.ReaderAt, size int64) (pdfFile, error) {
	if err := r.Start(); err != nil {
		return pdfFile{}, err
	}
	file, err := r.engine.open(io.NewSectionReader(in, 0, size), size)
	if errors.Is(err, ErrBroken) && size <= repairSize {
		// PDFium refuses a file without its end; pdfcpu rebuilds the table of
		// objects by searching for them.
		if mended, mendErr := repair(in, size); mendErr == nil {
			file, err = r.engine.open(bytes.NewReader(mended), int64(len(mended)))
		}
	}
	return file, err
}

// closePDF closes a file; where that fails PDFium is started anew for the next.
func (r *Reader) closePDF(file pdfFile) {
	_, err := r.engine.instance.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: file.ref})
	if err != nil || r.engine.guest.err != nil {
		r.Close()
	}
}

func (e *engine) open(r io.ReadSeeker, size int64) (pdfFile, error) {
	open, err := e.instance.OpenDocument(&requests.OpenDocument{FileReader: r, FileReaderSize: size})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return pdfFile{}, fmt.Errorf("%w: pdf", ErrEncrypted)
	case err != nil:
		return pdfFile{}, fmt.Errorf("%w: pdf: %v", ErrBroken, err)
	}
	if e.guest == nil {
		if e.guest, err = newGuest(e.opened.module); err != nil {
			return pdfFile{}, err
		}
	}
	return pdfFile{open.Document, e.opened.file}, nil
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
func readPages(g *guest, file pdfFile) (Document, error) {
	count := g.number("FPDF_GetPageCount", file.at)
	pages := &pageJoiner{doc: Document{Kind: PDF}}
	filled := &fields{g: g, file: file}
	defer filled.close()
	for i := 0; i < min(count, maxPages) && pages.failed < badPages; i++ {
		page, err := readPage(g, file, i, filled)
		if g.err != nil || errors.Is(err, ErrTooLarge) {
			return Document{}, cmp.Or(err, g.err)
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
	last        bool    // of a paragraph, as a form's field tells
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
	small         []smallShape
	pictures      int
	covered       float64 // share of the page under its largest picture
	hidden, seen  int     // pieces of text that leave no ink or lie under a picture, and the others
}

// scanned: the page is a picture; words that lie behind it were recognised.
func (p pageParts) scanned() bool {
	return p.covered >= scanShare && (p.runes() < scanRunes || p.hidden > p.seen)
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
