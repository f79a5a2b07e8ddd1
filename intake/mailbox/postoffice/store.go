package postoffice

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
)

// The store is ours and not imapmemserver's because that one parses and
// rewrites a message on every FETCH: a damaged header comes out empty, and
// the bytes are not those that were delivered. Here they are.

// account is one user with folders; its lock guards all that hangs below, and
// is never held while a client is written to.
type account struct {
	addr string

	mu       sync.Mutex
	folders  map[string]*folder
	validity uint32 // the last UIDVALIDITY given; a folder made anew gets another
}

// folder is a mailbox in the sense of RFC 3501.
type folder struct {
	name       string
	tracker    *imapserver.MailboxTracker
	validity   uint32
	next       imap.UID
	subscribed bool
	mails      []*mail
	bells      map[chan struct{}]bool // clients in IDLE
}

func newFolder(name string, validity uint32) *folder {
	return &folder{
		name: name, validity: validity, next: 1,
		tracker: imapserver.NewMailboxTracker(0), bells: map[chan struct{}]bool{},
	}
}

// ring tells the clients in IDLE that the tracker has something for them.
func (f *folder) ring() {
	for bell := range f.bells {
		select {
		case bell <- struct{}{}:
		default: // rung already
		}
	}
}

// mail is one message; raw never changes.
type mail struct {
	uid   imap.UID
	raw   []byte
	at    time.Time
	flags []imap.Flag // lower case, sorted
}

func refuse(code imap.ResponseCode, text string) error {
	return &imap.Error{Type: imap.StatusResponseTypeNo, Code: code, Text: text}
}

// trimmed is the name under which a folder is kept: INBOX in any case, no
// trailing separator.
func trimmed(name string) string {
	name = strings.TrimRight(name, "/")
	if strings.EqualFold(name, "INBOX") {
		return "INBOX"
	}
	return name
}

// folder finds a folder by name; the lock is held by the caller.
func (a *account) folder(name string) (*folder, error) {
	if f := a.folders[trimmed(name)]; f != nil {
		return f, nil
	}
	return nil, refuse(imap.ResponseCodeNonExistent, "No such mailbox")
}

// Create makes a folder; an existing one is an error.
func (a *account) Create(name string, _ *imap.CreateOptions) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	name = trimmed(name)
	if a.folders[name] != nil {
		return refuse(imap.ResponseCodeAlreadyExists, "Mailbox already exists")
	}
	a.validity++
	a.folders[name] = newFolder(name, a.validity)
	return nil
}

// Delete removes a folder with all that lies in it.
func (a *account) Delete(name string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	f, err := a.folder(name)
	if err != nil {
		return err
	}
	delete(a.folders, f.name)
	return nil
}

// Rename gives a folder another name.
func (a *account) Rename(from, to string, _ *imap.RenameOptions) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	f, err := a.folder(from)
	if err != nil {
		return err
	}
	if a.folders[trimmed(to)] != nil {
		return refuse(imap.ResponseCodeAlreadyExists, "Mailbox already exists")
	}
	delete(a.folders, f.name)
	f.name = trimmed(to)
	a.folders[f.name] = f
	return nil
}

// Subscribe marks a folder for LSUB.
func (a *account) Subscribe(name string) error { return a.subscribe(name, true) }

// Unsubscribe takes that mark away.
func (a *account) Unsubscribe(name string) error { return a.subscribe(name, false) }

func (a *account) subscribe(name string, on bool) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	f, err := a.folder(name)
	if err == nil {
		f.subscribed = on
	}
	return err
}

// Namespace tells that all folders are the user's own, parted by "/".
func (a *account) Namespace() (*imap.NamespaceData, error) {
	return &imap.NamespaceData{Personal: []imap.NamespaceDescriptor{{Delim: '/'}}}, nil
}

// Status counts what lies in a folder.
func (a *account) Status(name string, _ *imap.StatusOptions) (*imap.StatusData, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	f, err := a.folder(name)
	if err != nil {
		return nil, err
	}
	return f.status(), nil
}

func (f *folder) status() *imap.StatusData {
	var all, unseen, deleted, recent uint32
	var size int64
	for _, m := range f.mails {
		all++
		size += int64(len(m.raw))
		if !m.has(imap.FlagSeen) {
			unseen++
		}
		if m.has(imap.FlagDeleted) {
			deleted++
		}
	}
	return &imap.StatusData{
		Mailbox: f.name, UIDNext: f.next, UIDValidity: f.validity, Size: &size,
		NumMessages: &all, NumUnseen: &unseen, NumDeleted: &deleted, NumRecent: &recent,
	}
}

// List writes the folders whose names match.
func (a *account) List(w *imapserver.ListWriter, ref string, patterns []string, opt *imap.ListOptions) error {
	if len(patterns) == 0 {
		return w.WriteList(&imap.ListData{Attrs: []imap.MailboxAttr{imap.MailboxAttrNoSelect}, Delim: '/'})
	}
	for _, d := range a.matching(ref, patterns, opt) {
		if err := w.WriteList(&d); err != nil {
			return err
		}
	}
	return nil
}

func (a *account) matching(ref string, patterns []string, opt *imap.ListOptions) []imap.ListData {
	a.mu.Lock()
	defer a.mu.Unlock()
	var all []imap.ListData
	for name, f := range a.folders {
		hit := func(p string) bool { return imapserver.MatchList(name, '/', ref, p) }
		if !slices.ContainsFunc(patterns, hit) || opt.SelectSubscribed && !f.subscribed {
			continue
		}
		d := imap.ListData{Mailbox: name, Delim: '/'}
		if f.subscribed {
			d.Attrs = append(d.Attrs, imap.MailboxAttrSubscribed)
		}
		if opt.ReturnStatus != nil {
			d.Status = f.status()
		}
		all = append(all, d)
	}
	slices.SortFunc(all, func(x, y imap.ListData) int { return strings.Compare(x.Mailbox, y.Mailbox) })
	return all
}

// Append implements imapserver.Session.
func (a *account) Append(name string, lit imap.LiteralReader, opt *imap.AppendOptions) (*imap.AppendData, error) {
	raw := make([]byte, lit.Size())
	if _, err := io.ReadFull(lit, raw); err != nil {
		return nil, fmt.Errorf("append: %w", err)
	}
	return a.put(name, raw, opt.Time, opt.Flags)
}

// put adds a message as the last of a folder.
func (a *account) put(name string, raw []byte, at time.Time, flags []imap.Flag) (*imap.AppendData, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	f, err := a.folder(name)
	if err != nil {
		return nil, refuse(imap.ResponseCodeTryCreate, "No such mailbox")
	}
	return f.add(raw, at, flags), nil
}

func (f *folder) add(raw []byte, at time.Time, flags []imap.Flag) *imap.AppendData {
	m := &mail{uid: f.next, raw: raw, at: at}
	m.change(imap.StoreFlagsAdd, flags)
	f.next++
	f.mails = append(f.mails, m)
	f.tracker.QueueNumMessages(uint32(len(f.mails)))
	f.ring()
	return &imap.AppendData{UIDValidity: f.validity, UID: m.uid}
}

// drop takes out the messages for which gone is true.
func (f *folder) drop(gone func(*mail) bool) {
	for i := len(f.mails) - 1; i >= 0; i-- {
		if gone(f.mails[i]) {
			f.tracker.QueueExpunge(uint32(i + 1))
			f.mails = slices.Delete(f.mails, i, i+1)
		}
	}
	f.ring()
}

func (m *mail) has(flag imap.Flag) bool {
	return slices.Contains(m.flags, imap.Flag(strings.ToLower(string(flag))))
}

func (m *mail) change(op imap.StoreFlagsOp, flags []imap.Flag) {
	var next []imap.Flag // never in place: readers hold the old slice
	if op != imap.StoreFlagsSet {
		next = slices.Clone(m.flags)
	}
	for _, f := range flags {
		f = imap.Flag(strings.ToLower(string(f)))
		next = slices.DeleteFunc(next, func(g imap.Flag) bool { return g == f })
		if op != imap.StoreFlagsDel {
			next = append(next, f)
		}
	}
	slices.Sort(next)
	m.flags = next
}
