package outbox

import (
	"encoding/base64"
	"html"
	"net/mail"
	"regexp"
	"strings"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"
)

// maxLine is the limit of a header line that holds encoded words (RFC 2047 §2).
const maxLine = 76

// words writes s as RFC 2047 words in UTF-8 and base64, separated by one blank,
// each short enough to stand on a line of its own; ASCII stays as it is. used is
// what already stands on the first line. Control characters become blanks, which
// also keeps anybody's text from opening a header field.
func words(s string, used int) string {
	s = strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == utf8.RuneError {
			return ' '
		}
		return r
	}, s))
	if plainASCII(s) {
		return s
	}
	const frame = len("=?UTF-8?B?") + len("?=")
	room := func(used int) int { return (maxLine - 4 - used - frame) / 4 * 3 } // 4: what go-mail's folding keeps free
	var out []string
	for left := max(room(used), 12); s != ""; left = room(1) {
		n := cut(s, left)
		out = append(out, "=?UTF-8?B?"+base64.StdEncoding.EncodeToString([]byte(s[:n]))+"?=")
		s = s[n:]
	}
	return strings.Join(out, " ")
}

// cut returns the length of the longest beginning of s that has at most n bytes
// and ends between characters.
func cut(s string, n int) int {
	if len(s) <= n {
		return len(s)
	}
	for n > 1 && !utf8.RuneStart(s[n]) {
		n--
	}
	return n
}

// plainASCII: nothing in s needs encoding. A text that looks like an encoded word
// does, or it would be decoded by whoever reads it; so do doubled blanks, which
// folding would eat, and a word too long for a line.
func plainASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] >= 0x7f {
			return false
		}
	}
	if strings.Contains(s, "=?") || strings.Contains(s, "  ") {
		return false
	}
	for w := range strings.SplitSeq(s, " ") {
		if len(w) > 60 {
			return false
		}
	}
	return true
}

// address writes a mailbox (RFC 5322 §3.4).
func address(name, addr string, used int) string {
	name = words(name, used)
	switch {
	case name == "":
		return addr
	case strings.HasPrefix(name, "=?"):
		return name + " <" + addr + ">"
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name) + `" <` + addr + ">"
}

// maxAddress is the length of a path that every server takes (RFC 5321 §4.5.3.1.3).
const maxAddress = 254

// Addressable reports whether letters can be sent to this address: a bare one in
// ASCII, of a length that servers take.
func Addressable(s string) bool { return len(s) <= maxAddress && plainAddress(s) }

// plainAddress: s is local@domain in ASCII. Addresses that need SMTPUTF8 are
// refused: a next hop without it would bounce them.
func plainAddress(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && plainASCII(s) && !strings.ContainsAny(s, " <>\"")
}

var idShape = regexp.MustCompile(`^<?[!-;=?-~]{1,320}@[!-;=?-~]{1,320}>?$`)

// messageID: s can stand in a Message-ID, In-Reply-To or References field. Looser
// than RFC 5322 §3.6.4, because foreign ids must be given back as they came.
func messageID(s string) bool {
	return idShape.MatchString(s) && strings.Count(s, "<") == strings.Count(s, ">")
}

// bare takes the angle brackets off a Message-ID.
func bare(id string) string {
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(id), "<"), ">")
}

// crlf gives every line the line end of RFC 2046 §4.1.1.
func crlf(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	return strings.ReplaceAll(strings.TrimRight(s, "\n")+"\n", "\n", "\r\n")
}

func withCodeSubject(subject, code string) string {
	if code == "" || strings.Contains(subject, "【"+code+"】") {
		return subject
	}
	return subject + "【" + code + "】"
}

func withCodeLine(text, code string) string {
	text = strings.TrimRight(text, " \t\r\n　")
	if code == "" || text == code || strings.HasSuffix(text, "\n"+code) {
		return text
	}
	return text + "\n\n" + code
}

// endOfBody finds where the visible part of an HTML letter ends.
var endOfBody = regexp.MustCompile(`(?i)</body>|</html>`)

func withCodeHTML(s, code string) string {
	if code == "" || strings.Contains(s, code) {
		return s
	}
	at := len(s)
	if m := endOfBody.FindStringIndex(s); m != nil {
		at = m[0]
	}
	return s[:at] + "<p>" + html.EscapeString(code) + "</p>\n" + s[at:]
}

// fileHeaders names an attachment as QQ, 163, Foxmail and Outlook themselves do
// and read best: RFC 2047 words in quotes, in both fields. Formally RFC 2231 is
// right, but QQ shows long names of that kind as tcmime.*.bin.
func fileHeaders(a Attachment) gomail.FileOption {
	kind := a.Type
	if !mediaType.MatchString(kind) {
		kind = "application/octet-stream"
	}
	name := strings.ReplaceAll(words(cleanName(a.Name), len(` filename=""`)), "= =", "=\r\n =")
	return func(f *gomail.File) {
		f.Header.Set("Content-Type", kind+";\r\n name=\""+name+`"`)
		f.Header.Set("Content-Disposition", "attachment;\r\n filename=\""+name+`"`)
		f.Header.Set("Content-Transfer-Encoding", "base64")
	}
}

var mediaType = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,100}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,100}$`)

// cleanName keeps a name that every client can store.
func cleanName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == utf8.RuneError || strings.ContainsRune(`"/:<>?\|*`, r) {
			return '_'
		}
		return r
	}, strings.TrimSpace(s))
	if strings.Trim(s, ".") == "" {
		return "attachment"
	}
	return s
}
