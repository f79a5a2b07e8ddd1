package intake

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"anli/parser/form"

	"golang.org/x/text/unicode/norm"
)

// credit is a unit's unified credit code with where it was read.
type credit struct {
	code string // as read: capital letters and digits, not always 18 of them
	said bool   // by the bureau (更正); else read in a file
	ocr  bool   // in one whose words a machine may have recognised
}

// creditOfCase finds the credit code of a case: the bureau's word, unless a licence
// came after it; else the licence that names the unit, one of the call's region
// before another; else the form; else whatever paper has exactly one good code.
func creditOfCase(c *Case, unit, region string, reading func(string) Reading) credit {
	x, came := creditInFiles(c, unit, region, reading)
	for _, said := range slices.Backward(c.Corrections) {
		if said.Field == "credit_code" && !said.At.Before(came) {
			return credit{code: creditWritten(said.Value), said: true}
		}
	}
	return x
}

// creditWritten is a code as a person types it, without blanks and in half width.
func creditWritten(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -—－–　\t\n", r) {
			return -1
		}
		return r
	}, strings.ToUpper(norm.NFKC.String(s)))
}

// creditInFiles is the code read in the case's files, and when the newest licence came.
func creditInFiles(c *Case, unit, region string, reading func(string) Reading) (found credit, came time.Time) {
	best := 0
	var others []string
	for _, f := range c.Active() {
		r := reading(f.SHA256)
		if (f.Role == RoleLicense || len(r.licences()) > 0) && f.At.After(came) {
			came = f.At
		}
		if r.Paper == nil {
			if x := form.CreditCodeIn(r.Text); f.Role != RoleLicense && CreditCodeValid(x) {
				others = addOnce(others, x)
			}
			continue
		}
		for _, p := range r.papers() {
			x := cmp.Or(p.CreditCode, p.CodeWritten)
			if x == "" {
				continue
			}
			if rank := creditRank(p, x, unit, region); rank > best {
				best, found = rank, credit{code: x, ocr: r.Pictured}
			}
		}
	}
	if found.code == "" && len(others) == 1 {
		found.code = others[0]
	}
	return found, came
}

// creditRank says how surely a code read in a paper is the unit's own.
func creditRank(p form.Part, code, unit, region string) int {
	rank := 1
	if p.Paper == form.PaperLicense {
		rank = 4
		if p.Licensee != "" && unit != "" && !fitsName(p.Licensee, unit) {
			rank = 2 // another's
		}
	} else if p.Paper == form.PaperForm {
		rank = 3
	}
	rank *= 4
	if CreditCodeValid(code) {
		if rank++; region != "" && code[2:4] == region {
			rank++
		}
	}
	return rank
}

// checkCredit: both check digits of the unified credit code (GB 32100-2015, GB
// 11714). One whose own is right and whose organisation code's is not is no slip of
// the pen: staff look.
func checkCredit(c Checked) []Finding {
	x := c.credit()
	if x.code == "" {
		return nil
	}
	wrong := wrongCredit(x.code)
	if wrong == "" {
		if orgCheck(x.code[8:17]) {
			return nil
		}
		f := finding("credit-code-invalid", "warning", "text", "", fmt.Sprintf("统一社会信用代码“%s”第9至17位（组织机构代码）的校验码不符，整体校验码相符", x.code), "请核。")
		f.Audience = "staff"
		return []Finding{f}
	}
	fix := fmt.Sprintf("可能是影印件不清，请回复“更正 %s 信用代码 …”或补发清晰的执照。", c.number())
	if right := withoutForbidden(x.code); len(right) == 18 && possibleCredit(right) {
		fix = fmt.Sprintf("请对照执照核对，可直接回复“更正 %s 信用代码 %s”；或补发清晰的执照。", c.number(), right)
	} else if x.said {
		fix = fmt.Sprintf("请回复“更正 %s 信用代码 …”或补发清晰的执照。", c.number())
	}
	f := finding("credit-code-invalid", "error", "text", "reply", fmt.Sprintf("统一社会信用代码“%s”未通过校验（%s）", clip(x.code, 24), wrong), fix)
	return []Finding{f.recognised(x.ocr)}
}

// checkRegistered: the unit is registered in the call's province (notice 二、（一）).
// Registered in another city of it than the bureau's is for the record.
func checkRegistered(c Checked) []Finding {
	x, region := c.credit(), c.Settings.Call.Region
	code := x.code
	if region == "" || wrongCredit(code) != "" {
		return nil
	}
	division := code[2:8]
	if strings.HasPrefix(division, region) {
		city := divisions()[division[:4]]
		if city == "" || city == c.Case.City || c.Case.City == "" || !slices.Contains(c.Settings.Call.Cities, city) {
			return nil
		}
		f := finding("city-mismatch", "info", "text", "", fmt.Sprintf("信用代码登记地为“%s”，由%s报送", divisionName(division), c.Case.City), "")
		f.Audience = "staff"
		return []Finding{f}
	}
	severity := "error"
	if division == "100000" {
		severity = "warning"
	}
	f := finding("outside-guangdong", severity, "text", "file", fmt.Sprintf("信用代码登记地为“%s”", divisionName(division)),
		fmt.Sprintf("如已迁入或由国家局登记、住所在%s，请说明并附执照。", shortRegion(region)))
	return []Finding{f.recognised(x.ocr)}
}

// recognised: what rests on words that a machine may have recognised is for staff.
func (f Finding) recognised(ocr bool) Finding {
	if ocr {
		f.Severity, f.Audience, f.Source, f.Cure, f.Fix = "warning", "staff", "ocr", "", "文字可能为识别所得，请核。"
	}
	return f
}

// shortRegion is a province as people name it in passing: 粤, else its name.
func shortRegion(region string) string {
	if region == "44" {
		return "粤"
	}
	return divisions()[region]
}

var (
	branchName = regexp.MustCompile(`(?:分公司|事业部|分部|办事处|分行|分店)$`)
	household  = regexp.MustCompile(`^92`) // 个体工商户 (GB 32100-2015, table 2)
)

// checkBranch: a branch, a department or a household is no independent legal person
// (notice 二、（一）).
func checkBranch(c Checked) []Finding {
	unit, code := plainName(trimmed(c.Form.Unit)), c.credit().code
	what := ""
	switch {
	case branchName.MatchString(unit):
		what = fmt.Sprintf("参评单位“%s”从名称看为分支机构或内设部门", strings.TrimSpace(c.Form.Unit))
	case household.MatchString(code) && wrongCredit(code) == "":
		what = fmt.Sprintf("统一社会信用代码“%s”登记类别为个体工商户", code)
	default:
		return nil
	}
	return []Finding{finding("branch-office", "warning", "text", "reply", what, "请确认是否为独立法人或机构。")}
}

func (c Checked) credit() credit {
	return creditOfCase(c.Case, c.Form.Unit, c.Settings.Call.Region, c.Reading)
}
