package review

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/outbox"
	"anli/parser/score"
)

// house is a ledger in a folder of its own with a call, a roster and cases; a
// test plays what happens to it by its own clock.
type house struct {
	t   *testing.T
	l   *ledger.Ledger
	now time.Time
	n   int // mails so far
}

// Three cases, three experts of the panel, and one who may join.
const (
	jia, yi, bing, ding = "jia@a.example", "yi@b.example", "bing@c.example", "ding@d.example"
	case1, case2, case3 = "AL2024-0001", "AL2024-0002", "AL2024-0003"
)

func zoned(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, intake.Zone())
	if err != nil {
		panic(err)
	}
	return t
}

func settings() intake.Settings {
	s := intake.Settings{
		Call:    intake.Call{ID: "2024", Title: "广东省电子商务优秀案例", Prefix: "AL", Deadline: zoned("2024-10-30 23:59"), Cities: []string{"佛山市", "东莞市"}},
		Mailbox: intake.MailboxRules{Address: "anli@gd.example", Live: true, MaxMail: 50},
		Letters: map[string]string{"answer": "send", "expert": "send"},
		Review: intake.ReviewRules{Criteria: []intake.Criterion{{Name: "技术性与创新性", Max: 30}, {Name: "效益性", Max: 25}, {Name: "示范性", Max: 20}},
			Ties: []string{"技术性与创新性"}, Minimum: 1, Remind: 3, Reminds: 2, RemindAt: "09:30"},
	}
	s.People.Staff = []intake.Person{{Name: "张伟", Addresses: []string{"zhang.wei@gd.example"}}}
	s.People.Experts = []intake.Expert{{Name: "甲", Addresses: []string{jia, "jia.2@a.example"}}, {Name: "乙", Addresses: []string{yi}}, {Name: "丙", Addresses: []string{bing}}}
	return s
}

// newHouse has the cases found eligible; the panel has not begun.
func newHouse(t *testing.T, change func(*intake.Settings)) *house {
	t.Helper()
	l, err := ledger.Open(t.TempDir(), func(tx *ledger.Tx, e ledger.Entry) error {
		if err := intake.Fold(tx, e); err != nil {
			return err
		}
		return Fold(tx, e)
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	h := &house{t: t, l: l, now: zoned("2024-11-04 09:00")} // a Monday
	s := settings()
	if change != nil {
		change(&s)
	}
	h.configure(s)
	c := intake.Change{Desk: &intake.DeskState{Live: true}}
	for i, number := range []string{case1, case2, case3} {
		c.Cases = append(c.Cases, intake.Case{Number: number, City: "佛山市", Unit: fmt.Sprintf("佛山市第%d陶瓷有限公司", i+1), Case: fmt.Sprintf("案例%d", i+1), Stage: intake.StageEligible})
	}
	h.record(c)
	return h
}

func (h *house) record(c intake.Change) {
	h.t.Helper()
	err := h.l.Update(func(tx *ledger.Tx) error {
		_, err := tx.Append(h.now, "test", "", 1, c)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) configure(s intake.Settings) {
	h.t.Helper()
	var c *intake.Change
	if err := h.l.View(func(tx *ledger.Tx) (err error) { c, err = intake.Configured(tx, s); return err }); err != nil {
		h.t.Fatal(err)
	}
	if c != nil {
		h.record(*c)
	}
}

// view looks at the ledger as it stands.
func (h *house) view(look func(*Bench)) {
	h.t.Helper()
	err := h.l.View(func(tx *ledger.Tx) error {
		b := h.sit(tx)
		look(b)
		_, err := b.Result()
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) sit(tx *ledger.Tx) *Bench {
	s, err := intake.Sit(tx, h.now, intake.House{Key: []byte("k"), From: "anli@gd.example", Domain: "gd.example"})
	if err != nil {
		h.t.Fatal(err)
	}
	b, err := Sit(tx, s)
	if err != nil {
		h.t.Fatal(err)
	}
	return b
}

// do decides and records.
func (h *house) do(decide func(*Bench)) {
	h.t.Helper()
	var r intake.Result
	err := h.l.View(func(tx *ledger.Tx) (err error) {
		b := h.sit(tx)
		decide(b)
		r, err = b.Result()
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	h.record(r.Change)
}

// start begins the panel and does what is due, so that the requests are on their way.
func (h *house) start() {
	h.t.Helper()
	h.begin()
	h.send()
}

// begin starts the review; its letters wait.
func (h *house) begin() {
	h.t.Helper()
	h.do(func(b *Bench) {
		p := b.Propose()
		if len(p.Problems) > 0 {
			h.t.Fatal(p.Problems)
		}
		b.Start(p)
	})
	h.due()
}

// due does what is due by now, each at its own time, and tells what it was.
func (h *house) due() (done []string) {
	h.t.Helper()
	now := h.now
	defer func() { h.now = now }()
	for range 50 {
		j, ok := h.next()
		if !ok || j.At.After(now) {
			return done
		}
		h.now = j.At
		h.do(func(b *Bench) {
			if !b.Do(j.Key) {
				h.t.Fatalf("nothing does %s", j.Key)
			}
		})
		done = append(done, h.now.Format("01-02 15:04 ")+j.Key)
	}
	h.t.Fatalf("what is due has no end: %v", done)
	return nil
}

// next is what is due first, now or later.
func (h *house) next() (j Job, ok bool) {
	h.t.Helper()
	err := h.l.View(func(tx *ledger.Tx) error {
		s, err := intake.InForce(tx)
		if err != nil {
			return err
		}
		jobs, err := Jobs(tx, s)
		if ok = len(jobs) > 0; ok {
			j = jobs[0]
		}
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return j, ok
}

// to moves the clock, doing what falls due and sending what waits on the way.
func (h *house) to(day string) (done []string) {
	h.t.Helper()
	end := zoned(day)
	for {
		j, ok := h.next()
		if !ok || j.At.After(end) {
			h.now = end
			return done
		}
		if j.At.After(h.now) {
			h.now = j.At
		}
		done = append(done, h.due()...)
		h.send()
	}
}

// send lets all that waits leave.
func (h *house) send() {
	h.t.Helper()
	for _, state := range []outbox.State{outbox.Sending, outbox.Sent} {
		var c outbox.Changes
		h.open(func(u outbox.Unfinished) {
			if u.Fate.State == outbox.Waiting || u.Fate.State == outbox.Sending {
				c.Fates = append(c.Fates, outbox.Fate{Key: u.Letter.Key, State: state, At: h.now})
			}
		})
		if !c.Empty() {
			h.record(intake.Change{Out: &c})
		}
	}
}

// refuse is what the server does with a letter that it will not take.
func (h *house) refuse(key string) {
	h.t.Helper()
	for _, state := range []outbox.State{outbox.Sending, outbox.Failed} {
		h.record(intake.Change{Out: &outbox.Changes{Fates: []outbox.Fate{{Key: key, State: state, At: h.now, Detail: "550 no such user"}}}})
	}
}

func (h *house) open(look func(outbox.Unfinished)) {
	h.t.Helper()
	h.view(func(b *Bench) {
		for _, u := range b.OpenLetters() {
			look(u)
		}
	})
}

// letters are the keys of all letters whose key begins with prefix, with their states.
func (h *house) letters(prefix string) (out []string) {
	h.t.Helper()
	err := h.l.View(func(tx *ledger.Tx) error {
		return outbox.Letters.Each(tx, prefix, func(key string, _ outbox.Letter) error {
			f, _, err := outbox.Fates.Get(tx, key)
			out = append(out, key+" "+string(f.State))
			return err
		})
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}

// body reads what a letter was filled with.
func (h *house) body(key string, v any) {
	h.t.Helper()
	err := h.l.View(func(tx *ledger.Tx) error {
		l, ok, err := outbox.Letters.Get(tx, key)
		if err != nil || !ok {
			h.t.Fatalf("no letter %s: %v", key, err)
		}
		return intake.Body(l, v)
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

// rows are the texts of all rows that wait for staff.
func (h *house) rows() (out []string) {
	h.t.Helper()
	h.view(func(b *Bench) {
		for _, r := range b.OpenRows() {
			out = append(out, r.Text)
		}
	})
	return out
}

// sha names the nth mail.
func (h *house) sha(n int) string {
	sum := sha256.Sum256([]byte(fmt.Sprint("mail ", n)))
	return hex.EncodeToString(sum[:])
}

// mail lets an expert write; proved says that he answers a letter of ours. It
// gives the mail's number.
func (h *house) mail(from string, proved bool, text string) int {
	h.t.Helper()
	return h.answer(from, proved, "", written(text))
}

// confirm is a reply to the echo of a mail, or to the question whether it is his.
func (h *house) confirm(from string, of int, text string) int {
	h.t.Helper()
	return h.answer(from, true, h.sha(of), written(text))
}

func (h *house) answer(from string, proved bool, echo string, a score.Answer) int {
	h.t.Helper()
	h.n++
	h.now = h.now.Add(time.Minute)
	h.take(h.n, h.now, from, proved, echo, a)
	return h.n
}

// take takes in the nth mail as it arrived then.
func (h *house) take(n int, arrival time.Time, from string, proved bool, echo string, a score.Answer) {
	h.t.Helper()
	h.do(func(b *Bench) {
		m := b.Record(intake.Mail{SHA256: h.sha(n), MessageID: fmt.Sprintf("%d@mail.example", n), From: from, Arrival: arrival})
		s := b.MemberOf(from)
		if s == nil {
			h.t.Fatalf("%s is no member", from)
		}
		in := Incoming{Mail: m, Member: s, Answer: a, Proved: proved}
		if echo != "" {
			in.Confirms = echo
		}
		b.Answer(in)
	})
}

// stranger sends scores in an expert's name.
func (h *house) stranger(name, text string) int {
	h.t.Helper()
	h.n++
	h.now = h.now.Add(time.Minute)
	h.do(func(b *Bench) {
		m := b.Record(intake.Mail{SHA256: h.sha(h.n), From: "assistant@x.example", Arrival: h.now})
		b.Claimed(m, b.MemberNamed(name), written(text), text)
	})
	return h.n
}
