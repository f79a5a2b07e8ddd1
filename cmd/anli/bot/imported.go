package bot

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"anli/intake"
)

// imported takes what the import at the machine laid into the mailbox: staff brought
// it in. A mail that only looks like one does nothing and is told to staff.
func (a *arrived) imported() intake.Route {
	own := a.record.From == strings.ToLower(a.sitting.Settings.Mailbox.Address)
	i, ok := a.sitting.Imported(a.msg)
	if !ok || !own {
		return a.lookAlike(own)
	}
	a.record.Sent, a.record.Fresh = time.Time{}, "" // the program wrote it: no bureau said anything or when
	city, why := a.importedFor(i)
	a.record.City, a.record.Basis = city, i.Basis
	if a.record.Reached = i.Arrived.In(intake.Zone()); i.Arrived.IsZero() {
		a.record.Reached = a.record.Arrival
	}
	if why != "" {
		a.record.Unhandled, a.record.Reason = true, "导入的材料，尚未登记"
		a.sitting.AddRow(intake.Row{ID: "unsure/" + a.record.SHA256, Kind: "unsure", Urgent: true, Mail: a.record.SHA256,
			Replies: []string{"登记 " + cmp.Or(strings.TrimSuffix(city, "市"), "地市"), "无关"},
			Text:    "导入的材料《" + a.record.Subject + "》已保存，尚未登记：" + why + "。"})
		return intake.RoutePeople
	}
	var thread []string
	if i.Case != "" {
		thread = []string{i.Case}
	}
	a.sitting.Receive(intake.Incoming{Mail: a.record, City: city, Address: a.importedOf(i, city), Pieces: intake.Usable(a.pieces),
		Said: !i.Beside && i.Case == "", Case: i.Case, Thread: thread})
	if !a.record.Unhandled && a.sitting.Live() { // staff read once what was brought in
		said := a.record.Reason
		a.record.Mention, a.record.Reason = true, "由工作人员导入，已按"+city+"登记"+bracketed(a.record.Cases)+cameWords(*a.record)
		if said != "" {
			a.record.Reason += "；" + said
		}
	}
	return intake.RouteSubmission
}

// importedFor is the city whose material it is; why says what hinders.
func (a *arrived) importedFor(i intake.Imported) (city, why string) {
	city = i.City
	if i.Case != "" {
		c := a.sitting.Case(i.Case)
		if c == nil {
			return "", "没有编号为" + i.Case + "的案例"
		}
		city = c.City
	}
	switch {
	case !slices.Contains(a.sitting.Settings.Call.Cities, city):
		return "", "“" + city + "”不在本次征集的地市之列"
	case i.Arrived.After(a.record.Arrival):
		return city, "所写的到达时间" + clockWords(i.Arrived) + "晚于导入时间" + clockWords(a.record.Arrival)
	}
	return city, ""
}

// importedOf is who is answered: the bureau's address that the case came from, else
// the city's first.
func (a *arrived) importedOf(i intake.Imported, city string) string {
	if i.Case != "" {
		if c := a.sitting.Case(i.Case); a.sitting.Settings.Serves(c.Sender, city) {
			return c.Sender
		}
	}
	return a.sitting.Settings.Correspondent(city)
}

func (a *arrived) lookAlike(own bool) intake.Route {
	whose, route := "以"+cmp.Or(a.record.From, "不明发件人")+"名义发来的", intake.RoutePeople
	if own {
		whose, route = "以本邮箱名义发来的", intake.RouteOwn
	}
	a.record.Unhandled, a.record.Reason = true, "自称由工作人员导入，校验未通过，未登记"
	a.sitting.AddRow(intake.Row{ID: "own/" + a.record.SHA256, Kind: "problem", Mail: a.record.SHA256, Urgent: true, Replies: []string{"无关"},
		Text: "收到一封" + whose + "邮件《" + a.sealed(a.record.Subject) + "》，自称由工作人员导入的材料，但校验未通过（不是用本处密钥导入，或内容被改动），未登记，请核查是否有人冒用。"})
	return route
}
