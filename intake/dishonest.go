package intake

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Dishonest is one row of the list of dishonest persons that staff keep (失信名单).
type Dishonest struct {
	Row  int    `json:"row"`            // of the table, from 1
	Name string `json:"name"`           // of a unit or a person, as written
	Code string `json:"code,omitempty"` // unified credit code, or the organisation code in it; never a person's
	Note string `json:"note,omitempty"` // case number, court, date
}

// List says which list is in force; its rows stand in a table of their own.
type List struct {
	SHA256 string    `json:"sha256"` // of the file
	Rows   int       `json:"rows"`
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Mail   string    `json:"mail"`
}

// maxDishonest bounds the list: it stands in one entry.
const maxDishonest = 10000

// keys are under what a row is found: its code, and its name without marks.
func (d Dishonest) keys() []string {
	var out []string
	if d.Code != "" {
		out = append(out, "code/"+d.Code)
	}
	if name := plainName(d.Name); name != "" {
		out = append(out, "name/"+name)
	}
	return out
}

// byKey are the rows of a list by what they are found under.
func byKey(list []Dishonest) map[string][]Dishonest {
	out := map[string][]Dishonest{}
	for _, d := range list {
		for _, key := range d.keys() {
			out[key] = append(out[key], d)
		}
	}
	return out
}

// rowsOnList gives the rows of the list under a key.
func (s *Sitting) rowsOnList(key string) []Dishonest {
	if s.dishonest != nil {
		return s.dishonestBy[key]
	}
	rows, _, err := s.t.Dishonest.Get(s.tx, key)
	s.must(err)
	return rows
}

// onList compares a case with the list of dishonest persons: a credit code that is
// on it is told as such, a name alone may be another's of the same name.
func (s *Sitting) onList(c *Case, leader string) []Finding {
	if s.Settings.Lists["dishonest"].Rows == 0 {
		return nil
	}
	if code := s.CreditCode(c); len(code) == 18 {
		rows := slices.Concat(s.rowsOnList("code/"+code), s.rowsOnList("code/"+code[8:17]))
		if len(rows) > 0 {
			return []Finding{onListFinding("error", "统一社会信用代码"+code, rows, "")}
		}
	}
	for _, x := range []struct{ what, name string }{{"单位名称", c.Unit}, {"负责人", leader}} {
		if name := plainName(x.name); len([]rune(name)) > 1 {
			if rows := s.rowsOnList("name/" + name); len(rows) > 0 {
				return []Finding{onListFinding("warning", x.what+"“"+strings.TrimSpace(x.name)+"”", rows, "同名，请核")}
			}
		}
	}
	return nil
}

func onListFinding(severity, what string, rows []Dishonest, fix string) Finding {
	d := rows[0]
	message := fmt.Sprintf("%s与失信名单第%d行（%s%s）相符", what, d.Row, cmp.Or(d.Name, d.Code), map[bool]string{true: "，" + d.Note}[d.Note != ""])
	if len(rows) > 1 {
		message += fmt.Sprintf("，共%d行", len(rows))
	}
	return Finding{Code: "listed-dishonest", Severity: severity, State: "open", Audience: "staff", Source: "text", Message: message, Fix: fix}
}

// sameHit: the same entry of a list, on whatever row.
func sameHit(a, b Finding) bool {
	return a.Severity == b.Severity && onRow.ReplaceAllString(a.Message, "") == onRow.ReplaceAllString(b.Message, "")
}

var onRow = regexp.MustCompile(`第\d+行`)

// DishonestEffects says, before staff confirm, what a list would change.
func (s *Sitting) DishonestEffects(list []Dishonest) []string {
	old := s.Settings.Lists["dishonest"]
	out := []string{fmt.Sprintf("失信名单共%d行", len(list))}
	if old.Rows > 0 {
		out[0] += fmt.Sprintf("，代替%s的名单（%d行）", old.At.In(Zone()).Format("1月2日"), old.Rows)
	}
	coded := 0
	for _, d := range list {
		if d.Code != "" {
			coded++
		}
	}
	return append(out, fmt.Sprintf("其中有统一社会信用代码或组织机构代码的%d行，其余%d行只按名称比对", coded, len(list)-coded))
}

// SetDishonest puts a list in the place of the one in force and compares every case
// with it. Cases whose unit is on it by its code become a row for staff.
func (s *Sitting) SetDishonest(list []Dishonest, l List) (ok bool, text string) {
	if len(list) == 0 || len(list) > maxDishonest {
		return false, "名单没有可用的行，未采用。"
	}
	l.Rows, l.At = len(list), s.Now
	s.dishonest, s.dishonestBy = &list, byKey(list)
	s.SetValue("lists.dishonest", l)
	s.rejudge()
	var code, name []string
	for _, c := range s.Cases("") {
		for _, f := range s.hits(c) {
			if f.Severity == "error" {
				code = append(code, titled(c))
			} else {
				name = append(name, titled(c))
			}
		}
	}
	text = fmt.Sprintf("失信名单已更新，共%d行。", len(list))
	if len(code) > 0 {
		text += "代码相符：" + strings.Join(code, "、") + "。"
	}
	if len(name) > 0 {
		text += "仅名称相同，请核：" + strings.Join(name, "、") + "。"
	}
	if len(code)+len(name) == 0 {
		text += "现有案例均未列入。"
	}
	return true, text
}

// hits are what the list in force says of a case, also of one that is frozen.
func (s *Sitting) hits(c *Case) []Finding {
	if c.Stage == StageWithdrawn {
		return nil
	}
	f, _ := s.Form(c)
	return s.onList(c, f.Leader)
}

// listedRow puts a case before staff whose credit code is on the list, until it no
// longer is or they decided.
func (s *Sitting) listedRow(c *Case) {
	on := ""
	for _, f := range c.Findings {
		if f.Code == "listed-dishonest" && f.Severity == "error" && f.State == "open" {
			on = f.Message
		}
	}
	waits := c.Stage == StageIncomplete || c.Stage == StageComplete || c.Stage == StageEligible
	s.keepRow(on != "" && waits, Row{ID: "listed/" + c.Number, Kind: "listed", Case: c.Number, Replies: []string{"不通过 理由", "免 失信 理由"},
		Text: c.City + titled(c) + on + "，请核。"})
}
