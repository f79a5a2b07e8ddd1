package intake

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"anli/intake/ledger"
)

// ErrKey: the key file is not the one this ledger was begun with. Its letter codes
// and the seals of its journal would all be strangers'.
var ErrKey = errors.New("not the key file that this ledger was begun with")

// keyRow is the only row of Tables.Key.
const keyRow = "key"

// Fingerprint tells keys apart and gives none away: the journal may hold it.
func Fingerprint(key []byte) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte("anli key fingerprint"))
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// CheckKey compares a key with the one this ledger was begun with. known is false
// where the ledger holds no fingerprint yet: it is from an earlier version, or new.
func CheckKey(tx *ledger.Tx, key []byte) (known bool, err error) {
	print, known, err := NewTables().Key.Get(tx, keyRow)
	if err == nil && known && print != Fingerprint(key) {
		err = ErrKey
	}
	return known, err
}
