package templates

import "fmt"

// Progress answers 进度: where the city's cases stand, without their files.
func (f Frame) Progress(d Progress) Letter {
	s := &sheet{}
	t := count(d.Cases)
	greet(s, d.City)
	if t.cases == 0 {
		s.put(lead, "您好！截至"+d.AsOf+"，", "尚未收到贵市报送的案例", f.allowed(d)+"。")
		s.put(ask, f.firstTime(d))
		return f.close(f.subject("【进度】尚未收到贵市案例", d.City), s)
	}
	words := t.words()
	s.put(lead, "您好！截至"+d.AsOf+fmt.Sprintf("，收到贵市案例%d个%s：", t.cases, f.allowed(d)), words, "。")
	var missing []Point
	for _, c := range d.Cases {
		missing = append(missing, c.Points...)
	}
	switch {
	case len(missing) > 0:
		s.put(ask, f.supply(d.Deadline, d.Left, missing))
	case t.complete == t.cases:
		s.put(ask, "无需其他操作，资格审核结果将另行告知。"+d.Left+stop(d.Left))
	default:
		s.put(ask, t.standby(f))
	}
	for _, c := range d.Cases {
		c.Files = nil
		f.casePart(s, c, d.Deadline)
	}
	return f.close(f.subject(fmt.Sprintf("【进度】%s案例%d个：%s", d.City, t.cases, words), ""), s)
}

func (f Frame) allowed(d Progress) string {
	if d.Allowed <= 0 {
		return ""
	}
	return fmt.Sprintf("（推荐名额%d个）", d.Allowed)
}

func (f Frame) firstTime(d Progress) string {
	if d.Left == "" {
		return "如已发送，烦请查看是否有退信" + f.limit("单封邮件请") + "。"
	}
	return "请在" + d.Deadline + "前将经贵局审核的材料发至本邮箱" + f.limit("单封邮件请") + "。" + d.Left + stop(d.Left) +
		"如已发送，烦请查看是否有退信。"
}

// stop is the full stop after a sentence that may be missing.
func stop(s string) string {
	if s == "" {
		return ""
	}
	return "。"
}
