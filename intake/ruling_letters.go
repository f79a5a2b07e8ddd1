package intake

import (
	"fmt"
	"slices"
	"strings"

	"anli/intake/outbox"
	"anli/templates"
)

// told are the rulings that a bureau gets a letter about.
var told = []string{"补正", "受理", "不受理", "不通过", "归属", "合并", "撤回", "采纳"}

// tell prepares the letter about a decision, to the bureau of the case and, where
// the case was moved, to that of the city it was of. It gives what the answer to
// staff adds.
func (s *Sitting) tell(c *Case, i int, cityBefore string) string {
	d := &c.Decisions[i]
	looked := d.Verb == "免" && d.Was != nil && c.asked(d.Was.States)
	if !slices.Contains(told, d.Verb) && !looked || !s.Live() {
		return ""
	}
	data := templates.Ruling{Number: c.Number, Unit: c.Unit, Case: c.Case, Verb: d.Verb, Reason: d.Reason, Other: d.Item}
	if d.Verb == "补正" {
		data.Until = s.mendUntil()
	}
	cities := []string{c.City}
	if cityBefore != c.City {
		cities = append(cities, cityBefore)
	}
	return s.ruling(c, d, data, cities)
}

// ruling puts a letter about a decision to each city and notes it with the decision.
func (s *Sitting) ruling(c *Case, d *Decision, data templates.Ruling, cities []string) string {
	var to, none []string
	for _, city := range cities {
		data.City = city
		addresses := s.Settings.AddressesOf(city)
		if s.Settings.Serves(c.Sender, city) {
			addresses = []string{c.Sender}
		}
		if len(addresses) == 0 {
			none = append(none, city)
		}
		for _, a := range addresses {
			key := fmt.Sprintf("ruling/%s/%d/%s", c.Number, len(c.Decisions), s.Settings.towards(a, city))
			if s.Put(Post{Key: key, To: a, Class: ClassDecision, Template: "ruling", Data: data, Cases: []string{c.Number}, Topic: "ruling/" + c.Number}) != "" {
				d.Letters = append(d.Letters, key)
				to = addOnce(to, city+"商务局")
			}
		}
	}
	text := ""
	if len(to) > 0 {
		text = "；致" + strings.Join(to, "、") + "的告知函" + s.leaves()
	}
	if len(none) > 0 {
		text += "；" + strings.Join(none, "、") + "没有备案邮箱，请另行告知"
	}
	return text
}

// leaves says when letters of decisions go.
func (s *Sitting) leaves() string {
	if s.Settings.Letters[ClassDecision] == "approve" {
		return "待贵处放行"
	}
	return "已生成，将直接发出"
}

// mendUntil is the last day for what staff ask for; "" where none is set.
func (s *Sitting) mendUntil() string {
	if until := s.Settings.Call.Supplement; until.After(s.Now) {
		return DeadlineText(until)
	}
	if s.Settings.Call.Supplement.IsZero() && s.Settings.Call.Deadline.After(s.Now) {
		return DeadlineText(s.Settings.Call.Deadline)
	}
	return ""
}

// untell takes the letters about a decision that no longer stands off the queue.
// Where one may have left, the bureau is told what stands instead: 撤销, or 通过 in
// the place of 不通过.
func (s *Sitting) untell(c *Case, i int) string {
	undone := c.Decisions[i]
	var left []string
	for _, key := range undone.Letters {
		if s.Retract(key, "决定已"+undone.Ended) {
			l, _ := s.letterOf(key)
			left = append(left, l.To)
		}
	}
	last := &c.Decisions[len(c.Decisions)-1]
	data := templates.Ruling{Number: c.Number, Unit: c.Unit, Case: c.Case, Verb: last.Verb, Reason: last.Reason}
	switch {
	case len(left) == 0 || slices.Contains(told, last.Verb): // nobody knows, or the new decision's own letter says it
		return ""
	case last.Verb == "撤销":
		data.Other = undone.words()
	}
	return s.ruling(c, last, data, citiesOf(undone, c))
}

// Retract takes a letter off the queue that tells what no longer stands; true if it has
// left, or may have.
func (s *Sitting) Retract(key, reason string) (left bool) {
	if s.unput(key) {
		return false
	}
	_, fate := s.letterOf(key)
	f, ok := outbox.Drop(fate, s.Now, reason)
	if ok {
		s.Settle(f)
	}
	return fate.State != outbox.Superseded && fate.State != outbox.Failed && (!ok || fate.Dialled)
}

// citiesOf are the cities whose bureaus a letter about a decision went to.
func citiesOf(d Decision, c *Case) []string {
	out := []string{c.City}
	if d.Verb == "归属" {
		out = addOnce(out, d.Item)
	}
	return out
}

// unput takes back a letter that this very sitting put.
func (s *Sitting) unput(key string) bool {
	for i, l := range s.letters {
		if l.Key == key {
			s.letters = slices.Delete(s.letters, i, i+1)
			delete(s.blobs, l.Bytes)
			return true
		}
	}
	return false
}
