package templates

import "strings"

// OtherAddress asks the registered address whether scores from another one are
// the expert's own. Nothing is recorded before the answer.
func (f Frame) OtherAddress(d OtherAddress) Letter {
	f = f.toExpert()
	s := &sheet{}
	greetExpert(s, d.Expert)
	when := ""
	if d.Arrived != "" {
		when = "于" + d.Arrived
	}
	s.put(lead, "您好！我们"+when+"收到一封署名为您、发自"+d.From+"的评分（内容附后），", "尚未记录", "。")
	s.put(ask, "如确系您本人提交，请直接回复“确认”。如不是您本人提交，无需回复，该评分不会记录。")
	s.begin(wait)
	s.put(label, "来信内容")
	for line := range strings.SplitSeq(strings.TrimRight(strings.ReplaceAll(d.Content, "\r\n", "\n"), "\n "), "\n") {
		s.put(quote, line)
	}
	return f.close(f.subject("【请确认】收到一封发自其他邮箱、署名为您的评分", ""), s)
}
