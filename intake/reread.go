package intake

import (
	"slices"
	"strings"
)

// toReread marks a case: its files are to be read anew. The caller reads them in the
// cage, outside of any sitting, and brings the readings to Reread.
func (s *Sitting) toReread(c *Case, r Ruling) (said, why string) {
	switch {
	case c.Stage == StageWithdrawn:
		return "", "已撤回，未执行"
	case c.Frozen():
		return "", "已进入评审，不能重查"
	case len(c.toRead()) == 0:
		return "", "没有可重新读取的文件"
	}
	c.Reread = true
	c.Decisions = append(c.Decisions, Decision{At: s.Now, By: r.By, Verb: "重查", Reason: r.Reason, Mail: r.Mail})
	s.Touch(c)
	return "将重新读取全部文件，结果另行列出", ""
}

// toRead are the files of a case that are read, each content once.
func (c *Case) toRead() []File {
	var out []File
	for _, f := range c.Active() {
		if f.Role != RoleContainer && f.Bytes > 0 && !slices.ContainsFunc(out, func(x File) bool { return x.SHA256 == f.SHA256 }) {
			out = append(out, f)
		}
	}
	return out
}

// ToReread gives the files that 重查 wants read anew, by case number.
func (s *Sitting) ToReread() map[string][]File {
	out := map[string][]File{}
	for _, c := range s.Cases("") {
		if c.Reread {
			out[c.Number] = c.toRead()
		}
	}
	return out
}

// Reread takes new readings of a case's files in, in the place of the old ones, runs
// the checks again and tells staff in a row what is different.
func (s *Sitting) Reread(c *Case, readings []Reading) {
	if !c.Reread {
		return
	}
	c.Reread = false
	s.Touch(c)
	if c.Frozen() {
		return
	}
	said := make([]Role, len(c.Files))
	for i, f := range c.Files {
		said[i] = roleByWords(s.Reading(f.SHA256))
	}
	s.Learn(s.withoutMarks(c, readings))
	for i := range c.Files {
		if f := &c.Files[i]; f.Standing == StandingActive && f.Role != RoleContainer {
			f.tellAnew(s.Reading(f.SHA256), said[i], c.Unit)
		}
	}
	before := c.openMessages()
	state := c.StateWords()
	s.refresh(c)
	s.refreshCity(c.City)
	after := c.openMessages()
	text := titled(c) + "已重查：" + state
	if now := c.StateWords(); now != state {
		text += "→" + now
	}
	if gone := without(before, after); len(gone) > 0 {
		text += "；已消除：" + strings.Join(gone, "；")
	}
	if fresh := without(after, before); len(fresh) > 0 {
		text += "；新发现：" + strings.Join(fresh, "；")
	}
	if slices.Equal(before, after) {
		text += "；与此前一致"
	}
	by := ""
	for _, d := range c.Decisions {
		if d.Verb == "重查" {
			by = d.Mail
		}
	}
	s.AddRow(Row{ID: "reread/" + by + "/" + c.Number, Kind: "reread", Case: c.Number, Replies: []string{"无关"}, Text: text + "。"})
}

// tellAnew gives a file that was read anew the role its words tell now, unless the
// bureau named one, and what its pages and pictures serve. Where they told the same
// before and it stands for something else, another file's coming decided that.
func (f *File) tellAnew(r Reading, said Role, unit string) {
	if r.Kind == "" || r.Failure != "" {
		return // nothing was learned of it
	}
	f.unfill()
	role := roleByWords(r)
	switch {
	case f.Why == whyBureau:
	case role != said && role != "":
		f.Role, f.Why = role, whyWords
	case f.Why == whyRest, role != "" && f.Role != role:
		return
	}
	units := []string{unit}
	f.Pages, f.Parts, f.Pictures, f.Spare = r.Pages, partsOf(f.Path, r, f.Role, units), 0, 0
	*f = f.withInside(r, units)
	if f.Why == whyBureau {
		f.nowAll()
	}
}

func (c *Case) openMessages() []string {
	var out []string
	for _, f := range c.Findings {
		if f.Severity != "info" && f.State != "waived" {
			out = append(out, f.Message)
		}
	}
	return out
}
