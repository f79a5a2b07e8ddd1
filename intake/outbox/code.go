package outbox

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"strings"
	"unicode"
)

// crockford is Crockford's alphabet: no I, L, O, U, which people misread.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// codeLen is the number of characters of a letter code without its dash:
// 8 × 5 bits, the first 40 bits of the HMAC.
const codeLen = 8

// Code returns the letter code of a letter to one recipient, "K7Q2-9MXD": the
// first 40 bits of HMAC-SHA256 over the letter's key and the address in
// Crockford's base 32. It proves that a writer has seen this letter; it counts
// only if the ledger has that letter to that address (see ByCode).
func Code(key []byte, letterKey, to string) string {
	sum := mac(key, "letter-code", letterKey, to)
	s := base32.NewEncoding(crockford).WithPadding(base32.NoPadding).EncodeToString(sum[:5])
	return s[:4] + "-" + s[4:]
}

// ParseCode reads a letter code as people write it back: any case, O for 0, I or
// L for 1, full-width characters, blanks and any dash or none between the two
// halves, brackets around it. It returns the canonical form. It knows nothing of
// letters: a well-formed code may never have been given.
func ParseCode(s string) (string, bool) {
	var b [codeLen]byte
	n := 0
	for _, r := range strings.Trim(s, "【】[]［］「」()（）<>《》“”\"'。.，,；;：: \t\r\n　") {
		r = narrow(r)
		if r == '-' || unicode.IsSpace(r) {
			continue
		}
		c, ok := digit(r)
		if !ok || n == codeLen {
			return "", false
		}
		b[n] = c
		n++
	}
	if n != codeLen {
		return "", false
	}
	return string(b[:4]) + "-" + string(b[4:]), true
}

// MessageID returns the Message-ID of a letter, without the angle brackets:
// 100 bits of HMAC-SHA256 over key and address, at domain. The same letter has
// the same id on every machine that has the key file.
func MessageID(key []byte, letterKey, to, domain string) string {
	sum := mac(key, "message-id", letterKey, to)
	s := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:])
	return "anli." + strings.ToLower(s[:20]) + "@" + domain
}

// mac joins its parts unambiguously: addresses and keys hold no NUL, and purpose
// keeps the two uses of the key apart.
func mac(key []byte, purpose, letterKey, to string) [sha256.Size]byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(purpose + "\x00" + letterKey + "\x00" + foldAddress(to)))
	return [sha256.Size]byte(h.Sum(nil))
}

// foldAddress makes addresses comparable. The local part is folded too: no server
// that this desk writes to tells A@ from a@, and people write both.
func foldAddress(a string) string { return strings.ToLower(strings.TrimSpace(a)) }

// narrow maps full-width forms and the dashes of input methods to ASCII.
func narrow(r rune) rune {
	if r >= '！' && r <= '～' {
		return r - '！' + '!'
	}
	if unicode.Is(unicode.Pd, r) || r == '−' || r == 'ー' || r == '_' {
		return '-'
	}
	return r
}

// digit maps one character to Crockford's alphabet.
func digit(r rune) (byte, bool) {
	if r > unicode.MaxASCII {
		return 0, false
	}
	c := byte(unicode.ToUpper(r))
	switch c {
	case 'O':
		c = '0'
	case 'I', 'L':
		c = '1'
	}
	return c, strings.IndexByte(crockford, c) >= 0
}
