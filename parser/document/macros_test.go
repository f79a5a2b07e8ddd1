package document

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// storage builds a compound file ([MS-CFB], version 3) of streams named by their
// paths. Each takes whole sectors of the large kind, filled up with zeros.
func storage(streams map[string]string) []byte {
	type node struct {
		name         string
		data         []byte
		folder       bool
		child, right int
	}
	nodes := []node{{name: "Root Entry", folder: true}}
	at := map[string]int{"": 0}
	add := func(dir, name string, n node) int {
		i := len(nodes)
		n.name = name
		n.right = nodes[at[dir]].child
		nodes[at[dir]].child = i
		nodes = append(nodes, n)
		return i
	}
	names := []string{}
	for name := range streams {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		dir, parts := "", strings.Split(name, "/")
		for _, p := range parts[:len(parts)-1] {
			if _, known := at[dir+p+"/"]; !known {
				i := add(dir, p, node{folder: true})
				at[dir+p+"/"] = i
			}
			dir += p + "/"
		}
		data := []byte(streams[name])
		data = append(data, make([]byte, max(4096, (len(data)+511)/512*512)-len(data))...)
		add(dir, parts[len(parts)-1], node{data: data})
	}
	const end, free = 0xFFFFFFFE, 0xFFFFFFFF
	directory := make([]byte, (len(nodes)+3)/4*512)
	sectors := 1 + len(directory)/512 // the FAT is sector 0
	fat := []uint32{0xFFFFFFFD}
	for i := 1; i < sectors; i++ {
		fat = append(fat, uint32(i+1))
	}
	fat[len(fat)-1] = end
	var body []byte
	link := func(n int) uint32 {
		if n == 0 {
			return free
		}
		return uint32(n)
	}
	for i, n := range nodes {
		e := directory[128*i:]
		u := utf16.Encode([]rune(n.name))
		for k, c := range u {
			binary.LittleEndian.PutUint16(e[2*k:], c)
		}
		le.PutUint16(e[64:], uint16(2*len(u)+2))
		e[66], e[67] = 2, 1
		if n.folder {
			e[66] = 1
		}
		if i == 0 {
			e[66] = 5
		}
		le.PutUint32(e[68:], free)
		le.PutUint32(e[72:], link(n.right))
		le.PutUint32(e[76:], link(n.child))
		le.PutUint32(e[116:], end)
		if n.data != nil {
			le.PutUint32(e[116:], uint32(len(fat)))
			le.PutUint32(e[120:], uint32(len(n.data)))
			for range len(n.data) / 512 {
				fat = append(fat, uint32(len(fat)+1))
			}
			fat[len(fat)-1] = end
			body = append(body, n.data...)
		}
	}
	if len(fat) > 128 {
		panic("one sector of FAT")
	}
	out := compoundFile()[:512]
	le.PutUint32(out[48:], 1)
	table := make([]byte, 512)
	for i := range 128 {
		le.PutUint32(table[4*i:], free)
	}
	for i, v := range fat {
		le.PutUint32(table[4*i:], v)
	}
	return append(append(append(out, table...), directory...), body...)
}

// module is a module's stream: what was compiled, then its source, compressed
// without a single copy.
func module(source string) string {
	var chunk []byte
	for s := source; len(s) > 0; s = s[min(8, len(s)):] {
		chunk = append(append(chunk, 0), s[:min(8, len(s))]...)
	}
	head := binary.LittleEndian.AppendUint16([]byte{1}, uint16(len(chunk)-1)|0xB000)
	return "compiled\x01\x00" + string(append(head, chunk...))
}

const emptyModule = "Attribute VB_Name = \"ThisDocument\"\r\nAttribute VB_Base = \"1Normal.ThisDocument\"\r\nOption Explicit\r\n'nothing\r\n"

// TestMacros: a file that can run something is not read; a project in which
// nobody wrote anything runs nothing.
func TestMacros(t *testing.T) {
	code := module(emptyModule + "Sub AutoOpen()\r\nShell \"calc\"\r\nEnd Sub\r\n")
	project := func(where, source string) map[string]string {
		return map[string]string{where + "VBA/_VBA_PROJECT": "\xcc\x61", where + "VBA/dir": "x", where + "VBA/ThisDocument": source, where + "VBA/__SRP_0": "\x93K*"}
	}
	with := func(streams map[string]string, name string) []byte {
		streams[name] = "x"
		return storage(streams)
	}
	pack := func(main, macros, content string) []byte {
		return packed(t, []part{{"[Content_Types].xml", "<Types/>"}, {main, "<x/>"}, {macros, content}})
	}
	bin, none := string(storage(project("", code))), string(storage(project("", module(emptyModule))))
	book := contents(t, "testdata/sheets/scores.xls")
	sheet := bytes.Index(book, []byte("\x85\x00")) // BoundSheet8; what it is stands behind its place and state
	book[sheet+9] = 1
	for _, c := range []struct {
		name   string
		b      []byte
		macros bool
	}{
		{"xls with a sheet of Excel 4 macros", book, true},
		{"ods", packed(t, []part{{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", "<x/>"}, {"Basic/Standard/Module1.xml", "<x/>"}}), true},
		{"docm", pack("word/document.xml", "word/vbaProject.bin", bin), true},
		{"xlsm", pack("xl/workbook.xml", "xl/vbaProject.bin", bin), true},
		{"xlsb", pack("xl/workbook.bin", "xl/vbaProject.bin", bin), true},
		{"xlam, another's spelling", pack("xl/workbook.xml", `xl\VBAProject.bin`, bin), true},
		{"pptm", pack("ppt/presentation.xml", "ppt/vbaProject.bin", bin), true},
		{"a project that is none", pack("word/document.xml", "word/vbaProject.bin", "x"), true},
		{"Excel 4 macros", pack("xl/workbook.xml", "xl/macrosheets/sheet1.xml", "<x/>"), true},
		{"a script of WPS", pack("xl/workbook.xml", "xl/JDEData.bin", "x"), true},
		{"doc", with(project("Macros/", code), "WordDocument"), true},
		{"xls", with(project("_VBA_PROJECT_CUR/", code), "Workbook"), true},
		{"doc, its source wiped out", with(project("Macros/", "compiled"), "WordDocument"), true},

		{"docm, nothing written", pack("word/document.xml", "word/vbaProject.bin", none), false},
		{"xls, nothing written", with(project("_VBA_PROJECT_CUR/", module(emptyModule)), "Workbook"), false},
		{"doc, nothing written", with(project("Macros/", module(emptyModule)), "WordDocument"), false},
		{"of an object within", with(project("ObjectPool/_1/Macros/", code), "WordDocument"), false},
		{"a table with macros within a document", pack("word/document.xml", "word/embeddings/Table.xlsm", bin), false},
	} {
		if _, err := read(c.b); errors.Is(err, ErrMacros) != c.macros {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// TestVBASource: the example of [MS-OVBA] 3.2.2.
func TestVBASource(t *testing.T) {
	const packed = "\x01\x2F\xB0\x00\x23\x61\x61\x61\x62\x63\x64\x65\x82\x66\x00\x70\x61\x67\x68\x69\x6A\x01\x38\x08\x61\x6B\x6C\x00\x30\x6D\x6E\x6F\x70\x06\x71\x02\x70\x04\x10\x72\x73\x74\x75\x76\x10\x77\x78\x79\x7A\x00\x3C"
	if got := string(vbaSource([]byte(packed))); got != "#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa" {
		t.Error(got)
	}
}
