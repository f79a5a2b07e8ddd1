package intake

import (
	"cmp"
	"slices"
	"time"

	"anli/templates"
)

// Query is what staff found when they looked a unit up in public registers
// (查询结果). It decides nothing, and no bureau sees it.
type Query struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`     // address of the member of staff
	Result string    `json:"result"` // 无, 有
	Text   string    `json:"text,omitempty"`
	Mail   string    `json:"mail"` // SHA-256 of the mail that says so
}

// LookUp lists the units that staff are to look up: of the cases that are complete
// or eligible, by number. An answer names an entry by its N, in the letter that
// holds the list.
func (s *Sitting) LookUp() []templates.LookUpEntry {
	var out []templates.LookUpEntry
	for _, c := range s.Cases("") {
		if c.Stage != StageComplete && c.Stage != StageEligible {
			continue
		}
		f, _ := s.Form(c)
		out = append(out, templates.LookUpEntry{N: len(out) + 1, Number: c.Number, Unit: cmp.Or(c.Unit, c.Folder), CreditCode: s.CreditCode(c), Leader: trimmed(f.Leader)})
	}
	return out
}

// CreditCode is the unified credit code of a case's unit, as the bureau gave it or as
// it was read in the files; "" if none, or if it has not 18 characters.
func (s *Sitting) CreditCode(c *Case) string {
	f, _ := s.Form(c)
	if x := creditOfCase(c, f.Unit, s.Settings.Call.Region, s.Reading); len(x.code) == 18 {
		return x.code
	}
	return ""
}

// Found records what staff found of a case's unit, with date and author.
func (s *Sitting) Found(c *Case, q Query) (ok bool, text string) {
	switch {
	case c.Stage == StageWithdrawn:
		return false, titled(c) + cmp.Or(c.whereTo(), "已撤回") + "，未记录。"
	case q.Result != "有" && q.Result != "无", q.Result == "有" && q.Text == "":
		return false, titled(c) + "未记录，请写“无”，或“有：查到的内容”。"
	}
	if n := len(c.Queries); n > 0 && slices.Equal(c.Queries[n-1].words(), q.words()) {
		return true, titled(c) + "已有相同的查询结果，无需重复。"
	}
	q.At = s.Now
	c.Queries = append(c.Queries, q)
	s.Touch(c)
	text = titled(c) + "查询结果“" + q.Result + "”已记录（" + s.Now.Format("1月2日") + "，" + cmp.Or(s.Settings.StaffName(q.By), q.By) + "）"
	if n := len(c.Queries); n > 1 && c.Queries[n-2].Result != q.Result {
		old := c.Queries[n-2]
		text += "；此前" + cmp.Or(s.Settings.StaffName(old.By), old.By) + "于" + old.At.In(Zone()).Format("1月2日") + "记录为“" + old.Result + "”" + bracket(old.Text)
	}
	if q.Result == "有" {
		text += "；是否影响参评资格请研究后“通过”或“不通过”"
	}
	return true, text + "。"
}

func (q Query) words() []string { return []string{q.By, q.Result, q.Text} }
