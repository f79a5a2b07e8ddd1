package score

import "slices"

// reader goes through one form of an answer, or one file, line by line.
type reader struct {
	x        *lexicon
	proved   bool
	sheet    bool     // a file, not the mail itself
	stamps   []string // of the sheets that were sent to him
	c        context
	out      findings
	now      int // line
	lastOurs int // last line of ours
	rows     []nameless
	gap      bool // the line before was empty
	ts       []token
	mine     []bool // by token: ours
}

func newReader(x *lexicon, proved bool) *reader {
	return &reader{x: x, proved: proved, lastOurs: -1, c: context{at: none, pending: none}}
}

// read reads a body.
func (r *reader) read(ls []line) findings {
	for i := range ls {
		if ls[i].state == ours {
			r.lastOurs = i
		}
	}
	r.numberWords(ls)
	left := hisMost
	for i := 0; i < len(ls); {
		r.now = i
		if ls[i].state == his && len(ls[i].text) > lineMost {
			r.tooLong(&ls[i])
			i++
			continue
		}
		if ls[i].state == his {
			if left -= len(ls[i].text); left < 0 {
				r.tooLong(&ls[i])
				break
			}
		}
		if n := tableAt(ls[i:]); n > 0 {
			r.table(ls[i : i+n])
			i += n
			continue
		}
		if i > 0 && ls[i].quoted != ls[i-1].quoted && ls[i].state != blank && r.c.heading != ourHeading {
			r.leave()
		}
		r.line(&ls[i])
		i++
	}
	r.flush()
	r.rowsInOrder()
	return r.out
}

// Bounds that keep a hostile answer cheap. A real one has some thousand characters
// of his own, and a paragraph about forty cases three thousand.
const (
	hisMost  = 60_000 // characters of his
	lineMost = 8_000  // of one line
)

// tooLong passes over what is too long to be scores. Where he wrote it, and no
// client that broke our letter, he is told.
func (r *reader) tooLong(l *line) {
	r.stray()
	if !l.quoted {
		r.out.doubt(none, none, string(l.raw[:min(len(l.raw), 200)]), Unreadable)
	}
}

func (r *reader) line(l *line) {
	switch l.state {
	case ours:
		r.ourLine(l)
	case his:
		if l.own {
			r.oldLine(l)
			return
		}
		r.hisLine(l)
	case blank:
		if r.c.noting && r.c.heading != ourHeading {
			r.c.noting = false
		}
	}
	r.gap = l.state == blank
}

// ourLine keeps track of where in our letter the reading is.
func (r *reader) ourLine(l *line) {
	c := &r.c
	head := l.text
	if len(head) > shortLine { // a heading, or nothing that matters
		head = head[:24]
	}
	var items []item
	if r.x.opens(head) {
		items = dropMarker(r.x.labels(head))
	}
	switch {
	case c.heading == ourHeading && !c.strayed && r.now-c.since <= 3 && len(l.text) <= 44 && !slices.Contains(l.text, ':') && len(items) == 0:
		// the heading goes on, broken by a client
	case len(items) == 0, len(l.text) > shortLine && items[0].kind != kCase:
		r.stray()
	case items[0].kind == kCase && len(items[0].mention.cases) == 1:
		r.enter(items[0].mention, string(head[items[0].a:items[0].b]), ourHeading)
	case items[0].kind == kNote && len(head) < 12:
		c.pending, c.noting, c.header = none, true, false
	case onlyNames(items):
		c.noting = false
		r.names(items)
	default:
		r.stray()
	}
}

// shortLine is how long a line of ours can be that is a label or a header.
const shortLine = 80

// stray notes prose of ours: what follows may be about anything.
func (r *reader) stray() {
	r.flush()
	c := &r.c
	c.pending, c.noting, c.strayed, c.header = none, false, true, false
}

// scan cuts a line into items and says which numbers are ours.
func (r *reader) scan(l *line) []item {
	items := r.x.scan(l.text)
	t := l.from
	for i := range items {
		it := &items[i]
		if it.kind != kNumber && it.kind != kCriterion || r.mine == nil {
			continue
		}
		for t < l.to && int(r.ts[t].at) < it.a {
			t++
		}
		it.ours = t < l.to && int(r.ts[t].at) < it.b && r.mine[t]
	}
	return items
}

// oldLine keeps what an older mail of his own says apart: he does not say it now.
func (r *reader) oldLine(l *line) {
	f := r.values(piece{l: l, items: dropMarker(r.scan(l))})
	if f.says() {
		r.out.old = append(r.out.old, l.all())
	}
}

// hisLine reads a line that is his, or partly his. The first that understands it
// has it.
func (r *reader) hisLine(l *line) {
	p := piece{l: l, items: dropMarker(r.scan(l))}
	if len(p.items) == 0 || isContact(p) {
		return
	}
	if provisional.MatchString(string(l.said)) && !r.c.noting && !l.quoted {
		r.out.provisional = l.all()
	}
	free := !r.c.noting // no comment goes on
	switch {
	case r.note(p), r.declares(p), free && r.acrossCases(p), free && r.uniform(p):
	case r.wordsOf(p), r.odd(p), free && r.rowOfNumbers(p), r.onlyNumbers(p):
	case free && onlyNames(p.items):
		r.names(p.items)
	case r.heads(p), free && r.c.pending != none && r.pendingValue(p):
	default:
		r.scores(p)
	}
}

// scores reads a line with scores, or else keeps it as words.
func (r *reader) scores(p piece) {
	f := r.values(p)
	if r.c.noting && !(f.says() && startsValue(p) && (len(f.doubts) == 0 || p.items[0].kind == kCase)) {
		r.noteOn(p)
		return
	}
	r.flush()
	r.c.pending, r.c.header = none, false
	switch {
	case f.says() || len(f.comments) > 0:
		r.c.noting = false
		r.out.add(f)
		r.alikes(p)
		r.follow(p)
	case r.smells(p) || r.corrects(p):
		r.follow(p)
		at, _ := r.about(p)
		r.out.doubt(at, none, p.l.all(), Unclear)
	default:
		r.follow(p)
		r.plain(p)
	}
}

// noteOn adds a line to a comment that goes on, unless it ends there.
func (r *reader) noteOn(p piece) {
	switch at, named := r.namedIn(p); {
	case polite.MatchString(p.folded()):
		r.c.noting = false
	case named && p.items[0].kind == kText && p.numbers(0) > 1: // the next row, hardly a comment
		r.enter(mention{cases: []int{at}}, p.l.all(), hisHeading)
		r.out.doubt(at, none, p.l.all(), Unclear)
	default:
		r.remark(p.l.all())
	}
}

// dropMarker drops bullets and the number of a list before what matters.
func dropMarker(items []item) []item {
	for len(items) > 0 {
		it := items[0]
		switch {
		case it.kind == kMark && it.mark != '(' && it.mark != '-':
			items = items[1:]
		case it.kind == kMark && it.mark == '-' && len(items) > 1 && items[1].kind != kNumber:
			items = items[1:]
		case it.kind == kNumber && it.number.marker && len(items) > 1 && items[1].kind == kMark:
			items = items[2:]
		case it.kind == kMark && len(items) > 3 && items[1].kind == kNumber && items[2].kind == kMark && items[2].mark == ')' && items[3].kind != kNumber:
			items = items[3:]
		default:
			return items
		}
	}
	return items
}
