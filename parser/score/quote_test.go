package score

import (
	"fmt"
	"strings"
	"testing"

	"anli/parser/mail"
)

// echo is what we write back: values of ours, his own words, a question.
func echo() Letter {
	return Letter{Subject: "【评分回执】已记录2个案例的评分", Text: `陈教授：
您好！已记录2个案例的评分、1个案例的回避，有1处需要您写明，尚有1个案例待评。
请在11月20日24时前直接回复本邮件，只写需要写明的和待评的部分即可，已记录的不必重写。各项依次为技术性与创新性（满分30）、效益性（25）、示范性（20）、整体实力（15）、数据完整性（10）。

需要您写明（1处，均未记录）
1. AL2024-0009　茂名市荔乡供应链管理有限公司
您写的是“整体实力 12-13”
→ “整体实力”是一个区间。请写一个确定的分值（满分15）。

待评的案例（2个）
· AL2024-0009　茂名市荔乡供应链管理有限公司　《荔枝“产地直采+云仓冷链”数商兴农示范项目》　未评：整体实力
· AL2024-0021　中山市灯都电商服务有限公司　《古镇灯饰“一码通”数字化选品与质检服务》

已记录的案例（3个）
AL2024-0007　佛山市顺品家居科技有限公司　技术 27　效益 22(原19.5)　示范 18　整体 13　数据 9　合计 89
AL2024-0009　茂名市荔乡供应链管理有限公司　技术 25　效益 22　示范 18　整体 未评　数据 9
AL2024-0012　深圳市优易数字营销股份有限公司　已登记回避，不评分
如需更正，请直接回复案例编号、项目和新的分值，例如：0000 效益性 20。

广东省商务厅电子商务处（案例征集工作邮箱）　联系人：林老师　020-83000000
本邮件由系统自动生成，评分以您本人确认为准，不代表评审结论。
K7Q2-9MXD
`}
}

const (
	outlookHead = "发件人: 广东省商务厅电子商务处 <dianshangchu@gd.example>\n发送时间: 2024年11月8日 9:30\n收件人: 陈教授 <chen@univ.example>\n主题: 【请评分】4个案例\n\n"
	gmailHead   = "广东省商务厅电子商务处 <dianshangchu@gd.example> 于2024年11月8日周五 09:30写道：\n"
	ownHead     = "发件人: 陈教授 <chen@univ.example>\n发送时间: 2024年11月9日 9:30\n收件人: 广东省商务厅电子商务处 <dianshangchu@gd.example>\n主题: 回复\n\n"
	helperHead  = "王助理 <wang@univ.example> 于2024年11月9日周六 09:30写道：\n"
)

func prefixed(s string) string { return wrapped(s, 10_000, "> ") }

// wrapped breaks lines anew after n characters, wherever that is.
func wrapped(s string, n int, prefix string) string {
	var out []string
	for l := range strings.SplitSeq(strings.TrimRight(s, "\n"), "\n") {
		r := []rune(l)
		for ; len(r) > n; r = r[n:] {
			out = append(out, prefix+string(r[:n]))
		}
		out = append(out, prefix+string(r))
	}
	return strings.Join(out, "\n")
}

// fillForm writes values into the form of a request, at the lines of a case.
func fillForm(text, number string, values ...string) string {
	i := strings.Index(text, "\n\n"+number+"　")
	head, form := text[:i], text[i:]
	for n, label := range []string{"技术性与创新性（30分）：", "效益性（25分）：", "示范性（20分）：", "整体实力（15分）：", "数据完整性（10分）：", "评语："} {
		if n < len(values) {
			form = strings.Replace(form, label+"\n", label+values[n]+"\n", 1)
		}
	}
	return head + form
}

// What we wrote is taken out, whatever a client did to it; what was filled in stays.
func TestQuotedForm(t *testing.T) {
	r := desk()
	blank := r.Letters[0].Text
	filled := fillForm(fillForm(blank, "AL2024-0009", "27", "22", "", "13.5", "９", "2023年增长30%，9家企业"), "AL2024-0021", "25分", "20", "18", "12", "8")
	const want = "0009 27 22 - 13.5 9; 0021 25 20 18 12 8"
	for _, n := range []int{20, 36, 40, 70, 76, 1000} {
		run(t, r, []group{{fmt.Sprint("broken anew at ", n), [][2]string{
			{gmailHead + wrapped(filled, n, "> "), want},
			{gmailHead + wrapped(filled, n, ">"), want},
			{"见下\n\n" + outlookHead + wrapped(filled, n, ""), want},
			{wrapped(filled, n, ""), want}, // no mark at all
			{gmailHead + wrapped(blank, n, "> "), ""},
			{outlookHead + wrapped(blank, n, ""), ""},
			{wrapped(blank, n, ""), ""},
		}}})
	}
	run(t, r, []group{
		{"the letter and the quote", [][2]string{
			{"0009 技术28\n\n" + gmailHead + prefixed(filled), "0009 - 22 - 13.5 9; 0021 25 20 18 12 8; ?0009"},
			{"0009 技术27\n\n" + gmailHead + prefixed(filled), want},
		}},
		{"below all of it, a case must be named", [][2]string{
			{outlookHead + blank + "\n27 22 18 13 9", "?"},
			{outlookHead + blank + "\n技术27 效益22", "?"},
			{gmailHead + prefixed(blank) + "\n27 22 18 13 9", "?"},
			{outlookHead + blank + "\n0012 27 22 18 13 9", "0012 27 22 18 13 9"},
		}},
		{"below the material of a case", [][2]string{
			{outlookHead + strings.Replace(blank, "\n■ AL2024-0012", "\n27 22 18 13 9\n\n■ AL2024-0012", 1), "0009 27 22 18 13 9"},
		}},
		{"our example is never read, even with a real number", [][2]string{
			{outlookHead + strings.Replace(blank, "例如“0000 27 20.5 18 13 9”", "例如“0007 27 20.5 18 13 9”", 1), ""},
		}},
		{"the figures of our example for a real case are his", [][2]string{
			{"0007 技术性与创新性27，效益性20.5，示范性18，整体实力13，数据完整性9\n\n" + gmailHead + prefixed(blank), "0007 27 20.5 18 13 9"},
		}},
		{"older mails of his own, and of others, say nothing now", [][2]string{
			{"0007效益改为21\n\n> 0007 27 22 18 13 9\n> 0009 25 20 17 12 8", "0007 - 21 - - -"},
			{"0007效益改为21\n\n" + ownHead + "0007 27 22 18 13 9\n\n" + outlookHead + blank, "0007 - 21 - - -"},
			{"0007效益改为21\n\n" + helperHead + prefixed("0007 27 22 18 13 9"), "0007 - 21 - - -"},
			{"请查收\n\n" + helperHead + prefixed("0007 27 22 18 13 9"), "?"},
			{"> 0007 27 22 18 13 9", "?"},
		}},
	})
}

// In answers to an echo the values are ours, until he changes one.
func TestQuotedEcho(t *testing.T) {
	r := desk()
	r.Letters = append(r.Letters, echo())
	text := echo().Text
	changed := func(old, new string) string { return strings.Replace(text, old, new, 1) }
	run(t, r, []group{
		{"confirmed", [][2]string{
			{"确认\n" + gmailHead + prefixed(text), "confirm"},
			{"确认\n" + outlookHead + wrapped(text, 40, ""), "confirm"},
		}},
		{"completed above", [][2]string{
			{"0009 整体实力 12.5\n" + outlookHead + text, "0009 - - - 12.5 -"},
			{"整体实力 12.5\n" + outlookHead + text, "?"},
			{"0021 27 22 18 13 9\n" + outlookHead + text, "0021 27 22 18 13 9"},
			{"0021：技术 27　效益 22　示范 18　整体 13　数据 9", "0021 27 22 18 13 9"}, // just what another case has
			{"0007 技术 27　效益 22　示范 18　整体 13　数据 9　合计 89\n0021 技术 25　效益 22　示范 18　整体 12　数据 9", "0007 27 22 18 13 9; 0021 25 22 18 12 9"},
			{"0012 改为不回避，27 22 18 13 9\n" + outlookHead + text, "?0012"},
		}},
		{"changed in the quote", [][2]string{
			{gmailHead + prefixed(changed("效益 22(原19.5)", "效益 21")), "0007 - 21 - - -"},
			{gmailHead + prefixed(changed("技术 27　", "技术 22　")), "0007 22 - - - -"},
			{gmailHead + prefixed(changed("技术 27　", "技术 25　")), "0007 25 - - - -"}, // what another case has there
			{gmailHead + wrapped(changed("整体 未评", "整体 12"), 40, "> "), "0009 - - - 12 -"},
			{gmailHead + prefixed(changed("质检服务》\n", "质检服务》\n25 20 18 12 8\n")), "0021 25 20 18 12 8"},
		}},
	})
}

// A mail that refers to no letter of ours counts only with whole numbers.
func TestUnproved(t *testing.T) {
	r := desk()
	for body, want := range map[string]string{
		"AL2024-0007 27 22 18 13 9":    whole,
		"0007 27 22 18 13 9":           "?",
		"顺品家居 27 22 18 13 9":           "?",
		"AL2024-0007\n技术27\n0009 效益22": "0007 27 - - - -; ?",
	} {
		a := Read(Input{Message: mail.Message{Text: body, Fresh: body}}, r)
		if got := short(a, r); got != want {
			t.Errorf("%s\n got %s\nwant %s", body, got, want)
		}
	}
	r.Cases = r.Cases[:1]
	for proved, want := range map[bool]string{true: whole, false: "?"} {
		body := "27 22 18 13 9"
		a := Read(Input{Message: mail.Message{Text: body, Fresh: body}, Proved: proved}, r)
		if got := short(a, r); got != want {
			t.Errorf("one case, proved %v: got %s, want %s", proved, got, want)
		}
	}
}

// The HTML form is what he filled in; the plain one must not say otherwise.
func TestTwoForms(t *testing.T) {
	r := desk()
	table := strings.Replace(r.Letters[0].HTML, strings.Repeat("<td>&nbsp;</td>", 6), "<td>27</td><td>22</td><td>18</td><td colspan=1>13</td><td>9</td><td>好，增长30%</td>", 1)
	merged := strings.Replace(r.Letters[0].HTML, strings.Repeat("<td>&nbsp;</td>", 6), "<td colspan=5>27 22 18 13 9</td><td></td>", 1)
	holed := strings.Replace(r.Letters[0].HTML, strings.Repeat("<td>&nbsp;</td>", 6), "<td>27</td><td colspan=2>22</td><td>13</td><td>9</td><td></td>", 1)
	for _, tt := range []struct{ plain, html, want, why string }{
		{"见下表", "<div>见下表</div><blockquote>" + table + "</blockquote>", whole, "the table filled in"},
		{"", "<div>见下表</div><blockquote>" + merged + "</blockquote>", whole, "cells merged into one"},
		{"", "<div>见下表</div><blockquote>" + holed + "</blockquote>", "0007 27 22 - 13 9", "two cells merged: those behind do not move"},
		{"0007 27 22 18 13 8", "<div>0007 27 22 18 13 9</div>", "0007 27 22 18 13 -; ?0007", "the forms differ"},
		{"0007 27 22 18 13 9", "<div></div>", whole, "nothing in the HTML"},
		{"0007 效益24 23", "<div>0007 效益<s>24</s> 23</div>", "0007 - 23 - - -", "struck out"},
	} {
		plain := mail.Message{Text: tt.plain, Fresh: tt.plain}
		plain.TextHTML, _ = mail.HTMLText(tt.html, 100_000)
		if got := short(Read(Input{Message: plain, Proved: true}, r), r); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.why, got, tt.want)
		}
	}
}
