package unpack

import (
	"encoding/binary"
	"fmt"
	"io"

	"github.com/bodgit/sevenzip"
	"golang.org/x/text/unicode/norm"
)

// sevenZipLength is how long a 7z says it is: 32 bytes of start header, the data,
// the header behind it (7zFormat.txt, SignatureHeader). 0: not told.
func sevenZipLength(head []byte) int64 {
	if len(head) < 32 {
		return 0
	}
	u64 := binary.LittleEndian.Uint64
	return 32 + int64(min(u64(head[12:]), 1<<60)) + int64(min(u64(head[20:]), 1<<60))
}

// sevenZip opens a 7z. Entries are read in their order: in a solid archive each
// step back would decode everything anew.
func (o *opener) sevenZip(at place, in io.ReaderAt, size int64) (opened bool, err error) {
	v := o.visit(at)
	head := make([]byte, 32)
	if n, _ := in.ReadAt(head, 0); n < len(head) || sevenZipLength(head) > size {
		return v.broke("文件不完整")
	}
	var r *sevenzip.Reader
	if err := guard(func() (err error) { r, err = sevenzip.NewReader(in, size); return err }); err != nil {
		if locked(err) {
			v.problem(codeEncrypted, at.path, "")
			return false, nil
		}
		return v.broke("文件已损坏")
	}
	if len(r.File) > o.entries {
		o.problem(codeUnsafe, at.path, fmt.Sprintf("文件数超过%d个", o.limits.Entries))
		return false, nil
	}
	var items []item
	for _, f := range r.File {
		if f.FileInfo().IsDir() || isFolder(f.Name) {
			continue
		}
		if it, ok := v.admit(sevenZipEntry(f)); ok {
			items = append(items, it)
		}
	}
	o.entries -= len(r.File)
	if code, reason := v.refuse(items, nil, size); code != "" {
		o.problem(code, at.path, reason)
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

func sevenZipEntry(f *sevenzip.File) entry {
	return entry{name: norm.NFC.String(f.Name), size: sized(f.UncompressedSize), mode: f.Mode(),
		open: func() (io.ReadCloser, string) {
			var body io.ReadCloser
			err := guard(func() (err error) { body, err = f.Open(); return err })
			switch {
			case locked(err):
				return io.NopCloser(failing{err}), ""
			case err != nil:
				return nil, "数据损坏或压缩算法不明"
			}
			return guardedBody{guarded{body}, body}, ""
		}}
}

// guardedBody is an entry whose Close may panic, too.
type guardedBody struct {
	guarded
	body io.Closer
}

// Close gives a panic as an error.
func (b guardedBody) Close() error { return guard(b.body.Close) }

// Read gives a panic as an error.
func (b guardedBody) Read(p []byte) (int, error) { return b.guarded.Read(p) }

// failing is an entry that cannot be read.
type failing struct{ err error }

// Read fails.
func (f failing) Read([]byte) (int, error) { return 0, f.err }
