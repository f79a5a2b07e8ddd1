package score

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"anli/parser/mail"
)

// mixture writes answers in all manners mixed, and knows what they say.
type mixture struct {
	rng   *rand.Rand
	r     Request
	cells map[string]map[string]int // what is certain
	asked map[string]bool           // cases of which something must be asked back

	proved bool
}

func (m *mixture) pick(s ...string) string { return s[m.rng.IntN(len(s))] }

// name names case i.
func (m *mixture) name(i int) string {
	c := m.r.Cases[i]
	nick := []string{"顺品家居", "荔乡供应链", "优易", "灯都电商"}[i]
	return m.pick(c.Number, c.Number[7:], c.Number+" "+nick, c.Number[7:]+nick, c.Unit, nick, c.Number+"　"+c.Unit+"　《"+c.Name+"》", "《"+c.Name+"》")
}

// value makes a value for criterion k; the upper half of the range, so that no
// scale is suspected.
func (m *mixture) value(k int) int {
	most := m.r.Criteria[k].Max
	v := most/2 + m.rng.IntN(most/200+1)*100
	if m.rng.IntN(4) == 0 && v+50 <= most {
		v += 50
	}
	return min(v, most)
}

func points(v int) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%d.%02d", v/100, v%100), "0"), ".")
}

func fullWidth(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '０'
		}
		return r
	}, s)
}

func hanzi(v int) string {
	d := []rune(chineseDigits)
	n, s := v/100, ""
	switch {
	case n >= 20:
		s = string(d[n/10]) + "十"
	case n >= 10:
		s = "十"
	}
	if n%10 > 0 || n == 0 {
		s += string(d[n%10])
	}
	if v%100 == 50 {
		s += "点五"
	}
	return s
}

// write writes a value in one of the manners.
func (m *mixture) write(v, most, manner int) string {
	switch manner {
	case 1:
		return points(v) + "分"
	case 2:
		return points(v) + "/" + points(most)
	case 3:
		return fullWidth(points(v))
	case 4:
		return hanzi(v) + "分"
	}
	return points(v)
}

var (
	hedged  = []string{"约%s", "%s左右", "大概%s", "不低于%s", "%s-1", "%s或1", "%s？", "不是%s", "%s以上", "暂%s", "%s（待定）", "%s，后面再定", "如果属实给%s", "%s%%", "扣%s分", "9%s"}
	remarks = []string{"2023年增长30%，9家企业受益", "交易额2.3亿元，覆盖15个地市", "专利27项，排前3名", "材料第8页数据与第12页不一致", "较好，可复制", "满意度98.6分的口径待核", "共3期，每期12场", "ISO 9001认证，5G应用"}
)

// row writes one case.
func (m *mixture) row(i int, labelled bool, manner int) string {
	c := m.r.Cases[i]
	vals := make([]string, len(m.r.Criteria))
	spoilt, sum := -1, 0
	if m.rng.IntN(4) == 0 {
		spoilt = m.rng.IntN(len(vals))
	}
	m.cells[c.Number] = map[string]int{}
	for k, x := range m.r.Criteria {
		v := m.value(k)
		sum += v
		vals[k] = m.write(v, x.Max, manner)
		if k == spoilt {
			vals[k] = fmt.Sprintf(hedged[m.rng.IntN(len(hedged))], points(v))
			m.asked[c.Number] = true
			continue
		}
		m.cells[c.Number][x.Name] = v
	}
	if !labelled && spoilt >= 0 {
		clear(m.cells[c.Number]) // a place in doubt, or the whole row
	}
	sep := m.pick("，", "、", " ", "；", "　")
	var s string
	name := m.name(i)
	if !m.proved && !strings.HasPrefix(name, c.Number) {
		clear(m.cells[c.Number])
		m.asked[c.Number] = true
	}
	if !labelled {
		s = name + m.pick("：", " ", "　") + strings.Join(vals, m.pick("，", "、", " ", "\t"))
	} else {
		short := [][]string{{"技术性与创新性", "技术创新性", "技术", "创新性"}, {"效益性", "效益"}, {"示范性", "示范"}, {"整体实力", "实力"}, {"数据完整性", "数据"}}
		by := m.pick("", "：", "得", "给", " ")
		var parts []string
		for _, k := range m.rng.Perm(len(vals)) {
			parts = append(parts, short[k][m.rng.IntN(len(short[k]))]+by+vals[k])
		}
		s = name + m.pick("：", "\n", "，", " ") + strings.Join(parts, m.pick(sep, "\n"))
	}
	if m.rng.IntN(3) == 0 && spoilt < 0 {
		if m.rng.IntN(4) == 0 {
			s += m.pick("，合计", " 总分") + points(sum+100)
			m.asked[c.Number] = true
			clear(m.cells[c.Number])
		} else {
			s += m.pick("，合计", " 总分", "，共") + points(sum) + m.pick("", "分")
		}
	}
	if m.rng.IntN(3) == 0 {
		s += m.pick("\n评语：", "。评语：", "\n") + remarks[m.rng.IntN(len(remarks))]
	}
	return s
}

// table writes cases as a table with a header, its columns in any order.
func (m *mixture) table(cases []int) string {
	short := []string{"技术性与创新性（30分）", "效益", "示范性(20)", "整体实力", "数据完整性（10分）"}
	order := m.rng.Perm(len(short))
	number, city, sum, note := m.rng.IntN(2) == 0, m.rng.IntN(2) == 0, m.rng.IntN(2) == 0, m.rng.IntN(2) == 0
	col := func(on bool, s string) string {
		if on {
			return s + "\t"
		}
		return ""
	}
	rows := []string{col(number, "序号") + m.pick("编号", "案例编号", "案例") + "\t" + col(city, "地市")}
	for _, k := range order {
		rows[0] += short[k] + "\t"
	}
	rows[0] = strings.TrimSuffix(rows[0]+col(sum, m.pick("合计", "总分"))+col(note, m.pick("评语", "备注")), "\t")
	for n, i := range cases {
		c := m.r.Cases[i]
		name := m.name(i)
		m.cells[c.Number] = map[string]int{}
		row, total, whole := col(number, fmt.Sprint(n+1))+name+"\t"+col(city, string([]rune(c.Unit)[:3])), 0, true
		for _, k := range order {
			v := m.value(k)
			x := m.r.Criteria[k]
			switch m.rng.IntN(12) {
			case 0:
				row, whole = row+"\t", false
				continue
			case 1:
				row, whole = row+fmt.Sprintf(hedged[m.rng.IntN(len(hedged))], points(v))+"\t", false
				m.asked[c.Number] = true
				continue
			}
			m.cells[c.Number][x.Name] = v
			row, total = row+m.write(v, x.Max, m.rng.IntN(6))+"\t", total+v
		}
		if whole {
			row += col(sum, points(total))
		} else {
			row += col(sum, "")
		}
		row += col(note, remarks[m.rng.IntN(len(remarks))])
		if !m.proved && !strings.HasPrefix(name, c.Number) {
			if len(m.cells[c.Number]) > 0 {
				m.asked[c.Number] = true
			}
			clear(m.cells[c.Number])
		}
		rows = append(rows, strings.TrimSuffix(row, "\t"))
	}
	return strings.Join(rows, "\n")
}

// Answers in all manners mixed: no score that was not given, none missing that is
// certain, every doubtful one asked back.
func TestMixtures(t *testing.T) {
	const answers = 3000
	missing, all, bad := 0, 0, 0
	for seed := range uint64(answers) {
		m := &mixture{rng: rand.New(rand.NewPCG(seed, 7)), r: desk(), cells: map[string]map[string]int{}, asked: map[string]bool{}, proved: seed%5 > 0}
		var rows []string
		manner := m.rng.IntN(6)
		cases := m.rng.Perm(len(m.r.Cases))[:1+m.rng.IntN(4)]
		if m.rng.IntN(4) == 0 {
			rows = append(rows, m.table(cases))
			cases = nil
		}
		for _, i := range cases {
			rows = append(rows, m.row(i, m.rng.IntN(2) == 0, manner))
		}
		body := m.pick("", "林老师您好：\n", "评分如下：\n", "您好！材料已看完，2024年案例质量较高。\n") + strings.Join(rows, m.pick("\n", "\n\n")) + m.pick("", "\n谢谢！\n陈", "\n\n陈教授　13800138000\n2024年11月12日")
		switch letter := m.r.Letters[0].Text; m.rng.IntN(6) {
		case 0:
			body += "\n\n" + gmailHead + prefixed(letter)
		case 1:
			body += "\n\n" + outlookHead + wrapped(letter, 40, "")
		}
		a := Read(Input{Message: mail.Message{Text: body, Fresh: body}, Proved: m.proved}, m.r)
		var wrong []string
		for _, c := range a.Cells {
			if v, ok := m.cells[c.Number][c.Criterion]; !ok || v != c.Value {
				wrong = append(wrong, fmt.Sprintf("WRONG %s %s %d", c.Number, c.Criterion, c.Value))
			}
		}
		for n := range m.asked {
			found := false
			for _, q := range a.Queries {
				found = found || q.Number == n || q.Number == ""
			}
			if !found {
				wrong = append(wrong, "not asked "+n)
			}
		}
		n := 0
		for _, c := range m.cells {
			n += len(c)
		}
		all, missing = all+n, missing+n-len(a.Cells)
		if len(wrong) > 0 || *show && n != len(a.Cells) {
			if bad++; bad < 15 {
				t.Errorf("seed %d: %v\n%s\n%s", seed, wrong, body[:min(len(body), 1500)], dump(a))
			}
		}
	}
	t.Logf("%d of %d certain values recorded (%.1f %%)", all-missing, all, 100*float64(all-missing)/float64(all))
	if (all-missing)*100 < all*97 {
		t.Errorf("%d of %d certain values recorded: less than 97 %%", all-missing, all)
	}
}
