package mail

import (
	"bytes"
	"strconv"

	"golang.org/x/net/html"
)

// Rows of tables. A row is data, and stays one line, if it has several cells
// and none is a page of text; else the table is only layout, and the breaks
// within its cells are line breaks.

func (t *htmlText) startRow() {
	if n := len(t.rows); n > 0 && !t.rows[n-1].open {
		t.endRows(n - 1) // the end tag was forgotten
	}
	if len(t.rows) >= rowMost {
		t.deep++
		t.newline()
		return
	}
	if len(t.rows) > 0 { // a table within a cell begins its own line
		t.hardLine()
	}
	t.newline()
	t.rows = append(t.rows, htmlRow{at: len(t.out), table: len(t.tables)})
}

// cellSpans says how many columns and rows a cell covers beside its own.
type cellSpans struct{ cols, rows int }

func readSpans(z *html.Tokenizer) cellSpans {
	var s cellSpans
	for more := true; more; {
		var k, v []byte
		k, v, more = z.TagAttr()
		n, err := strconv.Atoi(string(bytes.TrimSpace(v)))
		if err != nil || n < 2 || n > spanMost {
			continue
		}
		switch string(k) {
		case "colspan":
			s.cols = n - 1
		case "rowspan":
			s.rows = n - 1
		}
	}
	return s
}

// fillUp writes the columns that merged cells cover before the next cell: those
// of the cell before, then those of cells above.
func (t *htmlText) fillUp(r *htmlRow) {
	for ; r.owed > 0 && r.cells < wideMost; r.owed-- {
		t.emptyCell(r)
	}
	if r.table == 0 || r.table > len(t.tables) {
		return
	}
	for above := t.tables[r.table-1]; r.cells < len(above) && above[r.cells] > 0; {
		above[r.cells]--
		t.emptyCell(r)
	}
}

func (t *htmlText) emptyCell(r *htmlRow) {
	if r.cells > 0 {
		t.prefix()
		t.out = append(t.out, '\t')
	}
	r.cells++
}

// cover notes that the cell that begins now covers columns and rows.
func (t *htmlText) cover(r *htmlRow, s cellSpans) {
	r.owed = s.cols
	if s.rows == 0 || r.table == 0 || r.table > len(t.tables) || r.cells+s.cols >= wideMost {
		return
	}
	above := t.tables[r.table-1]
	for len(above) <= r.cells+s.cols {
		above = append(above, 0)
	}
	for c := r.cells; c <= r.cells+s.cols; c++ {
		above[c] = s.rows
	}
	t.tables[r.table-1] = above
}

func (t *htmlText) startCell(spans cellSpans) {
	t.space, t.struck = false, 0
	if t.deep > 0 || len(t.rows) == 0 {
		if c := t.last(); c != '\n' {
			t.out = append(t.out, '\t')
		}
		return
	}
	r := &t.rows[len(t.rows)-1]
	t.trimSoft()
	t.fillUp(r)
	t.cover(r, spans)
	t.emptyCell(r)
	r.own++
	r.open = true
}

// trimSoft takes away the breaks at the end of a cell.
func (t *htmlText) trimSoft() { t.out = bytes.TrimRight(t.out, string(softBreak)) }

// endRows closes the rows from the n-th on and settles their breaks.
func (t *htmlText) endRows(n int) {
	for len(t.rows) > n {
		r := t.rows[len(t.rows)-1]
		t.rows = t.rows[:len(t.rows)-1]
		if r.at > len(t.out) {
			r.at = len(t.out)
		}
		t.trimSoft()
		t.fillUp(&r)
		t.settle(min(r.at, len(t.out)), r.own)
		t.hardLine()
	}
}

// settle replaces the soft breaks of the row that begins at at.
func (t *htmlText) settle(at, cells int) {
	row := t.out[at:]
	if !bytes.Contains(row, []byte{softBreak}) {
		return
	}
	layout := cells < 2
	for _, c := range bytes.Split(row, []byte{'\t'}) {
		layout = layout || bytes.Count(c, []byte{softBreak}) >= cellLines
	}
	with := []byte(" ")
	if layout {
		with = []byte("\n" + t.marks())
	}
	settled := bytes.ReplaceAll(row, []byte{softBreak}, with)
	t.out = append(t.out[:at], settled...)
}
