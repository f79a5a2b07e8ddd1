package templates

import "fmt"

// CompanyMaterial is C5: the bureau is asked whether a company's own material is
// to be taken in.
func (f Frame) CompanyMaterial(d CompanyMaterial) Letter {
	s := &sheet{}
	unit := d.Unit
	if unit == "" {
		unit = "有企业"
	}
	greet(s, d.City)
	s.put(lead, "您好！"+unit+"于"+d.Arrived+"从"+d.From+"直接向本邮箱发来"+d.Number,
		fmt.Sprintf("的补充材料%d个文件", len(d.Files)), "（见下）。按通知要求，申报材料由贵局审核后报送。")
	s.put(ask, "如同意并入，请直接回复“同意”；如不同意，请回复“不并入”。")
	s.put(para, "贵局答复前，以下文件已保存、暂不计入；到达时间按企业来信时间记录。")
	s.begin(wait)
	strong, _ := title(d.Number, d.Unit, "")
	s.put(head, "■ ", strong)
	bullets(s, d.Files)
	return f.close(f.subject(fmt.Sprintf("【请确认 %s】企业直接发来%d个文件，是否并入", d.Number, len(d.Files)), d.Unit), s)
}

// CompanyKept is C6: the company is told that its bureau was asked.
func (f Frame) CompanyKept(d CompanyKept) Letter {
	s := &sheet{}
	who := "市商务局"
	if d.City != "" {
		who = bureau(d.City)
	}
	greet(s, "")
	s.put(lead, "您好！", fmt.Sprintf("您发来的%d个文件已收到并妥善保存。", d.Files))
	s.put(ask, "本次申报材料由市商务局审核后统一报送，我们已请"+who+"确认，请与该局经办同志联系，无需重复发送。")
	return f.close(f.subject(fmt.Sprintf("【已收到】您发来的%d个文件已保存，请与%s联系", d.Files, who), ""), s)
}
