package intake

import (
	"fmt"
	"slices"
	"strings"

	"anli/parser/command"
)

// assign carries out `文件 = 角色` and `文件 = 编号`.
func (s *Sitting) assign(in Incoming, b *Burst, l command.Line) (bool, string) {
	value := l.Args[1]
	if numbers := s.Numbers(value); len(numbers) == 1 {
		if l.Args[0] == command.All && len(in.Pieces) > 0 && (l.Rest == command.InProse || len(s.askedPieces(in)) == 0) {
			return false, "" // it is about the files that came with it: whose reads it
		}
		return s.assignCase(in, b, slashes(l.Args[0]), numbers[0])
	}
	role, ok := RoleByWord(value)
	c, name, why := s.fileOwner(in, b, l)
	switch {
	case !ok && (c == nil || l.Rest != ""):
		return false, "" // an equation or a list in prose is no command
	case !ok:
		return false, "类别应为：申报表PDF、申报表Word版、营业执照、证书、LOGO、照片、宣传图片或其他。"
	case c == nil:
		return false, why
	}
	c.rename(name, role)
	s.changed(in, b, c)
	return true, fmt.Sprintf("%s中“%s”已改按%s登记。", c.Number, name, role.Title())
}

// saidCase is the city's case whose number stands before a file's name; nil where the
// number is none: cameras and people begin names so.
func (s *Sitting) saidCase(in Incoming, l command.Line) *Case {
	if len(l.Codes) == 0 || len(l.Args) < 3 {
		return nil
	}
	if c := s.Case(l.Codes[0]); c != nil && c.City == in.City {
		return c
	}
	return nil
}

// fileOwner is the case that has the one file a line names, and the name it has
// there: the whole name in the thread's cases, else in the burst's; or, where a case's
// number stands before it, in that case. why says in Chinese why there is none.
func (s *Sitting) fileOwner(in Incoming, b *Burst, l command.Line) (owner *Case, name, why string) {
	name = slashes(l.Args[0])
	numbers := in.Thread
	if len(numbers) == 0 {
		numbers = b.Cases
	}
	found := s.filesNamed(in, numbers, name)
	if c := s.saidCase(in, l); c != nil {
		own := []string{c.Number}
		if whole := s.filesNamed(in, own, name); len(whole) > 0 {
			found = whole
		} else if short := slashes(l.Args[2]); len(found) == 0 || short == name { // the number stands before another file of the line
			found, name = s.filesNamed(in, own, short), short
		}
	} else if len(found) == 0 && len(l.Codes) > 0 && len(s.Numbers(l.Codes[0])) > 0 {
		return nil, name, "贵市没有编号为" + l.Codes[0] + "的案例，请核对编号。"
	}
	switch len(found) {
	case 0:
		return nil, name, "没有找到名为“" + name + "”的文件。"
	case 1:
		return found[0].owner, name, ""
	}
	var paths []string
	for _, f := range found {
		paths = append(paths, f.owner.Number+" "+f.path)
	}
	return nil, name, fmt.Sprintf("有%d个文件叫“%s”（%s），请写明编号和路径，例如“%s = %s”。", len(paths), name, clip(strings.Join(paths, "、"), 160), paths[0], l.Args[1])
}

// slashes writes a path inside an archive as we do; Windows shows it otherwise.
func slashes(name string) string { return strings.ReplaceAll(name, `\`, "/") }

// caseFile is a file in a case.
type caseFile struct {
	owner *Case
	path  string
}

// filesNamed are the files of some cases of the city that are called so, each content
// of a case once.
func (s *Sitting) filesNamed(in Incoming, numbers []string, name string) (out []caseFile) {
	for _, number := range addOnce(nil, numbers...) {
		c := s.Case(number)
		if c == nil || c.City != in.City {
			continue
		}
		seen := map[string]bool{}
		for _, i := range c.named(name) {
			if f := c.Files[i]; !seen[f.SHA256] {
				out = append(out, caseFile{c, f.Path})
				seen[f.SHA256] = true
			}
		}
	}
	return out
}

// assignCase brings a loose file into the case the bureau names.
func (s *Sitting) assignCase(in Incoming, b *Burst, name, number string) (bool, string) {
	c := s.Case(number)
	if c == nil || c.City != in.City {
		return false, "贵市没有编号为" + number + "的案例，请核对编号。"
	}
	if name == command.All {
		return s.assignAll(in, b, c)
	}
	for _, p := range s.loosePieces(b) {
		if p.Path == name || base(p.Path) == name {
			c.merge([]File{s.looseFile(in, c, p)}, in.Proof)
			s.changed(in, b, c)
			return true, fmt.Sprintf("“%s”已归入%s。", name, number)
		}
	}
	return false, "没有找到未归入案例的文件“" + name + "”。"
}

// looseFile is a piece of no case as a file of this one.
func (s *Sitting) looseFile(in Incoming, c *Case, p Piece) File {
	r := s.Reading(p.SHA256)
	role, why := roleOf(p.Path, r, nil, c.Unit)
	f := fileOf(p, p.Path, p.Path, r, role, why, []string{c.Unit})
	f.Mail, f.At = in.Mail.SHA256, in.Mail.Arrival
	return f
}

// assignAll brings what the letter answered asked about into the case, and nothing else
// that the city ever sent: all files are those that the writer saw listed.
func (s *Sitting) assignAll(in Incoming, b *Burst, c *Case) (bool, string) {
	pieces := s.askedPieces(in)
	if len(pieces) == 0 {
		return false, "所回复的邮件没有待归入案例的文件，请回复列有这些文件的回执，或逐个写明“文件名 = " + c.Number + "”。"
	}
	var files []File
	for _, p := range pieces {
		files = append(files, s.looseFile(in, c, p))
	}
	c.merge(files, in.Proof)
	s.changed(in, b, c)
	return true, fmt.Sprintf("%d个文件已归入%s。", len(files), c.Number)
}

// askedPieces are the files that the letters answered list as no case's and that no case
// has got since: a thread goes on when its questions are settled.
func (s *Sitting) askedPieces(in Incoming) (out []Piece) {
	has := map[string]bool{}
	for _, c := range s.Cases(in.City) {
		for _, f := range c.Files {
			has[f.SHA256] = true
		}
	}
	for _, key := range in.Answered {
		parts := strings.Split(key, "/")
		if len(parts) < 2 || parts[0] != "receipt" {
			continue
		}
		old, ok, err := s.t.Bursts.Get(s.tx, parts[1])
		s.must(err)
		if ok && old.City == in.City {
			out = append(out, slices.DeleteFunc(slices.Clone(old.Loose), func(p Piece) bool { return has[p.SHA256] })...)
		}
	}
	return out
}

// loosePieces are the files of no case that the city sent, this burst's first.
func (s *Sitting) loosePieces(b *Burst) []Piece {
	out := append([]Piece{}, b.Loose...)
	s.must(s.t.Bursts.Each(s.tx, "", func(_ string, old Burst) error {
		if old.City == b.City {
			out = append(out, old.Loose...)
		}
		return nil
	}))
	return out
}

// saidRoles are the roles that a mail's text gives files, by name. What stands behind
// a case's number is the name unless the mail brings a file that is called so whole.
func (s *Sitting) saidRoles(in Incoming) map[string]Role {
	said := map[string]Role{}
	for _, l := range in.Lines {
		if l.Verb != "=" {
			continue
		}
		role, ok := RoleByWord(l.Args[1])
		if !ok {
			continue
		}
		name := l.Args[0]
		if whole := func(p Piece) bool { return sameFile(name, p.Path) }; s.saidCase(in, l) != nil && !slices.ContainsFunc(in.Pieces, whole) {
			name = l.Args[2]
		}
		said[name] = role
	}
	return said
}
