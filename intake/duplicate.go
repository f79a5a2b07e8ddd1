package intake

import (
	"fmt"
	"slices"
	"strings"
)

// checkDuplicate: an earlier case of the same unit that is like this one. Of the same
// city the bureau is asked which counts; what another city sent is for staff, and two
// different cases of a unit are allowed.
func checkDuplicate(c Checked) []Finding {
	if c.Case.Stage == StageWithdrawn {
		return nil // or merged into the other
	}
	for _, o := range c.Others {
		if o.Number >= c.Case.Number || !o.Live() {
			continue
		}
		basis := sameUnit(c.Case, o)
		if basis == "" {
			continue
		}
		f := finding("duplicate-submission", "warning", "name", "", fmt.Sprintf("与%s%s为同一单位（依据：%s）", o.City, o.Number, basis), "请核。")
		switch {
		case o.City != c.Case.City && likeCase(o.Case, c.Case.Case):
			f.Audience = "staff"
		case o.City == c.Case.City && likeCase(o.Case, c.Case.Case):
			f.Message, f.Cure = fmt.Sprintf("与 %s 疑似同一案例（依据：%s，案例名称相近）", o.Number, basis), "reply"
			f.Fix = fmt.Sprintf("请说明以哪份为准；如只保留一份，可回复“撤回 %s”。", c.number())
		default:
			f.Severity, f.Audience, f.Fix = "info", "staff", ""
			f.Message = fmt.Sprintf("与 %s%s 为同一单位的不同案例（依据：%s）", otherCity(c.Case, o), o.Number, basis)
		}
		return []Finding{f}
	}
	return nil
}

// otherCity names the city of a case where it is another's.
func otherCity(c, o *Case) string {
	if o.City == c.City {
		return ""
	}
	return o.City
}

func likeCase(a, b string) bool {
	return fitsName(a, b) && min(len([]rune(plainName(a))), len([]rune(plainName(b)))) > 3
}

// sameUnit says why two cases are of one unit; "" if nothing tells. Where both have a
// credit code, that alone does.
func sameUnit(a, b *Case) string {
	switch {
	case a.Credit != "" && b.Credit != "":
		if a.Credit == b.Credit {
			return "统一社会信用代码相同"
		}
	case a.Unit != "" && stemName(a.Unit) == stemName(b.Unit):
		return "单位名称相同"
	}
	return ""
}

// refreshTwins runs the checks on the cases, of any city, that have become the same
// as another, or no longer are.
func (s *Sitting) refreshTwins() {
	all := s.Cases("")
	units := map[string]int{}
	for _, c := range all {
		units[stemName(c.Unit)]++
		units[c.Credit]++
	}
	for _, c := range all {
		known := slices.DeleteFunc(slices.Clone(c.Findings), func(f Finding) bool { return f.Code != "duplicate-submission" })
		if len(known) == 0 && units[stemName(c.Unit)] < 2 && units[c.Credit] < 2 {
			continue
		}
		now := checkDuplicate(Checked{Case: c, Others: all})
		if c.Frozen() {
			s.twinRow(c, now)
			continue
		}
		if len(now) != len(known) || len(now) > 0 && now[0].Message != known[0].Message {
			s.refresh(c)
			s.Touch(c)
		}
		s.twinRow(c, now)
	}
}

// twinRow puts a case before staff that another city sent, too: neither bureau hears of
// the other, so nobody else can settle it.
func (s *Sitting) twinRow(c *Case, found []Finding) {
	row := Row{ID: "twin/" + c.Number, Kind: "twin", Case: c.Number, Replies: []string{"撤回 理由", "无关"}}
	across := len(found) > 0 && found[0].Audience == "staff" && found[0].Severity != "info"
	if across {
		row.Text = fmt.Sprintf("%s%s%s。两市均未告知，请研究以哪市报送的为准。", c.City, titled(c), strings.TrimRight(found[0].Message, "。"))
	}
	s.keepRow(across, row)
}
