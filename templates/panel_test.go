package templates

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

func criteria() []Criterion {
	return []Criterion{{"技术性与创新性", 30}, {"效益性", 25}, {"示范性", 20}, {"整体实力", 15}, {"数据完整性", 10}}
}

// panelUnits are twelve invented units and their cases.
var panelUnits = []struct{ unit, name string }{
	{"佛山市某某家居有限公司", "泛家居产业带数字化出海服务平台"}, {"佛山市甲乙食品有限公司", "直播进工厂"},
	{"广州市丙丁跨境电子商务产业园运营管理有限公司", "园区共享海外仓与合规服务中心"}, {"深圳市戊己科技股份有限公司", "智能选品与供应链协同平台"},
	{"汕头市庚辛玩具有限公司", "澄海玩具产业带直采"}, {"湛江市壬癸水产有限公司", "对虾产业数商兴农"},
	{"东莞市子丑服饰有限公司", "小单快反柔性供应链"}, {"中山市寅卯照明有限公司", "灯饰跨境独立站"},
	{"茂名市辰巳农业发展有限公司", "荔枝产地仓与冷链直发"}, {"珠海市午未电器有限公司", "直播电商质量追溯"},
	{"惠州市申酉鞋业有限公司", "女鞋产业带出海"}, {"广东省戌亥电子商务协会", "县域电商人才培训"},
}

func echoCase(n int, total string, values ...string) EchoCase {
	c := EchoCase{Number: fmt.Sprintf("AL2024-%04d", n+6), Unit: panelUnits[n-1].unit, Case: panelUnits[n-1].name, Total: total}
	for i, v := range values {
		c.Cells = append(c.Cells, EchoCell{Criterion: criteria()[i].Name, Value: v})
	}
	return c
}

func scored(n int) []EchoCase {
	var out []EchoCase
	for i := range n {
		half := ""
		if i%3 == 1 {
			half = ".5"
		}
		out = append(out, echoCase(i+1, fmt.Sprint(85-i)+half, fmt.Sprint(27-i%4), "22"+half, "18", fmt.Sprint(13-i%2), "9"))
	}
	return out
}

func openList(numbers ...int) []EchoCase {
	var out []EchoCase
	for _, n := range numbers {
		out = append(out, echoCase(n, ""))
	}
	return out
}

func echo() ScoreEcho {
	return ScoreEcho{Expert: "张明远", Criteria: criteria(), Deadline: "11月20日24时"}
}

func panelSamples() []example {
	complete := echo()
	complete.Recorded, complete.Complete = scored(12), true
	changed := echo()
	changed.Recorded, changed.Complete = scored(2), true
	changed.Recorded[0].Cells[1].Was, changed.Recorded[0].Cells[2].Was = "19.5", "17"
	changed.Recorded[1].Comment = "数据翔实，建议补充退货率口径。"
	changed.Notes = []string{"您询问的材料补充问题已转本次评审经办同志，将由人工答复。"}
	mixed := echo()
	mixed.Recorded = append(scored(3), EchoCase{Number: "AL2024-0012", Unit: panelUnits[5].unit, Case: panelUnits[5].name, Recused: true},
		EchoCase{Number: "AL2024-0013", Unit: panelUnits[6].unit, Abstained: true})
	mixed.Recorded[2].Cells[3].Value, mixed.Recorded[2].Total = "", ""
	mixed.Open = append([]EchoCase{{Number: "AL2024-0009", Unit: panelUnits[2].unit, Case: panelUnits[2].name, Cells: []EchoCell{{Criterion: "整体实力"}}}}, openList(4, 5)...)
	mixed.OpenMore = 4
	mixed.Queries = []EchoQuery{
		{Number: "AL2024-0009", Unit: panelUnits[2].unit, Words: "整体实力 12-13", Why: "“整体实力”是一个区间。请写一个确定的分值（满分15）。"},
		{Words: "绿源那家给85吧", Why: "未能确定是哪个案例，且只有总分。请写明案例编号和各项分值。"},
	}
	queries := echo()
	queries.Queries, queries.Open = mixed.Queries[1:], openList(1, 2)
	unproved := echo()
	unproved.Recorded, unproved.Unproved = scored(2), true
	closed := echo()
	closed.Recorded, closed.Closed = scored(1), true
	twice := echo()
	twice.Recorded = scored(2)
	twice.Recorded[1].Unit, twice.Open = twice.Recorded[0].Unit, openList(3)
	reminder := ScoreReminder{Expert: "张明远", Deadline: "11月20日24时", Criteria: criteria(), Count: 2,
		Open: append(openList(1, 3), EchoCase{Number: "AL2024-0011", Unit: panelUnits[4].unit, Case: panelUnits[4].name, Cells: []EchoCell{{Criterion: "效益性"}, {Criterion: "示范性"}}})}
	first := reminder
	first.Count, first.Deadline, first.Open = 1, "", first.Open[:1]
	invitation := Invitation{Expert: "张明远", Title: "广东省电子商务优秀案例", Document: "粤商务电函〔2024〕143号", Start: "11月6日", Deadline: "11月20日24时", Reply: "11月4日17时"}
	for i, u := range panelUnits {
		invitation.Units = append(invitation.Units, fmt.Sprintf("AL2024-%04d　%s　《%s》", i+7, u.unit, u.name))
	}
	bare := Invitation{Expert: "李静", Title: invitation.Title, Units: invitation.Units[:1]}
	second := SecondConfirm{Name: "李四", By: "王五", Line: "代录 张明远 AL2024-0007 27 22.5 18 13 9", Files: []string{"评分表（签字）.pdf"},
		Effects: []string{"张明远对AL2024-0007（佛山市某某家居有限公司）的评分记为：技术性与创新性27、效益性22.5、示范性18、整体实力13、数据完整性9，合计89.5；", "该专家的12个案例中已评12个。"}}
	order := SecondConfirm{Name: "李四", By: "王五", Line: "结束评审", Order: true, Effects: []string{"评审结束后不再接受评分，按评分规则计算排名。"}}
	return []example{
		{"invitation", frame, invitation},
		{"invitation-bare", frame, bare},
		{"score-echo-complete", frame, complete},
		{"score-echo-changed", frame, changed},
		{"score-echo-mixed", frame, mixed},
		{"score-echo-queries", frame, queries},
		{"score-echo-unproved", frame, unproved},
		{"score-echo-closed", frame, closed},
		{"score-echo-one-unit", frame, twice},
		{"score-reminder", frame, reminder},
		{"score-reminder-first", frame, first},
		{"other-address", frame, OtherAddress{Expert: "张明远", From: "zhangmy@home.example", Arrived: "11月12日21:40",
			Content: "0007 27 22.5 18 13 9\r\n0008 26 22 18 12 9\r\n\r\nK7Q2-AAAA\r\n"}},
		{"second-confirm", frame, second},
		{"second-confirm-order", frame, order},
		{"ranking", frame, RankingLetter{Name: "张伟", Ranking: ranking(), Summary: summaryData(), Confirmations: []ConfirmationData{confirmation()}}},
	}
}

// An expert who answered everything reads three lines, then a line a case.
func TestEchoOfAllIsShort(t *testing.T) {
	d := echo()
	d.Recorded, d.Complete = scored(12), true
	body, _, _ := strings.Cut(frame.ScoreEcho(d).Text, "\n\n广东省")
	if lines := strings.Split(body, "\n"); len(lines) != 3+1+12 {
		t.Errorf("%d lines:\n%s", len(lines), body)
	}
}

// What an expert is shown as an example names the case 0000, which there is not:
// quoted back, it scores nothing.
func TestExamplesNameNoCase(t *testing.T) {
	number := regexp.MustCompile(`\b\d{4}\b`)
	for _, x := range panelSamples() {
		for line := range strings.SplitSeq(render(t, x).Text, "\n") {
			if !strings.Contains(line, "例如：") && !strings.Contains(line, "请回复 ") {
				continue
			}
			for _, n := range number.FindAllString(line, -1) {
				if n != "0000" {
					t.Errorf("%s: an example with %s: %s", x.name, n, line)
				}
			}
		}
	}
}

// A value that replaced another says so; one that is open says so.
func TestEchoCells(t *testing.T) {
	d := echo()
	d.Recorded = []EchoCase{echoCase(1, "", "27", "", "18", "8.5", "9")}
	d.Recorded[0].Cells[0].Was = "25"
	text := frame.ScoreEcho(d).Text
	want := "AL2024-0007　佛山市某某家居有限公司　技术 27(原25)　效益 未评　示范 18　整体 8.5　数据 9\n"
	if !strings.Contains(text, want) {
		t.Errorf("no line %q in\n%s", want, text)
	}
}

// Where two criteria begin alike they are named in full.
func TestEchoNamesCriteriaApart(t *testing.T) {
	d := ScoreEcho{Criteria: []Criterion{{"技术性", 50}, {"技术团队", 50}},
		Recorded: []EchoCase{{Number: "AL2024-0007", Unit: "甲", Cells: []EchoCell{{"技术性", "1", ""}, {"技术团队", "2", ""}}, Total: "3"}}}
	if text := frame.ScoreEcho(d).Text; !strings.Contains(text, "技术性 1　技术团队 2　合计 3") {
		t.Error(text)
	}
}

// No letter to an expert invites to an answer where there is none to give.
func TestClosedEchoAsksForNothing(t *testing.T) {
	d := echo()
	d.Recorded, d.Queries, d.Open, d.Closed = scored(1), []EchoQuery{{Words: "25-27", Why: "区间"}}, openList(3), true
	if text := frame.ScoreEcho(d).Text; strings.Contains(text, "回复") || strings.Contains(text, "待评") {
		t.Error(text)
	}
}
