package document

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// laidOut is a page as blocks, from top to bottom, with what is needed to see
// whether the next page goes on in the middle of a sentence.
type laidOut struct {
	page          int
	width, height float64
	lines         []line // outside of tables; settle makes pieces of them
	pieces        []piece
}

// piece is one block before it is written: a paragraph or a table.
type piece struct {
	top  float64
	flow flow     // of a paragraph
	rows [][]slot // of a table
}

// slot is one cell of one row.
type slot struct {
	span int
	down bool
	flow flow
}

// flow is running text: the lines of a cell, or of a paragraph outside.
type flow struct {
	col   column
	lines []line
	taken string // first paragraph of the next page that belongs here
	moved bool   // the first paragraph went to the page before
}

// pageNumber matches the line that a printed page carries at its foot or head.
var pageNumber = regexp.MustCompile(`^[-—–－\s]*(第\s*)?\d{1,4}(\s*页)?[-—–－\s]*([/／，,]?\s*共?\s*\d{1,4}\s*页?)?$`)

// numbered matches a line that begins a new item, so never goes on from before.
var numbered = regexp.MustCompile(`^\s*([（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[①-⑳])`)

// layOut finds the tables and the lines outside of them.
func layOut(p pageParts) *laidOut {
	out := &laidOut{page: p.number, width: p.width, height: p.height}
	free := p.glyphs
	for _, g := range grids(p.across, p.down) {
		var t piece
		var inside int
		t, free, inside = fillGrid(g, free)
		if inside > 0 {
			out.pieces = append(out.pieces, t)
		}
	}
	if len(out.pieces) == 0 {
		if t, rest, found := unruled(free, p.width); found {
			out.pieces, free = append(out.pieces, t), rest
		}
	}
	out.lines = slices.DeleteFunc(setLines(free), func(l line) bool {
		margin := 0.09 * p.height
		return (l.base < margin || l.base > p.height-margin) && pageNumber.MatchString(l.text)
	})
	return out
}

// settle makes paragraphs of the lines and puts all in order.
func (l *laidOut) settle() {
	col := column{left: l.width, right: 0}
	for _, x := range l.lines {
		col.left, col.right = min(col.left, x.left), max(col.right, x.body)
	}
	for _, group := range splitParagraphs(col, l.lines, l.pieces) {
		l.pieces = append(l.pieces, piece{top: group[0].base, flow: flow{col: col, lines: group}})
	}
	slices.SortStableFunc(l.pieces, func(a, b piece) int { return cmp.Compare(b.top, a.top) })
}

// splitParagraphs groups the lines outside of tables. A table between two lines
// parts them.
func splitParagraphs(col column, lines []line, tables []piece) [][]line {
	var out [][]line
	for i, l := range lines {
		if i > 0 && col.goesOn(lines[i-1], l) && !slices.ContainsFunc(tables, func(t piece) bool {
			return t.top < lines[i-1].base && t.top > l.base
		}) {
			out[len(out)-1] = append(out[len(out)-1], l)
		} else {
			out = append(out, []line{l})
		}
	}
	return out
}

// fillGrid puts the glyphs that stand in the table into its cells and returns
// those that do not.
func fillGrid(g *grid, glyphs []glyph) (t piece, rest []glyph, inside int) {
	byCell := map[int][]glyph{}
	for _, c := range glyphs {
		square := g.at((c.left+c.right)/2, c.base+0.3*c.em)
		if square < 0 {
			rest = append(rest, c)
			continue
		}
		byCell[g.cell[square]] = append(byCell[g.cell[square]], c)
		inside++
	}
	t.top = g.ys[0]
	cols := g.columns()
	for r := range g.rows() {
		var row []slot
		for c := 0; c < cols; {
			first := g.cell[r*cols+c]
			s := slot{span: 1, down: first/cols < r}
			for c+s.span < cols && g.cell[r*cols+c+s.span] == first {
				s.span++
			}
			if !s.down {
				s.flow = cellFlow(byCell[first], g.xs[c], g.xs[c+s.span])
			}
			row = append(row, s)
			c += s.span
		}
		t.rows = append(t.rows, row)
	}
	return t, rest, inside
}

// cellFlow sets the text of a cell. Its margins are not known; the space that is
// left at one side stands at the other too.
func cellFlow(glyphs []glyph, left, right float64) flow {
	f := flow{lines: setLines(glyphs), col: column{left: right, right: left}}
	for _, l := range f.lines {
		f.col.left, f.col.right = min(f.col.left, l.left), max(f.col.right, l.body)
	}
	const padding = 5.4 // points: Word's usual cell margin, 0.19 cm
	margin := min(f.col.left-left, padding)
	f.col.right = max(f.col.right, right-max(margin, 0))
	return f
}

// ends lists where text may run over to the next page: the cells of the last
// row, or the last paragraph.
func (l *laidOut) ends() []*flow {
	if l == nil || len(l.pieces) == 0 {
		return nil
	}
	last := &l.pieces[len(l.pieces)-1]
	if last.rows == nil {
		return []*flow{&last.flow}
	}
	return flows(last.rows[len(last.rows)-1])
}

func (l *laidOut) starts() []*flow {
	if len(l.pieces) == 0 {
		return nil
	}
	first := &l.pieces[0]
	if first.rows == nil {
		return []*flow{&first.flow}
	}
	return flows(first.rows[0])
}

func flows(row []slot) []*flow {
	var out []*flow
	for i := range row {
		out = append(out, &row[i].flow)
	}
	return out
}

// continueFrom moves the rest of a sentence that the page's end broke to the
// page where it began.
func (l *laidOut) continueFrom(before *laidOut) {
	ends, starts := before.ends(), l.starts()
	if len(ends) != len(starts) {
		return
	}
	for i, e := range ends {
		s := starts[i]
		if len(e.lines) == 0 || len(s.lines) == 0 || abs(e.col.left-s.col.left) > 30 || abs(e.col.right-s.col.right) > 30 {
			continue
		}
		last, next := e.lines[len(e.lines)-1], s.lines[0]
		if !numbered.MatchString(next.text) && e.col.goesOn(last, next) {
			rest := s.col.paragraphs(s.lines)[0]
			e.taken = strings.TrimPrefix(e.col.join(last, last.text, rest), last.text)
			s.moved = true
		}
	}
}

// text writes the flow, a line a paragraph.
func (f flow) text() string {
	out := f.col.paragraphs(f.lines)
	if f.moved && len(out) > 0 {
		out = out[1:]
	}
	switch {
	case f.taken == "":
	case len(out) == 0:
		out = append(out, f.taken) // a sentence longer than a page
	default:
		out[len(out)-1] += f.taken
	}
	return strings.Join(out, "\n")
}

// appendTo writes the page's blocks behind those of the pages before.
func (l *laidOut) appendTo(blocks []Block) []Block {
	for _, p := range l.pieces {
		b := Block{Page: l.page, Text: p.flow.text()}
		for _, row := range p.rows {
			var cells []Cell
			for _, s := range row {
				cells = append(cells, Cell{Text: s.flow.text(), Span: s.span, Down: s.down})
			}
			b.Rows = append(b.Rows, cells)
		}
		if b.Text != "" || b.Rows != nil {
			blocks = append(blocks, b)
		}
	}
	return blocks
}

func abs(x float64) float64 { return max(x, -x) }
