package sample

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// writer puts one mail together, with \n line ends.
type writer struct {
	mail    Mail
	charset string
	out     bytes.Buffer
	parts   int // boundaries given so far
}

func (w *writer) linef(format string, args ...any) { fmt.Fprintf(&w.out, format+"\n", args...) }

// fits tells whether the client's character set can write the mail. Clients call
// GBK "gb2312", so that is what counts.
func (w *writer) fits(m Mail) bool {
	all := m.Subject + m.FromName + m.Text
	if m.Answers != nil {
		all += m.Answers.Text + m.Answers.Subject + m.Answers.FromName
	}
	for _, f := range m.Files {
		all += f.Path
	}
	_, err := simplifiedchinese.GBK.NewEncoder().String(all)
	return err == nil
}

// encode gives text in the mail's character set.
func (w *writer) encode(s string) []byte {
	if w.charset == "utf-8" {
		return []byte(s)
	}
	return []byte(gbk(s))
}

// word is a header text as encoded words (RFC 2047), where it is not ASCII.
func (w *writer) word(s string) string {
	if isASCII(s) {
		return s
	}
	var words []string
	for len(s) > 0 { // each word holds whole characters, at most 75 bytes in all
		n := 0
		for n < len(s) {
			_, size := utf8.DecodeRuneInString(s[n:])
			if len(w.encode(s[:n+size])) > 39 {
				break
			}
			n += size
		}
		words = append(words, fmt.Sprintf("=?%s?B?%s?=", w.charset, base64.StdEncoding.EncodeToString(w.encode(s[:n]))))
		s = s[n:]
	}
	return strings.Join(words, "\n ")
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// address is a From or To value: Foxmail and QQ put the encoded name into quotes.
func (w *writer) address(name, addr string) string {
	if name == "" {
		name, _, _ = strings.Cut(addr, "@")
	}
	enc := w.word(name)
	if isASCII(name) || w.mail.Client == Foxmail || w.mail.Client == QQ {
		enc = `"` + enc + `"`
	}
	return enc + " <" + addr + ">"
}

// boundary is a new boundary in the client's manner.
func (w *writer) boundary() string {
	w.parts++
	a := w.mail.serial(fmt.Sprint("boundary", w.parts))
	switch w.mail.Client {
	case QQ:
		return fmt.Sprintf("----=_NextPart_%08X_%08X_%08X", w.mail.At.Unix(), a, w.mail.serial("boundary"))
	case NetEase:
		return fmt.Sprintf("----=_Part_%d_%d.%d", w.parts*7919, a, w.mail.At.UnixMilli())
	case Outlook:
		return fmt.Sprintf("----=_NextPart_%03d_%04X_01DB%04X.%08X", w.parts-1, a&0xffff, a>>16, w.mail.serial("boundary"))
	default:
		return fmt.Sprintf("----=_%03d_NextPart%d_=----", w.parts, a)
	}
}

// base64Lines writes data as base64 in lines of 76.
func (w *writer) base64Lines(data []byte) {
	s := base64.StdEncoding.EncodeToString(data)
	for len(s) > 76 {
		w.out.WriteString(s[:76] + "\n")
		s = s[76:]
	}
	w.out.WriteString(s + "\n")
}

// texts writes the body twice, as plain text and as HTML, as multipart/alternative.
func (w *writer) texts() {
	b := w.boundary()
	w.linef("Content-Type: multipart/alternative;\n\tboundary=\"%s\"\n", b)
	for _, t := range []struct{ kind, text string }{{"plain", w.plainText()}, {"html", w.htmlText()}} {
		w.linef("--%s\nContent-Type: text/%s;\n\tcharset=\"%s\"\nContent-Transfer-Encoding: base64\n", b, t.kind, w.charset)
		w.base64Lines(w.encode(strings.ReplaceAll(t.text, "\n", "\r\n")))
		w.linef("")
	}
	w.linef("--%s--\n", b)
}

func (w *writer) plainText() string {
	text := w.mail.Text + "\n"
	if w.mail.Answers != nil && !w.mail.Bare {
		text += w.mail.Client.quoteText(*w.mail.Answers)
	}
	return text
}

func (w *writer) htmlText() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<html><head><meta http-equiv="content-type" content="text/html; charset=%s"></head><body>`, w.charset)
	b.WriteString(divs(w.mail.Text))
	if w.mail.Answers != nil && !w.mail.Bare {
		b.WriteString(w.mail.Client.quoteHTML(*w.mail.Answers))
	}
	b.WriteString("</body></html>\n")
	return b.String()
}

// divs is text as HTML, a div a line.
func divs(text string) string {
	var b strings.Builder
	for _, l := range strings.Split(text, "\n") {
		if l == "" {
			b.WriteString("<div><br></div>\n")
			continue
		}
		b.WriteString("<div>" + html.EscapeString(l) + "</div>\n")
	}
	return b.String()
}

// attachment writes one file's part.
func (w *writer) attachment(f File) {
	name := path.Base(f.Path)
	kind := mediaType(name)
	switch w.mail.Names {
	case RFC2231:
		w.linef("Content-Type: %s", kind)
		w.linef("Content-Transfer-Encoding: base64\nContent-Disposition: attachment%s\n", longName(name))
	case RawGBK:
		w.linef("Content-Type: %s;\n\tname=\"%s\"", kind, gbk(name))
		w.linef("Content-Transfer-Encoding: base64\nContent-Disposition: attachment;\n\tfilename=\"%s\"\n", gbk(name))
	default:
		// Words inside quotes: formally wrong (RFC 2047, clause 5), and what all of
		// these clients do.
		enc := w.word(name)
		if w.mail.Client == QQ || w.mail.Client == NetEase { // one word, however long
			enc = fmt.Sprintf("=?%s?B?%s?=", w.charset, base64.StdEncoding.EncodeToString(w.encode(name)))
		}
		if w.mail.Client == QQ {
			kind = "application/octet-stream;\n\tcharset=\"" + w.charset + `"`
		}
		w.linef("Content-Type: %s;\n\tname=\"%s\"", kind, enc)
		w.linef("Content-Transfer-Encoding: base64\nContent-Disposition: attachment;\n\tfilename=\"%s\"\n", enc)
	}
	w.base64Lines(f.Data)
	w.linef("")
}

// longName is a name as RFC 2231 continuations of UTF-8.
func longName(name string) string {
	var b strings.Builder
	for i := 0; len(name) > 0; i++ {
		n := 0
		for n < len(name) && n < 16 {
			_, size := utf8.DecodeRuneInString(name[n:])
			n += size
		}
		var value strings.Builder
		for _, c := range []byte(name[:n]) {
			value.WriteString("%" + strings.ToUpper(hex.EncodeToString([]byte{c})))
		}
		prefix := ""
		if i == 0 {
			prefix = "utf-8''"
		}
		fmt.Fprintf(&b, ";\n\tfilename*%d*=%s%s", i, prefix, value.String())
		name = name[n:]
	}
	return b.String()
}

func mediaType(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".zip":
		return "application/x-zip-compressed"
	case ".pdf":
		return "application/pdf"
	case ".docx":
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	case ".xlsx":
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case ".jpg":
		return "image/jpeg"
	case ".png":
		return "image/png"
	}
	return "application/octet-stream"
}
