package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sort"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/mailbox"
)

// Rebuilding is what a rebuild needs. It never sends.
type Rebuilding struct {
	Data    string // the data folder; a damaged one may be there
	Box     *mailbox.Box
	Folders []string // where mails are looked for; one that no entry names is received
	Sent    string   // where only named mails are looked for (the first scan reads it); "" none
	Journal string
	House   intake.House
	Reader  func(*ledger.Blobs) *Reader
	Log     *slog.Logger
}

// RebuildReport says what a rebuild found.
type RebuildReport struct {
	Entries int      // entries folded
	Batches int      // sealed batches read
	Foreign int      // mails in the journal folder that are no batch of ours
	Mails   int      // mails found again
	Gone    []string // SHA-256 of mails the journal names and nobody has
	Late    int      // mails that no entry names, received now as of their arrival
	Held    int      // letters of unknown fate
}

// ErrJournal: the batches in the mailbox do not form one chain.
var ErrJournal = errors.New("the journal in the mailbox is not whole")

// Rebuild makes the ledger anew from the mirrored journal and the mails it
// names: in data.new, swapped in only when it verifies. Letters whose fate the
// journal does not tell are held.
func Rebuild(ctx context.Context, r Rebuilding) (RebuildReport, error) {
	var report RebuildReport
	entries, err := r.entries(ctx, &report)
	if err != nil {
		return report, err
	}
	if len(entries) == 0 {
		return report, r.noBatch(report)
	}
	if _, err := os.Stat(filepath.Clean(r.Data) + ".old"); err == nil {
		return report, fmt.Errorf("%s.old of an earlier rebuild is still there: move it away first", filepath.Clean(r.Data))
	}
	fresh := filepath.Clean(r.Data) + ".new"
	if err := os.RemoveAll(fresh); err != nil {
		return report, err
	}
	l, err := ledger.Open(fresh, Fold)
	if err != nil {
		return report, err
	}
	if err := r.fill(ctx, l, entries, &report); err != nil {
		return report, errors.Join(err, l.Close())
	}
	if err := l.Verify(); err != nil {
		return report, errors.Join(err, l.Close())
	}
	if err := l.Close(); err != nil {
		return report, err
	}
	return report, swap(r.Data, fresh)
}

// noBatch says why there is nothing to make a ledger of.
func (r Rebuilding) noBatch(report RebuildReport) error {
	if report.Foreign > 0 {
		return fmt.Errorf("%w: none of the %d mails in folder %q is a batch sealed by this key file: put the right key file back from its backup; nothing was changed", ErrJournal, report.Foreign, r.Journal)
	}
	return fmt.Errorf("%w: folder %q holds no batch (before 启用 nothing is mirrored); nothing was changed", ErrJournal, r.Journal)
}

// swap puts the new folder in the old one's place and keeps that beside it.
func swap(data, fresh string) error {
	old := filepath.Clean(data) + ".old"
	if err := os.Rename(data, old); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := os.Rename(fresh, data); err != nil {
		return err
	}
	err := os.Rename(filepath.Join(old, "backups"), filepath.Join(data, "backups"))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// entries reads all sealed batches; one found twice counts once.
func (r Rebuilding) entries(ctx context.Context, report *RebuildReport) ([]ledger.Entry, error) {
	bySeq := map[uint64]ledger.Entry{}
	err := r.Box.List(ctx, r.Journal, func(_ mailbox.Arrival, body io.Reader) error {
		raw, err := io.ReadAll(io.LimitReader(body, maxBatch))
		if err != nil {
			return err
		}
		entries, ok := openBatch(r.House.Key, raw)
		if !ok {
			report.Foreign++
			return nil
		}
		report.Batches++
		for _, e := range entries {
			if old, known := bySeq[e.Seq]; known && old.Hash() != e.Hash() {
				return fmt.Errorf("%w: entry %d stands there twice and differs", ErrJournal, e.Seq)
			}
			bySeq[e.Seq] = e
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := make([]ledger.Entry, 0, len(bySeq))
	for _, e := range bySeq {
		out = append(out, e)
	}
	sort.Slice(out, func(a, b int) bool { return out[a].Seq < out[b].Seq })
	for i, e := range out {
		if e.Seq != uint64(i+1) {
			return nil, fmt.Errorf("%w: entry %d is missing", ErrJournal, i+1)
		}
	}
	report.Entries = len(out)
	return out, nil
}

// fill folds the entries, finds the mails again, makes letters anew, and takes
// in what came since.
func (r Rebuilding) fill(ctx context.Context, l *ledger.Ledger, entries []ledger.Entry, report *RebuildReport) error {
	if err := l.Update(func(tx *ledger.Tx) error {
		for _, e := range entries {
			if err := tx.Replay(e); err != nil {
				return err
			}
		}
		if _, err := intake.CheckKey(tx, r.House.Key); err != nil {
			return err
		}
		return mirrored.Put(tx, mirrorKey, uint64(len(entries)))
	}); err != nil {
		return err
	}
	places, err := r.mails(ctx, l, report)
	if err != nil {
		return err
	}
	if err := remakeLetters(l); err != nil {
		return err
	}
	if err := r.hold(l, report); err != nil {
		return err
	}
	return r.receive(ctx, l, places, report)
}

// mails brings the named mails back: from the old data folder, else from the
// mailbox. It gives the mails that no entry names.
func (r Rebuilding) mails(ctx context.Context, l *ledger.Ledger, report *RebuildReport) ([]place, error) {
	named := map[string]bool{}
	err := l.View(func(tx *ledger.Tx) error {
		return intake.NewTables().Mails.Each(tx, "", func(sha string, _ intake.Mail) error {
			named[sha] = false
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	if err := r.fromFolder(l, named); err != nil {
		return nil, err
	}
	var others []place
	for _, folder := range r.Folders {
		found, err := r.look(ctx, l, folder, named)
		if err != nil {
			return nil, err
		}
		others = append(others, found...)
	}
	if r.Sent != "" {
		if _, err := r.look(ctx, l, r.Sent, named); err != nil {
			return nil, err
		}
	}
	if err := eraseAgain(l, named); err != nil {
		return nil, err
	}
	for sha, found := range named {
		if !found {
			report.Gone = append(report.Gone, sha)
			continue
		}
		report.Mails++
		if err := r.opened(ctx, l, sha); err != nil {
			return nil, err
		}
	}
	if err := r.openedSets(ctx, l); err != nil {
		return nil, err
	}
	sort.Strings(report.Gone)
	return others, nil
}

// look marks the named mails that lie in a folder as found, and gives the rest.
func (r Rebuilding) look(ctx context.Context, l *ledger.Ledger, folder string, named map[string]bool) (others []place, err error) {
	_, err = r.Box.Scan(ctx, folder, func(uint32, uint32) bool { return false }, func(a mailbox.Arrival, body io.Reader) error {
		sha, n, err := l.Blobs().Put(body)
		if err != nil {
			return err
		}
		if _, ok := named[sha]; ok {
			named[sha] = true
		} else {
			others = append(others, place{Arrival{sha, a.At.Truncate(time.Second).In(intake.Zone()), folder, n}, a.Validity, a.UID})
		}
		return nil
	})
	if errors.Is(err, mailbox.ErrMissing) {
		err = nil
	}
	return others, err
}

// opened makes blobs again of a mail's attachments and of what the archives
// among them hold. What was read in them stands in the journal; an archive that
// cannot be opened today costs its own files only.
func (r Rebuilding) opened(ctx context.Context, l *ledger.Ledger, sha string) error {
	msg, err := parse(l.Blobs(), sha, l.Blobs().Put)
	if err != nil {
		return err
	}
	for _, at := range msg.Attachments {
		var reading intake.Reading
		if err := l.View(func(tx *ledger.Tx) error {
			var err error
			reading, _, err = intake.NewTables().Readings.Get(tx, at.SHA256)
			return err
		}); err != nil {
			return err
		}
		if reading.Listing == nil {
			continue
		}
		if _, err := r.Reader(l.Blobs()).archive(ctx, unreadFile{at.Name, at.SHA256, at.Size}, intake.Reading{}); err != nil {
			r.Log.Warn("an archive cannot be opened again; its files are missing", "mail", sha, "file", at.SHA256, "err", err)
		}
	}
	return nil
}

// openedSets makes blobs again of what archives in several files held, when the
// mails are there that brought them.
func (r Rebuilding) openedSets(ctx context.Context, l *ledger.Ledger) error {
	var sets []intake.VolumeSet
	err := l.View(func(tx *ledger.Tx) error {
		pieces, keys := map[string]intake.Piece{}, map[string]bool{}
		t := intake.NewTables()
		if err := t.Mails.Each(tx, "", func(_ string, m intake.Mail) error {
			for _, p := range m.Files {
				if p.Archive {
					pieces[p.SHA256], keys[p.Set] = p, true
				}
			}
			return nil
		}); err != nil {
			return err
		}
		delete(keys, "")
		for key := range keys {
			reading, _, err := t.Readings.Get(tx, key)
			if err != nil {
				return err
			}
			s := intake.VolumeSet{}
			for _, sha := range reading.Volumes {
				s.Volumes = append(s.Volumes, pieces[sha])
			}
			sets = append(sets, s)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, s := range sets {
		if _, err := r.Reader(l.Blobs()).volumes(ctx, s); err != nil {
			r.Log.Warn("an archive in several files cannot be opened again; its files are missing", "set", s.Key(), "err", err)
		}
	}
	return nil
}

// fromFolder takes what the old data folder still has.
func (r Rebuilding) fromFolder(l *ledger.Ledger, named map[string]bool) error {
	old := ledger.OpenBlobs(filepath.Join(r.Data, "blobs"))
	for sha := range named {
		f, err := old.Open(sha)
		if err != nil {
			continue // looked for in the mailbox
		}
		got, _, err := l.Blobs().Put(f)
		if err := errors.Join(err, f.Close()); err != nil {
			return err
		}
		named[sha] = got == sha
	}
	return nil
}

// receive takes in what came since the last batch, as of its arrival; the
// letters that follow from it are held.
func (r Rebuilding) receive(ctx context.Context, l *ledger.Ledger, places []place, report *RebuildReport) error {
	sort.SliceStable(places, func(i, j int) bool {
		if places[i].At.Equal(places[j].At) {
			return places[i].SHA256 < places[j].SHA256
		}
		return places[i].At.Before(places[j].At)
	})
	b := &Bot{Ledger: l, Reader: r.Reader(l.Blobs()), House: r.House, Log: r.Log, uids: map[string]map[uint32]bool{}}
	for _, p := range places {
		if err := b.take(ctx, p); err != nil {
			return err
		}
		report.Late++
	}
	if len(places) == 0 {
		return nil
	}
	return r.hold(l, report)
}
