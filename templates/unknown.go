package templates

// UnknownSender is C9: a package came from an address that is not enrolled.
func (f Frame) UnknownSender(d UnknownSender) Letter {
	s := &sheet{}
	who, call := "所在地级以上市商务局", "请贵局与我处联系备案"
	if d.City != "" {
		who = bureau(d.City)
	}
	if f.Phone != "" {
		call = "请贵局来电" + f.Phone + "备案"
	}
	greet(s, "")
	s.put(lead, "您好！", "来信及附件已于"+d.Arrived+"收到并妥善保存。", "根据通知要求，本次案例由各地级以上市商务局审核后统一报送。")
	s.put(ask, "如您是申报单位，请将材料报送"+who+"；如您是市商务局经办同志，因该邮箱尚未在我处备案，"+call+
		"，无需重新发送，报送时间仍按本邮件到达时间记录。")
	return f.close(f.subject("【来信已收到】材料请由市商务局审核后报送", ""), s)
}
