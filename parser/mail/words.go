package mail

import (
	"encoding/base64"
	"regexp"
	"strings"
)

var wordPattern = regexp.MustCompile(`=\?([A-Za-z0-9_.:+-]+)(?:\*[A-Za-z0-9-]*)?\?([BbQq])\?`)

// Words decodes the encoded words of a header value (RFC 2047). Adjacent words
// of one charset are joined before decoding, since Chinese clients cut words in
// the middle of a character. Raw bytes between words are guessed by
// [GuessText]; a word that cannot be decoded stays as it is.
func Words(s string) string {
	var out strings.Builder
	var charset string
	var raw []byte
	flush := func() {
		if charset != "" {
			t, _ := decodeText(charset, raw)
			out.WriteString(t)
		}
		charset, raw = "", raw[:0]
	}
	for {
		w, ok := nextWord(s)
		if !ok {
			break
		}
		gap := s[:w.start]
		if strings.TrimSpace(gap) != "" || charset == "" {
			flush()
			out.WriteString(GuessText([]byte(gap)))
		}
		if charset != "" && !strings.EqualFold(charset, w.charset) {
			flush()
		}
		charset, raw = w.charset, append(raw, w.raw...)
		s = s[w.end:]
	}
	flush()
	out.WriteString(GuessText([]byte(s)))
	return out.String()
}

// word is one encoded word found at s[start:end].
type word struct {
	start, end int
	charset    string
	raw        []byte
}

// nextWord finds the first whole encoded word. A word whose end is missing is
// passed over, so that it does not swallow the next one.
func nextWord(s string) (word, bool) {
	base := 0
	for {
		m := wordPattern.FindStringSubmatchIndex(s[base:])
		if m == nil {
			return word{}, false
		}
		text := s[base+m[1]:]
		end := strings.Index(text, "?=")
		if end < 0 {
			return word{}, false
		}
		if strings.Contains(text[:end], "=?") {
			base += m[1]
			continue
		}
		w := word{start: base + m[0], end: base + m[1] + end + 2, charset: s[base+m[2] : base+m[3]]}
		if kind := s[base+m[4]]; kind == 'B' || kind == 'b' {
			w.raw = looseBase64(text[:end])
		} else {
			w.raw = looseQ(text[:end])
		}
		return w, true
	}
}

// looseBase64 decodes what it can: white space, junk and missing padding are
// forgiven.
func looseBase64(s string) []byte {
	var in []byte
	for i := 0; i < len(s); i++ {
		if base64Alphabet[s[i]] {
			in = append(in, s[i])
		}
	}
	if len(in)%4 == 1 {
		in = in[:len(in)-1]
	}
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(in)))
	n, _ := base64.RawStdEncoding.Decode(out, in)
	return out[:n]
}

// looseQ decodes the Q encoding; broken escapes stay as they are.
func looseQ(s string) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '_':
			out = append(out, ' ')
		case s[i] == '=' && i+2 < len(s) && hexVal(s[i+1]) >= 0 && hexVal(s[i+2]) >= 0:
			out = append(out, byte(hexVal(s[i+1])<<4|hexVal(s[i+2])))
			i += 2
		default:
			out = append(out, s[i])
		}
	}
	return out
}

func hexVal(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
