package sample

import "strings"

// Style is how a person filled in the form.
type Style struct {
	Tick         string // mark of a chosen field: "☑" (default), "■", "√"; the others keep □
	Spaced       bool   // labels are stretched by spaces: 参 评 单 位
	Instructions bool   // the form's own instructions were left in the boxes, above the answers
}

// Form is the application form (申报表, annex of the notice) as a unit filled it
// in. Empty fields are empty boxes.
type Form struct {
	Unit, Case    string
	Categories    []string // of the nine fields of [Fields]
	Other         string   // beside 其他电子商务
	Prior         string   // 该案例是否曾经获评其他奖励
	Leader        string
	Contact       string
	Phone, Email  string // one box together
	Intro         string
	Background    string
	Innovation    string
	Benefit       string
	Demonstration string
	Opinion       string // 市商务局意见; usually only written on the paper copy
	Date          string // beside the unit's seal, as 2024年10月11日
	BureauDate    string // beside the bureau's seal
	Unsealed      bool   // the PDF bears no electronic seals
	Style         Style
}

// Fields are the nine fields a case may stand in (notice, part 三), in its order.
func Fields() []string {
	return []string{"电子商务园区", "电子商务企业", "电商平台", "电商服务", "电商营销", "丝路电商", "数商兴农", "电商+产业带", "其他电子商务"}
}

// Words of the annex. They stand in every copy of the form.
const (
	formTitle   = "广东省电子商务优秀案例申报表"
	introHead   = "一、参评单位简介（500字以内）："
	introAsk    = "参评单位基本情况，包括但不限于主营业务情况，近年营业总收入、市场占有率、电子商务金额，以及科技创新能力、各类资质、所获荣誉等。"
	summaryHead = "二、案例概述：（2000字左右）"
	promise     = "我单位承诺，此次申报“广东省电子商务优秀案例”，所有申报材料及所附资料和资质均真实、合法。如有不实之处，愿负相应的法律责任，并承担由此产生的一切后果。"
)

// part is one of the four parts of the summary: heading, what the form asks
// there, and the answer.
type part struct{ head, ask, text string }

func (f Form) parts() []part {
	return []part{
		{"（一）项目简介：", "项目背景，项目需求，重点与难点等。", f.Background},
		{"（二）技术性与创新性：", "项目实施过程中，具有较高技术水平；具有创新性，包括商业模式创新、管理创新等。", f.Innovation},
		{"（三）效益性：", "全面实现项目预期目标，有未来发展思路和前景，有效满足服务对象需求，解决服务对象问题，具有良好的经济效益和社会效益。", f.Benefit},
		{"（四）示范性：", "在电子商务细分领域中具有较高水平，对同类服务开展具有借鉴和示范意义。", f.Demonstration},
	}
}

// BlankForm is the form as the notice hands it out, as .docx.
func BlankForm() []byte { return Form{Style: Style{Instructions: true}}.Docx() }

// label stretches a short label by spaces where the style asks for it.
func (f Form) label(s string) string {
	if !f.Style.Spaced || len([]rune(s)) > 5 {
		return s
	}
	return strings.Join(strings.Split(s, ""), " ")
}

// fieldLines are the lines of the box 参评领域, as they are broken in the annex.
func (f Form) fieldLines() []string {
	mark := func(name string) string {
		for _, c := range f.Categories {
			if c == name {
				if f.Style.Tick == "" {
					return "☑" + name
				}
				return f.Style.Tick + name
			}
		}
		return "□" + name
	}
	n := Fields()
	other := "（请说明）"
	if f.Other != "" {
		other = "（请说明）" + f.Other
	}
	return []string{
		mark(n[0]) + "　" + mark(n[1]),
		mark(n[2]) + "　" + mark(n[3]) + "　" + mark(n[4]),
		mark(n[5]) + "　" + mark(n[6]) + "　" + mark(n[7]),
		mark(n[8]) + other,
	}
}

// reach is the box 联系电话及邮箱: two lines, empty ones left out.
func (f Form) reach() []string {
	var out []string
	for _, s := range []string{f.Phone, f.Email} {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// Column widths of the annex's table, twentieths of a point.
var formColumns = []int{2100, 2300, 1900, 2998}

// Docx is the form as a Word file that looks like the annex: A4, ruled table
// with merged cells, 黑体 headings, 仿宋 text.
func (f Form) Docx() []byte {
	w := formColumns
	wide := w[1] + w[2] + w[3]
	label := func(i int, text ...string) wordCell {
		c := wordCell{width: w[i], span: 1, middle: true}
		for _, t := range text {
			c.lines = append(c.lines, line{text: f.label(t), face: labelFace, align: "center"})
		}
		return c
	}
	value := func(width, span int, text ...string) wordCell {
		c := wordCell{width: width, span: span, middle: true}
		for _, t := range text {
			c.lines = append(c.lines, line{text: t, face: bodyFace, align: "left"})
		}
		return c
	}
	rows := []string{
		wordRow(680, label(0, "参评单位"), value(wide, 3, f.Unit)),
		wordRow(680, label(0, "参评案例", "（项目名称）"), value(wide, 3, f.Case)),
		wordRow(1700, label(0, "参评领域"), value(wide, 3, f.fieldLines()...)),
		wordRow(680, label(0, "该案例是否曾经", "获评其他奖励"), value(wide, 3, f.Prior)),
		wordRow(680, label(0, "项目主要负责人"), value(wide, 3, f.Leader)),
		wordRow(900, label(0, "日常联系人"), value(w[1], 1, f.Contact), label(2, "联系电话", "及邮箱"), value(w[3], 1, f.reach()...)),
		f.box(f.introLines(), 2400),
		f.box(f.summaryLines(), 2400),
		f.box(f.promiseLines(), 3600),
		f.box(f.opinionLines(), 3200),
	}
	body := line{text: "附件", face: headFace, align: "left"}.xml() +
		line{text: formTitle, face: titleFace, align: "center", space: 120}.xml() +
		line{face: smallFace}.xml() +
		wordTable(w, rows...) + line{face: smallFace}.xml()
	return docx(formTitle, body)
}

// box is a row of one cell over the whole width.
func (f Form) box(lines []line, height int) string {
	total := 0
	for _, n := range formColumns {
		total += n
	}
	return wordRow(height, wordCell{width: total, span: len(formColumns), lines: lines})
}

func (f Form) introLines() []line {
	out := []line{{text: introHead, face: headFace}}
	if f.Style.Instructions {
		out = append(out, line{text: introAsk, face: bodyFace, indent: true})
	}
	return append(out, textLines(f.Intro)...)
}

func (f Form) summaryLines() []line {
	out := []line{{text: summaryHead, face: headFace}}
	for _, p := range f.parts() {
		head := p.head
		if f.Style.Instructions {
			head += p.ask
		}
		out = append(out, line{text: head, face: labelFace, indent: true})
		out = append(out, textLines(p.text)...)
	}
	return out
}

func (f Form) promiseLines() []line {
	return append([]line{{text: promise, face: bodyFace, indent: true, space: 120}},
		sealLines("参评单位（盖章）：", f.Date)...)
}

func (f Form) opinionLines() []line {
	out := []line{{text: "市商务局意见：", face: headFace, space: 60}}
	out = append(out, textLines(f.Opinion)...)
	return append(out, sealLines("单位（盖章）：", f.BureauDate)...)
}

// sealLines is the foot of a box: room, whose seal, and the date.
func sealLines(who, date string) []line {
	if date == "" {
		date = "年　　月　　日"
	}
	return []line{{face: bodyFace}, {face: bodyFace},
		{text: who, face: bodyFace, align: "right", right: 9},
		{text: date, face: bodyFace, align: "right", right: 4, space: 120}}
}

// textLines are the paragraphs of an answer.
func textLines(text string) []line {
	var out []line
	for _, p := range strings.Split(text, "\n") {
		if p != "" {
			out = append(out, line{text: p, face: bodyFace, indent: true})
		}
	}
	return out
}
