package review

import (
	"testing"

	"anli/intake"
)

// TestHeed: a row of eligibility names what only staff hear of and what a machine could
// not tell; what the bureau was asked, and small things, it leaves out.
func TestHeed(t *testing.T) {
	grey := intake.Finding{Code: "seal-unverifiable", Severity: "warning", State: "open", Audience: "bureau", Source: "image", Message: "第3页为黑白扫描，未能识别印章"}
	twin := intake.Finding{Code: "duplicate-submission", Severity: "warning", State: "open", Audience: "staff", Source: "name", Message: "与佛山市AL2024-0001为同一单位（依据：单位名称相同）"}
	pending := intake.Finding{Code: "photos-short", Severity: "error", State: "pending", Audience: "bureau", Source: "bytes", Message: "照片现有2张，还需1张。"}
	other := func(f intake.Finding, change func(*intake.Finding)) intake.Finding { change(&f); return f }
	for _, c := range []struct {
		name  string
		found []intake.Finding
		want  string
	}{
		{"grey scan", []intake.Finding{grey}, "请留意：第3页为黑白扫描，未能识别印章。"},
		{"two cities and what waits", []intake.Finding{twin, pending}, "请留意：与佛山市AL2024-0001为同一单位（依据：单位名称相同）；照片现有2张，还需1张。"},
		{"more than fit", []intake.Finding{grey, twin, pending, grey, twin}, "请留意：第3页为黑白扫描，未能识别印章；与佛山市AL2024-0001为同一单位（依据：单位名称相同）；照片现有2张，还需1张；另有2项，见台账。"},
		{"nothing", nil, ""},
		{"waived", []intake.Finding{other(grey, func(f *intake.Finding) { f.State = "waived" })}, ""},
		{"for the record", []intake.Finding{other(twin, func(f *intake.Finding) { f.Severity = "info" })}, ""},
		{"the bureau's own affair", []intake.Finding{other(pending, func(f *intake.Finding) { f.State, f.Severity = "open", "warning" })}, ""},
	} {
		if got := Heed(&intake.Case{Findings: c.found}); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
	}
}
