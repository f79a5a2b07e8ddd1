package intake

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"
)

// Import is the operator's order for material that came otherwise than by mail (a USB
// stick, files): it stands, sealed, in a header of the mail that brings the material
// into the mailbox.
type Import struct {
	City  string    `json:"city,omitempty"`
	Case  string    `json:"case,omitempty"`  // number of the case that the material is for; else City counts
	Came  time.Time `json:"came,omitzero"`   // when it came to the office; zero: as the mail itself
	From  string    `json:"from,omitempty"`  // what it was taken from, in words
	Count int       `json:"count,omitempty"` // of the mails of one delivery
	Place int       `json:"place,omitempty"` // this one's among them, from 1
}

// ImportHeader is the mail's header that holds the order.
const ImportHeader = "X-Anli-Import"

// Seal writes the order for a header. substance is the mail's (mail.Message): another
// mail with the same header has another seal.
func (o Import) Seal(key []byte, substance string) string {
	raw, err := json.Marshal(o)
	if err != nil {
		panic(err) // plain strings, numbers and a time
	}
	return base64.RawURLEncoding.EncodeToString(raw) + "." + importSeal(key, raw, substance)
}

// ReadImport gives the order of a header; ok is false where its seal is not ours.
func ReadImport(key []byte, header, substance string) (o Import, ok bool) {
	text, seal, _ := strings.Cut(strings.Join(strings.Fields(header), ""), ".")
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || !hmac.Equal([]byte(seal), []byte(importSeal(key, raw, substance))) {
		return Import{}, false
	}
	return o, json.Unmarshal(raw, &o) == nil
}

func importSeal(key, raw []byte, substance string) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte("anli import\x00" + substance + "\x00"))
	h.Write(raw)
	return hex.EncodeToString(h.Sum(nil))
}

// Imported gives the order with which the operator brought a mail in; ok is false
// where its header is not sealed by this desk's key.
func (s *Sitting) Imported(header, substance string) (Import, bool) {
	return ReadImport(s.house.Key, header, substance)
}
