package form

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// DateBlank stands for the printed 年 月 日 with nothing in it.
const DateBlank = "-"

var (
	writtenDate = regexp.MustCompile(`(20\d\d|[〇○零一二三四五六七八九]{4})年(\d{1,2}|[一二三四五六七八九十]{1,2})月(\d{1,2}|[一二三四五六七八九十]{1,3})日`)
	shortDate   = regexp.MustCompile(`(20\d\d)[./\-](\d{1,2})[./\-](\d{1,2})(?:\D|$)`)
	printedDate = regexp.MustCompile(`^_*年_*月_*日|\D年_*月_*日`)
)

// dateOf is the last date in the text under a seal, as 2006-01-02; DateBlank where
// the form's own 年 月 日 is empty; "" where there is neither.
func dateOf(text string) string {
	text = compact(text)
	for _, pattern := range []*regexp.Regexp{writtenDate, shortDate} {
		all := pattern.FindAllStringSubmatch(text, -1)
		for i := len(all) - 1; i >= 0; i-- {
			y, m, d := numeral(all[i][1]), numeral(all[i][2]), numeral(all[i][3])
			day := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
			if day.Year() == y && int(day.Month()) == m && day.Day() == d {
				return fmt.Sprintf("%04d-%02d-%02d", y, m, d)
			}
		}
	}
	if printedDate.MatchString(text) {
		return DateBlank
	}
	return ""
}

// numeral reads 2024, 二〇二四, 十一, 二十三; 0 if it is none.
func numeral(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	n, ten := 0, false
	for _, r := range s {
		if r == '十' {
			n, ten = max(n, 1)*10, true
			continue
		}
		digit := strings.IndexRune("〇一二三四五六七八九", r) / len("〇")
		if r == '零' || r == '○' {
			digit = 0
		}
		if ten {
			n += digit
		} else {
			n = n*10 + digit
		}
	}
	return n
}
