package document

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// xlsxCell is the <c> that is open.
type xlsxCell struct {
	row, col int
	kind     string // t: s, str, inlineStr, b, e, d; "" or n a number
	style    int
	value    strings.Builder
}

// sheetWalk goes through one worksheet part.
type sheetWalk struct {
	x      *xlsx
	sheet  *worksheet
	cell   xlsxCell
	text   richText // of <is>
	header strings.Builder
	row    int // the last row begun, from 0
	col    int // the last cell begun, from 0
}

func (x *xlsx) sheet(name string, f *zip.File) error {
	if f == nil { // a chart, or lost
		return nil
	}
	w := &sheetWalk{x: x, sheet: &worksheet{book: &x.workbook}, row: -1}
	if err := walkPart(f, w.take); err != nil {
		return err
	}
	return x.add(name, w.sheet)
}

func (w *sheetWalk) take(path []string, token xml.Token) error {
	switch e := token.(type) {
	case xml.StartElement:
		if len(path) == 1 && e.Name.Local != "worksheet" {
			return fmt.Errorf("%w: root element <%s>", ErrBroken, e.Name.Local)
		}
		return w.start(e)
	case xml.EndElement:
		switch e.Name.Local {
		case "c":
			return w.endCell()
		case "oddHeader", "evenHeader", "firstHeader":
			w.x.header(w.header.String())
			w.header.Reset()
		}
	case xml.CharData:
		n := len(path)
		if n > 1 && path[n-1] == "v" && path[n-2] == "c" {
			w.cell.value.Write(e)
		}
		if n > 1 && path[n-2] == "headerFooter" && strings.HasSuffix(path[n-1], "Header") {
			w.header.Write(e)
		}
		w.text.take(path, token)
	}
	return nil
}

func (w *sheetWalk) start(e xml.StartElement) error {
	switch e.Name.Local {
	case "row":
		w.row, w.col = w.row+1, -1
		if n, err := strconv.Atoi(attr(e, "r")); err == nil && n > 0 {
			w.row = n - 1
		}
	case "c":
		return w.startCell(e)
	case "mergeCell":
		from, to, ok := strings.Cut(attr(e, "ref"), ":")
		top, left, ok1 := position(from)
		bottom, right, ok2 := position(to)
		if ok && ok1 && ok2 {
			return w.sheet.merge(area{top, left, bottom, right})
		}
	}
	return nil
}

// startCell: a cell without a reference follows the one before it.
func (w *sheetWalk) startCell(e xml.StartElement) error {
	w.col++
	if ref := attr(e, "r"); ref != "" {
		row, col, ok := position(ref)
		if !ok {
			return fmt.Errorf("%w: cell %q", ErrBroken, ref)
		}
		w.row, w.col = row, col
	}
	style, _ := strconv.Atoi(attr(e, "s"))
	w.cell = xlsxCell{row: w.row, col: w.col, kind: attr(e, "t"), style: style}
	w.text = richText{}
	return nil
}

// endCell writes the cell's text. A formula whose value was not kept by the
// writing program is left empty: what it would give is not known.
func (w *sheetWalk) endCell() error {
	c := &w.cell
	v := c.value.String()
	if v == "" && c.kind != "inlineStr" {
		return nil
	}
	switch c.kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(v))
		if err != nil || i < 0 || i >= len(w.x.strings) {
			return fmt.Errorf("%w: no text %q", ErrBroken, v)
		}
		v = w.x.strings[i]
	case "inlineStr":
		v = w.text.done()
	case "b":
		v = truth(isTrue(strings.TrimSpace(v)))
	case "str", "e":
		v = unescaped(v)
	case "d":
		v = strings.TrimSuffix(v, "T00:00:00")
	default:
		v = w.number(strings.TrimSpace(v), c.style)
	}
	return w.sheet.put(c.row, c.col, v)
}

func (w *sheetWalk) number(v string, style int) string {
	n, err := strconv.ParseFloat(v, 64)
	if err != nil {
		return v // "" or what no program writes
	}
	var f numberFormat
	if style >= 0 && style < len(w.x.formats) {
		f = w.x.formats[style]
	}
	return w.x.numbers.text(n, f)
}

// position reads a reference such as BC12 or $BC$12; row and column from 0.
func position(ref string) (row, col int, ok bool) {
	ref = strings.ReplaceAll(ref, "$", "")
	i := 0
	for ; i < len(ref) && i < 4; i++ {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		col = col*26 + int(c-'A') + 1
	}
	row, err := strconv.Atoi(ref[i:])
	if i == 0 || err != nil || row < 1 || row > maxSheetRows || col > maxSheetCols {
		return 0, 0, false
	}
	return row - 1, col - 1, true
}
