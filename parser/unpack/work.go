package unpack

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// Task is what [Work] is told, as JSON.
type Task struct {
	Name    string   // of the archive
	Volumes []Volume `json:",omitempty"` // of a set: the input is these, one behind the other
	Limits  Limits
}

// The child's answer is a row of frames: a kind, four bytes of length (big
// endian), the payload. Files come in the order of Listing.Files, each begin,
// data…, end or drop; the listing is last.
const (
	frameBegin = 'b'
	frameData  = 'd'
	frameEnd   = 'e'
	frameDrop  = 'x' // the file is damaged: forget it
	frameList  = 'l'

	frameMax   = 64 << 10
	listMax    = 16 << 20
	reasonMax  = 600 // bytes: 80 characters of a name and some words
	frameHead  = 5
	frameShare = 1000 // an answer has less than one byte of frames in so many
)

// Answer is how many bytes an answer of Work may have within these limits, at most.
func (l Limits) Answer() int64 {
	l = l.complete()
	return l.Bytes + l.Bytes/frameShare + int64(l.Entries)*1<<10 + listMax
}

// Work is Open for a caged child: in is the archive, args a [Task], and the
// answer is for [Collect]. It needs a temporary folder for nested archives of
// more than 8 MiB. Its errors are faults of ours; whatever is wrong with the
// archive stands in the listing.
func Work(in *os.File, args []byte, out io.Writer) error {
	var task Task
	if err := json.Unmarshal(args, &task); err != nil {
		return fmt.Errorf("%w: %w", ErrRead, err)
	}
	if in == nil {
		return fmt.Errorf("%w: no input", ErrRead)
	}
	info, err := in.Stat()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrRead, err)
	}
	return send(in, info.Size(), task, out)
}

func send(in io.ReaderAt, size int64, task Task, out io.Writer) error {
	w := newFrames(out)
	volumes := task.Volumes
	if len(volumes) == 0 {
		volumes = []Volume{{task.Name, size}}
	}
	list, err := OpenSet(volumes, in, task.Limits, w.store)
	if err != nil {
		return err
	}
	raw, err := json.Marshal(list)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrFault, err)
	}
	if err := w.frame(frameList, raw); err != nil {
		return err
	}
	return w.w.Flush()
}

type frames struct{ w *bufio.Writer }

func newFrames(w io.Writer) frames { return frames{bufio.NewWriterSize(w, frameMax)} }

func (f frames) frame(kind byte, payload []byte) error {
	head := [frameHead]byte{kind}
	binary.BigEndian.PutUint32(head[1:], uint32(len(payload)))
	if _, err := f.w.Write(head[:]); err != nil {
		return err
	}
	_, err := f.w.Write(payload)
	return err
}

// store sends a file. The parent hashes what it receives, so nobody does here.
func (f frames) store(r io.Reader) (string, int64, error) {
	if err := f.frame(frameBegin, nil); err != nil {
		return "", 0, err
	}
	size := int64(0)
	buf := make([]byte, frameMax)
	for {
		n, broken := r.Read(buf)
		if n > 0 {
			size += int64(n)
			if err := f.frame(frameData, buf[:n]); err != nil {
				return "", 0, err
			}
		}
		switch {
		case broken == io.EOF:
			return "", size, f.frame(frameEnd, nil)
		case broken != nil:
			return "", 0, errors.Join(broken, f.frame(frameDrop, nil))
		}
	}
}
