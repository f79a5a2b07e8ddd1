package mail

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
)

// ErrMbox: the file does not begin as an mbox does.
var ErrMbox = errors.New("no mbox: the first line is no From_ line")

// A From_ line parts the mails of an mbox (RFC 4155). Programs that quote all other
// lines beginning so need no blank line before it; behind one, a line with a time is
// enough, since some write their own form of date.
var (
	fromLine  = regexp.MustCompile(`^From .*\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun),? .*\d:\d\d`)
	fromLoose = regexp.MustCompile(`^From \S.*\d:\d\d`)
	fromQuote = regexp.MustCompile(`^>+From `)
)

// fromMost is how much of a line is looked at: an address and a date.
const fromMost = 500

// LooksLikeMbox tells whether the first bytes of a file are an mbox's.
func LooksLikeMbox(head []byte) bool {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	return fromLoose.Match(line[:min(len(line), fromMost)])
}

// Mbox hands each mail of an mbox to each, numbered from 1, as its bytes are:
// without the From_ line and the blank line that ends it, and with the quoting of
// mboxrd undone (one > before every >*From). Lines end in LF or CRLF, as they stand
// there. What each leaves unread is skipped; its error ends the reading. A file that
// does not begin with a From_ line is ErrMbox, an empty one holds no mail.
func Mbox(r io.Reader, each func(n int, mail io.Reader) error) error {
	b := &mboxReader{r: bufio.NewReaderSize(r, chunkMax)}
	if !b.advance() {
		return b.err
	}
	for blank(b.piece) && b.advance() { // some programs leave them
	}
	if !LooksLikeMbox(b.piece) {
		return errors.Join(b.err, ErrMbox)
	}
	b.more = true
	for n := 1; b.more; n++ {
		b.more = false
		m := &mboxMail{b: b}
		if err := each(n, m); err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, m); err != nil {
			return fmt.Errorf("mail %d of the mbox: %w", n, err)
		}
	}
	return b.err
}

// mboxReader goes through the lines; a line longer than chunkMax comes in pieces.
type mboxReader struct {
	r     *bufio.Reader
	piece []byte // the one at hand, valid until the next
	first bool   // it begins a line
	more  bool   // it is a From_ line, and a mail follows
	open  bool   // the last piece did not end its line
	err   error  // what made r fail, other than its end
}

// advance takes the next piece; false at the end.
func (b *mboxReader) advance() bool {
	piece, err := b.r.ReadSlice('\n')
	if err != nil && err != bufio.ErrBufferFull && err != io.EOF {
		b.err = err
	}
	if len(piece) == 0 {
		return false
	}
	b.first, b.open = !b.open, piece[len(piece)-1] != '\n'
	b.piece = piece
	return true
}

// mboxMail is one mail of it.
type mboxMail struct {
	b      *mboxReader
	out    []byte // unquoted, to be given out
	held   string // a blank line that may be the mbox's own
	within bool   // the rest of a From_ line is over
	done   bool
}

// Read implements io.Reader.
func (m *mboxMail) Read(p []byte) (int, error) {
	for len(m.out) == 0 {
		if m.done {
			if m.b.err != nil {
				return 0, m.b.err
			}
			return 0, io.EOF
		}
		m.fill()
	}
	n := copy(p, m.out)
	m.out = m.out[n:]
	return n, nil
}

// fill takes the next piece; a From_ line, or the end, ends the mail.
func (m *mboxMail) fill() {
	b := m.b
	for !m.within && b.open && b.advance() { // the rest of a long From_ line
	}
	m.within = true
	if !b.advance() {
		m.done = true
		return
	}
	start := b.piece[:min(len(b.piece), fromMost)]
	if b.first && (fromLine.Match(start) || m.held != "" && fromLoose.Match(start)) {
		b.more, m.done = true, true
		return
	}
	piece := b.piece
	if b.first && fromQuote.Match(start) {
		piece = piece[1:]
	}
	m.out = append([]byte(m.held), piece...)
	m.held = ""
	if b.first && blank(piece) {
		m.held, m.out = string(piece), m.out[:len(m.out)-len(piece)]
	}
}
