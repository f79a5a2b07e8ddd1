package document

import (
	"fmt"
	"io"

	"github.com/richardlehane/mscfb"
)

// readOLE reads a compound file ([MS-CFB]): a Word document or a spreadsheet.
// Office keeps password-protected .docx, .xlsx and .pptx in one, as the stream
// EncryptedPackage ([MS-OFFCRYPTO] 2.3.4.4).
func readOLE(in io.ReaderAt) (Document, error) {
	r, err := mscfb.New(in)
	if err != nil {
		return Document{}, fmt.Errorf("%w: compound file: %v", ErrBroken, err)
	}
	kind, macros := "ole", false
	var book *mscfb.File
	streams := wordStreams{}
	for n := 0; n < 10_000; n++ {
		e, err := r.Next()
		if err != nil { // io.EOF, or damage after what was seen
			break
		}
		if len(e.Path) == 0 && streams[e.Name] == nil {
			streams[e.Name] = e
		}
		if n := len(e.Path); n == 2 && (e.Path[0] == "Macros" || e.Path[0] == "_VBA_PROJECT_CUR") && e.Path[1] == "VBA" && !macros {
			macros = moduleRuns(e)
		}
		switch e.Name {
		case "EncryptedPackage":
			return Document{}, fmt.Errorf("%w: office document", ErrEncrypted)
		case "WordDocument":
			if len(e.Path) == 0 { // else it lies in another
				kind, book = DOC, nil // Word 97 and WPS Writer
			}
		case "Workbook":
			if (kind == "ole" || kind == oldXLS) && len(e.Path) == 0 { // else it lies in a document
				kind, book = XLS, e
			}
		case "Book":
			if kind == "ole" {
				kind = oldXLS
			}
		case "PowerPoint Document":
			kind = "ppt"
		}
	}
	switch {
	case macros:
		return Document{}, fmt.Errorf("%w: %s", ErrMacros, kind)
	case kind == DOC:
		return readWord(streams)
	}
	return readBook(kind, book)
}

func readBook(kind string, book *mscfb.File) (Document, error) {
	if kind != XLS {
		return Document{}, fmt.Errorf("%w: %s", ErrUnsupported, kind)
	}
	if book.Size < 0 || book.Size > maxPart {
		return Document{}, fmt.Errorf("%w: workbook of %d bytes", ErrTooLarge, book.Size)
	}
	stream, err := io.ReadAll(io.LimitReader(book, book.Size))
	if err != nil {
		return Document{}, fmt.Errorf("%w: workbook: %v", ErrBroken, err)
	}
	return readXLS(stream)
}

const oldXLS = "xls before Excel 97"
