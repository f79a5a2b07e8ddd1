package unpack

import (
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"time"

	"github.com/bodgit/sevenzip"
	"github.com/nwaples/rardecode/v2"
	"golang.org/x/text/unicode/norm"
)

// dictionaryMax is the largest dictionary that is made; the cage has 768 MiB.
const dictionaryMax = 256 << 20

// rar opens a RAR of version 1.5 to 7, of one or more volumes.
func (o *opener) rar(at place, all []part, w *wanted) (opened bool, err error) {
	v := o.visit(at)
	files := &rarFiles{all: all}
	first := "v.rar"
	if w.style == parts {
		first = "v.part1.rar"
	}
	r, err := rardecode.OpenReader(first, rardecode.FileSystem(files), rardecode.MaxDictionarySize(dictionaryMax))
	if err != nil {
		return v.rarFailed(err, w)
	}
	defer r.Close()
	for !v.stopped {
		h, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return v.rarFailed(err, w)
		}
		more, err := v.stream(v.rarEntry(r, h))
		if err != nil {
			return false, err
		}
		if !more {
			break
		}
		if v.lost {
			return v.rarFailed(rardecode.ErrMultiVolume, w)
		}
	}
	return v.finish()
}

func (v *visit) rarEntry(r *rardecode.ReadCloser, h *rardecode.FileHeader) entry {
	size := h.UnPackedSize
	if h.UnKnownSize {
		size = -1
	}
	return entry{name: norm.NFC.String(guess([]string{h.Name})[0]), size: size, mode: h.Mode(), folder: h.IsDir, locked: h.Encrypted,
		open: func() (io.ReadCloser, string) { return io.NopCloser(&guarded{r: r}), "" }}
}

// rarFailed tells why the archive goes no further.
func (v *visit) rarFailed(err error, w *wanted) (opened bool, _ error) {
	switch {
	case locked(err):
		v.problem(codeEncrypted, v.at.path, "")
		return v.kept > 0, v.sets()
	case missingVolume(err):
		w.more()
		v.quiet = true
	case errors.Is(err, rardecode.ErrDictionaryTooLarge):
		return v.broke("所用字典超过256MB")
	}
	return v.broke("文件不完整或已损坏")
}

// locked: a password is asked for.
func locked(err error) bool {
	var seven *sevenzip.ReadError
	return errors.Is(err, rardecode.ErrArchiveEncrypted) || errors.Is(err, rardecode.ErrArchivedFileEncrypted) ||
		errors.As(err, &seven) && seven.Encrypted
}

// missingVolume: the archive goes on in a file that is not there.
func missingVolume(err error) bool {
	return errors.Is(err, rardecode.ErrMultiVolume) || errors.Is(err, fs.ErrNotExist)
}

// rarVolume tells whether a RAR says of itself that it is one of several: the flags
// of the main header, in version 4 bit 0, in version 5 bit 0 of the archive flags.
func rarVolume(head []byte) bool {
	const old, now = "Rar!\x1a\x07\x00", "Rar!\x1a\x07\x01\x00"
	switch {
	case len(head) > 11 && string(head[:len(old)]) == old:
		return head[10]&1 != 0
	case len(head) > 16 && string(head[:len(now)]) == now:
		rest := head[len(now)+4:]
		var fields [5]uint64 // size, kind, flags, size of the extra area if flag 1 is set, archive flags
		for i := range fields {
			if i == 3 && fields[2]&1 == 0 {
				continue
			}
			n, used := binary.Uvarint(rest)
			if used <= 0 {
				return false
			}
			fields[i], rest = n, rest[used:]
		}
		return fields[1] == 1 && fields[4]&1 != 0
	}
	return false
}

// rarFiles gives the volumes under the names that the reader makes of the first.
type rarFiles struct{ all []part }

// Open gives the volume of that name.
func (f *rarFiles) Open(name string) (fs.File, error) {
	n := nameOf(name).number
	if n < 1 || n > len(f.all) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	p := f.all[n-1]
	return &rarFile{io.NewSectionReader(p.in, 0, p.Size), p.Volume}, nil
}

type rarFile struct {
	*io.SectionReader
	volume Volume
}

// Stat is the file as fs.File wants it.
func (f *rarFile) Stat() (fs.FileInfo, error) { return f, nil }

// Close does nothing: the volumes are the caller's.
func (f *rarFile) Close() error { return nil }

// Name is the volume's own name.
func (f *rarFile) Name() string { return f.volume.Name }

// Mode is that of a plain file.
func (f *rarFile) Mode() fs.FileMode { return 0o400 }

// ModTime is not known.
func (f *rarFile) ModTime() time.Time { return time.Time{} }

// IsDir is false.
func (f *rarFile) IsDir() bool { return false }

// Sys is nothing.
func (f *rarFile) Sys() any { return nil }
