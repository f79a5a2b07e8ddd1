package templates

import (
	"cmp"
	"strings"
)

const objectionClosing = "本邮件由系统自动发送，仅告知来信已收到，不代表对所反映事项的调查结论。"

// Objection tells an objector that the objection has arrived. It names no case
// and nobody: whoever reads it over the objector's shoulder learns nothing.
func (f Frame) Objection(d Objection) Letter {
	f.closing = objectionClosing
	f.Phone = cmp.Or(d.Phone, f.Phone)
	s := &sheet{}
	s.begin(plain)
	if name := strings.TrimSpace(d.Name); name != "" {
		s.put(salute, name+"：")
	}
	s.put(lead, "您好！您"+d.At+"就公示名单提出的异议已收到，", "登记编号"+d.Number, "。我处将对所反映的情况进行调查核实，并根据调查结果分类处置。")
	s.put(ask, "为便于核实，如来信尚未附上下列内容，请直接回复本邮件补充"+f.limit("单封邮件请")+"：")
	s.put(item, "· 必要的证明材料；")
	s.put(item, "· 以单位名义反映的，须加盖单位公章；")
	s.put(item, "· 以个人名义反映的，须署真实姓名并留联系方式。")
	s.put(para, "您的身份信息仅用于核实情况，我处依法予以保密。如需了解办理情况，请注明编号"+d.Number+"回复本邮件"+f.orCall()+"。")
	return f.close(f.subject("【异议已收到】登记编号"+d.Number, ""), s)
}

// ObjectionSettled tells an objector how the objection ended and why. As the
// acknowledgement it names no case and nobody else.
func (f Frame) ObjectionSettled(d ObjectionSettled) Letter {
	f.closing = "本邮件由系统自动发送，所附结论由" + f.signer() + "作出。"
	f.Phone = cmp.Or(d.Phone, f.Phone)
	conclusion := "异议不成立"
	if d.Upheld {
		conclusion = "异议成立"
	}
	s := &sheet{}
	s.begin(plain)
	if name := strings.TrimSpace(d.Name); name != "" {
		s.put(salute, name+"：")
	}
	s.put(lead, "您好！您"+d.At+"来信提出的异议（登记编号"+d.Number+"），经核查，我处于"+d.Date+"作出结论：", conclusion, "。")
	if d.Corrects {
		s.put(ask, "我处此前就该异议所作的答复予以更正，请以本次答复为准。")
	}
	s.put(para, "理由："+strings.TrimRight(oneLine(d.Reason), "。；")+"。")
	outcome := "" // of 异议不成立 none: another objection to the case may be open
	if d.Upheld {
		outcome = "有关案例不列入入选名单。"
	}
	s.put(para, outcome+"如对结论有不同意见或新的证据，请注明编号"+d.Number+"回复本邮件"+f.orCall()+"。您的身份信息我处依法予以保密，感谢您对"+our(f.authority())+"工作的关心和监督。")
	return f.close(f.subject("【异议答复】"+conclusion+"，登记编号"+d.Number, ""), s)
}

// orCall is 或致电020-….
func (f Frame) orCall() string {
	if f.Phone == "" {
		return ""
	}
	return "，或致电" + f.Phone
}
