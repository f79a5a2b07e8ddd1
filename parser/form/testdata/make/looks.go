package main

import (
	"regexp"
	"strings"
)

// looksCase is a box 参评领域 as somebody chose in it. In the text [u] begins a run that
// is underlined and so on, [Strong] one of a style, [] one that is plain; [p Title] at the
// start of a paragraph is its style; | parts cells, // rows, ⏎ paragraphs.
// want is what a person reads in it; "" where nobody can be sure.
type looksCase struct{ name, box, want string }

const (
	plainNames = "电子商务园区 电子商务企业⏎电商平台 电商服务 电商营销⏎丝路电商 数商兴农 电商+产业带⏎其他电子商务（请说明）"
	boxNames   = "□电子商务园区 □电子商务企业⏎□电商平台 □电商服务 □电商营销⏎□丝路电商 □数商兴农 □电商+产业带⏎□其他电子商务（请说明）"
)

// with gives names with one of them looking so.
func with(names, look, name string) string {
	return strings.Replace(names, name, "["+look+"]"+name+"[]", 1)
}

func looksCases() []looksCase {
	all := func(look string) string {
		return "[" + look + "]" + strings.ReplaceAll(plainNames, "⏎", "[]⏎["+look+"]") + "[]"
	}
	others := func(names, kept string) string { // all but one struck out
		for _, n := range strings.Fields("电子商务园区 电子商务企业 电商平台 电商服务 电商营销 丝路电商 数商兴农 电商+产业带 其他电子商务") {
			if n != kept {
				names = with(names, "s", n)
			}
		}
		return names
	}
	return []looksCase{
		{"underlined", "参评领域|" + with(plainNames, "u", "数商兴农"), "数商兴农"},
		{"underlined with a box", "参评领域|" + with(boxNames, "u", "数商兴农"), "数商兴农"},
		{"box and name underlined", "参评领域|" + strings.Replace(boxNames, "□数商兴农", "[u]□数商兴农[]", 1), "数商兴农"},
		{"underlined with the spaces around", "参评领域|" + strings.Replace(plainNames, " 数商兴农 ", "[u] 数商兴农 []", 1), "数商兴农"},
		{"red", "参评领域|" + with(plainNames, "red", "丝路电商"), "丝路电商"},
		{"two in red", "参评领域|" + with(with(boxNames, "red", "丝路电商"), "red", "电商+产业带"), "丝路电商 电商+产业带"},
		{"blue", "参评领域|" + with(plainNames, "blue", "丝路电商"), "丝路电商"},
		{"marker", "参评领域|" + with(plainNames, "mark", "电商平台"), "电商平台"},
		{"shaded", "参评领域|" + with(plainNames, "shade", "电商平台"), "电商平台"},
		{"bold", "参评领域|" + with(plainNames, "b", "电商服务"), "电商服务"},
		{"red and bold", "参评领域|" + with(boxNames, "red b", "电商服务"), "电商服务"},
		{"framed", "参评领域|" + with(plainNames, "frame", "电子商务企业"), "电子商务企业"},
		{"others struck out", "参评领域|" + others(plainNames, "电商营销"), "电商营销"},
		{"others struck out, one in red", "参评领域|" + strings.Replace(others(boxNames, "电商营销"), "电商营销", "[red]电商营销[]", 1), "电商营销"},
		{"each name a cell", "参评领域|电子商务园区|电子商务企业|[red]电商平台[]//^|电商服务|电商营销|丝路电商//^|数商兴农|电商+产业带|其他电子商务（请说明）", "电商平台"},
		{"label in the same cell", "参评领域：⏎" + with(plainNames, "u", "数商兴农"), "数商兴农"},
		{"the other field in red, explained", "参评领域|" + strings.Replace(plainNames, "其他电子商务（请说明）", "[red]其他电子商务（请说明）：跨境直播[]", 1), "其他电子商务"},
		{"the other field underlined, explained", "参评领域|" + strings.Replace(plainNames, "其他电子商务（请说明）", "[u]其他电子商务（请说明）：跨境直播[]", 1), "其他电子商务"},
		{"a tick tells more than colours", "参评领域|" + with(strings.Replace(boxNames, "□电商服务", "☑电商服务", 1), "red", "丝路电商"), "电商服务"},

		{"template: all bold", "参评领域|" + all("b"), ""},
		{"template: all red", "参评领域|" + all("red"), ""},
		{"template: all underlined", "参评领域|" + all("u"), ""},
		{"template: all bold, one red", "参评领域|" + strings.Replace(all("b"), "数商兴农", "[][b red]数商兴农[][b]", 1), "数商兴农"},
		{"label underlined and in red", "[u red]参评领域[]|" + plainNames, ""},
		{"blank line underlined", "参评领域|" + plainNames + "[u]　　　　　　[]", ""},
		{"the other field and its blank line underlined", "参评领域|" + strings.Replace(plainNames, "其他电子商务（请说明）", "[u]其他电子商务（请说明）　　　　[]", 1), ""},
		{"red instruction", "参评领域|[red]（请任选一项，如：数商兴农）[]⏎" + plainNames, ""},
		{"red instruction, an underlined choice", "参评领域|[red]（请任选一项，如：数商兴农）[]⏎" + with(plainNames, "u", "电商服务"), "电商服务"},
		{"a link", "参评领域|" + with(plainNames, "blue u", "电商平台"), ""},
		{"looks that differ", "参评领域|" + with(with(plainNames, "u", "电商平台"), "red", "数商兴农"), ""},
		{"half of a name", "参评领域|" + with(plainNames, "u", "商兴农"), ""},
		{"two struck out", "参评领域|" + with(with(boxNames, "s", "电商平台"), "s", "电商服务"), ""},
		{"struck out and red", "参评领域|" + with(boxNames, "s red", "电商平台"), ""},
		{"grey", "参评领域|" + with(plainNames, "grey", "电商平台"), ""},
		{"most in red", "参评领域|[red]" + strings.Replace(strings.ReplaceAll(plainNames, "⏎", "[]⏎[red]"), "数商兴农", "[]数商兴农[red]", 1) + "[]", ""},

		{"circle before", "参评领域|" + strings.Replace(plainNames, "数商兴农", "〇数商兴农", 1), "数商兴农"},
		{"circles around", "参评领域|" + strings.Replace(plainNames, "电商服务", "○电商服务○", 1), "电商服务"},
		{"circle in place of the box", "参评领域|" + strings.Replace(boxNames, "□电商服务", "○电商服务", 1), "电商服务"},
		{"template: all with circles", "参评领域|" + strings.ReplaceAll(boxNames, "□", "○"), ""},
		{"circles, one filled", "参评领域|" + strings.Replace(strings.ReplaceAll(boxNames, "□", "○"), "○电商服务", "●电商服务", 1), "电商服务"},
		{"tick behind", "参评领域|" + strings.Replace(plainNames, "电商服务", "电商服务√", 1), "电商服务"},
		{"tick before", "参评领域|" + strings.Replace(plainNames, "电商服务", "√电商服务", 1), "电商服务"},
		{"tick between, at neither", "参评领域|" + strings.Replace(plainNames, " 电商服务", " √ 电商服务", 1), ""},
		{"tick and a space before, a name a line", "参评领域|" + strings.Replace(strings.ReplaceAll(plainNames, " ", "⏎"), "电商服务", "√ 电商服务", 1), "电商服务"},
		{"tick and a space behind, a name a line", "参评领域|" + strings.Replace(strings.ReplaceAll(plainNames, " ", "⏎"), "电商服务", "电商服务 √", 1), "电商服务"},
		{"tick on the line above several", "参评领域|　　　√⏎" + plainNames, ""},
		{"tick on the line above, a name a line", "参评领域|√⏎" + strings.ReplaceAll(plainNames, " ", "⏎"), "电子商务园区"},
		{"tick on a line between", "参评领域|" + strings.Replace(strings.ReplaceAll(plainNames, " ", "⏎"), "电商服务", "√⏎电商服务", 1), ""},
		{"ticks in cells below", "参评领域|电商平台|电商服务|数商兴农//^||√|", "电商服务"},
		{"ticks in cells above", "参评领域||√|//^|电商平台|电商服务|数商兴农", "电商服务"},
		{"ticks in cells behind", "参评领域|电商平台||电商服务|√", "电商服务"},
		{"ticks in cells before", "参评领域|√|电商平台||电商服务", "电商平台"},
		{"ticks in cells, of either side", "参评领域||电商平台|√|电商服务|", ""},
		{"instruction with a tick", "参评领域|（请在相应□内打“√”）⏎" + strings.Replace(boxNames, "□电商服务", "□√电商服务", 1), "电商服务"},
		{"instruction with a tick, nothing chosen", "参评领域|（请在相应□内打“√”）⏎" + boxNames, ""},
		{"instruction with a tick behind the label", "参评领域（请打√）|" + boxNames, ""},
		{"instruction with a tick in quotes behind the label", "参评领域（在□内打“√”）|" + strings.Replace(boxNames, "□电商服务", "☑电商服务", 1), "电商服务"},
		{"instruction with a tick at the end", "参评领域|" + boxNames + "⏎注：请在所选项前打√", ""},
	}
}

// stylesCases are looks that come from styles; the names are those of wordStyles.
func stylesCases() []looksCase {
	names := strings.ReplaceAll(plainNames, " ", "⏎")
	all := func(style string) string {
		return "[p " + style + "]" + strings.ReplaceAll(names, "⏎", "⏎[p "+style+"]")
	}
	of := func(names, style, name string) string { return strings.Replace(names, name, "[p "+style+"]"+name, 1) }
	return []looksCase{
		{"strong", "参评领域|" + with(plainNames, "Strong", "数商兴农"), "数商兴农"},
		{"intense", "参评领域|" + with(boxNames, "Intense", "电商服务"), "电商服务"},
		{"red, two styles away", "参评领域|" + with(plainNames, "Chosen", "丝路电商"), "丝路电商"},
		{"two of a style", "参评领域|" + with(with(plainNames, "Chosen", "丝路电商"), "Chosen", "电商平台"), "电商平台 丝路电商"},
		{"marker behind", "参评领域|" + with(plainNames, "Marker", "电商平台"), "电商平台"},
		{"others struck out", "参评领域|" + strings.NewReplacer("电子商务园区", "[Struck]电子商务园区[]", "电子商务企业", "[Struck]电子商务企业[]", "电商平台", "[Struck]电商平台[]", "电商营销", "[Struck]电商营销[]",
			"丝路电商", "[Struck]丝路电商[]", "数商兴农", "[Struck]数商兴农[]", "电商+产业带", "[Struck]电商+产业带[]", "其他电子商务", "[Struck]其他电子商务[]").Replace(plainNames), "电商服务"},
		{"a paragraph's style", "参评领域|" + of(names, "Heading", "电商平台"), "电商平台"},
		{"a paragraph's style, two styles away", "参评领域|" + of(names, "Sub", "电商平台"), "电商平台"},
		{"style, switched off for others", "参评领域|" + strings.Replace(all("Heading"), "数商兴农", "[nb Strong]数商兴农[]", 1), ""},

		{"a style that has no look", "参评领域|" + with(plainNames, "Emphasis", "数商兴农"), ""},
		{"all of a style", "参评领域|" + all("Heading"), ""},
		{"all of a style, one in red", "参评领域|" + strings.Replace(all("Heading"), "数商兴农", "[Chosen]数商兴农[]", 1), "数商兴农"},
		{"a style whose look is switched off in the run", "参评领域|" + with(plainNames, "Strong nb", "数商兴农"), ""},
		{"a style that takes the colour of its parent back", "参评领域|" + with(plainNames, "Quiet", "数商兴农"), ""},
		{"the label's style", "[p Heading]参评领域|" + plainNames, ""},
		{"a link's style", "参评领域|" + with(plainNames, "Link", "数商兴农"), ""},
		{"an instruction's style", "参评领域|[Chosen]（请任选一项，如：数商兴农）[]⏎" + plainNames, ""},
		{"half of a name", "参评领域|" + with(plainNames, "Strong", "商兴农"), ""},
	}
}

// wordStyles are the styles of those cases: that of all paragraphs, then others.
func wordStyles() string {
	var b strings.Builder
	for _, s := range []struct{ kind, id, based, props string }{
		{"paragraph", "Normal", "", ``},
		{"paragraph", "Heading", "Normal", `<w:b/>`},
		{"paragraph", "Sub", "Heading", `<w:i/>`},
		{"character", "Strong", "", `<w:b/>`},
		{"character", "Emphasis", "", `<w:i/>`},
		{"character", "Intense", "", `<w:b/><w:color w:val="4472C4"/>`},
		{"character", "Red", "", `<w:color w:val="C00000"/>`},
		{"character", "Chosen", "Red", `<w:i/>`},
		{"character", "Quiet", "Red", `<w:color w:val="000000"/>`},
		{"character", "Marker", "", `<w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>`},
		{"character", "Struck", "", `<w:strike/>`},
		{"character", "Link", "", `<w:color w:val="0563C1"/><w:u w:val="single"/>`},
	} {
		byDefault := ""
		if s.id == "Normal" {
			byDefault = ` w:default="1"`
		}
		b.WriteString(`<w:style w:type="` + s.kind + `"` + byDefault + ` w:styleId="` + s.id + `"><w:name w:val="` + s.id + `"/>`)
		if s.based != "" {
			b.WriteString(`<w:basedOn w:val="` + s.based + `"/>`)
		}
		b.WriteString(`<w:rPr>` + s.props + `</w:rPr></w:style>`)
	}
	return b.String()
}

var lookTag = regexp.MustCompile(`\[([A-Za-z ]*)\]`)

var lookProps = map[string]string{"u": `<w:u w:val="single"/>`, "b": `<w:b/>`, "s": `<w:strike/>`, "red": `<w:color w:val="FF0000"/>`, "blue": `<w:color w:val="0563C1"/>`,
	"grey": `<w:color w:val="7F7F7F"/>`, "mark": `<w:highlight w:val="yellow"/>`, "shade": `<w:shd w:val="pct15" w:color="auto" w:fill="FFFFFF"/>`,
	"frame": `<w:bdr w:val="single" w:sz="4" w:space="0" w:color="auto"/>`, "nb": `<w:b w:val="0"/>`}

// runs writes a paragraph of the text.
func runs(text string) string {
	var b strings.Builder
	b.WriteString("<w:p>")
	if rest, ok := strings.CutPrefix(text, "[p "); ok {
		style, words, _ := strings.Cut(rest, "]")
		b.WriteString(`<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`)
		text = words
	}
	props, at := "", 0
	write := func(s string) {
		if s != "" {
			b.WriteString(`<w:r><w:rPr>` + props + `</w:rPr><w:t xml:space="preserve">` + s + `</w:t></w:r>`)
		}
	}
	for _, m := range lookTag.FindAllStringSubmatchIndex(text, -1) {
		write(text[at:m[0]])
		props, at = "", m[1]
		for _, look := range strings.Fields(text[m[2]:m[3]]) {
			if props += lookProps[look]; look[0] < 'a' {
				props = `<w:rStyle w:val="` + look + `"/>` + props
			}
		}
	}
	write(text[at:])
	b.WriteString("</w:p>")
	return b.String()
}

// looksFile holds each case as a paragraph with its name and what is chosen, and a table.
func looksFile(cases []looksCase, styles string) []byte {
	var b strings.Builder
	for _, c := range cases {
		b.WriteString(runs(c.name + "＝" + c.want))
		b.WriteString(table(c.box))
	}
	return wordFile(b.String(), styles)
}

// table writes rows of cells; ^ goes on from the cell above.
func table(drawing string) string {
	var b strings.Builder
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/></w:tblPr>`)
	rows := strings.Split(drawing, "//")
	columns := strings.Count(rows[0], "|") + 1
	b.WriteString(`<w:tblGrid>` + strings.Repeat(`<w:gridCol w:w="1800"/>`, columns) + `</w:tblGrid>`)
	for i, r := range rows {
		b.WriteString("<w:tr>")
		for k, c := range strings.Split(r, "|") {
			b.WriteString(`<w:tc><w:tcPr><w:tcW w:w="1800" w:type="dxa"/>`)
			if c == "^" {
				b.WriteString(`<w:vMerge/>`)
				c = ""
			} else if k == 0 && i == 0 && len(rows) > 1 {
				b.WriteString(`<w:vMerge w:val="restart"/>`)
			}
			b.WriteString(`</w:tcPr>`)
			for _, p := range strings.Split(c, "⏎") {
				b.WriteString(runs(p))
			}
			b.WriteString(`</w:tc>`)
		}
		b.WriteString("</w:tr>")
	}
	b.WriteString("</w:tbl>")
	return b.String()
}
