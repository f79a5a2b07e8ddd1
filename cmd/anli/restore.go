package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"

	"anli/intake/ledger"
)

// runRestore is `anli restore`: FILE is what backup wrote, or a folder that the
// scheduled backups made.
func runRestore(_ context.Context, c call) error {
	config, args, err := c.configured(1)
	if err != nil {
		return err
	}
	if len(args) != 1 {
		return usagef("anli restore: name the backup to bring back")
	}
	key, err := readKey(config.KeyFile)
	if err != nil {
		return fmt.Errorf("%w: put the key file back first; without it the ledger cannot be used", err)
	}
	accept := func(l *ledger.Ledger) error { return sameKey(config, l, key) }
	if err := restoreFrom(args[0], config.Data, accept); err != nil {
		if errors.Is(err, ledger.ErrExists) {
			return fmt.Errorf("%w; stop the daemon and move %s aside first", err, config.Data)
		}
		return err
	}
	fmt.Fprintf(c.stdout, "%s is back as it was at the backup. If letters have left since, run `anli rebuild` now: it takes the rest from the journal in the mailbox. Then start the daemon\n", config.Data)
	return nil
}

func restoreFrom(path, data string, accept func(*ledger.Ledger) error) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.IsDir() {
		return ledger.RestoreRotated(path, data, accept)
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return ledger.Restore(bufio.NewReaderSize(f, 1<<20), data, accept)
}
