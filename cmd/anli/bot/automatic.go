package bot

import (
	"cmp"
	"strings"

	"anli/intake"
	"anli/parser/command"
)

// junk is only read: a listed address there is told to staff, nobody answered. cities
// are those that the writer serves.
func (a *arrived) junk(cities, staff string) intake.Route {
	expert := a.expertName()
	if cities == "" && staff == "" && expert == "" || a.msg.Automatic != "" {
		return intake.RoutePeople
	}
	a.record.Unhandled, a.record.Reason = true, "在垃圾邮件文件夹中"
	replies, moved := []string{"无关"}, ""
	if cities == "" && staff == "" {
		moved = "，请移回收件箱" // then it is read as of its arrival
	}
	if cities != "" {
		replies = []string{intake.Registering(a.record.City), "无关"}
	}
	a.sitting.AddRow(intake.Row{ID: "junk/" + a.record.SHA256, Kind: "unsure", Mail: a.record.SHA256, Urgent: true, Replies: replies,
		Text: cmp.Or(cities, staff, expert) + "的来信《" + a.sealed(a.record.Subject) + "》被归入垃圾邮件，尚未处理" + moved + "。"})
	return intake.RoutePeople
}

// own is a letter of ours that came back; a command from our own address does
// nothing and is told to staff.
func (a *arrived) own() intake.Route {
	if len(known(command.Staff(a.msg.Fresh))) > 0 {
		a.sitting.AddRow(intake.Row{ID: "own/" + a.record.SHA256, Kind: "problem", Mail: a.record.SHA256, Urgent: true, Replies: []string{"无关"},
			Text: "收到一封以本邮箱名义发来的指令《" + a.record.Subject + "》，未执行，请核查是否有人冒用。"})
	}
	return intake.RouteOwn
}

// automatic mail is recorded and never answered; an absence is told to staff
// once a writer.
func (a *arrived) automatic() intake.Route {
	if len(a.anybody) > 0 {
		a.sitting.AddRow(intake.Row{ID: "absence/" + a.record.From, Kind: "absence", Mail: a.record.SHA256,
			Text: cmp.Or(a.record.City, a.sitting.Settings.CityNames(a.record.From), a.record.Name, a.record.From) + "自动回复《" + a.sealed(a.record.Subject) + "》：" + strings.TrimRight(shorten(a.sealed(a.msg.Fresh), 80), "。") + a.substitute(a.record.From)})
	}
	a.record.Reason = a.msg.Automatic
	return intake.RouteAutomatic
}

// bounce matches a delivery failure to the letter that did not arrive.
func (a *arrived) bounce() intake.Route {
	a.record.Reason = a.msg.Automatic
	if a.msg.Bounce != nil && !a.msg.Bounce.Permanent {
		return intake.RouteBounce // a delay: it may still arrive
	}
	l, ok := a.bouncedLetter()
	if !ok {
		a.look(!a.record.Stock, "退信，未能对应到我处发出的信件") // before going live the letter was a person's
		return intake.RouteBounce
	}
	a.record.Cases = l.Cases
	advice := ""
	if s := a.bench.Recipient(l); s != nil {
		advice = a.bench.Instead(s)
		a.bench.Bounced(l)
	}
	a.sitting.LetterBounced(l, diagnostic(a.msg.Bounce), advice)
	return intake.RouteBounce
}

// substitute proposes who could take an expert's place; "" for anybody else.
func (a *arrived) substitute(address string) string {
	if s := a.bench.MemberOf(address); s != nil {
		return a.bench.Instead(s)
	}
	return ""
}
