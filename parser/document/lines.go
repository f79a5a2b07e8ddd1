package document

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// line is a row of characters on one base line, left to right.
type line struct {
	text        string
	left, right float64
	body        float64 // right edge without a mark at the end, which may hang into the margin
	base, em    float64
	lead        float64 // width of its first unbreakable piece
	spaced      bool    // a space stands at its end
	solid       bool    // one word from end to end: it breaks where the column ends
	ends        bool    // the paragraph ends with it
}

// column is the room that lines are broken in.
type column struct{ left, right float64 }

// setLines groups characters into lines, top to bottom. Characters drawn twice
// for boldness are taken once.
func setLines(glyphs []glyph) []line {
	var lines []line
	for _, row := range baseRows(glyphs) {
		if l, ok := setLine(row); ok {
			lines = append(lines, l)
		}
	}
	return lines
}

// baseRows groups characters that stand on one base line, each from left to right.
func baseRows(glyphs []glyph) (rows [][]glyph) {
	gs := slices.Clone(glyphs)
	slices.SortStableFunc(gs, func(a, b glyph) int { return cmp.Compare(b.base, a.base) })
	for len(gs) > 0 {
		n := 1
		for n < len(gs) && gs[0].base-gs[n].base < max(gs[0].em, gs[n].em)*0.45 {
			n++
		}
		row := gs[:n:n]
		gs = gs[n:]
		slices.SortStableFunc(row, func(a, b glyph) int { return cmp.Compare(a.left, b.left) })
		rows = append(rows, row)
	}
	return rows
}

func setLine(row []glyph) (line, bool) {
	spaced := false
	for len(row) > 0 && unicode.IsSpace(row[len(row)-1].r) {
		row, spaced = row[:len(row)-1], true
	}
	for len(row) > 0 && unicode.IsSpace(row[0].r) {
		row = row[1:]
	}
	if len(row) == 0 {
		return line{}, false
	}
	var b strings.Builder
	l := line{left: row[0].left, base: row[0].base, spaced: spaced}
	for i, g := range row {
		if i > 0 && g.r == row[i-1].r && math.Abs(g.left-row[i-1].left) < 0.15*g.em {
			continue
		}
		if i > 0 {
			b.WriteString(gap(row[i-1], g))
		}
		b.WriteRune(g.r)
		l.em = max(l.em, g.em)
		l.right = max(l.right, g.right)
		l.ends = g.last
	}
	l.body = l.right
	if n := len(row); n > 1 && strings.ContainsRune(closing, row[n-1].r) {
		l.body = row[n-2].right
	}
	l.text = b.String()
	l.lead = lead(row)
	l.solid = !wide(row[0].r) && l.right-l.left-l.lead < 0.1
	return l, true
}

// gap is what stands between two neighbours: nothing, a space, or \t where they
// are so far apart that they are not one sentence.
func gap(a, b glyph) string {
	space := b.left - a.right
	em := max(a.em, b.em)
	switch {
	case space > 2.5*em:
		return "\t"
	case unicode.IsSpace(a.r) || unicode.IsSpace(b.r):
		return ""
	case b.spaced && space > 0.12*em && wide(a.r) == wide(b.r), space > 0.8*em, space > 0.2*em && !wide(a.r) && !wide(b.r):
		return " "
	}
	return ""
}

// closing are marks that may not begin a line.
const closing = "，。、；：！？）》】」』”’％%,.;:!?)]"

// lead is the width of the piece at the start of a line that cannot be broken:
// a Chinese character with the marks that may not begin a line, or a word.
func lead(row []glyph) float64 {
	end := 1
	if wide(row[0].r) {
		for end < len(row) && strings.ContainsRune(closing, row[end].r) {
			end++
		}
	} else {
		for end < len(row) && !wide(row[end].r) && !unicode.IsSpace(row[end].r) {
			end++
		}
	}
	return row[end-1].right - row[0].left
}

// wide reports whether a character takes a full square: Chinese, full-width
// forms, Chinese marks.
func wide(r rune) bool {
	return r >= 0x2E80 && r <= 0x9FFF || r >= 0xAC00 && r <= 0xD7A3 || r >= 0xF900 && r <= 0xFAFF ||
		r >= 0xFE30 && r <= 0xFE4F || r >= 0xFF01 && r <= 0xFF60 || r >= 0x20000 && r <= 0x3FFFF
}

// goesOn reports whether next continues the paragraph of l: its first piece did
// not fit into the rest of the column, and it is not indented.
func (c column) goesOn(l, next line) bool {
	if l.ends || l.base-next.base > 3*max(l.em, next.em) || strings.Contains(l.text, "\t") || strings.Contains(next.text, "\t") {
		return false
	}
	if next.left-c.left > 1.2*next.em && !(l.left-c.left > 1.2*l.em && math.Abs(l.left-next.left) < 1) {
		return false // an indent, unless both lines have it
	}
	room := c.right - l.right
	if l.solid && room > 0.7*l.em && next.solid {
		return false // a number over an address, each on its line
	}
	tolerance := 0.1
	x, _ := utf8.DecodeLastRuneInString(l.text)
	y, _ := utf8.DecodeRuneInString(next.text)
	if wide(x) != wide(y) {
		tolerance += 0.25 // a quarter stands between Chinese and Latin
	}
	return room < next.lead+tolerance*next.em
}

// paragraphs joins lines that were broken by the column's width only.
func (c column) paragraphs(lines []line) []string {
	var out []string
	for i, l := range lines {
		if i > 0 && c.goesOn(lines[i-1], l) {
			out[len(out)-1] = c.join(lines[i-1], out[len(out)-1], l.text)
		} else {
			out = append(out, l.text)
		}
	}
	return out
}

// join puts the rest of a paragraph behind text, which ends with the line l: with
// a space where one stood or between Latin words, but not inside a word that is
// longer than the column.
func (c column) join(l line, text, rest string) string {
	x, _ := utf8.DecodeLastRuneInString(text)
	y, _ := utf8.DecodeRuneInString(rest)
	latin := func(r rune) bool { return r < 0x2E80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	cut := l.solid && c.right-l.right <= 0.7*l.em
	if l.spaced || latin(x) && latin(y) && !cut {
		return text + " " + rest
	}
	return text + rest
}
