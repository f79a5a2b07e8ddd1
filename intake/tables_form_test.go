package intake

import (
	"strings"
	"testing"

	"anli/parser/document"
	"anli/parser/form"
)

// boxed is the good package with a box of its form filled otherwise.
func boxed(key, value string) look {
	return filled(func(f *form.Form) {
		for _, x := range fields {
			if x.key == key {
				*x.get(f) = value
			}
		}
	})
}

// boxTable is that of a box which must be filled: a box that is empty, or has a mark for
// something to come, and words that are an answer.
func boxTable(key, code, label string, answers ...string) table {
	tab := table{code, "error bureau text reply", "", []must{
		{"empty", boxed(key, " \n"), "", "“" + label + "”未填写|可直接回复“更正 AL2024-0007 " + label + " …”"},
		{"a dash", boxed(key, "——"), "", ""},
		{"to come", boxed(key, "（待补充）"), "", ""},
		{"a placeholder", boxed(key, "XXX"), "", ""},
	}, []not{
		{"filled", sent("", ""), ""},
		{"no form was read: that is told", sent("申报表.docx", "申报表.doc: old"), "form-unreadable error"},
		{"the box is not in the form: that is told", read(goodPackage, "申报表.docx", func(r *Reading) {
			r.Paper.Missing = []string{boxLabel(key)}
			for _, x := range fields {
				if boxLabel(x.key) == boxLabel(key) {
					*x.get(r.Paper.Form) = ""
				}
			}
		}), "form-wrong error"},
		{"the bureau gave it by mail", asked(goodPackage, func(c *Checked) { c.Form = corrected(c.Form, key, answers[0]) }), ""},
	}}
	for _, a := range answers {
		tab.mustNot = append(tab.mustNot, not{a, boxed(key, a), ""})
	}
	return tab
}

// boxLabel is what the form's reader calls a box.
func boxLabel(key string) string {
	return map[string]string{"unit": "参评单位", "case": "参评案例（项目名称）", "leader": "项目主要负责人", "contact": "日常联系人", "phone": "联系电话及邮箱", "email": "联系电话及邮箱",
		"intro": "一、参评单位简介", "background": "（一）项目简介", "innovation": "（二）技术性与创新性", "benefit": "（三）效益性", "demonstration": "（四）示范性"}[key]
}

// boxTables are those of the short boxes.
func boxTables() []table {
	phone := boxTable("phone", "phone-missing", "联系电话", "020-38001234转801", "13800001234（李四）", "0757-83001234、13800001234")
	phone.mustNot = append(phone.mustNot, not{"written together with the address", filled(func(f *form.Form) { f.Phone, f.Email = "", "13800001234ds@qiye.example" }), ""})
	unit := boxTable("unit", "unit-missing", "参评单位", unitA, "佛山市某甲家居有限公司（盖章）")
	unit.must = append(unit.must, must{"a company's placeholder", boxed("unit", "XX有限公司"), "", ""},
		must{"only the notice's empty form", sent("申报表.docx", "申报表.docx: blank"), "unit-missing error, case-missing error, leader-missing error, contact-missing error, phone-missing error, email-missing error, " +
			"intro-missing error, background-missing error, innovation-missing error, benefit-missing error, demonstration-missing error, category-missing error, prior-award-missing warning", ""})
	return []table{
		unit,
		boxTable("case", "case-missing", "参评案例", caseA, "“家居柔性供应链平台”"),
		boxTable("leader", "leader-missing", "项目主要负责人", "Xu Xx", "买买提·艾力", "欧阳某某"),
		boxTable("contact", "contact-missing", "日常联系人", "X. Xie", "李四（商务部经理）", "张○"),
		phone,
		boxTable("email", "email-missing", "邮箱", "ds@qiye.example", "13800001234@qq.example", "ds@a.example / ds@b.example"),
		{"category-missing", "error bureau text reply", "", []must{
			{"none ticked", filled(func(f *form.Form) { f.Categories = []string{} }), "", "未识别到参评领域的勾选|请回复领域名称，如“更正 AL2024-0007 领域 数商兴农”"},
			{"a call without that field", asked(goodPackage, func(c *Checked) {
				c.Form.Categories, c.Settings.Call.Fields = nil, []string{"跨境电商", "直播电商"}
			}), "", "领域 跨境电商"},
		}, []not{
			{"one", sent("", ""), ""},
			{"the last of the nine, explained", filled(func(f *form.Form) { f.Categories, f.Other = []string{"其他电子商务"}, "跨境直播" }), ""},
			{"the bureau gave it by mail", asked(goodPackage, func(c *Checked) { c.Form.Categories = nil; c.Form = corrected(c.Form, "categories", "电商平台") }), ""},
			{"no form was read", sent("申报表.docx", "申报表.doc: old"), "form-unreadable error"},
		}},
		{"category-several", "warning bureau text reply", "", []must{
			{"two", filled(func(f *form.Form) { f.Categories = []string{"电商平台", "数商兴农"} }), "", "参评领域已勾选2项（电商平台、数商兴农）|为便于分组评审，请回复主要领域，如“主要领域 AL2024-0007 电商平台”；其余保留"},
			{"three, and the main one is none of them", asked(goodPackage, func(c *Checked) {
				c.Form.Categories, c.Case.Main = []string{"电商平台", "数商兴农", "丝路电商"}, "电商服务"
			}), "", "3项"},
		}, []not{
			{"one", sent("", ""), ""},
			{"the bureau named the main one", asked(goodPackage, func(c *Checked) {
				c.Form.Categories, c.Case.Main = []string{"电商平台", "数商兴农"}, "数商兴农"
			}), ""},
			{"one whose name has a plus", filled(func(f *form.Form) { f.Categories = []string{"电商+产业带"} }), ""},
			{"none", filled(func(f *form.Form) { f.Categories = nil }), "category-missing error"},
		}},
		{"category-other-unexplained", "error bureau text reply", "", []must{
			{"ticked, and no words", filled(func(f *form.Form) { f.Categories = []string{"其他电子商务"} }), "", "勾选了“其他电子商务”，未说明具体领域|请回复具体领域，如“更正 AL2024-0007 其他领域 …”"},
			{"ticked, and a dash", filled(func(f *form.Form) { f.Categories, f.Other = []string{"其他电子商务"}, "——" }), "", ""},
		}, []not{
			{"explained", filled(func(f *form.Form) { f.Categories, f.Other = []string{"其他电子商务"}, "跨境直播" }), ""},
			{"another field", sent("", ""), ""},
			{"by mail", asked(goodPackage, func(c *Checked) {
				c.Form.Categories = []string{"其他电子商务"}
				c.Form = corrected(c.Form, "other", "数字物流")
			}), ""},
			{"not ticked, and words all the same", filled(func(f *form.Form) { f.Other = "数字物流" }), ""},
		}},
		{"prior-award-missing", "warning bureau text reply", "", []must{
			{"empty", boxed("prior_award", ""), "", "“是否曾经获评其他奖励”未填写|请回复“更正 AL2024-0007 其他奖励 无”，或奖项名称、授予单位和年份"},
			{"to come", boxed("prior_award", "待补充"), "", ""},
		}, []not{
			{"无", boxed("prior_award", "无"), ""},
			{"a stroke", boxed("prior_award", "/"), ""},
			{"a dash", boxed("prior_award", "－"), ""},
			{"否", boxed("prior_award", "否"), ""},
			{"an award", boxed("prior_award", "2022年度佛山市数字商务示范企业（佛山市商务局）"), ""},
		}},
		{"phone-invalid", "error bureau text reply", "", []must{
			{"a digit too few", boxed("phone", "1380000123"), "", "联系电话“1380000123”少1位|直接回复“更正 AL2024-0007 联系电话 正确号码”即可，无需重新盖章"},
			{"a land line too long", boxed("phone", "0757-830012345"), "", "多1位"},
			{"no number", boxed("phone", "见名片"), "", "不是电话号码"},
		}, []not{
			{"a mobile with its country", boxed("phone", "+86 138-0000-1234"), ""},
			{"full width", boxed("phone", "０７５７－８３００１２３４"), ""},
			{"an extension", boxed("phone", "020-38001234转801"), ""},
			{"two numbers, a name behind each", boxed("phone", "13800001234（张三）、83001234（李四）"), ""},
			{"one good and one bad", boxed("phone", "1380000123 / 13800001234"), ""},
			{"seven digits where they are", boxed("phone", "0668-2800123"), ""},
			{"Hong Kong", boxed("phone", "+852 2800 1234"), ""},
			{"a hot line", boxed("phone", "400-800-1234"), ""},
		}},
		{"email-invalid", "error bureau text reply", "", []must{
			{"no @", boxed("email", "ds.qiye.example"), "", "邮箱“ds.qiye.example”缺少“@”|直接回复“更正 AL2024-0007 邮箱 正确地址”即可，无需重新盖章"},
			{"a comma for a dot", boxed("email", "ds@qiye,example"), "", "核对后可直接回复“更正 AL2024-0007 邮箱 ds@qiye.example”，无需重新盖章"},
			{"an ending that is none", boxed("email", "ds@qq.con"), "", "后缀“.con”疑为“.com”"},
		}, []not{
			{"full width", boxed("email", "ｄｓ＠ｑｉｙｅ．ｅｘａｍｐｌｅ"), ""},
			{"a Chinese full stop", boxed("email", "ds@qiye。example"), ""},
			{"digits, as QQ has them", boxed("email", "123456789@qq.com"), ""},
			{"its label before it", boxed("email", "邮箱：ds@qiye.example"), ""},
			{"two, a stroke between", boxed("email", "ds@qiye.example/ds2@qiye.example"), ""},
			{"a name behind it", boxed("email", "ds@qiye.example（李四）"), ""},
			{"a department's", boxed("email", "e-commerce.dept@foshan.gov.cn"), ""},
			{"capital letters", boxed("email", "DS@QIYE.EXAMPLE"), ""},
		}},
	}
}

// partTable is that of a part of the text: words, not a box.
func partTable(key, code, label, also string) table {
	with := func(s string) string { return strings.TrimPrefix(strings.TrimSuffix(code+" error, "+also, ", "), ", ") }
	return table{code, "error bureau text file", "", []must{
		{"empty", boxed(key, ""), with(""), "“" + label + "”未填写（空白或仅有表格自带的说明文字）|请补充"},
		{"略", boxed(key, "略。"), with(""), ""},
		{"××", boxed(key, "××"), with(""), ""},
		{"a picture in place of words", read(goodPackage, "申报表.docx", func(r *Reading) {
			for _, x := range fields {
				if x.key == key {
					*x.get(r.Paper.Form) = ""
				}
			}
			r.Paper.Pictured = []string{key}
		}), with(""), "“" + label + "”只有图片，没有文字|请将其内容改为文字，图片可附在文字之后"},
	}, []not{
		{"filled", sent("", ""), ""},
		{"pictures beside the words", read(goodPackage, "申报表.docx", func(r *Reading) { r.Paper.Pictured = []string{key} }), ""},
		{"the part is not in the form: that is told", read(goodPackage, "申报表.docx", func(r *Reading) {
			r.Paper.Missing = []string{boxLabel(key)}
			for _, x := range fields {
				if x.key == key {
					*x.get(r.Paper.Form) = ""
				}
			}
		}), strings.TrimSuffix("form-wrong error, "+also, ", ")},
		{"no form was read", sent("申报表.docx", "申报表.doc: old"), "form-unreadable error"},
		{"an empty copy beside a filled one", sent("", "空白申报表.docx: blank"), ""},
	}}
}

// wordTables are those of the form's text.
func wordTables() []table {
	intro := func(n int) look { return boxed("intro", "2023年1万元"+sentence(n-form.Count("2023年1万元"))) }
	parts := func(n int) look {
		return filled(func(f *form.Form) {
			f.Background, f.Innovation, f.Benefit, f.Demonstration = sentence(n-3), sentence(1), sentence(1), sentence(1)
		})
	}
	year := func(text string) look { return boxed("intro", text) }
	return []table{
		partTable("intro", "intro-missing", "一、参评单位简介", "data-2023-missing warning"),
		partTable("background", "background-missing", "（一）项目简介", ""),
		partTable("innovation", "innovation-missing", "（二）技术性与创新性", ""),
		partTable("benefit", "benefit-missing", "（三）效益性", ""),
		partTable("demonstration", "demonstration-missing", "（四）示范性", ""),
		{"intro-too-long", "warning bureau text file|error bureau text file", "", []must{
			{"501", intro(501), "intro-too-long warning", "单位简介约501字（通知要求500字以内）|如需修改请同时更换盖章件；也可只补发一份精简的电子文本"},
			{"550", intro(550), "intro-too-long warning", ""},
			{"551", intro(551), "intro-too-long error", "约551字"},
		}, []not{
			{"500", intro(500), ""},
			{"500 and long numbers", boxed("intro", "2023年营业收入12,000.55万元，https://www.qiye.example/about"+sentence(480)), ""},
			{"500 and blank lines", boxed("intro", "2023年1万元"+sentence(490)+strings.Repeat("\n　　\n", 40)), ""},
			{"a call without a limit", asked(goodPackage, func(c *Checked) { c.Form.Intro = "2023年1万元" + sentence(900); c.Settings.Call.IntroLimit = 0 }), ""},
		}},
		{"summary-length", "warning bureau text file", "", []must{
			{"999", parts(999), "", "案例概述约999字，通知建议2000字左右"},
			{"3,001", parts(3001), "", "约3001字"},
		}, []not{
			{"1,000", parts(1000), ""},
			{"3,000", parts(3000), ""},
			{"a part lacks: that is told", boxed("benefit", ""), "benefit-missing error"},
			{"a call without bounds", asked(goodPackage, func(c *Checked) {
				c.Form.Background = sentence(9000)
				c.Settings.Call.SummaryShort, c.Settings.Call.SummaryLong = 0, 0
			}), ""},
		}},
		{"data-2023-missing", "warning bureau text file", "四、（五）", []must{
			{"no figure", year("2021年成立。"), "", "未见2023年度业务数据|建议补充营业收入、电子商务交易额等并注明单位"},
			{"the year without a figure", year("2023年获奖。"), "", ""},
			{"another year", year("2022年收入3亿元。"), "", ""},
		}, []not{
			{"in part two", filled(func(f *form.Form) { f.Intro, f.Benefit = "简介。", "2023年销售额3.5亿元。"+sentence(500) }), ""},
			{"full width", year("２０２３年度收入１２，０００万元。"), ""},
			{"a range of years", year("2021－2024年累计服务1000余家企业。"), ""},
			{"Chinese numerals", year("二〇二三年营业收入三千万元。"), ""},
			{"last year", year("去年交易额10亿元。"), ""},
			{"two digits", year("23年营收1.2亿元。"), ""},
		}},
		{"placeholder-left", "warning bureau text file", "", []must{
			{"a line of XXX", boxed("background", sentence(500)+"\nXXX\n"), "", "“（一）项目简介”中有未填写的内容“XXX”|请补充或删除"},
			{"a line to be filled", boxed("benefit", "待补充\n"+sentence(500)), "", "“待补充”"},
		}, []not{
			{"XX in a sentence", boxed("background", sentence(500)+"\n服务XX等客户\n"), ""},
			{"a line of dots and stars", boxed("background", sentence(500)+"\n……\n***\n"), ""},
			{"names that begin with X", boxed("leader", "Xu Xx"), ""},
			{"a project called 待定", boxed("case", caseA+"（待定更名）"), ""},
			{"the whole box: it is missing", boxed("background", "XXX"), "background-missing error"},
		}},
		{"revisions-left", "info bureau text -", "", []must{
			{"tracked changes", revised("申报表.docx"), "", "“申报表.docx”含未接受的修订或批注"},
		}, []not{
			{"none", sent("", ""), ""},
			{"comments in a profile", read(goodPackage+"\n[案例]-"+unitA+"+"+caseA+"/公司简介.docx: docx", "公司简介.docx", func(r *Reading) { r.Paper = &form.Reading{Revisions: true} }), ""},
			{"notes in the stamped PDF", read(worded(), "（盖章）.pdf", func(r *Reading) { r.Paper.Revisions = true }), ""},
			{"words struck through", boxed("background", sentence(500)+"原计划2022年完成（已删除）"), ""},
		}},
		{"personal-data", "warning bureau text file|warning staff ocr -", "", []must{
			{"a leader's number in the profile", private("公司简介.docx: docx", "公司简介.docx", nil), "", "“公司简介.docx”含身份证号等个人信息，本次申报不需要|建议遮盖后重发"},
			{"on a scan, where a machine read it", private("授权书.pdf: scan 1", "授权书.pdf", func(r *Reading) { r.Scanned = true }), "", "文字可能为识别所得"},
		}, []not{
			{"a credit code", sent("", "营业执照2.pdf: license "+codeFoshan), ""},
			{"telephones", boxed("phone", "13800001234、13900005678"), ""},
			{"a form", sent("", ""), ""},
			{"a file that was replaced", func(t *testing.T) []Finding {
				d := newDesk()
				k := d.caseOf(t, changed("", "", "公司简介.docx: docx"))
				for i, f := range k.Files {
					if f.Path == "公司简介.docx" {
						d.read[f.SHA256] = Reading{Kind: document.DOCX, Private: []string{form.PersonalID}}
						k.Files[i].Standing = StandingReplaced
					}
				}
				return d.check(k, nil)
			}, ""},
		}},
	}
}

// revised: the Word copy of this name has tracked changes or comments.
func revised(name string) look {
	return read(goodPackage, name, func(r *Reading) { r.Paper.Revisions = true })
}

// private adds a file that holds an ID card's number.
func private(add, name string, change func(r *Reading)) look {
	return read(changed("", "", add), name, func(r *Reading) {
		if r.Private = []string{form.PersonalID}; change != nil {
			change(r)
		}
	})
}
