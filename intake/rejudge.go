package intake

import (
	"encoding/json"
	"time"

	"anli/intake/ledger"
)

// Rejudge runs a change of settings once over the open cases: holds that no
// longer apply are lifted, and nothing that was in order becomes late by it.
func Rejudge(tx *ledger.Tx, now time.Time, house House) (*Change, error) {
	s, err := Sit(tx, now, house)
	if err != nil {
		return nil, err
	}
	for _, c := range s.Cases("") {
		if c.Stage != StageIncomplete && c.Stage != StageComplete {
			continue
		}
		before := hashJSON(c)
		s.refresh(c)
		if hashJSON(c) != before {
			s.Touch(c)
			s.lateRow(c)
		}
	}
	r, err := s.Result()
	if err != nil || len(r.Change.Cases) == 0 {
		return nil, err
	}
	return &r.Change, nil
}

func (c *Case) dropFinding(code string) {
	kept := c.Findings[:0:0]
	for _, f := range c.Findings {
		if f.Code != code {
			kept = append(kept, f)
		}
	}
	c.Findings = kept
}

func hashJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return hashOf(b)
}
