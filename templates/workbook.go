package templates

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/width"
)

// workbook is an .xlsx being written. The same calls give the same bytes: no
// time, no chance, styles in the order of their first use. The first error is
// kept and given by bytes.
type workbook struct {
	x     *excelize.File
	looks map[look]int
	err   error
}

// look is how cells are set.
type look struct {
	Size   float64 // of the type; 0 is 11 points
	Bold   bool
	Center bool
	Right  bool
	Frame  bool   // thin lines around each cell
	Fill   string // RRGGBB
	Grey   bool   // of lesser weight
	Format string // of numbers; "" is General
}

// newWorkbook begins one; title is what the file's properties call it.
func newWorkbook(title string) *workbook {
	b := &workbook{x: excelize.NewFile(), looks: map[look]int{}}
	full := true
	b.try(b.x.SetDefaultFont("宋体"))
	b.try(b.x.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &full}))
	b.try(b.x.SetDocProps(&excelize.DocProperties{Creator: "anli", Title: oneLine(title)}))
	return b
}

func (b *workbook) try(err error) {
	if b.err == nil {
		b.err = err
	}
}

// bytes ends the workbook.
func (b *workbook) bytes() ([]byte, error) {
	defer b.x.Close()
	if b.err != nil {
		return nil, fmt.Errorf("templates: sheet: %w", b.err)
	}
	var out bytes.Buffer
	if err := b.x.Write(&out); err != nil {
		return nil, fmt.Errorf("templates: sheet: %w", err)
	}
	return out.Bytes(), nil
}

// worksheet is one sheet of a workbook. Columns and rows count from 1.
type worksheet struct {
	*workbook
	name   string
	widths []float64 // of its columns, in half-width characters
}

// sheet adds a sheet with columns of these widths.
func (b *workbook) sheet(name string, widths ...float64) *worksheet {
	g := &worksheet{b, name, widths}
	if list := b.x.GetSheetList(); len(list) == 1 && list[0] == "Sheet1" {
		b.try(b.x.SetSheetName("Sheet1", name))
	} else {
		_, err := b.x.NewSheet(name)
		b.try(err)
	}
	for i, w := range widths {
		b.try(b.x.SetColWidth(name, column(i+1), column(i+1), w))
	}
	return g
}

func column(n int) string {
	name, err := excelize.ColumnNumberToName(n)
	if err != nil {
		return "A"
	}
	return name
}

func at(col, row int) string { return fmt.Sprintf("%s%d", column(col), row) }

// text writes words, never a formula; their line breaks are kept.
func (g *worksheet) text(col, row int, words string) {
	if words = strings.Join(cellLines(words), "\n"); words != "" {
		g.try(g.x.SetCellStr(g.name, at(col, row), words))
	}
}

// cellLines are the lines of a cell, each cleaned as those of a letter.
func cellLines(words string) []string {
	lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(words, "\r\n", "\n")), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSpace(oneLine(l))
	}
	return lines
}

// count writes a whole number.
func (g *worksheet) count(col, row, n int) { g.try(g.x.SetCellInt(g.name, at(col, row), int64(n))) }

// points writes hundredths of a point as a number; less than 0 is left empty.
func (g *worksheet) points(col, row, hundredths int) {
	if hundredths >= 0 {
		g.try(g.x.SetCellFloat(g.name, at(col, row), float64(hundredths)/100, -1, 64))
	}
}

// formula writes one; a number written before stays beside it for programs that
// do not calculate.
func (g *worksheet) formula(col, row int, f string) {
	g.try(g.x.SetCellFormula(g.name, at(col, row), f))
}

// look sets the cells from one corner to the other.
func (g *worksheet) look(col, row, toCol, toRow int, l look) {
	id, known := g.looks[l]
	if !known {
		var err error
		id, err = g.x.NewStyle(l.style())
		g.try(err)
		g.looks[l] = id
	}
	g.try(g.x.SetCellStyle(g.name, at(col, row), at(toCol, toRow), id))
}

func (l look) style() *excelize.Style {
	font := &excelize.Font{Family: "宋体", Size: 11, Bold: l.Bold}
	if l.Size > 0 {
		font.Size = l.Size
	}
	if l.Grey {
		font.Color = "666666"
	}
	s := &excelize.Style{Font: font, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}}
	switch {
	case l.Center:
		s.Alignment.Horizontal = "center"
	case l.Right:
		s.Alignment.Horizontal = "right"
	}
	if l.Frame {
		for _, side := range []string{"left", "top", "right", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "808080", Style: 1})
		}
	}
	if l.Fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.Fill}}
	}
	if l.Format != "" {
		s.CustomNumFmt = &l.Format
	}
	return s
}

// span merges cells of a row and sets their words.
func (g *worksheet) span(col, toCol, row int, words string, l look) {
	g.look(col, row, toCol, row, l)
	if toCol > col {
		g.try(g.x.MergeCell(g.name, at(col, row), at(toCol, row)))
	}
	g.text(col, row, words)
}

// height makes a row high enough for its longest cell: spreadsheets do not do it
// for merged cells, and some not at all.
func (g *worksheet) height(row int, least float64, cells map[int]string) {
	lines := 1
	for col, words := range cells {
		n := 0
		for _, l := range cellLines(words) {
			n += wrapped(l, int(g.widths[col-1])-1)
		}
		lines = max(lines, n)
	}
	g.try(g.x.SetRowHeight(g.name, row, min(max(least, float64(lines)*15+3), 400)))
}

// wrapped is how many lines a cell of so many half-width characters needs. Runs
// of narrow letters, as case numbers, go to the next line whole where they fit it.
func wrapped(words string, columns int) int {
	lines, used, run := 1, 0, 0
	columns = max(columns, 2)
	place := func(n int) {
		if used > 0 && used+n > columns {
			lines, used = lines+1, 0
		}
		if used += n; used > columns {
			more := (used - 1) / columns
			lines, used = lines+more, used-more*columns
		}
	}
	for _, r := range words {
		n := displayWidth(string(r))
		if n == 1 && r != ' ' {
			run++
			continue
		}
		place(run)
		place(n)
		run = 0
	}
	place(run)
	return lines
}

// displayWidth counts half-width characters.
func displayWidth(s string) int {
	n := 0
	for _, r := range s {
		n++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth || k == width.EastAsianAmbiguous {
			n++
		}
	}
	return n
}

// paper is how a sheet is printed: A4, as wide as the page, the rows above the
// table on each page, numbered. It comes last: a filter set later undoes it.
type paper struct {
	Landscape bool
	HeadRows  int // repeated and frozen
	HeadCols  int // frozen
	Columns   int // printed; others stay on the screen
	Rows      int
}

func (g *worksheet) paper(p paper) {
	a4, once, none, fit, turn := 9, 1, 0, true, "portrait"
	if p.Landscape {
		turn = "landscape"
	}
	side, top, centred := 0.4, 0.6, true
	g.try(errors.Join(
		g.x.SetPageLayout(g.name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &turn, FitToWidth: &once, FitToHeight: &none}),
		g.x.SetSheetProps(g.name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		g.x.SetPageMargins(g.name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &top, Horizontally: &centred}),
		g.x.SetHeaderFooter(g.name, &excelize.HeaderFooterOptions{OddFooter: "&C第&P页，共&N页"}),
		g.x.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: g.name,
			RefersTo: fmt.Sprintf("'%s'!$A$1:$%s$%d", g.name, column(p.Columns), p.Rows)}),
	))
	if p.HeadRows == 0 {
		return
	}
	g.try(errors.Join(
		g.x.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: g.name, RefersTo: fmt.Sprintf("'%s'!$1:$%d", g.name, p.HeadRows)}),
		g.x.SetPanes(g.name, &excelize.Panes{Freeze: true, XSplit: p.HeadCols, YSplit: p.HeadRows,
			TopLeftCell: at(p.HeadCols+1, p.HeadRows+1), ActivePane: pane(p.HeadCols)}),
	))
}

func pane(cols int) string {
	if cols > 0 {
		return "bottomRight"
	}
	return "bottomLeft"
}
