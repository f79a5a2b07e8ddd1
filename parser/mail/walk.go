package mail

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"
)

// walker takes one mail apart.
type walker struct {
	limits     Limits
	store      Store
	msg        *Message
	err        error // of store: ends everything
	parts      int
	textLeft   int64
	forward    int             // of Message.Forwards, 1-based, that is being read; 0: the mail itself
	hashes     []string        // of every decoded part, in order
	contentIDs []string        // of each attachment
	cids       map[string]bool // Content-IDs that HTML bodies use
	report     report
	clouds     clouds
}

// warn notes what was repaired or lost, each once.
func (w *walker) warn(list ...string) {
	for _, s := range list {
		if len(w.msg.Warnings) < 100 {
			w.msg.Warnings = addOnce(w.msg.Warnings, s)
		}
	}
}

// part is what a part's header says of it.
type part struct {
	kind       string // media type
	params     map[string]string
	name       string
	encoding   string
	attached   bool // Content-Disposition: attachment
	inline     bool
	id         string // Content-ID without angles
	undeclared bool   // no Content-Type
}

func describe(h header, fallback string) part {
	kind, params := Params(h.Get("Content-Type"))
	disp, dparams := Params(h.Get("Content-Disposition"))
	p := part{kind: kind, params: params, encoding: h.Get("Content-Transfer-Encoding"),
		attached: disp == "attachment", inline: disp == "inline", undeclared: kind == ""}
	for _, n := range []string{dparams["filename"], params["name"], dparams["name"], params["filename"]} {
		if p.name = CleanName(strings.TrimSpace(oneLine(n))); p.name != "" {
			break
		}
	}
	p.id = strings.Trim(strings.TrimSpace(h.Get("Content-Id")), "<>")
	switch {
	case kind == "" && (p.name != "" || p.attached):
		p.kind = "application/octet-stream"
	case kind == "" || kind == "text":
		p.kind = fallback
	case !strings.Contains(kind, "/"):
		p.kind = "application/octet-stream"
	}
	p.kind = strings.Join(strings.Fields(oneLine(p.kind)), "")
	return p
}

// isText tells a part of the body from an attachment.
func (p part) isText() bool {
	return (p.kind == "text/plain" || p.kind == "text/html") && p.name == "" && !p.attached
}

// isReport tells the machine-readable parts of notices.
func (p part) isReport() bool {
	switch p.kind {
	case "message/delivery-status", "message/global-delivery-status", "message/disposition-notification",
		"message/global-disposition-notification", "text/rfc822-headers", "message/rfc822-headers",
		"message/global-headers":
		return true
	}
	return false
}

// isMail tells a part that may be a mail of its own.
func (p part) isMail() bool {
	return p.kind == "message/rfc822" || p.kind == "message/global" || strings.EqualFold(path.Ext(p.name), ".eml")
}

// entity reads the body that follows a header, up to the next boundary.
// fallback is the media type of a part that names none.
func (w *walker) entity(s *source, h header, depth int, fallback string) piece {
	p := describe(h, fallback)
	w.noteEncryption(p)
	w.parts++
	multi := strings.HasPrefix(p.kind, "multipart/")
	switch {
	case w.err != nil:
		return piece{}
	case multi && depth < w.limits.Depth:
		return w.multipart(s, p, depth)
	case p.isOpaque() && depth < w.limits.Depth:
		return w.opaque(s, p, depth)
	case p.isReport():
		return w.reportPart(s, p)
	case p.isText():
		return w.textPart(s, p)
	}
	in := bufio.NewReaderSize(&body{s: s}, chunkMax)
	if p.isMail() && depth < w.limits.Depth {
		if head, _ := in.Peek(4096); looksLikeMail(head) {
			w.wrapped(in, depth) // as is, whatever the transfer encoding says
			return piece{}
		}
		d := transfer(p.encoding, in)
		b := bufio.NewReaderSize(d, chunkMax)
		if head, _ := b.Peek(4096); looksLikeMail(head) {
			w.wrapped(b, depth)
			return piece{}
		}
		w.attach(s, p, d, b)
		return piece{}
	}
	d := transfer(p.encoding, in)
	if multi || p.isMail() {
		d.flaw = fmt.Sprintf("nested more than %d deep: not taken apart", w.limits.Depth)
	}
	w.attach(s, p, d, d)
	return piece{}
}

func (w *walker) noteEncryption(p part) {
	if w.forward != 0 {
		return
	}
	if p.kind == "multipart/encrypted" {
		w.msg.Encrypted = true
	}
}

// isOpaque tells an S/MIME part that wraps all of a mail, signed or encrypted.
func (p part) isOpaque() bool {
	return p.kind == "application/pkcs7-mime" || p.kind == "application/x-pkcs7-mime"
}

// wrapped reads a mail that is a part of this one.
func (w *walker) wrapped(r io.Reader, depth int) {
	s := newSource(r)
	h, warn := readHeader(s, w.limits.Header)
	w.warn(warn...)
	w.msg.Forwards = append(w.msg.Forwards, Forward{From: h.addresses("From"), Subject: h.text("Subject"),
		Date: h.date(), MessageID: h.messageID()})
	before := w.forward
	w.forward = len(w.msg.Forwards)
	own := w.forward - 1
	p := w.entity(s, h, depth+1, "text/plain")
	s.drain()
	w.msg.Forwards[own].Text = strings.TrimSpace(p.text())
	w.forward = before
}

// attach hands one attachment to the store. d knows the state of the decoding,
// r gives the bytes.
func (w *walker) attach(s *source, p part, d *decoded, r io.Reader) {
	sum, size, err := w.store(r)
	if err == nil {
		_, err = io.Copy(io.Discard, r)
	}
	if err != nil {
		w.err = fmt.Errorf("storing attachment %d: %w", len(w.msg.Attachments)+1, err)
		return
	}
	if d.open && s.eof && s.hit < 0 && len(s.bounds) > 0 && d.flaw == "" {
		d.flaw = "the mail ends within this file"
	}
	if d.note != "" {
		w.warn(fmt.Sprintf("attachment %d: %s", len(w.msg.Attachments)+1, d.note))
	}
	w.msg.Attachments = append(w.msg.Attachments, Attachment{Name: p.name, Type: p.kind, Inline: p.inline,
		Size: size, SHA256: sum, Forward: w.forward, Damaged: d.flaw})
	w.contentIDs = append(w.contentIDs, p.id)
	w.hashes = append(w.hashes, sum)
}

// multipart reads the parts between boundaries.
func (w *walker) multipart(s *source, p part, depth int) piece {
	bound := strings.TrimRight(p.params["boundary"], " \t")
	if bound == "" || len(bound) > 1000 {
		w.warn("multipart without a usable boundary parameter")
		bound = ""
	}
	level := len(s.bounds)
	s.bounds = append(s.bounds, []byte("--"+bound))
	if bound == "" {
		s.bounds[level] = []byte("-- no boundary \x00")
	}
	defer func() { s.bounds = s.bounds[:level] }()
	lost := w.preamble(s, level, bound != "")
	if s.hit != level {
		return w.noParts(lost)
	}
	fallback := "text/plain"
	if p.kind == "multipart/digest" {
		fallback = "message/rfc822"
	}
	var pieces []piece
	for w.err == nil && w.nextPart(s, level) {
		s.passed()
		if w.parts >= w.limits.Parts {
			w.tooMany()
			s.drain()
			continue
		}
		h, warn := readHeader(s, w.limits.Header)
		w.warn(warn...)
		pieces = append(pieces, w.entity(s, h, depth+1, fallback))
		s.drain()
	}
	return joinPiecesOf(p.kind, pieces)
}

// tooMany warns once that the rest of the parts is left out.
func (w *walker) tooMany() {
	if w.parts == w.limits.Parts {
		w.parts++
		w.warn(fmt.Sprintf("more than %d parts: the rest was left out", w.limits.Parts))
	}
}

// nextPart tells whether s stands before another part of this multipart. It
// reads past a closing boundary, because some forwarders close too early.
func (w *walker) nextPart(s *source, level int) bool {
	for closed := false; s.hit == level; closed = true {
		if !s.closing {
			if closed {
				w.warn("parts after the closing boundary")
			}
			return true
		}
		for _, outer := range s.bounds[:level] {
			if bytes.Equal(outer, s.bounds[level]) {
				s.passed() // the same boundary again belongs to the outer multipart
				s.bounds = s.bounds[:level]
				return false
			}
		}
		s.passed()
		s.drain()
		if s.hit != level {
			return false
		}
	}
	w.warn("closing boundary missing")
	return false
}

// boundaryLike is a line that can only be a boundary, if one must be guessed.
var boundaryLike = regexp.MustCompile(`^--[A-Za-z0-9'()+_,./:=?-]*[A-Za-z0-9][A-Za-z0-9'()+_,./:=?-]*$`)

// preamble skips to the first boundary and keeps what it skips, up to the text
// limit. If the boundary declared does not come, but a line that is plainly one
// does, that is taken. declared is false if the header names no boundary.
func (w *walker) preamble(s *source, level int, declared bool) []byte {
	var kept []byte
	for {
		line, first, ok := s.line()
		if !ok {
			return kept
		}
		if first && bytes.HasPrefix(line, []byte("--")) && len(s.pushed) == 0 {
			b := bytes.TrimRight(line, " \t\r\n")
			next, _ := s.r.Peek(8)
			sure := strings.EqualFold(string(next), "content-") || !declared && boundaryLike.Match(b)
			if len(b) > 2 && len(b) < 1000 && sure {
				w.warn("the boundary is not the declared one")
				s.bounds[level] = bytes.Clone(b)
				s.hit = level
				return kept
			}
		}
		if int64(len(kept)) < w.textLeft {
			kept = append(kept, line...)
		}
	}
}

// noParts makes the text of a multipart in which no boundary came.
func (w *walker) noParts(raw []byte) piece {
	w.warn("multipart without parts: taken as text")
	return w.keepText(raw, part{kind: "text/plain"}, int64(len(raw)))
}
