package document

import "strings"

// symbols maps characters of the symbol fonts that Chinese templates use for
// check boxes to Unicode. Keys are font and code without the 0xF000 that Word
// adds. Word writes them as w:sym or as plain letters in that font.
var symbols = map[string]map[rune]string{
	"wingdings": {
		0xFE: "☑", 0xFD: "☑", 0x78: "☑", // a crossed box is a ticked one
		0xFC: "√", 0xFB: "√",
		0xA8: "□", 0x6F: "□", 0x71: "□", 0x72: "□",
		0x6E: "■", 0x6C: "●", 0xA1: "○",
	},
	"wingdings 2": {
		0x52: "☑", 0x53: "☑", 0x54: "☑", 0x51: "☑",
		0x50: "√", 0x4F: "√",
		0xA3: "□", 0x2A: "□", 0x30: "□",
		0xA2: "■", 0x98: "●", 0x99: "○",
	},
	"wingdings 3": {},
	"webdings":    {0x61: "√", 0x63: "□", 0x67: "■"},
	"symbol":      {0xD6: "√", 0xB7: "·"},
	"zapfdingbats": {
		0x33: "√", 0x34: "√", 0x6E: "■", 0x6F: "□", 0x6C: "●",
	},
}

// symbol is the text of a character in a symbol font; ok is false where the font
// is none or the character has no meaning for a form.
func symbol(font string, c rune) (string, bool) {
	table := symbols[strings.ToLower(strings.TrimSpace(font))]
	if c >= 0xF000 && c <= 0xF0FF {
		c -= 0xF000
	}
	s, ok := table[c]
	return s, ok
}

// plain replaces what a symbol font makes of letters: R in Wingdings 2 is ☑.
func plain(font, text string) string {
	if _, ok := symbols[strings.ToLower(strings.TrimSpace(font))]; !ok {
		return text
	}
	var b strings.Builder
	for _, c := range text {
		if s, ok := symbol(font, c); ok {
			b.WriteString(s)
		} else {
			b.WriteRune(c)
		}
	}
	return b.String()
}
