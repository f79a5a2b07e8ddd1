package templates

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

var cities21 = strings.Fields("广州市 韶关市 深圳市 珠海市 汕头市 佛山市 江门市 湛江市 茂名市 肇庆市 惠州市 梅州市 汕尾市 河源市 阳江市 清远市 东莞市 中山市 潮州市 揭阳市 云浮市")

// fullLedger is 105 cases, five a city, in every stage.
func fullLedger() *LedgerData {
	d := &LedgerData{Title: "广东省电子商务优秀案例", AsOf: "2024年11月6日8:30", Head: headHash}
	order := strings.Fields("incomplete complete eligible ineligible in-review reviewed publicised awarded not-selected withdrawn")
	for i := range 105 {
		u := panelUnits[i%len(panelUnits)]
		city := cities21[i%21]
		c := LedgerCase{Number: fmt.Sprintf("AL2024-%04d", i+1+i/60), City: city, Unit: u.unit, Case: u.name, Fields: []string{"电商+产业带"}, Stage: order[i%len(order)],
			CreditCode: fmt.Sprintf("91440600MA5%06dX", i), Leader: "陈国平", Contact: "林小燕", Phone: fmt.Sprintf("0757-8300%04d", i), Email: fmt.Sprintf("office%d@unit.example", i),
			Files: 9 + i%4, Received: "2024-10-12 09:30", Touched: "2024-10-30 16:41", Revision: 1 + i%3, Sender: "ec@bureau.example"}
		switch i % 10 {
		case 0:
			c.State = "待补充3项"
			c.Findings = []LedgerFinding{
				{Severity: "error", State: "open", Message: "未找到营业执照（或事业单位法人证书、社会组织登记证书）复印件。", Fix: "请补充清晰的扫描件或照片。"},
				{Severity: "error", State: "open", Message: "照片现有2张，还需1张。", Fix: "可命名为“照片3.jpg”；如以U盘报送，请回复“U盘 " + c.Number + " 照片”。"},
				{Severity: "error", State: "pending", Message: "扫描件第6页“参评单位（盖章）”处未见公章。"},
				{Severity: "warning", State: "open", Message: "文件夹名“[案例]佛山某某家居”与规定格式不一致，不影响登记。"}}
			c.Corrections = []string{"联系电话：0757-83001234（10月16日）"}
		case 1:
			c.Holds = []string{"late"}
			c.Findings = []LedgerFinding{{Severity: "warning", State: "open", Staff: true, Message: "信用代码登记地为“佛山市”，与报送地市不同。"}}
		case 2, 4, 5:
			c.Verdict, c.Checked = "通过（王五，11月5日）", "无（李四，11月4日）"
		case 3:
			c.Verdict, c.Checked = "不通过：列入失信被执行人名单（王五，11月5日）", "有：（2024）粤0604执0000号（李四，11月4日）"
			c.Findings = []LedgerFinding{{Severity: "error", State: "waived", Message: "宣传图片现有2张，还需1张。"}}
		}
		d.Cases = append(d.Cases, c)
	}
	for i, name := range cities21 {
		d.Cities = append(d.Cities, LedgerCity{City: name, Quota: 5, Received: 4 + i%2, Complete: i % 3, Open: (i + 1) % 2, Decide: i % 4 / 3, Eligible: 1, Failed: i % 2, Review: 1, Withdrawn: 1 - i%2,
			Addresses: "ec@bureau.example、swj@bureau.example"})
	}
	d.Cities[20] = LedgerCity{City: "云浮市", Quota: 5, Note: "本次不推荐"}
	d.Others = []LedgerProblem{{From: "ec@unknown.example", Message: "来信《报送案例材料》附件6个，发件邮箱未备案。", Since: "2024-10-13 17:02"}}
	d.Decisions = []LedgerDecision{
		{At: "2024-10-29 15:10", Verb: "延期", Item: "11月8日24时", Reason: "粤商务电函〔2024〕160号", By: "王五"},
		{At: "2024-11-05 10:12", Number: "AL2024-0003", Unit: panelUnits[2].unit, Verb: "通过", By: "王五"},
		{At: "2024-11-05 10:12", Number: "AL2024-0004", Unit: panelUnits[3].unit, Verb: "不通过", Reason: "列入失信被执行人名单", By: "王五"},
		{At: "2024-11-05 10:20", Number: "AL2024-0004", Unit: panelUnits[3].unit, Verb: "免", Item: "宣传图片", Reason: "原件已由U盘补送", By: "李四", Undone: "李四，11月5日11:02"}}
	d.Gaps = []LedgerGap{{Number: "AL2024-0061", Why: "与AL2024-0012为同一案例，已合并", At: "2024-10-20 11:00"}}
	return d
}

// shortLedger has a case of every stage.
func shortLedger() LedgerData {
	d := *fullLedger()
	d.Cases, d.Cities = d.Cases[:11], append(d.Cities[:3:3], d.Cities[20])
	return d
}

// fullDigest is a morning with everything: 105 cases, 60 rows, letters to approve.
func fullDigest() StaffLetter {
	d := StaffLetter{Date: "2024年11月6日", AsOf: "11月6日8:30", Ledger: fullLedger(),
		Sentence: "截至11月6日8:30，共收到20个市报送案例105个，其中材料齐全61个、待补充32个、待我处决定12个；尚未报送：云浮；距截止还有2个工作日。"}
	for i, name := range cities21 {
		d.Cities = append(d.Cities, CityTile{City: name, Complete: i % 3, Open: (i + 1) % 2, Decide: i % 4 / 3, Eligible: i % 5, Failed: i % 7 / 6})
	}
	d.Cities[3], d.Cities[4], d.Cities[20] = CityTile{City: "珠海市", Review: 5}, CityTile{City: "汕头市", Selected: 2, Passed: 3}, CityTile{City: "云浮市", Declined: true}
	for i := range 60 {
		u := panelUnits[i%len(panelUnits)]
		d.Rows = append(d.Rows, StaffRow{ID: fmt.Sprint(i), N: i + 1, Age: "2天", Text: fmt.Sprintf("%sAL2024-%04d（%s）材料齐全，待资格审核。", cities21[i%21], i+1, u.unit),
			Replies: []string{fmt.Sprintf("%d 通过", i+1), fmt.Sprintf("%d 不通过 理由", i+1), fmt.Sprintf("%d 补正 说明", i+1)}})
	}
	d.Rows[0].Text, d.Rows[0].Urgent, d.Rows[0].Replies = "公示期内收到异议：who@mail.example 于11月5日来信《关于公示名单的意见》，涉及AL2024-0007", true, []string{"1 登记异议 编号", "1 无关"}
	for i := range 3 {
		l := frame.Ruling(Ruling{City: cities21[i], Number: fmt.Sprintf("AL2024-%04d", i+1), Unit: panelUnits[i].unit, Case: panelUnits[i].name, Verb: "受理", Reason: "退信记录属实"})
		d.Letters = append(d.Letters, HeldLetter{"T3WZ-01A" + fmt.Sprint(i), "ec@bureau.example", l.Subject, l.Text, "待放行"})
	}
	for i := range 105 {
		u := panelUnits[i%len(panelUnits)]
		d.Arrived = append(d.Arrived, CityCase{cities21[i/5], CaseName{fmt.Sprintf("AL2024-%04d", i+1), u.unit, u.name, "材料齐全，待资格审核"}})
	}
	small := staffLetter()
	d.Held, d.Absences, d.Bounces, d.People, d.Reconcile, d.Vitals = small.Held, small.Absences, small.Bounces, small.People, small.Reconcile, small.Vitals
	d.Experts = []string{"7位专家，共应评105个案例、735份，已评402份，回避6份。", "张明远：应评15，已评15", "李静：应评15，已评8，回避1，最近来信11月4日", "王建国：应评15，尚未来信"}
	return d
}

// The cities stand below each other in a terminal, or a line each.
func TestTilesStandInColumns(t *testing.T) {
	row := func(words ...string) (out []tile) {
		for _, w := range words {
			city, state, _ := strings.Cut(w, " ")
			out = append(out, tile{City: city, State: state})
		}
		return out
	}
	for want, rows := range map[string][][]tile{
		"甲市 齐全3 待补充1　　乙市 齐全4\n丙市 齐全4　　　　　　丁市 不推荐\n":  {row("甲市 齐全3 待补充1", "乙市 齐全4"), row("丙市 齐全4", "丁市 不推荐")},
		"甲市 " + strings.Repeat("长", 40) + "\n乙市 短\n": {row("甲市 "+strings.Repeat("长", 40), "乙市 短")},
	} {
		var b strings.Builder
		if tilesText(&b, rows); b.String() != want {
			t.Errorf("got\n%swant\n%s", b.String(), want)
		}
	}
}

// A morning with everything stays readable: no mail program cuts it off (Gmail
// does at 102 KB of HTML), and its record is far below the ledger's limit.
func TestFullDigestStaysSmall(t *testing.T) {
	d := fullDigest()
	l := render(t, example{"", frame, d})
	data, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("HTML %d bytes, text %d bytes and %d lines, record %d bytes, sheet %d bytes", len(l.HTML), len(l.Text), strings.Count(l.Text, "\n"), len(data), len(l.Files[0].Data))
	if len(l.HTML) > 102<<10 {
		t.Errorf("%d bytes of HTML", len(l.HTML))
	}
	if len(l.Files[0].Data) > 200<<10 || len(data) > 512<<10 {
		t.Errorf("the ledger has %d bytes, the record %d", len(l.Files[0].Data), len(data))
	}
}
