package intake

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"anli/intake/ledger"
	"anli/intake/outbox"
)

const (
	officerA = "zhao@dept.example"
	officerB = "qian@dept.example"
)

// court is a desk on a real ledger: mails come in, staff rule, everything is an
// entry.
type court struct {
	t   *testing.T
	l   *ledger.Ledger
	d   *desk
	now time.Time
	n   int // mails so far
}

func courtSettings() Settings {
	s := goodSettings()
	s.Call.Cities = []string{"广州市", "佛山市", "中山市"}
	s.Office = Office{Division: "广东省商务厅电子商务处（案例征集工作邮箱）", Contact: "王样本", Phone: "020-38000000"}
	s.People = People{Bureaus: []Bureau{{City: "佛山市", Addresses: []string{"sw@foshan.example"}}, {City: "广州市", Addresses: []string{"sw@guangzhou.example"}}},
		Staff: []Person{{Name: "赵一", Addresses: []string{officerA, "zhao2@dept.example"}}, {Name: "钱二", Addresses: []string{officerB}}}}
	s.Mailbox = MailboxRules{Address: "box@dept.example", MaxMail: 50, Live: true}
	s.Letters = map[string]string{ClassReceipt: "send", ClassAnswer: "send", ClassDecision: "approve"}
	s.Timing = Timing{Quiet: Duration(3 * time.Minute), Longest: Duration(20 * time.Minute), Series: Duration(time.Hour), Morning: "08:30"}
	return s
}

func newCourt(t *testing.T) *court { return courtWith(t, courtSettings()) }

func courtWith(t *testing.T, s Settings) *court {
	t.Helper()
	l, err := ledger.Open(t.TempDir(), Fold)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	k := &court{t: t, l: l, d: newDesk(), now: zoned("2024-10-12 09:00:00")}
	record(t, l, configured(t, l, s))
	k.sit(func(s *Sitting) { s.Desk.Live = true })
	return k
}

// sit runs one sitting and records it.
func (k *court) sit(do func(*Sitting)) {
	k.t.Helper()
	var r Result
	err := k.l.View(func(tx *ledger.Tx) error {
		s, err := Sit(tx, k.now, House{Key: []byte("key"), From: "box@dept.example", Name: "电商处", Domain: "dept.example"})
		if err != nil {
			return err
		}
		do(s)
		r, err = s.Result()
		return err
	})
	if err == nil {
		err = k.l.Update(func(tx *ledger.Tx) error { _, err := tx.Append(k.now, "test", "", 1, r.Change); return err })
	}
	if err != nil {
		k.t.Fatal(err)
	}
}

// look is a sitting that is thrown away.
func (k *court) look(do func(*Sitting)) {
	k.t.Helper()
	err := k.l.View(func(tx *ledger.Tx) error {
		s, err := Sit(tx, k.now, House{Key: []byte("key"), From: "box@dept.example", Name: "电商处", Domain: "dept.example"})
		if err == nil {
			do(s)
			_, err = s.Result()
		}
		return err
	})
	if err != nil {
		k.t.Fatal(err)
	}
}

// mail brings a bureau's mail; proof says that it answers a letter of ours.
func (k *court) mail(from, files string, proof bool) {
	k.t.Helper()
	k.brings(from, files, func(in *Incoming) { in.Proof = proof })
}

// brings takes in a mail of these files, none if there are no words, of which more is
// known.
func (k *court) brings(from, files string, known func(in *Incoming)) {
	k.t.Helper()
	k.n++
	sha := fmt.Sprintf("mail-%02d", k.n)
	var pieces []Piece
	if files != "" {
		pieces = k.d.pieces(files)
	}
	for i := range pieces { // another mail's file of the same name is another file
		if !strings.HasPrefix(files, "same") {
			pieces[i].SHA256 = k.own(pieces[i].SHA256, sha)
		}
	}
	k.sit(func(s *Sitting) {
		var readings []Reading
		for _, p := range pieces {
			if r, ok := k.d.read[p.SHA256]; ok {
				readings = append(readings, r)
			}
		}
		s.Learn(readings)
		m := s.Record(Mail{SHA256: sha, MessageID: "<" + sha + "@x.example>", Substance: sha, From: from, Subject: "报送案例", Arrival: k.now, Sent: k.now, Route: RouteSubmission, Files: pieces})
		in := Incoming{Mail: m, Address: from, Pieces: pieces}
		known(&in)
		var several []string
		in.City, several = s.CityFor(m, pieces, nil, nil)
		switch {
		case in.City != "":
			s.Receive(in)
		case s.Settings.IsBureau(from):
			s.AskCity(in, several)
		default:
			s.FromCompany(m, s.Cases("")[0], pieces)
		}
	})
	k.now = k.now.Add(time.Minute)
}

// own gives a file's content the mail it came in.
func (k *court) own(sha, mail string) string {
	r, ok := k.d.read[sha]
	fresh := sha + "@" + mail
	if ok {
		r.SHA256 = fresh
		k.d.read[fresh] = r
	}
	return fresh
}

// pack is a package of a unit and a case without what the list names.
func pack(unit, title string, lacks ...string) string {
	var out []string
	for _, line := range strings.Split(strings.NewReplacer(unitA, unit, caseA, title).Replace(goodPackage), "\n") {
		if !slices.ContainsFunc(lacks, func(x string) bool { return strings.Contains(line, "/"+x) }) {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// rule lets staff rule in a mail of its own, and tells whether it was done.
func (k *court) rule(number string, r Ruling) (ok bool, text string) {
	k.t.Helper()
	k.n++
	if r.By == "" {
		r.By = officerA
	}
	if r.Mail == "" {
		r.Mail = fmt.Sprintf("mail-%02d", k.n)
	}
	k.sit(func(s *Sitting) {
		if r.Into != nil {
			r.Into = s.Case(r.Into.Number)
		}
		ok, text = s.Rule(s.Case(number), r)
	})
	k.now = k.now.Add(time.Minute)
	return ok, text
}

// must rules and fails the test where it is not done.
func (k *court) must(number string, r Ruling) string {
	k.t.Helper()
	ok, text := k.rule(number, r)
	if !ok {
		k.t.Fatalf("%s %s: %s", r.Verb, number, text)
	}
	return text
}

// refused rules and fails the test where it is done, or the answer lacks the words.
func (k *court) refused(number string, r Ruling, words string) {
	k.t.Helper()
	before := k.shown(number)
	if ok, text := k.rule(number, r); ok || !strings.Contains(text, words) {
		k.t.Errorf("%s %s: %v, %s; want no, %s", r.Verb, number, ok, text, words)
	}
	if after := k.shown(number); after != before {
		k.t.Errorf("%s %s was refused and changed the case:\n%s\n%s", r.Verb, number, before, after)
	}
}

func (k *court) get(number string) (c Case) {
	k.t.Helper()
	k.look(func(s *Sitting) {
		found := s.Case(number)
		if found == nil {
			k.t.Fatalf("no case %s", number)
		}
		c = *found
	})
	return c
}

// shown is all of a case but its decisions, for comparison.
func (k *court) shown(number string) string {
	k.t.Helper()
	c := k.get(number)
	c.Decisions = nil
	return text(k.t, c)
}

// state is a case in short: stage, holds, open errors.
func (k *court) state(number string) string {
	k.t.Helper()
	c := k.get(number)
	out := string(c.Stage)
	for _, h := range c.Holds {
		out += " " + string(h)
	}
	for _, f := range c.points() {
		if f.Severity == "error" && f.State != "waived" {
			out += " !" + f.Code
			if f.State != "open" {
				out += "(" + f.State + ")"
			}
		}
	}
	return out
}

func (k *court) want(number, state string) {
	k.t.Helper()
	if got := k.state(number); got != state {
		k.t.Errorf("%s is %s, want %s", number, got, state)
	}
}

// letters are those of a template that may still leave, as `to: words`.
func (k *court) letters(template string) []string {
	k.t.Helper()
	var out []string
	k.look(func(s *Sitting) {
		for _, u := range s.OpenLetters() {
			if u.Letter.Template != template {
				continue
			}
			words, err := Words(u.Letter)
			if err != nil {
				k.t.Fatal(err)
			}
			out = append(out, u.Letter.To+" ["+u.Fate.Hold+"] "+words.Subject+"\n"+words.Text)
		}
	})
	return out
}

func (k *court) rows(kind string) []Row {
	k.t.Helper()
	var out []Row
	k.look(func(s *Sitting) {
		for _, r := range s.OpenRows() {
			if r.Kind == kind {
				out = append(out, r)
			}
		}
	})
	return out
}

// settle gives every letter of a template the state of one that left.
func (k *court) sent(template string) {
	k.t.Helper()
	k.sit(func(s *Sitting) {
		for _, u := range s.OpenLetters() {
			if u.Letter.Template == template {
				f, ok := outbox.Release(u.Fate, k.now, true)
				if !ok {
					k.t.Fatalf("%s is not held", u.Letter.Key)
				}
				s.Settle(f)
			}
		}
	})
	for _, state := range []outbox.State{outbox.Sending, outbox.Sent} {
		k.sit(func(s *Sitting) {
			for _, u := range s.OpenLetters() {
				if u.Letter.Template == template {
					f := u.Fate
					f.State, f.At, f.Dialled = state, k.now, true
					s.Settle(f)
				}
			}
		})
	}
}

func same(t *testing.T, what, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	var a, b map[string]json.RawMessage
	if json.Unmarshal([]byte(got), &a) != nil || json.Unmarshal([]byte(want), &b) != nil {
		t.Errorf("%s:\n got %s\nwant %s", what, got, want)
		return
	}
	for key := range b {
		if string(a[key]) != string(b[key]) {
			t.Errorf("%s: %s is\n%s\nwant\n%s", what, key, a[key], b[key])
		}
	}
	for key := range a {
		if _, ok := b[key]; !ok {
			t.Errorf("%s: %s is new: %s", what, key, a[key])
		}
	}
}
