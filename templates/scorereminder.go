package templates

import "fmt"

// ScoreReminder names what an expert has not scored yet.
func (f Frame) ScoreReminder(d ScoreReminder) Letter {
	f = f.toExpert()
	s := &sheet{}
	n := len(d.Open)
	when, by := "", ""
	if d.Deadline != "" {
		when, by = "，烦请在"+d.Deadline+"前拨冗完成", "，请于"+d.Deadline+"前回复"
	}
	greetExpert(s, d.Expert)
	s.put(lead, "您好！感谢您参加本次案例评审。您负责的案例中", fmt.Sprintf("还有%d个待评", n), when+"。")
	order := ""
	if len(d.Criteria) > 0 {
		order = "，依次为" + inOrder(d.Criteria)
	}
	s.put(ask, "直接回复本邮件，写明案例编号和各项分值即可"+order+"。也可填写此前寄送的评分表，作为附件发回。已记录的评分不必重写。")
	openCases(s, d.Open, 0, d.Criteria)
	s.begin(plain)
	s.put(para, "如您已经寄出，请不必理会本邮件；如因故不能继续评审，请回复“不能参加”，我处另作安排。"+nth(d.Count))
	return f.close(f.subject(fmt.Sprintf("【评分提醒】还有%d个案例待评%s", n, by), ""), s)
}

func nth(n int) string {
	if n < 2 {
		return ""
	}
	return fmt.Sprintf("（本邮件为第%d次提醒）", n)
}
