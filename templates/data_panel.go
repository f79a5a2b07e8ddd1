package templates

// Invitation asks an expert to take part, before anything is sent: which cases,
// so that 回避 can be declared.
type Invitation struct {
	Expert   string   `json:"expert"`
	Title    string   `json:"title"`              // 广东省电子商务优秀案例
	Document string   `json:"document"`           // 粤商务电函〔2024〕143号
	Start    string   `json:"start,omitempty"`    // when the scoring begins: 11月6日; "" unknown
	Deadline string   `json:"deadline,omitempty"` // when it ends: 11月20日24时; "" none
	Units    []string `json:"units"`              // a case each: AL2024-0007　unit　《case》
	Reply    string   `json:"reply,omitempty"`    // until when the answer is asked for: 11月4日17时; "" none
}

// EchoCell is one value as it was recorded.
type EchoCell struct {
	Criterion string `json:"criterion"`
	Value     string `json:"value"`         // 27, 8.5; "" while open
	Was       string `json:"was,omitempty"` // earlier value that this one replaces
}

// EchoCase is a case in a letter to the expert who scores it.
type EchoCase struct {
	Number    string     `json:"number"`
	Unit      string     `json:"unit"`
	Case      string     `json:"case"`
	Cells     []EchoCell `json:"cells,omitempty"` // of an open case: those without a value are named; none at all: everything is open
	Total     string     `json:"total,omitempty"` // "" while a value is open
	Comment   string     `json:"comment,omitempty"`
	Recused   bool       `json:"recused,omitempty"`
	Abstained bool       `json:"abstained,omitempty"`
}

// EchoQuery is what was read and not recorded.
type EchoQuery struct {
	Number string `json:"number,omitempty"` // "" where no case can be named
	Unit   string `json:"unit,omitempty"`
	Words  string `json:"words"` // his own
	Why    string `json:"why"`   // what is unclear and how to write it, one sentence or two
}

// ScoreEcho answers an expert's scores: what was recorded, what is asked back,
// what is still open.
type ScoreEcho struct {
	Expert   string      `json:"expert"`
	Recorded []EchoCase  `json:"recorded"`
	Open     []EchoCase  `json:"open"`
	OpenMore int         `json:"open_more,omitempty"` // how many more are open than are listed
	Queries  []EchoQuery `json:"queries"`
	Notes    []string    `json:"notes,omitempty"`    // what else became of the mail, a sentence each
	Unproved bool        `json:"unproved,omitempty"` // no reply to a letter of ours: counts only after 确认
	Complete bool        `json:"complete,omitempty"` // nothing of his is open any more
	Closed   bool        `json:"closed,omitempty"`   // came after the scoring was ended: nothing recorded
	Criteria []Criterion `json:"criteria"`
	Deadline string      `json:"deadline,omitempty"`
}

// ScoreReminder names what an expert has not scored yet, in one mail.
type ScoreReminder struct {
	Expert   string      `json:"expert"`
	Deadline string      `json:"deadline,omitempty"`
	Open     []EchoCase  `json:"open"`
	Criteria []Criterion `json:"criteria"`
	Count    int         `json:"count,omitempty"` // this is the nth reminder
}

// OtherAddress asks the registered address whether scores that came from another
// one are the expert's own.
type OtherAddress struct {
	Expert  string `json:"expert"`
	From    string `json:"from"` // the other address
	Arrived string `json:"arrived"`
	Content string `json:"content"` // what the reply 确认 confirms, whole, lines kept
}

// SecondConfirm asks another member of staff to confirm scores that a colleague
// entered for an expert (代录).
type SecondConfirm struct {
	Name    string   `json:"name"` // who is asked
	By      string   `json:"by"`   // who entered it
	Line    string   `json:"line"` // 代录 … as written
	Files   []string `json:"files"`
	Effects []string `json:"effects"`         // what would follow, a line each
	Order   bool     `json:"order,omitempty"` // a command that two must agree on, not an entry for an expert
}
