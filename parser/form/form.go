// Package form finds the application form (申报表, annex of the notice) in a
// document and reads it by meaning, not by position; it also tells the other
// papers of a package by their words.
package form

// Form holds the boxes of the application form as written, trimmed, the form's
// own instructions removed. Field names are those of `anli check --json`.
type Form struct {
	Unit          string   `json:"unit"`
	Case          string   `json:"case"`
	Categories    []string `json:"categories"` // ticked ones, in the notice's order, never nil
	Other         string   `json:"other"`      // what stands beside 其他电子商务
	PriorAward    string   `json:"prior_award"`
	Leader        string   `json:"leader"`
	Contact       string   `json:"contact"`
	Phone         string   `json:"phone"` // several joined by 、
	Email         string   `json:"email"` // several joined by 、
	Intro         string   `json:"intro"`
	Background    string   `json:"background"`
	Innovation    string   `json:"innovation"`
	Benefit       string   `json:"benefit"`
	Demonstration string   `json:"demonstration"`
	Opinion       string   `json:"opinion"`
}

// Papers of a package, told by their words.
const (
	PaperForm        = "form"        // 申报表
	PaperLicense     = "license"     // 营业执照, 事业单位法人证书, 社会组织登记证书
	PaperCertificate = "certificate" // other certificates and awards
	PaperCover       = "cover"       // 推荐函, 报送函
	PaperSummary     = "summary"     // 推荐汇总表
)

// Reading is what the words of a document say.
type Reading struct {
	Paper       string   `json:"paper"`                  // one of the Paper constants, or ""
	Form        *Form    `json:"form,omitempty"`         // set when Paper is PaperForm
	Missing     []string `json:"missing,omitempty"`      // labels of the form that were not found at all (rows deleted, another call's form)
	Pictured    []string `json:"pictured,omitempty"`     // long parts of the form, by their JSON names, that hold a picture and no words
	CreditCode  string   `json:"credit_code,omitempty"`  // unified credit code behind its label, check digits not judged
	CodeWritten string   `json:"code_written,omitempty"` // what stands there where it has not 18 characters
	Licensee    string   `json:"licensee,omitempty"`     // whom a licence names
	Revisions   bool     `json:"revisions,omitempty"`    // tracked changes or comments left
	Commitment  bool     `json:"commitment,omitempty"`   // the promise text is there
	Signed      string   `json:"signed,omitempty"`       // date beside the unit's seal, 2006-01-02; DateBlank: the printed one is empty
	Endorsed    string   `json:"endorsed,omitempty"`     // date beside the bureau's seal, likewise
	Words       int      `json:"words"`                  // length of the text, as Word counts (字数)
	Parts       []Part   `json:"parts,omitempty"`        // of a file that holds several papers: which pages are what
}

// Call is what the reader must know of the call: another call is another value.
type Call struct {
	Title      string   `json:"title"`      // 广东省电子商务优秀案例: a form of another call does not carry it
	Year       int      `json:"year"`       // of the call; a form that names another year only is another call's
	Categories []string `json:"categories"` // the fields (参评领域) in order
	OtherField string   `json:"other"`      // the field that asks for an explanation: 其他电子商务
	Phrases    []string `json:"phrases"`    // instruction texts of the blank form, to be removed from boxes
}
