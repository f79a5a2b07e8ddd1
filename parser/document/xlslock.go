package document

import (
	"bytes"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha1"
	"unicode/utf16"
)

// lockedStructure is the password by which Excel encrypts a workbook whose structure
// alone is protected; it opens such a workbook without asking ([MS-XLS] 2.2.10).
const lockedStructure = "VelvetSweatshop"

// asksNothing tells by the FilePass record ([MS-XLS] 2.4.117) that the workbook opens
// by that password.
func asksNothing(body []byte) bool {
	if len(body) < 6 || le.Uint16(body) != 1 {
		return false
	}
	switch major, minor := le.Uint16(body[2:]), le.Uint16(body[4:]); {
	case major == 1 && minor == 1:
		return opensRC4(body[6:])
	case major >= 2 && major <= 4 && minor == 2:
		return opensCryptoAPI(body[6:])
	}
	return false
}

func wideBytes(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = le.AppendUint16(out, u)
	}
	return out
}

// opensRC4 checks the verifier of [MS-OFFCRYPTO] 2.3.6: salt, verifier and its hash.
func opensRC4(b []byte) bool {
	if len(b) < 48 {
		return false
	}
	first := md5.Sum(wideBytes(lockedStructure))
	second := md5.Sum(bytes.Repeat(append(bytes.Clone(first[:5]), b[:16]...), 16))
	key := md5.Sum(append(bytes.Clone(second[:5]), 0, 0, 0, 0))
	plain := decryptRC4(key[:], b[16:48])
	hash := md5.Sum(plain[:16])
	return bytes.Equal(hash[:], plain[16:])
}

// opensCryptoAPI checks the verifier of [MS-OFFCRYPTO] 2.3.5.
func opensCryptoAPI(b []byte) bool {
	const flags, sizes, verifier, bits = 4, 4, 4 + 16 + 16 + 4 + 20, 16
	if len(b) < flags+sizes {
		return false
	}
	header := int(le.Uint32(b[flags:]))
	info := slice(b, flags+sizes, header)
	check := slice(b, flags+sizes+header, verifier)
	if len(info) < bits+4 || check == nil {
		return false
	}
	n := int(le.Uint32(info[bits:])) / 8
	if n == 0 {
		n = 5
	}
	if n > 16 {
		return false
	}
	first := sha1.Sum(append(bytes.Clone(check[4:20]), wideBytes(lockedStructure)...))
	second := sha1.Sum(append(bytes.Clone(first[:]), 0, 0, 0, 0))
	key := bytes.Clone(second[:n])
	if n == 5 { // 40 bits stand in a key of 128
		key = append(key, make([]byte, 11)...)
	}
	plain := decryptRC4(key, append(bytes.Clone(check[20:36]), check[40:60]...))
	hash := sha1.Sum(plain[:16])
	return bytes.Equal(hash[:], plain[16:])
}

func decryptRC4(key, b []byte) []byte {
	c, err := rc4.NewCipher(key)
	if err != nil {
		return make([]byte, len(b))
	}
	out := make([]byte, len(b))
	c.XORKeyStream(out, b)
	return out
}
