package form

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// flat is a form as field=value pairs of what is not empty, to compare by.
func flat(t *testing.T, f *Form) map[string]string {
	t.Helper()
	if f == nil {
		t.Fatal("no form")
	}
	b, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for k, v := range m {
		switch v := v.(type) {
		case string:
			if v != "" {
				out[k] = v
			}
		case []any:
			for _, c := range v {
				out[k] += c.(string) + " "
			}
		}
		out[k] = strings.TrimSpace(out[k])
		if out[k] == "" {
			delete(out, k)
		}
	}
	return out
}

// both runs a drawing as it is and with CRLF line ends in the cells.
func both(t *testing.T, drawing string, check func(t *testing.T, r Reading)) {
	t.Helper()
	t.Run("LF", func(t *testing.T) { check(t, Read(sheet(drawing), call2024())) })
	t.Run("CRLF", func(t *testing.T) {
		d := sheet(drawing)
		for i := range d.Blocks {
			d.Blocks[i].Text = strings.ReplaceAll(d.Blocks[i].Text, "\n", "\r\n")
			for _, row := range d.Blocks[i].Rows {
				for k := range row {
					row[k].Text = strings.ReplaceAll(row[k].Text, "\n", "\r\n")
				}
			}
		}
		check(t, Read(d, call2024()))
	})
}

// A blank form has every box and nothing in any of them.
func TestReadBlank(t *testing.T) {
	both(t, blank, func(t *testing.T, r Reading) {
		if r.Paper != PaperForm || len(r.Missing) > 0 || !r.Commitment {
			t.Errorf("paper %q, missing %q, commitment %v", r.Paper, r.Missing, r.Commitment)
		}
		if got := flat(t, r.Form); len(got) > 0 {
			t.Errorf("blank form reads as %q", got)
		}
		if r.Form.Categories == nil {
			t.Error("categories are null")
		}
	})
}

var layouts = []struct {
	name    string
	drawing string
	want    map[string]string
}{
	{"as printed", filled("|参评单位|{3}|", "|参评单位|{3}佛山市某某家居有限公司|", "|项目主要负责人|{3}|", "|项目主要负责人|{3}李试样|",
		"|日常联系人||联系电话及邮箱||", "|日常联系人|王样本|联系电话及邮箱|0757-83001234⏎yangben@jiaju.example|"),
		map[string]string{"unit": "佛山市某某家居有限公司", "leader": "李试样", "contact": "王样本", "phone": "0757-83001234", "email": "yangben@jiaju.example"}},
	{"labels spread by spaces", filled("|参评单位|{3}|", "|参 评 单 位|{3}甲公司|", "|日常联系人|", "|日 常⏎联 系 人|王样本", "参评领域", "参评　领域"),
		map[string]string{"unit": "甲公司", "contact": "王样本"}},
	{"label and value in one cell", filled("|参评单位|{3}|", "|{4}参评单位：甲公司|", "|参评案例（项目名称）|{3}|", "|{4}参评案例（项目名称）⏎数字化平台|"),
		map[string]string{"unit": "甲公司", "case": "数字化平台"}},
	{"value below", filled("|参评单位|{3}|\n|参评案例（项目名称）|{3}|", "|{2}参评单位|{2}参评案例（项目名称）|\n|{2}甲公司|{2}数字化平台|"),
		map[string]string{"unit": "甲公司", "case": "数字化平台"}},
	{"several lines in one cell", filled("|参评单位|{3}|", "|{4}参评单位：甲公司⏎参评案例：平台|", "|参评案例（项目名称）|{3}|\n", ""),
		map[string]string{"unit": "甲公司", "case": "平台"}},
	{"two pairs in one cell", filled("|日常联系人||联系电话及邮箱||", "|{4}日常联系人：王样本   联系电话及邮箱：13800001234 a@b.example|"),
		map[string]string{"contact": "王样本", "phone": "13800001234", "email": "a@b.example"}},
	{"boxes for phone and mail", filled("|日常联系人||联系电话及邮箱||", "|日常联系人|王样本|联系电话|020-38001234|\n|^|^|电子邮箱|a@b.example|"),
		map[string]string{"contact": "王样本", "phone": "020-38001234", "email": "a@b.example"}},
	{"phone and mail with their names", filled("联系电话及邮箱||", "联系电话及邮箱|邮箱：a＠b.example⏎电话：13800001234、020-38001234|"),
		map[string]string{"phone": "13800001234、020-38001234", "email": "a＠b.example"}},
	{"fields over several rows", filled("|参评领域|{3}□电子商务园区 □电子商务企业⏎□电商平台 □电商服务 □电商营销⏎□丝路电商 □数商兴农 □电商+产业带⏎□其他电子商务 （请说明）|",
		"|参评领域|□电子商务园区|□电子商务企业|□电商平台|\n|^|□电商服务|☑电商营销|□丝路电商|\n|^|□数商兴农|□电商+产业带|□其他电子商务（请说明）|"),
		map[string]string{"categories": "电商营销"}},
	{"placeholders stay", filled("|参评单位|{3}|", "|参评单位|{3}XX公司|", "|项目主要负责人|{3}|", "|项目主要负责人|{3}待补充|"),
		map[string]string{"unit": "XX公司", "leader": "待补充"}},
	{"blank lines and underscores", filled("|参评单位|{3}|", "|参评单位|{3}⏎⏎ ___甲公司___ ⏎|"), map[string]string{"unit": "甲公司"}},
	{"opinion written", filled("市商务局意见：⏎单位（盖章）：⏎年 月 日", "市商务局意见：⏎经审核，同意推荐。⏎⏎单位（盖章）：⏎2024 年 10 月 20 日"),
		map[string]string{"opinion": "经审核，同意推荐。"}},
	{"opinion in the next cell, city before the label", filled("|{4}市商务局意见：⏎单位（盖章）：⏎年 月 日|", "|佛山市商务局意见|{3}同意推荐。⏎（盖章）⏎2024年10月20日|\n\n以下为其他材料，不属于意见栏。"),
		map[string]string{"opinion": "同意推荐。"}},
	{"parts behind their instructions", filled("重点与难点等。", "重点与难点等。背景与需求如下。", "管理创新等。⏎", "管理创新等。⏎采用新技术。⏎分两步实施。⏎"),
		map[string]string{"background": "背景与需求如下。", "innovation": "采用新技术。\n分两步实施。"}},
	{"instructions deleted or in other marks", filled("：项目背景，项目需求，重点与难点等。", "⏎我们的项目。", "：在电子商务细分领域中具有较高水平，对同类服务开展具有借鉴和示范意义。", "（在电子商务细分领域中 具有较高水平,对同类服务开展具有借鉴和示范意义）⏎已推广。"),
		map[string]string{"background": "我们的项目。", "demonstration": "已推广。"}},
	{"half an instruction left", filled("项目实施过程中，具有较高技术水平；具有创新性，包括商业模式创新、管理创新等。", "具有创新性，包括商业模式创新、管理创新等。自研算法。"),
		map[string]string{"innovation": "自研算法。"}},
	{"parts in cells of their own", filled("⏎（二）技术性与创新性：", "|\n|（二）⏎技术性与⏎创新性|{3}", "⏎（三）效益性：", "⏎自研。|\n|（三）效益性|{3}"),
		map[string]string{"innovation": "自研。"}},
	{"a sentence with the words of a heading", filled("重点与难点等。", "重点与难点等。⏎效益性方面表现突出。⏎示范性强，可以复制。"),
		map[string]string{"background": "效益性方面表现突出。\n示范性强，可以复制。"}},
	{"content under headings repeated below", filled("对同类服务开展具有借鉴和示范意义。", "对同类服务开展具有借鉴和示范意义。⏎（一）项目简介⏎背景。⏎（二）技术性与创新性⏎技术。⏎（三）效益性⏎效益。⏎（四）示范性⏎示范。"),
		map[string]string{"background": "背景。", "innovation": "技术。", "benefit": "效益。", "demonstration": "示范。"}},
	{"labels of contacts inside the long text", filled("参评单位基本情况，", "我们的简介。⏎参评单位：乙公司⏎联系电话：020-38009999⏎参评单位基本情况，"),
		map[string]string{"intro": "我们的简介。\n参评单位：乙公司\n联系电话：020-38009999"}},
	{"nothing but paragraphs", "广东省电子商务优秀案例申报表\n参评单位：甲公司\n参评案例（项目名称）：平台\n参评领域：\n□电子商务园区 ☑电子商务企业\n□电商平台 √电商服务\n该案例是否曾经获评其他奖励：无\n" +
		"项目主要负责人：李试样\n日常联系人：王样本\\t联系电话及邮箱：13800001234，a@b.example\n一、参评单位简介（500字以内）\n我们的简介。\n二、案例概述\n（一）项目简介\n背景。\n（二）技术性与创新性\n技术。\n（三）效益性\n效益。\n（四）示范性\n示范。\n市商务局意见：\n同意。\n单位（盖章）：\n2024年10月1日\n别的话。",
		map[string]string{"unit": "甲公司", "case": "平台", "categories": "电子商务企业 电商服务", "prior_award": "无", "leader": "李试样", "contact": "王样本", "phone": "13800001234", "email": "a@b.example",
			"intro": "我们的简介。", "background": "背景。", "innovation": "技术。", "benefit": "效益。", "demonstration": "示范。", "opinion": "同意。"}},
	{"labels with notes and numbers", filled("|参评单位|{3}|", "|参评单位*|{3}甲公司|", "|参评案例（项目名称）|{3}|", "|2.参评案例（项目名称）（注1）|{3}平台|", "|项目主要负责人|{3}|", "|项目主要负责人①|{3}李试样|"),
		map[string]string{"unit": "甲公司", "case": "平台", "leader": "李试样"}},
	{"shorter labels", filled("参评单位|{3}|", "单位名称|{3}甲公司|", "|项目主要负责人|", "|负责人|", "该案例是否曾经获评⏎其他奖励|{3}|", "曾获奖励|{3}无|", "|日常联系人||", "|联 系 人/职务|王样本/经理|"),
		map[string]string{"unit": "甲公司", "contact": "王样本/经理", "prior_award": "无"}},
	{"labels and headings with English", filled("|参评单位|{3}|", "|参评单位⏎Applicant|{3}甲公司|", "|项目主要负责人|{3}|", "|项目主要负责人 Project Leader|{3}Tom Lee|", "该案例是否曾经获评⏎其他奖励|", "该案例是否曾经获评其他奖励 Previous Awards|",
		"|日常联系人||联系电话及邮箱||", "|日常联系人（Contact）|王样本|联系电话及邮箱⏎Tel & E-mail|Tel: 13800001234⏎E-mail: a@b.example|", "一、参评单位简介（500 字以内）：", "参评单位简介 Company Profile⏎我们。⏎", "（三）效益性：", "效益性 Benefits："),
		map[string]string{"unit": "甲公司", "leader": "Tom Lee", "contact": "王样本", "phone": "13800001234", "email": "a@b.example", "intro": "我们。"}},
	{"labels with what people add", filled("|参评单位|{3}|", "|参评单位（盖章）|{3}甲公司|", "|参评案例（项目名称）|{3}|", "|案例（项目）名称：|{3}平台|", "|项目主要负责人|{3}|", "|项目主要负责人姓名及职务|{3}李试样|",
		"|日常联系人||联系电话及邮箱||", "|日常联系人1|王样本|手机/邮箱|13800001234 a@b.example|", "其他奖励|{3}|", "其他奖励？|{3}无|"),
		map[string]string{"unit": "甲公司", "case": "平台", "leader": "李试样", "contact": "王样本", "phone": "13800001234", "email": "a@b.example", "prior_award": "无"}},
	{"rows that people add", filled("|参评单位|{3}|", "|参评单位地址|{3}佛山市|\n|参评单位|{3}甲公司|", "|项目主要负责人|{3}|", "|负责人电话|{3}020-38009999|\n|项目主要负责人|{3}李试样|", "|日常联系人||联系电话及邮箱||", "|联系人职务|经理||\n|日常联系人|王样本|联系电话及邮箱||"),
		map[string]string{"unit": "甲公司", "leader": "李试样", "contact": "王样本"}},
	{"headings with what people add", filled("一、参评单位简介", "一、企业简介", "（二）技术性与创新性：", "（二）项目的技术性及创新性：自研。⏎", "（三）效益性：", "Ⅲ.效益性分析：", "（四）示范性：", "【示范性】", "市商务局意见：", "佛山市商务局审核意见：⏎同意。⏎",
		"等。|\n|{4}二", "等。⏎项目效益性好。|\n|{4}二"), map[string]string{"innovation": "自研。", "intro": "项目效益性好。", "opinion": "同意。"}},
	{"English names are answers", filled("|参评单位|{3}|", "|{4}参评单位 ABC Trading|", "|参评案例（项目名称）|{3}|", "|参评案例（项目名称）|{3}Silkroad Project|"),
		map[string]string{"unit": "ABC Trading", "case": "Silkroad Project"}},
	{"two headings in a line", filled("二、案例概述：（2000 字左右）⏎（一）项目简介：", "案例概述 Case Overview —— 项目简介 Introduction⏎我们的项目。⏎", "（四）示范性：", "（四）示范性：案例概述中的项目简介已述。⏎"),
		map[string]string{"background": "我们的项目。", "demonstration": "案例概述中的项目简介已述。"}},
	{"values above their labels", filled("|参评单位|{3}|", "|{4}甲公司⏎（参评单位）|", "|项目主要负责人|{3}|", "|{4}⏎（项目主要负责人）|", "|日常联系人||", "|日常联系人|王样本⏎（经理）|", "参评案例（项目名称）|{3}|", "参评案例⏎（项目名称）|{3}平台|"),
		map[string]string{"unit": "甲公司", "case": "平台", "contact": "王样本\n（经理）"}},
	{"many labels in brackets under one another", filled("|参评单位|{3}|", "|{4}甲公司⏎（参评单位）|", "|日常联系人||", "|日常联系人|王样本"+strings.Repeat("⏎（联系人）", 2_000)+"|"),
		map[string]string{"unit": "甲公司", "contact": "王样本" + strings.Repeat("\n（联系人）", 2_000)}},
	{"values above, a bracket in the label", filled("|参评案例（项目名称）|{3}|", "|{4}平台⏎（参评案例（项目名称））|"), map[string]string{"case": "平台"}},
	{"prompts of empty content controls", filled("|参评单位|{3}|", "|参评单位|{3}单击或点击此处输入文字。|", "|项目主要负责人|{3}|", "|项目主要负责人|{3}Click or tap here to enter text.|", "重点与难点等。", "重点与难点等。⏎单击此处输入文字。",
		"对同类服务开展具有借鉴和示范意义。", "对同类服务开展具有借鉴和示范意义。用户单击链接即可下单。"), map[string]string{"demonstration": "用户单击链接即可下单。"}},
	{"the words of a prompt in a sentence", filled("重点与难点等。", "重点与难点等。⏎用户点击选择日期后下单。⏎点击输入文字即可搜索。⏎系统提示 Choose an item. 后继续。", "管理创新等。⏎", "管理创新等。⏎选择一项。⏎自研。⏎  单击此处输入文字。 ⏎"),
		map[string]string{"background": "用户点击选择日期后下单。\n点击输入文字即可搜索。\n系统提示 Choose an item. 后继续。", "innovation": "自研。"}},
	{"sentences with the words of the opinion's box", filled("管理创新等。⏎", "管理创新等。⏎根据市商务局推荐意见，我公司升级了平台。⏎市商务局意见反馈后完善。⏎按照市商务局意见：整改。⏎推荐单位意见收集模块上线。⏎商务主管部门意见。⏎", "市商务局意见：⏎", "佛山市南海区商务局推荐意见栏（公章）⏎同意。⏎"),
		map[string]string{"innovation": "根据市商务局推荐意见，我公司升级了平台。\n市商务局意见反馈后完善。\n按照市商务局意见：整改。\n推荐单位意见收集模块上线。\n商务主管部门意见。", "opinion": "同意。"}},
	{"the city without 市", filled("市商务局意见：⏎", "佛山商务局意见 同意。⏎"), map[string]string{"opinion": "同意。"}},
	{"the recommending unit's opinion", filled("市商务局意见：⏎", "推荐单位意见⏎同意。⏎"), map[string]string{"opinion": "同意。"}},
	{"behind a preface", "企业名称：甲公司\n公司简介\n我们成立于2015年。\n" + filled("|参评单位|{3}|", "|参评单位|{3}甲公司|", "|项目主要负责人|{3}|", "|项目主要负责人|{3}李试样|", "□电商营销", "☑电商营销", "荣誉等。", "荣誉等。⏎主营家居。"),
		map[string]string{"unit": "甲公司", "leader": "李试样", "categories": "电商营销", "intro": "主营家居。"}},
	{"behind a cover of its title and a preface", "广东省电子商务优秀案例申报表\n企业名称：乙公司\n企业简介：\n我们成立于2015年。\n" + filled("|参评单位|{3}|", "|参评单位|{3}甲公司|", "荣誉等。", "荣誉等。⏎主营家居。"),
		map[string]string{"unit": "甲公司", "intro": "主营家居。"}},
	{"a preface behind the form", filled("|参评单位|{3}|", "|参评单位|{3}甲公司|", "荣誉等。", "荣誉等。⏎主营家居。") + "\n附件材料\n企业名称：乙公司\n",
		map[string]string{"unit": "甲公司", "intro": "主营家居。"}},
	{"公司简介 under the project", filled("重点与难点等。", "重点与难点等。⏎1.公司简介⏎合作方情况。⏎二、企业简介：⏎另一方。"), map[string]string{"background": "1.公司简介\n合作方情况。\n二、企业简介：\n另一方。"}},
	{"heads repeated on the next page", filled("|参评单位|{3}|", "|参评单位|{3}甲公司|", "商业模式创新、管理创新等。", "商业模式创新、管理创新等。自研。|\n\n广东省电子商务优秀案例申报表（续表）\n|参评单位|{3}甲公司|\n|{4}推广。⏎参评单位：甲公司|\n|参评单位|{3}乙公司|\n|{4}"),
		map[string]string{"unit": "甲公司", "innovation": "自研。\n推广。\n参评单位：甲公司\n参评单位\n乙公司"}},
	{"number and address in a box above the fields", filled("|日常联系人||联系电话及邮箱||", "", "|参评领域|", "|联系人|王样本|联系方式|邮箱：a@b.example⏎电话：13800001234|\n|参评领域|"),
		map[string]string{"contact": "王样本", "phone": "13800001234", "email": "a@b.example"}},
	{"a heading that comes again on the next page", filled("商业模式创新、管理创新等。", "商业模式创新、管理创新等等⏎自研。|\n|{4}二、案例概述（续）：（2000字左右）⏎推广。"),
		map[string]string{"innovation": "自研。\n推广。"}},
	{"behind the notice that it is annexed to", "广东省商务厅关于征集广东省电子商务优秀案例的通知\n（一）参评单位必须在广东省注册的独立法人或机构。\n（二）技术性与创新性。项目实施过程中，具有较高技术水平。\n附件：广东省电子商务优秀案例申报表\n（联系人：林某某，电话：020-38000000）\n" +
		filled("|参评单位|{3}|", "|参评单位|{3}甲公司|"), map[string]string{"unit": "甲公司"}},
}

// The same boxes are found wherever the sender's layout put them.
func TestReadLayouts(t *testing.T) {
	for _, c := range layouts {
		t.Run(c.name, func(t *testing.T) {
			both(t, c.drawing, func(t *testing.T, r Reading) {
				if r.Paper != PaperForm {
					t.Fatalf("paper %q", r.Paper)
				}
				if got := flat(t, r.Form); !reflect.DeepEqual(got, c.want) {
					t.Errorf("\n got %q\nwant %q", got, c.want)
				}
			})
		})
	}
}

func TestCategories(t *testing.T) {
	for _, c := range []struct{ name, text, want, other string }{
		{"box ticked", "□电子商务园区 ☑电子商务企业 □电商平台", "电子商务企业", ""},
		{"filled box", "□电子商务园区 ■电子商务企业", "电子商务企业", ""},
		{"crossed box", "☐电子商务园区 ☒电子商务企业", "电子商务企业", ""},
		{"tick in place of the box", "□电子商务园区 √电子商务企业 □电商平台", "电子商务企业", ""},
		{"tick beside the box", "□电子商务园区 □√电子商务企业 □电商平台", "电子商务企业", ""},
		{"tick before the box", "□电子商务园区 √□电子商务企业 □电商平台", "电子商务企业", ""},
		{"tick behind the name", "□电子商务园区 □电子商务企业√ □电商平台 □电商服务", "电子商务企业", ""},
		{"ticks behind one and before another", "□电子商务园区 □电子商务企业√ □√电商平台", "电子商务企业 电商平台", ""},
		{"tick behind the last name", "□电子商务园区 □电子商务企业√", "电子商务企业", ""},
		{"one bracketed tick behind, no boxes", "电子商务园区   电子商务企业\n电商平台（√）   电商服务   电商营销\n丝路电商   数商兴农   电商+产业带", "电商平台", ""},
		{"one bracketed tick before, no boxes", "电子商务园区   电子商务企业\n（√）电商平台   电商服务   电商营销\n丝路电商   数商兴农   电商+产业带", "电商平台", ""},
		{"boxes behind names", "电子商务园区□ 电子商务企业☑ 电商平台□", "电子商务企业", ""},
		{"ticks without boxes, before", "电子商务园区 √电子商务企业 电商平台", "电子商务企业", ""},
		{"ticks without boxes, behind", "电子商务园区 电子商务企业√ 电商平台", "电子商务企业", ""},
		{"brackets before", "［ ］电子商务园区 ［√］电子商务企业 ［ ］电商平台", "电子商务企业", ""},
		{"brackets behind", "电子商务园区（ ） 电子商务企业（√） 电商平台（ ）", "电子商务企业", ""},
		{"letter of a lost font", "□电子商务园区 R电子商务企业 □电商平台", "电子商务企业", ""},
		{"that letter behind a word that ends with one", "电子商务园区（VR） R电子商务企业 电商平台", "电子商务企业", ""},
		{"only that word", "□电子商务园区（VR） □电子商务企业 □电商平台", "", ""},
		{"a word that begins with it", "□电子商务园区 RFID电子商务企业 □电商平台", "", ""},
		{"private use characters", "\uf0a8电子商务园区 \uf052电子商务企业 \uf0a3电商平台", "电子商务企业", ""},
		{"others deleted", "数商兴农", "数商兴农", ""},
		{"two left", "电子商务企业、电商＋产业带", "电子商务企业 电商+产业带", ""},
		{"none ticked", "□电子商务园区 □电子商务企业", "", ""},
		{"all there, no marks", "电子商务园区 电子商务企业 电商平台 电商服务 电商营销 丝路电商 数商兴农 电商+产业带 其他电子商务（请说明）", "", ""},
		{"the notice's order", "☑数商兴农 ☑电子商务园区", "电子商务园区 数商兴农", ""},
		{"names broken by spaces", "□电子商务\n园区 ☑电商 + 产业带", "电商+产业带", ""},
		{"other explained", "□数商兴农 ☑其他电子商务（请说明）：跨境直播", "其他电子商务", "跨境直播"},
		{"other explained in the bracket", "□数商兴农 ☑其他电子商务（请说明：跨境直播）", "其他电子商务", "跨境直播"},
		{"other, words gone", "□数商兴农 ☑其他电子商务（跨境直播）", "其他电子商务", "跨境直播"},
		{"other on a line", "□数商兴农 ☑其他电子商务 ____跨境直播____（请说明）", "其他电子商务", "跨境直播"},
		{"other, not explained", "☑其他电子商务 （请说明）", "其他电子商务", ""},
		{"other ticked behind", "□数商兴农 □其他电子商务（√）", "其他电子商务", ""},
		{"nothing", "", "", ""},
		{"own words", "直播电商", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, text := range []string{c.text, strings.ReplaceAll(c.text, "\n", "\r\n")} {
				got, other := categories(text, nil, call2024())
				if s := strings.Join(got, " "); s != c.want || other != c.other {
					t.Errorf("%q: got %q, other %q; want %q, other %q", text, s, other, c.want, c.other)
				}
			}
		})
	}
}

func TestSplitContact(t *testing.T) {
	for _, c := range []struct{ text, phone, mail string }{
		{"", "", ""},
		{"0757-83001234\na@b.example", "0757-83001234", "a@b.example"},
		{"0757-83001234 a@b.example", "0757-83001234", "a@b.example"},
		{"a@b.example 13800001234", "13800001234", "a@b.example"},
		{"13800001234/a@b.example", "13800001234", "a@b.example"},
		{"13800001234a@b.example", "", "13800001234a@b.example"}, // cannot be told apart
		{"020 3881 9864", "020 3881 9864", ""},
		{"13800001234 13800005678", "13800001234、13800005678", ""},
		{"13800001234/020-38001234", "13800001234、020-38001234", ""},
		{"020-38001234转801", "020-38001234转801", ""},
		{"（020）38001234；a@b.example；c@d.example", "（020）38001234", "a@b.example、c@d.example"},
		{"电话：13800001234\n邮箱：a＠b.example。", "13800001234", "a＠b.example"},
		{"Tel: 13800001234, E-mail: a@b.example", "13800001234", "a@b.example"},
		{"13800001234 zhang @ b.example", "13800001234", "zhang@b.example"},
		{"13800001234\nzhang@\nfoxmail.com", "13800001234", "zhang@foxmail.com"},
		{"zhang@foxm\nail.com\n13800001234", "13800001234", "zhang@foxmail.com"},
		{"zhang@qq. com 13800001234", "13800001234", "zhang@qq.com"},
		{"13800001234 zhang@qq,com", "13800001234", "zhang@qq,com"},
		{"zhang@qq.com,13800001234", "13800001234", "zhang@qq.com"},
		{"a@b.example\nc@d.example", "", "a@b.example、c@d.example"},
		{"1380000123", "1380000123", ""}, // one digit short: written on
		{"13800001234 zhang.b.example", "13800001234 zhang.b.example", ""},
		{"13800001234，zhang.b.example", "13800001234", "zhang.b.example"},
		{"zhang.b#b.example", "", "zhang.b#b.example"},
		{"13800001234 138#b", "13800001234 138#b", ""}, // no address by any reading
		{"电话：020-38001234#801\n邮箱：zhang#b.example", "020-38001234#801", "zhang#b.example"},
		{"1380000123\n4，a@b.example", "13800001234", "a@b.example"}, // a narrow cell's line end
		{"0757-830012\n34", "0757-83001234", ""},
		{"0757-8300123\n4", "0757-83001234", ""},
		{"020-3800123\n4", "020-38001234", ""},
		{"13800001234\n801", "13800001234、801", ""},
		{"1380000123\n83001234", "1380000123、83001234", ""},
		{"020-38001234\n13800001234", "020-38001234、13800001234", ""},
		{"待补充", "待补充", ""},
		{"电话：\n邮箱：", "", ""},
	} {
		for _, text := range []string{c.text, strings.ReplaceAll(c.text, "\n", "\r\n")} {
			if p, m := splitContact(text); p != c.phone || m != c.mail {
				t.Errorf("%q: phone %q, mail %q; want %q, %q", text, p, m, c.phone, c.mail)
			}
		}
	}
}

func TestMissing(t *testing.T) {
	for _, c := range []struct {
		name, drawing string
		want          []string
	}{
		{"a row deleted", filled("|项目主要负责人|{3}|\n", ""), []string{"项目主要负责人"}},
		{"a part deleted", strings.Replace(blank, "（四）示范性：在电子商务细分领域中具有较高水平，对同类服务开展具有借鉴和示范意义。", "", 1), []string{"（四）示范性"}},
		{"title deleted, promise left", filled("广东省电子商务优秀案例申报表\n", ""), nil},
		{"another call", strings.ReplaceAll(blank, "优秀案例", "示范企业"), []string{"标题：广东省电子商务优秀案例"}},
		{"another year", filled("广东省电子商务优秀案例申报表", "2022年广东省电子商务优秀案例申报表"), []string{"年份：2024年"}},
		{"this year", filled("广东省电子商务优秀案例申报表", "2024年广东省电子商务优秀案例申报表"), nil},
		{"a quite different form", "广东省电子商务示范基地申报表\n|基地名称|甲|\n|联系人|王样本|\n", []string{"标题：广东省电子商务优秀案例", "参评单位", "参评案例（项目名称）", "参评领域",
			"该案例是否曾经获评其他奖励", "项目主要负责人", "联系电话及邮箱", "一、参评单位简介", "（一）项目简介", "（二）技术性与创新性", "（三）效益性", "（四）示范性", "市商务局意见"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			both(t, c.drawing, func(t *testing.T, r Reading) {
				if r.Paper != PaperForm || !slices.Equal(r.Missing, c.want) {
					t.Errorf("paper %q, missing %q, want %q", r.Paper, r.Missing, c.want)
				}
			})
		})
	}
}

func TestPapers(t *testing.T) {
	for _, c := range []struct{ name, drawing, paper, code string }{
		{"licence", "营 业 执 照\n（副  本）\n统一社会信用代码 91440600MA4UABCD1X\n名称 甲公司", PaperLicense, "91440600MA4UABCD1X"},
		{"licence, code in full width and spaces", "营业执照（副本）\n统一社会信用代码：９１４４ 0600 MA4U ABCD1X\n名称", PaperLicense, "91440600MA4UABCD1X"},
		{"licence, code too short", "营业执照\n统一社会信用代码：91440600MA4\n名称", PaperLicense, ""},
		{"institution", "事业单位法人证书\n统一社会信用代码 12440600MB2C00000A", PaperLicense, "12440600MB2C00000A"},
		{"society", "民办非企业单位登记证书\n统一社会信用代码：52440600MJM0000000", PaperLicense, "52440600MJM0000000"},
		{"certificate", "荣誉证书\n授予甲公司：\n2023年度先进单位", PaperCertificate, ""},
		{"patent", "发明专利证书\n证书号第1234567号", PaperCertificate, ""},
		{"cover letter", "关于报送广东省电子商务优秀案例\n申报材料的函\n省商务厅：\n现将材料报上。附件：1.推荐汇总表 2.申报表", PaperCover, ""},
		{"recommendation", "推荐函\n省商务厅：\n我局推荐甲公司参评。", PaperCover, ""},
		{"summary", "佛山市广东省电子商务优秀案例推荐汇总表\n|序号|参评单位|参评案例|参评领域|联系人|联系电话|\n|1|甲公司|平台|电商平台|王样本|13800001234|", PaperSummary, ""},
		{"a profile that mentions papers", "甲公司简介\n我公司取得营业执照后，统一社会信用代码 91440600MA4UABCD1X，先后获得荣誉证书。\n附有推荐函、汇总表。", "", ""},
		{"a list of papers", "材料目录\n1.营业执照\n2.获奖证书\n3.推荐函\n统一社会信用代码", "", ""},
		{"a statistics return", "2024年9月网络零售统计表\n|指标|本月|\n|零售额|12|", "", ""},
		{"empty", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			both(t, c.drawing, func(t *testing.T, r Reading) {
				if r.Paper != c.paper || r.CreditCode != c.code || (r.Form != nil) {
					t.Errorf("paper %q code %q form %v, want %q %q", r.Paper, r.CreditCode, r.Form, c.paper, c.code)
				}
			})
		})
	}
}

func TestCount(t *testing.T) {
	for s, want := range map[string]int{
		"": 0, " \r\n\t　": 0, "电商": 2, "电商，": 3, "GMV": 1, "2023年": 2, "12,000万元": 3, "SaaS 系统": 3, "a b\r\nc": 3, "“好”": 3, "𠮷野家": 3, "Ａ１": 2,
		// As measured in Word: validation_dataset.md of github.com/bebe3/office-wordcount, in Chinese.
		"东京2024奥运": 5, "㈱公司㈲": 4, "①②③④⑤": 1, "１２３": 3, "Hello、World。": 4, "👍👎👏": 1, "👍🏻": 1, "Hello👍World": 1, "你好👋": 3, "1️⃣2️⃣": 1, "foo\u200Bbar": 1, "\ufeffHello": 1, "hello 🙂 world": 3,
	} {
		if got := Count(s); got != want {
			t.Errorf("Count(%q) = %d, want %d", s, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(blank)
	for _, c := range layouts {
		f.Add(c.drawing)
	}
	f.Add("推荐函\n|序号|参评单位|参评案例|参评领域|\n营业执照\n统一社会信用代码：91440600MA4UABCD1X")
	f.Fuzz(func(t *testing.T, drawing string) {
		r := Read(sheet(drawing), call2024())
		checkPages(t, drawing)
		if (r.Form != nil) != (r.Paper == PaperForm) {
			t.Errorf("paper %q with form %v", r.Paper, r.Form)
		}
		if r.Form != nil && r.Form.Categories == nil {
			t.Error("categories are null")
		}
		if r.CreditCode != "" && len(r.CreditCode) != 18 {
			t.Errorf("credit code %q", r.CreditCode)
		}
		if r.Form != nil && strings.Contains(r.Form.Unit, "\r") {
			t.Errorf("unit %q", r.Form.Unit)
		}
	})
}
