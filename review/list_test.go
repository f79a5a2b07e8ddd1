package review_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/outbox"
	"anli/review"
)

// office is a ledger in a folder of its own whose review is closed; a test plays
// what staff and others do then, by its own clock.
type office struct {
	t    *testing.T
	l    *ledger.Ledger
	now  time.Time
	mark int        // of mails and orders
	tx   *ledger.Tx // while look looks
}

const (
	wei = "zhang.wei@gd.example"
	na  = "li.na@gd.example"
)

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, intake.Zone())
	if err != nil {
		panic(err)
	}
	return t
}

func rules() intake.Settings {
	s := intake.Settings{
		Call: intake.Call{ID: "2024", Title: "广东省电子商务优秀案例", Document: "粤商务电函〔2024〕143号", Prefix: "AL", Deadline: at("2024-10-30 23:59"), Logos: 1, Photos: 3, Promos: 3,
			Cities: []string{"广州市", "佛山市", "东莞市"}, Fields: []string{"电子商务园区", "电子商务企业", "电商平台"}},
		Office:  intake.Office{Division: "广东省商务厅电子商务处（案例征集工作邮箱）", Contact: "某某", Phone: "020-38000000", Address: "广州市某路1号", Supervision: "020-38000001"},
		Mailbox: intake.MailboxRules{Address: "anli@gd.example", Live: true, MaxMail: 50},
		Letters: map[string]string{"answer": "send", "objection": "approve", "result": "approve"},
		Timing:  intake.Timing{Morning: "08:30"},
		Review: intake.ReviewRules{Criteria: []intake.Criterion{{Name: "技术性与创新性", Max: 30}, {Name: "效益性", Max: 70}},
			Ties: []string{"技术性与创新性"}, Minimum: 1},
	}
	s.Calendar.Holidays = []string{"2024-11-29"}
	s.People.Staff = []intake.Person{{Name: "张伟", Addresses: []string{wei}}, {Name: "李娜", Addresses: []string{na}}}
	s.People.Bureaus = []intake.Bureau{{City: "广州市", Addresses: []string{"gz@gz.example"}}, {City: "佛山市", Addresses: []string{"fs@fs.example"}}}
	return s
}

// entrant is a case with the total that its one expert gave it; less than 0: none.
type entrant struct {
	n     int
	city  string
	unit  string
	field string
	total int
}

func code(n int) string { return fmt.Sprintf("AL2024-%04d", n) }

// six: the third and the fourth are equal.
var six = []entrant{
	{1, "广州市", "中山电商有限公司", "电商平台", 95},
	{2, "佛山市", "佛山陶瓷有限公司", "电子商务企业", 90},
	{3, "佛山市", "阿里山茶业有限公司", "电商平台", 80},
	{4, "广州市", "广州百货有限公司", "电子商务企业", 80},
	{5, "东莞市", "东莞电商产业园", "电子商务园区", 70},
	{6, "广州市", "广州未评有限公司", "电商平台", -1},
}

// newOffice has a closed review of cases on 20 November 2024, a Wednesday.
func newOffice(t *testing.T, entrants []entrant, change func(*intake.Settings)) *office {
	t.Helper()
	l, err := ledger.Open(t.TempDir(), func(tx *ledger.Tx, e ledger.Entry) error {
		if err := intake.Fold(tx, e); err != nil {
			return err
		}
		return review.Fold(tx, e)
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	o := &office{t: t, l: l, now: at("2024-11-20 10:00")}
	s := rules()
	if change != nil {
		change(&s)
	}
	var c *intake.Change
	if err := l.View(func(tx *ledger.Tx) (err error) { c, err = intake.Configured(tx, s); return err }); err != nil {
		t.Fatal(err)
	}
	o.record(*c)
	judged := intake.Change{Desk: &intake.DeskState{Live: true}}
	rule := review.RuleOf(s.Review)
	panel := review.Panel{Phase: review.PhaseClosed, Rule: rule, Hash: rule.Hash(), Started: at("2024-11-06 09:00"), Closed: o.now}
	member := review.Member{Expert: "jia@a.example", Name: "甲", Addresses: []string{"jia@a.example"}, State: review.MemberAccepted}
	var scorings []review.Scoring
	for _, e := range entrants {
		n := code(e.n)
		judged.Cases = append(judged.Cases, intake.Case{Number: n, City: e.city, Unit: e.unit, Case: fmt.Sprintf("案例%d", e.n), Categories: []string{e.field},
			Stage: intake.StageReviewed, Package: "frozen", Holds: []intake.Hold{}, Findings: []intake.Finding{}})
		panel.Cases = append(panel.Cases, n)
		if e.total >= 0 {
			at := func(v int) review.Cell { return review.Cell{Value: v * 100} }
			scorings = append(scorings, review.Scoring{Expert: member.Expert, Number: n, Cells: map[string]review.Cell{"技术性与创新性": at(25), "效益性": at(e.total - 25)}})
		}
	}
	member.Batches = []review.Batch{{N: 1, Cases: panel.Cases}}
	raw, err := json.Marshal(review.Change{Panel: &panel, Members: []review.Member{member}, Scorings: scorings})
	if err != nil {
		t.Fatal(err)
	}
	judged.Review = raw
	o.record(judged)
	return o
}

// pictured gives the cases their pictures, which takes its time.
func (o *office) pictured() *office {
	o.t.Helper()
	o.do(func(b *review.Bench) {
		for i, c := range b.Cases("") {
			c.Files = o.files(i + 1)
			b.Touch(c)
		}
	})
	return o
}

// files are a case's pictures, stored; the second case lacks a photo.
func (o *office) files(n int) []intake.File {
	var out []intake.File
	add := func(path string, role intake.Role) {
		data := []byte(fmt.Sprintf("%s of case %d", path, n))
		sha, err := o.l.Blobs().PutBytes(data)
		if err != nil {
			o.t.Fatal(err)
		}
		out = append(out, intake.File{Path: path, Role: role, Bytes: int64(len(data)), SHA256: sha})
	}
	add("标识.PNG", intake.RoleLogo)
	for i, name := range []string{"照片/10.jpg", "照片/9.jpg", "照片/11.JPG"} {
		if n != 2 || i > 0 {
			add(name, intake.RolePhoto)
		}
	}
	for _, name := range []string{"宣传1.jpg", "宣传2.jpg", "宣传3.png"} {
		add(name, intake.RolePromo)
	}
	add("申报表.docx", intake.RoleFormText)
	return out
}

func (o *office) record(c intake.Change) {
	o.t.Helper()
	o.watch(c)
	err := o.l.Update(func(tx *ledger.Tx) error {
		_, err := tx.Append(o.now, "test", "", 1, c)
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
}

// moves are the only ways of a stage after the close of the review. Back to where
// it was leads only the correction of an objection's end.
var moves = map[intake.Stage][]intake.Stage{
	"":                      {intake.StageReviewed},
	intake.StageReviewed:    {intake.StagePublicised, intake.StageNotSelected},
	intake.StagePublicised:  {intake.StageAwarded, intake.StageNotSelected},
	intake.StageNotSelected: {intake.StageReviewed, intake.StagePublicised},
}

// watch fails the test where a stage moves otherwise, or a hold says what is not so.
func (o *office) watch(c intake.Change) {
	o.t.Helper()
	for _, fresh := range c.Cases {
		var was intake.Case
		if err := o.l.View(func(tx *ledger.Tx) (err error) {
			was, _, err = intake.NewTables().Cases.Get(tx, fresh.Number)
			return err
		}); err != nil {
			o.t.Fatal(err)
		}
		if was.Stage != fresh.Stage && !slices.Contains(moves[was.Stage], fresh.Stage) {
			o.t.Errorf("%s moves from %q to %q", fresh.Number, was.Stage, fresh.Stage)
		}
		if len(fresh.Holds) > 1 {
			o.t.Errorf("%s is held by %v", fresh.Number, fresh.Holds)
		}
	}
}

// read reads a blob.
func (o *office) read(sha string) ([]byte, error) {
	f, err := o.l.Blobs().Open(sha)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func (o *office) sit(tx *ledger.Tx) *review.Bench {
	s, err := intake.Sit(tx, o.now, intake.House{Key: []byte("k"), From: "anli@gd.example", Domain: "gd.example", Blob: o.read, Size: o.l.Blobs().Size})
	if err != nil {
		o.t.Fatal(err)
	}
	b, err := review.Sit(tx, s)
	if err != nil {
		o.t.Fatal(err)
	}
	return b
}

// do decides, stores what is to be stored, and records.
func (o *office) do(decide func(*review.Bench)) {
	o.t.Helper()
	var r intake.Result
	err := o.l.View(func(tx *ledger.Tx) (err error) {
		b := o.sit(tx)
		decide(b)
		r, err = b.Result()
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	for _, raw := range r.Blobs {
		if _, err := o.l.Blobs().PutBytes(raw); err != nil {
			o.t.Fatal(err)
		}
	}
	if raw, err := json.Marshal(r.Change); err != nil || string(raw) != "{}" { // what was refused leaves no trace
		o.record(r.Change)
	}
}

func (o *office) look(look func(*review.Bench)) {
	o.t.Helper()
	if err := o.l.View(func(tx *ledger.Tx) error { o.tx = tx; look(o.sit(tx)); return nil }); err != nil {
		o.t.Fatal(err)
	}
}

// order names the mail of an order: each has its own.
func (o *office) order() string {
	o.mark++
	sum := sha256.Sum256([]byte(fmt.Sprint("mail ", o.mark)))
	return hex.EncodeToString(sum[:])
}

// said is what came of an order: ok and what the transcript shows.
func (o *office) said(order func(b *review.Bench) (bool, string)) (text string) {
	o.t.Helper()
	o.do(func(b *review.Bench) {
		ok, said := order(b)
		text = said
		if !ok {
			text = "✗ " + said
		}
	})
	return text
}

func (o *office) selects(places int, numbers ...string) string {
	o.t.Helper()
	return o.said(func(b *review.Bench) (bool, string) {
		return b.Select(places, numbers, "会议纪要〔2024〕12号", wei, o.order())
	})
}

func (o *office) publicises() string {
	o.t.Helper()
	return o.said(func(b *review.Bench) (bool, string) { why := b.Publicise(wei, o.order()); return why == "", why })
}

func (o *office) awards() string {
	o.t.Helper()
	return o.said(func(b *review.Bench) (bool, string) { why := b.Award(wei, o.order()); return why == "", why })
}

func (o *office) keeps(f review.Filing) string {
	o.t.Helper()
	f.By, f.Mail = wei, o.order()
	return o.said(func(b *review.Bench) (bool, string) { return b.File(f) })
}

func (o *office) concludes(by, id string, end review.ObjectionWord, reason string) string {
	o.t.Helper()
	return o.said(func(b *review.Bench) (bool, string) { return b.Conclude(id, end, reason, by, o.order()) })
}

// writes lets somebody write while the list is public; it gives the mail's SHA-256.
func (o *office) writes(from, name, text string) (sha string, taken bool) {
	o.t.Helper()
	sha = o.order()
	o.do(func(b *review.Bench) {
		m := b.Record(intake.Mail{SHA256: sha, MessageID: sha[:8] + "@mail.example", From: from, Name: name, Subject: "来信", Fresh: text, Arrival: o.now})
		taken = b.TakeObjection(m, text, nil)
	})
	return sha, taken
}

// to moves the clock, doing what falls due on the way, each at its time.
func (o *office) to(day string) (done []string) {
	o.t.Helper()
	end := at(day)
	for range 100 {
		var jobs []review.Job
		err := o.l.View(func(tx *ledger.Tx) error {
			s, err := intake.InForce(tx)
			if err == nil {
				jobs, err = review.Jobs(tx, s)
			}
			return err
		})
		if err != nil {
			o.t.Fatal(err)
		}
		slices.SortStableFunc(jobs, func(a, b review.Job) int { return a.At.Compare(b.At) })
		if len(jobs) == 0 || jobs[0].At.After(end) {
			o.now = end
			return done
		}
		o.now = jobs[0].At
		o.do(func(b *review.Bench) {
			if !b.Do(jobs[0].Key) {
				o.t.Fatalf("nothing does %s", jobs[0].Key)
			}
		})
		done = append(done, o.now.Format("01-02 15:04 ")+jobs[0].Key)
	}
	o.t.Fatalf("what is due has no end: %v", done)
	return nil
}

// stages are how the cases stand, by number, with ! where one is held.
func (o *office) stages() string {
	o.t.Helper()
	var out []string
	o.look(func(b *review.Bench) {
		for _, c := range b.Cases("") {
			held := ""
			if c.Has(intake.HoldObjection) {
				held = "!"
			}
			out = append(out, string(c.Stage)+held)
		}
	})
	return strings.Join(out, " ")
}

// rows are the rows that wait for staff, by id, urgent ones marked.
func (o *office) rows() []string {
	o.t.Helper()
	var out []string
	o.look(func(b *review.Bench) {
		for _, r := range b.OpenRows() {
			if r.Urgent {
				r.ID += " urgent"
			}
			out = append(out, r.ID)
		}
	})
	return out
}

// letters are those whose key begins so.
func (o *office) letters(prefix string) []outbox.Letter {
	o.t.Helper()
	var out []outbox.Letter
	if err := o.l.View(func(tx *ledger.Tx) (err error) { out, err = outbox.Letters.List(tx, prefix); return err }); err != nil {
		o.t.Fatal(err)
	}
	return out
}

// raw are a letter's bytes.
func (o *office) raw(l outbox.Letter) []byte {
	o.t.Helper()
	data, err := o.read(l.Bytes)
	if err != nil {
		o.t.Fatal(err)
	}
	return data
}

// is compares what came with what was wanted.
func (o *office) is(what string, got, want any) {
	o.t.Helper()
	if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
		o.t.Errorf("%s:\n got %s\nwant %s", what, g, w)
	}
}

// does fails the test where an order was refused.
func (o *office) does(what, said string) {
	o.t.Helper()
	if strings.HasPrefix(said, "✗") {
		o.t.Errorf("%s: %s", what, said)
	}
}
