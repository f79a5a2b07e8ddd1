package intake

import (
	"slices"
	"time"

	"anli/parser/form"
)

// Erased is why and when a mail's bytes were erased (anli purge); its record keeps the
// hash, the sender and the time.
type Erased struct {
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
}

// erasedName stands in the place of an erased file's name.
const erasedName = "（已清除）"

// Bare takes out of a mail's record all that the mail says.
func (m *Mail) Bare() { m.Name, m.Subject, m.Fresh, m.Files = "", "", "", nil }

// kindErased is a reading of which nothing is kept: the file is read when it comes again.
const kindErased = "erased"

// erasedReading takes the place of what was read in an erased file. What bore a mark is
// known when it comes again.
func erasedReading(sha string, seal *Seal) Reading {
	r := Reading{SHA256: sha, Kind: kindErased}
	if seal != nil && slices.ContainsFunc(seal.Marks, func(x SealMark) bool { return x.SHA256 == sha }) {
		r.Kind, r.Secret = kindSealed, &form.Marking{Where: form.MarkedSame}
	}
	return r
}

// Purge records that a mail's bytes and these files' are erased: what stood of them in
// the records goes, the journal's earlier entries stay as they are. It gives the cases
// that lost files, and those whose record keeps the names since experts have them.
func (s *Sitting) Purge(m Mail, reason string, files []string) (cases, frozen []string) {
	m.Bare()
	m.Erased = &Erased{At: s.Now, Reason: reason}
	m.Unhandled, m.Mention, m.Reason = false, false, "已按保密规定清除"
	if m.Sealed.waits() {
		seal := *m.Sealed
		seal.Verb, seal.At, seal.Reason = VerbSecret, s.Now, reason
		m.Sealed = &seal
	}
	s.Amend(m)
	for _, r := range s.OpenRows() {
		if r.Mail == m.SHA256 {
			r.Done, r.Text = "已清除", "来信已按保密规定清除。"
			s.SetRow(r)
		}
	}
	given := map[string]bool{} // experts have what was read in these
	for _, c := range s.Cases("") {
		switch {
		case !c.broughtBy(m.SHA256):
		case c.Frozen():
			frozen = append(frozen, c.Number)
			for _, f := range c.Files {
				given[f.SHA256] = true
			}
		default:
			cases = append(cases, c.Number)
		}
	}
	for _, sha := range files {
		if !given[sha] {
			s.fresh[sha] = erasedReading(sha, m.Sealed)
			s.readings = append(s.readings, s.fresh[sha])
		}
	}
	for _, number := range cases {
		s.withoutFilesOf(s.Case(number), m.SHA256)
	}
	s.papersWithout(m.SHA256)
	s.burstsWithout(m.SHA256)
	s.Continue(m.From)
	return cases, frozen
}

func (c *Case) broughtBy(mail string) bool {
	return slices.ContainsFunc(c.Files, func(f File) bool { return f.Mail == mail })
}

// withoutFilesOf takes what a mail brought out of a case.
func (s *Sitting) withoutFilesOf(c *Case, mail string) {
	for i := range c.Files {
		if f := &c.Files[i]; f.Mail == mail {
			f.Path, f.Standing, f.Change = erasedName, StandingRefused, ""
		}
	}
	s.Touch(c)
	s.refresh(c)
}

func (s *Sitting) papersWithout(mail string) {
	s.must(s.t.Papers.Each(s.tx, "", func(_ string, p Paper) error {
		if p.File.Mail == mail {
			p.File.Path, p.File.Standing = erasedName, StandingRefused
			s.papers = append(s.papers, p)
		}
		return nil
	}))
}

// burstsWithout forgets what a burst with the mail would tell of files beside its cases.
func (s *Sitting) burstsWithout(mail string) {
	s.must(s.t.Bursts.Each(s.tx, "", func(id string, b Burst) error {
		if slices.Contains(b.Mails, mail) {
			b.Problems, b.Loose, b.Papers, b.Links, b.Results = nil, nil, nil, nil, nil
			s.bursts[id] = &b
		}
		return nil
	}))
}
