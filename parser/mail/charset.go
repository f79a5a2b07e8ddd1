package mail

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// GuessText decodes bytes of unknown charset: UTF-8 if they are, else GB18030,
// the superset of GB2312 and GBK. Text that is UTF-8 but for a few broken bytes
// stays UTF-8 with U+FFFD in their place. The result is always valid UTF-8.
func GuessText(b []byte) string {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if utf8.Valid(b) {
		return string(b)
	}
	if good, bad := utf8Score(b); bad*20 <= good {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return decodeWith(simplifiedchinese.GB18030, b)
}

// utf8Score counts multi-byte characters and broken bytes.
func utf8Score(b []byte) (good, bad int) {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		b = b[n:]
	}
	return good, bad
}

// decodeText decodes b by its charset label as far as the label can be
// believed; a label that is missing, unknown or plainly wrong is guessed over.
// The second result is false if the label says nothing this package knows.
func decodeText(label string, b []byte) (string, bool) {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	label = strings.ToLower(strings.Trim(strings.TrimSpace(label), `"'`))
	switch label {
	case "", "utf-8", "utf8", "us-ascii", "ascii", "unknown-8bit", "x-unknown", "8bit", "default", "binary":
		return GuessText(b), true
	case "gb2312", "gb_2312-80", "gb_2312", "gb2312-80", "gbk", "cp936", "ms936", "windows-936", "x-gbk",
		"gb18030", "gb18030-2000", "gb18030-2022", "gb-18030", "euc-cn", "euc_cn", "cn-gb", "chinese", "936",
		"x-euc-cn", "csgb2312", "iso-ir-58":
		if looksUTF8(b) {
			return string(b), true
		}
		return decodeWith(simplifiedchinese.GB18030, b), true
	case "hz-gb-2312", "hz", "hz-gb2312":
		return decodeWith(simplifiedchinese.HZGB2312, b), true
	case "big5", "big-5", "cn-big5", "big5-hkscs", "x-big5", "cp950", "950":
		if looksUTF8(b) {
			return string(b), true
		}
		return decodeWith(traditionalchinese.Big5, b), true
	}
	e, err := htmlindex.Get(label)
	if err != nil {
		return GuessText(b), false
	}
	if name, _ := htmlindex.Name(e); name == "replacement" {
		return GuessText(b), false
	}
	if strings.HasPrefix(label, "iso-8859-") || strings.HasPrefix(label, "windows-125") || label == "latin1" {
		return decodeLatin(e, b), true
	}
	return decodeWith(e, b), true
}

// looksUTF8 tells UTF-8 under a GB or Big5 label: at least two three-byte
// characters and no other non-ASCII. Chance pairs of GBK do not look like that.
func looksUTF8(b []byte) bool {
	if !utf8.Valid(b) {
		return false
	}
	three := 0
	for _, r := range string(b) {
		switch n := utf8.RuneLen(r); n {
		case 2:
			return false
		case 3:
			three++
		}
	}
	return three >= 2
}

// decodeLatin doubts Latin labels: old Chinese clients write GBK under them.
func decodeLatin(e encoding.Encoding, b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	gb := decodeWith(simplifiedchinese.GB18030, b)
	if !strings.ContainsRune(gb, utf8.RuneError) && strings.ContainsFunc(gb, isHan) {
		return gb
	}
	return decodeWith(e, b)
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

func decodeWith(e encoding.Encoding, b []byte) string {
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return strings.ToValidUTF8(string(out), "\uFFFD")
}

var metaCharset = regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?([a-z0-9_-]+)`)

// htmlCharset finds the charset an HTML text declares in its first 2 KiB.
func htmlCharset(b []byte) string {
	if m := metaCharset.FindSubmatch(b[:min(len(b), 2048)]); m != nil {
		return string(m[1])
	}
	return ""
}

// tidy gives text the one form every later reader expects: \n line ends, plain
// spaces, no control characters, no invisible marks.
func tidy(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			return '\n'
		case r == '\u00a0' || r == '\u202f':
			return ' '
		case r == '\u200b' || r == '\u2060' || r == '\ufeff' || r == '\u200e' || r == '\u200f':
			return -1
		case unicode.IsControl(r) || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069':
			return -1
		}
		return r
	}, s)
}

// oneLine is tidy for header values: everything on one line.
func oneLine(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return ' '
		}
		return r
	}, tidy(s)))
}
