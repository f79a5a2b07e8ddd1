package sample

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// nov is a time of November 2024: the judging.
func nov(day, hour, minute int) time.Time { return on(time.November, day, hour, minute) }

// judging: eligibility, the panel, the experts' answers, the ranking.
func judging() []Scene {
	var out []Scene
	for _, act := range [][]Scene{panel(), firstAnswers(), laterAnswers(), closing()} {
		out = append(out, act...)
	}
	return out
}

func panel() []Scene {
	list := officer()
	list.Files = []File{{"专家名单.xlsx", Roster().Xlsx()}}
	return []Scene{
		reply(nov(1, 9, 0), "staff: list of experts", "电商处发来专家名单", "读取名单，等待确认", list, always("专家名单"), "每日情况"),
		confirm(nov(1, 9, 5), "staff: list confirmed", "电商处确认专家名单", "专家名单生效"),
		staffAnswer(nov(1, 9, 20), "staff: eligibility by rows", "电商处按行号通过资格审核", "资格审核通过", passAll),
		reply(nov(1, 9, 40), "staff: begin the review", "电商处启动评审", "展示分配方案，等待确认", officer(), always("启动评审"), "每日情况"),
		confirm(nov(1, 9, 45), "staff: review confirmed", "电商处确认启动评审", "材料冻结，向7位专家发出评审材料"),
	}
}

// confirm answers the newest transcript that asks for it.
func confirm(t time.Time, title, titleZh, expect string) Scene {
	return reply(t, title, titleZh, expect, officer(), func(l Letter) string { return "确认 " + l.Code }, "待确认")
}

// A row that offers 通过.
var passOffered = regexp.MustCompile(`(\d{1,3}) 通过`)

func passAll(text string) []string {
	var rows []string
	for _, m := range passOffered.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(rows, m[1]) {
			rows = append(rows, m[1])
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return []string{strings.Join(rows, "、") + " 通过"}
}

// firstAnswers: in words, by sheet, into the quote, and a machine that is on leave.
func firstAnswers() []Scene {
	e := Experts()
	away := e[5].mail()
	away.Bare, away.Extra = true, []string{"X-QQ-AUTO-REPLY: true", "Auto-Submitted: auto-replied"}
	away.Subject = "自动回复：出差"
	return []Scene{
		reply(nov(1, 9, 50), "expert on leave", "专家6：休假自动回复", "自动邮件，提示工作人员", away, always("您好，本人11月1日至4日出差，期间不便查看邮件，5日回复。"), "请评分"),
		reply(nov(4, 10, 0), "expert: in words", "专家1：用简称逐个写分数", "全部记录，回发核对", e[0].mail(), inWords, "请评分"),
		sheetBack(nov(4, 14, 30), e[1]),
		intoQuote(nov(4, 16, 0), e[2]),
		reply(nov(5, 8, 50), "expert: numbers in order, one recused", "专家4：按顺序写五个数，回避1个", "记录，1个回避", e[3].mail(), inOrder, "请评分"),
		reply(nov(5, 9, 20), "expert: Chinese numerals and comments", "专家5：汉字数字，评语里满是数字", "记录分数，评语不当作分数", e[4].mail(), inChinese, "请评分"),
		reply(nov(5, 9, 40), "expert: nothing certain", "专家7：“平均85分左右”", "不记录，请其写明各项", e[6].mail(), always("几个案例都不错，平均给85分左右吧，第一个可以再高一点。"), "请评分"),
	}
}

func laterAnswers() []Scene {
	e := Experts()
	return []Scene{
		reply(nov(5, 10, 30), "expert corrects himself", "专家1：更正一处分数", "改1处，旧值留痕", e[0].mail(),
			func(l Letter) string {
				return "更正：" + caseNumbers(l)[0] + " 效益性改为 23，其余不变。谢谢！"
			}, "核对"),
		reply(nov(5, 10, 40), "expert: asked back, answers", "专家7：按要求重写", "全部记录", e[6].mail(), inOrder, "请评分"),
		reply(nov(5, 15, 15), "expert: rows pasted from a spreadsheet", "专家6：粘贴表格行", "全部记录", e[5].mail(), pasted, "请评分"),
	}
}

func closing() []Scene {
	return []Scene{
		reply(nov(6, 9, 0), "staff: end the review", "电商处结束评审", "展示未评情况，等待确认", officer(), always("结束评审"), "每日情况"),
		confirm(nov(6, 9, 5), "staff: end confirmed", "电商处确认结束评审", "评分解封"),
		reply(nov(6, 9, 10), "staff: the ranking", "电商处要排名", "排名表、汇总表、确认表", officer(), always("排名"), "处理结果"),
	}
}

// caseNumbers are the cases of a letter in order, each once.
func caseNumbers(l Letter) []string {
	var out []string
	for _, n := range caseNumber.FindAllString(l.Text, -1) {
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// Points are the five scores that an expert gives a case: his own, and always the
// same.
func Points(who, number string) [5]string {
	var out [5]string
	for i, most := range [5]int{30, 25, 20, 15, 10} {
		v := pick(who+number, fmt.Sprint("points", i), most*7*2/10, most*2) // halves, 70 % and more
		out[i] = strings.TrimSuffix(fmt.Sprintf("%d.%d", v/2, v%2*5), ".0")
	}
	return out
}

func short(number string) string { return number[len(number)-4:] }

func inWords(l Letter) string {
	lines := []string{"您好，评分如下："}
	for _, n := range caseNumbers(l) {
		p := Points(l.To, n)
		lines = append(lines, fmt.Sprintf("%s：技术%s，效益%s，示范%s，实力%s，数据%s", short(n), p[0], p[1], p[2], p[3], p[4]))
	}
	return strings.Join(append(lines, "以上，请查收。"), "\n")
}

func inOrder(l Letter) string {
	var lines []string
	for i, n := range caseNumbers(l) {
		if i == 1 && strings.HasPrefix(l.To, "he.yanqiu") {
			lines = append(lines, "回避 "+short(n)+" 该单位系我院合作企业")
			continue
		}
		p := Points(l.To, n)
		lines = append(lines, short(n)+"　"+strings.Join(p[:], "、"))
	}
	return strings.Join(lines, "\n")
}

func inChinese(l Letter) string {
	lines := []string{"各案例评分及意见："}
	for i, n := range caseNumbers(l) {
		p := Points(l.To, n)
		lines = append(lines, fmt.Sprintf("%s 技术性与创新性%s、效益性%s、示范性%s、整体实力%s、数据完整性%s。", n, chinese(p[0]), chinese(p[1]), chinese(p[2]), chinese(p[3]), chinese(p[4])))
		if i%3 == 0 {
			lines = append(lines, "评语：2023年交易额2.3亿元、增长30%，带动3个镇街，材料较扎实。")
		}
	}
	return strings.Join(lines, "\n")
}

// chinese writes 8.5 as 八点五 and 27 as 二十七.
func chinese(v string) string {
	digits := []string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	whole, part, dot := strings.Cut(v, ".")
	n := 0
	for _, r := range whole {
		n = n*10 + int(r-'0')
	}
	text := ""
	switch {
	case n >= 20:
		text = digits[n/10] + "十"
	case n >= 10:
		text = "十"
	}
	if n%10 > 0 || n == 0 {
		text += digits[n%10]
	}
	if dot {
		text += "点" + digits[part[0]-'0']
	}
	return text
}

func pasted(l Letter) string {
	lines := []string{"出差回来，评分从表格里粘贴如下：", "编号\t技术性与创新性\t效益性\t示范性\t整体实力\t数据完整性"}
	for _, n := range caseNumbers(l) {
		p := Points(l.To, n)
		lines = append(lines, n+"\t"+strings.Join(p[:], "\t"))
	}
	return strings.Join(lines, "\n")
}

// blank is a line of the request's form that waits for a score.
var blank = regexp.MustCompile(`^.{2,12}（\d+分）：$`)

// intoQuote: the expert writes into the quoted form.
func intoQuote(t time.Time, e Expert) Scene {
	return Scene{At: t, From: e.Address, Title: "expert: into the quoted form", TitleZh: "专家3：在引用的原文里填分数", Expect: "全部记录",
		Write: func(got Inbox) ([]byte, error) {
			l := got.Newest("请评分")
			if l == nil {
				return nil, fmt.Errorf("%w: %s", ErrNoLetter, e.Address)
			}
			m := e.mail()
			filled, i, number := *l, 0, ""
			var lines []string
			for line := range strings.SplitSeq(l.Text, "\n") {
				if n := caseNumber.FindString(line); n != "" {
					number, i = n, 0
				}
				if blank.MatchString(line) && number != "" && i < 5 {
					line += Points(e.Address, number)[i]
					i++
				}
				lines = append(lines, line)
			}
			filled.Text = strings.Join(lines, "\n")
			m.At, m.Answers, m.Text = t, &filled, "已在下面填好。"
			return m.Bytes(), nil
		}}
}
