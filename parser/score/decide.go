package score

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// key is one cell.
type key struct{ at, criterion int }

// decide turns all findings into an answer: what is certain is recorded, what
// contradicts itself is asked back.
func decide(r Request, f findings) Answer {
	d := decider{r: r, f: f, values: map[key][]claim{}, asked: map[key]bool{}}
	d.distrust()
	d.gather()
	d.sums()
	d.withdrawals()
	return d.answer()
}

type decider struct {
	r      Request
	f      findings
	values map[key][]claim
	asked  map[key]bool // cells, or with criterion none whole cases, that are asked back
	out    Answer
}

// distrust drops claims that other things in the answer make uncertain: words that
// all of it is provisional; an order of numbers or a scale that does not fit.
func (d *decider) distrust() {
	if !d.f.says() && len(d.f.old) > 0 && !d.f.accept && !d.f.decline && !d.f.confirm && len(d.f.recusals)+len(d.f.abstained)+len(d.f.questions) == 0 {
		d.f.doubt(none, none, strings.Join(d.f.old, "\n"), Unclear)
	}
	misfits, out := 0, 0
	for _, x := range d.f.doubts {
		if x.reason != OutOfRange {
			continue
		}
		if out++; x.criterion == none {
			misfits++
		}
	}
	listed := 0
	for _, c := range d.f.claims {
		if c.listed && c.criterion == 0 {
			listed++
		}
	}
	d.f.claims = slices.DeleteFunc(d.f.claims, func(c claim) bool {
		words := d.f.provisional
		switch {
		case words != "":
		case c.listed && misfits > 1 && 2*misfits >= listed, out > 2 && out >= len(d.f.claims):
			words = c.words
		default:
			return false
		}
		d.f.doubt(c.at, none, words, Unclear)
		return true
	})
}

// gather puts claims together by cell. Equal ones are one; what 改为 says goes
// before the rest; else two values are a question.
func (d *decider) gather() {
	for _, x := range d.f.doubts {
		if x.at != none {
			d.asked[key{x.at, x.criterion}] = true
		}
	}
	for _, c := range d.f.claims {
		k := key{c.at, c.criterion}
		d.values[k] = append(d.values[k], c)
	}
	conflicts := map[int][]key{}
	for _, k := range d.keys() {
		cs := d.values[k]
		if i := slices.IndexFunc(cs, func(c claim) bool { return c.changed }); i >= 0 {
			cs = slices.DeleteFunc(slices.Clone(cs), func(c claim) bool { return !c.changed })
		}
		if slices.ContainsFunc(cs, func(c claim) bool { return c.value != cs[0].value }) {
			conflicts[k.at] = append(conflicts[k.at], k)
		}
		d.values[k] = cs
	}
	for at := range d.r.Cases {
		ks := conflicts[at]
		var words []string
		for _, k := range ks {
			words = append(words, wordsOf(d.values[k]))
		}
		switch {
		case len(ks) == 1:
			d.ask(ks[0], words[0], TwoValues)
		case len(ks) > 1: // one of the two rows may be another case's
			d.ask(key{at, none}, strings.Join(words, " "), TwoValues)
		}
	}
}

func wordsOf(cs []claim) string {
	var out []string
	for _, c := range cs {
		if !slices.Contains(out, c.words) {
			out = append(out, c.words)
		}
	}
	return strings.Join(out, "；")
}

func (d *decider) keys() []key {
	var out []key
	for k := range d.values {
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b key) int { return cmp.Or(a.at-b.at, a.criterion-b.criterion) })
	return out
}

// ask asks a cell, or with criterion none a case, back.
func (d *decider) ask(k key, words string, why Reason) {
	d.f.doubts = append(d.f.doubts, doubt{at: k.at, criterion: k.criterion, words: words, reason: why})
	d.asked[k] = true
}

// sums compares totals with their parts. A total that differs puts all values of
// its case in doubt; one without parts is none.
func (d *decider) sums() {
	done := map[int]bool{}
	for _, t := range d.f.totals {
		if done[t.at] || d.changed(t.at) {
			continue
		}
		sum, n, open, doubted := 0, 0, 0, false
		for i, c := range d.r.Criteria {
			k := key{t.at, i}
			doubted = doubted || d.asked[k]
			if cs := d.values[k]; len(cs) > 0 && !d.asked[k] {
				sum, n = sum+cs[0].value, n+1
			} else {
				open += c.Max
			}
		}
		switch {
		case d.asked[key{t.at, none}] || doubted && n == 0:
		case n == 0:
			d.ask(key{t.at, none}, t.words, TotalAlone)
			done[t.at] = true
		case n == len(d.r.Criteria) && sum != t.value, sum > t.value, !doubted && sum+open < t.value:
			d.ask(key{t.at, none}, t.words, TotalDiffers)
			done[t.at] = true
		}
	}
}

// changed tells whether a value of a case was changed after its total was made.
func (d *decider) changed(at int) bool {
	return slices.ContainsFunc(d.f.claims, func(c claim) bool { return c.at == at && c.changed })
}

// withdrawals settles cases that are given back: scores beside them contradict.
func (d *decider) withdrawals() {
	given := map[int]string{}
	for _, x := range slices.Concat(d.f.recusals, d.f.abstained) {
		given[x.at] = x.text
	}
	for at := range d.r.Cases {
		if _, ok := given[at]; !ok {
			continue
		}
		for i := range d.r.Criteria {
			if len(d.values[key{at, i}]) > 0 && !d.asked[key{at, none}] {
				d.ask(key{at, none}, wordsOf(d.values[key{at, i}])+"；"+given[at], Unclear)
			}
		}
	}
	for at := range d.r.Cases {
		d.scale(at)
	}
}

// scale asks back a case whose values would all fit the smallest criterion: more
// likely zeros to fill up a form, or points of five or ten, than a judgement.
func (d *decider) scale(at int) {
	least := slices.MinFunc(d.r.Criteria, func(a, b Criterion) int { return a.Max - b.Max }).Max
	most := slices.MaxFunc(d.r.Criteria, func(a, b Criterion) int { return a.Max - b.Max }).Max
	if least == most || d.asked[key{at, none}] {
		return
	}
	var words []string
	for i := range d.r.Criteria {
		cs := d.values[key{at, i}]
		if len(cs) == 0 || cs[0].value > least {
			return
		}
		words = append(words, cs[0].words)
	}
	d.ask(key{at, none}, strings.Join(words, " "), Unclear)
}

func (d *decider) answer() Answer {
	for _, k := range d.keys() {
		if d.asked[k] || d.asked[key{k.at, none}] {
			continue
		}
		c := d.values[k][0]
		d.out.Cells = append(d.out.Cells, Cell{Number: d.r.Cases[k.at].Number, Criterion: d.r.Criteria[k.criterion].Name, Value: c.value, Words: c.words, Where: c.where})
	}
	d.remarks()
	d.queries()
	f := d.f
	d.out.Accept, d.out.Decline, d.out.Confirm, d.out.Why = f.accept && !f.decline, f.decline, f.confirm, f.why
	d.out.Question = strings.Join(f.questions, "\n")
	d.out.Absence = strings.Join(f.absence, "\n")
	d.out.Prose = strings.Join(f.prose, "\n")
	return d.out
}

var (
	clauses   = regexp.MustCompile(`[,，.。;；:：!！~～\s]+`)
	unchanged = regexp.MustCompile(`^(?:其余|其他|其它)(?:各?项|分数|案例)?(?:均|都)?(?:保持|维持)?(?:不变|不动|照旧)$`)
)

// courtesy: a remark that says nothing of the case: 以上，请查收。 其余不变，谢谢！
func courtesy(x remark) bool {
	said := false
	for _, c := range clauses.Split(x.text, -1) {
		if c == "" {
			continue
		}
		if said = true; !polite.MatchString(c) && !unchanged.MatchString(c) {
			return false
		}
	}
	return said
}

// remarks gives comments, recusals and abstentions, each case once.
func (d *decider) remarks() {
	comments := slices.DeleteFunc(slices.Clone(d.f.comments), courtesy)
	for at, c := range d.r.Cases {
		join := func(xs []remark) (string, bool) {
			var out []string
			found := false
			for _, x := range xs {
				if x.at != at {
					continue
				}
				found = true
				if x.text != "" && !slices.Contains(out, x.text) {
					out = append(out, x.text)
				}
			}
			return strings.Join(out, "\n"), found
		}
		contradicts := d.asked[key{at, none}]
		if s, ok := join(comments); ok && s != "" {
			d.out.Comments = append(d.out.Comments, Comment{c.Number, s})
		}
		if s, ok := join(d.f.recusals); ok && !contradicts {
			d.out.Recusals = append(d.out.Recusals, Recusal{c.Number, s})
		} else if s, ok := join(d.f.abstained); ok && !contradicts {
			d.out.Abstained = append(d.out.Abstained, Abstention{c.Number, s})
		}
	}
}

// queries gives each doubt once.
func (d *decider) queries() {
	slices.SortStableFunc(d.f.doubts, func(a, b doubt) int {
		return cmp.Or(lastIfNone(a.at)-lastIfNone(b.at), lastIfNone(a.criterion)-lastIfNone(b.criterion))
	})
	for _, x := range d.f.doubts {
		q := Query{Words: strings.TrimSpace(x.words), Reason: x.reason}
		if x.at != none {
			q.Number = d.r.Cases[x.at].Number
			if x.criterion != none {
				q.Criterion = d.r.Criteria[x.criterion].Name
			}
		} else {
			q.Number = d.unassigned(x)
		}
		same := func(p Query) bool {
			return p.Number == q.Number && p.Criterion == q.Criterion && (p.Reason == q.Reason || q.Number != "") || p == q
		}
		if !slices.ContainsFunc(d.out.Queries, same) {
			d.out.Queries = append(d.out.Queries, q)
		}
	}
}

// unassigned is the whole number of a case that is not his, if he wrote one.
func (d *decider) unassigned(x doubt) string {
	if x.reason != Unassigned || x.number == "" {
		return ""
	}
	s := string(compact(x.number))
	digits := strings.TrimLeft(s, "AL第编号NO")
	end := 0
	for end < len(digits) && isDigit(rune(digits[end])) {
		end++
	}
	digits = digits[:end]
	if len(d.r.Cases) == 0 || end == 0 {
		return ""
	}
	prefix, _, ok := strings.Cut(d.r.Cases[0].Number, "-")
	switch {
	case !ok:
		return ""
	case end == 8:
		return "AL" + digits[:4] + "-" + digits[4:]
	case end <= 4:
		return prefix + "-" + strings.Repeat("0", 4-end) + digits
	}
	return ""
}

// lastIfNone puts what has no place last.
func lastIfNone(i int) int {
	if i == none {
		return 1 << 20
	}
	return i
}
