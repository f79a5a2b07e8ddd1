package bot

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"anli/intake"
	"anli/intake/ledger"
)

// TestKeyFingerprint: a ledger from before fingerprints gets one at the next
// start, once; another key is refused from then on.
func TestKeyFingerprint(t *testing.T) {
	b := ready(t, nil, slog.New(slog.NewTextHandler(io.Discard, nil)))
	head := func() (seq uint64) {
		if err := b.Ledger.View(func(tx *ledger.Tx) error { seq, _ = tx.Head(); return nil }); err != nil {
			t.Fatal(err)
		}
		return seq
	}
	before := head()
	if err := b.Configure(noon, testSettings()); err != nil || head() != before {
		t.Errorf("the same key again: %v, %d entries", err, head()-before)
	}
	right := b.House.Key
	b.House.Key = bytes.Repeat([]byte{7}, 32)
	if err := b.Configure(noon, testSettings()); !errors.Is(err, intake.ErrKey) || head() != before {
		t.Errorf("another key: %v", err)
	}

	old, end, err := build(building{Data: filepath.Join(t.TempDir(), "data"), IMAP: "127.0.0.1:1", SMTP: "127.0.0.1:1", Log: b.Log})
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	old.House.Key = nil // as an earlier version recorded
	if err := old.Configure(noon, testSettings()); err != nil {
		t.Fatal(err)
	}
	old.House.Key = right
	if err := old.Configure(noon, testSettings()); err != nil {
		t.Fatal(err)
	}
	err = old.Ledger.View(func(tx *ledger.Tx) error {
		known, err := intake.CheckKey(tx, right)
		if seq, _ := tx.Head(); !known || seq != before+1 {
			t.Errorf("known %v after %d entries", known, seq)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestRebuildWrongKey: where no mail of the journal's folder is sealed by this key,
// the rebuild says that it is the key's fault.
func TestRebuildWrongKey(t *testing.T) {
	office := openOffice(t)
	b := ready(t, office, slog.New(slog.NewTextHandler(io.Discard, nil)))
	desk := intake.DeskState{Live: true}
	b.commit(t, noon, intake.Change{Desk: &desk})
	if err := b.mirror(context.Background()); err != nil {
		t.Fatal(err)
	}
	house := b.House
	house.Key = bytes.Repeat([]byte{7}, 32)
	r := Rebuilding{Data: filepath.Join(t.TempDir(), "data"), Box: b.Box, Folders: b.Folders, Journal: b.Journal, House: house, Log: b.Log}
	if _, err := Rebuild(context.Background(), r); !errors.Is(err, ErrJournal) || !strings.Contains(err.Error(), "put the right key file back") {
		t.Errorf("another key: %v", err)
	}
	r.Journal = "Sent"
	if _, err := Rebuild(context.Background(), r); !errors.Is(err, ErrJournal) || strings.Contains(err.Error(), "key file back") {
		t.Errorf("an empty folder: %v", err)
	}
}
