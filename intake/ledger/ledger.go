package ledger

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"syscall"

	bolt "go.etcd.io/bbolt"
)

// Fold writes the tables from an entry; it is the only way tables change. It
// looks at nothing but e and the tables of tx: no clock, no file, no cache, so
// that the same journal always gives the same tables. Its error undoes the whole
// transaction.
type Fold func(tx *Tx, e Entry) error

// Progress is told how far a long work is: what is being done, and how many of
// how many. A nil Progress is told nothing.
type Progress func(what string, done, total int64)

func (p Progress) report(what string, done, total int64) {
	if p != nil {
		p(what, done, total)
	}
}

// Ledger is an open ledger. View may be called from many goroutines, Update too,
// one after the other.
type Ledger struct {
	dir      string
	fold     Fold
	step     func(string)
	db       *bolt.DB
	file     *os.File // the file db has open
	blobs    *Blobs
	readOnly bool

	mu     sync.Mutex
	broken error // a commit ended in doubt: nothing more is written
	stuck  bool  // bbolt's locks may be held for ever
}

// Dir returns the data folder.
func (l *Ledger) Dir() string { return l.dir }

// Blobs returns the blobs beside the ledger.
func (l *Ledger) Blobs() *Blobs { return l.blobs }

// Pages returns how many pages of 4 KiB have been written since Open.
func (l *Ledger) Pages() int64 {
	stats := l.db.Stats()
	return stats.TxStats.GetPageCount()
}

// Close ends the use of the ledger and gives up the lock. Views still running end first.
func (l *Ledger) Close() error {
	l.mu.Lock()
	stuck := l.stuck
	l.mu.Unlock()
	if stuck {
		return unlock(l.file)
	}
	return guard("closing", l.db.Close)
}

// View runs fn on the ledger as it is now, whatever is written meanwhile.
func (l *Ledger) View(fn func(tx *Tx) error) error {
	tx, err := l.begin(false)
	if err != nil {
		return err
	}
	defer l.rollback(tx)
	return fn(tx)
}

// Update runs fn in the one write transaction and commits it. If fn fails, or
// panics, or any change in it failed, even if fn took no notice, or the commit
// fails, nothing of it stands. After a commit that failed in doubt (other than
// for want of space) every Update fails until the ledger is opened anew.
func (l *Ledger) Update(fn func(tx *Tx) error) error {
	if l.readOnly {
		return ErrReadOnly
	}
	tx, err := l.begin(true)
	if err != nil {
		return err
	}
	defer l.rollback(tx)
	if err := l.state(); err != nil {
		return err
	}
	if err := fn(tx); err != nil {
		return err
	}
	if tx.failed != nil {
		return tx.failed
	}
	l.step(stepBeforeCommit)
	if err := guard("committing", tx.bolt.Commit); err != nil {
		return l.commitFailed(err)
	}
	tx.bolt = nil
	l.step(stepAfterCommit)
	return nil
}

func (l *Ledger) state() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.broken
}

func (l *Ledger) commitFailed(err error) error {
	err = fmt.Errorf("commit: %w", err)
	if !errors.Is(err, syscall.ENOSPC) && !errors.Is(err, syscall.EDQUOT) {
		l.mu.Lock()
		l.broken = fmt.Errorf("an earlier commit failed, start again: %w", err)
		l.mu.Unlock()
	}
	return err
}

func (l *Ledger) begin(writable bool) (*Tx, error) {
	l.mu.Lock()
	stuck := l.stuck
	l.mu.Unlock()
	if stuck {
		return nil, l.state()
	}
	tx := &Tx{ledger: l, writable: writable, buckets: map[string]*bolt.Bucket{}}
	err := guard("beginning", func() (err error) {
		tx.bolt, err = l.db.Begin(writable)
		return err
	})
	if err != nil {
		if tx.bolt == nil && !errors.Is(err, ErrDamaged) {
			return nil, fmt.Errorf("%w: %v", ErrClosed, err)
		}
		return nil, err
	}
	if err := guard("reading the head", func() error { return tx.loadHead() }); err != nil {
		l.rollback(tx)
		return nil, err
	}
	return tx, nil
}

// rollback ends a transaction that was not committed.
func (l *Ledger) rollback(tx *Tx) {
	if tx.bolt == nil {
		return
	}
	err := guard("undoing", tx.bolt.Rollback)
	tx.bolt = nil
	if errors.Is(err, ErrDamaged) {
		l.mu.Lock()
		l.broken, l.stuck = err, true
		l.mu.Unlock()
	}
}

// head is the record of the newest entry.
type head struct {
	Format int    `json:"format"` // of the whole file, 1
	Seq    uint64 `json:"seq"`
	Hash   string `json:"hash"`
}

const (
	journalBucket = "journal"
	metaBucket    = "meta"
	headKey       = "head"
)

func putHead(tx *bolt.Tx, h head) error {
	body, err := json.Marshal(h)
	if err != nil {
		return err
	}
	b := tx.Bucket([]byte(metaBucket))
	if b == nil {
		return damaged("bucket %s is missing", metaBucket)
	}
	return b.Put([]byte(headKey), seal(metaBucket, []byte(headKey), body))
}

func (tx *Tx) loadHead() error {
	b := tx.bolt.Bucket([]byte(metaBucket))
	if b == nil {
		return damaged("bucket %s is missing", metaBucket)
	}
	body, err := unseal(metaBucket, []byte(headKey), b.Get([]byte(headKey)))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(body, &tx.head); err != nil {
		return damaged("head: %v", err)
	}
	if tx.head.Format != 1 {
		return fmt.Errorf("the ledger was written by a newer program (format %d)", tx.head.Format)
	}
	return nil
}

// checkHead makes sure that the newest entry is the one the head names.
func (tx *Tx) checkHead() error {
	if tx.head.Seq == 0 {
		return nil
	}
	line, err := tx.line(tx.head.Seq)
	if err != nil {
		return err
	}
	e, err := parseEntry(line)
	if err != nil {
		return damaged("entry %d: %v", tx.head.Seq, err)
	}
	if hashLine(e.Prev, line) != tx.head.Hash {
		return damaged("the newest entry (%d) is not the one that was written last", tx.head.Seq)
	}
	return nil
}
