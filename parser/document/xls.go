package document

import (
	"fmt"
	"strings"
)

// xls is a workbook stream of Excel 97 to 2003 being read ([MS-XLS] 2.1.7.20).
type xls struct {
	workbook
	data    []byte
	numbers numbers
	codes   map[int]string // number formats of the file's own
	styles  []int          // number format of each XF
	strings []string
	tabs    []xlsTab
}

type xlsTab struct {
	name   string
	at     int // where its records begin
	hidden bool
}

func readXLS(stream []byte) (Document, error) {
	x := &xls{data: stream, codes: map[int]string{}}
	if err := x.globals(); err != nil {
		return Document{}, err
	}
	for i, t := range x.tabs {
		if i >= maxSheets {
			return Document{}, fmt.Errorf("%w: more than %d sheets", ErrTooLarge, maxSheets)
		}
		if t.hidden {
			continue
		}
		s := &worksheet{book: &x.workbook}
		if err := x.sheet(t.at, s); err != nil {
			return Document{}, err
		}
		if err := x.add(t.name, s); err != nil {
			return Document{}, err
		}
	}
	return Document{Kind: XLS, Blocks: x.blocks, Headers: x.headers}, nil
}

// begin checks the BOF of a substream ([MS-XLS] 2.4.21).
func begin(r *records) (what int, err error) {
	first, ok := r.next()
	c := first.cursor()
	if version := c.u16(); !ok || first.kind != recBOF || version != biff8 {
		if ok && first.kind&0xFF == 0x09 {
			return 0, fmt.Errorf("%w: %s", ErrUnsupported, oldXLS)
		}
		return 0, fmt.Errorf("%w: no workbook stream", ErrBroken)
	}
	return c.u16(), nil
}

// globals reads what the sheets share.
func (x *xls) globals() error {
	r := &records{data: x.data}
	if _, err := begin(r); err != nil {
		return err
	}
	for {
		rec, ok := r.next()
		if !ok {
			return fmt.Errorf("%w: workbook ends early", ErrBroken)
		}
		c := rec.cursor()
		switch rec.kind {
		case recEOF:
			return nil
		case recFilePass:
			if asksNothing(rec.parts[0]) {
				return fmt.Errorf("%w: xls whose structure is locked", ErrUnsupported)
			}
			return fmt.Errorf("%w: xls", ErrEncrypted)
		case recDate1904:
			x.numbers.from1904 = c.u16() != 0
		case recFormat:
			id := c.u16()
			x.codes[id] = c.text(c.u16())
		case recXF:
			c.u16() // font
			x.styles = append(x.styles, c.u16())
		case recBoundSheet:
			t := xlsTab{at: int(c.u32())}
			t.hidden = c.u8()&3 != 0
			kind := c.u8()
			if kind == 1 {
				return fmt.Errorf("%w: xls", ErrMacros) // a sheet of Excel 4 macros
			}
			isSheet := kind == 0 // else a chart
			if t.name = c.text(c.u8()); isSheet {
				x.tabs = append(x.tabs, t)
			}
		case recSST:
			if err := x.sharedStrings(c); err != nil {
				return err
			}
		}
	}
}

func (x *xls) sharedStrings(c *cursor) error {
	c.u32() // how often they are used
	n := c.u32()
	if n > maxItems {
		return fmt.Errorf("%w: %d texts", ErrTooLarge, n)
	}
	for range n {
		s := c.text(c.u16())
		if c.short {
			return fmt.Errorf("%w: texts end early", ErrBroken)
		}
		x.strings = append(x.strings, s)
	}
	return nil
}

// sheet reads the cells of one worksheet.
func (x *xls) sheet(at int, s *worksheet) error {
	r := &records{data: x.data, at: at}
	if _, err := begin(r); err != nil {
		return err
	}
	depth := 1 // a chart in the sheet is a substream of its own
	var formula *spot
	for depth > 0 {
		rec, ok := r.next()
		if !ok {
			return fmt.Errorf("%w: worksheet ends early", ErrBroken)
		}
		var err error
		switch {
		case rec.kind == recBOF:
			depth++
		case rec.kind == recEOF:
			depth--
		case depth > 1:
		case rec.kind == recString && formula != nil:
			c := rec.cursor()
			err = s.put(formula.row, formula.col, c.text(c.u16()))
			formula = nil
		default:
			var waits *spot
			if waits, err = x.cell(rec, s); waits != nil {
				formula = waits
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// cell reads a record of cells. A formula that gives a text is returned: the text
// is in a record that follows.
func (x *xls) cell(rec record, s *worksheet) (waits *spot, err error) {
	c := rec.cursor()
	switch rec.kind {
	case recMergeCells:
		for range c.u16() {
			top, bottom, left, right := c.u16(), c.u16(), c.u16(), c.u16()
			if c.short {
				break
			}
			if err := s.merge(area{top, left, bottom, right}); err != nil {
				return nil, err
			}
		}
	case recHeader:
		x.header(c.text(c.u16()))
	case recMulRK:
		return nil, x.mulRK(rec, s)
	case recLabelSST, recLabel, recRString, recNumber, recRK, recFormula, recBoolErr:
		at := spot{row: c.u16(), col: c.u16()}
		style := c.u16()
		if rec.kind == recFormula {
			return x.formula(c, at, style, s)
		}
		text, err := x.value(rec.kind, c, style)
		if err == nil && c.short {
			err = fmt.Errorf("%w: cell ends early", ErrBroken)
		}
		if err != nil {
			return nil, err
		}
		return nil, s.put(at.row, at.col, text)
	}
	return nil, nil
}

func (x *xls) value(kind uint16, c *cursor, style int) (string, error) {
	switch kind {
	case recLabelSST:
		i := c.u32()
		if i >= uint32(len(x.strings)) {
			return "", fmt.Errorf("%w: no text %d", ErrBroken, i)
		}
		return x.strings[i], nil
	case recLabel, recRString:
		return c.text(c.u16()), nil
	case recNumber:
		return x.numbers.text(c.f64(), x.format(style)), nil
	case recRK:
		return x.numbers.text(rk(c.u32()), x.format(style)), nil
	}
	value, isError := c.u8(), c.u8() != 0
	if isError {
		return errorText(byte(value)), nil
	}
	return truth(value != 0), nil
}

func truth(b bool) string {
	if b {
		return "TRUE"
	}
	return "FALSE"
}

// mulRK is a run of numbers in one row: their columns from the second value to
// the last one of the record.
func (x *xls) mulRK(rec record, s *worksheet) error {
	c := rec.cursor()
	row, col := c.u16(), c.u16()
	for i := range (len(rec.parts[0]) - 6) / 6 {
		style := c.u16()
		if err := s.put(row, col+i, x.numbers.text(rk(c.u32()), x.format(style))); err != nil {
			return err
		}
	}
	return nil
}

// formula reads the value that the writing program computed ([MS-XLS] 2.5.133).
func (x *xls) formula(c *cursor, at spot, style int, s *worksheet) (waits *spot, err error) {
	v := c.bytes(8)
	if v[6] != 0xFF || v[7] != 0xFF {
		number := cursor{parts: [][]byte{v}}
		return nil, s.put(at.row, at.col, x.numbers.text(number.f64(), x.format(style)))
	}
	switch v[0] {
	case 0:
		return &at, nil
	case 1:
		return nil, s.put(at.row, at.col, truth(v[2] != 0))
	case 2:
		return nil, s.put(at.row, at.col, errorText(v[2]))
	}
	return nil, nil // an empty text
}

func (x *xls) format(style int) numberFormat {
	if style >= len(x.styles) {
		return numberFormat{}
	}
	id := x.styles[style]
	return numberFormat{id, strings.TrimSpace(x.codes[id])}
}
