package templates

import (
	"fmt"
	"strings"
)

// Reminder tells a bureau before the deadline what is still open, or, any day, what it
// said would follow and did not.
type Reminder struct {
	City     string     `json:"city"`
	AsOf     string     `json:"as_of"`              // 10月23日
	Deadline string     `json:"deadline,omitempty"` // 10月30日24时; "" when it is over
	Cases    []CasePart `json:"cases"`              // with open points; without files and hints
	Promised []string   `json:"promised,omitempty"` // what was to be there by a day that is over, a line each
	Only     bool       `json:"only,omitempty"`     // nothing is told but what was promised
	Quota    *Quota     `json:"quota,omitempty"`    // the city has more cases than it may
}

// NothingReceived is C10. Written: letters of the bureau came, and no package.
type NothingReceived struct {
	City     string `json:"city"`
	Deadline string `json:"deadline"`
	Written  bool   `json:"written,omitempty"`
}

// Reminder sets the letter.
func (f Frame) Reminder(d Reminder) Letter {
	s := &sheet{}
	greet(s, d.City)
	words := d.conclusion()
	ours := "贵市报送的案例"
	if len(d.Cases) > 1 {
		ours = "贵市有"
	}
	s.put(lead, "您好！截至"+d.AsOf+"，"+ours, words, "。")
	var missing []Point
	for _, c := range d.Cases {
		missing = append(missing, c.Points...)
	}
	switch {
	case len(missing) > 0:
		s.put(ask, f.howToSupply(d.when(), missing)+"如近日已发送，烦请查看是否有退信。"+d.Quota.besides())
	case d.Quota != nil:
		s.put(ask, d.when()+fmt.Sprintf("研究后回复保留的%d个案例（见下），已收到的材料无需重发。", d.Quota.Allowed))
	}
	if len(d.Promised) > 0 {
		s.begin(plain)
		s.put(label, "贵局此前告知、尚未收到的材料")
		bulletItems(s, d.Promised)
	}
	Receipt{Quota: d.Quota}.quota(s)
	for _, c := range d.Cases {
		f.casePart(s, c, d.Deadline)
	}
	if len(missing) > 0 {
		s.begin(plain)
		s.put(para, "暂不能补齐的，可回复“稍后 编号 材料 日期”；认为提示有误的，可回复“请核 编号 材料”，由我处人工核对。")
	}
	return f.close(f.subject("【提醒】"+words, d.who()), s)
}

// conclusion is 还需补充3项, with 2个案例 before it where there are several.
func (d Reminder) conclusion() string {
	n := 0
	for _, c := range d.Cases {
		n += len(c.Points)
	}
	var words []string
	switch {
	case len(d.Cases) == 1:
		words = append(words, fmt.Sprintf("还需补充%d项", n))
	case len(d.Cases) > 1:
		words = append(words, fmt.Sprintf("%d个案例%s", len(d.Cases), supplying(len(d.Cases), n)))
	}
	if d.Quota != nil {
		words = append(words, d.Quota.over())
	}
	return strings.Join(words, "；")
}

func (d Reminder) when() string {
	if d.Deadline == "" {
		return "请尽快"
	}
	return "请在" + d.Deadline + "前"
}

func (d Reminder) who() string {
	if len(d.Cases) == 1 && d.Quota == nil {
		return strings.TrimSpace(d.Cases[0].Number + " " + d.Cases[0].Unit)
	}
	return d.City
}

// NothingReceived sets the letter.
func (f Frame) NothingReceived(d NothingReceived) Letter {
	s := &sheet{}
	greet(s, d.City)
	came := "尚未收到贵市材料"
	if d.Written {
		came = "尚未收到贵市案例的申报材料"
	}
	s.put(lead, "您好！本次案例征集截止时间为"+d.Deadline+"。截至目前，本邮箱", came, "。")
	most := ""
	if f.MaxMail > 0 {
		most = fmt.Sprintf("（单封邮件上限%dMB）", f.MaxMail)
	}
	s.put(ask, "如已发送，烦请查看是否有退信"+most+"，或来电核实；如贵市本次不推荐，回复“不申报”即可。")
	return f.close(f.subject("【提醒】"+came+"，申报截止时间为"+d.Deadline, d.City), s)
}
