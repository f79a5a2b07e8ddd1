package bot

import (
	"anli/intake"
	"anli/parser/command"
	"anli/templates"
)

// onlyOnce: one confirmation is enough; the other letters that ask end with it.
func (a *arrived) onlyOnce(w intake.Waiting) {
	for _, to := range a.sitting.Settings.StaffAddresses() {
		if other, ok := a.sitting.Waiting(a.sitting.Code(secondKey(w.Mail, w.Line, to), to)); ok && !other.Done {
			other.Done = true
			a.sitting.Wait(other)
		}
	}
}

// twoPerson: what weighs most needs two where the configuration says so.
func (a *arrived) twoPerson(verb string) bool {
	switch verb {
	case "启动评审", "结束评审", "公示", "认定":
		return a.sitting.Settings.Review.TwoPerson
	}
	return false
}

// askSecond asks every other member of staff to confirm; the first who does is
// enough.
func (a *arrived) askSecond(line string, w intake.Waiting, files, effects []string) (bool, string) {
	asked := 0
	for _, to := range a.otherStaff() {
		post := intake.Post{Key: secondKey(a.record.SHA256, line, to), To: to, Class: intake.ClassStaff, Template: "second-confirm",
			Data: templates.SecondConfirm{Name: a.sitting.Settings.StaffName(to), By: a.sitting.Settings.StaffName(a.record.From), Line: line, Files: files,
				Effects: effects, Order: w.Verb != "代录"}}
		code := a.sitting.Put(post)
		if code == "" {
			continue
		}
		w.Letter, w.Code, w.By, w.Until, w.Second, w.Mail = post.Key, code, to, a.record.Arrival.Add(staffProof), true, a.record.SHA256
		a.sitting.Wait(w)
		asked++
	}
	if asked == 0 {
		return false, "须由另一位工作人员确认，现无其他工作人员。"
	}
	return true, "须由另一位工作人员确认，已发信请其核对。"
}

func secondKey(mail, line, to string) string {
	return "second/" + mail + "/" + hashShort(line) + "/" + to
}

// otherStaff are the addresses of the staff beside the writer.
func (a *arrived) otherStaff() []string {
	var out []string
	me := a.sitting.Settings.StaffName(a.record.From)
	for _, to := range a.sitting.Settings.StaffAddresses() {
		if a.sitting.Settings.StaffName(to) != me {
			out = append(out, to)
		}
	}
	return out
}

// entered records a paper sheet that a second member of staff confirmed.
func (a *arrived) entered(w intake.Waiting) (bool, string) {
	lines := command.Staff(w.Line)
	if len(lines) != 1 || lines[0].Verb != "代录" {
		return false, "该指令已不能识别，请重新发来。"
	}
	l := lines[0]
	numbers, _ := a.numbers(l.Codes)
	if len(numbers) != 1 {
		return false, "没有该编号的案例。"
	}
	e, why := a.bench.ReadEntry(l.Args[0], numbers[0], l.Args[1:])
	if why != "" {
		return false, why
	}
	sheet, _ := a.sitting.Mail(w.Mail)
	if why := a.bench.Enter(e, w.Basis, sheet); why != "" {
		return false, why
	}
	return true, l.Args[0] + "对" + numbers[0] + "的评分已代录。"
}
