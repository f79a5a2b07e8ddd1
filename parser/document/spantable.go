package document

// spanTable lays cells that say how many columns and rows they cover into rows
// where each place is taken once, as in HTML and ODF.
type spanTable struct {
	covered map[int]cover // by the column where the cell above begins
	col     int
	ends    []cellEnd
}

// cover is what a cell still covers in the rows below it.
type cover struct{ span, rows int }

const (
	maxColumns = 1000
	maxRowSpan = 65534 // limit of the HTML standard
)

func (t *spanTable) startRow(out *stream, depth int) {
	out.nest(depth)
	t.col, t.ends = 0, nil
}

// startCell puts the cells that reach down from above before the new one.
func (t *spanTable) startCell(out *stream, depth, right, down int) {
	t.fill(out, depth)
	right = min(right, maxColumns)
	if down > 1 {
		if t.covered == nil {
			t.covered = map[int]cover{}
		}
		t.covered[t.col] = cover{right, min(down, maxRowSpan)} // this row is taken off at its end
	}
	t.ends = append(t.ends, cellEnd{span: right})
	t.col += right
}

func (t *spanTable) fill(out *stream, depth int) {
	for {
		c, ok := t.covered[t.col]
		if !ok || t.placed() {
			return
		}
		out.cell(depth, passage{}, nil)
		t.ends = append(t.ends, cellEnd{span: c.span, down: true})
		t.col += c.span
	}
}

// placed: nothing more fits into the row.
func (t *spanTable) placed() bool { return t.col >= maxColumns }

func (t *spanTable) endRow(out *stream, depth int) {
	t.fill(out, depth)
	for col, c := range t.covered {
		if c.rows--; c.rows == 0 {
			delete(t.covered, col)
		} else {
			t.covered[col] = c
		}
	}
	out.row(depth, t.ends, false)
}
