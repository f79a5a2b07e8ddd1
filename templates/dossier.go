package templates

import (
	"fmt"
	"strings"
)

// Dossier shows the file in the order in which things happened, and says what the
// archive holds that goes along.
func (f Frame) Dossier(d Dossier) Letter {
	f.Staff = true
	s := &sheet{}
	s.begin(plain)
	if d.Name != "" {
		s.put(salute, d.Name+"：")
	}
	strong, tail := title(d.Number, d.Unit, d.Case)
	if d.Part > 1 {
		s.put(lead, fmt.Sprintf("您好！案卷文件夹（第%d封，共%d封）见附件：", d.Part, d.Parts), strong, tail)
	} else {
		s.put(lead, "您好！案卷如下：", strong, tail)
	}
	d.brought(s)
	if d.Text != "" {
		s.begin(plain)
		for line := range strings.SplitSeq(strings.TrimRight(d.Text, "\n"), "\n") {
			s.put(quote, line)
		}
	}
	subject := "【案卷 " + d.Number + "】登记和办理情况"
	if d.Parts > 1 {
		subject = fmt.Sprintf("【案卷 %s　%d/%d】登记和办理情况", d.Number, d.Part, d.Parts)
	}
	return f.close(f.subject(subject, d.Unit), s)
}

// command is how the operator has the folder.
func (d Dossier) command() string {
	return "请运维人员运行“anli export --case " + d.Number + " 文件夹”导出"
}

// brought says what goes along, and what does not.
func (d Dossier) brought(s *sheet) {
	switch {
	case d.Large && len(d.Zips) > 0:
		s.put(ask, "案卷文件夹过大，未随邮件发送，"+d.command()+"。随信仅附“大事记.docx”。")
	case d.Large:
		s.put(ask, "案卷文件夹过大，未随邮件发送，"+d.command()+"。")
	case d.Parts > 1:
		s.put(para, fmt.Sprintf("案卷文件夹（大事记、来往邮件、全部材料、校验值）分%d封邮件发送，全部解压到同一处即为完整文件夹。", d.Parts))
	case d.Parts == 1:
		s.put(para, "案卷文件夹见附件（大事记、来往邮件、全部材料、校验值）。")
	}
	if len(d.Left) > 0 {
		s.put(ask, fmt.Sprintf("另有%d个文件过大或未能读取，未随信发送，", len(d.Left))+d.command()+"：")
		bullets(s, d.Left)
	}
	if len(d.Zips) > 0 {
		s.put(label, "附件")
		bullets(s, d.Zips)
	}
}
