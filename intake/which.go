package intake

import (
	"regexp"
	"strings"
)

// caseFor finds the package's case or registers one: by its code, by the form
// inside, by the folder's name, by the thread, by the burst. nil means that
// several cases are possible and none can be told, or that nothing says that this
// is a case.
func (s *Sitting) caseFor(in Incoming, pk *Package, b *Burst, packages int) *Case {
	if c := s.byCode(in); c != nil && packages == 1 {
		return c
	}
	if c := s.byName(in.City, pk); c != nil {
		return c
	}
	candidates := addOnce(append([]string{}, in.Thread...))
	if c, several := s.among(candidates, pk); c != nil || several && pk.Form == nil {
		return c
	}
	if c, several := s.among(b.Cases, pk); c != nil || several && pk.Form == nil {
		return c
	}
	if !in.Said && pk.Form == nil && !pk.marked && (s.liveCases(in.City) > 0 || onlyOther(pk)) {
		return nil // a loose file may belong to any of them, or is nothing
	}
	c := s.newCase(in.City)
	c.Received, c.Sent, c.Sender, c.Stock = in.Mail.Arrival, in.Mail.Sent, in.Address, !s.Live()
	if b.Series > 0 {
		c.Received = earlier(in.Mail.Arrival, b.First) // the announced set counts from its first mail
	}
	return c
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

// byName: the same unit and case by the form or the folder's name.
func (s *Sitting) byName(city string, pk *Package) *Case {
	name := ParseFolder(pk.Folder, "")
	unit, title := name.Unit, name.Case
	if !name.Marked && title == "" {
		unit = ""
	}
	if pk.Form != nil {
		unit, title = firstOf(trimmed(pk.Form.Unit), unit), firstOf(trimmed(pk.Form.Case), title)
	}
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
func (s *Sitting) among(numbers []string, pk *Package) (found *Case, several bool) {
	for _, n := range numbers {
		c := s.Case(n)
		if c == nil || c.Stage == StageWithdrawn {
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
