package intake

import (
	"cmp"
	"slices"
	"strings"

	"anli/parser/command"
)

// whose are the cases that a mail's own words name: by number, by the unit's name, also
// a short one, or by the case's. Words of commands are about something else: 更正
// AL2024-0005 says nothing of the scan that lies beside it.
func (s *Sitting) whose(in Incoming) []*Case {
	if named := s.namedBy(in, prose(in)); len(named) > 0 {
		return named
	}
	subject := in.Mail.Subject
	if len(in.Thread) > 0 { // else the names in it are our letter's
		subject = strings.Join(s.Numbers(subject), " ")
	}
	return s.namedBy(in, subject)
}

// namedBy are the cases that words of a mail name. In a thread only its own cases count
// by their names, and outside of one a short name is a word like others.
func (s *Sitting) namedBy(in Incoming, text string) []*Case {
	numbers, plain := s.Numbers(text), plainName(text)
	return slices.DeleteFunc(s.namedIn(in.City, text), func(c *Case) bool {
		switch {
		case slices.Contains(numbers, c.Number):
			return false
		case len(in.Thread) > 0:
			return !slices.Contains(in.Thread, c.Number)
		}
		return !c.plainlyNamed(plain)
	})
}

// plainlyNamed: no word that any mail may use, but the case's or its unit's own name
// stands in the text.
func (c *Case) plainlyNamed(text string) bool {
	title := plainName(c.Case)
	return len([]rune(title)) >= distinct && strings.Contains(text, title) ||
		len([]rune(c.ownName())) >= distinct-1 && c.namesUnit(text) ||
		c.Unit != "" && strings.Contains(text, plainName(c.Unit))
}

// prose is what a mail says beside its commands. That all files are a case's is said of
// those that come with it.
func prose(in Incoming) string {
	var kept []string
	for line := range strings.SplitSeq(in.Fresh, "\n") {
		text := strings.TrimSpace(line)
		ordered := false
		for _, l := range in.Lines {
			all := l.Verb == "=" && l.Args[0] == command.All
			ordered = ordered || l.Verb != "" && !all && strings.Contains(text, l.Text)
		}
		if !ordered {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// distinct is how many characters of a case's name tell it from words that mails are
// full of: 直播电商.
const distinct = 6

// namedIn are a city's live cases that a text names. Of two cases of one unit the one
// whose own name stands there.
func (s *Sitting) namedIn(city, text string) []*Case {
	numbers, plain := s.Numbers(text), plainName(text)
	var byNumber, byTitle, byUnit []*Case
	for _, c := range s.Cases(city) {
		switch {
		case c.Stage == StageWithdrawn:
		case slices.Contains(numbers, c.Number):
			byNumber = append(byNumber, c)
		case namesTitle(plain, c.Case):
			byTitle = append(byTitle, c)
		case c.namesUnit(plain):
			byUnit = append(byUnit, c)
		}
	}
	if len(byNumber) > 0 {
		return byNumber
	}
	for _, c := range byUnit {
		if !slices.ContainsFunc(byTitle, func(x *Case) bool { return LikeName(x.Unit, c.Unit) }) {
			byTitle = append(byTitle, c)
		}
	}
	return byTitle
}

func namesTitle(text, title string) bool {
	name := plainName(title)
	return len([]rune(name)) >= 4 && strings.Contains(text, name)
}

// namesUnit: the unit's name without the city before it and the words for a company
// behind it stands in the text.
func (c *Case) namesUnit(text string) bool {
	name := c.ownName()
	return len([]rune(name)) >= 3 && strings.Contains(generic.Replace(text), name)
}

// ownName is what is a unit's own in its name.
func (c *Case) ownName() string {
	name := strings.TrimPrefix(coreName(c.Unit), strings.TrimSuffix(c.City, "市"))
	return strings.TrimSuffix(cmp.Or(generic.Replace(name), name), "科技")
}

// shareOut gives the files of a mail without form or folder to the cases that it may be
// about, each to the one that its own name tells, else to the only one that lacks such a
// file. It returns the cases that got something and the files that may be several's.
func (s *Sitting) shareOut(in Incoming, b *Burst, pk *Package) (got []*Case, left []File) {
	shares := map[string][]File{}
	possible := s.possible(in)
	for _, f := range pk.Files {
		c := s.ownerOf(in.City, f, possible)
		if c == nil && len(possible) == 1 && possible[0].mayBe(pk) && !s.strays(f, possible[0]) {
			c = possible[0] // only what lies beside it is another's
		}
		if c != nil {
			shares[c.Number] = append(shares[c.Number], f)
		} else {
			left = append(left, f)
		}
	}
	for _, number := range sortedKeys(shares) {
		c := s.survivor(s.Case(number))
		s.mergePackage(in, b, c, &Package{Files: shares[number]})
		s.cameBefore(in, c)
		got = append(got, c)
	}
	return got, left
}

// possible are the cases that a mail which names no one case may bring files of: those
// it names, else those of the thread.
func (s *Sitting) possible(in Incoming) []*Case {
	if named := s.whose(in); len(named) > 0 {
		return named
	}
	var out []*Case
	for _, number := range in.Thread {
		if c := s.Case(number); c != nil && c.City == in.City && c.Stage != StageWithdrawn {
			out = append(out, c)
		}
	}
	return out
}

func (s *Sitting) ownerOf(city string, f File, possible []*Case) *Case {
	if f.Role == RoleContainer || f.Role == RoleOther && !isPicture(f.Path) {
		return nil
	}
	plain, numbers := plainName(f.Path), s.Numbers(f.Path)
	named := slices.DeleteFunc(s.namedIn(city, f.Path), func(c *Case) bool { // 直播电商照片 is anybody's
		return !slices.Contains(possible, c) && !slices.Contains(numbers, c.Number) && !c.plainlyNamed(plain)
	})
	if len(named) > 0 {
		if len(named) == 1 && slices.Contains(possible, named[0]) {
			return named[0]
		}
		return nil // it names another, or several
	}
	var owner *Case
	for _, c := range possible {
		if c.lacks(f.Role) && !s.ofAnother(c, f) {
			if owner != nil {
				return nil
			}
			owner = c
		}
	}
	return owner
}

// ofAnother: what was read in a file names another unit than the case's.
func (s *Sitting) ofAnother(c *Case, f File) bool {
	paper := s.Reading(f.SHA256).Paper
	if paper == nil || c.Unit == "" {
		return false
	}
	unit := paper.Licensee
	if paper.Form != nil {
		unit = cmp.Or(trimmed(paper.Form.Unit), unit)
	}
	return unit != "" && !LikeName(c.Unit, unit)
}

// strays: a loose file names exactly one other case of the city, by its own name or by
// whom its licence names.
func (s *Sitting) strays(f File, c *Case) bool {
	named := s.namedIn(c.City, f.Path)
	if !slices.Contains(named, c) {
		named = s.namedBy(Incoming{City: c.City}, f.Path)
	}
	if paper := s.Reading(f.SHA256).Paper; len(named) == 0 && paper != nil {
		named = s.namedIn(c.City, paper.Licensee)
	}
	return len(named) == 1 && named[0].Number != c.Number
}

// lacks: a file of this role is asked for.
func (c *Case) lacks(role Role) bool {
	asked := map[string][]Role{"license-missing": {RoleLicense}, "logo-missing": {RoleLogo}, "photos-short": {RolePhoto}, "promos-short": {RolePromo},
		"form-missing": {RoleFormText, RoleFormPDF}, "form-text-missing": {RoleFormText}, "form-pdf-missing": {RoleFormPDF}, "seal-applicant-missing": {RoleFormPDF},
		"seal-bureau-missing": {RoleFormPDF}, "opinion-missing": {RoleFormPDF}, "commitment-missing": {RoleFormPDF}}
	return slices.ContainsFunc(c.Findings, func(f Finding) bool {
		return slices.Contains(asked[f.Code], role) && f.Severity == "error" && f.State != "waived"
	})
}
