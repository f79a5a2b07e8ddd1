package templates

import (
	"fmt"
	"slices"
	"strings"
)

// Receipt is C1 and, where nothing is open at all, C2; C7, C8 and C8b stand in
// it as paragraphs.
func (f Frame) Receipt(d Receipt) Letter {
	s := &sheet{}
	t := count(d.Cases)
	greet(s, d.City)
	switch {
	case d.allThere(t) && d.Undone > 0:
		s.put(lead, "您好！贵局报送的材料经形式核对", "未发现缺项，无需补充材料", fmt.Sprintf("；来信中另有%d项未办理，见下文“来信中的更正等事项”。资格审核结果将另行告知。", d.Undone))
		s.put(para, d.arrival()+fmt.Sprintf("，登记案例%d个。", len(d.Cases)))
	case d.allThere(t) && d.toAnswer() > 0:
		s.put(lead, "您好！贵局报送的材料经形式核对", "未发现缺项，无需补充材料", fmt.Sprintf("；另有%d项请核对，见下文“供参考”。资格审核结果将另行告知。", d.toAnswer()))
		s.put(para, d.arrival()+fmt.Sprintf("，登记案例%d个。", len(d.Cases)))
	case d.allThere(t):
		s.put(lead, "您好！贵局报送的材料经形式核对", "未发现缺项，无需其他操作。", "资格审核结果将另行告知。")
		s.put(para, d.arrival()+fmt.Sprintf("，登记案例%d个。", len(d.Cases)))
	default:
		d.conclude(s, t)
		s.put(ask, f.receiptAsk(d, t))
	}
	f.gap(s, d.Gap)
	if d.Asked {
		urgent := "。"
		if f.Phone != "" {
			urgent = "；如较紧急，请致电" + f.Phone + "。"
		}
		s.put(para, "来信提出的问题已转经办同志，将由人工答复"+urgent)
	}
	d.quota(s)
	d.problems(s, f)
	if len(d.Hints) > 0 {
		s.begin(plain)
		hints(s, d.Hints)
	}
	for _, c := range d.Cases {
		f.casePart(s, c, d.Deadline)
	}
	d.rest(s)
	d.howTo(s, t)
	return f.close(d.subject(f, t), s)
}

// gap tells who announced several mails which of them have not come: one may have been
// refused on its way.
func (f Frame) gap(s *sheet, g *Gap) {
	if g == nil {
		return
	}
	lack := ""
	if len(g.Missing) > 0 {
		var numbers []string
		for _, i := range g.Missing {
			numbers = append(numbers, fmt.Sprint(i))
		}
		lack = "，第" + strings.Join(numbers, "、") + "封尚未收到"
	}
	most := ""
	if f.MaxMail > 0 {
		most = fmt.Sprintf("（单封上限%dMB）", f.MaxMail)
	}
	s.put(para, fmt.Sprintf("来信注明共%d封，目前收到%d封%s。如已发出，烦请查看是否有退信%s；如尚未发出，发来后将一并登记。", g.Announced, g.Come, lack, most))
}

// troubles counts what concerns the mail and no case.
func (d Receipt) troubles() int {
	n := len(d.Problems)
	if len(d.Cloud) > 0 {
		n++
	}
	if len(d.Unassigned) > 0 && len(d.Problems) == 0 {
		n++
	}
	return n
}

// allThere tells whether the bureau has nothing to do or to decide.
func (d Receipt) allThere(t tally) bool {
	return t.cases > 0 && t.complete == t.cases && d.troubles() == 0 && d.Quota == nil && !d.pending()
}

// toAnswer counts the hints that ask the bureau something.
func (d Receipt) toAnswer() int {
	all := append([]Point(nil), d.Hints...)
	for _, c := range d.Cases {
		all = append(all, c.Hints...)
	}
	n := 0
	for _, p := range all {
		if p.Reply {
			n++
		}
	}
	return n
}

func (d Receipt) subject(f Frame, t tally) string {
	if t.cases == 0 {
		switch {
		case d.troubles() > 0:
			return f.subject(fmt.Sprintf("【来信已收到】有%d项需要处理", d.troubles()), d.City)
		case len(d.Documents) > 0:
			return f.subject(fmt.Sprintf("【已收到】贵局文件%d个，已保存", len(d.Documents)), d.City)
		}
		return f.subject("【来信已收到】已保存", d.City)
	}
	words := t.words()
	if t.complete == t.cases {
		words = "材料齐全，待资格审核"
	}
	if n := d.troubles(); n > 0 {
		words += fmt.Sprintf("；来信另有%d项需要处理", n)
	}
	if d.Quota != nil {
		words += "；" + d.Quota.over()
	}
	mark, who := about("已收到", d.City, d.Cases)
	return f.subject(mark+words, who)
}

// arrival says when the mails this receipt answers came.
func (d Receipt) arrival() string {
	if d.Mails > 1 {
		return fmt.Sprintf("贵局发来的%d封邮件（最后一封%s到达）已收到", d.Mails, d.Arrived)
	}
	return "贵局" + d.Arrived + "发来的材料已收到"
}

// conclude writes the first line of C1.
func (d Receipt) conclude(s *sheet, t tally) {
	first := "您好！" + d.arrival()
	if t.cases == 0 {
		if n := d.troubles(); n > 0 {
			s.put(lead, "您好！贵局"+d.Arrived+"的来信已收到，", fmt.Sprintf("有%d项需要贵局处理", n), "。")
		} else {
			s.put(lead, first+"并妥善保存。")
		}
		return
	}
	tail := "。"
	if n := d.troubles(); n > 0 {
		tail = fmt.Sprintf("；来信另有%d项需要处理。", n)
	}
	if d.Quota != nil {
		tail += "贵市案例已" + d.Quota.over() + "。"
	}
	s.put(lead, first+fmt.Sprintf("并登记。案例%d个：", t.cases), t.words(), tail)
}

// receiptAsk is the second line: what to do.
func (f Frame) receiptAsk(d Receipt, t tally) string {
	missing := append([]Point(nil), d.Problems...)
	if len(d.Cloud) > 0 {
		missing = append(missing, Point{})
	}
	for _, c := range d.Cases {
		missing = append(missing, c.Points...)
	}
	if t.cases == 0 && len(missing) > 0 && !onlyReplies(missing) {
		return d.when() + "按下列说明处理，直接回复本邮件即可" + f.limit("单封邮件请") + "。" + d.Left + stop(d.Left)
	}
	switch {
	case len(missing) > 0:
		return f.supply(d.Deadline, d.Left, missing) + d.Quota.besides()
	case d.pending():
		return "另有文件暂未计入，请见下文；已收到的无需重发。" + d.Quota.besides()
	case d.Quota != nil:
		return d.Quota.keep() + "，已收到的材料无需重发。"
	}
	return t.standby(f)
}

// when is up to when a bureau is asked for something; after the deadline no date
// stands there.
func (d Receipt) when() string {
	if d.Left == "" {
		return "请尽快"
	}
	return "请在" + d.Deadline + "前"
}

// pending tells whether files of a case are kept and do not count.
func (d Receipt) pending() bool {
	return slices.ContainsFunc(d.Cases, func(c CasePart) bool { return c.Pending != "" })
}

// over says that there are more cases than may be: the number is the limit's, not
// that of the cases beyond it.
func (q *Quota) over() string { return fmt.Sprintf("超出推荐名额（上限%d个）", q.Allowed) }

func (q *Quota) keep() string {
	return fmt.Sprintf("请研究后回复保留的%d个案例（见下）", q.Allowed)
}

// besides asks for the choice after something else was asked for; "" where there
// is none to make.
func (q *Quota) besides() string {
	if q == nil {
		return ""
	}
	return "另" + q.keep() + "。"
}

// quota is C8. The example names no case: the choice is the bureau's.
func (d Receipt) quota(s *sheet) {
	if d.Quota == nil {
		return
	}
	s.begin(wait)
	s.put(para, fmt.Sprintf("按通知要求，每市推荐案例不超过%d个，目前收到贵市案例%d个：", d.Quota.Allowed, len(d.Quota.Cases)))
	caseNames(s, d.Quota.Cases)
	s.put(para, fmt.Sprintf("全部材料均已保存。请贵局研究后回复保留的%d个，例如“撤回 %s”。在贵局明确前，我处不作取舍。",
		d.Quota.Allowed, sample(d.Quota.Cases)))
}

// sample is a case number with its last four digits blanked.
func sample(cases []CaseName) string {
	if len(cases) == 0 || len(cases[0].Number) < 4 {
		return "案例编号"
	}
	n := cases[0].Number
	return n[:len(n)-4] + "××××"
}

// caseNames lists cases, one a line.
func caseNames(s *sheet, cases []CaseName) {
	for _, c := range cases {
		strong, tail := c.title()
		s.put(item, "· "+strong, "", tail)
	}
}

// title names a case of a list, with how it stands.
func (c CaseName) title() (strong, tail string) {
	strong, tail = title(c.Number, c.Unit, c.Case)
	if c.State != "" {
		tail += "　" + c.State
	}
	return strong, tail
}

// problems are of the mail or a container, C8b among them.
func (d Receipt) problems(s *sheet, f Frame) {
	all := append([]Point(nil), d.Problems...)
	if len(d.Cloud) > 0 {
		all = append(all, Point{Text: f.cloud(d.Cloud)})
	}
	if len(all) > 0 || len(d.Unassigned) > 0 {
		s.begin(open)
	}
	points(s, "来信中需要处理的事项", all)
	if len(d.Unassigned) > 0 {
		s.put(label, fmt.Sprintf("未能判断所属案例的文件（%d个）：", len(d.Unassigned)))
		bullets(s, d.Unassigned)
	}
}

// cloud is C8b.
func (f Frame) cloud(names []string) string {
	return fmt.Sprintf("邮件中的%d个文件（%s）以超大附件或网盘链接方式发送，链接会过期，我处也无法下载，目前尚未取得这部分文件。"+
		"请改用普通附件分封发送（%s主题注明“第1封/共3封”）。视频不在通知要求的材料之内，可不报送；照片和宣传图片也可按通知以U盘报送。",
		len(names), strings.Join(names, "、"), f.perMail())
}

func (f Frame) perMail() string {
	if f.MaxMail <= 0 {
		return ""
	}
	return fmt.Sprintf("单封不超过%dMB，", f.MaxMail)
}

// rest lists the bureau's own papers and what became of commands in the mail.
func (d Receipt) rest(s *sheet) {
	if len(d.Documents) > 0 {
		s.begin(plain)
		s.put(label, fmt.Sprintf("已收到的贵局文件（%d个）：", len(d.Documents)))
		fileLines(s, d.Documents)
	}
	if len(d.Notes) > 0 {
		s.begin(plain)
		s.put(label, "来信中的更正等事项，办理如下：")
		for _, n := range d.Notes {
			s.put(item, "· "+n)
		}
	}
}

// howTo tells what else may be answered.
func (d Receipt) howTo(s *sheet, t tally) {
	s.begin(plain)
	for _, c := range d.Cases {
		if len(c.Files) > 0 && !c.Withdrawn {
			s.put(para, "如文件归类有误，请直接回复“文件名 = 类别”，例如“照片1.jpg = 宣传图片”。回复“进度”可查看贵市案例的最新情况。")
			break
		}
	}
	if t.points+t.latePoints > 0 {
		s.put(para, "暂不能补齐的，可回复“稍后 编号 材料 日期”；认为提示有误的，可回复“请核 编号 材料”，由我处人工核对。")
	}
	if t.points+t.latePoints+d.troubles() > 0 {
		s.put(para, "如您正在分批发送，尚未送达部分的提示请不必理会，以最后一份回执为准。")
	}
}
