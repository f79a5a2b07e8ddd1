package intake

import (
	"strings"

	"anli/parser/form"
)

// differing lets the PDF of the form say something else than the Word copy.
func differing(change func(pdf *form.Form)) look {
	return copies(func(_, p *Reading) { change(p.Paper.Form) })
}

// agreeTables are those of what must agree.
func agreeTables() []table {
	folder := func(name string) look { return inFolder("[案例]-" + name) }
	return []table{
		{"unit-mismatch", "warning bureau name reply|warning bureau text reply|warning staff ocr -", "", []must{
			{"the folder names another", folder(unitB + "+" + caseA), "", "文件夹中的单位“" + unitB + "”与申报表“" + unitA + "”不一致|请确认。公示、证书和牌匾将使用营业执照上的全称"},
			{"the licence does", sent("营业执照", "营业执照.pdf: license "+codeFoshan+"/"+unitB), "", "营业执照上的名称“" + unitB + "”与申报表中的单位“" + unitA + "”不一致"},
			{"a licence that a machine read", read(licensed(codeFoshan+"/"+unitB), "营业执照.pdf", func(r *Reading) { r.Pictured = true }), "", "文字可能为识别所得"},
		}, []not{
			{"a short name on the folder", folder("某甲家居+" + caseA), ""},
			{"without 市", folder("佛山某甲家居有限公司+" + caseA), ""},
			{"a limited company in other words", sent("营业执照", "营业执照.pdf: license "+codeFoshan+"/佛山某甲家居有限责任公司"), ""},
			{"an earlier name in brackets", sent("营业执照", "营业执照.pdf: license "+codeFoshan+"/佛山市某甲家居有限公司（曾用名）"), ""},
			{"a partner's licence beside its own", sent("营业执照", "营业执照.pdf: license "+codeFoshan+"/"+unitB+"\n营业执照2.pdf: license "+codeFoshan+"/"+unitA), ""},
			{"a licence without a name", sent("营业执照", "营业执照.pdf: license "+codeFoshan), ""},
		}},
		{"case-mismatch", "warning bureau name reply", "", []must{
			{"the folder names another", folder(unitA + "+" + caseB), "", "文件夹中的案例“" + caseB + "”与申报表“" + caseA + "”不一致|请确认以哪个名称为准"},
			{"another unit and another case", folder(unitB + "+" + caseB), "unit-mismatch warning, case-mismatch warning", ""},
		}, []not{
			{"the same", sent("", ""), ""},
			{"a part of it", folder(unitA + "+柔性供应链"), ""},
			{"quotes and book marks", folder(unitA + "+《家居柔性供应链平台》"), ""},
			{"the unit alone: folder-name says so", folder(unitA), "folder-name warning"},
			{"what Windows forbids left out", read(goodPackage, "申报表.docx", func(r *Reading) { r.Paper.Form.Case = "家居：柔性/供应链?平台" }), ""},
		}},
		{"pdf-text-mismatch", "warning bureau text file|warning staff ocr -", "", []must{
			{"another unit", differing(func(f *form.Form) { f.Unit = unitB }), "", "PDF与电子文本不一致：参评单位（PDF“" + unitB + "”，Word“" + unitA + "”）|以盖章PDF为准，请更正电子文本"},
			{"another case", differing(func(f *form.Form) { f.Case = caseB }), "", "参评案例（PDF“" + caseB + "”"},
			{"another field", differing(func(f *form.Form) { f.Categories = []string{"电商平台"} }), "", "参评领域（PDF“电商平台”，Word“电子商务企业”）"},
			{"another phone", differing(func(f *form.Form) { f.Phone = "0757-83001235" }), "", "联系电话"},
			{"another amount", differing(func(f *form.Form) { f.Intro = "2023年营业收入1.3亿元。" + sentence(300) }), "", "一、参评单位简介（PDF“1.3亿”，Word“12,000万”）"},
			{"a machine read the PDF", copies(func(_, p *Reading) { p.Paper.Form.Unit, p.Pictured = unitB, true }), "", ""},
		}, []not{
			{"the same", differing(func(f *form.Form) {}), ""},
			{"brackets, spaces, width", differing(func(f *form.Form) { f.Unit = "佛山市 某甲家居\n有限公司" }), ""},
			{"a short name", differing(func(f *form.Form) { f.Unit = "某甲家居" }), ""},
			{"a name that was cut off", differing(func(f *form.Form) { f.Case = "家居柔性供应链" }), ""},
			{"a box that was not read", differing(func(f *form.Form) { f.Unit, f.Case, f.Phone = "", "", "" }), ""},
			{"no field read", differing(func(f *form.Form) { f.Categories = nil }), ""},
			{"more fields read", differing(func(f *form.Form) { f.Categories = []string{"电商平台", "数商兴农"} }), ""},
			{"the phone in other marks", differing(func(f *form.Form) { f.Phone = "（0757）8300 1234" }), ""},
			{"one phone more", differing(func(f *form.Form) { f.Phone = "13800001234、83001234" }), ""},
			{"the amount in another unit", differing(func(f *form.Form) { f.Intro = "2023年营业收入1.2亿元。" + sentence(300) }), ""},
			{"the sentence reworded", differing(func(f *form.Form) { f.Intro = "公司2023年实现营业收入1.3亿元。" }), ""},
			{"spaces in the sentence", differing(func(f *form.Form) { f.Intro = "2023 年营业收入 12,000 万元。" }), ""},
			{"an empty PDF form", differing(func(f *form.Form) { *f = form.Form{} }), ""},
			{"the bureau's word on it", asked(strings.Replace(worded(), "pdfform "+unitA, "pdfform "+unitB, 1), func(c *Checked) {
				c.Case.Corrections = []Correction{{Field: "unit", Value: unitA}}
			}), ""},
		}},
	}
}

// saidBy is a licence's code with one that the bureau gave by mail.
func saidBy(bureau, licence string) look {
	return asked(licensed(licence), func(c *Checked) { c.Case.Corrections = []Correction{{Field: "credit_code", Value: bureau}} })
}

// creditTables are those of eligibility.
func creditTables() []table {
	const wrong = "91440606MA4UQ8B56O"
	code := func(s string) look { return asked(licensed(s), nil) }
	return []table{
		{"credit-code-invalid", "error bureau text reply|warning staff text -|warning staff ocr -", "二、（一）", []must{
			{"an O for a 0", code(wrong), "", "统一社会信用代码“91440606MA4UQ8B56O”未通过校验（第18位“O”疑为“0”）|请对照执照核对，可直接回复“更正 AL2024-0007 信用代码 91440606MA4UQ8B560”；或补发清晰的执照"},
			{"no likely place", code("91440606MA4UQ7B560"), "", "可能是影印件不清，请回复“更正 AL2024-0007 信用代码 …”"},
			{"a digit too few", code("91440606MA4UQ8B56"), "", "应为18位，少1位"},
			{"the bureau gave a wrong one", saidBy("91440606MA4UQ7B560", codeFoshan), "", "请回复“更正 AL2024-0007 信用代码 …”"},
			{"only the organisation code's digit: no slip of the pen", code("91440606MA4UQ8B50D"), "credit-code-invalid warning", "整体校验码相符|请核"},
			{"a machine read it", read(licensed(wrong), "营业执照.pdf", func(r *Reading) { r.Pictured = true }), "credit-code-invalid warning", "文字可能为识别所得"},
		}, []not{
			{"a company's", code(codeFoshan), ""},
			{"an institution's", code("12440600MB2C00013X"), ""},
			{"a society's", code("52440600MJM000122J"), ""},
			{"a licence without a code", code(""), ""},
			{"a picture of a licence", sent("", ""), ""},
			{"the bureau gave the right one, with a space", saidBy("91440606 MA4UQ8B560", wrong), ""},
			{"another paper's, where a licence has a good one", asked(licensed(wrong+"/"+unitB, codeFoshan+"/"+unitA), nil), ""},
		}},
		{"outside-guangdong", "error bureau text file|warning bureau text file|warning staff ocr -", "二、（一）", []must{
			{"another province", code(codeZhejiang), "", "信用代码登记地为“浙江省”|如已迁入或由国家局登记、住所在粤，请说明并附执照"},
			{"with the state", code(codeNational), "outside-guangdong warning", "国家市场监督管理总局登记"},
			{"a call of another province", asked(licensed(codeFoshan), func(c *Checked) { c.Settings.Call.Region = "33" }), "", "住所在浙江省"},
			{"a machine read it", read(licensed(codeZhejiang), "营业执照.pdf", func(r *Reading) { r.Pictured = true }), "outside-guangdong warning", ""},
		}, []not{
			{"in the city", code(codeFoshan), ""},
			{"with the province", code("52440600MJM000122J"), ""},
			{"a partner's of another province", asked(licensed(codeZhejiang+"/杭州某某科技有限公司", codeFoshan+"/"+unitA), nil), ""},
			{"licences without names, one of Guangdong", asked(licensed(codeZhejiang, codeFoshan), nil), ""},
			{"a wrong code tells no place", code("91330106MA2KL1D33O"), "credit-code-invalid error"},
			{"no region is asked for", asked(licensed(codeZhejiang), func(c *Checked) { c.Settings.Call.Region = "" }), ""},
		}},
		{"city-mismatch", "info staff text -", "", []must{
			{"another city's company", code(codeGuangzhou), "", "信用代码登记地为“广东省广州市”，由佛山市报送"},
		}, []not{
			{"of the bureau's city", code(codeFoshan), ""},
			{"registered with the province", asked(licensed("91440003MA4Y7C1107"), nil), ""},
			{"no city is known", asked(licensed(codeGuangzhou), func(c *Checked) { c.Case.City = "" }), ""},
			{"a city of another call", asked(licensed(codeGuangzhou), func(c *Checked) { c.Settings.Call.Cities = []string{"佛山市"} }), ""},
			{"another province: that is told", code(codeZhejiang), "outside-guangdong error"},
		}},
		{"branch-office", "warning bureau text reply", "二、（一）", []must{
			{"a branch", boxed("unit", "某某集团有限公司佛山分公司"), "unit-mismatch warning, branch-office warning", "参评单位“某某集团有限公司佛山分公司”从名称看为分支机构或内设部门|请确认是否为独立法人或机构"},
			{"a department", boxed("unit", "佛山市某甲家居有限公司电商事业部"), "branch-office warning", ""},
			{"an office", boxed("unit", "佛山市某甲家居有限公司驻顺德办事处"), "branch-office warning", ""},
			{"a household", code(codeHousehold), "", "“92440606MA4W0P1240”登记类别为个体工商户"},
		}, []not{
			{"a company", sent("", ""), ""},
			{"one that serves branches", boxed("unit", "佛山市分公司服务有限公司"), "unit-mismatch warning"},
			{"a society", boxed("unit", "顺德区电子商务协会"), "unit-mismatch warning"},
			{"a centre that studies departments", boxed("unit", "事业部管理研究中心"), "unit-mismatch warning"},
			{"a school", boxed("unit", "佛山市某某职业技术学校"), "unit-mismatch warning"},
			{"nothing filled in", boxed("unit", ""), "unit-missing error"},
			{"the company's own code", code(codeFoshan), ""},
		}},
		{"listed-dishonest", "error staff text -|warning staff text -", "", []must{
			{"the unit's code", onList(licensed(codeFoshan), Dishonest{Row: 3, Name: "某甲", Code: codeFoshan, Note: "（2024）粤06执1号"}), "", "统一社会信用代码" + codeFoshan + "与失信名单第3行（某甲，（2024）粤06执1号）相符"},
			{"the organisation's code within it", onList(licensed(codeFoshan), Dishonest{Row: 1, Code: codeFoshan[8:17]}), "listed-dishonest error", ""},
			{"the name alone", onList(goodPackage, Dishonest{Row: 2, Name: "佛山市某甲家居有限公司"}), "listed-dishonest warning", "同名，请核"},
			{"the same name under another code: a person looks", onList(licensed(codeFoshan), Dishonest{Row: 1, Name: unitA, Code: codeGuangzhou}), "listed-dishonest warning", "单位名称"},
			{"the leader's name", onList(goodPackage, Dishonest{Row: 2, Name: "张三"}), "listed-dishonest warning", "负责人“张三”"},
		}, []not{
			{"others", onList(licensed(codeFoshan), Dishonest{Row: 1, Name: unitB, Code: codeGuangzhou}, Dishonest{Row: 2, Name: "李四"}), ""},
			{"a person whose name begins so", onList(goodPackage, Dishonest{Row: 1, Name: "张三丰"}), ""},
			{"a company whose name begins so", onList(goodPackage, Dishonest{Row: 1, Name: unitA + "顺德分公司"}), ""},
			{"the contact, who answers for nothing", onList(goodPackage, Dishonest{Row: 1, Name: "李四"}), ""},
			{"no list", arrived(func(k *court) { k.mail(bureau, goodPackage, false) }), ""},
		}},
	}
}

// onList lets a package come and staff keep these rows.
func onList(files string, rows ...Dishonest) look {
	return arrived(func(k *court) {
		k.mail(bureau, files, false)
		k.sit(func(s *Sitting) {
			if ok, text := s.SetDishonest(rows, List{SHA256: "list", By: officerA, Mail: "mail-02"}); !ok {
				k.t.Fatal(text)
			}
		})
	})
}
