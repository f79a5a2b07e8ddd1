package templates

import (
	"fmt"
	"strings"
)

// Names of the sheets of the ranking; formulas refer to them.
const (
	rankSheet     = "排名"
	detailSheet   = "评分明细"
	unrankedSheet = "未排名"
	ruleSheet     = "规则"
)

// tableRow is the first row below title, note and column heads.
const tableRow = 4

// Columns of 排名, from A.
const (
	rankNumber  = 3
	rankAverage = 13
	rankCheck   = 14
	rankAgrees  = 15
	rankStaff   = 16 // first of those that are not printed
	rankColumns = 18
)

var (
	titleLook  = look{Size: 16, Bold: true, Center: true}
	noteLook   = look{Size: 10, Grey: true}
	headLook   = look{Bold: true, Center: true, Frame: true, Fill: "E7ECF2"}
	wordsLook  = look{Frame: true}
	middleLook = look{Frame: true, Center: true}
	minuteLook = look{Frame: true, Center: true, Format: minuteFormat}
	meanLook   = look{Frame: true, Center: true, Bold: true, Format: "0.00"}
	checkLook  = look{Frame: true, Center: true, Format: "0.00"}
)

// RankingBook is ranking.xlsx: the ranking, every score behind it, and the rule,
// so that a person can compute it again by hand. The same data give the same
// bytes. An error is a defect of this program, never of the data.
func RankingBook(d RankingData) ([]byte, error) {
	b := newWorkbook(d.Title + "评审排名")
	b.ranks(d)
	b.detail(d)
	b.unranked(d)
	b.rules(d)
	return b.bytes()
}

// note is the line under a sheet's title.
func note(asOf, head string) string {
	words := "数据截至" + asOf
	if head != "" {
		words += "　评审日志校验码 " + head
	}
	return words
}

// heading writes title, note and the heads of the columns.
func (g *worksheet) heading(title, under string, columns int, heads []string) {
	g.span(1, columns, 1, title, titleLook)
	g.span(1, columns, 2, under, noteLook)
	g.try(g.x.SetRowHeight(g.name, 1, 30))
	g.try(g.x.SetRowHeight(g.name, 2, 18))
	cells := map[int]string{}
	for i, h := range heads {
		g.text(i+1, tableRow-1, h)
		cells[i+1] = h
	}
	g.look(1, tableRow-1, len(heads), tableRow-1, headLook)
	g.height(tableRow-1, 33, cells)
}

func (b *workbook) ranks(d RankingData) {
	g := b.sheet(rankSheet, 6, 6, 13, 8, 24, 24, 13, 6, 7, 7, 6, 9, 8, 8, 7, 9, 9, 26)
	g.heading(d.Title+"评审排名", note(d.AsOf, d.Head), rankStaff-1, []string{"名次", "并列", "案例编号", "地市", "单位", "案例", "领域", "有效份数",
		"去掉最高分", "去掉最低分", "计入份数", "计入总分", "平均分", "公式复核", "核对", "中位数", "最高最低分差", "偏离较大的评分"})
	g.span(rankStaff, rankColumns, 2, "以下三列供内部参考，不在打印范围内", noteLook)
	for i, c := range d.Rows {
		g.rankRow(d, tableRow+i, c)
	}
	g.paper(paper{Landscape: true, HeadRows: tableRow - 1, HeadCols: rankNumber, Columns: rankStaff - 1, Rows: max(tableRow-1+len(d.Rows), tableRow)})
}

func (g *worksheet) rankRow(d RankingData, row int, c RankedCase) {
	tie, outliers := "", strings.Join(c.Outliers, "；")
	if c.Tied {
		tie = "并列"
	}
	g.count(1, row, c.Rank)
	for i, words := range []string{tie, c.Number, c.City, c.Unit, c.Case, c.Field} {
		g.text(2+i, row, words)
	}
	g.count(8, row, c.Valid)
	g.points(9, row, c.dropped(WhyHighest))
	g.points(10, row, c.dropped(WhyLowest))
	g.count(11, row, c.Count)
	g.points(12, row, c.Sum)
	g.points(rankAverage, row, c.Average)
	g.check(d, row, c)
	g.points(rankStaff, row, c.Median)
	g.points(rankStaff+1, row, c.Spread)
	g.text(rankStaff+2, row, outliers)
	g.look(1, row, 4, row, middleLook)
	g.look(5, row, 7, row, wordsLook)
	g.look(8, row, 12, row, middleLook)
	g.look(rankAverage, row, rankAverage, row, meanLook)
	g.look(rankCheck, row, rankCheck, row, checkLook)
	g.look(rankAgrees, row, rankStaff+1, row, middleLook)
	g.look(rankStaff+2, row, rankStaff+2, row, wordsLook)
	g.height(row, 18, map[int]string{5: c.Unit, 6: c.Case, 7: c.Field, rankStaff + 2: outliers})
}

// check puts the formulas beside the average: the mean of the totals in 评分明细
// that count, in whole hundredths so that rounding is exact, and whether it is
// the same. What stands there for programs that do not calculate comes from the
// same cells and not from the average; that both agree only a calculation says.
func (g *worksheet) check(d RankingData, row int, c RankedCase) {
	last := tableRow - 1 + d.scores()
	if last < tableRow {
		return
	}
	rows := func(col int) string {
		return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", detailSheet, column(col), tableRow, column(col), last)
	}
	n := len(d.Criteria)
	which := fmt.Sprintf("%s,$%s,%s,\"是\"", rows(1), at(rankNumber, row), rows(detailCounts(n)))
	total := fmt.Sprintf("SUMIFS(%s,%s)", rows(detailCounts(n)-1), which)
	count := fmt.Sprintf("COUNTIFS(%s)", which)
	g.points(rankCheck, row, meanOf(c.Scores))
	g.formula(rankCheck, row, fmt.Sprintf("IF(%s=0,\"\",ROUND(ROUND(%s*100,0)/%s,0)/100)", count, total, count))
	g.formula(rankAgrees, row, fmt.Sprintf("IF(%s=%s,\"一致\",\"不一致\")", at(rankAverage, row), at(rankCheck, row)))
}

// meanOf is the average of the cells that count, half up; -1 if none does.
func meanOf(scores []ExpertScore) int {
	sum, n := 0, 0
	for _, e := range scores {
		if !e.Counts {
			continue
		}
		for _, v := range e.Cells {
			sum += max(v, 0)
		}
		n++
	}
	if n == 0 {
		return -1
	}
	return (2*sum + n) / (2 * n)
}

// scores counts the rows of 评分明细.
func (d RankingData) scores() int {
	n := 0
	for _, list := range [][]RankedCase{d.Rows, d.Unranked} {
		for _, c := range list {
			n += len(c.Scores)
		}
	}
	return n
}

// unranked lists the cases that have too few valid scores.
func (b *workbook) unranked(d RankingData) {
	g := b.sheet(unrankedSheet, 14, 10, 32, 32, 20, 9, 40)
	heads := []string{"案例编号", "地市", "单位", "案例", "领域", "有效份数", "未排名的原因"}
	g.heading(d.Title+"未排名的案例", note(d.AsOf, d.Head), len(heads), heads)
	for i, c := range d.Unranked {
		row := tableRow + i
		for k, words := range []string{c.Number, c.City, c.Unit, c.Case, c.Field} {
			g.text(1+k, row, words)
		}
		g.count(6, row, c.Valid)
		g.text(7, row, c.Why)
		g.look(1, row, 7, row, wordsLook)
		g.look(6, row, 6, row, middleLook)
		g.height(row, 18, map[int]string{3: c.Unit, 4: c.Case, 5: c.Field, 7: c.Why})
	}
	if len(d.Unranked) == 0 {
		g.span(1, len(heads), tableRow, "无", middleLook)
	}
	g.paper(paper{Landscape: true, HeadRows: tableRow - 1, HeadCols: 1, Columns: len(heads), Rows: tableRow - 1 + max(len(d.Unranked), 1)})
}
