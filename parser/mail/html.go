package mail

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds that keep hostile HTML cheap.
const (
	quoteMost = 5   // quote marks before a line
	rowMost   = 16  // tables within tables whose rows are kept together
	cellLines = 4   // a cell with more lines than this is a page, not a cell
	spanMost  = 40  // columns or rows that one cell covers
	wideMost  = 100 // columns of a row that are filled up for merged cells
)

// softBreak stands for a line break within a table cell until the row's end
// tells whether the table is data or only layout.
const softBreak = '\x0b'

// HTMLText renders HTML mail as text for reading by machine: one line per
// visual line, without what is struck out, table cells apart by tabs (every
// cell counts, also an empty one, and a merged one for as many as it covers),
// lists with "- ", quoted regions prefixed "> " as in plain text. At most
// maxNodes tokens are read; false says that the rest was left out.
func HTMLText(src string, maxNodes int) (string, bool) {
	t := &htmlText{}
	z := html.NewTokenizer(strings.NewReader(src))
	for n := 0; n < maxNodes; n++ {
		switch z.Next() {
		case html.ErrorToken:
			t.endRows(0)
			return string(t.out), true
		case html.TextToken:
			if t.skip == 0 && t.struck == 0 {
				t.text(string(z.Text()))
			}
		case html.StartTagToken:
			t.start(z, false)
		case html.SelfClosingTagToken:
			t.start(z, true)
		case html.EndTagToken:
			name, _ := z.TagName()
			t.end(atom.Lookup(name))
		}
	}
	t.endRows(0)
	return string(t.out), false
}

// htmlText is the state of one rendering.
type htmlText struct {
	out    []byte
	space  bool      // white space is due before the next word
	skip   int       // within elements that are not shown
	struck int       // within words that are struck out
	pre    int       // within preformatted text
	quote  int       // quote depth
	tail   bool      // everything to the end is quoted
	blocks []bool    // open div and blockquote elements: does it quote?
	rows   []htmlRow // open table rows, outermost first
	deep   int       // open rows beyond rowMost
	tables [][]int   // open tables: rows that each column is still covered from above
}

// htmlRow is an open table row.
type htmlRow struct {
	at    int  // where its text begins in out
	cells int  // columns so far
	own   int  // cells that begin in this row
	owed  int  // columns that the last cell covers beside its own
	table int  // number of open tables when it began
	open  bool // a cell is open
}

func (t *htmlText) inCell() bool { return len(t.rows) > 0 && t.rows[len(t.rows)-1].open }

func (t *htmlText) last() byte {
	if len(t.out) == 0 {
		return '\n'
	}
	return t.out[len(t.out)-1]
}

// newline ends the line if one is begun.
func (t *htmlText) newline() {
	t.space, t.struck = false, 0 // a forgotten end tag must not hide the rest
	switch c := t.last(); {
	case t.inCell():
		if c != softBreak && c != '\t' && c != '\n' {
			t.out = append(t.out, softBreak)
		}
	case c != '\n':
		t.out = append(t.out, '\n')
	}
}

// prefix writes the quote marks of a new line.
func (t *htmlText) prefix() {
	if t.last() == '\n' {
		t.out = append(t.out, t.marks()...)
	}
}

func (t *htmlText) marks() string {
	n := t.quote
	if t.tail {
		n++
	}
	return strings.Repeat("> ", min(n, quoteMost))
}

func (t *htmlText) text(s string) {
	if t.pre > 0 {
		t.preformatted(s)
		return
	}
	for s != "" {
		end := strings.IndexAny(s, " \t\r\n\f")
		if end == 0 {
			t.space, s = true, strings.TrimLeft(s, " \t\r\n\f")
			continue
		}
		word := s
		if end > 0 {
			word = s[:end]
		}
		s = s[len(word):]
		t.prefix()
		if c := t.last(); t.space && c != softBreak && c != '\t' && c != '\n' && !bytes.HasSuffix(t.out, []byte("> ")) {
			t.out = append(t.out, ' ')
		}
		t.space = false
		t.out = append(t.out, strings.ReplaceAll(strings.ReplaceAll(word, "\u00a0", " "), "\x0b", " ")...)
	}
}

func (t *htmlText) preformatted(s string) {
	for i, l := range strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		if i > 0 {
			t.lineBreak()
		}
		if l != "" {
			t.prefix()
			t.out = append(t.out, strings.ReplaceAll(l, "\x0b", " ")...)
		}
	}
	t.space = false
}

// lineBreak writes a break that the mail itself has.
func (t *htmlText) lineBreak() {
	t.space = false
	if t.inCell() {
		t.out = append(t.out, softBreak)
		return
	}
	t.prefix()
	t.out = append(t.out, '\n')
}

func (t *htmlText) start(z *html.Tokenizer, closed bool) {
	name, more := z.TagName()
	a := atom.Lookup(name)
	quotes, tail, indent := false, false, false
	if more && (a == atom.Div || a == atom.Blockquote) {
		quotes, tail, indent = quoteAttr(z)
	}
	var spans cellSpans
	if more && (a == atom.Td || a == atom.Th) {
		spans = readSpans(z)
	}
	quotes = quotes || a == atom.Blockquote && !indent
	t.tail = t.tail || tail
	switch a {
	case atom.Script, atom.Style, atom.Title, atom.Template:
		if !closed {
			t.skip++
		}
	case atom.S, atom.Strike, atom.Del: // what the writer struck out he does not say
		if !closed {
			t.struck++
		}
	case atom.Body, atom.Head: // a forgotten end tag must not hide the body
		t.skip = 0
	case atom.Br:
		t.lineBreak()
	case atom.Hr:
		t.newline()
		t.text("----------")
		t.newline()
	case atom.Li:
		t.newline()
		t.prefix()
		t.out = append(t.out, "- "...)
	case atom.Tr:
		t.startRow()
	case atom.Td, atom.Th:
		t.startCell(spans)
	case atom.Table:
		t.newline()
		if !closed && len(t.tables) < rowMost {
			t.tables = append(t.tables, nil)
		}
	case atom.Pre:
		t.newline()
		t.pre++
	default:
		if isBlock(a) {
			t.newline()
		}
	}
	if !closed && (a == atom.Div || a == atom.Blockquote) {
		t.open(quotes)
	}
}

// open notes a block that may quote.
func (t *htmlText) open(quotes bool) {
	t.blocks = append(t.blocks, quotes)
	if quotes {
		t.hardLine()
		t.quote++
	}
}

// hardLine ends a line also within a cell: quotes are never cell content.
func (t *htmlText) hardLine() {
	if t.last() == softBreak {
		t.out[len(t.out)-1] = '\n'
	}
	if t.last() != '\n' {
		t.out = append(t.out, '\n')
	}
	t.space = false
}

// quoteAttr reads the marks by which clients show what they quote: whether the
// element quotes, and whether all that follows does (Outlook puts only the head
// of the old mail into its mark). Gmail's div.gmail_quote is not among them:
// answers between the quoted paragraphs stand in it too, and the quoted ones
// are blockquotes. indent tells the blockquote that editors use for indenting.
func quoteAttr(z *html.Tokenizer) (quotes, tail, indent bool) {
	for more := true; more; {
		var k, v []byte
		k, v, more = z.TagAttr()
		s := string(v)
		switch string(k) {
		case "style":
			indent = strings.Contains(strings.ReplaceAll(s, ": ", ":"), "margin:0 0 0 40px")
		case "class":
			quotes = quotes || strings.Contains(s, "yahoo_quoted")
		case "name":
			quotes = quotes || s == "quote"
		case "id":
			tail = tail || s == "divRplyFwdMsg" || s == "appendonsend" || s == "mail-editor-reference-message-container"
			quotes = quotes || strings.HasPrefix(s, "isReplyContent") || s == "ntes-pcmac-mail-quote"
		}
	}
	return quotes, tail, indent && !quotes
}

func isBlock(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Ul, atom.Ol, atom.Dl, atom.Dt, atom.Dd, atom.Blockquote, atom.Center, atom.Section,
		atom.Article, atom.Header, atom.Footer, atom.Form, atom.Fieldset, atom.Address, atom.Main, atom.Tbody,
		atom.Thead, atom.Caption, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

func (t *htmlText) end(a atom.Atom) {
	switch a {
	case atom.Script, atom.Style, atom.Title, atom.Template:
		t.skip = max(0, t.skip-1)
	case atom.S, atom.Strike, atom.Del:
		t.struck = max(0, t.struck-1)
	case atom.Pre:
		t.pre = max(0, t.pre-1)
		t.newline()
	case atom.Td, atom.Th:
		if t.inCell() {
			t.trimSoft()
			t.rows[len(t.rows)-1].open = false
		}
		t.space = false
	case atom.Tr:
		if t.deep > 0 {
			t.deep--
			t.newline()
			return
		}
		t.endRows(max(0, len(t.rows)-1))
	case atom.Table:
		t.newline()
		t.tables = t.tables[:max(0, len(t.tables)-1)]
	default:
		if isBlock(a) || a == atom.Li {
			t.newline()
		}
	}
	if (a == atom.Div || a == atom.Blockquote) && len(t.blocks) > 0 {
		if t.blocks[len(t.blocks)-1] {
			t.hardLine()
			t.quote--
		}
		t.blocks = t.blocks[:len(t.blocks)-1]
	}
}
