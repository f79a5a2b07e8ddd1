package ledger

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"iter"
	"strconv"
	"time"

	bolt "go.etcd.io/bbolt"
)

// Tx is a transaction: one state of the ledger, seen by one goroutine until the
// function it was given to returns.
type Tx struct {
	ledger   *Ledger
	bolt     *bolt.Tx // nil once it is over
	writable bool
	folding  bool
	failed   error // the first change that failed: nothing may be committed
	head     head
	buckets  map[string]*bolt.Bucket
}

// shardBits: 4,096 entries share one bucket. So the tree that an append writes
// has the same height whether 1,000 or 100,000 entries are behind it.
const shardBits = 12

// Head returns number and hash of the newest entry, 0 and 64 zeros if there is none.
func (tx *Tx) Head() (seq uint64, hash string) { return tx.head.Seq, tx.head.Hash }

// Append makes the next entry, stores it and folds it. At is cut to whole seconds;
// data is anything that encoding/json can write, and is stored in canonical form.
// After an error the transaction cannot be committed.
func (tx *Tx) Append(at time.Time, kind, cause string, v int, data any) (Entry, error) {
	body, err := Canonical(data)
	if err != nil {
		return Entry{}, tx.fail(fmt.Errorf("%w: data of %q: %v", ErrEntry, kind, err))
	}
	e := Entry{Seq: tx.head.Seq + 1, Prev: tx.head.Hash, At: at.Truncate(time.Second).In(china), Kind: kind, V: v, Cause: cause, Data: body}
	return e, tx.put(e)
}

// Replay stores and folds an entry made elsewhere (read back from a mirror, say).
// ErrChain if it does not continue the chain, ErrEntry if it is not one.
func (tx *Tx) Replay(e Entry) error {
	if e.Seq != tx.head.Seq+1 || e.Prev != tx.head.Hash {
		return tx.fail(fmt.Errorf("%w: entry %d after entry %d", ErrChain, e.Seq, tx.head.Seq))
	}
	body, err := Canonical(e.Data)
	if err != nil {
		return tx.fail(fmt.Errorf("%w: data of entry %d: %v", ErrEntry, e.Seq, err))
	}
	e.Data, e.At = body, e.At.In(china)
	return tx.put(e)
}

// put stores and folds the next entry; its data is canonical.
func (tx *Tx) put(e Entry) error {
	if err := tx.mayChange(); err != nil {
		return err
	}
	if tx.folding {
		return tx.fail(fmt.Errorf("%w: a fold appends no entry", ErrFold))
	}
	line, err := e.encode()
	if err != nil {
		return tx.fail(err)
	}
	next := head{Format: 1, Seq: e.Seq, Hash: hashLine(e.Prev, line)}
	err = guard("appending", func() error {
		b, err := tx.shard(e.Seq, true)
		if err != nil {
			return err
		}
		key := seqKey(e.Seq)
		if err := b.Put(key, seal(journalBucket, key, line)); err != nil {
			return err
		}
		return putHead(tx.bolt, next)
	})
	if err != nil {
		return tx.fail(err)
	}
	tx.head = next
	if err := tx.foldEntry(e); err != nil {
		return tx.fail(fmt.Errorf("entry %d (%s): %w", e.Seq, e.Kind, err))
	}
	return nil
}

func (tx *Tx) foldEntry(e Entry) error {
	if tx.ledger.fold == nil {
		return nil
	}
	tx.folding = true
	defer func() { tx.folding = false }()
	return tx.ledger.fold(tx, e)
}

// fail remembers that the transaction may not be committed.
func (tx *Tx) fail(err error) error {
	if tx.failed == nil {
		tx.failed = err
	}
	return err
}

func (tx *Tx) mayChange() error {
	switch {
	case tx.bolt == nil:
		return ErrClosed
	case !tx.writable:
		return tx.fail(ErrReadOnly)
	}
	return nil
}

// Entry returns the entry with that number; ErrEntry if there is none yet.
func (tx *Tx) Entry(seq uint64) (Entry, error) {
	if seq == 0 || seq > tx.head.Seq {
		return Entry{}, fmt.Errorf("%w: there is no entry %d, the newest is %d", ErrEntry, seq, tx.head.Seq)
	}
	line, err := tx.line(seq)
	if err != nil {
		return Entry{}, err
	}
	e, err := parseEntry(line)
	if err != nil || e.Seq != seq {
		return Entry{}, damaged("entry %d: %v", seq, err)
	}
	return e, nil
}

// Entries yields the entries from that number (0 and 1 mean all) to the newest.
// After an error, which comes with no entry, nothing follows.
func (tx *Tx) Entries(from uint64) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for seq := max(from, 1); seq <= tx.head.Seq; seq++ {
			e, err := tx.Entry(seq)
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// line returns the canonical JSON of an entry as it is stored.
func (tx *Tx) line(seq uint64) (line []byte, err error) {
	if tx.bolt == nil {
		return nil, ErrClosed
	}
	err = guard("entry "+strconv.FormatUint(seq, 10), func() error {
		b, err := tx.shard(seq, false)
		if err != nil {
			return err
		}
		key := seqKey(seq)
		if b != nil {
			line = b.Get(key)
		}
		if line == nil {
			return damaged("entry %d is missing", seq)
		}
		line, err = unseal(journalBucket, key, line)
		line = bytes.Clone(line)
		return err
	})
	return line, err
}

// shard returns the bucket that holds an entry, nil if there is none and it is
// not to be made.
func (tx *Tx) shard(seq uint64, create bool) (*bolt.Bucket, error) {
	key := binary.BigEndian.AppendUint64(nil, seq>>shardBits)
	name := "shard/" + string(key)
	if b := tx.buckets[name]; b != nil {
		return b, nil
	}
	journal := tx.bolt.Bucket([]byte(journalBucket))
	if journal == nil {
		return nil, damaged("bucket %s is missing", journalBucket)
	}
	b := journal.Bucket(key)
	if b == nil && create {
		var err error
		if b, err = journal.CreateBucket(key); err != nil {
			return nil, err
		}
	}
	if b != nil {
		b.FillPercent = 0.9 // keys only ever grow
		tx.buckets[name] = b
	}
	return b, nil
}

func seqKey(seq uint64) []byte { return binary.BigEndian.AppendUint64(nil, seq) }
