package form

import (
	"strings"

	"anli/parser/document"
)

// row is a row of a table, or a line of a paragraph with its \t-parted pieces.
type row struct {
	cells []cell
	block int // index of the block it comes from
	page  int // 0 where unknown
	table bool
}

type cell struct {
	text      string
	from, end int // columns covered
	down      bool
	row       int // of all rows
	marks     document.Marks
}

// rowsOf brings tables and paragraphs to one shape.
func rowsOf(doc document.Document) []row {
	var out []row
	for i, b := range doc.Blocks {
		if b.Rows == nil {
			at := 0
			for _, l := range strings.Split(b.Text, "\n") {
				if strings.TrimFunc(l, invisible) != "" {
					r := lineRow(l, b.Marks.Cut(at, at+len(l)), len(out))
					r.block, r.page = i, b.Page
					out = append(out, r)
				}
				at += len(l) + 1
			}
			continue
		}
		for _, r := range b.Rows {
			tr := tableRow(r, len(out))
			tr.block, tr.page = i, b.Page
			out = append(out, tr)
		}
	}
	return out
}

func lineRow(line string, marks document.Marks, number int) row {
	r := row{}
	at := 0
	for _, t := range strings.Split(line, "\t") {
		if strings.TrimFunc(t, invisible) != "" {
			n := len(r.cells)
			r.cells = append(r.cells, cell{text: t, from: n, end: n + 1, row: number, marks: marks.Cut(at, at+len(t))})
		}
		at += len(t) + 1
	}
	return r
}

func tableRow(cells []document.Cell, number int) row {
	r := row{table: true}
	col := 0
	for _, c := range cells {
		span := max(c.Span, 1)
		r.cells = append(r.cells, cell{text: c.Text, from: col, end: col + span, down: c.Down, row: number, marks: c.Marks})
		col += span
	}
	return r
}

// text is the whole row on lines.
func (r row) text() string {
	var parts []string
	for _, c := range r.cells {
		if c.text != "" {
			parts = append(parts, c.text)
		}
	}
	return strings.Join(parts, "\n")
}

// entry is a label with the value that stands behind it in the same cell.
type entry struct {
	field field
	value string
}

// entries reads the labels of one cell with what follows each of them. Nil if
// the cell does not begin with a label.
func entries(text string) []entry {
	if f, rest, ok := shortLabel(strings.TrimFunc(text, invisible), false); ok && strings.TrimFunc(rest, invisible) == "" {
		return []entry{{f, ""}}
	}
	if e, ok := underneath(text); ok {
		return []entry{e}
	}
	var out []entry
	var more []string // lines that belong to the last entry, joined once
	flush := func() {
		if len(more) > 0 {
			last := &out[len(out)-1]
			last.value, more = last.value+"\n"+strings.Join(more, "\n"), nil
		}
	}
	for _, l := range strings.FieldsFunc(brokenLabel(text), func(r rune) bool { return r == '\n' || r == '\t' }) {
		l = strings.TrimFunc(l, invisible)
		if l == "" {
			continue
		}
		if _, _, ok := shortLabel(l, false); ok {
			flush()
			out = lineEntries(l, out)
		} else if more = append(more, l); len(out) == 0 {
			return nil
		}
	}
	flush()
	return out
}

// underneath reads a cell whose last line is a label in brackets: its value stands
// above it. 参评案例⏎（项目名称） is one label.
func underneath(text string) (entry, bool) {
	above, last := lastLine(strings.TrimFunc(text, invisible))
	f, ok := bracketed(last)
	if above == "" || !ok || compact(last) == "(项目名称)" {
		return entry{}, false
	}
	_, before := lastLine(strings.TrimRightFunc(above, invisible))
	_, again := bracketed(before)
	first, _, _ := strings.Cut(brokenLabel(above), "\n")
	_, _, labelled := shortLabel(strings.TrimFunc(first, invisible), false)
	return entry{f, above}, !again && !labelled
}

// bracketed reads a line that is a label in brackets.
func bracketed(line string) (field, bool) {
	s, opened := strings.CutPrefix(compact(line), "(")
	s, closed := strings.CutSuffix(s, ")")
	f, rest, ok := shortLabel(s, false)
	return f, opened && closed && ok && rest == ""
}

func lastLine(text string) (above, last string) {
	end := strings.LastIndexByte(text, '\n')
	return text[:max(end, 0)], text[end+1:]
}

// brokenLabel brings a label together that a line's end parts in two, where its value
// follows in the same cell.
func brokenLabel(text string) string {
	text = strings.TrimLeftFunc(text, invisible)
	first, _, more := strings.Cut(text, "\n")
	if !more {
		return text
	}
	_, value, whole := shortLabel(first, false)
	if whole && value != "" {
		return text
	}
	if _, rest, ok := shortLabel(text, whole); ok && rest != "" {
		label := compact(strings.TrimSuffix(text, rest))
		return strings.TrimSuffix(label, ":") + "：" + rest
	}
	return text
}

// longestLine is how many bytes a line of several boxes has at the most: each holds a
// few words, and every label is looked for in what is left of the line.
const longestLine = 4 << 10

// lineEntries reads a line with a label at its start, and others behind a space if a
// colon follows them.
func lineEntries(line string, out []entry) []entry {
	f, rest, ok := shortLabel(line, false)
	if !ok {
		return out
	}
	if len(rest) > longestLine {
		return append(out, entry{f, rest})
	}
	parts := func(r rune) bool { return invisible(r) || strings.ContainsRune("；;，,", r) }
	inGap := false
	for i, r := range rest {
		first := parts(r) && !inGap
		if inGap = parts(r); !first {
			continue
		}
		tail := strings.TrimLeftFunc(rest[i:], parts)
		if _, _, next := shortLabel(tail, true); next {
			return lineEntries(tail, append(out, entry{f, rest[:i]}))
		}
	}
	return append(out, entry{f, rest})
}

// shortFields reads the boxes with short values: behind the label in its cell,
// else to the right of it, else below. found holds every label seen; the first
// value that is not empty counts. box are the cells of 参评领域, its label's first.
func shortFields(rows []row) (values map[field]string, found map[field]bool, box []cell) {
	values, found = map[field]string{}, map[field]bool{}
	for i, r := range rows {
		for j, c := range r.cells {
			if c.down {
				continue
			}
			list := entries(c.text)
			for k, e := range list {
				v, cells := e.value, []cell{c}
				if k == len(list)-1 && (tidy(v) == "" || e.field == category || translated(v)) {
					next := beside(rows, i, j, e.field)
					if len(next) > 0 && translated(v) {
						v = ""
					}
					v = strings.TrimSpace(v + "\n" + textOf(next))
					cells = append(cells, next...)
				}
				found[e.field] = true
				if values[e.field] == "" {
					if values[e.field] = tidy(prompts.ReplaceAllString(v, "")); e.field == category {
						box = cells
					}
				}
			}
		}
	}
	return values, found, box
}

func textOf(cells []cell) string { return row{cells: cells}.text() }

// beside collects the cells right of a label up to the next label, in its row
// and in those that the label's cell covers by a vertical merge.
func beside(rows []row, i, j int, f field) []cell {
	label := rows[i].cells[j]
	var parts []cell
	seen := false
	collect := func(cells []cell) {
		for _, c := range cells {
			if f == phoneMail && namesPart(c.text) {
				seen, parts = true, append(parts, c)
				continue
			}
			if isLabel(c.text) || c.down && isLabel(continued(rows[i].cells, c)) {
				return
			}
			seen = true
			parts = append(parts, c)
		}
	}
	collect(rows[i].cells[j+1:])
	next := i + 1
	for ; next < len(rows) && rows[next].block == rows[i].block && rows[i].table; next++ {
		k := covering(rows[next].cells, label)
		if k < 0 || !rows[next].cells[k].down {
			break
		}
		collect(rows[next].cells[k+1:])
	}
	if rows[i].table && (seen || tidy(textOf(parts)) != "") {
		return parts
	}
	return append(parts, below(rows, i, next, label, f, seen)...)
}

// below is the cell under a label that has none beside it; of loose lines the
// next one, for the fields (参评领域) all up to the next label.
func below(rows []row, i, next int, label cell, f field, seen bool) []cell {
	if rows[i].table {
		if next < len(rows) && rows[next].block == rows[i].block {
			if k := covering(rows[next].cells, label); k >= 0 && !isLabel(rows[next].cells[k].text) {
				return rows[next].cells[k : k+1]
			}
		}
		return nil
	}
	limit := 1
	if f == category {
		limit = 9
	} else if seen {
		return nil
	}
	var out []cell
	for n := 0; next < len(rows) && !rows[next].table && n < limit; next++ {
		if isLabel(rows[next].text()) {
			break
		}
		out = append(out, rows[next].cells...)
		n++
	}
	return out
}

// covering is the index of the cell that stands in the label's columns, or -1.
func covering(cells []cell, label cell) int {
	for k, c := range cells {
		if c.from <= label.from && label.from < c.end {
			return k
		}
	}
	return -1
}

// continued is the text of the cell of an earlier row that a merged cell goes on with.
func continued(cells []cell, c cell) string {
	if k := covering(cells, c); k >= 0 {
		return cells[k].text
	}
	return ""
}

// namesPart: a cell beside 联系方式 that says itself which is the number and which the
// address, each with its value.
func namesPart(text string) bool {
	list := entries(text)
	for _, e := range list {
		if e.field != phone && e.field != email || tidy(e.value) == "" {
			return false
		}
	}
	return len(list) > 0
}

func isLabel(text string) bool {
	if _, _, ok := heading(text); ok {
		return true
	}
	return len(entries(text)) > 0
}
