package mailbox

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// Ident is what tells a message in a folder from others without its text.
type Ident struct {
	UID       uint32
	Size      int64  // RFC822.SIZE in bytes, as claimed
	MessageID string // without angles, "" if it has none
}

// Idents names every message of a folder, in one pass over the headers: not every
// server searches them. A missing folder has none.
func (b *Box) Idents(ctx context.Context, folder string) ([]Ident, error) {
	var all []Ident
	err := b.do(ctx, func(s *session) error {
		d, err := s.examine(folder)
		if err != nil || d.NumMessages == 0 {
			return err
		}
		opt := &imap.FetchOptions{UID: true, RFC822Size: true, BodySection: []*imap.FetchItemBodySection{{
			Specifier: imap.PartSpecifierHeader, HeaderFields: []string{"Message-ID"}, Peek: true,
		}}}
		return s.fetch(imap.SeqSet{{Start: 1, Stop: d.NumMessages}}, opt, func(m found) error {
			all = append(all, Ident{m.UID, m.Size, idIn(m.Head)})
			return nil
		})
	})
	if errors.Is(err, ErrMissing) {
		return nil, nil
	}
	return all, err
}

// idIn is the Message-ID in a header of nothing else.
func idIn(head []byte) string {
	_, value, _ := bytes.Cut(head, []byte(":"))
	return strings.Trim(strings.TrimSpace(string(value)), "<>")
}

// Fetch hands one message to take, as Scan does. It is not called for a message
// that is gone.
func (b *Box) Fetch(ctx context.Context, folder string, uid uint32, take func(io.Reader) error) error {
	return b.do(ctx, func(s *session) error {
		d, err := s.examine(folder)
		if err != nil {
			return err
		}
		id := mailID{folder, d.UIDValidity, uid}
		defer delete(b.fails, id)
		if err := b.takeAll(s, []mailID{id}, func(_ Arrival, r io.Reader) error { return take(r) }); err != nil {
			return err
		}
		if f := b.fails[id]; f != nil {
			return f.err
		}
		return nil
	})
}
