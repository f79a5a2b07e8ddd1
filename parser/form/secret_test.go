package form

import (
	"slices"
	"strings"
	"testing"

	"anli/parser/document"
)

// lines makes a text of lines; | begins and ends a row of a table, --- a page.
func marked(text string) document.Document {
	var d document.Document
	page := 0
	if strings.Contains(text, "---") {
		page = 1
	}
	for line := range strings.SplitSeq(text, "\n") {
		switch {
		case line == "---":
			page++
		case strings.HasPrefix(line, "^"):
			d.Headers = append(d.Headers, line[1:])
		case strings.HasPrefix(line, "|"):
			var row []document.Cell
			for cell := range strings.SplitSeq(strings.Trim(line, "|"), "|") {
				row = append(row, document.Cell{Text: cell, Span: 1})
			}
			d.Blocks = append(d.Blocks, document.Block{Rows: [][]document.Cell{row}, Page: page})
		default:
			d.Blocks = append(d.Blocks, document.Block{Text: line, Page: page})
		}
	}
	return d
}

var prose = strings.Repeat("本公司深耕陶瓷产业带数字化直供。\n", 20)

func TestSecret(t *testing.T) {
	for text, want := range map[string]string{
		"秘密★1年\n关于产业带建设情况的报告":  "文首",
		"机密★\n关于某事项的请示":        "文首",
		"绝密★10年":               "文首",
		"绝密★启用前\n考试说明":         "文首",
		"秘 密 ★ 长 期":            "文首",
		"机密☆5年":                "文首",
		"机密⭐️五年":               "文首",
		"机密＊５年":                "文首",
		"机密*6个月":               "文首",
		"秘密★2030年12月31日前":      "文首",
		"000123\t机密★1年\t特急":    "文首",
		"000123　机密★1年　特急":      "文首",
		"份号：000001\n机密★5年\n平急": "文首",
		"密级：机密★5年\n保管期限：30年":   "文首",
		"某市商务局文件\n\n某商〔2024〕1号\n秘密★1年\n关于": "文首",
		"机密  5年\n关于":                           "文首",
		"机密（5年）\n关于":                           "文首",
		"秘密　长期\n关于":                            "文首",
		"机密\n关于产业带情况的报告":                       "文首",
		"机 密\n关于产业带情况的报告":                      "文首",
		"【机密】\n关于产业带情况的报告":                     "文首",
		"000123\n机密\n特急\n关于":                   "文首",
		"机密\t特急\n关于":                           "文首",
		"秘密级\n关于":                              "文首",
		"密级：秘密\n编号：3":                          "文首",
		"|密级|机密|编号|003|\n|标题|报告|":              "文首",
		"|机密★3年| |\n|标题|报告|":                   "文首",
		"内部★1年\n内部情况":                          "文首",
		"工作秘密★\n会议材料":                          "文首",
		"^机密★1年\n封面\n" + prose:                 "页眉",
		"^秘密\n封面\n" + prose:                    "页眉",
		"封面\n---\n" + prose + "---\n机密★5年\n附录": "第3页顶部",
		"秘密★1年\n---\n正文":                       "第1页顶部",
		prose + "机密★5年\n附录一":                   "正文中单独一行",
		"---\n" + prose + "\n机密★5年\n附录一":       "第2页",

		"": "", "申报表\n参评单位：某公司": "",
		"商业秘密\n保护制度":                         "",
		"保密协议\n甲方：某公司":                       "",
		"商业秘密保护管理办法\n第一条":                    "",
		"解锁直播间的秘密\n——某品牌案例":                  "",
		"秘密花园民宿\n电商案例":                       "",
		"《秘密》\n目录":                           "",
		"机密计算平台\n技术白皮书":                      "",
		"广州机密信息科技有限公司\n营业执照":                 "",
		"绝密配方，匠心制造\n产品册":                     "",
		"国家秘密\n不得上网":                         "",
		"涉密不上网，上网不涉密\n申报说明":                  "",
		"本表不得填写涉密信息\n申报表":                    "",
		"（本表请勿填报国家秘密）\n申报表":                  "",
		"非涉密\n申报表":                           "",
		"密级：非密\n关于":                          "",
		"密级：公开\n关于":                          "",
		"密级：无\n关于":                           "",
		"密级：\n关于":                            "",
		"密级：机密、秘密、公开\n关于":                    "",
		"|密级|非密|\n|编号|3|":                    "",
		"|密级|公开|机密性|高|":                      "",
		"内部\n资料":                             "",
		"内部资料 注意保存\n目录":                      "",
		"内部文件\n目录":                           "",
		"国家秘密的标志为密级★保密期限，如机密★5年。":            "",
		"载体应标注“机密★5年”字样\n第二条":                "",
		"★机密性：数据加密存储\n★完整性：校验":               "",
		"服务评价：秘密★★★★★ 推荐":                    "",
		"绝密★新品发布会\n邀请函":                      "",
		"机密信息分级\n秘密\n机密":                     "",
		"直播间的\n秘密\n——案例":                     "",
		"公司机密\n员工手册":                         "",
		"CONFIDENTIAL 商业机密\n手册":              "",
		prose + "机密\n其他":                     "",
		prose + "秘密 5年\n其他":                  "",
		prose + "|机密级|机密★20年|\n|秘密级|秘密★10年|": "",
		"|等级|绝密|机密|秘密|\n|范围|甲|乙|丙|":          "",
		"标题\n某商〔2024〕1号\n各有关单位：\n秘密\n正文":     "",
		"^某公司保密资料\n封面":                       "",
		"^商业秘密 严禁外传\n封面":                     "",
		"保密期限：5年\n保密义务":                      "",
		"保密承诺书\n本人承诺不泄露国家秘密、商业秘密":            "",
		"脱密期3年":                              "",
		"获评五星★商户\n":                          "",
	} {
		got := ""
		if m := Secret(marked(text)); m != nil {
			got = m.Words()
		}
		if got != want {
			t.Errorf("%.40q: %q, want %q", text, got, want)
		}
	}
}

// On slides and in sheets less is a mark: nothing tells what stands above.
func TestSecretSlide(t *testing.T) {
	for text, want := range map[string]string{
		"汇报\n---\n一、情况\n机密★5年":    "第2页",
		"秘密★长期\n---\n二、情况\n秘密★长期": "第1页",
		"绝密★启用前":                  "正文中单独一行",
		"汇报\n000123 机密★1年 特急":     "正文中单独一行",
		prose + "内部★1年":           "正文中单独一行",

		"机密\n产品路线图":                      "",
		"机密　5年\n产品路线图":                   "",
		"密级：机密\n汇报":                      "",
		"商业秘密保护\n商业机密★重点":                "",
		"涉密信息系统集成\n甲级资质":                 "",
		"保密协议\n保密期限5年":                   "",
		"保密培训\n绝密★30年\n机密★20年\n秘密★10年":   "",
		"如何标注\n---\n机密★20年\n---\n秘密★10年": "",
		"标志为“机密★5年”":                     "",
		"直播间的秘密★★★★★":                    "",
		"":                               "",
	} {
		got := ""
		if m := SecretSlide(marked(text).Blocks); m != nil {
			got = m.Words()
		}
		if got != want {
			t.Errorf("%.40q: %q, want %q", text, got, want)
		}
	}
}

func TestSecretSheet(t *testing.T) {
	rows := strings.Repeat("|某公司|电商|\n", 20)
	for text, want := range map[string]string{
		"Sheet1\n|机密★5年|\n|序号|单位|":                   "文首",
		"^机密★5年\nSheet1\n|序号|单位|":                    "页眉",
		"Sheet1\n" + rows + "Sheet2\n|秘密★1年||\n|序号|": "文首",

		"^机密\n^第1页\nSheet1\n|序号|单位|":               "",
		"Sheet1\n" + rows + "密级\n|绝密|\n|机密|\n|秘密|": "",
		"Sheet1\n|序号|资质|\n|1|涉密信息系统集成|":            "",
		"Sheet1\n|商业秘密|\n|保密协议|":                   "",
	} {
		d := marked(text)
		d.Kind = document.XLSX
		got := ""
		if m := Secret(d); m != nil {
			got = m.Words()
		}
		if got != want {
			t.Errorf("%.40q: %q, want %q", text, got, want)
		}
	}
}

func TestSecretName(t *testing.T) {
	must := []string{"机密★关于产业带情况的报告.docx", "秘密★1年 情况说明.pdf", "机密☆5年.doc", "材料/【秘密】汇总表.xlsx", "[机密]方案.docx", "机密/报告.docx",
		"1.机密★5年-报告.pdf", "（机密）报告.docx", "报告（秘密）.docx", "报告(机密5年).docx", "机密.pdf", "机密_报告.docx", "秘密-报告.docx", "附件1-绝密★报告.ofd",
		"a.zip/绝密★启用前/试题.docx", "报告-机密5年.docx", "内部★情况.docx", "报告 机密★3年.docx"}
	never := []string{"商业秘密保护制度.pdf", "保密协议.pdf", "直播间的秘密.docx", "[案例]-佛山市秘密花园食品有限公司+花园的秘密", "机密计算平台介绍.pptx", "秘密花园.jpg",
		"广州机密信息科技有限公司营业执照.pdf", "非涉密承诺书.docx", "涉密不上网.jpg", "绝密配方宣传图.png", "公司机密.docx", "（商业秘密）名单.xlsx", "《秘密》.jpg", "五星★商户.png",
		"解锁秘密★直播间.jpg", "国家秘密.pdf", "保密审查表.docx", "内部资料.docx", "【内部】方案.docx", "工作秘密.docx", "企业秘密-方案.docx", "申报表（公开）.docx", "营业执照.jpg", ""}
	for _, name := range must {
		if !SecretName(name) {
			t.Errorf("%q is marked", name)
		}
	}
	for _, name := range never {
		if SecretName(name) {
			t.Errorf("%q is not marked", name)
		}
	}
}

func TestSecretMail(t *testing.T) {
	for _, x := range []struct {
		subject, text string
		want          bool
	}{
		{"【秘密】报送材料", "", true}, {"机密★1年 关于报送", "", true}, {"Re: 转发：【机密】报送", "", true}, {"Fw:机密", "", true}, {"报送（秘密）", "", true},
		{"报送材料", "秘密★1年\n现报送……", true}, {"报送材料", "\n  机密 5年\n各处：", true},
		{"【已收到 AL2024-0001】材料齐全", "", false}, {"报送商业秘密保护案例", "", false}, {"【保密】报送", "", false}, {"关于机密计算案例", "秘密\n", false},
		{"报送材料", "附件不含国家秘密。\n涉密不上网", false}, {"报送“秘密花园”案例", "机密★5年的文件请勿发送", false}, {"报送材料", "您好\n附件如下\n谢谢\n此致\n秘密★1年", false},
		{"绝密配方品牌案例", "", false}, {"", "", false},
	} {
		if got := SecretMail(x.subject, x.text); got != x.want {
			t.Errorf("%q, %q: %v", x.subject, x.text, got)
		}
	}
}

// FuzzSecret: whatever stands in a file, the answer is a place and never its words.
func FuzzSecret(f *testing.F) {
	f.Add("机密★5年\n---\n|密级|机密|", "【秘密】a/b.docx")
	f.Add("^秘密\n", "机密★")
	f.Fuzz(func(t *testing.T, text, name string) {
		SecretName(name)
		SecretMail(name, text)
		m := Secret(marked(text))
		if m != nil && !slices.Contains([]string{MarkedTop, MarkedHeader, MarkedText}, m.Where) {
			t.Errorf("%+v", m)
		}
	})
}
