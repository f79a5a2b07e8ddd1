package document

import (
	"archive/zip"
	"errors"
	"fmt"
	"image"
	"io"
	"path"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// PPTX is PowerPoint since 2007, of which only the pictures are read.
const PPTX = "pptx"

// Limits on the pictures inside a document.
const (
	maxInner   = 60       // pictures that are kept
	maxSeen    = 60 << 20 // pixels of those whose look is worked out, about 2 s of CPU
	maxDecoded = 12 << 20 // pixels of one of them: as a phone takes it
	leastInner = 200      // pixels of the long side: less is a seal, a bullet, a line
	maxSlides  = 300
	maxInBytes = 32 << 20 // of one picture
	maxCaption = 30       // characters of a line that may be a caption
	tailText   = 150      // characters behind a picture that stands at a text's end
	bigTable   = 100      // characters that make a table one of text
	maxLine    = 64 << 10 // bytes of one line that are looked at
)

// Inner is a picture inside a document.
type Inner struct {
	Picture
	Page  int    `json:"page,omitempty"`  // slide it stands on, from 1
	Above string `json:"above,omitempty"` // the last short line before it: a heading or caption
	Below string `json:"below,omitempty"` // the short line right behind it
	Tail  bool   `json:"tail,omitempty"`  // it stands behind the text of a .docx or .odt, outside of its tables
}

// Inside is what a document has inside beside its words.
type Inside struct {
	Kind     string  `json:"kind"` // DOCX, PPTX, DOC, PPT, ODT or RTF
	Slides   int     `json:"slides,omitempty"`
	Pictures []Inner `json:"pictures,omitempty"`
	Words    []Block `json:"-"` // of slides, of which a .ppt does not tell on which they stand
}

// PicturesIn gives the pictures that a .docx, .pptx or .odt shows, in order, each once
// however often it stands there, with what is written beside them; of a .doc, .ppt or
// .rtf the pictures alone; and the words of slides. Pictures of headers, footers and layouts are the letter's paper, and those with a long side
// under 200 pixels are ornaments: they are left out, and so are drawings that
// are no pictures (.emf). Errors wrap ErrUnsupported (any other kind), ErrBroken,
// ErrEncrypted or ErrTooLarge.
func PicturesIn(in io.ReaderAt, size int64) (out Inside, err error) {
	defer func() {
		if p := recover(); p != nil {
			out, err = Inside{}, fmt.Errorf("%w: %v", ErrBroken, p)
		}
	}()
	head := make([]byte, min(size, 8))
	n, err := in.ReadAt(head, 0)
	switch kind := sniff(head); {
	case n == 8 && kind == "ole":
		return oleInside(in)
	case n == 8 && kind == RTF:
		return rtfInside(in, size)
	case err != nil && !errors.Is(err, io.EOF):
		return out, err
	}
	z, err := zip.NewReader(in, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // names are only compared, never written
		return out, fmt.Errorf("%w: zip: %v", ErrUnsupported, err)
	}
	c := &collector{z: z, seen: map[string]bool{}, left: maxSeen}
	if main := find(z, "word/document.xml"); main != nil {
		c.out.Kind = DOCX
		err = c.part(main, 0)
	} else if find(z, "ppt/presentation.xml") != nil {
		c.out.Kind = PPTX
		err = c.slides()
	} else if isODT(z) {
		c.out.Kind = ODT
		err = c.part(find(z, "content.xml"), 0)
	} else {
		err = fmt.Errorf("%w: %s", ErrUnsupported, zipKind(z))
	}
	return c.out, err
}

// collector goes through the parts of a package.
type collector struct {
	z     *zip.Reader
	out   Inside
	seen  map[string]bool // contents of pictures
	above string          // goes on from one slide to the next
	left  int             // of maxSeen
}

var slideName = regexp.MustCompile(`(?i)^ppt/slides/slide(\d+)\.xml$`)

// slides goes through a presentation in the order of the slides' numbers, which is
// that of the show unless somebody moved them.
func (c *collector) slides() error {
	type slide struct {
		n    int
		file *zip.File
	}
	var all []slide
	for _, f := range c.z.File {
		if m := slideName.FindStringSubmatch(partName(f)); m != nil {
			n, err := strconv.Atoi(m[1])
			if err == nil {
				all = append(all, slide{n, f})
			}
		}
	}
	sort.Slice(all, func(a, b int) bool { return all[a].n < all[b].n })
	c.out.Slides = len(all)
	for i, s := range all[:min(len(all), maxSlides)] {
		if err := c.part(s.file, i+1); err != nil {
			return err
		}
	}
	return nil
}

// placed is a picture where it stands in a part.
type placed struct {
	Inner
	id    string
	runes int // before it
	line  int // lines before it
	free  bool
}

// part takes the pictures of one part with the lines around them.
func (c *collector) part(f *zip.File, page int) error {
	targets, err := c.targets(f)
	if err != nil || len(targets) == 0 && page == 0 && c.out.Kind == DOCX {
		return err
	}
	r, err := openPart(f)
	if err != nil {
		return err
	}
	defer r.Close()
	s := &partScan{}
	run := s.run
	if c.out.Kind == ODT {
		run = s.runODF
	}
	if err := run(&cappedReader{r: r, left: maxPart}); err != nil {
		return broken(f.Name, err)
	}
	for i, p := range s.pictures {
		p.Page = page
		p.Above, p.Below = s.around(p, page > 0)
		if i+1 < len(s.pictures) && s.pictures[i+1].line == p.line {
			p.Below = "" // another picture stands between
		}
		if p.Above == "" && page > 0 {
			p.Above = c.above
		}
		p.Tail = page == 0 && p.free && s.runes-p.runes < tailText && p.runes > 2*tailText
		target := targets[p.id]
		if c.out.Kind == ODT {
			target = inPackage("", p.id)
		}
		c.take(p, target)
	}
	if page > 0 {
		c.out.Words = append(c.out.Words, Block{Text: strings.Join(s.lines, "\n"), Page: page})
		if short := s.short(); short != "" {
			c.above = short
		}
	}
	return nil
}

// targets are the parts that a part's relationships name, by their id.
func (c *collector) targets(f *zip.File) (map[string]string, error) {
	name := partName(f)
	dir := path.Dir(name)
	rels := find(c.z, dir+"/_rels/"+path.Base(name)+".rels")
	if rels == nil {
		return nil, nil
	}
	var x relationships
	if err := decodePart(rels, &x); err != nil {
		return nil, broken(rels.Name, err)
	}
	out := map[string]string{}
	for _, r := range x.Relationship {
		if strings.HasSuffix(r.Type, "/image") && !strings.EqualFold(r.TargetMode, "External") {
			out[r.ID] = inPackage(dir, r.Target)
		}
	}
	return out, nil
}

// take keeps a picture if it is one, is large enough and did not come yet.
func (c *collector) take(p placed, target string) {
	f := find(c.z, target)
	if target == "" || f == nil || len(c.out.Pictures) >= maxInner || f.UncompressedSize64 > maxInBytes {
		return
	}
	content := fmt.Sprint(f.CRC32, " ", f.UncompressedSize64)
	if c.seen[content] {
		return
	}
	c.seen[content] = true
	size, ok := sizeOf(f)
	if !ok || max(size.Width, size.Height) < leastInner {
		return
	}
	p.Picture = size
	if area := size.Width * size.Height; area <= min(c.left, maxDecoded) {
		c.left -= area
		p.Picture = innerLook(f, size)
	}
	if slices.ContainsFunc(c.out.Pictures, func(x Inner) bool { return x.Alike(p.Picture) }) {
		return
	}
	c.out.Pictures = append(c.out.Pictures, p.Inner)
}

// sizeOf reads a picture's size from its head.
func sizeOf(f *zip.File) (Picture, bool) {
	r, err := openPart(f)
	if err != nil {
		return Picture{}, false
	}
	defer r.Close()
	head, _, err := image.DecodeConfig(r)
	if err != nil || head.Width <= 0 || head.Height <= 0 || head.Width > maxPixels/head.Height {
		return Picture{}, false
	}
	return Picture{Width: head.Width, Height: head.Height}, true
}

func innerLook(f *zip.File, size Picture) Picture {
	r, err := openPart(f)
	if err != nil {
		return size
	}
	defer r.Close()
	im, _, err := image.Decode(&cappedReader{r: r, left: maxInBytes})
	if err != nil {
		return size // its size is known
	}
	small := smallOf(im)
	size.Look, size.Flat = imprint(small), flat(small)
	return size
}
