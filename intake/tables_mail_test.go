package intake

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"anli/parser/command"
	"anli/parser/form"
	"anli/parser/mail"
)

const bureau = "sw@foshan.example"

// several brings packages of so many units, one a mail.
func several(k *court, n int) {
	for i := range n {
		k.mail(bureau, pack(nth(i), fmt.Sprintf("%s直播基地项目", letter(i))), false)
	}
}

func letter(i int) string { return string([]rune("甲乙丙丁戊己庚")[i]) }

func nth(i int) string { return "佛山市" + letter(i) + "某家居有限公司" }

func withQuota(n int) Settings {
	s := courtSettings()
	s.Call.Quotas = map[string]int{"佛山市": n}
	return s
}

func at(time string) func(k *court) {
	return func(k *court) {
		k.now = zoned(time)
		k.mail(bureau, goodPackage, false)
	}
}

// mailTables are those of what a mail or its sender does.
func mailTables() []table {
	return []table{
		{"late", "error bureau mail -", "五、（一）", []must{
			{"a second after it", arrived(at("2024-10-31 00:00:00")), "", "材料于10月31日00:00到达，在截止时间10月30日24时之后"},
			{"a case that begins after it, beside one in time", arrived(func(k *court) {
				k.mail(bureau, goodPackage, false)
				k.now = zoned("2024-10-31 09:00:00")
				k.mail(bureau, pack(unitB, caseB), false)
			}), "", "研究确定后告知"},
		}, []not{
			{"the last second", arrived(at("2024-10-30 23:59:59")), ""},
			{"a supplement to what was in time", arrived(func(k *court) {
				k.mail(bureau, pack(unitA, caseA, "LOGO"), false)
				k.now = zoned("2024-11-02 09:00:00")
				k.mail(bureau, "[案例]-"+unitA+"+"+caseA+"/LOGO.png", false)
			}), ""},
			{"the second of two announced mails", arrived(func(k *court) {
				k.now = zoned("2024-10-30 23:59:30")
				k.brings(bureau, pack(unitA, caseA), func(in *Incoming) { in.Mail.Subject = "报送案例（第1封，共2封）" })
				k.now = zoned("2024-10-31 00:10:00")
				k.brings(bureau, pack(unitB, caseB), func(in *Incoming) { in.Mail.Subject = "报送案例（第2封，共2封）" })
			}), ""},
			{"by the time that staff say it came", arrived(func(k *court) {
				k.now = zoned("2024-11-04 09:00:00")
				k.brings(bureau, goodPackage, func(in *Incoming) { in.Mail.Reached, in.Mail.Basis = zoned("2024-10-29 16:00:00"), "U盘签收单" })
			}), ""},
			{"where no deadline is judged", asked(goodPackage, func(c *Checked) { c.Judge, c.Case.Received = false, zoned("2024-11-04 09:00:00") }), ""},
		}},
		{codeCity, "warning bureau name reply|warning bureau name file", "", []must{
			{"neither folder nor form tells", arrivedWith(sharedSettings(), func(k *court) { k.mail(liaison, pack("某陶艺电商有限公司", "陶艺直播"), false) }), "", "请直接回复地市名称（佛山市或广州市），材料已保存，无需重发"},
			{"material of two cities", arrivedWith(sharedSettings(), func(k *court) {
				k.mail(liaison, pack("广州市某茶电商有限公司", "茶叶直播")+"\n"+pack("佛山市某陶电商有限公司", "陶艺直播"), false)
			}), "", "来信中同时有佛山市、广州市的材料"},
		}, []not{
			{"the folder tells", arrivedWith(sharedSettings(), func(k *court) { k.mail(liaison, pack("广州市某茶电商有限公司", "茶叶直播"), false) }), ""},
			{"the subject tells", arrivedWith(sharedSettings(), func(k *court) {
				k.brings(liaison, pack("某陶艺电商有限公司", "陶艺直播"), func(in *Incoming) { in.Mail.Subject = "广州市报送案例" })
			}), ""},
			{"an officer of one city", arrivedWith(sharedSettings(), func(k *court) { k.mail(bureau, pack("某陶艺电商有限公司", "陶艺直播"), false) }), ""},
			{"a supplement by its number", arrivedWith(sharedSettings(), func(k *court) {
				k.mail(bureau, pack("某陶艺电商有限公司", "陶艺直播", "LOGO"), false)
				k.brings(liaison, "LOGO.png", func(in *Incoming) { in.Mail.Subject = "补充 AL2024-0001"; in.Proof = true })
			}), ""},
		}},
		{"over-quota", "error bureau mail reply", "五、（一）", []must{
			{"six cases: all are named, none is picked", arrived(func(k *court) { several(k, 6) }), strings.TrimSuffix(strings.Repeat("over-quota error, ", 6), ", "), "每市推荐案例不超过5个，目前收到6个|请研究后回复保留的5个，例如“撤回 AL2024-0006”"},
			{"a city with a quota of its own", arrivedWith(withQuota(2), func(k *court) { several(k, 3) }), strings.TrimSuffix(strings.Repeat("over-quota error, ", 3), ", "), "贵市推荐案例不超过2个，目前收到3个"},
		}, []not{
			{"five cases", arrived(func(k *court) { several(k, 5) }), ""},
			{"six, one of them withdrawn", arrived(func(k *court) {
				several(k, 6)
				k.must("AL2024-0002", Ruling{Verb: "撤回", Reason: "市局来电"})
			}), ""},
			{"six, the last late", arrived(func(k *court) {
				several(k, 5)
				k.now = zoned("2024-10-31 08:00:00")
				k.mail(bureau, goodPackage, false)
			}), "late error"},
			{"five of one city, one of another", arrived(func(k *court) {
				several(k, 5)
				k.mail("sw@guangzhou.example", pack("广州市某茶电子商务有限公司", "茶叶直播"), false)
			}), ""},
			{"six where six are allowed", arrivedWith(withQuota(6), func(k *court) { several(k, 6) }), ""},
			{"the same case sent six times", arrived(func(k *court) {
				for range 6 {
					k.mail(bureau, goodPackage, false)
				}
			}), ""},
		}},
		{"empty-mail", "error bureau mail file", "", []must{
			{"material announced, nothing attached", arrived(func(k *court) { k.brings(bureau, "", func(in *Incoming) { in.Announce = true }) }), "", "请将材料以普通附件重新发送（单封不超过50MB）"},
		}, []not{
			{"nothing announced", arrived(func(k *court) { k.brings(bureau, "", func(in *Incoming) { in.Fresh = "收到，谢谢" }) }), ""},
			{"a package", arrived(func(k *court) { k.brings(bureau, goodPackage, func(in *Incoming) { in.Announce = true }) }), ""},
			{"one file of a case", arrived(func(k *court) {
				k.mail(bureau, pack(unitA, caseA, "LOGO"), false)
				k.brings(bureau, "LOGO.png", func(in *Incoming) { in.Announce, in.Thread = true, []string{"AL2024-0001"} })
			}), ""},
			{"the bureau's own letter alone", arrived(func(k *court) { k.brings(bureau, "推荐函.docx: cover", func(in *Incoming) { in.Announce = true }) }), ""},
			{"a command, and words about an attachment", arrived(func(k *court) {
				k.mail(bureau, goodPackage, false)
				k.brings(bureau, "", func(in *Incoming) {
					in.Announce, in.Fresh = true, "附件已发。\n更正 AL2024-0001 联系电话 13800001234"
					in.Lines = command.Bureau(in.Fresh)
				})
			}), ""},
			{"only a link", arrived(func(k *court) {
				k.brings(bureau, "", func(in *Incoming) { in.Announce, in.Cloud = true, []mail.CloudFile{{Name: "材料.zip"}} })
			}), "cloud-attachment error"},
			{"what a gateway took", arrived(func(k *court) {
				k.brings(bureau, "材料.zip.txt: taken 材料.zip", func(in *Incoming) { in.Announce = true })
			}), "attachment-quarantined error"},
		}},
		{"cloud-attachment", "error bureau mail file|warning bureau mail -", "", []must{
			{"the package as a link", arrived(linked("", mail.CloudFile{Service: "QQ邮箱超大附件", Name: "材料.zip", Size: "60.1M", Expires: "2024年11月30日"})), "", "邮件中的1个文件（材料.zip 60.1M 2024年11月30日到期）以超大附件或网盘链接方式发送"},
			{"a share without a name", arrived(linked("", mail.CloudFile{Service: "百度网盘"})), "", "未注明名称的百度网盘链接"},
			{"what lacks is a link", arrived(linked(pack(unitA, caseA, "LOGO"), mail.CloudFile{Name: "LOGO.rar"})), "cloud-attachment error, logo-missing error", "不超过50MB，主题注明“第1封/共3封”"},
			{"all is there, and something more as a link", arrived(linked(goodPackage, mail.CloudFile{Name: "更多照片.zip"})), "cloud-attachment warning", "如其中有须报送的材料"},
			{"photographs lack, the link is a video", arrived(linked(pack(unitA, caseA, "照片3"), mail.CloudFile{Name: "宣传片.mp4"})), "cloud-attachment warning, photos-short error", "视频可不报送"},
		}, []not{
			{"no link", arrived(linked(goodPackage)), ""},
			{"linked and attached", arrived(linked(strings.ReplaceAll(goodPackage, "[案例]-"+unitA+"+"+caseA+"/", "材料.zip/"), mail.CloudFile{Name: "材料.zip"})), "folder-name warning"},
			{"attached in the next mail", arrived(func(k *court) {
				linked("", mail.CloudFile{Name: "材料.zip"})(k)
				k.mail(bureau, strings.ReplaceAll(goodPackage, "[案例]-"+unitA+"+"+caseA+"/", "材料.zip/"), false)
			}), "folder-name warning"},
		}},
		{"attachment-quarantined", "error bureau bytes file|warning bureau bytes -", "", []must{
			{"a text in its place", arrived(func(k *court) { k.mail(bureau, "材料.zip.txt: taken 材料.zip", false) }), "", "附件“材料.zip”被邮件安全网关拦截，我处未收到"},
			{"a text that does not name it", arrived(func(k *court) { k.mail(bureau, "已删除附件.txt: taken", false) }), "", "附件“已删除附件.txt”被邮件安全网关拦截"},
			{"beside a package that lacks it", arrived(func(k *court) { k.mail(bureau, pack(unitA, caseA, "LOGO")+"\nLOGO.rar.txt: taken LOGO.rar", false) }), "attachment-quarantined error, logo-missing error", "请转为PDF或zip后重发，或电话联系"},
			{"beside a package that has everything", arrived(func(k *court) { k.mail(bureau, goodPackage+"\n视频.exe.txt: taken 视频.exe", false) }), "attachment-quarantined warning", "“视频.exe”被邮件安全网关拦截，我处未收到|如其中有须报送的材料，请转为PDF或zip后重发"},
			{"what comes in the next mail is another file", arrived(func(k *court) {
				k.mail(bureau, "材料.zip.txt: taken 材料.zip", false)
				k.mail(bureau, pack(unitA, caseA, "LOGO"), false)
			}), "attachment-quarantined error, logo-missing error", "“材料.zip”"},
			{"in the mail's own text", arrived(func(k *court) {
				k.brings(bureau, "", func(in *Incoming) { in.Fresh = "附件“材料.rar”已被邮件安全网关拦截。" })
			}), "", "附件“材料.rar”"},
		}, []not{
			{"the next mail brings it", arrived(func(k *court) {
				k.mail(bureau, "材料.zip.txt: taken 材料.zip", false)
				k.mail(bureau, strings.ReplaceAll(goodPackage, "[案例]-"+unitA+"+"+caseA+"/", "材料.zip/"), false)
			}), "folder-name warning"},
			{"a text of an earlier mail, forwarded with the file", arrived(func(k *court) {
				k.mail(bureau, "材料.zip.txt: taken 材料.zip\n"+strings.ReplaceAll(strings.TrimSpace(goodPackage), "[案例]-"+unitA+"+"+caseA+"/", "材料.zip/"), false)
			}), ""},
			{"a note of the bureau's", arrived(func(k *court) { k.mail(bureau, goodPackage+"\n附件说明.txt: txt", false) }), ""},
			{"the attachments are there: the text tells of an earlier mail", arrived(func(k *court) {
				k.brings(bureau, goodPackage, func(in *Incoming) {
					in.Fresh = "昨天的附件“材料.rar”已被邮件安全网关拦截，现改为zip重发。"
				})
			}), ""},
			{"words about attachments that were replaced", arrived(func(k *court) {
				k.brings(bureau, goodPackage, func(in *Incoming) { in.Fresh = "附件已按要求替换，请以本次为准。" })
			}), ""},
			{"a unit that makes firewalls", arrived(func(k *court) {
				k.brings(bureau, goodPackage, func(in *Incoming) { in.Fresh = "申报单位为防病毒网关企业，材料见附件。" })
			}), ""},
			{"a locked mail", arrived(func(k *court) { k.mail(bureau, "smime.p7m: cipher", false) }), "file-encrypted error"},
		}},
		{"secret-marking", "error staff name -|error staff text -", "", []must{
			{"a file's name", marked("机密★5年某项通报.docx", nil), "", "文件名"},
			{"a folder's name", marked("材料.zip/【秘密】通报/1.docx", nil), "", "其名称和内容不在此列出"},
			{"the top of a page", marked("附件2.docx", &form.Marking{Where: form.MarkedTop, Page: 3}), "", "第3页"},
		}, []not{
			{"a paper about business secrets", marked("商业秘密保护制度.docx", nil), ""},
			{"a contract of silence", marked("[案例]-"+unitA+"+"+caseA+"/员工保密协议.pdf", nil), ""},
			{"a case about secrets", marked("[案例]-"+unitA+"+直播间的秘密/申报表.docx", nil), ""},
			{"an encrypted phone", marked("绝密级加密通信平台介绍.pdf", nil), ""},
			{"a package", sent("", ""), ""},
		}},
		{"duplicate-submission", "warning bureau name reply|warning staff name -|info staff name -", "", []must{
			{"the same unit, the case in other words", twins("佛山市", unitA, "家居供应链平台", ""), "", "与 AL2024-0001 疑似同一案例（依据：单位名称相同，案例名称相近）|请说明以哪份为准；如只保留一份，可回复“撤回 AL2024-0007”"},
			{"another name, the same code", twins("佛山市", "旧名有限公司", caseA, codeFoshan), "", "统一社会信用代码相同"},
			{"from another city", twins("广州市", unitA, caseA, ""), "duplicate-submission warning", "与广州市AL2024-0001为同一单位"},
			{"another case from another city", twins("广州市", unitA, caseB, ""), "duplicate-submission info", ""},
			{"two cases of one unit", twins("佛山市", unitA, caseB, ""), "duplicate-submission info", "同一单位的不同案例"},
		}, []not{
			{"another unit with the same case", twins("佛山市", unitB, caseA, ""), ""},
			{"the same name, another code", twins("佛山市", unitA, caseA, codeGuangzhou), ""},
			{"neither has a name", twins("佛山市", "", "", ""), ""},
			{"one that was withdrawn", asked(licensed(codeFoshan), func(c *Checked) {
				c.Case.Unit, c.Case.Case = unitA, caseA
				c.Others = []*Case{{Number: "AL2024-0001", City: "佛山市", Unit: unitA, Case: caseA, Stage: StageWithdrawn}}
			}), ""},
			{"one that was found ineligible", asked(licensed(codeFoshan), func(c *Checked) {
				c.Case.Unit, c.Case.Case = unitA, caseA
				c.Others = []*Case{{Number: "AL2024-0001", City: "佛山市", Unit: unitA, Case: caseA, Stage: StageIneligible}}
			}), ""},
			{"a later one: that one is told", asked(licensed(codeFoshan), func(c *Checked) {
				c.Case.Unit, c.Case.Case = unitA, caseA
				c.Others = []*Case{{Number: "AL2024-0009", City: "佛山市", Unit: unitA, Case: caseA}}
			}), ""},
			{"the same package again", arrived(func(k *court) {
				k.mail(bureau, goodPackage, false)
				k.mail(bureau, goodPackage, true)
			}), ""},
		}},
		{"summary-mismatch", "warning bureau text reply", "", []must{
			{"a case did not come", listed(unitA+"|"+caseA, unitB+"|"+caseB), "", "贵局汇总表列有2个案例，目前收到1个；未收到：" + unitB + "《" + caseB + "》|请核对；如为分批报送，可不理会本提示"},
			{"one that is not listed", listed(unitB + "|" + caseB), "summary-mismatch warning, summary-mismatch warning", "收到的案例中有1个不在贵局汇总表中：" + unitA},
			{"another case of the unit", listed(unitA + "|" + caseB), "", "汇总表中的案例为“" + caseB + "”，申报材料为“" + caseA + "”"},
		}, []not{
			{"the same", listed(unitA + "|" + caseA), ""},
			{"short names", listed("某甲家居|家居柔性供应链"), ""},
			{"book marks and another width", listed(" 佛山市某甲家居（有限公司）|《" + caseA + "》"), ""},
			{"a total below", listed(unitA+"|"+caseA, "合计|1个"), ""},
			{"no list", arrived(func(k *court) { k.mail(bureau, goodPackage, false) }), ""},
		}},
		{"file-unassigned", "error bureau name reply", "", []must{
			{"a photograph that may be of two cases", arrived(loose("门头照.jpg")), "", "有1个文件无法判断属于哪个案例：门头照.jpg|请回复“文件名 = 案例编号”"},
			{"a licence and a LOGO", arrived(loose("营业执照.jpg\nLOGO.png")), "", "有2个文件无法判断属于哪个案例：LOGO.png、营业执照.jpg"},
			{"a form's scan", arrived(loose("申报表（盖章）.pdf: scan 6")), "", "贵市现有案例：AL2024-0001 " + unitA + "；AL2024-0002 " + unitB},
			{"a picture whose name tells nothing", arrived(loose("IMG_0012.jpg")), "", "按每个案例一个文件夹整理后重发"},
		}, []not{
			{"the bureau's letter", arrived(loose("推荐函.docx: cover")), ""},
			{"the bureau's list", arrived(loose("推荐案例汇总表.xlsx: xlsx")), ""},
			{"a video and a note", arrived(loose("宣传片.mp4\n说明.txt: txt")), ""},
			{"in a folder of its case", arrived(loose("[案例]-" + unitA + "+" + caseA + "/门头照.jpg")), ""},
			{"in an answer about one case", arrived(func(k *court) {
				loose("")(k)
				k.brings(bureau, "门头照.jpg", func(in *Incoming) { in.Thread = []string{"AL2024-0002"} })
			}), ""},
			{"with the case's number in the subject", arrived(func(k *court) {
				loose("")(k)
				k.brings(bureau, "门头照.jpg", func(in *Incoming) { in.Mail.Subject = "补充AL2024-0001照片" })
			}), ""},
			{"where there is one case", arrived(func(k *court) {
				k.mail(bureau, goodPackage, false)
				k.brings(bureau, "门头照.jpg", func(in *Incoming) { in.Thread = []string{"AL2024-0001"} })
			}), ""},
		}},
	}
}

// linked brings files and links in one mail.
func linked(files string, links ...mail.CloudFile) func(k *court) {
	return func(k *court) { k.brings(bureau, files, func(in *Incoming) { in.Cloud = links }) }
}

// loose brings two packages and, in another burst, more.
func loose(files string) func(k *court) {
	return func(k *court) {
		k.mail(bureau, pack(unitA, caseA), false)
		k.mail(bureau, pack(unitB, caseB), false)
		k.now = k.now.Add(2 * time.Hour)
		if files != "" {
			k.mail(bureau, files, false)
		}
	}
}

// marked is what is said of a file with this path and this mark in its text.
func marked(path string, mark *form.Marking) look {
	return func(*testing.T) []Finding {
		if m := SecretMark(Piece{Path: path, SHA256: "1"}, func(string) Reading { return Reading{Kind: "docx", Secret: mark} }); m != nil {
			return []Finding{SecretFinding(*m)}
		}
		return nil
	}
}

// twins checks a package of 佛山市 beside an earlier case.
func twins(city, unit, title, credit string) look {
	return asked(licensed(codeFoshan), func(c *Checked) {
		c.Case.Unit, c.Case.Case, c.Case.Credit = unitA, caseA, codeFoshan
		c.Others = []*Case{{Number: "AL2024-0001", City: city, Unit: unit, Case: title, Credit: credit}, c.Case}
	})
}

// listed brings the good package with the bureau's list of these rows.
func listed(rows ...string) look {
	list := strings.Join(append([]string{"单位名称|案例名称"}, rows...), ";")
	return arrived(func(k *court) { k.mail(bureau, goodPackage+"\n推荐案例汇总表.xlsx: list "+list, false) })
}
