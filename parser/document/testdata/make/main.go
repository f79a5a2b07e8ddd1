// Command make writes the workbooks that the corpus beside it is made from; see
// ../sheets/README.md for what LibreOffice made of them.
//
//	go run ./parser/document/testdata/make DIR
package main

import (
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/xuri/excelize/v2"
)

// book writes one workbook; the first fault ends the program.
type book struct {
	*excelize.File
	sheet string
}

func newBook(sheet string) *book {
	b := &book{excelize.NewFile(), sheet}
	must(b.SetSheetName("Sheet1", sheet))
	return b
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// put sets a cell, with a number format unless it is "".
func (b *book) put(cell string, v any, format string) {
	must(b.SetCellValue(b.sheet, cell, v))
	if format == "" {
		return
	}
	style, err := b.NewStyle(&excelize.Style{CustomNumFmt: &format})
	must(err)
	must(b.SetCellStyle(b.sheet, cell, cell, style))
}

func (b *book) rows(first int, rows ...[]any) {
	for i, row := range rows {
		at, err := excelize.CoordinatesToCellName(1, first+i)
		must(err)
		must(b.SetSheetRow(b.sheet, at, &row))
	}
}

func (b *book) save(dir, name string) {
	must(b.SaveAs(filepath.Join(dir, name)))
}

func main() {
	dir := os.Args[1]
	scores(dir)
	cases(dir)
	formats(dir)
	flat(dir)
}

// scores is an expert's score sheet, filled in.
func scores(dir string) {
	b := newBook("评分表")
	b.put("A1", "2024年广东省电子商务优秀案例专家评分表", "")
	must(b.MergeCell(b.sheet, "A1", "I1"))
	b.rows(2, []any{"表格版本", "8C1D-4F20", nil, nil, nil, nil, nil, nil, "专家：林若水"},
		[]any{"编号", "单位", "技术性与创新性\n（满分30）", "效益性\n（满分25）", "示范性\n（满分20）", "整体实力\n（满分15）", "数据完整性\n（满分10）", "合计", "评语"},
		[]any{"AL2024-0001", "佛山云杉科技有限公司", 27, 22.5, 18, 0.1 + 0.2 + 8.2, 9, nil, "模式清晰，\n可复制。"},
		[]any{"AL2024-0007", "中山禾木电子商务有限公司", 25.5, 20, 16.25, 12, 8.499999999, nil, "数据口径需说明"},
		[]any{"AL2024-0012", "惠州海石供应链有限公司", nil, nil, nil, nil, nil, nil, "回避：曾任其顾问"},
		nil,
		[]any{"AL2024-0015", "珠海星槎网络科技有限公司", "28分", "２３", "18/20", "", 9.5, nil, ""})
	for _, row := range []string{"4", "5", "6", "8"} {
		must(b.SetCellFormula(b.sheet, "H"+row, "SUM(C"+row+":G"+row+")"))
		b.format("C"+row, "G"+row, "0.##")
	}
	b.format("C5", "C5", "0") // shows 26
	b.ruled("A1", "I8")
	list := excelize.NewDataValidation(true)
	list.SetSqref("C4:C8")
	must(list.SetRange(0, 30, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween))
	must(b.AddDataValidation(b.sheet, list))
	b.save(dir, "scores.xlsx")
}

func (b *book) format(from, to, format string) {
	style, err := b.NewStyle(&excelize.Style{CustomNumFmt: &format})
	must(err)
	must(b.SetCellStyle(b.sheet, from, to, style))
}

// ruled makes a printed page of the sheet: lines around all cells, one page wide.
// The number formats of a filled-in sheet stay.
func (b *book) ruled(from, to string) {
	for c, width := range map[string]float64{"A": 14, "B": 28, "C": 16, "D": 12, "E": 12, "F": 12, "G": 14, "H": 8, "I": 22} {
		must(b.SetColWidth(b.sheet, c, c, width))
	}
	for _, row := range []int{3, 4} { // two lines each
		must(b.SetRowHeight(b.sheet, row, 40))
	}
	var lines []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		lines = append(lines, excelize.Border{Type: side, Color: "000000", Style: 1})
	}
	first, top, err := excelize.CellNameToCoordinates(from)
	must(err)
	last, bottom, err := excelize.CellNameToCoordinates(to)
	must(err)
	for row := top; row <= bottom; row++ {
		for col := first; col <= last; col++ {
			cell, err := excelize.CoordinatesToCellName(col, row)
			must(err)
			id, err := b.GetCellStyle(b.sheet, cell)
			must(err)
			style, err := b.GetStyle(id)
			must(err)
			style.Border, style.Alignment = lines, &excelize.Alignment{WrapText: true}
			id, err = b.NewStyle(style)
			must(err)
			must(b.SetCellStyle(b.sheet, cell, cell, id))
		}
	}
	wide, fit, landscape := 1, true, "landscape"
	must(b.SetSheetProps(b.sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	must(b.SetPageLayout(b.sheet, &excelize.PageLayoutOptions{Orientation: &landscape, FitToWidth: &wide}))
}

// cases is a bureau's list, with merged cells, hidden rows, columns and sheets.
func cases(dir string) {
	b := newBook("汇总表")
	b.put("A1", "佛山市2024年电子商务优秀案例推荐汇总表", "")
	must(b.MergeCell(b.sheet, "A1", "H1"))
	b.rows(2, []any{"序号", "单位", "案例", "主要领域", "联系人", "电话", "报送日期", "内部编号"},
		[]any{1, "佛山云杉科技有限公司", "家电产业带直播基地", "电商+产业带", "陈一鸣", 13800000001, nil, "FS-01"},
		[]any{nil, nil, "跨境独立站", "丝路电商", "陈一鸣", "0757-83990001", nil, "FS-02"},
		[]any{2, "佛山青禾农业发展有限公司", "数商兴农示范", "数商兴农", "何安", 13800000002, nil, "FS-03"},
		[]any{3, "佛山远帆物流有限公司", "仓配一体化", "电商服务", "梁舟", 13800000003, nil, "FS-04"})
	must(b.MergeCell(b.sheet, "A3", "A4"))
	must(b.MergeCell(b.sheet, "B3", "B4"))
	must(b.MergeCell(b.sheet, "B8", "D8"))
	b.put("B8", "合计：4个", "")
	for i, row := range []string{"3", "4", "5", "6"} {
		b.put("G"+row, time.Date(2024, 10, 12+i, 0, 0, 0, 0, time.UTC), "yyyy-mm-dd")
	}
	must(b.SetRowVisible(b.sheet, 5, false)) // as a filter does
	must(b.SetColVisible(b.sheet, "H", false))
	for _, name := range []string{"选项", "备注", "空表"} {
		_, err := b.NewSheet(name)
		must(err)
	}
	must(b.SetCellValue("选项", "A1", "电子商务园区"))
	must(b.SetSheetVisible("选项", false))
	must(b.SetCellValue("备注", "B3", "纸质件另寄"))
	b.save(dir, "cases.xlsx")
}

// formats has a number format a row: what it is called, and the cell.
func formats(dir string) {
	b := newBook("格式")
	day := time.Date(2024, 11, 5, 14, 30, 0, 0, time.UTC)
	for i, c := range []struct {
		value  any
		format string
	}{
		{27, ""}, {22.5, "0.##"}, {22, "0.##"}, {8.5, "0"}, {8.25, "0.0"}, {25.0 / 3, "0.00"}, {25.0 / 3, ""}, {9, "0.00"},
		{0.85, "0%"}, {0.855, "0%"}, {1234567.5, "#,##0.00"}, {7, "0000"}, {28, `0"分"`}, {28.5, `0"分"`},
		{-3.5, "0.00_);[Red](0.00)"}, {13800138000, ""}, {13800138000, "0.00E+00"}, {0.5, "# ?/?"},
		{day, "yyyy-mm-dd"}, {day, `yyyy"年"m"月"d"日"`}, {day, "yyyy-mm-dd hh:mm"}, {day, `m"月"d"日"`}, {day, "h:mm"}, {1.5, "[h]:mm"},
		{27, "@"}, {"0007", "@"}, {true, ""}, {1234.5, `_ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * "-"??_ ;_ @_ `}, {0, `0;-0;"无"`}, {-1073741.824, ""},
	} {
		row := i + 1
		cell, err := excelize.CoordinatesToCellName(2, row)
		must(err)
		name, err := excelize.CoordinatesToCellName(1, row)
		must(err)
		b.put(name, "“"+c.format+"”", "")
		b.put(cell, c.value, c.format)
	}
	for i, formula := range []string{"1/0", `NA()`, `"甲"&"乙"`, "1=1", "8.5*2", `""`, `VALUE("x")`} {
		cell, err := excelize.CoordinatesToCellName(4, i+1)
		must(err)
		must(b.SetCellFormula(b.sheet, cell, formula))
	}
	style, err := b.NewStyle(&excelize.Style{NumFmt: 14}) // the short date of whoever looks at it
	must(err)
	must(b.SetCellValue(b.sheet, "D10", day))
	must(b.SetCellStyle(b.sheet, "D10", "D10", style))
	b.save(dir, "formats.xlsx")
}

// flat is what becomes text: no merged cells, every kind of separator inside.
func flat(dir string) {
	b := newBook("评分")
	b.rows(1, []any{"编号", "单位", "技术性与创新性", "效益性", "评语"},
		[]any{"AL2024-0001", "佛山云杉科技有限公司", 27, 22.5, `好，"可复制"; 建议推广`},
		nil,
		[]any{"AL2024-0007", "中山䶮木电子商务有限公司", 25.5, nil, "第一,\n第二"})
	b.save(dir, "flat.xlsx")
	must(b.SaveAs(filepath.Join(dir, "encrypted.xlsx"), excelize.Options{Password: "secret"}))
}
