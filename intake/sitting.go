package intake

import (
	"encoding/json"
	"fmt"
	"sort"
	"time"

	"anli/intake/ledger"
	"anli/intake/outbox"
)

// Sitting decides on the ledger as it stands at one moment and collects what
// changes. It reads through what it has itself changed. It is used once, by one
// goroutine, inside one ledger view; its Result goes into one entry.
type Sitting struct {
	Now      time.Time
	Settings Settings
	Desk     DeskState

	tx       *ledger.Tx
	t        Tables
	house    House
	fresh    map[string]Reading
	cases    map[string]*Case
	whole    bool // cases holds all of the ledger's
	touched  map[string]bool
	bursts   map[string]*Burst // by id, those decided on here
	readings []Reading
	mail     *Mail
	mails    map[string]Mail
	papers   []Paper
	cities   map[string]CityState
	rows     []Row
	waiting  []Waiting
	attempts []Attempt
	letters  []outbox.Letter
	reworded []outbox.Letter // held ones that staff added words to
	fates    []outbox.Fate
	values   map[string]json.RawMessage // settings changed by command
	blobs    map[string][]byte
	review   json.RawMessage
	listed   bool
	err      error

	dishonest   *[]Dishonest // the list in force from now on; nil: unchanged
	dishonestBy map[string][]Dishonest
}

// House is what a letter needs beside words: who we are on the wire.
type House struct {
	Key    []byte // secret of letter codes and Message-IDs
	From   string // the mailbox's own address
	Name   string // its display name
	Domain string // right side of our Message-IDs

	// Blob reads a stored file by its SHA-256. The bot sets it, so that it is the
	// ledger's own that is decided on; nil where no letter brings files.
	Blob func(sha string) ([]byte, error)
	Size func(sha string) (int64, error) // of a stored file, without reading it
}

// Result is what a sitting decided: the entry's data, and the bytes of letters and
// of the files they bring, by SHA-256, that must be stored before it is committed.
type Result struct {
	Change Change
	Blobs  map[string][]byte
}

// Sit opens a sitting on a view of the ledger.
func Sit(tx *ledger.Tx, now time.Time, house House) (*Sitting, error) {
	settings, err := InForce(tx)
	if err != nil {
		return nil, err
	}
	t := NewTables()
	desk, _, err := t.Desk.Get(tx, deskKey)
	if err != nil {
		return nil, err
	}
	return &Sitting{Now: now.In(Zone()), Settings: settings, Desk: desk, tx: tx, t: t, house: house,
		fresh: map[string]Reading{}, cases: map[string]*Case{}, touched: map[string]bool{}, bursts: map[string]*Burst{},
		mails: map[string]Mail{}, cities: map[string]CityState{}, values: map[string]json.RawMessage{}, blobs: map[string][]byte{}}, nil
}

// Result ends the sitting.
func (s *Sitting) Result() (Result, error) {
	s.renewReminders()
	if s.err != nil {
		return Result{}, s.err
	}
	c := Change{Readings: s.readings, Mail: s.mail, Papers: s.papers, Rows: s.rows, Waiting: s.waiting, Attempts: s.attempts, Review: s.review, Listed: s.listed, Dishonest: s.dishonest}
	for _, number := range sortedKeys(s.touched) {
		c.Cases = append(c.Cases, *s.cases[number])
	}
	for _, a := range sortedKeys(s.bursts) {
		c.Bursts = append(c.Bursts, *s.bursts[a])
	}
	for _, sha := range sortedKeys(s.mails) {
		c.Mails = append(c.Mails, s.mails[sha])
	}
	for _, city := range sortedKeys(s.cities) {
		c.Cities = append(c.Cities, s.cities[city])
	}
	for k, v := range s.values {
		if c.Settings == nil {
			c.Settings = map[string]json.RawMessage{}
		}
		c.Settings[k] = v
	}
	before, _, err := s.t.Desk.Get(s.tx, deskKey)
	if err != nil {
		return Result{}, err
	}
	if before != s.Desk {
		desk := s.Desk
		c.Desk = &desk
	}
	if len(s.letters)+len(s.reworded)+len(s.fates) > 0 {
		c.Out = &outbox.Changes{Put: s.letters, Reworded: s.reworded, Fates: s.fates}
	}
	return Result{Change: c, Blobs: s.blobs}, nil
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// must keeps the first failure of the ledger; the sitting goes on and its result
// is that failure.
func (s *Sitting) must(err error) {
	if err != nil && s.err == nil {
		s.err = err
	}
}

// Beside records what the judging changed with this sitting's entry.
func (s *Sitting) Beside(review json.RawMessage) { s.review = review }

// Fail makes err the sitting's result.
func (s *Sitting) Fail(err error) { s.must(err) }

// Learn adds readings made for this mail; they are recorded with it.
func (s *Sitting) Learn(readings []Reading) {
	for _, r := range readings {
		if _, ok := s.fresh[r.SHA256]; !ok {
			s.fresh[r.SHA256] = r
			s.readings = append(s.readings, r)
		}
	}
}

// Reading gives what was read in a file; the zero Reading if nothing was.
func (s *Sitting) Reading(sha string) Reading {
	if r, ok := s.fresh[sha]; ok {
		return r
	}
	r, _, err := s.t.Readings.Get(s.tx, sha)
	s.must(err)
	return r
}

// Mail gives the record of a mail.
func (s *Sitting) Mail(sha string) (Mail, bool) {
	if s.mail != nil && s.mail.SHA256 == sha {
		return *s.mail, true
	}
	if m, ok := s.mails[sha]; ok {
		return m, true
	}
	m, ok, err := s.t.Mails.Get(s.tx, sha)
	s.must(err)
	return m, ok
}

// Record makes m the mail this sitting is about.
func (s *Sitting) Record(m Mail) *Mail {
	s.mail = &m
	return s.mail
}

// Amend changes the record of an earlier mail.
func (s *Sitting) Amend(m Mail) {
	if s.mail != nil && s.mail.SHA256 == m.SHA256 {
		*s.mail = m
		return
	}
	s.mails[m.SHA256] = m
}

// Case gives a case to look at and to change; Touch records it.
func (s *Sitting) Case(number string) *Case {
	if c, ok := s.cases[number]; ok {
		return c
	}
	c, ok, err := s.t.Cases.Get(s.tx, number)
	s.must(err)
	if !ok {
		return nil
	}
	s.cases[number] = &c
	return &c
}

// Touch says that a case changed.
func (s *Sitting) Touch(c *Case) {
	s.cases[c.Number] = c
	s.touched[c.Number] = true
}

// Cases gives the cases of a city, all cities' if city is "", by number. All are read
// from the ledger once a sitting: most decisions ask for several cities' in turn.
func (s *Sitting) Cases(city string) []*Case {
	if !s.whole {
		s.whole = true
		s.must(s.t.Cases.Each(s.tx, "", func(number string, c Case) error {
			if _, ok := s.cases[number]; !ok {
				s.cases[number] = &c
			}
			return nil
		}))
	}
	var out []*Case
	for _, number := range sortedKeys(s.cases) {
		if c := s.cases[number]; city == "" || c.City == city {
			out = append(out, c)
		}
	}
	return out
}

// newCase registers a case: numbers are given in order and never used again.
func (s *Sitting) newCase(city string) *Case {
	s.Desk.NextCase++
	c := &Case{Number: fmt.Sprintf("%s%d-%04d", s.Settings.Call.Prefix, s.Settings.Call.Year(), s.Desk.NextCase), City: city, Stage: StageIncomplete,
		Categories: []string{}, Holds: []Hold{}, Findings: []Finding{}, Files: []File{}}
	s.Touch(c)
	s.recommends(city)
	return c
}

// AddRow puts something before a person. The id is derived, so that the same
// thing is one row.
func (s *Sitting) AddRow(r Row) {
	if _, known, err := s.t.Rows.Get(s.tx, r.ID); known || err != nil {
		s.must(err)
		return
	}
	for _, x := range s.rows {
		if x.ID == r.ID {
			return
		}
	}
	if r.At.IsZero() {
		r.At = s.Now
	}
	s.rows = append(s.rows, r)
}

// Row gives a row; ok is false if there is none.
func (s *Sitting) Row(id string) (Row, bool) {
	for _, r := range s.rows {
		if r.ID == id {
			return r, true
		}
	}
	r, ok, err := s.t.Rows.Get(s.tx, id)
	s.must(err)
	return r, ok
}

// SetRow changes a row: told, or done.
func (s *Sitting) SetRow(r Row) {
	for i, x := range s.rows {
		if x.ID == r.ID {
			s.rows[i] = r
			return
		}
	}
	s.rows = append(s.rows, r)
}

// Mentions gives the mails that the next letter to staff lists once, oldest first;
// that letter calls Listed.
func (s *Sitting) Mentions() []Mail {
	var out []Mail
	s.must(s.t.Mentions.Each(s.tx, "", func(_, sha string) error {
		if m, ok := s.Mail(sha); ok {
			out = append(out, m)
		}
		return nil
	}))
	return out
}

// Listed says that a letter to staff mentioned what was to be.
func (s *Sitting) Listed() { s.listed = true }

// OpenRows gives what waits for a person, oldest first; what this sitting opened
// comes last.
func (s *Sitting) OpenRows() []Row {
	var out []Row
	seen := map[string]bool{}
	s.must(s.t.OpenRows.Each(s.tx, "", func(_, id string) error {
		seen[id] = true
		if r, ok := s.Row(id); ok && r.Done == "" {
			out = append(out, r)
		}
		return nil
	}))
	for _, r := range s.rows {
		if !seen[r.ID] && r.Done == "" {
			out = append(out, r)
		}
	}
	return out
}
