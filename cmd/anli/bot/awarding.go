package bot

import (
	"slices"
	"strconv"
	"strings"

	"anli/intake"
	"anli/intake/outbox"
	"anli/parser/command"
	"anli/review"
	"anli/templates"
)

// The staff's commands from selection to award, and those on the rules of the call.

// carryAward does one command of the award; done is false for other verbs.
func (a *arrived) carryAward(letter outbox.Letter, l command.Line) (ok bool, text string, done bool) {
	b, by, mail := a.bench, a.record.From, a.record.SHA256
	switch l.Verb {
	case "通过", "不通过", "补正", "免", "线下", "受理", "不受理", "归属", "合并", "撤回", "撤销", "改为", "采纳", "重查":
		ok, text = a.ruling(letter, l)
	case "查询结果":
		ok, text = a.looked(letter, l)
	case "入选":
		ok, text = a.selectCases(l)
	case "登记异议":
		ok, text = a.object(letter, l)
	case "异议成立", "异议不成立":
		ok, text = a.conclude(letter, l)
	case "案卷":
		ok, text = a.dossiers(letter, l)
	case "导出":
		a.export()
		ok, text = true, "台账另信发送。"
	case "延期", "补正截止":
		ok, text = a.dated(l)
	case "名额":
		n, err := strconv.Atoi(l.Args[1])
		if err != nil {
			return false, "名额应为数字。", true
		}
		ok, text = b.Quota(l.Args[0], n, intake.Order{By: by, Basis: l.Rest, Mail: mail})
	default:
		return false, "", false
	}
	return ok, text, true
}

// selectCases records 入选 by places or by cases.
func (a *arrived) selectCases(l command.Line) (bool, string) {
	places := 0
	if len(l.Args) > 0 {
		n, err := strconv.Atoi(l.Args[0])
		if err != nil {
			return false, "入选的个数应为数字。"
		}
		places = n
	}
	numbers, unknown := a.numbers(l.Codes)
	if len(unknown) > 0 {
		return false, "没有编号为" + strings.Join(unknown, "、") + "的案例，未执行。"
	}
	return a.bench.Select(places, numbers, l.Rest, a.record.From, a.record.SHA256)
}

// object keeps an objection: by cases, or by the row of the mail that objects.
func (a *arrived) object(letter outbox.Letter, l command.Line) (bool, string) {
	numbers, unknown := a.numbers(l.Codes)
	if len(unknown) > 0 {
		return false, "没有编号为" + strings.Join(unknown, "、") + "的案例，未登记。"
	}
	f := review.Filing{Cases: numbers, Content: l.Rest, By: a.record.From, Mail: a.record.SHA256}
	if len(l.Args) > 0 {
		f.Source = l.Args[0]
	}
	if len(l.Rows) == 0 {
		return a.bench.File(f)
	}
	return a.eachRow(letter, l, func(r intake.Row) (bool, string) {
		f := f
		f.Original = r.Mail
		return a.bench.File(f)
	})
}

// conclude ends objections: by their number, that of the case, or the row.
func (a *arrived) conclude(letter outbox.Letter, l command.Line) (bool, string) {
	end := func(id string) (bool, string) {
		return a.bench.Conclude(id, review.ObjectionWord(l.Verb), l.Rest, a.record.From, a.record.SHA256)
	}
	if len(l.Rows) > 0 {
		return a.eachRow(letter, l, func(r intake.Row) (bool, string) { return end(review.OfRow(r)) })
	}
	ok := true
	var said []string
	for _, id := range l.Codes {
		if n, _ := a.numbers([]string{id}); len(n) == 1 {
			id = n[0]
		}
		done, text := end(id)
		ok = ok && done
		said = append(said, text)
	}
	return ok, strings.Join(said, "")
}

// dated does 延期 and 补正截止: a day alone is its end.
func (a *arrived) dated(l command.Line) (bool, string) {
	until, ok := command.Until(l.Args[0], a.record.Arrival)
	if !ok {
		return false, "日期“" + l.Args[0] + "”未能识别，未执行。"
	}
	o := intake.Order{By: a.record.From, Basis: l.Rest, Mail: a.record.SHA256}
	if l.Verb == "延期" {
		return a.bench.Extend(until, o)
	}
	return a.bench.SupplementUntil(until, o)
}

// dossiers sends the whole file of cases, a letter each.
func (a *arrived) dossiers(letter outbox.Letter, l command.Line) (bool, string) {
	if len(l.Rows) > 0 {
		return a.eachRow(letter, l, func(r intake.Row) (bool, string) { return a.dossier(r.Case) })
	}
	numbers, unknown := a.numbers(l.Codes)
	ok := len(unknown) == 0
	var said []string
	if !ok {
		said = append(said, "没有编号为"+strings.Join(unknown, "、")+"的案例。")
	}
	for _, n := range numbers {
		done, text := a.dossier(n)
		ok = ok && done
		said = append(said, text)
	}
	return ok, strings.Join(said, "")
}

func (a *arrived) dossier(number string) (bool, string) {
	return a.bench.OrderDossier(number, a.record)
}

// export sends the ledger as it stands now.
func (a *arrived) export() {
	book := Ledger(a.bench)
	a.sitting.Put(intake.Post{Key: "export/" + a.record.SHA256 + "/" + a.record.From, To: a.record.From, Class: intake.ClassStaff, Template: "staff-letter", Answers: a.record,
		Data: templates.StaffLetter{Date: a.sitting.Now.Format("2006年1月2日"), AsOf: a.sitting.Now.Format("1月2日15:04"), Sentence: sentence(a.sitting), Ledger: &book}})
}

// looked records what staff found of the units in the look-up list they answer.
func (a *arrived) looked(letter outbox.Letter, l command.Line) (bool, string) {
	var list templates.LookUp
	if letter.Template != "look-up" || intake.Body(letter, &list) != nil {
		return false, "请直接回复查询名单那封信。"
	}
	q := intake.Query{By: a.record.From, Mail: a.record.SHA256, Text: l.Rest}
	if len(l.Args) > 0 {
		q.Result = l.Args[0]
	}
	ok := true
	var said []string
	for _, n := range l.Rows {
		i := slices.IndexFunc(list.Entries, func(e templates.LookUpEntry) bool { return e.N == n })
		var c *intake.Case
		if i >= 0 {
			c = a.sitting.Case(list.Entries[i].Number)
		}
		if c == nil {
			ok, said = false, append(said, "名单中没有第"+strconv.Itoa(n)+"行。")
			continue
		}
		done, text := a.sitting.Found(c, q)
		ok = ok && done
		said = append(said, text)
	}
	return ok, strings.Join(said, "")
}

// eachRow acts on the rows of the letter answered.
func (a *arrived) eachRow(letter outbox.Letter, l command.Line, do func(intake.Row) (bool, string)) (bool, string) {
	var listed templates.StaffLetter
	if letter.Template != "staff-letter" || intake.Body(letter, &listed) != nil {
		return false, "行号须在回复带有编号行的信件时使用。"
	}
	ok := true
	var said []string
	for _, n := range l.Rows {
		done, text := false, "没有这一行"
		if r, found := a.listedRow(listed.Rows, n); found {
			if done, text = do(r); r.Done != "" && !done {
				text = "已办理（" + r.Done + "）"
			}
		}
		ok = ok && done
		said = append(said, "第"+strconv.Itoa(n)+"行："+strings.TrimRight(text, "。"))
	}
	return ok, strings.Join(said, "；")
}

func (a *arrived) listedRow(rows []templates.StaffRow, n int) (intake.Row, bool) {
	for _, listed := range rows {
		if listed.N == n {
			return a.sitting.Row(listed.ID)
		}
	}
	return intake.Row{}, false
}

// ruling carries out a ruling on cases, by code or by row.
func (a *arrived) ruling(letter outbox.Letter, l command.Line) (bool, string) {
	r := intake.Ruling{Verb: l.Verb, Reason: l.Rest, By: a.record.From, Mail: a.record.SHA256}
	codes := l.Codes
	if len(l.Args) > 0 {
		r.Item = l.Args[0]
		if l.Verb == "归属" {
			city, ok := a.city(l.Args[0])
			if !ok {
				return false, "没有名为“" + l.Args[0] + "”的地市。"
			}
			r.Item, r.City = "", city
		}
	}
	if l.Verb == "合并" && len(codes) > 0 {
		into, unknown := a.numbers(codes[len(codes)-1:])
		if len(unknown) > 0 {
			return false, "没有编号为" + unknown[0] + "的案例，未执行。"
		}
		r.Into, codes = a.sitting.Case(into[0]), codes[:len(codes)-1]
	}
	if len(l.Rows) > 0 {
		r.Seen = letter.At
		return a.eachRow(letter, l, func(row intake.Row) (bool, string) {
			r := r
			r.Row = row.ID
			return a.rule(row.Case, r)
		})
	}
	numbers, unknown := a.numbers(codes)
	ok := len(unknown) == 0
	var said []string
	if !ok {
		said = append(said, "没有编号为"+strings.Join(unknown, "、")+"的案例。")
	}
	for _, n := range numbers {
		done, text := a.rule(n, r)
		ok = ok && done
		said = append(said, text)
	}
	return ok, strings.Join(said, "")
}

// rule carries out one ruling; it ends the rows that it settles.
func (a *arrived) rule(number string, r intake.Ruling) (bool, string) {
	c := a.sitting.Case(number)
	if c == nil {
		return false, "此行没有对应的案例"
	}
	if why := a.bench.Withdrawn(c); why != "" && (r.Verb == "撤销" || r.Verb == "改为") {
		return false, why
	}
	ok, text := a.sitting.Rule(c, r)
	if more := a.bench.Rejoin(c) + a.bench.LeaveOut(c); more != "" {
		text = strings.TrimRight(text, "。") + more + "。"
	}
	return ok, text
}
