package ledger

import (
	"bytes"
	"iter"

	bolt "go.etcd.io/bbolt"
)

// keyed is a record taken out of a bucket.
type keyed struct{ key, body []byte }

// records yields the records of a bucket whose keys begin with prefix, in order.
// In a write transaction the cursor is set anew for each, because whoever gets
// the record may change the bucket.
func records(tx *Tx, bucket, prefix string) iter.Seq2[keyed, error] {
	return func(yield func(keyed, error) bool) {
		var c *bolt.Cursor
		from := []byte(prefix)
		for {
			var one keyed
			err := guard(bucket, func() error {
				b, err := tx.bucket(bucket, false)
				if b == nil || err != nil {
					return err
				}
				var k, v []byte
				if c == nil || tx.writable {
					c = b.Cursor()
					k, v = c.Seek(from)
				} else {
					k, v = c.Next()
				}
				if k == nil || !bytes.HasPrefix(k, []byte(prefix)) {
					return nil
				}
				one.key = bytes.Clone(k)
				one.body, err = unseal(bucket, k, v)
				one.body = bytes.Clone(one.body)
				return err
			})
			if err != nil {
				yield(keyed{one.key, nil}, err)
				return
			}
			if one.key == nil || !yield(one, nil) {
				return
			}
			from = append(one.key[:len(one.key):len(one.key)], 0)
		}
	}
}
