// Package templates holds the words of every letter: one typed value and one
// function a letter, text and HTML that say the same. Words only, no rules:
// what is true is decided elsewhere and comes in as data.
package templates

// Letter is a letter in words. Subject ends in the letter code in 【】.
type Letter struct {
	Subject string
	Text    string
	HTML    string
	Files   []Attachment // what the letter brings along, made from its data
}

// Attachment is a file that belongs to a letter's words: the same data give the
// same bytes, on any machine and at any time.
type Attachment struct {
	Name string // shown to people
	Type string // media type
	Data []byte
}

// Frame is what every letter has around its own words.
type Frame struct {
	Division string `json:"division"` // 广东省商务厅电子商务处（案例征集工作邮箱）
	Contact  string `json:"contact"`  // 联系人
	Phone    string `json:"phone"`
	MaxMail  int    `json:"max_mail"` // MB one mail may have at the division's server
	Code     string `json:"code"`     // letter code, K7Q2-9MXD
	Staff    bool   `json:"staff"`    // to staff: without the outsiders' disclaimer
	Prefix   string `json:"prefix"`   // "TEST" in a rehearsal: stands before every subject, else ""

	Authority string `json:"authority,omitempty"` // who decides and publishes; "": 广东省商务厅

	Notes []string `json:"notes,omitempty"` // 附言: what staff added to this letter before it left

	closing string // last sentence of a letter to experts; "" is that to bureaus
}

// Point is one line of a checklist in its final words.
type Point struct {
	Text   string `json:"text"`
	Clause string `json:"clause,omitempty"` // clause of the notice it stands on, such as 五、（一）2
	Reply  bool   `json:"reply,omitempty"`  // a reply alone cures it: no file is needed
}

// FileLine is one file as the receipt lists it.
type FileLine struct {
	Path   string `json:"path"`
	Bytes  int64  `json:"bytes"`
	Taken  string `json:"taken"`            // what it was taken for, in Chinese: 营业执照等主体证照
	Change string `json:"change,omitempty"` // 新增, 替换, 停用, 待确认, or "" where nothing changed
}

// CasePart is one case in a receipt; it stands by itself, because it is
// forwarded to the company.
type CasePart struct {
	Number   string     `json:"number"`
	Unit     string     `json:"unit"` // "" while unknown
	Case     string     `json:"case"`
	Complete bool       `json:"complete"`
	Points   []Point    `json:"points"`              // what must be supplied
	Waiting  []Point    `json:"waiting,omitempty"`   // what the bureau promised, or wants looked at: not asked for now
	Hints    []Point    `json:"hints"`               // for reference, no effect on registration
	Solved   int        `json:"solved"`              // since the last receipt
	Still    int        `json:"still"`               //
	New      int        `json:"new"`                 // findings on newly received files
	NoFiles  bool       `json:"no_files,omitempty"`  // none came since: what is new, the bureau's own words brought
	Compared bool       `json:"compared"`            // there was an earlier receipt: the three figures mean something
	Files    []FileLine `json:"files"`               //
	Late     string     `json:"late,omitempty"`      // arrival, 10月31日09:12, if it came after the deadline
	LateSent string     `json:"late_sent,omitempty"` // the time the mail itself states, or ""
	LateWhy  bool       `json:"late_why,omitempty"`  // the mail says why it comes late: it is not asked for that
	Pending  string     `json:"pending,omitempty"`   // why files wait (company's material, proof missing), one sentence, or ""

	Same bool `json:"same,omitempty"` // the mail brought only files that are known

	State string `json:"state,omitempty"` // what staff ruled, in words: 资格审核通过, 评审中; "" before

	Out bool `json:"out,omitempty"` // it gets no award, by that ruling: its names are not to be checked for a plaque

	Withdrawn bool `json:"withdrawn,omitempty"` // by the bureau: the part says only that, and how to bring it back
}

// Quota names all live cases of a city that has more than it may (C8).
type Quota struct {
	Allowed int        `json:"allowed"`
	Cases   []CaseName `json:"cases"`
}

// CaseName names a case in a list.
type CaseName struct {
	Number string `json:"number"`
	Unit   string `json:"unit"`
	Case   string `json:"case"`
	State  string `json:"state,omitempty"` // in Chinese, where the list shows it: 待补充2项, 材料齐全，待资格审核
}

// Receipt is C1 and C2, with C7, C8 and C8b as paragraphs.
type Receipt struct {
	City       string     `json:"city"`            // 佛山市
	Arrived    string     `json:"arrived"`         // of the (last) mail, 10月15日10:21
	Mails      int        `json:"mails"`           // mails this receipt answers
	Deadline   string     `json:"deadline"`        // 10月30日24时
	Left       string     `json:"left"`            // time left in words: 距截止还有15天, or "" after the deadline
	Cases      []CasePart `json:"cases"`           // may be empty when only Problems are answered
	Hints      []Point    `json:"hints,omitempty"` // of the mail: to be looked at, nothing to do
	Problems   []Point    `json:"problems"`        // of the mail or a container that no case can be named for
	Documents  []FileLine `json:"documents"`       // the bureau's own papers: 推荐函, 汇总表
	Unassigned []string   `json:"unassigned"`      // files that could not be assigned (for the list under the problem)
	Quota      *Quota     `json:"quota,omitempty"`
	Cloud      []string   `json:"cloud,omitempty"`  // names of files that came as 超大附件 or a link (C8b); counts as one problem
	Notes      []string   `json:"notes,omitempty"`  // results of commands that stood in the same mail, a line each
	Undone     int        `json:"undone,omitempty"` // of Notes: commands that were not carried out
	Gap        *Gap       `json:"gap,omitempty"`    // the sender announced more mails than came
	Asked      bool       `json:"asked,omitempty"`  // a person will answer what the mail asks
}

// Gap is what an announced set of mails lacks.
type Gap struct {
	Announced int   `json:"announced"`
	Come      int   `json:"come"`
	Missing   []int `json:"missing,omitempty"` // their numbers, where each mail told its own
}

// Reconciliation is C3, one a city at going live.
type Reconciliation struct {
	City  string     `json:"city"`
	AsOf  string     `json:"as_of"` // 10月14日18时
	Cases []CaseName `json:"cases"`
}

// CompanyMaterial is C5 (to the bureau).
type CompanyMaterial struct {
	City    string   `json:"city"`
	Unit    string   `json:"unit"`
	Arrived string   `json:"arrived"`
	From    string   `json:"from"`
	Number  string   `json:"number"`
	Files   []string `json:"files"`
}

// CompanyKept is C6 (to the company).
type CompanyKept struct {
	City  string `json:"city"`
	Files int    `json:"files"`
}

// UnknownSender is C9. City is "" where nothing tells it.
type UnknownSender struct {
	City    string `json:"city"`
	Arrived string `json:"arrived"`
}

// ConfirmMaterial asks the enrolled address whether material that came without
// proof is to replace what a receipt has listed (reply 同意 or 不并入), or which
// counts where the new one makes a complete case incomplete.
type ConfirmMaterial struct {
	City    string   `json:"city"`
	Number  string   `json:"number"`
	Unit    string   `json:"unit"`
	Arrived string   `json:"arrived"`
	From    string   `json:"from"` // "": the bureau itself
	Files   []string `json:"files"`
	Worse   bool     `json:"worse,omitempty"`   // the case was complete and would not be
	Reasons []string `json:"reasons,omitempty"` // what it would lack
}

// QuestionPassed tells a writer that a person will answer.
type QuestionPassed struct {
	City string `json:"city"` // "" for a company
}

// Secrecy tells a bureau that a mail was not accepted for reasons of secrecy.
type Secrecy struct {
	City    string `json:"city"`
	Arrived string `json:"arrived"` // 10月15日10:21: the only thing by which the mail is named
}

// Progress answers 进度.
type Progress struct {
	City     string     `json:"city"`
	AsOf     string     `json:"as_of"`
	Deadline string     `json:"deadline"`
	Left     string     `json:"left"`
	Allowed  int        `json:"allowed"`
	Cases    []CasePart `json:"cases"` // Files left empty
}

// Result is one command line echoed with what became of it.
type Result struct {
	Line string `json:"line"` // as written
	OK   bool   `json:"ok"`
	Text string `json:"text"` // what was done, or what is wrong and how to write it

	Lines []string `json:"lines,omitempty"` // what follows that, a line each
}

// BureauAnswer answers a bureau's commands (更正, 撤回, 恢复, 同意, 不并入, 文件 = 角色)
// where no receipt is due.
type BureauAnswer struct {
	City     string     `json:"city"`
	Results  []Result   `json:"results"`
	Cases    []CasePart `json:"cases"` // the touched cases as they stand now
	Deadline string     `json:"deadline"`
}

// Transcript answers staff commands.
type Transcript struct {
	Name    string   `json:"name"` // of the staff member
	Results []Result `json:"results"`
	Errors  int      `json:"errors"`
	Trial   bool     `json:"trial"`             // 试运行: nothing was done
	Confirm []string `json:"confirm,omitempty"` // commands that wait for 确认 <letter code>
	Effects []string `json:"effects,omitempty"` // what would follow, a line each
}

// Takeover is C12, the first report before anything is answered.
type Takeover struct {
	Mails     int        `json:"mails"`
	About     int        `json:"about"`     // concerning this call
	Answered  int        `json:"answered"`  // answered by people already
	Cities    int        `json:"cities"`    //
	Cases     []CityCase `json:"cases"`     //
	Undecided []MailLine `json:"undecided"` // could not be told

	CasesMore     int `json:"cases_more,omitempty"` // how many more there are than are listed
	UndecidedMore int `json:"undecided_more,omitempty"`
}

// CityCase is a case in a table over cities.
type CityCase struct {
	City string `json:"city"`
	CaseName
}

// MailLine is a mail in a list.
type MailLine struct {
	At      string `json:"at"`
	From    string `json:"from"`
	Subject string `json:"subject"`
	Reason  string `json:"reason"` // why it is listed, in Chinese
}

// StaffRow is one thing that waits for a decision.
type StaffRow struct {
	ID      string   `json:"id,omitempty"` // the row's own name, for the answer; not shown
	N       int      `json:"n"`
	Text    string   `json:"text"`
	Replies []string `json:"replies"` // the replies that fit, written out: 3 登记
	Age     string   `json:"age"`     // 今天, 2天
	Urgent  bool     `json:"urgent,omitempty"`
}

// HeldLetter is a letter that staff must let go, shown whole.
type HeldLetter struct {
	Code    string `json:"code"`
	To      string `json:"to"`
	Subject string `json:"subject"`
	Text    string `json:"text"`   // the whole text
	Reason  string `json:"reason"` // why it is held: 待放行, 投递结果不明 …
}

// CityTile is one city in the staff letter.
type CityTile struct {
	City     string `json:"city"`
	Complete int    `json:"complete"`
	Open     int    `json:"open"`
	Decide   int    `json:"decide"` // late, over quota …
	Eligible int    `json:"eligible,omitempty"`
	Failed   int    `json:"failed,omitempty"`   // not eligible
	Review   int    `json:"review,omitempty"`   // with the experts, or scored
	Selected int    `json:"selected,omitempty"` // publicised or awarded
	Passed   int    `json:"passed,omitempty"`   // not selected
	Declined bool   `json:"declined,omitempty"` // the bureau recommends none
}

// Vital is one sign of the program's health: 磁盘, 剩余81%.
type Vital struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Wrong bool   `json:"wrong,omitempty"`
}

// StaffLetter is the plain letter of each working morning, and, with Urgent
// set, the bundle of what cannot wait for it.
type StaffLetter struct {
	Urgent    bool         `json:"urgent"`
	Date      string       `json:"date"`     // 2024年10月14日
	AsOf      string       `json:"as_of"`    // 10月14日8:30
	Sentence  string       `json:"sentence"` // made to be pasted
	Cities    []CityTile   `json:"cities"`
	Rows      []StaffRow   `json:"rows"`
	Letters   []HeldLetter `json:"letters"`            // to approve
	Held      []HeldLetter `json:"held,omitempty"`     // held for another reason: fate unknown, expired …
	Arrived   []CityCase   `json:"arrived"`            // since the last letter
	People    []MailLine   `json:"people"`             // left for people, nothing to do: listed once
	Reconcile string       `json:"reconcile"`          // 邮箱现有来信n封 = …
	Experts   []string     `json:"experts,omitempty"`  // the panel's progress, without a score
	Absences  []string     `json:"absences,omitempty"` // who is away until when
	Bounces   []string     `json:"bounces,omitempty"`  // which letter did not arrive
	Health    []string     `json:"health"`             // what is wrong or must be known, a sentence each
	Vitals    []Vital      `json:"vitals,omitempty"`   // last poll, disk, mailbox quota, last backup, certificate
	Ledger    *LedgerData  `json:"ledger,omitempty"`   // goes along as ledger.xlsx; nil: none

	RowsMore    int `json:"rows_more,omitempty"` // how many more there are than are listed
	LettersMore int `json:"letters_more,omitempty"`
	HeldMore    int `json:"held_more,omitempty"`
	ArrivedMore int `json:"arrived_more,omitempty"`
	PeopleMore  int `json:"people_more,omitempty"`
}
