// Package review is the judging: who is eligible, who scores what, what was
// scored, and the ranking (notice, 四 and 五（二）（三）).
//
// The way of the review, each step staff's: cases are found eligible (通过), the
// panel starts (启动评审: packages are frozen, every expert gets a member with his
// cases), experts are invited and asked, their answers become scorings cell by
// cell, the panel closes (结束评审), the ranking is computed (排名). Then staff select
// (入选), the list is public (公示) and may be objected to, and is awarded (认定). A [Bench]
// decides on the ledger as it stands, beside the desk's own sitting; the pure
// rules (roster, assignment, ranking) are functions over plain values.
//
// Scores are sealed: nothing that goes to staff shows one before the close.
package review

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"anli/intake/ledger"
	"anli/parser/score"
	"anli/templates"
)

// Phase is how far the judging has come.
type Phase string

// Phases.
const (
	PhaseNone   Phase = ""       // not begun
	PhaseOpen   Phase = "open"   // experts score
	PhaseClosed Phase = "closed" // no score counts that comes later
)

// Panel is the one record of how the judging stands.
type Panel struct {
	Phase   Phase     `json:"phase"`
	Rule    Rule      `json:"rule"` // frozen by the first request
	Hash    string    `json:"hash"` // of the rule
	Started time.Time `json:"started"`
	Closed  time.Time `json:"closed"`
	Batch   int       `json:"batch"` // requests go out in batches: later cases are a later one
	Cases   []string  `json:"cases"` // all that are judged, by number

	// Starting by date (start_at): staff see first what would be sent.
	Shown   string    `json:"shown,omitempty"` // basis of the proposal that they saw
	ShownAt time.Time `json:"shown_at,omitzero"`
	Tried   time.Time `json:"tried,omitzero"` // the start_at that was done with, started or not
}

// MemberState is where an expert stands.
type MemberState string

// States of members.
const (
	MemberInvited  MemberState = "invited"  // the invitation is out, no answer yet
	MemberAccepted MemberState = "accepted" // he takes part; requests go out
	MemberDeclined MemberState = "declined" // 不能参加
	MemberReplaced MemberState = "replaced" // 换专家
)

// Member is one expert's place on the panel.
type Member struct {
	Expert      string      `json:"expert"` // his first address when he joined: the key, whatever becomes of it
	Name        string      `json:"name"`
	Addresses   []string    `json:"addresses"`        // as the roster has them now; letters go to the first
	Former      []string    `json:"former,omitempty"` // addresses that the roster had: letters went there, nothing counts from there
	State       MemberState `json:"state"`
	Batches     []Batch     `json:"batches"`
	Invitations int         `json:"invitations,omitempty"` // how many were written
	Since       time.Time   `json:"since"`                 // when the state began
	Answered    time.Time   `json:"answered,omitzero"`     // his last mail with content
	Reminded    time.Time   `json:"reminded,omitzero"`
	Reminders   int         `json:"reminders,omitempty"`
	Told        bool        `json:"told,omitempty"` // staff have a row about his silence
	ReplacedBy  string      `json:"replaced_by,omitempty"`
}

// Batch is what an expert is asked by one request.
type Batch struct {
	N     int       `json:"n"`
	Cases []string  `json:"cases"`
	Asked time.Time `json:"asked,omitzero"` // zero: the request is due
	Stamp string    `json:"stamp,omitempty"`
}

// Scoring is what one expert said of one case.
type Scoring struct {
	Expert    string          `json:"expert"`
	Number    string          `json:"number"`
	Cells     map[string]Cell `json:"cells,omitempty"` // by criterion
	Comment   string          `json:"comment,omitempty"`
	Recused   bool            `json:"recused,omitempty"` // 回避
	Abstained bool            `json:"abstained,omitempty"`
	Void      bool            `json:"void,omitempty"` // 作废, by staff
	Reason    string          `json:"reason,omitempty"`
	Mail      string          `json:"mail,omitempty"` // that brought the last change beside cells
}

// Cell is one score and where it stands written.
type Cell struct {
	Value     int       `json:"value"` // hundredths of a point
	Words     string    `json:"words"` // as he wrote it
	Mail      string    `json:"mail"`
	MessageID string    `json:"message_id,omitempty"`
	At        time.Time `json:"at"`
	Unproved  bool      `json:"unproved,omitempty"` // from a mail that answers no letter of ours
	By        string    `json:"by,omitempty"`       // staff who entered it (代录)
}

// Query is what was read and not recorded, and asked back.
type Query struct {
	ID     string       `json:"id"`
	Expert string       `json:"expert"`
	Number string       `json:"number,omitempty"`
	Words  string       `json:"words"`
	Reason score.Reason `json:"reason"`
	Mail   string       `json:"mail"`
	At     time.Time    `json:"at"`
}

// Material is what the experts read of a case: fixed when its package was frozen,
// without the applicant's telephones, addresses and numbers of persons.
type Material struct {
	Number string                `json:"number"`
	Case   templates.RequestCase `json:"case"`
	Files  []MaterialFile        `json:"files,omitempty"` // that experts may have
}

// Claim is what a mail said in an expert's name without proof that it is his:
// nothing of it counts until he confirms from his own address.
type Claim struct {
	Mail   string       `json:"mail"` // its SHA-256
	Expert string       `json:"expert"`
	Answer score.Answer `json:"answer"`
	Done   bool         `json:"done,omitempty"`
}

// Change is what one entry records of the judging: the resulting records, whole.
type Change struct {
	Panel    *Panel    `json:"panel,omitempty"`
	Members  []Member  `json:"members,omitempty"`
	Scorings []Scoring `json:"scorings,omitempty"`
	Queries  []Query   `json:"queries,omitempty"`
	Claims   []Claim   `json:"claims,omitempty"`

	Materials []Material `json:"materials,omitempty"`

	List       *List       `json:"list,omitempty"`
	Objections []Objection `json:"objections,omitempty"`

	Dossiers []DossierOrder   `json:"dossiers,omitempty"`
	Contents []DossierContent `json:"contents,omitempty"`
}

// Tables of the judging, written by Fold alone.
type Tables struct {
	Panel    ledger.Table[Panel]
	Members  ledger.Table[Member]
	Scorings ledger.Table[Scoring] // expert/number
	Queries  ledger.Table[Query]   // expert/id
	Claims   ledger.Table[Claim]

	Materials ledger.Table[Material]

	List       ledger.Table[List]
	Objections ledger.Table[Objection] // by number

	Dossiers        ledger.Table[DossierOrder] // on their way
	DossierContents ledger.Table[DossierContent]
}

// NewTables names them.
func NewTables() Tables {
	return Tables{Panel: ledger.NewTable[Panel]("panel"), Members: ledger.NewTable[Member]("panel-members"), Scorings: ledger.NewTable[Scoring]("scorings"),
		Queries: ledger.NewTable[Query]("score-queries"), Claims: ledger.NewTable[Claim]("score-claims"),
		Materials: ledger.NewTable[Material]("review-materials"),
		List:      ledger.NewTable[List]("award-list"), Objections: ledger.NewTable[Objection]("objections"),
		Dossiers: ledger.NewTable[DossierOrder]("dossiers"), DossierContents: ledger.NewTable[DossierContent]("dossier-contents")}
}

const panelKey = "panel"

// Fold writes what an entry records of the judging into the tables.
func Fold(tx *ledger.Tx, e ledger.Entry) error {
	if !bytes.Contains(e.Data, []byte(`"review":`)) {
		return nil
	}
	var data struct {
		Review *Change `json:"review"`
	}
	if err := json.Unmarshal(e.Data, &data); err != nil {
		return fmt.Errorf("entry %d (%s): %w", e.Seq, e.Kind, err)
	}
	if data.Review == nil {
		return nil
	}
	return data.Review.fold(tx, NewTables())
}

func (c Change) fold(tx *ledger.Tx, t Tables) error {
	if c.Panel != nil {
		if err := t.Panel.Put(tx, panelKey, *c.Panel); err != nil {
			return err
		}
	}
	for _, s := range c.Members {
		if err := t.Members.Put(tx, s.Expert, s); err != nil {
			return err
		}
	}
	for _, s := range c.Scorings {
		if err := t.Scorings.Put(tx, s.Expert+"/"+s.Number, s); err != nil {
			return err
		}
	}
	for _, q := range c.Queries {
		if err := t.Queries.Put(tx, q.Expert+"/"+q.ID, q); err != nil {
			return err
		}
	}
	for _, c := range c.Claims {
		if err := t.Claims.Put(tx, c.Mail, c); err != nil {
			return err
		}
	}
	for _, m := range c.Materials {
		if err := t.Materials.Put(tx, m.Number, m); err != nil {
			return err
		}
	}
	if err := c.foldDossiers(tx, t); err != nil {
		return err
	}
	return c.foldList(tx, t)
}

// complete: every criterion has a score.
func (s *Scoring) complete(r Rule) bool {
	for _, c := range r.Criteria {
		if _, ok := s.Cells[c.Name]; !ok {
			return false
		}
	}
	return true
}

// unproved: a score in it waits for 确认.
func (s *Scoring) unproved() bool {
	for _, c := range s.Cells {
		if c.Unproved {
			return true
		}
	}
	return false
}

// open: he is still to score it, in whole or in part.
func (s *Scoring) open(r Rule) bool {
	return s == nil || !s.Recused && !s.Abstained && !s.Void && !s.complete(r)
}

// assigned are the cases of a member, in the order of the requests.
func (s *Member) assigned() []string {
	var out []string
	for _, b := range s.Batches {
		out = append(out, b.Cases...)
	}
	return out
}

func (s *Member) has(number string) bool {
	for _, n := range s.assigned() {
		if n == number {
			return true
		}
	}
	return false
}

// Address is where letters to him go.
func (s *Member) Address() string {
	if len(s.Addresses) == 0 {
		return s.Expert
	}
	return s.Addresses[0]
}

// active: his scores are wanted.
func (s *Member) active() bool { return s.State == MemberAccepted || s.State == MemberInvited }

// wasAsked: a request was written.
func (s *Member) wasAsked() bool {
	return slices.ContainsFunc(s.Batches, func(b Batch) bool { return !b.Asked.IsZero() })
}
