package document

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"strings"
)

// readMHTML reads a web page with its pictures in one file (RFC 2557), as Word and
// WPS save a "single file web page", often under the name of a .doc.
func readMHTML(in io.ReaderAt, size int64) (Document, error) {
	if size > maxPart {
		return Document{}, fmt.Errorf("%w: web archive of %d bytes", ErrTooLarge, size)
	}
	msg, err := mail.ReadMessage(io.NewSectionReader(in, 0, size))
	if err != nil {
		return Document{}, fmt.Errorf("%w: web archive: %v", ErrBroken, err)
	}
	kind, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil || !strings.HasPrefix(kind, "multipart/") && kind != "text/html" {
		return Document{}, fmt.Errorf("%w: mail", ErrUnsupported)
	}
	if kind == "text/html" {
		return pageIn(msg.Body, msg.Header.Get("Content-Transfer-Encoding"))
	}
	parts := multipart.NewReader(msg.Body, params["boundary"])
	pictures := 0
	var doc Document
	for n := 0; n < 5000; n++ {
		p, err := parts.NextPart()
		if err != nil {
			if !errors.Is(err, io.EOF) && doc.Kind == "" {
				return Document{}, fmt.Errorf("%w: web archive: %v", ErrBroken, err)
			}
			break
		}
		kind, _, _ := mime.ParseMediaType(p.Header.Get("Content-Type"))
		switch {
		case strings.HasPrefix(kind, "image/"):
			pictures++
		case kind == "text/html" && doc.Kind == "": // others are headers and frames
			if doc, err = pageIn(p, p.Header.Get("Content-Transfer-Encoding")); err != nil {
				return Document{}, err
			}
		}
	}
	if doc.Kind == "" {
		return Document{}, fmt.Errorf("%w: mail", ErrUnsupported)
	}
	doc.Pictures = max(doc.Pictures, pictures)
	return doc, nil
}

// pageIn reads the page of one part; quoted-printable the standard library has
// taken off already.
func pageIn(r io.Reader, encoding string) (Document, error) {
	if strings.EqualFold(strings.TrimSpace(encoding), "base64") {
		r = base64.NewDecoder(base64.StdEncoding, r)
	}
	raw, err := io.ReadAll(io.LimitReader(r, maxMarkup+1))
	if err != nil && len(raw) == 0 {
		return Document{}, fmt.Errorf("%w: web archive: %v", ErrBroken, err)
	}
	text, err := decoded(bytes.TrimSpace(raw))
	if err != nil {
		return Document{}, err
	}
	return readWebPage(text)
}
