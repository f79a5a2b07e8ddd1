package score

import (
	"slices"
	"strings"
)

// lists tells whether a run of numbers is meant as scores.
func (r *reader) lists(p part, l listing) bool {
	i := l.from
	if len(l.numbers) > 1 {
		return true
	}
	after := piece{p.l, p.items[l.to:]}
	return p.named && i > 0 && p.items[i-1].directly() && r.leads(p, i, none) && !r.valuedLater(after)
}

// listed reads numbers without names.
func (r *reader) listed(f *findings, p part, l listing) {
	at, why := r.resolve(p)
	after := piece{p.l, p.items[l.to:]}
	leads := r.leads(p, l.from, at)
	switch {
	case r.valuedLater(after): // numbers before their names
		r.vague(f, p, at, why, Unclear)
	case !p.named && !leads: // under another name?
		r.lost(f, p, UnclearCase)
	case !leads || p.conditional(l.from):
		r.vague(f, p, at, why, UnclearNumber)
	case why != "":
		r.lost(f, p, why)
	default:
		r.inPlaces(f, p, l, at)
	}
}

// inPlaces gives each number of a listing its criterion.
func (r *reader) inPlaces(f *findings, p part, l listing, at int) {
	after := piece{p.l, p.items[l.to:]}
	o := r.orderNow()
	if c, ok := r.leftOpen(after, len(l.numbers)); ok {
		o = slices.DeleteFunc(slices.Clone(o), func(x int) bool { return x == c })
		after.items = nil
	}
	values, sum, reason := r.x.positional(l, o)
	if reason == "" && after.loose(&sum) {
		reason = Unclear
	}
	if reason != "" {
		f.doubt(at, none, p.l.words(p.items[l.from].a, p.items[l.to-1].b), reason)
		return
	}
	parts, _ := o.parts()
	for k, v := range values {
		if !l.ours[k] {
			f.claims = append(f.claims, claim{at: at, criterion: parts[k], value: v, words: p.l.words(l.words[k][0], l.words[k][1]), where: r.where(p.l), listed: !r.told()})
		}
	}
	if sum != none {
		f.totals = append(f.totals, total{at, sum, p.l.words(p.items[l.from].a, len(p.l.raw))})
	}
	if s := after.comment(0); s != "" && !slices.ContainsFunc(after.items, func(it item) bool { return it.kind == kTotal }) {
		f.comments = append(f.comments, remark{at, s})
	}
}

// leftOpen finds the one criterion that is said to be left open behind a list that
// is short by one: 26 22 19 11，数据完整性等补材料后再打.
func (r *reader) leftOpen(after piece, n int) (criterion int, ok bool) {
	if n != len(r.x.criteria)-1 {
		return 0, false
	}
	found := none
	for i, it := range after.items {
		if it.kind != kCriterion {
			continue
		}
		if found != none {
			return 0, false
		}
		found = it.criterion
		rest := piece{after.l, after.items[i+1:]}
		if rest.numbers(0) > 0 || !hasAnyIn(rest.words(0), []string{"再", "待", "暂", "未", "没", "缺", "空", "等", "先不", "以后", "后补"}) {
			return 0, false
		}
	}
	return found, found != none
}

// directly tells items after which a single number can only be meant as a score.
func (it item) directly() bool {
	return it.kind == kCase || it.kind == kTab || it.kind == kMark && (it.mark == ':' || it.mark == '=' || it.mark == '-' || it.mark == ',' || it.mark == '》')
}

// valuedLater tells whether a criterion in p has a number.
func (r *reader) valuedLater(p piece) bool {
	for i, it := range p.items {
		if it.kind == kCriterion && !it.embedded && (piece{p.l, p.items[i:]}).numbers(0) > 0 {
			return true
		}
	}
	return false
}

// leads tells whether what stands before item i may stand before a list: the
// case's names, marks, words such as 评分如下. Before the case anything may stand,
// and behind it a whole clause that ends in a colon.
func (r *reader) leads(p part, i, at int) bool {
	from := 0
	for k := range i {
		if p.items[k].kind == kCase {
			from = k + 1
		}
	}
	if i > from && p.items[i-1].mark == ':' && !strings.ContainsAny((piece{p.l, p.items[from:i]}).words(0), "约不非原前若如概估") {
		return true
	}
	for k := from; k < i; k++ {
		it := p.items[k]
		if it.kind != kText || joins(p.l.text[it.a:it.b]) {
			continue
		}
		cell := k+1 < len(p.items) && p.items[k+1].kind == kTab || k > 0 && p.items[k-1].kind == kTab
		if !cell && !(at != none && isSubsequence(string(p.l.text[it.a:it.b]), r.x.cases[at].unit+r.x.cases[at].name)) {
			return false
		}
	}
	return true
}

// loose tells whether numbers that may be scores stand in what follows a list. A
// total among them is taken out.
func (p piece) loose(sum *int) bool {
	for i := 0; i < len(p.items); i++ {
		it := p.items[i]
		if it.kind == kTotal || it.kind == kMark && it.mark == '=' {
			k, _ := p.lead(i + 1)
			if k < len(p.items) && p.items[k].kind == kNumber && p.items[k].number.certain() && *sum == none {
				*sum = p.items[k].number.value
				i = k
				continue
			}
		}
		if it.kind == kNumber && it.number.loose() && !it.ours || it.kind == kChange || it.kind == kText && takesBack(p.text(it), i < 2) {
			return true
		}
	}
	return false
}
