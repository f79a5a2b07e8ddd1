package bot

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"anli/intake"
	"anli/intake/outbox"
	"anli/parser/command"
	"anli/parser/mail"
	"anli/review"
	"anli/templates"
)

// arrived is what came: a mail with everything that was read in it, and what is
// known of its writer. Follow one through route and the functions it names.
type arrived struct {
	record   *intake.Mail
	msg      mail.Message
	pieces   []intake.Piece
	seen     []outbox.Letter // letters of ours that this writer proves to have seen
	anybody  []outbox.Letter // letters of ours referred to, to whomever they went
	ours     map[string]templates.Letter
	thread   []string     // cases of those letters, and of his earlier mails in this thread
	whole    mail.Message // msg as it came, quotes and our own words left in
	sitting  *intake.Sitting
	bench    *review.Bench
	evidence string // why this is about the call; "" if nothing says so
}

// route says whose mail this is and hands it to who deals with it. The order is
// the rule: what must never be answered comes first.
func (a *arrived) route() intake.Route {
	city, mixed := a.sitting.CityFor(a.record, a.pieces, a.seen, a.thread)
	staff, bureau := a.sitting.Settings.StaffName(a.record.From), a.sitting.Settings.IsBureau(a.record.From)
	a.record.City = city
	switch {
	case a.record.Arrival.Before(a.sitting.Settings.Mailbox.Since):
		return intake.RouteHistory // noted, never answered
	case a.copied():
		return intake.RouteCopy // the same mail once more: no effect
	case a.sitting.Settings.Mailbox.Junk != "" && a.record.Folder == a.sitting.Settings.Mailbox.Junk:
		return a.junk(a.sitting.Settings.CityNames(a.record.From), staff)
	case a.msg.Import.Statement != "":
		return a.imported()
	case a.record.From == strings.ToLower(a.sitting.Settings.Mailbox.Address):
		return a.own()
	case a.msg.Automatic == mail.AutoBounce:
		return a.bounce()
	case a.msg.Automatic != "":
		return a.automatic()
	case len(a.msg.From) == 0:
		return a.look(a.evidence != "", "来信没有发件人")
	case len(a.msg.From) != 1:
		return a.look(a.evidence != "" || a.anyListed(), "发件人不唯一")
	case a.forged():
		return a.look(a.evidence != "" || staff != "" || bureau, "发件人验证未通过，请核实是否冒用")
	case staff != "":
		return a.staff(staff)
	case a.bench.TakeObjection(a.record, a.msg.Fresh, a.anybody):
		return intake.RoutePeople // in the period of publicity; a row says so
	case a.expertName() != "":
		return a.expert(a.expertName())
	case bureau:
		return a.bureau(city, mixed)
	default:
		return a.outsider()
	}
}

// bureau: an address says who writes, not what about. Without evidence that a
// mail is about this call it is left for people, and nobody is answered. mixed are the
// cities whose material a mail of no one city brings.
func (a *arrived) bureau(city string, mixed []string) intake.Route {
	lines := append(command.Bureau(a.msg.Fresh), a.inQuote()...)
	usable, links := intake.Usable(a.pieces), a.links()
	nothing := len(usable)+len(links)+len(lines) == 0
	told := a.cityTold()
	switch {
	case nothing && told && !question(a.msg.Fresh):
		return intake.RouteCommand
	case a.evidence == "" && len(usable) > 0 && a.weak():
		a.sitting.Unsure(a.record)
		return intake.RoutePeople
	case a.evidence == "" && slices.ContainsFunc(lines, func(l command.Line) bool { return l.Verb == "不申报" }):
		return a.people("来信似表示不推荐案例")
	case a.evidence == "" && !a.commanding(lines):
		return a.look(false, "与本次征集无关")
	case nothing && noneThisTime.MatchString(a.msg.Fresh):
		return a.people("来信似表示不推荐案例")
	case nothing && thanks(a.msg.Fresh) && (a.msg.Fresh != "" || len(a.record.Refs) > 0):
		return intake.RouteThanks
	case nothing && explains.MatchString(a.msg.Fresh) && a.late() != nil:
		a.sitting.Explained(a.record, a.late(), len(a.msg.Attachments)+len(a.msg.Forwards) > 0)
		a.sitting.Passed(a.record, a.root())
		return intake.RouteQuestion
	case nothing && question(a.msg.Fresh):
		a.sitting.Question(a.record, a.root())
		return intake.RouteQuestion
	case nothing && nothingYet.MatchString(a.msg.Fresh):
		return intake.RouteThanks // it is coming: nothing to answer
	case nothing && !announces(a.msg) && len(a.seen) > 0:
		return a.people("回复中没有附件，也没有可识别的指令")
	case nothing && !bring.MatchString(a.msg.Fresh) && toCome.MatchString(a.msg.Fresh):
		return a.look(false, "来信表示材料将另行报送")
	}
	in := intake.Incoming{Mail: a.record, City: city, Address: a.record.From, Fresh: a.msg.Fresh, Pieces: usable, Cloud: links, Lines: lines,
		Answered: keys(a.seen), Thread: a.thread, Proof: len(a.seen) > 0, Announce: announces(a.msg) || len(usable) == 0 && len(a.seen) == 0, Asks: len(usable) > 0 && question(a.msg.Fresh)}
	if city == "" {
		a.sitting.AskCity(in, mixed)
		if in.Asks {
			a.sitting.AskStaff(a.record)
		}
		return intake.RouteSubmission
	}
	if said := a.sitting.Receive(in); !said && nothingYet.MatchString(a.msg.Fresh) {
		return intake.RouteThanks
	} else if !said && len(usable)+len(links) == 0 {
		return a.people("回复中没有附件，也没有可识别的指令")
	}
	if c := a.late(); c != nil && explains.MatchString(a.msg.Fresh) {
		a.sitting.Explained(a.record, c, len(usable) > 0)
	}
	if len(usable) == 0 && len(lines) > 0 {
		return intake.RouteCommand
	}
	if question(a.msg.Fresh) {
		a.sitting.AskStaff(a.record) // the receipt answers the files, a person the question
	}
	return intake.RouteSubmission
}

// cityTold takes in the mails that waited for the city that this answer names.
func (a *arrived) cityTold() bool {
	city := a.sitting.ToldCity(a.record, a.seen)
	if city == "" {
		return false
	}
	waiting := a.sitting.AwaitCity(a.seen)
	for _, m := range waiting {
		a.sitting.Again(m, city)
		a.finish("unsure/"+m.SHA256, city)
	}
	return len(waiting) > 0
}

// outsider: a company that answers a letter forwarded to it, a company that
// sends a package by itself, or somebody else.
func (a *arrived) outsider() intake.Route {
	if a.claimed() {
		return intake.RouteScore
	}
	if _, to := a.judgingLetters(nil); len(to) > 0 || len(a.sheetsOf()) > 0 { // never a company's: a bureau must not hear who judges
		return a.people("未登记的邮箱来信，与发给专家的评审邮件有关，未记录")
	}
	usable := intake.Usable(a.pieces)
	if len(usable) > 0 {
		if c := a.referredCase(); c != nil {
			a.sitting.FromCompany(a.record, c, usable)
			return intake.RouteCompany
		}
		if a.evidence != "" {
			a.sitting.FromUnknown(a.record)
			return intake.RouteUnknown
		}
	}
	if len(a.anybody) > 0 && question(a.msg.Fresh) {
		a.sitting.Question(a.record, a.root())
		return intake.RouteQuestion
	}
	if a.evidence != "" {
		return a.people("来信人未备案，内容与本次征集有关")
	}
	return a.look(false, "来信人未备案，与本次征集无明显关系")
}

// referredCase is the one case that a letter of ours, or a case number in this
// mail, is about.
func (a *arrived) referredCase() *intake.Case {
	var numbers []string
	for _, l := range a.anybody {
		numbers = append(numbers, l.Cases...)
	}
	if len(numbers) == 0 {
		numbers = a.sitting.Numbers(a.msg.Subject + "\n" + a.msg.Fresh)
	}
	if len(numbers) != 1 {
		numbers = a.sitting.Numbers(a.msg.Subject)
	}
	if len(numbers) != 1 {
		return nil
	}
	return a.sitting.Case(numbers[0])
}

// people leaves a mail for people: a row that they can close.
func (a *arrived) people(reason string) intake.Route {
	a.record.Unhandled, a.record.Reason = true, reason
	text := cmp.Or(a.record.City, a.sitting.Settings.CityNames(a.record.From), a.record.Name, a.record.From, "无发件人") + "来信《" + a.sealed(a.record.Subject) + "》：" + reason + "，请人工处理。"
	if said := shorten(a.sealed(a.msg.Fresh), 80); said != "" {
		text += "来信写道：“" + said + "”"
	}
	row := intake.Row{ID: "people/" + a.record.SHA256, Kind: "people", Mail: a.record.SHA256, Text: text, Replies: []string{"无关"}}
	if a.sitting.Settings.IsBureau(a.record.From) && len(intake.Usable(a.pieces)) > 0 { // once people have asked the bureau, its files can be taken in
		row.Kind, row.Replies = "unsure", []string{intake.Registering(a.record.City), "无关"}
	}
	a.sitting.AddRow(row)
	return intake.RoutePeople
}

// sealed is what somebody wrote, as staff may read it in a letter while experts
// score: it may hold scores, wherever it comes from.
func (a *arrived) sealed(text string) string {
	if a.bench.Panel.Phase != review.PhaseOpen || a.sitting.Settings.IsBureau(a.record.From) || a.sitting.Settings.StaffName(a.record.From) != "" {
		return text
	}
	return review.Masked(text)
}

// expertName is the expert who uses the writer's address, on the roster or, where
// that names him no more, on the panel; "" if none does.
func (a *arrived) expertName() string {
	if e := a.sitting.Settings.ExpertOf(a.record.From); e != nil {
		return e.Name
	}
	if s := a.bench.MemberOf(a.record.From); s != nil {
		return s.Name
	}
	return ""
}

// look leaves a mail for people: as a row if there is something to do, else the
// next letter to staff lists it once.
func (a *arrived) look(todo bool, reason string) intake.Route {
	if todo {
		return a.people(reason)
	}
	a.record.Mention, a.record.Reason = true, reason
	return intake.RoutePeople
}

// anyListed: one of several writers is a bureau's or a member of staff's.
func (a *arrived) anyListed() bool {
	s := a.sitting.Settings
	return slices.ContainsFunc(a.msg.From, func(w mail.Address) bool { return s.IsBureau(w.Addr) || s.StaffName(w.Addr) != "" })
}

func diagnostic(b *mail.Bounce) string {
	if b == nil {
		return ""
	}
	return b.Diagnostic
}

// delivered are the words for sending material in.
const delivered = `(?:报送|上报|提交|发送|报来|发来|寄送)`

var (
	thanksWords = regexp.MustCompile(`收到|谢谢|感谢|好的|知悉|辛苦|明白|已阅|了解|OK|ok`)
	askWords    = regexp.MustCompile(`[?？]|请问|能否|可否|是否可以|怎么|如何|什么时候|吗[。！!]?$|吗\s*$|咨询`)
	bring       = regexp.MustCompile(`附件|附上|现报送|报送如下|见附|随信|发送材料|现将.{0,40}(?:报送|上报|发送|提交)`)
	nothingYet  = regexp.MustCompile(`稍后(?:补|发|报|提交)|随后补|明天补|尽快补`)

	toCome = regexp.MustCompile(`(?:将|拟|计划|争取|力争|预计)[^。；\n]{0,20}[日号周月天底旬前][^。；\n]{0,10}` + delivered + `|(?:待|等)[^。；\n]{1,20}后[^。；\n]{0,10}` + delivered + `|正在(?:组织|准备|整理|收集|征集|遴选|审核|汇总|盖章)`)

	addresses = regexp.MustCompile(`https?://[^\s<>，。；、]+`) // a question mark in one asks nothing

	openPoint    = regexp.MustCompile(`未收到|没有收到|没收到|尚未|撤回|请`)
	explains     = regexp.MustCompile(`退信|延迟|延误|说明|网络|原因`)
	noneThisTime = regexp.MustCompile(`不推荐|不申报|没有(?:推荐|申报)|无推荐|暂无(?:推荐|申报)`)
)

// thanks is an acknowledgement: short, no question. It is answered by silence.
func thanks(fresh string) bool {
	fresh = addresses.ReplaceAllString(fresh, "")
	n := len([]rune(strings.TrimSpace(fresh)))
	return n == 0 || n < 40 && thanksWords.MatchString(fresh) && !askWords.MatchString(fresh) && !openPoint.MatchString(fresh)
}

func question(fresh string) bool { return askWords.MatchString(addresses.ReplaceAllString(fresh, "")) }

// announces: the text says that material comes with this mail.
func announces(m mail.Message) bool {
	return bring.MatchString(m.Fresh) && !nothingYet.MatchString(m.Fresh) && !thanks(m.Fresh)
}

// commanding: the lines are about this call by themselves: 进度, or a command with
// a number of this call. 同意 and 更正 alone may be about anything.
func (a *arrived) commanding(lines []command.Line) bool {
	for _, l := range lines {
		if l.Verb == "进度" || l.Verb != "" && len(l.Codes) > 0 && a.sitting.Case(l.Codes[0]) != nil {
			return true
		}
	}
	return false
}

// late is the case that the mail is about and that waits for a ruling because it came
// late; nil if there is none.
func (a *arrived) late() *intake.Case {
	for _, number := range append(append([]string{}, a.thread...), a.record.Cases...) {
		if c := a.sitting.Case(number); c != nil && c.Has(intake.HoldLate) {
			return c
		}
	}
	return nil
}

func keys(letters []outbox.Letter) []string {
	var out []string
	for _, l := range letters {
		out = append(out, l.Key)
	}
	return out
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

func shorten(text string, n int) string {
	r := []rune(strings.Join(strings.Fields(text), " "))
	if len(r) > n {
		return string(r[:n]) + "…"
	}
	return string(r)
}
