package score

import (
	"slices"
	"strings"
)

// namedRow is what the criteria named in a part come to, before it is decided
// what of it is certain.
type namedRow struct {
	claims       []claim
	soft, dashed []int // of claims
	most         bool  // every value is the maximum
	rest         string
}

// named reads criteria with their values.
func (r *reader) named(f *findings, p part, heads []int) {
	at, why := r.resolve(p)
	if len(heads) > 10*len(r.x.criteria) { // no way of scoring one case
		r.vague(f, p, at, why, Unclear)
		return
	}
	if why == "" && !p.named && r.strangers(p.piece, heads[0]) {
		at, why = none, UnclearCase
	}
	row := namedRow{most: len(heads) > 1}
	for n := range heads {
		r.segment(f, &row, p, heads, n, at, why)
	}
	r.soften(f, &row, why)
	r.totalFirst(f, p, heads[0], at, why, row.claims)
	switch {
	case len(row.claims) == 0:
	case row.most && !p.named && r.sheet: // 技术性与创新性30分、效益性25分 …: the maxima
	case why != "":
		r.lost(f, p, why)
	case row.most && !p.named && r.c.heading != hisHeading:
		f.doubt(at, none, p.words(heads[0]), Unclear)
	default:
		f.claims = append(f.claims, row.claims...)
		if row.rest != "" {
			f.comments = append(f.comments, remark{at, row.rest})
		}
	}
}

// segment reads the n-th name of a row with what follows it.
func (r *reader) segment(f *findings, row *namedRow, p part, heads []int, n, at int, why Reason) {
	i, end := heads[n], len(p.items)
	if n+1 < len(heads) {
		end = heads[n+1]
	}
	seg := piece{p.l, p.items[i:end]}
	if p.items[i].kind == kTotal {
		r.total(f, seg, at, why)
		return
	}
	c := p.items[i].criterion
	v := r.x.criterion(seg)
	switch {
	case v.has && p.conditional(i):
		v = verdict{reason: Unclear}
	case v.has && v.trail != 0 && end == len(p.items) && v.trail > r.x.most() && len(row.claims)+1 == len(r.x.criteria):
		f.totals = append(f.totals, total{at, v.trail, seg.words(0)})
	case v.trail != 0, v.has && r.halves(p.piece, heads, n):
		v = verdict{reason: TwoValues}
	case v == verdict{} && p.items[i].maximum > 0 && !p.items[i].ours && r.fullMark(p.piece, heads, n):
		v = verdict{reason: UnclearNumber}
	}
	switch {
	case v.reason != "" && why == "":
		f.doubt(at, c, seg.words(0), v.reason)
	case v.reason != "":
		r.lost(f, p, why)
	case v.has:
		row.add(v, claim{at: at, criterion: c, value: v.value, words: seg.words(0), where: r.where(p.l), changed: v.changed}, r.x.criteria[c].Max)
	}
}

func (row *namedRow) add(v verdict, c claim, most int) {
	row.most = row.most && v.value == most && !v.changed
	if v.soft {
		row.soft = append(row.soft, len(row.claims))
	}
	if v.dashed {
		row.dashed = append(row.dashed, len(row.claims))
	}
	row.claims = append(row.claims, c)
	if v.rest != "" {
		row.rest = v.rest
	}
}

// soften asks back values that are certain only in company: names with words glued
// to them, unless all criteria are there; a dash among other marks, which may be a
// minus.
func (r *reader) soften(f *findings, row *namedRow, why Reason) {
	drop := row.soft
	switch {
	case len(row.dashed) == 1:
		drop = row.dashed
	case r.complete(row.claims):
		return
	}
	for k := len(drop) - 1; k >= 0; k-- {
		c := row.claims[drop[k]]
		if why == "" {
			f.doubt(c.at, c.criterion, c.words, Unclear)
		}
		row.claims = slices.Delete(row.claims, drop[k], drop[k]+1)
	}
}

// strangers tells whether the line begins with a name that is not known: 绿源：技术
// 25. What follows is not about the case spoken of before.
func (r *reader) strangers(p piece, first int) bool {
	for k, it := range p.items[:first] {
		if it.kind != kText || joins(p.l.text[it.a:it.b]) || it.b-it.a < 2 {
			continue
		}
		if next := p.items[k+1]; next.kind == kMark && strings.ContainsRune(":,，-)》", next.mark) || next.kind == kTab || next.a > it.b {
			return !hasAnyIn(p.text(it), ownWords)
		}
	}
	return false
}

// ownWords tell that words before scores speak of the scoring, not of a case.
var ownWords = []string{"分", "评", "如下", "指标", "其中", "情况", "结果", "意见", "本案", "此案", "该案", "更正", "补充", "修改", "调整", "老师", "您好", "你好", "另外", "最后", "以及", "还有", "一下"}

// fullMark tells whether a maximum in brackets may be a value: the other names have
// values and no maxima in theirs, as in 技术(30) 效益(22).
func (r *reader) fullMark(p piece, heads []int, n int) bool {
	for m, i := range heads {
		if m != n && p.items[i].kind == kCriterion && p.items[i].maximum > 0 {
			return false
		}
	}
	return len(heads) > 1 && (piece{p.l, p.items[heads[0]:]}).numbers(0) > 0
}

// halves tells whether a criterion is named in one line by two different names, as
// 技术 and 创新 are, with a number each: they are taken for two.
func (r *reader) halves(p piece, heads []int, n int) bool {
	name := func(it item) string { return strings.TrimSuffix(string(p.l.text[it.a:it.b]), "性") }
	for m, i := range heads {
		a, b := p.items[i], p.items[heads[n]]
		if m != n && a.kind == kCriterion && a.criterion == b.criterion && !strings.HasPrefix(name(a), name(b)) && !strings.HasPrefix(name(b), name(a)) {
			end := len(p.items)
			if m+1 < len(heads) {
				end = heads[m+1]
			}
			if (piece{p.l, p.items[i:end]}).numbers(0) > 0 {
				return true
			}
		}
	}
	return false
}

// complete tells claims for every criterion, each once.
func (r *reader) complete(cs []claim) bool {
	seen := map[int]bool{}
	for _, c := range cs {
		seen[c.criterion] = true
	}
	return len(seen) == len(r.x.criteria) && len(cs) == len(seen)
}

// totalFirst reads a number before the first criterion: the total if it can be
// nothing else, else numbers and names that stand the other way round.
func (r *reader) totalFirst(f *findings, p part, first, at int, why Reason, got []claim) {
	before := piece{p.l, p.items[:first]}
	if before.numbers(0) != 1 || why != "" || len(got) == 0 {
		if before.numbers(0) > 1 {
			r.reversed(f, p, at, why)
		}
		return
	}
	i := slices.IndexFunc(before.items, func(it item) bool { return it.kind == kNumber && it.number.loose() && !it.ours })
	n := before.items[i].number
	switch {
	case i > 0 && !before.items[i-1].directly() && n.value <= r.x.most():
		// a number in a sentence
	case n.certain() && n.value > r.x.most():
		f.totals = append(f.totals, total{at, n.value, before.words(i)})
	default:
		r.reversed(f, p, at, why)
	}
}

func (r *reader) reversed(f *findings, p part, at int, why Reason) {
	if why == "" {
		f.doubt(at, none, p.l.all(), Unclear)
	}
}

// total reads 合计88.
func (r *reader) total(f *findings, p piece, at int, why Reason) {
	i, _ := p.lead(1)
	if i == len(p.items) || p.items[i].kind != kNumber || p.items[i].ours || p.items[i].number.counts {
		return
	}
	n := p.items[i].number
	switch {
	case why != "":
		f.doubts = append(f.doubts, doubt{at: none, criterion: none, number: r.c.named, words: p.l.all(), reason: why})
	case n.flaw != "":
		f.doubt(at, none, p.words(0), n.flaw)
	default:
		f.totals = append(f.totals, total{at, n.value, p.words(0)})
	}
}
