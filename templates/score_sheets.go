package templates

import "fmt"

// signRow is how high a row is that is signed by hand, in points.
const signRow = 36

var signLook = look{Size: 12}

// ScoreConfirmation is an expert's 评分确认表: his own scores, to be signed.
// Errors as of [RankingBook].
func ScoreConfirmation(d ConfirmationData) ([]byte, error) {
	b := newWorkbook(d.Title + "专家评分确认表")
	widths, heads := []float64{5, 13, 28}, []string{"序号", "案例编号", "单位和案例"}
	for _, c := range d.Criteria {
		widths = append(widths, 7)
		heads = append(heads, fmt.Sprintf("%s\n（%d）", c.Name, c.Max))
	}
	widths, heads = append(widths, 8, 24), append(heads, "合计", "评语")
	g := b.sheet("评分确认表", widths...)
	columns := len(heads)
	who := "专家：" + d.Expert
	if d.Organisation != "" {
		who += "　单位：" + d.Organisation
	}
	g.heading(d.Title+"专家评分确认表", who+"　"+note(d.AsOf, ""), columns, heads)
	row := tableRow
	for i, c := range d.Rows {
		g.confirmRow(row, i+1, len(d.Criteria), c)
		row++
	}
	row = g.signatures(row, columns, "以上评分由本人独立作出，经核对无误。", []string{"专家签名：", "日期：　　　　年　　月　　日"})
	g.span(1, columns, row, journalHead(d.Head), noteLook)
	g.paper(paper{HeadRows: tableRow - 1, Columns: columns, Rows: row})
	return b.bytes()
}

func journalHead(hash string) string {
	if hash == "" {
		return ""
	}
	return "评审日志校验码 " + hash
}

func (g *worksheet) confirmRow(row, number, n int, c ConfirmedCase) {
	what := c.Unit
	if c.Case != "" {
		what += "《" + c.Case + "》"
	}
	g.count(1, row, number)
	g.text(2, row, c.Number)
	g.text(3, row, what)
	g.look(1, row, 4+n, row, middleLook)
	g.look(3, row, 3, row, wordsLook)
	if c.Why != "" {
		g.span(4, 4+n, row, c.Why+"，不评分", middleLook)
	} else {
		g.scores(row, n, c)
	}
	g.text(5+n, row, c.Comment)
	g.look(5+n, row, 5+n, row, wordsLook)
	g.height(row, 24, map[int]string{3: what, 5 + n: c.Comment})
}

func (g *worksheet) scores(row, n int, c ConfirmedCase) {
	e := ExpertScore{Cells: c.Cells}
	for i := range n {
		if i < len(c.Cells) && c.Cells[i] >= 0 {
			g.points(4+i, row, c.Cells[i])
		} else {
			g.text(4+i, row, "未评")
		}
	}
	if e.whole() {
		g.points(4+n, row, c.Total)
	}
}

// signatures puts a sentence and a line to sign below a table; it gives the row
// after them.
func (g *worksheet) signatures(row, columns int, sentence string, lines []string) int {
	if sentence != "" {
		g.span(1, columns, row, sentence, signLook)
		g.try(g.x.SetRowHeight(g.name, row, 27))
		row++
	}
	from := 1
	for i, words := range lines {
		to := max(columns*(i+1)/len(lines), from)
		g.span(from, to, row, words, signLook)
		from = to + 1
	}
	g.try(g.x.SetRowHeight(g.name, row, signRow))
	return row + 1
}

// ScoreSummary is the panel's 评分汇总表: cases in the order of the ranking, a
// column an expert, to be signed. Errors as of [RankingBook].
func ScoreSummary(d SummaryData) ([]byte, error) {
	b := newWorkbook(d.Title + "专家评分汇总表")
	widths, heads := []float64{9, 13, 8, 26, 26}, []string{"名次", "案例编号", "地市", "单位", "案例"}
	for _, e := range d.Experts {
		widths, heads = append(widths, 8), append(heads, e)
	}
	widths, heads = append(widths, 9), append(heads, "平均分")
	g := b.sheet("评分汇总表", widths...)
	columns := len(heads)
	g.heading(d.Title+"专家评分汇总表", note(d.AsOf, d.Head), columns, heads)
	row := tableRow
	for _, list := range [][]RankedCase{d.Rows, d.Unranked} {
		for _, c := range list {
			g.summaryRow(row, d.Experts, c)
			row++
		}
	}
	g.span(1, 5, row, "专家签名", headLook)
	g.look(6, row, columns, row, middleLook)
	g.try(g.x.SetRowHeight(g.name, row, signRow))
	g.span(1, columns, row+1, "括号内为去掉的最高分、最低分，不计入平均分；“—”为未分配或未评。平均分四舍五入，保留两位小数。", noteLook)
	row = g.signatures(row+2, columns, "", []string{"组长签名：", "监督签名：", "日期：　　　　年　　月　　日"})
	g.paper(paper{Landscape: true, HeadRows: tableRow - 1, HeadCols: 2, Columns: columns, Rows: row - 1})
	return b.bytes()
}

func (g *worksheet) summaryRow(row int, experts []string, c RankedCase) {
	last := 6 + len(experts)
	if c.Rank > 0 {
		g.count(1, row, c.Rank)
		g.points(last, row, c.Average)
	} else {
		g.text(1, row, "未排名")
		g.text(last, row, "—")
	}
	for i, words := range []string{c.Number, c.City, c.Unit, c.Case} {
		g.text(2+i, row, words)
	}
	g.look(1, row, last, row, middleLook)
	g.look(4, row, 5, row, wordsLook)
	g.look(last, row, last, row, meanLook)
	rank := middleLook
	if c.Tied {
		rank.Format = `General"（并列）"`
	}
	g.look(1, row, 1, row, rank)
	given := map[string]ExpertScore{}
	for _, e := range c.Scores {
		given[e.Expert] = e
	}
	for i, expert := range experts {
		e, there := given[expert]
		g.summaryCell(6+i, row, e, there)
	}
	g.height(row, 22, map[int]string{4: c.Unit, 5: c.Case})
}

func (g *worksheet) summaryCell(col, row int, e ExpertScore, there bool) {
	switch {
	case !there:
		g.text(col, row, "—")
	case e.Counts:
		g.points(col, row, e.Total)
	case e.Why == WhyHighest || e.Why == WhyLowest:
		g.points(col, row, e.Total)
		l := middleLook
		l.Format = `"("General")"`
		g.look(col, row, col, row, l)
	default:
		g.text(col, row, e.Why)
	}
}
