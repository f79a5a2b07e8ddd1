package templates

import (
	"strings"
)

// CasePage is one case on one page, as .docx, for those who write about it. The
// words are the form's; where all of them do not fit, each part is cut at the end
// of a sentence. The same data give the same bytes.
func CasePage(d PageData) []byte {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:document ` + wordSpace + ` ` + relationSpace + `><w:body>`)
	styled(&b, "PageTitle", shorten(oneLine(strings.Trim(strings.TrimSpace(d.Case), "《》")), pageTitleRunes))
	styled(&b, "PageFacts", shorten(oneLine(d.Unit), pageFactRunes))
	var facts []string
	for _, f := range []string{d.City, strings.Join(d.Fields, "、"), d.Number} {
		if f != "" {
			facts = append(facts, f)
		}
	}
	styled(&b, "PageFacts", shorten(oneLine(strings.Join(facts, "　|　")), pageFactRunes))
	cut := false
	for _, p := range d.parts() {
		styled(&b, "PageHead", p.head)
		styled(&b, "PageText", p.text)
		cut = cut || p.cut
	}
	words := "摘自申报表，发布前请审改。"
	if cut {
		words = "摘自申报表，较长的部分已在句末截短；发布前请审改。"
	}
	styled(&b, "PageNote", words)
	b.WriteString(pageSection + `</w:body></w:document>`)
	return noticeFile(d.Unit+" "+d.Case, b.String())
}

// How many characters a page has room for, at 37 a line and 12 points.
const (
	pageRunes      = 820
	pageTitleRunes = 46 // two lines
	pageFactRunes  = 36
)

// pageSection is A4 without page numbers.
const pageSection = `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1100" w:right="1417" w:bottom="900" w:left="1417" w:header="600" w:footer="600" w:gutter="0"/></w:sectPr>`

// pagePart is one part of a page.
type pagePart struct {
	head  string
	text  string
	share int // of the page's characters, if all parts are long
	cut   bool
}

// parts gives each part its share of the page; what short parts leave over goes to
// the others in turn. Parts that say nothing are left out.
func (d PageData) parts() []pagePart {
	all := []pagePart{{head: "单位简介", text: d.Intro, share: 160}, {head: "项目简介", text: d.Background, share: 150}, {head: "技术性与创新性", text: d.Innovation, share: 200},
		{head: "效益性", text: d.Benefit, share: 180}, {head: "示范性", text: d.Demonstration, share: 130}}
	var out []pagePart
	spare := pageRunes
	for _, p := range all {
		if p.text = flowing(p.text); p.text != "" {
			out = append(out, p)
			spare -= min(p.share, len([]rune(p.text)))
		}
	}
	for i := range out {
		p := &out[i]
		long := len([]rune(p.text)) - p.share
		extra := max(min(long, spare), 0)
		spare -= extra
		p.text, p.cut = sentences(p.text, p.share+extra)
	}
	return out
}

// flowing is a text on one line.
func flowing(text string) string {
	return strings.Join(strings.Fields(strings.Join(cellLines(text), " ")), " ")
}

// sentences cuts a text to n characters, where it can at the end of a sentence.
func sentences(text string, n int) (short string, cut bool) {
	r := []rune(text)
	if len(r) <= n {
		return text, false
	}
	for i := n - 1; i >= n/2; i-- {
		if strings.ContainsRune("。！？", r[i]) {
			return string(r[:i+1]), true
		}
	}
	return shorten(text, n), true
}
