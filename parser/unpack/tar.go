package unpack

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
	"golang.org/x/text/unicode/norm"
)

// tar takes a tape archive apart as it comes.
func (o *opener) tar(at place, in io.Reader) (opened bool, err error) {
	v := o.visit(at)
	r := tar.NewReader(in)
	for {
		h, err := r.Next()
		if err == io.EOF {
			return v.finish()
		}
		if errors.Is(err, errTime) {
			o.stop(tooLong)
			return v.finish()
		}
		if err != nil && !errors.Is(err, tar.ErrInsecurePath) {
			return v.broke("文件不完整或已损坏")
		}
		more, err := v.stream(tarEntry(r, h))
		if err != nil {
			return false, err
		}
		if !more {
			return v.finish()
		}
	}
}

func tarEntry(r *tar.Reader, h *tar.Header) entry {
	mode := h.FileInfo().Mode()
	if h.Typeflag == tar.TypeLink {
		mode |= fs.ModeSymlink
	}
	return entry{name: norm.NFC.String(guess([]string{h.Name})[0]), size: h.Size, mode: mode, folder: h.FileInfo().IsDir(),
		open: func() (io.ReadCloser, string) { return io.NopCloser(r), "" }}
}

// compressed opens a file that one of the compressors made: a tape archive, or a
// single file.
func (o *opener) compressed(at place, format string, in io.ReaderAt, size int64) (opened bool, err error) {
	v := o.visit(at)
	raw := bufio.NewReaderSize(io.NewSectionReader(in, 0, size), 64<<10)
	r, name, reason := decompressor(format, raw)
	if r == nil {
		return v.broke(reason)
	}
	if c, ok := r.(io.Closer); ok {
		defer c.Close()
	}
	body := bufio.NewReaderSize(&timed{&guarded{r}, o}, 64<<10)
	head, err := body.Peek(SniffLen)
	if Sniff(head) == "tar" {
		return o.tar(at, body)
	}
	if errors.Is(err, errTime) {
		o.stop(tooLong)
		return false, nil
	}
	if err != nil && err != io.EOF && len(head) == 0 {
		return v.broke("文件不完整或已损坏")
	}
	e := entry{name: plainName(at.name, name), size: -1, open: func() (io.ReadCloser, string) { return io.NopCloser(body), "" }}
	if _, err := v.stream(e); err != nil {
		return false, err
	}
	return v.finish()
}

// decompressor reads a compressed file; name is what a gzip calls it (RFC 1952, 2.3.1).
func decompressor(format string, in *bufio.Reader) (r io.Reader, name, reason string) {
	const broken = "文件不完整或已损坏"
	switch format {
	case "gzip":
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, "", broken
		}
		return z, z.Name, ""
	case "bzip2":
		return bzip2.NewReader(in), "", ""
	case "xz":
		if head, _ := in.Peek(24); xzDictionary(head) > dictionaryMax {
			return nil, "", "所用字典超过256MB"
		}
		z, err := xz.NewReader(in)
		if err != nil {
			return nil, "", broken
		}
		return z, "", ""
	case "zstd":
		z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(dictionaryMax))
		if err != nil {
			return nil, "", broken
		}
		return z.IOReadCloser(), "", ""
	}
	return nil, "", foreign(format)
}

// xzDictionary is the dictionary's size of the first block: after 12 bytes of stream
// header come the block's size, flags, and the filter 0x21 with one byte (xz file
// format 3.1, 5.3.1). 0: another layout.
func xzDictionary(head []byte) int64 {
	i := bytes.Index(head, []byte{0x21, 0x01})
	if i < 13 || i+2 >= len(head) || head[i+2] > 40 {
		return 0
	}
	bits := head[i+2]
	return int64(2|bits&1) << (bits/2 + 11)
}

// plainName is the name of the single file in a compressed one: a.docx of a.docx.gz,
// the name that is written in it where its own tells none.
func plainName(packed, written string) string {
	name := strings.TrimSuffix(packed, path.Ext(packed))
	if written != "" && path.Ext(name) == "" {
		return guess([]string{written})[0]
	}
	if name == "" {
		return "未命名"
	}
	return name
}

// timed ends a stream that takes too long, also while nothing of it is taken out.
type timed struct {
	r io.Reader
	o *opener
}

// Read fails when the time is up.
func (t *timed) Read(p []byte) (int, error) {
	if t.o.late() {
		return 0, errTime
	}
	return t.r.Read(p)
}
