package intake

import (
	"encoding/json"
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
	RouteScore      Route = "score"      // an expert's answer
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
	RouteSealed     Route = "sealed"     // bears a mark of secrecy: nothing of it is kept here, staff decide
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
	Fresh     string    `json:"fresh,omitempty"`  // what the writer wrote, its first part
	Arrival   time.Time `json:"arrival"`          // INTERNALDATE at first sight
	Sent      time.Time `json:"sent"`             // the Date header, zero if none
	Reached   time.Time `json:"reached,omitzero"` // when staff say that the material came, by another way
	Basis     string    `json:"basis,omitempty"`  // and on what basis
	Folder    string    `json:"folder"`
	Size      int64     `json:"size"`
	Route     Route     `json:"route"`
	Reason    string    `json:"reason,omitempty"` // in Chinese: why people must look, or what was done
	City      string    `json:"city,omitempty"`
	Cases     []string  `json:"cases,omitempty"`
	Files     []Piece   `json:"files,omitempty"`
	Refs      []string  `json:"refs,omitempty"`      // In-Reply-To and References
	Unhandled bool      `json:"unhandled,omitempty"` // a person must look: a row of its own says why
	Mention   bool      `json:"mention,omitempty"`   // nothing to do: the next letter to staff lists it, once
	Stock     bool      `json:"stock,omitempty"`     // came before going live
	Sealed    *Seal     `json:"sealed,omitempty"`    // it bore a mark of secrecy when it came
	Erased    *Erased   `json:"erased,omitempty"`    // its bytes are erased
	Failed    string    `json:"failed,omitempty"`    // why the program could not decide on it; people must
}

// Came is the arrival that counts for what the mail brought.
func (m Mail) Came() time.Time {
	if !m.Reached.IsZero() {
		return m.Reached
	}
	return m.Arrival
}

// Piece is one file as it came, before it belongs to a case.
type Piece struct {
	Path    string `json:"path"`
	Bytes   int64  `json:"bytes"`
	SHA256  string `json:"sha256"`
	Damaged string `json:"damaged,omitempty"`
	Archive bool   `json:"archive,omitempty"` // it was opened; its files follow
	Inline  bool   `json:"inline,omitempty"`
	Set     string `json:"set,omitempty"` // of an archive in several files: key of the reading of them together
}

// Burst is a sender's mails that are answered by one receipt.
type Burst struct {
	ID       string             `json:"id"` // SHA-256 of its first mail
	Address  string             `json:"address"`
	City     string             `json:"city"` // "" while nobody has said for which of the address's cities it is
	First    time.Time          `json:"first"`
	Last     time.Time          `json:"last"`
	Due      time.Time          `json:"due"` // when it is answered
	Mails    []string           `json:"mails"`
	Cases    []string           `json:"cases"`
	Revised  []string           `json:"revised,omitempty"` // cases that it changed: one revision each
	Problems []Finding          `json:"problems,omitempty"`
	Loose    []Piece            `json:"loose,omitempty"` // unassigned so far
	Papers   []File             `json:"papers,omitempty"`
	Links    []Link             `json:"links,omitempty"`   // files that came only as links
	Results  []templates.Result `json:"results,omitempty"` // of commands in its mails
	Repeats  int                `json:"repeats,omitempty"` // mails of the set that came twice
	Series   int                `json:"series,omitempty"`  // announced number of mails, 0 if none
	Parts    []int              `json:"parts,omitempty"`   // which of them came, as they say themselves
	Before   int                `json:"before,omitempty"`  // of them were answered before, the rest waited for in vain
	Brought  []string           `json:"brought,omitempty"` // cases that its mails brought files for
	Excused  bool               `json:"excused,omitempty"` // a mail says why it comes late
	Asked    bool               `json:"asked,omitempty"`   // a mail asks something that a person will answer
	Closed   bool               `json:"closed,omitempty"`
}

// openPrefix begins the keys of an address's bursts that are not answered yet.
func openPrefix(address string) string { return address + "/" }

func (b Burst) openKey() string { return openPrefix(b.Address) + b.City }

// Row is one thing that waits for a person.
type Row struct {
	ID      string    `json:"id"`
	At      time.Time `json:"at"`
	Kind    string    `json:"kind"` // unsure, unknown, question, absence, bounce, quota, late, problem
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
	Second bool      `json:"second,omitempty"` // another member of staff must confirm
	Basis  string    `json:"basis,omitempty"`  // hash of what was shown: if that has changed, it is shown anew
	Mail   string    `json:"mail,omitempty"`   // SHA-256 of the mail that ordered it, where its files count
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
	Told      time.Time `json:"told"`     // of the last staff letter that was written: what it did not tell is told next
	NextCase  int       `json:"next_case"`
	HeldUntil string    `json:"held,omitempty"` // why all letters are held, until 放行 全部
}

// Attempt counts wrong letter codes of an address on a day.
type Attempt struct {
	Address string `json:"address"`
	Day     string `json:"day"`
	Wrong   int    `json:"wrong"`
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
	Cities   []CityState                `json:"cities,omitempty"`
	Rows     []Row                      `json:"rows,omitempty"`
	Waiting  []Waiting                  `json:"waiting,omitempty"`
	Attempts []Attempt                  `json:"attempts,omitempty"`
	Desk     *DeskState                 `json:"desk,omitempty"`
	Listed   bool                       `json:"listed,omitempty"` // what was to be mentioned has been
	Key      string                     `json:"key,omitempty"`    // Fingerprint of the key file, once
	Out      *outbox.Changes            `json:"out,omitempty"`
	Vitals   []templates.Vital          `json:"vitals,omitempty"` // the machine's, before a morning letter: an input
	Review   json.RawMessage            `json:"review,omitempty"` // of the judging, which folds it by itself

	Dishonest *[]Dishonest `json:"dishonest,omitempty"` // the whole list of dishonest persons, where it is another from now on
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
	Cities    ledger.Table[CityState]
	Rows      ledger.Table[Row]
	OpenRows  ledger.Table[string] // at + id → id, of rows that wait
	Sealed    ledger.Table[string] // address/mail → mail, of sealed mails that wait for staff or for being taken in
	Mentions  ledger.Table[string] // arrival + mail → mail, until a letter to staff has listed it
	Waiting   ledger.Table[Waiting]
	Attempts  ledger.Table[Attempt]
	Desk      ledger.Table[DeskState]
	Vitals    ledger.Table[[]templates.Vital]
	Key       ledger.Table[string] // fingerprint of the key file

	Dishonest ledger.Table[[]Dishonest] // by code, and by name without marks
}

// NewTables names them.
func NewTables() Tables {
	return Tables{
		Config: ledger.NewTable[json.RawMessage]("config"), Settings: ledger.NewTable[json.RawMessage]("settings"),
		Readings: ledger.NewTable[Reading]("readings"), Mails: ledger.NewTable[Mail]("mails"),
		ByID: ledger.NewTable[[]string]("mails-by-id"), Substance: ledger.NewTable[string]("mails-by-substance"),
		Cases: ledger.NewTable[Case]("cases"), Bursts: ledger.NewTable[Burst]("bursts"),
		Open: ledger.NewTable[string]("bursts-open"), Papers: ledger.NewTable[Paper]("papers"), Cities: ledger.NewTable[CityState]("cities"),
		Rows: ledger.NewTable[Row]("rows"), OpenRows: ledger.NewTable[string]("rows-open"),
		Sealed: ledger.NewTable[string]("mails-sealed"), Mentions: ledger.NewTable[string]("mentions"), Waiting: ledger.NewTable[Waiting]("waiting"), Attempts: ledger.NewTable[Attempt]("attempts"),
		Desk: ledger.NewTable[DeskState]("desk"), Vitals: ledger.NewTable[[]templates.Vital]("vitals"), Key: ledger.NewTable[string]("key"),
		Dishonest: ledger.NewTable[[]Dishonest]("dishonest"),
	}
}
