package unpack

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
)

// Attributes of a TNEF stream, [MS-OXTNEF] 2.1.3.3, and properties in them, [MS-OXPROPS].
const (
	tnefAttachment = 2 // level
	tnefBegin      = 0x9002
	tnefTitle      = 0x8010
	tnefData       = 0x800F
	tnefProperties = 0x9005

	propLongName = 0x3707
	propName     = 0x3704
	propData     = 0x3701

	typeObject  = 0x000D
	typeString8 = 0x001E
	typeString  = 0x001F
	typeBinary  = 0x0102
)

var errTNEF = errors.New("the TNEF stream ends too early")

// tnefFile is an attachment in a TNEF stream.
type tnefFile struct {
	name, title string
	data        []byte
}

// tnef takes the attachments out of a winmail.dat.
func (o *opener) tnef(at place, in io.ReaderAt, size int64) (opened bool, err error) {
	v := o.visit(at)
	if size > o.limits.File {
		return v.broke("超过" + amount(o.limits.File))
	}
	raw := make([]byte, size)
	if n, err := in.ReadAt(raw, 0); int64(n) < size {
		return false, errors.Join(ErrRead, err)
	}
	files, broken := readTNEF(raw)
	for _, f := range files {
		name := f.name
		if name == "" {
			name = f.title
		}
		if name == "" {
			name = "未命名附件"
		}
		e := entry{name: name, size: int64(len(f.data)), open: func() (io.ReadCloser, string) { return io.NopCloser(bytes.NewReader(f.data)), "" }}
		if more, err := v.stream(e); err != nil || !more {
			return v.kept > 0, err
		}
	}
	switch {
	case broken != nil:
		return v.broke("文件不完整或已损坏")
	case v.items == 0 && len(v.unsafe) == 0:
		return v.broke("内无附件")
	}
	return v.finish()
}

// readTNEF gives the attachments up to where the stream is damaged.
func readTNEF(raw []byte) (files []*tnefFile, err error) {
	b := &cutter{raw}
	if b.take(6) == nil {
		return nil, errTNEF
	}
	var now *tnefFile
	for len(b.rest) > 0 {
		head := b.take(9)
		if head == nil {
			return files, errTNEF
		}
		level, id := head[0], binary.LittleEndian.Uint16(head[1:])
		data, sum := b.take(uint64(binary.LittleEndian.Uint32(head[5:]))), b.take(2)
		if data == nil || sum == nil {
			return files, errTNEF
		}
		if level != tnefAttachment {
			continue
		}
		if id == tnefBegin {
			now = &tnefFile{}
			files = append(files, now)
		}
		if now != nil {
			now.attribute(id, data)
		}
	}
	return files, nil
}

func (f *tnefFile) attribute(id uint16, data []byte) {
	switch id {
	case tnefTitle:
		f.title = legacy(data)
	case tnefData:
		f.data = data
	case tnefProperties:
		properties(data, func(id, kind uint16, v []byte) {
			text := ""
			switch kind {
			case typeString:
				text = wide(v)
			case typeString8:
				text = legacy(v)
			}
			switch {
			case id == propLongName && text != "":
				f.name = text
			case id == propName && text != "" && f.name == "":
				f.name = text
			case id == propData && f.data == nil && kind == typeObject && len(v) > 16:
				f.data = v[16:] // after the interface's identifier
			case id == propData && f.data == nil && kind == typeBinary:
				f.data = v
			}
		})
	}
}

// properties walks a list of properties ([MS-OXTNEF] 2.1.3.4) as far as it can be read.
func properties(raw []byte, found func(id, kind uint16, v []byte)) {
	b := &cutter{raw}
	for n := b.number(); n > 0; n-- {
		head := b.take(4)
		if head == nil {
			return
		}
		kind, id := binary.LittleEndian.Uint16(head), binary.LittleEndian.Uint16(head[2:])
		if id >= 0x8000 && !b.skipName() {
			return
		}
		plain, values := kind&^0x1000, uint32(1)
		if kind != plain || sizeOf[plain] == 0 {
			values = b.number()
		}
		for ; values > 0; values-- {
			v := b.value(plain)
			if v == nil {
				return
			}
			found(id, plain, v)
		}
	}
}

// sizeOf is the length of a value by its type; 0: it is told before the value.
var sizeOf = map[uint16]uint64{0x02: 4, 0x03: 4, 0x04: 4, 0x0A: 4, 0x0B: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x14: 8, 0x40: 8, 0x48: 16}

// cutter takes pieces off bytes; nil where there are not so many.
type cutter struct{ rest []byte }

func (c *cutter) take(n uint64) []byte {
	if n > uint64(len(c.rest)) {
		return nil
	}
	out := c.rest[:n:n]
	c.rest = c.rest[n:]
	return out
}

func (c *cutter) number() uint32 {
	b := c.take(4)
	if b == nil {
		return 0
	}
	return binary.LittleEndian.Uint32(b)
}

// skipName passes the identifier of a named property.
func (c *cutter) skipName() bool {
	if c.take(16) == nil {
		return false
	}
	if c.number() == 1 {
		return c.take(padded(c.number())) != nil
	}
	return c.take(4) != nil
}

func padded(n uint32) uint64 { return (uint64(n) + 3) &^ 3 }

func (c *cutter) value(kind uint16) []byte {
	if n := sizeOf[kind]; n > 0 {
		return c.take(n)
	}
	switch kind {
	case typeString, typeString8, typeBinary, typeObject:
		if len(c.rest) < 4 { // else values of no length, as many as are announced
			return nil
		}
		n := c.number()
		if v := c.take(padded(n)); v != nil {
			return v[:n]
		}
	}
	return nil
}

// wide reads UTF-16 (little endian).
func wide(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return strings.TrimRight(string(utf16.Decode(units)), "\x00")
}
