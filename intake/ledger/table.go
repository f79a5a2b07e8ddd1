package ledger

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	bolt "go.etcd.io/bbolt"
)

// Stop is returned by the function given to Each to end it without an error.
var Stop = errors.New("stop")

// Table is a part of the ledger's truth: records of type T by key, written by the
// fold alone. The zero value is of no use; see NewTable.
type Table[T any] struct{ bucket string }

// NewTable names a table. The name consists of a-z, 0-9, - and _; two tables with
// one name are one table. A bad name is reported (ErrRecord) when it is used.
func NewTable[T any](name string) Table[T] { return Table[T]{tablePrefix + name} }

// Get returns the record under key, and whether there is one.
func (t Table[T]) Get(tx *Tx, key string) (T, bool, error) { return get[T](tx, t.bucket, key) }

// Put writes the record under key, which has 1 to 1,024 bytes. Only a fold may.
func (t Table[T]) Put(tx *Tx, key string, v T) error {
	if err := tx.mayFold(t.bucket); err != nil {
		return err
	}
	return put(tx, t.bucket, key, v)
}

// Delete removes the record under key, if there is one. Only a fold may.
func (t Table[T]) Delete(tx *Tx, key string) error {
	if err := tx.mayFold(t.bucket); err != nil {
		return err
	}
	return remove(tx, t.bucket, key)
}

// Each calls fn for every record whose key begins with prefix, in the order of the
// keys' bytes, until fn returns an error; Stop ends it without one. A fold may
// change the table meanwhile: what is changed ahead is seen as changed.
func (t Table[T]) Each(tx *Tx, prefix string, fn func(key string, v T) error) error {
	return each(tx, t.bucket, prefix, fn)
}

// List returns the records whose keys begin with prefix, in the order of the keys.
func (t Table[T]) List(tx *Tx, prefix string) ([]T, error) { return list[T](tx, t.bucket, prefix) }

// Cache is like a Table, but no part of the ledger's truth: lists of UIDs, the
// position of the mirror. It is written in any Update, is not folded, not
// compared, and may be lost. A fold can neither read nor write it.
type Cache[T any] struct{ bucket string }

// NewCache names a cache, in a name space of its own; see NewTable.
func NewCache[T any](name string) Cache[T] { return Cache[T]{cachePrefix + name} }

// Get returns the record under key, and whether there is one.
func (c Cache[T]) Get(tx *Tx, key string) (v T, ok bool, err error) {
	if err := tx.mayCache(c.bucket); err != nil {
		return v, false, err
	}
	return get[T](tx, c.bucket, key)
}

// Put writes the record under key, which has 1 to 1,024 bytes.
func (c Cache[T]) Put(tx *Tx, key string, v T) error {
	if err := errors.Join(tx.mayChange(), tx.mayCache(c.bucket)); err != nil {
		return err
	}
	return put(tx, c.bucket, key, v)
}

// Delete removes the record under key, if there is one.
func (c Cache[T]) Delete(tx *Tx, key string) error {
	if err := errors.Join(tx.mayChange(), tx.mayCache(c.bucket)); err != nil {
		return err
	}
	return remove(tx, c.bucket, key)
}

// Each is Table.Each.
func (c Cache[T]) Each(tx *Tx, prefix string, fn func(key string, v T) error) error {
	if err := tx.mayCache(c.bucket); err != nil {
		return err
	}
	return each(tx, c.bucket, prefix, fn)
}

// List is Table.List.
func (c Cache[T]) List(tx *Tx, prefix string) ([]T, error) {
	if err := tx.mayCache(c.bucket); err != nil {
		return nil, err
	}
	return list[T](tx, c.bucket, prefix)
}

const (
	tablePrefix = "table/"
	cachePrefix = "cache/"
	maxKey      = 1024
)

func (tx *Tx) mayFold(bucket string) error {
	if err := tx.mayChange(); err != nil {
		return err
	}
	if !tx.folding {
		return tx.fail(fmt.Errorf("%w: %s is written by the fold of an entry only", ErrFold, bucket))
	}
	return nil
}

func (tx *Tx) mayCache(bucket string) error {
	if tx.folding {
		return tx.fail(fmt.Errorf("%w: a fold knows no %s", ErrFold, bucket))
	}
	return nil
}

// bucket returns a bucket of records, nil if there is none and it is not to be made.
func (tx *Tx) bucket(name string, create bool) (*bolt.Bucket, error) {
	if tx.bolt == nil {
		return nil, ErrClosed
	}
	if b := tx.buckets[name]; b != nil {
		return b, nil
	}
	if _, short, _ := strings.Cut(name, "/"); short == "" || strings.Trim(short, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
		return nil, fmt.Errorf("%w: no table can be called %q", ErrRecord, name)
	}
	b := tx.bolt.Bucket([]byte(name))
	if b == nil && create {
		var err error
		if b, err = tx.bolt.CreateBucket([]byte(name)); err != nil {
			return nil, err
		}
	}
	if b != nil {
		tx.buckets[name] = b
	}
	return b, nil
}

func get[T any](tx *Tx, bucket, key string) (v T, ok bool, err error) {
	var body []byte
	err = guard(bucket, func() error {
		b, err := tx.bucket(bucket, false)
		if b == nil || err != nil {
			return err
		}
		rec := b.Get([]byte(key))
		if rec == nil {
			return nil
		}
		body, err = unseal(bucket, []byte(key), rec)
		body = bytes.Clone(body)
		return err
	})
	if body == nil || err != nil {
		return v, false, err
	}
	v, err = decode[T](bucket, []byte(key), body)
	return v, err == nil, err
}

func decode[T any](bucket string, key, body []byte) (v T, err error) {
	if err := json.Unmarshal(body, &v); err != nil {
		return v, fmt.Errorf("%w: %s, key %s does not fit its type: %v", ErrRecord, bucket, keyName(bucket, key), err)
	}
	return v, nil
}

func put[T any](tx *Tx, bucket, key string, v T) error {
	body, err := marshal(v)
	switch {
	case err != nil:
		return tx.fail(fmt.Errorf("%w: %s, key %q: %v", ErrRecord, bucket, key, err))
	case key == "" || len(key) > maxKey:
		return tx.fail(fmt.Errorf("%w: %s, a key of %d bytes", ErrRecord, bucket, len(key)))
	case len(body) > maxRecord:
		return tx.fail(fmt.Errorf("%w: %s, key %q: %d bytes, at most %d are allowed (larger things are blobs)", ErrRecord, bucket, key, len(body), maxRecord))
	}
	err = guard(bucket, func() error {
		b, err := tx.bucket(bucket, true)
		if err != nil {
			return err
		}
		return b.Put([]byte(key), seal(bucket, []byte(key), body))
	})
	if err != nil {
		return tx.fail(err)
	}
	return nil
}

func remove(tx *Tx, bucket, key string) error {
	err := guard(bucket, func() error {
		b, err := tx.bucket(bucket, false)
		if b == nil || err != nil {
			return err
		}
		return b.Delete([]byte(key))
	})
	if err != nil {
		return tx.fail(err)
	}
	return nil
}

func list[T any](tx *Tx, bucket, prefix string) (all []T, err error) {
	err = each(tx, bucket, prefix, func(_ string, v T) error {
		all = append(all, v)
		return nil
	})
	return all, err
}

func each[T any](tx *Tx, bucket, prefix string, fn func(key string, v T) error) error {
	for next, err := range records(tx, bucket, prefix) {
		if err != nil {
			return err
		}
		v, err := decode[T](bucket, next.key, next.body)
		if err != nil {
			return err
		}
		if err := fn(string(next.key), v); err == Stop {
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

// keyName shows a key in a message.
func keyName(bucket string, key []byte) string {
	if bucket == journalBucket && len(key) == 8 {
		return strconv.FormatUint(binary.BigEndian.Uint64(key), 10)
	}
	return strconv.Quote(string(key))
}
