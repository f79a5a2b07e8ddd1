package templates

import (
	"cmp"
	"fmt"
	"strings"
)

// tilesAcross is how many cities stand in a row: three fit on a phone.
const tilesAcross = 3

// StaffLetter is the plain letter of each working morning, and the bundle of
// what cannot wait for it. Its first sentence is made to be pasted; what waits
// for a decision stands before what is only to be known.
func (f Frame) StaffLetter(d StaffLetter) Letter {
	f.Staff = true
	s := &sheet{}
	s.begin(plain)
	s.put(lead, "", d.Sentence)
	s.put(ask, d.todo())
	if d.Ledger != nil {
		s.put(small, "附件："+ledgerFile+"（案例、各市情况、未解决问题、决定、缺号说明）")
	}
	cityTiles(s, d)
	d.rows(s)
	heldLetters(s, "待放行信件", d.Letters, d.LettersMore)
	heldLetters(s, "暂停发出、需核实的信件", d.Held, d.HeldMore)
	d.arrived(s)
	expertLines(s, d.Experts)
	counted(s, "外出等自动回复", d.Absences)
	counted(s, "退信", d.Bounces)
	mailLines(s, fmt.Sprintf("其他来信（%d封，无需在此处理，仅列出一次）", len(d.People)+d.PeopleMore), d.People, d.PeopleMore)
	if d.Reconcile != "" {
		s.begin(plain)
		s.put(label, "邮件核对")
		s.put(para, d.Reconcile)
	}
	d.health(s)
	return f.close(d.subject(f), s)
}

// staffFiles is what the letter brings along.
func staffFiles(_ Frame, d StaffLetter) ([]Attachment, error) {
	if d.Ledger == nil {
		return nil, nil
	}
	book, err := LedgerBook(*d.Ledger)
	if err != nil {
		return nil, err
	}
	return []Attachment{{ledgerFile, sheetType, book}}, nil
}

const ledgerFile = "台账.xlsx"

// counted is a short list of its own, with its length.
func counted(s *sheet, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	s.begin(plain)
	s.put(label, fmt.Sprintf("%s（%d）", title, len(lines)))
	for _, l := range lines {
		s.put(item, "· "+l)
	}
}

// health lists what must be known, then the vital signs, a line each; only what
// is wrong carries a mark.
func (d StaffLetter) health(s *sheet) {
	if len(d.Health)+len(d.Vitals) == 0 {
		return
	}
	s.begin(plain)
	s.put(label, "运行情况")
	for _, h := range d.Health {
		s.put(item, "· "+h)
	}
	for _, v := range d.Vitals {
		if v.Wrong {
			s.put(alarm, "▲ "+v.Name+"：", v.Value, "（请处理）")
			continue
		}
		s.put(item, "· "+v.Name+"："+v.Value)
	}
}

// arrived lists the new cases, a cell a city.
func (d StaffLetter) arrived(s *sheet) {
	if len(d.Arrived) == 0 {
		return
	}
	s.begin(plain)
	s.put(label, fmt.Sprintf("新收到的案例（%d个）", len(d.Arrived)+d.ArrivedMore))
	for from := 0; from < len(d.Arrived); {
		var lines []string
		city := d.Arrived[from].City
		for ; from < len(d.Arrived) && d.Arrived[from].City == city; from++ {
			strong, tail := d.Arrived[from].title()
			lines = append(lines, "· "+strong+tail)
		}
		s.group(cmp.Or(city, "未定地市"), lines)
	}
	more(s, d.ArrivedMore, "个案例")
}

// expertLines show how far the experts are.
func expertLines(s *sheet, lines []string) {
	if len(lines) == 0 {
		return
	}
	s.begin(plain)
	s.put(label, "专家评审")
	for i, l := range lines {
		if i == 0 {
			s.put(para, l)
			continue
		}
		s.put(item, "· "+l)
	}
}

// load says how much waits: 待处理2项（急1项）、待放行信件1封.
func (d StaffLetter) load() string {
	urgent := ""
	if n := d.urgent(); n > 0 {
		urgent = fmt.Sprintf("（急%d项）", n)
	}
	var out []string
	for _, x := range []struct {
		n           int
		what, after string
	}{{len(d.Rows) + d.RowsMore, "待处理%d项", urgent}, {len(d.Letters) + d.LettersMore, "待放行信件%d封", ""}, {len(d.Held) + d.HeldMore, "需核实信件%d封", ""}} {
		if x.n > 0 {
			out = append(out, fmt.Sprintf(x.what, x.n)+x.after)
		}
	}
	return strings.Join(out, "、")
}

// urgent counts the rows that are marked; in an urgent letter all are, and none is.
func (d StaffLetter) urgent() (n int) {
	for _, r := range d.Rows {
		if r.Urgent && !d.Urgent {
			n++
		}
	}
	return n
}

func (d StaffLetter) subject(f Frame) string {
	load := d.load()
	if d.Urgent {
		if len(d.Rows) == 1 {
			return f.subject("【请即处理】"+load, d.Rows[0].Text)
		}
		return f.subject("【请即处理】"+load, d.AsOf)
	}
	if load == "" {
		load = "无待处理事项"
	}
	return f.subject("【每日情况】"+d.Date+"："+load, "")
}

func (d StaffLetter) todo() string {
	if load := d.load(); load != "" {
		return load + "。请直接回复本邮件，每行一条；回复“帮助”可查看全部命令。"
	}
	return "目前没有待处理的事项，无需操作。"
}

// cityTiles draws the table over cities.
func cityTiles(s *sheet, d StaffLetter) {
	if len(d.Cities) == 0 {
		return
	}
	s.begin(plain)
	s.put(label, "各市情况（截至"+d.AsOf+"）")
	var all []tile
	for _, c := range d.Cities {
		all = append(all, c.tile())
	}
	s.tiles(tilesAcross, all)
}

// tile says where a city's cases stand; the colour is that of what waits most.
func (c CityTile) tile() tile {
	var words []string
	t := plain
	for _, x := range []struct {
		n    int
		word string
		tone tone
	}{{c.Passed, "未入选", plain}, {c.Failed, "未通过", plain}, {c.Selected, "入选", done}, {c.Review, "评审", done}, {c.Eligible, "通过", done},
		{c.Complete, "齐全", done}, {c.Open, "待补充", open}, {c.Decide, "待决定", wait}} {
		if x.n > 0 {
			words = append(words, fmt.Sprintf("%s%d", x.word, x.n))
			if x.tone != plain {
				t = x.tone
			}
		}
	}
	switch {
	case len(words) > 0:
	case c.Declined:
		words = []string{"本次不推荐"}
	default:
		words = []string{"尚未报送"}
	}
	return tile{City: oneLine(c.City), State: strings.Join(words, " "), Tone: t}
}

// rows lists what waits for a decision, with the replies that fit.
func (d StaffLetter) rows(s *sheet) {
	if len(d.Rows) == 0 {
		return
	}
	s.begin(open)
	how := ""
	if len(d.Rows) >= manyRows {
		how = "；同样办理的可以合并，例如“3、5-7 通过”"
	}
	s.put(label, fmt.Sprintf("待处理（%d项%s）", len(d.Rows)+d.RowsMore, how))
	for _, r := range d.Rows {
		s.task(r, r.Urgent && !d.Urgent)
	}
	more(s, d.RowsMore, "项，处理后列出")
}

// manyRows is from how many rows on a list is worked off by ranges.
const manyRows = 6

// more ends a list that does not hold all.
func more(s *sheet, n int, what string) {
	if n > 0 {
		s.put(item, fmt.Sprintf("· 另有%d%s", n, what))
	}
}

// task adds a row; one that cannot wait is marked by word and colour.
func (s *sheet) task(r StaffRow, urgent bool) {
	number, age, l := fmt.Sprintf("%d. ", r.N), oneLine(bracket(r.Age)), line{Kind: task, Reply: cleaned(r.Replies)}
	text := oneLine(r.Text)
	if urgent {
		l.Kind, l.Text, l.Strong, l.Tail = alarm, number, "【急】", text+age
	} else {
		l.Text, l.Tail = number+text, age
	}
	last := &s.Sections[len(s.Sections)-1]
	last.Lines = append(last.Lines, l)
}

// choices are the replies that fit, each whole.
func choices(replies []string) string { return strings.Join(replies, "　|　") }

const replyMark = "→ 可回复："

// heldLetters shows letters that did not leave, each whole with how to let it go.
func heldLetters(s *sheet, title string, list []HeldLetter, left int) {
	if len(list) > 1 {
		s.begin(plain)
		s.put(label, fmt.Sprintf("%s（%d封）", title, len(list)+left))
	}
	for _, l := range list {
		s.begin(wait)
		s.put(head, "■ ", "信件 "+l.Code, "　致 "+l.To+bracket(l.Reason))
		s.replies("放行 "+l.Code, "附言 "+l.Code+" 要加的话", "不发 "+l.Code+" 理由")
		s.put(para, "主题：", l.Subject)
		s.whole(l.Text)
	}
	more(s, left, "封"+title+"，处理后列出")
}

func bracket(s string) string {
	if s == "" {
		return ""
	}
	return "（" + s + "）"
}
