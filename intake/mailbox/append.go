package mailbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
)

// Append puts a message into a folder, which is made if it is missing. raw
// must have CRLF line ends; at becomes its INTERNALDATE (zero: the server's
// now); seen spares people an unread mark. After ErrNetwork the message may or
// may not be there: ask Find before trying again.
func (b *Box) Append(ctx context.Context, folder string, raw []byte, at time.Time, seen bool) error {
	put := func(s *session) error {
		if !s.made[folder] {
			there, err := s.exists(folder)
			if err != nil {
				return err
			}
			if s.made[folder] = there; !there {
				if err := s.create(folder); err != nil {
					return err
				}
			}
		}
		return s.append(folder, bytes.NewReader(raw), int64(len(raw)), at, seen)
	}
	err := b.do(ctx, put)
	var no *imap.Error
	if !errors.As(err, &no) || no.Code != imap.ResponseCodeTryCreate {
		return err
	}
	return b.do(ctx, func(s *session) error { // the folder went away, or LIST does not show it
		if err := s.create(folder); err != nil {
			return err
		}
		return s.append(folder, bytes.NewReader(raw), int64(len(raw)), at, seen)
	})
}

// AppendFrom puts a message of size bytes as a stream into a folder that exists,
// unseen. All else is as for Append; an error of r ends the connection and is
// returned as it is.
func (b *Box) AppendFrom(ctx context.Context, folder string, r io.Reader, size int64, at time.Time) error {
	return b.do(ctx, func(s *session) error { return s.append(folder, r, size, at, false) })
}

func (s *session) append(folder string, r io.Reader, size int64, at time.Time, seen bool) error {
	opt := &imap.AppendOptions{Time: at}
	if seen {
		opt.Flags = []imap.Flag{imap.FlagSeen}
	}
	in := &noting{r: r}
	err := s.wait(func() error {
		cmd := s.c.Append(folder, size, opt)
		_, werr := io.Copy(cmd, in)
		if in.err != nil { // the server waits for the rest of the literal
			s.dead = true
			s.cut()
			return in.err
		}
		cerr := cmd.Close()
		if werr != nil || cerr != nil {
			s.dead = true // a literal that did not go through ends the connection
		}
		_, err := cmd.Wait()
		var no *imap.Error
		for _, e := range []error{err, werr, cerr} {
			if errors.As(e, &no) {
				return no // why it did not go through
			}
		}
		return errors.Join(err, werr, cerr)
	})
	if in.err != nil {
		return in.err
	}
	return err
}

// noting keeps the error with which a source failed, other than its end.
type noting struct {
	r   io.Reader
	err error
}

func (n *noting) Read(p []byte) (int, error) {
	c, err := n.r.Read(p)
	if err != nil && err != io.EOF {
		n.err = err
	}
	return c, err
}

// lookBack is how many of the newest messages Find reads itself where the
// server's SEARCH finds nothing.
const lookBack = 300

// Find tells whether a message with this Message-ID lies in a folder. What
// SEARCH finds is verified, and where it finds nothing the newest 300 headers
// are read: not every server searches headers. A missing folder has none.
func (b *Box) Find(ctx context.Context, folder, messageID string) (bool, error) {
	id := strings.Trim(strings.TrimSpace(messageID), "<>")
	if id == "" {
		return false, errors.New("mailbox: no Message-ID to find")
	}
	here := false
	err := b.do(ctx, func(s *session) error {
		d, err := s.examine(folder)
		if err != nil || d.NumMessages == 0 {
			return err
		}
		hits, err := s.search(id)
		if err != nil {
			return err
		}
		if len(hits) > 0 {
			if here, err = s.carries(hits, id); here || err != nil {
				return err
			}
		}
		newest := imap.SeqSet{{Start: max(d.NumMessages, lookBack) - lookBack + 1, Stop: d.NumMessages}}
		here, err = s.carries(newest, id)
		return err
	})
	if errors.Is(err, ErrMissing) {
		return false, nil
	}
	return here, err
}

// search asks the server; a refusal is no hit.
func (s *session) search(id string) (imap.UIDSet, error) {
	var hits imap.UIDSet
	err := s.wait(func() error {
		got, err := s.c.UIDSearch(&imap.SearchCriteria{
			Header: []imap.SearchCriteriaHeaderField{{Key: "Message-ID", Value: id}},
		}, nil).Wait()
		if err == nil {
			hits.AddNum(got.AllUIDs()...)
		}
		return err
	})
	if errors.Is(err, ErrRefused) {
		err = nil
	}
	return hits, err
}

// carries reads the Message-ID of some messages.
func (s *session) carries(set imap.NumSet, id string) (bool, error) {
	here := false
	opt := &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{{
		Specifier: imap.PartSpecifierHeader, HeaderFields: []string{"Message-ID"}, Peek: true,
	}}}
	err := s.fetch(set, opt, func(m found) error {
		here = here || idIn(m.Head) == id
		return nil
	})
	return here, err
}

// Newest returns the last message of a folder and its header, which ends in
// an empty line and is cut at 1 MiB. An empty or missing folder gives UID 0.
func (b *Box) Newest(ctx context.Context, folder string) (Arrival, []byte, error) {
	var a Arrival
	var head []byte
	err := b.do(ctx, func(s *session) error {
		d, err := s.examine(folder)
		if err != nil || d.NumMessages == 0 {
			return err
		}
		opt := &imap.FetchOptions{
			UID: true, InternalDate: true, RFC822Size: true,
			BodySection: []*imap.FetchItemBodySection{{Specifier: imap.PartSpecifierHeader, Peek: true}},
		}
		err = s.fetch(imap.SeqSetNum(d.NumMessages), opt, func(m found) error {
			a, head = Arrival{folder, d.UIDValidity, m.UID, m.At, m.Size}, m.Head
			return nil
		})
		if err == nil && a.UID == 0 {
			err = fmt.Errorf("%w: newest message of %s: %w", ErrNetwork, folder, errAbsent)
		}
		return err
	})
	if errors.Is(err, ErrMissing) {
		return Arrival{}, nil, nil
	}
	return a, head, err
}
