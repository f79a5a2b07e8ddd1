package intake

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"anli/parser/mail"
)

// Imported is what the import at the machine says of a mail that it lays into the
// mailbox: staff brought this in. It stands in the mail's header under a seal made
// with the key file, over it and the mail's content: with the mail and the key the
// same decision can be made at any time, and nobody else can write such a mail.
type Imported struct {
	City    string    `json:"city,omitempty"`   // whose material it is
	Case    string    `json:"case,omitempty"`   // or the number of the one case that it supplements
	Arrived time.Time `json:"arrived,omitzero"` // when it came, by another way; zero: with this mail
	Basis   string    `json:"basis"`            // where it lay
	Beside  bool      `json:"beside,omitempty"` // it lay beside packages and makes no case by itself
}

// SealImport gives the two headers' values for a mail. The mail is read again by who
// checks them, so the values are no part of what is sealed: From, Date, subject,
// files and their names are.
func SealImport(key []byte, i Imported, m mail.Message) (mail.Import, error) {
	raw, err := json.Marshal(i)
	statement := base64.StdEncoding.EncodeToString(raw)
	return mail.Import{Statement: statement, Seal: importSeal(key, statement, m)}, err
}

func importSeal(key []byte, statement string, m mail.Message) string {
	h := hmac.New(sha256.New, key)
	fmt.Fprintf(h, "anli import\x00%s\x00%s\x00%s\x00", statement, m.MessageID, m.Substance)
	for _, a := range m.Attachments {
		fmt.Fprintf(h, "%q %s\x00", a.Name, a.SHA256)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Imported reads what a mail says of itself; ok is false for a look-alike.
func (s *Sitting) Imported(m mail.Message) (i Imported, ok bool) {
	if !hmac.Equal([]byte(m.Import.Seal), []byte(importSeal(s.house.Key, m.Import.Statement, m))) {
		return i, false
	}
	raw, err := base64.StdEncoding.DecodeString(m.Import.Statement)
	if err != nil || json.Unmarshal(raw, &i) != nil {
		return i, false
	}
	return i, true
}
