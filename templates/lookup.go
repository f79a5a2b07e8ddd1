package templates

import "fmt"

// LookUp asks staff to look units up. Each name and each code stands alone on its
// line, to be copied whole; the sheet has them in columns.
func (f Frame) LookUp(d LookUp) Letter {
	f.Staff = true
	s := &sheet{}
	s.begin(plain)
	if d.Name != "" {
		s.put(salute, d.Name+"：")
	}
	s.put(lead, "您好！截至"+d.AsOf+"，", fmt.Sprintf("待查询信用情况的单位%d家", len(d.Entries)), "，名单见下和附件（查询名单.xlsx）。")
	s.put(ask, "请查询是否列入失信被执行人名单、近三年是否发生较大以上生产安全事故，再直接回复本邮件，每行一条，写法见下。可以分几次回复。")
	if n := len(d.Entries); n > 0 {
		s.put(item, "· 没有问题的：", fmt.Sprintf("查询结果 %s 无", d.span(0, max(n-2, 0))))
		s.put(item, "· 有问题的：", fmt.Sprintf("查询结果 %d 有：查到的情况", d.Entries[n-1].N))
	}
	s.begin(plain)
	s.put(label, "待查询的单位（单位名称、统一社会信用代码各占一行，可直接复制）")
	for _, e := range d.Entries {
		leader := ""
		if e.Leader != "" {
			leader = "　项目主要负责人：" + e.Leader
		}
		s.put(item, fmt.Sprintf("%d. %s", e.N, e.Number), "", leader)
		s.put(under, "", e.Unit)
		s.put(under, "", e.code())
	}
	return f.close(f.subject(fmt.Sprintf("【待查询】信用情况待查询的单位%d家", len(d.Entries)), ""), s)
}

func (e LookUpEntry) code() string {
	if e.CreditCode == "" {
		return "（未读到信用代码，请按名称查询）"
	}
	return e.CreditCode
}

// span is 1-38, by the numbers of the list.
func (d LookUp) span(from, to int) string {
	if from == to {
		return fmt.Sprint(d.Entries[from].N)
	}
	return fmt.Sprintf("%d-%d", d.Entries[from].N, d.Entries[to].N)
}

// lookUpFiles is the list as a sheet.
func lookUpFiles(_ Frame, d LookUp) ([]Attachment, error) {
	data, err := LookUpBook(d)
	if err != nil {
		return nil, err
	}
	return []Attachment{{"查询名单.xlsx", sheetType, data}}, nil
}

// LookUpBook is the list with columns to note in what was found. Errors as of
// [RankingBook].
func LookUpBook(d LookUp) ([]byte, error) {
	b := newWorkbook("信用情况查询名单")
	heads := []string{"序号", "案例编号", "单位名称", "统一社会信用代码", "项目主要负责人", "查询结果\n（无／有）", "查到的情况", "查询日期", "查询人"}
	g := b.sheet("查询名单", 6, 13, 42, 23, 15, 11, 36, 13, 11)
	g.heading("信用情况查询名单", "截至"+d.AsOf+"　结果请以邮件回复“查询结果 序号 无”或“查询结果 序号 有：情况”，本表可自行留存", len(heads), heads)
	for i, e := range d.Entries {
		row := tableRow + i
		g.count(1, row, e.N)
		g.look(1, row, 1, row, middleLook)
		g.table(row, 2, []string{e.Number, e.Unit, e.CreditCode, e.Leader, "", "", "", ""},
			map[int]look{2: middleLook, 4: middleLook, 5: middleLook, 6: middleLook, 8: middleLook, 9: middleLook})
	}
	g.ended(heads, len(d.Entries), 3)
	return b.bytes()
}
