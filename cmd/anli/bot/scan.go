package bot

import (
	"context"
	"fmt"
	"io"
	"sort"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/mailbox"
)

// taken are the mails that were taken out of a folder, so that they are not
// fetched again: a cache, no truth.
var taken = ledger.NewCache[string]("uids")

// place is a mail in a folder, for the cache.
type place struct {
	Arrival
	Validity, UID uint32
}

// scan fetches what is new to disk and gives it in order of arrival. whole tells
// that the inbox was seen whole; a folder beside it that is missing or cannot be
// read costs a warning only.
func (b *Bot) scan(ctx context.Context) (found []place, whole bool, err error) {
	if err := b.loadTaken(); err != nil {
		return nil, false, err
	}
	folders, err := b.toScan()
	if err != nil {
		return nil, false, err
	}
	for i, folder := range folders {
		snapshot, err := b.Box.Scan(ctx, folder, func(validity, uid uint32) bool {
			return b.uids[folderKey(folder, validity)][uid]
		}, func(a mailbox.Arrival, body io.Reader) error {
			sha, n, err := b.Ledger.Blobs().Put(body)
			if err != nil {
				return err
			}
			b.step(StepFetched)
			found = append(found, place{Arrival{SHA256: sha, At: a.At.Truncate(time.Second).In(intake.Zone()), Folder: folder, Size: n}, a.Validity, a.UID})
			return nil
		})
		switch {
		case err != nil && i == 0:
			return nil, false, err
		case err != nil:
			b.unread(folder, err)
			continue
		case i == 0:
			whole = snapshot.Complete
		}
		delete(b.warned, folder)
		for _, f := range snapshot.Failed {
			b.Log.Error("a mail cannot be fetched; it is left in the mailbox", "folder", folder, "uid", f.UID, "err", f.Err)
		}
	}
	sort.SliceStable(found, func(i, j int) bool {
		if found[i].At.Equal(found[j].At) {
			return found[i].SHA256 < found[j].SHA256
		}
		return found[i].At.Before(found[j].At)
	})
	return found, whole, b.holdMany(found)
}

// unread warns of a folder beside the inbox that cannot be read: once, until it
// can be read again.
func (b *Bot) unread(folder string, err error) {
	if b.warned[folder] {
		return
	}
	if b.warned == nil {
		b.warned = map[string]bool{}
	}
	b.warned[folder] = true
	b.Log.Warn("a folder cannot be read; the inbox can", "folder", folder, "err", err)
}

// toScan adds the folder of sent mail before the first report.
func (b *Bot) toScan() ([]string, error) {
	if b.Sent == "" {
		return b.Folders, nil
	}
	var desk intake.DeskState
	err := b.Ledger.View(func(tx *ledger.Tx) error {
		var err error
		desk, _, err = intake.NewTables().Desk.Get(tx, "desk")
		return err
	})
	if err != nil || !desk.Takeover.IsZero() {
		return b.Folders, err
	}
	return append(append([]string{}, b.Folders...), b.Sent), nil
}

func folderKey(folder string, validity uint32) string { return fmt.Sprintf("%s/%d", folder, validity) }

func (b *Bot) loadTaken() error {
	if b.uids != nil {
		return nil
	}
	b.uids = map[string]map[uint32]bool{}
	return b.Ledger.View(func(tx *ledger.Tx) error {
		return taken.Each(tx, "", func(key, _ string) error {
			i := len(key) - 10
			var uid uint32
			if _, err := fmt.Sscanf(key[i:], "%010d", &uid); err == nil {
				b.note(key[:i-1], uid)
			}
			return nil
		})
	})
}

func (b *Bot) note(folder string, uid uint32) {
	if b.uids[folder] == nil {
		b.uids[folder] = map[uint32]bool{}
	}
	b.uids[folder][uid] = true
}

// manyOld is the number of old mails that may look new after a mailbox was
// rebuilt before letters are held.
const manyOld = 20

// holdMany: more old mails look new than people would move back. Letters wait
// until staff say that all is well.
func (b *Bot) holdMany(found []place) error {
	if len(found) <= manyOld {
		return nil
	}
	old, head := 0, uint64(0)
	var newest time.Time
	err := b.Ledger.View(func(tx *ledger.Tx) error {
		head, _ = tx.Head()
		t := intake.NewTables()
		err := t.Mails.Each(tx, "", func(_ string, m intake.Mail) error {
			if m.Arrival.After(newest) {
				newest = m.Arrival
			}
			return nil
		})
		for _, p := range found {
			if _, known, err := t.Mails.Get(tx, p.SHA256); err != nil {
				return err
			} else if !known && p.At.Before(newest) {
				old++
			}
		}
		return err
	})
	if err != nil || old <= manyOld || head == 0 {
		return err
	}
	return b.runJob(job{fmt.Sprintf("held/%d/%d封", head, old), newest}, false) // the journal's head: it may happen again
}

func (b *Bot) remember(tx *ledger.Tx, p place) error {
	return taken.Put(tx, fmt.Sprintf("%s/%010d", folderKey(p.Folder, p.Validity), p.UID), p.SHA256)
}
