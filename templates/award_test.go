package templates

import (
	"cmp"
	"fmt"
	"strings"
	"testing"
)

func ruling(verb, reason string) Ruling {
	return Ruling{City: "佛山市", Number: "AL2024-0007", Unit: panelUnits[0].unit, Case: panelUnits[0].name, Verb: verb, Reason: reason}
}

func listRows() []ListRow {
	var out []ListRow
	for i, field := range strings.Fields("电子商务园区 电子商务企业 电子商务企业 电商平台 电商服务 电商营销 电商营销 丝路电商 数商兴农 数商兴农 电商+产业带 其他电子商务") {
		u := panelUnits[(i+2)%len(panelUnits)]
		city := "广州市"
		if before, _, ok := strings.Cut(u.unit, "市"); ok {
			city = before + "市"
		}
		out = append(out, ListRow{Field: field, Unit: u.unit, Case: u.name, City: city})
	}
	return out
}

func notice() NoticeData {
	return NoticeData{Title: "广东省电子商务优秀案例", Year: "2024", Call: "广东省商务厅关于征集广东省电子商务优秀案例的通知", Document: "粤商务电函〔2024〕143号",
		First: "园区共享海外仓与合规服务中心", Count: 12, From: "2024年12月2日", To: "2024年12月6日", Days: 5,
		Contact: "陈一鸣", Phone: "020-8300xxxx", Email: "anli@gd.example", Address: "广州市某区某路1号", Supervision: "020-8301xxxx", Date: "2024年11月29日"}
}

func lookUp() LookUp {
	d := LookUp{Name: "张伟", AsOf: "11月4日9:00"}
	for i, u := range panelUnits {
		e := LookUpEntry{N: i + 1, Number: fmt.Sprintf("AL2024-%04d", i+7), Unit: u.unit, CreditCode: fmt.Sprintf("91440600MA5%06dX", i), Leader: "陈国平"}
		if i == 4 {
			e.CreditCode, e.Leader = "", ""
		}
		d.Entries = append(d.Entries, e)
	}
	return d
}

func awardSamples() []example {
	supplement := ruling("补正", "近三年未发生较大以上生产安全事故的说明；\r\n2023年度营业收入与电子商务交易额口径不一致，请说明。")
	supplement.Until = "11月12日24时"
	moved, here, merged, undone := ruling("归属", "执照住所在广州市番禺区"), ruling("归属", "执照住所在广州市番禺区"), ruling("合并", "两次报送为同一案例"), ruling("撤销", "")
	moved.Other, here.Other, here.City, merged.Other, undone.Other = "广州市", "广州市", "广州市", "AL2024-0009", "不予受理"
	extension := Extension{City: "佛山市", Document: "广东省商务厅关于延长广东省电子商务优秀案例申报时间的通知", Basis: "粤商务电函〔2024〕160号", Old: "10月30日", New: "11月8日24时", Released: []string{"AL2024-0030", "AL2024-0031"}}
	bare := Extension{City: "云浮市", Basis: "粤商务电函〔2024〕160号", Old: "10月30日", New: "11月8日24时", None: true}
	objection := Objection{Name: "李先生", Number: "YY2024-001", At: "12月3日10:21"}
	won := CaseName{Number: "AL2024-0007", Unit: panelUnits[0].unit, Case: panelUnits[0].name}
	lost := CaseName{Number: "AL2024-0008", Unit: panelUnits[1].unit, Case: panelUnits[1].name}
	open := notice()
	open.Supervision, open.Address, open.Date, open.Count, open.First = "", "", "", 0, ""
	pack := AwardPack{Name: "张伟", Title: "广东省电子商务优秀案例", Part: 1, Parts: 2, Zips: []string{"宣传材料-1.zip"}, List: listRows(),
		Cases: []PackCase{{CaseName: won, Logos: 1, Photos: 3, Promos: 3}, {CaseName: lost, Logos: 1, Photos: 2, Promos: 3, Note: "照片按“线下”办理，U盘中的文件未在其中。"}}}
	second := pack
	second.Part, second.List, second.Zips = 2, nil, []string{"宣传材料-2.zip"}
	further := notice()
	further.Before, further.From, further.To, further.Count, further.First = "2024年12月2日至2024年12月6日", "2024年12月12日", "2024年12月18日", 0, ""
	further.List = nil
	settled := ObjectionSettled{Name: "李先生", Number: "YY2024-001", At: "2024年12月3日", Reason: "经核查审计报告和平台后台数据，申报数据属实", Date: "2024年12月9日"}
	upheld := settled
	upheld.Name, upheld.Upheld, upheld.Corrects, upheld.Reason = "", true, true, "经核查，所附合同与备案合同不一致"
	out := []example{
		{"objection-dismissed", frame, settled},
		{"objection-upheld", with(func(f *Frame) { f.Phone, f.Contact = "", "" }), upheld},
		{"publicity-further", frame, Publicity{Name: "张伟", Notice: further, List: listRows()[:1]}},
		{"ruling-supplement", frame, supplement},
		{"ruling-city", frame, moved},
		{"ruling-city-new", frame, here},
		{"ruling-merged", frame, merged},
		{"ruling-undone", frame, undone},
		{"extension", frame, extension},
		{"extension-none", frame, bare},
		{"look-up", frame, lookUp()},
		{"objection", frame, objection},
		{"objection-bare", with(func(f *Frame) { f.Phone, f.Contact = "", "" }), Objection{Number: "YY2024-002", At: "12月3日10:21"}},
		{"award", frame, Award{City: "佛山市", Title: "广东省电子商务优秀案例", Cases: []CaseName{won}, NotSelected: []CaseName{lost}, Next: "入选案例将在近期省级电子商务活动发布并现场予以授牌，同时在主流媒体中进行宣传，具体安排另行通知。"}},
		{"award-none", frame, Award{City: "佛山市", Title: "广东省电子商务优秀案例", NotSelected: []CaseName{won, lost}}},
		{"publicity", frame, Publicity{Name: "张伟", Notice: open, List: listRows()}},
		{"award-pack", frame, pack},
		{"award-pack-second", frame, second},
		{"award-pack-export", frame, AwardPack{Name: "张伟", Title: pack.Title, Cases: pack.Cases, List: pack.List}},
		{"staff-letter-full", frame, fullDigest()},
		{"dossier", frame, Dossier{Name: "张伟", Number: "AL2024-0007", Unit: "佛山市某某家居有限公司", Case: "家居直播电商",
			Text: "状态：待专家评审\n\n一、经过\n1. 2024年10月14日09:12　收到　佛山市商务局　申报材料〔3f2a91c04d7e〕\n2. 2024年10月31日08:31　裁定　张伟　通过\n"}},
		{"dossier-folder", frame, Dossier{Name: "张伟", Number: "AL2024-0007", Unit: "佛山市某某家居有限公司", Case: "家居直播电商", Part: 1, Parts: 1, Zips: []string{"案卷-AL2024-0007.zip"}, Text: "状态：待专家评审\n"}},
		{"dossier-first", frame, Dossier{Name: "张伟", Number: "AL2024-0007", Unit: "佛山市某某家居有限公司", Case: "家居直播电商", Part: 1, Parts: 2, Zips: []string{"案卷-AL2024-0007-1.zip"},
			Left: []string{"来往邮件/01_2024-10-12_0930_收_佛山市商务局_申报.eml"}, Text: "状态：待专家评审\n"}},
		{"dossier-second", frame, Dossier{Name: "张伟", Number: "AL2024-0007", Unit: "佛山市某某家居有限公司", Case: "家居直播电商", Part: 2, Parts: 2, Zips: []string{"案卷-AL2024-0007-2.zip"}}},
		{"dossier-large", frame, Dossier{Name: "张伟", Number: "AL2024-0007", Unit: "佛山市某某家居有限公司", Case: "家居直播电商", Part: 1, Parts: 1, Large: true, Zips: []string{"大事记.docx"}, Text: "状态：待专家评审\n"}},
	}
	for _, r := range []Ruling{ruling("受理", "退信记录属实"), ruling("不受理", "截止后寄出，无退信记录"), ruling("不通过", "列入失信被执行人名单"), ruling("通过", ""), ruling("撤回", "贵局来电要求"), ruling("采纳", "照片与申报内容一致"), ruling("改为", "")} {
		name := map[string]string{"受理": "accepted", "不受理": "refused", "不通过": "failed", "通过": "passed", "撤回": "withdrawn", "采纳": "adopted"}[r.Verb]
		out = append(out, example{"ruling-" + cmp.Or(name, "other"), frame, r})
	}
	return out
}

// A ruling is not disclaimed by the receipts' closing line, and only 不受理 says 不予受理.
func TestRulingsSayWhatWasRuled(t *testing.T) {
	for _, x := range awardSamples() {
		r, ok := x.data.(Ruling)
		if !ok {
			continue
		}
		l := render(t, x)
		if strings.Contains(l.Text, "不代表资格审核") {
			t.Errorf("%s disclaims what it tells", x.name)
		}
		if strings.Contains(l.Text, "不予受理") != (r.Verb == "不受理" || r.Other == "不予受理") {
			t.Errorf("%s: 不予受理 where it was not ruled, or the other way round:\n%s", x.name, l.Text)
		}
		if !strings.Contains(l.Text, r.Number) || r.Reason != "" && !strings.Contains(l.Text, strings.Split(r.Reason, "\r\n")[0]) {
			t.Errorf("%s does not name the case or the reason", x.name)
		}
	}
}

// C4, to the letter.
func TestExtensionIsC4(t *testing.T) {
	d := Extension{City: "佛山市", Document: "关于延期的通知", Basis: "粤商务电函〔2024〕160号", Old: "10月30日", New: "11月8日24时", Released: []string{"AL2024-0031"}}
	want := "您好！根据《关于延期的通知》（粤商务电函〔2024〕160号），本次申报截止时间由10月30日延至11月8日24时，其他要求不变。" +
		"贵市已登记的案例和编号继续有效，无需重新报送；此前标记“逾期待定”的AL2024-0031已按新的时间办理登记。"
	if text := strings.ReplaceAll(frame.Extension(d).Text, "\n", ""); !strings.Contains(text, want) {
		t.Error(text)
	}
}

// Names and codes stand alone on their lines, nothing before or behind them.
func TestLookUpCanBePasted(t *testing.T) {
	text := "\n" + frame.LookUp(lookUp()).Text
	for _, e := range lookUp().Entries {
		if !strings.Contains(text, "\n"+e.Unit+"\n") || e.CreditCode != "" && !strings.Contains(text, "\n"+e.CreditCode+"\n") {
			t.Errorf("%s or its code is not alone on a line", e.Unit)
		}
	}
}

// The acknowledgement names neither case nor unit.
func TestObjectionNamesNobody(t *testing.T) {
	if text := frame.Objection(Objection{Name: "李先生", Number: "YY2024-001", At: "12月3日10:21"}).Text; strings.Contains(text, "AL2024") || strings.Contains(text, "有限公司") {
		t.Error(text)
	}
}

// A department speaks of itself by its own name.
func TestDepartments(t *testing.T) {
	for _, c := range []struct{ authority, brief, we string }{
		{"广东省商务厅", "省商务厅", "我厅"},
		{"浙江省某某厅", "省某某厅", "我厅"},
		{"深圳市商务局", "深圳市商务局", "我局"},
		{"某某自治区发展和改革委员会", "某某自治区发展和改革委员会", "我委"},
		{"某某电子商务促进中心", "某某电子商务促进中心", "我单位"},
	} {
		if brief, we := Briefly(c.authority), our(c.authority); brief != c.brief || we != c.we {
			t.Errorf("%s: %s, %s", c.authority, brief, we)
		}
		f := frame
		f.Division, f.Authority = c.authority+"某处（工作邮箱）", c.authority
		for _, l := range []Letter{f.Ruling(Ruling{City: "甲市", Verb: "不通过", Number: "A1", Unit: "甲"}), f.Award(Award{City: "甲市", Title: "乙", NotSelected: []CaseName{{Number: "A1"}}}),
			f.ObjectionSettled(ObjectionSettled{Number: "1"}), f.Receipt(Receipt{City: "甲市", Cases: []CasePart{{Number: "A1", Late: "10月31日"}}})} {
			if c.authority != "广东省商务厅" && strings.Contains(l.Text, "商务厅") || !strings.Contains(l.Text, c.brief) {
				t.Errorf("%s:\n%s", c.authority, l.Text)
			}
		}
	}
}
