package templates

// LedgerData is the ledger as staff get it: ledger.xlsx. No score stands in it.
type LedgerData struct {
	Title     string           `json:"title"` // 广东省电子商务优秀案例
	AsOf      string           `json:"as_of"` // 2024年10月14日8:30
	Head      string           `json:"head,omitempty"`
	Cases     []LedgerCase     `json:"cases"` // in the order of their numbers
	Cities    []LedgerCity     `json:"cities"`
	Others    []LedgerProblem  `json:"others,omitempty"` // open problems of no case: unknown senders, unread mails
	Decisions []LedgerDecision `json:"decisions,omitempty"`
	Gaps      []LedgerGap      `json:"gaps,omitempty"` // numbers that were given and stand for no case
}

// LedgerCase is one row of the ledger.
type LedgerCase struct {
	Number   string          `json:"number"`
	City     string          `json:"city"`
	Unit     string          `json:"unit"`
	Case     string          `json:"case"`
	Fields   []string        `json:"fields,omitempty"`
	Stage    string          `json:"stage"`           // INTERFACE.md's name: gives the colour
	State    string          `json:"state,omitempty"` // in words; "": the stage's own
	Holds    []string        `json:"holds,omitempty"` // INTERFACE.md's names
	Findings []LedgerFinding `json:"findings,omitempty"`
	Verdict  string          `json:"verdict,omitempty"` // the last ruling with date and author
	Checked  string          `json:"checked,omitempty"` // 查询结果 with date and author

	CreditCode string `json:"credit_code,omitempty"`
	Leader     string `json:"leader,omitempty"`
	Contact    string `json:"contact,omitempty"`
	Phone      string `json:"phone,omitempty"`
	Email      string `json:"email,omitempty"`

	Files       int      `json:"files"`
	Received    string   `json:"received"`          // 2024-10-12 09:30
	Touched     string   `json:"touched,omitempty"` // the last change
	Revision    int      `json:"revision"`
	Sender      string   `json:"sender,omitempty"` // address it came from
	Corrections []string `json:"corrections,omitempty"`
	Remarks     []string `json:"remarks,omitempty"`
}

// LedgerFinding is one finding of a case that is not settled, or was waived.
type LedgerFinding struct {
	Code     string `json:"code,omitempty"`
	Severity string `json:"severity"` // error, warning
	State    string `json:"state"`    // open, waived, pending
	Staff    bool   `json:"staff,omitempty"`
	Message  string `json:"message"`
	Fix      string `json:"fix,omitempty"`
}

// LedgerCity is one city's totals. A case is in one column, withdrawn ones apart.
type LedgerCity struct {
	City      string `json:"city"`
	Quota     int    `json:"quota"`
	Received  int    `json:"received"` // all but the withdrawn
	Complete  int    `json:"complete"` // waits for the examination
	Open      int    `json:"open"`
	Decide    int    `json:"decide"` // held: late, over quota …
	Eligible  int    `json:"eligible"`
	Failed    int    `json:"failed"`
	Review    int    `json:"review"`   // in review or reviewed
	Selected  int    `json:"selected"` // publicised or awarded
	Passed    int    `json:"passed"`   // not selected
	Withdrawn int    `json:"withdrawn"`
	Addresses string `json:"addresses,omitempty"`
	Note      string `json:"note,omitempty"` // 不申报
}

// LedgerProblem is an open problem of no case.
type LedgerProblem struct {
	City    string `json:"city,omitempty"`
	From    string `json:"from,omitempty"`
	Message string `json:"message"`
	Since   string `json:"since,omitempty"`
}

// LedgerDecision is one decision of staff.
type LedgerDecision struct {
	At     string `json:"at"` // 2024-11-06 10:12
	Number string `json:"number,omitempty"`
	Unit   string `json:"unit,omitempty"`
	Verb   string `json:"verb"`
	Item   string `json:"item,omitempty"` // what it is about: a material, a city, a date
	Reason string `json:"reason,omitempty"`
	By     string `json:"by"`
	Undone string `json:"undone,omitempty"` // who took it back and when
}

// LedgerGap explains a number that stands for no case.
type LedgerGap struct {
	Number string `json:"number"`
	Why    string `json:"why"`
	At     string `json:"at,omitempty"`
}
