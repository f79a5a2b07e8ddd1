package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"anli/cmd/anli/bot"
	"anli/intake/ledger"
	"anli/intake/mailbox"
	"anli/parser/cage"
)

// runRebuild is `anli rebuild`: the ledger from the mailbox and the key file.
func runRebuild(ctx context.Context, c call) error {
	config, _, err := c.configured(0)
	if err != nil {
		return err
	}
	if err := passwords(config); err != nil {
		return err
	}
	key, err := readKey(config.KeyFile)
	if err != nil {
		return fmt.Errorf("the key file is needed to tell the journal's own mails from others: %w", err)
	}
	release, err := holdLedger(config, key)
	if err != nil {
		return err
	}
	defer release()
	cache, err := cacheOf(config.Data)
	if err != nil {
		return err
	}
	log := newLog(c.stderr, config.Log)
	set := config.Mailbox
	set.Log = log
	box := mailbox.New(set)
	defer box.Close()
	report, err := bot.Rebuild(ctx, bot.Rebuilding{Data: config.Data, Box: box, Folders: folders(config), Sent: config.Mailbox.Sent, Journal: config.Mailbox.Journal,
		House: house(config, key), Reader: rebuildReader(cache), Log: log})
	if err != nil {
		return err
	}
	return c.tellRebuild(config, report)
}

// rebuildReader reads what came since the last batch; the old data folder lends
// its compiled PDFium.
func rebuildReader(cache string) func(*ledger.Blobs) *bot.Reader {
	return func(blobs *ledger.Blobs) *bot.Reader {
		return &bot.Reader{Cage: &cage.Cage{CacheDir: cache}, Blobs: blobs}
	}
}

func (c call) tellRebuild(config Config, r bot.RebuildReport) error {
	fmt.Fprintf(c.stdout, "%d entries from %d batches; %d mails found again, %d received since, %d letters held for people\n",
		r.Entries, r.Batches, r.Mails, r.Late, r.Held)
	fmt.Fprintf(c.stdout, "the ledger is %s\n", config.Data)
	if old := filepath.Clean(config.Data) + ".old"; fileExists(old) {
		fmt.Fprintf(c.stdout, "the old folder is %s\n", old)
	}
	if r.Foreign > 0 {
		fmt.Fprintf(c.stdout, "%d mails in %s are no batch of this key and were not read\n", r.Foreign, config.Mailbox.Journal)
	}
	for _, sha := range r.Gone {
		fmt.Fprintf(c.stdout, "gone: mail %s is neither here nor in the mailbox\n", sha)
	}
	if len(r.Gone) > 0 {
		return errProblems
	}
	return nil
}

// holdLedger keeps a daemon away while the ledger is made anew. A damaged ledger
// cannot be held; no daemon starts on it either.
func holdLedger(c Config, key []byte) (release func(), err error) {
	if _, err := os.Stat(filepath.Join(c.Data, "ledger.db")); err != nil {
		return func() {}, nil
	}
	l, err := ledger.Open(c.Data, bot.Fold)
	switch {
	case errors.Is(err, ledger.ErrLocked):
		return nil, fmt.Errorf("%s is in use: stop the daemon before the rebuild", c.Data)
	case err != nil:
		return func() {}, nil
	}
	if err := sameKey(c, l, key); errors.Is(err, errConfig) {
		return nil, errors.Join(err, l.Close())
	}
	return func() { _ = l.Close() }, nil
}
