package document

import "strings"

// tint is a colour of the file's table; not said: the automatic one.
type tint struct {
	said    bool
	r, g, b uint8
}

// tint takes a word of the table of colours: the entry that is open is the last, which
// its semicolon closes by opening the next.
func (r *rtfReader) tint(word string, value int) {
	t := &r.tints[len(r.tints)-1]
	t.said = true
	switch word {
	case "red":
		t.r = uint8(value)
	case "green":
		t.g = uint8(value)
	case "blue":
		t.b = uint8(value)
	}
}

// tintOf is a colour by its number.
func (r *rtfReader) tintOf(n int) tint {
	if n < 0 || n >= len(r.tints) {
		return tint{}
	}
	return r.tints[n]
}

// look obeys the words that say how characters look.
func (r *rtfReader) look(word string, value int, on bool) bool {
	i := r.state.ink
	switch word {
	case "rtlch", "ltrch", "dbch", "loch", "hich":
		r.state.rtl = word == "rtlch"
		return true
	case "b", "ab": // ab: of Chinese, behind \dbch
		if !r.state.rtl {
			i.put(Bold, on)
		}
	case "strike", "striked":
		i.put(Struck, on)
	case "ulnone":
		i.put(Underlined, false)
	case "ul", "uld", "uldb", "ulw", "ulth", "uldash", "uldashd", "uldashdd", "ulwave", "ulhwave", "ululdbwave", "ulthd", "ulthdash", "ulldash":
		i.put(Underlined, on)
	case "cf":
		t := r.tintOf(value)
		i.colour(t.r, t.g, t.b)
	case "highlight", "chcbpat", "cb":
		t := r.tintOf(value)
		i.put(Highlighted, value > 0 && t.said && min(t.r, t.g, t.b) < 0xF8)
	case "chshdng":
		i.put(Highlighted, value > 0)
	case "chbrdr":
		r.frame = true
		i.put(Bordered, true)
	case "brdrnone", "brdrnil":
		if !r.frame {
			return false
		}
		i.put(Bordered, false)
	default:
		if strings.HasPrefix(word, "brdr") && len(word) == len("brdrt") || strings.HasPrefix(word, "clbrdr") || strings.HasPrefix(word, "trbrdr") {
			r.frame = r.frame && (word == "brdrs" || word == "brdrw")
		}
		return false
	}
	if i != r.state.ink {
		r.flush()
		r.state.ink = i
	}
	return true
}
