package document

import (
	"archive/zip"
	"encoding/xml"
	"slices"
)

// Limits on what is read of styles.
const (
	maxStyleBytes = 8 << 20
	maxSaidStyles = 20_000
	maxBased      = 50 // styles, each based on the next
)

// face is what is read of the properties of characters.
type face struct {
	font string
	ink  ink
}

// property takes one of a run's properties.
func (f *face) property(e xml.StartElement) {
	if e.Name.Local == "rFonts" {
		if font := attr(e, "ascii"); font != "" {
			f.font = font
		}
		return
	}
	f.ink.property(e)
}

// over is the face where properties inside say more than those around them.
func (f face) over(outer face) face {
	if f.font == "" {
		f.font = outer.font
	}
	f.ink = f.ink.over(outer.ink)
	return f
}

// wordStyles are the styles of paragraphs and of characters of WordprocessingML, by id;
// that of paragraphs without one also under "".
type wordStyles map[string]wordStyle

type wordStyle struct {
	face
	based string
}

// toggles are the properties that two styles on one run take back from one another
// (ECMA-376 part 1, 17.7.3).
const toggles = Bold | Struck | hidden

// face is how a run looks by its paragraph's style and its own.
func (s wordStyles) face(paragraph, run string) face {
	outer := s[paragraph].face
	if run == "" {
		return outer
	}
	inner := s[run].face
	both := inner.over(outer)
	both.ink.on = both.ink.on&^toggles | (inner.ink.on^outer.ink.on)&toggles
	return both
}

// packageStyles are the styles of a package's text in a folder.
func packageStyles(z *zip.Reader, dir string) wordStyles {
	f := find(z, dir+"/styles.xml")
	if f == nil {
		return nil
	}
	r, err := openPart(f)
	if err != nil {
		return nil
	}
	defer r.Close()
	return readWordStyles(partTokens(&cappedReader{r: r, left: maxStyleBytes}))
}

// readWordStyles reads a part of styles as far as it can be read: the text is whole
// without them.
func readWordStyles(d tokens) wordStyles {
	r := styleReader{said: wordStyles{}}
	for len(r.said) < maxSaidStyles && len(r.open) < maxDepth {
		t, err := d.RawToken()
		if err != nil {
			break
		}
		switch e := t.(type) {
		case xml.StartElement:
			r.open = append(r.open, e.Name.Local)
			r.start(e)
		case xml.EndElement:
			if r.at("style") && r.id != "" {
				r.said[r.id] = r.style
				if r.byDefault {
					r.said[""] = r.style
				}
			}
			r.open = r.open[:max(len(r.open)-1, 0)]
		}
	}
	return r.said.resolved()
}

// styleReader goes once through a part of styles.
type styleReader struct {
	said wordStyles
	open []string // local names of the open elements

	style     wordStyle // the open one
	id        string    // its id; "": of a table or a list
	byDefault bool
}

// at: the innermost open elements are these.
func (r *styleReader) at(path ...string) bool {
	n := len(r.open) - len(path)
	return n >= 0 && slices.Equal(r.open[n:], path)
}

func (r *styleReader) start(e xml.StartElement) {
	switch {
	case r.at("style"):
		r.style, r.id, r.byDefault = wordStyle{}, "", false
		switch attr(e, "type") {
		case "paragraph":
			d := attr(e, "default")
			r.byDefault = d == "1" || d == "true" || d == "on"
			fallthrough
		case "character":
			r.id = attr(e, "styleId")
		}
	case r.at("style", "basedOn"):
		r.style.based = attr(e, "val")
	case r.at("style", "rPr", e.Name.Local):
		r.style.property(e)
	}
}

// resolved gives each style what those say that it is based on.
func (s wordStyles) resolved() wordStyles {
	out := make(wordStyles, len(s))
	for id, style := range s {
		based := style.based
		for range maxBased {
			if based == "" {
				break
			}
			style.face = style.face.over(s[based].face)
			based = s[based].based
		}
		out[id] = style
	}
	return out
}
