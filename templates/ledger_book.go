package templates

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// LedgerBook is ledger.xlsx as an officer would have made it: a row a case with
// its state in words and colour, then sheets for the cities, what is not settled,
// what was decided and which numbers stand for no case. It holds names and
// telephones, and no score: it is for staff. The same data give the same bytes.
// Errors as of [RankingBook].
func LedgerBook(d LedgerData) ([]byte, error) {
	b := newWorkbook(d.Title + "台账")
	b.ledgerCases(d)
	b.ledgerCities(d)
	b.ledgerProblems(d)
	b.ledgerDecisions(d)
	b.ledgerGaps(d)
	return b.bytes()
}

// ledgerColumn is one column of the ledger: its head, how wide it is in
// half-width characters, what stands in it.
type ledgerColumn struct {
	head   string
	width  float64
	middle bool // short words, centred
	value  func(LedgerCase) string
}

// stateColumn and holdColumn are coloured; those after printColumns stay on the screen.
const (
	stateColumn  = 6
	holdColumn   = 7
	printColumns = 11
)

func ledgerColumns() []ledgerColumn {
	return []ledgerColumn{
		{"案例编号", 13, true, func(c LedgerCase) string { return c.Number }},
		{"地市", 8, true, func(c LedgerCase) string { return c.City }},
		{"参评单位", 24, false, func(c LedgerCase) string { return c.Unit }},
		{"参评案例", 24, false, func(c LedgerCase) string { return c.Case }},
		{"参评领域", 12, false, func(c LedgerCase) string { return strings.Join(c.Fields, "、") }},
		{"状态", 15, true, func(c LedgerCase) string { return c.state() }},
		{"待定事项", 11, true, func(c LedgerCase) string { return c.held() }},
		{"须补充", 36, false, func(c LedgerCase) string { return c.findings("error", "open") }},
		{"请核对", 28, false, func(c LedgerCase) string { return c.findings("warning", "open") }},
		{"线下、待核、已免或待我处决定", 24, false, func(c LedgerCase) string { return c.aside() }},
		{"审核意见", 18, false, func(c LedgerCase) string { return c.Verdict }},
		{"信用查询结果", 22, false, func(c LedgerCase) string { return c.Checked }},
		{"统一社会信用代码", 21, true, func(c LedgerCase) string { return c.CreditCode }},
		{"项目主要负责人", 12, true, func(c LedgerCase) string { return c.Leader }},
		{"日常联系人", 12, true, func(c LedgerCase) string { return c.Contact }},
		{"联系电话", 16, true, func(c LedgerCase) string { return c.Phone }},
		{"电子邮箱", 26, false, func(c LedgerCase) string { return c.Email }},
		{"文件数", 8, true, func(c LedgerCase) string { return fmt.Sprint(c.Files) }},
		{"首次收到", 18, true, func(c LedgerCase) string { return c.Received }},
		{"最近更新", 18, true, func(c LedgerCase) string { return c.Touched }},
		{"版次", 6, true, func(c LedgerCase) string { return fmt.Sprint(c.Revision) }},
		{"报送邮箱", 26, false, func(c LedgerCase) string { return c.Sender }},
		{"更正", 26, false, func(c LedgerCase) string { return strings.Join(c.Corrections, "\n") }},
		{"备注", 26, false, func(c LedgerCase) string { return strings.Join(c.Remarks, "\n") }},
	}
}

// stage is how a stage of INTERFACE.md is called and coloured.
type stage struct {
	words string
	fill  string
}

func stages() map[string]stage {
	return map[string]stage{
		"incomplete":   {"待补充", "FBE9C8"},
		"complete":     {"材料齐全，待资格审核", "DDEFE2"},
		"eligible":     {"资格审核通过", "BFE3CA"},
		"ineligible":   {"资格审核未通过", "F6D5D1"},
		"in-review":    {"评审中", "D9E6F5"},
		"reviewed":     {"评审结束", "C3D8EF"},
		"publicised":   {"公示中", "E4DAF2"},
		"awarded":      {"入选", "F7E29B"},
		"not-selected": {"未入选", "E6E6E6"},
		"withdrawn":    {"已撤回", "E6E6E6"},
	}
}

// holdFill is the ground of what waits for a decision.
const holdFill = "F9D9D4"

func (c LedgerCase) state() string {
	if c.State != "" {
		return c.State
	}
	return stages()[c.Stage].words
}

func (c LedgerCase) held() string { return holds(c.Holds) }

// heldBesides is held without what a finding of the same name says at length.
func (c LedgerCase) heldBesides() string {
	told := func(h string) bool {
		return slices.ContainsFunc(c.Findings, func(f LedgerFinding) bool { return f.Code == h && f.State != "waived" })
	}
	return holds(slices.DeleteFunc(slices.Clone(c.Holds), told))
}

func holds(names []string) string {
	words := map[string]string{"late": "逾期待定", "over-quota": "超出名额", "bureau-unconfirmed": "待市局确认", "objection": "有异议"}
	var out []string
	for _, h := range names {
		if w := words[h]; w != "" {
			h = w
		}
		out = append(out, h)
	}
	return strings.Join(out, "、")
}

// findings are those of a severity and state, a line each, numbered where there
// are several.
func (c LedgerCase) findings(severity, state string) string {
	var out []string
	for _, f := range c.Findings {
		if f.Severity == severity && f.State == state && !f.staffs() {
			out = append(out, strings.TrimSpace(f.Message))
		}
	}
	return numbered(out)
}

// staffs tells whether staff decide on a finding: it is nothing to be supplied.
func (f LedgerFinding) staffs() bool { return f.Staff && f.Severity == "error" }

// aside are the findings that somebody has taken on or waived, or staff decide on.
func (c LedgerCase) aside() string {
	var out []string
	for _, f := range c.Findings {
		switch {
		case f.State == "pending":
			out = append(out, "待核："+strings.TrimSpace(f.Message))
		case f.State == "waived":
			out = append(out, "已免："+strings.TrimSpace(f.Message))
		case f.staffs():
			out = append(out, "待我处决定："+strings.TrimSpace(f.Message))
		}
	}
	return numbered(out)
}

func numbered(lines []string) string {
	if len(lines) == 1 {
		return lines[0]
	}
	for i := range lines {
		lines[i] = fmt.Sprintf("%d. %s", i+1, lines[i])
	}
	return strings.Join(lines, "\n")
}

func (b *workbook) ledgerCases(d LedgerData) {
	columns := ledgerColumns()
	var widths []float64
	var heads []string
	for _, c := range columns {
		widths, heads = append(widths, c.width), append(heads, c.head)
	}
	g := b.sheet("案例", widths...)
	g.heading(d.Title+"台账", note(d.AsOf, d.Head), printColumns, heads)
	for i, c := range d.Cases {
		g.ledgerRow(tableRow+i, columns, c)
	}
	if len(d.Cases) == 0 {
		g.span(1, printColumns, tableRow, "无", middleLook)
	}
	g.filtered(len(heads), len(d.Cases))
	g.paper(paper{Landscape: true, HeadRows: tableRow - 1, HeadCols: 3, Columns: printColumns, Rows: tableRow - 1 + max(len(d.Cases), 1)})
}

// filtered gives the heads their arrows.
func (g *worksheet) filtered(columns, rows int) {
	g.try(g.x.AutoFilter(g.name, at(1, tableRow-1)+":"+at(columns, tableRow-1+max(rows, 1)), nil))
}

func (g *worksheet) ledgerRow(row int, columns []ledgerColumn, c LedgerCase) {
	gone := c.Stage == "withdrawn"
	cells := map[int]string{}
	for i, column := range columns {
		l := look{Frame: true, Center: column.middle, Grey: gone}
		words := column.value(c)
		switch {
		case i+1 == stateColumn:
			l.Fill, l.Bold = stages()[c.Stage].fill, true
		case i+1 == holdColumn && words != "":
			l.Fill = holdFill
		}
		switch column.head {
		case "文件数":
			g.count(i+1, row, c.Files)
			g.look(i+1, row, i+1, row, l)
		case "版次":
			g.count(i+1, row, c.Revision)
			g.look(i+1, row, i+1, row, l)
		case "首次收到", "最近更新":
			l.Format = minuteFormat
			g.words(i+1, row, words, l)
		default:
			g.words(i+1, row, words, l)
		}
		cells[i+1] = words
	}
	g.height(row, 33, cells)
}

// minuteFormat is that of cells that hold a time, to be sorted and filtered by.
const minuteFormat = "yyyy-mm-dd hh:mm"

// words sets a cell's words and its look. Words that a spreadsheet might take for
// a formula once somebody edits the cell are kept as text by its format.
func (g *worksheet) words(col, row int, words string, l look) {
	if l.Format == minuteFormat {
		if t, err := time.Parse("2006-01-02 15:04", words); err == nil {
			g.try(g.x.SetCellValue(g.name, at(col, row), t))
			g.look(col, row, col, row, l)
			return
		}
		l.Format = ""
	}
	if strings.ContainsRune("=+-@＝＋－＠", firstOf(words)) {
		l.Format = "@"
	}
	g.text(col, row, words)
	g.look(col, row, col, row, l)
}

// firstOf is the first character that [oneLine] leaves of a cell's words; 0 of none.
func firstOf(s string) rune {
	for _, r := range s {
		if !unicode.IsSpace(r) && !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r) {
			return r
		}
	}
	return 0
}
