package mail

import (
	"bufio"
	"bytes"
	"io"
)

// chunkMax is the longest piece of a line handled at once.
const chunkMax = 64 << 10

// source is a mail as lines, with the boundaries that are open. It streams: one
// piece of a line is held at a time, however long the mail.
//
// All boundaries are looked for in one pass, innermost first, so that a missing
// closing boundary ends with its parent, and deep nesting costs nothing extra.
type source struct {
	r       *bufio.Reader
	pushed  [][]byte // lines put back, handed out before anything else
	bounds  [][]byte // open boundaries with the leading --, innermost last
	hit     int      // index of the boundary line just passed; -1: none
	closing bool     // that line was the closing form
	eof     bool
	err     error // what made r fail, other than its end
	midline bool  // the next piece goes on with a line
}

func newSource(r io.Reader) *source {
	return &source{r: bufio.NewReaderSize(r, chunkMax), hit: -1}
}

// line returns the next piece: a line with its end, or the part of a longer one.
// first tells whether it begins a line. ok is false at a boundary and at the
// end. The bytes are valid until the next call.
func (s *source) line() (piece []byte, first, ok bool) {
	if len(s.pushed) > 0 {
		piece, s.pushed = s.pushed[0], s.pushed[1:]
		return piece, true, true
	}
	if s.hit >= 0 || s.eof {
		return nil, false, false
	}
	piece, err := s.r.ReadSlice('\n')
	if err != nil && err != bufio.ErrBufferFull {
		s.eof = true
		if err != io.EOF {
			s.err = err
		}
		if len(piece) == 0 {
			return nil, false, false
		}
	}
	first = !s.midline
	s.midline = piece[len(piece)-1] != '\n'
	if first && len(piece) > 2 && piece[0] == '-' && piece[1] == '-' && s.boundary(piece) {
		return nil, false, false
	}
	return piece, first, true
}

// boundary notes whether a line is one of the open boundaries.
func (s *source) boundary(line []byte) bool {
	line = bytes.TrimRight(line, " \t\r\n")
	for i := len(s.bounds) - 1; i >= 0; i-- {
		rest, ok := bytes.CutPrefix(line, s.bounds[i])
		if ok && len(rest) == 0 || ok && string(rest) == "--" {
			s.hit, s.closing = i, len(rest) > 0
			return true
		}
	}
	return false
}

// passed forgets the boundary line just passed, so that reading goes on.
func (s *source) passed() { s.hit, s.closing = -1, false }

// drain skips to the next boundary or the end.
func (s *source) drain() {
	for {
		if _, _, ok := s.line(); !ok {
			return
		}
	}
}

// body reads a source up to the next boundary. The line end before a boundary
// belongs to the boundary (RFC 2046, 5.1.1).
type body struct {
	s    *source
	rest []byte // of the piece at hand
	eol  string // held back until it is known that no boundary follows
	emit string // line end to give out before rest
	done bool
}

func (b *body) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		if b.emit == "" && len(b.rest) == 0 {
			if b.done || !b.fill() {
				break
			}
			continue
		}
		k := copy(p[n:], b.emit)
		b.emit = b.emit[k:]
		n += k
		k = copy(p[n:], b.rest)
		b.rest = b.rest[k:]
		n += k
	}
	if n == 0 && len(p) > 0 {
		if b.s.err != nil {
			return 0, b.s.err
		}
		return 0, io.EOF
	}
	return n, nil
}

// fill takes the next piece. It returns false when nothing is left to give out.
func (b *body) fill() bool {
	piece, _, ok := b.s.line()
	if !ok {
		b.done = true
		if b.s.hit < 0 {
			b.emit, b.eol = b.eol, ""
		}
		return b.emit != ""
	}
	b.emit, b.eol = b.eol, ""
	switch {
	case bytes.HasSuffix(piece, []byte("\r\n")):
		piece, b.eol = piece[:len(piece)-2], "\r\n"
	case bytes.HasSuffix(piece, []byte("\n")):
		piece, b.eol = piece[:len(piece)-1], "\n"
	}
	b.rest = piece
	return true
}
