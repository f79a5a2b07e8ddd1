package main

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"anli/cmd/anli/bot"
	"anli/intake"
	"anli/intake/ledger"
	"anli/review"
	"anli/templates"
)

const (
	chen = "chen.zhixing@univ.example"
	lin  = "lin.wangshu@inst.example"
	he   = "he.yanqiu@poly.example"
)

// monday is in the middle of the judging.
var monday = time.Date(2024, 11, 4, 10, 0, 0, 0, intake.Zone())

// judged makes a configuration with a ledger that holds a judging: two cases, three
// experts; one has scored both (a case by a fresh mail), one has scored half of one,
// recused the other and was asked back, one has not answered his invitation. do
// works on the ledger before it is closed. It returns the configuration's name.
func judged(t *testing.T, do func(*ledger.Ledger)) (config string) {
	t.Helper()
	path := writeConfig(t, "")
	c, err := readConfig(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(c.KeyFile, []byte("d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(c.Data, bot.Fold)
	if err != nil {
		t.Fatal(err)
	}
	c.Settings.Letters["expert"] = "send"
	c.Settings.People.Experts = []intake.Expert{{Name: "陈知行", Addresses: []string{chen}, Organisation: "岭南某大学"}, {Name: "林望舒", Addresses: []string{lin}}, {Name: "何砚秋", Addresses: []string{he}}}
	enter(t, l, "settings", func(tx *ledger.Tx) (any, error) { return intake.Configured(tx, c.Settings) })
	rule := review.RuleOf(c.Settings.Review)
	enter(t, l, "job", func(*ledger.Tx) (any, error) { return panel(t, l, rule), nil })
	for _, expert := range []string{chen, lin} {
		ask(t, l, expert)
	}
	enter(t, l, "mail", func(*ledger.Tx) (any, error) { return answers(t, rule), nil })
	if do != nil {
		do(l)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func enter(t *testing.T, l *ledger.Ledger, kind string, make func(*ledger.Tx) (any, error)) {
	t.Helper()
	err := l.Update(func(tx *ledger.Tx) error {
		data, err := make(tx)
		if err == nil {
			_, err = tx.Append(monday, kind, "test", 1, data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// panel is the change with which the judging begins.
func panel(t *testing.T, l *ledger.Ledger, rule review.Rule) intake.Change {
	t.Helper()
	photo, err := l.Blobs().PutBytes([]byte("a photo"))
	if err != nil {
		t.Fatal(err)
	}
	form, err := l.Blobs().PutBytes([]byte("a stamped form"))
	if err != nil {
		t.Fatal(err)
	}
	change := review.Change{Panel: &review.Panel{Phase: review.PhaseOpen, Rule: rule, Hash: rule.Hash(), Started: monday, Batch: 1, Cases: []string{"AL2024-0001", "AL2024-0002"}}}
	desk := intake.Change{Desk: &intake.DeskState{Live: true, LiveAt: monday}}
	for i, unit := range []string{"佛山市某陶建材有限公司", "东莞市某玩文化科技有限公司"} {
		number := change.Panel.Cases[i]
		change.Materials = append(change.Materials, review.Material{Number: number, Case: templates.RequestCase{Number: number, Unit: unit, City: unit[:9], Case: "某案例"},
			Files: []review.MaterialFile{{Name: "照片/1.jpg", SHA256: photo, Bytes: 7}}})
		desk.Cases = append(desk.Cases, intake.Case{Number: number, City: unit[:9], Unit: unit, Case: "某案例", Stage: intake.StageInReview, Package: "x", Received: monday,
			Files: []intake.File{{Path: "照片/1.jpg", Role: intake.RolePhoto, SHA256: photo, Bytes: 7}, {Path: "申报表.pdf", Role: intake.RoleFormPDF, SHA256: form, Bytes: 14}}})
	}
	member := func(name, address string, state review.MemberState) review.Member {
		return review.Member{Expert: address, Name: name, Addresses: []string{address}, State: state, Since: monday, Batches: []review.Batch{{N: 1, Cases: change.Panel.Cases}}}
	}
	change.Members = []review.Member{member("陈知行", chen, review.MemberAccepted), member("林望舒", lin, review.MemberAccepted), member("何砚秋", he, review.MemberInvited)}
	if desk.Review, err = json.Marshal(change); err != nil {
		t.Fatal(err)
	}
	return desk
}

// answers is the change with what the experts said.
func answers(t *testing.T, rule review.Rule) intake.Change {
	t.Helper()
	var change review.Change
	cells := func(at time.Time, mail string, unproved bool, values ...int) map[string]review.Cell {
		out := map[string]review.Cell{}
		for i, v := range values {
			out[rule.Criteria[i].Name] = review.Cell{Value: v, Mail: mail, MessageID: mail + "@univ.example", At: at, Unproved: unproved}
		}
		return out
	}
	change.Scorings = []review.Scoring{
		{Expert: chen, Number: "AL2024-0001", Cells: cells(monday, "a", false, 2700, 2200, 1800, 850, 900), Comment: "基础扎实 <创新>"},
		{Expert: chen, Number: "AL2024-0002", Cells: cells(monday.Add(time.Hour), "b", true, 2525, 2000, 1700, 1200, 800)},
		{Expert: lin, Number: "AL2024-0001", Cells: cells(monday, "c", false, 2600, 2100)},
		{Expert: lin, Number: "AL2024-0002", Recused: true, Reason: "曾任该公司顾问"},
	}
	change.Queries = []review.Query{{ID: "q1", Expert: lin, Number: "AL2024-0001", Words: "示范性17到18", Reason: "range", Mail: "c", At: monday}}
	raw, err := json.Marshal(change)
	if err != nil {
		t.Fatal(err)
	}
	return intake.Change{Review: raw}
}

// ask lets the request to an expert be written.
func ask(t *testing.T, l *ledger.Ledger, expert string) {
	t.Helper()
	var blobs map[string][]byte
	enter(t, l, "job", func(tx *ledger.Tx) (any, error) {
		s, err := intake.Sit(tx, monday, intake.House{Key: make([]byte, keyLength), Domain: "gd.example"})
		if err != nil {
			return nil, err
		}
		b, err := review.Sit(tx, s)
		if err != nil {
			return nil, err
		}
		b.Request(expert, 1)
		r, err := b.Result()
		blobs = r.Blobs
		return r.Change, err
	})
	for _, raw := range blobs {
		if _, err := l.Blobs().PutBytes(raw); err != nil {
			t.Fatal(err)
		}
	}
}
