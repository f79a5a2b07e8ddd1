package intake

import (
	"anli/parser/form"
)

// refresh runs the checks on a case and settles its stage, holds and names.
func (s *Sitting) refresh(c *Case) {
	s.must(s.refreshWith(c, s.liveCases(c.City)))
}

func (s *Sitting) refreshWith(c *Case, live int) error {
	f, has := FormOf(c, s.Reading)
	name := ParseFolder(c.Folder, f.Unit)
	if !name.Marked && name.Case == "" {
		name = FolderName{}
	}
	c.Unit, c.Case = firstOf(trimmed(f.Unit), name.Unit), firstOf(trimmed(f.Case), name.Case)
	c.Categories = f.Categories
	c.fillShort(s.Settings.Call.Photos, s.Settings.Call.Promos)
	c.setHold(HoldLate, c.Received.After(s.Settings.Call.Deadline))
	c.setHold(HoldOverQuota, c.Live() && live > s.Settings.Call.Quota)
	c.setHold(HoldUnconfirmed, c.Has(HoldUnconfirmed))
	waived := map[string]string{}
	for _, old := range c.Findings {
		if old.State != "open" {
			waived[old.Key()] = old.State
		}
	}
	c.Findings = Check(Checked{Case: c, Settings: s.Settings, Reading: s.Reading, Form: f, HasForm: has, Judge: true, Live: live, Now: s.Now})
	for i := range c.Findings {
		if state := waived[c.Findings[i].Key()]; state != "" {
			c.Findings[i].State = state
		}
	}
	if c.Holds == nil {
		c.Holds = []Hold{}
	}
	c.settle()
	return s.err
}

func trimmed(s string) string {
	if blank(s) {
		return ""
	}
	return s
}

func (s *Sitting) liveCases(city string) int {
	n := 0
	for _, c := range s.Cases(city) {
		if c.Live() {
			n++
		}
	}
	return n
}

// refreshCity runs the checks on the cases of a city whose quota findings may
// have changed with the number of live cases.
func (s *Sitting) refreshCity(city string) {
	live := s.liveCases(city)
	over := live > s.Settings.Call.Quota
	for _, c := range s.Cases(city) {
		if s.touched[c.Number] || c.Has(HoldOverQuota) != (over && c.Live()) {
			s.must(s.refreshWith(c, live))
			s.Touch(c)
		}
	}
}

// Form gives the case's form with the bureau's corrections.
func (s *Sitting) Form(c *Case) (form.Form, bool) { return FormOf(c, s.Reading) }
