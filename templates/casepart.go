package templates

import (
	"fmt"
	"strings"
)

// Changes of a file since the last receipt.
const (
	changeNew      = "新增"
	changeReplaced = "替换"
	changeDropped  = "停用"
	changePending  = "待确认"
)

// tally counts where cases stand. A late or withdrawn case is in no other class.
type tally struct {
	cases, complete, open, points, checking, late, latePoints, withdrawn int
	waiting, promised                                                    int     // cases that lack only what is promised or looked at, and those items
	ruled                                                                []class // by what staff ruled
}

// class is how many cases stand alike.
type class struct {
	n    int
	text string
}

func (t *tally) rule(state string) {
	for i := range t.ruled {
		if t.ruled[i].text == state {
			t.ruled[i].n++
			return
		}
	}
	t.ruled = append(t.ruled, class{1, state})
}

func count(cases []CasePart) tally {
	t := tally{cases: len(cases)}
	for _, c := range cases {
		switch {
		case c.Withdrawn:
			t.withdrawn++
		case c.Late != "":
			t.late++
			t.latePoints += len(c.Points)
		case c.State != "":
			t.rule(c.State)
		case len(c.Points) > 0:
			t.open++
			t.points += len(c.Points)
		case c.Complete:
			t.complete++
		case len(c.Waiting) > 0:
			t.waiting++
			t.promised += len(c.Waiting)
		default:
			t.checking++
		}
	}
	return t
}

// words is the conclusion: 1个材料齐全，待资格审核；1个还需补充3项.
func (t tally) words() string {
	late := "逾期待定"
	if t.latePoints > 0 {
		late += fmt.Sprintf("（还需补充%d项）", t.latePoints)
	}
	var out []string
	classes := append([]class{
		{t.complete, "材料齐全，待资格审核"},
		{t.open, supplying(t.open, t.points)},
		{t.waiting, fmt.Sprintf("有%d项待补交或核对", t.promised)},
		{t.checking, "由我处核对后告知"},
		{t.late, late},
		{t.withdrawn, "已撤回"},
	}, t.ruled...)
	for _, x := range classes {
		switch {
		case x.n == 0:
		case t.cases == 1:
			return x.text
		default:
			out = append(out, fmt.Sprintf("%d个%s", x.n, x.text))
		}
	}
	return strings.Join(out, "；")
}

// supplying is how much is missing; of several cases it says that the number is
// their sum.
func supplying(cases, points int) string {
	if cases > 1 {
		return fmt.Sprintf("还需补充，共%d项", points)
	}
	return fmt.Sprintf("还需补充%d项", points)
}

// standby is what a bureau does while none of its cases lacks anything it is asked
// for; "" where it is told beside the case.
func (t tally) standby(f Frame) string {
	switch {
	case t.waiting > 0:
		return "目前无需其他操作。贵局告知补交的，请届时直接回复本邮件并附上文件" + f.limit("单封邮件请") + "。"
	case t.checking > 0:
		return "贵局无需其他操作，核对结果将另行告知。"
	case t.late > 0:
		return "已收到的材料无需重发，是否受理将另行告知。"
	case len(t.ruled) > 0:
		return "已收到的材料无需重发。"
	}
	return ""
}

// about names what a letter on these cases is about: 【已收到 AL2024-0007】 and the
// unit where there is one case, else the number of cases and the city.
func about(verb, city string, cases []CasePart) (mark, who string) {
	if len(cases) == 1 {
		if who = cases[0].Unit; who == "" {
			who = city
		}
		return "【" + verb + " " + cases[0].Number + "】", who
	}
	return fmt.Sprintf("【%s %d个案例】", verb, len(cases)), city
}

// casePart writes a case's part. It is forwarded to the company and copied into
// WeChat: it names nothing of another case and needs no line outside itself.
func (f Frame) casePart(s *sheet, c CasePart, deadline string) {
	s.begin(c.tone())
	strong, tail := title(c.Number, c.Unit, c.Case)
	s.put(head, "■ ", strong, tail)
	if c.Withdrawn {
		s.put(state, "已撤回，材料仍妥善保存。如需恢复，请回复“恢复 "+c.Number+"”。")
		return
	}
	c.standing(s)
	c.late(s, deadline, f.authority())
	s.put(para, c.Pending)
	if c.Same {
		s.put(para, "本次来信中的文件此前均已收到，没有新的文件；如本意是更换，请核对所附文件是否为新的版本。")
	}
	points(s, "需补充", c.Points)
	waiting(s, c.Waiting)
	hints(s, c.Hints)
	c.compared(s)
	c.names(s)
	files(s, c.Files)
}

func (c CasePart) tone() tone {
	switch {
	case c.Withdrawn, c.Out:
		return plain
	case c.Late != "" || c.Pending != "":
		return wait
	case len(c.Points) > 0:
		return open
	case c.Complete:
		return done
	}
	return wait
}

// standing says in one line where the case stands if nothing must be supplied;
// of a late case it does not say that it waits for the examination.
func (c CasePart) standing(s *sheet) {
	switch {
	case c.State != "":
		s.put(state, c.State+"。")
	case len(c.Points) > 0:
	case c.Late != "" && c.Complete:
		s.put(state, "经形式核对未发现缺项；逾期待定。")
	case c.Late != "":
		s.put(state, "逾期待定。")
	case c.Complete:
		s.put(state, "材料齐全，待资格审核。")
	case len(c.Waiting) > 0:
		s.put(state, fmt.Sprintf("有%d项待补交或核对，其余齐全。", len(c.Waiting)))
	default:
		s.put(state, "已登记，由我处核对后告知。")
	}
}

// late is C7.
func (c CasePart) late(s *sheet, deadline, authority string) {
	if c.Late == "" {
		return
	}
	sent := ""
	if c.LateSent != "" {
		sent = "（邮件标注的发送时间为" + c.LateSent + "）"
	}
	why := "如因退信、网络等原因延迟，请回复说明并附退信或发送记录，我处一并核实。"
	if c.LateWhy {
		why = "来信所作的说明已一并转我处核实，如另有退信或发送记录，可回复补充。"
	}
	s.put(para, "本邮件于"+c.Late+"到达"+sent+"，在截止时间"+deadline+"之后。材料已完整保存，暂标记为“逾期待定”，"+
		"是否受理由"+Briefly(authority)+"研究确定后告知。"+why)
}

// compared says what became of the items of the last receipt; what there is none
// of is left out.
func (c CasePart) compared(s *sheet) {
	fresh := "新收到的文件带来"
	if c.NoFiles {
		fresh = "新增"
	}
	var out []string
	for _, x := range []class{{c.Solved, "已解决"}, {c.Still, "仍需补充"}, {c.New, fresh}} {
		if x.n > 0 {
			out = append(out, fmt.Sprintf("%s%d项", x.text, x.n))
		}
	}
	if c.New > 0 && c.Still == 0 {
		out[len(out)-1] += "需补充"
	}
	if c.Compared && len(out) > 0 {
		s.put(para, "与上次相比："+strings.Join(out, "，")+"。")
	}
}

// names shows what the plaque will say, if there may be one.
func (c CasePart) names(s *sheet) {
	if c.Out {
		return
	}
	var out []string
	if strings.TrimSpace(c.Unit) != "" {
		out = append(out, "单位"+quoted(c.Unit))
	}
	if strings.TrimSpace(c.Case) != "" {
		out = append(out, "案例"+caseName(c.Case))
	}
	if len(out) > 0 {
		s.put(para, "公示、证书和牌匾将使用以下名称，请核对："+strings.Join(out, "；")+"。")
	}
}

// points is a numbered list of what must be mended.
func points(s *sheet, title string, list []Point) {
	if len(list) == 0 {
		return
	}
	s.put(label, title)
	for i, p := range list {
		s.put(item, fmt.Sprintf("%d. %s", i+1, strings.TrimSpace(p.Text)), "", p.clause())
	}
}

// waiting lists what is not asked for now, and why.
func waiting(s *sheet, list []Point) {
	if len(list) == 0 {
		return
	}
	s.put(label, "待补交或核对（暂无需重复报送）")
	for _, p := range list {
		s.put(item, "· "+strings.TrimSpace(p.Text), "", p.clause())
	}
}

func hints(s *sheet, list []Point) {
	if len(list) == 0 {
		return
	}
	s.put(label, "供参考（不影响登记）")
	for _, p := range list {
		s.put(item, "· "+strings.TrimSpace(p.Text), "", p.clause())
	}
}

func (p Point) clause() string {
	if p.Clause == "" {
		return ""
	}
	return "（通知" + quoted(p.Clause) + "）"
}

// files lists every file with its size and what it was taken for.
func files(s *sheet, list []FileLine) {
	if len(list) == 0 {
		return
	}
	n := map[string]int{}
	for _, f := range list {
		n[f.Change]++
	}
	sum := fmt.Sprintf("%d个", len(list)-n[changeDropped]-n[changePending])
	var changed []string
	for _, c := range []string{changeNew, changeReplaced, changeDropped, changePending} {
		if n[c] > 0 {
			changed = append(changed, fmt.Sprintf("%s%d", c, n[c]))
		}
	}
	if len(changed) > 0 {
		sum += "，本次" + strings.Join(changed, "、")
	}
	s.put(label, "已收到的文件（"+sum+"）：")
	fileLines(s, list)
}

func fileLines(s *sheet, list []FileLine) {
	for _, f := range list {
		tail := "　" + size(f.Bytes)
		for _, p := range []string{f.Taken, f.Change} {
			if p != "" {
				tail += "　" + p
			}
		}
		s.put(file, "· "+f.Path, "", tail)
	}
}

// bullets writes plain names, one a line.
func bullets(s *sheet, names []string) {
	for _, n := range names {
		s.put(file, "· "+n)
	}
}
