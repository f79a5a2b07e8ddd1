package mail

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
)

// ErrMbox: the bytes are no mbox.
var ErrMbox = errors.New("not an mbox")

// fromLine begins a mail of an mbox (RFC 4155): an address and a date.
var fromLine = regexp.MustCompile(`^From \S.* \d{2}:\d{2}(?::\d{2})?.*\d{4}`)

// quotedFrom is a line of a mail that looked like the beginning of another and was
// quoted when it was written, in the way called mboxrd.
var quotedFrom = regexp.MustCompile(`^>+From `)

// Mbox reads the mails of an mbox, one after another, with CRLF line ends as they
// travel. A line counts as a beginning only behind an empty one, and only with a
// date: text that begins with "From " stays text. most bounds one mail, in bytes; a
// longer one is given to long with its number, from 1, and left out. Errors:
// ErrMbox where there is no first From_ line, that of each, that of r.
func Mbox(r io.Reader, most int, each func(raw []byte) error, long func(n int)) error {
	in := bufio.NewReaderSize(r, 64<<10)
	box := mbox{most: most, each: each, long: long}
	for {
		line, err := in.ReadBytes('\n')
		if len(line) > 0 {
			if err := box.line(line); err != nil {
				return err
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return box.end()
		case err != nil:
			return err
		}
	}
}

type mbox struct {
	most  int
	each  func([]byte) error
	long  func(int)
	n     int // mails begun
	raw   bytes.Buffer
	cut   bool // this mail is too long
	empty bool // the line before was empty
}

func (b *mbox) line(line []byte) error {
	text := bytes.TrimRight(line, "\r\n")
	if fromLine.Match(text) && (b.n == 0 || b.empty) {
		err := b.give()
		b.n++
		b.empty = false
		return err
	}
	if b.n == 0 {
		if len(text) == 0 {
			return nil
		}
		return fmt.Errorf("%w: it begins with %.40q", ErrMbox, text)
	}
	b.empty = len(text) == 0
	if quotedFrom.Match(text) {
		text = text[1:]
	}
	if b.cut = b.cut || b.raw.Len()+len(text)+2 > b.most; !b.cut {
		b.raw.Write(text)
		b.raw.WriteString("\r\n")
	}
	return nil
}

// give hands out the mail that ends here, without the empty line that parts it from
// the next.
func (b *mbox) give() error {
	if b.n == 0 {
		return nil
	}
	raw := bytes.Clone(b.raw.Bytes())
	cut := b.cut
	b.raw.Reset()
	b.cut = false
	if cut {
		b.long(b.n)
		return nil
	}
	if b.empty {
		raw = bytes.TrimSuffix(raw, []byte("\r\n"))
	}
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil
	}
	return b.each(raw)
}

func (b *mbox) end() error {
	if b.n == 0 {
		return fmt.Errorf("%w: it is empty", ErrMbox)
	}
	return b.give()
}
