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
	numbers := b.listed(b.List.Selected.Numbers)
	effects = []string{
		fmt.Sprintf("公示%d个（按领域、单位名称排列，不含名次和分数）：%s", len(numbers), b.titles(numbers)),
		fmt.Sprintf("公示期%s至%s（%d个工作日）", longDay(from), longDay(until), days),
		"依据：" + b.List.Selected.Basis,
		"公示文稿（.docx）和名单（.xlsx）发给全体工作人员，由贵处在厅网站发布；程序不对外发信",
		"此后名单不能再改；公示期内的异议来信列为急办",
	}
	return effects, hashed(numbers, from, until), ""
}

// notPublic says why the list cannot be made public now.
func (b *Bench) notPublic() string {
	switch {
	case b.List.Public != nil:
		return "已于" + day(b.List.Public.At) + "确定公示，无需重复"
	case b.List.Selected == nil:
		return "尚未确定入选名单，请先“入选”"
	}
	var out []string
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

// Publicise makes the selected public (公示): they become publicised, and every
// member of staff gets the notice and the list. It says why it cannot.
func (b *Bench) Publicise(by, mail string) (why string) {
	if why := b.notPublic(); why != "" {
		return why
	}
	from, until, days := b.period()
	p := &Publicity{Order: b.order(by, mail), Numbers: b.listed(b.List.Selected.Numbers), From: from, Until: until, Days: days}
	for _, c := range b.cases(p.Numbers) {
		b.move(c, intake.StagePublicised)
	}
	b.List.Public = p
	for _, to := range b.Settings.StaffAddresses() {
		b.Put(intake.Post{Key: "publicity/" + p.From.Format("20060102") + "/" + to, To: to, Class: intake.ClassStaff, Template: "publicity",
			Cases: p.Numbers, Data: templates.Publicity{Name: b.Settings.StaffName(to), Notice: b.notice(p), List: b.rows(p.Numbers)}})
	}
	return ""
}

// notice is C11. It knows no score and no rank.
func (b *Bench) notice(p *Publicity) templates.NoticeData {
	call, office := b.Settings.Call, b.Settings.Office
	n := templates.NoticeData{Title: call.Title, Year: strconv.Itoa(call.Deadline.In(intake.Zone()).Year()),
		Call: "广东省商务厅关于征集" + call.Title + "的通知", Document: call.Document, Count: len(p.Numbers),
		From: longDay(p.From), To: longDay(p.Until), Days: p.Days, Contact: office.Contact, Phone: office.Phone,
		Email: b.Settings.Mailbox.Address, Address: office.Address, Supervision: office.Supervision, Date: longDay(p.From)}
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
