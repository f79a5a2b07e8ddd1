package sample

import "strings"

// Columns of the form on paper, in points.
var pdfColumns = [...]float64{57, 162, 277, 372, 538}

const pdfFoot = 60 // no text below

// formPage lays out the form as a text PDF.
type formPage struct {
	doc *pdfText
	y   float64 // upper edge of the next row
}

// PDF is the form as a text PDF of a few pages, with the same words as Docx.
// The font's character set has no ☑, so a chosen field is marked ■ there.
func (f Form) PDF() []byte {
	if f.Style.Tick == "" || f.Style.Tick == "☑" {
		f.Style.Tick = "■"
	}
	p := &formPage{doc: &pdfText{}, y: 740}
	p.doc.page()
	p.doc.put(57, 790, 12, "附件")
	p.doc.center(760, 18, formTitle)
	p.row(f.label("参评单位"), f.Unit, 30)
	p.row("参评案例\n（项目名称）", f.Case, 40)
	p.row(f.label("参评领域"), strings.Join(f.fieldLines(), "\n"), 84)
	p.row("该案例是否曾经\n获评其他奖励", f.Prior, 40)
	p.row("项目主要负责人", f.Leader, 30)
	p.pair("日常联系人", f.Contact, "联系电话\n及邮箱", strings.Join(f.reach(), "\n"))
	p.box(plain(f.introLines()), 60)
	p.box(plain(f.summaryLines()), 60)
	for _, lines := range [][]line{f.promiseLines(), f.opinionLines()} {
		p.box(plain(lines), 150)
		if !f.Unsealed {
			p.doc.seal(pdfColumns[4]-110, p.y+68, 59)
		}
	}
	return p.doc.bytes(formTitle)
}

// plain is the text of paragraphs: indented by two characters, right-aligned
// ones moved over by spaces.
func plain(lines []line) string {
	var out []string
	for _, l := range lines {
		switch {
		case l.align == "right":
			out = append(out, strings.Repeat("　", 20)+strings.TrimSpace(l.text))
		case l.indent:
			out = append(out, "　　"+l.text)
		default:
			out = append(out, l.text)
		}
	}
	return strings.Join(out, "\n")
}

// cellText writes text into a cell, centred in its height.
func (p *formPage) cellText(text string, left, right, height float64) {
	lines := wrap(text, right-left-10, 12)
	y := p.y - height/2 + float64(len(lines))*9 - 13
	for _, s := range lines {
		p.doc.put(left+5, y, 12, s)
		y -= 18
	}
}

func (p *formPage) row(label, value string, height float64) {
	c := pdfColumns
	p.doc.frame(c[0], p.y-height, c[1], p.y)
	p.doc.frame(c[1], p.y-height, c[4], p.y)
	p.cellText(label, c[0], c[1], height)
	p.cellText(value, c[1], c[4], height)
	p.y -= height
}

func (p *formPage) pair(label, value, label2, value2 string) {
	const height = 44
	c := pdfColumns
	for i, text := range []string{label, value, label2, value2} {
		p.doc.frame(c[i], p.y-height, c[i+1], p.y)
		p.cellText(text, c[i], c[i+1], height)
	}
	p.y -= height
}

// box writes text over the whole width, from page to page where it must.
func (p *formPage) box(text string, least float64) {
	left, right := pdfColumns[0], pdfColumns[4]
	if p.y-least < pdfFoot {
		p.doc.page()
		p.y = 790
	}
	top := p.y
	y := p.y - 18
	for _, s := range wrap(text, right-left-14, 12) {
		if y < pdfFoot {
			p.doc.frame(left, y+6, right, top)
			p.doc.page()
			top, y = 790, 772
		}
		p.doc.put(left+6, y, 12, s)
		y -= 18
	}
	y = min(y+6, top-least)
	p.doc.frame(left, y, right, top)
	p.y = y
}
