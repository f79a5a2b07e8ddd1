package review

// place is one expert at one case.
type place struct {
	why   string // he must not judge it
	match bool   // of a field of his
	taken bool
	held  bool // taken before: stays
}

// seating is cases × experts while seats are given.
type seating struct {
	cases   []CaseFacts
	experts []Expert
	places  [][]place // case, expert
	load    []int     // of each expert
}

func (t *seating) seated(c int) int {
	n := 0
	for _, p := range t.places[c] {
		if p.taken {
			n++
		}
	}
	return n
}

// possible is how many experts may judge a case.
func (t *seating) possible(c int) int {
	n := 0
	for _, p := range t.places[c] {
		if p.why == "" {
			n++
		}
	}
	return n
}

// takeAll seats everybody who may judge a case, for good.
func (t *seating) takeAll(c int) {
	for e := range t.places[c] {
		if p := &t.places[c][e]; p.why == "" {
			if !p.taken {
				t.load[e]++
			}
			p.taken, p.held = true, true
		}
	}
}

// unreached is more than any chain costs.
const unreached = 1 << 60

// chain is the search for where one more seat at a case costs least: an expert
// may take the case and hand one of his own to another, who hands on one of his …
type chain struct {
	toCase, toExpert     []int // cost to get there
	caseFrom, expertFrom []int // the expert, the case before it
}

// give seats one more expert at a case, along the chain that costs least. An
// expert's nth case costs (2n−1) × more than all fields together, so that loads
// are as even as can be and only then fields decide; a case that fits no field
// costs 1. Seating case after case along cheapest chains gives the cheapest plan
// of all (successive shortest paths for a minimum cost flow). Equal costs: the
// first in order of cases and experts.
func (t *seating) give(c int) {
	s := t.search(c)
	heavy := len(t.cases)*len(t.experts) + 1
	last, least := -1, unreached
	for e, cost := range s.toExpert {
		if cost < unreached && cost+heavy*(2*t.load[e]+1) < least {
			last, least = e, cost+heavy*(2*t.load[e]+1)
		}
	}
	if last < 0 {
		return
	}
	t.load[last]++
	for e := last; ; {
		from := s.expertFrom[e]
		t.places[from][e].taken = true
		if from == c {
			return
		}
		e = s.caseFrom[from]
		t.places[from][e].taken = false
	}
}

// search is Bellman and Ford's: costs fall until none can.
func (t *seating) search(c int) chain {
	s := chain{make([]int, len(t.cases)), make([]int, len(t.experts)), make([]int, len(t.cases)), make([]int, len(t.experts))}
	for i := range s.toCase {
		s.toCase[i] = unreached
	}
	for i := range s.toExpert {
		s.toExpert[i] = unreached
	}
	s.toCase[c] = 0
	for falling := true; falling; {
		falling = false
		for i, row := range t.places {
			for e, p := range row {
				cost := 1
				if p.match {
					cost = 0
				}
				if p.why == "" && !p.taken && s.toCase[i] < unreached && s.toCase[i]+cost < s.toExpert[e] {
					s.toExpert[e], s.expertFrom[e], falling = s.toCase[i]+cost, i, true
				}
				if p.taken && !p.held && s.toExpert[e] < unreached && s.toExpert[e]-cost < s.toCase[i] {
					s.toCase[i], s.caseFrom[i], falling = s.toExpert[e]-cost, e, true
				}
			}
		}
	}
	return s
}
