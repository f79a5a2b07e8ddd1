package document

import "strconv"

// noStyle stands for no other style in a style ([MS-DOC] 2.9.260).
const noStyle = 0x0FFF

// styleID is a style's number as an id.
func styleID(number uint16) string { return strconv.Itoa(int(number)) }

// styles reads what the style sheet says of characters ([MS-DOC] 2.9.271 on).
func (w *wordFile) styles(fonts []string) wordStyles {
	sheet := w.part(fibStyles)
	head := slice(sheet, 2, 4)
	if head == nil {
		return nil
	}
	base := int(le.Uint16(head[2:])) // bytes of a style before its name
	at := 2 + int(le.Uint16(sheet))
	said := wordStyles{}
	for number := range le.Uint16(head) {
		size := slice(sheet, at, 2)
		if size == nil {
			break
		}
		body := slice(sheet, at+2, int(le.Uint16(size)))
		if style, ok := styleOf(body, base, fonts); ok {
			said[styleID(number)] = style
		}
		at += 2 + len(body) + len(body)%2
	}
	return said.resolved()
}

// styleOf reads a style of paragraphs or of characters.
func styleOf(b []byte, base int, fonts []string) (style wordStyle, ok bool) {
	name := slice(b, base, 2)
	if name == nil || base < 10 {
		return style, false
	}
	kind, based := le.Uint16(b[2:])&0xF, le.Uint16(b[2:])>>4
	if kind != 1 && kind != 2 {
		return style, false
	}
	if based != noStyle {
		style.based = styleID(based)
	}
	at := base + 2 + 2*int(le.Uint16(name)) + 2
	for n := kind; n <= 2; n++ { // of a paragraph, then of characters
		size := slice(b, at, 2)
		if size == nil {
			break
		}
		props := slice(b, at+2, int(le.Uint16(size)))
		if n == 2 {
			eachProp(props, func(code uint16, o []byte) {
				if code == sprmFont {
					style.font = fontOf(fonts, int(le.Uint16(o)))
				}
				style.ink.sprm(code, o, 0)
			})
		}
		at += 2 + len(props) + len(props)%2
	}
	return style, true
}
