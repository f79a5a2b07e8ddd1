package templates

import "strings"

// blank is a table that the reader fills in. In HTML it is one row a case with an
// empty cell a column; in text one line a column, because a row of blanks cannot
// be filled in on a telephone and does not survive a quote.
type blank struct {
	Corner  string   // heading of the first column
	Columns []string // headings of the empty cells
	Rows    []line   // whose row it is: code, unit, case
}

// Width is the width of one empty cell in percent; the last column and the first
// are wider.
func (g blank) Width() int { return max(50/max(len(g.Columns)-1, 1), 1) }

// IsLast tells the column that takes words.
func (g blank) IsLast(i int) bool { return i == len(g.Columns)-1 }

func (g blank) text(b *strings.Builder) {
	for _, r := range g.Rows {
		b.WriteString("\n" + r.Text + r.Strong + r.Tail + "\n")
		for _, c := range g.Columns {
			b.WriteString(c + "：\n")
		}
	}
}

// Fillable tells whether the sheet has a table to fill in.
func (s *sheet) Fillable() bool {
	for _, sec := range s.Sections {
		if sec.Blank != nil {
			return true
		}
	}
	return false
}

// fillIn adds a table to the open section, below its lines.
func (s *sheet) fillIn(corner string, columns []string, rows []line) {
	g := &blank{Corner: oneLine(corner)}
	for _, c := range columns {
		g.Columns = append(g.Columns, oneLine(c))
	}
	for _, r := range rows {
		g.Rows = append(g.Rows, line{Text: oneLine(r.Text), Strong: oneLine(r.Strong), Tail: oneLine(r.Tail)})
	}
	s.Sections[len(s.Sections)-1].Blank = g
}
