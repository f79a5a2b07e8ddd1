package intake

import (
	"fmt"
	"strings"
	"time"

	"anli/parser/form"
)

// signed are the readings of the case's filled forms of a role; words recognised on
// a scan are none.
func (c Checked) signed(role Role) []Reading {
	var out []Reading
	for _, f := range c.Case.Active() {
		if r := c.Reading(f.SHA256); f.Role == role && r.Paper != nil && r.Paper.Form != nil && !r.Scanned && !blankForm(*r.Paper.Form) {
			out = append(out, r)
		}
	}
	return out
}

// checkCommitment: the promise that the form makes the unit sign (annex of the
// notice) was deleted from every copy that was read. A copy that lacks boxes, too, is
// another matter (form-wrong).
func checkCommitment(c Checked) []Finding {
	all := append(c.signed(RoleFormText), c.signed(RoleFormPDF)...)
	for _, r := range all {
		if r.Paper.Commitment || len(r.Paper.Missing) > 0 {
			return nil
		}
	}
	if len(all) == 0 {
		return nil
	}
	return []Finding{finding("commitment-missing", "warning", "text", "restamp", "申报表中未见“我单位承诺……”一栏", "请使用通知附件的表格，保留承诺内容并盖章。")}
}

// checkUndated: in a PDF with words of its own the date beside the unit's seal is
// still the printed 年 月 日. The Word copy need not have one, and where pages are
// pictures it may be written by hand.
func checkUndated(c Checked) []Finding {
	pdf := c.signed(RoleFormPDF)
	for _, r := range pdf {
		if r.Paper.Signed != form.DateBlank || r.Pictured {
			return nil
		}
	}
	if len(pdf) == 0 || c.count(RoleFormPDF) > len(pdf) {
		return nil // a page that was not read may have it
	}
	return []Finding{finding("commitment-undated", "warning", "text", "restamp", "申报表PDF“参评单位（盖章）”处的日期未填写", "如盖章件上已手写日期，请不必理会；否则请补填。")}
}

// checkDateOrder: a date after the day the form came, or the bureau's before the
// unit's.
func checkDateOrder(c Checked) []Finding {
	for _, f := range c.Case.Active() {
		r := c.Reading(f.SHA256)
		if f.Role != RoleFormPDF && f.Role != RoleFormText || r.Paper == nil || r.Paper.Form == nil || r.Scanned {
			continue
		}
		came := f.At
		if came.IsZero() {
			came = c.Now
		}
		unit, bureau := dayOf(r.Paper.Signed), dayOf(r.Paper.Endorsed)
		what := ""
		switch {
		case after(unit, came):
			what = fmt.Sprintf("参评单位的日期“%s”晚于材料到达日期", chineseDay(unit))
		case after(bureau, came):
			what = fmt.Sprintf("市商务局意见的日期“%s”晚于材料到达日期", chineseDay(bureau))
		case !unit.IsZero() && !bureau.IsZero() && bureau.Before(unit):
			what = fmt.Sprintf("市商务局意见的日期“%s”早于参评单位的日期“%s”", chineseDay(bureau), chineseDay(unit))
		}
		if what != "" {
			return []Finding{finding("date-order", "warning", "text", "restamp", "申报表中"+what, "请核对，如为笔误请在盖章件上更正。")}
		}
	}
	return nil
}

// dayOf is a date of the form's reader; zero if there is none.
func dayOf(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02", s, Zone())
	if err != nil {
		return time.Time{}
	}
	return t
}

func after(day, came time.Time) bool { return !day.IsZero() && !came.IsZero() && day.After(came) }

func chineseDay(t time.Time) string { return t.Format("2006年1月2日") }

// checkPrivate: numbers of ID or bank cards, which nobody asked for. They are echoed
// nowhere.
func checkPrivate(c Checked) []Finding {
	var out []Finding
	seen := map[string]bool{}
	for _, f := range c.Case.Active() {
		kinds := c.Reading(f.SHA256).Private
		if len(kinds) == 0 || seen[f.Path] {
			continue
		}
		seen[f.Path] = true
		x := finding("personal-data", "warning", "text", "file", fmt.Sprintf("“%s”含%s等个人信息，本次申报不需要", f.Path, strings.Join(kinds, "、")), "建议遮盖后重发。")
		x.File = f.Path
		out = append(out, x.recognised(c.Reading(f.SHA256).Scanned))
	}
	return out
}
