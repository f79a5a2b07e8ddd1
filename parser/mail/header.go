package mail

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"

	"github.com/emersion/go-message/textproto"
)

// header is one header block, repaired. Values are raw bytes, unfolded.
type header struct{ textproto.Header }

// readHeader takes a header block from s, up to and with the blank line, and
// leaves out or mends what no parser takes: an mbox From_ line, lines without a
// colon, a leading continuation, a text that begins without a blank line.
func readHeader(s *source, max int64) (header, []string) {
	lines, cut := headerLines(s, max)
	var warn []string
	if cut {
		warn = append(warn, fmt.Sprintf("header longer than %d bytes: the rest of it was dropped", max))
	}
	block, text, dropped := mend(lines)
	if len(text) > 0 {
		warn = append(warn, "no blank line after the header")
		s.pushed = append(append([][]byte{}, text...), s.pushed...)
	}
	warn = append(warn, dropped...)
	h, err := textproto.ReadHeader(bufio.NewReader(bytes.NewReader(block)))
	if err != nil {
		warn = append(warn, "header: "+err.Error())
	}
	return header{h}, warn
}

// headerLines collects whole lines up to the blank one, which is the last if it
// was there. cut tells that more than max bytes came.
func headerLines(s *source, max int64) (lines [][]byte, cut bool) {
	size := int64(0)
	var long []byte // a line longer than one piece
	for {
		piece, _, ok := s.line()
		if !ok {
			break
		}
		whole := piece[len(piece)-1] == '\n'
		if size += int64(len(piece)); size > max {
			cut = true
			if blank(piece) && len(long) == 0 {
				return append(lines, []byte("\n")), cut
			}
			long = long[:0]
			if !whole {
				long = append(long, 'x') // only marks that a line is open
			}
			continue
		}
		long = append(long, piece...)
		if !whole {
			continue
		}
		lines, long = append(lines, long), nil
		if blank(piece) {
			return lines, cut
		}
	}
	if len(long) > 0 && !cut {
		lines = append(lines, long)
	}
	return lines, cut
}

func blank(line []byte) bool { return len(bytes.TrimRight(line, "\r\n")) == 0 }

// kinds of header lines
const (
	fieldLine = iota
	contLine
	badLine
	blankLine
)

func kindOf(line []byte) int {
	t := bytes.TrimRight(line, "\r\n")
	if len(t) == 0 {
		return blankLine
	}
	if t[0] == ' ' || t[0] == '\t' {
		return contLine
	}
	c := bytes.IndexByte(t, ':')
	if c <= 0 {
		return badLine
	}
	for _, b := range bytes.TrimRight(t[:c], " \t") {
		if b <= ' ' || b > '~' {
			return badLine
		}
	}
	return fieldLine
}

// mend sorts the lines into a header block that textproto takes and the lines
// at the end that are text already, blank line included.
func mend(lines [][]byte) (block []byte, text [][]byte, warn []string) {
	if len(lines) > 0 {
		lines[0] = bytes.TrimPrefix(lines[0], []byte("\xef\xbb\xbf"))
	}
	end := headerEnd(lines)
	fields := 0
	for _, l := range lines[:end] {
		kind := kindOf(l)
		if l = bytes.TrimRight(l, "\r\n"); kind == blankLine {
			continue
		}
		l = bytes.ReplaceAll(l, []byte("\r"), []byte(" "))
		switch {
		case kind == fieldLine:
			fields++
		case fields > 0 && kind == badLine && hasHighByte(l):
			l = append([]byte(" "), l...) // a subject that its program broke in two
		case kind == badLine || fields == 0:
			if len(warn) < 20 { // a sender can make millions
				warn = append(warn, fmt.Sprintf("dropped header line %.40q", l))
			}
			continue
		}
		block = append(append(block, l...), '\r', '\n')
	}
	return append(block, '\r', '\n'), lines[end:len(lines):len(lines)], warn
}

// headerEnd is the index at which the text begins: after the blank line, or at
// bad lines behind the last field.
func headerEnd(lines [][]byte) int {
	last, known := -1, false
	for i, l := range lines {
		switch kindOf(l) {
		case fieldLine:
			last = i
			known = known || knownField(l)
		case contLine:
			if last == i-1 {
				last = i
			}
		}
	}
	n := len(lines)
	if n > 0 && kindOf(lines[n-1]) == blankLine {
		n--
	}
	if n > 0 && kindOf(lines[0]) == badLine && !known && !mboxLine(lines[0]) {
		return 0
	}
	if last >= 0 && last+1 < n && kindOf(lines[last+1]) == badLine && !hasHighByte(lines[last]) {
		return last + 1
	}
	return len(lines)
}

func mboxLine(l []byte) bool {
	return bytes.HasPrefix(bytes.TrimPrefix(l, []byte(">")), []byte("From "))
}

func hasHighByte(l []byte) bool {
	return bytes.ContainsFunc(l, func(r rune) bool { return r >= 0x80 })
}

// knownField tells a line that only a mail's or a part's header has.
func knownField(l []byte) bool {
	name, _, _ := bytes.Cut(l, []byte(":"))
	switch n := strings.ToLower(strings.TrimSpace(string(name))); n {
	case "from", "to", "cc", "subject", "date", "received", "return-path", "message-id", "mime-version", "sender",
		"reply-to", "delivered-to", "references", "in-reply-to":
		return true
	default:
		return strings.HasPrefix(n, "content-")
	}
}

// looksLikeMail tells whether the first bytes of a file are a mail's header.
func looksLikeMail(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), "\r\n")
	known := 0
	for i, l := range bytes.SplitAfter(head, []byte("\n")) {
		switch kind := kindOf(l); {
		case kind == blankLine && i > 0:
			return known > 0
		case i == 0 && kind != fieldLine && !mboxLine(l):
			return false
		case kind == fieldLine && knownField(l):
			known++
		}
	}
	return known > 0
}
