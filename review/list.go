package review

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"anli/intake"
	"anli/intake/ledger"
)

// List is the one record of how the list of the awarded comes about: who is
// selected (入选), what is made public (公示), what is awarded (认定).
type List struct {
	Selected *Selection  `json:"selected,omitempty"` // staff may replace it; what is public stays in it
	Earlier  []Selection `json:"earlier,omitempty"`  // those that a publicity stood on before it, oldest first
	Public   *Publicity  `json:"public,omitempty"`   // the first
	Further  []Publicity `json:"further,omitempty"`  // of cases selected after it (补充公示), oldest first
	Award    *Awarding   `json:"award,omitempty"`
}

// Order is whose word something stands on.
type Order struct {
	At   time.Time `json:"at"`
	By   string    `json:"by"`   // address of the member of staff
	Mail string    `json:"mail"` // SHA-256 of the mail that ordered it
}

// Selection is staff's word on who is to be awarded.
type Selection struct {
	Order
	Numbers []string `json:"numbers"`          // best first
	Places  int      `json:"places,omitempty"` // 入选 n; 0: staff named the cases
	Basis   string   `json:"basis"`
}

// Publicity is the period in which anybody may object (notice, 五（四）).
type Publicity struct {
	Order
	Numbers []string  `json:"numbers"`        // as the notice lists them: by field, then by unit
	From    time.Time `json:"from"`           // beginning of its first day
	Until   time.Time `json:"until"`          // last second of its last
	Days    int       `json:"days"`           // working days from the first to the last
	Told    bool      `json:"told,omitempty"` // staff know that it is over
}

// Awarding is the end of it: 认定.
type Awarding struct {
	Order
	Numbers []string `json:"numbers"`         // awarded, as the notice listed them
	Packs   []Pack   `json:"packs,omitempty"` // publicity packs that are sent, or on their way
}

const listKey = "list"

// readList reads list and objections, which are few.
func (b *Bench) readList() error {
	var err error
	if b.List, _, err = b.t.List.Get(b.tx, listKey); err != nil {
		return err
	}
	b.listBefore = asJSON(b.List)
	b.objections = map[string]*Objection{}
	return b.t.Objections.Each(b.tx, "", func(number string, o Objection) error {
		b.objections[number] = &o
		return nil
	})
}

// listChange adds to c what changed of list and objections.
func (b *Bench) listChange(c *Change) {
	if asJSON(b.List) != b.listBefore {
		c.List = &b.List
	}
	for _, number := range sorted(b.objections) {
		if b.touched["objection "+number] {
			c.Objections = append(c.Objections, *b.objections[number])
		}
	}
}

func asJSON(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(raw)
}

// hashed fixes what staff were shown: another hash at 确认 is another state.
func hashed(v ...any) string {
	sum := sha256.Sum256([]byte(asJSON(v)))
	return hex.EncodeToString(sum[:8])
}

func (c Change) foldList(tx *ledger.Tx, t Tables) error {
	if c.List != nil {
		if err := t.List.Put(tx, listKey, *c.List); err != nil {
			return err
		}
	}
	for _, o := range c.Objections {
		if err := t.Objections.Put(tx, o.Number, o); err != nil {
			return err
		}
	}
	return nil
}

// order is whose word this sitting acts on.
func (b *Bench) order(by, mail string) Order { return Order{At: b.Now, By: by, Mail: mail} }

// who names a member of staff.
func (b *Bench) who(address string) string {
	return cmp.Or(b.Settings.StaffName(address), address)
}

// titled is a case as staff read it in a sentence.
func titled(c *intake.Case) string { return c.Number + bracket(cmp.Or(c.Unit, c.Folder)) }

func (b *Bench) titles(numbers []string) string {
	var out []string
	for _, c := range b.cases(numbers) {
		out = append(out, titled(c))
	}
	return strings.Join(out, "、")
}

// move sets a case's stage.
func (b *Bench) move(c *intake.Case, to intake.Stage) {
	c.Stage = to
	b.Touch(c)
}

// Decided is one word of staff on the list or on an objection.
type Decided struct {
	Order
	Case   string // "" where it is on more than one
	Verb   string
	Item   string // how many, until when, number of the objection
	Reason string // in staff's words
}

// Decided are staff's words on the list and on objections, oldest first; who
// objected is in none of them.
func (b *Bench) Decided() []Decided {
	var out []Decided
	add := func(o Order, number, verb, item, reason string) {
		out = append(out, Decided{o, number, verb, item, reason})
	}
	for _, s := range b.List.selections() {
		add(s.Order, "", "入选", strings.Join(s.Numbers, "、"), s.Basis)
	}
	for i, p := range b.List.rounds() {
		add(p.Order, "", roundWord(i), fmt.Sprintf("%d个，%s至%s", len(p.Numbers), longDay(p.From), longDay(p.Until)), "")
	}
	for _, number := range slices.Sorted(maps.Keys(b.objections)) {
		o := b.objections[number]
		add(o.Filed, o.Case, "登记异议", o.Number, "")
		if !o.open() {
			add(o.Settled, o.Case, string(o.Ending), o.Number, o.Reason)
		}
	}
	if a := b.List.Award; a != nil {
		add(a.Order, "", "认定", fmt.Sprintf("%d个", len(a.Numbers)), "")
	}
	slices.SortStableFunc(out, func(x, y Decided) int { return x.At.Compare(y.At) })
	return out
}
