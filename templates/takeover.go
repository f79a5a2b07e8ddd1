package templates

import "fmt"

// Takeover is C12, the report at the first start, before anything is answered.
func (f Frame) Takeover(d Takeover) Letter {
	f.Staff = true
	s := &sheet{}
	s.begin(plain)
	s.put(lead, fmt.Sprintf("来信%d封中与本次征集有关%d封，已人工答复%d封；", d.Mails, d.About, d.Answered),
		fmt.Sprintf("涉及%d个市、案例%d个", d.Cities, len(d.Cases)+d.CasesMore), fmt.Sprintf("；未能判断%d封。", len(d.Undecided)+d.UndecidedMore))
	s.put(ask, "回复“启用”开始，回复“试运行 启用”先看效果。启用前，除贵处外不向任何人发信。")
	s.put(para, fmt.Sprintf("启用后拟向%d个市各发一封核对函（待贵处放行）。", d.Cities))
	cityCases(s, fmt.Sprintf("已识别的案例（%d个）", len(d.Cases)+d.CasesMore), d.Cases, d.CasesMore)
	mailLines(s, fmt.Sprintf("未能判断的来信（%d封）", len(d.Undecided)+d.UndecidedMore), d.Undecided, d.UndecidedMore)
	return f.close(f.subject(fmt.Sprintf("【接管报告】现有来信%d封，识别案例%d个，回复“启用”后开始自动回执", d.Mails, len(d.Cases)+d.CasesMore), ""), s)
}

// cityCases lists cases under their city.
func cityCases(s *sheet, title string, list []CityCase, left int) {
	if len(list) == 0 {
		return
	}
	s.begin(plain)
	s.put(label, title)
	city := ""
	for _, c := range list {
		if c.City != city {
			city = c.City
			s.put(state, city)
		}
		caseNames(s, []CaseName{c.CaseName})
	}
	more(s, left, "个案例")
}

// mailLines lists mails with why they are listed.
func mailLines(s *sheet, title string, list []MailLine, left int) {
	if len(list) == 0 {
		return
	}
	s.begin(plain)
	s.put(label, title)
	for _, m := range list {
		subject := m.Subject
		if subject == "" {
			subject = "（无主题）"
		}
		s.put(item, "· "+m.At+"　"+m.From+"　", subject)
		if m.Reason != "" {
			s.put(under, "→ "+m.Reason)
		}
	}
	more(s, left, "封")
}
