package document

import (
	"fmt"
	"slices"
)

// stream gathers blocks from formats that hold a document as paragraphs, each
// saying in how many tables it stands, with marks where a cell and a row end.
type stream struct {
	holders []*holder // of the body, then of the open cell of each open table
	tables  []*flatTable
	items   int
}

// flatTable is an open table. ends holds, beside each finished row, where its
// cells end; the spans are known when the whole table is.
type flatTable struct {
	table
	ends [][]cellEnd
}

// cellEnd is what a row's end says of one of its cells.
type cellEnd struct {
	right int  // its right edge in any unit; 0 where span is said instead
	span  int  // columns covered; 0 where the edge is said
	down  bool // goes on from the cell above
	left  bool // belongs to the cell before it
}

func newStream() *stream { return &stream{holders: []*holder{{}}} }

// nest opens and closes tables until depth of them are open.
func (s *stream) nest(depth int) {
	for len(s.tables) > depth {
		n := len(s.tables) - 1
		t := s.tables[n]
		s.endOpenCell(t)
		s.keepRow(t, nil, false)
		t.flush()
		s.tables, s.holders = s.tables[:n], s.holders[:n+1]
		s.holders[n].blocks = append(s.holders[n].blocks, t.out...)
		s.holders[n].joined = false
	}
	for len(s.tables) < depth {
		s.tables = append(s.tables, &flatTable{})
		s.holders = append(s.holders, &holder{})
	}
}

// endOpenCell keeps what stands behind the last cell's end.
func (s *stream) endOpenCell(t *flatTable) {
	if h := s.holders[len(s.holders)-1]; len(h.blocks) > 0 {
		s.keepCell(t)
	}
}

// paragraph adds a paragraph that stands in depth tables; boxes follow it.
// markGone: its mark was deleted, so the next one goes on in it.
func (s *stream) paragraph(depth int, p passage, boxes []Block, markGone bool) {
	s.nest(depth)
	h := s.holders[len(s.holders)-1]
	if h.add(p, markGone) {
		s.items++
	}
	h.blocks = append(h.blocks, boxes...)
}

// cell ends a cell of the depth-th table with its last paragraph.
func (s *stream) cell(depth int, p passage, boxes []Block) {
	s.paragraph(depth, p, boxes, false)
	s.keepCell(s.tables[depth-1])
}

func (s *stream) keepCell(t *flatTable) {
	h := s.holders[len(s.holders)-1]
	for _, b := range h.blocks {
		if b.Rows != nil {
			t.nested = h.blocks
		}
	}
	flat := h.cellText()
	t.row = append(t.row, Cell{Text: flat.text, Span: 1, Marks: flat.marks})
	*h = holder{}
	s.items++
}

// row ends a row of the depth-th table; gone: it is a tracked deletion.
func (s *stream) row(depth int, ends []cellEnd, gone bool) {
	s.nest(depth)
	s.keepRow(s.tables[depth-1], ends, gone)
}

func (s *stream) keepRow(t *flatTable, ends []cellEnd, gone bool) {
	row := t.row
	nested := t.nested
	t.row, t.nested = nil, nil
	if gone || len(row) == 0 {
		return
	}
	if len(row) == 1 && nested != nil { // page layout: see table.endRow
		t.flush()
		t.out = append(t.out, nested...)
		return
	}
	var kept []Cell
	var keptEnds []cellEnd
	for i, c := range row {
		end := cellEnd{span: 1}
		if i < len(ends) {
			end = ends[i]
		}
		if end.left && c.Text == "" && len(kept) > 0 {
			keptEnds[len(kept)-1].right = end.right
			continue
		}
		if c.Down = end.down; c.Down {
			c.Text, c.Marks = "", nil
		}
		kept, keptEnds = append(kept, c), append(keptEnds, end)
	}
	t.rows, t.ends = append(t.rows, kept), append(t.ends, keptEnds)
}

// edgeNear is how far apart edges of one column may lie, in twips (1/20 point):
// programs round them row by row.
const edgeNear = 30

// flush finishes the rows so far as a table of their own.
func (t *flatTable) flush() {
	var edges []int
	for _, row := range t.ends {
		for _, e := range row {
			if e.span == 0 {
				edges = append(edges, e.right)
			}
		}
	}
	slices.Sort(edges)
	var grid []int
	for _, e := range edges {
		if len(grid) == 0 || e-grid[len(grid)-1] > edgeNear {
			grid = append(grid, e)
		}
	}
	for i, row := range t.ends {
		col := 0
		for k, e := range row {
			span := e.span
			if span == 0 {
				at, _ := slices.BinarySearch(grid, e.right-edgeNear)
				span = at + 1 - col
			}
			t.rows[i][k].Span = min(max(span, 1), 63)
			col += t.rows[i][k].Span
		}
	}
	t.table.flush()
	t.ends = nil
}

// blocks ends the document.
func (s *stream) blocks() []Block {
	s.nest(0)
	return s.holders[0].blocks
}

// check bounds how much is kept.
func (s *stream) check() error {
	if s.items > maxItems {
		return fmt.Errorf("%w: more than %d paragraphs and cells", ErrTooLarge, maxItems)
	}
	return nil
}
