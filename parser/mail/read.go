package mail

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"
)

const (
	defaultHeader = 1 << 20
	defaultDepth  = 20
	defaultParts  = 500
	defaultText   = 4 << 20

	htmlNodes = 1_000_000 // tokens of one HTML body that are rendered
	maxLinks  = 200
)

func (l Limits) withDefaults() Limits {
	if l.Header <= 0 {
		l.Header = defaultHeader
	}
	if l.Depth <= 0 {
		l.Depth = defaultDepth
	}
	if l.Parts <= 0 {
		l.Parts = defaultParts
	}
	if l.Text <= 0 {
		l.Text = defaultText
	}
	return l
}

// Read reads one mail. Whatever its sender did to it, a Message comes back with
// what could be read, and Warnings tell the rest; the error is only for r or
// store failing, and then the Message is not complete.
//
// The mail is streamed: memory does not grow with attachments, which go straight
// through store. Body text is held up to limits.Text.
func Read(r io.Reader, limits Limits, store Store) (Message, error) {
	w := &walker{limits: limits.withDefaults(), store: store, msg: &Message{}}
	w.textLeft = w.limits.Text
	s := newSource(r)
	h, warn := readHeader(s, w.limits.Header)
	w.warn(warn...)
	w.fill(h)
	p := w.entity(s, h, 0, "text/plain")
	if w.err == nil {
		s.drain()
	}
	if w.err == nil && s.err != nil {
		w.err = fmt.Errorf("reading the mail: %w", s.err)
	}
	w.finish(h, p)
	return *w.msg, w.err
}

// fill sets what stands in the top header.
func (w *walker) fill(h header) {
	m := w.msg
	m.From = h.addresses("From")
	m.To, m.Cc, m.ReplyTo = h.addresses("To"), h.addresses("Cc"), h.addresses("Reply-To")
	if len(h.Values("From")) > 1 {
		w.warn("more than one From header")
	}
	if len(m.From) == 0 {
		w.warn("no address in From")
	}
	m.MessageID = h.messageID()
	if len(h.Values("Message-Id")) > 1 {
		w.warn("more than one Message-ID: the first counts")
	}
	m.InReplyTo = messageIDs(strings.Join(h.Values("In-Reply-To"), " "))
	m.References = messageIDs(strings.Join(h.Values("References"), " "))
	m.ReturnPath = h.returnPath()
	m.Subject = h.text("Subject")
	m.Date = h.date()
	if d := h.Get("Date"); m.Date.IsZero() {
		w.warn(fmt.Sprintf("no readable date: %.60q", d))
	}
	m.AutoSubmitted = strings.ToLower(h.text("Auto-Submitted"))
	m.AuthResults = authResults(h)
	m.Received = h.received()
	m.Import = Import{solid(h.Get(ImportHeader)), solid(h.Get(ImportSeal))}
}

// solid is an unfolded value without white space.
func solid(s string) string { return strings.ToValidUTF8(strings.Join(strings.Fields(s), ""), "") }

// finish makes what needs the whole mail.
func (w *walker) finish(h header, p piece) {
	m := w.msg
	m.Text = strings.Trim(p.text(), "\n ")
	m.Fresh, m.Quoted = split(m.Text)
	if p.plain != "" && p.rich != "" && p.text() == p.plain {
		m.TextHTML = strings.Trim(p.rich, "\n ")
		if m.FreshHTML, _ = split(p.rich); m.FreshHTML == m.Fresh {
			m.FreshHTML = ""
		}
	}
	m.Cloud = w.clouds.files(m.Text)
	if strings.Contains(m.Text, "-----BEGIN PGP MESSAGE-----") {
		m.Encrypted = true
	}
	for i := range m.Attachments {
		if id := w.contentIDs[i]; id != "" && w.cids[id] {
			m.Attachments[i].Inline = true
		}
	}
	m.Automatic = automatic(h, m, w.report)
	if m.Automatic == AutoBounce {
		m.Bounce = readBounce(m, w.report)
	}
	m.Substance = substance(m, w.hashes)
	m.Warnings = capped(m.Warnings)
}

// substance hashes what makes a mail the same mail for its reader: From, Date,
// Subject and the decoded parts, not trace headers, boundaries or encodings.
func substance(m *Message, parts []string) string {
	h := sha256.New()
	for _, a := range m.From {
		fmt.Fprintf(h, "from %q\n", a.Addr)
	}
	date := ""
	if !m.Date.IsZero() {
		date = m.Date.UTC().Format(time.RFC3339)
	}
	fmt.Fprintf(h, "date %s\nsubject %q\n", date, m.Subject)
	for _, p := range parts {
		fmt.Fprintf(h, "part %s\n", p)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// text gives an unstructured header, decoded, on one line.
func (h header) text(key string) string { return oneLine(Words(h.Get(key))) }

// addresses collects the addresses of every header of that name.
func (h header) addresses(key string) []Address {
	var out []Address
	for _, v := range h.Values(key) {
		out = append(out, addresses(v)...)
	}
	return out
}

func (h header) messageID() string {
	if ids := messageIDs(h.Get("Message-Id")); len(ids) > 0 {
		return ids[0]
	}
	return ""
}

func (h header) date() time.Time {
	t, _ := parseDate(h.Get("Date"))
	return t
}

// received is the date of the topmost Received header that has a readable one, behind
// its last semicolon (RFC 5321, 4.4).
func (h header) received() time.Time {
	for _, v := range h.Values("Received") {
		if i := strings.LastIndexByte(v, ';'); i >= 0 {
			if t, ok := parseDate(v[i+1:]); ok {
				return t
			}
		}
	}
	return time.Time{}
}

// returnPath gives the topmost Return-Path; the null sender is "<>".
func (h header) returnPath() string {
	if !h.Has("Return-Path") {
		return ""
	}
	v := strings.TrimSpace(h.Get("Return-Path"))
	if a := addresses(v); len(a) > 0 {
		return a[0].Addr
	}
	if strings.Trim(v, "<> ") == "" {
		return "<>"
	}
	return cleanAddr(strings.Trim(v, "<>"))
}

var receivedBy = regexp.MustCompile(`(?i)(?:^|\s)by\s+([^\s;()]+)`)

// authResults gives the Authentication-Results headers and the trace above each.
func authResults(h header) []AuthResult {
	const most = 50
	var out []AuthResult
	var above []string
	for f := h.Fields(); f.Next() && len(out) < most && len(above) < most; {
		text := oneLine(GuessText([]byte(f.Value())))
		switch f.Key() {
		case "Received":
			server := ""
			if by := receivedBy.FindStringSubmatch(text); by != nil {
				server = strings.ToLower(by[1])
			}
			above = append(above, server)
		case "Authentication-Results":
			out = append(out, AuthResult{Text: text, Received: slices.Clone(above)})
		}
	}
	return out
}

// capped keeps a list of warnings short: a sender can make millions.
func capped(warn []string) []string {
	const most = 20
	if len(warn) <= most {
		return warn
	}
	return append(warn[:most:most], fmt.Sprintf("and %d more", len(warn)-most))
}
