package templates

import "fmt"

// Transcript answers staff commands: each line echoed with its result.
func (f Frame) Transcript(d Transcript) Letter {
	f.Staff = true
	s := &sheet{}
	s.begin(plain)
	if d.Name != "" {
		s.put(salute, d.Name+"：")
	}
	conclusion := d.conclusion()
	s.put(lead, "您好！来信共"+fmt.Sprintf("%d行，", len(d.Results)), conclusion, "。")
	if len(d.Confirm) > 0 && f.Code != "" {
		s.put(ask, "以下事项需确认后执行，请直接回复“确认 "+f.Code+"”：")
		bullets(s, d.Confirm)
	}
	if d.Errors > 0 && !d.Trial {
		s.put(ask, "标有“错误”的行未办理或未全部办理；如仍需办理，请按提示更正后直接回复，只写这些行即可。")
	}
	if len(d.Results) > 0 {
		s.begin(plain)
		results(s, d.Results, "", "错误")
	}
	if len(d.Effects) > 0 {
		s.begin(wait)
		s.put(label, d.effects())
		for _, e := range d.Effects {
			s.put(item, "· "+e)
		}
	}
	mark := "【处理结果】"
	if d.Trial {
		mark = "【试运行】"
	}
	return f.close(f.subject(mark+conclusion, ""), s)
}

func (d Transcript) effects() string {
	if d.Trial {
		return "如正式执行，将会"
	}
	return "执行后将会"
}

// conclusion carries the number of errors, as the subject must.
func (d Transcript) conclusion() string {
	errs := "无错误"
	if d.Errors > 0 {
		errs = fmt.Sprintf("错误%d处", d.Errors)
	}
	switch {
	case d.Trial:
		return errs + "，未执行任何操作"
	case len(d.Confirm) > 0:
		return errs + fmt.Sprintf("，%d项待确认", len(d.Confirm))
	}
	return errs
}
