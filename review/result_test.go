package review

import (
	"encoding/json"
	"strings"
	"testing"

	"anli/intake"
	"anli/intake/ledger"
	"anli/templates"
)

// What the operator exports is what was recorded: the newest mail of each scoring,
// points as people write them, recusals and questions beside.
func TestRecord(t *testing.T) {
	h := newHouse(t, nil)
	h.start()
	h.mail(jia, true, "0001 27 22.5 18")
	h.mail(jia, true, "0001 - 20；0002 回避")
	h.mail(yi, false, "0003 1 - 2 评语一般")
	h.mail(bing, true, "0009 1 1 1")
	var got Record
	err := h.l.View(func(tx *ledger.Tx) (err error) { got, err = ReadRecord(tx); return err })
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"scores":[` +
		`{"expert":"jia@a.example","number":"AL2024-0001","scores":{"技术性与创新性":27,"效益性":20,"示范性":18},"comment":"","message_id":"2@mail.example","at":"2024-11-04T09:02:00+08:00","unproved":false},` +
		`{"expert":"yi@b.example","number":"AL2024-0003","scores":{"技术性与创新性":1,"示范性":2},"comment":"评语一般","message_id":"3@mail.example","at":"2024-11-04T09:03:00+08:00","unproved":true}],` +
		`"recusals":[{"expert":"jia@a.example","number":"AL2024-0002","reason":"有合作"}],` +
		`"queries":[{"expert":"bing@c.example","number":"AL2024-0009","text":"1、1、1","reason":"unassigned"}]}`
	if string(b) != want {
		t.Errorf("\n%s\nwant\n%s", b, want)
	}
}

// The ranking counts what is whole, proved and not set aside, and says of the rest
// why; two experts of one name are told apart.
func TestOutcome(t *testing.T) {
	h := newHouse(t, func(s *intake.Settings) {
		s.Review.Minimum = 2
		s.People.Experts[1].Name = "甲"
		s.People.Experts[1].Organisation = "某大学"
	})
	h.start()
	h.mail(jia, true, "0001 27 22 18；0002 20 20；0003 10 10 10")
	h.mail(yi, true, "0001 26 21 17；0002 25 20 15；0003 回避")
	h.mail(bing, false, "0001 1 1 1；0002 25 20 15；0003 10 10 10")
	h.do(func(b *Bench) { b.Void(bing, []string{case1}, "有合作", "m") })
	var o Outcome
	h.do(func(b *Bench) { b.Close() })
	h.view(func(b *Bench) { o = b.Outcome() })
	if len(o.Ranking.Rows) != 1 || o.Ranking.Rows[0].Number != case1 || o.Ranking.Rows[0].Average != 6550 || o.Ranking.Rows[0].Sum != 13100 || len(o.Ranking.Unranked) != 2 {
		t.Errorf("%+v", o.Ranking)
	}
	why := map[string]string{}
	for _, r := range append(o.Ranking.Rows, o.Ranking.Unranked...) {
		for _, s := range r.Scores {
			why[r.Number+" "+s.Expert] = s.Why
		}
	}
	for at, want := range map[string]string{
		case1 + " 甲（jia@a.example）": "", case1 + " 甲（yi@b.example）": "", case1 + " 丙": WhyVoid,
		case2 + " 甲（jia@a.example）": WhyIncomplete, case2 + " 丙": WhyUnproved, case3 + " 甲（yi@b.example）": WhyRecused,
	} {
		if got, ok := why[at]; !ok || got != want {
			t.Errorf("%s: %q, want %q (%v)", at, got, want, ok)
		}
	}
	for _, c := range o.Confirmations {
		if len(c.Rows) != 3 || (c.Organisation != "") != (c.Rows[2].Why == templates.WhyRecused) {
			t.Errorf("the sheet of %s %s: %+v", c.Expert, c.Organisation, c.Rows)
		}
	}
}

// Progress for staff is counts.
func TestProgressLines(t *testing.T) {
	h := newHouse(t, func(s *intake.Settings) { s.Review.Invite = true })
	h.start()
	h.mail(jia, true, "0001 27 22 18；0002 回避")
	h.mail(yi, false, "0001 27 22 18")
	h.want("lines", strings.Join(func() (l []string) { h.view(func(b *Bench) { l = b.Lines() }); return l }(), "\n"), strings.Join([]string{
		"案例3个，专家3位，应评8份，已评2份",
		"丙：应评3个，已评0个，尚未答复邀请",
		"乙：应评3个，已评1个，其中1个待其确认，2个的信件尚未发出",
		"甲：应评3个，已评1个，回避1个，1个的信件尚未发出"}, "\n"))
}
