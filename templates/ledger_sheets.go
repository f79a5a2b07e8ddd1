package templates

import (
	"fmt"
)

// cityColumns are the totals of 各市情况, from its third column on.
func cityColumns() []struct {
	head string
	of   func(LedgerCity) int
} {
	return []struct {
		head string
		of   func(LedgerCity) int
	}{
		{"推荐名额", func(c LedgerCity) int { return c.Quota }},
		{"已报送", func(c LedgerCity) int { return c.Received }},
		{"齐全待审核", func(c LedgerCity) int { return c.Complete }},
		{"待补充", func(c LedgerCity) int { return c.Open }},
		{"待我处决定", func(c LedgerCity) int { return c.Decide }},
		{"审核通过", func(c LedgerCity) int { return c.Eligible }},
		{"审核未通过", func(c LedgerCity) int { return c.Failed }},
		{"评审", func(c LedgerCity) int { return c.Review }},
		{"拟入选、入选", func(c LedgerCity) int { return c.Selected }},
		{"未入选", func(c LedgerCity) int { return c.Passed }},
		{"另：已撤回", func(c LedgerCity) int { return c.Withdrawn }},
	}
}

// ledgerCities is a row a city, and their sums.
func (b *workbook) ledgerCities(d LedgerData) {
	totals := cityColumns()
	widths, heads := []float64{10, 20}, []string{"地市", "情况"}
	for _, t := range totals {
		widths, heads = append(widths, 8), append(heads, t.head)
	}
	widths, heads = append(widths, 40), append(heads, "备案邮箱")
	g := b.sheet("各市情况", widths...)
	g.heading(d.Title+"各市报送情况", note(d.AsOf, ""), len(heads), heads)
	for i, c := range d.Cities {
		g.cityRow(tableRow+i, c)
	}
	end := tableRow + len(d.Cities)
	g.words(1, end, "合计", headLook)
	g.words(2, end, fmt.Sprintf("%d个市已报送", reporting(d.Cities)), headLook)
	g.words(len(heads), end, "", headLook)
	for k, t := range totals {
		sum := 0
		for _, c := range d.Cities {
			sum += t.of(c)
		}
		g.count(3+k, end, sum)
		if len(d.Cities) > 0 {
			g.formula(3+k, end, fmt.Sprintf("SUM(%s:%s)", at(3+k, tableRow), at(3+k, end-1)))
		}
		g.look(3+k, end, 3+k, end, headLook)
	}
	g.try(g.x.SetRowHeight(g.name, end, 24))
	g.filtered(len(heads), len(d.Cities))
	g.paper(paper{Landscape: true, HeadRows: tableRow - 1, HeadCols: 1, Columns: len(heads), Rows: end})
}

func reporting(cities []LedgerCity) int {
	n := 0
	for _, c := range cities {
		if c.Received > 0 {
			n++
		}
	}
	return n
}

func (g *worksheet) cityRow(row int, c LedgerCity) {
	words, fill := c.standing()
	g.words(1, row, c.City, middleLook)
	g.words(2, row, words, look{Frame: true, Center: true, Fill: fill})
	for k, t := range cityColumns() {
		l := middleLook
		if t.of(c) == 0 && k > 0 {
			l.Grey = true
		}
		g.count(3+k, row, t.of(c))
		g.look(3+k, row, 3+k, row, l)
	}
	last := 3 + len(cityColumns())
	g.words(last, row, c.Addresses, wordsLook)
	g.height(row, 21, map[int]string{2: words, last: c.Addresses})
}

// standing says in words and colour where a city stands, as its tile does.
func (c LedgerCity) standing() (words, fill string) {
	switch {
	case c.Note != "":
		words = c.Note
	case c.Received == 0:
		words = "尚未报送"
	case c.Decide > 0:
		words, fill = fmt.Sprintf("%d个待我处决定", c.Decide), holdFill
	case c.Open > 0:
		words, fill = fmt.Sprintf("%d个待补充", c.Open), stages()["incomplete"].fill
	case c.Complete > 0:
		words, fill = "材料齐全，待审核", stages()["complete"].fill
	default:
		words, fill = "已审核", stages()["eligible"].fill
	}
	if fill == "" {
		fill = stages()["withdrawn"].fill
	}
	return words, fill
}

// problem is one row of 未解决问题.
type problem struct {
	number, city, unit, kind, who, message, fix, since string
}

// problems are the open and pending findings of the live cases, what holds them,
// and the problems of no case.
func (d LedgerData) problems() []problem {
	var out []problem
	for _, c := range d.Cases {
		if c.Stage == "withdrawn" {
			continue
		}
		at := problem{number: c.Number, city: c.City, unit: c.Unit, since: c.Touched}
		if held := c.heldBesides(); held != "" {
			p := at
			p.kind, p.who, p.message = "待决定", "我处", held
			out = append(out, p)
		}
		for _, f := range c.Findings {
			if f.State != "waived" {
				out = append(out, f.problem(at))
			}
		}
	}
	for _, o := range d.Others {
		out = append(out, problem{city: o.City, unit: o.From, kind: "来信", who: "我处", message: o.Message, since: o.Since})
	}
	return out
}

func (f LedgerFinding) problem(p problem) problem {
	p.message, p.fix = f.Message, f.Fix
	p.kind, p.who = "须补充", "市局"
	switch {
	case f.State == "pending":
		p.kind = "待核或线下"
	case f.staffs():
		p.kind = "待决定"
	case f.Severity != "error":
		p.kind = "请核对"
	}
	if (f.Staff || f.State == "pending") && f.Code != "over-quota" { // the bureau chooses
		p.who = "我处"
	}
	return p
}

func (b *workbook) ledgerProblems(d LedgerData) {
	heads := []string{"序号", "案例编号", "地市", "单位（来信人）", "类别", "由谁处理", "问题", "办法", "最近更新"}
	g := b.sheet("未解决问题", 6, 13, 8, 28, 11, 9, 48, 48, 18)
	list := d.problems()
	g.heading(fmt.Sprintf("%s未解决问题（%d项）", d.Title, len(list)), note(d.AsOf, ""), len(heads), heads)
	for i, p := range list {
		row := tableRow + i
		kind := middleLook
		switch p.kind {
		case "待决定":
			kind.Fill = holdFill
		case "须补充":
			kind.Fill = stages()["incomplete"].fill
		}
		g.count(1, row, i+1)
		g.look(1, row, 1, row, middleLook)
		g.table(row, 2, []string{p.number, p.city, p.unit, p.kind, p.who, p.message, p.fix, p.since}, map[int]look{2: middleLook, 3: middleLook, 5: kind, 6: middleLook, 9: minuteLook})
	}
	g.ended(heads, len(list), 2)
}

func (b *workbook) ledgerDecisions(d LedgerData) {
	heads := []string{"时间", "案例编号", "单位", "决定", "对象", "理由或依据", "决定人", "是否有效"}
	g := b.sheet("决定", 18, 13, 28, 12, 32, 46, 12, 26)
	g.heading(fmt.Sprintf("%s有关决定（%d项）", d.Title, len(d.Decisions)), note(d.AsOf, d.Head), len(heads), heads)
	for i, x := range d.Decisions {
		valid, l := "有效", middleLook
		if x.Undone != "" {
			valid, l.Grey = "已撤销："+x.Undone, true
		}
		left, minute := l, l
		left.Center, minute.Format = false, minuteFormat
		g.table(tableRow+i, 1, []string{x.At, x.Number, x.Unit, x.Verb, x.Item, x.Reason, x.By, valid},
			map[int]look{1: minute, 2: l, 3: left, 4: l, 5: left, 6: left, 7: l, 8: l})
	}
	g.ended(heads, len(d.Decisions), 2)
}

func (b *workbook) ledgerGaps(d LedgerData) {
	heads := []string{"编号", "不在台账的原因", "时间"}
	g := b.sheet("缺号说明", 16, 70, 18)
	g.heading("案例编号缺号说明", note(d.AsOf, ""), len(heads), heads)
	for i, x := range d.Gaps {
		g.table(tableRow+i, 1, []string{x.Number, x.Why, x.At}, map[int]look{1: middleLook, 3: minuteLook})
	}
	g.ended(heads, len(d.Gaps), 1)
}

// table writes a row of words from a column on; columns without a look of their
// own hold words set left.
func (g *worksheet) table(row, from int, words []string, looks map[int]look) {
	cells := map[int]string{}
	for i, w := range words {
		l, own := looks[from+i]
		if !own {
			l = wordsLook
		}
		g.words(from+i, row, w, l)
		cells[from+i] = w
	}
	g.height(row, 21, cells)
}

// ended closes a sheet of a plain table: an empty one says so.
func (g *worksheet) ended(heads []string, rows, frozen int) {
	if rows == 0 {
		g.span(1, len(heads), tableRow, "无", middleLook)
	}
	g.filtered(len(heads), rows)
	g.paper(paper{Landscape: len(heads) > 4, HeadRows: tableRow - 1, HeadCols: frozen, Columns: len(heads), Rows: tableRow - 1 + max(rows, 1)})
}
