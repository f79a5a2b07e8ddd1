package form

import "strings"

// A neighbour is where the cell with a name's mark stands, seen from the name.
type neighbour func(grid []cell, name cell) (mark cell, ok bool)

// tickedCells reads marks that have cells of their own, beside each name's cell or in
// the row above or below it. apart is false where there are none such; ticked is nil
// where it cannot be told which side they stand on.
func tickedCells(box []cell, names []string) (ticked []bool, apart bool) {
	if len(box) < 3 {
		return nil, false
	}
	grid := box[1:] // without the label
	var named []cell
	var of []int
	marked := 0
	for _, c := range grid {
		places := find(c.text, names)
		switch {
		case len(places) == 1 && !strings.ContainsAny(c.text, ticks+empties):
			named, of = append(named, c), append(of, places[0].name)
		case len(places) > 0:
			return nil, false
		case byTick.in(c.text) && isMarks(c.text):
			marked++
		}
	}
	if marked == 0 || len(named) < 2 {
		return nil, false
	}
	sides := 0
	for _, side := range []neighbour{leftOf, rightOf, above, under} {
		found, ok := ticksBeside(grid, named, of, len(names), side, names)
		if ok && count(found) == marked {
			ticked = found
			sides++
		}
	}
	if sides != 1 {
		return nil, true
	}
	return ticked, true
}

// ticksBeside reads the marks on one side of the names; ok: each name has a cell there
// that holds a mark or nothing.
func ticksBeside(grid, named []cell, of []int, n int, side neighbour, names []string) (ticked []bool, ok bool) {
	ticked = make([]bool, n)
	for i, c := range named {
		m, there := side(grid, c)
		if !there || len(find(m.text, names)) > 0 {
			return nil, false
		}
		if byTick.in(m.text) && isMarks(m.text) {
			ticked[of[i]] = true
		}
	}
	return ticked, true
}

// isMarks: nothing but marks and spaces.
func isMarks(s string) bool {
	return strings.TrimFunc(s, func(r rune) bool { return invisible(r) || r == 'R' || strings.ContainsRune(ticks+empties, r) }) == ""
}

func leftOf(grid []cell, name cell) (cell, bool) {
	return cellWhere(grid, func(c cell) bool { return c.row == name.row && c.end == name.from })
}

func rightOf(grid []cell, name cell) (cell, bool) {
	return cellWhere(grid, func(c cell) bool { return c.row == name.row && c.from == name.end })
}

func above(grid []cell, name cell) (cell, bool) {
	return cellWhere(grid, func(c cell) bool { return c.row == name.row-1 && c.from == name.from })
}

func under(grid []cell, name cell) (cell, bool) {
	return cellWhere(grid, func(c cell) bool { return c.row == name.row+1 && c.from == name.from })
}

func cellWhere(grid []cell, is func(cell) bool) (cell, bool) {
	for _, c := range grid {
		if is(c) {
			return c, true
		}
	}
	return cell{}, false
}
