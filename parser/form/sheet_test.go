package form

import (
	"strconv"
	"strings"

	"anli/parser/document"
)

// call2024 is the call of the notice, as the program's settings hand it over.
func call2024() Call {
	return Call{
		Title:      "广东省电子商务优秀案例",
		Year:       2024,
		Categories: strings.Fields("电子商务园区 电子商务企业 电商平台 电商服务 电商营销 丝路电商 数商兴农 电商+产业带 其他电子商务"),
		OtherField: "其他电子商务",
		Phrases:    []string{"500字以内", "2000字左右", "请说明"},
	}
}

// sheet makes a document of a drawing: lines that begin with | are rows of a
// table, others paragraphs. In a cell ⏎ breaks the line, ^ alone continues the
// cell above, {3} at its start spans three columns. \t is a tab.
func sheet(drawing string) document.Document {
	var d document.Document
	var table [][]document.Cell
	flush := func() {
		if table != nil {
			d.Blocks = append(d.Blocks, document.Block{Rows: table})
			table = nil
		}
	}
	for _, l := range strings.Split(drawing, "\n") {
		l = strings.TrimSuffix(l, "\r")
		switch {
		case strings.HasPrefix(l, "|"):
			table = append(table, drawnRow(l))
		case strings.TrimSpace(l) == "":
			flush()
		default:
			flush()
			d.Blocks = append(d.Blocks, document.Block{Text: strings.ReplaceAll(strings.ReplaceAll(l, `\t`, "\t"), "⏎", "\n")})
		}
	}
	flush()
	return d
}

func drawnRow(l string) []document.Cell {
	var row []document.Cell
	for _, t := range strings.Split(strings.Trim(l, "|"), "|") {
		c := document.Cell{Text: strings.TrimSpace(t), Span: 1}
		if rest, ok := strings.CutPrefix(c.Text, "{"); ok {
			n, text, _ := strings.Cut(rest, "}")
			c.Span, _ = strconv.Atoi(n)
			c.Text = text
		}
		if c.Text == "^" {
			c.Down, c.Text = true, ""
		}
		c.Text = strings.ReplaceAll(c.Text, "⏎", "\n")
		row = append(row, c)
	}
	return row
}

const blank = `附件
广东省电子商务优秀案例申报表
|参评单位|{3}|
|参评案例（项目名称）|{3}|
|参评领域|{3}□电子商务园区 □电子商务企业⏎□电商平台 □电商服务 □电商营销⏎□丝路电商 □数商兴农 □电商+产业带⏎□其他电子商务 （请说明）|
|该案例是否曾经获评⏎其他奖励|{3}|
|项目主要负责人|{3}|
|日常联系人||联系电话及邮箱||
|{4}一、参评单位简介（500 字以内）：⏎参评单位基本情况，包括但不限于主营业务情况，近年营业总收入、市场占有率、电子商务金额，以及科技创新能力、各类资质、所获荣誉等。|
|{4}二、案例概述：（2000 字左右）⏎（一）项目简介：项目背景，项目需求，重点与难点等。⏎（二）技术性与创新性：项目实施过程中，具有较高技术水平；具有创新性，包括商业模式创新、管理创新等。⏎（三）效益性：全面实现项目预期目标，有未来发展思路和前景，有效满足服务对象需求，解决服务对象问题，具有良好的经济效益和社会效益。⏎（四）示范性：在电子商务细分领域中具有较高水平，对同类服务开展具有借鉴和示范意义。|
|{4}我单位承诺，此次申报“广东省电子商务优秀案例”，所有申报材料及所附资料和资质均真实、合法。如有不实之处，愿负相应的法律责任，并承担由此产生的一切后果。⏎参评单位（盖章）：⏎年 月 日|
|{4}市商务局意见：⏎单位（盖章）：⏎年 月 日|
`

// filled is the blank form with some of its text replaced, pairwise.
func filled(pairs ...string) string {
	s := blank
	for i := 0; i+1 < len(pairs); i += 2 {
		if !strings.Contains(s, pairs[i]) {
			panic("not in the form: " + pairs[i])
		}
		s = strings.Replace(s, pairs[i], pairs[i+1], 1)
	}
	return s
}
