package templates

import "fmt"

// Award tells a bureau which of its cases were awarded and, below, which not.
func (f Frame) Award(d Award) Letter {
	f.closing = "本邮件由系统自动发送，入选名单以" + f.authority() + "公布的为准。"
	s := &sheet{}
	greet(s, d.City)
	n, rest := len(d.Cases), len(d.NotSelected)
	title := quoted(d.Title)
	if n == 0 {
		s.put(lead, "您好！"+title+"评选已经结束。经评审和公示，", "贵市报送的案例本次未入选", "，感谢贵局的组织推荐和对"+our(f.authority())+"工作的支持。")
	} else {
		s.put(lead, "您好！"+title+"评选已经结束。经评审和公示，", fmt.Sprintf("贵市%d个案例入选", n), "，请转告有关单位。")
		s.put(ask, d.Next)
		s.begin(done)
		s.put(label, fmt.Sprintf("入选案例（%d个）", n))
		caseNames(s, d.Cases)
		s.put(para, "证书和牌匾将使用以上单位和案例名称，请核对，如有误请尽快直接回复本邮件。")
	}
	if rest > 0 {
		s.begin(plain)
		s.put(label, fmt.Sprintf("未入选的案例（%d个）", rest))
		caseNames(s, d.NotSelected)
	}
	words := "贵市案例本次未入选"
	if n > 0 {
		words = fmt.Sprintf("贵市%d个案例入选", n)
	}
	return f.close(f.subject("【评选结果】"+words, d.Title), s)
}
