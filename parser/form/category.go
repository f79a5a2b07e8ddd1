package form

import (
	"regexp"
	"strings"
)

// Marks before or behind the name of a field. Templates and symbol fonts have
// many; U+F0xx are Wingdings characters that a PDF may keep.
const (
	ticks   = "☑☒■√✓✔✅●◉▣⊠◼◾🗹🗸\uf052\uf053\uf054\uf0fe\uf0fd\uf0fc\uf050\uf051"
	empties = "□☐○◯▢◻◽❑❏▯〇\uf0a8\uf06f\uf0a3\uf071\uf072\uf02a"
)

// tickedBracket and emptyBracket are check boxes made of brackets.
var (
	tickedBracket = regexp.MustCompile(`[\[［(（【]\s*([√✓✔vVxX×☑■●*]|R)\s*[\]］)）】]`)
	emptyBracket  = regexp.MustCompile(`[\[［(（【]\s*[\]］)）】]`)
)

// place is where a name of a field stands in the text.
type place struct{ name, at, end int }

// categories reads the box 参评领域: which fields are ticked, and what stands
// beside the one that asks for an explanation.
func categories(text string, call Call) (picked []string, other string) {
	text = tickedBracket.ReplaceAllString(text, " ☑")
	text = emptyBracket.ReplaceAllString(text, " □")
	places := find(text, call.Categories)
	ticked := make([]bool, len(call.Categories))
	marked := strings.ContainsAny(text, ticks+empties) || strings.Contains(withoutNames(text, places), "R")
	switch {
	case marked:
		tickByMarks(text, places, ticked)
	default:
		seen := map[int]bool{}
		for _, p := range places {
			seen[p.name] = true
		}
		for i := range ticked { // the others were deleted
			ticked[i] = seen[i] && len(seen) < len(ticked)
		}
	}
	picked = []string{}
	for i, name := range call.Categories {
		if ticked[i] {
			picked = append(picked, name)
		}
	}
	return picked, otherText(text, places, call)
}

// find locates the names in the text, spaces and width ignored; the longer name
// wins where two begin together.
func find(text string, names []string) []place {
	f := fold(text, false)
	want := make([][]rune, len(names))
	for i, n := range names {
		want[i] = []rune(compact(n))
	}
	var out []place
	for i := 0; i < len(f.runes); {
		best := -1
		for k, w := range want {
			if f.prefixed(w, i) && (best < 0 || len(w) > len(want[best])) {
				best = k
			}
		}
		if best < 0 {
			i++
			continue
		}
		n := len(want[best])
		out = append(out, place{best, f.at[i], f.end[i+n-1]})
		i += n
	}
	return out
}

func withoutNames(text string, places []place) string {
	var b strings.Builder
	from := 0
	for _, p := range places {
		b.WriteString(text[from:p.at])
		from = p.end
	}
	return b.String() + text[from:]
}

// tickByMarks gives every mark to the name before or behind it. Which of both is
// seen from the ends: a form that begins with a mark has them before the names.
func tickByMarks(text string, places []place, ticked []bool) {
	if len(places) == 0 {
		return
	}
	head := text[:places[0].at]
	before := strings.ContainsAny(head, ticks+empties) || loneR(head)
	for i := 0; i <= len(places); i++ {
		from, to := 0, len(text)
		if i > 0 {
			from = places[i-1].end
		}
		if i < len(places) {
			to = places[i].at
		}
		left, right := shareMarks(text[from:to], before, i == 0, i == len(places))
		if i > 0 && left {
			ticked[places[i-1].name] = true
		}
		if i < len(places) && right {
			ticked[places[i].name] = true
		}
	}
}

// shareMarks tells whether the text between two names ticks the left or the
// right one. With boxes before the names a tick in front of the next name's box
// is the left one's; alone it belongs to the side that it touches.
func shareMarks(between string, before, first, last bool) (left, right bool) {
	tick := strings.IndexAny(between, ticks)
	if tick < 0 && loneR(between) {
		tick = strings.Index(between, "R")
	}
	if tick < 0 {
		return false, false
	}
	box := strings.IndexAny(between, empties)
	touchesLeft := strings.TrimLeft(between[:tick], "（([【") == ""
	rest := between[tick:]
	size := len(string([]rune(rest)[:1]))
	touchesRight := strings.TrimLeft(rest[size:], ticks+"）)]】") == ""
	switch {
	case first:
		return false, true
	case last:
		return true, false
	case before && box >= 0:
		size := len(string([]rune(between[box:])[:1]))
		joined := !touchesLeft && tick < box && strings.TrimLeft(between[tick:box], ticks) == "" // √□
		return tick < box && !joined, joined || strings.ContainsAny(between[box+size:], ticks)
	case touchesLeft != touchesRight:
		return touchesLeft, touchesRight
	}
	return !before, before
}

// loneR is a ticked box in Wingdings 2 whose font was lost.
func loneR(s string) bool {
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r != 'R' && (r < '0' || r > 'z') }) {
		if w == "R" {
			return true
		}
	}
	return false
}

// templateWords stand beside the last field in the blank form.
var templateWords = regexp.MustCompile(`[（(]?\s*请\s*(说\s*明|注\s*明|填\s*写)\s*[）)]?\s*[：:]?`)

// otherText is what the sender wrote beside the field that asks for it.
func otherText(text string, places []place, call Call) string {
	for i, p := range places {
		if compact(call.Categories[p.name]) != compact(call.OtherField) {
			continue
		}
		to := len(text)
		if i+1 < len(places) {
			to = places[i+1].at
		}
		s := templateWords.ReplaceAllString(text[p.end:to], "")
		s = strings.Map(func(r rune) rune {
			if strings.ContainsRune(ticks+empties, r) {
				return -1
			}
			return r
		}, s)
		s = strings.ReplaceAll(tidy(s), "\n", "")
		s = strings.TrimFunc(s, func(r rune) bool { return invisible(r) || strings.ContainsRune("：:_＿、，,。;；等-—－", r) })
		return unbracket(s)
	}
	return ""
}

// unbracket removes one pair of brackets around the whole.
func unbracket(s string) string {
	r := []rune(s)
	if len(r) >= 1 && (r[0] == '（' || r[0] == '(') && !strings.ContainsAny(string(r[1:]), "（(") {
		return tidy(strings.Trim(s, "（()）"))
	}
	if n := len(r) - 1; n >= 0 && (r[n] == '）' || r[n] == ')') && !strings.ContainsAny(s, "（(") {
		return tidy(string(r[:n])) // its opening half went with the form's own words
	}
	return s
}
