package templates

import "fmt"

// NoticeList is the list that goes with the notice, as .xlsx under the name it has
// there, in the order given:
// by field, then by unit's name. Errors as of [RankingBook].
func NoticeList(name string, rows []ListRow) ([]byte, error) {
	return namesBook(name, "排名不分先后", rows)
}

// AwardList is the final list, as .xlsx; title is 广东省电子商务优秀案例. Order and
// errors as of [NoticeList].
func AwardList(title string, rows []ListRow) ([]byte, error) {
	return namesBook(title+"入选名单", "排名不分先后", rows)
}

func namesBook(title, under string, rows []ListRow) ([]byte, error) {
	b := newWorkbook(title)
	heads := []string{"序号", "参评领域", "单位名称", "案例名称", "地市"}
	g := b.sheet("名单", 6, 16, 34, 34, 9)
	g.heading(title, fmt.Sprintf("共%d个，%s", len(rows), under), len(heads), heads)
	for i, r := range rows {
		g.count(1, tableRow+i, i+1)
		g.look(1, tableRow+i, 1, tableRow+i, middleLook)
		g.table(tableRow+i, 2, []string{r.Field, r.Unit, r.Case, r.City}, map[int]look{2: middleLook, 5: middleLook})
	}
	if len(rows) == 0 {
		g.span(1, len(heads), tableRow, "无", middleLook)
	}
	g.paper(paper{HeadRows: tableRow - 1, Columns: len(heads), Rows: tableRow - 1 + max(len(rows), 1)})
	return b.bytes()
}
