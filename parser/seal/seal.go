// Package seal finds red official seals (公章) on the picture of a page.
//
// A seal is a ring of red ink, round (3.2 to 4.8 cm across, State Council order
// 国发〔1999〕25号 has 4.2 and more for offices and about 4 for companies) or oval
// (4.5 by 3.0 cm, as some companies have), with letters and mostly a star inside,
// on paper that shows through. Red letterheads, lines, photographs, fingerprints,
// small date stamps are none. What is red and no seal is told as such, so that
// nobody takes the absence of a recognised seal for the absence of ink.
//
// The steps: learn the paper's tint (page.go), mark what is red against it
// (mask.go), join it to blobs (blob.go), let the edges of each blob vote for the
// centre of a circle (round.go) or fit an ellipse (oval.go), and test what was
// found: a thin closed line, sparse ink inside, paper between.
//
// Caveats. A grey, dark or washed-out picture shows no red: Page.Doubt says so,
// and nothing may be concluded from it. A seal that the page's edge cuts is not
// counted (骑缝章 are stamped so on purpose); it is among Page.Red.
package seal

// Why a page's picture proves nothing about seals (Page.Doubt).
const (
	DoubtGrey   = "grey"   // no colour at all: black-and-white or grey
	DoubtDark   = "dark"   // the paper itself is dark
	DoubtPale   = "pale"   // washed out, or what is red is too faint to be told
	DoubtCut    = "cut"    // the page's edge cuts what may be a seal
	DoubtCopied = "copied" // a seal that is not red: a photocopy
	DoubtUnread = "unread" // the page could not be made a picture
)

// Box is an upright rectangle; millimetres from the page's upper left corner.
type Box struct {
	X int `json:"x"`
	Y int `json:"y"`
	W int `json:"w"`
	H int `json:"h"`
}

// Seal is one seal that was found; its centre and its size in millimetres.
type Seal struct {
	X    int  `json:"x"`
	Y    int  `json:"y"`
	W    int  `json:"w"`
	H    int  `json:"h"`
	Oval bool `json:"oval,omitempty"`
}

// Label is a printed label that says where a seal belongs.
type Label struct {
	Name string `json:"name"` // as the caller called it
	X    int    `json:"x"`    // of its first character, millimetres
	Y    int    `json:"y"`
}

// Page is what one page's picture shows. Millimetres are those of the paper: a
// picture without a size of its own counts as A4.
type Page struct {
	Number int     `json:"number"` // from 1
	Width  int     `json:"width"`
	Height int     `json:"height"`
	Scan   bool    `json:"scan,omitempty"`  // the page is a picture
	Doubt  string  `json:"doubt,omitempty"` // "": a clean page in colour
	Seals  []Seal  `json:"seals,omitempty"`
	Red    []Box   `json:"red,omitempty"`    // what else is red, from 3 mm on
	Boxes  []Box   `json:"boxes,omitempty"`  // the last two boxes of the page's table, the lower one last; of scans with one seal
	Labels []Label `json:"labels,omitempty"` // of pages with text
	Ink    *bool   `json:"ink,omitempty"`    // beside printed words something is written in the last label's box; nil: not known
}

// Reading is what was seen on a file's pages.
type Reading struct {
	Pages  []Page `json:"pages,omitempty"`  // those that were looked at
	Signed int    `json:"signed,omitempty"` // electronic seals and signatures of the file itself
	Left   int    `json:"left,omitempty"`   // pages beyond the limits, not looked at
}

// resolution is what pictures are brought to, in pixels a millimetre: 75 dpi. A
// seal's ring is 1.2 mm thick, so 3 to 4 pixels there.
const resolution = 75 / 25.4

// PixelsPerMM is the resolution that [Find] works at; a page that is drawn for it
// is best drawn so.
func PixelsPerMM() float64 { return resolution }
