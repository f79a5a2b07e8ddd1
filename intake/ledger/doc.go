// Package ledger keeps what happened: a journal of entries chained by hash, the
// tables that are folded from it, and the blobs (mails, files, letters) that the
// entries name. It knows no domain type: what an entry means is decided by the
// Fold that Open is given.
//
// The way of a change:
//
//  1. Blobs.Put stores the bytes that the change names (written, fsynced,
//     renamed). A blob without an entry is harmless; an entry without its blob
//     would not be.
//  2. Ledger.Update opens the one write transaction.
//  3. Tx.Append writes the entry, chained to the one before, and calls the
//     Fold, which writes the tables by Table.Put.
//  4. The transaction is committed, or nothing of it stands.
//
// Because tables change only inside a fold, they can be made anew from the
// journal at any time (Ledger.Check compares, Ledger.Refold replaces). A fold
// must therefore look at nothing but its entry and the tables.
//
// On disk, in the data folder:
//
//	ledger.db            bbolt: buckets journal, table/<name>, cache/<name>, meta
//	blobs/ab/abcdef…     one file a blob, named by its SHA-256
//	anli.sock            consistent copies for the command line (Ledger.Serve)
//
// # Caveats
//
//   - One process writes. A second Open gets ErrLocked after a second; commands
//     that only read use OpenCopy.
//   - Never call Update from inside a View of the same goroutine.
//   - A Tx, and an iterator over it, is of no use after its function returned.
//   - bbolt has no checksums of data. Every record here has one; a flipped byte
//     is ErrDamaged, never wrong data.
//   - Strings that are not UTF-8 do not survive JSON (the bad bytes become
//     U+FFFD): keep raw bytes in a blob.
package ledger
