package intake

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"anli/intake/outbox"
	"anli/parser/form"
)

// Erased is why and when a mail's bytes were erased (anli purge); its record keeps the
// hash, the sender and the time.
type Erased struct {
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
	Files  []string  `json:"files,omitempty"` // SHA-256 of what it brought and was erased with it
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
	x := s.erasing(m, files)
	m.Bare()
	m.Erased = &Erased{At: s.Now, Reason: reason, Files: files}
	m.Unhandled, m.Mention, m.Reason = false, false, "已按保密规定清除"
	if m.Sealed.waits() {
		seal := *m.Sealed
		seal.Verb, seal.At, seal.Reason = VerbSecret, s.Now, reason
		m.Sealed = &seal
	}
	s.Amend(m)
	s.rowsWithout(m.SHA256)
	var touched []string
	given := map[string]bool{} // experts have what was read in these
	for _, c := range s.Cases("") {
		switch {
		case !slices.ContainsFunc(c.Files, x.concerns):
		case c.Frozen():
			frozen = append(frozen, c.Number)
			for _, f := range c.Files {
				given[f.SHA256] = true
			}
		default:
			touched = append(touched, c.Number)
		}
	}
	for _, sha := range files {
		if !given[sha] {
			s.fresh[sha] = erasedReading(sha, m.Sealed)
			s.readings = append(s.readings, s.fresh[sha])
		}
	}
	for _, number := range touched {
		if s.withoutErased(s.Case(number), x) {
			cases = append(cases, number)
		}
	}
	s.papersWithout(x)
	s.burstsWithout(m.SHA256)
	s.unsendNaming(m.SHA256, slices.Concat(touched, frozen))
	s.Continue(m.From)
	return cases, frozen
}

// erasing is what a purge takes out of records.
type erasing struct {
	mail   string
	pieces []Piece             // all that the mail brought, as far as its record told
	files  map[string]bool     // by SHA-256; a reply may have assigned one to a case
	others map[string][]source // where else files came from that stay
}

// source is a mail that brought a file, and the file as it was there.
type source struct {
	mail  Mail
	piece Piece
}

func (s *Sitting) erasing(erased Mail, files []string) erasing {
	x := erasing{erased.SHA256, erased.Files, map[string]bool{}, map[string][]source{}}
	for _, sha := range files {
		x.files[sha] = true
	}
	s.must(s.t.Mails.Each(s.tx, "", func(sha string, m Mail) error {
		for _, p := range m.Files {
			if sha != x.mail && m.Erased == nil && !x.files[p.SHA256] {
				x.others[p.SHA256] = append(x.others[p.SHA256], source{m, p})
			}
		}
		return nil
	}))
	return x
}

func (x erasing) concerns(f File) bool { return f.Mail == x.mail || x.files[f.SHA256] }

// takeOut changes a file's record. One that another mail brought as well is that mail's
// from now on; gone says that there is none.
func (x erasing) takeOut(f *File, number, city string) (gone bool) {
	if found := x.others[f.SHA256]; len(found) > 0 {
		rank := func(o source) int {
			switch {
			case slices.Contains(o.mail.Cases, number):
				return 0
			case o.mail.City == city:
				return 1
			}
			return 2
		}
		named := func(o source) bool { return strings.HasSuffix("/"+o.piece.Path, "/"+f.Path) }
		o := slices.MinFunc(found, func(a, b source) int {
			return cmp.Or(rank(a)-rank(b), a.mail.Arrival.Compare(b.mail.Arrival), strings.Compare(a.mail.SHA256, b.mail.SHA256))
		})
		if f.Mail, f.At = o.mail.SHA256, o.mail.Came(); !named(o) { // the erased mail's names go
			f.Path = o.piece.Path
		}
		return false
	}
	f.Path, f.Standing, f.Change, f.Was.Change = erasedName, StandingRefused, "", ""
	return true
}

// withoutErased takes what is erased out of a case; lost says that it has less now.
func (s *Sitting) withoutErased(c *Case, x erasing) (lost bool) {
	for i := range c.Files {
		f := &c.Files[i]
		if !x.concerns(*f) {
			continue
		}
		before := f.Path
		gone := x.takeOut(f, c.Number, c.City)
		if role, ordered := c.Roles[before]; ordered && !gone {
			c.Roles[f.Path] = role
		}
		if !slices.ContainsFunc(c.Files, func(f File) bool { return f.Path == before }) {
			delete(c.Roles, before)
		}
		lost = lost || gone
	}
	if hasFolder(x.pieces, c.Folder) && !slices.ContainsFunc(c.Files, func(f File) bool {
		m, _ := s.Mail(f.Mail)
		return hasFolder(m.Files, c.Folder)
	}) {
		c.Folder = ""
	}
	s.Touch(c)
	s.refresh(c)
	return lost
}

// hasFolder: a package's folder of this name is among what a mail brought.
func hasFolder(pieces []Piece, folder string) bool {
	return slices.ContainsFunc(pieces, func(p Piece) bool {
		return slices.ContainsFunc(strings.Split(p.Path, "/"), func(part string) bool { return folder != "" && archiveStem(part) == folder })
	})
}

// rowsWithout leaves of a mail's rows, closed ones too, that they were there.
func (s *Sitting) rowsWithout(mail string) {
	s.must(s.t.Rows.Each(s.tx, "", func(id string, r Row) error {
		if r.Mail == mail {
			r, _ = s.Row(id)
			r.Done, r.Text = cmp.Or(r.Done, "已清除"), "来信已按保密规定清除。"
			s.SetRow(r)
		}
		return nil
	}))
}

func (s *Sitting) papersWithout(x erasing) {
	s.must(s.t.Papers.Each(s.tx, "", func(_ string, p Paper) error {
		if x.concerns(p.File) {
			x.takeOut(&p.File, "", p.City)
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

// unsendNaming takes receipts and answers off the queue that may name what a mail
// brought, also those that were tried and refused for a time. Their bursts are answered
// anew with what is left.
func (s *Sitting) unsendNaming(mail string, numbers []string) {
	for _, u := range s.OpenLetters() {
		l := u.Letter
		if l.Class != ClassReceipt && l.Class != ClassAnswer {
			continue
		}
		b := s.burstOf(l)
		lists := l.Template == "progress" || b != nil
		about := lists && slices.ContainsFunc(l.Cases, func(n string) bool { return slices.Contains(numbers, n) })
		if !about && !strings.Contains(l.Key, mail) && (b == nil || !slices.Contains(b.Mails, mail)) {
			continue
		}
		if f, ok := outbox.Drop(u.Fate, s.Now, "所涉来信已按保密规定清除"); ok && !s.decided(l.Key) {
			s.Settle(f)
			if b != nil {
				s.answerAgain(*b, mail)
			}
		}
	}
}

// burstOf is the burst that a letter answers; nil if it answers none.
func (s *Sitting) burstOf(l outbox.Letter) *Burst {
	if l.Template != "receipt" && l.Template != "bureau-answer" {
		return nil
	}
	var found *Burst
	s.must(s.t.Bursts.Each(s.tx, "", func(id string, b Burst) error {
		if now := s.bursts[id]; now != nil {
			b = *now
		}
		if strings.HasPrefix(l.Key, "receipt/"+id+"/") || len(b.Mails) > 0 && l.Key == "answer/"+b.Mails[len(b.Mails)-1]+"/"+b.Address {
			found = &b
		}
		return nil
	}))
	return found
}

// answerAgain lets a burst be answered whose letter was taken off the queue because of a
// mail that is erased. It has another id: a letter's key is used once.
func (s *Sitting) answerAgain(b Burst, mail string) {
	if open := s.openBurst(b.Address, b.City); open != nil {
		open.Cases = addOnce(open.Cases, b.Cases...)
		return
	}
	if len(b.Cases)+len(b.Problems)+len(b.Papers)+len(b.Results) == 0 {
		return // all that it told was of the erased
	}
	b.ID, b.Closed, b.Due = b.ID+"~"+mail, false, s.Now
	if left := slices.DeleteFunc(slices.Clone(b.Mails), func(sha string) bool { return sha == mail }); len(left) > 0 {
		b.Mails = left
	}
	if s.sealing(b.Address) {
		b.Due = time.Time{}
	}
	s.bursts[b.ID] = &b
}
