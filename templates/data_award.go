package templates

// Ruling tells a bureau what staff ruled on one of its cases.
type Ruling struct {
	City   string `json:"city"`
	Number string `json:"number"`
	Unit   string `json:"unit"`
	Case   string `json:"case"`
	Verb   string `json:"verb"`             // 补正, 受理, 不受理, 通过, 不通过, 归属, 合并, 撤回, 撤销
	Reason string `json:"reason,omitempty"` // in staff's words; of 补正 what is wanted, a line each
	Until  string `json:"until,omitempty"`  // of 补正: 11月5日24时
	Other  string `json:"other,omitempty"`  // of 归属 the city the case belongs to now, of 合并 the number it went into, of 撤销 the ruling taken back
}

// Extension is C4, one letter a city.
type Extension struct {
	City     string   `json:"city"`
	Document string   `json:"document,omitempty"` // name of the document that extends; "" where only its number is known
	Basis    string   `json:"basis"`              // its number: 粤商务电函〔2024〕160号
	Old      string   `json:"old"`                // 10月30日
	New      string   `json:"new"`                // 11月8日24时
	Released []string `json:"released,omitempty"` // numbers of the city that were held as late and are not any more
	None     bool     `json:"none,omitempty"`     // the city has no case yet
}

// LookUp asks staff to look units up in public registers.
type LookUp struct {
	Name    string        `json:"name"`
	AsOf    string        `json:"as_of"`
	Entries []LookUpEntry `json:"entries"`
}

// LookUpEntry is one unit; N is the number that 查询结果 names.
type LookUpEntry struct {
	N          int    `json:"n"`
	Number     string `json:"number"`
	Unit       string `json:"unit"`
	CreditCode string `json:"credit_code"` // "" where none was read
	Leader     string `json:"leader"`
}

// Objection tells an objector that the objection has arrived.
type Objection struct {
	Name   string `json:"name"`            // of the objector, a person or a unit; "" unknown
	Number string `json:"number"`          // YY2024-001
	At     string `json:"at"`              // arrival, 12月3日10:21
	Phone  string `json:"phone,omitempty"` // to ask how it stands; "": the frame's
}

// ObjectionSettled tells an objector how the objection ended.
type ObjectionSettled struct {
	Name     string `json:"name"` // of the objector; "" unknown
	Number   string `json:"number"`
	At       string `json:"at"` // day of his mail: 2024年12月3日
	Upheld   bool   `json:"upheld"`
	Reason   string `json:"reason"`             // in staff's words
	Date     string `json:"date"`               // of the conclusion: 2024年12月9日
	Corrects bool   `json:"corrects,omitempty"` // an earlier letter may have told another one
	Phone    string `json:"phone,omitempty"`
}

// Award tells a bureau how its cases came out.
type Award struct {
	City        string     `json:"city"`
	Title       string     `json:"title"` // 广东省电子商务优秀案例
	Cases       []CaseName `json:"cases"` // awarded
	NotSelected []CaseName `json:"not_selected,omitempty"`
	Next        string     `json:"next,omitempty"` // what follows, a sentence or two; "": nothing is said
}

// Publicity brings staff the notice and its list, ready to be published.
type Publicity struct {
	Name   string     `json:"name"` // of the member of staff
	Notice NoticeData `json:"notice"`
	List   []ListRow  `json:"list"`
}

// NoticeData is the publicity notice (C11). What is empty is left open in the
// document, to be written in by hand.
type NoticeData struct {
	Office      string    `json:"office,omitempty"` // who publishes; "": 广东省商务厅
	Division    string    `json:"division,omitempty"`
	Title       string    `json:"title"`    // 广东省电子商务优秀案例
	Year        string    `json:"year"`     // 2024
	Call        string    `json:"call"`     // 广东省商务厅关于征集广东省电子商务优秀案例的通知
	Document    string    `json:"document"` // 粤商务电函〔2024〕143号
	First       string    `json:"first"`    // the case that the text names, the list's first
	Count       int       `json:"count"`    // how many cases
	From        string    `json:"from"`     // 2024年12月2日
	To          string    `json:"to"`       // 2024年12月6日
	Days        int       `json:"days"`     // working days
	Contact     string    `json:"contact,omitempty"`
	Phone       string    `json:"phone,omitempty"`
	Email       string    `json:"email,omitempty"`
	Address     string    `json:"address,omitempty"`
	Supervision string    `json:"supervision,omitempty"` // 监督电话
	Date        string    `json:"date,omitempty"`        // of the notice: 2024年11月29日
	Before      string    `json:"before,omitempty"`      // periods of the notices before it: 2024年12月2日至2024年12月6日; then it is a further one (补充公示)
	List        []ListRow `json:"list,omitempty"`        // the annex; the publicity letter puts its own list here
}

// ListRow is a case in a published list. The list stands in the order it is
// given: by field, then by unit's name, never by rank.
type ListRow struct {
	Field string `json:"field"`
	Unit  string `json:"unit"`
	Case  string `json:"case"`
	City  string `json:"city"`
}

// PageData is one case on a page of text, for those who write about it.
type PageData struct {
	Title         string   `json:"title"` // 广东省电子商务优秀案例
	Number        string   `json:"number"`
	Unit          string   `json:"unit"`
	City          string   `json:"city"`
	Case          string   `json:"case"`
	Fields        []string `json:"fields"`
	Intro         string   `json:"intro"`
	Background    string   `json:"background"`
	Innovation    string   `json:"innovation"`
	Benefit       string   `json:"benefit"`
	Demonstration string   `json:"demonstration"`
}

// AwardPack brings staff the material for making the awards known, in as many
// mails as its zips need.
type AwardPack struct {
	Name  string     `json:"name"`  // of the member of staff
	Title string     `json:"title"` // 广东省电子商务优秀案例
	Part  int        `json:"part"`  // which of Parts mails this is
	Parts int        `json:"parts"`
	Zips  []string   `json:"zips"`           // names of the archives that this mail brings
	Cases []PackCase `json:"cases"`          // what is in them
	List  []ListRow  `json:"list,omitempty"` // the final list; goes with the first mail
}

// PackCase is what an archive holds of one case.
type PackCase struct {
	CaseName
	Logos  int    `json:"logos"`
	Photos int    `json:"photos"`
	Promos int    `json:"promos"`
	Note   string `json:"note,omitempty"` // what is lacking or was left out, a sentence
}
