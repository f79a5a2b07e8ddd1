package review

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"anli/intake"
	"anli/templates"
)

// What holds where the settings say nothing.
const (
	publicityDays = 5
	objectionDays = 10
)

// period is the publicity if it were ordered now: it begins on the next working
// day and ends with the kth.
func (b *Bench) period() (from, until time.Time, days int) {
	days = cmp.Or(b.Settings.Review.PublicityDays, publicityDays)
	from = dayStart(workingDay(b.Settings, b.Now, 1))
	return from, dayEnd(workingDay(b.Settings, b.Now, days)), days
}

func dayStart(t time.Time) time.Time {
	y, m, d := t.In(intake.Zone()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, intake.Zone())
}

func dayEnd(t time.Time) time.Time { return dayStart(t).AddDate(0, 0, 1).Add(-time.Second) }

// Publicity says what 公示 would do now, and a hash of that; why says in Chinese
// that it cannot be done, "" if it can.
func (b *Bench) Publicity() (effects []string, basis, why string) {
	if why := b.notPublic(); why != "" {
		return nil, "", why
	}
	from, until, days := b.period()
	numbers, before := b.listed(b.List.fresh()), b.standing()
	effects = []string{
		fmt.Sprintf("%s%d个（按领域、单位名称排列，不含名次和分数）：%s", roundWord(len(b.List.rounds())), len(numbers), b.titles(numbers)),
		fmt.Sprintf("公示期%s至%s（%d个工作日）", longDay(from), longDay(until), days),
		"依据：" + b.List.Selected.Basis,
		"公示文稿（.docx）和名单（.xlsx）发给全体工作人员，由贵处在厅网站发布；程序不对外发信",
		"此后已公示的案例不能改出名单，增补的案例须重新“入选”后补充公示；公示期内的异议来信列为急办",
	}
	if b.List.Public != nil {
		effects = append(effects, fmt.Sprintf("此前已公示的%d个继续有效，不再重复公示；各次公示期满、异议办结后方可认定", len(before)))
	}
	return effects, hashed(numbers, from, until), ""
}

// notPublic says why the list cannot be made public now.
func (b *Bench) notPublic() string {
	switch l := &b.List; {
	case l.Award != nil:
		return "已于" + day(l.Award.At) + "认定，不能再公示"
	case l.Selected == nil:
		return "尚未确定入选名单，请先“入选”"
	case len(l.fresh()) == 0:
		return "已于" + day(l.last().At) + "确定公示，没有新入选的案例，无需重复；如需增补，请先重新“入选”"
	}
	var out []string
	if why := b.leftOut(b.List.Selected.Numbers); why != "" {
		out = append(out, why)
	}
	for _, c := range b.cases(b.List.Selected.Numbers) {
		if why := barred(c); why != "" {
			out = append(out, titled(c)+why)
		}
	}
	if len(out) > 0 {
		return strings.Join(out, "；") + "，请重新“入选”"
	}
	return ""
}

// Publicise makes the selected public (公示), after the first time those selected
// since: they become publicised, and every member of staff gets the notice and the
// list. It says why it cannot.
func (b *Bench) Publicise(by, mail string) (why string) {
	if why := b.notPublic(); why != "" {
		return why
	}
	from, until, days := b.period()
	round := len(b.List.rounds())
	p := Publicity{Order: b.order(by, mail), Numbers: b.listed(b.List.fresh()), From: from, Until: until, Days: days}
	data := templates.Publicity{Notice: b.notice(&p), List: b.rows(p.Numbers)}
	for _, c := range b.cases(p.Numbers) {
		b.move(c, intake.StagePublicised)
	}
	if round == 0 {
		b.List.Public = &p
	} else {
		b.finishOver("补充公示")
		b.List.Further = append(b.List.Further, p)
	}
	for _, to := range b.Settings.StaffAddresses() {
		data.Name = b.Settings.StaffName(to)
		b.Put(intake.Post{Key: "publicity/" + p.From.Format("20060102") + roundID(round, "-") + "/" + to, To: to, Class: intake.ClassStaff,
			Template: "publicity", Cases: p.Numbers, Data: data})
	}
	return ""
}

// notice is C11. It knows no score and no rank.
func (b *Bench) notice(p *Publicity) templates.NoticeData {
	call, office := b.Settings.Call, b.Settings.Office
	n := templates.NoticeData{Title: call.Title, Year: strconv.Itoa(call.Deadline.In(intake.Zone()).Year()),
		Call: cmp.Or(call.Notice, office.Department()+"关于征集"+call.Title+"的通知"), Document: call.Document, Office: office.Department(), Division: office.Section(), Count: len(p.Numbers),
		From: longDay(p.From), To: longDay(p.Until), Days: p.Days, Contact: office.Contact, Phone: office.Phone,
		Email: b.Settings.Mailbox.Address, Address: office.Address, Supervision: office.Supervision, Date: longDay(p.From),
		Before: b.noticedBefore()}
	if first := b.cases(p.Numbers); len(first) > 0 {
		n.First = first[0].Case
	}
	return n
}

// rows are cases in a published list.
func (b *Bench) rows(numbers []string) []templates.ListRow {
	var out []templates.ListRow
	for _, c := range b.cases(numbers) {
		out = append(out, templates.ListRow{Field: b.fieldOf(c), Unit: c.Unit, Case: c.Case, City: c.City})
	}
	return out
}

// listed puts cases in the order of a published list: by field as the call names
// them, then by the unit's name as dictionaries do (pinyin).
func (b *Bench) listed(numbers []string) []string {
	cases, names := b.cases(numbers), collate.New(language.Chinese)
	at := func(c *intake.Case) int {
		if i := slices.Index(b.Settings.Call.Fields, b.fieldOf(c)); i >= 0 {
			return i
		}
		return len(b.Settings.Call.Fields)
	}
	slices.SortStableFunc(cases, func(x, y *intake.Case) int {
		return cmp.Or(cmp.Compare(at(x), at(y)), names.CompareString(x.Unit, y.Unit), cmp.Compare(x.Number, y.Number))
	})
	return numbersOf(cases)
}

// fieldOf is the field under which a case is listed: of several the first that
// the call names, unless its bureau named another.
func (b *Bench) fieldOf(c *intake.Case) string {
	if slices.Contains(c.Categories, c.Main) {
		return c.Main
	}
	for _, f := range b.Settings.Call.Fields {
		if slices.Contains(c.Categories, f) {
			return f
		}
	}
	return ""
}

func longDay(t time.Time) string { return t.In(intake.Zone()).Format("2006年1月2日") }

// Objectionable: the list is public and nothing is awarded yet.
func (b *Bench) Objectionable() bool { return b.List.Public != nil && b.List.Award == nil }
