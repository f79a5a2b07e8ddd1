package intake

import (
	"encoding/json"
	"fmt"
	"time"

	"anli/intake/ledger"
)

// Settings are what decisions depend on besides mails: the call, the people,
// the rules. They reach the ledger as entries, so that a decision can be made
// again years later from the values that were in force.
type Settings struct {
	Call     Call              `json:"call"`
	Office   Office            `json:"office"`
	People   People            `json:"people"`
	Enrolled map[string]string `json:"enrolled,omitempty"` // address → city, or cities with 、 between, by 登记邮箱
	Retired  map[string]bool   `json:"retired,omitempty"`  // address, by 停用邮箱
	Mailbox  MailboxRules      `json:"mailbox"`
	Letters  map[string]string `json:"letters"` // class → send | approve | off
	Timing   Timing            `json:"timing"`
	Limits   Limits            `json:"limits"`
	Calendar Calendar          `json:"calendar"`
	Review   ReviewRules       `json:"review"`
	Orders   map[string]Order  `json:"orders,omitempty"` // what staff changed of the rules, by number in order
	Lists    map[string]List   `json:"lists,omitempty"`  // lists that staff keep: dishonest
}

// Bureau is one city's commerce bureau and the addresses it writes from.
type Bureau struct {
	City      string   `json:"city"`
	Addresses []string `json:"addresses"`
	Domains   []string `json:"domains"` // every address of these domains is the bureau's
}

// Person is a member of staff.
type Person struct {
	Name      string   `json:"name"`
	Addresses []string `json:"addresses"`
}

// Expert is one of those who score. Addresses are lower-cased; letters go to the
// first, answers are taken from all.
type Expert struct {
	Name         string   `json:"name"`
	Addresses    []string `json:"addresses"`
	Organisation string   `json:"organisation,omitempty"`
	Fields       []string `json:"fields,omitempty"` // 专业领域
	Avoid        []string `json:"avoid,omitempty"`  // 回避单位: organisations whose cases he must not score
}

// People are the listed correspondents.
type People struct {
	Bureaus []Bureau `json:"bureaus"`
	Staff   []Person `json:"staff"`
	Experts []Expert `json:"experts,omitempty"`
}

// ReviewRules say how the judging goes (notice, 四 and 五（三）). Points are whole.
type ReviewRules struct {
	Criteria  []Criterion `json:"criteria"`
	Ties      []string    `json:"ties"`     // criteria that part equal averages, in order
	Minimum   int         `json:"minimum"`  // valid totals a case needs to be ranked
	Drop      bool        `json:"drop"`     // of five or more, one highest and one lowest do not count
	PerCase   int         `json:"per_case"` // experts a case; 0: everybody gets every case
	Invite    bool        `json:"invite"`   // an invitation goes before the request
	StartAt   time.Time   `json:"start_at"` // zero: by 启动评审 alone
	CloseAt   time.Time   `json:"close_at"` // until when experts score; zero: by 结束评审 alone
	Remind    int         `json:"remind"`   // working days between reminders; 0: none
	Reminds   int         `json:"reminds"`  // at most so many
	RemindAt  string      `json:"remind_at"`
	TwoPerson bool        `json:"two_person"` // what weighs most needs another member of staff to confirm
	Whole     bool        `json:"whole"`      // whole files go along where they fit in three mails

	PublicityDays int `json:"publicity_days,omitempty"` // working days of 公示; 0: 5
	ObjectionDays int `json:"objection_days,omitempty"` // working days in which an objection is to be settled; 0: 10
}

// Criterion is one of those by which experts score.
type Criterion struct {
	Name string `json:"name"`
	Max  int    `json:"max"` // points
}

// MailboxRules say which mails are read and what the division's server takes.
type MailboxRules struct {
	Address    string    `json:"address"`
	Name       string    `json:"name"`     // of the desk in From; "" for the house's own
	Since      time.Time `json:"since"`    // mails before are noted, never answered
	MaxMail    int       `json:"max_mail"` // MB
	AuthServID string    `json:"authserv_id"`
	Junk       string    `json:"junk"`   // folder that is only read: a listed address there is told to staff
	Live       bool      `json:"live"`   // mode = "live"
	Prefix     string    `json:"prefix"` // TEST in a rehearsal
	RedirectTo string    `json:"redirect_all_to"`
}

// Timing says when letters are due.
type Timing struct {
	Quiet   Duration `json:"quiet"`   // silence that ends a burst
	Longest Duration `json:"longest"` // a burst is answered at the latest
	Series  Duration `json:"series"`  // an announced series is waited for
	Morning string   `json:"morning"` // of the staff letter, 08:30
}

// Limits are ceilings on what leaves.
type Limits struct {
	PerHour        int `json:"per_hour"`         // letters in all
	PerAddressHour int `json:"per_address_hour"` // letters to one address
	Letter         int `json:"letter"`           // MB of one letter
}

// Calendar names what differs from Monday to Friday, as 2006-01-02.
type Calendar struct {
	Holidays []string `json:"holidays"`
	Workdays []string `json:"workdays"` // 调休: weekends that are worked
}

// Duration is a time.Duration that is written as text, 3m0s.
type Duration time.Duration

// MarshalText writes the duration as Go does.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Duration) UnmarshalText(b []byte) error {
	v, err := time.ParseDuration(string(b))
	*d = Duration(v)
	return err
}

// Zone is the only zone the house knows: China has one, without summer time.
func Zone() *time.Location { return time.FixedZone("", 8*3600) }

// Flat gives the settings as section.key → value, the form in which they stand
// in the journal one by one, in the journal's own spelling, so that the same
// value compares equal to what was recorded.
func (s Settings) Flat() (map[string]json.RawMessage, error) {
	whole, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	var sections map[string]json.RawMessage
	if err := json.Unmarshal(whole, &sections); err != nil {
		return nil, err
	}
	flat := map[string]json.RawMessage{}
	for section, raw := range sections {
		var keys map[string]json.RawMessage
		if err := json.Unmarshal(raw, &keys); err != nil {
			return nil, fmt.Errorf("settings section %s: %w", section, err)
		}
		for k, v := range keys {
			if string(v) == "null" { // null is how an entry removes a value
				continue
			}
			if flat[section+"."+k], err = ledger.Canonical(v); err != nil {
				return nil, fmt.Errorf("settings key %s.%s: %w", section, k, err)
			}
		}
	}
	return flat, nil
}

// Unflat is the inverse of Flat.
func Unflat(flat map[string]json.RawMessage) (Settings, error) {
	sections := map[string]map[string]json.RawMessage{}
	for path, v := range flat {
		section, key, ok := cut(path)
		if !ok {
			return Settings{}, fmt.Errorf("settings key %q has no section", path)
		}
		if sections[section] == nil {
			sections[section] = map[string]json.RawMessage{}
		}
		sections[section][key] = v
	}
	raw, err := json.Marshal(sections)
	if err != nil {
		return Settings{}, err
	}
	var s Settings
	return s, json.Unmarshal(raw, &s)
}

func cut(path string) (section, key string, ok bool) {
	for i := range len(path) {
		if path[i] == '.' {
			return path[:i], path[i+1:], true
		}
	}
	return "", "", false
}

// Working tells whether staff work on the day of t.
func (c Calendar) Working(t time.Time) bool {
	day := t.In(Zone()).Format("2006-01-02")
	for _, w := range c.Workdays {
		if w == day {
			return true
		}
	}
	for _, h := range c.Holidays {
		if h == day {
			return false
		}
	}
	wd := t.In(Zone()).Weekday()
	return wd != time.Saturday && wd != time.Sunday
}

// WorkingDays counts the working days after from, up to and with the day of to.
func (c Calendar) WorkingDays(from, to time.Time) int {
	n := 0
	for d := startOfDay(from).AddDate(0, 0, 1); !d.After(to); d = d.AddDate(0, 0, 1) {
		if c.Working(d) {
			n++
		}
	}
	return n
}

func startOfDay(t time.Time) time.Time {
	y, m, d := t.In(Zone()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, Zone())
}

func domainOf(addr string) string {
	for i := len(addr) - 1; i >= 0; i-- {
		if addr[i] == '@' {
			return addr[i+1:]
		}
	}
	return ""
}
