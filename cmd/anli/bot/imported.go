package bot

import (
	"cmp"

	"anli/intake"
)

// imported takes in what the operator brought by `anli import`: as the bureau's own
// mail of the day it came. A header that is not sealed by this desk's key does nothing
// and is told to staff.
func (a *arrived) imported() intake.Route {
	order, ok := a.sitting.Imported(a.msg.Import, a.msg.Substance)
	if !ok {
		return a.kept("以本邮箱名义导入的材料《"+a.record.Subject+"》没有有效的封印，未登记，请核查是否有人冒用", "导入的材料没有有效的封印")
	}
	city, thread := order.City, []string(nil)
	if order.Case != "" {
		c := a.sitting.Case(order.Case)
		if c == nil {
			return a.kept("运维人员导入的材料《"+a.record.Subject+"》写明的案例"+order.Case+"不存在，材料已保存，尚未登记", "导入的材料写明的案例不存在")
		}
		city, thread = c.City, []string{c.Number}
	}
	if _, known := a.city(city); !known {
		return a.kept("运维人员导入的材料《"+a.record.Subject+"》写明的地市“"+city+"”不在本次征集范围，材料已保存，尚未登记", "导入的材料写明的地市不存在")
	}
	a.record.City = city
	if !order.Came.IsZero() && !order.Came.After(a.record.Arrival) {
		a.record.Reached, a.record.Basis = order.Came.In(intake.Zone()), "运维人员导入"+cmp.Or(order.From, "材料")+"时写明"
	}
	a.sitting.Receive(intake.Incoming{Mail: a.record, City: city, Address: a.sitting.Settings.Correspondent(city), Fresh: a.msg.Fresh,
		Pieces: intake.Usable(a.pieces), Thread: thread, Said: true})
	return intake.RouteSubmission
}

// kept leaves imported material for staff: a row that they can answer.
func (a *arrived) kept(text, reason string) intake.Route {
	a.record.Unhandled, a.record.Reason = true, reason
	a.sitting.AddRow(intake.Row{ID: "unsure/" + a.record.SHA256, Kind: "unsure", Urgent: true, Mail: a.record.SHA256, Replies: []string{"登记 地市", "无关"}, Text: text + "。"})
	return intake.RoutePeople
}
