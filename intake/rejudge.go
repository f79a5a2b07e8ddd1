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
	s.rejudge()
	r, err := s.Result()
	if err != nil || len(r.Change.Cases) == 0 {
		return nil, err
	}
	return &r.Change, nil
}

// rejudge runs the checks once over the cases that no expert has. It gives the
// numbers of those that are no longer held as late, by city.
func (s *Sitting) rejudge() map[string][]string {
	released := map[string][]string{}
	for _, c := range s.Cases("") {
		if c.Stage != StageIncomplete && c.Stage != StageComplete && c.Stage != StageEligible {
			continue
		}
		before, late := hashJSON(c), c.Has(HoldLate)
		s.refresh(c)
		if hashJSON(c) == before {
			continue
		}
		s.Touch(c)
		s.lateRow(c)
		if late && !c.Has(HoldLate) {
			released[c.City] = append(released[c.City], c.Number)
		}
	}
	for _, city := range s.Settings.Call.Cities {
		s.refreshCity(city)
	}
	return released
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
