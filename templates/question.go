package templates

// QuestionPassed tells a writer that a person will answer.
func (f Frame) QuestionPassed(d QuestionPassed) Letter {
	s := &sheet{}
	greet(s, d.City)
	s.put(lead, "您好！", "您的来信已转本次征集经办同志，将由人工答复。")
	if f.Phone != "" {
		s.put(para, "如较紧急，请致电"+f.Phone+"。")
	}
	return f.close(f.subject("【来信已收到】已转经办同志，将由人工答复", ""), s)
}
