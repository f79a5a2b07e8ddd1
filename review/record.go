package review

import (
	"encoding/json"
	"time"

	"anli/intake/ledger"
)

// Record is scores.json: everything that was recorded, recused or asked back
// (INTERFACE.md). It is for the operator's machine; letters never hold it.
type Record struct {
	Scores   []ScoreLine   `json:"scores"`
	Recusals []RecusalLine `json:"recusals"`
	Queries  []QueryLine   `json:"queries"`
}

// ScoreLine is one expert's scoring of one case.
type ScoreLine struct {
	Expert    string                 `json:"expert"` // his first address
	Number    string                 `json:"number"`
	Scores    map[string]json.Number `json:"scores"` // criterion → points
	Comment   string                 `json:"comment"`
	MessageID string                 `json:"message_id"` // of the mail that brought the newest of them
	At        time.Time              `json:"at"`
	Unproved  bool                   `json:"unproved"`
}

// RecusalLine is a case that an expert may not score.
type RecusalLine struct {
	Expert string `json:"expert"`
	Number string `json:"number"`
	Reason string `json:"reason"`
}

// QueryLine is what was read, not recorded, and asked back.
type QueryLine struct {
	Expert string `json:"expert"`
	Number string `json:"number"`
	Text   string `json:"text"`
	Reason string `json:"reason"`
}

// ReadRecord gives what a ledger holds, in the order of expert and number.
func ReadRecord(tx *ledger.Tx) (Record, error) {
	r := Record{Scores: []ScoreLine{}, Recusals: []RecusalLine{}, Queries: []QueryLine{}}
	t := NewTables()
	err := t.Scorings.Each(tx, "", func(_ string, s Scoring) error {
		if s.Recused {
			r.Recusals = append(r.Recusals, RecusalLine{s.Expert, s.Number, s.Reason})
		}
		if len(s.Cells) > 0 {
			r.Scores = append(r.Scores, s.line())
		}
		return nil
	})
	if err != nil {
		return r, err
	}
	err = t.Queries.Each(tx, "", func(_ string, q Query) error {
		r.Queries = append(r.Queries, QueryLine{q.Expert, q.Number, q.Words, string(q.Reason)})
		return nil
	})
	return r, err
}

func (s Scoring) line() ScoreLine {
	l := ScoreLine{Expert: s.Expert, Number: s.Number, Scores: map[string]json.Number{}, Comment: s.Comment}
	for _, name := range sorted(s.Cells) {
		c := s.Cells[name]
		l.Scores[name] = json.Number(Points(c.Value))
		l.Unproved = l.Unproved || c.Unproved
		if !c.At.Before(l.At) {
			l.At, l.MessageID = c.At, c.MessageID
		}
	}
	return l
}
