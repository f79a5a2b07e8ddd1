package templates

import (
	"cmp"
	"strings"
)

// ruled is the last line of a letter that says what staff ruled: that of the receipts
// would contradict it.
func (f Frame) ruled() string {
	return "本邮件由系统自动发送，所告知的办理意见由" + Briefly(f.authority()) + "研究确定，不代表评审结论。"
}

// verdict is how a ruling is told.
type verdict struct {
	mark   string // of the subject
	first  string // of the first line, before its conclusion
	strong string // the conclusion
	todo   string // what to do, if anything
	why    string // what the reason is called
	tone   tone
}

// Ruling tells a bureau what staff ruled on one of its cases.
func (f Frame) Ruling(d Ruling) Letter {
	f.closing = f.ruled()
	v := d.verdict(f)
	s := &sheet{}
	greet(s, d.City)
	s.put(lead, "您好！"+v.first, v.strong, "。")
	s.put(ask, v.todo)
	s.begin(v.tone)
	strong, tail := title(d.Number, d.Unit, d.Case)
	s.put(head, "■ ", strong, tail)
	lines := cellLines(d.Reason)
	switch {
	case d.Reason == "":
	case len(lines) == 1 && d.Verb != "补正":
		s.put(para, v.why+"："+lines[0])
	default:
		s.put(label, v.why)
		bulletItems(s, lines)
	}
	return f.close(f.subject("【"+v.mark+" "+d.Number+"】"+v.subject(d), d.Unit), s)
}

// bulletItems lists what must be read, a line each.
func bulletItems(s *sheet, lines []string) {
	for _, l := range lines {
		if l != "" {
			s.put(item, "· "+l)
		}
	}
}

func (v verdict) subject(d Ruling) string {
	if d.Verb == "补正" && d.Until != "" {
		return "请在" + d.Until + "前回复"
	}
	return v.strong
}

const objectTo = "材料均已妥善保存。如对此有异议或有新的情况，请直接回复本邮件说明，并附证明材料"

func (d Ruling) verdict(f Frame) verdict {
	const ours = "贵局报送的下列案例，"
	switch d.Verb {
	case "补正":
		when := "请尽快"
		if d.Until != "" {
			when = "请在" + d.Until + "前"
		}
		return verdict{"请补正", ours + "经我处审核，", "需要补正材料",
			when + "直接回复本邮件说明或附上所需文件，已收到的无需重发" + f.limit("单封邮件请") + "。", "需补正的内容", open}
	case "受理":
		return verdict{"受理情况", ours + "此前标记为“逾期待定”，经研究，", "同意受理", "无需其他操作，后续按其他案例一并办理。", "依据", done}
	case "免":
		return verdict{"核对结果", "贵局请我处核对的事项，经人工核对，", quoted(cmp.Or(d.Other, "所列事项")) + "无需补充", "无需其他操作。", "说明", done}
	case "不受理":
		return verdict{"受理情况", ours + "经研究，", "不予受理", objectTo + f.limit("单封邮件请") + "。", "理由", wait}
	case "通过":
		return verdict{"审核结果", ours, "资格审核通过", "无需其他操作，评审结果将另行告知。", "说明", done}
	case "不通过":
		return verdict{"审核结果", ours, "资格审核未通过", objectTo + f.limit("单封邮件请") + "。", "理由", wait}
	}
	return d.moved()
}

// moved are the rulings that change where a case stands and not whether.
func (d Ruling) moved() verdict {
	const nothing = "无需其他操作。如有出入，请直接回复本邮件。"
	switch d.Verb {
	case "归属":
		if bureau(d.Other) == bureau(d.City) {
			return verdict{"归属调整", "经我处核实，下列案例", "归属贵市", "该案例现列入贵市推荐案例。请核对，如有出入请直接回复本邮件。", "依据", wait}
		}
		return verdict{"归属调整", "贵局报送的下列案例，经我处核实，", "归属" + cmp.Or(strings.TrimSpace(d.Other), "其他地市"), "该案例不再计入贵市推荐名额，材料无需重新报送。如有出入，请直接回复本邮件。", "依据", wait}
	case "合并":
		return verdict{"案例合并", "贵局报送的下列案例，经我处核对，", "并入" + cmp.Or(strings.TrimSpace(d.Other), "贵市另一案例"),
			"材料已全部转入，无需重新报送；原编号不再使用。如有出入，请直接回复本邮件。", "依据", wait}
	case "采纳":
		return verdict{"材料采纳", "贵局就下列案例补充的材料，经研究，", "予以采纳", "无需其他操作。", "说明", done}
	case "撤回":
		return verdict{"案例情况", "贵局报送的下列案例，经我处研究，", "已撤回", "材料仍妥善保存。如有出入，请直接回复本邮件。", "理由", wait}
	case "撤销":
		return verdict{"更正", "我处此前就下列案例告知的", quoted(cmp.Or(d.Other, "办理意见")) + "已撤销，恢复原状", nothing, "理由", wait}
	}
	return verdict{"办理情况", "贵局报送的下列案例，办理情况有更新：", cmp.Or(d.Verb, "请见下文"), nothing, "说明", wait}
}
