package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// noHash is the Prev of the first entry.
var noHash = strings.Repeat("0", 64)

// china is the zone in which entries are written: +08:00 all year, without
// need of a zone database.
var china = time.FixedZone("+08:00", 8*60*60)

// maxRecord bounds one entry and one record, in bytes of JSON. Larger things
// are blobs: bbolt is slow with them, and every copy carries them.
const maxRecord = 8 << 20

// Entry is one change of state in the journal. Seq counts from 1 without gaps.
// Prev is the Hash of the entry before it (64 zeros for the first). At is when
// the cause happened, in whole seconds and +08:00. Kind and V say how Data, which
// is canonical JSON, is to be read; Cause names what brought it about.
type Entry struct {
	Seq   uint64          `json:"seq"`
	Prev  string          `json:"prev"`
	At    time.Time       `json:"at"`
	Kind  string          `json:"kind"`
	V     int             `json:"v"`
	Cause string          `json:"cause"`
	Data  json.RawMessage `json:"data"`
}

// Canonical returns v as JSON in one certain form: keys sorted by their bytes,
// no white space, no escapes but those JSON needs (and U+2028/9), numbers as
// written. The canonical form of a canonical form is itself.
func Canonical(v any) ([]byte, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var tree any
	if err := d.Decode(&tree); err != nil {
		return nil, err
	}
	return marshal(tree)
}

// marshal is json.Marshal without the escapes for HTML.
func marshal(v any) ([]byte, error) {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}

// Canonical returns the entry as it stands in the journal: one line of canonical
// JSON without the line's end. ErrEntry if it cannot be written.
func (e Entry) Canonical() ([]byte, error) {
	data, err := Canonical(e.Data)
	if err != nil {
		return nil, fmt.Errorf("%w: data of %q: %v", ErrEntry, e.Kind, err)
	}
	e.Data = data
	return e.encode()
}

// encode writes an entry whose Data is canonical already.
func (e Entry) encode() ([]byte, error) {
	if err := e.valid(); err != nil {
		return nil, err
	}
	cause, err := marshal(e.Cause)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrEntry, err)
	}
	kind, err := marshal(e.Kind)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrEntry, err)
	}
	// By hand: encoding/json would read the data once more.
	line := make([]byte, 0, len(e.Data)+len(cause)+len(kind)+192)
	line = append(line, `{"at":"`...)
	line = e.At.In(china).AppendFormat(line, time.RFC3339)
	line = append(append(line, `","cause":`...), cause...)
	line = append(append(line, `,"data":`...), e.Data...)
	line = append(append(line, `,"kind":`...), kind...)
	line = append(append(line, `,"prev":"`...), e.Prev...)
	line = strconv.AppendUint(append(line, `","seq":`...), e.Seq, 10)
	line = strconv.AppendInt(append(line, `,"v":`...), int64(e.V), 10)
	line = append(line, '}')
	if len(line) > maxRecord {
		return nil, fmt.Errorf("%w: %q has %d bytes, at most %d are allowed (larger things are blobs)", ErrEntry, e.Kind, len(line), maxRecord)
	}
	return line, nil
}

func (e Entry) valid() error {
	at := e.At.In(china)
	switch {
	case e.At.IsZero() || at.Year() < 1 || at.Year() > 9999:
		return fmt.Errorf("%w: %q has no time", ErrEntry, e.Kind)
	case e.At.Nanosecond() != 0:
		return fmt.Errorf("%w: the time of %q is not in whole seconds", ErrEntry, e.Kind)
	case e.Kind == "":
		return fmt.Errorf("%w: it has no kind", ErrEntry)
	case e.Seq == 0:
		return fmt.Errorf("%w: it has no number", ErrEntry)
	case !isHash(e.Prev):
		return fmt.Errorf("%w: entry %d has no hash of the one before", ErrEntry, e.Seq)
	}
	return nil
}

// isHash tells whether s is a SHA-256 in lower-case hex.
func isHash(s string) bool {
	if len(s) != 64 {
		return false
	}
	for i := range len(s) {
		if (s[i] < '0' || s[i] > '9') && (s[i] < 'a' || s[i] > 'f') {
			return false
		}
	}
	return true
}

// Hash returns the hex SHA-256 of Prev (its 64 characters) followed by the
// canonical JSON of the whole entry. It is empty, and so continues no chain, for
// an entry that cannot be written.
func (e Entry) Hash() string {
	line, err := e.Canonical()
	if err != nil {
		return ""
	}
	return hashLine(e.Prev, line)
}

func hashLine(prev string, line []byte) string {
	h := sha256.New()
	h.Write([]byte(prev))
	h.Write(line)
	return hex.EncodeToString(h.Sum(nil))
}

// DecodeEntry reads a line of a journal. It accepts only what Canonical writes,
// byte for byte, so that one entry has one hash; all else is ErrEntry.
func DecodeEntry(line []byte) (Entry, error) {
	if len(line) > maxRecord {
		return Entry{}, fmt.Errorf("%w: a line of %d bytes", ErrEntry, len(line))
	}
	e, err := parseEntry(line)
	if err != nil {
		return Entry{}, err
	}
	again, err := e.Canonical()
	if err != nil {
		return Entry{}, err
	}
	if !bytes.Equal(again, line) {
		return Entry{}, fmt.Errorf("%w: entry %d is not in canonical form", ErrEntry, e.Seq)
	}
	return e, nil
}

// parseEntry reads a line that is known to be canonical.
func parseEntry(line []byte) (Entry, error) {
	var e Entry
	if err := json.Unmarshal(line, &e); err != nil {
		return Entry{}, fmt.Errorf("%w: %v", ErrEntry, err)
	}
	e.At = e.At.In(china) // the same value whatever the machine's own zone
	return e, nil
}
