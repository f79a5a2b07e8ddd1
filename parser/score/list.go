package score

import "slices"

// listing is a run of numbers without names: the criteria in their order.
type listing struct {
	from, to int // items
	numbers  []number
	ours     []bool
	words    [][2]int // runes of each number
	marks    string   // what stands between them
}

// run finds the run of numbers that begins at item i.
func (p piece) run(i int) listing {
	l := listing{from: i, to: i}
	between := ""
	for k := i; k < len(p.items); k++ {
		it := p.items[k]
		switch it.kind {
		case kNumber:
			if it.number.counts || it.number.marker && len(l.numbers) > 0 {
				return l
			}
			l.numbers, l.ours, l.words = append(l.numbers, it.number), append(l.ours, it.ours), append(l.words, [2]int{it.a, it.b})
			l.marks += between
			if l.to, between = k+1, ""; it.number.weak {
				return l // a comment begins behind it
			}
		case kTab:
			between += " "
		case kMark:
			switch it.mark {
			case ',', '，', '、', ';', '/', '-', '~', '+', '\\', '。', '(', ')', '"', '“', '”', '[', ']':
				between += string(it.mark)
			default:
				return l
			}
		default:
			return l
		}
	}
	return l
}

// order is which criterion each number of a listing stands for.
type order []int

func (x *lexicon) canonical() order {
	o := make(order, len(x.criteria))
	for i := range o {
		o[i] = i
	}
	return o
}

// parts drops a total from an order; sum tells that it ended in one.
func (o order) parts() (parts order, sum bool) {
	if n := len(o); n > 0 && o[n-1] == none {
		return o[:n-1], true
	}
	return o, false
}

// positional reads a listing as values in an order. It is all or nothing: with a
// number that does not fit, the places of the others are not certain either. sum is
// a total behind them, none if there is none.
func (x *lexicon) positional(l listing, o order) (values []int, sum int, reason Reason) {
	parts, summed := o.parts()
	if r := x.countable(l, len(parts)); r != "" {
		return nil, none, r
	}
	added := 0
	for i, c := range parts {
		n, most := l.numbers[i], x.criteria[c].Max
		if n.of > 0 && n.of != most {
			return nil, none, UnclearNumber
		}
		if n.value > most {
			return nil, none, OutOfRange
		}
		values = append(values, n.value)
		added += n.value
	}
	sum = none
	if len(l.numbers) > len(parts) {
		sum = l.numbers[len(parts)].value
	}
	switch {
	case sum != none && sum != added && (summed || sum > x.most()):
		return nil, none, TotalDiffers
	case sum != none && sum != added, numbered(l.numbers[:len(parts)]):
		return nil, none, UnclearNumber
	}
	return values, sum, ""
}

// countable says why a listing cannot stand for n criteria, with or without a total.
func (x *lexicon) countable(l listing, n int) Reason {
	for _, m := range l.numbers {
		if m.flaw != "" || m.marker {
			return UnclearNumber
		}
	}
	if r := joined(l, n); r != "" {
		return r
	}
	switch {
	case len(l.numbers) == n && n > 0, len(l.numbers) == n+1 && n > 0:
		return ""
	case len(l.numbers) == 1 && (l.numbers[0].value > x.most() || l.numbers[0].of == x.whole()):
		return TotalAlone
	}
	return Count
}

// joined judges what stands between the numbers: 27-28 is a range, 27-22-18-13-9
// is a list.
func joined(l listing, n int) Reason {
	dash, plus := 0, 0
	for _, m := range l.marks {
		switch m {
		case '-', '~':
			dash++
		case '+':
			plus++
		}
	}
	if dash > 0 && (len(l.numbers) < n || dash != len(l.numbers)-1 || slices.Contains([]rune(l.marks), '~')) {
		return Range
	}
	if plus > 0 && plus < n-1 {
		return UnclearNumber
	}
	return ""
}

// numbered tells 1.27 2.22 3.18: points of a list, not values.
func numbered(ns []number) bool {
	if len(ns) < 2 {
		return false
	}
	for i, n := range ns {
		if n.value/100 != i+1 || n.value%100 == 0 {
			return false
		}
	}
	return true
}

// most is the highest maximum of a criterion, whole that of all together.
func (x *lexicon) most() int {
	m := 0
	for _, c := range x.criteria {
		m = max(m, c.Max)
	}
	return m
}

func (x *lexicon) whole() int {
	m := 0
	for _, c := range x.criteria {
		m += c.Max
	}
	return m
}
