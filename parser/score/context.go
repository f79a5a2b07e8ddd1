package score

import "slices"

// context is where reading stands within a body: which case is spoken of, which
// criterion was named last, whether a comment goes on.
type context struct {
	at      int     // case; none
	reason  Reason  // why at is none although a case was named
	named   string  // that name
	heading heading // how the case came to be spoken of
	strayed bool    // our own prose stood between since
	since   int     // line of the heading
	pending int     // criterion that stands on a line of its own above; none
	noting  bool    // a comment goes on
	order   order   // of the numbers in rows without names, by a header
	told    order   // the same, by what he says; empty but not nil: not understood
	cases   []int   // order of the cases, by what he says
	header  bool    // order comes from a line of names, and goes on being added to
	bare    []bareNumber
	pended  []claim // values under names that stood on their own lines
}

type heading int

const (
	noHeading  heading = iota
	ourHeading         // a line of ours
	hisHeading
)

// bareNumber is a line with nothing but numbers.
type bareNumber struct {
	listing listing
	l       *line
	marker  int // the number before it in a list of his, 0 if there is none
}

// enter begins a new case.
func (r *reader) enter(m mention, words string, h heading) {
	r.flush()
	c := &r.c
	c.at, c.reason, c.named = none, m.reason, words
	switch {
	case len(m.cases) == 1 && (r.proved || m.whole):
		c.at = m.cases[0]
	case len(m.cases) >= 1:
		c.reason = UnclearCase
	}
	c.since = r.now
	c.heading, c.strayed, c.pending, c.noting, c.header = h, false, none, false, false
}

// leave ends what is spoken of.
func (r *reader) leave() {
	r.flush()
	r.c = context{at: none, pending: none, order: r.c.order, told: r.c.told, cases: r.c.cases}
}

// current is the case that words without a case's name are about, or why that is
// not certain.
func (r *reader) current() (int, Reason) {
	c := &r.c
	switch {
	case c.reason != "":
		return none, c.reason
	case c.at != none && c.heading == ourHeading && c.strayed && r.now > r.lastOurs:
		return none, UnclearCase // written below all of it
	case c.at != none:
		return c.at, ""
	case len(r.x.cases) == 1 && r.proved:
		return 0, ""
	}
	return none, UnclearCase
}

// flush settles numbers that stood on lines of their own, when something else
// begins.
func (r *reader) flush() {
	c := &r.c
	bare, pended := c.bare, c.pended
	c.bare, c.pended = nil, nil
	if len(bare) > 0 {
		whole := listing{}
		words := ""
		for _, b := range bare {
			whole.numbers = append(whole.numbers, b.listing.numbers...)
			whole.ours = append(whole.ours, b.listing.ours...)
			whole.marks += b.listing.marks
			words += " " + b.l.all()
		}
		if len(pended) > 0 { // names above or below their numbers? not certain
			for _, p := range pended {
				r.out.doubt(p.at, p.criterion, p.words, Unclear)
			}
			pended = nil
			r.out.doubt(r.at(), none, words[1:], Unclear)
		} else {
			r.bareList(whole, bare, words[1:])
		}
	}
	r.out.claims = append(r.out.claims, pended...)
}

// at is the case spoken of, none if it is not certain.
func (r *reader) at() int {
	at, _ := r.current()
	return at
}

// bareList reads numbers gathered from several lines.
func (r *reader) bareList(whole listing, bare []bareNumber, words string) {
	at, why := r.current()
	if len(whole.numbers) == 1 && (at == none || whole.numbers[0].value > r.x.whole()) {
		return // a page, a room, a date
	}
	if why != "" {
		r.out.doubts = append(r.out.doubts, doubt{at: none, criterion: none, number: r.c.named, words: words, reason: why})
		return
	}
	values, sum, reason := r.x.positional(whole, r.orderNow())
	for i, b := range bare {
		if (b.marker > 0) != (bare[0].marker > 0) || b.marker > 0 && b.marker != i+1 {
			reason = UnclearNumber
		}
	}
	if reason != "" {
		r.out.doubt(at, none, words, reason)
		return
	}
	parts, _ := r.orderNow().parts()
	var each []string
	for _, b := range bare {
		for _, w := range b.listing.words {
			each = append(each, b.l.words(w[0], w[1]))
		}
	}
	for i, v := range values {
		if !whole.ours[i] {
			r.out.claims = append(r.out.claims, claim{at: at, criterion: parts[i], value: v, words: each[i], where: r.where(bare[0].l), listed: !r.told()})
		}
	}
	if sum != none {
		r.out.totals = append(r.out.totals, total{at: at, value: sum, words: words})
	}
}

// orderNow is the order of numbers without names; empty if it was told and not
// understood.
func (r *reader) orderNow() order {
	parts, _ := r.c.order.parts()
	if slices.Contains(parts, none) { // a total among them: how do the numbers stand?
		return order{}
	}
	if len(parts) >= 2 {
		return r.c.order
	}
	if r.c.told != nil {
		return r.c.told
	}
	return r.x.canonical()
}

func (r *reader) where(l *line) string {
	switch {
	case r.sheet:
		return inSheet
	case l.quoted:
		return inQuote
	}
	return inText
}
