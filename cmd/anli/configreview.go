package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"slices"
	"time"

	"anli/intake"
	"anli/parser/document"
	"anli/review"
)

// reviewSection is how the judging goes.
type reviewSection struct {
	Experts     string             `toml:"experts"`
	Criteria    []criterionSection `toml:"criteria"`
	Ties        []string           `toml:"ties"`
	Minimum     int                `toml:"minimum"`
	Drop        bool               `toml:"drop"`
	PerCase     int                `toml:"per_case"`
	Invite      bool               `toml:"invite"`
	TwoPerson   bool               `toml:"two_person"`
	WholeFiles  bool               `toml:"whole_files"`
	StartAt     string             `toml:"start_at"`
	CloseAt     string             `toml:"close_at"`
	RemindEvery int                `toml:"remind_every"`
	RemindTimes int                `toml:"remind_times"`
	RemindAt    string             `toml:"remind_at"`

	PublicityDays int `toml:"publicity_days"`
	ObjectionDays int `toml:"objection_days"`
}

type criterionSection struct {
	Name string `toml:"name"`
	Max  int    `toml:"max"`
}

// reviewDefaults are those of the built-in call. The notice names the criteria
// (四) and no points: staff confirm these before the first request.
func reviewDefaults() reviewSection {
	return reviewSection{Criteria: []criterionSection{{"技术性与创新性", 30}, {"效益性", 25}, {"示范性", 20}, {"整体实力", 15}, {"数据完整性", 10}},
		Ties: []string{"技术性与创新性", "效益性", "示范性"}, Minimum: 3, Drop: true, Invite: true, RemindEvery: 3, RemindTimes: 3, RemindAt: "09:30",
		PublicityDays: 5, ObjectionDays: 10}
}

func (c *checker) review(f reviewSection) intake.ReviewRules {
	r := intake.ReviewRules{Ties: f.Ties, Minimum: f.Minimum, Drop: f.Drop, PerCase: f.PerCase, Invite: f.Invite, TwoPerson: f.TwoPerson, Whole: f.WholeFiles,
		StartAt: c.moment("review.start_at", f.StartAt, false), CloseAt: c.moment("review.close_at", f.CloseAt, true),
		Remind: f.RemindEvery, Reminds: f.RemindTimes, RemindAt: f.RemindAt,
		PublicityDays: f.PublicityDays, ObjectionDays: f.ObjectionDays}
	for _, k := range f.Criteria {
		r.Criteria = append(r.Criteria, intake.Criterion{Name: k.Name, Max: k.Max})
	}
	return r
}

func (c *checker) checkReview(f reviewSection, r intake.ReviewRules) {
	c.atLeast("review.minimum", f.Minimum, 1)
	c.atLeast("review.per_case", f.PerCase, 0)
	c.atLeast("review.remind_every", f.RemindEvery, 0)
	c.atLeast("review.remind_times", f.RemindTimes, 0)
	c.atLeast("review.publicity_days", f.PublicityDays, 1)
	c.atLeast("review.objection_days", f.ObjectionDays, 1)
	rule := review.RuleOf(r)
	for _, t := range f.Ties {
		if !slices.ContainsFunc(f.Criteria, func(k criterionSection) bool { return k.Name == t }) {
			c.bad("review.ties", "review.ties names %q, which is none of review.criteria; name those that part equal averages, in order, or none: []", t)
		}
	}
	for _, wrong := range rule.Check() {
		c.bad("review.criteria", "review: %s", wrong)
	}
	if f.PerCase > 0 && f.PerCase < f.Minimum {
		c.bad("review.per_case", "review.per_case = %d is less than review.minimum = %d: no case could be ranked", f.PerCase, f.Minimum)
	}
	if _, err := time.Parse("15:04", f.RemindAt); err != nil || len(f.RemindAt) != 5 {
		c.bad("review.remind_at", "review.remind_at = %q is no time of day; write \"09:30\"", f.RemindAt)
	}
	if !r.StartAt.IsZero() && !r.CloseAt.IsZero() && !r.CloseAt.After(r.StartAt) {
		c.bad("review.close_at", "review.close_at = %q does not lie after review.start_at = %q", f.CloseAt, f.StartAt)
	}
}

// rosterBounds are far beyond any panel.
var rosterBounds = document.Bounds{Rows: 1000, Columns: 100, TableBytes: 1 << 20, TextBytes: 1 << 20}

// experts reads the roster, a .xlsx or .csv of the department's own.
func (c *checker) experts(f reviewSection, fields []string) []intake.Expert {
	if f.Experts == "" {
		return nil
	}
	const key = "review.experts"
	raw, err := os.ReadFile(c.path(f.Experts))
	if err != nil {
		c.bad(key, "%s = %q cannot be read: %v (a relative path begins at this file's folder)", key, f.Experts, cause(err))
		return nil
	}
	reader := document.NewReader(document.Options{})
	defer reader.Close()
	doc, err := reader.ReadNamed(f.Experts, bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		c.bad(key, "%s = %q is no table that can be read: save it as .xlsx or .csv", key, f.Experts)
		return nil
	}
	tables, _, whole := doc.Plain(rosterBounds)
	if !whole {
		c.bad(key, "%s = %q holds more than %d rows or %d columns", key, f.Experts, rosterBounds.Rows, rosterBounds.Columns)
	}
	for _, table := range tables {
		found, problems := review.ReadRoster(table, fields)
		for _, p := range problems {
			if !p.Hint {
				c.bad(key, "%s = %q: %s", key, f.Experts, p)
			}
		}
		if len(found)+len(problems) == 0 {
			continue
		}
		var out []intake.Expert
		for _, e := range found {
			out = append(out, intake.Expert(e))
		}
		return out
	}
	c.bad(key, "%s = %q holds no table with the columns 姓名 and 邮箱", key, f.Experts)
	return nil
}

// cause is what went wrong with a file, without its path.
func cause(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// checkExperts: an expert's address is nobody else's.
func (c *checker) checkExperts(s intake.Settings) {
	for _, e := range s.People.Experts {
		for _, a := range e.Addresses {
			owner := ""
			switch {
			case a == s.Mailbox.Address:
				owner = "the desk itself (mailbox.address)"
			case s.StaffName(a) != "":
				owner = s.StaffName(a) + " of the staff"
			case s.IsBureau(a):
				owner = s.BureauOf(a)
			}
			if owner != "" {
				c.bad("review.experts", "review.experts: %s of %s belongs to %s; an address must tell who writes", a, e.Name, owner)
			}
		}
	}
}
