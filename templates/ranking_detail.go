package templates

import (
	"fmt"
	"strconv"
	"strings"
)

// detailCounts is the column 是否计入 of 评分明细: number, unit and expert stand
// before the n criteria, total and its formula after them.
func detailCounts(n int) int { return 3 + n + 3 }

// detail is a row a case and expert.
func (b *workbook) detail(d RankingData) {
	n := len(d.Criteria)
	widths, heads := []float64{13, 28, 10}, []string{"案例编号", "单位", "专家"}
	for _, c := range d.Criteria {
		widths = append(widths, 9)
		heads = append(heads, fmt.Sprintf("%s\n（%d）", c.Name, c.Max))
	}
	widths = append(widths, 8, 8, 7, 13)
	heads = append(heads, "合计", "公式合计", "是否计入", "未计入的原因")
	g := b.sheet(detailSheet, widths...)
	g.heading(d.Title+"评分明细", note(d.AsOf, d.Head), len(heads), heads)
	row := tableRow
	for _, list := range [][]RankedCase{d.Rows, d.Unranked} {
		for _, c := range list {
			for _, e := range c.Scores {
				g.detailRow(row, n, c, e)
				row++
			}
		}
	}
	if row > tableRow {
		g.try(g.x.AutoFilter(g.name, at(1, tableRow-1)+":"+at(len(heads), row-1), nil))
	}
	g.paper(paper{Landscape: true, HeadRows: tableRow - 1, HeadCols: 3, Columns: len(heads), Rows: max(row-1, tableRow)})
}

func (g *worksheet) detailRow(row, n int, c RankedCase, e ExpertScore) {
	g.text(1, row, c.Number)
	g.text(2, row, c.Unit)
	g.text(3, row, e.Expert)
	sum := 0
	for i, v := range e.Cells[:min(n, len(e.Cells))] {
		g.points(4+i, row, v)
		sum += max(v, 0)
	}
	if e.whole() {
		g.points(4+n, row, e.Total)
		g.points(5+n, row, sum)
		g.formula(5+n, row, fmt.Sprintf("ROUND(SUM(%s:%s),2)", at(4, row), at(3+n, row)))
	}
	counts := "否"
	if e.Counts {
		counts = "是"
	}
	g.text(detailCounts(n), row, counts)
	g.text(detailCounts(n)+1, row, e.Why)
	look := middleLook
	look.Grey = !e.Counts
	g.look(1, row, detailCounts(n)+1, row, look)
	look.Center = false
	g.look(2, row, 2, row, look)
	g.height(row, 18, map[int]string{2: c.Unit, 3: e.Expert})
}

// rules says in words what the other sheets hold and how to compute it again.
func (b *workbook) rules(d RankingData) {
	g := b.sheet(ruleSheet, 18, 92)
	g.span(1, 2, 1, d.Title+"评审规则和复核方法", titleLook)
	g.try(g.x.SetRowHeight(g.name, 1, 30))
	sum := 0
	var criteria []string
	for _, c := range d.Criteria {
		sum += c.Max
		criteria = append(criteria, c.Name+strconv.Itoa(c.Max)+"分")
	}
	rows := [][2]string{
		{"评分项目", strings.Join(criteria, "、") + fmt.Sprintf("，满分%d分。", sum)},
		{"排名规则", d.Rule},
		{"取整", "各项分值和合计按百分之一分的整数计算，没有误差；平均分＝计入总分÷计入份数，只在最后四舍五入一次，保留两位小数。排名按未取整的平均分比较。"},
		{"并列", "“并列”表示按排名规则仍不能区分先后，名次相同，其后的名次顺延。"},
		{"不计入的评分", "回避、弃权：专家对该案例不评分。作废：经办同志按程序作废。未经确认：评分来信未能证明出自专家本人，且至今未确认。未评分：未收到评分。未评全：有项目没有分值。" +
			"去掉最高分、去掉最低分：是有效评分，但不计入平均分。"},
		{"复核方法", "在“评分明细”中筛选一个案例编号和“是否计入”为“是”的各行，“合计”相加即为“排名”中的计入总分，除以行数即为平均分。" +
			"“公式合计”“公式复核”由表格软件从“评分明细”的各项分值重新计算，与程序算出的合计、平均分相互独立；平均分相同时“核对”为“一致”。"},
		{"数据截至", d.AsOf},
		{"评审日志校验码", d.Head},
	}
	for i, r := range rows {
		g.text(1, 2+i, r[0])
		g.text(2, 2+i, r[1])
		g.height(2+i, 20, map[int]string{2: r[1]})
	}
	end := 2 + len(rows)
	g.text(1, end, "复核结果")
	g.result(d, end)
	g.look(1, 2, 1, end, headLook)
	g.look(2, 2, 2, end, wordsLook)
	g.paper(paper{Columns: 2, Rows: end})
}

// result says in one cell whether all formulas agree.
func (g *worksheet) result(d RankingData, row int) {
	n, last, k := len(d.Rows), tableRow-1+d.scores(), len(d.Criteria)
	if n == 0 || last < tableRow {
		g.text(2, row, "没有排名的案例。")
		return
	}
	sum := func(col int) string {
		return fmt.Sprintf("SUM('%s'!%s:%s)", detailSheet, at(col, tableRow), at(col, last))
	}
	g.formula(2, row, fmt.Sprintf("IF(AND(COUNTIF('%s'!%s:%s,\"一致\")=%d,ROUND(%s-%s,2)=0),\"全部一致\",\"有不一致，请核对\")",
		rankSheet, at(rankAgrees, tableRow), at(rankAgrees, tableRow-1+n), n, sum(4+k), sum(5+k)))
}
