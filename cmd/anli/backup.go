package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/term"

	"anli/intake/ledger"
)

// runBackup is `anli backup`.
func runBackup(_ context.Context, c call) error {
	config, args, err := c.configured(1)
	if err != nil {
		return err
	}
	path := filepath.Join(config.Backup.Dir, "anli-"+time.Now().Format(backupName)+".backup")
	if len(args) == 1 {
		path = args[0]
	}
	err = withCopy(config, func(l *ledger.Ledger) error { return backupTo(l, path, progressOn(c.stderr)) })
	if errors.Is(err, ledger.ErrDamaged) && fileExists(path) {
		fmt.Fprintf(c.stderr, "anli: %s was written, but %s\n", path, oneLine(err))
		return errProblems
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, path)
	fmt.Fprintf(c.stderr, "The key file %s is not in it: keep a copy of it elsewhere.\n", config.KeyFile)
	return nil
}

// backupTo writes the backup under another name first: what carries the name is
// whole. A damaged blob is left out and told, the rest is kept.
func backupTo(l *ledger.Ledger, path string, progress ledger.Progress) error {
	if fileExists(path) {
		return fmt.Errorf("%s is there already; name another file", path)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".anli-backup-*") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	w := bufio.NewWriterSize(f, 1<<20)
	made := ledger.Backup(l, w, progress)
	if made != nil && !errors.Is(made, ledger.ErrDamaged) {
		return errors.Join(made, f.Close())
	}
	if err := errors.Join(w.Flush(), f.Sync(), f.Close()); err != nil {
		return err
	}
	return errors.Join(os.Rename(f.Name(), path), made)
}

func fileExists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// progressOn shows how far a long work is, where a person sits at the terminal.
func progressOn(w io.Writer) ledger.Progress {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil
	}
	last := time.Now()
	return func(what string, done, total int64) {
		if now := time.Now(); now.Sub(last) > 200*time.Millisecond {
			last = now
			fmt.Fprintf(w, "\r\x1b[K%s %d/%d\r", what, done, total)
		}
	}
}
