package document

import (
	"cmp"
	"slices"
	"unicode"
)

// Of a table without lines: what makes one of text that only stands in columns.
const (
	fewestValues = 4    // lines that begin at the edge of the values
	fewestLabels = 3    // lines with a label at their left
	sameEdge     = 2    // points: so far apart lines begin at one edge
	parted       = 0.6  // of a character: the space that parts two cells on a line
	labelShare   = 0.33 // of the page's width: labels that take more are a column of text
)

// span is a run of characters without a gap.
type span struct {
	glyphs      []glyph
	left, right float64
	base, em    float64
}

// unruled finds the table on a page that has no lines: short labels at the left,
// and behind them values that begin at one edge. It gives back what stands outside.
func unruled(glyphs []glyph, width float64) (table piece, rest []glyph, found bool) {
	var rows [][]span
	for _, row := range baseRows(glyphs) {
		if s := spans(row); len(s) > 0 {
			rows = append(rows, s)
		}
	}
	left, right := width, 0.0
	for _, row := range rows {
		left, right = min(left, row[0].left), max(right, row[len(row)-1].right)
	}
	edge, from, to := valueEdge(rows)
	if to == 0 || edge-left > labelShare*width {
		return piece{}, glyphs, false
	}
	for from > 0 && staggered(rows[from-1], rows[from]) && !crosses(rows[from-1], edge) {
		from--
	}
	for to < len(rows) && staggered(rows[to-1], rows[to]) && !crosses(rows[to], edge) {
		to++
	}
	bands := bandsOf(rows[from:to], edge)
	if len(bands) < fewestLabels {
		return piece{}, glyphs, false
	}
	for _, band := range bands {
		table.rows = append(table.rows, bandCells(band, max(right, width-left)))
	}
	table.top = rows[from][0].base
	for i, row := range rows {
		if i < from || i >= to {
			for _, s := range row {
				rest = append(rest, s.glyphs...)
			}
		}
	}
	return table, rest, true
}

// spans parts a row, left to right, where cells may end.
func spans(row []glyph) (out []span) {
	for _, g := range row {
		last := len(out) - 1
		switch {
		case unicode.IsSpace(g.r) && last < 0:
		case unicode.IsSpace(g.r):
			out[last].glyphs = append(out[last].glyphs, g)
			if g.r == '　' { // typed within a value
				out[last].right = g.right
			}
		case last >= 0 && g.left-out[last].right <= parted*max(g.em, out[last].em):
			s := &out[last]
			s.glyphs, s.right, s.em = append(s.glyphs, g), max(s.right, g.right), max(s.em, g.em)
		default:
			out = append(out, span{[]glyph{g}, g.left, g.right, g.base, g.em})
		}
	}
	return out
}

// valueEdge is the edge that most values begin at, and the rows in which nothing
// crosses it; to is 0 if there is none.
func valueEdge(rows [][]span) (edge float64, from, to int) {
	most := fewestValues - 1
	tried := map[int]bool{}
	for _, row := range rows {
		for _, s := range row {
			if tried[int(s.left)] || len(tried) > 500 {
				continue
			}
			tried[int(s.left)] = true
			for i := 0; i < len(rows); {
				n := i
				for n < len(rows) && !crosses(rows[n], s.left) {
					n++
				}
				a, b, values, labels := trim(rows, i, n, s.left)
				if values > most && labels >= fewestLabels {
					most, edge, from, to = values, s.left, a, b
				}
				i = n + 1
			}
		}
	}
	return edge, from, to
}

func crosses(row []span, x float64) bool {
	return slices.ContainsFunc(row, func(s span) bool { return s.left < x-sameEdge && s.right > x-sameEdge })
}

// trim narrows rows to those with a label or a value at the edge, and counts both.
func trim(rows [][]span, from, to int, edge float64) (a, b, values, labels int) {
	a = to
	for i := from; i < to; i++ {
		label, value := isLabel(rows[i][0], edge), false
		for _, s := range rows[i] {
			value = value || abs(s.left-edge) <= sameEdge
		}
		if label {
			labels++
		}
		if value {
			values++
		}
		if label || value {
			a, b = min(a, i), i+1
		}
	}
	return a, b, values, labels
}

// isLabel: Chinese words stand before the edge; the number of a list is none.
func isLabel(s span, edge float64) bool {
	n := 0
	for _, g := range s.glyphs {
		if unicode.Is(unicode.Han, g.r) {
			n++
		}
	}
	return s.right < edge && n >= 2
}

// bandsOf parts rows into those of the table: lines of one cell stand close, and
// what overlaps a label in height is its value.
func bandsOf(rows [][]span, edge float64) (bands [][]span) {
	labels, values := sides(rows, edge)
	pitch := linePitch(labels, values)
	blocks := append(closeLines(labels, pitch), closeLines(values, pitch)...)
	slices.SortStableFunc(blocks, func(a, b []span) int { return cmp.Compare(b[0].base, a[0].base) })
	for _, block := range blocks {
		if last := len(bands) - 1; last >= 0 && lowest(bands[last]) < block[0].base+block[0].em/2 {
			bands[last] = append(bands[last], block...)
		} else {
			bands = append(bands, block)
		}
	}
	return bands
}

// sides parts each row at the edge.
func sides(rows [][]span, edge float64) (labels, values [][]span) {
	for _, row := range rows {
		n := 0
		for n < len(row) && row[n].right < edge {
			n++
		}
		if n > 0 {
			labels = append(labels, row[:n])
		}
		if n < len(row) {
			values = append(values, row[n:])
		}
	}
	return labels, values
}

// closeLines groups lines that follow one another by the pitch.
func closeLines(lines [][]span, pitch float64) (blocks [][]span) {
	for i, l := range lines {
		if i > 0 && lines[i-1][0].base-l[0].base <= 1.2*pitch {
			last := len(blocks) - 1
			blocks[last] = append(blocks[last], l...)
		} else {
			blocks = append(blocks, slices.Clone(l))
		}
	}
	return blocks
}

// staggered: two lines are so close that they stand in cells side by side.
func staggered(above, below []span) bool {
	return above[0].base-below[0].base <= 0.95*below[0].em
}

// linePitch is the smallest distance of two lines of a side that are not staggered;
// 0 where it is that of rows of one line.
func linePitch(sides ...[][]span) (pitch float64) {
	for _, lines := range sides {
		for i := 1; i < len(lines); i++ {
			above, below := lines[i-1], lines[i]
			d := above[0].base - below[0].base
			if d < 2.2*below[0].em && !staggered(above, below) && (pitch == 0 || d < pitch) {
				pitch = d
			}
		}
	}
	return pitch
}

func lowest(band []span) float64 {
	low := band[0].base
	for _, s := range band {
		low = min(low, s.base)
	}
	return low
}

// bandCells makes cells of what overlaps in width.
func bandCells(band []span, right float64) (row []slot) {
	slices.SortStableFunc(band, func(a, b span) int { return cmp.Compare(a.left, b.left) })
	type cell struct {
		glyphs      []glyph
		left, right float64
	}
	var cells []cell
	for _, s := range band {
		if last := len(cells) - 1; last >= 0 && s.left < cells[last].right {
			cells[last].glyphs, cells[last].right = append(cells[last].glyphs, s.glyphs...), max(cells[last].right, s.right)
		} else {
			cells = append(cells, cell{slices.Clone(s.glyphs), s.left, s.right})
		}
	}
	for i, c := range cells {
		end := right
		if i+1 < len(cells) {
			end = cells[i+1].left
		}
		row = append(row, slot{span: 1, flow: cellFlow(c.glyphs, c.left, end)})
	}
	return row
}
