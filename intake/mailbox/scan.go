package mailbox

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
)

// Arrival is one message as the server announces it.
type Arrival struct {
	Folder   string
	Validity uint32    // UIDVALIDITY: another one means other UIDs
	UID      uint32    // within Validity
	At       time.Time // INTERNALDATE in the zone the server wrote; zero where it wrote nothing readable
	Size     int64     // RFC822.SIZE in bytes, as claimed
}

// Snapshot is the state of a folder that a Scan began with.
type Snapshot struct {
	Validity uint32
	UIDNext  uint32 // 0 where the server does not tell
	Messages int

	// Complete: every message of this state has been seen before, taken now,
	// or is listed in Failed.
	Complete bool

	// Failed are the messages set aside because they could not be fetched
	// three times; one message shall not block the mailbox. They are tried
	// again every thirtieth Scan, and by a new Box.
	Failed []Failure
}

// Failure is a message set aside, for a person to look at.
type Failure struct {
	Arrival
	Tries int
	Err   error // the last one
}

const (
	maxTries  = 3
	retryScan = 30
	manyUIDs  = 200 // per FETCH of sizes and dates
)

// mailID names a message for this Box.
type mailID struct {
	folder        string
	validity, uid uint32
}

type failing struct {
	tries  int
	rested int // scans without it since it was set aside
	err    error
}

// Scan goes through a folder once and hands every message that seen does not
// know to take, in order of INTERNALDATE, then UID. take gets the bytes as
// the server has them and must return the reader's error if it meets one; its
// own error ends the scan and is returned. A message counts as taken when
// take returns nil. The network can fail at any time: the error is
// ErrNetwork, what was taken stays taken, and the next Scan goes on.
func (b *Box) Scan(ctx context.Context, folder string, seen func(validity, uid uint32) bool, take func(Arrival, io.Reader) error) (Snapshot, error) {
	var snap Snapshot
	err := b.do(ctx, func(s *session) error {
		d, err := s.examine(folder)
		if err != nil {
			return err
		}
		snap = Snapshot{Validity: d.UIDValidity, UIDNext: uint32(d.UIDNext), Messages: int(d.NumMessages)}
		b.last[folder] = snap
		uids, err := s.all(d)
		if err != nil {
			return err
		}
		unknown := slices.DeleteFunc(uids, func(uid uint32) bool {
			return uid == 0 || seen != nil && seen(d.UIDValidity, uid)
		})
		if err := b.takeAll(s, b.due(folder, d.UIDValidity, unknown), take); err != nil {
			return err
		}
		b.careful = false
		snap.Failed, snap.Complete = b.setAside(folder)
		return nil
	})
	return snap, err
}

// due forgets failures of messages that are gone, and leaves out those that
// are set aside until their turn comes again.
func (b *Box) due(folder string, validity uint32, uids []uint32) []mailID {
	maps.DeleteFunc(b.fails, func(id mailID, _ *failing) bool {
		return id.folder == folder && (id.validity != validity || !slices.Contains(uids, id.uid))
	})
	var now []mailID
	for _, uid := range uids {
		id := mailID{folder, validity, uid}
		if f := b.fails[id]; f != nil && f.tries >= maxTries {
			if f.rested++; f.rested < retryScan {
				continue
			}
			f.rested = 0
		}
		now = append(now, id)
	}
	return now
}

// setAside lists what failed too often; complete, if nothing else failed.
func (b *Box) setAside(folder string) (all []Failure, complete bool) {
	complete = true
	for id, f := range b.fails {
		switch {
		case id.folder != folder:
		case f.tries < maxTries:
			complete = false
		default:
			all = append(all, Failure{Arrival{Folder: id.folder, Validity: id.validity, UID: id.uid}, f.tries, f.err})
		}
	}
	slices.SortFunc(all, func(x, y Failure) int { return cmp.Compare(x.UID, y.UID) })
	return all, complete
}

// takeAll describes and takes messages. What fails by itself is counted in
// fails; an error is one of the connection or of take.
func (b *Box) takeAll(s *session, ids []mailID, take func(Arrival, io.Reader) error) error {
	arrivals, err := b.describe(s, ids)
	if err != nil {
		return err
	}
	slices.SortFunc(arrivals, func(x, y Arrival) int {
		return cmp.Or(b.tries(x)-b.tries(y), x.At.Compare(y.At), cmp.Compare(x.UID, y.UID))
	})
	for _, a := range arrivals {
		if err := b.takeOne(s, a, take); err != nil {
			return err
		}
	}
	return nil
}

// tries sorts what failed before behind everything else.
func (b *Box) tries(a Arrival) int {
	if f := b.fails[mailID{a.Folder, a.Validity, a.UID}]; f != nil {
		return f.tries
	}
	return 0
}

// describe asks for date and size of many messages. Those that a server does
// not describe are asked for one by one; those that are gone are left out.
func (b *Box) describe(s *session, ids []mailID) ([]Arrival, error) {
	many := manyUIDs
	if b.careful {
		many = 1
	}
	var all []Arrival
	for part := range slices.Chunk(ids, many) {
		got, err := b.describeSome(s, part)
		if err != nil {
			return nil, err
		}
		for _, id := range part {
			a, there := got[id.uid]
			if !there {
				a, err = b.describeOne(s, id)
			}
			if s.dead {
				return nil, err
			}
			if a.UID != 0 {
				all = append(all, a)
			}
		}
	}
	return all, nil
}

func (b *Box) describeSome(s *session, part []mailID) (map[uint32]Arrival, error) {
	var set imap.UIDSet
	for _, id := range part {
		set.AddNum(imap.UID(id.uid))
	}
	got := map[uint32]Arrival{}
	err := s.fetch(set, &imap.FetchOptions{UID: true, InternalDate: true, RFC822Size: true}, func(m found) error {
		got[m.UID] = Arrival{part[0].folder, part[0].validity, m.UID, m.At, m.Size}
		return nil
	})
	if s.dead {
		if b.careful = true; len(part) == 1 {
			b.failed(s, part[0], err)
		}
		return nil, err
	}
	return got, nil // a refusal is asked again one by one
}

// describeOne asks for one message by its place, for servers that say
// nothing, or no, to the UID. A message that is gone has UID 0.
func (b *Box) describeOne(s *session, id mailID) (a Arrival, err error) {
	seq, err := s.place(id.uid)
	if err == nil && seq == 0 {
		delete(b.fails, id)
		return a, nil
	}
	if err == nil {
		err = s.fetch(imap.SeqSetNum(seq), &imap.FetchOptions{UID: true, InternalDate: true, RFC822Size: true}, func(m found) error {
			if m.UID == id.uid {
				a = Arrival{id.folder, id.validity, m.UID, m.At, m.Size}
			}
			return nil
		})
	}
	if err == nil && a.UID == 0 {
		err = errAbsent
	}
	if err != nil {
		b.failed(s, id, err)
	}
	return a, err
}

// failed counts one failure of a message; that the caller gave up is none.
func (b *Box) failed(s *session, id mailID, err error) {
	if s.ctx.Err() != nil {
		return
	}
	f := b.fails[id]
	if f == nil {
		f = &failing{}
		b.fails[id] = f
	}
	f.tries++
	f.err = err
	b.set.Log.Warn("mailbox: message not fetched", "folder", id.folder, "uid", id.uid, "tries", f.tries, "error", err)
}

// takeOne fetches one message into take. Without an error it is taken, gone,
// or counted as failed.
func (b *Box) takeOne(s *session, a Arrival, take func(Arrival, io.Reader) error) error {
	id := mailID{a.Folder, a.Validity, a.UID}
	r := &body{s: s, uid: a.UID, size: a.Size, full: b.tries(a) > 0}
	if err := r.begin(); err != nil {
		r.end()
		b.failed(s, id, err)
		return unless(s, err)
	}
	if r.lit == nil {
		delete(b.fails, id) // gone in the meantime
		return nil
	}
	own := take(a, r)
	broken := r.err
	if err := r.end(); broken == nil {
		broken = err
	}
	if broken != nil && broken != io.EOF {
		b.failed(s, id, broken)
		return unless(s, broken)
	}
	if own != nil {
		return fmt.Errorf("uid %d: %w", a.UID, own)
	}
	delete(b.fails, id)
	return nil
}

// unless returns the error only where it cost the connection.
func unless(s *session, err error) error {
	if s.dead {
		return err
	}
	return nil
}

// List hands every message of a folder to take, in order of arrival, as Scan
// does, but a single one that cannot be fetched is an error. A missing folder
// has no messages.
func (b *Box) List(ctx context.Context, folder string, take func(Arrival, io.Reader) error) error {
	err := b.do(ctx, func(s *session) error {
		d, err := s.examine(folder)
		if err != nil {
			return err
		}
		uids, err := s.all(d)
		if err != nil {
			return err
		}
		var ids []mailID
		for _, uid := range uids {
			ids = append(ids, mailID{folder, d.UIDValidity, uid})
		}
		if err := b.takeAll(s, ids, take); err != nil {
			return err
		}
		for _, id := range ids {
			if f := b.fails[id]; f != nil {
				return fmt.Errorf("%w: uid %d in %s not read: %w", ErrNetwork, id.uid, folder, f.err)
			}
		}
		return nil
	})
	if errors.Is(err, ErrMissing) {
		return nil
	}
	return err
}
