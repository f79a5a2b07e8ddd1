package form

import (
	"slices"

	"anli/parser/document"
)

// looks by which people choose. Struck ones are those that they do not choose.
var looks = []document.Look{document.Underlined, document.Bold, document.Coloured, document.Highlighted, document.Bordered}

// nameLook is how the letters of a name look: every is what all of them have, at all
// of its places, some what any has.
type nameLook struct {
	seen        bool
	every, some document.Look
}

// outstanding reads a choice by looks: a few names are underlined, bold, in colour,
// marked or framed and the others plain, or all but a few are struck out. A look
// that most names have is the template's, and an underline under the field that asks
// for an explanation may be its blank line. Nil where nothing stands out and where two
// looks choose otherwise.
func outstanding(box []cell, call Call, explained bool) []bool {
	names := looksOfNames(box, call.Categories)
	seen := make([]bool, len(names))
	for i, n := range names {
		seen[i] = n.seen
	}
	var chosen []bool
	agree := func(with []bool) bool {
		if chosen == nil {
			chosen = with
		}
		return slices.Equal(chosen, with)
	}
	struck, sure := having(names, document.Struck)
	left := make([]bool, len(names))
	for i := range left {
		left[i] = seen[i] && !struck[i]
	}
	if sure && few(left, seen) {
		agree(left)
	}
	for _, look := range looks {
		with, sure := having(names, look)
		blankLine := look == document.Underlined && !explained && hasOther(with, call)
		if !sure || !few(with, seen) || blankLine {
			continue
		}
		if !agree(with) {
			return nil
		}
	}
	for i := range chosen {
		if chosen[i] && names[i].some&document.Struck != 0 {
			return nil
		}
	}
	return chosen
}

// having tells which names have a look; sure is false where some have it in part.
func having(names []nameLook, look document.Look) (with []bool, sure bool) {
	with = make([]bool, len(names))
	for i, n := range names {
		with[i] = n.every&look != 0
		if n.some&look != n.every&look {
			return with, false
		}
	}
	return with, true
}

// hasOther: the field that asks for an explanation is among them.
func hasOther(with []bool, call Call) bool {
	for i, name := range call.Categories {
		if with[i] && compact(name) == compact(call.OtherField) {
			return true
		}
	}
	return false
}

// looksOfNames gathers how the names look in all cells of the box.
func looksOfNames(box []cell, names []string) []nameLook {
	out := make([]nameLook, len(names))
	for _, c := range box {
		for _, p := range find(c.text, names) {
			every, some := looksWithin(c, p)
			n := &out[p.name]
			if !n.seen {
				n.every = every
			}
			n.seen = true
			n.every, n.some = n.every&every, n.some|some
		}
	}
	return out
}

// looksWithin goes over the letters of a name, spaces left out.
func looksWithin(c cell, p place) (every, some document.Look) {
	every = ^document.Look(0)
	for i, r := range c.text[p.at:p.end] {
		if invisible(r) {
			continue
		}
		var look document.Look
		for _, m := range c.marks {
			if m.From <= p.at+i && p.at+i < m.To {
				look = m.Look
			}
		}
		every, some = every&look, some|look
	}
	return every, some
}
