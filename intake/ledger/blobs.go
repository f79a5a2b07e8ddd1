package ledger

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Blobs are files named by the SHA-256 of what is in them, below one folder:
// ab/abcdef…. They are only ever added, but for Erase. Safe for use by many goroutines.
type Blobs struct {
	dir      string
	step     func(string)
	readOnly bool
}

// OpenBlobs uses the folder dir, which is made with the first blob.
func OpenBlobs(dir string) *Blobs { return &Blobs{dir: dir, step: func(string) {}} }

// Put stores what r gives until its end, and returns its SHA-256 in hex and its
// size. When it returns, the blob survives a loss of power. What is there already
// is not written again, but r is read to its end. Memory does not grow with size.
func (b *Blobs) Put(r io.Reader) (sha string, n int64, err error) {
	if b.readOnly {
		return "", 0, ErrReadOnly
	}
	if err := os.MkdirAll(b.dir, 0o700); err != nil {
		return "", 0, err
	}
	f, err := os.CreateTemp(b.dir, tempPrefix+"*")
	if err != nil {
		return "", 0, err
	}
	defer os.Remove(f.Name()) // after the rename there is nothing to remove
	h := sha256.New()
	// Decoders give a line at a time; it is written in pieces that are worth a call.
	w := bufio.NewWriterSize(struct{ io.Writer }{io.MultiWriter(h, f)}, 128<<10)
	if n, err = w.ReadFrom(r); err == nil {
		err = w.Flush()
	}
	if err != nil {
		f.Close()
		return "", 0, fmt.Errorf("blob: %w", err)
	}
	sha = hex.EncodeToString(h.Sum(nil))
	if b.has(sha, n) {
		return sha, n, errors.Join(f.Close(), syncDir(filepath.Dir(b.path(sha))))
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return "", 0, fmt.Errorf("blob: %w", err)
	}
	b.step(stepBlobWritten)
	if err := b.place(f.Name(), sha); err != nil {
		return "", 0, fmt.Errorf("blob: %w", err)
	}
	b.step(stepBlobRenamed)
	return sha, n, nil
}

// PutBytes is Put for bytes in memory.
func (b *Blobs) PutBytes(p []byte) (sha string, err error) {
	s := sha256.Sum256(p)
	sha = hex.EncodeToString(s[:])
	if b.has(sha, int64(len(p))) {
		return sha, syncDir(filepath.Dir(b.path(sha)))
	}
	sha, _, err = b.Put(bytes.NewReader(p))
	return sha, err
}

// Take gets a blob from another place: by a hard link where both are in one file
// system, else by a copy. What is there already in its full size is not read
// again; what is taken is verified first. ErrNoBlob, ErrDamaged.
func (b *Blobs) Take(from *Blobs, sha string) error {
	size, err := from.Size(sha)
	if err != nil || b.has(sha, size) {
		return err
	}
	if b.readOnly {
		return ErrReadOnly
	}
	if err := from.Verify(sha); err != nil {
		return err
	}
	dir := filepath.Dir(b.path(sha))
	if os.MkdirAll(b.dir, 0o700) == nil && os.Mkdir(dir, 0o700) == nil {
		if err := syncDir(b.dir); err != nil {
			return err
		}
	}
	if os.Link(from.path(sha), b.path(sha)) == nil {
		return syncDir(dir)
	}
	f, err := from.Open(sha)
	if err != nil {
		return err
	}
	defer f.Close()
	_, _, err = b.Put(f)
	return err
}

// place gives a synced file its name.
func (b *Blobs) place(temp, sha string) error {
	path := b.path(sha)
	err := os.Rename(temp, path)
	if errors.Is(err, fs.ErrNotExist) { // the first of its folder
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.Rename(temp, path); err != nil {
			return err
		}
		if err := syncDir(b.dir); err != nil {
			return err
		}
	} else if err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// has tells whether the blob is there in its full size.
func (b *Blobs) has(sha string, size int64) bool {
	n, err := b.Size(sha)
	return err == nil && n == size
}

func (b *Blobs) path(sha string) string { return filepath.Join(b.dir, sha[:2], sha) }

// Open opens a blob for reading; ErrNoBlob if there is none with that SHA-256.
func (b *Blobs) Open(sha string) (*os.File, error) {
	if !isHash(sha) {
		return nil, fmt.Errorf("%w: %q is no SHA-256", ErrNoBlob, sha)
	}
	f, err := os.Open(b.path(sha))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s", ErrNoBlob, sha)
	}
	return f, err
}

// Size returns how many bytes a blob has; ErrNoBlob if there is none.
func (b *Blobs) Size(sha string) (int64, error) {
	if !isHash(sha) {
		return 0, fmt.Errorf("%w: %q is no SHA-256", ErrNoBlob, sha)
	}
	info, err := os.Lstat(b.path(sha))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, fmt.Errorf("%w: %s", ErrNoBlob, sha)
	} else if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// Has tells whether there is a blob with that SHA-256.
func (b *Blobs) Has(sha string) bool {
	_, err := b.Size(sha)
	return err == nil
}

// Verify reads a blob and compares it with its name; ErrDamaged if it differs.
func (b *Blobs) Verify(sha string) error {
	f, err := b.Open(sha)
	if err != nil {
		return err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return err
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != sha {
		return damaged("blob %s has the content of %s", sha, got)
	}
	return nil
}

// Erase removes a blob for good, as a purge does; one that is not there is no error. What
// a disk keeps of removed files, and backups, are beyond it.
func (b *Blobs) Erase(sha string) error {
	if b.readOnly {
		return ErrReadOnly
	}
	if !isHash(sha) {
		return fmt.Errorf("%w: %q is no SHA-256", ErrNoBlob, sha)
	}
	if err := os.Remove(b.path(sha)); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	return syncDir(filepath.Dir(b.path(sha)))
}

// Walk calls fn for every blob, in the order of their names, until fn returns an
// error. A folder that is not there has no blobs.
func (b *Blobs) Walk(fn func(sha string, size int64) error) error {
	dirs, err := os.ReadDir(b.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	for _, d := range dirs {
		if !d.IsDir() || len(d.Name()) != 2 {
			continue
		}
		files, err := os.ReadDir(filepath.Join(b.dir, d.Name()))
		if err != nil {
			return err
		}
		for _, f := range files {
			if !isHash(f.Name()) || !strings.HasPrefix(f.Name(), d.Name()) {
				continue
			}
			info, err := f.Info()
			if errors.Is(err, fs.ErrNotExist) {
				continue // erased meanwhile
			} else if err != nil {
				return err
			}
			if err := fn(f.Name(), info.Size()); err != nil {
				return err
			}
		}
	}
	return nil
}
