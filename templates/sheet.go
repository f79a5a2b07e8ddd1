package templates

import "strings"

// kind is how a line is set in HTML; in text all lines are alike.
type kind string

const (
	salute kind = "salute" // 佛山市商务局：
	lead   kind = "lead"   // the conclusion
	ask    kind = "ask"    // what to do
	para   kind = "para"
	label  kind = "label" // 需补充
	item   kind = "item"  // 1. … or · …
	under  kind = "under" // belongs to the item above it
	file   kind = "file"  // a file of a list
	head   kind = "head"  // ■ AL2024-0007　unit　《case》
	state  kind = "state" // where the case stands
	quote  kind = "quote" // a line of another letter, shown whole
	small  kind = "small" // sender and disclaimer
	mark   kind = "mark"  // the letter code
	card   kind = "card"  // a scored case: its name, then its values
	task   kind = "task"  // an item with what may be answered to it, in one cell
	alarm  kind = "alarm" // a task that cannot wait, or an item that is wrong
	group  kind = "group" // a heading and the lines below it, in one cell
	whole  kind = "whole" // another letter, shown whole in one cell
)

// tone is how a section is framed in HTML. It says nothing that words do not.
type tone string

const (
	plain tone = ""
	open  tone = "open" // something must be supplied
	done  tone = "done" // all there
	wait  tone = "wait" // somebody must decide
	read  tone = "read" // a case to be read: below a rule
	foot  tone = "foot" // the closing lines
)

// line is one line of a letter: three pieces that follow each other directly,
// the second set bold, the third in a lower voice where the kind has one.
type line struct {
	Kind   kind
	Text   string
	Strong string
	Tail   string
	Cells  [][]cell // of a card, by rows
	Lines  []string // of a group or of another letter
	Reply  []string // what may be answered, each whole
}

// tile is one city of the staff letter's table.
type tile struct {
	City  string
	State string
	Tone  tone
}

// section is a run of lines; a blank line stands between sections.
type section struct {
	Tone  tone
	Lines []line
	Tiles [][]tile // rows of tiles, below the lines
	Blank *blank   // a table to fill in, below the lines
}

// sheet is a letter being written. It is written once and set twice, as plain
// lines and as table cells: this is why text and HTML say the same.
type sheet struct {
	Title    string
	Sections []section
}

// begin opens a section; the lines that follow stand in it.
func (s *sheet) begin(t tone) { s.Sections = append(s.Sections, section{Tone: t}) }

// put adds a line to the open section. Nothing that people wrote gets around
// [oneLine], because every line passes here.
func (s *sheet) put(k kind, pieces ...string) {
	l := line{Kind: k}
	for i, p := range pieces {
		switch p = oneLine(p); i {
		case 0:
			l.Text = p
		case 1:
			l.Strong = p
		case 2:
			l.Tail = p
		}
	}
	if l.Text == "" && l.Strong == "" && l.Tail == "" && k != quote {
		return
	}
	if len(s.Sections) == 0 {
		s.begin(plain)
	}
	last := &s.Sections[len(s.Sections)-1]
	last.Lines = append(last.Lines, l)
}

// replies names what may be answered, below what is asked.
func (s *sheet) replies(choices ...string) {
	s.block(line{Kind: under, Reply: cleaned(choices)}, nil)
}

func cleaned(lines []string) []string {
	out := make([]string, len(lines))
	for i, words := range lines {
		out[i] = oneLine(words)
	}
	return out
}

// whole shows another letter's text. It is one cell: thirty letters, a cell a
// line, would be more markup than words.
func (s *sheet) whole(text string) {
	text = strings.TrimRight(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	s.block(line{Kind: whole}, strings.Split(text, "\n"))
}

// group adds a heading with the lines below it.
func (s *sheet) group(heading string, lines []string) {
	s.block(line{Kind: group, Strong: oneLine(heading)}, lines)
}

func (s *sheet) block(l line, lines []string) {
	l.Lines = cleaned(lines)
	last := &s.Sections[len(s.Sections)-1]
	last.Lines = append(last.Lines, l)
}

// tiles adds rows of at most n tiles to the open section.
func (s *sheet) tiles(n int, all []tile) {
	last := &s.Sections[len(s.Sections)-1]
	for i := 0; i < len(all); i += n {
		last.Tiles = append(last.Tiles, all[i:min(i+n, len(all))])
	}
}

// text sets the sheet as plain lines.
func (s *sheet) text() string {
	var b strings.Builder
	for _, sec := range s.Sections {
		if len(sec.Lines) == 0 && len(sec.Tiles) == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n")
		}
		for _, l := range sec.Lines {
			l.text(&b)
		}
		tilesText(&b, sec.Tiles)
		if sec.Blank != nil {
			sec.Blank.text(&b)
		}
	}
	return b.String()
}

// textColumns is how many half-width characters a line of a table in the text may
// have: a terminal shows 80.
const textColumns = 78

// tilesText sets tiles as columns that stand below each other where letters have
// one or two widths, as in a terminal; a line a tile where a row would be too long.
func tilesText(b *strings.Builder, rows [][]tile) {
	wide, all := map[int]int{}, 0
	for _, row := range rows {
		for i, t := range row {
			wide[i] = max(wide[i], displayWidth(t.words())+tileGap)
		}
	}
	for _, w := range wide {
		all += w
	}
	for _, row := range rows {
		for i, t := range row {
			b.WriteString(t.words())
			if i == len(row)-1 || all > textColumns {
				b.WriteString("\n")
				continue
			}
			blank := wide[i] - displayWidth(t.words())
			b.WriteString(strings.Repeat("　", blank/2) + strings.Repeat(" ", blank%2))
		}
	}
}

// tileGap stands between tiles of a row.
const tileGap = 4

func (t tile) words() string { return t.City + " " + t.State }

// text sets a line. Lines of another letter carry a bar, so that its closing lines
// and its code are not taken for this one's.
func (l line) text(b *strings.Builder) {
	bar := ""
	if l.Kind == quote || l.Kind == whole {
		bar = "│ "
	}
	own := l.Text + l.Strong + l.Tail + cellsText(l.Cells)
	if l.Kind != whole && (own != "" || len(l.Reply) == 0) {
		b.WriteString(strings.TrimRight(bar+own, " 　") + "\n")
	}
	for _, words := range l.Lines {
		b.WriteString(strings.TrimRight(bar+words, " 　") + "\n")
	}
	if len(l.Reply) > 0 {
		b.WriteString(replyMark + choices(l.Reply) + "\n")
	}
}
