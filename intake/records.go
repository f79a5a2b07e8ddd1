package intake

import (
	"encoding/json"
	"fmt"
	"time"

	"anli/intake/ledger"
	"anli/intake/outbox"
	"anli/templates"
)

// Route is where a mail went (bot/route.go decides).
type Route string

// Routes of mails.
const (
	RouteSubmission Route = "submission" // a bureau's, about this call
	RouteCommand    Route = "command"    // a bureau's answer with commands
	RouteStaff      Route = "staff"      // commands of staff
	RouteCompany    Route = "company"    // material for a case from an address that is no bureau's
	RouteUnknown    Route = "unknown"    // a package from an address that is not enrolled
	RouteQuestion   Route = "question"   // for staff; the writer is told so
	RouteThanks     Route = "thanks"     // acknowledgement: silence
	RouteAutomatic  Route = "automatic"  // never answered
	RouteBounce     Route = "bounce"     // of a letter of ours
	RouteOwn        Route = "own"        // our own letter come back
	RouteCopy       Route = "copy"       // the same mail once more
	RouteHistory    Route = "history"    // before [mailbox] since
	RoutePeople     Route = "people"     // left for people
)

// Mail is the record of one mail. What people wrote is kept literally in the
// blob SHA256; this is what was understood.
type Mail struct {
	SHA256    string    `json:"sha256"`
	MessageID string    `json:"message_id"`
	Substance string    `json:"substance"`
	From      string    `json:"from"`
	Name      string    `json:"name,omitempty"`
	Cc        []string  `json:"cc,omitempty"`
	Subject   string    `json:"subject"`
	Fresh     string    `json:"fresh,omitempty"` // what the writer wrote, its first part
	Arrival   time.Time `json:"arrival"`         // INTERNALDATE at first sight
	Sent      time.Time `json:"sent"`            // the Date header, zero if none
	Folder    string    `json:"folder"`
	Size      int64     `json:"size"`
	Route     Route     `json:"route"`
	Reason    string    `json:"reason,omitempty"` // in Chinese: why people must look, or what was done
	City      string    `json:"city,omitempty"`
	Cases     []string  `json:"cases,omitempty"`
	Files     []Piece   `json:"files,omitempty"`
	Refs      []string  `json:"refs,omitempty"` // In-Reply-To and References
	Unhandled bool      `json:"unhandled,omitempty"`
	Stock     bool      `json:"stock,omitempty"` // came before going live
}

// Piece is one file as it came, before it belongs to a case.
type Piece struct {
	Path    string `json:"path"`
	Bytes   int64  `json:"bytes"`
	SHA256  string `json:"sha256"`
	Damaged string `json:"damaged,omitempty"`
	Archive bool   `json:"archive,omitempty"` // it was opened; its files follow
	Inline  bool   `json:"inline,omitempty"`
}

// Burst is a sender's mails that are answered by one receipt.
type Burst struct {
	ID       string             `json:"id"` // SHA-256 of its first mail
	Address  string             `json:"address"`
	City     string             `json:"city"`
	First    time.Time          `json:"first"`
	Last     time.Time          `json:"last"`
	Due      time.Time          `json:"due"` // when it is answered
	Mails    []string           `json:"mails"`
	Cases    []string           `json:"cases"`
	Problems []Finding          `json:"problems,omitempty"`
	Loose    []Piece            `json:"loose,omitempty"` // unassigned so far
	Papers   []File             `json:"papers,omitempty"`
	Results  []templates.Result `json:"results,omitempty"` // of commands in its mails
	Series   int                `json:"series,omitempty"`  // announced number of mails, 0 if none
	Closed   bool               `json:"closed,omitempty"`
}

// Row is one thing that waits for a person.
type Row struct {
	ID      string    `json:"id"`
	At      time.Time `json:"at"`
	Kind    string    `json:"kind"` // unsure, question, absence, bounce, letter, quota, late, problem
	Text    string    `json:"text"`
	Mail    string    `json:"mail,omitempty"`
	Case    string    `json:"case,omitempty"`
	Replies []string  `json:"replies,omitempty"` // verbs that fit: 登记, 无关
	Urgent  bool      `json:"urgent,omitempty"`
	Told    bool      `json:"told,omitempty"` // an urgent letter has named it
	Done    string    `json:"done,omitempty"` // how it ended
}

// Waiting is a staff command that takes effect on 确认 <letter code>.
type Waiting struct {
	Letter string    `json:"letter"` // key of the transcript that asked
	Code   string    `json:"code"`   // its letter code
	By     string    `json:"by"`     // address that may confirm
	Line   string    `json:"line"`   // the command, as written
	Verb   string    `json:"verb"`
	Until  time.Time `json:"until"`
	Done   bool      `json:"done,omitempty"`
}

// Paper is one of the bureau's own papers: of a city, not of a case.
type Paper struct {
	City string `json:"city"`
	File File   `json:"file"`
}

// DeskState is the one record of how the desk stands.
type DeskState struct {
	Live      bool      `json:"live"` // staff wrote 启用
	LiveAt    time.Time `json:"live_at"`
	Paused    bool      `json:"paused"` // 暂停发信
	PausedAt  time.Time `json:"paused_at"`
	Resumed   time.Time `json:"resumed"`
	Takeover  time.Time `json:"takeover"` // when the 接管报告 was made
	Morning   time.Time `json:"morning"`  // due time of the last staff letter
	NextCase  int       `json:"next_case"`
	HeldUntil string    `json:"held,omitempty"` // why all letters are held, until 放行 全部
}

// Attempt counts wrong letter codes of an address on a day.
type Attempt struct {
	Address string `json:"address"`
	Day     string `json:"day"`
	Wrong   int    `json:"wrong"`
	Asked   bool   `json:"asked,omitempty"` // a question of that thread was answered that day
}

// Change is what one entry records: the resulting records, whole. The ledger is
// the fold of these and nothing else.
type Change struct {
	Config   map[string]json.RawMessage `json:"config,omitempty"`   // what the configuration said, where it changed
	Settings map[string]json.RawMessage `json:"settings,omitempty"` // in force from now on; null removes
	Readings []Reading                  `json:"readings,omitempty"`
	Mail     *Mail                      `json:"mail,omitempty"`
	Mails    []Mail                     `json:"mails,omitempty"` // earlier mails whose record changed
	Cases    []Case                     `json:"cases,omitempty"`
	Bursts   []Burst                    `json:"bursts,omitempty"`
	Papers   []Paper                    `json:"papers,omitempty"`
	Rows     []Row                      `json:"rows,omitempty"`
	Waiting  []Waiting                  `json:"waiting,omitempty"`
	Attempts []Attempt                  `json:"attempts,omitempty"`
	Desk     *DeskState                 `json:"desk,omitempty"`
	Out      *outbox.Changes            `json:"out,omitempty"`
}

// Tables are the ledger's tables of this package.
type Tables struct {
	Config    ledger.Table[json.RawMessage] // what the configuration last said
	Settings  ledger.Table[json.RawMessage] // in force
	Readings  ledger.Table[Reading]
	Mails     ledger.Table[Mail]
	ByID      ledger.Table[[]string] // Message-ID → mails
	Substance ledger.Table[string]   // substance → first mail
	Cases     ledger.Table[Case]
	Bursts    ledger.Table[Burst]
	Open      ledger.Table[string] // address → open burst
	Papers    ledger.Table[Paper]
	Rows      ledger.Table[Row]
	OpenRows  ledger.Table[string] // at + id → id, of rows that wait
	Waiting   ledger.Table[Waiting]
	Attempts  ledger.Table[Attempt]
	Desk      ledger.Table[DeskState]
}

// NewTables names them.
func NewTables() Tables {
	return Tables{
		Config: ledger.NewTable[json.RawMessage]("config"), Settings: ledger.NewTable[json.RawMessage]("settings"),
		Readings: ledger.NewTable[Reading]("readings"), Mails: ledger.NewTable[Mail]("mails"),
		ByID: ledger.NewTable[[]string]("mails-by-id"), Substance: ledger.NewTable[string]("mails-by-substance"),
		Cases: ledger.NewTable[Case]("cases"), Bursts: ledger.NewTable[Burst]("bursts"),
		Open: ledger.NewTable[string]("bursts-open"), Papers: ledger.NewTable[Paper]("papers"),
		Rows: ledger.NewTable[Row]("rows"), OpenRows: ledger.NewTable[string]("rows-open"),
		Waiting: ledger.NewTable[Waiting]("waiting"), Attempts: ledger.NewTable[Attempt]("attempts"),
		Desk: ledger.NewTable[DeskState]("desk"),
	}
}

const deskKey = "desk"

// Fold writes what an entry records into the tables; the only way they change.
func Fold(tx *ledger.Tx, e ledger.Entry) error {
	var c Change
	if err := json.Unmarshal(e.Data, &c); err != nil {
		return fmt.Errorf("entry %d (%s): %w", e.Seq, e.Kind, err)
	}
	t := NewTables()
	steps := []func() error{
		func() error { return foldSettings(tx, t, c) },
		func() error { return foldMails(tx, t, c) },
		func() error { return each(c.Cases, func(x Case) error { return t.Cases.Put(tx, x.Number, x) }) },
		func() error { return each(c.Bursts, func(x Burst) error { return foldBurst(tx, t, x) }) },
		func() error { return each(c.Rows, func(x Row) error { return foldRow(tx, t, x) }) },
		func() error {
			return each(c.Papers, func(x Paper) error { return t.Papers.Put(tx, x.City+"/"+x.File.SHA256, x) })
		},
		func() error { return each(c.Waiting, func(x Waiting) error { return t.Waiting.Put(tx, x.Code, x) }) },
		func() error {
			return each(c.Attempts, func(x Attempt) error { return t.Attempts.Put(tx, x.Address+"/"+x.Day, x) })
		},
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	if c.Desk != nil {
		if err := t.Desk.Put(tx, deskKey, *c.Desk); err != nil {
			return err
		}
	}
	if c.Out != nil {
		return outbox.Fold(tx, e.Seq, *c.Out)
	}
	return nil
}

func each[T any](list []T, do func(T) error) error {
	for _, x := range list {
		if err := do(x); err != nil {
			return err
		}
	}
	return nil
}

func foldSettings(tx *ledger.Tx, t Tables, c Change) error {
	if err := putValues(tx, t.Config, c.Config); err != nil {
		return err
	}
	return putValues(tx, t.Settings, c.Settings)
}

// putValues writes values one by one; null removes.
func putValues(tx *ledger.Tx, table ledger.Table[json.RawMessage], values map[string]json.RawMessage) error {
	for k, v := range values {
		var err error
		if string(v) == "null" {
			err = table.Delete(tx, k)
		} else {
			err = table.Put(tx, k, v)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func foldMails(tx *ledger.Tx, t Tables, c Change) error {
	for _, r := range c.Readings {
		if err := t.Readings.Put(tx, r.SHA256, r); err != nil {
			return err
		}
	}
	for _, m := range c.Mails {
		if err := t.Mails.Put(tx, m.SHA256, m); err != nil {
			return err
		}
	}
	if c.Mail == nil {
		return nil
	}
	m := *c.Mail
	if m.MessageID != "" {
		ids, _, err := t.ByID.Get(tx, m.MessageID)
		if err != nil {
			return err
		}
		if err := t.ByID.Put(tx, m.MessageID, append(ids, m.SHA256)); err != nil {
			return err
		}
	}
	if _, known, err := t.Substance.Get(tx, m.Substance); err != nil {
		return err
	} else if !known && m.Substance != "" {
		if err := t.Substance.Put(tx, m.Substance, m.SHA256); err != nil {
			return err
		}
	}
	return t.Mails.Put(tx, m.SHA256, m)
}

func foldBurst(tx *ledger.Tx, t Tables, b Burst) error {
	if err := t.Bursts.Put(tx, b.ID, b); err != nil {
		return err
	}
	if b.Closed {
		if id, _, err := t.Open.Get(tx, b.Address); err != nil || id != b.ID {
			return err
		}
		return t.Open.Delete(tx, b.Address)
	}
	return t.Open.Put(tx, b.Address, b.ID)
}

func foldRow(tx *ledger.Tx, t Tables, r Row) error {
	key := r.At.UTC().Format("20060102T150405") + "/" + r.ID
	if r.Done != "" {
		if err := t.OpenRows.Delete(tx, key); err != nil {
			return err
		}
	} else if err := t.OpenRows.Put(tx, key, r.ID); err != nil {
		return err
	}
	return t.Rows.Put(tx, r.ID, r)
}

// InForce gives the settings in force.
func InForce(tx *ledger.Tx) (Settings, error) {
	flat := map[string]json.RawMessage{}
	err := NewTables().Settings.Each(tx, "", func(k string, v json.RawMessage) error {
		flat[k] = v
		return nil
	})
	if err != nil {
		return Settings{}, err
	}
	return Unflat(flat)
}

// Configured compares what the configuration says with what it last said and
// gives the entry that records the difference; nil where there is none. A value
// that staff set by mail stays in force until the configuration's own changes.
func Configured(tx *ledger.Tx, s Settings) (*Change, error) {
	flat, err := s.Flat()
	if err != nil {
		return nil, err
	}
	last := map[string]string{}
	err = NewTables().Config.Each(tx, "", func(k string, v json.RawMessage) error {
		last[k] = string(v)
		return nil
	})
	if err != nil {
		return nil, err
	}
	diff := map[string]json.RawMessage{}
	for k, v := range flat {
		if old, ok := last[k]; !ok || old != string(v) {
			diff[k] = v
		}
	}
	for k := range last {
		if _, ok := flat[k]; !ok {
			diff[k] = json.RawMessage("null")
		}
	}
	if len(diff) == 0 {
		return nil, nil
	}
	return &Change{Config: diff, Settings: diff}, nil
}
