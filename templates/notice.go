package templates

import (
	"cmp"
	"fmt"
	"strings"
)

// Notice is the publicity notice (LETTERS.md, C11) as a .docx in the look of
// GB/T 9704-2012: title in 小标宋 of 22 points, text in 仿宋 of 16 points on lines
// of 28, margins of 37, 35, 28 and 26 mm, the page number between dashes outside.
// What is not known is left open. The list, if there is one, follows as annex, in
// the order given; neither rank nor score stands in it. The same data give the
// same bytes.
func Notice(d NoticeData) []byte {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:document ` + wordSpace + ` ` + relationSpace + `><w:body>`)
	b.WriteString(broken("NoticeTitle", d.heading()...))
	styled(&b, "Text", "")
	for _, p := range d.body() {
		styled(&b, "Text", p)
	}
	styled(&b, "Text", "")
	styled(&b, "Text", "附件："+d.listName())
	styled(&b, "Gap", "")
	styled(&b, "Gap", "")
	styled(&b, "Signer", cmp.Or(d.Office, office))
	styled(&b, "Date", cmp.Or(d.Date, blankDay))
	d.annex(&b)
	b.WriteString(noticeSection + `</w:body></w:document>`)
	return noticeFile(strings.Join(d.heading(), ""), b.String())
}

// office is who publishes the call's results.
const office = "广东省商务厅"

// What stands where something is to be written in.
const (
	blankDay  = "　　　　年　　月　　日"
	blankLine = "　　　　　　　　"
	blankDays = "　　"
)

// heading is the title, broken where its sense is.
func (d NoticeData) heading() []string {
	first, list := cmp.Or(d.Office, office)+"关于"+d.year(), "拟入选名单的"+d.kind()
	if d.Before != "" { // the longer one would break within its last word
		return []string{first, d.Title, list}
	}
	return []string{first, d.Title + list}
}

// kind is what the notice calls itself.
func (d NoticeData) kind() string {
	if d.Before != "" {
		return "补充公示"
	}
	return "公示"
}

func (d NoticeData) listName() string {
	if d.Before != "" {
		return "补充拟入选名单"
	}
	return "拟入选名单"
}

func (d NoticeData) year() string {
	if d.Year == "" {
		return ""
	}
	return strings.TrimSuffix(d.Year, "年") + "年"
}

// body are the paragraphs of C11.
func (d NoticeData) body() []string {
	call := strings.Trim(strings.TrimSpace(d.Call), "《》")
	if call == "" {
		call = cmp.Or(d.Office, office) + "关于征集" + d.Title + "的通知"
	}
	which := fmt.Sprintf("“%s”等%d个案例", d.First, d.Count)
	if d.Count == 1 {
		which = "“" + d.First + "”"
	}
	ground := "经申报推荐、资格审核、专家评审，拟确定" + which + "为" + d.Title + "，现予以公示（排名不分先后）。"
	if d.Before != "" {
		ground = our(cmp.Or(d.Office, office)) + "此前对" + d.Title + "拟入选名单进行了公示（公示期为" + d.Before + "）。经申报推荐、资格审核、专家评审和研究，拟增补" + which + "为" + d.Title +
			"，现予以补充公示（排名不分先后）。此前已公示的案例不再重复公示。"
	}
	out := []string{"根据《" + call + "》" + bracket(d.Document) + "，" + ground + d.term() + "公示期内如有异议，请以书面形式向" + our(cmp.Or(d.Office, office)) + d.section() +
		"反映，并提供必要的证明材料。以单位名义反映的须加盖单位公章，以个人名义反映的须署真实姓名并留联系方式。"}
	for _, x := range d.contacts() {
		out = append(out, x.name+"："+cmp.Or(x.value, blankLine))
	}
	return out
}

// section is to whom objections go.
func (d NoticeData) section() string {
	if d.Office == "" {
		return cmp.Or(d.Division, "电子商务处")
	}
	return d.Division
}

// term is the period of publicity.
func (d NoticeData) term() string {
	days := blankDays
	if d.Days > 0 {
		days = fmt.Sprint(d.Days)
	}
	return "公示期为" + cmp.Or(d.From, blankDay) + "至" + cmp.Or(d.To, blankDay) + "（" + days + "个工作日）。"
}

type named struct{ name, value string }

func (d NoticeData) contacts() []named {
	return []named{{"联系人", d.Contact}, {"电话", d.Phone}, {"电子邮箱", d.Email}, {"通讯地址", d.Address}, {"监督电话", d.Supervision}}
}

// blanks names what the notice leaves open.
func (d NoticeData) blanks() []string {
	var out []string
	if d.From == "" || d.To == "" || d.Days == 0 {
		out = append(out, "公示期")
	}
	for _, x := range d.contacts() {
		if x.value == "" {
			out = append(out, x.name)
		}
	}
	if d.Date == "" {
		out = append(out, "落款日期")
	}
	return out
}

// Widths of the annex's columns in twentieths of a point; together the text's.
var annexColumns = []int{740, 1700, 3000, 2420, 984}

// annex is the list on pages of its own.
func (d NoticeData) annex(b *strings.Builder) {
	if len(d.List) == 0 {
		return
	}
	styled(b, "Annex", "附件")
	b.WriteString(broken("NoticeTitle", d.year()+d.Title, d.listName()))
	styled(b, "Under", "（排名不分先后）")
	openTable(b, annexColumns)
	row := func(heading bool, style string, words ...string) {
		var cells []string
		for i, w := range words {
			s := style
			if !heading && (i == 0 || i == len(words)-1) {
				s = "CellMiddle"
			}
			cells = append(cells, docCell(annexColumns[i], 1, s, w))
		}
		docRow(b, heading, cells...)
	}
	row(true, "CellHead", "序号", "参评领域", "单位名称", "案例名称", "地市")
	for i, r := range d.List {
		row(false, "CellText", fmt.Sprint(i+1), r.Field, r.Unit, r.Case, r.City)
	}
	b.WriteString(`</w:tbl>`)
	styled(b, "Last", "")
}

// broken is a paragraph of several lines.
func broken(style string, lines ...string) string {
	var b strings.Builder
	b.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`)
	for i, l := range lines {
		if i > 0 {
			b.WriteString(`<w:r><w:br/></w:r>`)
		}
		b.WriteString(run(l, ""))
	}
	b.WriteString(`</w:p>`)
	return b.String()
}
