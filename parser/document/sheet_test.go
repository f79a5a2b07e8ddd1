package document

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// A number is shown as its format shows it, but never with fewer digits than
// somebody typed and never with noise.
func TestNumbers(t *testing.T) {
	var n numbers
	general := numberFormat{}
	for _, c := range []struct {
		value  float64
		format numberFormat
		want   string
	}{
		{27, general, "27"}, {8.5, general, "8.5"}, {0.1 + 0.2, general, "0.3"}, {8.499999999, general, "8.5"}, {8.4999, general, "8.4999"},
		{1.0 / 3, general, "0.3333333333"}, {-0.0000000000001, general, "-1E-13"}, {0, general, "0"}, {13800138000, general, "13800138000"},
		{440101199001011230, general, "440101199001011200"}, {1e20, general, "1E+20"},
		{8.5, numberFormat{id: 1}, "8.5"}, {8, numberFormat{id: 1}, "8"}, {8.5, numberFormat{id: 2}, "8.50"}, {8.125, numberFormat{id: 2}, "8.125"},
		{25.0 / 3, numberFormat{id: 2}, "8.33"}, {1234.5, numberFormat{id: 4}, "1,234.50"}, {0.85, numberFormat{id: 9}, "85%"}, {0.855, numberFormat{id: 9}, "85.5%"},
		{-0.125, numberFormat{id: 9}, "-12.5%"}, {45601, numberFormat{id: 14}, "2024-11-05"}, {45601.5, numberFormat{id: 22}, "2024-11-05 12:00"},
		{45601, numberFormat{id: 31}, "2024年11月5日"}, {45601, numberFormat{id: 58}, "11月5日"}, {27, numberFormat{id: 49}, "27"},
		{22, numberFormat{code: "0.##"}, "22"}, {12345, numberFormat{code: `0.0,"万"`}, "12345"}, {28, numberFormat{code: `0"分"`}, "28分"},
		{27, numberFormat{code: "[Red]0.00_ "}, "27.00"}, {7, numberFormat{code: "0000"}, "0007"}, {45601, numberFormat{code: `yyyy\-mm\-dd`}, "2024-11-05"},
		{45601, numberFormat{code: `"day "0`}, "day 45601"}, {1.5, numberFormat{code: "[h]:mm"}, "36:00"}, {5, numberFormat{code: `"`}, "5"}, {5, numberFormat{id: 9999}, "5"},
		{27, numberFormat{code: "GENERAL"}, "27"},
	} {
		if got := n.text(c.value, c.format); got != c.want {
			t.Errorf("%v under %v: %q, want %q", c.value, c.format, got, c.want)
		}
		if got := n.text(c.value, c.format); got != c.want {
			t.Errorf("%v under %v, the second time: %q, want %q", c.value, c.format, got, c.want)
		}
	}
	old := numbers{from1904: true}
	if got := old.text(45601-1462, numberFormat{id: 14}); got != "2024-11-05" {
		t.Errorf("from 1904: %s", got)
	}
}

// No format code of a stranger's makes the formatting fail.
func FuzzNumberFormat(f *testing.F) {
	for _, code := range []string{"0.##", "#,##0.00_);[Red](#,##0.00)", `yyyy"年"m"月"d"日";@`, "[DBNum2][$-804]General", "# ?/?", "0.00E+00", "[h]:mm", "[<1]0%;[>=1]0.0;@", `_ * #,##0_ ;_ * \-#,##0_ ;_ * "-"_ ;_ @_ `} {
		f.Add(code, 45601.25)
	}
	f.Fuzz(func(t *testing.T, code string, v float64) {
		var n numbers
		if n.text(v, numberFormat{code: code}) == "" {
			t.Errorf("%v under %q is nothing", v, code)
		}
	})
}

var texts = []struct{ name, file, content, want string }{
	{"commas", "a.csv", "甲,27,22.5\n乙,26,\n", "T |甲 |27 |22.5\nT |乙 |26"},
	{"semicolons, decimal commas", "a.csv", "甲;8,5;9\n乙;7,5;8", "T |甲 |8,5 |9\nT |乙 |7,5 |8"},
	{"tabs", "a.tsv", "甲\t27,5\n乙\t26,5\n", "T |甲 |27,5\nT |乙 |26,5"},
	{"what Excel is told", "a.csv", "sep=;\n甲,乙;27\n", "T |甲,乙 |27"},
	{"quotes", "a.csv", "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\nc,d,e\n", "T |a,b |say \"x\" |two\nlines\nT |c |d |e"},
	{"stray quotes", "a.csv", "甲,优\"秀\",27\n乙,5\",26\n", "T |甲 |优\"秀\" |27\nT |乙 |5\" |26"},
	{"empty lines keep their place", "a.csv", "\n甲,1\n\n\n\"x\ny\",2\n\n乙,3\n,,\n\n", "T\nT |甲 |1\nT\nT\nT |x\ny |2\nT\nT |乙 |3"},
	{"one column", "a.csv", "27\n\n26\n", "T |27\nT\nT |26"},
	{"text kept from being a number", "a.csv", "=\"0007\",27\n", "T |0007 |27"},
	{"noise", "a.csv", "甲,8.499999999\n乙,16.666666666666668\n", "T |甲 |8.5\nT |乙 |16.66666667"},
	{"old line ends", "a.csv", "甲,1\r乙,2\r", "T |甲 |1\nT |乙 |2"},
	{"GBK", "a.csv", "\xbc\xd7,27\n\xd2\xd2,26\n", "T |甲 |27\nT |乙 |26"},
	{"UTF-16, big end first", "a.csv", "\xfe\xff\x75\x32\x00,\x002\x007", "T |甲 |27"},
	{"a table in a .txt", "评分.TXT", "编号\t分\nAL2024-0001\t27\n", "T |编号 |分\nT |AL2024-0001 |27"},
	{"prose in a .txt", "评分.txt", "老师好：\n\nAL2024-0001，27分，很好\n第二个, 26\n", "P 老师好：\nP AL2024-0001，27分，很好\nP 第二个, 26"},
	{"tabs under an old name", "评分.xls", "编号\t分\nAL2024-0001\t27\n", "T |编号 |分\nT |AL2024-0001 |27"},
	{"web page", "评分.xls", `<html><head><style>td{}</style></head><body><table><tr><th rowspan="2">甲</th><th colspan=2>乙<br>丙</th></tr><tr><td>27&nbsp;</td><td><p>8.500000001</p></td></tr></table></body></html>`,
		"T |甲 |{2}乙\n丙\nT |^ |27 |8.5"},
	{"table without a page", "评分.xls", "\r\n<table><tr><td>甲<table><tr><td>内</td></tr></table><td>1</table><table><tr><td>乙</table>", "T |甲\n内 |1\nT |乙"},
	{"nothing", "a.csv", "\n ,,\n", ""},
}

func TestText(t *testing.T) {
	for _, c := range texts {
		t.Run(c.name, func(t *testing.T) {
			for _, content := range []string{c.content, strings.ReplaceAll(c.content, "\n", "\r\n")} {
				d, err := named(c.file, []byte(content))
				if got := drawing(d); err != nil || got != c.want || d.Kind == "" {
					t.Errorf("%v\n got %s\nwant %s", err, got, c.want)
				}
			}
		})
	}
}

func named(name string, b []byte) (Document, error) {
	r := NewReader(Options{})
	defer r.Close()
	return r.ReadNamed(name, bytes.NewReader(b), int64(len(b)))
}

// What is text is read only under a name that says so, and only if it is text.
func TestNotATable(t *testing.T) {
	for _, c := range []struct{ file, content string }{
		{"", "甲,27\n"}, {"a.docx", "甲,27\n"}, {"a.eml", "甲,27\n"}, {"a.csv", "甲\x00,27\n"}, {"a.csv", "\x81\x20\xff\xfe\x90"}, {"a.xls", "甲,27\n乙,26\n"},
		{"a.xls", "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n"}, {"a.xls", "<?xml version=\"1.0\"?><Workbook/>"}, {"a.xls", "<html><p>甲</p></html>"},
		{"a.csv", "\xff\xd8\xff\xe0"}, {"a.csv", ""},
	} {
		if d, err := named(c.file, []byte(c.content)); !errors.Is(err, ErrUnsupported) || d.Kind != "" {
			t.Errorf("%q in %q: %v %+v", c.content, c.file, err, d)
		}
	}
	if _, err := named("a.csv", bytes.Repeat([]byte("a"), maxTextFile+1)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("large: %v", err)
	}
	if _, err := named("a.csv", bytes.Repeat([]byte("1,1\n"), maxItems/2+1)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("many cells: %v", err)
	}
	if _, err := named("a.xls", []byte("<table>"+strings.Repeat("<br>", maxMarkup/4))); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a large web page: %v", err)
	}
	huge := `<table>` + strings.Repeat(`<tr><td colspan=1000 rowspan=65534>甲`, 10) + `</table>`
	if _, err := named("a.xls", []byte(huge)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a table that claims much: %v", err)
	}
}

// A row of a table says itself whose it is, and a number counts once.
func TestPlain(t *testing.T) {
	d := Document{Blocks: []Block{{Text: "评分表"}, {Rows: [][]Cell{
		{{Text: "标题", Span: 3}},
		{{Text: "AL2024-0001", Span: 1}, {Text: "效益性", Span: 1}, {Text: "27", Span: 1}},
		{{Span: 1, Down: true}, {Text: "示范性", Span: 1}, {Span: 1, Down: true}},
		{},
		{{Text: "", Span: 1}, {Text: "二十七分", Span: 2}},
		{{Span: 1}, {Span: 2, Down: true}},
	}}, {Text: "说明"}}}
	roomy := Bounds{Rows: 100, Columns: 10, TableBytes: 1000, TextBytes: 100}
	for _, c := range []struct {
		name   string
		bounds func(*Bounds)
		want   string
	}{
		{"all", func(*Bounds) {}, `[[["标题" "" ""] ["AL2024-0001" "效益性" "27"] ["AL2024-0001" "示范性" ""] [] ["" "二十七分" ""] ["" "" ""]]] "评分表\n说明" true`},
		{"rows", func(b *Bounds) { b.Rows = 2 }, `[[["标题" "" ""] ["AL2024-0001" "效益性" "27"]]] "评分表\n说明" false`},
		{"columns", func(b *Bounds) { b.Columns, b.Rows = 2, 3 }, `[[["标题" ""] ["AL2024-0001" "效益性"] ["AL2024-0001" "示范性"]]] "评分表\n说明" false`},
		{"bytes", func(b *Bounds) { b.TableBytes = 10 }, `[[["标题" "" ""]]] "评分表\n说明" false`},
		{"text", func(b *Bounds) { b.TextBytes, b.Rows = 10, 0 }, `[] "评分表" false`},
	} {
		b := roomy
		c.bounds(&b)
		tables, text, whole := d.Plain(b)
		if got := fmt.Sprintf("%q %q %v", tables, text, whole); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func FuzzSheets(f *testing.F) {
	for _, p := range sheets(f) {
		f.Add(p, contents(f, p))
	}
	for _, c := range texts {
		f.Add(c.file, []byte(c.content))
	}
	f.Fuzz(func(t *testing.T, name string, b []byte) {
		if len(b) > 0 && sniff(b[:min(len(b), 1024)]) == PDF {
			t.Skip("PDFium is started in other tests")
		}
		d, err := named(name, b)
		if err != nil && !errors.Is(err, ErrBroken) && !errors.Is(err, ErrTooLarge) && !errors.Is(err, ErrUnsupported) && !errors.Is(err, ErrEncrypted) {
			t.Errorf("error of no kind: %v", err)
		}
		if err != nil && strings.Contains(err.Error(), "runtime error") {
			t.Errorf("panic: %v", err)
		}
		for _, bl := range d.Blocks {
			if bl.Rows == nil && bl.Text == "" {
				t.Error("empty block")
			}
			for _, row := range bl.Rows {
				for _, c := range row {
					if c.Span < 1 || c.Down && c.Text != "" {
						t.Errorf("cell %+v", c)
					}
				}
			}
		}
		d.Plain(Bounds{Rows: 400, Columns: 40, TableBytes: 64 << 10, TextBytes: 16 << 10})
	})
}
