package intake

import (
	"cmp"
	"fmt"
	"strings"

	"anli/intake/outbox"
	"anli/parser/command"
	"anli/templates"
)

// FromCompany keeps what a company sent for a case by itself: the files wait, the
// bureau is asked (C5), the company told (C6). Stage, accepted files and quota
// stay as they are.
func (s *Sitting) FromCompany(m *Mail, c *Case, pieces []Piece) {
	c = s.survivor(c)
	d := Group(pieces, s.Reading, nil)
	var names []string
	files := d.Loose
	for _, pk := range d.Packages {
		files = append(files, pk.Files...)
	}
	for _, f := range files {
		f.Mail, f.At, f.Standing, f.Change = m.SHA256, m.Arrival, StandingPending, changePending
		if f.Role == RoleContainer || c.known(f) {
			continue
		}
		c.Files = append(c.Files, f)
		names = append(names, f.Path)
	}
	m.City, m.Cases = c.City, []string{c.Number}
	if len(names) == 0 {
		return
	}
	c.setHold(HoldUnconfirmed, true)
	s.Touch(c)
	for _, to := range s.bureauOf(c) {
		s.Put(Post{Key: "company/" + m.SHA256 + "/" + to, To: to, Class: ClassAnswer, Template: "company-material", Cases: []string{c.Number},
			Data: templates.CompanyMaterial{City: c.City, Unit: c.Unit, Arrived: clockTime(m.Arrival), From: m.From, Number: c.Number, Files: names}})
	}
	s.Put(Post{Key: "answer/" + m.SHA256 + "/" + m.From, To: m.From, Class: ClassAnswer, Template: "company-kept", Answers: m,
		Data: templates.CompanyKept{City: c.City, Files: len(names)}})
}

// bureauOf is whom a letter about a case goes to: the enrolled address it came
// from, else the city's.
func (s *Sitting) bureauOf(c *Case) []string {
	if s.Settings.Serves(c.Sender, c.City) {
		return []string{c.Sender}
	}
	return s.Settings.AddressesOf(c.City)
}

// FromUnknown keeps a package of an address that is not enrolled: no case, no
// number; staff are told, the writer gets one kind answer (C9).
func (s *Sitting) FromUnknown(m *Mail) {
	m.Unhandled, m.Reason = true, "sender-unknown"
	city := s.cityOfPieces(m)
	m.City = ""
	s.AddRow(Row{ID: "unknown/" + m.SHA256, Kind: "unknown", Mail: m.SHA256,
		Text:    "未备案邮箱" + m.From + "发来申报材料《" + m.Subject + "》，已保存，尚未登记。如为市局邮箱，请另起一行回复“登记邮箱 " + m.From + " 地市”。",
		Replies: []string{"登记 " + cmp.Or(city, "地市"), "无关"}})
	s.Put(Post{Key: "unknown-sender/" + m.From, To: m.From, Class: ClassAnswer, Template: "unknown-sender", Answers: m,
		Data: templates.UnknownSender{City: city, Arrived: clockTime(m.Arrival)}})
}

func (s *Sitting) cityOfPieces(m *Mail) string {
	return cityIn(m.Subject+"\n"+m.Fresh+"\n"+piecesText(m.Files), s.Settings.Call.Cities)
}

// Question passes a writer's question to staff; he is told so once a thread a day.
// thread names it, as the Message-ID of its first mail.
func (s *Sitting) Question(m *Mail, thread string) {
	m.Unhandled, m.Reason = true, "来信提问，请人工答复"
	s.AskStaff(m)
	s.Passed(m, thread)
}

// Explained puts before staff why a bureau's case came late, for those who decide on it.
func (s *Sitting) Explained(m *Mail, c *Case, attached bool) {
	text := c.City + "就" + titled(c) + "逾期到达来信说明：“" + clip(m.Fresh, 120) + "”"
	if attached {
		text += "（附有附件）"
	}
	s.AddRow(Row{ID: "explained/" + m.SHA256, Kind: "explained", Case: c.Number, Mail: m.SHA256, Text: text + "。", Replies: []string{"受理 理由", "不受理 理由"}})
	m.Cases = addOnce(m.Cases, c.Number)
}

// Passed tells a writer, once a thread a day, that people read what he wrote.
func (s *Sitting) Passed(m *Mail, thread string) {
	key := "question/" + cmp.Or(thread, m.From) + "/" + s.Now.Format("2006-01-02") + "/" + m.From
	s.Put(Post{Key: key, To: m.From, Class: ClassAnswer, Template: "question-passed", Answers: m, Data: templates.QuestionPassed{City: m.City}})
}

// AskStaff puts a writer's question before staff.
func (s *Sitting) AskStaff(m *Mail) {
	s.AddRow(Row{ID: "question/" + m.SHA256, Kind: "question", Mail: m.SHA256, Text: cmp.Or(m.City, m.From) + "来信提问《" + m.Subject + "》：" + clip(m.Fresh, 120),
		Replies: []string{"无关"}})
}

// Unsure asks staff whether a mail is a submission.
func (s *Sitting) Unsure(m *Mail) {
	m.Unhandled, m.Reason = true, "带附件，但不能确定与本次征集有关"
	s.AddRow(Row{ID: "unsure/" + m.SHA256, Kind: "unsure", Mail: m.SHA256, Text: cmp.Or(m.City, s.Settings.CityNames(m.From), m.From) + "来信《" + m.Subject + "》带有附件，不能确定是否为申报材料。",
		Replies: []string{Registering(m.City), "无关"}})
}

// clip shortens a text to n characters, on one line.
func clip(text string, n int) string {
	text = strings.Join(strings.Fields(text), " ")
	r := []rune(text)
	if len(r) <= n {
		return text
	}
	return string(r[:n]) + "…"
}

// Again takes a mail in that was left out when it came, as of its arrival: staff
// enrolled its writer, or said that it belongs to a city.
func (s *Sitting) Again(m Mail, city string) {
	address := m.From
	if !s.Settings.Serves(address, city) {
		address = s.Settings.Correspondent(city)
	}
	m.Stock = m.Stock && !s.Live() // taken in now, answered as what comes now
	m.City, m.Route, m.Unhandled, m.Reason = city, RouteSubmission, false, ""
	s.Amend(m) // a receipt that is due at once reads it
	s.Receive(Incoming{Mail: &m, City: city, Address: address, Fresh: m.Fresh, Pieces: Usable(m.Files), Lines: command.Bureau(m.Fresh), Said: true})
	s.Amend(m)
}

// TakeIn takes in what a writer sent before staff enrolled him, for the city that he
// serves or that the mail tells.
func (s *Sitting) TakeIn(m Mail) {
	city, several := s.CityFor(&m, m.Files, nil, nil)
	if city != "" {
		s.Again(m, city)
		return
	}
	m.Route = RouteSubmission
	s.AskCity(Incoming{Mail: &m, Address: m.From, Pieces: Usable(m.Files)}, several)
	s.Amend(m)
}

// LetterBounced tells staff that a letter did not arrive.
// advice ends the sentence: what staff may do beside the telephone.
func (s *Sitting) LetterBounced(l outbox.Letter, why, advice string) {
	s.AddRow(Row{ID: "bounce/" + l.Key, Kind: "bounce", Text: "发给" + l.To + "的《" + l.Subject + "》被退回" + bracket(why) + "，请电话核实邮箱地址" + advice + "。",
		Urgent: true, Replies: []string{"无关"}})
}

func bracket(s string) string {
	if s == "" {
		return ""
	}
	return "（" + clip(s, 80) + "）"
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// Reconcile writes each city one letter about what came before going live (C3);
// it gives the number of letters.
func (s *Sitting) Reconcile() int {
	byCity := map[string][]templates.CaseName{}
	numbers := map[string][]string{}
	for _, c := range s.Cases("") {
		if c.Stage == StageWithdrawn {
			continue
		}
		byCity[c.City] = append(byCity[c.City], s.CaseName(c))
		numbers[c.City] = append(numbers[c.City], c.Number)
	}
	n := 0
	for _, city := range sortedKeys(byCity) {
		for _, to := range s.Settings.AddressesOf(city) {
			s.Put(Post{Key: "reconcile/" + s.Settings.towards(to, city), To: to, Class: ClassDecision, Template: "reconciliation", Cases: numbers[city],
				Data: templates.Reconciliation{City: city, AsOf: s.Now.Format("1月2日15时"), Cases: byCity[city]}})
			n++
		}
	}
	return n
}

// CaseName is a case in a list, with its state in words.
func (s *Sitting) CaseName(c *Case) templates.CaseName {
	return templates.CaseName{Number: c.Number, Unit: c.Unit, Case: c.Case, State: c.StateWords()}
}

// StateWords says in Chinese how a case stands.
func (c *Case) StateWords() string {
	var words []string
	switch c.Stage {
	case StageComplete:
		words = append(words, "材料齐全，待资格审核")
	case StageWithdrawn:
		words = append(words, cmp.Or(c.whereTo(), "已撤回"))
	case StageEligible:
		words = append(words, "资格审核通过")
	case StageIneligible:
		if i := c.standing("逾期"); i >= 0 && c.Decisions[i].Verb == "不受理" {
			words = append(words, "不予受理")
			break
		}
		words = append(words, "资格审核未通过")
	case StageInReview:
		words = append(words, "评审中")
	case StageReviewed:
		words = append(words, "已评审")
	case StagePublicised:
		words = append(words, "公示中")
	case StageAwarded:
		words = append(words, "已入选")
	case StageNotSelected:
		words = append(words, "未入选")
	case StageIncomplete:
		words = append(words, c.openWordsShort())
	default:
		words = append(words, string(c.Stage))
	}
	return strings.Join(append(words, c.holdWords()...), "，")
}

// openWordsShort counts what the bureau must supply and, beside it, what is pending.
func (c *Case) openWordsShort() string {
	n, pending := 0, 0
	for _, f := range c.points() {
		switch {
		case f.Severity != "error" || f.Audience != "bureau" || decidedByStaff(f.Code):
		case f.State == "open":
			n++
		case f.State == statePending:
			pending++
		}
	}
	switch {
	case pending == 0:
		return fmt.Sprintf("待补充%d项", n)
	case n == 0:
		return fmt.Sprintf("有%d项待补交或核对", pending)
	}
	return fmt.Sprintf("待补充%d项，另有%d项待补交或核对", n, pending)
}

// holdWords say what a case waits for beside its stage.
func (c *Case) holdWords() []string {
	var words []string
	for _, h := range c.Holds {
		if h == HoldObjection {
			continue // who asks how a case stands is often its own bureau
		}
		words = append(words, map[Hold]string{HoldLate: "逾期待定", HoldOverQuota: "超出名额待定", HoldUnconfirmed: "企业来件待市局确认"}[h])
	}
	return words
}

// points are the findings with what staff want mended (补正) before them: it is told
// as a finding is, and is none.
func (c *Case) points() []Finding {
	var out []Finding
	for _, line := range strings.Split(c.Demand, "\n") {
		if line != "" {
			out = append(out, finding(codeDemand, "error", "mail", "file", line, ""))
		}
	}
	for _, f := range c.Findings {
		if !c.demanded(f.Key()) { // one cause, one line
			out = append(out, f)
		}
	}
	return out
}

// codeDemand marks what staff want mended among the findings; it stands in no list of
// codes.
const codeDemand = "demand"
