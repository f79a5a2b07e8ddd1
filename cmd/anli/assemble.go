package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"anli/cmd/anli/bot"
	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/mailbox"
	"anli/intake/outbox"
	"anli/parser/cage"
)

// warmWork is the work of the cage that compiles PDFium (bot.Works).
const warmWork = "warm"

// assemble builds the desk of a configuration: for run, the demo and the tests on
// real servers alike. It opens the ledger and dials nothing. The second result
// ends everything it began.
func assemble(c Config, log *slog.Logger) (*bot.Bot, func() error, error) {
	var options []ledger.Option
	if c.Step != nil {
		options = append(options, ledger.WithSteps(c.Step))
	}
	l, err := ledger.Open(c.Data, bot.Fold, options...)
	if err != nil {
		return nil, nil, err
	}
	b, err := furnish(c, l, log)
	if err != nil {
		return nil, nil, errors.Join(err, l.Close())
	}
	ready, stopWarming := warm(b.Reader, log)
	b.Reader.Ready = ready
	return b, func() error {
		stopWarming()
		b.Reader.Cage.Close()
		return errors.Join(b.Box.Close(), l.Close())
	}, nil
}

// furnish wires the rooms to one another.
func furnish(c Config, l *ledger.Ledger, log *slog.Logger) (*bot.Bot, error) {
	if err := sameUse(c, l); err != nil {
		return nil, err
	}
	key, err := keyFor(c, l)
	if err != nil {
		return nil, err
	}
	reader, err := newReader(c.Data, l.Blobs())
	if err != nil {
		return nil, err
	}
	reader.Log = log
	set := c.Mailbox
	set.Log = log
	b := &bot.Bot{Ledger: l, Box: mailbox.New(set), Reader: reader, House: house(c, key), Folders: folders(c), Sent: c.Mailbox.Sent,
		Journal: c.Mailbox.Journal, Poll: c.Mailbox.Poll, Log: log, Step: c.Step}
	b.Out = newOutbox(c, b)
	return b, nil
}

func house(c Config, key []byte) intake.House {
	_, domain, _ := strings.Cut(c.Settings.Mailbox.Address, "@")
	return intake.House{Key: key, From: c.Settings.Mailbox.Address, Name: c.Name, Domain: domain}
}

// folders are read in this order.
func folders(c Config) []string {
	list := []string{firstText(c.Mailbox.Inbox, "INBOX")}
	if c.Mailbox.Junk != "" {
		list = append(list, c.Mailbox.Junk)
	}
	return list
}

// newReader prepares the cage; its cache lies in the data folder, where only this
// account writes.
func newReader(data string, blobs *ledger.Blobs) (*bot.Reader, error) {
	cache, err := cacheOf(data)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(cache, 0o700); err != nil {
		return nil, err
	}
	return &bot.Reader{Cage: &cage.Cage{CacheDir: cache}, Blobs: blobs}, nil
}

// cacheOf is the folder of compiled code in a data folder; children of the cage
// are told it by XDG_CACHE_HOME, which must be a whole path.
func cacheOf(data string) (string, error) { return filepath.Abs(filepath.Join(data, "cache")) }

// warm fills the cage's cache beside everything else, about 3 s the first time, then
// has children wait; PDF files wait for it, since each would compile PDFium for itself.
func warm(r *bot.Reader, log *slog.Logger) (ready <-chan struct{}, stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		err := r.Cage.Warm(ctx, warmWork)
		if err == nil {
			r.Keep()
		} else if ctx.Err() == nil {
			log.Warn("PDF reading could not be prepared; each PDF takes some seconds longer", "err", err)
		}
	}()
	return done, func() {
		cancel()
		<-done
	}
}

func newOutbox(c Config, b *bot.Bot) *outbox.Outbox {
	sender := c.Sender
	out := &outbox.Outbox{Ledger: b.Ledger, Sender: &sender, From: c.Settings.Mailbox.Address, Limits: c.Limits,
		Record: b.Record, Mirrored: b.Mirrored, Paused: bot.Paused, Step: c.Step}
	out.RequireMirror = func(outbox.Letter) bool {
		live, err := b.Live()
		return live || err != nil // in doubt a letter waits
	}
	sent := c.Mailbox.Sent
	if sent == "" {
		return out
	}
	if c.FileSent {
		out.CopyToSent = func(ctx context.Context, raw []byte, at time.Time) error {
			return b.Box.Append(ctx, sent, raw, at, true)
		}
	}
	out.FindInSent = func(ctx context.Context, id string) (found, known bool, err error) {
		found, err = b.Box.Find(ctx, sent, id)
		return found, !c.FileSent, err // what we file ourselves proves nothing by its absence
	}
	return out
}

// sameUse keeps a rehearsal out of the real ledger, and the other way round.
func sameUse(c Config, l *ledger.Ledger) error {
	return l.View(func(tx *ledger.Tx) error {
		if head, _ := tx.Head(); head == 0 {
			return nil
		}
		s, err := intake.InForce(tx)
		if err != nil || (s.Mailbox.RedirectTo == "") == (c.Settings.Mailbox.RedirectTo == "") {
			return err
		}
		if s.Mailbox.RedirectTo == "" {
			return &configError{file: c.File, text: fmt.Sprintf("redirect_all_to is a rehearsal, but %s holds a real ledger: set data to another folder", c.Data)}
		}
		return &configError{file: c.File, text: fmt.Sprintf("%s holds the ledger of a rehearsal (redirect_all_to): set data to another folder for real work", c.Data)}
	})
}

// sameKey stops where the key file is another ledger's.
func sameKey(c Config, l *ledger.Ledger, key []byte) error {
	err := l.View(func(tx *ledger.Tx) error {
		_, err := intake.CheckKey(tx, key)
		return err
	})
	if errors.Is(err, intake.ErrKey) {
		return &configError{file: c.File, text: fmt.Sprintf("%s is %v: put the right one back from its backup; with another no letter code and no seal of the journal would hold", c.KeyFile, err)}
	}
	return err
}

// keyLength is the secret's, in bytes.
const keyLength = 32

// keyFor reads the key file, or makes it where the ledger is still empty. A new
// key beside a full ledger would void every letter code and the sealed journal.
func keyFor(c Config, l *ledger.Ledger) ([]byte, error) {
	key, err := readKey(c.KeyFile)
	if err == nil {
		return key, sameKey(c, l, key)
	}
	if !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	var head uint64
	if err := l.View(func(tx *ledger.Tx) error { head, _ = tx.Head(); return nil }); err != nil {
		return nil, err
	}
	if head > 0 {
		return nil, &configError{file: c.File, text: fmt.Sprintf("the key file %s is missing, but the ledger in %s has %d entries: put the file back from its backup; a new key would void every letter code and the mirrored journal", c.KeyFile, c.Data, head)}
	}
	return makeKey(c.KeyFile)
}

// readKey reads a key file: 64 hexadecimal digits.
func readKey(path string) ([]byte, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(raw)))
	if err != nil || len(key) != keyLength {
		return nil, fmt.Errorf("%w: %s is no key file: it must hold %d hexadecimal digits; put it back from its backup", errConfig, path, 2*keyLength)
	}
	return key, nil
}

// makeKey writes a new key: the one place where chance is wanted.
func makeKey(path string) ([]byte, error) {
	key := make([]byte, keyLength)
	if _, err := rand.Read(key); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = f.WriteString(hex.EncodeToString(key) + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, errors.Join(err, os.Remove(path))
	}
	return key, nil
}
