package document

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// Limits on one document. A file beyond them is ErrTooLarge; only pages beyond
// maxPages are silently not read.
const (
	maxPart  = 64 << 20 // decompressed bytes of document.xml
	maxDepth = 256      // nested XML elements; real documents stay below 60
	maxItems = 400_000  // blocks and cells; bounds memory, an empty cell takes 7 bytes of XML
	maxPages = 2000     // of a PDF: its own page count is not to be trusted
	maxRunes = 8 << 20  // text of a PDF
)

// Options say where compiled PDFium may be kept. The zero value works and costs
// about 3 s of CPU and 350 MB for each PDF.
type Options struct {
	CacheDir string // folder with compiled PDFium, filled by Warm; "" = none
	Fill     bool   // write the cache if it is empty; false in a caged worker
}

// Reader reads documents one after the other. PDFium is started for the first PDF
// and kept for the next, which saves a start of about 0.1 s each; after a fault
// it is started anew. A Reader is used by one goroutine.
type Reader struct {
	options Options
	engine  *engine // nil: not started
}

// NewReader prepares a Reader; nothing is started yet.
func NewReader(o Options) *Reader { return &Reader{options: o} }

// Start starts PDFium ahead of the first PDF, if it does not run.
func (r *Reader) Start() error {
	if r.engine != nil {
		return nil
	}
	started, err := startPDFium(r.options)
	if err == nil {
		r.engine = started
	}
	return err
}

// Close ends what was started.
func (r *Reader) Close() {
	if r.engine != nil {
		r.engine.stop()
		r.engine = nil
	}
}

// ReadNamed reads a document of any supported kind, told by its content. Only
// what is text is read by the file's name: a table of a .csv, .tsv, .txt (its
// lines, where it is no table) or of a web page called .xls.
//
// Of a spreadsheet the visible sheets are read, each a block with its name and one
// with its rows; hidden rows and columns too, as a filter or a folded group hides
// what somebody filled in. Numbers are as a person sees them, but with every digit
// that was typed; a formula is the value kept with it, or empty if none was.
//
// Errors wrap ErrUnsupported (detail: the kind in short, e.g. "doc", "pptx",
// "zip"), ErrEncrypted, ErrBroken or ErrTooLarge. It does not bound time: run it
// in a process that can be killed.
func (r *Reader) ReadNamed(name string, in io.ReaderAt, size int64) (doc Document, err error) {
	defer func() {
		if p := recover(); p != nil {
			doc, err = Document{}, fmt.Errorf("%w: %v", ErrBroken, p)
		}
		if errors.Is(err, ErrBroken) {
			r.Close() // a trap may have left PDFium in any state
		}
	}()
	head := make([]byte, min(size, 1024))
	n, err := in.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return Document{}, err
	}
	switch kind := sniff(head[:n]); kind {
	case "zip":
		return readPackage(in, size)
	case "ole":
		return readOLE(in)
	case RTF:
		return readRTF(in, size)
	case PDF:
		return r.readPDF(in, size)
	case "xml":
		return readFlatXML(in, size)
	case "mhtml":
		return readMHTML(in, size)
	case "html", "unknown":
		if HasText(name) || kind == "html" && calledPage(name) {
			return readText(name, in, size)
		}
		fallthrough
	default:
		return Document{}, fmt.Errorf("%w: %s", ErrUnsupported, kind)
	}
}

// sniff names the kind of a file by its first 1,024 bytes. A PDF may have junk
// before its header (ISO 32000-1, annex H.3.4), so it is looked for last.
func sniff(head []byte) string {
	for _, m := range []struct{ magic, kind string }{
		{"PK\x03\x04", "zip"},
		{"PK\x05\x06", "zip"},
		{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"},
		{`{\rtf`, RTF},
		{"\xff\xd8\xff", "jpeg"},
		{"\x89PNG\r\n", "png"},
		{"Rar!\x1a\x07", "rar"},
		{"7z\xbc\xaf\x27\x1c", "7z"},
	} {
		if bytes.HasPrefix(head, []byte(m.magic)) {
			return m.kind
		}
	}
	if len(head) == 0 {
		return "empty"
	}
	if bytes.Contains(head, []byte("%PDF-")) {
		return PDF
	}
	text := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n"))
	switch {
	case bytes.HasPrefix(text, []byte("mime-version:")), bytes.Contains(text, []byte("multipart/related")) && bytes.HasPrefix(text, []byte("from:")):
		return "mhtml"
	case bytes.Contains(text, []byte("<html")), bytes.Contains(text, []byte("<!doctype html")):
		return "html"
	case bytes.HasPrefix(text, []byte("<?xml")):
		return "xml"
	}
	return "unknown"
}
