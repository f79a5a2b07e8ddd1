package intake

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// caseFor finds the package's case or registers one: by its code, by the form
// inside, by the folder's name, by the thread, by the burst. nil means that
// several cases are possible and none can be told, or that nothing says that this
// is a case.
func (s *Sitting) caseFor(in Incoming, pk *Package, b *Burst, packages int) *Case {
	if in.Case != "" && packages == 1 {
		return s.Case(in.Case)
	}
	if c := s.byName(in.City, pk); c != nil {
		return c
	}
	loose := pk.Form == nil && !pk.marked
	strays := func(c *Case) bool {
		return loose && slices.ContainsFunc(pk.Files, func(f File) bool { return s.strays(f, c) })
	}
	if named := s.whose(in); packages == 1 && len(named) == 1 && named[0].mayBe(pk) && (pk.Form == nil || s.meant(in, named[0], pk)) {
		if strays(named[0]) {
			return nil
		}
		return named[0]
	} else if loose && len(named) > 1 {
		return nil
	}
	candidates := addOnce(append([]string{}, in.Thread...))
	if c, several := s.among(in.City, candidates, pk); c != nil && strays(c) {
		return nil
	} else if c != nil || several && pk.Form == nil {
		return c
	}
	if c, several := s.among(in.City, b.Cases, pk); c != nil && strays(c) {
		return nil
	} else if c != nil || several && pk.Form == nil {
		return c
	}
	if c := s.byCode(in); c != nil && packages == 1 && c.mayBe(pk) {
		return c
	}
	if !in.Said && pk.Form == nil && !pk.marked && (s.liveCases(in.City) > 0 || onlyOther(pk)) {
		return nil // a loose file may belong to any of them, or is nothing
	}
	c := s.newCase(in.City)
	c.Received, c.Sent, c.Sender, c.Stock, c.Basis = in.Mail.Came(), in.Mail.Sent, in.Address, !s.Live(), in.Mail.Basis
	if b.Series > 0 {
		c.Received = earlier(in.Mail.Came(), b.First) // the announced set counts from its first mail
	}
	return c
}

// meant: the form is of the case that the mail names. A unit's other case names the unit,
// too.
func (s *Sitting) meant(in Incoming, c *Case, pk *Package) bool {
	_, title := pk.names()
	return c.Case == "" || title == "" || LikeName(c.Case, title) || slices.Contains(s.Numbers(in.Mail.Subject+"\n"+in.Fresh), c.Number)
}

// onlyOther: none of the files is anything that a case needs.
func onlyOther(pk *Package) bool {
	for _, f := range pk.Files {
		if f.Role != RoleOther && f.Role != RoleContainer {
			return false
		}
	}
	return true
}

func (s *Sitting) byCode(in Incoming) *Case {
	var found *Case
	for _, number := range s.Numbers(in.Mail.Subject + "\n" + in.Fresh) {
		if c := s.Case(number); c != nil && c.City == in.City {
			if found != nil && found != c {
				return nil
			}
			found = c
		}
	}
	return found
}

// caseNumber is a number as people type it: al 2024－0007, AL20240007.
var caseNumber = regexp.MustCompile(`([A-Za-z]{1,6})\s?(\d{4})\s?[-－—]?\s?(\d{4})`)

// Numbers finds case numbers of this call in a text, each once.
func (s *Sitting) Numbers(text string) []string {
	var out []string
	for _, m := range caseNumber.FindAllStringSubmatch(text, -1) {
		if strings.EqualFold(m[1], s.Settings.Call.Prefix) {
			out = addOnce(out, s.Settings.Call.Prefix+m[2]+"-"+m[3])
		}
	}
	return out
}

// mayBe: nothing in the package names another unit or, in a folder of its own,
// another case. A number in the subject is often only the letter that was at hand.
func (c *Case) mayBe(pk *Package) bool {
	unit, title := pk.names()
	if c.Unit != "" && unit != "" && !LikeName(c.Unit, unit) {
		return SameName(c.Case, title)
	}
	return c.Case == "" || title == "" || LikeName(c.Case, title) || !pk.marked
}

// names are the unit and case that a package gives itself: the form's, else the
// folder's.
func (pk *Package) names() (unit, title string) {
	name := ParseFolder(pk.Folder, "")
	if name.Marked || name.Case != "" {
		unit, title = name.Unit, name.Case
	}
	if pk.Form != nil {
		unit, title = cmp.Or(trimmed(pk.Form.Unit), unit), cmp.Or(trimmed(pk.Form.Case), title)
	}
	return unit, title
}

// byName: the same unit and case by the form or the folder's name.
func (s *Sitting) byName(city string, pk *Package) *Case {
	name := ParseFolder(pk.Folder, "")
	unit, title := pk.names()
	all := s.Cases(city)
	for _, c := range all {
		if unit != "" && title != "" && SameName(c.Unit, unit) && SameName(c.Case, title) {
			return c
		}
	}
	for _, c := range all {
		if pk.Folder != "" && name.Marked && SameName(c.Folder, pk.Folder) {
			return c
		}
		if unit == "" || !LikeName(c.Unit, unit) {
			continue
		}
		if title == "" || c.Case == "" || LikeName(c.Case, title) {
			return c
		}
	}
	return nil
}

// among picks the package's case from a few: the only one whose unit fits or is
// not known yet. several tells that more than one could be meant.
func (s *Sitting) among(city string, numbers []string, pk *Package) (found *Case, several bool) {
	for _, n := range numbers {
		c := s.Case(n)
		if c == nil || c.City != city || c.Stage == StageWithdrawn {
			continue
		}
		if pk.Form != nil && c.Unit != "" && !LikeName(c.Unit, pk.Form.Unit) {
			continue
		}
		if pk.Form == nil && pk.marked && c.Folder != "" {
			continue
		}
		if pk.Form != nil && c.Unit != "" && c.Case != "" && pk.Form.Case != "" && !LikeName(c.Case, pk.Form.Case) {
			continue
		}
		if found != nil {
			return nil, true
		}
		found = c
	}
	return found, false
}
