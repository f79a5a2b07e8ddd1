package main

import (
	"unicode/utf16"
)

// tnef is a winmail.dat as Outlook sends it ([MS-OXTNEF]): each attachment with
// its title in the code page and, if wide, its long name in UTF-16.
func tnef(files []file, wide bool) []byte {
	b := []byte("\x78\x9f\x3e\x22\x01\x00")
	b = attribute(b, 1, 0x00089006, []byte{0, 0, 1, 0}) // version
	for _, f := range files {
		b = attribute(b, 2, 0x00069002, make([]byte, 14))
		title := gbk(f.name)
		if wide {
			title = gbk("附件~1.TXT")
		}
		b = attribute(b, 2, 0x00018010, append([]byte(title), 0))
		b = attribute(b, 2, 0x0006800F, []byte(f.body))
		if wide {
			b = attribute(b, 2, 0x00069005, longName(f.name))
		}
	}
	return b
}

func attribute(b []byte, level byte, id uint32, data []byte) []byte {
	b = append(b, level)
	b = le.AppendUint32(b, id)
	b = le.AppendUint32(b, uint32(len(data)))
	sum := uint16(0)
	for _, c := range data {
		sum += uint16(c)
	}
	return le.AppendUint16(append(b, data...), sum)
}

// longName is PidTagAttachLongFilename after a number, as a list of properties.
func longName(name string) []byte {
	var text []byte
	for _, u := range utf16.Encode([]rune(name + "\x00")) {
		text = le.AppendUint16(text, u)
	}
	b := le.AppendUint32(nil, 2)
	b = append(b, 0x03, 0x00, 0x05, 0x37, 1, 0, 0, 0) // PidTagAttachMethod
	b = append(b, 0x1f, 0x00, 0x07, 0x37, 1, 0, 0, 0)
	b = le.AppendUint32(b, uint32(len(text)))
	b = append(b, text...)
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	return b
}
