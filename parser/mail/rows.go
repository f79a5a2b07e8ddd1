package mail

import "bytes"

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
	t.rows = append(t.rows, htmlRow{at: len(t.out)})
}

func (t *htmlText) startCell() {
	t.space = false
	if t.deep > 0 || len(t.rows) == 0 {
		if c := t.last(); c != '\n' {
			t.out = append(t.out, '\t')
		}
		return
	}
	r := &t.rows[len(t.rows)-1]
	t.trimSoft()
	if r.cells > 0 {
		t.prefix()
		t.out = append(t.out, '\t')
	}
	r.cells++
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
		t.settle(min(r.at, len(t.out)), r.cells)
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
