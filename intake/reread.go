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
// the checks again and tells staff in a row what is different. A file whose words
// now say what it is gets that role, unless the bureau named one.
func (s *Sitting) Reread(c *Case, readings []Reading) {
	if !c.Reread {
		return
	}
	c.Reread = false
	s.Touch(c)
	if c.Frozen() {
		return
	}
	s.Learn(s.withoutMarks(c, readings))
	for i := range c.Files {
		f := &c.Files[i]
		if role := roleByWords(s.Reading(f.SHA256)); role != "" && f.Why != whyBureau && f.Standing == StandingActive {
			f.Role, f.Why = role, whyWords
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

func (c *Case) openMessages() []string {
	var out []string
	for _, f := range c.Findings {
		if f.Severity != "info" && f.State != "waived" {
			out = append(out, f.Message)
		}
	}
	return out
}
