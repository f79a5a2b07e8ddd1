package templates

import (
	"fmt"
	"strings"
)

// Reconciliation is C3, one letter a city at going live.
func (f Frame) Reconciliation(d Reconciliation) Letter {
	s := &sheet{}
	day := d.AsOf
	if i := strings.Index(day, "日"); i >= 0 {
		day = day[:i+len("日")]
	}
	greet(s, d.City)
	s.put(lead, "您好！为便于材料核对，自即日起本邮箱启用自动登记和核对。截至"+d.AsOf+"，我处收到贵市",
		fmt.Sprintf("报送案例%d个", len(d.Cases)), "，登记如下。")
	s.put(ask, "此前已电话或邮件沟通过的事项，以沟通结果为准。如有遗漏或出入，请直接回复本邮件"+f.limit("如需附文件，单封邮件请")+"；无误则无需回复。")
	if len(d.Cases) > 0 {
		s.begin(plain)
		caseNames(s, d.Cases)
	}
	return f.close(f.subject("【核对】贵市已报送案例情况（截至"+day+"）", ""), s)
}
