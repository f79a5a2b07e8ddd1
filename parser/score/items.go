package score

// kind is what an item of a line is.
type kind int

const (
	kText kind = iota
	kMark      // punctuation
	kTab       // the border of a cell
	kNumber
	kCriterion
	kCase
	kTotal  // 合计
	kNote   // 评语
	kChange // 改为
	kFull   // 满分, with its number if it has one
)

// item is one piece of a line.
type item struct {
	kind      kind
	a, b      int // runes
	criterion int
	mention   mention
	nickname  bool // a case by words that may be meant otherwise
	number    number
	mark      rune
	ours      bool // a number that we wrote
	embedded  bool // a short name within other words: it may be no name at all
	english   bool // a word or ①, which is a name only among all the others
	maximum   int  // of a criterion: the number in brackets behind it, if that is the maximum and 分 is not said; else 0
}

// scanner cuts a line into items.
type scanner struct {
	x       *lexicon
	text    []rune
	spans   []span // units and cases by name
	items   []item
	slashed bool // within 27/22/18
}

func (x *lexicon) scan(text []rune) []item {
	s := &scanner{x: x, text: text, spans: x.spans(text)}
	s.all()
	s.settleNames()
	return s.items
}

// labels scans a line of ours: cases stand there by their numbers.
func (x *lexicon) labels(text []rune) []item {
	s := &scanner{x: x, text: text}
	s.all()
	return s.items
}

func (s *scanner) all() {
	for i := 0; i < len(s.text); {
		i = s.next(i)
	}
}

func (s *scanner) next(i int) int {
	r := s.text[i]
	if r == ' ' {
		return i + 1
	}
	if r == '\t' {
		return s.put(item{kind: kTab, a: i, b: i + 1})
	}
	if c := int(r - '①'); c >= 0 && c < len(s.x.criteria) { // the numbers of the letter's list
		if k := s.skipSpace(i + 1); isDigit(s.at(k)) || isChinese(s.at(k)) {
			return s.put(item{kind: kCriterion, a: i, b: i + 1, criterion: c, english: true})
		}
	}
	if m, end, ok := s.caseAt(i); ok {
		return s.put(item{kind: kCase, a: i, b: end, mention: m})
	}
	if c, end, ok := s.criterionAt(i); ok {
		it := item{kind: kCriterion, a: i, b: end, criterion: c.criterion, embedded: c.short && s.glued(i), english: isLatin(r)}
		s.maximum(&it)
		return s.put(it)
	}
	if k, end := s.keywordAt(i); end > 0 {
		return s.put(item{kind: k, a: i, b: end})
	}
	if isDigit(r) || isChinese(r) && (s.separated(i) || !s.glued(i)) {
		if n, end, ok := s.numberAt(i); ok && !(isChinese(r) && n.counts) {
			if s.at(end) != '/' {
				s.slashed = false
			}
			return s.put(item{kind: kNumber, a: i, b: end, number: n})
		}
	}
	if !isWord(r) {
		return s.put(item{kind: kMark, a: i, b: i + 1, mark: r})
	}
	return s.word(i)
}

func (s *scanner) put(it item) int {
	s.items = append(s.items, it)
	return it.b
}

// word adds a character, or a run of Latin letters and digits, to the text.
func (s *scanner) word(i int) int {
	k := i + 1
	for isDigit(s.text[i]) || isLatin(s.text[i]) {
		if k >= len(s.text) || !isDigit(s.text[k]) && !isLatin(s.text[k]) && !(s.text[k] == '.' && isDigit(s.at(k+1))) {
			break
		}
		k++
	}
	if n := len(s.items); n > 0 && s.items[n-1].kind == kText && s.items[n-1].b == i {
		s.items[n-1].b = k
		return k
	}
	return s.put(item{kind: kText, a: i, b: k})
}

// glued tells whether other words stand right before i.
func (s *scanner) glued(i int) bool {
	n := len(s.items)
	if n == 0 || s.items[n-1].kind != kText || s.items[n-1].b != i {
		return false
	}
	return !joins(s.text[s.items[n-1].a:i])
}

// criterionAt finds the longest name of a criterion at i.
func (s *scanner) criterionAt(i int) (alias, int, bool) {
	for _, a := range s.x.aliases {
		end := i + len(a.name)
		if s.text[i] != a.name[0] || end > len(s.text) || string(s.text[i:end]) != string(a.name) {
			continue
		}
		if isLatin(a.name[0]) && (isLatin(s.at(i-1)) || isLatin(s.at(end))) {
			continue
		}
		return a, end, true
	}
	return alias{}, 0, false
}

// maximum takes in what often follows a criterion's name: (30分), (满分30),
// (0-30分), 30分:.
func (s *scanner) maximum(it *item) {
	most := s.x.criteria[it.criterion].Max
	i := s.skipSpace(it.b)
	open := s.at(i) == '(' || s.at(i) == '['
	if open {
		i = s.skipSpace(i + 1)
	}
	sure := false
	for _, w := range []string{"满分为", "满分", "最高", "分值", "0-", "0~", "上限", ":"} {
		if hasPrefix(s.text[i:], w) {
			i, sure = s.skipSpace(i+len([]rune(w))), w != ":"
		}
	}
	k := i
	for isDigit(s.at(k)) {
		k++
	}
	if k == i || k-i > 3 || hundredths(string(s.text[i:k]), "") != most {
		return
	}
	k = s.skipSpace(k)
	if s.at(k) == '分' {
		k, sure = s.skipSpace(k+1), true
	}
	if open {
		if s.at(k) != ')' && s.at(k) != ']' {
			return
		}
		if it.b = k + 1; !sure {
			it.maximum = most
		}
		return
	}
	if sure && (s.at(k) == ':' || s.at(k) == '=') {
		it.b = k
	}
}

func (s *scanner) at(i int) rune {
	if i < 0 || i >= len(s.text) {
		return 0
	}
	return s.text[i]
}

func (s *scanner) skipSpace(i int) int {
	for i < len(s.text) && s.text[i] == ' ' {
		i++
	}
	return i
}

// atStart tells whether nothing but marks stands before i.
func (s *scanner) atStart(i int) bool {
	for k := range i {
		if isWord(s.text[k]) {
			return false
		}
	}
	return true
}

// separated tells whether a mark or a space stands before i.
func (s *scanner) separated(i int) bool { return i > 0 && !isWord(s.text[i-1]) }
