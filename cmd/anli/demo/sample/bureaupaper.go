package sample

import (
	"fmt"
	"strings"
)

// Cover is a bureau's letter of recommendation (推荐函) for its cases.
type Cover struct {
	City  string
	Cases []Package
}

// Title is the letter's heading, and names its files.
func (c Cover) Title() string {
	return c.City + "商务局关于推荐广东省电子商务优秀案例的函"
}

func (c Cover) paragraphs() []string {
	var names []string
	for i, p := range c.Cases {
		names = append(names, fmt.Sprintf("%d.%s《%s》", i+1, p.Unit, p.Case))
	}
	return []string{
		"广东省商务厅：",
		"根据《广东省商务厅关于征集广东省电子商务优秀案例的通知》（粤商务电函〔2024〕143号）要求，我局组织开展了案例征集和审核工作。经审核，现推荐以下" +
			fmt.Sprint(len(c.Cases)) + "个案例：" + strings.Join(names, "；") + "。",
		"所报材料真实、完整，申报单位均为在我市注册的独立法人。现将有关材料报送贵厅，请审核。",
		"附件：" + c.City + "电子商务优秀案例推荐汇总表",
	}
}

// Docx is the letter as a Word file.
func (c Cover) Docx() []byte {
	body := line{text: c.Title(), face: titleFace, align: "center"}.xml() + line{face: bodyFace}.xml()
	for i, s := range c.paragraphs() {
		body += line{text: s, face: bodyFace, indent: i > 0}.xml()
	}
	for _, s := range []string{"", c.City + "商务局", "2024年10月14日"} {
		body += line{text: s, face: bodyFace, align: "right", right: 4}.xml()
	}
	return docx(c.Title(), body)
}

// PDF is the letter as a text PDF.
func (c Cover) PDF() []byte {
	doc := &pdfText{}
	doc.page()
	doc.center(740, 18, c.Title())
	y := 690.0
	for i, s := range c.paragraphs() {
		if i > 0 {
			s = "　　" + s
		}
		for _, l := range wrap(s, 440, 14) {
			doc.put(75, y, 14, l)
			y -= 26
		}
	}
	doc.put(360, y-50, 14, c.City+"商务局")
	doc.put(360, y-76, 14, "2024年10月14日")
	return doc.bytes(c.Title())
}

// Summary is a bureau's list of its cases (推荐汇总表).
type Summary struct {
	City  string
	Cases []Package
}

// Title is the list's heading, and names its files.
func (s Summary) Title() string { return s.City + "电子商务优秀案例推荐汇总表" }

// rows are the list with its head.
func (s Summary) rows() [][]string {
	out := [][]string{{"序号", "地市", "单位名称", "案例名称", "参评领域", "联系人", "联系电话"}}
	for i, p := range s.Cases {
		p = p.filled()
		out = append(out, []string{fmt.Sprint(i + 1), p.City, p.Unit, p.Case,
			strings.Join(p.Categories, "、"), p.Contact, p.Phone})
	}
	return out
}

// Docx is the list as a Word file.
func (s Summary) Docx() []byte {
	columns := []int{700, 1000, 2100, 2000, 1500, 900, 1400}
	var rows []string
	for i, r := range s.rows() {
		var cells []wordCell
		for k, text := range r {
			f := smallFace
			f.bold = i == 0
			cells = append(cells, wordCell{width: columns[k], span: 1, middle: true,
				lines: []line{{text: text, face: f, align: "center"}}})
		}
		rows = append(rows, wordRow(560, cells...))
	}
	body := line{text: s.Title(), face: titleFace, align: "center"}.xml() +
		line{text: "填报单位：" + s.City + "商务局", face: bodyFace, align: "left"}.xml() +
		wordTable(columns, rows...) + line{face: smallFace}.xml()
	return docx(s.Title(), body)
}

// Xlsx is the list as an Excel file.
func (s Summary) Xlsx() []byte {
	return Sheet{Name: "汇总表", Rows: append([][]string{{s.Title()}}, s.rows()...)}.Xlsx()
}

// Statistics is a monthly report of online sales: an Excel file that has nothing
// to do with the call.
func Statistics(city string) []byte {
	rows := [][]string{{city + "限额以上单位网络零售额月报（2024年9月）"}, {"区县", "本月（万元）", "本年累计（万元）", "同比（%）"}}
	for _, area := range []string{"甲区", "乙区", "丙县", "丁县"} {
		month := pick(city+area, "month", 800, 9000)
		rows = append(rows, []string{area, fmt.Sprint(month), fmt.Sprint(month * 9), fmt.Sprint(pick(city+area, "growth", 1, 19))})
	}
	return Sheet{Name: "9月", Rows: rows}.Xlsx()
}
