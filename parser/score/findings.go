package score

import "cmp"

// What reading collects before anything is decided.

const none = -1

// claim is a value for a cell.
type claim struct {
	at, criterion int
	value         int
	words         string
	where         string
	changed       bool // said to replace what was said before: 改为
	listed        bool // by its place among numbers without names, in an order he did not tell
}

// total is a sum that he gives for a case.
type total struct {
	at    int
	value int
	words string
}

// doubt is something to ask back. at and criterion may be none; number is what
// he wrote where the case is not his.
type doubt struct {
	at, criterion int
	number        string
	words         string
	reason        Reason
}

// remark is a comment, a recusal or an abstention.
type remark struct {
	at   int
	text string
}

// findings is what one part of an answer says.
type findings struct {
	claims    []claim
	totals    []total
	doubts    []doubt
	comments  []remark
	recusals  []remark
	abstained []remark

	accept, decline, confirm bool
	why                      string
	questions, absence       []string
	prose                    []string
	old                      []string // lines with values in an older mail of his own
	provisional              string   // words by which all of it does not count yet
}

func (f *findings) add(g findings) {
	f.claims = append(f.claims, g.claims...)
	f.totals = append(f.totals, g.totals...)
	f.doubts = append(f.doubts, g.doubts...)
	f.comments = append(f.comments, g.comments...)
	f.recusals = append(f.recusals, g.recusals...)
	f.abstained = append(f.abstained, g.abstained...)
	f.provisional = cmp.Or(f.provisional, g.provisional)
}

func (f *findings) doubt(at, criterion int, words string, reason Reason) {
	f.doubts = append(f.doubts, doubt{at: at, criterion: criterion, words: words, reason: reason})
}

// pointed tells whether a doubt is about a certain cell.
func (f *findings) pointed() bool {
	for _, x := range f.doubts {
		if x.criterion != none {
			return true
		}
	}
	return false
}

// says tells whether anything about scores was found.
func (f *findings) says() bool { return len(f.claims)+len(f.totals)+len(f.doubts) > 0 }
