package score

import (
	"slices"
	"strings"
)

// split cuts a line where another case begins. A case that is named in the middle of
// another's n scores may be spoken of in a comment: what follows is then nobody's.
func split(p piece, n int) []part {
	var out []part
	cur := part{piece: piece{l: p.l}}
	used := false // a value or a criterion since the case was named
	for i, it := range p.items {
		if it.kind == kCase && p.compares(i) && (used && !cur.full(n) || !used && cur.named) {
			it.kind = kText // 比0009略好
		}
		if it.kind == kCase {
			if used {
				sure := cur.full(n) || p.leadsOn(i, n) && (!it.nickname && it.mention.code || p.begins(i))
				out, cur, used = append(out, cur), part{piece: piece{l: p.l}, clash: !sure}, false
			}
			if !cur.named {
				cur.mention, cur.named, cur.called = it.mention, true, p.text(it)
			} else if m, ok := merge(cur.mention, it.mention); ok {
				cur.mention = m
			} else {
				cur.clash = true
			}
		} else if it.kind == kNumber || it.kind == kCriterion || it.kind == kTotal {
			used = true
		}
		cur.items = append(cur.items, it)
	}
	out = append(out, cur)
	if last := len(out) - 1; last > 0 && !out[0].named && !used { // 27 22 18 13 9 0007: whose?
		out[0].clash = true
	}
	return out
}

// full tells whether a part has scores for n criteria.
func (p part) full(n int) bool {
	criteria, numbers := map[int]bool{}, 0
	for _, it := range p.items {
		if it.kind == kCriterion {
			criteria[it.criterion] = true
		} else if it.kind == kNumber && it.number.loose() {
			numbers++
		}
	}
	return numbers >= n && (len(criteria) == 0 || len(criteria) == n)
}

// compares tells whether the case at item i is only compared with: 比0009略好.
func (p piece) compares(i int) bool {
	if i == 0 || p.items[i-1].kind != kText || p.items[i-1].b != p.items[i].a {
		return false
	}
	before := p.text(p.items[i-1])
	if hasAnySuffix(before, []string{"比", "优于", "高于", "低于", "不如", "接近", "类似", "参照", "逊于", "好于", "强于", "弱于"}) {
		return true
	}
	return hasAnySuffix(before, []string{"与", "和", "较", "跟", "同", "像", "如"}) && i+1 < len(p.items) && p.items[i+1].kind == kText &&
		hasAnyPrefix(p.text(p.items[i+1]), []string{"相比", "相当", "相近", "相似", "一样", "差不多", "类似", "比", "同样", "同类", "略", "稍"})
}

// leadsOn tells whether scores, n or with names, follow the case at item i directly.
func (p piece) leadsOn(i, n int) bool {
	for k := i + 1; k < len(p.items); k++ {
		switch it := p.items[k]; it.kind {
		case kMark:
			if strings.ContainsRune("。;!?", it.mark) {
				return false
			}
		case kText:
			if !joins(p.l.text[it.a:it.b]) {
				return false
			}
		case kNumber:
			return len(p.run(k).numbers) >= n
		case kCriterion, kTotal:
			return true
		case kTab, kCase:
		default:
			return false
		}
	}
	return false
}

// begins tells whether a row begins with the name at item i: 荔乡：技术25.
func (p piece) begins(i int) bool {
	before, after := rune(0), rune(0)
	if i > 0 {
		before = p.items[i-1].mark
	}
	if i+1 < len(p.items) {
		after = p.items[i+1].mark
	}
	return (before == ';' || before == '。') && after == ':'
}

// byCriterion reads "技术性：0007 27，0012 25": one criterion, then cases with a
// number each.
func (r *reader) byCriterion(p piece) (findings, bool) {
	var f findings
	if p.items[0].kind != kCriterion || p.items[0].embedded {
		return f, false
	}
	if i, _ := p.lead(1); i == len(p.items) || p.items[i].kind != kCase {
		return f, false
	}
	cases := 0
	for _, it := range p.items[1:] {
		if it.kind == kCriterion || it.kind == kTotal {
			return f, false
		}
		if it.kind == kCase {
			cases++
		} else if it.kind == kNumber && cases == 0 {
			return f, false
		}
	}
	if cases == 0 {
		return f, false
	}
	parts := split(piece{p.l, p.items[1:]}, 1)
	if !parts[0].named {
		return f, false
	}
	for _, part := range parts {
		i := slices.IndexFunc(part.items, func(it item) bool { return it.kind == kCase })
		items := append([]item{p.items[0]}, part.items[i+1:]...)
		part.items = items
		r.named(&f, part, []int{0})
	}
	return f, true
}
