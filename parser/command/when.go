package command

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// broughtIn reads what follows the city in `登记 <市> 到达 <时间> 依据 …`: what came by
// another way counts as of when it came, and the record says why.
var broughtIn = regexp.MustCompile(`^到达(?:时间)?\s*[:为是]?\s*(.*?)[\s,;、]*(?:依据\s*[:为是]?\s*(.*))?$`)

// city reads 登记 [市 [到达 时间 依据 …]]. Args are the city and the time as written,
// Rest is the basis; without 到达, Rest is what follows the city.
func (l Line) city(name string) Line {
	if name == "" {
		return l
	}
	if i := strings.IndexAny(name, apart); i > 0 {
		name, l.Rest = name[:i], strings.TrimLeft(name[i:], apart)
	}
	l.Args = []string{name}
	m := broughtIn.FindStringSubmatch(l.Rest)
	if m == nil {
		return l
	}
	if m[1] == "" || strings.TrimSpace(m[2]) == "" {
		l.Verb, l.Why = "", "到达时间须写明依据，写法为“登记 "+name+" 到达 10月29日16:20 依据 …”"
		return l
	}
	l.Args, l.Rest = append(l.Args, m[1]), strings.TrimSpace(m[2])
	return l
}

// apart stands between a city and what follows.
const apart = " ,;、"

var (
	whenForm = regexp.MustCompile(`^(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?[T\s,]*(凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|晚)?\s*(.*)$`)
	hourForm = regexp.MustCompile(`^(\d{1,2})(?:\s*[:时点]\s*(?:(半|整)|(\d{1,2})\s*分?(?:\s*:?\s*(\d{1,2})\s*秒?)?)?)(?:\s*(?:\+08:?00|Z\+8|左右))?$`)
)

// moment is a day and a time of day as they are written.
type moment struct {
	year, month, day     int // year 0: none is written
	hour, minute, second int
	timed                bool // a time of day is written
}

func readMoment(text string) (m moment, ok bool) {
	parts := whenForm.FindStringSubmatch(plain(text))
	if parts == nil {
		return moment{}, false
	}
	m = moment{year: figure(parts[1]), month: figure(parts[2]), day: figure(parts[3]), timed: parts[5] != ""}
	m.hour, m.minute, m.second, ok = clock(parts[4], parts[5])
	return m, ok
}

// in is the moment in a year; ok is false for 2月30日.
func (m moment) in(year int, zone *time.Location) (t time.Time, ok bool) {
	day := time.Date(year, time.Month(m.month), m.day, 0, 0, 0, 0, zone)
	return time.Date(year, time.Month(m.month), m.day, m.hour, m.minute, m.second, 0, zone), day.Month() == time.Month(m.month) && day.Day() == m.day
}

// When reads a time as people write it: 10月29日16:20, 2024-10-29 16:20,
// 10月29日下午4点20分, 10月29日. A day without a time is its beginning; without a year
// it is the last such day up to near, whose zone is meant. ok is false for what is
// no time.
func When(text string, near time.Time) (t time.Time, ok bool) {
	m, ok := readMoment(text)
	if !ok {
		return time.Time{}, false
	}
	if m.year != 0 {
		return m.in(m.year, near.Location())
	}
	t, ok = m.in(near.Year(), near.Location())
	if before, _ := m.in(near.Year()-1, near.Location()); t.After(near) && before.After(near.AddDate(0, -6, 0)) {
		return m.in(near.Year()-1, near.Location())
	}
	return t, ok
}

// Day reads a day as people write it, and gives its beginning: 11月8日, 2024-11-08,
// 2024.11.8, 20241108, 十一月八日, 11月8日（周五）. Without a year it is the nearest such
// day to now, whose zone is meant. ok is false for what is no day, or has another
// day of the week.
func Day(text string, now time.Time) (t time.Time, ok bool) {
	m, weekday, ok := readDay(text)
	if !ok || m.timed {
		return time.Time{}, false
	}
	return m.nearest(now, weekday)
}

// Until reads up to when something may be done, and gives the last second that
// counts: the end of a day, or the time that is written with it (11月8日17:00;
// 24时 is the day's end). Otherwise it reads as Day does.
func Until(text string, now time.Time) (t time.Time, ok bool) {
	m, weekday, ok := readDay(text)
	if !ok {
		return time.Time{}, false
	}
	if !m.timed || m.hour == 24 {
		m.hour, m.minute, m.second = 23, 59, 59
	}
	return m.nearest(now, weekday)
}

// dated: the text has the form of what Until reads.
func dated(text string) bool {
	_, _, ok := readDay(text)
	return ok
}

var (
	weekdayForm = regexp.MustCompile(`[(\[]?\s*(?:周|星期|礼拜)([一二三四五六日天])\s*[)\]]?`)
	solidForm   = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	chineseForm = regexp.MustCompile(`([〇零○一二三四五六七八九十]+)\s*([年月日号])`)
)

// readDay reads a day and the day of the week beside it, -1 if there is none.
func readDay(text string) (m moment, weekday int, ok bool) {
	text, weekday = plain(text), -1
	if w := weekdayForm.FindStringSubmatch(text); w != nil {
		weekday = strings.Index("日一二三四五六", w[1]) / len("日") // 天 is -1/3 = 0, too
		text = weekdayForm.ReplaceAllString(text, " ")
	}
	text = chineseForm.ReplaceAllStringFunc(text, func(s string) string {
		part := chineseForm.FindStringSubmatch(s)
		return strconv.Itoa(chineseFigure(part[1])) + part[2]
	})
	m, ok = readMoment(solidForm.ReplaceAllString(text, "$1-$2-$3"))
	return m, weekday, ok
}

// chineseFigure reads 二〇二四 and 十一.
func chineseFigure(s string) int {
	tens, ones, found := strings.Cut(s, "十")
	if !found {
		n := 0
		for _, r := range s {
			n = n*10 + strings.IndexRune("〇一二三四五六七八九", r)/len("一") // 零 and ○ are -1/3, too
		}
		return n
	}
	n := 10
	if tens != "" {
		n = 10 * chineseFigure(tens)
	}
	return n + chineseFigure(ones)
}

// nearest is the moment in the year that is written, else in that which brings it
// nearest to now.
func (m moment) nearest(now time.Time, weekday int) (best time.Time, ok bool) {
	years := []int{m.year}
	if m.year == 0 {
		years = []int{now.Year(), now.Year() + 1, now.Year() - 1}
	}
	for _, y := range years {
		t, exists := m.in(y, now.Location())
		if exists && (!ok || t.Sub(now).Abs() < best.Sub(now).Abs()) {
			best, ok = t, true
		}
	}
	return best, ok && (weekday < 0 || int(best.Weekday()) == weekday)
}

// clock reads the time of day; "" is its beginning.
func clock(part, text string) (hour, minute, second int, ok bool) {
	if text = strings.TrimSpace(text); text == "" {
		return 0, 0, 0, part == ""
	}
	m := hourForm.FindStringSubmatch(text)
	if m == nil {
		return 0, 0, 0, false
	}
	hour, minute, second = figure(m[1]), figure(m[3]), figure(m[4])
	if m[2] == "半" {
		minute = 30
	}
	switch part {
	case "下午", "傍晚", "晚上", "夜里", "晚":
		if hour < 12 {
			hour += 12
		}
	case "中午":
		if hour < 4 {
			hour += 12
		}
	}
	return hour, minute, second, hour < 24 && minute < 60 && second < 60 || hour == 24 && minute+second == 0
}

func figure(s string) int {
	n, _ := strconv.Atoi(s) // at most four digits, or nothing
	return n
}
