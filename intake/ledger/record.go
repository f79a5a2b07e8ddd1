package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
)

// A record is "1 " (the version of this form), 16 hex digits of a checksum, a
// space, and JSON. The checksum is the first 8 bytes of the SHA-256 over bucket,
// key and JSON, so that a record under another key is found out too.
const recordHead = len("1 0123456789abcdef ")

func sum(bucket string, key, body []byte) string {
	h := sha256.New()
	h.Write([]byte(bucket))
	h.Write([]byte{0})
	h.Write(key)
	h.Write([]byte{0})
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// seal makes a record of body.
func seal(bucket string, key, body []byte) []byte {
	rec := make([]byte, 0, recordHead+len(body))
	rec = append(rec, "1 "...)
	rec = append(rec, sum(bucket, key, body)...)
	rec = append(rec, ' ')
	return append(rec, body...)
}

// unseal returns the body of a record, a part of rec, or ErrDamaged.
func unseal(bucket string, key, rec []byte) ([]byte, error) {
	if len(rec) < recordHead || !bytes.HasPrefix(rec, []byte("1 ")) || rec[recordHead-1] != ' ' {
		return nil, damaged("%s, key %s: not a record", bucket, keyName(bucket, key))
	}
	body := rec[recordHead:]
	if string(rec[2:recordHead-1]) != sum(bucket, key, body) {
		return nil, damaged("%s, key %s: the checksum does not fit", bucket, keyName(bucket, key))
	}
	return body, nil
}
