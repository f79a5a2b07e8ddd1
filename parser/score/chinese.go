package score

import (
	"slices"
	"strings"
)

const chineseDigits = "零一二三四五六七八九"

func isChinese(r rune) bool {
	return strings.ContainsRune(chineseDigits, r) || strings.ContainsRune("〇两十廿卅百", r)
}

// chineseAt reads 二十八, 九点五, 廿六.
func (s *scanner) chineseAt(i int) (n number, end int, ok bool) {
	t := s.text
	if !isChinese(t[i]) {
		return number{}, 0, false
	}
	k := i
	for k < len(t) && isChinese(t[k]) {
		k++
	}
	whole, sure := chineseWhole(t[i:k])
	n.value = whole * 100
	if s.at(k) == '点' && isChinese(s.at(k+1)) {
		m := k + 1
		fraction := ""
		for m < len(t) && isChinese(t[m]) {
			d := chineseDigit(t[m])
			if d < 0 {
				sure = false
				d = 0
			}
			fraction += string(rune('0' + d))
			m++
		}
		if len(fraction) > 2 {
			sure = false
		}
		n.value, k = whole*100+hundredths("0", fraction), m
	}
	if !sure {
		n.flaw = UnclearNumber
	}
	end = s.behind(i, k, &n, true)
	if n.soft && k-i == 1 && t[i] == '十' {
		n.counts = true // 十分突出
	}
	return n, end, true
}

func chineseDigit(r rune) int {
	switch r {
	case '〇':
		return 0
	case '两':
		return 2
	}
	return slices.Index([]rune(chineseDigits), r)
}

// chineseWhole reads a whole number below 200; false where digits just follow one
// another or the order is odd.
func chineseWhole(s []rune) (int, bool) {
	v, digit, sure := 0, -1, true
	for _, r := range s {
		d := chineseDigit(r)
		switch {
		case d >= 0:
			if digit > 0 {
				sure = false
			}
			digit = d
		case r == '百':
			v, digit = v+100*max(digit, 1), -1
		case r == '十':
			v, digit = v+10*max(digit, 1), -1
		case r == '廿':
			v += 20
		case r == '卅':
			v += 30
		}
	}
	return v + max(digit, 0), sure && len(s) <= 5
}
