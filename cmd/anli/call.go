package main

import (
	"maps"
	"time"

	"anli/intake"
)

// builtinCall is the call of 2024, 粤商务电函〔2024〕143号. Another call is another
// [call] in the configuration, no code.
func builtinCall() intake.Call {
	return intake.Call{
		ID:         "2024",
		Title:      "广东省电子商务优秀案例",
		Document:   "粤商务电函〔2024〕143号",
		Prefix:     "AL",
		Deadline:   time.Date(2024, 10, 30, 23, 59, 59, 0, intake.Zone()),
		Quota:      5,
		Cities:     guangdong(),
		Region:     "44",
		Fields:     []string{"电子商务园区", "电子商务企业", "电商平台", "电商服务", "电商营销", "丝路电商", "数商兴农", "电商+产业带", "其他电子商务"},
		OtherField: "其他电子商务",
		Photos:     3, Promos: 3, Logos: 1,
		DataYear:   2023,
		IntroLimit: 500, IntroError: 550,
		SummaryShort: 1000, SummaryLong: 3000,
		// Words that this call's mails carry and the same bureaus' statistics,
		// meetings and notices do not.
		Keywords: []string{"优秀案例", "案例征集", "案例申报", "案例材料", "案例推荐", "推荐案例", "申报案例", "案例报送", "报送案例", "粤商务电函〔2024〕143号"},
		Phrases:  formPhrases(),
		Clauses: map[string]string{"form": "五、（一）1", "license": "五、（一）2", "pictures": "五、（一）3", "copies": "六",
			"limits": "五、（一）", "data": "四、（五）", "applicant": "二、（一）"},
		NextSteps: "入选案例将在近期省级电子商务活动发布并现场予以授牌，同时在主流媒体中进行宣传，具体安排另行通知。", // six
	}
}

// clausesSection names the clauses of the notice that letters refer to.
type clausesSection struct {
	Form      string `toml:"form"`
	License   string `toml:"license"`
	Pictures  string `toml:"pictures"`
	Copies    string `toml:"copies"`
	Limits    string `toml:"limits"`
	Data      string `toml:"data"`
	Applicant string `toml:"applicant"`
}

func clausesOf(m map[string]string) clausesSection {
	return clausesSection{m["form"], m["license"], m["pictures"], m["copies"], m["limits"], m["data"], m["applicant"]}
}

// byUse are the clauses that are named.
func (s clausesSection) byUse() map[string]string {
	m := map[string]string{"form": s.Form, "license": s.License, "pictures": s.Pictures, "copies": s.Copies, "limits": s.Limits, "data": s.Data, "applicant": s.Applicant}
	maps.DeleteFunc(m, func(_, clause string) bool { return clause == "" })
	return m
}

// ownWords takes away what the built-in call says and the file does not: of another
// call it would be untrue.
func (c *checker) ownWords(f callSection) callSection {
	if f.ID == builtinCall().ID {
		return f
	}
	for key, value := range map[string]*string{"next_steps": &f.NextSteps, "clauses.form": &f.Clauses.Form, "clauses.license": &f.Clauses.License, "clauses.pictures": &f.Clauses.Pictures,
		"clauses.copies": &f.Clauses.Copies, "clauses.limits": &f.Clauses.Limits, "clauses.data": &f.Clauses.Data, "clauses.applicant": &f.Clauses.Applicant} {
		if c.lines["call."+key] == 0 {
			*value = ""
		}
	}
	if c.lines["call.attach_form"] == 0 {
		f.AttachForm = false
	}
	return f
}

// guangdong are the 21 cities in the order of GB/T 2260.
func guangdong() []string {
	return []string{"广州市", "韶关市", "深圳市", "珠海市", "汕头市", "佛山市", "江门市", "湛江市", "茂名市", "肇庆市", "惠州市",
		"梅州市", "汕尾市", "河源市", "阳江市", "清远市", "东莞市", "中山市", "潮州市", "揭阳市", "云浮市"}
}

// formPhrases are the instructions that the form of 2024 carries in its boxes:
// who leaves them there has written nothing (annex of the notice).
func formPhrases() []string {
	return []string{
		"500字以内", "2000字左右", "请说明",
		"参评单位基本情况，包括但不限于主营业务情况，近年营业总收入、市场占有率、电子商务金额，以及科技创新能力、各类资质、所获荣誉等。",
		"项目背景，项目需求，重点与难点等。",
		"项目实施过程中，具有较高技术水平；具有创新性，包括商业模式创新、管理创新等。",
		"全面实现项目预期目标，有未来发展思路和前景，有效满足服务对象需求，解决服务对象问题，具有良好的经济效益和社会效益。",
		"在电子商务细分领域中具有较高水平，对同类服务开展具有借鉴和示范意义。",
	}
}
