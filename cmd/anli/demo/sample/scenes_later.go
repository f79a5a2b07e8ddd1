package sample

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// later: what has nothing to do with the call, lists, the quota, the deadline.
func later() []Scene {
	m := bureauMail("湛江市")
	m.Subject, m.Text = "报送9月网络零售月报", signed("湛江市", "您好，我市2024年9月限额以上单位网络零售额月报见附件。")
	m.Files = []File{{"湛江市9月网络零售月报.xlsx", Statistics("湛江市")}}
	out := []Scene{plainScene(at(16, 9, 0), "a statistics sheet, another matter", "湛江市：统计月报（与征集无关）", "与本次征集无关，留给人工", m)}

	mm := caseMaoming()
	m = bureauMail(mm.City)
	m.Subject, m.Text = "补充材料", "您好，材料见附件。"
	for i := range 2 {
		m.Files = append(m.Files, File{fmt.Sprintf("IMG_20241015_%04d.jpg", 1103+i), Photo(mm.Unit, i+1)})
	}
	out = append(out, plainScene(at(16, 9, 30), "pictures that say nothing", "茂名市：两张图片，看不出事由", "依据不足，请电商处判断", m))

	hz := caseHuizhou()
	m = bureauMail(hz.City)
	cover, list := Cover{hz.City, []Package{hz}}, Summary{hz.City, []Package{hz}}
	m.Subject, m.Text = cover.Title(), announce(hz)
	m.Files = []File{{cover.Title() + ".pdf", cover.PDF()}, {list.Title() + ".docx", list.Docx()}, {list.Title() + ".xlsx", list.Xlsx()}, hz.Zip(GBK)}
	out = append(out, plainScene(at(16, 10, 30), "letter of recommendation, list, and a case", "惠州市：推荐函、汇总表和1个案例", "登记1个案例，推荐函和汇总表归市局", m),
		staffRows())

	m = bureauMail("佛山市")
	m.Subject, m.Text = "进度", "进度"
	out = append(out, plainScene(at(17, 9, 30), "how do we stand?", "佛山市：查询进度", "答复该市案例现状", m))
	out = append(out, overQuota()...)

	st := caseShantou()
	m = bureauMail(st.City)
	m.At = at(30, 23, 52) // written in time, it arrives after the deadline
	m.Subject, m.Text, m.Files = "汕头市报送电子商务优秀案例", announce(st), []File{st.Zip(GBK)}
	return append(out, plainScene(at(31, 0, 20), "late", "汕头市：截止后到达", "登记1个案例，标记逾期待定", m))
}

// overQuota: five more cases of one city in two mails, then one withdrawn.
func overQuota() []Scene {
	more := casesGuangzhouMore()
	var out []Scene
	for i, cases := range [][]Package{more[:3], more[3:]} {
		m := bureauMail("广州市")
		m.Subject = fmt.Sprintf("广州市报送电子商务优秀案例（第二批，第%d封/共2封）", i+1)
		m.Text = signed("广州市", fmt.Sprintf("电商处：\n现报送我市第二批案例，本封%d个，请查收。", len(cases)))
		for _, p := range cases {
			m.Files = append(m.Files, p.Zip(GBK))
		}
		expect := "登记3个案例，等待第2封"
		if i == 1 {
			expect = "共6个案例，超出名额1个"
		}
		out = append(out, plainScene(at(21, 10, 3*i), fmt.Sprintf("more cases of one city (%d)", i+1),
			fmt.Sprintf("广州市：再报5个案例（第%d封）", i+1), expect, m))
	}
	return append(out, reply(at(21, 10, 40), "one case withdrawn", "广州市：撤回1个案例", "撤回1个，名额恢复正常", bureauMail("广州市"),
		func(l Letter) string { return "撤回 " + l.Number(more[4].Unit) }, more[4].Unit))
}

// A reply that a letter to staff offers for one that waits: 放行 K7Q2-9MXD.
var release = regexp.MustCompile(`放行 [0-9A-Z]{4}-[0-9A-Z]{4}`)

// staffRelease: the officer lets the letters of going live leave, if some wait.
func staffRelease() Scene {
	return staffAnswer(at(15, 8, 50), "staff: letters released", "电商处放行核对函", "放行待审信件", func(text string) []string {
		return slices.Compact(release.FindAllString(text, -1))
	})
}

// staffRows: the officer answers the rows of the morning letter that the demo is sure of.
func staffRows() Scene {
	return staffAnswer(at(17, 8, 45), "staff: rows of the morning letter", "电商处处理待办行", "按行号登记或标记无关", rowAnswers)
}

// staffAnswer is a reply of the officer to the newest letter that gives him
// something to answer; if none does, the scene is skipped.
func staffAnswer(t time.Time, title, titleZh, expect string, answers func(text string) []string) Scene {
	return Scene{At: t, From: Officer, Title: title, TitleZh: titleZh, Expect: expect,
		Write: func(got Inbox) ([]byte, error) {
			for i := len(got) - 1; i >= 0; i-- {
				l, err := ReadLetter(got[i])
				if err != nil {
					continue
				}
				if lines := answers(l.Text); len(lines) > 0 {
					m := officer()
					m.At, m.Answers, m.Text = t, &l, strings.Join(lines, "\n")
					return m.Bytes(), nil
				}
			}
			return nil, nil
		}}
}

// A reply that a row of a staff letter offers: “3 登记”. 登记邮箱 is another command.
var offered = regexp.MustCompile(`(\d{1,3}) ?登记(邮箱)?`)

// rowAnswers chooses a reply for the rows about 茂名's pictures and 湛江's
// statistics; other rows are left.
func rowAnswers(text string) []string {
	var out []string
	end := max(0, strings.LastIndex(text, "待处理（")) // the table of cities before it names 茂名 too
	for _, m := range offered.FindAllStringSubmatchIndex(text, -1) {
		row, n := text[end:m[0]], text[m[2]:m[3]]
		end = m[1]
		answer := ""
		switch {
		case m[4] >= 0:
		case strings.Contains(row, "月报"):
			answer = n + " 无关"
		case strings.Contains(row, "茂名") || strings.Contains(row, "mm.example"):
			answer = n + " 登记"
		}
		if answer != "" && !slices.Contains(out, answer) {
			out = append(out, answer)
		}
	}
	return out
}
