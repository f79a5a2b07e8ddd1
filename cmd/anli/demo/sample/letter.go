package sample

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"strings"
	"time"
)

// Letter is a letter of the bot as its reader sees it: what a person needs to
// answer it.
type Letter struct {
	From, FromName string
	To             string // first address
	Subject        string
	MessageID      string   // with <>
	References     []string // with <>, oldest first
	Date           time.Time
	Text           string // the plain text, \n line ends
	Code           string // the letter code in 【】 of the subject, as K7Q2-9MXD, or ""
}

// Inbox holds the letters one person received so far, raw, newest last.
type Inbox [][]byte

var (
	codeInSubject = regexp.MustCompile(`【([0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4})】`)
	caseNumber    = regexp.MustCompile(`[A-Z]{1,6}20[0-9]{2}-[0-9]{4}`)
)

// ReadLetter reads a raw letter. It fails only on a mail without a readable
// header; a letter without a plain text has an empty Text.
func ReadLetter(raw []byte) (Letter, error) {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return Letter{}, fmt.Errorf("sample: letter: %w", err)
	}
	decode := func(s string) string {
		if out, err := new(mime.WordDecoder).DecodeHeader(s); err == nil {
			return out
		}
		return s
	}
	l := Letter{Subject: decode(m.Header.Get("Subject")), MessageID: strings.TrimSpace(m.Header.Get("Message-Id")),
		References: strings.Fields(m.Header.Get("References"))}
	l.Date, _ = m.Header.Date() // zero if there is none
	if a, err := m.Header.AddressList("From"); err == nil && len(a) > 0 {
		l.From, l.FromName = a[0].Address, a[0].Name
	}
	if a, err := m.Header.AddressList("To"); err == nil && len(a) > 0 {
		l.To = a[0].Address
	}
	if found := codeInSubject.FindAllStringSubmatch(l.Subject, -1); found != nil {
		l.Code = found[len(found)-1][1]
	}
	text := plainPart(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body, 0)
	l.Text = strings.TrimRight(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	return l, nil
}

// plainPart is the first text/plain part in a body, at most ten multiparts deep.
func plainPart(contentType, encoding string, body io.Reader, depth int) string {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") {
		if depth == 10 {
			return ""
		}
		parts := multipart.NewReader(body, params["boundary"])
		for {
			p, err := parts.NextRawPart()
			if err != nil {
				return ""
			}
			if s := plainPart(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p, depth+1); s != "" {
				return s
			}
		}
	}
	if kind != "text/plain" {
		return ""
	}
	switch strings.ToLower(encoding) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	text, err := io.ReadAll(body)
	if err != nil {
		return ""
	}
	return string(text)
}

// Newest is the newest letter that holds all the given words, in subject or
// text, or nil.
func (in Inbox) Newest(words ...string) *Letter {
	for i := len(in) - 1; i >= 0; i-- {
		l, err := ReadLetter(in[i])
		if err != nil {
			continue
		}
		all := true
		for _, w := range words {
			all = all && strings.Contains(l.Subject+"\n"+l.Text, w)
		}
		if all {
			return &l
		}
	}
	return nil
}

// Number is the number of a unit's case in a letter: the last one before the
// unit's name on a line; if no line has both, the last number of all, else "".
func (l Letter) Number(unit string) string {
	text := l.Subject + "\n" + l.Text
	for _, s := range strings.Split(text, "\n") {
		before, _, there := strings.Cut(s, unit)
		if found := caseNumber.FindAllString(before, -1); there && found != nil {
			return found[len(found)-1]
		}
	}
	if found := caseNumber.FindAllString(text, -1); found != nil {
		return found[len(found)-1]
	}
	return ""
}
