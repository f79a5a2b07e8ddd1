package mail

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Dates as mails carry them: RFC 5322, C and Java forms, and Chinese or ISO
// ones that home-made programs write.
var (
	dateRFC = regexp.MustCompile(`(?i)(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?[\s-]+(\d{2,4}),?\s+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(.*)`)
	dateC   = regexp.MustCompile(`(?i)([a-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(.*?)\s*\b((?:19|20)\d{2})\b(.*)`)
	dateISO = regexp.MustCompile(`(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?[T\s]*(?:\(?（?(?:星期|周|礼拜).[)）]?)?[,，\s]*(凌晨|早上|上午|中午|下午|晚上|AM|PM)?\s*(\d{1,2})\s*[:：时点]\s*(\d{1,2})(?:\s*[:：分]\s*(\d{1,2}))?秒?(.*)`)

	zoneOffset = regexp.MustCompile(`([+-])\s?(\d{1,2}):?(\d{2})?`)
)

const monthNames = "janfebmaraprmayjunjulaugsepoctnovdec"

// china is the zone of a date that names none, and of CST, which in these mails
// is China Standard Time and not the American zone of RFC 5322, 4.3.
var china = time.FixedZone("", 8*3600)

// parseDate reads a Date header. The second result is false if it makes no date.
func parseDate(s string) (time.Time, bool) {
	s = oneLine(Words(s[:min(len(s), 500)]))
	if m := dateRFC.FindStringSubmatch(s); m != nil {
		return makeDate(m[3], monthNumber(m[2]), m[1], m[4:7], zone(m[7]))
	}
	if m := dateISO.FindStringSubmatch(s); m != nil {
		return makeDate(m[1], number(m[2]), m[3], []string{hour24(m[5], m[4]+m[8]), m[6], m[7]}, zone(m[8]))
	}
	if m := dateC.FindStringSubmatch(s); m != nil {
		return makeDate(m[7], monthNumber(m[1]), m[2], m[3:6], zone(m[6]+m[8]))
	}
	return time.Time{}, false
}

// makeDate refuses dates that do not exist.
func makeDate(year string, month int, day string, clock []string, loc *time.Location) (time.Time, bool) {
	y, d := number(year), number(day)
	switch { // RFC 5322, 4.3
	case len(year) == 2 && y < 50:
		y += 2000
	case len(year) <= 3:
		y += 1900
	}
	h, m, s := number(clock[0]), number(clock[1]), number(clock[2])
	if s == 60 {
		s = 59 // leap second
	}
	t := time.Date(y, time.Month(month), d, h, m, s, 0, loc)
	if month < 1 || t.Day() != d || int(t.Month()) != month || t.Hour() != h || t.Minute() != m || s > 59 {
		return time.Time{}, false
	}
	return t, true
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// monthNumber is 0 if there is no such month.
func monthNumber(s string) int {
	i := strings.Index(monthNames, strings.ToLower(s[:3]))
	if i < 0 || i%3 != 0 {
		return 0
	}
	return i/3 + 1
}

// hour24 makes 下午3 into 15.
func hour24(h, half string) string {
	n := number(h)
	half = strings.ToUpper(half)
	switch {
	case n < 12 && (strings.Contains(half, "下午") || strings.Contains(half, "晚上") || strings.Contains(half, "PM")):
		n += 12
	case n == 12 && (strings.Contains(half, "凌晨") || strings.Contains(half, "AM")):
		n = 0
	}
	return strconv.Itoa(n)
}

// zone reads what follows the time: an offset, a name, nothing.
func zone(s string) *time.Location {
	if i := strings.IndexAny(s, "(（"); i > 0 && strings.TrimSpace(s[:i]) != "" {
		s = s[:i]
	}
	if m := zoneOffset.FindStringSubmatch(s); m != nil {
		h, mins := number(m[2]), number(m[3])
		if h <= 14 && mins < 60 {
			off := h*3600 + mins*60
			if m[1] == "-" {
				off = -off
			}
			return time.FixedZone("", off)
		}
	}
	s = strings.ToUpper(strings.Trim(s, " ()."))
	switch {
	case strings.HasPrefix(s, "GMT"), strings.HasPrefix(s, "UT"), s == "Z", strings.HasPrefix(s, "Z "), strings.HasSuffix(s, "Z") && len(s) < 6:
		return time.UTC
	case s == "EST":
		return time.FixedZone("", -5*3600)
	case s == "EDT":
		return time.FixedZone("", -4*3600)
	case s == "PST":
		return time.FixedZone("", -8*3600)
	case s == "PDT":
		return time.FixedZone("", -7*3600)
	case s == "JST", s == "KST":
		return time.FixedZone("", 9*3600)
	}
	return china
}
