package score

import (
	"regexp"
	"slices"
	"strings"
)

// withdraws reads a line with recusals or abstentions, and scores of other cases
// that may stand in it too.
func (r *reader) withdraws(p piece) bool {
	lead := false // 回避 stands before the first case: it is said of all
	for _, it := range p.items {
		if it.kind == kCase {
			break
		}
		lead = lead || it.kind == kText && (recusal.MatchString(p.text(it)) || abstain.MatchString(p.text(it)))
	}
	groups := byMention(p)
	if others.MatchString(p.folded()) { // 其余弃权: of which?
		f := r.values(p)
		f.doubts = nil
		r.flush()
		r.out.add(f)
		r.out.doubt(none, none, p.l.all(), UnclearCase)
		r.follow(p)
		return true
	}
	if len(groups) == 0 || lead {
		return r.withdraw(p, p)
	}
	done := false
	for i := 0; i < len(groups); i++ {
		g := groups[i]
		from := i
		for !r.withdrawn(g) && i+1 < len(groups) && joinedOnly(g) { // 0007、0012 回避
			i++
			g = piece{p.l, append(slices.Clone(g.items), groups[i].items...)}
		}
		if r.withdrawn(g) {
			done = r.withdraw(g, p) || done
			continue
		}
		for ; from <= i; from++ {
			r.out.add(r.values(groups[from]))
		}
		done = true
	}
	return done
}

// doubtful tells that he asks whether he should withdraw.
var doubtful = regexp.MustCompile(`(?:是否|要不要|需不需要|用不用|应否|算不算|需要|应该|要)[^,，。;；]{0,6}(?:回避|避嫌|弃权)[^,，。;；]{0,3}(?:吗|么|\?)|(?:是否|要不要|需不需要|用不用|算不算)[^,，。;；]{0,8}(?:回避|避嫌|弃权|不评)|请(?:告知|明示|定夺)|如需|需要的话|如果需要`)

// others speaks of cases that are not named.
var others = regexp.MustCompile(`(?:其余|其他|其它|剩下|余下|另外)[^,，。;；]{0,10}(?:回避|弃权|不评|不打)|有(?:一|两|二|三|几|些)(?:个|家)[^,，。;；]{0,8}(?:回避|弃权|不评)`)

func (r *reader) withdrawn(p piece) bool {
	s := p.folded()
	if p.cases() == 0 && away.MatchString(s) && until.MatchString(s) && !recusal.MatchString(s) {
		if _, ok := r.namedIn(p); !ok {
			return false // 近期出差，20日前不能评审: of no case
		}
	}
	if unfit.MatchString(s) && interest.MatchString(s) {
		if _, ok := r.namedIn(p); ok || p.cases() > 0 {
			return true
		}
	}
	return recusal.MatchString(noRecusal.ReplaceAllString(s, "")) || abstain.MatchString(noAbstain.ReplaceAllString(s, ""))
}

// joinedOnly tells a group that is just a case and a mark.
func joinedOnly(p piece) bool {
	for _, it := range p.items[1:] {
		if it.kind != kMark && it.kind != kCase && !(it.kind == kText && joins(p.l.text[it.a:it.b])) {
			return false
		}
	}
	return true
}

// byMention cuts a line before each case; what stands before the first goes with
// it.
func byMention(p piece) []piece {
	var out []piece
	from := 0
	for i, it := range p.items {
		if it.kind != kCase {
			continue
		}
		if len(out) > 0 {
			out[len(out)-1].items = p.items[from:i]
			from = i
		}
		out = append(out, piece{l: p.l})
	}
	if len(out) > 0 {
		out[len(out)-1].items = p.items[from:]
	}
	return out
}

// withdraw notes a recusal or an abstention of every case named in p, or of the one
// spoken of. False says that it is about none: a word among others.
func (r *reader) withdraw(p, whole piece) bool {
	ats, named := r.withdrawnCases(p)
	if at, ok := r.namedIn(p); ok && !named {
		named, ats = true, append(ats, at)
	}
	if !named {
		at, why := r.current()
		if why != "" && (declines.MatchString(p.folded()) || p.l.quoted) {
			return false
		}
		if why != "" {
			r.out.doubt(none, none, p.words(0), UnclearCase)
			return true
		}
		ats = append(ats, at)
	}
	r.flush()
	for _, at := range ats {
		x := remark{at, reasonOf(p)}
		if recuses(p, whole) {
			r.out.recusals = append(r.out.recusals, x)
		} else {
			r.out.abstained = append(r.out.abstained, x)
		}
	}
	return true
}

// withdrawnCases are the cases named in p; those that are none of his are asked
// back.
func (r *reader) withdrawnCases(p piece) (ats []int, named bool) {
	for _, it := range p.items {
		if it.kind != kCase {
			continue
		}
		named = true
		at, why := r.resolve(part{mention: it.mention, named: true})
		if why != "" {
			r.out.doubts = append(r.out.doubts, doubt{at: none, criterion: none, number: p.text(it), words: p.words(0), reason: why})
		} else if !slices.Contains(ats, at) {
			ats = append(ats, at)
		}
	}
	return ats, named
}

// recuses tells a recusal from an abstention: by the word, which may stand elsewhere
// in the line, or by a conflict of interest.
func recuses(p, whole piece) bool {
	s := p.folded()
	said := func(s string) bool { return recusal.MatchString(noRecusal.ReplaceAllString(s, "")) }
	return said(s) || interest.MatchString(s) || said(whole.folded()) && !abstain.MatchString(s)
}

// namedIn finds a case that a sentence begins with by its short name: 客味食品是我
// 学生创办的企业.
func (r *reader) namedIn(p piece) (int, bool) {
	for _, it := range p.items {
		if it.kind != kText {
			continue
		}
		t := p.l.text[it.a:it.b]
		for n := min(len(t), 16); n >= 2; n-- {
			i, ok := r.x.named(t[:n])
			if ok && sharesPair(string(t[:n]), r.x.cases[i].core) && r.proved {
				return i, true
			}
		}
	}
	return 0, false
}

// reasonOf is what is said beside the cases and the word itself.
func reasonOf(p piece) string {
	var out []string
	last := -1
	for i, it := range p.items {
		if it.kind == kCase {
			last = i
		}
	}
	if s := p.comment(last + 1); s != "" {
		out = append(out, s)
	}
	s := strings.Join(out, "")
	for _, w := range []string{"申请回避", "需要回避", "需回避", "请回避", "应回避", "回避", "弃权", "避嫌", "理由", "原因", "因为"} {
		s = strings.TrimLeft(strings.TrimPrefix(s, w), " ,，。:：、;；(（-—")
	}
	return strings.TrimRight(s, " ,，。;；")
}

// rowWords reads a row of a table in which a case is given back.
func (r *reader) rowWords(w row, at int, why Reason) bool {
	for i, c := range w.cells {
		if len(c.items) == 0 || !r.withdrawn(c) || slices.ContainsFunc(c.items, func(it item) bool { return it.kind == kCase }) {
			continue
		}
		if why != "" {
			r.out.doubts = append(r.out.doubts, doubt{at: none, criterion: none, words: w.l.all(), reason: why})
			return true
		}
		x := remark{at, reasonOf(c)}
		if x.text == "" && i+1 < len(w.cells) {
			x.text = w.text(len(w.cells) - 1)
		}
		if s := c.folded(); recusal.MatchString(s) || interest.MatchString(s) {
			r.out.recusals = append(r.out.recusals, x)
		} else {
			r.out.abstained = append(r.out.abstained, x)
		}
		return true
	}
	return false
}
