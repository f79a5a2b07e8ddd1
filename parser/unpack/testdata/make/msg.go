package main

import (
	"bytes"
	"unicode/utf16"
)

// msg is a mail as Outlook saves it ([MS-OXMSG]): a compound file with a storage
// for each attachment. Only what names and holds the attachments is written.
func msg(files []file) []byte {
	c := &compound{}
	root := c.add("Root Entry", 5, nil)
	before := 0
	for i, f := range files {
		s := c.add("__attach_version1.0_#0000000"+string(rune('0'+i)), 1, nil)
		if before == 0 {
			c.entries[root].child = s
		} else {
			c.entries[before].right = s
		}
		before = s
		name := c.add("__substg1.0_3707001F", 2, wide(f.name))
		data := c.add("__substg1.0_37010102", 2, []byte(f.body))
		c.entries[s].child, c.entries[name].right = name, data
	}
	return c.file()
}

func wide(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = le.AppendUint16(out, u)
	}
	return out
}

// compound is a file of [MS-CFB], version 3, whose streams all are short: they lie
// in the mini stream.
type compound struct {
	entries []compoundEntry
	mini    []byte
	chain   []uint32 // of the mini stream's sectors of 64 bytes
}

type compoundEntry struct {
	name         string
	kind         byte
	child, right int
	start        uint32
	size         int
}

const (
	endOfChain = 0xFFFFFFFE
	noSector   = 0xFFFFFFFF
	fatSector  = 0xFFFFFFFD
)

func (c *compound) add(name string, kind byte, data []byte) int {
	e := compoundEntry{name: name, kind: kind, child: -1, right: -1, start: endOfChain, size: len(data)}
	if len(data) > 0 {
		e.start = uint32(len(c.chain))
		c.mini = append(c.mini, pad(data, 64)...)
		for len(c.chain) < len(c.mini)/64 {
			c.chain = append(c.chain, uint32(len(c.chain)+1))
		}
		c.chain[len(c.chain)-1] = endOfChain
	}
	c.entries = append(c.entries, e)
	return len(c.entries) - 1
}

func pad(b []byte, to int) []byte {
	return append(bytes.Clone(b), make([]byte, (to-len(b)%to)%to)...)
}

// file writes sector 0 as the allocation table, then the directory, the table of
// the mini stream, and the mini stream.
func (c *compound) file() []byte {
	var directory, miniTable []byte
	for _, n := range c.chain {
		miniTable = le.AppendUint32(miniTable, n)
	}
	for len(miniTable)%512 != 0 {
		miniTable = le.AppendUint32(miniTable, noSector)
	}
	first := 1 + uint32((len(c.entries)*128+511)/512) // of the table of the mini stream
	stream := first + uint32(len(miniTable)/512)
	c.entries[0].start, c.entries[0].size = stream, len(c.mini)
	for _, e := range c.entries {
		directory = append(directory, e.bytes()...)
	}
	directory, c.mini = pad(directory, 512), pad(c.mini, 512)
	fat := le.AppendUint32(nil, fatSector)
	for _, part := range [][]byte{directory, miniTable, c.mini} {
		for n := len(part) / 512; n > 0; n-- {
			next := uint32(len(fat)/4 + 1)
			if n == 1 {
				next = endOfChain
			}
			fat = le.AppendUint32(fat, next)
		}
	}
	for len(fat)%512 != 0 {
		fat = le.AppendUint32(fat, noSector)
	}
	out := c.header(first, uint32(len(miniTable)/512))
	return append(append(append(append(out, fat...), directory...), miniTable...), c.mini...)
}

func (c *compound) header(miniTable, miniSectors uint32) []byte {
	h := make([]byte, 512)
	copy(h, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	le.PutUint16(h[24:], 0x3E)
	le.PutUint16(h[26:], 3)
	le.PutUint16(h[28:], 0xFFFE)
	le.PutUint16(h[30:], 9)
	le.PutUint16(h[32:], 6)
	le.PutUint32(h[44:], 1) // sectors of the allocation table
	le.PutUint32(h[48:], 1) // first of the directory
	le.PutUint32(h[56:], 4096)
	le.PutUint32(h[60:], miniTable)
	le.PutUint32(h[64:], miniSectors)
	le.PutUint32(h[68:], endOfChain)
	for i := 76; i < 512; i += 4 {
		le.PutUint32(h[i:], noSector)
	}
	le.PutUint32(h[76:], 0)
	return h
}

func (e compoundEntry) bytes() []byte {
	b := make([]byte, 128)
	name := wide(e.name + "\x00")
	copy(b, name)
	le.PutUint16(b[64:], uint16(len(name)))
	b[66], b[67] = e.kind, 1
	le.PutUint32(b[68:], noSector)
	le.PutUint32(b[72:], uint32(e.right))
	le.PutUint32(b[76:], uint32(e.child))
	le.PutUint32(b[116:], e.start)
	le.PutUint32(b[120:], uint32(e.size))
	return b
}
