package review_test

import (
	"strings"
	"testing"

	"anli/intake"
	"anli/intake/outbox"
	"anli/review"
	"anli/templates"
)

// struck is a public office whose second case an objection took from the list.
func struck(t *testing.T) *office {
	t.Helper()
	o := public(t, nil)
	o.now = at("2024-11-25 10:00")
	o.keeps(review.Filing{Cases: []string{code(2)}, Source: "电话", Content: "造假"})
	o.concludes(wei, code(2), review.Upheld, "合同系伪造")
	return o
}

// What is selected after a publicity is made public alone, with a period of its own,
// and nothing is awarded before all periods have ended.
func TestSecondPublicity(t *testing.T) {
	o := struck(t)
	o.is("nothing new", o.publicises(), "✗ 已于11月20日确定公示，没有新入选的案例，无需重复；如需增补，请先重新“入选”")
	o.is("one left out", o.selects(0, code(1), code(3), code(6)), "✗ AL2024-0004（广州百货有限公司）已公示，未因异议成立撤下，须继续列入。未执行。")
	o.now = at("2024-11-25 11:00")
	o.is("the struck one", o.selects(0, code(1), code(2), code(3), code(4)), "✗ AL2024-0002（佛山陶瓷有限公司）现为“未入选”，不能列入。未执行。")
	said := o.selects(0, code(1), code(3), code(4), code(6))
	if !strings.Contains(said, "其中新增1个：AL2024-0006") || !strings.Contains(said, "补充公示") {
		t.Error(said)
	}
	o.look(func(b *review.Bench) {
		effects, _, why := b.Publicity()
		shown := why + strings.Join(effects, "\n")
		for _, piece := range []string{"补充公示1个", "公示期2024年11月26日至2024年12月3日（5个工作日）", "此前已公示的3个继续有效"} {
			if !strings.Contains(shown, piece) {
				t.Errorf("%q lacks %q", shown, piece)
			}
		}
	})
	o.does("公示", o.publicises())
	o.is("stages", o.stages(), "publicised not-selected publicised publicised reviewed publicised")
	letters := o.letters("publicity/20241126-2/")
	o.is("letters", len(letters), 2)
	var d templates.Publicity
	if err := intake.Body(letters[0], &d); err != nil {
		t.Fatal(err)
	}
	o.is("list", []any{len(d.List), d.Notice.Before}, []any{1, "2024年11月21日至2024年11月27日"})

	o.is("due", o.to("2024-11-29 09:00"), []string{"11-28 00:00 publicity-over"})
	o.is("before the second ends", o.awards(), "✗ 补充公示期至2024年12月3日，尚未期满")
	o.look(func(b *review.Bench) {
		r, _ := b.Row("publicity-over")
		o.is("row", r.Text, "公示已于11月27日期满，补充公示期至2024年12月3日，尚未期满，届时另行提醒。")
		o.is("lines", b.ListLines()[:2], []string{"公示4个，11月21日至11月27日（5个工作日）", "补充公示1个，11月26日至12月3日（5个工作日）"})
		var said []string
		for _, d := range b.Decided() {
			said = append(said, d.Verb)
		}
		o.is("decided", strings.Join(said, " "), "入选 公示 登记异议 异议成立 入选 补充公示")
	})
	o.is("due", o.to("2024-12-04 09:00"), []string{"12-04 00:00 publicity-over/2"})
	o.does("认定", o.awards())
	o.is("stages", o.stages(), "awarded not-selected awarded awarded not-selected awarded")
	o.is("rows", o.rows(), []string{"award-untold"})
	o.is("公示 after 认定", o.publicises(), "✗ 已于12月4日认定，不能再公示")
	o.is("入选 after 认定", o.selects(3), "✗ 名单已于12月4日认定，不能再改。未执行。")
}

// Two notices of one day are two letters; what is selected and not yet public stands
// against 认定.
func TestSecondPublicityOfOneDay(t *testing.T) {
	o := public(t, nil)
	o.selects(0, code(1), code(2), code(3), code(4), code(6))
	o.is("认定", o.awards(), "✗ 入选名单中AL2024-0006（"+six[5].unit+"）尚未公示，请先“公示”")
	o.does("公示", o.publicises())
	o.is("letters", len(o.letters("publicity/")), 4)
	o.is("due", o.to("2024-11-28 09:00"), []string{"11-28 00:00 publicity-over", "11-28 00:00 publicity-over/2"})
	o.does("认定", o.awards())
}

// An objection in the second period counts, and a correction brings back what was public
// in any round.
func TestObjectionInSecondPeriod(t *testing.T) {
	o := struck(t)
	o.selects(0, code(1), code(3), code(4), code(6))
	o.publicises()
	o.to("2024-12-02 09:00")
	o.keeps(review.Filing{Cases: []string{code(6)}, Source: "电话", Content: "造假"})
	o.to("2024-12-04 09:00")
	o.is("认定", o.awards(), "✗ 尚有异议未办结：YY2024-002（AL2024-0006）")
	o.concludes(wei, code(6), review.Upheld, "误录")
	o.concludes(wei, code(6), review.Dismissed, "属实")
	o.concludes(wei, code(2), review.Dismissed, "误录")
	o.is("stages", o.stages(), "publicised publicised publicised publicised reviewed publicised")
	o.look(func(b *review.Bench) {
		effects, _, _ := b.Awarding()
		if shown := strings.Join(effects, "\n"); !strings.Contains(shown, "不在最近一次“入选”之列而仍将认定：AL2024-0002") {
			t.Error(shown)
		}
	})
	o.does("认定", o.awards())
}

// Who objected by mail is told the end; a letter not yet gone is replaced, one that may
// have gone is corrected.
func TestObjectorIsToldTheEnd(t *testing.T) {
	o := public(t, nil)
	sha, _ := o.writes("qiu@mail.example", "仇某", "举报AL2024-0002虚假申报")
	o.keeps(review.Filing{Cases: []string{code(2)}, Original: sha})
	told := func() (out []templates.ObjectionSettled, states []outbox.State) {
		for _, l := range o.letters("objection-settled/") {
			var d templates.ObjectionSettled
			if err := intake.Body(l, &d); err != nil {
				t.Fatal(err)
			}
			words, _ := intake.Words(l)
			if l.To != "qiu@mail.example" || l.Hold != outbox.HoldApprove || len(l.Cases) > 0 || strings.Contains(words.Text, "AL2024") || strings.Contains(words.Text, six[1].unit) {
				t.Errorf("%s: %+v", words.Text, l)
			}
			out = append(out, d)
			o.look(func(*review.Bench) {
				f, _, err := outbox.Fates.Get(o.tx, l.Key)
				if err != nil {
					t.Fatal(err)
				}
				states = append(states, f.State)
			})
		}
		return out, states
	}
	o.is("dismissed", o.concludes(wei, code(2), review.Dismissed, "经核查属实，联系人13800138000"), "YY2024-001：异议不成立，理由：经核查属实，联系人13800138000。给异议人的答复待贵处放行。")
	first, _ := told()
	o.is("letter", first, []templates.ObjectionSettled{{Name: "仇某", Number: "YY2024-001", At: "2024年11月20日", Reason: "经核查属实，联系人（联系方式略）",
		Date: "2024年11月20日", Phone: "020-38000000"}})
	o.now = o.now.AddDate(0, 0, 1)
	if said := o.concludes(wei, code(2), review.Upheld, "合同系伪造"); !strings.HasSuffix(said, "给异议人的答复待贵处放行。此前的答复尚未发出，已由新的答复取代。") {
		t.Error(said)
	}
	all, states := told()
	held := 0
	for i, d := range all {
		if states[i] == outbox.Held {
			held++
			o.is("the one held", []bool{d.Upheld, d.Corrects}, []bool{true, false})
			key := o.letters("objection-settled/")[i].Key
			o.do(func(b *review.Bench) {
				b.Settle(outbox.Fate{Key: key, State: outbox.Waiting, At: o.now, Next: o.now, Dialled: true})
			})
		}
	}
	o.is("held", held, 1)
	o.now = o.now.AddDate(0, 0, 1)
	if said := o.concludes(wei, code(2), review.Dismissed, "复核属实"); !strings.HasSuffix(said, "此前的答复可能已经发出，新的答复注明更正。") {
		t.Error(said)
	}
	all, states = told()
	corrections := 0
	for i, d := range all {
		if states[i] == outbox.Held {
			corrections++
			o.is("correction", []bool{d.Upheld, d.Corrects}, []bool{false, true})
		}
	}
	o.is("corrections", corrections, 1)
}
