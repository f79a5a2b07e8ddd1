package ledger

import (
	"errors"
	"fmt"
	"runtime/debug"
)

// Errors of opening.
var (
	// ErrLocked is returned when the daemon or another command holds the ledger.
	ErrLocked = errors.New("the ledger is in use by another process")
	// ErrNoLedger is returned by OpenCopy when the folder has no ledger.
	ErrNoLedger = errors.New("no ledger in this folder")
	// ErrDamaged is returned when what is on disk is not what was written:
	// a file of 0 bytes, a truncated one, a record whose checksum does not fit.
	ErrDamaged = errors.New("the ledger is damaged")
)

// Errors of transactions.
var (
	// ErrReadOnly is returned when a view or a copy is asked to change something.
	ErrReadOnly = errors.New("the ledger is open for reading only")
	// ErrClosed is returned when a Ledger or a Tx is used after its end.
	ErrClosed = errors.New("the ledger or transaction is closed")
	// ErrFold is returned when a table is written outside a fold, or a cache is
	// used or an entry appended inside one.
	ErrFold = errors.New("not allowed here")
	// ErrChain is returned when an entry does not continue the chain.
	ErrChain = errors.New("the entry does not continue the journal")
	// ErrEntry is returned for an entry, or a line of a journal, in a wrong form.
	ErrEntry = errors.New("not a journal entry")
	// ErrRecord is returned for a name, key or value that cannot be a record.
	ErrRecord = errors.New("not a record")
)

// Errors of blobs and backups.
var (
	// ErrNoBlob is returned when no blob has that SHA-256.
	ErrNoBlob = errors.New("no such blob")
	// ErrBackup is returned when a backup is not whole or not a backup.
	ErrBackup = errors.New("not a whole backup")
	// ErrExists is returned when a restore would overwrite a ledger.
	ErrExists = errors.New("there is a ledger already")
)

// wayBack ends every message about a damaged ledger that an operator reads.
const wayBack = "the way back: move ledger.db aside, then `anli restore FILE` (the newest backup) or `anli rebuild` (from the mailbox)"

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrDamaged, fmt.Sprintf(format, args...))
}

// guard runs an access to bbolt. In a damaged file bbolt panics, and a page
// that the file no longer has is a fault of the memory map; both become
// ErrDamaged. Callers' functions never run inside it: their panics are theirs.
func guard(what string, access func() error) (err error) {
	old := debug.SetPanicOnFault(true)
	defer func() {
		debug.SetPanicOnFault(old)
		if r := recover(); r != nil {
			err = damaged("%s: %v", what, r)
		}
	}()
	return access()
}
