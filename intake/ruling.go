package intake

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Ruling is staff's word on one case.
type Ruling struct {
	Verb   string    // 通过 不通过 补正 免 线下 受理 不受理 归属 合并 撤回 撤销 改为 采纳 重查
	Item   string    // of 免 and 线下 the material or item, several joined by 、; of 改为 the verb it becomes
	Reason string    // as it was written; of 补正 what the bureau is to mend
	City   string    // of 归属
	Into   *Case     // of 合并, from the same sitting
	By     string    // address of the member of staff
	Mail   string    // SHA-256 of the mail that orders it
	Row    string    // the row they act on; "" for a ruling by code
	Seen   time.Time // when the letter left on whose row they act; zero for a ruling by code
}

// Rule carries a ruling out and says in Chinese what was done, or why nothing was.
// c is of this sitting. A case that changed since the letter was written whose row
// is answered is not acted on; a ruling that contradicts another officer's is put
// before both. What is done stands in c.Decisions with what it changed, so that
// 撤销 takes it back; the letter to the bureau is prepared (class decision).
func (s *Sitting) Rule(c *Case, r Ruling) (ok bool, text string) {
	if s.changedSince(c, r) {
		return false, titled(c) + "在该信发出后有变化，现为“" + c.StateWords() + "”，未执行。如仍要办理，请按编号回复“" + r.line(c) + "”。"
	}
	if text := s.contradicted(c, r); text != "" {
		return false, text
	}
	var said, why string
	switch {
	case r.Reason == "" && slices.Contains(reasoned, r.Verb):
		why = "未执行：“" + r.Verb + "”须写明理由"
	case r.Verb == "撤销":
		said, why = s.takeBack(c, r)
	case r.Verb == "改为":
		said, why = s.instead(c, r)
	case r.Verb == "重查":
		said, why = s.toReread(c, r)
	default:
		said, why = s.decideFrom(c, r, c.before())
	}
	if why != "" {
		return false, titled(c) + why + "。"
	}
	if r.Verb == "撤销" || r.Verb == "改为" {
		s.endRows("contradiction", c)
	}
	return true, titled(c) + said + "。"
}

// reasoned are the rulings that give a reason: it is looked for later.
var reasoned = []string{"不通过", "补正", "免", "受理", "不受理", "改为", "采纳"}

// titled names a case in an answer to staff.
func titled(c *Case) string { return c.Number + "（" + cmp.Or(c.Unit, c.Folder) + "）" }

// line is the ruling by code, to be pasted.
func (r Ruling) line(c *Case) string {
	into := ""
	if r.Into != nil {
		into = "到 " + r.Into.Number
	}
	return strings.Join(strings.Fields(strings.Join([]string{r.Verb, c.Number, into, r.Item, r.City, r.Reason}, " ")), " ")
}

// changedSince: material came, or staff decided, after the letter was written whose
// row is acted on. What the same mail decided before was decided knowingly.
func (s *Sitting) changedSince(c *Case, r Ruling) bool {
	if r.Seen.IsZero() {
		return false
	}
	for _, d := range c.Decisions {
		if d.At.After(r.Seen) && d.Mail != r.Mail {
			return true
		}
	}
	return c.Touched.After(r.Seen)
}

// question is what a ruling answers; two rulings on one question may contradict
// each other.
func question(verb string) string {
	switch verb {
	case "通过", "不通过", "补正":
		return "资格"
	case "受理", "不受理":
		return "逾期"
	}
	return verb
}

// standing gives the place of the last decision that stands, on a question, or on
// any if q is ""; -1 if there is none.
func (c *Case) standing(q string) int {
	for i := len(c.Decisions) - 1; i >= 0; i-- {
		d := c.Decisions[i]
		if d.Ended == "" && d.Verb != "撤销" && d.Verb != "重查" && (q == "" || question(d.Verb) == q) {
			return i
		}
	}
	return -1
}

// contradicted puts a ruling before both officers where it contradicts what
// another, who is still on the staff, decided; it gives the answer, "" if there is
// no contradiction.
func (s *Sitting) contradicted(c *Case, r Ruling) string {
	verb, q := r.Verb, question(r.Verb)
	switch r.Verb {
	case "撤销":
		q = ""
	case "改为":
		verb, q = r.Item, question(r.Item)
	}
	i := c.standing(q)
	if i < 0 {
		return ""
	}
	d := c.Decisions[i]
	other, me := s.Settings.StaffName(d.By), s.Settings.StaffName(r.By)
	switch {
	case other == "" || other == me || d.By == r.By:
		return ""
	case r.Verb == "撤销":
	case verb == d.Verb && (verb != "归属" || s.Settings.Call.cityNamed(r.City) == d.Item):
		return ""
	case d.Verb == "补正" && c.Touched.After(d.At): // what was asked for came
		return ""
	}
	s.AddRow(Row{ID: "contradiction/" + r.Mail + "/" + c.Number, Kind: "contradiction", Case: c.Number, Mail: r.Mail, Urgent: true, Replies: []string{"无关"},
		Text: fmt.Sprintf("%s：%s于%s决定“%s”%s，%s来信要求“%s”%s，两者相反，未执行，请双方核实后由原决定人“撤销”或“改为”。", titled(c), other, clockTime(d.At), d.words(), bracket(d.Reason),
			cmp.Or(me, r.By), strings.TrimSpace(r.Verb+" "+r.Item+r.City), bracket(r.Reason))})
	return titled(c) + "此前已由" + other + "作出相反决定（" + d.words() + bracket(d.Reason) + "），未执行，请双方核实后由原决定人更改。"
}

// words are a decision in short: 归属佛山市.
func (d Decision) words() string {
	if d.Verb == "撤销" {
		return d.Verb + "“" + d.Item + "”"
	}
	return d.Verb + d.Item
}

// decideFrom does what a ruling says and records it. was is how the case stood, and
// what stands again if the decision is taken back.
func (s *Sitting) decideFrom(c *Case, r Ruling, was *Was) (said, why string) {
	city := c.City
	item, said, why := s.carryOut(c, r, was)
	if why != "" {
		return "", why
	}
	if i := c.standing(question(r.Verb)); i >= 0 && opposite(c.Decisions[i].Verb) == r.Verb {
		c.Decisions[i].Ended, was.Ended = "改为", i+1
	}
	c.Decisions = append(c.Decisions, Decision{At: s.Now, By: r.By, Verb: r.Verb, Item: item, Reason: r.Reason, Mail: r.Mail, Was: was})
	s.settled(c, city)
	if r.Verb == "通过" || r.Verb == "不通过" {
		s.endRow("eligible/"+c.Number, r.Verb)
	}
	return said + s.tell(c, len(c.Decisions)-1, city), ""
}

func opposite(verb string) string {
	return map[string]string{"通过": "不通过", "不通过": "通过", "受理": "不受理", "不受理": "受理"}[verb]
}

// settled runs the checks on a case that staff ruled on, and brings the rows about
// it and about the quota of its city, and of the one it was of, up to date.
func (s *Sitting) settled(c *Case, cityBefore string) {
	s.Touch(c)
	s.refresh(c)
	s.refreshCity(c.City)
	if cityBefore != c.City {
		s.refreshCity(cityBefore)
	}
	if c.Demand == "" {
		s.endRows("demand", c)
	}
}

// endRows ends the rows of a kind about a case: what they were about no longer is.
func (s *Sitting) endRows(kind string, c *Case) {
	for _, r := range s.OpenRows() {
		if r.Kind == kind && r.Case == c.Number {
			s.endRow(r.ID, rowOver)
		}
	}
}

func (s *Sitting) endRow(id, how string) {
	if r, ok := s.Row(id); ok && r.Done == "" {
		r.Done = how
		s.SetRow(r)
	}
}
