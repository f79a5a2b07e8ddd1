// Package intake is a case's life from its first mail to complete: whose files
// these are, which case they belong to, what is missing, what the bureau is told.
//
// A delivery (one mail with everything that was read in it) comes to a
// [Sitting], which decides on the ledger as it stands and collects what changes.
// The steps, in order: group the files into packages, find each package's case,
// merge by role, run the checks, and say when the answer is due. Nothing here
// reads the clock, the network or the configuration file.
package intake

import (
	"slices"
	"time"

	"anli/parser/document"
	"anli/parser/form"
	"anli/parser/seal"
	"anli/parser/unpack"
)

// Role is what a file is taken for (INTERFACE.md, Roles of files).
type Role string

// Roles of files.
const (
	RoleFormPDF     Role = "form-pdf"    // 申报表PDF（盖章扫描件）
	RoleFormText    Role = "form-text"   // 申报表电子文本
	RoleLicense     Role = "license"     // 营业执照等主体证照
	RoleCertificate Role = "certificate" // 其他证照、获奖证书
	RoleLogo        Role = "logo"
	RolePhoto       Role = "photo"
	RolePromo       Role = "promo"
	RoleOther       Role = "other"
	RoleContainer   Role = "container" // an archive itself
	RoleCover       Role = "cover"     // 推荐函: of the city, not of a case
	RoleSummary     Role = "summary"   // 推荐汇总表: of the city, not of a case
)

// Title is the role in the words of a receipt.
func (r Role) Title() string {
	return map[Role]string{
		RoleFormPDF: "申报表PDF（盖章扫描件）", RoleFormText: "申报表电子文本", RoleLicense: "营业执照等主体证照",
		RoleCertificate: "其他证照、获奖证书", RoleLogo: "LOGO", RolePhoto: "照片", RolePromo: "宣传图片",
		RoleOther: "其他材料", RoleContainer: "压缩包", RoleCover: "推荐函", RoleSummary: "推荐汇总表",
	}[r]
}

// single tells the roles of which a case has one: the new file replaces the old.
func (r Role) single() bool {
	return r == RoleFormPDF || r == RoleFormText || r == RoleLicense || r == RoleLogo
}

// Standing is what a file counts for in its case.
type Standing string

// Standings of files.
const (
	StandingActive   Standing = ""         // counts
	StandingReplaced Standing = "replaced" // a newer file took its place; kept
	StandingPending  Standing = "pending"  // kept, waits for the bureau's or staff's word
	StandingRefused  Standing = "refused"  // the bureau did not want it; kept
)

// Part is where one file serves several roles, by page.
type Part struct {
	Role     Role  `json:"role"`
	Pages    []int `json:"pages"`
	Pictures int   `json:"pictures,omitempty"` // inside a document: that many serve the role
	Short    bool  `json:"short,omitempty"`    // nothing told; they count towards what is short
}

// File is one file of a case, in every revision that came.
type File struct {
	Path     string    `json:"path"`
	Role     Role      `json:"role"`
	Bytes    int64     `json:"bytes"`
	SHA256   string    `json:"sha256"`
	Pages    int       `json:"pages"`
	Parts    []Part    `json:"parts,omitempty"`
	Pictures int       `json:"pictures,omitempty"` // of a document of pictures: those in it that serve its role
	Spare    int       `json:"spare,omitempty"`    // of one whose pictures may be anything: those without a role
	Standing Standing  `json:"standing,omitempty"`
	Mail     string    `json:"mail,omitempty"` // SHA-256 of the mail that brought it
	At       time.Time `json:"at"`             // that mail's arrival
	Why      string    `json:"why,omitempty"`  // what the role rests on: words, name, bureau, scan, page, short, rest
	Damaged  string    `json:"damaged,omitempty"`
	Set      string    `json:"set,omitempty"`     // of an archive in several files: key of the reading of them together
	Overdue  bool      `json:"overdue,omitempty"` // it waits only because it came after the last day for supplements
	Told     bool      `json:"told,omitempty"`    // a receipt has listed it: replacing it needs proof
	Change   string    `json:"change,omitempty"`  // since the last receipt: 新增, 替换, 停用
	Was      Mark      `json:"was,omitzero"`      // Told and Change as they were before the last receipt
}

// Mark is what a receipt changes of a file's record.
type Mark struct {
	Told   bool   `json:"told,omitempty"`
	Change string `json:"change,omitempty"`
}

// LastReceipt takes a receipt back that never left.
type LastReceipt struct {
	Letters  []string `json:"letters"`        // their keys
	Told     []string `json:"told,omitempty"` // Case.Told and Case.Receipts as they were before it
	Receipts int      `json:"receipts,omitempty"`
}

// Finding is one line of the checklist (CHECKS.md).
type Finding struct {
	Code     string `json:"code"`
	Severity string `json:"severity"` // error, warning, info
	State    string `json:"state"`    // open, waived, pending
	Audience string `json:"audience"` // bureau, staff
	Source   string `json:"source"`   // text, name, image, ocr, bytes, mail
	Cure     string `json:"cure"`     // reply, file, restamp, ""
	File     string `json:"file"`
	Page     int    `json:"page"`
	Message  string `json:"message"`
	Fix      string `json:"fix"`
}

// Stage is how far a case has come.
type Stage string

// Stages. Only staff move a case past complete.
const (
	StageIncomplete Stage = "incomplete" // an error is open
	StageComplete   Stage = "complete"   // no error is open but those staff decide
	StageWithdrawn  Stage = "withdrawn"  // by the bureau; 恢复 brings it back
	StageEligible   Stage = "eligible"   // 通过: staff found the unit eligible
	StageIneligible Stage = "ineligible" // 不通过, with a reason
	StageInReview   Stage = "in-review"  // its package is frozen and with the experts
	StageReviewed   Stage = "reviewed"   // the review is closed

	StagePublicised  Stage = "publicised"   // 公示: on the published list
	StageAwarded     Stage = "awarded"      // 认定
	StageNotSelected Stage = "not-selected" // 认定 without it, or 异议成立
)

// Hold is why a case waits for a decision beside its stage.
type Hold string

// Holds.
const (
	HoldLate        Hold = "late"
	HoldOverQuota   Hold = "over-quota"
	HoldUnconfirmed Hold = "bureau-unconfirmed"
	HoldObjection   Hold = "objection" // an objection is being looked into
)

// Correction is a value that the bureau gave by 更正; it stands beside the
// form's own, with its source.
type Correction struct {
	Field string    `json:"field"` // json name of the form's field
	Value string    `json:"value"`
	At    time.Time `json:"at"`
	Mail  string    `json:"mail"`
}

// Decision is what staff decided on a case, with reason and author.
type Decision struct {
	At      time.Time `json:"at"`
	By      string    `json:"by"`             // address of the member of staff
	Verb    string    `json:"verb"`           // 通过, 不通过, … as Ruling has them; 并入 on the case that another was merged into
	Item    string    `json:"item,omitempty"` // of 免 and 线下 the material, of 归属 the city, of 合并 and 并入 the other case, of 撤销 what it took back
	Reason  string    `json:"reason,omitempty"`
	Mail    string    `json:"mail"`              // SHA-256 of the mail that ordered it
	Ended   string    `json:"ended,omitempty"`   // 撤销 or 改为: it no longer stands; "" while it does
	Was     *Was      `json:"was,omitempty"`     // what it changed, as it stood before
	Letters []string  `json:"letters,omitempty"` // keys of those that tell the bureau
}

// Case is one recommended case.
type Case struct {
	Number      string          `json:"number"`
	City        string          `json:"city"`
	Folder      string          `json:"folder"` // as received; "" for loose attachments
	Unit        string          `json:"unit"`
	Case        string          `json:"case"`
	Categories  []string        `json:"categories"`
	Credit      string          `json:"credit,omitempty"` // the unit's unified credit code, if a good one was read or given
	Stage       Stage           `json:"stage"`
	Holds       []Hold          `json:"holds"`
	Findings    []Finding       `json:"findings"`
	Files       []File          `json:"files"`
	Corrections []Correction    `json:"corrections,omitempty"`
	Promises    []Promise       `json:"promises,omitempty"` // what the bureau said of open findings
	Main        string          `json:"main,omitempty"`     // 主要领域, by the bureau's word
	Roles       map[string]Role `json:"roles,omitempty"`    // by the bureau's word, path → role
	Received    time.Time       `json:"received"`
	Basis       string          `json:"basis,omitempty"` // of Received, where staff gave it
	Sent        time.Time       `json:"sent"`            // the date the first mail states
	Touched     time.Time       `json:"touched"`
	Revision    int             `json:"revision"`           // 1 at first, +1 a burst that changed something
	Sender      string          `json:"sender"`             // address the case came from
	Told        []string        `json:"told,omitempty"`     // keys of the findings the last receipt named
	Receipts    int             `json:"receipts,omitempty"` // how many receipts named the case
	Last        *LastReceipt    `json:"last,omitempty"`     // the last receipt that named the case
	Second      []string        `json:"second,omitempty"`   // keys of findings that only staff hear of: second thoughts about what the bureau was told is all
	Stock       bool            `json:"stock,omitempty"`    // came before going live
	Decisions   []Decision      `json:"decisions,omitempty"`
	Demand      string          `json:"demand,omitempty"`  // what staff want the bureau to mend (补正), a line each; it keeps the case incomplete
	Queries     []Query         `json:"queries,omitempty"` // what staff found in public registers; for no bureau
	Reread      bool            `json:"reread,omitempty"`  // 重查: its files are to be read anew
	Package     string          `json:"package,omitempty"` // hash of the package as frozen for the review; "" before
}

// Active are the files that count.
func (c *Case) Active() []File {
	var out []File
	for _, f := range c.Files {
		if f.Standing == StandingActive {
			out = append(out, f)
		}
	}
	return out
}

// InOrder: nothing is open that the bureau could mend.
func (c *Case) InOrder() bool {
	return c.Stage != StageIncomplete && c.Stage != StageWithdrawn && c.Stage != ""
}

// Frozen: the experts have the package; what comes later is kept and changes nothing.
func (c *Case) Frozen() bool { return c.Package != "" }

// Has tells whether the case has this hold.
func (c *Case) Has(h Hold) bool {
	for _, x := range c.Holds {
		if x == h {
			return true
		}
	}
	return false
}

// Live cases count for the quota: not withdrawn, not ineligible, not held as late.
func (c *Case) Live() bool {
	return c.Stage != StageWithdrawn && c.Stage != StageIneligible && !c.Has(HoldLate)
}

// setHold keeps the holds in one order, however they came and went.
func (c *Case) setHold(h Hold, on bool) {
	out := []Hold{}
	for _, x := range append([]Hold{HoldLate, HoldOverQuota, HoldUnconfirmed}, c.Holds...) {
		if has := x == h && on || x != h && c.Has(x); has && !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	if on && !slices.Contains(out, h) {
		out = append(out, h)
	}
	c.Holds = out
}

// decidedByStaff are the errors that do not keep a case from being complete.
func decidedByStaff(code string) bool {
	switch code {
	case "late", "over-quota", "outside-guangdong", "listed-dishonest":
		return true
	}
	return false
}

// ForStaff tells whether staff decide on a finding, so that nothing is to be
// supplied for it.
func (f Finding) ForStaff() bool { return f.Audience == "staff" || decidedByStaff(f.Code) }

// settle sets the stage from the findings. A withdrawn or judged case stays.
func (c *Case) settle() {
	if c.Stage != StageIncomplete && c.Stage != StageComplete && c.Stage != "" {
		return
	}
	c.Stage = StageComplete
	for _, f := range c.Findings {
		if f.Severity == "error" && f.State != "waived" && !decidedByStaff(f.Code) {
			c.Stage = StageIncomplete
		}
	}
	if c.Demand != "" {
		c.Stage = StageIncomplete
	}
}

// Reading is what was read in one file. It is kept: a later version of the
// reader never re-judges an old case by itself.
type Reading struct {
	SHA256   string            `json:"sha256"`
	Reader   int               `json:"reader"` // version of the reader
	Kind     string            `json:"kind"`   // docx, doc, rtf, odt, html, txt, pdf, ofd, pptx, ppt, xlsx, xls, csv, image, archive, empty, dangerous, other
	Paper    *form.Reading     `json:"paper,omitempty"`
	Tables   [][][]string      `json:"tables,omitempty"` // table → rows → cells; of spreadsheets and of documents that are no form
	Text     string            `json:"text,omitempty"`   // their paragraphs, a line each; the names of sheets
	Cut      bool              `json:"cut,omitempty"`    // Tables and Text are not all of it: they have bounds
	Pages    int               `json:"pages,omitempty"`
	Scanned  bool              `json:"scanned,omitempty"`
	Scans    []int             `json:"scans,omitempty"`    // pages that are only pictures, where others have words
	Pictured bool              `json:"pictured,omitempty"` // its words, or some, were recognised by a machine on pictures of pages
	Figures  int               `json:"figures,omitempty"`  // pictures on the pages of a PDF
	Inside   []document.Inner  `json:"inside,omitempty"`   // pictures inside a Word file or slides
	Private  []string          `json:"private,omitempty"`  // kinds of personal data in it: 身份证号, 银行卡号
	Secret   *form.Marking     `json:"secret,omitempty"`   // a mark of secrecy in it on which staff have not decided
	Listing  *unpack.Listing   `json:"listing,omitempty"`  // of an archive
	Volumes  []string          `json:"volumes,omitempty"`  // of an archive in several files: their SHA-256 in order
	Seals    *seal.Reading     `json:"seals,omitempty"`    // of a file that may be the form: what its pages show
	Picture  *document.Picture `json:"picture,omitempty"`  // of a picture
	Failure  string            `json:"failure,omitempty"`  // finding code: form-unreadable, file-encrypted, …
	Reason   string            `json:"reason,omitempty"`   // Chinese, for the finding's brackets
}
