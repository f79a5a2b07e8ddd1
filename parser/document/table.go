package document

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// table is an open w:tbl. Every w:tc has a holder of its own on the walker.
type table struct {
	rows    [][]Cell
	row     []Cell
	cell    Cell
	inCell  bool
	nested  []Block // blocks of the row's cell that holds a table
	out     []Block // finished pieces, where a layout table was opened up
	rowGone bool    // the row is a tracked deletion
}

func (w *walker) startTable(e xml.StartElement) {
	if e.Name.Local == "tbl" {
		w.tables = append(w.tables, &table{})
		return
	}
	if len(w.tables) == 0 {
		return
	}
	t := w.tables[len(w.tables)-1]
	switch e.Name.Local {
	case "tr":
		t.row, t.nested, t.rowGone = nil, nil, false
	case "tc":
		t.cell, t.inCell = Cell{Span: 1}, true
		w.holders = append(w.holders, &holder{})
		w.items++
	case "gridSpan":
		if n, err := strconv.Atoi(attr(e, "val")); err == nil && n > 1 && n <= 63 { // 63: Word's limit
			t.cell.Span = n
		}
	case "vMerge", "vmerge": // as Word 2003 writes it
		t.cell.Down = attr(e, "val") != "restart"
	}
}

func (w *walker) endTable(name string) {
	n := len(w.tables)
	if n == 0 {
		return
	}
	t := w.tables[n-1]
	switch name {
	case "tc":
		w.endCell(t)
	case "tr":
		w.endRow(t)
	case "tbl":
		w.tables = w.tables[:n-1]
		t.flush()
		h := w.holders[len(w.holders)-1]
		h.blocks = append(h.blocks, t.out...)
		h.joined = false
	}
}

func (w *walker) endCell(t *table) {
	if !t.inCell || len(w.holders) < 2 {
		return
	}
	h := w.holders[len(w.holders)-1]
	w.holders = w.holders[:len(w.holders)-1]
	t.inCell = false
	if t.cell.Down {
		t.row = append(t.row, t.cell) // Word shows nothing of it
		return
	}
	for _, b := range h.blocks {
		if b.Rows != nil {
			t.nested = h.blocks
		}
	}
	flat := h.cellText()
	t.cell.Text, t.cell.Marks = flat.text, flat.marks
	t.row = append(t.row, t.cell)
}

// endRow keeps the row. A row that is one cell around a table is page layout:
// what it holds takes the row's place, so that the inner table stays a table.
func (w *walker) endRow(t *table) {
	switch {
	case t.rowGone || len(t.row) == 0:
	case len(t.row) == 1 && t.nested != nil:
		t.flush()
		t.out = append(t.out, t.nested...)
	default:
		t.rows = append(t.rows, t.row)
	}
	t.row, t.nested = nil, nil
}

func (t *table) flush() {
	if len(t.rows) > 0 {
		t.out = append(t.out, Block{Rows: t.rows})
		t.rows = nil
	}
}

// flatten writes blocks as the text of one cell: a line a paragraph, a nested
// table a line a row with \t between its cells.
func flatten(blocks []Block) passage {
	if len(blocks) == 1 && blocks[0].Rows == nil {
		return passage{blocks[0].Text, blocks[0].Marks}.trimmed()
	}
	var text strings.Builder
	var marks Marks
	add := func(before, s string, m Marks) {
		text.WriteString(before)
		marks = m.behind(marks, text.Len())
		text.WriteString(s)
	}
	line := ""
	for _, b := range blocks {
		if b.Rows == nil {
			add(line, b.Text, b.Marks)
			line = "\n"
		}
		for _, row := range b.Rows {
			before := line
			for _, c := range row {
				add(before, strings.ReplaceAll(c.Text, "\n", " "), c.Marks)
				before = "\t"
			}
			line = "\n"
		}
	}
	return passage{text.String(), marks}.trimmed()
}
