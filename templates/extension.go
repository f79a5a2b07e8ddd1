package templates

import "strings"

// Extension is C4: the deadline is put off.
func (f Frame) Extension(d Extension) Letter {
	s := &sheet{}
	greet(s, d.City)
	s.put(lead, "您好！根据"+d.authority()+"，本次申报截止时间由"+d.Old+"延至", d.New, "，其他要求不变。")
	switch {
	case d.None:
		s.put(ask, "请在"+d.New+"前将经贵局审核的材料发至本邮箱"+f.limit("单封邮件请")+"。")
	default:
		s.put(ask, "贵市已登记的案例和编号继续有效，无需重新报送"+d.released()+"。")
	}
	return f.close(f.subject("【延期】申报截止时间延至"+d.New, d.City), s)
}

// authority is 《…》（粤商务电函〔2024〕160号), or what there is of it.
func (d Extension) authority() string {
	name := strings.Trim(strings.TrimSpace(d.Document), "《》")
	switch {
	case name == "":
		return d.Basis
	case d.Basis == "":
		return "《" + name + "》"
	}
	return "《" + name + "》" + bracket(d.Basis)
}

func (d Extension) released() string {
	if len(d.Released) == 0 {
		return ""
	}
	return "；此前标记“逾期待定”的" + strings.Join(d.Released, "、") + "已按新的时间办理登记"
}
