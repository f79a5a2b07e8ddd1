package unpack

import (
	"bytes"
	"encoding/binary"
	"io"
)

// firstVolumes names what is missing beside the last volume of a zip that says it
// has n before it.
func firstVolumes(name string, n int) string {
	m := nameOf(name)
	m.style = oldZip
	var all []string
	for i := 1; i <= min(n, 100); i++ {
		all = append(all, m.called(i, name))
	}
	return listed(all)
}

// zipSet opens a zip of several volumes: cut anywhere (a.zip.001) or as APPNOTE 8
// has it (a.z01, a.zip), where each entry's place is told as a volume and an
// offset in it.
func (o *opener) zipSet(at place, c *chain, w *wanted) (opened bool, err error) {
	end, err := readEnd(c, c.size)
	if err != nil || w.style == oldZip && c.parts[len(c.parts)-1].number != lastOfZip {
		w.more()
		v := o.visit(at)
		v.quiet = true // the volume that is missing is the reason
		return v.salvage(c, c.size, "")
	}
	if w.style != oldZip || end.disk == 0 {
		return o.zip(at, c, c.size)
	}
	for i := len(c.parts); i <= end.disk && len(w.names) < 100; i++ {
		w.names = append(w.names, w.called(i, w.like))
	}
	if len(w.names) > 0 {
		v := o.visit(at)
		v.quiet = true
		return v.salvage(c, c.parts[0].Size, "")
	}
	patched, ok := mended(c)
	if !ok {
		return o.visit(at).salvage(c, c.size, "文件不完整或已损坏")
	}
	return o.zip(at, patched, c.size)
}

// overlay is a file with another end.
type overlay struct {
	io.ReaderAt
	from int64
	tail *bytes.Reader
}

// ReadAt reads the file up to from, and the other end from there.
func (o *overlay) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	if off < o.from {
		var err error
		if n, err = o.ReaderAt.ReadAt(p[:min(int64(len(p)), o.from-off)], off); err != nil || n == len(p) {
			return n, err
		}
	}
	m, err := o.tail.ReadAt(p[n:], off+int64(n)-o.from)
	return n + m, err
}

// mended writes the directory of a zip in volumes as that of one file. Zip64 is
// not met there: volumes exist since files were to be small.
func mended(c *chain) (io.ReaderAt, bool) {
	u16, u32 := binary.LittleEndian.Uint16, binary.LittleEndian.Uint32
	tail := make([]byte, min(c.size, endLen+endComment))
	if _, err := c.ReadAt(tail, c.size-int64(len(tail))); err != nil && err != io.EOF {
		return nil, false
	}
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if at < 0 || len(tail)-at < endLen {
		return nil, false
	}
	end := tail[at:]
	from := c.start(int(u16(end[6:]))) + int64(u32(end[16:]))
	if size := int64(u32(end[12:])); from+size > c.size || size > documentDirectory*16 {
		return nil, false
	}
	dir := make([]byte, c.size-from)
	if _, err := c.ReadAt(dir, from); err != nil && err != io.EOF {
		return nil, false
	}
	for d := dir; len(d) >= 46 && bytes.HasPrefix(d, []byte("PK\x01\x02")); {
		binary.LittleEndian.PutUint32(d[42:], uint32(c.start(int(u16(d[34:])))+int64(u32(d[42:]))))
		binary.LittleEndian.PutUint16(d[34:], 0)
		next := 46 + int(u16(d[28:])) + int(u16(d[30:])) + int(u16(d[32:]))
		if next > len(d) {
			return nil, false
		}
		d = d[next:]
	}
	end = dir[len(dir)-(len(tail)-at):]
	binary.LittleEndian.PutUint32(end[4:], 0) // both numbers of volumes
	binary.LittleEndian.PutUint16(end[8:], u16(end[10:]))
	binary.LittleEndian.PutUint32(end[16:], uint32(from))
	return &overlay{c, from, bytes.NewReader(dir)}, true
}
