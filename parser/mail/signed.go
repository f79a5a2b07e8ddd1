package mail

import (
	"bytes"
	"encoding/asn1"
	"io"
)

// signedMax is how much of a signed mail is held to find its content, in bytes.
const signedMax = 128 << 20

var oidSigned = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2} // signedData, RFC 5652 section 5

// opaque reads an S/MIME part that wraps the mail's content (RFC 8551, 3.5.3): a
// signed one is opened, an encrypted one cannot be. The signature is not judged.
func (w *walker) opaque(s *source, p part, depth int) piece {
	d := transfer(p.encoding, &body{s: s})
	raw, err := io.ReadAll(io.LimitReader(d, signedMax))
	if err != nil {
		return piece{} // only r can fail here, and Read reports that
	}
	content, ok := signedContent(raw)
	if !ok {
		if w.forward == 0 {
			w.msg.Encrypted = true
		}
		w.attach(s, p, d, io.MultiReader(bytes.NewReader(raw), d))
		return piece{}
	}
	inner := newSource(bytes.NewReader(content))
	h, warn := readHeader(inner, w.limits.Header)
	w.warn(warn...)
	out := w.entity(inner, h, depth+1, "text/plain")
	inner.drain()
	return out
}

// signedContent is what a SignedData holds. Outlook writes BER with lengths left
// open, which encoding/asn1 does not read.
func signedContent(raw []byte) ([]byte, bool) {
	b := &ber{raw}
	oid, ok := b.enter(0x30).object()
	if !ok || !oid.Equal(oidSigned) {
		return nil, false
	}
	b.enter(0xA0).enter(0x30)
	if !b.skip(0) || !b.skip(0) { // version, digest algorithms
		return nil, false
	}
	if _, ok := b.enter(0x30).object(); !ok {
		return nil, false
	}
	b.enter(0xA0)
	var out []byte
	if !b.octets(&out, 0) || len(out) == 0 {
		return nil, false
	}
	return out, true
}

// ber walks BER (X.690) from front to end; nil rest: it was not what was expected.
type ber struct{ rest []byte }

// head takes a tag and a length; -1 is a length left open (X.690 8.1.3.6).
func (b *ber) head() (tag byte, length int, ok bool) {
	if len(b.rest) < 2 || b.rest[0]&0x1f == 0x1f {
		return 0, 0, false
	}
	tag, first := b.rest[0], b.rest[1]
	b.rest = b.rest[2:]
	switch {
	case first == 0x80:
		return tag, -1, true
	case first < 0x80:
		return tag, int(first), int(first) <= len(b.rest)
	}
	n := int(first & 0x7f)
	if n > 4 || n > len(b.rest) {
		return 0, 0, false
	}
	for _, c := range b.rest[:n] {
		length = length<<8 | int(c)
	}
	b.rest = b.rest[n:]
	return tag, length, length <= len(b.rest)
}

func (b *ber) enter(want byte) *ber {
	if tag, _, ok := b.head(); !ok || tag != want {
		b.rest = nil
	}
	return b
}

func (b *ber) object() (asn1.ObjectIdentifier, bool) {
	var oid asn1.ObjectIdentifier
	rest, err := asn1.Unmarshal(b.rest, &oid)
	b.rest = rest
	return oid, err == nil
}

const berDepth = 20

// skip passes one element.
func (b *ber) skip(depth int) bool {
	_, length, ok := b.head()
	if !ok || depth > berDepth {
		return false
	}
	if length >= 0 {
		b.rest = b.rest[length:]
		return true
	}
	for !b.closed() {
		if !b.skip(depth + 1) {
			return false
		}
	}
	return true
}

// closed passes the end of an element whose length was left open.
func (b *ber) closed() bool {
	if len(b.rest) >= 2 && b.rest[0] == 0 && b.rest[1] == 0 {
		b.rest = b.rest[2:]
		return true
	}
	return false
}

// octets collects an octet string, which may be in pieces (X.690 8.7.3).
func (b *ber) octets(out *[]byte, depth int) bool {
	tag, length, ok := b.head()
	if !ok || depth > berDepth || tag&0x1f != 4 {
		return false
	}
	if tag&0x20 == 0 {
		if length < 0 {
			return false
		}
		*out, b.rest = append(*out, b.rest[:length]...), b.rest[length:]
		return true
	}
	end := len(b.rest) - length
	for length < 0 && !b.closed() || length >= 0 && len(b.rest) > end {
		if !b.octets(out, depth+1) {
			return false
		}
	}
	return true
}
