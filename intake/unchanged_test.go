package intake

import (
	"strings"
	"testing"
)

// What the machine finds on second thoughts, in papers that have not changed since
// the last receipt, goes to staff; what new papers bring goes to the bureau.
func TestSecondThoughts(t *testing.T) {
	k := newCourt(t)
	files := strings.Replace(pack(unitA, caseA), "营业执照.jpg", "营业执照.pdf: license "+codeFoshan, 1)
	k.mail("sw@foshan.example", files, false)
	k.want("AL2024-0001", "complete")
	k.sit(func(s *Sitting) { // a later reader reads the code otherwise
		for _, f := range s.Case("AL2024-0001").Files {
			if f.Role == RoleLicense {
				r := s.Reading(f.SHA256)
				paper := *r.Paper
				paper.CreditCode, r.Paper = "91440606MA4UQ8B56O", &paper
				s.Learn([]Reading{r})
			}
		}
	})
	audience := func() string {
		for _, f := range k.get("AL2024-0001").Findings {
			if f.Code == "credit-code-invalid" {
				return f.Severity + " " + f.Audience
			}
		}
		return ""
	}
	k.mail("sw@foshan.example", "[案例]-"+unitA+"+"+caseA+"/照片4.jpg", true)
	k.want("AL2024-0001", "complete")
	if got := audience(); got != "warning staff" {
		t.Errorf("a second thought is %q", got)
	}
	for _, l := range k.letters("receipt") {
		if strings.Contains(l, "信用代码") {
			t.Errorf("the bureau is told a second thought:\n%s", l)
		}
	}
	rows := k.rows("second")
	if len(rows) != 1 || !strings.Contains(rows[0].Text, "复核新发现：统一社会信用代码") {
		t.Errorf("%+v", rows)
	}
	k.mail("sw@foshan.example", "[案例]-"+unitA+"+"+caseA+"/营业执照.pdf: license 91440606MA4UQ8B56", true)
	k.want("AL2024-0001", "incomplete !credit-code-invalid")
	if got := audience(); got != "error bureau" || len(k.rows("second")) != 0 {
		t.Errorf("a new licence: %q, %d rows", got, len(k.rows("second")))
	}
	k.mail("sw@foshan.example", "[案例]-"+unitA+"+"+caseA+"/照片5.jpg", true)
	if got := audience(); got != "error bureau" { // it was told: it stays open
		t.Errorf("what was told is %q", got)
	}
}
