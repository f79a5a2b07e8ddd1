package postoffice

import (
	"bufio"
	"bytes"
	"slices"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	gomessage "github.com/emersion/go-message/textproto"
)

// pick is a message with the number by which this client knows it; seq is 0
// where the client has not been told of it yet.
type pick struct {
	*mail
	place uint32 // in the folder, from 1
	seq   uint32
	flags []imap.Flag
}

// picks resolves a set of numbers; the lock is held by the caller. "*" is the
// last message, also in "n:*" with n beyond it (RFC 3501 §9, seq-range).
func (r *reader) picks(set imap.NumSet) []pick {
	if imap.IsSearchRes(set) {
		set = r.saved
	}
	var last imap.UID
	if n := len(r.open.mails); n > 0 {
		last = r.open.mails[n-1].uid
	}
	var got []pick
	for i, m := range r.open.mails {
		p := pick{m, uint32(i + 1), r.view.EncodeSeqNum(uint32(i + 1)), m.flags}
		if holds(set, p, uint32(last), uint32(len(r.open.mails))) {
			got = append(got, p)
		}
	}
	return got
}

func holds(set imap.NumSet, p pick, lastUID, lastSeq uint32) bool {
	within := func(n, start, stop, last uint32) bool {
		if start == 0 {
			start = last
		}
		if stop == 0 {
			stop = last
		}
		return n != 0 && min(start, stop) <= n && n <= max(start, stop)
	}
	switch set := set.(type) {
	case imap.SeqSet:
		return slices.ContainsFunc(set, func(x imap.SeqRange) bool { return within(p.seq, x.Start, x.Stop, lastSeq) })
	case imap.UIDSet:
		return slices.ContainsFunc(set, func(x imap.UIDRange) bool {
			return within(uint32(p.uid), uint32(x.Start), uint32(x.Stop), lastUID)
		})
	}
	return false
}

// Fetch implements imapserver.Session.
func (r *reader) Fetch(w *imapserver.FetchWriter, set imap.NumSet, opt *imap.FetchOptions) error {
	marks := !r.readOnly && slices.ContainsFunc(opt.BodySection, func(b *imap.FetchItemBodySection) bool { return !b.Peek })
	r.mu.Lock()
	got := r.picks(set)
	for _, p := range got {
		if marks && !p.has(imap.FlagSeen) {
			p.change(imap.StoreFlagsAdd, []imap.Flag{imap.FlagSeen})
			r.open.tracker.QueueMessageFlags(p.place, p.uid, p.mail.flags, nil)
		}
	}
	r.open.ring()
	r.mu.Unlock()
	for _, p := range got {
		if p.seq == 0 {
			continue
		}
		if err := p.write(w.CreateMessage(p.seq), opt); err != nil {
			return err
		}
	}
	return nil
}

func (p pick) write(w *imapserver.FetchResponseWriter, opt *imap.FetchOptions) error {
	w.WriteUID(p.uid)
	if opt.Flags {
		w.WriteFlags(p.flags)
	}
	if opt.InternalDate {
		w.WriteInternalDate(p.at)
	}
	if opt.RFC822Size {
		w.WriteRFC822Size(int64(len(p.raw)))
	}
	if opt.Envelope {
		h, _ := gomessage.ReadHeader(bufio.NewReader(bytes.NewReader(p.raw)))
		w.WriteEnvelope(imapserver.ExtractEnvelope(h))
	}
	if opt.BodyStructure != nil {
		w.WriteBodyStructure(imapserver.ExtractBodyStructure(bytes.NewReader(p.raw)))
	}
	for _, b := range opt.BodySection {
		if err := writeAll(w.WriteBodySection(b, int64(len(section(p.raw, b)))), section(p.raw, b)); err != nil {
			return err
		}
	}
	for _, b := range opt.BinarySection {
		part := imapserver.ExtractBinarySection(bytes.NewReader(p.raw), b)
		if err := writeAll(w.WriteBinarySection(b, int64(len(part))), part); err != nil {
			return err
		}
	}
	for _, b := range opt.BinarySectionSize {
		w.WriteBinarySectionSize(b, imapserver.ExtractBinarySectionSize(bytes.NewReader(p.raw), b))
	}
	return w.Close()
}

// section cuts BODY[…] out of the bytes as they are.
func section(raw []byte, b *imap.FetchItemBodySection) []byte {
	if len(b.Part) > 0 || len(b.HeaderFields) > 0 || len(b.HeaderFieldsNot) > 0 {
		return imapserver.ExtractBodySection(bytes.NewReader(raw), b)
	}
	head := headEnd(raw)
	switch b.Specifier {
	case imap.PartSpecifierHeader:
		raw = raw[:head]
	case imap.PartSpecifierText:
		raw = raw[head:]
	}
	if p := b.Partial; p != nil {
		from := min(p.Offset, int64(len(raw)))
		raw = raw[from:min(from+p.Size, int64(len(raw)))]
	}
	return raw
}

// headEnd is where the body begins.
func headEnd(raw []byte) int {
	for _, gap := range []string{"\r\n\r\n", "\n\n"} {
		if i := bytes.Index(raw, []byte(gap)); i >= 0 {
			return i + len(gap)
		}
	}
	return len(raw)
}

func writeAll(w interface {
	Write([]byte) (int, error)
	Close() error
}, b []byte) error {
	_, err := w.Write(b)
	if end := w.Close(); err == nil {
		err = end
	}
	return err
}

// Store implements imapserver.Session.
func (r *reader) Store(w *imapserver.FetchWriter, set imap.NumSet, flags *imap.StoreFlags, _ *imap.StoreOptions) error {
	if r.readOnly {
		return refuse("", "Mailbox is read only")
	}
	r.mu.Lock()
	for _, p := range r.picks(set) {
		p.change(flags.Op, flags.Flags)
		r.open.tracker.QueueMessageFlags(p.place, p.uid, p.mail.flags, r.view)
	}
	r.open.ring()
	r.mu.Unlock()
	if flags.Silent {
		return nil
	}
	return r.Fetch(w, set, &imap.FetchOptions{Flags: true})
}

// Expunge implements imapserver.Session; the view tells the client.
func (r *reader) Expunge(_ *imapserver.ExpungeWriter, uids *imap.UIDSet) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.readOnly {
		return refuse("", "Mailbox is read only")
	}
	r.open.drop(func(m *mail) bool {
		return m.has(imap.FlagDeleted) && (uids == nil || uids.Contains(m.uid))
	})
	return nil
}

// Copy implements imapserver.Session.
func (r *reader) Copy(set imap.NumSet, dest string) (*imap.CopyData, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	d, _, err := r.copy(set, dest)
	return d, err
}

func (r *reader) copy(set imap.NumSet, dest string) (*imap.CopyData, []pick, error) {
	to, err := r.folder(dest)
	if err != nil {
		return nil, nil, refuse(imap.ResponseCodeTryCreate, "No such mailbox")
	}
	if to == r.open {
		return nil, nil, refuse("", "Source and destination are one")
	}
	d, got := &imap.CopyData{UIDValidity: to.validity}, r.picks(set)
	for _, p := range got {
		d.SourceUIDs.AddNum(p.uid)
		d.DestUIDs.AddNum(to.add(p.raw, p.at, p.flags).UID)
	}
	return d, got, nil
}

// Move implements imapserver.SessionMove; the view tells of what is gone.
func (r *reader) Move(w *imapserver.MoveWriter, set imap.NumSet, dest string) error {
	r.mu.Lock()
	d, got, err := r.copy(set, dest)
	if err == nil {
		r.open.drop(func(m *mail) bool {
			return slices.ContainsFunc(got, func(p pick) bool { return p.mail == m })
		})
	}
	r.mu.Unlock()
	if err != nil {
		return err
	}
	return w.WriteCopyData(d)
}
