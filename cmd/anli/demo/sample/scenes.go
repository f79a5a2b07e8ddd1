package sample

import (
	"fmt"
	"strings"
)

// goingLive: the staff let the bot begin.
func goingLive() []Scene {
	return []Scene{
		reply(at(14, 9, 20), "staff: go live", "电商处回复“启用”", "启用，等待确认", officer(),
			always("启用"), "接管报告"),
		reply(at(14, 9, 26), "staff: confirmed", "电商处确认启用", "确认启用，开始自动回执", officer(),
			func(l Letter) string { return "确认 " + l.Code }, "确认"),
	}
}

// firstDay: packages of all kinds.
func firstDay() []Scene {
	gz, fs := caseGuangzhou(), caseFoshan()
	m := bureauMail(gz.City)
	m.Subject, m.Text, m.Files = "广州市报送电子商务优秀案例材料", announce(gz), []File{gz.Zip(GBK)}
	out := []Scene{plainScene(at(14, 10, 21), "complete package, zip with GBK names", "广州市：完整材料（zip，GBK文件名）", "登记1个案例，材料齐全", m)}

	m = bureauMail(fs.City)
	m.Subject, m.Text, m.Files = "佛山市电子商务优秀案例申报", announce(fs), []File{fs.Zip(GBK)}
	out = append(out, plainScene(at(14, 11, 5), "package with three things missing", "佛山市：缺营业执照、缺1张照片、电话少1位", "登记1个案例，需补充3项", m))

	out = append(out, series()...)

	zh := casesZhuhai()
	var both []File
	for _, p := range zh {
		both = append(both, Under("珠海市报送材料/"+p.Folder(), p.Files())...)
	}
	both = append(both, File{"珠海市报送材料/Thumbs.db", []byte("\xd0\xcf\x11\xe0thumbs")})
	m = bureauMail("珠海市")
	m.Subject, m.Names = "珠海市推荐案例2个", RFC2231
	m.Text = signed("珠海市", "电商处：\n您好！我市推荐电子商务优秀案例2个，材料打包在附件中，请审核。")
	m.Files = []File{{"珠海市报送材料.zip", Zip(both, UTF8)}}
	out = append(out, plainScene(at(14, 15, 30), "two cases in one mail", "珠海市：一封邮件两个案例", "登记2个案例，材料齐全", m))

	dg := caseDongguan()
	m = bureauMail(dg.City)
	m.Subject, m.Text, m.Files, m.Names = "东莞市电子商务优秀案例材料", announce(dg), dg.Files(), RawGBK
	out = append(out, plainScene(at(14, 16, 10), "loose attachments without a folder", "东莞市：散装附件，无文件夹", "登记1个案例，按申报表归档", m))

	m = bureauMail(dg.City)
	m.Bare, m.Extra = true, []string{"Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All"}
	m.Subject = "自动答复: 案例材料"
	return append(out, reply(at(14, 16, 20), "automatic reply", "东莞市：外出自动答复", "自动邮件，不回复", m,
		always("您好，本人10月14日下午至16日外出参加培训，邮件将在返回后处理。如有急事请致电办公室。"), "已收到"))
}

// series is one package in three mails, minutes apart.
func series() []Scene {
	p := caseShenzhen()
	parts := [3][]File{}
	for _, f := range p.Files() {
		k := 2
		switch folder, _, _ := strings.Cut(f.Path, "/"); folder {
		case "申报表":
			k = 0
		case "证照":
			k = 1
		}
		parts[k] = append(parts[k], f)
	}
	minutes := []int{2, 5, 7}
	expect := []string{"分批发送，等待其余2封", "分批发送，等待最后1封", "3封合为1个案例，材料齐全"}
	var out []Scene
	for i, files := range parts {
		m := bureauMail(p.City)
		m.Subject = fmt.Sprintf("深圳市报送优秀案例：%s（第%d封/共3封）", p.Unit, i+1)
		m.Text = announce(p) + fmt.Sprintf("\n\n（因附件较大分3封发送，此为第%d封/共3封）", i+1)
		m.Files = []File{{fmt.Sprintf("%s（%d）.zip", p.Folder(), i+1), Zip(Under(p.Folder(), files), GBK)}}
		out = append(out, plainScene(at(14, 14, minutes[i]), fmt.Sprintf("one package in three mails (%d)", i+1),
			fmt.Sprintf("深圳市：同一案例分3封（第%d封）", i+1), expect[i], m))
	}
	return out
}

// secondDay: answers, forwards and people who are no bureau.
func secondDay() []Scene {
	fs, zs := caseFoshan(), caseZhongshan()
	full := caseFoshan()
	full.Without, full.Layout = nil, Flat
	m := bureauMail(fs.City)
	for _, f := range full.Files() {
		if f.Path == "营业执照.jpg" || f.Path == "照片3.jpg" {
			m.Files = append(m.Files, f)
		}
	}
	out := []Scene{
		staffRelease(),
		reply(at(15, 9, 10), "supplement in a reply", "佛山市：回复补充执照、照片并更正电话", "补充3项，材料齐全", m,
			func(l Letter) string {
				return "您好，所缺材料见附件。\n更正 " + l.Number(fs.Unit) + " 联系电话 " + phoneRight
			}, "已收到", fs.Unit),
		reply(at(15, 9, 40), "thank-you", "广州市：收到，谢谢！", "致谢，不回复", bureauMail("广州市"),
			always("收到，谢谢！"), "已收到"),
	}
	company := Mail{Client: QQ, From: zs.Address(), FromName: zs.Unit, To: BureauOf(zs.City).Address, At: at(14, 17, 48),
		Subject: "某光照明申报电子商务优秀案例材料", Text: "秦科长：\n您好，我司申报材料见附件，请审核。\n\n" + zs.Unit, Files: []File{zs.Zip(UTF8)}}
	m = bureauMail(zs.City)
	m.Subject, m.Forward = "转发: 某光照明申报电子商务优秀案例材料", [][]byte{company.Bytes()}
	m.Text = signed(zs.City, "现转报我市企业案例材料，请查收。")
	out = append(out, plainScene(at(15, 10, 15), "the company's mail forwarded by the bureau", "中山市：转发企业来信（原信作为附件）", "取出原信附件，登记1个案例", m))

	yf := caseYunfu()
	out = append(out, plainScene(at(15, 11, 0), "a company writes directly", "云浮某企业直接来信", "非市局邮箱，告知由市商务局报送", Mail{
		Client: Outlook, From: yf.Address(), FromName: yf.Unit, Subject: "申报广东省电子商务优秀案例",
		Text:  "广东省商务厅领导：\n您好！我公司申报电子商务优秀案例，材料见附件，请查收。\n\n" + yf.Unit,
		Files: []File{yf.Zip(GBK)}}))
	return append(out, companyAnswers(),
		reply(at(15, 15, 30), "the bureau agrees", "中山市：同意并入企业所发材料", "同意，并入后材料齐全", bureauMail(zs.City),
			always("同意"), "不并入"))
}

// companyAnswers: the bureau forwarded its receipt to the company, which sends
// the missing picture to the bot itself.
func companyAnswers() Scene {
	p := caseZhongshan()
	b := BureauOf(p.City)
	t := at(15, 14, 30)
	return Scene{At: t, From: p.Address(), Reads: b.Address, Title: "a company answers the forwarded receipt",
		TitleZh: "中山某企业直接答复市局转发的回执", Expect: "材料暂存，请市局确认是否并入",
		Write: func(got Inbox) ([]byte, error) {
			l := got.Newest("已收到", p.Unit)
			if l == nil {
				return nil, fmt.Errorf("%w: %s, receipt", ErrNoLetter, b.Address)
			}
			forwarded := Letter{From: b.Address, FromName: b.Name(), To: p.Address(), Subject: "转发: " + l.Subject, Date: at(15, 13, 50),
				MessageID: "<20241015135012345678@zs.example>", References: append(l.References, l.MessageID),
				Text: "请贵司尽快按省厅要求补充。\n \n发件人： " + l.FromName + "\n发送时间： " + stamp(l.Date, "2006-01-02 15:04") +
					"\n收件人： " + local(l.To) + "\n主题： " + l.Subject + "\n" + l.Text}
			return Mail{Client: QQ, From: p.Address(), FromName: p.Unit, At: t, Answers: &forwarded,
				Text: "您好，补充宣传图片一张，见附件。", Files: []File{{"宣传图片3.png", Promo(p.Unit, 3)}}}.Bytes(), nil
		}}
}
