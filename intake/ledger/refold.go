package ledger

import (
	"bytes"
	"fmt"
	"os"

	bolt "go.etcd.io/bbolt"
)

// Refold throws the tables away and folds the journal anew, in one transaction: the
// cure for a damaged table beside a whole journal, and for a program whose fold
// writes other tables than the one before. Caches stay.
func (l *Ledger) Refold(progress Progress) error {
	return l.Update(func(tx *Tx) error {
		names, err := tx.tables()
		if err != nil {
			return err
		}
		for _, name := range names {
			err := guard(name, func() error { return tx.bolt.DeleteBucket([]byte(name)) })
			if err != nil {
				return tx.fail(err)
			}
			delete(tx.buckets, name)
		}
		end := tx.head
		for seq := uint64(1); seq <= end.Seq; seq++ {
			e, err := tx.Entry(seq)
			if err != nil {
				return err
			}
			if err := tx.foldEntry(e); err != nil {
				return fmt.Errorf("entry %d (%s): %w", seq, e.Kind, err)
			}
			if seq%1000 == 0 || seq == end.Seq {
				progress.report("fold", int64(seq), int64(end.Seq))
			}
		}
		return nil
	})
}

// checkTables folds the journal anew into a ledger of its own and compares.
func (tx *Tx) checkTables(found *findings, progress Progress) error {
	dir, err := os.MkdirTemp("", tempPrefix+"refold-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fresh, err := Open(dir, tx.ledger.fold)
	if err != nil {
		return err
	}
	defer fresh.Close()
	fresh.db.NoSync, fresh.db.NoGrowSync = true, true // thrown away in any case
	if err := fresh.refold(tx, progress); err != nil {
		found.add("tables", "the journal cannot be folded: %v", err)
		return nil
	}
	return fresh.View(func(other *Tx) error { return tx.compareTables(found, other) })
}

// foldBatch is how many entries are folded in one transaction.
const foldBatch = 2000

// refold replays all entries of from into the empty ledger l.
func (l *Ledger) refold(from *Tx, progress Progress) error {
	for seq := uint64(0); seq < from.head.Seq; {
		err := l.Update(func(tx *Tx) error {
			for end := min(seq+foldBatch, from.head.Seq); seq < end; seq++ {
				e, err := from.Entry(seq + 1)
				if err != nil {
					return err
				}
				if err := tx.put(e); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		progress.report("fold", int64(seq), int64(from.head.Seq))
	}
	return nil
}

func (tx *Tx) tables() (names []string, err error) {
	err = guard("tables", func() error {
		return tx.bolt.ForEach(func(name []byte, _ *bolt.Bucket) error {
			if bytes.HasPrefix(name, []byte(tablePrefix)) {
				names = append(names, string(name))
			}
			return nil
		})
	})
	return names, err
}

// compareTables lists the records that differ from those of fresh. A table
// without records is as good as none.
func (tx *Tx) compareTables(found *findings, fresh *Tx) error {
	mine, err := tx.tables()
	if err != nil {
		return err
	}
	theirs, err := fresh.tables()
	if err != nil {
		return err
	}
	for _, name := range mine {
		for r, err := range records(tx, name, "") {
			if err != nil {
				break // listed by checkRecords
			}
			body, err := fresh.body(name, r.key)
			if err != nil {
				return err
			}
			if !bytes.Equal(body, r.body) {
				found.add("tables", "%s, key %s is not what the journal gives", name, keyName(name, r.key))
			}
		}
	}
	for _, name := range theirs {
		for r, err := range records(fresh, name, "") {
			if err != nil {
				return err
			}
			if body, err := tx.body(name, r.key); body == nil && err == nil {
				found.add("tables", "%s, key %s is missing", name, keyName(name, r.key))
			}
		}
	}
	return nil
}

// body returns the JSON of a record, nil if there is none.
func (tx *Tx) body(bucket string, key []byte) (body []byte, err error) {
	err = guard(bucket, func() error {
		b, err := tx.bucket(bucket, false)
		if b == nil || err != nil {
			return err
		}
		rec := b.Get(key)
		if rec == nil {
			return nil
		}
		body, err = unseal(bucket, key, rec)
		body = bytes.Clone(body)
		return err
	})
	return body, err
}
