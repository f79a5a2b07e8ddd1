package document

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// Look tells how a stretch of text stands out. People who fill in a form without a
// box to tick underline, colour or box their choice, or strike out the others.
type Look uint16

const (
	Underlined Look = 1 << iota
	Bold
	Struck
	Coloured    // neither black nor grey nor white
	Highlighted // a marker, or a shade behind the characters
	Bordered    // a frame around the characters
	PictureHere // no look: a picture stands here, in a stretch of no length

	blue   // with Underlined it is how a link looks, which is no choice of anybody's
	hidden // not to be seen at all
)

// Mark is a stretch of a text, in bytes, that stands out, or the place of a picture.
type Mark struct {
	From int  `json:"from"`
	To   int  `json:"to"`
	Look Look `json:"look"`
}

// Marks are in the text's order and do not overlap; plain text has none.
type Marks []Mark

// Cut gives the marks of the bytes from up to to, counted from there.
func (m Marks) Cut(from, to int) Marks {
	var out Marks
	for _, x := range m {
		begin, end := max(x.From, from), min(x.To, to)
		if begin < end || begin == end && x.Look == PictureHere {
			out = append(out, Mark{begin - from, end - from, x.Look})
		}
	}
	return out
}

// behind puts the marks of a text behind those of n bytes before it.
func (m Marks) behind(before Marks, n int) Marks {
	for _, x := range m {
		before = append(before, Mark{x.From + n, x.To + n, x.Look})
	}
	return before
}

// Pictures is how many of them are places of pictures.
func (m Marks) Pictures() int {
	n := 0
	for _, x := range m {
		if x.Look == PictureHere {
			n++
		}
	}
	return n
}

// passage is a text with its marks.
type passage struct {
	text  string
	marks Marks
}

// trimmed leaves out the spaces around it.
func (p passage) trimmed() passage { return p.cut(strings.TrimSpace(p.text)) }

// cut leaves out what stands around a part of the text; pictures there stay at its ends.
func (p passage) cut(part string) passage {
	if len(p.marks) == 0 {
		return passage{text: part}
	}
	from := strings.Index(p.text, part)
	to := from + len(part)
	for i, m := range p.marks {
		if m.Look == PictureHere {
			at := min(max(m.From, from), to)
			p.marks[i].From, p.marks[i].To = at, at
		}
	}
	return passage{part, p.marks.Cut(from, to)}
}

// maxMarks of one paragraph are kept; no list of names has more.
const maxMarks = 500

// writing is a passage that grows.
type writing struct {
	text  strings.Builder
	marks Marks
}

func (w *writing) write(s string, i ink) {
	from := w.text.Len()
	w.text.WriteString(s)
	look := i.look()
	if look == 0 || s == "" {
		return
	}
	if n := len(w.marks); n > 0 && w.marks[n-1].To == from && w.marks[n-1].Look == look {
		w.marks[n-1].To = w.text.Len()
	} else if n < maxMarks {
		w.marks = append(w.marks, Mark{from, w.text.Len(), look})
	}
}

// picture notes that a picture stands here.
func (w *writing) picture() {
	if len(w.marks) < maxMarks {
		w.marks = append(w.marks, Mark{w.text.Len(), w.text.Len(), PictureHere})
	}
}

// take gives what was written and begins anew.
func (w *writing) take() passage {
	p := passage{w.text.String(), w.marks}
	w.text.Reset()
	w.marks = nil
	return p
}

// ink is what a run's properties say of its look; set are those that they speak of.
type ink struct{ set, on Look }

func (i *ink) put(l Look, on bool) {
	i.set |= l
	if i.on &^= l; on {
		i.on |= l
	}
}

// over is the ink where properties inside say more than those around them.
func (i ink) over(outer ink) ink { return ink{i.set | outer.set, i.on | outer.on&^i.set} }

func (i ink) look() Look {
	if i.on&blue != 0 && i.on&Underlined != 0 {
		i.on &^= Underlined | Coloured
	}
	return i.on &^ (blue | hidden)
}

// colour takes a colour of the text: greys and what is nearly black are none.
func (i *ink) colour(r, g, b uint8) {
	least, most := min(r, g, b), max(r, g, b)
	i.put(Coloured, most-least >= 0x40)
	i.put(blue, int(b)-int(max(r, g)) >= 0x40)
}

// hexColour takes a colour as six digits, with or without #; other words (auto) are none.
func (i *ink) hexColour(s string) {
	r, g, b, _ := rgb(s)
	i.colour(r, g, b)
}

// shade takes the colour behind the text, likewise; white is none.
func (i *ink) shade(s string) {
	r, g, b, ok := rgb(s)
	i.put(Highlighted, ok && min(r, g, b) < 0xF8)
}

func rgb(s string) (r, g, b uint8, ok bool) {
	s = strings.TrimPrefix(s, "#")
	if len(s) != 6 {
		return 0, 0, 0, false
	}
	n, err := strconv.ParseUint(s, 16, 32)
	return uint8(n >> 16), uint8(n >> 8), uint8(n), err == nil
}

// property takes a run's property of WordprocessingML (ECMA-376 part 1, 17.3.2).
func (i *ink) property(e xml.StartElement) {
	value := attr(e, "val")
	none := value == "none" || value == "nil"
	switch e.Name.Local {
	case "u":
		i.put(Underlined, !none && value != "")
	case "b":
		i.put(Bold, on(e))
	case "strike", "dstrike":
		i.put(Struck, i.on&Struck != 0 || on(e))
	case "color":
		i.hexColour(value)
	case "highlight":
		i.put(Highlighted, !none && value != "white")
	case "shd":
		if i.on&Highlighted == 0 {
			if i.shade(attr(e, "fill")); value != "clear" && !none {
				i.put(Highlighted, true) // a pattern
			}
		}
	case "bdr":
		i.put(Bordered, !none)
	case "vanish":
		i.put(hidden, on(e))
	}
}

// odfInk takes the properties of a text style of ODF (ISO/IEC 26300-3, 20 and 19).
func odfInk(e xml.StartElement) (i ink) {
	for _, a := range e.Attr {
		none := a.Value == "none" || a.Value == "transparent"
		switch a.Name.Local {
		case "text-underline-style":
			i.put(Underlined, !none)
		case "font-weight-asian":
			i.put(Bold, a.Value != "normal")
		case "text-line-through-style", "text-line-through-type":
			i.put(Struck, !none)
		case "color":
			i.hexColour(a.Value)
		case "use-window-font-color":
			if a.Value == "true" {
				i.colour(0, 0, 0)
			}
		case "display":
			i.put(hidden, a.Value == "none")
		case "background-color":
			i.shade(a.Value)
		case "border", "border-top":
			i.put(Bordered, !none)
		}
	}
	return i
}
