package cage

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// The answer travels in frames: a kind, four bytes of length (big endian), the
// payload. The last frame says how the work ended, so that an answer cut off
// anywhere is known from a whole one.
const (
	frameData = 'd'
	frameDone = 'k' // the work returned nil
	frameFail = 'e' // the work's error

	// frameReady comes before all others from a child that was started ahead.
	frameReady = 'r'

	frameMax  = 64 << 10
	errorMax  = 1000
	headerLen = 5
)

var (
	errOverflow = errors.New("the answer is too long")
	errCut      = errors.New("the answer is cut off")
	errFrame    = errors.New("the answer is not framed")
)

func writeFrame(w io.Writer, kind byte, payload []byte) error {
	head := [headerLen]byte{kind}
	binary.BigEndian.PutUint32(head[1:], uint32(len(payload)))
	if _, err := w.Write(head[:]); err != nil {
		return err
	}
	_, err := w.Write(payload)
	return err
}

// frameWriter makes data frames of what is written to it. It keeps nothing back.
type frameWriter struct {
	w   io.Writer
	buf []byte // a frame, so that it is one system call
}

func (f *frameWriter) Write(p []byte) (int, error) {
	n := 0
	for len(p) > 0 {
		part := p[:min(len(p), frameMax)]
		f.buf = append(f.buf[:0], frameData, 0, 0, 0, 0)
		binary.BigEndian.PutUint32(f.buf[1:], uint32(len(part)))
		f.buf = append(f.buf, part...)
		if _, err := f.w.Write(f.buf); err != nil {
			return n, err
		}
		n, p = n+len(part), p[len(part):]
	}
	return n, nil
}

// frameReader gives the payload of the data frames, then io.EOF if the child
// said that the work is done, otherwise the reason, which stays in err.
type frameReader struct {
	r    *bufio.Reader
	left uint32 // of the current frame
	room int64  // bytes that may still come
	err  error
}

func newFrameReader(r io.Reader, limit int64) *frameReader {
	return &frameReader{r: bufio.NewReaderSize(r, frameMax), room: limit}
}

func (f *frameReader) Read(p []byte) (int, error) {
	for f.err == nil && f.left == 0 {
		f.err = f.next()
	}
	if f.err != nil {
		return 0, f.err
	}
	if len(p) == 0 {
		return 0, nil
	}
	n, err := f.r.Read(p[:min(len(p), int(f.left))])
	f.left -= uint32(n)
	if err != nil {
		f.err = fmt.Errorf("%w: %w", errCut, err)
	}
	return n, nil
}

func (f *frameReader) next() error {
	var head [headerLen]byte
	if _, err := io.ReadFull(f.r, head[:]); err != nil {
		return fmt.Errorf("%w: %w", errCut, err)
	}
	length := binary.BigEndian.Uint32(head[1:])
	switch {
	case head[0] == frameData && length <= frameMax:
		f.left = length
		if f.room -= int64(length); f.room < 0 {
			return errOverflow
		}
		return nil
	case head[0] == frameDone && length == 0:
		return io.EOF
	case head[0] == frameFail && length <= errorMax:
		text := make([]byte, length)
		if _, err := io.ReadFull(f.r, text); err != nil {
			return fmt.Errorf("%w: %w", errCut, err)
		}
		return &WorkError{Text: oneLine(string(text), errorMax)}
	}
	return errFrame
}

// oneLine makes a text of the child fit for a log or a sentence: valid UTF-8,
// no control characters, at most n bytes.
func oneLine(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	if len(s) > n {
		s = strings.ToValidUTF8(s[:n], "")
	}
	return strings.TrimSpace(s)
}
