package main

import (
	"encoding/json"
	"testing"
	"time"

	"anli/cmd/anli/bot"
	"anli/intake"
	"anli/intake/ledger"
)

// TestUnhandled: status lists what waits for a person, the rows of the staff
// letter; what that letter only tells, and other business, is nobody's task.
func TestUnhandled(t *testing.T) {
	l, err := ledger.Open(t.TempDir(), bot.Fold)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	at := time.Date(2024, 10, 14, 9, 0, 0, 0, intake.Zone())
	mail := func(sha string, m intake.Mail) *intake.Mail {
		m.SHA256, m.From, m.Arrival = sha, sha+"@x.example", at
		return &m
	}
	changes := []intake.Change{
		{Mail: mail("other", intake.Mail{Mention: true, Reason: "与本次征集无关"})},
		{Mail: mail("unknown", intake.Mail{Unhandled: true, Reason: "sender-unknown"}), Rows: []intake.Row{{ID: "unknown/1", Kind: "unknown", At: at, Mail: "unknown", Text: "x"}}},
		{Mail: mail("away", intake.Mail{}), Rows: []intake.Row{{ID: "absence/1", Kind: "absence", At: at, Mail: "away", Text: "x"}}},
		{Rows: []intake.Row{{ID: "bounce/1", Kind: "bounce", At: at.Add(time.Hour), Text: "被退回"}, {ID: "done", At: at, Text: "x", Done: "无关"}}},
	}
	var got statusOut
	err = l.Update(func(tx *ledger.Tx) error {
		for _, c := range changes {
			if _, err := tx.Append(at, "test", "test", 1, c); err != nil {
				return err
			}
		}
		got, err = readStatus(tx)
		return err
	})
	want := []unhandledOut{{From: "unknown@x.example", Reason: "sender-unknown"}, {Reason: "被退回"}}
	a, _ := json.Marshal(got.Unhandled)
	b, _ := json.Marshal(want)
	if err != nil || string(a) != string(b) {
		t.Errorf("%v\n%s\n%s", err, a, b)
	}
}
