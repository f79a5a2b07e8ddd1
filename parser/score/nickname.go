package score

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// settleNames finds cases by what people call them for short, where such words
// stand before scores, and then tells names of criteria from words that only
// contain them.
func (s *scanner) settleNames() {
	if n := s.englishNames(); n > 0 && n < len(s.x.criteria) { // words of a language, not names
		for i := range s.items {
			if s.items[i].english {
				s.items[i].kind = kText
			}
		}
	}
	for i := range s.items {
		it := &s.items[i]
		if it.kind != kText || joins(s.text[it.a:it.b]) || !s.opens(i) || !s.leadsOn(i+1) {
			continue
		}
		if c, ok := s.x.named(s.text[it.a:it.b]); ok && (s.x.ownName(string(s.text[it.a:it.b]), c) || s.first(i)) {
			it.kind, it.mention, it.nickname = kCase, mention{cases: []int{c}}, true
		}
	}
	for i := range s.items {
		it := &s.items[i]
		if it.kind == kCriterion && it.embedded {
			it.embedded = i > 0 && s.items[i-1].kind == kText && s.items[i-1].b == it.a && !joins(s.text[s.items[i-1].a:it.a])
		}
	}
}

// first tells whether nothing but marks stands before item i in its sentence: a word
// of a case's title may name it there, elsewhere it is a word.
func (s *scanner) first(i int) bool {
	for k := i - 1; k >= 0; k-- {
		switch it := s.items[k]; it.kind {
		case kMark:
			if strings.ContainsRune("。;", it.mark) {
				return true
			}
		case kTab, kCase:
		case kText:
			if !joins(s.text[it.a:it.b]) {
				return false
			}
		case kNumber:
			if !it.number.marker && !(k+1 < len(s.items) && s.items[k+1].kind == kMark && s.items[k+1].mark == '.') {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// englishNames counts the criteria that are named in English or by ①.
func (s *scanner) englishNames() int {
	seen := map[int]bool{}
	for _, it := range s.items {
		if it.english {
			seen[it.criterion] = true
		}
	}
	return len(seen)
}

// opens tells whether a name may begin at item i: not in the middle of words.
func (s *scanner) opens(i int) bool {
	if i == 0 {
		return true
	}
	switch p := s.items[i-1]; p.kind {
	case kMark, kTab, kCase, kNumber:
		return true
	case kText:
		return joins(s.text[p.a:p.b])
	}
	return false
}

// leadsOn tells whether a score follows from item i on, with nothing but marks
// and such words between.
func (s *scanner) leadsOn(i int) bool {
	for ; i < len(s.items); i++ {
		switch it := s.items[i]; it.kind {
		case kTab, kCase:
		case kMark:
			if strings.ContainsRune("。;!?", it.mark) {
				return false
			}
		case kText:
			if !joins(s.text[it.a:it.b]) && it.b-it.a > 24 {
				return false
			}
			if _, ok := s.x.named(s.text[it.a:it.b]); !ok && !joins(s.text[it.a:it.b]) {
				return false
			}
		case kNumber:
			return !it.number.counts && !it.number.marker
		case kCriterion, kTotal:
			return true
		default:
			return false
		}
	}
	return false
}

// named says which case a few words of his mean: a part of the unit's or the
// case's name, either shortened by leaving out characters, or the unit's city
// where each case has its own. Exactly one case must fit.
func (x *lexicon) named(words []rune) (int, bool) {
	if len(words) < 2 || len(words) > 60 {
		return 0, false
	}
	w := trimName(words)
	if utf8.RuneCountInString(w) < 2 {
		return 0, false
	}
	if slices.Contains(cities, strings.TrimSuffix(w, "市")) { // 地市 beside the unit: no part of a name
		return x.inCity(w)
	}
	found, n := 0, 0
	for i := range x.cases {
		if x.cases[i].fits(w) {
			found, n = i, n+1
		}
	}
	return found, n == 1
}

var (
	nameBegins = []string{"案例", "项目", "单位", "企业", "公司", "关于", "其中", "那个", "这个", "还有", "另外", "然后", "接着", "至于", "再", "给", "我给", "的", "是"}
	nameEnds   = []string{"的案例", "案例", "一案", "项目", "这家", "那家", "那个", "这个", "有限公司", "公司", "单位", "企业", "的", "方面", "我给", "我打", "我", "给", "是", "为", "打"}
)

// trimName drops what people say around a name.
func trimName(words []rune) string {
	w := strings.TrimSpace(string(words))
	for again := true; again; {
		again = false
		for _, b := range nameBegins {
			if rest, ok := strings.CutPrefix(w, b); ok && rest != "" {
				w, again = rest, true
			}
		}
		for _, e := range nameEnds {
			if rest, ok := strings.CutSuffix(w, e); ok && rest != "" {
				w, again = rest, true
			}
		}
	}
	return w
}

// inCity finds the case of a city. Every unit must name its city and no two the
// same: a unit named after the province may sit anywhere.
func (x *lexicon) inCity(w string) (int, bool) {
	w = strings.TrimSuffix(w, "市")
	if !slices.Contains(cities[1:], w) {
		return 0, false
	}
	seen := map[string]int{}
	for i, c := range x.cases {
		k := slices.IndexFunc(cities[1:], func(city string) bool { return strings.HasPrefix(c.unit, city) })
		if k < 0 {
			return 0, false
		}
		if _, twice := seen[cities[1+k]]; twice {
			return 0, false
		}
		seen[cities[1+k]] = i
	}
	i, ok := seen[w]
	return i, ok
}

// ownName tells whether words that name case i do so by what is its unit's own, or
// by much of the case's name.
func (x *lexicon) ownName(w string, i int) bool {
	return sharesPair(w, x.cases[i].core) || pairs(w, x.cases[i].name) >= 4
}

func (c *caseWords) fits(w string) bool {
	if sharesPair(w, c.core) && (strings.Contains(c.unit, w) || isSubsequence(w, c.unit)) {
		return true
	}
	n := utf8.RuneCountInString(w)
	if n >= 4 {
		return strings.Contains(c.name, w) || n >= 5 && isSubsequence(w, c.name) && 2*pairs(w, c.name) >= n
	}
	common := func(list []string) bool {
		return slices.ContainsFunc(list, func(x string) bool { return strings.Contains(x, w) })
	}
	return (strings.Contains(c.name, w) || strings.Contains(c.unit, w)) && !common(trades) && !common(cities) && !common(legal)
}

// pairs counts neighbours of w that are neighbours in s.
func pairs(w, s string) int {
	n, before := 0, -1
	for i, r := range w {
		if before >= 0 && strings.Contains(s, w[before:i+utf8.RuneLen(r)]) {
			n++
		}
		before = i
	}
	return n
}

// sharesPair tells whether two neighbours of w are neighbours in s.
func sharesPair(w, s string) bool { return pairs(w, s) > 0 }

// isSubsequence tells whether w is s with characters left out.
func isSubsequence(w, s string) bool {
	for _, r := range w {
		i := strings.IndexRune(s, r)
		if i < 0 {
			return false
		}
		s = s[i+utf8.RuneLen(r):]
	}
	return true
}
