// Package document reads office documents, spreadsheets, tables in text and PDF
// files into one plain value.
//
// It keeps what a form needs: paragraphs and tables in reading order, merged
// cells, check boxes as characters (☑ ticked, □ empty), the number of pages,
// whether pages are only pictures.
package document

import "errors"

// Why a file could not be read. Each is wrapped as "%w: detail".
var (
	ErrUnsupported = errors.New("not a format that is read")    // by content, whatever the name says
	ErrEncrypted   = errors.New("protected by a password")      //
	ErrBroken      = errors.New("damaged")                      //
	ErrTooLarge    = errors.New("larger than the limits allow") //
	ErrMacros      = errors.New("holds macros")                 // it can run something, so it is not read
)

// Kinds of file, by content.
const (
	DOCX = "docx"
	PDF  = "pdf"
	XLSX = "xlsx"
	XLS  = "xls" // Excel 97 to 2003 and WPS .et; also a web page that is called .xls, as many systems export
	CSV  = "csv" // text: a table with separators
	DOC  = "doc" // Word 97 to 2003, and .wps of WPS Writer
	RTF  = "rtf"
	ODT  = "odt"
	OFD  = "ofd"  // GB/T 33190
	HTML = "html" // a web page, also one that is called .doc
	TXT  = "txt"  // lines of text
)

// Cell is one cell of a table. Text holds its paragraphs, a \n between.
type Cell struct {
	Text  string `json:"text"`
	Span  int    `json:"span"`            // columns covered, at least 1
	Down  bool   `json:"down,omitempty"`  // continues the cell above (vertical merge); Text is then ""
	Marks Marks  `json:"marks,omitempty"` // what stands out in Text; of .docx, .doc, .rtf and .odt
}

// Block is a paragraph or a table, in reading order.
type Block struct {
	Text  string   `json:"text,omitempty"`
	Rows  [][]Cell `json:"rows,omitempty"`  // a table where not nil
	Page  int      `json:"page,omitempty"`  // from 1 where known, else 0
	Marks Marks    `json:"marks,omitempty"` // what stands out in Text, as of a cell
}

// Document is what was read.
type Document struct {
	Kind       string   `json:"kind"`
	Blocks     []Block  `json:"blocks"`
	Headers    []string `json:"headers,omitempty"`    // lines that a word processor's file repeats above its pages
	Pages      int      `json:"pages"`                // 0 where unknown (.docx without a count)
	Scanned    bool     `json:"scanned"`              // no text of its own: pages are pictures
	Scans      []int    `json:"scans,omitempty"`      // pages that are only pictures, from 1
	Recognised bool     `json:"recognised,omitempty"` // words of such pages are in Blocks: a machine recognised them, they may be wrong
	Pictures   int      `json:"pictures"`
	Seals      int      `json:"seals,omitempty"`   // electronic seals, of an .ofd
	Signed     int      `json:"signed,omitempty"`  // signatures of an .ofd, those with a seal included
	Printed    bool     `json:"printed,omitempty"` // of an .ofd: letters and lines, and nothing that might be a seal's picture
	Revisions  int      `json:"revisions"`         // tracked insertions and deletions; text is read as if accepted
	Comments   int      `json:"comments"`
}
