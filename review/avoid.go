package review

import (
	"regexp"
	"strings"

	"anli/intake"

	"golang.org/x/text/unicode/norm"
)

// reason says why an expert must not judge a case; "" if he may.
func (e Expert) reason(c CaseFacts) string {
	for _, a := range e.Avoid {
		if means(a, c) {
			return "回避单位：" + a
		}
	}
	if means(e.Organisation, c) {
		return "所在单位：" + e.Organisation
	}
	return ""
}

// creditCode is a unified credit code (GB 32100-2015).
var creditCode = regexp.MustCompile(`[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}`)

// companyEnd is what people leave out of a company's name.
var companyEnd = regexp.MustCompile(`(?:股份有限公司|有限责任公司|有限公司|公司|集团)+$`)

// means tells whether an organisation, as it stands in the list of experts, is
// the unit of a case. It is generous: a judge too few is seen in the plan, a
// judge of his own house is not. Beside what people take for the same name, two
// or three characters that stand in the unit's name count (美的), and a name of at
// least three without 公司 and 集团.
func means(organisation string, c CaseFacts) bool {
	text := strings.ToUpper(norm.NFKC.String(organisation))
	if code := creditCode.FindString(text); code != "" {
		if code == strings.ToUpper(strings.TrimSpace(norm.NFKC.String(c.CreditCode))) {
			return true
		}
		organisation = strings.ReplaceAll(text, code, "")
	}
	if intake.SameName(organisation, c.Unit) || intake.LikeName(organisation, c.Unit) {
		return true
	}
	name, unit := bareName(organisation), bareName(c.Unit)
	core := companyEnd.ReplaceAllString(name, "")
	return len([]rune(name)) > 1 && strings.Contains(unit, name) || len([]rune(core)) > 2 && strings.Contains(unit, core)
}
