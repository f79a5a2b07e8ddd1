package document

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"unicode/utf16"
)

// Records of a workbook stream that are read ([MS-XLS] 2.3). An .xls is read by
// code of our own: extrame/xls 0.0.1 shows 27 as a day in 1900 and panics,
// shakinm/xlsReader 0.9.12 shows -3.5 as 10737414.74 and no formula at all.
const (
	recBOF        = 0x0809
	recEOF        = 0x000A
	recContinue   = 0x003C
	recFilePass   = 0x002F // what follows is encrypted
	recBoundSheet = 0x0085
	recDate1904   = 0x0022
	recFormat     = 0x041E
	recXF         = 0x00E0
	recSST        = 0x00FC
	recHeader     = 0x0014
	recMergeCells = 0x00E5
	recLabelSST   = 0x00FD
	recLabel      = 0x0204
	recRString    = 0x00D6
	recNumber     = 0x0203
	recRK         = 0x027E
	recMulRK      = 0x00BD
	recFormula    = 0x0006
	recString     = 0x0207 // the text that the formula before it gives
	recBoolErr    = 0x0205
)

const biff8 = 0x0600

// record is one record with the CONTINUE records behind it: a text that reaches
// over the border between two of them says anew how its characters are stored.
type record struct {
	kind  uint16
	parts [][]byte // the first is the record's own
}

// records goes through a stream.
type records struct {
	data []byte
	at   int
}

// next gives the next record; false at the end, or where the rest is no record.
func (r *records) next() (record, bool) {
	kind, body, ok := r.one()
	if !ok {
		return record{}, false
	}
	rec := record{kind, [][]byte{body}}
	for {
		before := r.at
		kind, body, ok = r.one()
		if !ok || kind != recContinue {
			r.at = before
			return rec, true
		}
		rec.parts = append(rec.parts, body)
	}
}

func (r *records) one() (kind uint16, body []byte, ok bool) {
	if r.at < 0 || r.at+4 > len(r.data) {
		return 0, nil, false
	}
	kind = binary.LittleEndian.Uint16(r.data[r.at:])
	size := int(binary.LittleEndian.Uint16(r.data[r.at+2:]))
	if r.at+4+size > len(r.data) {
		return 0, nil, false
	}
	body = r.data[r.at+4 : r.at+4+size]
	r.at += 4 + size
	return kind, body, true
}

// cursor reads values out of a record. What lies behind its end is zero, and
// short is set.
type cursor struct {
	parts [][]byte
	short bool
}

func (rec record) cursor() *cursor { return &cursor{parts: slices.Clone(rec.parts)} }

// bytes gives n bytes, across borders.
func (c *cursor) bytes(n int) []byte {
	if len(c.parts) > 0 && len(c.parts[0]) >= n {
		b := c.parts[0][:n]
		c.parts[0] = c.parts[0][n:]
		return b
	}
	var b []byte
	for len(b) < n && len(c.parts) > 0 {
		take := min(n-len(b), len(c.parts[0]))
		b = append(b, c.parts[0][:take]...)
		if c.parts[0] = c.parts[0][take:]; len(c.parts[0]) == 0 {
			c.parts = c.parts[1:]
		}
	}
	if len(b) < n {
		c.short = true
		if n > 8 {
			return b
		}
		b = append(b, make([]byte, n-len(b))...)
	}
	return b
}

func (c *cursor) u8() int     { return int(c.bytes(1)[0]) }
func (c *cursor) u16() int    { return int(binary.LittleEndian.Uint16(c.bytes(2))) }
func (c *cursor) u32() uint32 { return binary.LittleEndian.Uint32(c.bytes(4)) }
func (c *cursor) f64() float64 {
	return math.Float64frombits(binary.LittleEndian.Uint64(c.bytes(8)))
}

// Flags of a stored text ([MS-XLS] 2.5.293, 2.5.294).
const (
	textWide     = 0x01 // two bytes a character, else one: the low byte
	textPhonetic = 0x04
	textRich     = 0x08
)

// text reads a text whose length in characters is known, with what follows it.
func (c *cursor) text(length int) string {
	flags := c.u8()
	runs, phonetic := 0, uint32(0)
	if flags&textRich != 0 {
		runs = c.u16()
	}
	if flags&textPhonetic != 0 {
		phonetic = c.u32()
	}
	s := c.characters(length, flags)
	c.bytes(4 * runs)
	if phonetic > maxPart {
		c.short = true
		return s
	}
	c.bytes(int(phonetic))
	return s
}

// characters reads n characters. Where they go on in the next part, it begins
// with their flags.
func (c *cursor) characters(n, flags int) string {
	units := make([]uint16, 0, min(n, 1<<15))
	for n > 0 {
		for len(c.parts) > 0 && len(c.parts[0]) == 0 {
			c.parts = c.parts[1:]
			if len(c.parts) > 0 && len(c.parts[0]) > 0 {
				flags = c.u8()
			}
		}
		size := 1 + flags&textWide
		if len(c.parts) == 0 || len(c.parts[0]) < size {
			c.short = true
			break
		}
		take := min(n, len(c.parts[0])/size)
		units = append(units, c.bytesOf(take, size)...)
		n -= take
	}
	return string(utf16.Decode(units))
}

// bytesOf reads n units of one or two bytes out of the part at hand.
func (c *cursor) bytesOf(n, size int) []uint16 {
	raw := c.bytes(n * size)
	units := make([]uint16, n)
	for i := range units {
		if size == 1 {
			units[i] = uint16(raw[i])
		} else {
			units[i] = binary.LittleEndian.Uint16(raw[2*i:])
		}
	}
	return units
}

// rk is a number in four bytes ([MS-XLS] 2.5.217): the upper 30 bits of a float
// or an integer, and whether it is hundredths.
func rk(v uint32) float64 {
	var f float64
	if v&2 != 0 {
		f = float64(int32(v) >> 2)
	} else {
		f = math.Float64frombits(uint64(v&^3) << 32)
	}
	if v&1 != 0 {
		f /= 100
	}
	return f
}

// errorText is an error value as a cell shows it ([MS-XLS] 2.5.10).
func errorText(code byte) string {
	for _, e := range []struct {
		code byte
		text string
	}{{0x00, "#NULL!"}, {0x07, "#DIV/0!"}, {0x0F, "#VALUE!"}, {0x17, "#REF!"}, {0x1D, "#NAME?"}, {0x24, "#NUM!"}, {0x2A, "#N/A"}} {
		if e.code == code {
			return e.text
		}
	}
	return fmt.Sprintf("#ERR%d!", code)
}
