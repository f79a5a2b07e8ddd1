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
			picture := m.Look == Pictured && m.From == m.To
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
