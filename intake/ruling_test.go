package intake

import (
	"strings"
	"testing"
	"time"

	"anli/parser/command"
)

// twoCases: 0001 is complete, 0002 lacks its photographs.
func twoCases(t *testing.T) *court {
	k := newCourt(t)
	k.mail("sw@foshan.example", pack(unitA, caseA), false)
	k.mail("sw@foshan.example", pack(unitB, caseB, "照片"), false)
	k.want("AL2024-0001", "complete")
	k.want("AL2024-0002", "incomplete !photos-short")
	return k
}

func TestPassAndFail(t *testing.T) {
	k := twoCases(t)
	k.refused("AL2024-0002", Ruling{Verb: "通过"}, "材料尚未齐全（待补充1项），未执行")
	if got := k.must("AL2024-0001", Ruling{Verb: "通过"}); got != "AL2024-0001（"+unitA+"）资格审核通过。" {
		t.Error(got)
	}
	k.want("AL2024-0001", "eligible")
	k.refused("AL2024-0001", Ruling{Verb: "通过"}, "无需重复")
	for _, verb := range []string{"不通过", "补正", "免", "受理", "不受理", "改为", "采纳"} {
		k.refused("AL2024-0001", Ruling{Verb: verb, Item: "不通过"}, "须写明理由")
	}
	if len(k.letters("ruling")) != 0 {
		t.Error("a letter about 通过")
	}
	// The same officer may think again; the first decision ends by that.
	if got := k.must("AL2024-0001", Ruling{Verb: "不通过", Reason: "主营业务不在广东。", By: "zhao2@dept.example"}); !strings.Contains(got, "资格审核未通过，理由：主营业务不在广东；致佛山市商务局的告知函待贵处放行。") {
		t.Error(got)
	}
	c := k.get("AL2024-0001")
	if c.Decisions[0].Ended != "改为" || c.Decisions[1].Reason != "主营业务不在广东。" || c.StateWords() != "资格审核未通过" {
		t.Errorf("%+v", c.Decisions)
	}
	k.must("AL2024-0001", Ruling{Verb: "撤销"})
	k.want("AL2024-0001", "eligible")
	if len(k.letters("ruling")) != 0 {
		t.Error("the letter about a ruling that was taken back still waits")
	}
	k.must("AL2024-0001", Ruling{Verb: "撤销"})
	k.want("AL2024-0001", "complete")
	k.refused("AL2024-0001", Ruling{Verb: "撤销"}, "没有可撤销的决定")
}

// A demand stands as a point in receipts and answers until staff are satisfied.
func TestDemand(t *testing.T) {
	k := twoCases(t)
	k.must("AL2024-0001", Ruling{Verb: "通过"})
	got := k.must("AL2024-0001", Ruling{Verb: "补正", Reason: "请补充2023年度纳税证明"})
	if !strings.Contains(got, "已要求补正：请补充2023年度纳税证明；致佛山市商务局的告知函待贵处放行") {
		t.Error(got)
	}
	k.want("AL2024-0001", "incomplete !demand")
	k.must("AL2024-0001", Ruling{Verb: "补正", Reason: "请说明“营业收入”口径"})
	k.refused("AL2024-0001", Ruling{Verb: "补正", Reason: "请说明“营业收入”口径"}, "无需重复")
	letters := k.letters("ruling")
	if len(letters) != 2 || !strings.Contains(letters[0], "请在10月30日24时前直接回复") || !strings.Contains(letters[0], "· 请补充2023年度纳税证明") || !strings.Contains(letters[0], "[approve]") {
		t.Errorf("%d letters: %s", len(letters), letters)
	}
	k.look(func(s *Sitting) {
		part := s.CasePart(s.Case("AL2024-0001"))
		if len(part.Points) != 2 || part.Points[0].Text != "请补充2023年度纳税证明。" || part.Complete || part.Still != 2 {
			t.Errorf("%+v", part)
		}
		for _, f := range s.Case("AL2024-0001").Findings {
			if f.Code == codeDemand {
				t.Error("the demand is among the findings that scripts read")
			}
		}
	})
	// What comes is put before staff, who say that it is enough.
	k.mail("sw@foshan.example", "[案例]-"+unitA+"+"+caseA+"/纳税证明.pdf: pdf", true)
	k.want("AL2024-0001", "incomplete !demand !demand")
	rows := k.rows("demand")
	if len(rows) != 1 || !strings.Contains(rows[0].Text, "补正了材料（要求：请补充2023年度纳税证明；请说明“营业收入”口径），请审核") {
		t.Errorf("%+v", rows)
	}
	before := k.shown("AL2024-0001")
	k.must("AL2024-0001", Ruling{Verb: "采纳", Reason: "已补齐"})
	k.want("AL2024-0001", "complete")
	if len(k.rows("demand")) != 0 {
		t.Error("the row still waits")
	}
	k.must("AL2024-0001", Ruling{Verb: "撤销"})
	same(t, "after 撤销", k.shown("AL2024-0001"), before)
	k.must("AL2024-0001", Ruling{Verb: "通过", By: officerB}) // what A asked for came: no contradiction
	k.want("AL2024-0001", "eligible")
}

func TestWaive(t *testing.T) {
	k := twoCases(t)
	k.refused("AL2024-0002", Ruling{Verb: "免", Item: "营业执照", Reason: "有"}, "没有与“营业执照”对应的未解决事项（现有：照片现有0张，还需3张）")
	k.refused("AL2024-0002", Ruling{Verb: "免", Item: "照片、营业执照", Reason: "有"}, "没有与“营业执照”")
	if got := k.must("AL2024-0002", Ruling{Verb: "线下", Item: "照片"}); !strings.Contains(got, "已记为线下报送") {
		t.Error(got)
	}
	k.want("AL2024-0002", "incomplete !photos-short(pending)")
	k.must("AL2024-0002", Ruling{Verb: "免", Item: "照片", Reason: "U盘已收"})
	k.want("AL2024-0002", "complete")
	// It stays waived when the case is looked at again, and comes back step by step.
	k.mail("sw@foshan.example", "[案例]-"+unitB+"+"+caseB+"/获奖证书.jpg", false)
	k.want("AL2024-0002", "complete")
	k.must("AL2024-0002", Ruling{Verb: "撤销"})
	k.want("AL2024-0002", "incomplete !photos-short(pending)")
	k.must("AL2024-0002", Ruling{Verb: "撤销"})
	k.want("AL2024-0002", "incomplete !photos-short")
	for item, code := range map[string]string{"LOGO": "logo-missing", "logo-missing": "logo-missing", "单位公章": "seal-applicant-missing", "联系电话": "phone-missing", "失信": "listed-dishonest", "申报表扫描件": "form-pdf-missing"} {
		if got := codesFor(item); len(got) == 0 || got[0] != code {
			t.Errorf("%s: %v", item, got)
		}
	}
}

func TestLateRulings(t *testing.T) {
	k := newCourt(t)
	k.now = zoned("2024-10-31 09:00:00")
	k.mail("sw@foshan.example", pack(unitA, caseA), false)
	k.want("AL2024-0001", "complete late !late")
	if len(k.rows("late")) != 1 {
		t.Fatal("no row")
	}
	before := k.shown("AL2024-0001")
	k.refused("AL2024-0001", Ruling{Verb: "免", Item: "late", Reason: "有"}, "请用“受理”或“不受理”")
	k.must("AL2024-0001", Ruling{Verb: "受理", Reason: "退信属实"})
	k.want("AL2024-0001", "complete")
	if len(k.rows("late")) != 0 {
		t.Error("the row still waits")
	}
	k.refused("AL2024-0001", Ruling{Verb: "受理", Reason: "退信属实"}, "没有逾期待定")
	k.must("AL2024-0001", Ruling{Verb: "撤销"})
	same(t, "after 撤销", k.shown("AL2024-0001"), before)
	if len(k.rows("late")) != 1 {
		t.Error("the row does not wait again")
	}
	k.must("AL2024-0001", Ruling{Verb: "不受理", Reason: "无退信记录"})
	k.want("AL2024-0001", "ineligible")
	if c := k.get("AL2024-0001"); c.StateWords() != "不予受理" || c.Live() {
		t.Error(c.StateWords())
	}
	k.refused("AL2024-0001", Ruling{Verb: "通过"}, "已不予受理，未执行")
	if got := k.must("AL2024-0001", Ruling{Verb: "改为", Item: "受理", Reason: "已补交退信记录"}); !strings.Contains(got, "“不受理”已更改：已受理") {
		t.Error(got)
	}
	k.want("AL2024-0001", "complete")
	letters := k.letters("ruling")
	if len(letters) != 1 || !strings.Contains(letters[0], "同意受理") || !strings.Contains(letters[0], "依据：已补交退信记录") {
		t.Errorf("%s", letters)
	}
	k.must("AL2024-0001", Ruling{Verb: "改为", Item: "不受理", Reason: "记录不实"})
	k.want("AL2024-0001", "ineligible")
	k.must("AL2024-0001", Ruling{Verb: "改为", Item: "受理", Reason: "再次核实"})
	k.want("AL2024-0001", "complete")
	k.must("AL2024-0001", Ruling{Verb: "撤销"})
	k.want("AL2024-0001", "ineligible")
	k.must("AL2024-0001", Ruling{Verb: "撤销"})
	k.want("AL2024-0001", "complete")
	k.must("AL2024-0001", Ruling{Verb: "撤销"})
	k.want("AL2024-0001", "ineligible")
	k.must("AL2024-0001", Ruling{Verb: "撤销"})
	same(t, "after all", k.shown("AL2024-0001"), before)
}

func TestMove(t *testing.T) {
	k := twoCases(t)
	s := courtSettings()
	s.Call.Quota = 1
	record(t, k.l, configured(t, k.l, s))
	k.sit(func(s *Sitting) { s.rejudge() })
	k.want("AL2024-0001", "complete over-quota !over-quota")
	k.want("AL2024-0002", "incomplete over-quota !over-quota !photos-short")
	before := k.shown("AL2024-0001")
	k.refused("AL2024-0001", Ruling{Verb: "归属", City: "阳江"}, "没有名为“阳江”的地市")
	k.refused("AL2024-0001", Ruling{Verb: "归属", City: "佛山"}, "已归属佛山市")
	got := k.must("AL2024-0001", Ruling{Verb: "归属", City: "广州", Reason: "注册地在广州"})
	if !strings.Contains(got, "已归属广州市；致广州市商务局、佛山市商务局的告知函待贵处放行") {
		t.Error(got)
	}
	k.want("AL2024-0001", "complete")
	k.want("AL2024-0002", "incomplete !photos-short") // both quotas are judged again
	letters := strings.Join(k.letters("ruling"), "\n")
	if !strings.Contains(letters, "sw@guangzhou.example") || !strings.Contains(letters, "归属贵市") || !strings.Contains(letters, "归属广州市") {
		t.Error(letters)
	}
	k.refused("AL2024-0001", Ruling{Verb: "归属", City: "中山市", By: officerB}, "赵一作出相反决定（归属广州市（注册地在广州））")
	k.must("AL2024-0001", Ruling{Verb: "撤销"})
	same(t, "after 撤销", k.shown("AL2024-0001"), before)
	k.want("AL2024-0002", "incomplete over-quota !over-quota !photos-short")
	if got := k.must("AL2024-0002", Ruling{Verb: "归属", City: "中山"}); !strings.Contains(got, "中山市没有备案邮箱，请另行告知") {
		t.Error(got)
	}
}

func TestWithdrawByStaff(t *testing.T) {
	k := twoCases(t)
	before := k.shown("AL2024-0001")
	k.must("AL2024-0001", Ruling{Verb: "撤回", Reason: "企业来电放弃"})
	k.want("AL2024-0001", "withdrawn")
	k.refused("AL2024-0001", Ruling{Verb: "通过"}, "已撤回，未执行")
	k.look(func(s *Sitting) { // the bureau does not undo what staff decided
		c := s.Case("AL2024-0001")
		m := Mail{SHA256: "m", City: "佛山市"}
		ok, text := s.withdraw(Incoming{Mail: &m, City: "佛山市", Proof: true}, &Burst{}, bureauLine(t, "恢复 AL2024-0001"))
		if ok || !strings.Contains(text, "已由我处撤回，如有出入请来电") || c.Stage != StageWithdrawn {
			t.Error(ok, text)
		}
	})
	k.must("AL2024-0001", Ruling{Verb: "撤销"})
	same(t, "after 撤销", k.shown("AL2024-0001"), before)
	// What the bureau withdrew is not brought back by taking back an earlier ruling.
	k.must("AL2024-0002", Ruling{Verb: "免", Item: "照片", Reason: "线上企业"})
	k.sit(func(s *Sitting) {
		c := s.Case("AL2024-0002")
		c.Stage = StageWithdrawn
		s.Touch(c)
	})
	k.refused("AL2024-0002", Ruling{Verb: "撤销"}, "已撤回，未执行")
	k.refused("AL2024-0002", Ruling{Verb: "改为", Item: "补正", Reason: "请补充"}, "已撤回，未执行")
}

// A ruling that contradicts another officer's is done by neither word: both are asked.
func TestContradiction(t *testing.T) {
	k := twoCases(t)
	k.must("AL2024-0001", Ruling{Verb: "不通过", Reason: "重复申报"})
	k.refused("AL2024-0001", Ruling{Verb: "通过", By: officerB, Reason: "符合"}, "此前已由赵一作出相反决定（不通过（重复申报）），未执行")
	rows := k.rows("contradiction")
	if len(rows) != 1 || !rows[0].Urgent || !strings.Contains(rows[0].Text, "赵一于10月12日09:02决定“不通过”（重复申报），钱二来信要求“通过”（符合）") {
		t.Errorf("%+v", rows)
	}
	for _, r := range []Ruling{{Verb: "撤销", By: officerB}, {Verb: "改为", Item: "通过", Reason: "符合", By: officerB}, {Verb: "补正", Reason: "请补充", By: officerB}} {
		k.refused("AL2024-0001", r, "赵一作出相反决定")
	}
	if len(k.rows("contradiction")) != 4 {
		t.Error("not every contradiction is put before both")
	}
	k.refused("AL2024-0001", Ruling{Verb: "不通过", Reason: "重复", By: officerB}, "无需重复")
	k.must("AL2024-0001", Ruling{Verb: "改为", Item: "通过", Reason: "复核符合"})
	k.must("AL2024-0001", Ruling{Verb: "不通过", Reason: "再核不符"})
	k.must("AL2024-0001", Ruling{Verb: "改为", Item: "通过", Reason: "三核符合"})
	k.must("AL2024-0001", Ruling{Verb: "改为", Item: "不通过", Reason: "重复申报"})
	// Who is no longer on the staff contradicts nobody.
	s := courtSettings()
	s.People.Staff = s.People.Staff[1:]
	record(t, k.l, configured(t, k.l, s))
	k.must("AL2024-0001", Ruling{Verb: "改为", Item: "通过", Reason: "复核符合", By: officerB})
	k.want("AL2024-0001", "eligible")
}

// A row whose case changed since the letter was written is not acted on; what the
// same mail ruled before does not count as a change.
func TestChangedRow(t *testing.T) {
	k := twoCases(t)
	seen := k.now
	k.now = k.now.Add(time.Hour)
	k.must("AL2024-0002", Ruling{Verb: "免", Item: "照片", Reason: "U盘已收", Seen: seen, Mail: "answer"})
	k.must("AL2024-0002", Ruling{Verb: "通过", Seen: seen, Mail: "answer"})
	k.refused("AL2024-0002", Ruling{Verb: "不通过", Reason: "重复申报，见0001", Seen: seen}, "现为“资格审核通过”，未执行。如仍要办理，请按编号回复“不通过 AL2024-0002 重复申报，见0001”")
	k.mail("sw@foshan.example", "[案例]-"+unitA+"+"+caseA+"/获奖证书.jpg", true)
	k.refused("AL2024-0001", Ruling{Verb: "通过", Seen: seen}, "在该信发出后有变化")
	k.refused("AL2024-0001", Ruling{Verb: "合并", Into: &Case{Number: "AL2024-0002"}, Seen: seen}, "请按编号回复“合并 AL2024-0001 到 AL2024-0002”")
	k.must("AL2024-0001", Ruling{Verb: "通过"}) // by code
}

func bureauLine(t *testing.T, text string) command.Line {
	t.Helper()
	lines := command.Bureau(text)
	if len(lines) != 1 {
		t.Fatalf("%s: %d lines", text, len(lines))
	}
	return lines[0]
}
