package document

import (
	"fmt"
	"strings"
	"testing"
)

// marksFit: marks lie within the text, in order, and say something.
func marksFit(t testing.TB, d Document) {
	t.Helper()
	fit := func(text string, marks Marks) {
		at := 0
		for _, m := range marks {
			picture := m.Look == PictureHere && m.From == m.To
			if m.From < at || m.From >= m.To && !picture || m.To > len(text) || m.Look == 0 || m.Look >= blue {
				t.Errorf("marks %v of %d bytes", marks, len(text))
				return
			}
			at = m.To
		}
	}
	for _, b := range d.Blocks {
		fit(b.Text, b.Marks)
		for _, row := range b.Rows {
			for _, c := range row {
				fit(c.Text, c.Marks)
			}
		}
	}
}

// marked writes a document's marks: each as the text under it and its look.
func marked(d Document) string {
	var out []string
	write := func(text string, marks Marks) {
		for _, m := range marks {
			out = append(out, fmt.Sprintf("%s:%d", text[m.From:m.To], m.Look))
		}
	}
	for _, b := range d.Blocks {
		write(b.Text, b.Marks)
		for _, row := range b.Rows {
			for _, c := range row {
				write(c.Text, c.Marks)
			}
		}
	}
	return strings.Join(out, " ")
}

func styled(props, text string) string {
	return `<w:r><w:rPr>` + props + `</w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

// What stands out is marked where it stands, wherever the text goes.
func TestMarks(t *testing.T) {
	red, line := `<w:color w:val="FF0000"/>`, `<w:u w:val="single"/>`
	for _, c := range []struct{ name, body, want string }{
		{"plain", wp("甲"), ""},
		{"runs side by side", wp("甲", styled(red, "乙"), styled(red, "丙"), styled(line, "丁")), "乙丙:8 丁:1"},
		{"spaces at the end are no text", wp(styled(line, "甲　　 ")), "甲　　:1"},
		{"switched off", wp(styled(`<w:u w:val="none"/><w:b w:val="0"/><w:strike w:val="false"/><w:color w:val="auto"/><w:highlight w:val="none"/><w:shd w:val="clear" w:fill="FFFFFF"/><w:bdr w:val="nil"/>`, "甲")), ""},
		{"greys and black", wp(styled(`<w:color w:val="333333"/>`, "甲"), styled(`<w:color w:val="1F1F2F"/>`, "乙")), ""},
		{"a link", wp(styled(`<w:color w:val="0563C1"/>`+line, "甲")), ""},
		{"blue alone", wp(styled(`<w:color w:val="0563C1"/>`, "甲")), "甲:8"},
		{"paragraph's own mark", `<w:p><w:pPr><w:rPr>` + red + `</w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>`, ""},
		{"as it was before a change", wp(`<w:r><w:rPr><w:rPrChange><w:rPr>` + red + `</w:rPr></w:rPrChange></w:rPr><w:t>甲</w:t></w:r>`), ""},
		{"cell of two paragraphs", wt(wr(wc("", wp(), wp("甲"), wp("乙", styled(red, "丙"))))), "丙:8"},
		{"table in a cell", wt(wr(wc("", wp("甲")), wc("", wp(styled(line, "乙")), wt(wr(wc("", wp("丙")), wc("", wp("丁", styled(red, "戊"))))), wp(styled(red, "己"))))), "乙:1 戊:8 己:8"},
		{"joined where a paragraph's mark was deleted", `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>` + wp("乙", styled(red, "丙")), "丙:8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := read(docx(t, c.body))
			if err != nil {
				t.Fatal(err)
			}
			marksFit(t, d)
			if got := marked(d); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestMarksCut(t *testing.T) {
	m := Marks{{2, 5, Bold}, {5, 9, Struck}}
	for _, c := range []struct {
		from, to int
		want     string
	}{{0, 9, "[{2 5 2} {5 9 4}]"}, {3, 6, "[{0 2 2} {2 3 4}]"}, {0, 2, "[]"}, {9, 12, "[]"}, {4, 4, "[]"}} {
		if got := fmt.Sprint(m.Cut(c.from, c.to)); got != c.want {
			t.Errorf("%d to %d: %s, want %s", c.from, c.to, got, c.want)
		}
	}
}

// A run looks as its styles say, and as it says itself. Styles that cannot be followed
// say nothing, and the text is read without them.
func TestStyles(t *testing.T) {
	style := func(kind, id, more string) string {
		return `<w:style w:type="` + kind + `" w:styleId="` + id + `">` + more + `</w:style>`
	}
	bold, red := `<w:rPr><w:b/></w:rPr>`, `<w:rPr><w:color w:val="FF0000"/></w:rPr>`
	based := func(id string) string { return `<w:basedOn w:val="` + id + `"/>` }
	of := func(id string) string { return wp("甲", styled(`<w:rStyle w:val="`+id+`"/>`, "乙")) }
	para := func(id string, runs ...string) string {
		return strings.Replace(wp(runs...), "<w:p>", `<w:p><w:pPr><w:pStyle w:val="`+id+`"/></w:pPr>`, 1)
	}
	for _, c := range []struct{ name, styles, body, text, want string }{
		{"of characters", style("character", "A", red), of("A"), "甲乙", "乙:8"},
		{"based on another", style("character", "A", based("B")) + style("character", "B", red), of("A"), "甲乙", "乙:8"},
		{"of a paragraph", style("paragraph", "A", bold), para("A", "甲") + wp("乙"), "甲乙", "甲:2"},
		{"of all paragraphs", strings.Replace(style("paragraph", "A", bold), "<w:style", `<w:style w:default="1"`, 1), wp("甲"), "甲", "甲:2"},
		{"bold twice is not bold", style("paragraph", "A", bold) + style("character", "B", bold), para("A", "甲", styled(`<w:rStyle w:val="B"/>`, "乙")), "甲乙", "甲:2"},
		{"hidden", style("character", "A", `<w:rPr><w:vanish/></w:rPr>`), of("A"), "甲", ""},
		{"hidden, shown by the run", style("character", "A", `<w:rPr><w:vanish/></w:rPr>`), wp("甲", styled(`<w:rStyle w:val="A"/><w:vanish w:val="0"/>`, "乙")), "甲乙", ""},
		{"a symbol font", style("character", "A", `<w:rPr><w:rFonts w:ascii="Wingdings 2"/></w:rPr>`), wp(styled(`<w:rStyle w:val="A"/>`, "R"), "甲"), "☑甲", ""},
		{"of a table", style("table", "A", bold), of("A"), "甲乙", ""},
		{"as it was before a change", style("character", "A", `<w:rPr><w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr>`), of("A"), "甲乙", ""},
		{"of another id", style("character", "A", red), of("B"), "甲乙", ""},
		{"in a circle", style("character", "A", based("B")) + style("character", "B", based("A")+red), of("A"), "甲乙", "乙:8"},
		{"broken behind it", style("character", "A", red) + `<w:style w:type="character" w:sty`, of("A"), "甲乙", "乙:8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := read(docx(t, c.body, part{"word/styles.xml", `<w:styles>` + c.styles + `</w:styles>`}))
			if err != nil {
				t.Fatal(err)
			}
			marksFit(t, d)
			text := ""
			for _, b := range d.Blocks {
				text += b.Text
			}
			if got := marked(d); got != c.want || text != c.text {
				t.Errorf("%q with %q, want %q with %q", text, got, c.text, c.want)
			}
		})
	}
}
