package score

import (
	"strings"
	"unicode"
)

// number is a number as it stands in a line.
type number struct {
	value  int    // hundredths
	of     int    // hundredths of y in x/y, 0 if there is none
	flaw   Reason // why it is no certain score, "" if nothing speaks against it
	counts bool   // it counts something or belongs to a word: 27项, 30%, 第3
	points bool   // 分 follows
	weak   bool   // what follows may count things or begin a comment: 9 成本高
	soft   bool   // certain only among others like it: words are glued to it
	marker bool   // it numbers a point of a list: 1、 2. 3)
}

// certain tells a number that can be a score as far as it is seen alone.
func (n number) certain() bool { return n.flaw == "" && !n.counts && !n.marker }

// loose tells a number that could be meant as a score.
func (n number) loose() bool { return !n.counts && !n.weak && !n.marker && n.value <= 100_00 }

var (
	// what follows a number that counts things
	units = []string{"个", "項", "项", "家", "万", "亿", "千", "元", "%", "‰", "年", "月", "日", "号", "時", "时", "点", "倍", "名", "人", "件", "次", "户", "吨", "期", "届", "条", "套", "篇", "张", "座", "台", "辆", "亩", "米", "公里", "平方", "平米", "天", "周", "小时", "秒", "种", "类", "级", "位", "场", "岁", "批", "省", "市", "县", "镇", "村", "国", "类", "款", "余", "强", "百", "页", "字", "门", "票", "单", "斤", "公斤", "克", "度", "折", "成", "代", "大", "方面", "层", "步", "环", "星", "美元", "欧元", "分钟", "分之", "分店", "分公司", "分支", "分会", "分点", "后", "前", "多", "来", "几", "世纪", "段", "份", "章", "节", "款", "所", "间", "站", "端"}
	// those that hardly begin another word
	measures = []string{"%", "‰", "万", "亿", "元", "倍", "吨", "公里", "平方", "平米", "小时", "分钟", "美元", "欧元", "公斤"}
	// what follows a number that is not meant exactly
	hedges = []string{"左右", "上下", "以上", "以下", "以内", "之间", "出头", "不到", "吧", "待定", "暂定", "再定", "?", "？", "多分", "几分", "余分", "来分", "或", "~", "+", "-"}
)

// numberAt reads a number that begins at i; end is behind it and behind 分.
func (s *scanner) numberAt(i int) (n number, end int, ok bool) {
	t := s.text
	if !isDigit(t[i]) {
		return s.chineseAt(i)
	}
	k := i
	for k < len(t) && isDigit(t[k]) {
		k++
	}
	whole := string(t[i:k])
	fraction := ""
	if k+1 < len(t) && t[k] == '.' && isDigit(t[k+1]) {
		m := k + 1
		for m < len(t) && isDigit(t[m]) {
			m++
		}
		fraction, k = string(t[k+1:m]), m
	}
	if s.isOther(i, k, whole) {
		return number{}, 0, false
	}
	fraction = strings.TrimRight(fraction, "0")
	n.value = hundredths(whole, fraction)
	if len(fraction) > 2 {
		n.flaw = UnclearNumber
	}
	k = s.denominator(k, &n)
	return n, s.behind(i, k, &n, false), true
}

// isOther tells digits that are part of something else: a word, a date, a time, a
// telephone, a version, a figure with thousands.
func (s *scanner) isOther(i, k int, whole string) bool {
	next, after := s.at(k), s.at(k+1)
	before := s.at(i - 1)
	switch {
	case len(whole) > 3, isLatin(next), isLatin(before), before == '第':
		return true
	case next == '.' && isDigit(after): // 2.3.1
		return true
	case before == ':' && isDigit(s.at(i-2)) && isDigit(s.at(i-3)) && !isDigit(s.at(i-4)) && len(whole) == 2: // :33
		return true
	case next == ':' && isDigit(after) && isDigit(s.at(k+2)) && !isDigit(s.at(k+3)): // 10:21
		return true
	case before == '.' && isDigit(s.at(i-2)):
		return true
	case next == ',' && isDigit(after) && isDigit(s.at(k+2)) && isDigit(s.at(k+3)) && !isDigit(s.at(k+4)):
		return true
	}
	return len(whole) > 1 && whole[0] == '0' && len(whole) != 2 || s.isDate(i, k)
}

// isDate tells 2024-11-12 and 11/12/2024 by the year beside it.
func (s *scanner) isDate(i, k int) bool {
	year := func(a int) bool {
		if a < 0 || a+4 > len(s.text) {
			return false
		}
		y := string(s.text[a : a+4])
		return (strings.HasPrefix(y, "20") || strings.HasPrefix(y, "19")) && isDigit(s.text[a+2]) && isDigit(s.text[a+3]) && !isDigit(s.at(a-1)) && !isDigit(s.at(a+4))
	}
	mark := func(r rune) bool { return r == '-' || r == '/' || r == '.' }
	if mark(s.at(i-1)) && year(i-5) || mark(s.at(k)) && year(k+1) {
		return true
	}
	for a := i - 8; a <= i-6; a++ { // the day
		if year(a) && mark(s.at(a+4)) && mark(s.at(i-1)) {
			return true
		}
	}
	return false
}

func hundredths(whole, fraction string) int {
	v := 0
	for _, r := range whole {
		v = v*10 + int(r-'0')
	}
	fraction = (fraction + "00")[:2]
	return v*100 + int(fraction[0]-'0')*10 + int(fraction[1]-'0')
}

// denominator reads /30 behind a number; in 27/22/18 there is none.
func (s *scanner) denominator(k int, n *number) int {
	t := s.text
	m := s.skipSpace(k)
	if m < len(t) && t[m] == '分' {
		m = s.skipSpace(m + 1)
	}
	if s.at(m) != '/' {
		return k
	}
	m = s.skipSpace(m + 1)
	e := m
	for e < len(t) && isDigit(t[e]) {
		e++
	}
	if e == m || e-m > 3 || s.at(e) == '.' && isDigit(s.at(e+1)) || s.at(s.skipSpace(e)) == '/' || s.slashed {
		s.slashed = e > m // a chain: the numbers that follow are members, too
		return k
	}
	n.of = hundredths(string(t[m:e]), "")
	return e
}

// behind judges a number by what follows it, and returns where reading goes on.
func (s *scanner) behind(i, k int, n *number, chinese bool) int {
	t := s.text
	m := s.skipSpace(k)
	if s.at(m) == '分' && !s.startsUnit(m) {
		n.points = true
		k = m + 1
		if s.at(k) == '半' {
			n.value, k = n.value+50, k+1
		}
		m = s.skipSpace(k)
	}
	if m >= len(t) {
		return k
	}
	glued := m == k
	rest := t[m:]
	switch {
	case s.hedged(m):
		n.flaw = UnclearNumber
	case rest[0] == '%' || rest[0] == '‰':
		n.counts, n.flaw = true, UnclearNumber
	case !n.points && hasAny(rest, units) && !s.known(m):
		n.counts = glued || hasAny(rest, measures)
		n.weak = !n.counts
	case s.listMark(i, k, m, n):
		n.marker = true
	case glued && (unicode.IsLetter(rest[0]) || isDigit(rest[0])) && !s.known(m):
		switch {
		case !n.points:
			n.flaw, n.counts = UnclearNumber, chinese
		case chinese:
			n.soft = true
		}
	}
	if chinese && n.flaw != "" && !n.points && !s.hedged(m) {
		n.counts = true
	}
	return k
}

// hedged tells words at m that take back the exactness of the number before.
func (s *scanner) hedged(m int) bool {
	rest := s.text[m:]
	for _, h := range hedges {
		if !hasPrefix(rest, h) {
			continue
		}
		switch h {
		case "+", "-", "~", "或": // what joins two numbers is judged with both
			k := s.skipSpace(m + 1)
			if k < len(s.text) && (isDigit(s.text[k]) || isChinese(s.text[k]) || h == "-" && s.known(k)) {
				return false
			}
			if h == "-" && k < len(s.text) && s.at(k) != ',' && s.at(k) != '，' && s.at(k) != '。' && s.at(k) != ')' {
				return false // a dash before words
			}
		}
		return true
	}
	return false
}

// listMark tells 1、技术先进 and 2. 模式新: a small whole number, a mark, words.
func (s *scanner) listMark(i, k, m int, n *number) bool {
	if n.value > 20_00 || n.value%100 != 0 || n.points || n.of > 0 || k != m {
		return false
	}
	switch s.at(m) {
	case '、', '.', ')':
	default:
		return false
	}
	if s.at(m) == ')' && s.at(i-1) == '(' && n.value > 3_00 {
		return false
	}
	e := s.skipSpace(m + 1)
	return e < len(s.text) && unicode.IsLetter(s.text[e]) && !isChinese(s.text[e]) && (s.atStart(i) || !s.scores(e))
}

// scores tells whether something known that has a number begins at i: 效益22 behind
// 27、, not 技术先进 behind 1、.
func (s *scanner) scores(i int) bool {
	if _, end, ok := s.criterionAt(i); ok {
		for k := end; k < min(len(s.text), end+8) && !strings.ContainsRune(",，。;、\t", s.text[k]); k++ {
			if isDigit(s.text[k]) {
				return true
			}
			if !isChinese(s.text[k]) {
				continue
			}
			for isChinese(s.at(k)) {
				k++
			}
			if r := s.at(k); r == '分' || r == '点' || !isWord(r) {
				return true
			}
		}
		return false
	}
	return s.known(i)
}

func (s *scanner) startsUnit(m int) bool {
	return hasAny(s.text[m:], []string{"分钟", "分之", "分店", "分公司", "分支", "分会", "分点", "分成", "分布", "分析", "分类", "分级", "分别", "分拣", "分销"})
}
