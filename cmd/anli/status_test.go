package main

import (
	"bytes"
	"encoding/json"
	"strings"
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

// TestStatusOfJudging: counts of every expert, and no score.
func TestStatusOfJudging(t *testing.T) {
	config := judged(t, nil)
	code, stdout, stderr := run(t, "status", "--json", "--config", config)
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	var out struct {
		Cases     []map[string]any  `json:"cases"`
		Experts   []json.RawMessage `json:"experts"`
		Unhandled []any             `json:"unhandled"`
	}
	d := json.NewDecoder(strings.NewReader(stdout))
	d.DisallowUnknownFields()
	if err := d.Decode(&out); err != nil || len(out.Cases) != 2 || out.Cases[0]["stage"] != "in-review" || out.Unhandled == nil {
		t.Errorf("%v\n%s", err, stdout)
	}
	want := []string{
		`{"name":"何砚秋","email":"he.yanqiu@poly.example","assigned":2,"scored":0,"recused":0}`,
		`{"name":"林望舒","email":"lin.wangshu@inst.example","assigned":2,"scored":0,"recused":1}`,
		`{"name":"陈知行","email":"chen.zhixing@univ.example","assigned":2,"scored":2,"recused":0}`,
	}
	for i, raw := range out.Experts {
		var text bytes.Buffer
		if err := json.Compact(&text, raw); err != nil || len(out.Experts) != len(want) || text.String() != want[i] {
			t.Errorf("%s, want %s; %v", text.String(), want[i], err)
		}
	}
	code, table, stderr := run(t, "status", "--config", config)
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	for _, line := range []string{"专家评审（3位）", "林望舒  lin.wangshu@inst.example   评审中  2     0     1     1", "何砚秋  he.yanqiu@poly.example     已邀请  2     0     0     2"} {
		if !strings.Contains(table, line) {
			t.Errorf("no line %q in\n%s", line, table)
		}
	}
	if strings.Contains(stdout+table, "25.25") || strings.Contains(stdout+table, "8.5") {
		t.Error("status shows a score")
	}
}
