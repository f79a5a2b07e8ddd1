package document

import (
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

func (r *rtfReader) fontWord(word string, value int) {
	switch word {
	case "f":
		r.flush()
		r.state.entry = value
		r.fonts[value] = rtfFont{charset: -1}
	case "fcharset":
		f := r.fonts[r.state.entry]
		f.charset = value
		r.fonts[r.state.entry] = f
	}
	if len(r.fonts) > 10_000 {
		r.fonts = map[int]rtfFont{}
	}
}

func (r *rtfReader) nameFont(name string) {
	name, _, _ = strings.Cut(name, ";")
	if name = strings.TrimSpace(name); name != "" {
		f := r.fonts[r.state.entry]
		f.name = name
		r.fonts[r.state.entry] = f
	}
}

// decoded turns bytes into text by the font's charset. Chinese programs name
// code page 936 and write its bytes in fonts of any charset.
func (r *rtfReader) decoded(raw []byte, font rtfFont) string {
	if _, ok := symbols[strings.ToLower(font.name)]; ok {
		var b strings.Builder
		for _, c := range raw {
			b.WriteRune(rune(c))
		}
		return plain(font.name, b.String())
	}
	var e encoding.Encoding
	switch font.charset {
	case 134:
		e = simplifiedchinese.GB18030
	case 136:
		e = traditionalchinese.Big5
	case 128:
		e = japanese.ShiftJIS
	case 129:
		e = korean.EUCKR
	}
	switch {
	case e != nil:
	case r.page == 950:
		e = traditionalchinese.Big5
	case r.page == 1252 && len(raw)%2 == 1:
		e = charmap.Windows1252
	case r.page == 936 || chinese(raw):
		e = simplifiedchinese.GB18030
	default:
		e = charmap.Windows1252
	}
	s, err := e.NewDecoder().Bytes(raw)
	if err != nil {
		return string(raw)
	}
	return string(s)
}

// chinese: pairs of upper bytes, as in no Western word.
func chinese(raw []byte) bool {
	upper := 0
	for _, c := range raw {
		if c >= 0xA1 {
			upper++
		}
	}
	return upper >= 2 && upper*2 > len(raw)
}
