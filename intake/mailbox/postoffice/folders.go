package postoffice

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
)

// literal gives bytes the Size that APPEND wants.
type literal struct{ *bytes.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }

// Append puts a message into a folder as another mail client of the user
// would, making the folder if it is missing. Nothing is added to raw.
func (o *Office) Append(user, folder string, raw []byte, at time.Time) error {
	u := o.user(user)
	if u == nil {
		return fmt.Errorf("%w user %s", ErrUnknown, user)
	}
	return put(u, folder, raw, at)
}

func put(u *imapmemserver.User, folder string, raw []byte, at time.Time) error {
	u.Create(folder, nil) // an error means that it is there
	_, err := u.Append(folder, literal{bytes.NewReader(raw)}, &imap.AppendOptions{Time: at})
	return err
}

// Mails returns what lies in a folder now, in order of UID. A folder that
// does not exist is empty.
func (o *Office) Mails(user, folder string) ([]Stored, error) {
	u := o.user(user)
	if u == nil {
		return nil, fmt.Errorf("%w user %s", ErrUnknown, user)
	}
	if _, err := u.Status(folder, &imap.StatusOptions{}); err != nil {
		return nil, nil
	}
	conn, err := o.desk.Dial(context.Background(), "", "")
	if err != nil {
		return nil, err
	}
	c := imapclient.New(conn, nil)
	defer c.Close()
	if err := c.Login(user, o.opt.Password).Wait(); err != nil {
		return nil, err
	}
	if _, err := c.Select(folder, &imap.SelectOptions{ReadOnly: true}).Wait(); err != nil {
		return nil, err
	}
	body := &imap.FetchItemBodySection{Peek: true}
	got, err := c.Fetch(imap.UIDSet{{Start: 1, Stop: 0}}, &imap.FetchOptions{
		UID: true, InternalDate: true, BodySection: []*imap.FetchItemBodySection{body},
	}).Collect()
	if err != nil {
		return nil, err
	}
	var all []Stored
	for _, m := range got {
		all = append(all, Stored{UID: uint32(m.UID), At: m.InternalDate, Raw: m.FindBodySection(body)})
	}
	return all, nil
}

// Remove deletes messages by UID, as a person does who tidies the mailbox.
func (o *Office) Remove(user, folder string, uids ...uint32) error {
	u := o.user(user)
	if u == nil {
		return fmt.Errorf("%w user %s", ErrUnknown, user)
	}
	s := imapmemserver.NewUserSession(u)
	if _, err := s.Select(folder, &imap.SelectOptions{}); err != nil {
		return fmt.Errorf("%w folder %s", ErrUnknown, folder)
	}
	defer s.Close()
	var set imap.UIDSet
	for _, uid := range uids {
		set.AddNum(imap.UID(uid))
	}
	flags := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagDeleted}}
	if err := s.Store(nil, set, flags, nil); err != nil {
		return err
	}
	return s.Expunge(nil, &set)
}

// Shuffle makes a folder anew from its messages in the given order (indices
// into Mails): new UIDs, a new UIDVALIDITY, the same bytes and INTERNALDATE.
// An index left out loses that message, one named twice doubles it. Open IMAP
// connections are cut, as after a restore from backup.
func (o *Office) Shuffle(user, folder string, order []int) error {
	mails, err := o.Mails(user, folder)
	if err != nil {
		return err
	}
	u := o.user(user)
	if err := u.Delete(folder); err != nil {
		return fmt.Errorf("%w folder %s", ErrUnknown, folder)
	}
	if err := u.Create(folder, nil); err != nil {
		return err
	}
	for _, i := range order {
		if i < 0 || i >= len(mails) {
			return fmt.Errorf("%w message %d of %d", ErrUnknown, i, len(mails))
		}
		if err := put(u, folder, mails[i].Raw, mails[i].At); err != nil {
			return err
		}
	}
	o.CutIMAP()
	return nil
}

// CutIMAP closes every open IMAP connection; clients may connect again.
func (o *Office) CutIMAP() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for c := range o.conns {
		c.Close()
	}
}
