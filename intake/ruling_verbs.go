package intake

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// carryOut does to the case what a ruling says. item is what the record of the
// decision names, said what was done, why what stands against it; then nothing was
// changed. What only some rulings change is kept in was.
func (s *Sitting) carryOut(c *Case, r Ruling, was *Was) (item, said, why string) {
	if why = c.closedTo(r.Verb); why != "" {
		return "", "", why
	}
	switch r.Verb {
	case "通过":
		said, why = c.pass()
	case "不通过":
		said, why = c.fail(r.Reason)
	case "补正":
		if said, why = c.demand(r.Reason); why == "" {
			c.answered(r, was)
		}
	case "免":
		item = r.Item
		said, why = c.waive(r, "waived", was)
	case "线下":
		item = r.Item
		said, why = c.waive(r, "pending", was)
	case "受理":
		said, why = c.admit()
	case "不受理":
		said, why = c.refuseLate(r.Reason)
	case "归属":
		item, said, why = s.move(c, r.City)
	case "合并":
		item, said, why = s.join(c, r, was)
	case "撤回":
		said, why = c.takeOut(r.Reason)
	case "采纳":
		said, why = s.adopt(c, was)
	default:
		why = "不能“" + r.Verb + "”"
	}
	return item, said, why
}

// closedTo says why a case takes no ruling of this kind; "" if it does. A frozen
// case, which the experts have, takes later files, and it may be withdrawn until the
// list is public.
func (c *Case) closedTo(verb string) string {
	judged := c.Stage == StageInReview || c.Stage == StageReviewed
	switch {
	case c.Stage == StageWithdrawn:
		return cmp.Or(c.whereTo(), "已撤回") + "，未执行"
	case verb == "撤回" && judged:
		return ""
	case verb == "撤回" && c.Frozen():
		return "现为“" + c.StateWords() + "”，不能再撤回"
	case !c.Frozen() || verb == "采纳":
		return ""
	case verb == "通过" || verb == "不通过":
		return "已进入评审，不能再改资格审核结论"
	}
	return "已进入评审，不能“" + verb + "”"
}

// pass: staff found the unit eligible. What they asked the bureau for is settled
// by that.
func (c *Case) pass() (said, why string) {
	if c.Stage == StageEligible {
		return "", "已是“" + c.StateWords() + "”，无需重复"
	}
	if i := c.standing("逾期"); i >= 0 && c.Decisions[i].Verb == "不受理" {
		return "", "已不予受理，未执行；如需受理，请“改为 " + c.Number + " 受理 理由”"
	}
	bare := *c
	bare.Demand = ""
	if bare.settle(); bare.Stage == StageIncomplete {
		return "", "材料尚未齐全（" + c.StateWords() + "），未执行"
	}
	c.Stage, c.Demand = StageEligible, ""
	if said = "资格审核通过"; len(c.Holds) > 0 {
		said += "；仍有待定事项（" + strings.Join(c.holdWords(), "，") + "），未解除前不送评"
	}
	if n := len(c.Queries); n > 0 && c.Queries[n-1].Result == "有" {
		said += "；请注意，最近一次查询结果为“有”（" + c.Queries[n-1].Text + "）"
	}
	return said, ""
}

// takeOut withdraws a case by staff's word. Of one that experts score the record says why.
func (c *Case) takeOut(reason string) (said, why string) {
	said = "已撤回" + because(reason)
	if c.Frozen() {
		if plainEnd(reason) == "" {
			return "", "已进入评审，未执行；如需撤回，请写明理由：“撤回 " + c.Number + " 理由”"
		}
		said += "；不再评分，不列入排名"
	}
	c.Stage = StageWithdrawn
	return said, ""
}

func (c *Case) fail(reason string) (said, why string) {
	if c.Stage == StageIneligible {
		return "", "已是“" + c.StateWords() + "”，无需重复"
	}
	c.Stage = StageIneligible
	return "资格审核未通过，理由：" + plainEnd(reason), ""
}

// plainEnd: a stop follows in the answer.
func plainEnd(s string) string { return strings.TrimRight(strings.TrimSpace(s), "。；;.，,") }

func because(reason string) string {
	if reason == "" {
		return ""
	}
	return "，理由：" + plainEnd(reason)
}

// demand opens the case again: what staff want stands as a point in every receipt
// until they are satisfied.
func (c *Case) demand(what string) (said, why string) {
	switch {
	case c.Stage == StageIneligible:
		return "", "现为“" + c.StateWords() + "”，未执行；请先“撤销 " + c.Number + "”"
	case slices.Contains(strings.Split(c.Demand, "\n"), what):
		return "", "已要求过同样的补正，无需重复"
	}
	c.Demand = strings.TrimPrefix(c.Demand+"\n"+what, "\n")
	c.Stage = StageIncomplete
	return "已要求补正：" + plainEnd(what), ""
}

// admit lifts the hold of a case that came after the deadline.
func (c *Case) admit() (said, why string) {
	if c.Stage == StageIneligible {
		return "", "现为“" + c.StateWords() + "”，未执行；请用“改为 " + c.Number + " 受理 理由”"
	}
	if !c.Has(HoldLate) {
		return "", "没有逾期待定，无需受理"
	}
	c.setHold(HoldLate, false)
	return "已受理，按其他案例一并办理", ""
}

// refuseLate keeps a case out that came after the deadline.
func (c *Case) refuseLate(reason string) (said, why string) {
	if !c.Has(HoldLate) {
		return "", "没有逾期待定，未执行；资格方面的问题请用“不通过”"
	}
	c.setHold(HoldLate, false)
	c.Stage = StageIneligible
	return "不予受理，理由：" + plainEnd(reason), ""
}

// move gives the case to another city.
func (s *Sitting) move(c *Case, name string) (item, said, why string) {
	city := s.Settings.Call.cityNamed(name)
	switch {
	case city == "":
		return "", "", "未执行：没有名为“" + name + "”的地市"
	case city == c.City:
		return "", "", "已归属" + city + "，无需更改"
	}
	c.City = city
	said = "已归属" + city
	if n := s.liveCases(city); c.Live() && n > s.Settings.Call.QuotaOf(city) {
		said += fmt.Sprintf("；该市现有案例%d个，超过名额%d个", n, s.Settings.Call.QuotaOf(city))
	}
	return city, said, ""
}
