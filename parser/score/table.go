package score

import (
	"fmt"
	"slices"
	"strings"
)

// row is a line of a table: its items, cell by cell.
type row struct {
	l     *line
	cells []piece
	from  []int // runes at which each cell begins
}

// tableAt counts the lines of a table that begins at the first line.
func tableAt(ls []line) int {
	n := 0
	for n < len(ls) && ls[n].quoted == ls[0].quoted && slices.Contains(ls[n].text, '\t') {
		n++
	}
	return n
}

func (r *reader) rowOf(l *line) row {
	w := row{l: l, cells: []piece{{l: l}}, from: []int{0}}
	if l.state != his && len(l.text) > longRow {
		return w
	}
	for _, it := range r.scan(l) {
		if it.kind == kTab {
			w.cells, w.from = append(w.cells, piece{l: l}), append(w.from, it.b)
			continue
		}
		last := &w.cells[len(w.cells)-1]
		last.items = append(last.items, it)
	}
	return w
}

// longRow is how long a row of ours can be that is a header.
const longRow = 200

// text is what stands in cell i.
func (w row) text(i int) string {
	end := len(w.l.raw)
	if i+1 < len(w.from) {
		end = w.from[i+1] - 1
	}
	return w.l.words(w.from[i], end)
}

// table reads consecutive rows.
func (r *reader) table(ls []line) {
	rows := make([]row, len(ls))
	for i := range ls {
		rows[i] = r.rowOf(&ls[i])
	}
	if stamp := stampOf(rows); stamp != "" && !oneOf(r.stamps, stamp) {
		r.out.doubt(none, none, stamp, ForeignSheet)
		return
	}
	if t, ok := transposed(rows); ok {
		r.transposed(rows, t)
		return
	}
	var head *columns
	score := none // column of the scores beside one of the maxima
	for i, w := range rows {
		if h, ok := r.header(w); ok {
			head = h
			head.ordinals = r.ordinals(head, rows[i+1:])
			continue
		}
		r.now++
		if c := scoreColumn(w); c != none {
			score = c
		}
		if head == nil && score != none && r.beside(w, score) {
			continue
		}
		if head == nil || ls[i].own {
			r.line(&ls[i])
			continue
		}
		r.row(w, head)
	}
	r.now--
}

// columns is what a header says: of each column, which criterion it is.
type columns struct {
	criterion map[int]int
	total     map[int]bool
	note      map[int]bool
	label     []string
	ordinals  bool // the numbers in the column 编号 just count the rows
	unnamed   int  // rows with values and without a case so far
}

// header reads a row as a header: at least two cells that only name criteria.
func (r *reader) header(w row) (*columns, bool) {
	h := &columns{criterion: map[int]int{}, total: map[int]bool{}, note: map[int]bool{}}
	distinct := map[int]bool{}
	for i, c := range w.cells {
		h.label = append(h.label, w.text(i))
		switch k, criterion := c.label(); k {
		case kCriterion:
			h.criterion[i] = criterion
			distinct[criterion] = true
		case kTotal:
			h.total[i] = true
		case kNote:
			h.note[i] = true
		}
	}
	return h, len(distinct) >= 2
}

// label says what a cell names, if it names something and says nothing else.
func (p piece) label() (kind, int) {
	k, criterion := kText, none
	for _, it := range p.items {
		switch it.kind {
		case kCriterion:
			if criterion != none && criterion != it.criterion {
				return kText, none
			}
			k, criterion = kCriterion, it.criterion
		case kTotal, kNote:
			if k == kText {
				k = it.kind
			}
		case kMark, kFull:
		case kText:
			if !joins(p.l.text[it.a:it.b]) && p.text(it) != "分" {
				return kText, none
			}
		default:
			return kText, none
		}
	}
	return k, criterion
}

// ordinals tells whether the column 编号 counts 1, 2, 3 …: then its numbers may
// be no cases' numbers.
func (r *reader) ordinals(h *columns, rows []row) bool {
	for i, label := range h.label {
		if !isCodeLabel(label) {
			continue
		}
		n := 0
		for _, w := range rows {
			if i < len(w.cells) && w.text(i) != "" {
				if n++; w.text(i) != fmt.Sprint(n) {
					return false
				}
			}
		}
		return n > 0
	}
	return false
}

func isCodeLabel(s string) bool {
	return strings.Contains(s, "编号") || strings.Contains(s, "代码") || strings.Contains(s, "案例号")
}

// row reads a row below a header.
func (r *reader) row(w row, h *columns) {
	if w.l.state != his {
		return
	}
	m, named, clash := r.caseOf(w, h)
	var f findings
	p := part{piece: piece{l: w.l}, mention: m, named: named, clash: clash, called: w.name(h)}
	at, why := r.resolve(p)
	if words := r.rowWords(w, at, why); words {
		return
	}
	filled := r.cellsOf(&f, w, h, at)
	if !filled && len(f.totals) == 0 && len(f.doubts) == 0 {
		r.rowComment(w, h, at, why)
		return
	}
	if !named && len(f.claims) > 1 && r.maxima(f.claims) {
		return
	}
	if !named {
		if h.unnamed++; h.unnamed > 1 || r.c.at == none && len(r.x.cases) > 1 {
			why = UnclearCase
		}
	}
	switch {
	case why != "":
		r.lost(&r.out, p, why)
	case h.shifted(w):
		r.out.doubt(at, none, w.l.all(), Unclear)
	default:
		r.out.add(f)
		r.rowComment(w, h, at, why)
	}
}

// name is what a row says before its scores.
func (w row) name(h *columns) string {
	for i := range w.cells {
		if _, ok := h.criterion[i]; ok {
			return w.l.words(0, w.from[i])
		}
	}
	return w.l.all()
}

// caseOf finds the case of a row: every cell that names one must name the same.
func (r *reader) caseOf(w row, h *columns) (m mention, named, clash bool) {
	take := func(x mention) {
		if !named {
			m, named = x, true
		} else if both, ok := merge(m, x); ok {
			m = both
		} else {
			clash = true
		}
	}
	for i, c := range w.cells {
		if _, ok := h.criterion[i]; ok || h.total[i] || h.note[i] {
			if slices.ContainsFunc(c.items, func(it item) bool { return it.kind == kCase }) && !h.note[i] {
				clash = true // the row is shifted
			}
			continue
		}
		for _, it := range c.items {
			if it.kind == kCase {
				take(it.mention)
			}
		}
		if i < len(h.label) && isCodeLabel(h.label[i]) && len(c.items) == 1 && c.items[0].kind == kNumber {
			if n := c.items[0].number.value / 100; h.ordinals {
				continue
			} else {
				take(r.x.byTail(fmt.Sprintf("%04d", n)))
			}
		}
	}
	if !named {
		for i := range w.cells {
			if _, ok := h.criterion[i]; ok || h.total[i] || h.note[i] {
				continue
			}
			if c, ok := r.x.named(compact(w.text(i))); ok {
				take(mention{cases: []int{c}})
			}
		}
	}
	return m, named, clash
}
