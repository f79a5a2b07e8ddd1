package bot

import (
	"slices"
	"strings"
	"testing"

	"anli/parser/document"
	"anli/parser/form"
)

// The form retyped in a spreadsheet is the form; a list with some of its words is a table.
func TestFormInASpreadsheet(t *testing.T) {
	call := form.Call{Title: "广东省电子商务优秀案例", Year: 2024, Categories: []string{"电商平台", "电商服务"}}
	boxes := []string{"参评单位|甲公司", "参评案例（项目名称）|平台", "参评领域|☑电商平台 □电商服务", "该案例是否曾经获评其他奖励|无", "项目主要负责人|李试样",
		"日常联系人|王样本|联系电话及邮箱|13800001234 a@b.example", "一、参评单位简介：", "我们。", "二、案例概述：", "（一）项目简介：", "背景。", "（二）技术性与创新性：", "技术。",
		"（三）效益性：", "效益。", "（四）示范性：", "示范。", "我单位承诺真实。", "参评单位（盖章）：", "市商务局意见：", "单位（盖章）："}
	for _, c := range []struct {
		name string
		rows []string
		form bool
	}{
		{"the form", append([]string{"广东省电子商务优秀案例申报表"}, boxes...), true},
		{"without the last part", append([]string{"广东省电子商务优秀案例申报表"}, slices.Concat(boxes[:15], boxes[17:])...), false},
		{"only its upper boxes", append([]string{"广东省电子商务优秀案例申报表"}, boxes[:6]...), false},
		{"another call's", append([]string{"广东省电子商务示范企业申报表"}, boxes[:17]...), false},
		{"a list of cases", []string{"推荐汇总表", "序号|参评单位|参评案例|参评领域|项目主要负责人|联系人|联系电话|邮箱|项目简介|示范性", "1|甲公司|平台|电商平台|李试样|王样本|13800001234|a@b.example|背景。|示范。"}, false},
		{"figures", []string{"月份|网络零售额|订单", "1月|100|20"}, false},
	} {
		doc := document.Document{Kind: document.XLSX}
		var table [][]document.Cell
		for _, r := range c.rows {
			var row []document.Cell
			for _, text := range strings.Split(r, "|") {
				row = append(row, document.Cell{Text: text, Span: 1})
			}
			table = append(table, row)
		}
		doc.Blocks = []document.Block{{Rows: table}}
		p := paperOf(doc, call)
		if got := p.Reading.Paper == form.PaperForm; got != c.form || got == (len(p.Tables) > 0) {
			t.Errorf("%s: form %v, %d tables", c.name, got, len(p.Tables))
		}
	}
}
