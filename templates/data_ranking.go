package templates

// Why a score does not count. The words stand in the sheets as they are here.
const (
	WhyRecused   = "回避"
	WhyAbstained = "弃权"
	WhyVoid      = "作废"    // by staff
	WhyUnproved  = "未经确认"  // came as a fresh mail, and nobody confirmed it
	WhySilent    = "未评分"   // nothing came
	WhyPartial   = "未评全"   // a criterion has no value
	WhyHighest   = "去掉最高分" // counts as valid, not in the average
	WhyLowest    = "去掉最低分"
)

// RankingData is the ranking for staff, with everything it was computed from.
// All values are hundredths of a point.
type RankingData struct {
	Title    string // 广东省电子商务优秀案例
	AsOf     string // 11月21日10:00
	Head     string // hash of the journal's last entry
	Rule     string // how the average is computed and ties are broken, in words
	Criteria []Criterion
	Rows     []RankedCase // in the order of the ranking
	Unranked []RankedCase // with too few valid scores
}

// RankedCase is a case with its scores.
type RankedCase struct {
	Rank   int
	Tied   bool // shares its rank
	Number string
	City   string
	Unit   string
	Case   string
	Field  string
	Scores []ExpertScore

	Valid   int // valid scores, before one highest and one lowest are dropped
	Sum     int // of the totals that count
	Count   int // how many count: the average is Sum/Count exactly
	Average int // rounded once, half up

	Median   int      // of the valid totals
	Spread   int      // highest less lowest of the valid totals
	Outliers []string // for staff, in words
	Why      string   // of an unranked case
}

// ExpertScore is one expert's scores for a case.
type ExpertScore struct {
	Expert string // tells experts apart: one name, one expert
	Cells  []int  // by criterion; less than 0 is missing
	Total  int    // means nothing while a cell is missing
	Counts bool   // in the average
	Why    string // why not
}

// whole tells whether every criterion has a value.
func (e ExpertScore) whole() bool {
	for _, c := range e.Cells {
		if c < 0 {
			return false
		}
	}
	return len(e.Cells) > 0
}

// dropped is the total that was set aside for this reason; -1 if none was.
func (c RankedCase) dropped(why string) int {
	for _, e := range c.Scores {
		if e.Why == why && !e.Counts {
			return e.Total
		}
	}
	return -1
}

// ConfirmationData is one expert's 评分确认表, to be signed.
type ConfirmationData struct {
	Title        string
	AsOf         string
	Head         string
	Expert       string
	Organisation string
	Criteria     []Criterion
	Rows         []ConfirmedCase
}

// ConfirmedCase is a case in an expert's own sheet.
type ConfirmedCase struct {
	Number  string
	Unit    string
	Case    string
	Cells   []int // hundredths; less than 0 is missing
	Total   int
	Comment string
	Why     string // 回避, 弃权: stands in place of values
}

// SummaryData is the panel's 评分汇总表, to be signed: the expert's totals by case.
type SummaryData struct {
	Title    string
	AsOf     string
	Head     string
	Experts  []string // in the order of the columns
	Rows     []RankedCase
	Unranked []RankedCase
}
