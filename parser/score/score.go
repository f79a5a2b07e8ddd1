// Package score reads an expert's answer to a request for scores.
//
// What we wrote is known exactly, so it is taken out of the answer by content,
// whatever the expert's client did to it; what remains is his. A value is
// recorded only where its case, its criterion and the number are certain. What
// is read and not certain is a [Query], with his own words: it is asked back.
// A wrong score is worse than a question too many.
//
// The way of an answer: [Read] takes the mail's forms and the files (sources.go);
// each is folded to lines (fold.go, quote.go) and compared with our letters, word by
// word (letters.go); lines that are his are cut into items (items.go, number.go,
// mention.go, nickname.go) and read with what was spoken of before (reader.go,
// context.go): names with values (named.go, criterion.go), numbers in order
// (listed.go, list.go), tables (table.go), words (words.go, withdraw.go), what is no
// number (odd.go). All of it are findings, from which decide.go makes the answer.
package score

import "anli/parser/mail"

// Request is what the expert was asked: the cases assigned to him, in the order
// of the letter, and everything we wrote to him that an answer may quote.
type Request struct {
	Cases    []Case
	Criteria []Criterion
	Stamps   []string // of the score sheets sent to this expert; any other sheet of ours is none of his
	Letters  []Letter // the request, and later letters of ours (echo, reminder)
}

// Case is a case as the letter names it. Number is whole, such as AL2024-0007.
type Case struct{ Number, Unit, Name string }

// Criterion is one thing to score. Max is in hundredths of a point.
type Criterion struct {
	Name string
	Max  int
}

// Letter is a letter exactly as it was sent, before transfer encoding.
type Letter struct{ Subject, Text, HTML string }

// Input is an answer.
type Input struct {
	Message mail.Message
	Files   []File // attachments as they were read, archives opened
	Proved  bool   // it refers to a letter of ours to this address; if not, a case counts only by its whole number
}

// File is an attachment that was read elsewhere.
type File struct {
	Name    string
	Kind    string       // xlsx, xls, csv, docx, pdf, image, other
	Tables  [][][]string // table, row, cell; merged cells repeated or empty
	Text    string       // paragraphs outside tables
	Failure string       // why it could not be read, or ""
}

// Answer is what was understood. Everything in it is in the order of the
// request: by case, then by criterion.
type Answer struct {
	Cells     []Cell       // certain, to be recorded
	Comments  []Comment    //
	Recusals  []Recusal    // 回避
	Abstained []Abstention // 弃权: not scored by his own will, no conflict of interest
	Queries   []Query      // read, not recorded: to be asked back

	Accept, Decline, Confirm bool // 同意参加, 不能参加, 确认 standing alone

	Why      string // reason of Decline
	Question string // a question to staff, in his words; "" none
	Absence  string // he says he is away until …; "" none
	Prose    string // other words of his, without thanks and greetings
}

// Cell is one value, in hundredths of a point.
type Cell struct {
	Number, Criterion string
	Value             int
	Words             string // the words it was read from
	Where             string // text, quote, sheet, table
}

// Comment is what he wrote about a case.
type Comment struct{ Number, Text string }

// Recusal is a case he may not score, with his reason as far as he gave one.
type Recusal struct{ Number, Reason string }

// Abstention is a case he does not want to score.
type Abstention struct{ Number, Reason string }

// Query is something he wrote that cannot be recorded as it stands. Number and
// Criterion are "" where none can be named.
type Query struct {
	Number, Criterion string
	Words             string
	Reason            Reason
}

// Reason says why something is asked back.
type Reason string

// Reasons for asking back.
const (
	TotalAlone    Reason = "total-alone"    // a total without its parts
	TotalDiffers  Reason = "total-differs"  // a total that is not the sum of its parts
	Range         Reason = "range"          // 27-28
	OutOfRange    Reason = "out-of-range"   // more than the maximum, or less than nothing
	TwoValues     Reason = "two-values"     // two values for one cell
	Ditto         Reason = "ditto"          // 其余同上
	Unassigned    Reason = "unassigned"     // a case that is not his
	UnclearCase   Reason = "unclear-case"   // which case?
	UnclearNumber Reason = "unclear-number" // a number that cannot be read for certain
	Count         Reason = "count"          // not as many numbers as criteria
	Picture       Reason = "picture"        // the sheet as a photo
	ForeignSheet  Reason = "foreign-sheet"  // the sheet was made for another letter
	Unreadable    Reason = "unreadable"     // an attachment that could not be read
	Unclear       Reason = "unclear"        // anything else
)

// Where a value stood.
const (
	inText  = "text"
	inQuote = "quote"
	inSheet = "sheet"
	inTable = "table"
)

// Read reads an answer. It never fails: what it does not understand is asked
// back or is prose, and so is a whole answer on which the reading breaks down.
func Read(in Input, r Request) (a Answer) {
	defer func() {
		if p := recover(); p != nil {
			a = Answer{Queries: []Query{{Words: in.Message.Subject, Reason: Unreadable}}}
		}
	}()
	return read(in, r)
}

func read(in Input, r Request) Answer {
	x := newLexicon(r)
	o := readLetters(r.Letters)
	f := readBody(in, r, x, o)
	for _, file := range in.Files {
		f.add(readFile(file, in, r, x, o))
	}
	unread(&f, in, r)
	return decide(r, f)
}
