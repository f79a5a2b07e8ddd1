package bot

import (
	"cmp"
	"fmt"
	"slices"
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
	if len(intake.Usable(a.pieces)) > 0 && garbled(lines) {
		a.keepBrought(name)
		if proof {
			a.transcript(name, letter, lines)
		}
		return intake.RouteStaff
	}
	switch {
	case len(commands) == 0 && (!proof || thanks(a.msg.Fresh)):
		return intake.RoutePeople // their own mail
	case !proof && bringing(commands) && len(intake.Usable(a.pieces)) > 0:
		a.record.Unhandled, a.record.Reason = true, "工作人员邮箱转来材料，未附有效信件代码，待确认"
		a.sitting.AddRow(intake.Row{ID: "unsure/" + a.record.SHA256, Kind: "unsure", Urgent: true, Mail: a.record.SHA256,
			Replies: []string{"登记 " + cmp.Or(first(commands[0].Args), "地市"), "无关"},
			Text:    "收到以" + name + "名义转来的材料《" + a.record.Subject + "》，未回复我处信件、也没有有效的信件代码，已保存、尚未登记，请确认。"})
		return intake.RouteStaff
	case !proof:
		a.record.Unhandled, a.record.Reason = true, "工作人员邮箱发来的指令，未附有效信件代码，未执行"
		a.sitting.AddRow(intake.Row{ID: "unproved/" + a.record.SHA256, Kind: "problem", Urgent: true, Mail: a.record.SHA256, Replies: []string{"无关"},
			Text: "收到以" + name + "名义发来的指令“" + shorten(commands[0].Text, 40) + "”，未回复我处信件、也没有有效的信件代码，未执行。如系本人，请直接回复我处发给您的任一信件。"})
		return intake.RouteStaff
	case bringing(commands) && !commands[0].Trial && len(intake.Usable(a.pieces)) > 0:
		return a.bringIn(name, commands[0])
	}
	a.transcript(name, letter, lines)
	return intake.RouteStaff
}

// bringing: the first command is 登记 <市>, not a row's.
func bringing(commands []command.Line) bool {
	return len(commands) > 0 && commands[0].Verb == "登记" && len(commands[0].Rows) == 0
}

// garbled: a line that was to bring material in is asked back.
func garbled(lines []command.Line) bool {
	return slices.ContainsFunc(lines, func(l command.Line) bool {
		return l.Verb == "" && strings.HasPrefix(l.Text, "登记") && !strings.HasPrefix(l.Text, "登记邮箱")
	})
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
func (a *arrived) bringIn(name string, l command.Line) intake.Route {
	city, why := a.broughtIn(a.record, l)
	if why != "" {
		a.askBack(name, l, why)
		return intake.RouteStaff
	}
	a.sitting.Receive(intake.Incoming{Mail: a.record, City: city, Address: a.sitting.Settings.Correspondent(city), Fresh: a.msg.Fresh,
		Pieces: intake.Usable(a.pieces), Said: true})
	a.record.City = city
	said := templates.Result{Line: l.Text, OK: true, Text: "已按" + city + "登记" + bracketed(a.record.Cases) + cameWords(*a.record) + "。"}
	if l.Rest != "" && a.record.Basis == "" {
		said.Text += "“" + l.Rest + "”未识别，到达时间按本邮件记录。"
	}
	a.oneResult(name, said)
	return intake.RouteSubmission
}

// oneResult answers a mail that was one command.
func (a *arrived) oneResult(name string, said templates.Result) {
	t := templates.Transcript{Name: name, Results: []templates.Result{said}}
	if !said.OK {
		t.Errors = 1
	}
	a.sitting.Put(intake.Post{Key: "answer/" + a.record.SHA256 + "/" + a.record.From, To: a.record.From, Class: intake.ClassStaff, Template: "transcript",
		Data: t, Answers: a.record})
}

// broughtIn reads 登记 <市> [到达 <时间> 依据 …] into the record of the mail that
// brought the material; why says what to ask back.
func (a *arrived) broughtIn(m *intake.Mail, l command.Line) (city, why string) {
	city, ok := a.city(first(l.Args))
	if !ok {
		city = m.City
	}
	switch {
	case city == "" || !ok && len(l.Args) > 0:
		return "", "请写明地市，例如“登记 佛山”"
	case len(l.Args) < 2:
		return city, ""
	}
	at, ok := command.When(l.Args[1], a.sitting.Now)
	switch {
	case !ok:
		return "", "到达时间“" + l.Args[1] + "”未能识别，请写为“10月29日16:20”"
	case at.After(m.Arrival):
		return "", "到达时间" + clockWords(at) + "晚于来信时间" + clockWords(m.Arrival) + "，请核对"
	case at.Before(m.Arrival.AddDate(-1, 0, 0)):
		return "", "到达时间" + at.Format("2006年1月2日") + "早于来信一年以上，请核对"
	}
	m.Reached, m.Basis = at, l.Rest
	if _, said, ok := strings.Cut(l.Text, "依据"); ok { // as written
		m.Basis = cmp.Or(strings.Trim(said, " 　:：。"), l.Rest)
	}
	return city, ""
}

func clockWords(t time.Time) string { return t.In(intake.Zone()).Format("1月2日15:04") }

func cameWords(m intake.Mail) string {
	if m.Basis == "" {
		return ""
	}
	return "，到达时间按" + clockWords(m.Reached) + "记录（依据：" + m.Basis + "）"
}

// askBack: what staff brought is kept and waits as a row; the answer says what lacks.
func (a *arrived) askBack(name string, l command.Line, why string) {
	a.keepBrought(name)
	a.oneResult(name, templates.Result{Line: l.Text, Text: why + "，未执行。材料已保存，随后另发一封列有行号的信件，届时可直接回复“行号 登记 地市”办理，无需重发材料。"})
}

// keepBrought makes a row of material that no command took in.
func (a *arrived) keepBrought(name string) {
	a.record.Unhandled, a.record.Reason = true, "工作人员转来材料，尚未登记"
	a.sitting.AddRow(intake.Row{ID: "unsure/" + a.record.SHA256, Kind: "unsure", Urgent: true, Mail: a.record.SHA256, Replies: []string{"登记 地市", "无关"},
		Text: name + "转来的材料《" + a.record.Subject + "》已保存，尚未登记。"})
}

func bracketed(numbers []string) string {
	if len(numbers) == 0 {
		return ""
	}
	return "（" + strings.Join(numbers, "、") + "）"
}

func (a *arrived) city(name string) (string, bool) {
	for _, c := range a.sitting.Settings.Call.Cities {
		if name != "" && (c == name || strings.TrimSuffix(c, "市") == name) {
			return c, true
		}
	}
	return "", false
}

// cities reads one city or several (佛山、云浮) and gives them as they are kept; wrong is
// what is none.
func (a *arrived) cities(names string) (cities, wrong string) {
	var found []string
	for _, name := range strings.FieldsFunc(names, func(r rune) bool { return strings.ContainsRune("、,，/和", r) }) {
		c, ok := a.city(strings.TrimSpace(name))
		if !ok {
			return "", name
		}
		found = addOnce(found, c)
	}
	return strings.Join(found, "、"), ""
}

// transcript carries out line by line and answers with each line echoed.
func (a *arrived) transcript(name string, letter outbox.Letter, lines []command.Line) {
	key := "answer/" + a.record.SHA256 + "/" + a.record.From
	t := templates.Transcript{Name: name, Trial: allTrial(lines)}
	var confirm []intake.Waiting
	for _, l := range lines {
		r := templates.Result{Line: l.Text}
		switch {
		case l.Verb == "":
			r.Text = cmp.Or(l.Why, "不是可识别的指令") + "，未执行。"
		case l.Verb == "帮助":
			r.OK, r.Text, r.Lines = true, "可用指令，每行一条；前面加“试运行”先看效果；案例可写编号、末四位或所回复信件的行号，如“3-7 通过”。", helpLines()
		case l.Trial:
			r.OK, r.Text = a.trial(letter, l)
		case needsConfirm(l.Verb) && len(confirm) > 0:
			r.Text = "一封信只能有一项须确认的指令，请在“" + confirm[0].Verb + "”办结后另发。"
		case needsConfirm(l.Verb):
			effects, basis, why := a.weighty(l)
			if why != "" {
				r.Text = why
				break
			}
			if a.twoPerson(l.Verb) {
				r.OK, r.Text = a.askSecond(l.Text, intake.Waiting{Line: l.Text, Verb: l.Verb, Basis: basis}, nil, effects)
				t.Effects = append(t.Effects, effects...)
				break
			}
			confirm = append(confirm, intake.Waiting{Line: l.Text, Verb: l.Verb, Basis: basis})
			t.Confirm = append(t.Confirm, l.Text)
			r.OK, r.Text = true, "待确认：请回复“确认 "+a.sitting.Code(key, a.record.From)+"”后执行。"
			t.Effects = append(t.Effects, effects...)
		default:
			r.OK, r.Text = a.carryOut(letter, l)
		}
		if !r.OK {
			t.Errors++
		}
		t.Results = append(t.Results, r)
	}
	code := a.sitting.Put(intake.Post{Key: key, To: a.record.From, Class: intake.ClassStaff, Template: "transcript", Data: t, Answers: a.record})
	for _, w := range confirm {
		w.Letter, w.Code, w.By, w.Until, w.Mail = key, code, a.record.From, a.record.Arrival.Add(staffProof), a.record.SHA256
		a.sitting.Wait(w)
	}
}

// helpLines are the commands, a matter a line.
func helpLines() []string {
	var out []string
	for _, c := range command.Help() {
		out = append(out, c.Title+"："+strings.Join(c.Usages, "；"))
	}
	return out
}

// allTrial: only then may the letter say that nothing was done.
func allTrial(lines []command.Line) bool {
	return len(lines) > 0 && !slices.ContainsFunc(lines, func(l command.Line) bool { return !l.Trial })
}

const observing = "程序配置为只观察（mode = \"observe\"），不能启用，请联系运维人员。"

// needsConfirm: what weighs most is shown first and done on 确认.
func needsConfirm(verb string) bool {
	switch verb {
	case "启用", "启动评审", "结束评审", "专家名单", "市局邮箱表", "节假日", "失信名单", "公示", "认定":
		return true
	}
	return false
}

// trial shows the effect and does nothing: the line is carried out in a sitting
// that is thrown away.
func (a *arrived) trial(letter outbox.Letter, l command.Line) (bool, string) {
	if needsConfirm(l.Verb) {
		effects, _, why := a.weighty(l)
		if why != "" {
			return false, "试运行，未执行。" + why
		}
		for i, e := range effects {
			effects[i] = strings.TrimRight(strings.TrimSpace(e), "。；")
		}
		return true, "试运行，未执行。" + strings.Join(effects, "；") + "。"
	}
	scratch, err := a.bench.Scratch()
	if err != nil {
		return false, "试运行未能完成，请稍后再试。"
	}
	b := *a
	b.bench, b.sitting = scratch, scratch.Sitting
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
	if ok, text, done := a.carryJudging(letter, l); done {
		return ok, text
	}
	if ok, text, done := a.carryAward(letter, l); done {
		return ok, text
	}
	s := a.sitting
	switch l.Verb {
	case "确认":
		return a.confirm(l)
	case "放行":
		return a.release(l)
	case "不发":
		return a.drop(l)
	case "附言":
		return a.note(l)
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
		return a.retire(l.Args[0])
	case "登记", "无关", intake.VerbOpen, intake.VerbSecret:
		return a.rows(letter, l)
	case "进度":
		return true, strings.Join(append(append([]string{sentence(s)}, a.bench.Lines()...), a.bench.ListLines()...), "；")
	}
	return false, "本程序暂不能办理“" + l.Verb + "”，未执行。"
}
