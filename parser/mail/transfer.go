package mail

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
)

// decoded is a part's body with its transfer encoding undone. flaw and note are
// final when Read has returned an error.
type decoded struct {
	io.Reader
	flaw string // why the bytes are not whole
	note string // what was odd, though nothing is lost
	open bool   // base64 that ended without padding: whole only if nothing was cut off
}

// transfer undoes a Content-Transfer-Encoding (RFC 2045, section 6). An unknown
// encoding leaves the bytes as sent and says so.
func transfer(encoding string, r io.Reader) *decoded {
	encoding, _, _ = strings.Cut(encoding, ";")
	encoding, _, _ = strings.Cut(encoding, "(")
	d := &decoded{Reader: r}
	switch e := strings.ToLower(strings.Trim(encoding, " \t\"'")); e {
	case "", "7bit", "8bit", "binary", "7-bit", "8-bit", "7bits", "8bits", "none", "utf-8":
	case "base64":
		d.Reader = &base64Reader{d: d, r: bufio.NewReaderSize(r, chunkMax)}
	case "quoted-printable", "quoted_printable", "quotedprintable":
		d.Reader = &qpReader{d: d, r: bufio.NewReaderSize(r, chunkMax)}
	default:
		d.flaw = fmt.Sprintf("unknown transfer encoding %.40q: the bytes are as sent", e)
	}
	return d
}

// base64Alphabet marks the 64 characters.
var base64Alphabet = func() (t [256]bool) {
	for _, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") {
		t[c] = true
	}
	return t
}()

// base64Reader decodes base64 and goes on after whatever is no base64. Padding
// within the data (clients that encode in pieces) is followed by more data only
// if whole lines of base64 come; a mailing list's footer is not data.
type base64Reader struct {
	d      *decoded
	r      *bufio.Reader
	in     []byte // characters not decoded yet, at most 3 between lines
	out    []byte
	pos    int
	junk   int
	padded bool
	begun  bool // a line with data has come
	blank  bool // the line before was empty
	tail   bool // text came after the end: nothing more is data
	err    error
}

func (b *base64Reader) Read(p []byte) (int, error) {
	for b.pos == len(b.out) {
		if b.err != nil {
			return 0, b.err
		}
		b.out, b.pos = b.out[:0], 0
		b.fill()
	}
	n := copy(p, b.out[b.pos:])
	b.pos += n
	return n, nil
}

// fill decodes the next line or piece of one.
func (b *base64Reader) fill() {
	line, err := b.r.ReadSlice('\n')
	empty := len(bytes.TrimSpace(line)) == 0
	if ended := b.padded || b.blank && len(b.in) == 0 && b.begun; ended && !b.tail && !empty {
		switch whole := wholeBase64(line); {
		case !whole:
			b.tail, b.padded = true, true
			b.d.note = "text after the end of base64"
		case b.padded:
			b.padded = false
			b.d.note = "base64 with padding inside"
		}
	}
	if !b.tail {
		b.take(line)
	}
	b.blank, b.begun = empty, b.begun || !empty
	if err != nil && err != bufio.ErrBufferFull {
		b.finish()
		b.err = err
	}
}

// take decodes the whole quanta of a line.
func (b *base64Reader) take(line []byte) {
	if t := bytes.TrimRight(line, " \t\r\n"); len(b.in) == 0 && len(t)%4 == 0 && len(t) > 0 && t[len(t)-1] != '=' {
		need := len(t) / 4 * 3
		b.out = append(b.out[:0], make([]byte, need)...)
		if n, err := base64.StdEncoding.Decode(b.out, t); err == nil && n == need {
			return
		}
		b.out = b.out[:0]
	}
	for i, c := range line {
		switch {
		case base64Alphabet[c]:
			b.in = append(b.in, c)
		case c == '=' && len(bytes.Trim(line[i:], "= \t\r\n")) == 0:
			b.flush()
			b.padded = true
			return
		case c == '=' && len(b.in)%4 >= 2:
			b.flush() // pieces put together on one line
			b.d.note = "base64 with padding inside"
		case c > ' ' && c != '=':
			b.junk++
		}
	}
	whole := len(b.in) / 4 * 4
	b.decode(b.in[:whole])
	b.in = b.in[:copy(b.in, b.in[whole:])]
}

// flush decodes what stands before padding.
func (b *base64Reader) flush() {
	if len(b.in)%4 == 1 {
		b.in = b.in[:len(b.in)-1]
		b.junk++
	}
	b.decode(b.in)
	b.in = b.in[:0]
}

func (b *base64Reader) decode(in []byte) {
	have := len(b.out)
	b.out = append(b.out, make([]byte, base64.RawStdEncoding.DecodedLen(len(in)))...)
	n, _ := base64.RawStdEncoding.Decode(b.out[have:], in)
	b.out = b.out[:have+n]
}

func (b *base64Reader) finish() {
	rest := len(b.in)
	b.flush()
	switch {
	case rest > 0 && !b.padded:
		b.d.flaw = "base64 is cut short"
	case b.junk > 0:
		b.d.flaw = fmt.Sprintf("%d characters that are no base64 were skipped", b.junk)
	}
	b.d.open = !b.padded
}

// wholeBase64 tells a line that is base64 and nothing else.
func wholeBase64(line []byte) bool {
	line = bytes.TrimRight(line, " \t\r\n")
	if len(line)%4 != 0 {
		return false
	}
	for _, c := range bytes.TrimRight(line, "=") {
		if !base64Alphabet[c] {
			return false
		}
	}
	return true
}

// qpReader decodes quoted-printable; broken escapes stay as they are.
type qpReader struct {
	d     *decoded
	r     *bufio.Reader
	carry []byte // an escape cut by the end of a piece
	buf   []byte // the carry and the piece after it
	out   []byte
	pos   int
	err   error
}

func (q *qpReader) Read(p []byte) (int, error) {
	for q.pos == len(q.out) {
		if q.err != nil {
			return 0, q.err
		}
		q.out, q.pos = q.out[:0], 0
		q.fill()
	}
	n := copy(p, q.out[q.pos:])
	q.pos += n
	return n, nil
}

// fill decodes the next line or piece of one.
func (q *qpReader) fill() {
	piece, err := q.r.ReadSlice('\n')
	line := piece
	if len(q.carry) > 0 {
		q.buf = append(append(q.buf[:0], q.carry...), piece...)
		line, q.carry = q.buf, q.carry[:0]
	}
	if err == bufio.ErrBufferFull {
		keep := len(line)
		if i := bytes.LastIndexByte(line[keep-3:], '='); i >= 0 {
			keep += i - 3
		}
		q.carry = append(q.carry[:0], line[keep:]...)
		q.out = q.unquote(q.out, line[:keep])
		return
	}
	eol := line[len(bytes.TrimRight(line, "\r\n")):]
	text := bytes.TrimRight(line, " \t\r\n") // white space at a line's end is not sent (RFC 2045, 6.7 rule 3)
	if bytes.HasSuffix(text, []byte("=")) {
		text, eol = text[:len(text)-1], nil
	}
	q.out = append(q.unquote(q.out, text), eol...)
	if err != nil {
		q.err = err
	}
}

func (q *qpReader) unquote(out, text []byte) []byte {
	for i := 0; i < len(text); i++ {
		if text[i] != '=' {
			out = append(out, text[i])
			continue
		}
		if i+2 < len(text) && hexVal(text[i+1]) >= 0 && hexVal(text[i+2]) >= 0 {
			out = append(out, byte(hexVal(text[i+1])<<4|hexVal(text[i+2])))
			i += 2
			continue
		}
		q.d.flaw = "broken quoted-printable"
		out = append(out, '=')
	}
	return out
}
