package templates

// Secrecy asks a bureau to call about a mail that was not accepted. It names the
// mail by its time alone.
func (f Frame) Secrecy(d Secrecy) Letter {
	s := &sheet{}
	greet(s, d.City)
	s.put(lead, "您好！贵局"+d.Arrived+"发来的邮件，", "因保密原因未予接收，其中材料均未登记", "。")
	call, asked := "，并与我处联系", "【请联系】"
	if f.Phone != "" {
		call, asked = "，并致电"+f.Phone+"与我处联系", "【请来电】"
	}
	s.put(ask, "本邮箱不得用于传递涉密信息。请勿再次发送或转发该邮件，请贵局按保密规定处理"+call+"。")
	s.put(para, "其中如有可公开的申报材料，请另行整理后重新报送。")
	return f.close(f.subject(asked+"贵局"+d.Arrived+"来信未予接收", ""), s)
}
