package mailbox

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// chunk is how much of a large message is asked for at a time: small enough
// to pass within the patience of any server, large enough to cost no speed.
const chunk = 4 << 20

// minChunk is the least that a chunk before the last must bring, so that a
// server which ignores our offsets cannot keep us asking for ever.
const minChunk = 64 << 10

// errAbsent: the server answered OK and sent nothing.
var errAbsent = errors.New("the server sent no data")

// found is what one FETCH response says; Head only where a section was asked.
type found struct {
	Seq, UID uint32
	At       time.Time
	Size     int64
	Head     []byte
}

// maxHead bounds a header kept in memory.
const maxHead = 1 << 20

// fetch runs a FETCH of small items and gives each message to each. The error
// of each is returned as it is.
func (s *session) fetch(set imap.NumSet, opt *imap.FetchOptions, each func(found) error) error {
	var own error
	err := s.wait(func() error {
		f := s.c.Fetch(set, opt)
		for m := f.Next(); m != nil; m = f.Next() {
			got, err := read(m)
			if err != nil {
				s.cut()
				return err // without Close: see body.abandon
			}
			if own == nil && got.UID != 0 {
				own = each(got)
			}
		}
		return f.Close()
	})
	if err != nil {
		return err
	}
	return own
}

func read(m *imapclient.FetchMessageData) (got found, err error) {
	got.Seq = m.SeqNum
	for it := m.Next(); it != nil; it = m.Next() {
		switch it := it.(type) {
		case imapclient.FetchItemDataUID:
			got.UID = uint32(it.UID)
		case imapclient.FetchItemDataInternalDate:
			if !it.Time.Equal(noDate) {
				got.At = it.Time
			}
		case imapclient.FetchItemDataRFC822Size:
			got.Size = it.Size
		case imapclient.FetchItemDataBodySection:
			if it.Literal != nil {
				got.Head, err = io.ReadAll(io.LimitReader(it.Literal, maxHead))
				if int64(len(got.Head)) < min(it.Literal.Size(), maxHead) {
					return got, errors.Join(io.ErrUnexpectedEOF, err)
				}
			}
		}
	}
	return got, nil
}

// body reads one message as the server holds it, in chunks where it is large.
// It never holds more than the connection's buffers.
type body struct {
	s    *session
	uid  uint32
	seq  uint32 // not 0: ask by sequence number, the way of servers that send UID behind the text
	size int64  // as claimed
	full bool   // ask for all at once, whatever the size

	f     *imapclient.FetchCommand
	m     *imapclient.FetchMessageData
	lit   imap.LiteralReader
	asked int64 // bytes asked for by the command at hand, 0: all
	got   int64 // bytes of the literal at hand
	off   int64 // bytes of the message so far
	err   error // how it ended, io.EOF when whole
}

// begin sends the first command, so that a message that is not there is known
// before anybody reads.
func (r *body) begin() error {
	if r.size > chunk && !r.full {
		r.asked = chunk
	}
	err := r.next()
	if !errors.Is(err, errAbsent) {
		return err
	}
	if r.seq, err = r.s.place(r.uid); err != nil || r.seq == 0 {
		return err // gone: seq 0 and no literal tell
	}
	return r.next()
}

// next asks for the next chunk and finds its literal.
func (r *body) next() error {
	part := &imap.FetchItemBodySection{Peek: true}
	if r.asked > 0 {
		part.Partial = &imap.SectionPartial{Offset: r.off, Size: r.asked}
	}
	var set imap.NumSet = imap.UIDSetNum(imap.UID(r.uid))
	if r.seq != 0 {
		set = imap.SeqSetNum(r.seq)
	}
	r.s.g.arm()
	r.f = r.s.c.Fetch(set, &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{part}})
	for r.m = r.f.Next(); r.m != nil; r.m = r.f.Next() {
		if r.lit = r.literal(); r.lit != nil {
			r.got = 0
			return nil
		}
	}
	if err := r.end(); err != nil {
		return err
	}
	return errAbsent
}

// literal goes through the items up to the text. A wrong UID ends the reading.
func (r *body) literal() imap.LiteralReader {
	for it := r.m.Next(); it != nil; it = r.m.Next() {
		switch it := it.(type) {
		case imapclient.FetchItemDataUID:
			if uint32(it.UID) != r.uid {
				r.err = fmt.Errorf("%w: UID %d came for %d", ErrNetwork, it.UID, r.uid)
				r.s.dead = true
				return nil
			}
		case imapclient.FetchItemDataBodySection:
			if it.Literal != nil {
				return it.Literal
			}
		}
	}
	return nil
}

// end completes the command at hand; what is left of it is read and dropped,
// at most a chunk.
func (r *body) end() error {
	if r.f == nil {
		return nil
	}
	if r.m != nil {
		r.literal() // a UID behind the text
	}
	err := r.s.sort(r.f.Close())
	r.s.g.disarm()
	r.f, r.m, r.lit = nil, nil, nil
	if r.err != nil && r.err != io.EOF {
		return r.err
	}
	return err
}

// abandon gives up the command after a literal broke. It must not be closed:
// the client's reader goes on by itself then, and draining would read beside
// it. The connection ends, and with it the command.
func (r *body) abandon() {
	r.s.dead = true
	r.s.cut()
	r.s.g.disarm()
	r.f, r.m, r.lit = nil, nil, nil
}

// Read implements io.Reader.
func (r *body) Read(p []byte) (int, error) {
	for r.err == nil {
		if r.lit == nil {
			if r.err = r.next(); errors.Is(r.err, errAbsent) {
				r.got, r.err = 0, r.more()
			}
			continue
		}
		n, err := r.lit.Read(p)
		r.got += int64(n)
		r.off += int64(n)
		if err != nil {
			r.err = r.finish()
		}
		if n > 0 {
			return n, nil
		}
	}
	return 0, r.err
}

// finish decides at the end of a literal: broken, whole, or more to ask for.
func (r *body) finish() error {
	want := r.lit.Size()
	if r.got < want {
		r.abandon()
		return fmt.Errorf("%w: message cut short: %w", ErrNetwork, io.ErrUnexpectedEOF)
	}
	if err := r.end(); err != nil {
		return err
	}
	return r.more()
}

// more decides after a chunk whether another follows (nil), the message is
// whole (io.EOF) or something is missing.
func (r *body) more() error {
	switch {
	case r.asked == 0, r.got > r.asked && r.off == r.got: // all at once, or a server that knows no partials
		return io.EOF
	case r.off == r.size, r.got < r.asked && r.off > r.size:
		return io.EOF
	case r.got < minChunk, r.got > r.asked:
		return fmt.Errorf("%w: chunk of %d bytes at %d of %d", ErrNetwork, r.got, r.off-r.got, r.size)
	}
	return nil
}
