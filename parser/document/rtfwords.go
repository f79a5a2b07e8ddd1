package document

import (
	"strconv"
	"strings"
)

// word obeys a control word.
func (r *rtfReader) word(word string, value int, valued bool) {
	if word == "u" && valued {
		r.unicode(value)
		return
	}
	if word == "bin" && valued {
		from := r.at
		r.at = min(len(r.b), r.at+max(value, 0))
		if r.keeps() && r.state.group == "pict" {
			r.inside.take(r.b[from:r.at])
		}
		return
	}
	if r.destination(word) || r.leftOut() {
		return
	}
	switch r.state.group {
	case "fonttbl":
		r.fontWord(word, value)
		return
	case "formfield":
		r.fieldWord(word, value)
		return
	case "colortbl":
		r.tint(word, value)
		return
	}
	on := !valued || value != 0
	switch word {
	case "ansicpg":
		r.page = value
	case "uc":
		r.state.fallback = min(max(value, 0), 16)
	case "f":
		r.flush()
		r.state.font = value
	case "v":
		r.flush()
		r.state.hidden = on
	case "deleted":
		r.flush()
		r.state.deleted = on
		if on {
			r.doc.Revisions++
		}
	case "revised":
		if on {
			r.doc.Revisions++
		}
	case "plain":
		r.flush()
		r.state.hidden, r.state.deleted, r.state.font, r.state.ink = false, false, 0, ink{}
	case "nofpages":
		r.doc.Pages = min(max(value, 0), 100_000)
	case "chatn":
		r.doc.Comments++
	default:
		if !r.look(word, value, on) && !r.tableWord(word, value) {
			r.character(word)
		}
	}
}

// unicode takes \uN, a UTF-16 unit; what replaces it for old readers follows.
func (r *rtfReader) unicode(value int) {
	if r.shown() {
		if len(r.raw) > 0 {
			r.flush()
		}
		r.units = append(r.units, uint16(value))
	}
	r.skip = r.state.fallback
}

func (r *rtfReader) character(word string) {
	switch word {
	case "par", "sect":
		r.paragraph(r.state.deleted)
	case "line", "lbr", "page", "column":
		r.write("\n")
	case "tab":
		r.write("\t")
	case "emdash":
		r.write("—")
	case "endash":
		r.write("–")
	case "bullet":
		r.write("•")
	case "lquote":
		r.write("‘")
	case "rquote":
		r.write("’")
	case "ldblquote":
		r.write("“")
	case "rdblquote":
		r.write("”")
	case "emspace", "enspace", "qmspace":
		r.write(" ")
	}
}

// tableWord obeys what speaks of tables.
func (r *rtfReader) tableWord(word string, value int) bool {
	inner := 0
	if r.state.group == "nest" {
		inner = 1
	}
	switch word {
	case "pard":
		r.flush()
		r.state.inTable, r.state.depth = false, 0
	case "intbl":
		r.state.inTable = true
	case "itap":
		r.state.depth = max(value, 0)
	case "trowd":
		r.ends[inner], r.next = nil, cellEnd{}
	case "clvmrg":
		r.next.down = true
	case "clmrg":
		r.next.left = true
	case "cellx":
		r.next.right = value
		if len(r.ends[inner]) < 63 {
			r.ends[inner] = append(r.ends[inner], r.next)
		}
		r.next = cellEnd{}
	case "cell":
		text, boxes := r.take()
		r.out.cell(1, text, boxes)
	case "nestcell":
		text, boxes := r.take()
		r.out.cell(max(2, r.place()), text, boxes)
	case "row":
		r.take()
		r.out.row(1, r.ends[0], false)
	case "nestrow":
		r.out.row(max(2, r.place()), r.ends[1], false)
	default:
		return false
	}
	return true
}

// destination enters a group of its own kind: most are left out.
func (r *rtfReader) destination(word string) bool {
	star := r.star
	r.star = false
	if r.leftOut() && !(word == "pict" && r.state.group == "shape") && !(star && r.state.group == "pict") {
		return false
	}
	group := ""
	switch word {
	case "fonttbl", "formfield", "colortbl":
		group = word
	case "fldinst":
		group = word
		r.field = rtfField{}
	case "fldrslt":
		if r.field.replaced {
			group = "skip"
		}
		r.field.replaced = false
	case "shptxt", "dptxbxtext":
		r.startBox()
		group = "box"
	case "header", "headerl", "headerr", "headerf":
		r.startBox()
		group, r.state.above = "header", true
	case "nesttableprops":
		group = "nest"
	case "pict":
		r.doc.Pictures++
		if r.shown() {
			r.flush()
			r.writing.picture()
		}
		group = "pict"
	case "shppict", "shpinst", "shp", "do", "object", "result", "field", "ud", "upr", "ffname", "rtf":
		return word != "rtf"
	case "sp": // what is said of a shape; its picture is one of the text
		group = "shape"
	case "info":
		group = word
	case "annotation":
		r.doc.Comments++
		group = "skip"
	case "stylesheet", "footer", "footerl", "footerr", "footerf",
		"footnote", "nonshppict", "shprslt", "nonesttables", "listtext", "pntext", "listtable", "revtbl", "bkmkstart", "bkmkend",
		"xe", "tc", "rxe", "template", "private", "fontemb", "objclass", "objname", "atnid", "atnauthor":
		group = "skip"
	default:
		if !star {
			return false
		}
		group = "skip"
	}
	if group == "" {
		return true
	}
	r.flush()
	r.state.group, r.state.own = group, true
	return true
}

// leftOut: the words of the open group are no text's.
func (r *rtfReader) leftOut() bool {
	return r.state.group == "skip" || r.state.group == "shape" || r.state.group == "pict"
}

func (r *rtfReader) startBox() {
	r.flush()
	r.outer = append(r.outer, rtfOuter{out: r.out, text: r.writing.take(), boxes: r.boxes})
	r.out, r.boxes = newStream(), nil
	r.out.items = r.outer[len(r.outer)-1].out.items
	r.state.inTable, r.state.depth = false, 0
}

func (r *rtfReader) fieldWord(word string, value int) {
	switch word {
	case "fftype":
		r.field.kind = value
	case "ffres":
		r.field.result = value
	case "ffdefres":
		r.field.byDefault = value
	}
}

// endFormField writes a check box; 25 stands for no state of its own.
func (r *rtfReader) endFormField() {
	if f := &r.field; f.kind == 1 {
		state := f.result
		if state == 25 {
			state = f.byDefault
		}
		f.kind = 0
		r.writing.write(mark(state == 1), ink{})
	}
}

// endCode writes the character that a SYMBOL field stands for.
func (r *rtfReader) endCode() {
	words := strings.Fields(strings.ReplaceAll(r.field.code.String(), `"`, ""))
	r.field.code.Reset()
	if len(words) < 2 || !strings.EqualFold(words[0], "SYMBOL") || !r.shown() {
		return
	}
	code, err := strconv.ParseUint(words[1], 0, 16)
	if err != nil {
		return
	}
	for i, w := range words {
		if strings.EqualFold(w, `\f`) && i+1 < len(words) {
			if s, ok := symbol(strings.Join(words[i+1:min(i+3, len(words))], " "), rune(code)); ok {
				r.writing.write(s, ink{})
				r.field.replaced = true
				return
			}
			if s, ok := symbol(words[i+1], rune(code)); ok {
				r.writing.write(s, ink{})
				r.field.replaced = true
				return
			}
		}
	}
}
