package bot

import (
	"cmp"
	"fmt"
	"strings"

	"anli/intake"
	"anli/intake/outbox"
	"anli/parser/command"
	"anli/templates"
)

func (a *arrived) confirm(l command.Line) (bool, string) {
	code, ok := outbox.ParseCode(l.Codes[0])
	w, found := a.sitting.Waiting(code)
	switch {
	case !ok || !found:
		return false, "没有等待该代码确认的指令。"
	case w.By != a.record.From:
		return false, "该指令须由发出人本人确认。"
	case w.Done:
		return false, "该指令已执行过。"
	case a.record.Arrival.After(w.Until):
		return false, "已超过确认期限，请重新发出指令。"
	}
	w.Done = true
	a.sitting.Wait(w)
	return a.confirmed(w)
}

// goLive: from now on outsiders are answered. What came before is told to each
// city in one reconciliation letter.
func (a *arrived) goLive() (bool, string) {
	s := a.sitting
	if !s.Settings.Mailbox.Live {
		return false, observing
	}
	if s.Desk.Live {
		return false, "已经启用，无需重复。"
	}
	s.Desk.Live, s.Desk.LiveAt = true, s.Now
	n := s.Reconcile()
	return true, fmt.Sprintf("已启用自动回执。核对函%d封%s。", n, a.releaseWord())
}

func (a *arrived) held(code string) (outbox.Unfinished, bool) {
	code, ok := outbox.ParseCode(code)
	for _, u := range a.sitting.OpenLetters() {
		if ok && u.Letter.Code == code {
			return u, true
		}
	}
	return outbox.Unfinished{}, false
}

// keptNamed is how many letters that stay held a transcript names.
const keptNamed = 30

// releaseAll lets go what waits for staff's word alone. A letter that may have
// arrived is released by name only.
func (a *arrived) releaseAll() (bool, string) {
	s := a.sitting
	n := 0
	var kept []string
	for _, u := range s.OpenLetters() {
		if u.Fate.State != outbox.Held {
			continue
		}
		f, ok := outbox.Release(u.Fate, s.Now, false)
		if !ok || u.Fate.Hold != outbox.HoldApprove && u.Fate.Hold != intake.HeldMany {
			why := "已超过24小时"
			if u.Fate.Hold != outbox.HoldApprove && u.Fate.Hold != intake.HeldMany {
				why = holdWords(u.Fate.Hold)
			}
			kept = append(kept, fmt.Sprintf("%s（%s，%s）", u.Letter.Code, u.Letter.To, why))
			continue
		}
		s.Settle(f)
		n++
	}
	s.Desk.HeldUntil = ""
	for _, r := range s.OpenRows() {
		if strings.HasPrefix(r.ID, "held/") {
			a.finish(r.ID, "已放行")
		}
	}
	if len(kept) == 0 {
		return true, fmt.Sprintf("已放行%d封。", n)
	}
	named, more := kept[:min(len(kept), keptNamed)], ""
	if len(kept) > len(named) {
		more = "等"
	}
	return true, fmt.Sprintf("已放行%d封；另有%d封仍保留，请按信件代码逐封放行或不发：%s%s。", n, len(kept), strings.Join(named, "、"), more)
}

func (a *arrived) release(l command.Line) (bool, string) {
	s := a.sitting
	if len(l.Args) > 0 {
		return a.releaseAll()
	}
	var done, not []string
	for _, code := range l.Codes {
		u, found := a.held(code)
		f, ok := outbox.Release(u.Fate, s.Now, true)
		if !found || !ok {
			not = append(not, code)
			continue
		}
		s.Settle(f)
		done = append(done, code+"（"+u.Letter.To+"）")
	}
	if len(not) > 0 {
		return false, "没有待放行的信件：" + strings.Join(not, "、") + withDone("已放行：", done)
	}
	return true, "已放行：" + strings.Join(done, "、") + "。"
}

func withDone(label string, done []string) string {
	if len(done) == 0 {
		return "。"
	}
	return "；" + label + strings.Join(done, "、") + "。"
}

func (a *arrived) drop(l command.Line) (bool, string) {
	var done, not []string
	for _, code := range l.Codes {
		u, found := a.held(code)
		f, ok := outbox.Drop(u.Fate, a.sitting.Now, cmp.Or(l.Rest, "不发"))
		if !found || !ok {
			not = append(not, code)
			continue
		}
		a.sitting.Settle(f)
		done = append(done, code)
	}
	if len(not) > 0 {
		return false, "没有可撤下的信件：" + strings.Join(not, "、") + withDone("已撤下：", done)
	}
	return true, "已撤下，不再发出：" + strings.Join(done, "、") + "。"
}

// note adds a sentence of staff's to a letter that waits for their word. It waits
// on: what leaves is what they have read.
func (a *arrived) note(l command.Line) (bool, string) {
	u, found := a.held(l.Codes[0])
	switch {
	case !found:
		return false, "没有待放行的信件" + l.Codes[0] + "，附言未加。"
	case !u.Fate.Rewordable():
		return false, l.Codes[0] + "可能已经发出，不能再加附言，如需补充请另行去信。"
	}
	if err := a.sitting.AddNote(u.Letter, l.Rest); err != nil {
		return false, l.Codes[0] + "由本程序的旧版本写成，不能再加附言；请“不发 " + l.Codes[0] + " 理由”后另行去信。"
	}
	return true, fmt.Sprintf("已在发给%s的《%s》中加入“附言：%s”。该信仍待放行，回复“放行 %s”后发出。", u.Letter.To, u.Letter.Subject, l.Rest, u.Letter.Code)
}

func (a *arrived) enrol(l command.Line) (bool, string) {
	city, wrong := a.cities(l.Args[1])
	if wrong != "" {
		return false, "没有名为“" + wrong + "”的地市。"
	}
	if whose := a.othersAddress(l.Args[0]); whose != "" {
		return false, l.Args[0] + "是" + whose + "，不能备案为市局邮箱，未执行。请核对邮箱地址。"
	}
	if old := a.sitting.Settings.BureauOf(l.Args[0]); old != "" && old != city+"商务局" {
		a.enrolAs(l.Args[0], city)
		return true, fmt.Sprintf("%s由%s改为%s商务局邮箱，此前已登记的案例不变。", l.Args[0], old, city)
	}
	waiting := a.enrolAs(l.Args[0], city)
	if waiting == 0 {
		return true, fmt.Sprintf("%s已备案为%s商务局邮箱。", l.Args[0], city)
	}
	return true, fmt.Sprintf("%s已备案为%s商务局邮箱；此前来信%d封已按原到达时间登记。", l.Args[0], city, waiting)
}

// retire takes an address off the bureaus' list.
func (a *arrived) retire(address string) (bool, string) {
	if !a.sitting.Settings.IsBureau(address) {
		return false, address + "不是已备案的市局邮箱，无需停用。"
	}
	a.sitting.SetValue("retired."+address, true)
	a.sitting.SetValue("enrolled."+address, nil)
	return true, address + "已停用，此后来信不再作为市局来信处理。"
}

// othersAddress says whose an address is that must not become a bureau's: an address
// tells who writes. "" if it may.
func (a *arrived) othersAddress(addr string) string {
	s := a.sitting.Settings
	expert := ""
	if e := s.ExpertOf(addr); e != nil {
		expert = e.Name
	} else if m := a.bench.MemberOf(addr); m != nil {
		expert = m.Name
	}
	switch {
	case strings.EqualFold(addr, s.Mailbox.Address):
		return "本工作邮箱"
	case s.StaffName(addr) != "":
		return "工作人员" + s.StaffName(addr) + "的邮箱"
	case expert != "":
		return "评审专家" + expert + "的邮箱"
	}
	return ""
}

// enrolAs makes an address a bureau's and takes in what it sent before; it gives
// the number of those mails.
func (a *arrived) enrolAs(address, city string) int {
	s := a.sitting
	s.SetValue("enrolled."+address, city)
	s.SetValue("retired."+address, nil)
	waiting := s.Unhandled(address)
	for _, m := range waiting {
		s.TakeIn(m)
		a.finish("unknown/"+m.SHA256, "登记邮箱")
	}
	return len(waiting)
}

func (a *arrived) finish(row, how string) {
	if r, ok := a.sitting.Row(row); ok && r.Done == "" {
		r.Done = how
		a.sitting.SetRow(r)
	}
}

// rows acts on numbered rows of the letter answered.
func (a *arrived) rows(letter outbox.Letter, l command.Line) (bool, string) {
	if len(l.Rows) == 0 {
		return false, "请写明行号，例如“3 " + l.Verb + "”。"
	}
	var listed templates.StaffLetter
	if letter.Template != "staff-letter" || intake.Body(letter, &listed) != nil {
		return false, "行号须在回复带有编号行的信件时使用。"
	}
	var said []string
	ok := true
	for _, n := range l.Rows {
		done, text := a.row(letter, listed.Rows, n, l)
		ok = ok && done
		said = append(said, fmt.Sprintf("第%d行：%s", n, strings.TrimRight(text, "。")))
	}
	return ok, strings.Join(said, "；")
}

func (a *arrived) row(letter outbox.Letter, rows []templates.StaffRow, n int, l command.Line) (bool, string) {
	for _, listed := range rows {
		if listed.N != n {
			continue
		}
		r, ok := a.sitting.Row(listed.ID)
		switch {
		case !ok:
			return false, "没有这一行"
		case r.Kind == intake.RowSecret || l.Verb == intake.VerbOpen || l.Verb == intake.VerbSecret:
			return a.ruleSeal(r, l)
		case r.Done != "":
			return false, "已办理（" + r.Done + "）"
		case l.Verb == "无关":
			return a.dismiss(r)
		}
		return a.register(r, l)
	}
	return false, "没有这一行"
}

func (a *arrived) dismiss(r intake.Row) (bool, string) {
	a.finish(r.ID, "无关")
	if m, ok := a.sitting.Mail(r.Mail); ok && m.Unhandled {
		m.Unhandled = false
		a.sitting.Amend(m)
	}
	return true, "已标记为无关"
}

func (a *arrived) register(r intake.Row, l command.Line) (bool, string) {
	m, ok := a.sitting.Mail(r.Mail)
	if !ok || r.Kind != "unsure" && r.Kind != "unknown" {
		return false, "此行不能登记"
	}
	city, why := a.broughtIn(&m, l)
	if why != "" {
		return false, why
	}
	a.sitting.Again(m, city)
	a.finish(r.ID, "登记")
	return true, "已按" + city + "登记" + cameWords(m)
}
