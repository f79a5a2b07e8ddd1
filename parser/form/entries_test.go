package form

import (
	"strings"
	"testing"
)

// A line of several boxes is short; of a long one only the first label counts, for every
// label is looked for in all that is left.
func TestLongLine(t *testing.T) {
	const pair = "联系人：王 电话：1 "
	for n, want := range map[int]int{1: 2, 50: 100, 20000: 1} {
		if got := len(entries(strings.Repeat(pair, n))); got != want {
			t.Errorf("%d pairs: %d boxes, want %d", n, got, want)
		}
	}
}
