package score

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// desk is a request with four cases, as the department writes it.
func desk() Request {
	r := Request{
		Cases: []Case{
			{"AL2024-0007", "佛山市顺品家居科技有限公司", "泛家居产业带直播选品与售后一体化服务"},
			{"AL2024-0009", "茂名市荔乡供应链管理有限公司", "荔枝“产地直采+云仓冷链”数商兴农示范项目"},
			{"AL2024-0012", "深圳市优易数字营销股份有限公司", "AIGC驱动的跨境品牌内容营销平台"},
			{"AL2024-0021", "中山市灯都电商服务有限公司", "古镇灯饰“一码通”数字化选品与质检服务"},
		},
		Criteria: []Criterion{{"技术性与创新性", 3000}, {"效益性", 2500}, {"示范性", 2000}, {"整体实力", 1500}, {"数据完整性", 1000}},
		Stamps:   []string{"7C4T-2Q9M"},
	}
	r.Letters = []Letter{requestLetter(r)}
	return r
}

// requestLetter writes a letter like the one that asks for scores.
func requestLetter(r Request) Letter {
	var t, h strings.Builder
	line := func(format string, a ...any) {
		fmt.Fprintf(&t, format+"\n", a...)
		fmt.Fprintf(&h, "<tr><td>"+format+"</td></tr>\n", a...)
	}
	h.WriteString("<html><body><table>")
	line("陈教授：")
	line("您好！请您为“广东省电子商务优秀案例”的%d个参评案例评分，请于11月20日24时前直接回复本邮件。", len(r.Cases))
	line("怎样回复")
	line("1. 写在回信里：一个案例一行，例如“0000 技术性与创新性27，效益性20.5，示范性18，整体实力13，数据完整性9”；也可以按指标顺序只写数字，例如“0000 27 20.5 18 13 9”。")
	line("2. 需要回避的，请写“回避 0000 理由”；不评的，请写“弃权 0000”；有疑问，直接写在回信里。")
	line("评分指标（满分100分，可用小数，如8.5）")
	for i, c := range r.Criteria {
		line("%d. %s　%d分", i+1, c.Name, c.Max/100)
	}
	line("案例清单（%d个）", len(r.Cases))
	for i, c := range r.Cases {
		line("%d. %s　%s　《%s》", i+1, c.Number, c.Unit, c.Name)
	}
	line("评分表（请把分数填在空白处，未评的留空）")
	h.WriteString("</table><table border=1><tr><th>案例</th>")
	for _, c := range r.Criteria {
		fmt.Fprintf(&h, "<th>%s（%d分）</th>", c.Name, c.Max/100)
	}
	h.WriteString("<th>评语</th></tr>")
	for _, c := range r.Cases {
		fmt.Fprintf(&t, "\n%s　%s　《%s》\n", c.Number, c.Unit, c.Name)
		fmt.Fprintf(&h, "<tr><td><b>%s</b>　%s　《%s》</td>%s</tr>\n", c.Number, c.Unit, c.Name, strings.Repeat("<td>&nbsp;</td>", len(r.Criteria)+1))
		for _, x := range r.Criteria {
			fmt.Fprintf(&t, "%s（%d分）：\n", x.Name, x.Max/100)
		}
		t.WriteString("评语：\n")
	}
	h.WriteString("</table><table>")
	for i, c := range r.Cases {
		t.WriteString("\n")
		line("■ %s　%s　《%s》", c.Number, c.Unit, c.Name)
		line("案例概述（二）技术性与创新性")
		line("（1）技术方面。%s打通%d个主流电商平台和8家物流企业的数据接口，数据同步延迟小于3秒，单条内容制作成本由120元降到9.5元。", c.Unit[:9], 12+i)
		line("案例概述（三）效益性")
		line("经济效益：2023年项目直接带动交易额%d.8亿元，同比增长33.3%%，其中出口占28%%；服务商家%d家，户均增收26万元。", 2+i, 742+i)
		line("案例概述（四）示范性")
		line("示范效果方面，周边5个镇街参照本项目建设服务站%d个，全网阅读量超过2,000万。", 17+i)
		line("参评单位简介（“整体实力”的评分依据）")
		line("公司成立于201%d年，注册资本2000万元，现有员工%d人，其中研发人员占35%%。", i, 312+i)
	}
	line("广东省商务厅电子商务处（案例征集工作邮箱）　联系人：林老师　020-83000000")
	line("本邮件由系统自动生成，评分以您本人确认为准，不代表评审结论。")
	line("57DK-MKV6")
	h.WriteString("</table></body></html>")
	return Letter{Subject: "【请评分】4个案例，11月20日24时前回复：广东省电子商务优秀案例评审【57DK-MKV6】", Text: t.String(), HTML: h.String()}
}

// eml wraps a plain text as the mail of the expert.
func eml(body, charset string) []byte {
	return []byte("From: =?utf-8?B?6ZmI5pWZ5o6I?= <chen@univ.example>\nTo: dianshangchu@gd.example\nSubject: =?utf-8?B?5Zue5aSN?=\nMIME-Version: 1.0\n" +
		"Content-Type: text/plain; charset=" + charset + "\nContent-Transfer-Encoding: 8bit\n\n" + body + "\n")
}

// short writes an answer as the tables here do: cases with their values (- where
// there is none), then what is asked back, recused, abstained and so on.
func short(a Answer, r Request) string {
	var out []string
	for _, c := range r.Cases {
		vals, any := make([]string, len(r.Criteria)), false
		for i, x := range r.Criteria {
			vals[i] = "-"
			for _, v := range a.Cells {
				if v.Number == c.Number && v.Criterion == x.Name {
					vals[i], any = strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.2f", float64(v.Value)/100), "0"), "."), true
				}
			}
		}
		if any {
			out = append(out, tail(c.Number)+" "+strings.Join(vals, " "))
		}
	}
	seen := map[string]bool{}
	for _, q := range a.Queries {
		if s := "?" + tail(q.Number); !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	for _, x := range a.Recusals {
		out = append(out, "recused "+tail(x.Number))
	}
	for _, x := range a.Abstained {
		out = append(out, "abstained "+tail(x.Number))
	}
	for _, x := range []struct {
		is   bool
		what string
	}{{a.Accept, "accept"}, {a.Decline, "decline"}, {a.Confirm, "confirm"}, {a.Question != "", "question"}, {a.Absence != "", "absence"}} {
		if x.is {
			out = append(out, x.what)
		}
	}
	return strings.Join(out, "; ")
}

func tail(number string) string { return number[max(0, len(number)-4):] }

// group is a list of answers, each with what it comes to, and why.
type group struct {
	why     string
	answers [][2]string
}

// run reads each answer as UTF-8 and GBK, with LF and CRLF.
func run(t *testing.T, r Request, groups []group) {
	t.Helper()
	for _, g := range groups {
		t.Run(g.why, func(t *testing.T) {
			for _, x := range g.answers {
				readAll(t, r, x[0], x[1])
			}
		})
	}
}

func readAll(t *testing.T, r Request, body, want string) {
	t.Helper()
	forms := [][]byte{eml(body, "utf-8"), []byte(strings.ReplaceAll(string(eml(body, "utf-8")), "\n", "\r\n"))}
	if b, err := simplifiedchinese.GBK.NewEncoder().String(string(eml(body, "gbk"))); err == nil {
		forms = append(forms, []byte(b))
	}
	for i, raw := range forms {
		a := Read(readMail(t, raw, true), r)
		if got := short(a, r); got != want {
			t.Errorf("form %d of\n%.600s\n got %s\nwant %s\n%s", i, body, got, want, dump(a))
			return
		}
	}
}
