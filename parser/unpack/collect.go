package unpack

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode"
	"unicode/utf8"
)

// Collect reads the answer of Work and stores the files. Nothing in it is
// believed: counts, sizes, paths and codes are checked again, sizes and hashes
// are store's. An answer that Work cannot have given is [ErrAnswer]; a failing
// store is [ErrStore]; a failing r gives its error.
func Collect(r io.Reader, limits Limits, store Store) (Listing, error) {
	c := collector{r: bufio.NewReaderSize(r, frameMax), limits: limits.complete(), store: store}
	for {
		kind, length, err := c.next()
		switch {
		case err != nil:
			return Listing{}, err
		case kind == frameBegin && length == 0:
			if err := c.file(); err != nil {
				return Listing{}, err
			}
		case kind == frameList && length <= listMax:
			return c.listing(length)
		default:
			return Listing{}, fmt.Errorf("%w: frame %q of %d bytes", ErrAnswer, kind, length)
		}
	}
}

type collector struct {
	r      *bufio.Reader
	limits Limits
	store  Store
	bytes  int64 // received in all
	begun  int   // files, dropped ones too
	stored []File
}

func (c *collector) next() (kind byte, length uint32, err error) {
	var head [frameHead]byte
	if _, err := io.ReadFull(c.r, head[:]); err != nil {
		return 0, 0, cut(err)
	}
	return head[0], binary.BigEndian.Uint32(head[1:]), nil
}

// cut makes an end before the listing an error.
func cut(err error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return fmt.Errorf("%w: it is cut off", ErrAnswer)
	}
	return err
}

func (c *collector) file() error {
	if c.begun++; c.begun > c.limits.Entries {
		return fmt.Errorf("%w: more than %d files", ErrAnswer, c.limits.Entries)
	}
	body := &received{c: c}
	sum, size, err := c.store(body)
	if err == nil {
		_, _ = io.Copy(io.Discard, body)
	}
	switch {
	case errors.Is(body.err, errDropped):
		return nil
	case body.err != nil && body.err != io.EOF:
		return body.err
	case err != nil:
		return fmt.Errorf("%w: %w", ErrStore, err)
	case size != body.size:
		return fmt.Errorf("%w: %d bytes of %d", ErrStore, size, body.size)
	}
	c.stored = append(c.stored, File{Size: size, SHA256: sum})
	return nil
}

var errDropped = errors.New("unpack: the entry is damaged")

// received is one file of the answer.
type received struct {
	c    *collector
	left uint32 // of the current frame
	size int64
	err  error
}

func (f *received) Read(p []byte) (int, error) {
	for f.err == nil && f.left == 0 {
		f.err = f.next()
	}
	if f.err != nil {
		return 0, f.err
	}
	n, err := f.c.r.Read(p[:min(len(p), int(f.left))])
	f.left -= uint32(n)
	f.size += int64(n)
	if err != nil {
		f.err = cut(err)
	}
	return n, f.err
}

func (f *received) next() error {
	kind, length, err := f.c.next()
	if err != nil {
		return err
	}
	switch {
	case kind == frameData && length <= frameMax:
		f.left = length
		f.c.bytes += int64(length)
		if f.size+int64(length) > f.c.limits.File || f.c.bytes > f.c.limits.Bytes {
			return fmt.Errorf("%w: more bytes than the limits allow", ErrAnswer)
		}
		return nil
	case kind == frameEnd && length == 0:
		return io.EOF
	case kind == frameDrop && length == 0:
		return errDropped
	}
	return fmt.Errorf("%w: frame %q of %d bytes in a file", ErrAnswer, kind, length)
}

// listing reads the last frame and puts what the store said into it.
func (c *collector) listing(length uint32) (Listing, error) {
	raw := make([]byte, 0, min(length, 1<<20))
	buf := bytes.NewBuffer(raw)
	if n, err := io.Copy(buf, io.LimitReader(c.r, int64(length))); err != nil || n < int64(length) {
		if err == nil {
			err = io.ErrUnexpectedEOF
		}
		return Listing{}, cut(err)
	}
	if _, err := c.r.ReadByte(); err == nil {
		return Listing{}, fmt.Errorf("%w: more after the listing", ErrAnswer)
	} else if err != io.EOF {
		return Listing{}, err
	}
	var list Listing
	if err := json.Unmarshal(buf.Bytes(), &list); err != nil {
		return Listing{}, fmt.Errorf("%w: %w", ErrAnswer, err)
	}
	if err := c.check(list); err != nil {
		return Listing{}, err
	}
	for i := range list.Files {
		list.Files[i].SHA256 = c.stored[i].SHA256
	}
	return list, nil
}

func (c *collector) check(list Listing) error {
	if len(list.Files) != len(c.stored) || len(list.Problems) > problemsMax+1 || list.Junk < 0 || list.Junk > c.limits.Entries {
		return fmt.Errorf("%w: %d files of %d, %d problems, %d junk", ErrAnswer, len(list.Files), len(c.stored), len(list.Problems), list.Junk)
	}
	seen := map[string]bool{}
	for i, f := range list.Files {
		if err := checkPath(f.Path); err != nil {
			return err
		}
		if seen[f.Path] || f.Size != c.stored[i].Size {
			return fmt.Errorf("%w: %q twice or of another size", ErrAnswer, f.Path)
		}
		seen[f.Path] = true
	}
	for _, p := range list.Problems {
		if err := checkProblem(p); err != nil {
			return err
		}
	}
	return nil
}

func checkProblem(p Problem) error {
	switch p.Code {
	case codeBroken, codeUnsafe, codeVolume, codeEncrypted, codeDangerous, codeEmpty:
	default:
		return fmt.Errorf("%w: code %q", ErrAnswer, p.Code)
	}
	for _, r := range p.Reason {
		if unicode.IsControl(r) {
			return fmt.Errorf("%w: reason %q", ErrAnswer, p.Reason)
		}
	}
	if len(p.Reason) > reasonMax || !utf8.ValidString(p.Reason) {
		return fmt.Errorf("%w: a reason of %d bytes", ErrAnswer, len(p.Reason))
	}
	if p.File == "" {
		return nil
	}
	return checkPath(p.File)
}

// Stopped is the listing of an archive whose child did not come to an end: it
// exceeded the limits of time or memory, or it died of a fault.
func Stopped(overLimit bool) Listing {
	if overLimit {
		return Listing{Problems: []Problem{{codeUnsafe, "", "解压超出时间或内存上限"}}}
	}
	return Listing{Problems: []Problem{{codeBroken, "", "解压时出错"}}}
}
