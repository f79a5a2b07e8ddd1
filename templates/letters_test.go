package templates

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

var update = flag.Bool("update", false, "rewrite the golden letters")

var frame = Frame{Division: "广东省商务厅电子商务处（案例征集工作邮箱）", Contact: "陈一鸣", Phone: "020-8300xxxx", MaxMail: 20, Code: "K7Q2-9MXD"}

func with(change func(*Frame)) Frame { f := frame; change(&f); return f }

var deadline = "10月30日24时"

func openCase() CasePart {
	return CasePart{Number: "AL2024-0007", Unit: "佛山市某某家居有限公司", Case: "泛家居产业带数字化出海服务平台",
		Points: []Point{
			{Text: "未找到营业执照（或事业单位法人证书、社会组织登记证书）复印件，请补充清晰的扫描件或照片。", Clause: "五、（一）2"},
			{Text: "照片现有2张，还需1张，可命名为“照片3.jpg”。", Clause: "五、（一）3"},
			{Text: "联系电话“1380013800”少1位。直接回复“更正 AL2024-0007 联系电话 正确号码”即可，无需重新盖章。", Reply: true},
		},
		Hints: []Point{{Text: "文件夹名“[案例]佛山某某家居”与规定格式不一致，不影响登记。规定写法（可直接复制）：[案例]-佛山市某某家居有限公司+泛家居产业带数字化出海服务平台", Clause: "六"}},
		Files: []FileLine{
			{"申报表（盖章）.pdf", 4_300_000, "申报表PDF（盖章扫描件）", ""},
			{"申报表.docx", 61_200, "申报表电子文本", "替换"},
			{"申报表（旧）.docx", 60_100, "申报表电子文本", "停用"},
			{"LOGO.png", 345 << 10, "LOGO", ""},
			{"照片/照片1.jpg", 2_200_000, "照片", ""},
			{"照片/照片2.jpg", 1_870_000, "照片", "新增"},
			{"宣传/1.jpg", 900, "宣传图片", ""},
		},
		Solved: 4, Still: 1, New: 2, Compared: true}
}

// worseByWords: the bureau's own line took a photograph away; no file came.
func worseByWords() CasePart {
	c := openCase()
	c.Points, c.Hints, c.Files = c.Points[1:2], nil, nil
	c.Solved, c.Still, c.New, c.NoFiles = 0, 0, 1, true
	return c
}

func completeCase() CasePart {
	return CasePart{Number: "AL2024-0008", Unit: "佛山市甲乙食品有限公司", Case: "直播进工厂", Complete: true,
		Files: []FileLine{{"申报表.pdf", 3 << 20, "申报表PDF（盖章扫描件）", "新增"}, {"申报表.docx", 40 << 10, "申报表电子文本", "新增"}}}
}

func lateCase() CasePart {
	c := completeCase()
	c.Number, c.Late, c.LateSent = "AL2024-0031", "10月31日09:12", "10月30日23:50"
	return c
}

func manyFiles(n int) CasePart {
	c := completeCase()
	c.Files = nil
	for i := range n {
		c.Files = append(c.Files, FileLine{fmt.Sprintf("材料/第%02d组/佐证材料及说明文件%02d.jpg", i/10+1, i+1), int64(i+1) * 123_456, "其他材料", "新增"})
	}
	return c
}

func receipt(cases ...CasePart) Receipt {
	return Receipt{City: "佛山市", Arrived: "10月15日10:21", Mails: 1, Deadline: deadline, Left: "距截止还有15天", Cases: cases}
}

func names() []CaseName {
	return []CaseName{
		{"AL2024-0011", "佛山市某某家居有限公司", "泛家居出海", "待补充2项"}, {"AL2024-0012", "佛山市甲乙食品有限公司", "直播进工厂", "材料齐全，待资格审核"},
		{"AL2024-0013", "", "", "待补充9项"}}
}

func staffLetter() StaffLetter {
	cities := []CityTile{{City: "广州市", Complete: 3, Open: 1}, {City: "深圳市", Complete: 2, Decide: 1}, {City: "珠海市", Open: 2}}
	for _, c := range strings.Fields("汕头市 佛山市 韶关市 湛江市 肇庆市 江门市 茂名市 惠州市 梅州市 汕尾市 河源市 阳江市 清远市 东莞市 中山市 潮州市 揭阳市 云浮市") {
		cities = append(cities, CityTile{City: c})
	}
	cities[4].Complete, cities[20].Declined = 4, true
	held := frame.Reconciliation(Reconciliation{City: "佛山市", AsOf: "10月14日18时", Cases: names()})
	return StaffLetter{Date: "2024年10月14日", AsOf: "10月14日8:30",
		Sentence: "截至10月14日8:30，共收到4个市报送案例13个，其中材料齐全9个、待补充3个、待我处决定1个；尚未报送：汕头、韶关、湛江等17个市；距截止还有12个工作日。",
		Cities:   cities,
		Rows: []StaffRow{
			{ID: "mail-not-shown", N: 1, Text: "未备案邮箱 ec@bureau.example 于10月13日17:02来信《报送案例材料》，附件6个", Replies: []string{"登记邮箱 ec@bureau.example 珠海市", "1 无关"}, Age: "今天"},
			{N: 2, Text: "深圳市AL2024-0005逾期到达（10月31日09:12）", Replies: []string{"2 受理 理由", "2 不受理 理由"}, Age: "2天", Urgent: true}},
		Letters: []HeldLetter{{"T3WZ-01AB", "ec@foshan.example", held.Subject, held.Text, "待放行"}},
		Arrived: []CityCase{{"佛山市", names()[0]}, {"佛山市", names()[1]}, {"珠海市", names()[2]}},
		People: []MailLine{{"10月13日09:12", "stat@bureau.example", "三季度统计报表", "与本次征集无关"},
			{"10月13日10:00", "who@mail.example", "", "未能判断"}},
		Held:      []HeldLetter{{"9XK2-77PA", "ec@zhuhai.example", "【已收到 AL2024-0013】", "珠海市商务局：\n\n您好！\n9XK2-77PA\n", "是否已送达不明，请核实后放行或不发"}},
		Absences:  []string{"韶关市王科长（ec@shaoguan.example）10月12日至16日外出，紧急事务联系李科长。"},
		Bounces:   []string{"发往 old@meizhou.example 的《【核对】贵市已报送案例情况》被退回：该邮箱不存在。"},
		Reconcile: "邮箱现有来信45封 = 报送30 + 评分0 + 指令2 + 自动3 + 退信1 + 留待人工9",
		Health:    []string{"尚未启用自动回执：来信照常登记，不向外发信。"},
		Vitals: []Vital{{"最近收信", "10月14日8:29", false}, {"磁盘", "剩余3%（1.1GB）", true}, {"邮箱容量", "已用41%", false},
			{"最近备份", "10月14日2:00，已校验", false}, {"证书", "2025年3月1日到期", false}},
		Ledger: &LedgerData{Title: "广东省电子商务优秀案例", AsOf: "2024年10月14日8:30"}}
}

type example struct {
	name  string
	frame Frame
	data  any
}

// samples are the golden letters: testdata/<name>.txt and .html.
func samples() []example {
	pending := openCase()
	pending.Points, pending.Complete, pending.Compared = nil, true, false
	pending.Pending = "佛山市某某家居有限公司直接发来的2个文件已保存，待贵局确认是否并入。"
	lateOpen := lateCase()
	lateOpen.Complete, lateOpen.Points, lateOpen.LateSent = false, openCase().Points[:1], ""
	withdrawn := completeCase()
	withdrawn.Number, withdrawn.Withdrawn = "AL2024-0009", true
	checking := completeCase()
	checking.Complete = false
	reply := openCase()
	reply.Points = reply.Points[2:]
	named := completeCase()
	named.Case = "“云上定制”家居供应链平台"
	asked := completeCase()
	asked.Hints = []Point{{Text: "参评领域已勾选2项（电商平台、数商兴农），为便于分组评审，请回复主要领域，如“主要领域 AL2024-0008 电商平台”；其余保留。", Reply: true}, {Text: "图片“照片1.jpg”为640×427像素，用于宣传可能不清晰，建议提供原图（勿经微信转发）。"}}
	mixed := receipt(openCase(), completeCase())
	mixed.Notes = []string{"更正 AL2024-0008 联系电话：已办理。"}
	mixed.Documents = []FileLine{{"推荐函.pdf", 300 << 10, "推荐函", "新增"}, {"汇总表.xlsx", 20 << 10, "推荐汇总表", "新增"}}
	mixed.Mails = 3
	quota := receipt(completeCase())
	quota.Quota = &Quota{Allowed: 2, Cases: names()}
	over := receipt(openCase(), reply, named)
	over.Quota = quota.Quota
	trouble := receipt(openCase())
	trouble.Cloud = []string{"宣传片.mp4", "全部材料.zip"}
	trouble.Problems = []Point{{Text: "有2个文件无法判断属于哪个案例。请回复“文件名 = 案例编号”，或按每个案例一个文件夹整理后重发。"}}
	trouble.Unassigned = []string{"IMG_0001.jpg", "IMG_0002.jpg"}
	empty := receipt()
	empty.Problems = []Point{{Text: "来信中没有收到可用的附件，请将材料以普通附件重新发送（单封不超过20MB）。"}}
	refused := receipt(completeCase())
	refused.Left, refused.Cases[0].State, refused.Cases[0].Out = "", "资格审核未通过", true
	after := receipt(openCase())
	after.Left, after.Arrived = "", "11月2日10:21"
	papers := receipt()
	papers.Documents = mixed.Documents
	late := receipt(lateCase())
	late.Left, late.Arrived = "", "10月31日09:12"
	lateOpen.Number = "AL2024-0030"
	whyLate := lateCase()
	whyLate.LateWhy = true
	lates := receipt(lateOpen, lateCase())
	lates.Left, lates.Arrived, lates.Mails = "", "10月31日09:12", 2
	urgent := StaffLetter{Urgent: true, Date: "2024年10月31日", AsOf: "10月31日9:20", Sentence: "AL2024-0031（佛山市）于截止后到达，待决定。",
		Rows: []StaffRow{{N: 1, Text: "佛山市AL2024-0031逾期到达（10月31日09:12）", Replies: []string{"1 登记", "1 无关"}, Age: "今天"}}}
	noPhone := with(func(f *Frame) { f.Phone, f.Contact = "", "" })
	progress := Progress{City: "佛山市", AsOf: "10月20日9:00", Deadline: deadline, Left: "距截止还有10天", Allowed: 5, Cases: []CasePart{openCase(), completeCase(), withdrawn}}
	done := progress
	done.Cases = []CasePart{completeCase()}
	none := progress
	none.Cases = nil
	results := []Result{{Line: "更正 AL2024-0007 联系电话 0757-83001234", OK: true, Text: "联系电话更正为“0757-83001234”。"},
		{Line: "更正 AL2024-0007 身高 180", Text: "没有“身高”这一栏目。可写：更正 AL2024-0007 联系电话 正确号码"}}
	confirm := ConfirmMaterial{City: "佛山市", Number: "AL2024-0007", Unit: "佛山市某某家居有限公司", Arrived: "10月16日15:02", From: "ec@foshan.example", Files: []string{"申报表.docx"}}
	worse := confirm
	worse.Worse, worse.From = true, ""
	worse.Reasons = []string{"扫描件第2页“参评单位（盖章）”处未见公章"}
	same := completeCase()
	same.Same = true
	undone := receipt(completeCase())
	undone.Notes, undone.Undone = []string{"经研究撤回AL2024-0009：句中提到的撤回未执行，如需撤回，请单独一行回复“撤回 AL2024-0009”。"}, 1
	gaps := receipt(openCase(), same)
	gaps.Gap, gaps.Asked = &Gap{Announced: 3, Come: 1, Missing: []int{1, 3}}, true
	listed := receipt(completeCase())
	listed.Hints = []Point{{Text: "贵局汇总表列有3个案例，目前收到1个；未收到：佛山市某某家居有限公司《泛家居出海》、佛山市丙丁贸易有限公司《跨境独立站》。请核对；如为分批报送，可不理会本提示。"}}
	return append(append(panelSamples(), awardSamples()...), []example{
		{"receipt-mixed", frame, mixed},
		{"receipt-open", frame, receipt(openCase())},
		{"receipt-complete", frame, receipt(completeCase())},
		{"receipt-complete-asked", frame, receipt(asked)},
		{"receipt-complete-several", frame, receipt(completeCase(), manyFiles(2))},
		{"receipt-files", frame, receipt(manyFiles(60))},
		{"receipt-late", frame, late},
		{"receipt-late-why", frame, receipt(whyLate)},
		{"receipt-late-several", frame, lates},
		{"receipt-quota", frame, quota},
		{"receipt-quota-open", frame, over},
		{"receipt-trouble", frame, trouble},
		{"receipt-empty", frame, empty},
		{"receipt-papers", frame, papers},
		{"receipt-after", frame, after},
		{"receipt-refused", frame, refused},
		{"receipt-reply", frame, receipt(reply)},
		{"receipt-gap", frame, gaps},
		{"receipt-undone", frame, undone},
		{"receipt-pending", frame, receipt(pending)},
		{"receipt-checking", frame, receipt(checking)},
		{"receipt-list", frame, listed},
		{"receipt-waiting", frame, receipt(promised(openCase()))},
		{"receipt-waiting-only", frame, receipt(promised(waitingOnly()))},
		{"receipt-waiting-several", frame, receipt(promised(waitingOnly()), completeCase(), openCase())},
		{"receipt-test", with(func(f *Frame) { f.Prefix, f.MaxMail = "TEST", 0 }), receipt(openCase())},
		{"reconciliation", frame, Reconciliation{City: "佛山市", AsOf: "10月14日18时", Cases: names()}},
		{"company-material", frame, CompanyMaterial{"佛山市", "佛山市某某家居有限公司", "10月16日15:02", "office@jiaju.example", "AL2024-0007", []string{"营业执照.jpg", "照片3.jpg"}}},
		{"company-kept", frame, CompanyKept{"佛山市", 2}},
		{"unknown-sender", frame, UnknownSender{"佛山市", "10月16日15:02"}},
		{"unknown-sender-bare", noPhone, UnknownSender{"", "10月16日15:02"}},
		{"confirm-material", frame, confirm},
		{"confirm-material-worse", frame, worse},
		{"question-passed", frame, QuestionPassed{"佛山市"}},
		{"question-passed-bare", noPhone, QuestionPassed{}},
		{"secrecy", frame, Secrecy{"佛山市", "10月15日10:21"}},
		{"secrecy-bare", noPhone, Secrecy{"佛山市", "10月15日10:21"}},
		{"progress", frame, progress},
		{"progress-complete", frame, done},
		{"progress-none", frame, none},
		{"bureau-answer", frame, BureauAnswer{City: "佛山市", Results: results, Cases: []CasePart{openCase()}, Deadline: deadline}},
		{"bureau-answer-worse", frame, BureauAnswer{City: "佛山市", Results: []Result{{Line: "照片3.jpg = 宣传图片", OK: true, Text: "AL2024-0007中“照片3.jpg”已改按宣传图片登记。"}}, Cases: []CasePart{worseByWords()}, Deadline: deadline}},
		{"bureau-answer-withdrawn", frame, BureauAnswer{City: "佛山市", Results: []Result{{Line: "撤回 AL2024-0009", OK: true, Text: "AL2024-0009已撤回。"}}, Cases: []CasePart{withdrawn}, Deadline: deadline}},
		{"transcript", frame, Transcript{Name: "张三", Results: []Result{{Line: "登记邮箱 ec@bureau.example 珠海市", OK: true, Text: "珠海市新增1个邮箱。"}, {Line: "放行 XXXX", Text: "没有这封信。"}, {Line: "3-4 通过", Text: "第3行：AL2024-0003（佛山市某某家居有限公司）资格审核通过；第4行：没有这一行"}, {Line: "帮助", OK: true, Text: "可用指令：", Lines: []string{"信件：启用；放行 K7Q2-9MXD", "案例：通过 AL2024-0007"}}}, Errors: 2}},
		{"transcript-confirm", frame, Transcript{Name: "张三", Results: []Result{{Line: "启用", OK: true, Text: "待确认。"}}, Confirm: []string{"启用"}, Effects: []string{"自确认之时起对来信自动回执；", "向5个市各发一封核对函（待放行）。"}}},
		{"transcript-trial", frame, Transcript{Results: []Result{{Line: "试运行 启用", OK: true, Text: "可以启用。"}}, Trial: true, Effects: []string{"向5个市各发一封核对函（待放行）。"}}},
		{"reminder", frame, Reminder{City: "佛山市", AsOf: "10月23日", Deadline: deadline, Cases: []CasePart{reminded()}}},
		{"reminder-several", frame, Reminder{City: "佛山市", AsOf: "10月23日", Deadline: deadline, Cases: []CasePart{reminded(), promised(reminded())}, Quota: quota.Quota}},
		{"reminder-quota", frame, Reminder{City: "佛山市", AsOf: "10月23日", Deadline: deadline, Quota: quota.Quota}},
		{"reminder-promised", frame, Reminder{City: "佛山市", AsOf: "11月4日", Cases: []CasePart{reminded()}, Promised: []string{"AL2024-0007　照片（贵局告知于11月1日24时前补交）"}, Only: true}},
		{"quota-notice", frame, QuotaNotice{City: "佛山市", Basis: "粤商务电函〔2024〕171号", Old: 5, New: 6, Cases: 6, Lifted: true}},
		{"quota-notice-over", frame, QuotaNotice{City: "佛山市", Basis: "粤商务电函〔2024〕171号", Old: 5, New: 2, Cases: 3, Over: quota.Quota}},
		{"quota-notice-none", frame, QuotaNotice{City: "佛山市", Basis: "粤商务电函〔2024〕171号", Old: 5, New: 6}},
		{"supplement-notice", frame, SupplementNotice{City: "佛山市", Basis: "粤商务电函〔2024〕175号", Old: "11月10日24时", Until: "11月20日24时", Cases: quota.Quota.Cases}},
		{"nothing-received", frame, NothingReceived{City: "汕尾市", Deadline: deadline}},
		{"nothing-received-written", with(func(f *Frame) { f.MaxMail = 0 }), NothingReceived{City: "汕尾市", Deadline: deadline, Written: true}},
		{"takeover", frame, Takeover{Mails: 120, About: 45, Answered: 7, Cities: 2, Cases: staffLetter().Arrived, Undecided: staffLetter().People}},
		{"score-request", frame, scoreRequest()},
		{"staff-letter", frame, staffLetter()},
		{"staff-letter-urgent", frame, urgent},
		{"staff-letter-quiet", frame, StaffLetter{Date: "2024年10月14日", AsOf: "10月14日8:30", Sentence: "截至10月14日8:30，共收到0个市报送案例0个。"}},
	}...)
}

// promised adds what a bureau said it brings later, or wants looked at.
func promised(c CasePart) CasePart {
	c.Waiting = []Point{{Text: "照片现有2张，还需1张（贵局将于10月20日24时前补交）"}, {Text: "未找到营业执照复印件（贵局已请我处核对）"}}
	return c
}

// reminded is a case as a reminder shows it.
func reminded() CasePart {
	c := openCase()
	c.Files, c.Hints, c.Compared = nil, nil, false
	return c
}

func waitingOnly() CasePart {
	c := openCase()
	c.Points, c.Still, c.New = nil, 0, 0
	return c
}

// render sets a sample by way of the registry, as a rebuild does.
func render(t *testing.T, x example) Letter {
	t.Helper()
	data, err := json.Marshal(x.data)
	if err != nil {
		t.Fatal(err)
	}
	name := Name(x.data)
	l, err := Render(name, Version(name), data, x.frame)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// The letters are compared whole; run with -update after changing words, and read the difference.
func TestGolden(t *testing.T) {
	for _, x := range samples() {
		t.Run(x.name, func(t *testing.T) {
			l := render(t, x)
			golden(t, x.name+".txt", "Subject: "+l.Subject+"\n\n"+l.Text)
			golden(t, x.name+".html", l.HTML)
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; got:\n%s", name, got)
	}
}

// No golden file may be left behind by a letter that is gone.
func TestGoldenFilesAllUsed(t *testing.T) {
	used := map[string]bool{}
	for _, x := range samples() {
		used[x.name+".txt"], used[x.name+".html"] = true, true
	}
	used["score-request.xlsx.txt"], used["score-request.docx.txt"] = true, true
	entries, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !e.IsDir() && !used[e.Name()] {
			t.Errorf("testdata/%s belongs to no letter", e.Name())
		}
	}
}

// visible is the text content of an HTML letter without white space.
func visible(t *testing.T, src string) string {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(src))
	var b strings.Builder
	hidden := false
	for {
		switch z.Next() {
		case html.ErrorToken:
			return dense(b.String())
		case html.StartTagToken, html.EndTagToken:
			tag := z.Token()
			if tag.Data == "style" || tag.Data == "title" {
				hidden = tag.Type == html.StartTagToken
			}
		case html.TextToken:
			if !hidden {
				b.WriteString(z.Token().Data)
			}
		}
	}
}

func dense(s string) string { return strings.Join(strings.Fields(s), "") }

// Text and HTML say the same, all of it and in the same order.
func TestTextAndHTMLSayTheSame(t *testing.T) {
	for _, x := range samples() {
		l := render(t, x)
		text, markup := withoutGrid(t, l)
		var want strings.Builder
		for _, line := range strings.Split(text, "\n") {
			want.WriteString(dense(strings.TrimPrefix(line, "│")))
		}
		if got := visible(t, markup); got != want.String() {
			t.Errorf("%s: HTML says\n%s\ntext says\n%s", x.name, got, want.String())
		}
	}
}

// closingOf is the last sentence before the code; "" in letters to staff.
func closingOf(letter string) string {
	switch letter {
	case "transcript", "takeover", "staff-letter", "second-confirm", "ranking", "look-up", "publicity", "award-pack", "dossier":
		return ""
	case "invitation", "score-echo", "score-reminder", "other-address", "score-request":
		return "本邮件由系统自动生成，仅用于评审联络和评分登记；评分以专家本人确认为准，不代表评审结论。"
	case "ruling":
		return "本邮件由系统自动发送，所告知的办理意见由省商务厅研究确定，不代表评审结论。"
	case "objection-received":
		return objectionClosing
	case "objection-settled":
		return "本邮件由系统自动发送，所附结论由广东省商务厅电子商务处作出。"
	case "award":
		return "本邮件由系统自动发送，入选名单以广东省商务厅公布的为准。"
	}
	return "本邮件由系统自动生成，仅反映材料接收和形式核对情况，不代表资格审核或评审结论。"
}

// What every letter must have whatever it says.
func TestEveryLetter(t *testing.T) {
	for _, x := range samples() {
		l := render(t, x)
		if !strings.HasSuffix(l.Subject, "【K7Q2-9MXD】") || strings.ContainsAny(l.Subject, "\r\n") {
			t.Errorf("%s: subject %q", x.name, l.Subject)
		}
		if !strings.HasSuffix(l.Text, "\nK7Q2-9MXD\n") {
			t.Errorf("%s: the code is not alone on the last line", x.name)
		}
		if closing := closingOf(Name(x.data)); closing != "" && !strings.HasSuffix(l.Text, "\n"+closing+"\nK7Q2-9MXD\n") ||
			closing == "" && strings.HasSuffix(l.Text, "评审结论。\nK7Q2-9MXD\n") {
			t.Errorf("%s: closing lines: %q", x.name, l.Text[max(0, len(l.Text)-300):])
		}
		for _, word := range []string{"系统认为", "不予受理", "不视为"} {
			if strings.Contains(l.Text, word) && Name(x.data) != "ruling" {
				t.Errorf("%s: says %s", x.name, word)
			}
		}
		for _, tag := range []string{"<script", "<img", "http:", "https:", "url(", "<link", "javascript", "ZgotmplZ"} {
			if strings.Contains(strings.ToLower(l.HTML), strings.ToLower(tag)) {
				t.Errorf("%s: HTML has %s", x.name, tag)
			}
		}
		if got := render(t, x); !reflect.DeepEqual(got, l) {
			t.Errorf("%s: not the same twice", x.name)
		}
		if strings.Contains(l.Text, "<no value>") || strings.Contains(l.Text, "%!") {
			t.Errorf("%s: a hole in the words", x.name)
		}
	}
}

// The phrase to outsiders is always 材料齐全，待资格审核.
func TestCompleteIsNeverSaidAlone(t *testing.T) {
	for _, x := range samples() {
		if strings.HasPrefix(x.name, "staff") {
			continue // a tile says 齐全3
		}
		l := render(t, x)
		all := l.Subject + l.Text
		if strings.Count(all, "材料齐全") != strings.Count(all, "材料齐全，待资格审核") {
			t.Errorf("%s: 材料齐全 stands alone", x.name)
		}
	}
}

// A case's part names no other case: it is forwarded to the company.
func TestCasePartStandsByItself(t *testing.T) {
	l := frame.Receipt(receipt(openCase(), completeCase()))
	_, part, _ := strings.Cut(l.Text, "■ AL2024-0007")
	part, second, _ := strings.Cut(part, "■ AL2024-0008")
	if strings.Contains(part, "甲乙") || strings.Contains(second, "某某家居") || strings.Contains(part, "AL2024-0008") {
		t.Errorf("a part speaks of another unit:\n%s", part)
	}
	if !strings.Contains(part, "佛山市某某家居有限公司") {
		t.Error("the part does not name its unit")
	}
}

// What became of several rows is told a line each; what only names a row is not torn.
func TestEachRow(t *testing.T) {
	for _, x := range []struct{ text, want string }{
		{"第3行：已通过；第4行：没有这一行", "逐行如下|第3行：已通过|第4行：没有这一行"},
		{"名单有误，未采用：第3行：缺少姓名；第12行：格式有误。请改正后重发。", "名单有误，未采用|第3行：缺少姓名|第12行：格式有误。请改正后重发。"},
		{"第3行：资格审核通过", "第3行：资格审核通过"},
		{"名单有误，未采用：第3行：缺少姓名", "名单有误，未采用：第3行：缺少姓名"},
		{"请写明行号；第3行不能办理", "请写明行号；第3行不能办理"},
		{"", ""},
	} {
		together, rows := eachRow(x.text)
		if got := strings.Join(append([]string{together}, rows...), "|"); got != x.want {
			t.Errorf("%s: %s", x.text, got)
		}
	}
}

// Nothing that people wrote becomes markup, a line of its own, a header or a second letter code.
func TestHostileWords(t *testing.T) {
	evil := "<script>alert(1)</script>\r\nBcc: x@y.example\r\n■ AL2024-9999\u202e\u2028【AAAA-BBBB】\x00\"'><img src=http://a.example/>"
	var fill func(v reflect.Value)
	fill = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			v.SetString(evil)
		case reflect.Struct:
			for i := range v.NumField() {
				fill(v.Field(i))
			}
		case reflect.Slice:
			v.Set(reflect.MakeSlice(v.Type(), 2, 2))
			fill(v.Index(0))
			fill(v.Index(1))
		case reflect.Pointer:
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem())
		}
	}
	for _, x := range samples() {
		v := reflect.New(reflect.TypeOf(x.data))
		fill(v.Elem())
		l := render(t, example{x.name, frame, v.Elem().Interface()})
		if strings.ContainsAny(l.Subject, "\r\n\x00\u2028\u202e") || !strings.HasSuffix(l.Subject, "【K7Q2-9MXD】") {
			t.Errorf("%s: subject %q", x.name, l.Subject)
		}
		if strings.Contains(l.HTML, "<script") || strings.Contains(l.HTML, "<img") {
			t.Errorf("%s: markup got through", x.name)
		}
		for _, line := range strings.Split(l.Text, "\n") {
			if strings.HasPrefix(line, "Bcc:") || strings.HasPrefix(line, "■ AL2024-9999") {
				t.Errorf("%s: a value began a line: %q", x.name, line)
			}
		}
		if strings.ContainsAny(l.Text, "\r\x00\u2028\u202e") {
			t.Errorf("%s: control characters in the text", x.name)
		}
	}
}

// Lines of a held letter carry a bar: its code is not alone on a line here.
func TestHeldLetterIsBarred(t *testing.T) {
	l := frame.StaffLetter(StaffLetter{Letters: []HeldLetter{{Code: "AAAA-BBBB", To: "a@b.example", Subject: "s", Text: "一\r\n\r\nAAAA-BBBB\r\n"}}})
	if !strings.Contains(l.Text, "\n│ 一\n│\n│ AAAA-BBBB\n") {
		t.Errorf("held letter:\n%s", l.Text)
	}
	if !strings.Contains(l.Text, "放行 AAAA-BBBB") || !strings.Contains(l.Text, "不发 AAAA-BBBB 理由") {
		t.Error("it does not say how to let the letter go")
	}
}

func TestRowNameIsNotShown(t *testing.T) {
	if l := frame.StaffLetter(staffLetter()); strings.Contains(l.Text+l.HTML, "mail-not-shown") {
		t.Error("the row's own name is shown")
	}
}

func TestSubjectIsShortened(t *testing.T) {
	c := openCase()
	c.Unit = strings.Repeat("很长的单位名称", 30)
	s := frame.Receipt(receipt(c)).Subject
	if n := len([]rune(s)); n > subjectRunes+20 || !strings.HasSuffix(s, "…【K7Q2-9MXD】") || !strings.HasPrefix(s, "【已收到 AL2024-0007】还需补充3项：很长") {
		t.Errorf("%d characters: %s", n, s)
	}
}

func TestWithoutCode(t *testing.T) {
	l := with(func(f *Frame) { f.Code = "" }).Receipt(receipt(openCase()))
	if strings.Contains(l.Subject, "【】") || !strings.HasSuffix(l.Text, "评审结论。\n") {
		t.Errorf("%s\n%s", l.Subject, l.Text)
	}
}

func TestStaffFrameHasNoDisclaimer(t *testing.T) {
	l := with(func(f *Frame) { f.Staff = true }).Receipt(receipt(openCase()))
	if strings.Contains(l.Text, "系统自动生成") || !strings.HasSuffix(l.Text, "\nK7Q2-9MXD\n") {
		t.Errorf("closing: %s", l.Text)
	}
}

func TestRenderErrors(t *testing.T) {
	for _, x := range []struct {
		name    string
		version int
		data    string
		want    error
	}{
		{"nothing", 1, "{}", ErrUnknown},
		{"", 0, "{}", ErrUnknown},
		{"receipt", 99, "{}", ErrUnknown},
		{"receipt", 0, "{}", ErrUnknown},
		{"receipt", 3, `{"city":7}`, ErrData},
		{"receipt", 3, ``, ErrData},
	} {
		if _, err := Render(x.name, x.version, json.RawMessage(x.data), frame); !errors.Is(err, x.want) {
			t.Errorf("Render(%q, %d, %s) = %v, want %v", x.name, x.version, x.data, err, x.want)
		}
	}
	if Name("no letter") != "" || Version("no letter") != 0 {
		t.Error("a name for what is no letter")
	}
}

// Every name of the registry has a golden letter, and the empty value of each can be set.
func TestRegistryIsCovered(t *testing.T) {
	seen := map[string]bool{}
	for _, x := range samples() {
		seen[Name(x.data)] = true
	}
	for name := range setters() {
		if !seen[name] {
			t.Errorf("no golden letter for %s", name)
		}
		if l, err := Render(name, Version(name), json.RawMessage("{}"), Frame{}); err != nil || l.Subject == "" || l.HTML == "" {
			t.Errorf("empty %s: %v", name, err)
		}
	}
}

func TestOneLine(t *testing.T) {
	for _, x := range []struct{ in, want, why string }{
		{"a\r\nb", "a b", "line break"},
		{"a\tb", "a b", "tab"},
		{"照片\u202egpj.exe", "照片gpj.exe", "right-to-left override"},
		{"a\u200bb", "ab", "zero width"},
		{"\xff甲", "�甲", "not UTF-8"},
		{"身份证11010519491231002X号", "身份证1101************2X号", "identity card of the standard's own example"},
		{"110105194912310021", "110105194912310021", "wrong check digit"},
		{"卡号6222021234567890128", "卡号6222*************28", "bank card"},
		{"914401011234567890", "914401011234567890", "18 digits may be a credit code"},
		{"91440101MA5CXXXX1X", "91440101MA5CXXXX1X", "credit code"},
		{"微信图片_20241012102130123.jpg", "微信图片_20241012102130123.jpg", "time in a file name"},
	} {
		if got := oneLine(x.in); got != x.want {
			t.Errorf("oneLine(%q) = %q, want %q: %s", x.in, got, x.want, x.why)
		}
	}
}

func TestSize(t *testing.T) {
	for n, want := range map[int64]string{0: "0字节", 900: "900字节", 1024: "1KB", 345 << 10: "345KB", 999 << 10: "999KB",
		1000 << 10: "1.0MB", 1_258_291: "1.2MB", 100 << 20: "100.0MB", 3 << 30: "3.0GB"} {
		if got := size(n); got != want {
			t.Errorf("size(%d) = %s, want %s", n, got, want)
		}
	}
}

// FuzzRender feeds the registry whatever a journal could hold after damage.
func FuzzRender(f *testing.F) {
	for _, x := range samples() {
		data, err := json.Marshal(x.data)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(Name(x.data), string(data), "TEST")
	}
	f.Fuzz(func(t *testing.T, name, data, prefix string) {
		fr := with(func(f *Frame) { f.Prefix = prefix })
		l, err := Render(name, Version(name), json.RawMessage(data), fr)
		if err != nil {
			return
		}
		if strings.ContainsAny(l.Subject, "\r\n") || !strings.HasSuffix(l.Subject, "【K7Q2-9MXD】") || !strings.HasSuffix(l.Text, "K7Q2-9MXD\n") {
			t.Errorf("subject %q, text %q", l.Subject, l.Text)
		}
		if strings.Contains(l.HTML, "<script") || l.HTML == "" {
			t.Error("HTML")
		}
	})
}
