package sample

import (
	"regexp"
	"strings"
)

// objector is somebody who reads the published list.
const objector = "zhou.minwei@home.example"

// awarding: the list and its basis, publicity, an objection, the award.
func awarding() []Scene {
	d := caseDongguan()
	doubt := Mail{Client: QQ, From: objector, FromName: "周敏蔚", Subject: "对公示名单的异议",
		Text: "广东省商务厅电子商务处：\n本人对公示的" + d.Unit + "“" + d.Case + "”有异议：其宣传的入驻设计师人数与本人所知不符，请核查。\n周敏蔚　联系电话另行告知"}
	released := func(day, hour, minute int, titleZh, expect string) Scene {
		return reply(nov(day, hour, minute), "staff: what waits is released", titleZh, expect, officer(), always("放行 全部"), "处理结果")
	}
	return []Scene{
		reply(nov(6, 15, 0), "staff: the list and its basis", "电商处确定入选名单", "记录名单和依据", officer(), always("入选 10 依据 厅党组会议纪要〔2024〕18号"), "处理结果"),
		reply(nov(6, 15, 10), "staff: publicity", "电商处公示", "展示名单和公示期，等待确认", officer(), always("公示"), "处理结果"),
		confirm(nov(6, 15, 15), "staff: publicity confirmed", "电商处确认公示", "公示稿和名单"),
		plainScene(nov(8, 10, 0), "an objection", "社会来信：对一个案例有异议", "急办，只告知工作人员", doubt),
		staffAnswer(nov(8, 10, 20), "staff: the objection is registered", "电商处登记异议", "登记编号和办结期限", objectionRows),
		released(8, 10, 25, "电商处放行异议回执", "异议回执发给来信人"),
		reply(nov(12, 16, 0), "staff: the objection is settled", "电商处办结异议", "异议不成立，记录理由", officer(),
			always("异议不成立 YY2024-001 经核对平台后台数据和劳务合同，申报数据属实"), "处理结果"),
		reply(nov(14, 9, 0), "staff: the award", "电商处认定", "展示后果，等待确认", officer(), always("认定"), "每日情况"),
		confirm(nov(14, 9, 5), "staff: the award confirmed", "电商处确认认定", "结果通知待放行，宣传材料发给工作人员"),
		released(14, 9, 20, "电商处放行结果通知", "结果通知发给各市"),
	}
}

// A row that offers 登记异议 for a case.
var objectionOffered = regexp.MustCompile(`\d{1,3} 登记异议 [A-Z]{2}\d{4}-\d{4}`)

func objectionRows(text string) []string {
	if found := objectionOffered.FindString(text); found != "" {
		return []string{strings.TrimSpace(found)}
	}
	return nil
}
