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
func (l Line) city(words []string) Line {
	if len(words) == 0 {
		return l
	}
	name := strings.Join(words, " ")
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

// afterVerb lets a colon stand between a verb and what it takes.
func afterVerb(s string) string {
	if i := strings.IndexAny(s, ": \t"); i > 0 {
		return s[:i] + " " + strings.TrimLeft(s[i:], ": \t")
	}
	return s
}

var (
	whenForm = regexp.MustCompile(`^(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?[T\s,]*(凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|晚)?\s*(.*)$`)
	hourForm = regexp.MustCompile(`^(\d{1,2})(?:\s*[:时点]\s*(?:(半|整)|(\d{1,2})\s*分?(?:\s*:?\s*(\d{1,2})\s*秒?)?)?)(?:\s*(?:\+08:?00|Z\+8|左右))?$`)
)

// When reads a time as people write it: 10月29日16:20, 2024-10-29 16:20,
// 10月29日下午4点20分, 10月29日. A day without a time is its beginning; without a year
// it is the last such day up to near, whose zone is meant. ok is false for what is
// no time.
func When(text string, near time.Time) (t time.Time, ok bool) {
	m := whenForm.FindStringSubmatch(plain(text))
	if m == nil {
		return time.Time{}, false
	}
	hour, minute, second, ok := clock(m[4], m[5])
	if !ok {
		return time.Time{}, false
	}
	month, day := figure(m[2]), figure(m[3])
	on := func(year int) time.Time {
		return time.Date(year, time.Month(month), day, hour, minute, second, 0, near.Location())
	}
	if m[1] != "" {
		t = on(figure(m[1]))
	} else if t = on(near.Year()); t.After(near) && on(near.Year()-1).After(near.AddDate(0, -6, 0)) {
		t = on(near.Year() - 1)
	}
	check := time.Date(t.Year(), time.Month(month), day, 0, 0, 0, 0, near.Location())
	return t, check.Month() == time.Month(month) && check.Day() == day // 2月30日 is none
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
