package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/outbox"
	"anli/parser/mail"
)

// KindPurge is a mail whose bytes are erased by order of the operator: an input. Cause
// is its SHA-256.
const KindPurge = "purge"

// ErrNoMail: the ledger has no mail of that SHA-256.
var ErrNoMail = errors.New("the ledger has no such mail")

// Purged says what a purge did.
type Purged struct {
	Erased int      // blobs, the mail's own among them
	Shared []string // SHA-256 of files that stay: other mails brought them, too
	Cases  []string // numbers of cases that lost files
	Frozen []string // and of those whose records keep the files' names: experts have them
	Told   bool     // the journal's earlier entries tell names, and words, of the mail
}

// Purge erases a mail's bytes and those of the files it brought, after the entry that
// says so, and names the files: what an interrupted one left is erased by the next.
// ErrNoMail.
func Purge(ctx context.Context, l *ledger.Ledger, r *Reader, house intake.House, at time.Time, sha, reason string) (Purged, error) {
	var done Purged
	m, needed, err := toPurge(l, sha)
	if err != nil {
		return done, err
	}
	var brought []string
	if m.Erased != nil {
		brought = m.Erased.Files
	} else if brought, err = broughtBy(ctx, l, r, m); err != nil {
		return done, err
	}
	var files []string
	for _, f := range brought {
		if needed[f] {
			done.Shared = append(done.Shared, f)
		} else {
			files = append(files, f)
		}
	}
	done.Told = m.Sealed == nil || m.Sealed.Taken
	if m.Erased == nil {
		if err := recordPurge(l, house, at, m, reason, files, &done); err != nil {
			return done, err
		}
	}
	for _, f := range append(files, sha) {
		if l.Blobs().Has(f) {
			done.Erased++
		}
		if err := l.Blobs().Erase(f); err != nil {
			return done, err
		}
	}
	return done, nil
}

// toPurge gives the mail's record and what other records need.
func toPurge(l *ledger.Ledger, sha string) (m intake.Mail, needed map[string]bool, err error) {
	needed = map[string]bool{}
	err = l.View(func(tx *ledger.Tx) error {
		var known bool
		var err error
		if m, known, err = intake.NewTables().Mails.Get(tx, sha); err == nil && !known {
			err = fmt.Errorf("%w: %s", ErrNoMail, sha)
		}
		if err != nil {
			return err
		}
		return neededBeside(tx, sha, needed)
	})
	return m, needed, err
}

func recordPurge(l *ledger.Ledger, house intake.House, at time.Time, m intake.Mail, reason string, files []string, done *Purged) error {
	var r intake.Result
	err := l.View(func(tx *ledger.Tx) error {
		s, err := intake.Sit(tx, at, house)
		if err != nil {
			return err
		}
		done.Cases, done.Frozen = s.Purge(m, reason, files)
		r, err = s.Result()
		return err
	})
	if err != nil {
		return err
	}
	for _, raw := range r.Blobs {
		if _, err := l.Blobs().PutBytes(raw); err != nil {
			return err
		}
	}
	return l.Update(func(tx *ledger.Tx) error {
		_, err := tx.Append(at, KindPurge, m.SHA256, 1, r.Change)
		return err
	})
}

// neededBeside are the blobs that other mails, what they brought, and letters are.
func neededBeside(tx *ledger.Tx, sha string, needed map[string]bool) error {
	t := intake.NewTables()
	err := t.Mails.Each(tx, "", func(other string, m intake.Mail) error {
		if other == sha || m.Erased != nil {
			return nil
		}
		needed[other] = true
		for _, p := range m.Files {
			needed[p.SHA256] = true
		}
		return nil
	})
	if err != nil {
		return err
	}
	return outbox.Letters.Each(tx, "", func(_ string, x outbox.Letter) error {
		needed[x.Bytes] = true
		for _, f := range x.Attachments {
			needed[f.SHA256] = true
		}
		return nil
	})
}

// broughtBy are the files that a mail brought, archives opened, each once. The record of
// a sealed mail names none, so that archives are opened again.
func broughtBy(ctx context.Context, l *ledger.Ledger, r *Reader, m intake.Mail) ([]string, error) {
	var out []string
	for _, p := range m.Files {
		out = addOnce(out, p.SHA256)
	}
	msg, err := parse(l.Blobs(), m.SHA256, hashed)
	if errors.Is(err, ledger.ErrNoBlob) {
		return out, nil
	} else if err != nil {
		return nil, err
	}
	var opened []intake.Reading
	for _, at := range msg.Attachments {
		if out = addOnce(out, at.SHA256); len(m.Files) > 0 || !l.Blobs().Has(at.SHA256) {
			continue
		}
		file := unreadFile{at.Name, at.SHA256, at.Size}
		kind, reading, err := r.sniff(file)
		if err == nil && kind == isArchive {
			reading, err = r.archive(ctx, file, reading)
		}
		if err != nil {
			return nil, err
		}
		opened = append(opened, reading)
	}
	return heldIn(ctx, r, msg, opened, out)
}

// heldIn adds what opened archives, and archives in several files, hold.
func heldIn(ctx context.Context, r *Reader, msg mail.Message, opened []intake.Reading, out []string) ([]string, error) {
	unknown := func(string) (intake.Reading, bool) { return intake.Reading{}, false }
	if len(opened) == 0 {
		return out, nil
	}
	sets, err := r.sets(ctx, msg, opened, unknown, nil)
	for _, reading := range slices.Concat(opened, sets) {
		if reading.Listing == nil {
			continue
		}
		for _, f := range reading.Listing.Files {
			out = addOnce(out, f.SHA256)
		}
	}
	return out, err
}

// eraseAgain takes the erased among mails that a rebuild has found, in the mailbox or an
// old folder: their records are there, their bytes are to be nowhere.
func eraseAgain(l *ledger.Ledger, named map[string]bool) error {
	var erased map[string]bool
	err := l.View(func(tx *ledger.Tx) (err error) {
		erased, err = erasedMails(tx)
		return err
	})
	for sha := range erased {
		delete(named, sha)
		err = errors.Join(err, l.Blobs().Erase(sha))
	}
	return err
}

// erasedMails are the mails that a purge erased.
func erasedMails(tx *ledger.Tx) (map[string]bool, error) {
	out := map[string]bool{}
	err := intake.NewTables().Mails.Each(tx, "", func(sha string, m intake.Mail) error {
		if m.Erased != nil {
			out[sha] = true
		}
		return nil
	})
	return out, err
}
