package bot

import (
	"fmt"
	"strings"
	"time"

	"anli/intake"
	"anli/intake/outbox"
	"anli/parser/command"
	"anli/templates"
)

// staffProof is how long a letter to staff proves that its reader saw it.
const staffProof = 14 * 24 * time.Hour

// staff carries out what a member of staff answers. Commands need proof: a
// reference to a letter of ours to this address, or its code.
func (a *arrived) staff(name string) intake.Route {
	lines := command.Staff(a.msg.Fresh)
	commands := known(lines)
	letter, proof := a.staffLetter()
	switch {
	case len(commands) == 0 && (!proof || thanks(a.msg.Fresh)):
		return intake.RoutePeople // their own mail
	case !proof:
		a.record.Unhandled, a.record.Reason = true, "工作人员邮箱发来的指令，未附有效信件代码，未执行"
		a.sitting.AddRow(intake.Row{ID: "unproved/" + a.record.SHA256, Kind: "problem", Urgent: true, Mail: a.record.SHA256, Replies: []string{"无关"},
			Text: "收到以" + name + "名义发来的指令“" + shorten(commands[0].Text, 40) + "”，未回复我处信件、也没有有效的信件代码，未执行。如系本人，请直接回复我处发给您的任一信件。"})
		return intake.RouteStaff
	case len(commands) > 0 && commands[0].Verb == "登记" && len(commands[0].Rows) == 0 && len(usablePieces(a.pieces)) > 0:
		return a.bringIn(commands[0])
	}
	a.transcript(name, letter, lines)
	return intake.RouteStaff
}

func known(lines []command.Line) []command.Line {
	var out []command.Line
	for _, l := range lines {
		if l.Verb != "" {
			out = append(out, l)
		}
	}
	return out
}

// staffLetter is the letter answered, if it still proves anything.
func (a *arrived) staffLetter() (outbox.Letter, bool) {
	for _, l := range a.seen {
		if !l.Outside && a.record.Arrival.Sub(l.At) <= staffProof {
			return l, true
		}
	}
	return outbox.Letter{}, false
}

// bringIn takes a mail of staff's for a bureau's: first line 登记 <市>.
func (a *arrived) bringIn(l command.Line) intake.Route {
	city, ok := a.city(first(l.Args))
	if !ok {
		return a.people("“登记”后未写明地市")
	}
	a.sitting.Receive(intake.Incoming{Mail: a.record, City: city, Address: firstOf(first(a.sitting.Settings.AddressesOf(city)), a.record.From), Fresh: a.msg.Fresh,
		Pieces: usablePieces(a.pieces)})
	a.record.City = city
	return intake.RouteSubmission
}

func (a *arrived) city(name string) (string, bool) {
	for _, c := range a.sitting.Settings.Call.Cities {
		if name != "" && (c == name || strings.TrimSuffix(c, "市") == name) {
			return c, true
		}
	}
	return "", false
}

// transcript carries out line by line and answers with each line echoed.
func (a *arrived) transcript(name string, letter outbox.Letter, lines []command.Line) {
	key := "answer/" + a.record.SHA256 + "/" + a.record.From
	t := templates.Transcript{Name: name}
	var confirm []command.Line
	for _, l := range lines {
		r := templates.Result{Line: l.Text}
		switch {
		case l.Verb == "":
			r.Text = firstOf(l.Why, "不是可识别的指令") + "，未执行。"
		case l.Trial:
			r.OK, r.Text = a.trial(letter, l)
			t.Trial = true
		case needsConfirm(l.Verb):
			confirm = append(confirm, l)
			t.Confirm = append(t.Confirm, l.Text)
			r.OK, r.Text = true, "待确认：请回复“确认 "+a.sitting.Code(key, a.record.From)+"”后执行。"
			t.Effects = append(t.Effects, a.effects(l)...)
		default:
			r.OK, r.Text = a.carryOut(letter, l)
		}
		if !r.OK {
			t.Errors++
		}
		t.Results = append(t.Results, r)
	}
	code := a.sitting.Put(intake.Post{Key: key, To: a.record.From, Class: intake.ClassStaff, Template: "transcript", Data: t, Answers: a.record})
	for _, l := range confirm {
		a.sitting.Wait(intake.Waiting{Letter: key, Code: code, By: a.record.From, Line: l.Text, Verb: l.Verb, Until: a.record.Arrival.Add(staffProof)})
	}
}

func needsConfirm(verb string) bool { return verb == "启用" }

// trial shows the effect and does nothing: the line is carried out in a sitting
// that is thrown away.
func (a *arrived) trial(letter outbox.Letter, l command.Line) (bool, string) {
	if needsConfirm(l.Verb) {
		return true, "试运行，未执行。" + strings.Join(a.effects(l), "；") + "。"
	}
	scratch, err := a.sitting.Scratch()
	if err != nil {
		return false, "试运行未能完成，请稍后再试。"
	}
	b := *a
	b.sitting = scratch
	record := *a.record
	b.record = scratch.Record(record)
	ok, text := b.carryOut(letter, l)
	return ok, "试运行，未执行。如执行，结果为：" + text
}

// effects says what a weighty command would bring about.
func (a *arrived) effects(command.Line) []string {
	cities := map[string]bool{}
	n := 0
	for _, c := range a.sitting.Cases("") {
		cities[c.City] = true
		n++
	}
	out := []string{"此后新到的报送邮件将自动登记并回执"}
	if len(cities) > 0 {
		out = append(out, fmt.Sprintf("拟向%d个市各发一封核对函（共%d个案例），%s", len(cities), n, a.releaseWord()))
	}
	return out
}

func (a *arrived) releaseWord() string {
	if a.sitting.Settings.Letters[intake.ClassDecision] == "approve" {
		return "待贵处放行后发出"
	}
	return "将直接发出"
}

// carryOut does one command and says what was done.
func (a *arrived) carryOut(letter outbox.Letter, l command.Line) (bool, string) {
	s := a.sitting
	switch l.Verb {
	case "确认":
		return a.confirm(l)
	case "放行":
		return a.release(l)
	case "不发":
		return a.drop(l)
	case "暂停发信":
		s.Desk.Paused, s.Desk.PausedAt = true, s.Now
		return true, "已暂停向外发信，来信照常登记。回复“恢复发信”继续。"
	case "恢复发信":
		s.Desk.Paused, s.Desk.Resumed = false, s.Now
		stale := s.Resume()
		s.Settle(stale...)
		return true, fmt.Sprintf("已恢复发信；暂停期间积压超过24小时的%d封仍保留待放行。", len(stale))
	case "登记邮箱":
		return a.enrol(l)
	case "停用邮箱":
		s.SetValue("retired."+l.Args[0], true)
		s.SetValue("enrolled."+l.Args[0], nil)
		return true, l.Args[0] + "已停用，此后来信不再作为市局来信处理。"
	case "登记", "无关":
		return a.rows(letter, l)
	case "进度":
		return true, sentence(s)
	}
	return true, helpText
}

const helpText = "可用指令：启用、试运行 启用、确认 <代码>、放行 <代码>、不发 <代码> 理由、暂停发信、恢复发信、登记邮箱 <邮箱> <地市>、停用邮箱 <邮箱>、<行号> 登记、<行号> 无关、进度。每行一条。"

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
	return a.goLive()
}

// goLive: from now on outsiders are answered. What came before is told to each
// city in one reconciliation letter.
func (a *arrived) goLive() (bool, string) {
	s := a.sitting
	if !s.Settings.Mailbox.Live {
		return false, "程序配置为只观察（mode = \"observe\"），不能启用，请联系运维人员。"
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

func (a *arrived) release(l command.Line) (bool, string) {
	s := a.sitting
	if len(l.Args) > 0 {
		n := 0
		for _, u := range s.OpenLetters() {
			if f, ok := outbox.Release(u.Fate, s.Now, false); ok {
				s.Settle(f)
				n++
			}
		}
		s.Desk.HeldUntil = ""
		return true, fmt.Sprintf("已放行%d封。", n)
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
		f, ok := outbox.Drop(u.Fate, a.sitting.Now, firstOf(l.Rest, "不发"))
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

func (a *arrived) enrol(l command.Line) (bool, string) {
	s := a.sitting
	city, ok := a.city(l.Args[1])
	if !ok {
		return false, "没有名为“" + l.Args[1] + "”的地市。"
	}
	address := l.Args[0]
	s.SetValue("enrolled."+address, city)
	s.SetValue("retired."+address, nil)
	waiting := s.Unhandled(address)
	for _, m := range waiting {
		s.Again(m, city)
		a.finish("unknown/"+m.SHA256, "登记邮箱")
	}
	return true, fmt.Sprintf("%s已备案为%s商务局邮箱；此前来信%d封已按原到达时间登记。", address, city, len(waiting))
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
		done, text := a.row(listed.Rows, n, l)
		ok = ok && done
		said = append(said, fmt.Sprintf("第%d行：%s", n, text))
	}
	return ok, strings.Join(said, "；")
}

func (a *arrived) row(rows []templates.StaffRow, n int, l command.Line) (bool, string) {
	for _, listed := range rows {
		if listed.N != n {
			continue
		}
		r, ok := a.sitting.Row(listed.ID)
		switch {
		case !ok:
			return false, "没有这一行"
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
	city, ok := a.city(first(l.Args))
	if !ok {
		city = m.City
	}
	if city == "" {
		return false, "请写明地市，例如“登记 佛山”"
	}
	a.sitting.Again(m, city)
	a.finish(r.ID, "登记")
	return true, "已按" + city + "登记"
}
