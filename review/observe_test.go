package review

import (
	"fmt"
	"slices"
	"testing"
)

func TestObserve(t *testing.T) {
	for _, x := range []struct {
		totals []int
		median string
		spread int
		want   []string // of each
	}{
		{[]int{8000}, "80.00", 0, []string{""}},
		{[]int{8000, 8001}, "80.01", 1, []string{"", ""}}, // 80.005
		{[]int{5000, 9000}, "70.00", 4000, []string{OutlierFar, OutlierFar}},
		{[]int{8000, 8100, 8200, 9700}, "81.50", 1700, []string{"", "", "", OutlierFar}},
		{[]int{8000, 8100, 8200, 9650}, "81.50", 1650, []string{"", "", "", OutlierSpread}}, // 15 points exactly
		{[]int{8000, 8100, 8200, 8700}, "81.50", 700, []string{"", "", "", OutlierSpread}},  // 5.5 > 2 × 2
		{[]int{8000, 8100, 8200, 8500}, "81.50", 500, []string{"", "", "", ""}},             // 3.5
		{[]int{8000, 8000, 8000, 8500}, "80.00", 500, []string{"", "", "", ""}},             // 5 points and no more
		{[]int{7499, 8000, 8000, 8000}, "80.00", 501, []string{OutlierSpread, "", "", ""}},
		{[]int{8000, 8150, 8300, 8825}, "82.25", 825, []string{"", "", "", ""}}, // 6 = 2 × 3
		{[]int{8000, 8150, 8300, 8826}, "82.25", 826, []string{"", "", "", OutlierSpread}},
		{[]int{8000, 8000, 8600}, "80.00", 600, []string{"", "", ""}}, // too few others
	} {
		var sheets []Sheet
		for i, total := range x.totals {
			sheets = append(sheets, sheet(fmt.Sprint(i), "1", total/2, total-total/2))
		}
		s := Rank(two(1, false), numbers("1"), sheets).Cases[0]
		var got []string
		for _, m := range s.Marks {
			got = append(got, m.Outlier)
		}
		if s.Median.String() != x.median || s.Spread != x.spread || !slices.Equal(got, x.want) {
			t.Errorf("%v: median %s, spread %d, %q", x.totals, s.Median, s.Spread, got)
		}
	}
}

func TestFractionRoundsHalfUpOnce(t *testing.T) {
	for f, want := range map[Fraction]string{{8000, 1}: "80.00", {25001, 3}: "83.34", {25000, 3}: "83.33", {16001, 2}: "80.01", {1, 2}: "0.01", {1, 3}: "0.00", {0, 4}: "0.00", {0, 0}: ""} {
		if got := f.String(); got != want {
			t.Errorf("%v: %q, want %q", f, got, want)
		}
	}
	none := Fraction{}
	if none.Compare(Fraction{0, 1}) != -1 || (Fraction{0, 1}).Compare(none) != 1 || none.Compare(none) != 0 {
		t.Error("none is less than all")
	}
}
