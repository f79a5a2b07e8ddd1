package intake

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// secondThoughts: everything is told at once (一次性告知). What is found in words that
// have not changed since the last receipt, and that no letter told, is the machine's
// second thought: it goes to staff as a warning, never to the bureau.
func (c *Case) secondThoughts(before []Finding, now time.Time) {
	c.Second = nil
	if c.Receipts == 0 || c.reworded(now) {
		return
	}
	told := map[string]bool{}
	for _, old := range before {
		if old.Audience == "bureau" && old.Severity != "info" {
			told[old.Key()] = true
		}
	}
	for i := range c.Findings {
		f := &c.Findings[i]
		if f.Audience != "bureau" || f.Severity == "info" || f.Source != "text" || told[f.Key()] || f.File != "" && c.freshFile(f.File) {
			continue
		}
		f.Audience, f.Cure = "staff", ""
		c.Second = append(c.Second, f.Key())
		if f.Severity == "error" {
			f.Severity = "warning"
		}
	}
}

// reworded: a paper whose words are checked came, or was named by the bureau, since
// the last receipt, or the bureau corrected a value just now.
func (c *Case) reworded(now time.Time) bool {
	for _, f := range c.Active() {
		if (f.Role == RoleFormText || f.Role == RoleFormPDF || f.Role == RoleLicense) && f.fresh() {
			return true
		}
	}
	for _, x := range c.Corrections {
		if x.At.Equal(now) {
			return true
		}
	}
	return false
}

func (f File) fresh() bool { return !f.Told || f.Change != "" || f.Why == whyBureau }

func (c *Case) freshFile(path string) bool {
	for _, f := range c.Active() {
		if f.Path == path && f.fresh() {
			return true
		}
	}
	return false
}

// secondThoughtRow puts before staff what only they hear of, until it no longer is.
func (s *Sitting) secondThoughtRow(c *Case) {
	var found []string
	for _, f := range c.Findings {
		if f.State == "open" && slices.Contains(c.Second, f.Key()) {
			found = append(found, f.Message)
		}
	}
	open := c.Stage == StageIncomplete || c.Stage == StageComplete || c.Stage == StageEligible
	s.keepRow(len(found) > 0 && open, Row{ID: "second/" + c.Number, Kind: "second", Case: c.Number, Replies: []string{"补正 说明", "无关"},
		Text: fmt.Sprintf("%s%s材料未变，复核新发现：%s。未告知该市，请研究是否补正。", c.City, titled(c), strings.Join(found, "；"))})
}
