package templates

import (
	"fmt"
	"strings"
)

// face is how a paragraph of the form is set.
type face struct {
	font   string // "" is the text face, 仿宋_GB2312
	half   int    // size in half points; 0 is 24
	align  string // left (""), center, right
	indent int    // first line, in characters
	after  int    // space below, in twentieths of a point
	left   int    // from the left edge, in twentieths of a point
}

// formDocument writes the annex: heading, table, in the order of the notice.
func formDocument() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:document ` + wordSpace + `><w:body>`)
	b.WriteString(wordPara("附件", face{font: "黑体", half: 32, after: 120}))
	b.WriteString(wordPara("广东省电子商务优秀案例申报表", face{font: "黑体", half: 36, align: "center", after: 200}))
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="8846" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="000000"/>`, side)
	}
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for _, w := range formColumns {
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.WriteString(`</w:tblGrid>`)
	b.WriteString(formFacts() + formParts() + formSeals())
	b.WriteString(`</w:tbl><w:sectPr><w:pgSz w:w="11906" w:h="16838"/>` +
		`<w:pgMar w:top="1440" w:right="1530" w:bottom="1440" w:left="1530" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr></w:body></w:document>`)
	return b.String()
}

// formFacts are the rows of label and box.
func formFacts() string {
	name := func(lines ...string) string {
		var p string
		for _, l := range lines {
			p += wordPara(l, face{align: "center"})
		}
		return wordCell(1, 0, "center", p)
	}
	box := func(span, from int) string { return wordCell(span, from, "center", wordPara("", face{})) }
	fields := ""
	for _, l := range []string{"□电子商务园区　□电子商务企业", "□电商平台　□电商服务　□电商营销", "□丝路电商　□数商兴农　□电商+产业带", "□其他电子商务　　　　　（请说明）"} {
		fields += wordPara(l, face{})
	}
	contact := wordCell(1, 2, "center", wordPara("联系电话及邮箱", face{align: "center"}))
	return wordRow(700, name("参评单位"), box(3, 1)) +
		wordRow(800, name("参评案例", "（项目名称）"), box(3, 1)) +
		wordRow(1500, name("参评领域"), wordCell(3, 1, "center", fields)) +
		wordRow(800, name("该案例是否曾经", "获评其他奖励"), box(3, 1)) +
		wordRow(700, name("项目主要负责人"), box(3, 1)) +
		wordRow(700, name("日常联系人"), box(1, 1), contact, box(1, 3))
}

// formParts are the two parts that are written out, with the form's own instructions.
func formParts() string {
	title := face{font: "黑体", after: 60}
	help := face{indent: 2}
	blank := strings.Repeat(wordPara("", face{}), 12)
	intro := wordPara("一、参评单位简介（500字以内）：", title) +
		wordPara("参评单位基本情况，包括但不限于主营业务情况，近年营业总收入、市场占有率、电子商务金额，以及科技创新能力、各类资质、所获荣誉等。", help) + blank
	summary := wordPara("二、案例概述：（2000字左右）", title)
	for _, l := range []string{
		"（一）项目简介：项目背景，项目需求，重点与难点等。",
		"（二）技术性与创新性：项目实施过程中，具有较高技术水平；具有创新性，包括商业模式创新、管理创新等。",
		"（三）效益性：全面实现项目预期目标，有未来发展思路和前景，有效满足服务对象需求，解决服务对象问题，具有良好的经济效益和社会效益。",
		"（四）示范性：在电子商务细分领域中具有较高水平，对同类服务开展具有借鉴和示范意义。",
	} {
		summary += wordPara(l, help) + strings.Repeat(wordPara("", face{}), 6)
	}
	return wordRow(6700, wordCell(4, 0, "top", intro)) + wordRow(13300, wordCell(4, 0, "top", summary))
}

// formSeals are the promise of the unit and the opinion of the bureau.
func formSeals() string {
	gap := wordPara("", face{})
	promise := gap + wordPara("我单位承诺，此次申报“广东省电子商务优秀案例”，所有申报材料及所附资料和资质均真实、合法。如有不实之处，愿负相应的法律责任，并承担由此产生的一切后果。", face{indent: 2}) +
		gap + gap + wordPara("参评单位（盖章）：", face{left: 4400}) + wordPara("年　　月　　日", face{left: 5600, after: 120})
	opinion := wordPara("市商务局意见：", face{}) + gap + gap + gap +
		wordPara("单位（盖章）：", face{left: 4400}) + wordPara("年　　月　　日", face{left: 5600, after: 120})
	return wordRow(3000, wordCell(4, 0, "top", promise)) + wordRow(2600, wordCell(4, 0, "top", opinion))
}

// wordRow is a table row at least height twentieths of a point high. A row of one
// line is not parted by a page's end.
func wordRow(height int, cells ...string) string {
	whole := ""
	if height < 3200 {
		whole = "<w:cantSplit/>"
	}
	return fmt.Sprintf(`<w:tr><w:trPr>%s<w:trHeight w:val="%d" w:hRule="atLeast"/></w:trPr>%s</w:tr>`, whole, height, strings.Join(cells, ""))
}

// wordCell is a cell over span columns beginning at column from.
func wordCell(span, from int, valign, paras string) string {
	width := 0
	for _, w := range formColumns[from : from+span] {
		width += w
	}
	merge := ""
	if span > 1 {
		merge = fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, span)
	}
	return fmt.Sprintf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s<w:vAlign w:val="%s"/></w:tcPr>%s</w:tc>`, width, merge, valign, paras)
}

// wordPara is one paragraph, in a run of one face.
func wordPara(text string, f face) string {
	var p, r string
	p += fmt.Sprintf(`<w:spacing w:before="0" w:after="%d" w:line="400" w:lineRule="atLeast"/>`, f.after)
	switch {
	case f.indent > 0:
		p += fmt.Sprintf(`<w:ind w:firstLineChars="%d" w:firstLine="%d"/>`, f.indent*100, f.indent*240)
	case f.left > 0:
		p += fmt.Sprintf(`<w:ind w:left="%d"/>`, f.left)
	}
	if f.align != "" {
		p += `<w:jc w:val="` + f.align + `"/>`
	}
	if f.font != "" {
		r += fmt.Sprintf(`<w:rFonts w:ascii="%[1]s" w:hAnsi="%[1]s" w:eastAsia="%[1]s"/>`, f.font)
	}
	if f.half > 0 {
		r += fmt.Sprintf(`<w:sz w:val="%[1]d"/><w:szCs w:val="%[1]d"/>`, f.half)
	}
	run := ""
	if text != "" {
		run = `<w:r><w:rPr>` + r + `</w:rPr><w:t xml:space="preserve">` + escape(text) + `</w:t></w:r>`
	}
	return `<w:p><w:pPr>` + p + `</w:pPr>` + run + `</w:p>`
}
