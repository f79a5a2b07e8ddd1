package mail

import "strings"

// split parts the text of a mail into what its writer wrote and what is quoted.
// Commands and scores are read from fresh, so that nothing quoted may stay in
// it, and nothing written may be lost from it if that can be told:
//
//   - lines with > are quoted one by one; text between and below them is fresh;
//   - a head that clients put above the old mail is quoted, and everything after
//     it too, unless the old mail follows with >;
//   - signatures and greetings that stand alone are in neither.
func split(text string) (fresh, quoted string) {
	c := cut(tidy(text))
	return compact(dropGreeting(dropSignature(c.fresh))), compact(c.quoted)
}

// Line is one line of a body.
type Line struct {
	Text   string // as it stands, with its quote marks and its tabs
	Quoted bool   // it stands among what is quoted; its writer may have filled it in all the same
}

// Lines gives every line of a body as Message has it (Text, TextHTML), for those
// who must also find what was written into the quoted part.
func Lines(text string) []Line {
	marks := cut(text).marks
	out := make([]Line, 0, len(marks))
	for l := range strings.SplitSeq(text, "\n") {
		out = append(out, Line{Text: l, Quoted: marks[len(out)]})
	}
	return out
}

// cut goes through a whole text.
func cut(text string) *cutter {
	c := &cutter{lines: strings.Split(text, "\n")}
	c.marks = make([]bool, len(c.lines))
	for i, l := range c.lines {
		c.lines[i] = strings.TrimRight(strings.ReplaceAll(l, "&nbsp;", " "), " \t")
	}
	for i := 0; i < len(c.lines); {
		i = c.step(i)
	}
	return c
}

// cutter goes through the lines of a mail.
type cutter struct {
	lines         []string
	fresh, quoted []string
	marks         []bool // line by line: is it quoted?
	tries         int    // blocks of fields looked at
}

// triesMost bounds the work on a mail made of nothing but heads.
const triesMost = 1000

// step handles line i and what belongs to it, and returns the next line.
func (c *cutter) step(i int) int {
	l := c.lines[i]
	if isQuoted(l) {
		c.quoted = append(c.quoted, l)
		c.marks[i] = true
		c.fresh = append(c.fresh, breakMark)
		return i + 1
	}
	if n, tail := c.head(i); n > 0 {
		if tail {
			c.dropAddress()
		}
		c.fresh = append(c.fresh, breakMark)
		next := i + n
		if tail || !c.prefixed(next) {
			next = len(c.lines)
		}
		c.quoted = append(c.quoted, c.lines[i:next]...)
		for k := i; k < next; k++ {
			c.marks[k] = true
		}
		return next
	}
	c.fresh = append(c.fresh, l)
	return i + 1
}

// dropAddress takes out the writer's own address, which Foxmail puts on a line of
// its own above what it quotes. Where it is all that was written it stays.
func (c *cutter) dropAddress() {
	last := len(c.fresh) - 1
	for last > 0 && strings.TrimSpace(c.fresh[last]) == "" {
		last--
	}
	if last < 1 || !loneAddress.MatchString(strings.TrimSpace(c.fresh[last])) {
		return
	}
	if strings.TrimSpace(strings.Join(c.fresh[:last], "")) != "" {
		c.fresh = c.fresh[:last]
	}
}

// breakMark stands in fresh where something quoted was; a signature ends there.
const breakMark = "\x00"

func isQuoted(l string) bool {
	l = strings.TrimLeft(l, " \t")
	return strings.HasPrefix(l, ">") || strings.HasPrefix(l, "＞")
}

// prefixed tells whether the old mail that begins at line i is marked with >.
func (c *cutter) prefixed(i int) bool {
	for ; i < len(c.lines); i++ {
		if strings.TrimSpace(c.lines[i]) != "" {
			return isQuoted(c.lines[i])
		}
	}
	return false
}

// head tells whether a head of an old mail begins at line i, and how many lines
// it has; 0 if not. tail says that what follows is quoted to the end: clients
// that write a rule or a block of fields never mark lines with >, and a > there
// is the old mail's own.
func (c *cutter) head(i int) (n int, tail bool) {
	l := strings.TrimSpace(c.lines[i])
	if l == "" || len(l) > 2000 {
		return 0, false
	}
	if n := c.fields(i); n > 0 {
		return n, true
	}
	if forwardMark.MatchString(l) || separator.MatchString(l) {
		return 1, true
	}
	if ruler.MatchString(l) || titled.MatchString(l) {
		n := c.fieldsAfter(i + 1)
		return n, n > 0
	}
	return c.attribution(i), false
}

// fieldsAfter is fields, with empty lines allowed before it; it counts them.
func (c *cutter) fieldsAfter(i int) int {
	for k := i; k < len(c.lines) && k < i+3; k++ {
		if strings.TrimSpace(c.lines[k]) != "" {
			if n := c.fields(k); n > 0 {
				return k - i + n
			}
			return 0
		}
	}
	return 0
}

// fields counts the lines of a block 发件人 … 主题 that begins at line i. One
// line of that look does not make a block: people write 发件人 too.
func (c *cutter) fields(i int) int {
	if c.tries > triesMost || !strings.ContainsAny(c.lines[i], ":：") || !fromField.MatchString(c.lines[i]) {
		return 0
	}
	c.tries++
	keys, last := map[string]bool{}, i
	for _, m := range inlineField.FindAllStringSubmatch(c.lines[i], 10) {
		keys[fieldKind(m[1])] = true
	}
	for k := i + 1; k < len(c.lines) && k <= last+4 && k < i+30; k++ {
		if m := otherField.FindStringSubmatch(c.lines[k]); m != nil {
			keys[fieldKind(m[1])] = true
			last = k
			if fieldKind(m[1]) == "subject" {
				break
			}
		}
	}
	if len(keys) < 2 {
		return 0
	}
	return last - i + 1
}

// attribution counts the lines of "在 … 写道：" that begins at line i; clients
// break it at 76 columns.
func (c *cutter) attribution(i int) int {
	n := 1
	for ; ; n++ {
		if n > 4 || i+n > len(c.lines) {
			return 0
		}
		l := strings.TrimSpace(c.lines[i+n-1])
		if l == "" || isQuoted(l) || len(l) > 600 {
			return 0
		}
		if (strings.HasSuffix(l, ":") || strings.HasSuffix(l, "：")) && wrote.MatchString(l) {
			break
		}
	}
	if n > 1 && !c.begins(i, n) {
		return 0
	}
	if isAttribution(strings.Join(strings.Fields(strings.Join(c.lines[i:i+n], " ")), " ")) {
		return n
	}
	return 0
}

// begins tells whether an attribution of n lines, the last of which ends in
// 写道, begins at line i, and not at a later one: the writer's own last line may
// stand right above it.
func (c *cutter) begins(i, n int) bool {
	l := strings.TrimSpace(c.lines[i])
	if !attributionStart.MatchString(l) {
		return false
	}
	if datedStart.MatchString(l) && clockTime.MatchString(l) {
		return true
	}
	for _, later := range c.lines[i+1 : i+n] {
		if later = strings.TrimSpace(later); wholeStart.MatchString(later) {
			return false
		}
	}
	return true
}

// isAttribution wants a clue that a program wrote the line: an address or a time.
func isAttribution(s string) bool {
	return (strings.Contains(s, "@") || clockTime.MatchString(s)) && (attributionStart.MatchString(s) || strings.Contains(s, "@"))
}

// compact drops marks, outer blank lines and runs of blank lines.
func compact(lines []string) string {
	var out []string
	for _, l := range lines {
		if l == breakMark {
			l = ""
		}
		if l == "" && (len(out) == 0 || out[len(out)-1] == "") {
			continue
		}
		out = append(out, l)
	}
	return strings.Trim(strings.Join(out, "\n"), "\n ") // not tabs: an empty first cell counts
}
