package mail

import (
	"encoding/base64"
	"strings"
)

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

// nextWord finds the first whole encoded word.
func nextWord(s string) (word, bool) {
	for base := 0; ; base += 2 {
		i := strings.Index(s[base:], "=?")
		if i < 0 {
			return word{}, false
		}
		base += i
		if w, ok := wordAt(s[base:]); ok {
			w.start += base
			w.end += base
			return w, true
		}
	}
}

// wordAt reads an encoded word at the beginning of s. A word whose end is
// missing is none, so that it does not swallow the next one.
func wordAt(s string) (word, bool) {
	charset, rest, ok := strings.Cut(strings.TrimPrefix(s[:min(len(s), 100)], "=?"), "?")
	if !ok || len(rest) < 2 || rest[1] != '?' || !isToken(charset) {
		return word{}, false
	}
	at := len("=?") + len(charset) + len("?B?")
	text := s[at:]
	if next := strings.Index(text, "=?"); next >= 0 {
		text = text[:min(len(text), next+3)]
	}
	end := strings.Index(text, "?=")
	if end < 0 {
		return word{}, false
	}
	w := word{end: at + end + 2}
	w.charset, _, _ = strings.Cut(charset, "*") // what follows is a language (RFC 2231, 5)
	switch rest[0] {
	case 'B', 'b':
		w.raw = looseBase64(text[:end])
	case 'Q', 'q':
		w.raw = looseQ(text[:end])
	default:
		return word{}, false
	}
	return w, true
}

// isToken tells the characters that names of charsets and languages have.
func isToken(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !isDigit(c) && !(c|0x20 >= 'a' && c|0x20 <= 'z') && !strings.ContainsRune("_.:+-*", rune(c)) {
			return false
		}
	}
	return s != "" && s[0] != '*'
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
