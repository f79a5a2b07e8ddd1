package score

import (
	"strings"
	"testing"
)

// The city beside a case's number names no other case, however units are called: one
// begins with 珠海, another with 珠海市.
func TestCityIsNoName(t *testing.T) {
	var criteria []Criterion
	for i, name := range []string{"技术性与创新性", "效益性", "示范性", "整体实力", "数据完整性"} {
		criteria = append(criteria, Criterion{name, []int{3000, 2500, 2000, 1500, 1000}[i]})
	}
	r := Request{Criteria: criteria, Cases: []Case{{"AL2024-0005", "深圳市某芯智能科技有限公司", "智能硬件品牌出海"},
		{"AL2024-0006", "珠海某澳进出口有限公司", "跨境进口保税直购"}, {"AL2024-0007", "珠海市某湾渔业有限公司", "海鲈鱼全链路电商"}}}
	head := strings.Split("编号|地市|参评单位|参评案例|技术性与创新性（30分）|效益性（25分）|示范性（20分）|整体实力（15分）|数据完整性（10分）|合计|评语", "|")
	for _, city := range []string{"珠海市", "珠海"} {
		for _, c := range r.Cases[1:] {
			row := []string{c.Number, city, c.Unit, c.Name, "24", "24", "19", "15", "9.5", "", ""}
			a := Read(Input{Proved: true, Files: []File{{Name: "评分表.xlsx", Kind: "xlsx", Tables: [][][]string{{head, row}}}}}, r)
			if len(a.Cells) != 5 || a.Cells[0].Number != c.Number || len(a.Queries) > 0 {
				t.Errorf("%s %s: %+v %+v", city, c.Number, a.Cells, a.Queries)
			}
		}
	}
	own := r
	own.Cases = r.Cases[:2] // each of a city of its own
	for text, want := range map[string]string{"深圳市：24 24 19 15 9.5": "AL2024-0005", "珠海：24 24 19 15 9.5": "AL2024-0006", "佛山市：24 24 19 15 9.5": ""} {
		a := Read(Input{Proved: true, Files: []File{{Name: "a.docx", Kind: "docx", Text: text}}}, own)
		if want == "" && len(a.Cells) > 0 || want != "" && (len(a.Cells) != 5 || a.Cells[0].Number != want) {
			t.Errorf("%s: %+v %+v", text, a.Cells, a.Queries)
		}
	}
}
