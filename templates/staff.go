package templates

import (
	"fmt"
	"strings"
)

// tilesAcross is how many cities stand in a row: three fit on a phone.
const tilesAcross = 3

// StaffLetter is the plain letter of each working morning, and the bundle of
// what cannot wait for it. Its first sentence is made to be pasted.
func (f Frame) StaffLetter(d StaffLetter) Letter {
	f.Staff = true
	s := &sheet{}
	s.begin(plain)
	s.put(lead, "", d.Sentence)
	s.put(ask, d.todo())
	cityTiles(s, d)
	staffRows(s, d.Rows, d.RowsMore)
	for _, l := range d.Letters {
		heldLetter(s, l)
	}
	more(s, d.LettersMore, "封待放行信件，处理后列出")
	cityCases(s, fmt.Sprintf("新收到的案例（%d个）", len(d.Arrived)+d.ArrivedMore), d.Arrived, d.ArrivedMore)
	mailLines(s, fmt.Sprintf("其他来信（%d封，无需在此处理，仅列出一次）", len(d.People)+d.PeopleMore), d.People, d.PeopleMore)
	if d.Reconcile != "" {
		s.begin(plain)
		s.put(label, "邮件核对")
		s.put(para, d.Reconcile)
	}
	if len(d.Health) > 0 {
		s.begin(plain)
		s.put(label, "运行情况")
		for _, h := range d.Health {
			s.put(item, "· "+h)
		}
	}
	return f.close(d.subject(f), s)
}

// load says how much waits: 待处理2项、待放行信件1封.
func (d StaffLetter) load() string {
	var out []string
	if n := len(d.Rows) + d.RowsMore; n > 0 {
		out = append(out, fmt.Sprintf("待处理%d项", n))
	}
	if n := len(d.Letters) + d.LettersMore; n > 0 {
		out = append(out, fmt.Sprintf("待放行信件%d封", n))
	}
	return strings.Join(out, "、")
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

func (c CityTile) tile() tile {
	var words []string
	t := plain
	for _, x := range []struct {
		n    int
		word string
		tone tone
	}{{c.Complete, "齐全", done}, {c.Open, "待补充", open}, {c.Decide, "待决定", wait}} {
		if x.n > 0 {
			words = append(words, fmt.Sprintf("%s%d", x.word, x.n))
			t = x.tone
		}
	}
	if len(words) == 0 {
		words = []string{"尚未报送"}
	}
	return tile{City: oneLine(c.City), State: strings.Join(words, " "), Tone: t}
}

// staffRows lists what waits for a decision, with the replies that fit.
func staffRows(s *sheet, rows []StaffRow, left int) {
	if len(rows) == 0 {
		return
	}
	s.begin(open)
	s.put(label, fmt.Sprintf("待处理（%d项）", len(rows)+left))
	for _, r := range rows {
		age := ""
		if r.Age != "" {
			age = "（" + r.Age + "）"
		}
		s.put(item, fmt.Sprintf("%d. %s", r.N, r.Text), "", age)
		replies(s, r.Replies...)
	}
	more(s, left, "项，处理后列出")
}

// more ends a list that does not hold all.
func more(s *sheet, n int, what string) {
	if n > 0 {
		s.put(item, fmt.Sprintf("· 另有%d%s", n, what))
	}
}

// replies writes each reply on a line of its own, to be copied whole.
func replies(s *sheet, list ...string) {
	for _, r := range list {
		s.put(under, "→ 可回复：", r)
	}
}

// heldLetter shows a letter whole and how to let it go.
func heldLetter(s *sheet, l HeldLetter) {
	s.begin(wait)
	s.put(head, "■ ", "信件 "+l.Code, "　致 "+l.To+bracket(l.Reason))
	replies(s, "放行 "+l.Code, "不发 "+l.Code+" 理由")
	s.put(para, "主题：", l.Subject)
	text := strings.TrimRight(strings.ReplaceAll(l.Text, "\r\n", "\n"), "\n")
	for _, line := range strings.Split(text, "\n") {
		s.put(quote, line)
	}
}

func bracket(s string) string {
	if s == "" {
		return ""
	}
	return "（" + s + "）"
}
