package form

import (
	"regexp"
	"strings"
)

// place is where a name of a field stands in the text.
type place struct{ name, at, end int }

// tickHint is the form's own word on how to tick: （请在□内打√）.
var tickHint = regexp.MustCompile(`[（(【][^（()）】\n]{0,30}[打划画填标涂]\s*[“"‘']?\s*[√✓✔☑■●○〇R]\s*[”"’']?[^（()）】\n]{0,15}[）)】]` +
	`|(请|在|注[:：])[^\n（(]{0,20}[打划画]\s*[“"‘']?\s*[√✓✔☑■●○〇]\s*[”"’']?(号|即可|表示|勾选|选择|确认)*[，。；;：:]?`)

// categories reads the box 参评领域, its text and its cells with the label's own
// first: which fields are chosen, and what stands beside the one that asks for an
// explanation. A choice that may be meant otherwise is none.
func categories(text string, box []cell, call Call) (picked []string, other string) {
	text = tickHint.ReplaceAllString(text, "")
	text = tickedBracket.ReplaceAllString(text, "☑")
	text = emptyBracket.ReplaceAllString(text, "□")
	places := find(text, call.Categories)
	other = otherText(text, places, call)
	chosen := chosen(text, places, box, call, other != "")
	picked = []string{}
	for i, name := range call.Categories {
		if chosen != nil && chosen[i] {
			picked = append(picked, name)
		}
	}
	return picked, other
}

// chosen tells which names are chosen, nil where none is or it is not certain: by
// ticks, by circles, by how names look, or because the others were deleted.
func chosen(text string, places []place, box []cell, call Call, explained bool) []bool {
	n := len(call.Categories)
	seen := make([]bool, n)
	for _, p := range places {
		seen[p.name] = true
	}
	bare := withoutNames(text, places)
	if byTick.in(bare) {
		if ticked, apart := tickedCells(box, call.Categories); apart {
			return ticked
		}
		return byTick.read(text, places, n)
	}
	if ticked := byCircle.read(text, places, n); few(ticked, seen) {
		return ticked
	}
	if ticked := outstanding(box, call, explained); count(seen)*2 > n && few(ticked, seen) {
		return ticked
	}
	if strings.ContainsAny(bare, empties) || count(seen) == n {
		return nil
	}
	return seen // the others were deleted
}

// few: some of the names that are seen, but less than half of them.
func few(ticked, seen []bool) bool {
	return count(ticked) > 0 && count(ticked)*2 < count(seen)
}

func count(list []bool) int {
	n := 0
	for _, x := range list {
		if x {
			n++
		}
	}
	return n
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
