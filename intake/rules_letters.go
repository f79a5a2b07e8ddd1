package intake

import (
	"fmt"
	"strings"
	"time"

	"anli/intake/outbox"
	"anli/templates"
)

// Letters about rules that staff changed, beside C4: a bureau hears of its quota, and up
// to when what its cases lack counts.

const (
	quotaNotice      = "quota-notice"
	supplementNotice = "supplement-notice"
)

// tellQuota prepares a letter to each city whose quota is another now. before are the
// quotas and the numbers of cases held as too many that were.
func (s *Sitting) tellQuota(before map[string]int, over []string, basis string) string {
	if !s.Live() {
		return ""
	}
	untold := s.untoldQuotas(before)
	letters := 0
	var none []string
	for _, city := range s.Settings.Call.Cities {
		now, old := s.Settings.Call.QuotaOf(city), before[city]
		if now == old {
			continue
		}
		d := templates.QuotaNotice{City: city, Basis: basis, Old: old, New: now, Cases: s.liveCases(city)}
		for _, c := range s.Cases(city) {
			d.Lifted = d.Lifted || !c.Has(HoldOverQuota) && len(addOnce(over, c.Number)) == len(over)
			if c.Has(HoldOverQuota) && d.Over == nil {
				d.Over = s.quota(city)
			}
		}
		to := s.Settings.AddressesOf(city)
		if len(to) == 0 {
			none = append(none, city)
		}
		for _, a := range to {
			if was, ok := untold[s.Settings.towards(a, city)]; ok { // the letter about that number never left
				d.Old, d.Lifted = was.Old, d.Lifted || was.Lifted && d.Over == nil
			}
			if d.Old == d.New {
				continue
			}
			key := fmt.Sprintf("quota/%04d/%s", len(s.Settings.Orders), s.Settings.towards(a, city))
			if s.Put(Post{Key: key, To: a, Class: ClassDecision, Template: quotaNotice, Topic: "quota/" + city, Data: d}) != "" {
				letters++
			}
		}
	}
	return s.told("名额调整函", letters, none)
}

func (s *Sitting) told(what string, letters int, none []string) string {
	text := ""
	if letters > 0 {
		text = fmt.Sprintf("%s%d封%s。", what, letters, s.leaves())
	}
	if len(none) > 0 {
		text += strings.Join(none, "、") + "没有备案邮箱，请另行告知。"
	}
	return text
}

// quotas are those of all cities.
func (s *Sitting) quotas() map[string]int {
	out := map[string]int{}
	for _, c := range s.Settings.Call.Cities {
		out[c] = s.Settings.Call.QuotaOf(c)
	}
	return out
}

// untoldQuotas takes the letters off the queue that have not left and are about a quota
// that changed again. It gives what they would have told, by address.
func (s *Sitting) untoldQuotas(before map[string]int) map[string]templates.QuotaNotice {
	out := map[string]templates.QuotaNotice{}
	s.replaced(quotaNotice, func(l outbox.Letter) bool {
		var d templates.QuotaNotice
		s.must(Body(l, &d))
		if s.Settings.Call.QuotaOf(d.City) == before[d.City] {
			return false
		}
		out[s.Settings.towards(l.To, d.City)] = d
		return true
	})
	return out
}

// replaced takes those letters of a template off the queue that have not left.
func (s *Sitting) replaced(template string, which func(outbox.Letter) bool) {
	for _, u := range s.OpenLetters() {
		if u.Letter.Template == template && u.Fate.State == outbox.Held && which(u.Letter) {
			s.unsend(u, "已有新的决定")
		}
	}
}

// tellSupplement prepares a letter to each bureau with cases that lack something.
func (s *Sitting) tellSupplement(old time.Time, o Order) string {
	if !s.Live() {
		return ""
	}
	s.replaced(supplementNotice, func(outbox.Letter) bool { return true })
	letters := 0
	var none []string
	for _, city := range s.Settings.Call.Cities {
		d := templates.SupplementNotice{City: city, Basis: o.Basis, Until: DeadlineText(s.Settings.Call.Supplement)}
		if !old.IsZero() {
			d.Old = DeadlineText(old)
		}
		var numbers []string
		for _, c := range s.Cases(city) {
			if c.Stage == StageIncomplete {
				d.Cases = append(d.Cases, s.CaseName(c))
				numbers = append(numbers, c.Number)
			}
		}
		if len(numbers) == 0 {
			continue
		}
		to := s.Settings.AddressesOf(city)
		if len(to) == 0 {
			none = append(none, city)
		}
		for _, a := range to {
			key := fmt.Sprintf("supplement/%04d/%s", len(s.Settings.Orders), s.Settings.towards(a, city))
			if s.Put(Post{Key: key, To: a, Class: ClassDecision, Template: supplementNotice, Cases: numbers, Topic: "supplement/" + city, Data: d}) != "" {
				letters++
			}
		}
	}
	return s.told("补正截止告知函", letters, none)
}
