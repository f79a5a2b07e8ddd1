package unpack

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/flate"
	"encoding/binary"
	"errors"
	"hash"
	"hash/crc32"
	"io"
)

const localLen = 30 // local file header without name and extra field, APPNOTE 4.3.7

// salvage takes out the entries of a zip without a usable directory, one after
// the other, up to where the bytes make no sense any more.
func (v *visit) salvage(in io.ReaderAt, size int64, reason string) (opened bool, err error) {
	for at := firstLocal(in); at >= 0 && at < size && !v.stopped; {
		f, next, ok := localHeader(in, at, size)
		if !ok {
			break
		}
		name := decodeNames([]*zip.File{&f.File})[0]
		e := zipEntry(&f.File, name)
		if f.Flags&flagStreamed != 0 {
			e.size = -1
		}
		e.open = f.body
		if _, err := v.stream(e); err != nil {
			return false, err
		}
		if f.Flags&flagStreamed != 0 {
			next = f.behind()
		}
		at = next
	}
	return v.broke(reason)
}

const flagStreamed = 0x8 // sizes and checksum stand behind the data, APPNOTE 4.4.4 bit 3

func firstLocal(in io.ReaderAt) int64 {
	head := make([]byte, 8)
	n, _ := in.ReadAt(head, 0)
	return int64(bytes.Index(head[:n], []byte("PK\x03\x04")))
}

// local is an entry as its own header describes it.
type local struct {
	zip.File
	in    io.ReaderAt
	start int64 // of the data
	size  int64 // of the archive
	ended int64 // behind the data of a streamed entry, once it was read
}

// localHeader reads the header at an offset; next is where the next one is if
// this one tells its size.
func localHeader(in io.ReaderAt, at, size int64) (f *local, next int64, ok bool) {
	u16, u32 := binary.LittleEndian.Uint16, binary.LittleEndian.Uint32
	var h [localLen]byte
	if _, err := in.ReadAt(h[:], at); err != nil || !bytes.HasPrefix(h[:], []byte("PK\x03\x04")) {
		return nil, 0, false
	}
	name, extra := int64(u16(h[26:])), int64(u16(h[28:]))
	rest := make([]byte, name+extra)
	if _, err := in.ReadAt(rest, at+localLen); err != nil || name == 0 {
		return nil, 0, false
	}
	f = &local{in: in, start: at + localLen + name + extra, size: size}
	f.File.FileHeader = zip.FileHeader{Name: string(rest[:name]), Flags: u16(h[6:]), Method: u16(h[8:]), Extra: rest[name:], CRC32: u32(h[14:]),
		CompressedSize64: uint64(u32(h[18:])), UncompressedSize64: uint64(u32(h[22:]))}
	return f, f.start + int64(f.CompressedSize64), true
}

// body reads an entry; an end before its own is a damage.
func (f *local) body() (io.ReadCloser, string) {
	room := f.size - f.start
	if f.Flags&flagStreamed == 0 {
		room = int64(f.CompressedSize64)
	} else if f.Method != zip.Deflate {
		return nil, "数据损坏"
	}
	section := &counted{r: bufio.NewReader(io.NewSectionReader(f.in, f.start, room))}
	var r io.Reader = section
	switch f.Method {
	case zip.Store:
	case zip.Deflate:
		r = flate.NewReader(section)
	case methodBzip2:
		r = bzip2.NewReader(section)
	default:
		return nil, unreadable(f.Method)
	}
	return io.NopCloser(&checked{r: r, f: f, in: section, sum: crc32.NewIEEE()}), ""
}

// behind is where the next header of a streamed entry may be, -1 if it was not read to its end.
func (f *local) behind() int64 {
	if f.ended == 0 {
		return -1
	}
	var b [28]byte // a descriptor is at most 24 bytes, APPNOTE 4.3.9
	n, _ := f.in.ReadAt(b[:], f.ended)
	if i := bytes.Index(b[:n], []byte("PK\x03\x04")); i >= 0 {
		return f.ended + int64(i)
	}
	return -1
}

// counted counts the bytes that a decompressor has used: it takes single ones.
type counted struct {
	r *bufio.Reader
	n int64
}

func (c *counted) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

var errChecksum = errors.New("size or checksum is not that of the header")

// checked compares what came out with the header, or with what stands behind the data.
type checked struct {
	r   io.Reader
	f   *local
	in  *counted
	sum hash.Hash32
	n   uint64
}

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.sum.Write(p[:n])
	c.n += uint64(n)
	if err != io.EOF {
		return n, err
	}
	want, size := c.f.CRC32, c.f.UncompressedSize64
	if c.f.Flags&flagStreamed != 0 {
		c.f.ended = c.f.start + c.in.n
		var b [8]byte
		if _, err := c.f.in.ReadAt(b[:], c.f.ended); err != nil {
			return n, errChecksum
		}
		d := bytes.TrimPrefix(b[:], []byte("PK\x07\x08"))
		want, size = binary.LittleEndian.Uint32(d), c.n
	}
	if c.sum.Sum32() != want || c.n != size {
		return n, errChecksum
	}
	return n, io.EOF
}
