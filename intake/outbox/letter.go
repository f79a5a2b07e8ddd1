package outbox

import (
	"encoding/json"
	"errors"
	"time"

	"anli/intake/ledger"
)

// Errors of the queue.
var (
	// ErrNoLetter: a fate names a letter that was never put.
	ErrNoLetter = errors.New("no such letter")
	// ErrLetter: a letter lacks what it cannot be sent without.
	ErrLetter = errors.New("letter incomplete")
)

// ClassReceipt is the one class that Outbox treats in its own way: a newer
// receipt replaces one that was not dialled, and a receipt of unknown end is sent
// once more. The other classes are the caller's words.
const ClassReceipt = "receipt"

// Letter is the part of a letter that never changes but by [Changes.Reworded], as
// the entry that decided it records it. With template, version and data it can be rendered anew; Bytes says
// whether the same came out.
type Letter struct {
	Key         string          `json:"key"`                   // cause and recipient: receipt/<burst>/<address>
	To          string          `json:"to"`                    // the one recipient, a bare address
	Class       string          `json:"class"`                 // ClassReceipt, answer, reminder, …
	Subject     string          `json:"subject"`               // as rendered, for lists
	Template    string          `json:"template,omitempty"`    // which letter
	Version     int             `json:"version,omitempty"`     // of the template
	Data        json.RawMessage `json:"data,omitempty"`        // what it was filled with
	MessageID   string          `json:"message_id"`            // without angle brackets
	Code        string          `json:"code,omitempty"`        // letter code
	InReplyTo   string          `json:"in_reply_to,omitempty"` // Message-ID answered
	References  []string        `json:"references,omitempty"`
	Bytes       string          `json:"bytes"`             // SHA-256 of the final bytes, a blob
	At          time.Time       `json:"at"`                // when it was decided; not sent before
	Topic       string          `json:"topic,omitempty"`   // letters on one topic to one address leave in order
	Outside     bool            `json:"outside,omitempty"` // to somebody who is not staff
	Cases       []string        `json:"cases,omitempty"`   // numbers it speaks of
	Attachments []AttachedFile  `json:"attachments,omitempty"`
	Seq         uint64          `json:"seq,omitempty"`   // the entry that put it; set by Fold
	Order       int             `json:"order,omitempty"` // its place in that entry; set by Fold
	Hold        string          `json:"hold,omitempty"`  // why it waits for a person; "" waits only for its turn
}

// AttachedFile names a file of a letter; the bytes are in the letter's own.
type AttachedFile struct {
	Name   string `json:"name"`
	Type   string `json:"type,omitempty"` // media type
	SHA256 string `json:"sha256"`
}

// State is where a letter stands.
type State string

const (
	Waiting    State = "waiting"    // it leaves as soon as its turn and time come
	Sending    State = "sending"    // an attempt was begun and its end is not recorded: it may have been accepted
	Sent       State = "sent"       // the server accepted it, or it was found in Sent
	Failed     State = "failed"     // the server refused it for good; it never leaves
	Held       State = "held"       // it waits for a person, Fate.Hold says why
	Superseded State = "superseded" // it never leaves: a newer letter or a decision of staff took its place
)

// Why a letter is held. Callers may use words of their own.
const (
	HoldApprove = "approve" // its class wants to be released by staff
	HoldObserve = "observe" // decided while nothing is sent to outsiders; cannot be released
	HoldRebuild = "rebuild" // its fate is unknown since the ledger was made anew
	HoldUnknown = "unknown" // it may have been accepted, and nothing shows whether it was
	HoldExpired = "expired" // not accepted within 48 hours
	HoldStale   = "stale"   // older than 24 hours when sending was resumed
	HoldBytes   = "bytes"   // its bytes are gone or are not those that were recorded
)

// Fate is the part of a letter that changes. Times are in whole seconds.
type Fate struct {
	Key      string    `json:"key"`
	State    State     `json:"state"`
	At       time.Time `json:"at"`                 // since when it is in this state
	Next     time.Time `json:"next,omitzero"`      // waiting: not before this
	Attempts int       `json:"attempts,omitempty"` // in this series; a release begins a new one
	Since    time.Time `json:"since,omitzero"`     // first attempt of this series
	Dialled  bool      `json:"dialled,omitempty"`  // an attempt was ever begun
	Repeated bool      `json:"repeated,omitempty"` // the one repeat of a receipt is used up
	CopyDue  bool      `json:"copy_due,omitempty"` // sent: the copy is not yet in the Sent folder
	Hold     string    `json:"hold,omitempty"`     // held: why
	Detail   string    `json:"detail,omitempty"`   // for people: what the server said
}

// Changes is what an entry records about letters. The caller embeds it in its
// entries' data and folds it by Fold.
type Changes struct {
	Put      []Letter `json:"put,omitempty"`
	Reworded []Letter `json:"reworded,omitempty"` // held letters to which staff added words: the same key
	Fates    []Fate   `json:"fates,omitempty"`
}

// Empty reports whether there is nothing to record.
func (c Changes) Empty() bool { return len(c.Put)+len(c.Reworded)+len(c.Fates) == 0 }

// Letters and Fates are by letter key. They are written by Fold alone.
var (
	Letters = ledger.NewTable[Letter]("letters")
	Fates   = ledger.NewTable[Fate]("letter-fates")
)

// Indexes, written by Fold alone.
var (
	byID     = ledger.NewTable[string]("letters-by-id")    // Message-ID → key
	byCode   = ledger.NewTable[string]("letters-by-code")  // code "/" key → key
	queue    = ledger.NewTable[queued]("letters-open")     // place → what Flush must know
	left     = ledger.NewTable[string]("letters-left")     // UTC second "/" key → recipient, for the ceilings
	uncopied = ledger.NewTable[string]("letters-uncopied") // key → key
)

// queued is a letter that is not finished: waiting, sending or held.
type queued struct {
	Key   string `json:"key"`
	To    string `json:"to"`
	Class string `json:"class"`
	Topic string `json:"topic,omitempty"`
}

// ByMessageID finds the letter that has this Message-ID, with or without angle
// brackets: the one that a mail with such an In-Reply-To or References answers.
func ByMessageID(tx *ledger.Tx, id string) (Letter, bool, error) {
	id = bare(id)
	if !messageID(id) || len(id) > maxIndexed {
		return Letter{}, false, nil
	}
	key, ok, err := byID.Get(tx, id)
	if !ok || err != nil {
		return Letter{}, false, err
	}
	return Letters.Get(tx, key)
}

// ByCode returns the letters that carry this letter code, in any form that
// ParseCode reads. Nearly always that is one or none; two letters share a code by
// chance once in 10^12 pairs, so the recipient must be compared in any case.
func ByCode(tx *ledger.Tx, code string) ([]Letter, error) {
	code, ok := ParseCode(code)
	if !ok {
		return nil, nil
	}
	keys, err := byCode.List(tx, code+"/")
	if err != nil {
		return nil, err
	}
	var found []Letter
	for _, k := range keys {
		l, ok, err := Letters.Get(tx, k)
		if err != nil {
			return nil, err
		}
		if ok {
			found = append(found, l)
		}
	}
	return found, nil
}

// Unfinished is a letter that has not reached its end, with its fate.
type Unfinished struct {
	Letter Letter
	Fate   Fate
}

// Open returns all letters that wait, are being sent or are held, in the order in
// which they were put: for the staff's list and for status.
func Open(tx *ledger.Tx) ([]Unfinished, error) { return unfinished(tx, true) }

func unfinished(tx *ledger.Tx, held bool) ([]Unfinished, error) {
	rows, err := queue.List(tx, "")
	if err != nil {
		return nil, err
	}
	var all []Unfinished
	for _, r := range rows {
		var u Unfinished
		if u.Fate, _, err = Fates.Get(tx, r.Key); err != nil {
			return nil, err
		}
		if u.Fate.State == Held && !held {
			continue
		}
		if u.Letter, _, err = Letters.Get(tx, r.Key); err != nil {
			return nil, err
		}
		all = append(all, u)
	}
	return all, nil
}
