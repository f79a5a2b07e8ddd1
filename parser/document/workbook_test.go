package document

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf16"
)

const (
	bookRels  = `<Relationships><Relationship Id="r1" Type="http://x/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://x/relationships/worksheet" Target="/xl/worksheets/sheet2.xml"/><Relationship Id="r3" Type="http://x/relationships/chartsheet" Target="worksheets/sheet1.xml"/><Relationship Id="s" Type="http://x/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="t" Type="http://x/relationships/styles" Target="styles.xml"/></Relationships>`
	bookXML   = `<workbook xmlns:r="r"><sheets><sheet name="一" sheetId="1" r:id="r1"/><sheet name="二" sheetId="2" state="hidden" r:id="r2"/><sheet name="图" sheetId="3" r:id="r3"/><sheet name="无" sheetId="4" r:id="r9"/></sheets></workbook>`
	stringXML = `<sst><si><t>甲</t></si><si><r><rPr/><t>乙</t></r><r><t xml:space="preserve"> 丙</t></r><rPh><t>yin</t></rPh></si><si><t>a_x000D_&#10;b_x005F_x</t></si></sst>`
	styleXML  = `<styleSheet><numFmts><numFmt numFmtId="176" formatCode="0.00"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="9"/></cellXfs></styleSheet>`
)

// xlsxOf packs one sheet's markup.
func xlsxOf(t testing.TB, sheet string) []byte {
	return packed(t, []part{{"xl/workbook.xml", bookXML}, {"xl/_rels/workbook.xml.rels", bookRels}, {"xl/sharedStrings.xml", stringXML}, {"xl/styles.xml", styleXML},
		{"xl/worksheets/sheet1.xml", "<worksheet>" + sheet + "</worksheet>"}, {"xl/worksheets/sheet2.xml", `<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>`}})
}

func TestXLSXMarkup(t *testing.T) {
	for _, c := range []struct{ name, sheet, want string }{
		{"kinds of cell", `<sheetData><row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" s="1"><v>8.5</v></c><c r="D2" s="2"><v>0.5</v></c><c r="E2" t="b"><v>1</v></c><c r="F2" t="e"><v>#N/A</v></c><c r="G2" t="str"><f>x</f><v>丁</v></c><c r="H2" t="inlineStr"><is><t>戊</t></is></c><c r="I2" t="d"><v>2024-11-05T00:00:00</v></c></row></sheetData>`,
			"P 一\nT\nT |甲 |乙 丙 |8.50 |50% |TRUE |#N/A |丁 |戊 |2024-11-05"},
		{"without references", `<sheetData><row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row><c r="B3"><v>4</v></c><c><v>5</v></c></row></sheetData>`, "P 一\nT |1 | |3\nT\nT | |4 |5"},
		{"nothing in it", `<sheetData><row r="5"><c r="A5" t="b"/><c r="B5" t="s"></c><c r="C5"><f>SUM(A1)</f></c><c r="D5" t="str"><v> </v></c></row></sheetData>`, ""},
		{"what XML forbids", `<sheetData><row r="1"><c r="A1" t="s"><v>2</v></c></row></sheetData>`, "P 一\nT |a\nb_x"},
		{"merged beyond what is used", `<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c></row><row r="2"><c r="A2"><v>covered</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1048576"/><mergeCell ref="$E$1:F2"/><mergeCell ref="x"/></mergeCells>`, "P 一\nT |{2}1 |3\nT |{2}^"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := read(xlsxOf(t, c.sheet))
			if got := drawing(d); err != nil || got != c.want {
				t.Errorf("%v\n got %s\nwant %s", err, got, c.want)
			}
		})
	}
}

func FuzzXLSX(f *testing.F) {
	f.Add(`<sheetData><row r="2"><c r="A2" t="s"><v>1</v></c><c s="1"><v>8.5</v></c><c t="inlineStr"><is><t>戊</t></is></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>`)
	f.Fuzz(func(t *testing.T, sheet string) {
		_, err := read(xlsxOf(t, sheet))
		if err != nil && (!errors.Is(err, ErrBroken) && !errors.Is(err, ErrTooLarge) || strings.Contains(err.Error(), "runtime error")) {
			t.Error(err)
		}
	})
}

// What is damaged is never read in part, and what is too large costs no memory.
func TestXLSXRefused(t *testing.T) {
	row := func(cells string) string { return `<sheetData><row r="1">` + cells + `</row></sheetData>` }
	for _, c := range []struct {
		name, sheet string
		want        error
	}{
		{"ends inside", `<sheetData><row r="1"><c r="A1"><v>1</v></c>`, ErrBroken},
		{"not markup", row(`<c r="A1"><v>1</v></c><<`), ErrBroken},
		{"a text that is not there", row(`<c r="A1" t="s"><v>9</v></c>`), ErrBroken},
		{"a place that is none", row(`<c r="A0"><v>1</v></c>`), ErrBroken},
		{"a column that is none", row(`<c r="XFE1"><v>1</v></c>`), ErrBroken},
		{"nested too deep", strings.Repeat("<a>", 100_000), ErrTooLarge},
		{"many cells", row(strings.Repeat(`<c r="A1"><v>1</v></c>`, maxItems+1)), ErrTooLarge},
		{"the last column many times", row(lastColumns()), ErrTooLarge},
		{"ranges on ranges", row(`<c r="XFD1"><v>1</v></c>`) + "<mergeCells>" + strings.Repeat(`<mergeCell ref="A1:XFD1"/>`, 1000) + "</mergeCells>", ErrTooLarge},
		{"much text", row(strings.Repeat(`<c r="A1" t="str"><v>`+strings.Repeat("x", 1<<20)+`</v></c>`, 17)), ErrTooLarge},
		{"bomb", strings.Repeat(" ", maxPart), ErrTooLarge},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d, err := read(xlsxOf(t, c.sheet)); !errors.Is(err, c.want) || d.Blocks != nil {
				t.Errorf("got %v, want %v; %+v", err, c.want, d)
			}
		})
	}
	for _, parts := range [][]part{{{"xl/workbook.xml", "<workbook/>"}}, {{"xl/workbook.xml", "<workbook"}}} {
		if _, err := read(packed(t, parts)); !errors.Is(err, ErrBroken) {
			t.Errorf("%v: %v", parts, err)
		}
	}
}

func lastColumns() string {
	var b strings.Builder
	for r := range 100 {
		fmt.Fprintf(&b, `<c r="XFD%d"><v>1</v></c>`, r+1)
	}
	return b.String()
}

// rec writes one record of a workbook stream.
func rec(kind uint16, body ...any) []byte {
	var b []byte
	for _, v := range body {
		switch x := v.(type) {
		case int:
			b = binary.LittleEndian.AppendUint16(b, uint16(x))
		case uint32:
			b = binary.LittleEndian.AppendUint32(b, x)
		case byte:
			b = append(b, x)
		case float64:
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
		case string: // without its length
			for _, u := range utf16.Encode([]rune(x)) {
				b = binary.LittleEndian.AppendUint16(b, u)
			}
		}
	}
	head := binary.LittleEndian.AppendUint16(nil, kind)
	return append(binary.LittleEndian.AppendUint16(head, uint16(len(b))), b...)
}

var bof = rec(recBOF, biff8, 5)

// xlsOf joins a workbook's globals and one sheet.
func xlsOf(globals []byte, cells ...[]byte) []byte {
	tab := func(at int) []byte {
		return rec(recBoundSheet, uint32(at), byte(0), byte(0), byte(1), byte(0), byte('S'))
	}
	end := rec(recEOF)
	at := len(bof) + len(globals) + len(tab(0)) + len(end)
	return joined(bof, globals, tab(at), end, bof, joined(cells...), end)
}

func joined(records ...[]byte) []byte {
	var out []byte
	for _, r := range records {
		out = append(out, r...)
	}
	return out
}

// What LibreOffice does not write, by hand.
func TestXLSRecords(t *testing.T) {
	split := joined( // a text over a border, wide before it and narrow behind; then one with runs and a reading
		rec(recSST, uint32(2), uint32(2), 5, byte(textWide), "甲乙"),
		rec(recContinue, byte(0), byte('a'), byte('b'), byte('c'), 2, byte(textWide|textRich|textPhonetic), 1, uint32(3), "丙丁", uint32(7), byte(1)),
		rec(recContinue, byte(2), byte(3)))
	style := rec(recXF, 0, 9)
	for _, c := range []struct {
		name    string
		globals []byte
		cells   [][]byte
		want    string
	}{
		{"texts in pieces", split, [][]byte{rec(recLabelSST, 0, 0, 0, uint32(0)), rec(recLabelSST, 0, 1, 0, uint32(1))}, "T |甲乙abc |丙丁"},
		{"numbers", style, [][]byte{
			rec(recRK, 0, 0, 9, uint32(0xFFFFFA8B)), // -3.5 as hundredths of a negative integer
			rec(recRK, 0, 1, 9, uint32(27<<2|2)), rec(recRK, 0, 2, 9, uint32(0x40210000)),
			rec(recMulRK, 0, 3, 9, uint32(1<<2|2), 9, uint32(850<<2|3), 4), rec(recNumber, 1, 0, 0, 0.85),
		}, "T |-3.5 |27 |8.5 |1 |8.5\nT |85%"},
		{"formulas", nil, [][]byte{
			rec(recFormula, 0, 0, 0, 85.5, 0, uint32(0)), rec(recFormula, 0, 1, 0, byte(0), byte(0), 0, 0, 0xFFFF, 0, uint32(0)), rec(0x0221, 1), rec(recString, 1, byte(1), "好"),
			rec(recFormula, 0, 2, 0, byte(1), byte(0), 1, 0, 0xFFFF), rec(recFormula, 0, 3, 0, byte(2), byte(0), 0x2A, 0, 0xFFFF), rec(recFormula, 0, 4, 0, byte(3), byte(0), 0, 0, 0xFFFF),
		}, "T |85.5 |好 |TRUE |#N/A"},
		{"old texts, truth, errors", nil, [][]byte{rec(recLabel, 0, 0, 0, 1, byte(1), "甲"), rec(recRString, 0, 1, 0, 1, byte(0), byte('b'), 0), rec(recBoolErr, 0, 2, 0, byte(0), byte(0)), rec(recBoolErr, 0, 3, 0, byte(0x17), byte(1))}, "T |甲 |b |FALSE |#REF!"},
		{"a chart inside", nil, [][]byte{rec(recRK, 0, 0, 0, uint32(4|2)), bof, rec(recRK, 0, 1, 0, uint32(8|2)), rec(recEOF), rec(recRK, 0, 2, 0, uint32(12|2))}, "T |1 | |3"},
		{"merged", nil, [][]byte{rec(recRK, 0, 0, 0, uint32(4|2)), rec(recRK, 1, 2, 0, uint32(8|2)), rec(recMergeCells, 1, 0, 1, 0, 1)}, "T |{2}1\nT |{2}^ |2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := readXLS(xlsOf(c.globals, c.cells...))
			if got := drawing(d); err != nil || got != "P S\n"+c.want {
				t.Errorf("%v\n got %s\nwant P S\n%s", err, got, c.want)
			}
		})
	}
}

func TestXLSRefused(t *testing.T) {
	whole := xlsOf(nil, rec(recRK, 0, 0, 0, uint32(4|2)))
	for _, c := range []struct {
		name   string
		stream []byte
		want   error
	}{
		{"cut off", whole[:len(whole)-6], ErrBroken},
		{"globals cut off", whole[:30], ErrBroken},
		{"no text of that number", xlsOf(nil, rec(recLabelSST, 0, 0, 0, uint32(1))), ErrBroken},
		{"a cell too short", xlsOf(nil, rec(recNumber, 0, 0)), ErrBroken},
		{"texts cut off", xlsOf(rec(recSST, uint32(9), uint32(9), 5, byte(1), "甲")), ErrBroken},
		{"texts without end", xlsOf(rec(recSST, uint32(9), uint32(math.MaxUint32))), ErrTooLarge},
		{"encrypted", xlsOf(rec(recFilePass, 1)), ErrEncrypted},
		{"of Excel 95", rec(recBOF, 0x0500, 5), ErrUnsupported},
		{"many cells", xlsOf(nil, []byte(strings.Repeat(string(rec(recRK, 0, 0, 0, uint32(2))), maxItems+1))), ErrTooLarge},
	} {
		if d, err := readXLS(c.stream); !errors.Is(err, c.want) || d.Blocks != nil {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
}
