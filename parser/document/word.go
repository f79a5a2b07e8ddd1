package document

import (
	"encoding/binary"
	"fmt"
	"io"
	"unicode/utf16"

	"github.com/richardlehane/mscfb"
)

// wordFile holds the streams of a Word 97 to 2003 file ([MS-DOC] 2.1), which is
// also what WPS Writer saves as .wps.
type wordFile struct {
	main, table, data []byte
}

// Places in the file information block ([MS-DOC] 2.5), in the main stream.
const (
	fibFlags   = 0x0A
	fibLengths = 0x4C // characters of the stories, main text first
	fibStyles  = 0xA2
	fibComment = 0xBA
	fibChars   = 0xFA
	fibParas   = 0x102
	fibFonts   = 0x112
	fibPieces  = 0x1A2
	fibAnchors = 0x1DA
	fibBoxes   = 0x25A
	fibSize    = 0x2F2 // of the first version, Word 97
)

var le = binary.LittleEndian

// slice gives n bytes at off, nil where they are not all there.
func slice(b []byte, off, n int) []byte {
	if off < 0 || n < 0 || off > len(b) || n > len(b)-off {
		return nil
	}
	return b[off : off+n]
}

// part gives the part of the table stream that the block names at fib.
func (w *wordFile) part(fib int) []byte {
	return slice(w.table, int(le.Uint32(w.main[fib:])), int(le.Uint32(w.main[fib+4:])))
}

// wordStreams are the streams that a Word file is read from.
type wordStreams map[string]*mscfb.File

func readWord(streams wordStreams) (Document, error) {
	var w wordFile
	var err error
	if w.main, err = streams.read("WordDocument"); err != nil {
		return Document{}, err
	}
	if len(w.main) < 2 {
		return Document{}, fmt.Errorf("%w: no text in it", ErrBroken)
	}
	switch ident := le.Uint16(w.main); {
	case ident == 0xA5DC || ident == 0xA697 || ident == 0xA699:
		return Document{}, fmt.Errorf("%w: doc before Word 97", ErrUnsupported)
	case ident != 0xA5EC || len(w.main) < fibSize:
		return Document{}, fmt.Errorf("%w: no Word document in it", ErrBroken)
	}
	flags := le.Uint16(w.main[fibFlags:])
	if flags&0x0100 != 0 {
		return Document{}, fmt.Errorf("%w: doc", ErrEncrypted)
	}
	name := "0Table"
	if flags&0x0200 != 0 {
		name = "1Table"
	}
	if w.table, err = streams.read(name); err != nil {
		return Document{}, err
	}
	if w.data, err = streams.read("Data"); err != nil {
		return Document{}, err
	}
	return w.document()
}

// read reads a stream whole; one that is not there is empty.
func (s wordStreams) read(name string) ([]byte, error) {
	f := s[name]
	if f == nil {
		return nil, nil
	}
	if f.Size < 0 || f.Size > maxWord {
		return nil, fmt.Errorf("%w: stream %s of %d bytes", ErrTooLarge, name, f.Size)
	}
	b, err := io.ReadAll(io.LimitReader(f, f.Size))
	if err != nil {
		return nil, fmt.Errorf("%w: stream %s: %v", ErrBroken, name, err)
	}
	return b, nil
}

// character is one UTF-16 unit of the text with the byte it stands at in the
// main stream, by which its properties are found.
type character struct {
	unit uint16
	at   uint32
}

// characters puts the text's pieces together ([MS-DOC] 2.4.1).
func (w *wordFile) characters() ([]character, error) {
	clx := w.part(fibPieces)
	for len(clx) > 3 && clx[0] == 1 { // properties of pieces
		n := 3 + int(le.Uint16(clx[1:]))
		if n > len(clx) {
			return nil, fmt.Errorf("%w: piece table", ErrBroken)
		}
		clx = clx[n:]
	}
	if len(clx) < 5 || clx[0] != 2 {
		return nil, fmt.Errorf("%w: no piece table", ErrBroken)
	}
	plc := slice(clx, 5, int(le.Uint32(clx[1:])))
	n := (len(plc) - 4) / 12
	var out []character
	for i := range max(n, 0) {
		count := int(le.Uint32(plc[4*i+4:])) - int(le.Uint32(plc[4*i:]))
		at := le.Uint32(plc[4*(n+1)+8*i+2:])
		size := 2
		if at&0x40000000 != 0 { // one byte a character, Windows-1252
			at, size = at&^0x40000000/2, 1
		}
		raw := slice(w.main, int(at), count*size)
		if count < 0 || raw == nil {
			return nil, fmt.Errorf("%w: text lies outside of the file", ErrBroken)
		}
		if len(out)+count > maxRunes {
			return nil, fmt.Errorf("%w: more than %d characters", ErrTooLarge, maxRunes)
		}
		for k := range count {
			if size == 1 {
				out = append(out, character{western(raw[k]), at + uint32(k)})
			} else {
				out = append(out, character{le.Uint16(raw[2*k:]), at + uint32(2*k)})
			}
		}
	}
	return out, nil
}

// western is a byte of a compressed piece ([MS-DOC] 2.9.73).
func western(b byte) uint16 {
	const upper = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"
	if b < 0x80 || b > 0x9F {
		return uint16(b)
	}
	return utf16.Encode([]rune(upper))[b-0x80]
}

// fonts are the names of the document's fonts, by number.
func (w *wordFile) fonts() []string {
	b := w.part(fibFonts)
	if len(b) < 4 {
		return nil
	}
	count := int(le.Uint16(b))
	var names []string
	for b = b[4:]; len(b) > 0 && len(names) < count; {
		entry := slice(b, 0, 1+int(b[0]))
		if entry == nil {
			break
		}
		b = b[len(entry):]
		var name []uint16
		for k := 40; k+1 < len(entry) && le.Uint16(entry[k:]) != 0; k += 2 {
			name = append(name, le.Uint16(entry[k:]))
		}
		names = append(names, string(utf16.Decode(name)))
	}
	return names
}
