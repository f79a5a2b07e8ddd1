package score

import "strings"

// piece is a stretch of a line with its items.
type piece struct {
	l     *line
	items []item
}

// words are his words from the item i to the end of the piece.
func (p piece) words(i int) string {
	if i >= len(p.items) {
		return ""
	}
	return p.l.words(p.items[i].a, p.items[len(p.items)-1].b)
}

func (p piece) text(it item) string { return string(p.l.text[it.a:it.b]) }

// verdict is what a criterion with its words comes to.
type verdict struct {
	has     bool // a value
	value   int
	changed bool
	soft    bool   // certain only if all criteria are named in this way
	dashed  bool   // a dash before the number, or a sign
	reason  Reason // a doubt
	rest    string // what follows, a comment
	trail   int    // a number at the very end that may be the total; 0 none
}

// criterion reads what follows a criterion's name: p.items[0] is the name. A value
// is certain only directly behind it, and only if nothing that follows takes it
// back.
func (x *lexicon) criterion(p piece) verdict {
	name := p.items[0]
	i, minus := p.lead(1)
	if i == len(p.items) {
		return verdict{}
	}
	it := p.items[i]
	switch it.kind {
	case kNumber:
		return x.valued(p, i, minus)
	case kChange:
		k, _ := p.lead(i + 1)
		return x.second(p, k)
	case kFull:
		if p.ends(i+1) && it.b-it.a == len([]rune("满分")) {
			return verdict{has: true, value: x.criteria[name.criterion].Max}
		}
		return verdict{reason: Unclear}
	case kText:
		return x.worded(p, i, name)
	case kMark:
		if i+1 < len(p.items) && p.items[i+1].kind == kNumber && p.items[i+1].number.loose() && !p.items[i+1].ours && !strings.ContainsRune("。;、", it.mark) {
			return verdict{reason: UnclearNumber} // +27, <27
		}
	}
	return verdict{}
}

// lead skips what may stand between a name and its number; minus tells a sign.
func (p piece) lead(i int) (next int, minus bool) {
	for ; i < len(p.items); i++ {
		it := p.items[i]
		switch it.kind {
		case kTab:
			continue
		case kMark:
			if !strings.ContainsRune(`:=-,，(["'“”‘’…`, it.mark) && !p.dots(i) {
				return i, false
			}
			if it.mark == '-' {
				minus = i > 0 && p.items[i-1].kind == kMark && strings.ContainsRune(":=", p.items[i-1].mark)
			}
			continue
		case kNumber:
			if it.ours {
				continue
			}
		case kText:
			if joins(p.l.text[it.a:it.b]) {
				continue
			}
		}
		return i, minus
	}
	return i, false
}

// dots tells ...., which lead the eye to a number.
func (p piece) dots(i int) bool {
	is := func(k int) bool { return k >= 0 && k < len(p.items) && p.items[k].mark == '.' }
	return is(i) && (is(i-1) || is(i+1))
}

// valued judges the number p.items[i] behind a criterion.
func (x *lexicon) valued(p piece, i int, minus bool) verdict {
	name, n := p.items[0], p.items[i].number
	most := x.criteria[name.criterion].Max
	switch {
	case n.counts && n.flaw != "" && p.ends(i+1):
		return verdict{reason: UnclearNumber}
	case n.counts || n.marker:
		return verdict{}
	case n.weak:
		return verdict{reason: UnclearNumber}
	case minus:
		return verdict{reason: OutOfRange}
	}
	if k, _ := p.lead(i + 1); k < len(p.items) && p.items[k].kind == kChange {
		k, _ = p.lead(k + 1)
		return x.second(p, k)
	}
	v := x.follow(p, i+1, n.value, most)
	switch {
	case v.reason != "":
		return v
	case n.flaw != "":
		return verdict{reason: n.flaw}
	case n.of > 0 && n.of != most:
		return verdict{reason: UnclearNumber}
	case n.value > most:
		return verdict{reason: OutOfRange}
	}
	before := p.items[i-1]
	v.has, v.value, v.soft = true, n.value, name.embedded || n.soft
	v.dashed = before.kind == kMark && before.mark == '-' && before.b == p.items[i].a
	v.changed = v.changed || p.replaces(i+1)
	return v
}

// takenBack are words that leave open whether the value before them counts.
var takenBack = []string{"待定", "暂定", "暂给", "暂打", "再议", "再定", "商榷", "拿不准", "说不准", "不太确定", "不确定", "不太肯定"}

// takesBack tells words behind a value that make it uncertain: 27（暂）, 27（待定）.
func takesBack(s string, first bool) bool {
	if first && hasAnyPrefix(s, []string{"暂", "估", "初评", "初步", "大概", "大约", "约", "可能", "或", "也许"}) {
		return true
	}
	return hasAnyIn(s, takenBack) && (first || len([]rune(s)) <= 12)
}

// follow looks at what stands behind a value, from item i on: nothing there may
// be a second value or take the first one back.
func (x *lexicon) follow(p piece, i, value, most int) verdict {
	v := verdict{rest: p.comment(i)}
	depth, stopped := 0, false
	for k := i; k < len(p.items); k++ {
		it := p.items[k]
		switch {
		case it.kind == kMark && it.mark == '(':
			depth++
		case it.kind == kMark && it.mark == ')':
			depth = max(0, depth-1)
		case k == i+1 && it.kind == kNumber && p.items[i].kind == kMark && strings.ContainsRune("-~", p.items[i].mark):
			return verdict{reason: Range}
		case it.kind == kMark && strings.ContainsRune("。;", it.mark):
			stopped = true
		case it.kind == kChange:
			return verdict{reason: Unclear}
		case it.kind == kText && takesBack(p.text(it), k <= i+1):
			return verdict{reason: UnclearNumber}
		case it.kind == kNumber && !it.ours && it.number.loose():
			if stopped && it.number.value > most {
				continue // in a sentence of its own: not of this criterion
			}
			if r := p.another(k, i, value, most, depth); r != "" {
				if k == len(p.items)-1 && depth == 0 && r == TwoValues {
					v.trail = it.number.value
					continue
				}
				return verdict{reason: r}
			}
		}
	}
	return v
}

// another judges a further number behind a value.
func (p piece) another(k, i, value, most, depth int) Reason {
	n := p.items[k].number
	before := ""
	if k > 0 && p.items[k-1].kind == kText {
		before = p.text(p.items[k-1])
	}
	if depth > 0 && (n.value == most || n.value == value) || hasAnySuffix(before, denied) {
		return ""
	}
	if strings.HasSuffix(before, "扣") && n.value == most-value {
		return ""
	}
	if k == i+1 && (p.items[i].kind == kMark && strings.ContainsRune("-~", p.items[i].mark) || p.items[i].kind == kText && isTo(p.text(p.items[i]))) {
		return Range
	}
	return TwoValues
}

func isTo(s string) bool {
	return s == "至" || s == "到" || s == "或" || s == "或者" || s == "和"
}

// numbers counts the numbers from item i on that may be scores.
func (p piece) numbers(i int) int {
	n := 0
	for ; i < len(p.items); i++ {
		if p.items[i].kind == kNumber && p.items[i].number.loose() && !p.items[i].ours {
			n++
		}
	}
	return n
}

// ends tells whether nothing but marks stands from item i on.
func (p piece) ends(i int) bool {
	for ; i < len(p.items); i++ {
		if p.items[i].kind != kMark && p.items[i].kind != kTab {
			return false
		}
	}
	return true
}

// comment gives the words from item i on without the marks around them.
func (p piece) comment(i int) string {
	for i < len(p.items) && (p.items[i].kind == kMark || p.items[i].kind == kTab) && p.items[i].mark != '(' {
		i++
	}
	s := strings.Trim(p.words(i), " ,，、;；。:：\t>《》-")
	if len([]rune(s)) < 2 {
		return ""
	}
	return s
}
