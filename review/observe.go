package review

import (
	"cmp"
	"fmt"
)

// Fraction is an exact number of hundredths of a point, Num/Den; Den 0 is none.
type Fraction struct {
	Num int `json:"num"`
	Den int `json:"den"`
}

// Compare is -1, 0 or 1 as f is less than, equal to or more than g. None is less
// than all.
func (f Fraction) Compare(g Fraction) int {
	if f.Den == 0 || g.Den == 0 {
		return cmp.Compare(min(1, f.Den), min(1, g.Den))
	}
	return cmp.Compare(f.Num*g.Den, g.Num*f.Den)
}

// String is the number of points, rounded half up to two places: 85.33; "" for none.
func (f Fraction) String() string {
	if f.Den == 0 {
		return ""
	}
	v := (2*f.Num + f.Den) / (2 * f.Den)
	return fmt.Sprintf("%d.%02d", v/100, v%100)
}

// Outliers, for staff alone: they change nothing.
const (
	farPoints  = 1500 // from the median, in hundredths
	nearPoints = 500  // nothing that near is an outlier
	restLeast  = 3    // so many others have a spread to compare with
)

// What makes a mark an outlier.
const (
	OutlierFar    = "与中位数相差超过15分"
	OutlierSpread = "与中位数相差超过其余评分极差的2倍"
)

// observe computes median, spread and outliers of valid marks, which are sorted
// from the lowest up. An outlier is further than 15 points from the median; or,
// where at least three others are there, further than twice the spread of the
// others, and more than 5 points.
func (s *Standing) observe(valid []*Mark) {
	n := len(valid)
	if n == 0 {
		return
	}
	s.Spread = valid[n-1].Total - valid[0].Total
	s.Median = Fraction{valid[(n-1)/2].Total + valid[n/2].Total, 2}
	for i, m := range valid {
		twice := 2*m.Total - s.Median.Num // twice the distance from the median
		if twice < 0 {
			twice = -twice
		}
		low, high := 0, n-1
		switch i {
		case low:
			low = min(1, n-1)
		case high:
			high--
		}
		rest := valid[high].Total - valid[low].Total
		switch {
		case twice > 2*farPoints:
			m.Outlier = OutlierFar
		case n > restLeast && twice > 4*rest && twice > 2*nearPoints:
			m.Outlier = OutlierSpread
		}
	}
}
