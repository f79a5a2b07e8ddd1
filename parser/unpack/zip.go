package unpack

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/bzip2"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
)

const (
	endLen     = 22 // end of central directory record without comment, APPNOTE 4.3.16
	endComment = 1<<16 - 1

	methodBzip2 = 12
)

// methods that Go does not read, APPNOTE 4.4.5.
var methods = map[uint16]string{9: "Deflate64", 14: "LZMA", 16: "CMPSC", 18: "TERSE", 19: "LZ77", 20: "Zstandard",
	93: "Zstandard", 94: "MP3", 95: "XZ", 96: "JPEG", 97: "WavPack", 98: "PPMd", 99: "AES"}

// zipEnd is what the end of central directory record says.
type zipEnd struct {
	disk      int    // number of this volume, from 0
	records   uint64 // entries
	directory int64  // bytes from the directory's start, as early as it may be read from, to its end
}

var errNoDirectory = errors.New("no central directory")

// readEnd finds the last end of central directory record, and the zip64 one
// that it may stand for.
func readEnd(in io.ReaderAt, size int64) (zipEnd, error) {
	tail := make([]byte, min(size, endLen+endComment))
	if _, err := in.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF {
		return zipEnd{}, err
	}
	u16, u32 := binary.LittleEndian.Uint16, binary.LittleEndian.Uint32
	for i := len(tail) - endLen; i >= 0; i-- {
		rec := tail[i:]
		if !bytes.HasPrefix(rec, []byte("PK\x05\x06")) || int(u16(rec[20:])) > len(rec)-endLen {
			continue
		}
		at := size - int64(len(tail)) + int64(i)
		if u16(rec[10:]) == 0xFFFF || u32(rec[12:]) == 0xFFFFFFFF || u32(rec[16:]) == 0xFFFFFFFF {
			if end, err := readEnd64(in, at); err == nil {
				return end, nil
			}
		}
		return zipEnd{int(u16(rec[4:])), uint64(u16(rec[10:])), extent(at, uint64(u32(rec[12:])), uint64(u32(rec[16:])))}, nil
	}
	return zipEnd{}, errNoDirectory
}

// readEnd64 reads the zip64 record that the locator before the end record at
// points to, APPNOTE 4.3.14 and 4.3.15.
func readEnd64(in io.ReaderAt, at int64) (zipEnd, error) {
	var locator [20]byte
	if _, err := in.ReadAt(locator[:], at-int64(len(locator))); err != nil || !bytes.HasPrefix(locator[:], []byte("PK\x06\x07")) {
		return zipEnd{}, errNoDirectory
	}
	u64 := binary.LittleEndian.Uint64
	at = int64(u64(locator[8:]))
	var rec [56]byte
	if at < 0 {
		return zipEnd{}, errNoDirectory
	}
	if _, err := in.ReadAt(rec[:], at); err != nil || !bytes.HasPrefix(rec[:], []byte("PK\x06\x06")) {
		return zipEnd{}, errNoDirectory
	}
	disk := int(binary.LittleEndian.Uint32(rec[16:]))
	return zipEnd{disk, u64(rec[32:]), extent(at, u64(rec[40:]), u64(rec[48:]))}, nil
}

// extent is how many bytes before end may be read as the directory: archive/zip
// believes either the record's size or its offset.
func extent(end int64, size, offset uint64) int64 {
	return max(end-int64(min(offset, uint64(end))), int64(min(size, uint64(end))))
}

// openZip reads the directory of a zip. Entry names stay raw.
func openZip(in io.ReaderAt, size int64) (*zip.Reader, error) {
	r, err := zip.NewReader(in, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // paths are judged after decoding
		return nil, err
	}
	r.RegisterDecompressor(methodBzip2, func(r io.Reader) io.ReadCloser { return io.NopCloser(bzip2.NewReader(r)) })
	return r, nil
}

// zip opens a zip by its directory; one that has lost it, by its entries.
func (o *opener) zip(at place, in io.ReaderAt, size int64) (opened bool, err error) {
	v := o.visit(at)
	end, err := readEnd(in, size)
	if err != nil {
		return v.salvage(in, size, "文件不完整或已损坏")
	}
	if end.disk > 0 && end.disk < 0xFFFF {
		o.problem(codeVolume, at.path, firstVolumes(at.name, end.disk))
		return false, nil
	}
	// Before the directory is read: it takes ten times its size in memory.
	tooMany := fmt.Sprintf("文件数超过%d个", o.limits.Entries)
	if end.records > uint64(o.entries) || end.directory > int64(o.limits.Entries)<<10 {
		o.problem(codeUnsafe, at.path, tooMany)
		return false, nil
	}
	r, err := openZip(in, size)
	if err != nil {
		return v.salvage(in, size, "文件不完整或已损坏")
	}
	if len(r.File) > o.entries {
		o.problem(codeUnsafe, at.path, tooMany)
		return false, nil
	}
	o.entries -= len(r.File)
	return v.zipFiles(r.File, size)
}

// zipFiles takes out what the directory lists, if nothing speaks against the whole.
func (v *visit) zipFiles(files []*zip.File, size int64) (opened bool, err error) {
	var items []item
	var bodies []*zip.File
	for i, name := range decodeNames(files) {
		f := files[i]
		if it, ok := v.admit(zipEntry(f, name)); ok {
			items, bodies = append(items, it), append(bodies, f)
		}
	}
	if code, reason := v.refuse(items, bodies, size); code != "" {
		v.problem(code, v.at.path, reason)
		return false, nil
	}
	for _, it := range items {
		if v.stopped {
			break
		}
		if err := v.take(it); err != nil {
			return false, err
		}
	}
	return v.finish()
}

func zipEntry(f *zip.File, name string) entry {
	return entry{name: name, size: sized(f.UncompressedSize64), mode: f.Mode(), folder: isFolder(name), locked: f.Flags&flagEncrypted != 0,
		open: func() (io.ReadCloser, string) {
			body, err := f.Open()
			if err != nil {
				return nil, unreadable(f.Method)
			}
			return body, ""
		}}
}

// sized is a size that a header claims, which may be more than any number of ours.
func sized(n uint64) int64 { return int64(min(n, 1<<62)) }

func unreadable(method uint16) string {
	if name, known := methods[method]; known {
		return "压缩算法为" + name
	}
	if method != zip.Store && method != zip.Deflate && method != methodBzip2 {
		return "压缩算法不明"
	}
	return "数据损坏"
}

// overlap tells whether entries share bytes, or claim more than the archive
// has: one body under many names is the cheapest bomb.
func overlap(files []*zip.File, size int64) bool {
	type span struct{ from, to int64 }
	var spans []span
	sum := int64(0)
	for _, f := range files {
		if f.CompressedSize64 == 0 {
			continue
		}
		if f.CompressedSize64 > uint64(size) {
			return true
		}
		if sum += int64(f.CompressedSize64); sum > size {
			return true
		}
		if from, err := f.DataOffset(); err == nil { // else the entry cannot be opened either
			spans = append(spans, span{from, from + int64(f.CompressedSize64)})
		}
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	for i := 1; i < len(spans); i++ {
		if spans[i].from < spans[i-1].to {
			return true
		}
	}
	return false
}
