package unpack

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// made is an entry of a zip made here. Names are written as they are.
type made struct {
	name   string
	body   string
	flags  uint16
	method uint16 // zip.Store unless given
	extra  []byte
	mode   fs.FileMode
	claim  uint64 // uncompressed size in the header, if not that of body
	crc    uint32 // likewise
}

func build(t testing.TB, entries ...made) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, NonUTF8: true, Flags: e.flags, Method: e.method, Extra: e.extra,
			UncompressedSize64: uint64(len(e.body)), CRC32: crc32.ChecksumIEEE([]byte(e.body))}
		if e.mode != 0 {
			h.SetMode(e.mode)
		}
		raw := []byte(e.body)
		if e.method == zip.Deflate {
			raw = deflate(t, e.body)
		}
		h.CompressedSize64 = uint64(len(raw))
		if e.claim != 0 {
			h.UncompressedSize64 = e.claim
		}
		if e.crc != 0 {
			h.CRC32 = e.crc
		}
		f, err := w.CreateRaw(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(raw); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func deflate(t testing.TB, s string) []byte {
	t.Helper()
	var buf bytes.Buffer
	w, err := flate.NewWriter(&buf, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = w.Write([]byte(s))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func in(t testing.TB, e encoding.Encoding, s string) string {
	t.Helper()
	out, err := e.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func gbk(t testing.TB, s string) string  { return in(t, simplifiedchinese.GB18030, s) }
func big5(t testing.TB, s string) string { return in(t, traditionalchinese.Big5, s) }

// unicodeField is an 0x7075 field for the raw name.
func unicodeField(raw, name string) []byte {
	b := binary.LittleEndian.AppendUint16(nil, extraUnicodePath)
	b = binary.LittleEndian.AppendUint16(b, uint16(5+len(name)))
	b = append(b, 1)
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE([]byte(raw)))
	return append(b, name...)
}

// kept is a store in memory.
type kept map[string]string // hash → content

func (k kept) store(r io.Reader) (string, int64, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return "", 0, err
	}
	sum := sha256.Sum256(b)
	k[hex.EncodeToString(sum[:])] = string(b)
	return hex.EncodeToString(sum[:]), int64(len(b)), nil
}

// show writes a listing as a few lines: a file's path and size, "!" and a
// problem, the number of junk files.
func show(l Listing) string {
	var b strings.Builder
	for _, f := range l.Files {
		fmt.Fprintf(&b, "%s %d\n", f.Path, f.Size)
	}
	for _, p := range l.Problems {
		fmt.Fprintf(&b, "! %s %s (%s)\n", p.Code, p.File, p.Reason)
	}
	if l.Junk > 0 {
		fmt.Fprintf(&b, "junk %d\n", l.Junk)
	}
	return b.String()
}

// open opens an archive in memory directly and by way of Work's answer: both
// must say the same.
func open(t testing.TB, name string, raw []byte, limits Limits) (Listing, kept) {
	t.Helper()
	k := kept{}
	l, err := Open(name, bytes.NewReader(raw), int64(len(raw)), limits, k.store)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range l.Files {
		if int64(len(k[f.SHA256])) != f.Size {
			t.Fatalf("%s: %d bytes stored of %d", f.Path, len(k[f.SHA256]), f.Size)
		}
	}
	other := kept{}
	far, err := Collect(bytes.NewReader(answer(t, name, raw, limits)), limits, other.store)
	if err != nil {
		t.Fatal(err)
	}
	if show(far) != show(l) || len(other) != len(k) {
		t.Fatalf("by the wire:\n%s\ndirectly:\n%s", show(far), show(l))
	}
	for i, f := range far.Files {
		if f != l.Files[i] {
			t.Fatalf("by the wire %+v, directly %+v", f, l.Files[i])
		}
	}
	return l, k
}
