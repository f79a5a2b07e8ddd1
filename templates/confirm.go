package templates

import (
	"fmt"
	"strings"
)

// ConfirmMaterial asks the enrolled address whether material without proof is to
// replace what a receipt has listed.
func (f Frame) ConfirmMaterial(d ConfirmMaterial) Letter {
	s := &sheet{}
	greet(s, d.City)
	came := "我处于" + d.Arrived + "收到从" + d.From + "发来的"
	if d.From == "" {
		came = "贵局" + d.Arrived + "发来"
	}
	s.put(lead, "您好！"+came+d.Number, fmt.Sprintf("的材料%d个文件", len(d.Files)), "（见下），"+d.reason())
	s.put(ask, "如以新文件为准，请直接回复“同意”；如保留原有文件，请回复“不并入”。")
	s.put(para, "贵局答复前，新收到的文件已保存、暂不计入，原有文件继续有效；到达时间按该来信时间记录。")
	s.begin(wait)
	strong, _ := title(d.Number, d.Unit, "")
	s.put(head, "■ ", strong)
	bullets(s, d.Files)
	return f.close(f.subject(fmt.Sprintf("【请确认 %s】新收到%d个文件，是否替换原有文件", d.Number, len(d.Files)), d.Unit), s)
}

func (d ConfirmMaterial) reason() string {
	if d.Worse && len(d.Reasons) > 0 {
		return "如以新文件为准，原已齐全的材料将出现以下问题：" + strings.Join(d.Reasons, "；") + "。请贵局核对后确认以哪一份为准。"
	}
	if d.Worse {
		return "如以新文件为准，原已齐全的材料将出现缺项或错误，请贵局核对后确认以哪一份为准。"
	}
	return "将替换已登记的文件。因来信不是对我处邮件的回复，请贵局确认。"
}
