package bot

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"anli/intake"
	"anli/parser/command"
)

// Lists that staff mail as a table: the bureaus' addresses (市局邮箱表) and the days
// that differ from Monday to Friday (节假日). What they would change is shown; 确认
// takes them.

// tablesOf are the rows of all tables among a mail's files.
func (a *arrived) tablesOf(pieces []intake.Piece) (rows [][]string) {
	for _, p := range pieces {
		for _, t := range a.sitting.Reading(p.SHA256).Tables {
			rows = append(rows, t...)
		}
	}
	return rows
}

var mailAddress = regexp.MustCompile(`[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9]`)

// addressList reads 市局邮箱表: rows with a city and one or more addresses. Rows
// without an address are headings.
func (a *arrived) addressList(pieces []intake.Piece) (list [][2]string, problems []string) {
	for i, row := range a.tablesOf(pieces) {
		var addresses []string
		city := ""
		for _, cell := range row {
			addresses = append(addresses, mailAddress.FindAllString(cell, -1)...)
			if c, wrong := a.cities(strings.TrimSuffix(strings.TrimSpace(cell), "商务局")); wrong == "" && city == "" {
				city = c
			}
		}
		if len(addresses) > 0 && city == "" {
			problems = append(problems, fmt.Sprintf("第%d行：未写明地市", i+1))
		}
		for _, addr := range addresses {
			addr = strings.ToLower(addr)
			switch whose := a.othersAddress(addr); {
			case whose != "":
				problems = append(problems, fmt.Sprintf("第%d行：%s是%s", i+1, addr, whose))
			case city != "":
				list = withAddress(list, addr, city)
			}
		}
	}
	return list, problems
}

// withAddress puts an address on the list; one that stands there serves another city, too.
func withAddress(list [][2]string, addr, city string) [][2]string {
	for i, x := range list {
		if x[0] == addr {
			list[i][1] = strings.Join(addOnce(strings.Split(x[1], "、"), strings.Split(city, "、")...), "、")
			return list
		}
	}
	return append(list, [2]string{addr, city})
}

// noList says why a list is not taken: it is not there, or rows of it are wrong.
func noList(name, how string, problems []string) string {
	if len(problems) == 0 {
		return "请将" + name + how + "作为附件。"
	}
	problems, more := atMost(problems, keptNamed)
	text := fmt.Sprintf("%s有%d处问题，全部未采用：%s", name, len(problems)+more, strings.Join(problems, "；"))
	if more > 0 {
		text += fmt.Sprintf("；另有%d处", more)
	}
	return text + "。请改正后重新发来。"
}

func (a *arrived) addressEffects() (effects []string, basis, why string) {
	list, problems := a.addressList(a.pieces)
	if len(list) == 0 || len(problems) > 0 {
		return nil, "", noList("市局邮箱表", "（.xlsx或.csv，每行写明地市和邮箱）", problems)
	}
	for _, x := range list {
		switch old := a.sitting.Settings.CityNames(x[0]); {
		case old == x[1]:
		case old != "":
			effects = append(effects, x[0]+"由"+old+"改为"+x[1])
		default:
			effects = append(effects, "新增备案："+x[0]+"（"+x[1]+"）")
		}
	}
	if len(effects) == 0 {
		effects = []string{"各邮箱均已备案，没有变化"}
	}
	return effects, "", ""
}

func (a *arrived) takeAddresses(m intake.Mail) (bool, string) {
	list, problems := a.addressList(m.Files)
	if len(list) == 0 || len(problems) > 0 {
		return false, "邮箱表未能再次读取，请重新发来。"
	}
	waiting, changed := 0, 0
	for _, x := range list {
		if a.sitting.Settings.CityNames(x[0]) != x[1] {
			changed++
		}
		waiting += a.enrolAs(x[0], x[1])
	}
	return true, fmt.Sprintf("已备案市局邮箱%d个（新增或更改%d个）；此前来信%d封已按原到达时间登记。", len(list), changed, waiting)
}

var (
	likeDay   = regexp.MustCompile(`\d\s*[月./-]\s*\d`)
	dayOff    = regexp.MustCompile(`放假|休息|休假|假期|^休$|^假$|^放$`)
	dayWorked = regexp.MustCompile(`上班|补班|工作|^班$`) // not 调休 alone: 放假调休 is off, 调休上班 is not
)

// dayList reads 节假日: rows with a day and 休 or 班; two days in a row's cells are the
// first and the last.
func (a *arrived) dayList(pieces []intake.Piece) (off, worked []string, problems []string) {
	for i, row := range a.tablesOf(pieces) {
		var days []time.Time
		for _, cell := range row {
			if t, ok := command.Day(strings.TrimSpace(cell), a.record.Arrival); ok {
				days = append(days, t)
			}
		}
		rests, works := slices.ContainsFunc(row, matches(dayOff)), slices.ContainsFunc(row, matches(dayWorked))
		switch {
		case len(days) == 0 && slices.ContainsFunc(row, likeDay.MatchString):
			problems = append(problems, fmt.Sprintf("第%d行：日期未能识别", i+1))
		case len(days) == 0: // a heading
		case len(days) > 2 || days[len(days)-1].Before(days[0]) || days[len(days)-1].Sub(days[0]) > 20*24*time.Hour:
			problems = append(problems, fmt.Sprintf("第%d行：日期有误", i+1))
		case works && !rests:
			worked = append(worked, between(days)...)
		case rests && !works:
			off = append(off, between(days)...)
		default: // neither, or both in one row
			problems = append(problems, fmt.Sprintf("第%d行：未写明放假还是上班", i+1))
		}
	}
	return off, worked, problems
}

func matches(re *regexp.Regexp) func(string) bool {
	return func(cell string) bool { return re.MatchString(strings.TrimSpace(cell)) }
}

func between(days []time.Time) (out []string) {
	for d := days[0]; !d.After(days[len(days)-1]); d = d.AddDate(0, 0, 1) {
		out = append(out, d.In(intake.Zone()).Format("2006-01-02"))
	}
	return out
}

func (a *arrived) dayEffects() (effects []string, basis, why string) {
	off, worked, problems := a.dayList(a.pieces)
	if len(off)+len(worked) == 0 || len(problems) > 0 {
		return nil, "", noList("节假日表", "（.xlsx或.csv，每行写明日期和放假或上班）", problems)
	}
	if len(off) > 0 {
		effects = append(effects, "放假："+strings.Join(off, "、"))
	}
	if len(worked) > 0 {
		effects = append(effects, "调休上班："+strings.Join(worked, "、"))
	}
	return append(effects, "此前登记的其他日期不变"), "", ""
}

func (a *arrived) takeDays(m intake.Mail) (bool, string) {
	off, worked, problems := a.dayList(m.Files)
	if len(off)+len(worked) == 0 || len(problems) > 0 {
		return false, "节假日表未能再次读取，请重新发来。"
	}
	c := a.sitting.Settings.Calendar
	a.sitting.SetValue("calendar.holidays", days(c.Holidays, off, worked))
	a.sitting.SetValue("calendar.workdays", days(c.Workdays, worked, off))
	return true, fmt.Sprintf("节假日已更新：放假%d天，调休上班%d天。", len(off), len(worked))
}

// days adds days to a list and takes out those that are now the other kind.
func days(list, add, other []string) []string {
	out := slices.Clone(list)
	for _, d := range add {
		if !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	out = slices.DeleteFunc(out, func(d string) bool { return slices.Contains(other, d) })
	slices.Sort(out)
	return out
}

// dishonest reads 失信名单, the first list among a mail's files.
func (a *arrived) dishonest(pieces []intake.Piece) (list []intake.Dishonest, problems []string, sha string) {
	for _, p := range pieces {
		if list, problems = intake.ReadDishonest(a.sitting.Reading(p.SHA256)); len(list)+len(problems) > 0 {
			return list, problems, p.SHA256
		}
	}
	return nil, nil, ""
}

func (a *arrived) dishonestEffects() (effects []string, basis, why string) {
	list, problems, _ := a.dishonest(a.pieces)
	if len(list) == 0 || len(problems) > 0 {
		return nil, "", noList("失信名单", "（.xlsx或.csv，含名称和统一社会信用代码）", problems)
	}
	return a.sitting.DishonestEffects(list), "", ""
}

func (a *arrived) takeDishonest(m intake.Mail) (bool, string) {
	list, problems, sha := a.dishonest(m.Files)
	if len(list) == 0 || len(problems) > 0 {
		return false, "名单未能再次读取，请重新发来。"
	}
	return a.sitting.SetDishonest(list, intake.List{SHA256: sha, By: a.record.From, Mail: m.SHA256})
}
