package intake

import (
	"strings"
	"time"

	"anli/parser/form"
)

// Call describes one call for cases; another call is another value, no code.
type Call struct {
	ID         string    `json:"id"`
	Title      string    `json:"title"`              // as the form's heading names it
	Document   string    `json:"document"`           // 粤商务电函〔2024〕143号
	Prefix     string    `json:"prefix"`             // of case numbers: AL
	Deadline   time.Time `json:"deadline"`           // the last second that counts
	Supplement time.Time `json:"supplement_until"`   // zero: no limit
	Quota      int       `json:"quota"`              // live cases a city
	Announced  time.Time `json:"announced,omitzero"` // the deadline as first announced, once it was put off

	Quotas map[string]int `json:"quotas,omitempty"` // of cities that have another quota, by 名额

	Cities       []string `json:"cities"`
	Region       string   `json:"region,omitempty"` // province where units must be registered: two digits of GB/T 2260; "": not judged
	Fields       []string `json:"fields"`           // 参评领域, in order
	OtherField   string   `json:"other_field"`
	Photos       int      `json:"photos"`
	Promos       int      `json:"promos"`
	Logos        int      `json:"logos"`
	DataYear     int      `json:"data_year"`
	IntroLimit   int      `json:"intro_limit"` // 字 the notice asks for
	IntroError   int      `json:"intro_error"` // above this it must be mended
	SummaryShort int      `json:"summary_short"`
	SummaryLong  int      `json:"summary_long"`
	Keywords     []string `json:"keywords"`
	Phrases      []string `json:"phrases"` // the blank form's own instructions

	Notice    string            `json:"notice,omitempty"`     // its name; "": 某厅关于征集某某的通知
	Clauses   map[string]string `json:"clauses,omitempty"`    // its clauses by what they ask for (see clause), as 五、（一）1; none: not named
	NextSteps string            `json:"next_steps,omitempty"` // what follows for those selected, a sentence
	OwnForm   bool              `json:"own_form,omitempty"`   // its blank form is another than the built-in one, which then goes along with no letter
}

// Form is what the form's reader must know of the call.
func (c Call) Form() form.Call {
	return form.Call{Title: c.Title, Year: c.Year(), Categories: c.Fields, OtherField: c.OtherField, Phrases: c.Phrases}
}

// formWords stand behind 通知所附表格: that the blank form goes along, where it does.
func (c Call) formWords() string {
	if c.OwnForm {
		return ""
	}
	return "（已附空表）"
}

// QuotaOf is how many live cases a city may have.
func (c Call) QuotaOf(city string) int {
	if n, ok := c.Quotas[city]; ok {
		return n
	}
	return c.Quota
}

// Year is the year of the call: of its form and its case numbers. An extension over
// the turn of the year does not change it.
func (c Call) Year() int {
	if !c.Announced.IsZero() {
		return c.Announced.In(Zone()).Year()
	}
	return c.Deadline.In(Zone()).Year()
}

// cityNamed is a city of the call, with or without 市; "" if there is none such.
func (c Call) cityNamed(name string) string {
	for _, x := range c.Cities {
		if name != "" && (x == name || strings.TrimSuffix(x, "市") == name) {
			return x
		}
	}
	return ""
}
