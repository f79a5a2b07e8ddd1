package intake

import (
	"maps"
	"path"
	"slices"
	"sort"
	"strings"
	"time"

	"anli/parser/form"
)

// Checked is what the checks of one case look at. Nothing else counts.
type Checked struct {
	Case     *Case
	Settings Settings
	Reading  func(sha string) Reading
	Form     form.Form // with the bureau's corrections over it
	HasForm  bool      // the form's words were read in some file
	Judge    bool      // sender, deadline and quota are judged too
	Live     int       // live cases of the city, for the quota
	Others   []*Case   // of all cities, to find the same case twice
	OnList   []Finding // what the list of dishonest persons says of the case
	Now      time.Time
}

// A check looks for one kind of mistake and yields at most a few findings.
type check func(Checked) []Finding

// checks in the order of CHECKS.md; findings are listed in this order.
func checks() []check {
	return []check{
		checkLate, checkQuota, checkDuplicate,
		checkFolderName, checkFiles, checkKinds, checkUnread,
		checkFormThere, checkFormRead, checkLicense, checkLogo, checkPhotos, checkPromos, checkDuplicates, checkResolution, checkInside, checkPages,
		checkNames, checkPhone, checkEmail, checkCategories, checkPrior, checkParts, checkLengths, checkDataYear,
		checkCommitment, checkUndated, checkDateOrder, checkOpinion, checkSeals, checkPlaceholders, checkRevisions, checkPrivate,
		checkUnits, checkCases, checkPDFText,
		checkCredit, checkRegistered, checkBranch,
		func(c Checked) []Finding { return c.OnList },
	}
}

// Check runs every check and gives the findings in order.
func Check(c Checked) []Finding {
	out := []Finding{}
	for _, f := range checks() {
		out = append(out, f(c)...)
	}
	if slices.ContainsFunc(out, func(f Finding) bool { return f.Code == "archive-volume-missing" || f.Code == "archive-broken" }) {
		out = slices.DeleteFunc(out, func(f Finding) bool { return slices.Contains(strings.Fields(mayBeInArchive), f.Code) })
	}
	if absent := c.absentBoxes(); len(absent) > 0 {
		out = slices.DeleteFunc(out, func(f Finding) bool { return slices.Contains(absent, f.Code) })
	}
	order := codeOrder()
	sort.SliceStable(out, func(a, b int) bool { return order[out[a].Code] < order[out[b].Code] })
	return out
}

// mayBeInArchive are findings that have one cause, one line where an archive could not
// be opened whole: what lacks is told when all of it is there.
const mayBeInArchive = `form-missing form-pdf-missing form-text-missing license-missing logo-missing photos-short promos-short`

// absentBoxes are the codes of boxes that a form which is told as another one does not
// have at all: one cause, one line.
func (c Checked) absentBoxes() []string {
	codes := map[string]string{"参评单位": "unit-missing", "参评案例（项目名称）": "case-missing", "参评领域": "category-missing", "该案例是否曾经获评其他奖励": "prior-award-missing",
		"项目主要负责人": "leader-missing", "日常联系人": "contact-missing", "联系电话及邮箱": "phone-missing email-missing", "一、参评单位简介": "intro-missing", "（一）项目简介": "background-missing",
		"（二）技术性与创新性": "innovation-missing", "（三）效益性": "benefit-missing", "（四）示范性": "demonstration-missing"}
	var out []string
	for _, f := range c.Case.Active() {
		if missing, wrong := notTheForm(c.Reading(f.SHA256)); f.Role == RoleFormText && wrong {
			if 2*len(missing) > len(codes) { // another paper, which shares a label or two
				return strings.Fields(strings.Join(slices.Collect(maps.Values(codes)), " "))
			}
			for _, label := range missing {
				out = append(out, strings.Fields(codes[label])...)
			}
		}
	}
	return out
}

// codes in the order of CHECKS.md, also those of families that are not looked for yet.
const codes = `sender-unknown city-unknown late over-quota empty-mail cloud-attachment attachment-quarantined secret-marking
duplicate-submission summary-mismatch file-unassigned
folder-name file-encrypted archive-broken archive-volume-missing archive-unsafe file-empty file-dangerous file-type-mismatch file-unsupported
form-missing form-pdf-missing form-text-missing form-unreadable form-wrong license-missing logo-missing photos-short promos-short
image-duplicate image-low-resolution image-broken pdf-incomplete
unit-missing case-missing leader-missing contact-missing phone-missing email-missing
intro-missing background-missing innovation-missing benefit-missing demonstration-missing
category-missing category-several category-other-unexplained prior-award-missing phone-invalid email-invalid intro-too-long summary-length
data-2023-missing commitment-missing commitment-undated date-order opinion-missing seal-applicant-missing seal-bureau-missing
seal-unverifiable placeholder-left revisions-left personal-data
unit-mismatch case-mismatch pdf-text-mismatch
credit-code-invalid outside-guangdong city-mismatch branch-office listed-dishonest`

func codeOrder() map[string]int {
	order := map[string]int{}
	for i, code := range strings.Fields(codes) {
		order[code] = i
	}
	return order
}

// clause is the place in the notice a finding stands on; "" where it has none.
func (c Call) clause(code string) string {
	switch code {
	case "form-missing", "form-unreadable", "form-wrong":
		return c.Clauses["form"]
	case "license-missing":
		return c.Clauses["license"]
	case "logo-missing", "photos-short", "promos-short", "image-duplicate", "image-broken":
		return c.Clauses["pictures"]
	case "form-pdf-missing", "form-text-missing", "pdf-incomplete", "folder-name":
		return c.Clauses["copies"]
	case "over-quota", "late":
		return c.Clauses["limits"]
	case "data-2023-missing":
		return c.Clauses["data"]
	case "credit-code-invalid", "outside-guangdong", "branch-office":
		return c.Clauses["applicant"]
	}
	return ""
}

func finding(code, severity, source, cure, message, fix string) Finding {
	return Finding{Code: code, Severity: severity, State: "open", Audience: "bureau", Source: source, Cure: cure, Message: message, Fix: fix}
}

// Key tells findings apart: one a code, or one a code and file.
func (f Finding) Key() string {
	if f.Code == codeDemand {
		return f.Code + " " + f.Message
	}
	if f.File == "" {
		return f.Code
	}
	return f.Code + " " + f.File
}

// number is the case number in a cure that can be pasted.
func (c Checked) number() string {
	if c.Case.Number == "" {
		return "编号"
	}
	return c.Case.Number
}

// count is how many different files serve a role, pages of other files included.
func (c Checked) count(role Role) int {
	seen := map[string]bool{}
	for _, f := range c.Case.Active() {
		if f.serves(role) {
			seen[f.SHA256] = true
		}
	}
	return len(seen)
}

func base(p string) string { return path.Base(p) }

// FormOf gives the case's form: the Word copy before the PDF, a filled one before
// an empty one, the newest first; the bureau's corrections over it. found is
// false where no form was read at all.
func FormOf(c *Case, reading func(string) Reading) (f form.Form, found bool) {
	filled := false
	var came time.Time
	for _, role := range []Role{RoleFormText, RoleFormPDF} {
		for i := len(c.Files) - 1; i >= 0 && !filled; i-- {
			file := c.Files[i]
			if file.Standing != StandingActive || file.Role != role {
				continue
			}
			r := reading(file.SHA256)
			if r.Paper == nil || r.Paper.Form == nil || r.Scanned {
				continue // what a machine recognised on a scan answers no question
			}
			if filled = !blankForm(*r.Paper.Form); filled || !found {
				f, found, came = *r.Paper.Form, true, file.At
			}
		}
	}
	own := f
	for _, x := range c.Corrections {
		if x.At.Before(came) && answers(own, x.Field) {
			continue // a form that came after it says it anew
		}
		f = corrected(f, x.Field, x.Value)
	}
	if f.Categories == nil {
		f.Categories = []string{}
	}
	return f, found
}
