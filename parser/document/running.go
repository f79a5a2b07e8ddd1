package document

import (
	"slices"
	"strings"
	"unicode"
)

// Of a running head or foot: where it stands, and how large it may be. A title is
// larger: that of a second form in the same file must stay.
const (
	runningZone = 0.1 // of the page's height, above and below
	runningSize = 12.5
	sameHeight  = 4 // points that it may stand higher or lower on the next page
)

// dropRunning takes the running heads and feet off: small lines at the edge of the
// page that neighbouring pages repeat in the same place, numbers aside. Pages with
// a left and a right differ in turn. The first head is kept: it may be what the
// paper is called.
func dropRunning(pages []*laidOut) {
	gone := make([][]bool, len(pages))
	headed := false
	for i, page := range pages {
		gone[i] = make([]bool, len(page.lines))
		for k, l := range page.lines {
			zone := page.zone(l)
			if zone == 0 {
				continue
			}
			repeated := repeats(pages, i+1, l, zone) || repeats(pages, i-1, l, zone) ||
				repeats(pages, i+2, l, zone) && (repeats(pages, i+4, l, zone) || repeats(pages, i-2, l, zone)) || repeats(pages, i-2, l, zone) && repeats(pages, i-4, l, zone)
			gone[i][k] = repeated && (zone < 0 || headed)
			headed = headed || repeated && zone > 0
		}
	}
	for i, page := range pages {
		k := -1
		page.lines = slices.DeleteFunc(page.lines, func(line) bool { k++; return gone[i][k] })
	}
}

// zone is 1 for a small line at the head of the page, -1 at its foot, else 0.
func (l *laidOut) zone(x line) int {
	switch {
	case x.em > runningSize:
	case x.base > (1-runningZone)*l.height:
		return 1
	case x.base < runningZone*l.height:
		return -1
	}
	return 0
}

// repeats: a page has the line too, numbers aside.
func repeats(pages []*laidOut, on int, x line, zone int) bool {
	if on < 0 || on >= len(pages) {
		return false
	}
	return slices.ContainsFunc(pages[on].lines, func(y line) bool {
		return abs(x.base-y.base) < sameHeight && pages[on].zone(y) == zone && wording(x.text) != "" && wording(x.text) == wording(y.text)
	})
}

// wording is a line without numbers and blanks.
func wording(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
