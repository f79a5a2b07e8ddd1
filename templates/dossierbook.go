package templates

import (
	"fmt"
	"slices"
	"strings"
)

// DossierDocument is 大事记.docx: what a case is, all that happened to it from its first
// mail on, the decisions with their reasons, the rules that were in force, and what
// lies in the folder. The page lies across, so that five columns can be read. The
// same data give the same bytes.
func DossierDocument(d DossierBook) []byte {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:document ` + wordSpace + ` ` + relationSpace + `><w:body>`)
	styled(&b, "NoticeTitle", "大事记")
	strong, tail := title(d.Number, d.Unit, d.Case)
	styled(&b, "BookUnder", strong+tail)
	styled(&b, "BookNote", d.Title+"　截至"+d.AsOf+"；据登记日志第"+fmt.Sprint(d.Entry)+"条，日志校验码"+inEights(d.Head)+"。")
	n := 0
	section := func(name string) {
		styled(&b, "BookHead", []string{"一", "二", "三", "四", "五", "六", "七", "八"}[n]+"、"+name)
		n++
	}
	section("基本情况")
	d.facts(&b)
	section("大事记")
	d.events(&b)
	section("决定及理由")
	d.rulings(&b)
	section("适用规则")
	d.rules(&b)
	section("核对情况")
	listed(&b, d.Findings, "没有未解决的问题。")
	section("专家评分")
	d.scores(&b)
	section(fmt.Sprintf("来往邮件（%d封）", len(d.Mails)))
	d.mails(&b)
	section(fmt.Sprintf("材料（%d个文件，含历次版本）", len(d.Material)))
	d.material(&b)
	styled(&b, "Last", "")
	b.WriteString(bookSection + `</w:body></w:document>`)
	return wordFile(strings.TrimSpace(d.Number+" "+d.Unit)+" 大事记", b.String(), bookStyles)
}

// Widths of the tables' columns in twentieths of a point; each fills the page.
var (
	bookFactColumns     = []int{2200, 11800}
	bookEventColumns    = []int{1560, 2400, 4840, 1900, 3300}
	bookRulingColumns   = []int{1560, 2500, 2940, 4900, 2100}
	bookRuleColumns     = []int{1560, 2400, 5140, 2500, 2400}
	bookMailColumns     = []int{1560, 800, 2500, 3740, 5400}
	bookMaterialColumns = []int{5240, 1900, 1560, 1000, 1600, 2700}
)

func (d DossierBook) facts(b *strings.Builder) {
	openTable(b, bookFactColumns)
	for _, f := range d.Facts {
		bookRow(b, false, bookFactColumns, f.Name, f.Value)
	}
	b.WriteString(`</w:tbl>`)
}

func (d DossierBook) events(b *strings.Builder) {
	openTable(b, bookEventColumns)
	bookRow(b, true, bookEventColumns, "时间", "人员", "事项", "依据", "来往邮件")
	for _, e := range d.Events {
		text := "【" + e.Kind + "】" + e.Text
		if e.Ended != "" {
			text += "【已失效：" + e.Ended + "】"
		}
		bookRow(b, false, bookEventColumns, e.At, e.Who, text, e.Basis, e.Mail)
	}
	b.WriteString(`</w:tbl>`)
}

func (d DossierBook) rulings(b *strings.Builder) {
	if len(d.Rulings) == 0 {
		styled(b, "BookText", "没有工作人员的决定。")
		return
	}
	openTable(b, bookRulingColumns)
	bookRow(b, true, bookRulingColumns, "时间", "决定人", "决定", "理由", "现状")
	for _, r := range d.Rulings {
		state := "有效"
		if r.Ended != "" {
			state = "已失效（" + r.Ended + "）"
		}
		bookRow(b, false, bookRulingColumns, r.At, r.By, r.What, r.Reason, state)
	}
	b.WriteString(`</w:tbl>`)
}

func (d DossierBook) rules(b *strings.Builder) {
	openTable(b, bookRuleColumns)
	bookRow(b, true, bookRuleColumns, "设定时间", "规则", "内容", "设定人", "依据")
	for _, r := range d.Rules {
		bookRow(b, false, bookRuleColumns, r.At, r.Name, r.Value, r.By, r.Basis)
	}
	b.WriteString(`</w:tbl>`)
}

func (d DossierBook) scores(b *strings.Builder) {
	if d.Sealed {
		styled(b, "BookText", "评审尚未结束，评分封存，本卷不含评分。")
		return
	}
	listed(b, d.Scores, "没有评分。")
}

func (d DossierBook) mails(b *strings.Builder) {
	openTable(b, bookMailColumns)
	bookRow(b, true, bookMailColumns, "时间", "收发", "对方", "主题", "文件（在“来往邮件”文件夹内）")
	for _, m := range d.Mails {
		bookRow(b, false, bookMailColumns, m.At, m.Way, m.Who, m.Subject, m.place())
	}
	b.WriteString(`</w:tbl>`)
}

// place says where a mail lies, or why it does not.
func (m DossierMail) place() string {
	switch {
	case m.File == "":
		return m.Note + "（SHA-256：" + inEights(m.SHA256) + "）"
	case m.Note != "":
		return m.File + "（" + m.Note + "）"
	}
	return m.File
}

func (d DossierBook) material(b *strings.Builder) {
	openTable(b, bookMaterialColumns)
	bookRow(b, true, bookMaterialColumns, "文件（在“材料”文件夹内）", "类别", "到达", "大小", "来自", "说明")
	for _, m := range d.Material {
		bookRow(b, false, bookMaterialColumns, m.File, m.Role, m.At, size(m.Bytes), m.Mail, m.note())
	}
	b.WriteString(`</w:tbl>`)
}

func (m DossierMaterial) note() string {
	var out []string
	if m.Gone {
		out = append(out, "缺失，原始字节已不在（SHA-256："+inEights(m.SHA256)+"）")
	}
	if m.Name != "" {
		out = append(out, "原名"+quoted(m.Name))
	}
	return strings.Join(out, "；")
}

// inEights is a hash in groups of eight, so that it can be compared by eye and no
// run of figures in it is taken for a card's number.
func inEights(hash string) string {
	var out []string
	for len(hash) > 8 {
		out, hash = append(out, hash[:8]), hash[8:]
	}
	return strings.Join(append(out, hash), " ")
}

func listed(b *strings.Builder, lines []string, none string) {
	if len(lines) == 0 {
		styled(b, "BookText", none)
	}
	for i, l := range lines {
		styled(b, "BookText", fmt.Sprintf("%d. %s", i+1, l))
	}
}

// rowWhole is how many characters a cell may have so that its row is not parted by a
// page's end; a list of findings can be longer than a page.
const rowWhole = 400

// bookRow writes a row; a heading stands on every page that the table reaches.
func bookRow(b *strings.Builder, heading bool, columns []int, words ...string) {
	mark, style := `<w:trPr><w:cantSplit/></w:trPr>`, "BookCell"
	if heading {
		mark, style = `<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`, "BookCellHead"
	}
	if slices.ContainsFunc(words, func(w string) bool { return len([]rune(w)) > rowWhole }) {
		mark = ""
	}
	b.WriteString(`<w:tr>` + mark)
	for i, w := range words {
		b.WriteString(docCell(columns[i], 1, style, w))
	}
	b.WriteString(`</w:tr>`)
}

// bookSection is A4 across with page numbers.
const bookSection = `<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>` +
	`<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1304" w:right="1418" w:bottom="1304" w:left="1418" w:header="600" w:footer="700" w:gutter="0"/></w:sectPr>`

const text10 = `<w:sz w:val="21"/><w:szCs w:val="21"/>`

// bookStyles are the notice's with smaller ones for wide tables.
var bookStyles = strings.Replace(noticeStyles, `</w:styles>`,
	style("BookUnder", "Book Under", `<w:spacing w:before="60" w:after="60"/><w:jc w:val="center"/>`, `<w:sz w:val="28"/><w:szCs w:val="28"/>`)+
		style("BookNote", "Book Note", `<w:spacing w:before="0" w:after="80"/><w:jc w:val="center"/>`, `<w:color w:val="595959"/>`+`<w:sz w:val="18"/><w:szCs w:val="18"/>`)+
		style("BookHead", "Book Head", `<w:keepNext/><w:spacing w:before="280" w:after="100"/><w:outlineLvl w:val="0"/>`, heiti+`<w:sz w:val="28"/><w:szCs w:val="28"/>`)+
		style("BookText", "Book Text", `<w:spacing w:before="20" w:after="20"/>`, text12)+
		style("BookCell", "Book Cell", `<w:spacing w:before="40" w:after="40"/>`, text10)+
		style("BookCellHead", "Book Cell Head", `<w:keepNext/><w:spacing w:before="40" w:after="40"/><w:jc w:val="center"/>`, heiti+text10)+
		`</w:styles>`, 1)
