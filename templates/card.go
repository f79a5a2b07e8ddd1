package templates

import "strings"

// cellsAcross is how many values stand in a row of a card: five criteria and the
// total fit on a phone.
const cellsAcross = 6

// cell is one value of a card.
type cell struct {
	Name   string
	Value  string
	Was    string // (原27)
	Strong bool
	Tone   tone
}

// card adds a scored case: name and number, then its values.
func (s *sheet) card(strong, tail string, cells []cell) {
	for i := range cells {
		c := &cells[i]
		c.Name, c.Value, c.Was = oneLine(c.Name), oneLine(c.Value), oneLine(c.Was)
	}
	l := line{Kind: card, Strong: oneLine(strong), Tail: oneLine(tail)}
	for i := 0; i < len(cells); i += cellsAcross {
		l.Cells = append(l.Cells, cells[i:min(i+cellsAcross, len(cells))])
	}
	last := &s.Sections[len(s.Sections)-1]
	last.Lines = append(last.Lines, l)
}

// cellsText sets a card's values on its line: 技术 27　效益 22.5(原21).
func cellsText(rows [][]cell) string {
	var b strings.Builder
	for _, row := range rows {
		for _, c := range row {
			b.WriteString("　" + c.Name + " " + c.Value + c.Was)
		}
	}
	return b.String()
}
