package postoffice

import (
	"fmt"
	"slices"
	"time"
)

// Append puts a message into a folder as another mail client of the user
// would, making the folder if it is missing. Nothing is added to raw, which
// must not be changed afterwards.
func (o *Office) Append(user, name string, raw []byte, at time.Time) error {
	a := o.user(user)
	if a == nil {
		return fmt.Errorf("%w user %s", ErrUnknown, user)
	}
	a.Create(name, nil) // an error means that it is there
	_, err := a.put(name, raw, at, nil)
	return err
}

// Mails returns what lies in a folder now, in order of UID. A folder that
// does not exist is empty. Raw is shared and must not be changed.
func (o *Office) Mails(user, name string) ([]Stored, error) {
	a := o.user(user)
	if a == nil {
		return nil, fmt.Errorf("%w user %s", ErrUnknown, user)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	f, err := a.folder(name)
	if err != nil {
		return nil, nil
	}
	var all []Stored
	for _, m := range f.mails {
		s := Stored{UID: uint32(m.uid), At: m.at, Raw: m.raw}
		for _, flag := range m.flags {
			s.Flags = append(s.Flags, string(flag))
		}
		all = append(all, s)
	}
	return all, nil
}

// Remove deletes messages by UID, as a person does who tidies the mailbox;
// an unknown UID is no error.
func (o *Office) Remove(user, name string, uids ...uint32) error {
	return o.in(user, name, func(_ *account, f *folder) error {
		f.drop(func(m *mail) bool { return slices.Contains(uids, uint32(m.uid)) })
		return nil
	})
}

// Shuffle makes a folder anew from its messages in the given order (indices
// into Mails): new UIDs, a new UIDVALIDITY, the same bytes and INTERNALDATE.
// An index left out loses that message, one named twice doubles it. Open IMAP
// connections are cut, as after a restore from backup.
func (o *Office) Shuffle(user, name string, order []int) error {
	err := o.in(user, name, func(a *account, f *folder) error {
		for _, i := range order {
			if i < 0 || i >= len(f.mails) {
				return fmt.Errorf("%w message %d of %d", ErrUnknown, i, len(f.mails))
			}
		}
		a.validity++
		anew := newFolder(f.name, a.validity)
		for _, i := range order {
			anew.add(f.mails[i].raw, f.mails[i].at, f.mails[i].flags)
		}
		a.folders[f.name] = anew
		return nil
	})
	if err == nil {
		o.CutIMAP()
	}
	return err
}

// CutIMAP closes every open IMAP connection; clients may connect again.
func (o *Office) CutIMAP() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for c := range o.conns {
		c.Close()
	}
}

// in runs fn on a folder under the account's lock.
func (o *Office) in(user, name string, fn func(*account, *folder) error) error {
	a := o.user(user)
	if a == nil {
		return fmt.Errorf("%w user %s", ErrUnknown, user)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	f, err := a.folder(name)
	if err != nil {
		return fmt.Errorf("%w folder %s", ErrUnknown, name)
	}
	return fn(a, f)
}
