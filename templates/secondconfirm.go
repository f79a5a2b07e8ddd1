package templates

import "fmt"

// SecondConfirm asks another member of staff to confirm what a colleague entered
// for an expert, or ordered where two must agree.
func (f Frame) SecondConfirm(d SecondConfirm) Letter {
	f.Staff = true
	what, check, again := "代录了一位专家的评分", "请将下列录入内容与签字原件逐项核对。", "核实后重新代录"
	subject := "代录的专家评分，待您核对"
	if d.Order {
		what, check, again = "发出一条须两人确认的指令", "请核对下列指令及其后果。", "研究"
		subject = "的指令“" + d.Line + "”须您确认"
	}
	s := &sheet{}
	s.begin(plain)
	if d.Name != "" {
		s.put(salute, d.Name+"：")
	}
	s.put(lead, "您好！"+d.By+what+"，", "须经您核对确认后生效", "。")
	if f.Code != "" {
		check += "核对无误，请直接回复“确认 " + f.Code + "”；"
	}
	s.put(ask, check+"如有出入，请不要确认，与"+d.By+again+"。")
	d.content(s)
	return f.close(f.subject("【请确认】"+d.By+subject, ""), s)
}

// content is what was entered or ordered, with what it rests on and brings about.
func (d SecondConfirm) content(s *sheet) {
	s.begin(wait)
	if d.Order {
		s.put(label, d.By+"的指令")
	} else {
		s.put(label, d.By+"的录入")
	}
	s.put(quote, d.Line)
	if len(d.Files) > 0 {
		s.put(label, fmt.Sprintf("所附原件（%d个）", len(d.Files)))
		bullets(s, d.Files)
	}
	if len(d.Effects) > 0 {
		s.put(label, "确认后将会")
		for _, e := range d.Effects {
			s.put(item, "· "+e)
		}
	}
}
