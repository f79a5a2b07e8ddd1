package unpack

import (
	"bytes"
	"fmt"
	"io"
	"os"
)

const spoolMemory = 8 << 20 // bytes kept in memory; more go to a file without a name

// spool is a copy of an entry that can be read anywhere, as a nested zip needs it.
type spool struct {
	io.ReaderAt
	size int64
	file *os.File
}

// newSpool copies r. A failure of r is left to the caller, who knows it; err is ours.
func newSpool(r io.Reader) (*spool, error) {
	var memory bytes.Buffer
	n, err := io.Copy(&memory, io.LimitReader(r, spoolMemory))
	if err != nil || n < spoolMemory {
		return &spool{ReaderAt: bytes.NewReader(memory.Bytes()), size: n}, nil
	}
	f, err := os.CreateTemp("", "unpack-")
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSpool, err)
	}
	_ = os.Remove(f.Name()) // the descriptor keeps it until it is closed
	w := &spoolWriter{f: f}
	n, _ = io.Copy(w, io.MultiReader(&memory, r))
	if w.err != nil {
		f.Close()
		return nil, fmt.Errorf("%w: %w", ErrSpool, w.err)
	}
	return &spool{ReaderAt: f, size: n, file: f}, nil
}

func (s *spool) close() {
	if s.file != nil {
		s.file.Close()
	}
}

// spoolWriter remembers that it was the writer that failed and not the reader.
type spoolWriter struct {
	f   *os.File
	err error
}

func (w *spoolWriter) Write(p []byte) (int, error) {
	n, err := w.f.Write(p)
	if err != nil {
		w.err = err
	}
	return n, err
}
