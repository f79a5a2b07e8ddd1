package intake

import (
	"cmp"
	"fmt"

	"anli/parser/form"
)

// refresh runs the checks on a case and settles its stage, holds and names.
func (s *Sitting) refresh(c *Case) {
	s.must(s.refreshWith(c, s.liveCases(c.City)))
}

func (s *Sitting) refreshWith(c *Case, live int) error {
	if c.Frozen() {
		return s.err // what the experts have is what is judged
	}
	f, has := FormOf(c, s.Reading)
	name := ParseFolder(c.Folder, f.Unit)
	if !name.Marked && name.Case == "" {
		name = FolderName{}
	}
	c.Unit, c.Case = cmp.Or(trimmed(f.Unit), name.Unit), cmp.Or(trimmed(f.Case), name.Case)
	c.Categories = f.Categories
	if c.Credit = creditOfCase(c, f.Unit, s.Settings.Call.Region, s.Reading).code; !CreditCodeValid(c.Credit) {
		c.Credit = ""
	}
	c.fillShort(s.Settings.Call.Photos, s.Settings.Call.Promos, s.Settings.Call.Logos, Checked{Reading: s.Reading}.samePicture, Checked{Reading: s.Reading}.drawn)
	s.judgeLate(c)
	c.setHold(HoldOverQuota, c.Live() && live > s.Settings.Call.QuotaOf(c.City))
	c.lapse(s.Now)
	waived := map[string]Finding{}
	for _, old := range c.Findings {
		if old.State != "open" {
			waived[old.Key()] = old
		}
	}
	before := c.Findings
	c.Findings = Check(Checked{Case: c, Settings: s.Settings, Reading: s.Reading, Form: f, HasForm: has, Judge: true, Live: live, Others: s.Cases(""), OnList: s.onList(c, f.Leader), Now: s.Now})
	c.secondThoughts(before, s.Now)
	if !c.Has(HoldLate) {
		c.dropFinding("late")
	}
	for i := range c.Findings {
		f := &c.Findings[i]
		old, known := waived[f.Key()]
		if known && (f.Code != "listed-dishonest" || sameHit(*f, old)) { // another entry of the list is another matter
			f.State = old.State
		}
	}
	if c.Holds == nil {
		c.Holds = []Hold{}
	}
	c.settle()
	return s.err
}

// judgeLate: a case is late by the deadline in force when it came. One that moves
// later lifts that; one that moves earlier makes nothing late.
func (s *Sitting) judgeLate(c *Case) {
	late := c.Received.After(s.Settings.Call.Deadline)
	if !late || c.Revision == 0 {
		c.setHold(HoldLate, late)
	}
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
	quota := s.Settings.Call.QuotaOf(city)
	over := live > quota
	for _, c := range s.Cases(city) {
		if s.touched[c.Number] || c.Has(HoldOverQuota) != (over && c.Live()) {
			s.must(s.refreshWith(c, live))
			s.Touch(c)
		}
	}
	s.refreshTwins()
	for _, c := range s.Cases(city) {
		if s.touched[c.Number] {
			s.lateRow(c)
			s.listedRow(c)
			s.promiseRows(c)
			s.secondThoughtRow(c)
		}
	}
	s.keepRow(over, Row{ID: "quota/" + city, Kind: "quota", Replies: []string{"无关"},
		Text: fmt.Sprintf("%s报送案例%d个，超过每市%d个，已请该市研究保留哪些，程序不作取舍。", city, live, quota)})
}

// lateRow puts a late case before staff, until it no longer is one.
func (s *Sitting) lateRow(c *Case) {
	if !c.Has(HoldLate) {
		s.endRows("explained", c)
	}
	s.keepRow(c.Has(HoldLate) && c.Stage != StageWithdrawn, Row{ID: "late/" + c.Number, Kind: "late", Case: c.Number, Replies: []string{"受理 理由", "不受理 理由"},
		Text: c.City + c.Number + "（" + cmp.Or(c.Unit, c.Folder) + "）于" + clockTime(c.Received) + "逾期到达，材料已登记，是否受理待贵处研究。"})
}

// keepRow opens a row while something waits for staff and ends it when it no
// longer does. One that staff dismissed stays dismissed.
func (s *Sitting) keepRow(on bool, r Row) {
	old, known := s.Row(r.ID)
	switch {
	case on && known && old.Done == rowOver:
		r.At = s.Now
		if stored, _, err := s.t.Rows.Get(s.tx, r.ID); err == nil && stored.ID != "" && stored.Done == "" {
			r.At, r.Told = stored.At, stored.Told // it was over for a moment only
		}
		s.SetRow(r)
	case on:
		s.AddRow(r)
	case known && old.Done == "":
		old.Done = rowOver
		s.SetRow(old)
	}
}

// rowOver: what a row was about no longer is.
const rowOver = "已解除"

// Form gives the case's form with the bureau's corrections.
func (s *Sitting) Form(c *Case) (form.Form, bool) { return FormOf(c, s.Reading) }
