package score

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// mention is a case as it is named. Two cases of one unit are both meant by its
// name, until more is said.
type mention struct {
	cases  []int  // possible cases; none if it is not one of his
	whole  bool   // by its whole number
	code   bool   // by its number, whole or short
	reason Reason // why it is no case of his: Unassigned or UnclearCase
}

// span is where a unit or a case is named.
type span struct {
	a, b  int
	cases []int
}

// spans finds units and cases by their full names, whatever marks and spaces
// stand within. What lies within a longer one is left out.
func (x *lexicon) spans(text []rune) []span {
	if len(text) < 4 {
		return nil
	}
	var packed []rune
	var at []int
	for i, r := range text {
		if isWord(r) {
			packed, at = append(packed, r), append(at, i)
		}
	}
	line := string(packed)
	found := map[[2]int][]int{}
	for i, c := range x.cases {
		for _, name := range []string{c.unit, c.name} {
			n := utf8.RuneCountInString(name)
			if n < 4 {
				continue
			}
			for _, from := range indexAll(line, name) {
				key := [2]int{at[from], at[from+n-1] + 1}
				if !slices.Contains(found[key], i) {
					found[key] = append(found[key], i)
				}
			}
		}
	}
	var out []span
	for k, cases := range found {
		slices.Sort(cases)
		out = append(out, span{k[0], k[1], cases})
	}
	slices.SortFunc(out, func(p, q span) int { return cmp.Or(p.a-q.a, q.b-p.b) })
	return slices.DeleteFunc(out, func(p span) bool {
		for _, q := range out {
			if q.a <= p.a && p.b <= q.b && q.b-q.a > p.b-p.a {
				return true
			}
		}
		return false
	})
}

// indexAll gives where part begins in s, in runes.
func indexAll(s, part string) []int {
	var out []int
	base := 0
	for {
		i := strings.Index(s[base:], part)
		if i < 0 || len(out) == 20 {
			return out
		}
		out = append(out, utf8.RuneCountInString(s[:base+i]))
		base += i + len(part)
	}
}

// caseAt reads a mention that begins at i.
func (s *scanner) caseAt(i int) (mention, int, bool) {
	for _, sp := range s.spans {
		if sp.a == i {
			return mention{cases: sp.cases}, sp.b, true
		}
	}
	if m, end, ok := s.wholeNumber(i); ok {
		return m, end, true
	}
	if m, end, ok := s.fourDigits(i); ok {
		return m, end, true
	}
	if m, end, ok := s.numbered(i); ok {
		return m, end, true
	}
	return s.ordinal(i)
}

// wholeNumber reads AL2024-0007, however it is spaced.
func (s *scanner) wholeNumber(i int) (mention, int, bool) {
	if !hasPrefix(s.text[i:], "AL") || isLatin(s.at(i-1)) {
		return mention{}, 0, false
	}
	k := i + 2
	for s.at(k) == ' ' || s.at(k) == '-' {
		k++
	}
	year, k := s.digits(k)
	if len(year) == 8 {
		return s.x.byNumber("AL"+year, true), k, true
	}
	if len(year) != 4 {
		return mention{}, 0, false
	}
	for s.at(k) == ' ' || s.at(k) == '-' {
		k++
	}
	tail, end := s.digits(k)
	if len(tail) == 0 || len(tail) > 4 {
		return mention{}, 0, false
	}
	return s.x.byNumber("AL"+year+strings.Repeat("0", 4-len(tail))+tail, true), end, true
}

// fourDigits reads 0007 and 2024-0007 standing by themselves.
func (s *scanner) fourDigits(i int) (mention, int, bool) {
	if !isDigit(s.text[i]) || isDigit(s.at(i-1)) || isLatin(s.at(i-1)) || s.at(i-1) == '.' {
		return mention{}, 0, false
	}
	if (s.at(i-1) == ' ' || s.at(i-1) == '-') && isDigit(s.at(i-2)) && isDigit(s.at(i-3)) && isDigit(s.at(i-4)) && !s.caseBefore(i-1) { // 139 0000 1127
		return mention{}, 0, false
	}
	d, end := s.digits(i)
	if tail, _ := s.digits(s.skipSpace(end)); len(d) != 4 || len(tail) > 3 && !s.caseFollows(end) {
		return mention{}, 0, false
	}
	if s.at(end) == '-' {
		if tail, e := s.digits(end + 1); len(tail) == 4 && tail[0] == '0' && s.x.yearOf(d) {
			return s.x.byNumber("AL"+d+tail, false), e, true
		}
	}
	if isLatin(s.at(end)) || s.at(end) == '.' && isDigit(s.at(end+1)) || s.at(end) == '%' {
		return mention{}, 0, false
	}
	if d[0] != '0' && (s.x.byTail(d).reason != "" || hasAny(s.text[s.skipSpace(end):], units)) {
		return mention{}, 0, false
	}
	if s.at(end) == '号' {
		end++
	}
	return s.x.byTail(d), end, true
}

// numbered reads 7号, 第7号, NO.7, #7.
func (s *scanner) numbered(i int) (mention, int, bool) {
	k, lead := i, false
	for _, w := range []string{"第", "NO.", "NO", "#", "编号"} {
		if hasPrefix(s.text[i:], w) {
			k, lead = s.skipSpace(i+len([]rune(w))), w != "第"
			if s.at(k) == ':' && w == "编号" {
				k = s.skipSpace(k + 1)
			}
			break
		}
	}
	if s.at(k-1) == '月' || isDigit(s.at(k-1)) || isLatin(s.at(i-1)) || s.at(k-1) == '.' && !lead {
		return mention{}, 0, false
	}
	d, end := s.digits(k)
	if len(d) == 0 || len(d) > 4 {
		return mention{}, 0, false
	}
	after := s.skipSpace(end)
	if s.at(after) != '号' {
		if !lead || isLatin(s.at(end)) || s.at(end) == '.' && isDigit(s.at(end+1)) {
			return mention{}, 0, false
		}
		after = end - 1
	} else if rest := s.text[after+1:]; len(rest) > 0 && isWord(rest[0]) && !s.known(after+1) && !hasAny(rest, []string{"案例", "项目", "作品", "单位", "企业", "的"}) && !isDigit(rest[0]) {
		return mention{}, 0, false // 7号楼
	}
	m := s.x.byTail(strings.Repeat("0", 4-len(d)) + d)
	if n := hundredths(d, "") / 100; s.x.places && n >= 1 && n <= len(s.x.cases) {
		m = mention{cases: []int{n - 1}}
	} else if n := int(d[len(d)-1] - '0'); len(d) == 1 && !s.x.codes && n >= 1 && n <= len(s.x.cases) && len(m.cases) == 1 && m.cases[0] != n-1 {
		m = mention{reason: UnclearCase} // the seventh of the list is another
	}
	return m, after + 1, true
}

var numberWord = regexp.MustCompile(`(?:^|[^\d月.])(\d{1,3})号`)

// numberWords finds out what 3号 is meant as. If every such number in the answer is
// a case's and at least one can be no place in the list, they are cases' numbers; if
// they are the places from the first to the last, or are said to be places, and not
// all of them are cases' numbers, they are places.
func (r *reader) numberWords(ls []line) {
	seen, codes, beyond, said := map[int]bool{}, true, false, false
	for i := range ls {
		if ls[i].state != his || ls[i].own {
			continue
		}
		text := string(ls[i].text)
		said = said || listPlaces.MatchString(text)
		for _, m := range numberWord.FindAllStringSubmatch(text, -1) {
			n := hundredths(m[1], "") / 100
			seen[n] = true
			codes = codes && r.x.byTail(fmt.Sprintf("%04d", n)).reason == ""
			beyond = beyond || n < 1 || n > len(r.x.cases)
		}
	}
	x := *r.x
	switch {
	case len(seen) == 0:
		return
	case codes && beyond:
		x.codes = true
	case !codes && !beyond && (said || len(seen) == len(r.x.cases)):
		x.places = true
	}
	r.x = &x
}

var listPlaces = regexp.MustCompile(`(?:清单|列表|名单|来信|目录)[^,，。;；]{0,6}(?:序号|顺序|次序|排序)|按序号|序号为准`)

// caseBefore tells whether a case's number ends at i.
func (s *scanner) caseBefore(i int) bool {
	n := len(s.items)
	if n > 1 && s.items[n-1].kind == kMark && s.items[n-1].a == i {
		n--
	}
	return n > 0 && s.items[n-1].kind == kCase && s.items[n-1].b == i
}

// caseFollows tells whether the digits behind i are a case's number.
func (s *scanner) caseFollows(i int) bool {
	d, _ := s.digits(s.skipSpace(i))
	return len(d) == 4 && s.x.byTail(d).reason == ""
}

// ordinal reads 第二个, which counts the list of the letter, and 案例7, which may
// be meant as a number, too: it is a case only where there is no doubt.
func (s *scanner) ordinal(i int) (mention, int, bool) {
	k := i
	lead := ""
	for _, w := range []string{"第", "案例", "项目"} {
		if hasPrefix(s.text[i:], w) {
			lead, k = w, s.skipSpace(i+len([]rune(w)))
			break
		}
	}
	if lead == "" {
		return mention{}, 0, false
	}
	if lead != "第" && (k != i+2 || i > 0 && isWord(s.at(i-1)) || s.caseBefore(i) || s.caseBefore(i-1)) {
		return mention{}, 0, false // 顺品案例 27
	}
	d, end := s.digits(k)
	n := 0
	for _, r := range d {
		n = n*10 + int(r-'0')
	}
	if d == "" {
		end = k
		for end < len(s.text) && isChinese(s.text[end]) {
			end++
		}
		n, _ = chineseWhole(s.text[k:end])
	}
	if end == k || n == 0 || n > 999 || s.at(end) == '.' && isDigit(s.at(end+1)) || lead != "第" && hasAny(s.text[s.skipSpace(end):], units) {
		return mention{}, 0, false
	}
	if lead == "第" {
		if !hasAny(s.text[end:], []string{"个", "家", "份", "例"}) {
			return mention{}, 0, false
		}
		end++
	} else if next := s.at(s.skipSpace(end)); next != 0 && isWord(next) && !isDigit(next) && s.skipSpace(end) == end {
		return mention{}, 0, false
	}
	m := s.x.byTail(fmt.Sprintf("%04d", n))
	switch {
	case len(m.cases) == 0 && n <= len(s.x.cases):
		return mention{cases: []int{n - 1}}, end, true
	case len(m.cases) == 1 && (n > len(s.x.cases) || m.cases[0] == n-1):
		return m, end, true
	case lead == "第" && n <= len(s.x.cases):
		return mention{cases: []int{n - 1}}, end, true
	}
	return mention{reason: UnclearCase}, end, true
}

// digits reads a run of digits.
func (s *scanner) digits(i int) (string, int) {
	k := i
	for isDigit(s.at(k)) {
		k++
	}
	if k == i {
		return "", i
	}
	return string(s.text[i:k]), k
}

func (x *lexicon) byNumber(number string, whole bool) mention {
	for i, c := range x.cases {
		if c.number == number {
			return mention{cases: []int{i}, whole: whole, code: true}
		}
	}
	return mention{reason: Unassigned, whole: whole, code: true}
}

func (x *lexicon) byTail(tail string) mention {
	m := mention{code: true}
	for i, c := range x.cases {
		if c.tail == tail {
			m.cases = append(m.cases, i)
		}
	}
	if len(m.cases) == 0 {
		m.reason = Unassigned
	}
	return m
}

func (x *lexicon) yearOf(year string) bool {
	for _, c := range x.cases {
		if strings.HasPrefix(c.number, "AL"+year) {
			return true
		}
	}
	return false
}
