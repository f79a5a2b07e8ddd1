package review_test

import (
	"fmt"
	"strings"
	"testing"

	"anli/intake"
	"anli/intake/outbox"
	"anli/review"
	"anli/templates"
)

// public is an office whose list of four is public.
func public(t *testing.T, change func(*intake.Settings)) *office {
	t.Helper()
	o := newOffice(t, six, change)
	o.selects(4)
	o.publicises()
	return o
}

func TestObjectionByMail(t *testing.T) {
	o := public(t, nil)
	o.now = at("2024-11-22 15:30")
	sha, taken := o.writes("qiu@mail.example", "仇某", "我对佛山陶瓷有限公司入选有异议，该公司数据造假。")
	o.is("taken", taken, true)
	o.is("rows", o.rows(), []string{"objects/" + sha + " urgent"})
	o.look(func(b *review.Bench) {
		r, _ := b.Row("objects/" + sha)
		o.is("replies", r.Replies, []string{"登记异议 AL2024-0002", "无关"})
		if !strings.Contains(r.Text, "仇某") || !strings.Contains(r.Text, "数据造假") {
			t.Error(r.Text)
		}
	})
	o.is("认定 while it waits", strings.HasPrefix(o.awards(), "✗"), true)

	o.is("登记异议", o.keeps(review.Filing{Original: sha}), // the one case that the mail names
		"已登记为YY2024-001（AL2024-0002（佛山陶瓷有限公司）），应于12月9日前办结。给异议人的回执待贵处放行。") // ten working days, without the 29th
	o.is("stages", o.stages(), "publicised publicised! publicised publicised reviewed reviewed")
	o.is("rows", o.rows(), []string{"objection/YY2024-001"})
	o.is("登记异议 again", o.keeps(review.Filing{Cases: []string{code(2)}, Original: sha}), "✗ 该来信对AL2024-0002的异议已登记为YY2024-001，未登记。")
	o.look(func(b *review.Bench) {
		m, _ := b.Mail(sha)
		o.is("the mail waits for people", m.Unhandled, false)
		o.is("the mail is of the case", len(m.Cases), 0) // else the objector stood in the case's file
	})
	ack := o.letters("objection/")
	o.is("acknowledgements", len(ack), 1)
	o.is("to", ack[0].To, "qiu@mail.example")
	o.is("held", ack[0].Hold, outbox.HoldApprove)
	o.is("cases", len(ack[0].Cases), 0)
	var d templates.Objection
	if err := intake.Body(ack[0], &d); err != nil {
		t.Fatal(err)
	}
	o.is("acknowledgement", d, templates.Objection{Name: "仇某", Number: "YY2024-001", At: "11月22日15:30", Phone: "020-38000000"})
}

// Who answers the acknowledgement is put to his objection, whatever he writes.
func TestObjectionContinues(t *testing.T) {
	o := public(t, nil)
	sha, _ := o.writes("qiu@mail.example", "仇某", "举报AL2024-0002虚假申报")
	o.keeps(review.Filing{Cases: []string{code(2)}, Original: sha})
	later := o.order()
	o.do(func(b *review.Bench) {
		for from, want := range map[string]bool{"qiu@mail.example": true, "other@mail.example": false} {
			m := &intake.Mail{SHA256: later, From: from, Subject: "补充", Arrival: o.now}
			o.is("taken from "+from, b.TakeObjection(m, "见附件的照片", o.letters("objection/")), want)
		}
		r, _ := b.Row("objects/" + later)
		if !strings.Contains(r.Text, "就异议YY2024-001再次来信") {
			t.Error(r.Text)
		}
	})
}

// Words of objection count while the list is public, and at no other time.
func TestObjectionOutOfTime(t *testing.T) {
	o := newOffice(t, six, nil)
	_, before := o.writes("qiu@mail.example", "仇某", "举报造假")
	o.selects(4)
	o.publicises()
	_, thanks := o.writes("fs@fs.example", "", "我市对公示名单无异议")
	sha, during := o.writes("qiu@mail.example", "仇某", "举报造假")
	o.to("2024-11-28 09:00")
	if said := o.awards(); !strings.HasPrefix(said, "✗ 有1封疑似异议的来信尚未登记或标记为无关") {
		t.Error(said)
	}
	o.do(func(b *review.Bench) { r, _ := b.Row("objects/" + sha); r.Done = "无关"; b.SetRow(r) })
	o.does("认定", o.awards())
	_, after := o.writes("qiu@mail.example", "仇某", "举报造假")
	o.is("before, thanks, during, after", []bool{before, thanks, during, after}, []bool{false, false, true, false})
}

func TestFileByTelephone(t *testing.T) {
	o := public(t, nil)
	o.is("without words", o.keeps(review.Filing{Cases: []string{code(1)}, Source: "电话"}), "✗ 请写明来源和内容，例如“登记异议 AL2024-0007 来源 电话 反映…”，未登记。")
	o.is("without a case", o.keeps(review.Filing{Source: "电话", Content: "造假"}), "✗ 请写明异议所针对的案例编号，未登记。")
	o.is("unknown", o.keeps(review.Filing{Cases: []string{code(1), code(9)}, Source: "电话", Content: "造假"}), "✗ 没有编号为AL2024-0009的案例，未登记。")
	o.is("nothing was kept", o.stages(), "publicised publicised publicised publicised reviewed reviewed")
	o.is("two cases", o.keeps(review.Filing{Cases: []string{code(1), code(3)}, Source: "电话", Content: "造假"}),
		"已登记为YY2024-001、YY2024-002（AL2024-0001（中山电商有限公司）、AL2024-0003（阿里山茶业有限公司）），应于12月5日前办结。")
	o.is("stages", o.stages(), "publicised! publicised publicised! publicised reviewed reviewed")
	o.is("letters", len(o.letters("objection/")), 0)
}

// Several objections to one case: it waits for all, and leaves the list with one
// that is upheld.
func TestConclude(t *testing.T) {
	o := public(t, nil)
	for range 2 {
		o.keeps(review.Filing{Cases: []string{code(2)}, Source: "电话", Content: "造假"})
	}
	o.is("by case", o.concludes(wei, code(2), review.Dismissed, "经核查属实"),
		"✗ AL2024-0002（佛山陶瓷有限公司）有多件异议（YY2024-001、YY2024-002），请按异议编号分别作出结论，未执行。")
	o.is("without reason", o.concludes(wei, "YY2024-001", review.Dismissed, " "), "✗ 请写明理由，例如“异议不成立 YY2024-001 经核查…”，未执行。")
	o.is("first", o.concludes(wei, "yy2024-001", review.Dismissed, "经核查属实"), "YY2024-001：异议不成立，理由：经核查属实。对该案例另有1件异议未办结。请按规定书面答复异议人。")
	o.is("stages", o.stages(), "publicised publicised! publicised publicised reviewed reviewed")
	o.is("second, by case", o.concludes(na, code(2), review.Upheld, "合同系伪造"),
		"YY2024-002：异议成立，理由：合同系伪造。AL2024-0002（佛山陶瓷有限公司）不再列入名单。请按规定书面答复异议人。")
	o.is("stages", o.stages(), "publicised not-selected publicised publicised reviewed reviewed")
	o.is("rows", len(o.rows()), 0)
	o.is("once more", o.concludes(na, "YY2024-002", review.Upheld, "合同系伪造"), "✗ YY2024-002已是“异议成立”，无需重复。")
	o.is("contradiction", o.concludes(wei, "YY2024-002", review.Dismissed, "另有说明"),
		"✗ YY2024-002此前已由李娜作出相反结论（异议成立（合同系伪造）），未执行，请双方核实后由原决定人更改。")
	o.is("correction", o.concludes(na, "YY2024-002", review.Dismissed, "误录"),
		"YY2024-002：异议不成立，理由：误录。AL2024-0002（佛山陶瓷有限公司）恢复为“公示中”。请按规定书面答复异议人。")
	o.is("stages", o.stages(), "publicised publicised publicised publicised reviewed reviewed")
	o.is("unknown", o.concludes(wei, "YY2024-009", review.Upheld, "x"), "✗ 没有编号为YY2024-009的异议或案例，未执行。")
	o.is("none", o.concludes(wei, code(1), review.Upheld, "x"), "✗ AL2024-0001（中山电商有限公司）没有登记的异议，未执行。")
}

// What one objection took from the list, another's end does not bring back.
func TestConcludeTwo(t *testing.T) {
	o := public(t, nil)
	for range 2 {
		o.keeps(review.Filing{Cases: []string{code(2)}, Source: "电话", Content: "造假"})
	}
	o.concludes(wei, "YY2024-001", review.Upheld, "合同系伪造")
	o.concludes(wei, "YY2024-002", review.Dismissed, "经核查属实")
	o.is("stages", o.stages(), "publicised not-selected publicised publicised reviewed reviewed")
}

// An objection may come while experts score; it takes nothing from them.
func TestConcludeInReview(t *testing.T) {
	o := newOffice(t, six, nil)
	o.look(func(b *review.Bench) {
		c := b.Case(code(1))
		c.Stage = intake.StageInReview
		b.File(review.Filing{Cases: []string{code(1)}, Source: "电话", Content: "造假", By: wei, Mail: "m"})
		ok, said := b.Conclude(code(1), review.Upheld, "合同系伪造", wei, "m")
		o.is("upheld", fmt.Sprint(ok, " ", said), "false AL2024-0001（中山电商有限公司）尚在评审，请“结束评审”后再作结论，未执行。")
		ok, _ = b.Conclude(code(1), review.Dismissed, "经核查属实", wei, "m")
		o.is("dismissed", fmt.Sprint(ok, " ", c.Stage, len(c.Holds)), "true in-review0")
	})
}

// The clock counts working days; what is overdue is urgent, once, until it is settled.
func TestObjectionOverdue(t *testing.T) {
	o := public(t, func(s *intake.Settings) { s.Review.ObjectionDays = 3 })
	o.now = at("2024-11-26 16:00")
	o.keeps(review.Filing{Cases: []string{code(1)}, Source: "电话", Content: "造假"}) // due on Monday, the 29th being a holiday
	o.is("due", o.to("2024-12-03 08:00"), []string{"11-28 00:00 publicity-over"})
	o.is("rows", o.rows(), []string{"objection/YY2024-001", "publicity-over"})
	o.is("due", o.to("2024-12-09 09:00"), []string{"12-03 08:30 objection-overdue/YY2024-001"})
	o.is("rows", o.rows(), []string{"publicity-over", "objection-overdue/YY2024-001 urgent"})
	o.look(func(b *review.Bench) {
		r, _ := b.Row("objection-overdue/YY2024-001")
		o.is("of the row", review.OfRow(r), "YY2024-001")
		if !strings.HasPrefix(r.Text, "【已逾期】异议YY2024-001") {
			t.Error(r.Text)
		}
		over, _ := b.Row("publicity-over")
		if !strings.Contains(over.Text, "尚有异议未办结：YY2024-001（AL2024-0001）") {
			t.Error(over.Text)
		}
		o.is("lines", b.ListLines(), []string{"公示4个，11月21日至11月27日（5个工作日）", "异议1件，未办结1件，最近的YY2024-001应于12月2日前办结"})
	})
	o.concludes(wei, "YY2024-001", review.Dismissed, "经核查属实")
	o.is("rows", o.rows(), []string{"publicity-over"})
}

// Objections are to cases that are judged and not awarded.
func TestFileToWhom(t *testing.T) {
	o := newOffice(t, six, nil)
	for stage, want := range map[intake.Stage]bool{intake.StageEligible: false, intake.StageIneligible: false, intake.StageWithdrawn: false, intake.StageComplete: false,
		intake.StageInReview: true, intake.StageReviewed: true, intake.StageNotSelected: true} {
		o.look(func(b *review.Bench) {
			b.Case(code(1)).Stage = stage
			ok, said := b.File(review.Filing{Cases: []string{code(1)}, Source: "电话", Content: "造假", By: wei, Mail: "m"})
			o.is(string(stage)+": "+said, ok, want)
		})
	}
}
