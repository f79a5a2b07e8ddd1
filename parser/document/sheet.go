package document

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Limits on a spreadsheet beside maxItems, which counts its cells.
const (
	maxSheets    = 256      // worksheets that are looked at
	maxSheetRows = 1 << 20  // Excel's own limit
	maxSheetCols = 1 << 14  // Excel's own limit
	maxSheetText = 16 << 20 // bytes of all cells' text
	maxTextFile  = 16 << 20 // bytes of a file that is text
	maxMarkup    = 4 << 20  // bytes of a web page: each <br> of it costs 40 times its size
)

// A spreadsheet becomes, for each visible worksheet that holds anything, a Block
// with its name and a Block with its rows. Hidden worksheets are left out: programs
// keep lists of choices there. Rows and columns keep their place, so empty rows in
// between stay; empty cells at a row's end and empty rows at the end are dropped.

// workbook collects the worksheets of a spreadsheet within the limits.
type workbook struct {
	blocks  []Block
	headers []string
	items   int
	bytes   int
}

// spot is a cell that holds something; area is a range of merged cells. Rows and
// columns count from 0.
type spot struct {
	row, col int
	text     string
}

type area struct{ top, left, bottom, right int }

// worksheet is one sheet being read. Cells may come in any order.
type worksheet struct {
	book   *workbook
	cells  []spot
	merges []area
}

// put takes a cell; one without text is none.
func (s *worksheet) put(row, col int, text string) error {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if text == "" {
		return nil
	}
	if row < 0 || row >= maxSheetRows || col < 0 || col >= maxSheetCols {
		return fmt.Errorf("%w: cell at row %d, column %d", ErrBroken, row+1, col+1)
	}
	if s.book.bytes += len(text); s.book.bytes > maxSheetText {
		return fmt.Errorf("%w: more than %d bytes of text", ErrTooLarge, maxSheetText)
	}
	if len(s.cells) >= maxItems {
		return fmt.Errorf("%w: more than %d cells", ErrTooLarge, maxItems)
	}
	s.cells = append(s.cells, spot{row, col, text})
	return nil
}

// count counts cells that are laid out, empty ones too.
func (b *workbook) count(cells int) error {
	if b.items += cells; b.items > maxItems {
		return fmt.Errorf("%w: more than %d cells", ErrTooLarge, maxItems)
	}
	return nil
}

// merge takes a range of merged cells, its corners as the file names them.
func (s *worksheet) merge(a area) error {
	if a.top < 0 || a.left < 0 || a.bottom < a.top || a.right < a.left {
		return nil
	}
	s.merges = append(s.merges, a)
	return s.book.count(1)
}

// add closes a sheet and appends its blocks. name "" gives no name of its own.
func (b *workbook) add(name string, s *worksheet) error {
	rows, err := s.rows()
	if err != nil || len(rows) == 0 {
		return err
	}
	if name != "" {
		b.blocks = append(b.blocks, Block{Text: name})
	}
	b.blocks = append(b.blocks, Block{Rows: rows})
	return nil
}

// rows lays the cells out.
func (s *worksheet) rows() ([][]Cell, error) {
	if len(s.cells) == 0 {
		return nil, nil
	}
	slices.SortStableFunc(s.cells, func(a, b spot) int { return cmp.Or(a.row-b.row, a.col-b.col) })
	rows := make([][]Cell, s.cells[len(s.cells)-1].row+1)
	widest := 0
	for _, c := range s.cells {
		if err := s.widen(&rows[c.row], c.col+1); err != nil {
			return nil, err
		}
		rows[c.row][c.col].Text = c.text
		widest = max(widest, len(rows[c.row]))
	}
	for _, m := range s.merges {
		if err := s.join(rows, m, widest); err != nil {
			return nil, err
		}
	}
	for i, row := range rows {
		rows[i] = trimmedRow(row)
	}
	return rows, nil
}

// widen gives a row at least n cells.
func (s *worksheet) widen(row *[]Cell, n int) error {
	if n <= len(*row) {
		return nil
	}
	if err := s.book.count(n - len(*row)); err != nil {
		return err
	}
	for len(*row) < n {
		*row = append(*row, Cell{Span: 1})
	}
	return nil
}

// join merges cells, as far as the sheet is used. A cell that another one covers
// has Span 0 until trimmedRow drops it.
func (s *worksheet) join(rows [][]Cell, m area, widest int) error {
	m.bottom, m.right = min(m.bottom, len(rows)-1), min(m.right, widest-1)
	for r := m.top; r <= m.bottom; r++ {
		if err := s.book.count(1); err != nil {
			return err
		}
		if m.left > m.right {
			return nil
		}
		if err := s.widen(&rows[r], m.right+1); err != nil {
			return err
		}
		row := rows[r][m.left : m.right+1]
		if err := s.book.count(len(row)); err != nil { // ranges that overlap are a fault, and costly
			return err
		}
		for i := range row[1:] {
			row[1+i] = Cell{}
		}
		row[0].Span = len(row)
		if r > m.top {
			row[0] = Cell{Span: len(row), Down: true}
		}
	}
	return nil
}

func trimmedRow(row []Cell) []Cell {
	row = slices.DeleteFunc(row, func(c Cell) bool { return c.Span == 0 })
	for len(row) > 0 && row[len(row)-1].Text == "" && !row[len(row)-1].Down {
		row = row[:len(row)-1]
	}
	if row == nil {
		row = []Cell{} // an empty row, not none
	}
	return row
}

// headerCode is what a sheet's header has beside words (ECMA-376 part 1, 18.3.1.46): its
// three parts, fonts, sizes and colours, the page, the date.
var headerCode = regexp.MustCompile(`&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d+|&|\w)`)

// header takes what is printed above a sheet.
func (b *workbook) header(s string) {
	words := headerCode.ReplaceAllStringFunc(s[:min(len(s), maxLine)], func(code string) string {
		switch code {
		case "&L", "&C", "&R":
			return "\n"
		case "&&":
			return "&"
		}
		return ""
	})
	for line := range strings.SplitSeq(words, "\n") {
		if line = strings.TrimSpace(line); line != "" && len(b.headers) < maxHeaderLines {
			b.headers = append(b.headers, line)
		}
	}
}
