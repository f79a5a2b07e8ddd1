package review

import (
	"cmp"
	"encoding/json"
	"slices"
	"sort"
	"strings"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/outbox"
)

// Bench decides on the judging as it stands and collects what changes, beside
// the desk's sitting, into the same entry. It is used once, by one goroutine,
// inside one ledger view.
type Bench struct {
	*intake.Sitting
	Panel Panel

	tx       *ledger.Tx
	t        Tables
	before   Panel
	members  map[string]*Member
	scorings map[string]*Scoring
	touched  map[string]bool // keys of members and scorings that changed
	queries  []Query
	claims   []Claim

	materials []Material

	List       List
	listBefore string
	objections map[string]*Objection // by number

	dossiers map[string]DossierOrder // on their way, by id
	contents []DossierContent
}

// Sit opens the bench beside a sitting on the same view.
func Sit(tx *ledger.Tx, s *intake.Sitting) (*Bench, error) {
	b := &Bench{Sitting: s, tx: tx, t: NewTables(), members: map[string]*Member{}, scorings: map[string]*Scoring{}, touched: map[string]bool{}}
	var err error
	if b.Panel, _, err = b.t.Panel.Get(tx, panelKey); err != nil {
		return nil, err
	}
	b.before = b.Panel
	err = b.t.Members.Each(tx, "", func(key string, member Member) error {
		b.members[key] = &member
		return nil
	})
	if err != nil {
		return nil, err
	}
	b.Seat(Experts(s.Settings))
	if err := b.readDossiers(); err != nil {
		return nil, err
	}
	return b, b.readList()
}

// Scratch is a bench on the same view whose decisions are thrown away (试运行).
func (b *Bench) Scratch() (*Bench, error) {
	s, err := b.Sitting.Scratch()
	if err != nil {
		return nil, err
	}
	return Sit(b.tx, s)
}

// Result ends the bench and the sitting: the entry's data and the letters' bytes.
func (b *Bench) Result() (intake.Result, error) {
	c := Change{Queries: b.queries, Claims: b.claims, Materials: b.materials}
	if !same(b.before, b.Panel) {
		c.Panel = &b.Panel
	}
	for _, key := range sorted(b.members) {
		if b.touched["member "+key] {
			c.Members = append(c.Members, *b.members[key])
		}
	}
	for _, key := range sorted(b.scorings) {
		if b.touched["scoring "+key] {
			c.Scorings = append(c.Scorings, *b.scorings[key])
		}
	}
	b.listChange(&c)
	b.dossierChange(&c)
	if c.Panel != nil || c.List != nil || len(c.Objections)+len(c.Dossiers) > 0 || len(c.Members)+len(c.Scorings)+len(c.Queries)+len(c.Claims)+len(c.Materials) > 0 {
		raw, err := json.Marshal(c)
		if err != nil {
			return intake.Result{}, err
		}
		b.Beside(raw)
	}
	return b.Sitting.Result()
}

func same(a, b Panel) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}

func sorted[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// Head is the journal's last entry before this one.
func (b *Bench) Head() (seq uint64, hash string) { return b.tx.Head() }

// Members gives the panel's members, by name.
func (b *Bench) Members() []*Member {
	var out []*Member
	for _, key := range sorted(b.members) {
		out = append(out, b.members[key])
	}
	slices.SortStableFunc(out, func(x, y *Member) int { return cmp.Compare(x.Name, y.Name) })
	return out
}

// MemberOf gives the member of an address; nil if it is no panel member's.
func (b *Bench) MemberOf(addr string) *Member {
	for _, key := range sorted(b.members) {
		if slices.ContainsFunc(b.members[key].Addresses, func(a string) bool { return strings.EqualFold(a, addr) }) {
			return b.members[key]
		}
	}
	return nil
}

// MemberNamed gives the member of an expert by name or address; nil if there is none
// or several have the name.
func (b *Bench) MemberNamed(name string) *Member {
	if s := b.MemberOf(name); s != nil {
		return s
	}
	var found *Member
	for _, s := range b.Members() {
		if strings.EqualFold(s.Expert, name) {
			return s
		}
		if s.Name == name {
			if found != nil {
				return nil
			}
			found = s
		}
	}
	return found
}

func (b *Bench) touch(s *Member) {
	b.members[s.Expert] = s
	b.touched["member "+s.Expert] = true
}

// Scoring gives what an expert said of a case, to look at; nil if nothing.
func (b *Bench) Scoring(expert, number string) *Scoring {
	key := expert + "/" + number
	if s, ok := b.scorings[key]; ok {
		return s
	}
	s, ok, err := b.t.Scorings.Get(b.tx, key)
	b.Fail(err)
	if !ok {
		return nil
	}
	b.scorings[key] = &s
	return &s
}

// change gives a scoring to be changed.
func (b *Bench) change(expert, number string) *Scoring {
	s := b.Scoring(expert, number)
	if s == nil {
		s = &Scoring{Expert: expert, Number: number}
	}
	if s.Cells == nil {
		s.Cells = map[string]Cell{}
	}
	key := expert + "/" + number
	b.scorings[key] = s
	b.touched["scoring "+key] = true
	return s
}

// arrival is when a mail came, whoever wrote it; zero for none.
func (b *Bench) arrival(sha string) time.Time {
	m, _ := b.Mail(sha)
	return m.Arrival
}

// fate is where a letter stands; "" if there is none.
func (b *Bench) fate(key string) outbox.State {
	f, _, err := outbox.Fates.Get(b.tx, key)
	b.Fail(err)
	return f.State
}

// openOf are the cases that an expert is still to score, in order.
func (b *Bench) openOf(s *Member) []string {
	var out []string
	for _, number := range s.assigned() {
		if b.wants(s, number) {
			out = append(out, number)
		}
	}
	return out
}

// count is how far a member is with his cases.
type count struct{ assigned, scored, recused, unproved int }

// counts tells how many of a member's cases are wholly scored (of these, how many
// wait for his 确认), and how many are recused.
func (b *Bench) counts(s *Member) (c count) {
	for _, number := range s.assigned() {
		if !b.judges(number) {
			continue
		}
		c.assigned++
		sc := b.Scoring(s.Expert, number)
		switch {
		case sc == nil:
			continue
		case sc.Recused:
			c.recused++
			continue
		case sc.complete(b.Panel.Rule):
			c.scored++
		}
		if sc.unproved() {
			c.unproved++
		}
	}
	return c
}
