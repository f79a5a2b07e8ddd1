package templates

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Where things stand on the score sheet: a line of explanation, the line with the
// stamp, the header, then one row a case.
const (
	scoreTab    = "评分表"
	stampLabel  = "表格版本"
	noteRow     = 1
	stampRow    = 2
	headerRow   = 3
	firstRow    = 4
	factColumns = 4   // 编号, 地市, 参评单位, 参评案例
	maxCriteria = 100 // far more than a call has, far less than a sheet can hold
)

// scoreSheet is the sheet being written. The first error stays.
type scoreSheet struct {
	x    *excelize.File
	d    ScoreRequest
	last int // number of the last column, 评语
	err  error
}

// ScoreSheet is the table an expert fills in: score and comment cells are open,
// all else is locked, without a password. The same data give the same bytes.
func (f Frame) ScoreSheet(d ScoreRequest) ([]byte, error) {
	if len(d.Criteria) > maxCriteria {
		return nil, fmt.Errorf("%d criteria", len(d.Criteria))
	}
	s := &scoreSheet{x: excelize.NewFile(), d: d, last: factColumns + len(d.Criteria) + 2}
	defer s.x.Close()
	s.try(s.x.SetSheetName("Sheet1", scoreTab))
	s.words()
	s.dress()
	s.limits()
	s.locks()
	s.print(f.Division)
	if s.err != nil {
		return nil, s.err
	}
	raw, err := s.x.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return repack(raw.Bytes())
}

func (s *scoreSheet) try(errs ...error) { s.err = errors.Join(s.err, errors.Join(errs...)) }

// at is the name of a cell: at(1, 3) is A3.
func (s *scoreSheet) at(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	s.try(err)
	return name
}

func (s *scoreSheet) column(n int) string {
	name, err := excelize.ColumnNumberToName(n)
	s.try(err)
	return name
}

// lastRow is the row of the last case.
func (s *scoreSheet) lastRow() int { return firstRow + max(len(s.d.Cases), 1) - 1 }

// put writes words as text: whatever stands in them, no cell becomes a formula.
func (s *scoreSheet) put(column, row int, words string) {
	s.try(s.x.SetCellStr(scoreTab, s.at(column, row), shorten(oneLine(words), longest)))
}

// longest is how many characters of a name a cell shows.
const longest = 200

// words fills in what is given. The sum is computed where the sheet is opened,
// and only of a row that is whole: half a sum would look like one.
func (s *scoreSheet) words() {
	s.put(1, noteRow, "说明："+s.d.Title+"评分表。请在浅黄色格内填写分数和评语，填好后把本表作为附件回复邮件；可以只填一部分，其余以后再补。需要回避、弃权或有疑问的，请写在回信里。")
	s.put(1, stampRow, stampLabel)
	s.put(2, stampRow, s.d.Stamp)
	who := "评审专家：" + s.d.Expert
	if s.d.Deadline != "" {
		who += "　　请于" + s.d.Deadline + "前回复"
	}
	s.put(factColumns, stampRow, who)
	for i, h := range []string{"编号", "地市", "参评单位", "参评案例"} {
		s.put(i+1, headerRow, h)
	}
	for i, c := range s.d.Criteria {
		name := shorten(oneLine(c.Name), longest)
		s.try(s.x.SetCellStr(scoreTab, s.at(factColumns+1+i, headerRow), fmt.Sprintf("%s\n（%d分）", name, c.Max)))
	}
	s.put(s.last-1, headerRow, "合计")
	s.put(s.last, headerRow, "评语")
	for i, c := range s.d.Cases {
		row := firstRow + i
		for k, v := range []string{c.Number, c.City, c.Unit, c.Case} {
			s.put(k+1, row, v)
		}
		if len(s.d.Criteria) == 0 {
			continue
		}
		cells := s.at(factColumns+1, row) + ":" + s.at(s.last-2, row)
		s.try(s.x.SetCellFormula(scoreTab, s.at(s.last-1, row), fmt.Sprintf(`IF(COUNT(%s)=%d,SUM(%s),"")`, cells, len(s.d.Criteria), cells)))
	}
	yes := true
	s.try(s.x.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &yes}))
}

// dress sets widths, heights, faces and the frozen corner.
func (s *scoreSheet) dress() {
	for _, w := range []struct {
		from, to int
		width    float64
	}{{1, 1, 14}, {2, 2, 9}, {3, 3, unitWidth}, {4, 4, caseWidth}, {5, max(s.last-2, 5), 13}, {s.last - 1, s.last - 1, 9}, {s.last, s.last, 36}} {
		s.try(s.x.SetColWidth(scoreTab, s.column(w.from), s.column(w.to), w.width))
	}
	s.try(s.x.MergeCell(scoreTab, s.at(1, noteRow), s.at(s.last, noteRow)),
		s.x.SetRowHeight(scoreTab, noteRow, 36), s.x.SetRowHeight(scoreTab, stampRow, 20), s.x.SetRowHeight(scoreTab, headerRow, 48))
	for i, c := range s.d.Cases {
		n := max(linesIn(c.Unit, unitWidth), linesIn(c.Case, caseWidth), 2) // two are enough for a finger
		s.try(s.x.SetRowHeight(scoreTab, firstRow+i, float64(min(6+16*n, 400))))
	}
	bottom := s.lastRow()
	s.face(1, noteRow, s.last, noteRow, cellFace{size: 11, left: true})
	s.face(1, stampRow, s.last, stampRow, cellFace{size: 10, left: true, flat: true})
	s.face(1, headerRow, s.last, headerRow, cellFace{size: 11, bold: true, fill: "DDE7F3", box: true})
	s.face(1, firstRow, 2, bottom, cellFace{size: 11, box: true})
	s.face(3, firstRow, factColumns, bottom, cellFace{size: 11, box: true, left: true})
	s.face(factColumns+1, firstRow, s.last-2, bottom, cellFace{size: 14, fill: "FFF9DB", box: true, open: true})
	s.face(s.last-1, firstRow, s.last-1, bottom, cellFace{size: 14, box: true})
	s.face(s.last, firstRow, s.last, bottom, cellFace{size: 11, fill: "FFF9DB", box: true, left: true, open: true})
	s.try(s.x.SetPanes(scoreTab, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: headerRow, TopLeftCell: "B4", ActivePane: "bottomRight",
		Selection: []excelize.Selection{{SQRef: "E4", ActiveCell: "E4", Pane: "bottomRight"}}}))
}

// Widths of the columns with names, in characters of the Latin alphabet.
const (
	unitWidth = 26
	caseWidth = 30
)

// linesIn is how many lines a name takes in a column: not every program finds the
// height of a row by itself.
func linesIn(name string, width int) int {
	n := 0
	for _, r := range shorten(oneLine(name), longest) {
		if n++; r >= 0x80 {
			n++
		}
	}
	return n/(width-2) + 1
}

// cellFace is how a range of cells is set. Numbers keep the general format, which
// shows 27, 8.5 and 8.25 as they were typed; 0.## would show "27.".
type cellFace struct {
	size             float64
	fill             string // RGB; "" none
	bold, left, flat bool   // flat: not wrapped
	box              bool
	open             bool // may be written in
}

func (s *scoreSheet) face(c1, r1, c2, r2 int, l cellFace) {
	style := &excelize.Style{Font: &excelize.Font{Family: "宋体", Size: l.size, Bold: l.bold},
		Alignment:  &excelize.Alignment{Vertical: "center", Horizontal: "center", WrapText: !l.flat},
		Protection: &excelize.Protection{Locked: !l.open}}
	if l.left {
		style.Alignment.Horizontal = "left"
	}
	if l.fill != "" {
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	if l.box {
		for _, side := range []string{"left", "top", "right", "bottom"} {
			style.Border = append(style.Border, excelize.Border{Type: side, Color: "8A919B", Style: 1})
		}
	}
	id, err := s.x.NewStyle(style)
	s.try(err, s.x.SetCellStyle(scoreTab, s.at(c1, r1), s.at(c2, r2), id))
}

// limits refuse what no score can be, in words.
func (s *scoreSheet) limits() {
	for i, c := range s.d.Criteria {
		v := excelize.NewDataValidation(true)
		v.SetSqref(s.at(factColumns+1+i, firstRow) + ":" + s.at(factColumns+1+i, s.lastRow()))
		s.try(v.SetRange(0, c.Max, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween))
		v.SetError(excelize.DataValidationErrorStyleStop, "分数不在范围内",
			fmt.Sprintf("“%s”请填0到%d之间的数字，可用小数；不评的请留空。", shorten(oneLine(c.Name), 30), c.Max))
		s.try(s.x.AddDataValidation(scoreTab, v))
	}
}

// locks protects against slips, not against will: there is no password.
func (s *scoreSheet) locks() {
	s.try(s.x.ProtectSheet(scoreTab, &excelize.SheetProtectionOptions{SelectLockedCells: true, SelectUnlockedCells: true,
		FormatColumns: true, FormatRows: true, EditObjects: true, EditScenarios: true}))
}

// print sets the sheet on A4, landscape, one page wide.
func (s *scoreSheet) print(division string) {
	a4, across, wide, tall, yes := 9, "landscape", 1, 0, true
	margin, bottom, footer, middle := 0.4, 0.7, 0.35, true
	s.try(s.x.SetPageLayout(scoreTab, &excelize.PageLayoutOptions{Size: &a4, Orientation: &across, FitToWidth: &wide, FitToHeight: &tall}),
		s.x.SetSheetProps(scoreTab, &excelize.SheetPropsOptions{FitToPage: &yes}),
		s.x.SetPageMargins(scoreTab, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin, Bottom: &bottom, Footer: &footer, Horizontally: &middle}),
		s.x.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("%s!$%d:$%d", scoreTab, headerRow, headerRow), Scope: scoreTab}),
		s.x.SetHeaderFooter(scoreTab, &excelize.HeaderFooterOptions{OddFooter: "&C第 &P 页，共 &N 页"}),
		s.x.SetDocProps(&excelize.DocProperties{Title: oneLine(s.d.Title) + scoreTab, Creator: oneLine(division),
			Created: "2024-01-01T00:00:00Z", Modified: "2024-01-01T00:00:00Z"}))
}

// repack writes the parts of a document anew, by name and undeflated.
func repack(raw []byte) ([]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, err
	}
	var parts []officePart
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		body, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		parts = append(parts, officePart{f.Name, body})
	}
	slices.SortFunc(parts, func(a, b officePart) int { return strings.Compare(a.name, b.name) })
	return officeFile(parts), nil
}
