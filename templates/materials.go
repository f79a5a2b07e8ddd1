package templates

import (
	"fmt"
	"strings"
)

// What the files of a request are called; the expert's name follows.
const (
	sheetName     = "评分表"
	materialsName = "评审材料"
)

// requestFiles are what a request brings along: the score sheet, then the
// materials. The mails behind the first bring the applicants' files alone.
func requestFiles(f Frame, d ScoreRequest) ([]Attachment, error) {
	if d.Part > 1 {
		return nil, nil
	}
	sheet, err := f.ScoreSheet(d)
	if err != nil {
		return nil, err
	}
	return []Attachment{
		{d.fileName(sheetName, ".xlsx"), sheetType, sheet},
		{d.fileName(materialsName, ".docx"), documentType, d.Materials()},
	}, nil
}

// Materials is one Word document with all cases: cover, contents, then each case
// on a page of its own. Headings have outline levels, and the contents lead to
// them without page numbers, which a telephone does not have.
func (d ScoreRequest) Materials() []byte {
	name := oneLine(d.Title) + "评审材料"
	var b strings.Builder
	b.WriteString(xmlHead + `<w:document ` + wordSpace + ` ` + relationSpace + `><w:body>`)
	d.cover(&b)
	d.contents(&b)
	for i, c := range d.Cases {
		c.chapter(&b, i+1, d.Criteria)
	}
	b.WriteString(`<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/>` +
		`<w:pgMar w:top="1440" w:right="1500" w:bottom="1300" w:left="1500" w:header="851" w:footer="850" w:gutter="0"/></w:sectPr></w:body></w:document>`)
	return officeFile([]officePart{
		{"[Content_Types].xml", []byte(materialTypes)},
		{"_rels/.rels", []byte(packageRels)},
		{"word/_rels/document.xml.rels", []byte(materialRels)},
		{"word/document.xml", []byte(b.String())},
		{"word/styles.xml", []byte(materialStyles)},
		{"word/fontTable.xml", []byte(materialFonts)},
		{"word/settings.xml", []byte(materialSettings)},
		{"word/footer1.xml", []byte(materialFooter(name + "（" + oneLine(d.Expert) + "）"))},
		{"docProps/core.xml", []byte(strings.Replace(formCore, formName, escape(name), 1))},
	})
}

// cover says whose document this is and what it is judged by.
func (d ScoreRequest) cover(b *strings.Builder) {
	styled(b, "Title", d.Title)
	styled(b, "Title", "评审材料")
	for _, l := range []struct{ name, value string }{
		{"评审专家", d.Expert}, {"案例数量", fmt.Sprintf("%d个", len(d.Cases))}, {"征集通知", d.Document}, {"回复时间", before(d.Deadline)},
	} {
		if l.value != "" {
			styled(b, "Cover", l.name+"："+l.value)
		}
	}
	var marks []string
	for _, c := range d.Criteria {
		marks = append(marks, fmt.Sprintf("%s%d分", c.Name, c.Max))
	}
	if len(marks) > 0 {
		styled(b, "Cover", "评分指标："+strings.Join(marks, "、"))
	}
	styled(b, "Cover", "本材料摘自申报表，供专家评审使用，请勿外传。评分请回复邮件或填写评分表，无需写在本文件中。")
}

func before(deadline string) string {
	if deadline == "" {
		return ""
	}
	return deadline + "前"
}

// Widths of the columns of contents and facts, in twentieths of a point; both
// fill the width between the margins.
var (
	contentsColumns = []int{700, 2000, 2800, 3406}
	factsColumns    = []int{1500, 2953, 1500, 2953}
)

// contents lists the cases; a number leads to its chapter.
func (d ScoreRequest) contents(b *strings.Builder) {
	styled(b, "Contents", "目　录")
	openTable(b, contentsColumns)
	docRow(b, true, docCell(700, 1, "Label", "序号"), docCell(2000, 1, "Label", "编号"), docCell(2800, 1, "Label", "参评单位"), docCell(3406, 1, "Label", "参评案例"))
	for i, c := range d.Cases {
		link := `<w:p><w:pPr><w:pStyle w:val="Label"/></w:pPr><w:hyperlink w:anchor="` + anchor(i+1) + `" w:history="1">` + run(c.Number, `<w:color w:val="1F4E9E"/><w:u w:val="single"/>`) + `</w:hyperlink></w:p>`
		unit := c.Unit
		if c.City != "" {
			unit += "（" + c.City + "）"
		}
		docRow(b, false, docCell(700, 1, "Label", fmt.Sprint(i+1)), rawCell(2000, 1, link), docCell(2800, 1, "Cell", unit), docCell(3406, 1, "Cell", c.Case))
	}
	b.WriteString(`</w:tbl>`)
}

func anchor(n int) string { return fmt.Sprintf("case%d", n) }

// chapter is one case: facts, summary, the unit, its files.
func (c RequestCase) chapter(b *strings.Builder, n int, criteria []Criterion) {
	strong, _ := title(c.Number, c.Unit, "")
	fmt.Fprintf(b, `<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:bookmarkStart w:id="%d" w:name="%s"/>%s<w:bookmarkEnd w:id="%d"/></w:p>`,
		n, anchor(n), run(fmt.Sprintf("%d. %s", n, strong), ""), n)
	openTable(b, factsColumns)
	docRow(b, false, docCell(1500, 1, "Label", "编号"), docCell(2953, 1, "Cell", c.Number), docCell(1500, 1, "Label", "地市"), docCell(2953, 1, "Cell", c.City))
	for _, l := range []struct{ name, value string }{{"参评单位", c.Unit}, {"参评案例", c.Case}, {"参评领域", strings.Join(c.Fields, "、")}} {
		docRow(b, false, docCell(1500, 1, "Label", l.name), docCell(7406, 3, "Cell", l.value))
	}
	b.WriteString(`</w:tbl>`)
	parts := c.texts(criteria)
	styled(b, "Heading2", "一、案例概述")
	for _, p := range parts[:len(parts)-1] {
		p.write(b, "Heading3", strings.TrimPrefix(p.title, summaryPart))
	}
	last := parts[len(parts)-1]
	last.write(b, "Heading2", "二、"+last.title)
	c.fileList(b)
}

func (p passage) write(b *strings.Builder, style, title string) {
	styled(b, style, title)
	for _, text := range p.paragraphs {
		styled(b, "Body", text)
	}
}

func (c RequestCase) fileList(b *strings.Builder) {
	if len(c.Files) == 0 {
		return
	}
	styled(b, "Heading2", fmt.Sprintf("三、申报材料文件清单（%d个）", len(c.Files)))
	for i, name := range c.Files {
		styled(b, "Item", fmt.Sprintf("%d. %s", i+1, name))
	}
}

// styled writes one paragraph of a style.
func styled(b *strings.Builder, style, text string) {
	b.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` + run(text, "") + `</w:p>`)
}

func run(text, face string) string {
	if face != "" {
		face = `<w:rPr>` + face + `</w:rPr>`
	}
	return `<w:r>` + face + `<w:t xml:space="preserve">` + escape(oneLine(text)) + `</w:t></w:r>`
}

func openTable(b *strings.Builder, columns []int) {
	width := 0
	for _, w := range columns {
		width += w
	}
	fmt.Fprintf(b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>%s</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`, width, thinLines)
	for _, w := range columns {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.WriteString(`</w:tblGrid>`)
}

// docRow writes a table row; a heading stands on every page that the table reaches.
func docRow(b *strings.Builder, heading bool, cells ...string) {
	mark := ""
	if heading {
		mark = `<w:tblHeader/>`
	}
	b.WriteString(`<w:tr><w:trPr><w:cantSplit/>` + mark + `</w:trPr>` + strings.Join(cells, "") + `</w:tr>`)
}

func docCell(width, span int, style, text string) string {
	var b strings.Builder
	styled(&b, style, text)
	return rawCell(width, span, b.String())
}

func rawCell(width, span int, paras string) string {
	merge := ""
	if span > 1 {
		merge = fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, span)
	}
	return fmt.Sprintf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s<w:vAlign w:val="center"/></w:tcPr>%s</w:tc>`, width, merge, paras)
}
