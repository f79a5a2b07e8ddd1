package form

import (
	"regexp"
	"strings"
)

// Marks before or behind the name of a field. Templates and symbol fonts have
// many; U+F0xx are Wingdings characters that a PDF may keep.
const (
	ticks   = "☑☒■√✓✔✅●◉▣⊠◼◾🗹🗸\uf052\uf053\uf054\uf0fe\uf0fd\uf0fc\uf050\uf051"
	circles = "○◯〇"
	squares = "□☐▢◻◽❑❏▯\uf0a8\uf06f\uf0a3\uf071\uf072\uf02a"
	empties = squares + circles
)

// tickedBracket and emptyBracket are check boxes made of brackets.
var (
	tickedBracket = regexp.MustCompile(`[\[［(（【]\s*([√✓✔vVxX×☑■●*]|R)\s*[\]］)）】]`)
	emptyBracket  = regexp.MustCompile(`[\[［(（【]\s*[\]］)）】]`)
)

// marking is a way to mark names: what marks a chosen one, what another.
type marking struct {
	on, off string
	letter  bool // a lone R, too: a ticked box in Wingdings 2 whose font was lost
}

// byCircle: 〇 at the few that are meant, as on paper.
var (
	byTick   = marking{ticks, empties, true}
	byCircle = marking{circles, squares, false}
)

// in reports whether anything in the text marks a chosen name.
func (m marking) in(s string) bool { return m.at(s) >= 0 }

// at is where the first such mark stands, -1 if there is none.
func (m marking) at(s string) int {
	if i := strings.IndexAny(s, m.on); i >= 0 || !m.letter {
		return i
	}
	return loneR(s)
}

// loneR is where an R stands between other characters than letters and digits, -1
// if none does.
func loneR(s string) int {
	joined := func(c byte) bool { return '0' <= c && c <= 'z' }
	for i := range len(s) {
		if s[i] == 'R' && (i == 0 || !joined(s[i-1])) && (i+1 == len(s) || !joined(s[i+1])) {
			return i
		}
	}
	return -1
}

// read gives every mark to the name before or behind it. Which of both is seen from
// the ends: a list that begins with a mark has them before the names. Nil if a mark
// may belong to either side.
func (m marking) read(text string, places []place, names int) []bool {
	if len(places) == 0 || m.onLines(text, places) == unknown {
		return nil
	}
	s := sides{marking: m, boxes: strings.ContainsAny(text, m.off)}
	head, tail := text[:places[0].at], text[places[len(places)-1].end:]
	s.before = strings.ContainsAny(head, m.on+m.off) || m.in(head)
	s.behind = !s.before && m.in(tail)
	ticked := make([]bool, names)
	for i := 0; i <= len(places); i++ {
		from, to := 0, len(text)
		if i > 0 {
			from = places[i-1].end
		}
		if i < len(places) {
			to = places[i].at
		}
		left, right, sure := s.share(text[from:to], i == 0, i == len(places))
		if !sure {
			return nil
		}
		if i > 0 && left {
			ticked[places[i-1].name] = true
		}
		if i < len(places) && right {
			ticked[places[i].name] = true
		}
	}
	return ticked
}

// How marks that stand on lines of their own go with the names' lines.
const (
	known = iota
	unknown
)

// onLines looks at marks on lines of their own, without boxes: above each name's line
// or below it can be told if only the first or the last line is such a one.
func (m marking) onLines(text string, places []place) int {
	if strings.ContainsAny(text, m.off) {
		return known
	}
	alone, several := []bool{}, false
	at := 0
	for _, l := range strings.Split(text, "\n") {
		n := 0
		for _, p := range places {
			if p.end > at && p.at < at+len(l) {
				n++
			}
		}
		at += len(l) + 1
		several = several || n > 1
		if n > 0 || m.in(l) {
			alone = append(alone, n == 0)
		}
	}
	if count(alone) > 0 && (several || alone[0] == alone[len(alone)-1]) {
		return unknown
	}
	return known
}

// sides is how marks stand in a list of names.
type sides struct {
	marking
	boxes  bool // names that are not chosen have marks, too
	before bool // the list begins with a mark
	behind bool // it ends with one and does not begin so
}

// share tells whether the text between two names marks the left or the right one. With
// boxes before the names a tick in front of the next name's box is the left one's;
// alone it belongs to the side that it touches.
func (s sides) share(between string, first, last bool) (left, right, sure bool) {
	tick := s.at(between)
	if tick < 0 {
		return false, false, true
	}
	box := strings.IndexAny(between, s.off)
	touchesLeft := strings.TrimLeft(between[:tick], "（([【") == ""
	size := len(string([]rune(between[tick:])[:1]))
	touchesRight := strings.TrimLeft(between[tick+size:], s.on+"）)]】") == ""
	switch {
	case first:
		return false, true, true
	case last:
		return true, false, true
	case s.before && box >= 0:
		size := len(string([]rune(between[box:])[:1]))
		joined := !touchesLeft && tick < box && strings.TrimLeft(between[tick:box], s.on) == "" // √□
		return tick < box && !joined, joined || strings.ContainsAny(between[box+size:], s.on), true
	case touchesLeft != touchesRight:
		return touchesLeft, touchesRight, true
	}
	if left, right := strings.Contains(between[:tick], "\n"), strings.Contains(between[tick:], "\n"); left != right && !s.boxes {
		return right, left, true // on the line of one of them
	}
	return !s.before, s.before, s.boxes || s.before || s.behind
}
