package templates

import "fmt"

// QuotaNotice tells a bureau that it may recommend another number of cases.
type QuotaNotice struct {
	City   string `json:"city"`
	Basis  string `json:"basis"` // document number, as staff wrote it
	Old    int    `json:"old"`
	New    int    `json:"new"`
	Cases  int    `json:"cases"`            // that it has recommended
	Lifted bool   `json:"lifted,omitempty"` // they were too many, and are not any more
	Over   *Quota `json:"over,omitempty"`   // they are too many now
}

// SupplementNotice tells a bureau up to when what its cases lack counts by itself.
type SupplementNotice struct {
	City  string     `json:"city"`
	Basis string     `json:"basis,omitempty"`
	Old   string     `json:"old,omitempty"` // the limit so far; "" if there was none
	Until string     `json:"until"`         // 11月20日24时
	Cases []CaseName `json:"cases"`         // that lack something, with their state
}

// QuotaNotice sets the letter.
func (f Frame) QuotaNotice(d QuotaNotice) Letter {
	s := &sheet{}
	greet(s, d.City)
	s.put(lead, "您好！根据"+d.Basis+fmt.Sprintf("，贵市推荐名额由%d个调整为", d.Old), fmt.Sprintf("%d个", d.New), "，其他要求不变。")
	switch {
	case d.Over != nil:
		s.put(ask, fmt.Sprintf("请研究后回复保留的%d个案例（见下），已收到的材料无需重发。", d.New))
	case d.Lifted:
		s.put(ask, fmt.Sprintf("贵市已报送的%d个案例均在名额之内，此前请贵局研究保留案例一事无需再办。", d.Cases))
	case d.Cases > 0:
		s.put(ask, fmt.Sprintf("贵市已报送案例%d个，均在名额之内，无需其他操作。", d.Cases))
	}
	Receipt{Quota: d.Over}.quota(s)
	return f.close(f.subject(fmt.Sprintf("【名额】贵市推荐名额调整为%d个", d.New), d.City), s)
}

// SupplementNotice sets the letter.
func (f Frame) SupplementNotice(d SupplementNotice) Letter {
	s := &sheet{}
	greet(s, d.City)
	from := ""
	if d.Basis != "" {
		from = "根据" + d.Basis + "，"
	}
	set := "补正材料的截止时间定为"
	if d.Old != "" {
		set = "补正材料的截止时间由" + d.Old + "改为"
	}
	s.put(lead, "您好！"+from+set, d.Until, fmt.Sprintf("。贵市尚有%d个案例需要补充（见下）。", len(d.Cases)))
	s.put(ask, "请在"+d.Until+"前直接回复我处此前的回执并附上所缺文件，已收到的无需重发"+f.limit("单封邮件请")+"。此后到达的材料仍会保存，是否采用由我处研究后告知。")
	s.begin(plain)
	caseNames(s, d.Cases)
	return f.close(f.subject("【补正】请在"+d.Until+"前补齐材料", d.City), s)
}
