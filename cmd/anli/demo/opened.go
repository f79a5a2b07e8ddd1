package demo

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
)

// document is what a letter brought along.
type document struct {
	name string
	data []byte
}

// opened gives a letter's HTML, nil if it has none, and its documents. A letter
// that cannot be read gives what was read before: its .eml is whole beside it.
func opened(raw []byte) (page []byte, files []document) {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return nil, nil
	}
	var o opening
	o.walk(m.Header.Get, m.Body)
	return o.page, o.files
}

type opening struct {
	page  []byte
	files []document
}

func (o *opening) walk(header func(string) string, body io.Reader) {
	kind, params, err := mime.ParseMediaType(header("Content-Type"))
	if err != nil {
		return
	}
	if strings.HasPrefix(kind, "multipart/") {
		parts := multipart.NewReader(body, params["boundary"])
		for {
			p, err := parts.NextRawPart()
			if err != nil {
				return
			}
			o.walk(p.Header.Get, p)
		}
	}
	switch strings.ToLower(header("Content-Transfer-Encoding")) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	data, err := io.ReadAll(body)
	if err != nil {
		return
	}
	_, disposition, _ := mime.ParseMediaType(header("Content-Disposition"))
	name, err := new(mime.WordDecoder).DecodeHeader(disposition["filename"])
	switch {
	case err == nil && name != "":
		o.files = append(o.files, document{name, data})
	case kind == "text/html" && o.page == nil:
		o.page = data
	}
}
