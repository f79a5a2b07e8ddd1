package review

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Criterion is one thing that experts score.
type Criterion struct {
	Name string `json:"name"`
	Max  int    `json:"max"` // hundredths of a point
}

// Rule says how scores become ranks. It is frozen by the first request.
type Rule struct {
	Criteria []Criterion `json:"criteria"`
	Minimum  int         `json:"minimum"` // valid totals that a case needs to be ranked
	Drop     bool        `json:"drop"`    // one highest and one lowest of at least dropFrom valid totals
	Ties     []string    `json:"ties"`    // criteria that part equal averages, in this order; none: equal ranks at once
}

// dropFrom is how many valid totals it takes that one highest and one lowest are
// dropped.
const dropFrom = 5

// highestMax is the most points a criterion may have: what is more is a slip.
const highestMax = 1000 * 100

// Check says what is wrong with a rule, a sentence each, for the operator.
func (r Rule) Check() []string {
	var out []string
	bad := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if len(r.Criteria) == 0 {
		bad("there are no criteria; name at least one, with its maximum of points")
	}
	seen := map[string]bool{}
	for i, c := range r.Criteria {
		switch name := bareName(c.Name); {
		case name == "":
			bad("criterion %d has no name", i+1)
		case seen[name]:
			bad("criterion %q stands twice; experts could not tell which they score", c.Name)
		case c.Max <= 0:
			bad("criterion %q has a maximum of %s points; it must be more than 0", c.Name, Points(c.Max))
		case c.Max > highestMax:
			bad("criterion %q has a maximum of %s points; more than %s is taken for a slip", c.Name, Points(c.Max), Points(highestMax))
		case c.Max%100 != 0:
			bad("criterion %q has a maximum of %s points; it must be whole points", c.Name, Points(c.Max))
		}
		seen[bareName(c.Name)] = true
	}
	if r.Minimum < 1 {
		bad("the fewest valid totals for a rank are %d; it must be at least 1", r.Minimum)
	}
	tied := map[string]bool{}
	for _, t := range r.Ties {
		if r.index(t) < 0 {
			bad("the order for ties names %q, which is no criterion", t)
		} else if tied[t] {
			bad("the order for ties names %q twice", t)
		}
		tied[t] = true
	}
	return out
}

// index is where a criterion stands, -1 if it is none.
func (r Rule) index(name string) int {
	for i, c := range r.Criteria {
		if c.Name == name {
			return i
		}
	}
	return -1
}

// Hash stands in every request: the first 16 hex digits of SHA-256 over the rule
// in its canonical form (JSON, keys in this order, no blanks).
func (r Rule) Hash() string {
	if r.Criteria == nil {
		r.Criteria = []Criterion{}
	}
	if r.Ties == nil {
		r.Ties = []string{}
	}
	canonical, err := json.Marshal(r)
	if err != nil {
		return "" // strings, numbers and a bool: cannot be
	}
	sum := sha256.Sum256(canonical)
	return hex.EncodeToString(sum[:8])
}

// Words tell the rule in one sentence of a letter.
func (r Rule) Words() string {
	var b strings.Builder
	sum := 0
	for i, c := range r.Criteria {
		if i > 0 {
			b.WriteString("、")
		}
		b.WriteString(c.Name + Points(c.Max) + "分")
		sum += c.Max
	}
	fmt.Fprintf(&b, "，满分%s分；各项均已评分，且未回避、弃权、作废或待本人确认的，为一份有效评分；案例得分为有效评分总分的平均分", Points(sum))
	if r.Drop {
		fmt.Fprintf(&b, "（有效评分不少于%d份的，去掉一个最高分和一个最低分）", dropFrom)
	}
	if r.Minimum > 1 {
		fmt.Fprintf(&b, "，有效评分少于%d份的不参加排名", r.Minimum)
	}
	b.WriteString("；平均分相同的")
	if len(r.Ties) > 0 {
		b.WriteString("，依次比较" + strings.Join(r.Ties, "、") + "的平均分，仍相同的")
	}
	b.WriteString("名次并列；平均分按精确值比较，仅在列示时四舍五入至两位小数。")
	return b.String()
}

// Points writes hundredths of a point as people do: 27, 8.5, 8.25.
func Points(v int) string {
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	s := sign + strconv.Itoa(v/100)
	switch rest := v % 100; {
	case rest == 0:
		return s
	case rest%10 == 0:
		return fmt.Sprintf("%s.%d", s, rest/10)
	default:
		return fmt.Sprintf("%s.%02d", s, rest)
	}
}
