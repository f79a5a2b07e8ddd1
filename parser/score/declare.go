package score

import (
	"regexp"
	"slices"
	"strings"
)

// What he says about how his numbers stand: the order of the criteria, the order
// of the cases, one value for all cases.

var (
	inOrder   = regexp.MustCompile(`依次|顺序|次序|先后|按|分别|排列`)
	listOrder = regexp.MustCompile(`(?:清单|来信|名单|列表|列出|所列|材料|表格?|邮件|原文|编号)[^,，。;；]{0,8}(?:先后|顺序|次序|排列)|(?:顺序|次序|先后|依次)[^,，。;；]{0,6}(?:清单|来信|名单|列表|编号)`)
	backwards = regexp.MustCompile(`倒序|逆序|相反|反过来|从后往前|从后向前|由后往前`)
)

// declares reads a line about orders. True says that it is nothing else.
func (r *reader) declares(p piece) bool {
	if p.numbers(0) > 0 || r.c.noting {
		return false
	}
	s := p.folded()
	if len([]rune(s)) > 150 || ranking.MatchString(s) || !inOrder.MatchString(s) && !backwards.MatchString(s) && p.criteria() < len(r.x.criteria) && p.cases() < 2 {
		return false
	}
	if r.casesAcross(p) {
		return true
	}
	if !inOrder.MatchString(s) && !backwards.MatchString(s) && !r.enumerates(p) {
		return false
	}
	var o order
	var cases []int
	for _, it := range p.items {
		switch it.kind {
		case kNumber:
			return false
		case kCriterion:
			if !slices.Contains(o, it.criterion) {
				o = append(o, it.criterion)
			}
		case kCase:
			if len(it.mention.cases) == 1 && !slices.Contains(cases, it.mention.cases[0]) {
				cases = append(cases, it.mention.cases[0])
			}
		}
	}
	done := false
	canonical := slices.Equal(o, r.x.canonical())
	switch {
	case len(o) == len(r.x.criteria) && (canonical || r.enumerates(p) || strictly.MatchString(s)):
		r.c.told, done = o, true
	case len(o) == len(r.x.criteria), len(o) > 1 && strictly.MatchString(s), backwards.MatchString(s) && p.cases() == 0:
		r.c.told, done = order{}, true // said, and not understood
	}
	if done && !canonical { // it may be said of what stands above
		r.flush()
		r.retract()
	}
	switch {
	case len(cases) > 1:
		r.c.cases, done = cases, true
	case listOrder.MatchString(s) && len(o) == 0 && !backwards.MatchString(s):
		r.c.cases, done = nil, true
		for i := range r.x.cases {
			r.c.cases = append(r.c.cases, i)
		}
	}
	if done {
		r.flush()
		r.c.order, r.c.pending = nil, none
	}
	return done
}

// casesAcross reads a head of cases alone, each by its number, above rows of
// criteria: 指标 0003 0007 0009.
func (r *reader) casesAcross(p piece) bool {
	var cases []int
	for _, it := range p.items {
		switch it.kind {
		case kCase:
			if len(it.mention.cases) != 1 || !it.mention.code || slices.Contains(cases, it.mention.cases[0]) {
				return false
			}
			cases = append(cases, it.mention.cases[0])
		case kMark, kTab:
		case kText:
			if !slices.Contains(headWords, p.text(it)) {
				return false
			}
		default:
			return false
		}
	}
	if len(cases) < 2 {
		return false
	}
	r.leave()
	r.c.cases, r.c.order = cases, nil
	return true
}

// strictly are words that can only speak of an order.
var strictly = regexp.MustCompile(`依次|顺序|次序|先后|按(?:技术|创新|效益|示范|整体|实力|数据)`)

// enumerates tells a line that says nothing but the names of criteria: 评分如下（技术
// +效益+示范+实力+数据）.
func (r *reader) enumerates(p piece) bool {
	for _, it := range p.items {
		switch it.kind {
		case kText:
			if !joins(p.l.text[it.a:it.b]) && !slices.Contains(headWords, p.text(it)) {
				return false
			}
		case kCase, kNumber:
			return false
		}
	}
	return true
}

var headWords = []string{"案例编号", "编号", "案例", "序号", "单位", "参评单位", "参评案例", "案例名称", "名称", "地市", "案例号", "代码", "指标", "项目", "满分", "备注"}

// retract asks back what was read in the call's order, before he told another.
func (r *reader) retract() {
	r.out.claims = slices.DeleteFunc(r.out.claims, func(c claim) bool {
		if c.listed {
			r.out.doubt(c.at, none, c.words, Unclear)
		}
		return c.listed
	})
}

// told tells whether he said in what order his numbers stand.
func (r *reader) told() bool {
	parts, _ := r.c.order.parts()
	return len(parts) >= 2 || len(r.c.told) > 0
}

// acrossCases reads 技术性与创新性 26、27、24 where the order of the cases is told.
func (r *reader) acrossCases(p piece) bool {
	if len(r.c.cases) < 2 || p.items[0].kind != kCriterion || p.items[0].embedded {
		return false
	}
	i, _ := p.lead(1)
	l := p.run(i)
	if len(l.numbers) < 2 || !p.ends(l.to) {
		return false
	}
	r.c.pending = none
	c := p.items[0].criterion
	if len(l.numbers) != len(r.c.cases) || joined(l, len(r.c.cases)) != "" {
		r.out.doubt(none, none, p.l.all(), Count)
		return true
	}
	for k, n := range l.numbers {
		at := r.c.cases[k]
		words := p.l.words(l.words[k][0], l.words[k][1])
		switch {
		case !r.proved:
			r.out.doubt(none, none, p.l.all(), UnclearCase)
		case n.flaw != "" || n.of > 0:
			r.out.doubt(at, c, words, UnclearNumber)
		case n.value > r.x.criteria[c].Max:
			r.out.doubt(at, c, words, OutOfRange)
		default:
			r.out.claims = append(r.out.claims, claim{at: at, criterion: c, value: n.value, words: words, where: r.where(p.l)})
		}
	}
	return true
}

// nameless is a row of numbers without a case, kept until all such rows are there.
type nameless struct {
	l      *line
	list   listing
	marker int // its number in a list of his, 0 if it has none
}

// rowsInOrder settles rows without cases: they stand for the cases one after the
// other if he said so, or if he numbered them all as the letter's list is, and if
// there are exactly as many as cases.
func (r *reader) rowsInOrder() {
	rows := r.rows
	r.rows = nil
	if len(rows) == 0 {
		return
	}
	cases := r.c.cases
	marked := len(rows) == len(r.x.cases) && len(rows) > 1
	for i, w := range rows {
		marked = marked && w.marker == i+1
	}
	if marked {
		cases = nil
		for i := range r.x.cases {
			cases = append(cases, i)
		}
	}
	if !r.proved || len(cases) != len(rows) {
		for _, w := range rows {
			r.out.doubt(none, none, w.l.all(), UnclearCase)
		}
		return
	}
	o := r.orderNow()
	parts, _ := o.parts()
	for i, w := range rows {
		values, sum, reason := r.x.positional(w.list, o)
		if reason != "" {
			r.out.doubt(cases[i], none, w.l.all(), reason)
			continue
		}
		for k, v := range values {
			r.out.claims = append(r.out.claims, claim{at: cases[i], criterion: parts[k], value: v, words: w.l.words(w.list.words[k][0], w.list.words[k][1]), where: r.where(w.l), listed: !r.told()})
		}
		if sum != none {
			r.out.totals = append(r.out.totals, total{cases[i], sum, w.l.all()})
		}
	}
}

// rowOfNumbers keeps a row that has all numbers and no case. A number before
// them, with a mark of its own, is the row's in a list.
func (r *reader) rowOfNumbers(p piece) bool {
	if _, why := r.current(); why != UnclearCase || r.c.reason != "" {
		return false
	}
	n := len(r.x.criteria)
	w := nameless{l: p.l}
	i := 0
	if len(p.items) > 2 && p.items[0].kind == kNumber && p.items[0].number.value%100 == 0 && p.items[1].kind == kMark && strings.ContainsRune(".、):：", p.items[1].mark) {
		if rest := p.run(2); len(rest.numbers) >= n && len(rest.numbers) <= n+1 && p.ends(rest.to) && (p.items[1].mark != '、' || len(rest.numbers) == n) {
			if first := p.items[0].number.value / 100; first == len(r.rows)+1 {
				w.marker, i = first, 2
			}
		}
	}
	w.list = p.run(i)
	if len(w.list.numbers) < n || len(w.list.numbers) > n+1 || !p.ends(w.list.to) || slices.Contains(w.list.ours, true) {
		return false
	}
	if len(r.c.bare) > 0 {
		return false
	}
	r.rows = append(r.rows, w)
	return true
}

var (
	everyOne = regexp.MustCompile(`^(?:[这那]|以上|上述|全部|所有|全体)?(?:([一二三四五六七八九十两\d]{1,3})(?:家|个|案)|(?:各|每)(?:家|个|案))?(?:案例|单位|企业|项目|公司|家)?(?:的)?$`)
	alikeAll = regexp.MustCompile(`^(?:都|均|全|全部|一律|统一|各)(?:是|为|给|打|评|得|打了|给了)*$`)
)

// uniform reads 三家的数据完整性都是9分: one value for every case.
func (r *reader) uniform(p piece) bool {
	i := slices.IndexFunc(p.items, func(it item) bool { return it.kind == kCriterion })
	if i < 1 || i+2 >= len(p.items) || p.items[i+1].kind != kText || p.items[i+2].kind != kNumber {
		return false
	}
	before := string(p.l.text[p.items[0].a:p.items[i].a])
	m := everyOne.FindStringSubmatch(strings.ReplaceAll(before, " ", ""))
	if m == nil || strings.TrimSpace(before) == "" || !alikeAll.MatchString(p.text(p.items[i+1])) || !p.closes(i+3) {
		return false
	}
	if m[1] != "" && !r.all(m[1]) {
		return false
	}
	n, c := p.items[i+2].number, p.items[i].criterion
	if !n.certain() || n.of > 0 || n.value > r.x.criteria[c].Max || !r.proved {
		return false
	}
	for at := range r.x.cases {
		r.out.claims = append(r.out.claims, claim{at: at, criterion: c, value: n.value, words: p.l.words(0, p.items[i+2].b), where: r.where(p.l)})
	}
	return true
}

// closes tells whether the sentence ends at item i and no number follows in the
// line.
func (p piece) closes(i int) bool {
	return (i >= len(p.items) || p.items[i].kind == kMark) && p.numbers(i) == 0
}

// all tells whether a number that he writes is that of all cases.
func (r *reader) all(s string) bool {
	n := 0
	if isDigit(rune(s[0])) {
		for _, c := range s {
			n = n*10 + int(c-'0')
		}
	} else {
		n, _ = chineseWhole([]rune(s))
	}
	return n == len(r.x.cases)
}
