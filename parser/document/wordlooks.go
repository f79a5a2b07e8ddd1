package document

// Properties of characters that are looks ([MS-DOC] 2.6.1).
const (
	sprmBold       = 0x0835
	sprmStrike     = 0x0837
	sprmStrike2    = 0x2A53
	sprmHidden     = 0x083C
	sprmUnderline  = 0x2A3E
	sprmColour     = 0x2A42 // by number
	sprmColourFull = 0x6870
	sprmMarker     = 0x2A0C
	sprmShade      = 0x4866 // by numbers
	sprmShadeFull  = 0xCA71
	sprmFrame      = 0x6865
	sprmFrameFull  = 0xCA72
)

// palette are the colours by number ([MS-DOC] 2.9.119); 0 is the automatic one.
var palette = []string{"", "000000", "0000FF", "00FFFF", "00FF00", "FF00FF", "FF0000", "FFFF00", "FFFFFF", "000080", "008080", "008000", "800080", "800000", "808000", "808080", "C0C0C0"}

func paletteColour(n byte) string {
	if int(n) < len(palette) {
		return palette[n]
	}
	return ""
}

// sprm takes a property of characters whose styles look so. Some are said as the style
// has them (0x80) or as it has not (0x81).
func (i *ink) sprm(code uint16, o []byte, style Look) {
	toggled := func(l Look) bool {
		return o[0] == 1 || o[0] == 0x80 && style&l != 0 || o[0] == 0x81 && style&l == 0
	}
	switch code {
	case sprmBold:
		i.put(Bold, toggled(Bold))
	case sprmHidden:
		i.put(hidden, toggled(hidden))
	case sprmStrike, sprmStrike2:
		i.put(Struck, i.on&Struck != 0 || toggled(Struck))
	case sprmUnderline:
		i.put(Underlined, o[0] != 0)
	case sprmColour:
		i.hexColour(paletteColour(o[0]))
	case sprmColourFull:
		i.colour(o[0], o[1], o[2])
	case sprmMarker:
		if n := paletteColour(o[0]); n != "" {
			i.shade(n)
		}
	case sprmShade:
		if v := le.Uint16(o); v != 0xFFFF && i.on&Highlighted == 0 {
			i.shade(paletteColour(byte(v >> 5 & 0x1F)))
			if v>>10 != 0 {
				i.put(Highlighted, true) // a pattern
			}
		}
	case sprmShadeFull:
		if len(o) >= 11 && i.on&Highlighted == 0 {
			i.put(Highlighted, o[8] == 0 && min(o[5], o[6], o[7]) < 0xF8 || le.Uint16(o[9:]) != 0 && le.Uint16(o[9:]) != 0xFFFF)
		}
	case sprmFrame:
		i.put(Bordered, o[1] != 0 && o[1] != 0xFF)
	case sprmFrameFull:
		if len(o) >= 7 {
			i.put(Bordered, o[6] != 0 && o[6] != 0xFF)
		}
	}
}
