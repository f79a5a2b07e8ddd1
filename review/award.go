package review

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/templates"
)

// Awarding says what 认定 would do now, and a hash of that; why says in Chinese
// that it cannot be done, "" if it can.
func (b *Bench) Awarding() (effects []string, basis, why string) {
	if why := b.notAwardable(); why != "" {
		return nil, "", why
	}
	on, off := b.verdict()
	effects = []string{fmt.Sprintf("认定%d个：%s", len(on), b.titles(on)), fmt.Sprintf("未入选%d个：%s", len(off), b.titles(off))}
	if len(off) == 0 {
		effects = effects[:1]
	}
	if gone := without(b.List.noticed(), on); len(gone) > 0 {
		effects = append(effects, "曾公示而不认定："+b.titles(gone))
	}
	if back := without(on, b.List.Selected.Numbers); len(back) > 0 {
		effects = append(effects, "异议结论更正后恢复、不在最近一次“入选”之列而仍将认定："+b.titles(back))
	}
	cities, silent := b.addressed(append(slices.Clone(on), off...))
	effects = append(effects, fmt.Sprintf("向%d个市各发一封结果通知，只列该市案例（%s）", len(cities), b.resultWords()))
	if len(silent) > 0 {
		effects = append(effects, "没有登记邮箱、须另行告知的市："+strings.Join(silent, "、"))
	}
	return append(effects, b.packLine()), hashed(on, off), ""
}

// notAwardable says why nothing can be awarded now.
func (b *Bench) notAwardable() string {
	switch l := &b.List; {
	case l.Award != nil:
		return "已于" + day(l.Award.At) + "认定，无需重复"
	case l.Public == nil:
		return "尚未公示"
	case len(l.fresh()) > 0:
		return "入选名单中" + b.titles(l.fresh()) + "尚未公示，请先“公示”"
	case b.running() != "":
		return b.running()
	}
	var open []string
	for _, o := range b.openObjections() {
		open = append(open, o.Number+"（"+o.Case+"）")
	}
	if len(open) > 0 {
		return "尚有异议未办结：" + strings.Join(open, "、")
	}
	var waiting []string
	for _, r := range b.OpenRows() {
		if r.Kind == objectsKind {
			waiting = append(waiting, clip(r.Text, 40))
		}
	}
	if len(waiting) > 0 {
		return fmt.Sprintf("有%d封疑似异议的来信尚未登记或标记为无关：%s", len(waiting), strings.Join(waiting, "；"))
	}
	return ""
}

// verdict parts the judged cases: those still public, in the notice's order, and
// the others that stand for a result.
func (b *Bench) verdict() (on, off []string) {
	on = b.standing()
	for _, c := range b.cases(b.Panel.Cases) {
		if c.Stage == intake.StageReviewed || c.Stage == intake.StageNotSelected {
			off = append(off, c.Number)
		}
	}
	return on, off
}

// addressed parts the cities of cases into those that can be written to, and
// those that cannot, in the call's order.
func (b *Bench) addressed(numbers []string) (cities, silent []string) {
	has := map[string]bool{}
	for _, c := range b.cases(numbers) {
		has[c.City] = true
	}
	for _, city := range distinct(append(slices.Clone(b.Settings.Call.Cities), sorted(has)...)) {
		switch {
		case !has[city]:
		case len(b.Settings.AddressesOf(city)) == 0:
			silent = append(silent, city)
		default:
			cities = append(cities, city)
		}
	}
	return cities, silent
}

// Award ends the award (认定): who is still on the published list is awarded, the
// other judged cases are not selected, every city is told about its own, and who
// ordered it gets the publicity pack. It says why it cannot.
func (b *Bench) Award(by, mail string) (why string) {
	if why := b.notAwardable(); why != "" {
		return why
	}
	on, off := b.verdict()
	for _, c := range b.cases(on) {
		b.move(c, intake.StageAwarded)
	}
	for _, c := range b.cases(off) {
		if c.Stage != intake.StageNotSelected {
			b.move(c, intake.StageNotSelected)
		}
	}
	b.List.Award = &Awarding{Order: b.order(by, mail), Numbers: on}
	cities, silent := b.addressed(append(slices.Clone(on), off...))
	for _, city := range cities {
		b.tell(city, on, off)
	}
	if len(silent) > 0 {
		b.AddRow(intake.Row{ID: "award-untold", Kind: "award", Replies: []string{"无关"}, Text: "以下各市没有登记邮箱，认定结果未能通知，请另行告知：" + strings.Join(silent, "、") + "。"})
	}
	b.finishOver("认定")
	b.OrderPack(by)
	return ""
}

// resultWords say how letters with results leave.
func (b *Bench) resultWords() string {
	if b.Settings.Letters[intake.ClassResult] == "approve" {
		return "逐封待贵处放行"
	}
	return "直接发出"
}

// tell writes a city how its own cases came out.
func (b *Bench) tell(city string, on, off []string) {
	d := templates.Award{City: city, Title: b.Settings.Call.Title, Cases: b.namesOf(city, on), NotSelected: b.namesOf(city, off), Next: b.Settings.Call.NextSteps}
	var numbers []string
	for _, c := range append(slices.Clone(d.Cases), d.NotSelected...) {
		numbers = append(numbers, c.Number)
	}
	for _, to := range b.Settings.AddressesOf(city) {
		b.Put(intake.Post{Key: "award/" + city + "/" + to, To: to, Class: intake.ClassResult, Template: "award", Data: d, Cases: numbers})
	}
}

// namesOf are a city's own of these cases.
func (b *Bench) namesOf(city string, numbers []string) []templates.CaseName {
	var out []templates.CaseName
	for _, c := range b.cases(numbers) {
		if c.City == city {
			out = append(out, templates.CaseName{Number: c.Number, Unit: c.Unit, Case: c.Case})
		}
	}
	return out
}

// Rows and jobs of the publicity.
const (
	overKind    = "publicity-over"
	overdueKind = "objection-overdue"
	packKind    = "award-pack"
	objectsKind = "objects"
)

// listJobs are what is due on the way to the award: the end of the period, an
// objection that is overdue, and the parts of publicity packs and dossiers.
func listJobs(tx *ledger.Tx, s intake.Settings) ([]Job, error) {
	t := NewTables()
	list, _, err := t.List.Get(tx, listKey)
	if err != nil {
		return nil, err
	}
	out, err := dossierJobs(tx)
	if err != nil {
		return nil, err
	}
	for i, p := range list.rounds() {
		if !p.Told && list.Award == nil {
			out = append(out, Job{overKind + roundID(i, "/"), p.Until.Add(time.Second)})
		}
	}
	if list.Award != nil {
		out = append(out, list.Award.jobs()...)
	}
	err = t.Objections.Each(tx, "", func(number string, o Objection) error {
		if o.open() && !o.Overdue {
			out = append(out, Job{overdueKind + "/" + number, atClock(workingDay(s, o.Due, 1), s.Timing.Morning)})
		}
		return nil
	})
	return out, err
}

// doList does a job of listJobs; false if the key is none of its jobs.
func (b *Bench) doList(kind, rest string) bool {
	switch kind {
	case overKind:
		b.periodOver(rest)
	case overdueKind:
		if o := b.objections[rest]; o != nil && o.open() {
			b.overdue(o)
		}
	case dossierKind:
		b.sendDossier(rest)
	case packKind:
		b.sendPack(rest)
	default:
		return false
	}
	return true
}

// periodOver tells staff that they may award, or what stands against it; rest is the
// round, "" the first.
func (b *Bench) periodOver(rest string) {
	for i, p := range b.List.rounds() {
		if strings.TrimPrefix(roundID(i, "/"), "/") != rest || p.Told {
			continue
		}
		p.Told = true
		text := roundWord(i) + "已于" + day(p.Until) + "期满，"
		switch why := b.notAwardable(); {
		case b.running() != "":
			text += b.running() + "，届时另行提醒。"
		case why != "":
			text += why + "，办结后请回复“认定”。"
		default:
			text += "没有未办结的异议，可回复“认定”。"
		}
		b.finishOver("另列") // one row says how it stands
		b.AddRow(intake.Row{ID: overKind + roundID(i, "/"), Kind: "award", Replies: []string{"无关"}, Text: text})
	}
}

// finishOver ends the rows that a period is over.
func (b *Bench) finishOver(how string) {
	for i := range b.List.rounds() {
		b.finish(overKind+roundID(i, "/"), how)
	}
}

// overdue puts an objection that was not settled in time before staff at once.
func (b *Bench) overdue(o *Objection) {
	o.Overdue = true
	b.setObjection(o)
	row := b.objectionRow(o)
	b.finish(row.ID, "已逾期，另列")
	row.ID, row.Urgent, row.Text = overdueKind+"/"+o.Number, true, "【已逾期】"+row.Text
	b.AddRow(row)
}

// ListLines are how the award stands, for staff.
func (b *Bench) ListLines() []string {
	var out []string
	switch l := b.List; {
	case l.Award != nil:
		out = append(out, fmt.Sprintf("已于%s认定%d个", day(l.Award.At), len(l.Award.Numbers)))
	case l.Public != nil:
		out = append(out, b.roundLines()...)
	case l.Selected != nil:
		out = append(out, fmt.Sprintf("已确定入选%d个，尚未公示", len(l.Selected.Numbers)))
	}
	if len(b.objections) > 0 {
		line := fmt.Sprintf("异议%d件", len(b.objections))
		open := b.openObjections()
		slices.SortStableFunc(open, func(x, y *Objection) int { return x.Due.Compare(y.Due) })
		if len(open) > 0 {
			line += fmt.Sprintf("，未办结%d件，最近的%s应于%s前办结", len(open), open[0].Number, day(open[0].Due))
		} else {
			line += "，均已办结"
		}
		out = append(out, line)
	}
	return out
}
