package unpack

import (
	"archive/zip"
	"encoding/binary"
	"hash/crc32"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/unicode/norm"
)

const (
	flagEncrypted = 0x1   // APPNOTE 4.4.4 bit 0
	flagUTF8      = 0x800 // APPNOTE 4.4.4 bit 11

	extraUnicodePath = 0x7075 // APPNOTE 4.6.9, Info-ZIP
)

// decodeNames gives the names of an archive's entries in UTF-8, NFC (macOS
// writes NFD). Each is, in this order: what an 0x7075 field with the right
// checksum says; UTF-8 if the flag says so or the bytes are; else GB18030, or
// Big5 where that reads better. The last choice is made once for the archive,
// since short names do not tell: 联通 in GBK is valid UTF-8.
func decodeNames(files []*zip.File) []string {
	names := make([]string, len(files))
	var open []int // those whose charset is still to be found
	var raw []string
	for i, f := range files {
		name, known := declaredName(f)
		if !known {
			open, raw = append(open, i), append(raw, f.Name)
		}
		names[i] = name
	}
	for i, name := range guess(raw) {
		names[open[i]] = name
	}
	for i, name := range names {
		names[i] = norm.NFC.String(name)
	}
	return names
}

func declaredName(f *zip.File) (string, bool) {
	if name := unicodePath(f.Extra, f.Name); name != "" {
		return name, true
	}
	if ascii(f.Name) || f.Flags&flagUTF8 != 0 && utf8.ValidString(f.Name) {
		return f.Name, true
	}
	return "", false
}

// unicodePath is the UTF-8 name of the 0x7075 field, "" if there is none or it
// belongs to another name.
func unicodePath(extra []byte, raw string) string {
	for len(extra) >= 4 {
		id, size := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if extra = extra[4:]; size > len(extra) {
			return ""
		}
		field := extra[:size]
		extra = extra[size:]
		if id != extraUnicodePath || size < 6 || field[0] != 1 {
			continue
		}
		if binary.LittleEndian.Uint32(field[1:]) == crc32.ChecksumIEEE([]byte(raw)) && utf8.Valid(field[5:]) {
			return string(field[5:])
		}
	}
	return ""
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// guess decodes names without a declared charset.
func guess(raw []string) []string {
	clear := false // one name at least that can hardly be anything but UTF-8
	for _, s := range raw {
		clear = clear || utf8.ValidString(s) && strings.IndexFunc(s, func(r rune) bool { return r >= 0x800 }) >= 0
	}
	names := make([]string, len(raw))
	var rest []int
	var joined strings.Builder
	for i, s := range raw {
		if utf8.ValidString(s) && (clear || !reads(simplifiedchinese.GB18030, s)) {
			names[i] = s
			continue
		}
		rest = append(rest, i)
		joined.WriteString(s + "\n")
	}
	if len(rest) == 0 {
		return names
	}
	var charset encoding.Encoding = simplifiedchinese.GB18030
	// Three times, since a single の in GBK names must not make them Big5.
	if all := joined.String(); 3*oddity(traditionalchinese.Big5, all) < oddity(charset, all) && strange(decode(charset, all)) {
		charset = traditionalchinese.Big5
	}
	for _, i := range rest {
		names[i] = decode(charset, raw[i])
	}
	return names
}

// decode never fails: what cannot be read becomes U+FFFD.
func decode(e encoding.Encoding, s string) string {
	out, err := e.NewDecoder().String(s)
	if err != nil {
		return strings.ToValidUTF8(s, "\uFFFD")
	}
	return out
}

func reads(e encoding.Encoding, s string) bool { return oddity(e, s) == 0 }

// odd gives the weight of a character that a Chinese name hardly has: what cannot
// be read, private use (GBK's user-defined area), and the letters and lines that
// Big5's most frequent hanzi turn into when they are read as GBK.
func odd(r rune) int {
	switch {
	case r == utf8.RuneError:
		return 20
	case unicode.Is(unicode.Co, r):
		return 10
	case unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Greek, unicode.Cyrillic, unicode.Bopomofo),
		r >= 0x2500 && r <= 0x257F:
		return 5
	}
	return 0
}

func strange(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return odd(r) > 0 }) >= 0
}

// oddity tells how unlikely s is as names in that charset. Characters beyond the
// charset's common ones weigh little, but do if half of the archive is made of them.
func oddity(e encoding.Encoding, s string) int {
	sum := 0
	for _, r := range decode(e, s) {
		if weight := odd(r); weight > 0 {
			sum += weight
		} else if r >= utf8.RuneSelf && !common(e, r) {
			sum++
		}
	}
	return sum
}

// common tells whether r is a first-level hanzi or a full-width sign of the charset.
func common(e encoding.Encoding, r rune) bool {
	b, err := e.NewEncoder().String(string(r))
	if err != nil || len(b) != 2 {
		return false
	}
	code := int(b[0])<<8 | int(b[1])
	if e == traditionalchinese.Big5 {
		return code >= 0xA140 && code <= 0xA3BF || code >= 0xA440 && code <= 0xC67E
	}
	return b[1] >= 0xA1 && (b[0] >= 0xA1 && b[0] <= 0xA3 || b[0] >= 0xB0 && b[0] <= 0xD7)
}
