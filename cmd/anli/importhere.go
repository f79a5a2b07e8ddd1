package main

import (
	"context"
	"io"

	"anli/intake/mailbox"
)

// inMailbox knows what lies in the folder that mails are laid into.
type inMailbox struct {
	box       *mailbox.Box
	folder    string
	ids       map[string]bool            // Message-IDs, without angles
	byID      map[string][]mailbox.Ident // "": mails without one
	substance map[uint32]string          // of those that had to be read
	now       map[string]bool            // substance of what this run laid there
}

func lookInto(ctx context.Context, box *mailbox.Box, folder string) (*inMailbox, error) {
	all, err := box.Idents(ctx, folder)
	m := &inMailbox{box: box, folder: folder, ids: map[string]bool{}, byID: map[string][]mailbox.Ident{}, substance: map[uint32]string{}, now: map[string]bool{}}
	for _, i := range all {
		m.ids[i.MessageID] = true
		m.byID[i.MessageID] = append(m.byID[i.MessageID], i)
	}
	return m, err
}

// has tells whether a saved mail lies in the folder, and remembers it: the same
// Message-ID and size, or the same substance, as the desk compares mails.
func (m *inMailbox) has(ctx context.Context, o original) (bool, error) {
	id := bare(o.msg.MessageID)
	key := id + " " + o.msg.Substance
	if m.now[key] {
		return true, nil
	}
	m.now[key] = true
	for _, i := range m.byID[id] {
		if id != "" && i.Size == o.size {
			return true, nil
		}
		if _, read := m.substance[i.UID]; !read {
			err := m.box.Fetch(ctx, m.folder, i.UID, func(r io.Reader) error {
				msg, err := readMail(r)
				m.substance[i.UID] = msg.Substance
				return err
			})
			if err != nil {
				return false, err
			}
		}
		if m.substance[i.UID] == o.msg.Substance {
			return true, nil
		}
	}
	return false, nil
}
