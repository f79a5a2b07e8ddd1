package templates

// Dossier is a case's whole file (案卷), for staff. The archive with its folder
// goes along as an attachment of the caller's, in as many mails as it needs.
type Dossier struct {
	Name   string `json:"name"` // of the member of staff
	Number string `json:"number"`
	Unit   string `json:"unit"`
	Case   string `json:"case"`
	Text   string `json:"text"` // as it is to be read, a line each; "" in a further mail

	Part  int      `json:"part,omitempty"`  // which of Parts mails this is
	Parts int      `json:"parts,omitempty"` // mails that bring the folder; 0: none does
	Zips  []string `json:"zips,omitempty"`  // names of what this mail brings
	Large bool     `json:"large,omitempty"` // the folder is too large for mail: the operator has it
	Left  []string `json:"left,omitempty"`  // files of the folder that no mail brings, a line each
}

// DossierBook is what 大事记.docx says of a case: all of it in words as they are to
// be read, times as 2024-10-12 09:30.
type DossierBook struct {
	Title    string            `json:"title"` // 广东省电子商务优秀案例
	Number   string            `json:"number"`
	Unit     string            `json:"unit"`
	Case     string            `json:"case"`
	AsOf     string            `json:"as_of"`
	Entry    uint64            `json:"entry"` // number of the journal's last entry
	Head     string            `json:"head"`  // its hash
	Facts    []DossierFact     `json:"facts"`
	Events   []DossierEvent    `json:"events"`
	Rulings  []DossierRuling   `json:"rulings,omitempty"`
	Rules    []DossierRule     `json:"rules,omitempty"`
	Findings []string          `json:"findings,omitempty"`
	Scores   []string          `json:"scores,omitempty"`
	Sealed   bool              `json:"sealed,omitempty"` // the review is not closed: no score stands in the book
	Mails    []DossierMail     `json:"mails,omitempty"`
	Material []DossierMaterial `json:"material,omitempty"`
}

// DossierFact is one line of the case's facts.
type DossierFact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// DossierEvent is one thing that happened; Mail names the mail or letter in the
// folder, or says why it is not there.
type DossierEvent struct {
	At    string `json:"at"`
	Who   string `json:"who,omitempty"`
	Kind  string `json:"kind"`
	Text  string `json:"text"`
	Basis string `json:"basis,omitempty"`
	Mail  string `json:"mail,omitempty"`
	Ended string `json:"ended,omitempty"` // 撤销, 改为 …: it no longer stands
}

// DossierRuling is one decision of staff with its reason.
type DossierRuling struct {
	At     string `json:"at"`
	By     string `json:"by"`
	What   string `json:"what"`
	Reason string `json:"reason,omitempty"`
	Ended  string `json:"ended,omitempty"`
}

// DossierRule is one rule of the call, with who set it and when.
type DossierRule struct {
	At    string `json:"at"`
	Name  string `json:"name"`
	Value string `json:"value"`
	By    string `json:"by"`
	Basis string `json:"basis,omitempty"`
}

// DossierMail is a mail or letter about the case, in order of time.
type DossierMail struct {
	At      string `json:"at"`
	Way     string `json:"way"` // 收, 发
	Who     string `json:"who"`
	Subject string `json:"subject"`
	File    string `json:"file,omitempty"` // in the folder 来往邮件
	Note    string `json:"note,omitempty"` // why it is not there; that it speaks of other cases, too
	SHA256  string `json:"sha256"`
	Bytes   int64  `json:"bytes,omitempty"`
}

// DossierMaterial is one file of the case in one revision.
type DossierMaterial struct {
	File   string `json:"file"`           // in the folder 材料
	Name   string `json:"name,omitempty"` // as it came, where File had to differ
	Role   string `json:"role"`
	At     string `json:"at"`
	Mail   string `json:"mail,omitempty"` // the mail that brought it: 邮件03
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
	Gone   bool   `json:"gone,omitempty"` // its bytes are not there any more
}
