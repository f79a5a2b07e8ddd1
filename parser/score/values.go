package score

import (
	"regexp"
	"slices"
	"strings"
)

// part is a piece of a line about one case.
type part struct {
	piece
	mention mention
	named   bool   // a case is named in this part
	clash   bool   // several are, and they do not agree
	called  string // that name
}

// values reads the scores of a line. Nothing is recorded here: the findings are
// the caller's to keep or to drop.
func (r *reader) values(p piece) findings {
	var f findings
	if i := slices.IndexFunc(p.items, func(it item) bool { return it.kind == kNote }); i >= 0 {
		tail := piece{p.l, p.items[i:]}
		p.items = p.items[:i]
		f = r.values(p)
		_, named := one(p)
		if at, why := r.about(p); why == "" && (f.says() || named) {
			if s := tail.comment(1); s != "" {
				f.comments = append(f.comments, remark{at, s})
			}
		}
		return f
	}
	if len(p.items) == 0 || !slices.ContainsFunc(p.items, func(it item) bool {
		return it.kind == kNumber && !it.ours || it.kind == kFull || it.kind == kChange || it.kind == kCriterion
	}) {
		return f
	}
	if g, ok := r.byCriterion(p); ok {
		return g
	}
	for _, part := range split(p, len(r.x.criteria)) {
		f.add(r.part(part))
	}
	return f
}

// about is the case a line speaks of.
func (r *reader) about(p piece) (int, Reason) {
	m, named := one(p)
	return r.resolve(part{mention: m, named: named})
}

// resolve says which case a part is about.
func (r *reader) resolve(p part) (int, Reason) {
	switch {
	case p.clash:
		return none, UnclearCase
	case !p.named:
		return r.current()
	case p.mention.reason != "":
		return none, p.mention.reason
	case len(p.mention.cases) != 1, !r.proved && !p.mention.whole && !(r.c.at == p.mention.cases[0]):
		return none, UnclearCase
	}
	return p.mention.cases[0], ""
}

// part reads the scores of one case in a line: numbers without names, or criteria
// with theirs, whichever comes first.
func (r *reader) part(p part) findings {
	var f findings
	for i := 0; i < len(p.items); i++ {
		switch it := p.items[i]; it.kind {
		case kNumber:
			if it.number.counts || it.number.marker {
				continue
			}
			l := p.run(i)
			if r.lists(p, l) {
				r.listed(&f, p, l)
				return f
			}
			i = max(i, l.to-1)
		case kCriterion, kTotal, kFull, kChange:
			if it.kind == kCriterion || it.kind == kTotal {
				r.named(&f, p, r.valueHeads(p.piece))
				r.foreword(&f, p, i)
				return f
			}
		}
	}
	return f
}

// foreword keeps words between a case and its scores as a comment.
func (r *reader) foreword(f *findings, p part, first int) {
	from := 0
	for i := range first {
		if p.items[i].kind == kCase {
			from = i + 1
		}
	}
	at, why := r.resolve(p)
	if why != "" || len(f.claims) == 0 || from == first {
		return
	}
	if s := (piece{p.l, p.items[from:first]}).comment(0); len([]rune(s)) >= 10 {
		f.comments = append(f.comments, remark{at, s})
	}
}

// valueHeads finds the items at which a criterion or a total begins.
func (r *reader) valueHeads(p piece) []int {
	var out []int
	for i, it := range p.items {
		if it.kind == kCriterion || it.kind == kTotal {
			out = append(out, i)
		}
	}
	return out
}

// conditional tells whether the clause before item i makes what follows depend on
// something.
func (p piece) conditional(i int) bool {
	for k := i - 1; k >= max(0, i-40); k-- {
		switch it := p.items[k]; it.kind {
		case kMark:
			if strings.ContainsRune("。;!?", it.mark) {
				return false
			}
		case kNumber:
			if it.number.loose() {
				return false
			}
		case kText:
			if conditionals.MatchString(p.text(it)) {
				return true
			}
		}
	}
	return false
}

var conditionals = regexp.MustCompile(`如果|假如|若(?:$|[^干])|倘若|要是|除非|万一|假设|否则`)

// lost notes scores whose case is not certain.
func (r *reader) lost(f *findings, p part, why Reason) {
	name := p.called
	if !p.named {
		name = r.c.named
	}
	f.doubts = append(f.doubts, doubt{at: none, criterion: none, number: name, words: p.l.all(), reason: why})
}

func (r *reader) vague(f *findings, p part, at int, why, reason Reason) {
	if why != "" {
		r.lost(f, p, why)
		return
	}
	f.doubt(at, none, p.l.all(), reason)
}
