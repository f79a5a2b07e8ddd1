package main

import (
	"encoding/binary"
	"hash/crc32"
	"strings"
	"unicode/utf8"
)

// file is one entry, stored.
type file struct {
	name, body string
	flags      uint16 // RAR 4 only
	attributes uint32 // of Unix; 0: a plain file
	before     bool   // its start lies in the volume before
	after      bool   // its end lies in the next volume
	whole      string // the body of which this is a piece; "": it is all
}

// Flags of RAR 4 (technote.txt of RAR 4.x).
const (
	rar4Volume        = 0x0001
	rar4HeadersLocked = 0x0080
	rar4First         = 0x0100
	rar4Before        = 0x01
	rar4After         = 0x02
	rar4Password      = 0x04
	rar4Salt          = 0x400
	rar4Unicode       = 0x200
	rar4Long          = 0x8000
)

var le = binary.LittleEndian

func block4(kind byte, flags uint16, fields []byte) []byte {
	b := []byte{kind}
	b = le.AppendUint16(b, flags)
	b = le.AppendUint16(b, uint16(7+len(fields)))
	b = append(b, fields...)
	return append(le.AppendUint16(nil, uint16(crc32.ChecksumIEEE(b))), b...)
}

func rar4(flags uint16, files []file) []byte {
	b := []byte("Rar!\x1a\x07\x00")
	b = append(b, block4(0x73, flags, make([]byte, 6))...)
	if flags&rar4HeadersLocked != 0 {
		return append(b, "saltsaltand bytes that nobody can read, thirty-two and more of them"...)
	}
	last := byte(0)
	for _, f := range files {
		b = append(b, entry4(f)...)
		if f.after {
			last = 1
		}
	}
	return append(b, block4(0x7b, 0x4000|uint16(last), nil)...)
}

func entry4(f file) []byte {
	flags := f.flags | rar4Long
	if f.before {
		flags |= rar4Before
	}
	name, sum, size := f.name, crc32.ChecksumIEEE([]byte(f.body)), len(f.body)
	if f.whole != "" {
		size = len(f.whole)
	}
	if f.after {
		flags |= rar4After
	} else if f.whole != "" {
		sum = crc32.ChecksumIEEE([]byte(f.whole))
	}
	name = strings.ReplaceAll(name, "/", `\`)
	if utf8.ValidString(name) {
		flags |= rar4Unicode // without a zero byte in it the name is UTF-8
	}
	var h []byte
	h = le.AppendUint32(h, uint32(len(f.body)))
	h = le.AppendUint32(h, uint32(size))
	h = append(h, 3) // Unix
	h = le.AppendUint32(h, sum)
	h = le.AppendUint32(h, 0x594c5555)
	h = append(h, 20, 0x30) // stored
	h = le.AppendUint16(h, uint16(len(name)))
	h = le.AppendUint32(h, 0o100644)
	h = append(h, name...)
	if f.flags&rar4Password != 0 {
		flags |= rar4Salt
		h = append(h, "saltsalt"...)
	}
	return append(block4(0x74, flags, h), f.body...)
}

// cut shares entries out among volumes of so many bytes of data.
func cut(files []file, room int) [][]file {
	var out [][]file
	var now []file
	left := room
	for _, f := range files {
		body, before := f.body, false
		for len(body) > left {
			p := f
			p.body, p.whole, p.before, p.after = body[:left], f.body, before, true
			out, now = append(out, append(now, p)), nil
			body, before, left = body[left:], true, room
		}
		p := f
		p.body, p.before = body, before
		if before {
			p.whole = f.body
		}
		now = append(now, p)
		left -= len(body)
	}
	return append(out, now)
}

func rar4Volumes(files []file, room int) [][]byte {
	var out [][]byte
	for i, v := range cut(files, room) {
		flags := uint16(rar4Volume)
		if i == 0 {
			flags |= rar4First
		}
		out = append(out, rar4(flags, v))
	}
	return out
}

func vint(b []byte, n uint64) []byte { return binary.AppendUvarint(b, n) }

func block5(kind, flags uint64, fields []byte, data string) []byte {
	h := vint(nil, kind)
	h = vint(h, flags)
	if flags&2 != 0 {
		h = vint(h, uint64(len(data)))
	}
	h = append(h, fields...)
	sized := append(vint(nil, uint64(len(h))), h...)
	b := append(le.AppendUint32(nil, crc32.ChecksumIEEE(sized)), sized...)
	return append(b, data...)
}

func rar5(files []file) []byte { return volume5(files, -1) }

// volume5 is one volume (RAR 5.0 archive format); -1: there is only one.
func volume5(files []file, number int) []byte {
	b := []byte("Rar!\x1a\x07\x01\x00")
	main := []byte{0}
	if number >= 0 {
		main = []byte{1}
	}
	if number > 0 {
		main = []byte{3, byte(number)}
	}
	b = append(b, block5(1, 0, main, "")...)
	last := byte(0)
	for _, f := range files {
		b = append(b, entry5(f)...)
		if f.after {
			last = 1
		}
	}
	return append(b, block5(5, 0, []byte{last}, "")...)
}

func entry5(f file) []byte {
	flags, sum, size := uint64(2), crc32.ChecksumIEEE([]byte(f.body)), len(f.body)
	if f.whole != "" {
		size = len(f.whole)
	}
	if f.before {
		flags |= 8
	}
	if f.after {
		flags |= 16
	} else if f.whole != "" {
		sum = crc32.ChecksumIEEE([]byte(f.whole))
	}
	attributes := uint64(0o100644)
	if f.attributes != 0 {
		attributes = uint64(f.attributes)
	}
	h := vint(nil, 4) // with a checksum
	h = vint(h, uint64(size))
	h = vint(h, attributes)
	h = le.AppendUint32(h, sum)
	h = vint(h, 0) // stored
	h = vint(h, 1) // Unix
	h = vint(h, uint64(len(f.name)))
	return block5(2, flags, append(h, f.name...), f.body)
}

func rar5Volumes(files []file, room int) [][]byte {
	var out [][]byte
	for i, v := range cut(files, room) {
		out = append(out, volume5(v, i))
	}
	return out
}
