package score

import (
	"regexp"
	"slices"
	"strings"
)

// names reads a line that names criteria and nothing else: one is a label for
// what follows, several are a header.
func (r *reader) names(items []item) {
	c := &r.c
	var o order
	for _, it := range items {
		switch it.kind {
		case kCriterion:
			o = append(o, it.criterion)
		case kTotal:
			o = append(o, none)
		}
	}
	if len(o) == 1 && items[len(items)-1].mark == ':' { // a place to fill in
		c.order, c.header, c.pending = nil, false, o[0]
		return
	}
	if len(o) == 1 {
		if c.header && len(c.bare) == 0 { // a header that a client broke into lines
			c.order = append(c.order, o[0])
		} else {
			c.order, c.header = o, true
		}
		c.pending = o[0]
		return
	}
	r.flush()
	c.order, c.header, c.pending = o, false, none
}

// onlyNames tells a line of criteria's names, with nothing but marks between them.
func onlyNames(items []item) bool {
	n := 0
	for _, it := range items {
		switch it.kind {
		case kCriterion, kTotal:
			n++
		case kMark, kTab, kNote:
		default:
			return false
		}
	}
	return n > 0
}

// note reads a line that begins a comment.
func (r *reader) note(p piece) bool {
	if p.items[0].kind != kNote {
		return false
	}
	r.flush()
	r.c.pending, r.c.noting, r.c.header = none, true, false
	if s := p.comment(1); s != "" {
		r.remark(s)
	}
	return true
}

// remark adds to the comment of the case spoken of.
func (r *reader) remark(s string) {
	at, why := r.current()
	if why != "" {
		r.out.prose = append(r.out.prose, s)
		return
	}
	r.out.comments = append(r.out.comments, remark{at, s})
}

// onlyNumbers gathers a line with nothing but numbers.
func (r *reader) onlyNumbers(p piece) bool {
	l, marker := r.marked(p)
	if len(l.numbers) == 0 || l.to != len(p.items) && !p.ends(l.to) {
		return false
	}
	if r.c.pending != none && len(l.numbers) == 1 && len(r.c.order) <= 1 {
		return false
	}
	if r.c.noting && len(l.numbers) < len(r.x.criteria) {
		r.remark(p.l.all())
		return true
	}
	r.c.noting, r.c.pending, r.c.header = false, none, false
	r.c.bare = append(r.c.bare, bareNumber{l, p.l, marker})
	n := 0
	for _, b := range r.c.bare {
		n += len(b.listing.numbers)
	}
	if len(r.c.bare) == 1 && n >= len(r.x.criteria) || n > 10*len(r.x.criteria) {
		r.flush()
	}
	return true
}

// marked finds the numbers of a line of numbers, and the number of a list before
// them: 2、22.
func (r *reader) marked(p piece) (listing, int) {
	next := len(r.c.bare) + 1
	items := p.items
	if len(items) > 1 && items[0].kind == kMark && items[0].mark == '(' {
		items = items[1:]
	}
	if len(items) > 2 && items[0].kind == kNumber && items[0].number.value == next*100 && items[1].kind == kMark && strings.ContainsRune("、.):：", items[1].mark) {
		if l := p.run(len(p.items) - len(items) + 2); len(l.numbers) == 1 && (p.ends(l.to) || l.to == len(p.items)) {
			return l, next
		}
	}
	return p.run(0), 0
}

// pendingValue reads a value below the name of its criterion.
func (r *reader) pendingValue(p piece) bool {
	if k := p.items[0].kind; k != kNumber && k != kMark {
		return false
	}
	name := item{kind: kCriterion, criterion: r.c.pending}
	v := r.x.criterion(piece{p.l, append([]item{name}, p.items...)})
	if !v.has && v.reason == "" || v.trail != 0 {
		return false
	}
	at, why := r.current()
	criterion := r.c.pending
	r.c.pending, r.c.header, r.c.order = none, false, nil
	switch {
	case why != "":
		r.out.doubts = append(r.out.doubts, doubt{at: none, criterion: none, number: r.c.named, words: p.l.all(), reason: why})
	case v.reason != "":
		r.out.doubt(at, criterion, p.l.all(), v.reason)
	default:
		r.c.pended = append(r.c.pended, claim{at: at, criterion: criterion, value: v.value, words: p.l.all(), where: r.where(p.l), changed: v.changed})
		if v.rest != "" {
			r.remark(v.rest)
		}
	}
	return true
}

// heads reads a line that only names a case.
func (r *reader) heads(p piece) bool {
	named := false
	var text []rune
	for _, it := range p.items {
		switch it.kind {
		case kCase:
			named = true
		case kMark, kTab:
		case kText:
			text = append(text, p.l.text[it.a:it.b]...)
		default:
			return false
		}
	}
	if named {
		m, ok := one(p)
		if !ok || len(text) > 24 {
			return false
		}
		r.enter(m, p.l.all(), hisHeading)
		return true
	}
	if len(text) < 2 || len(text) > 40 {
		return false
	}
	s := strings.TrimSpace(string(p.l.text))
	marked := strings.HasSuffix(s, ":") || strings.HasPrefix(s, "《") || strings.HasSuffix(s, "公司")
	if i, ok := r.x.named(text); ok && (marked && !r.c.noting || r.x.ownName(string(text), i)) {
		r.enter(mention{cases: []int{i}}, p.l.all(), hisHeading)
		return true
	}
	if r.c.at != none && !r.c.noting && (marked || r.gap && len(text) <= 16) && !joins(text) && !hasAnyIn(string(text), ownWords) && !polite.MatchString(p.folded()) {
		r.enter(mention{reason: UnclearCase}, p.l.all(), hisHeading) // another case, but which?
	}
	return false
}

// smells tells a short line in which points are spoken of beside a case or a
// criterion, and nothing was understood: 0007 不是27分.
func (r *reader) smells(p piece) bool {
	if r.c.noting || len(p.l.text) > 40 || p.cases() == 0 && p.criteria() == 0 {
		return false
	}
	spoken := speaks.MatchString(p.folded())
	return slices.ContainsFunc(p.items, func(it item) bool {
		return it.kind == kNumber && !it.ours && it.number.value <= 100_00 && (it.number.points || spoken && it.number.certain())
	})
}

var speaks = regexp.MustCompile(`上次|这次|本次|原来|改|调|给|打|评|不是|应`)

// corrects tells a line by which something he wrote does not hold. Where it is not
// understood what, it is asked.
func (r *reader) corrects(p piece) bool {
	s := p.folded()
	return corrected.MatchString(s) && !r.c.noting && p.cases()+p.criteria() > 0 && !quietly.MatchString(s)
}

var corrected = regexp.MustCompile(`(?:写|打|填|报|评|给|算|录|登记)(?:错|反|漏)|有误|笔误|作废|不算数|更正|改一下|改动|撤回|撤销|取消|收回`)

// isContact tells a line of telephones and the like.
func isContact(p piece) bool {
	return p.criteria() == 0 && contact.MatchString(string(p.l.text))
}

var contact = regexp.MustCompile(`(?:电话|手机|传真|邮编|微信|联系方式|TEL|FAX|MOBILE|PHONE|QQ)[^\d]{0,6}[\d+]|1[3-9]\d{9}|^\s*(?:发自|来自)我的|SENT FROM|^\s*\S+@\S+\s*$|^\s*20\d\d[年./-]\d{1,2}[月./-]\d{1,2}日?\s*$`)

// startsValue tells a line that begins as scores do.
func startsValue(p piece) bool {
	for i, it := range p.items {
		switch it.kind {
		case kCase, kTotal:
			return true
		case kCriterion:
			return !it.embedded
		case kMark, kTab:
		case kText:
			if i > 0 || !joins(p.l.text[it.a:it.b]) {
				return false
			}
		default:
			return false
		}
	}
	return false
}
