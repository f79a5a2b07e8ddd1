// Package command reads what staff and bureaus answer into commands, one a
// line. It understands words, not intent: a line that is not wholly a command is
// an unknown line, and the caller asks back.
//
// Input is the fresh text of an answer (parser/mail), so quoted commands never
// act. Reading stops at 谢谢, at a line of dashes, or after five unknown lines.
package command

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/width"
)

// Line is one line of an answer and what was understood of it.
type Line struct {
	Text  string   // as written, trimmed
	Verb  string   // "" if the line is not understood
	Trial bool     // 试运行 stood before it: show the effect, do nothing
	Rows  []int    // row numbers of the letter answered, in the order written, each once, ranges expanded
	Codes []string // case numbers as written, numbers of objections, or letter codes, upper-cased
	Args  []string // what the verb takes besides, in order
	Rest  string   // free text after that: reason, value
	Why   string   // for an unknown line: what is wrong with it, in Chinese, one clause
}

// maxUnknown ends the reading of a staff answer: what follows is prose.
const maxUnknown = 5

// maxLines bounds what one answer may ask.
const maxLines = 300

// maxRange bounds a range of rows such as 3-700.
const maxRange = 200

// Staff reads the answer of a member of staff.
// The commands are in staffVerbs; Help lists them for people.
func Staff(fresh string) []Line { return read(fresh, staffLine, maxUnknown) }

var (
	// thanks end an answer, where nothing else stands on the line.
	thanks   = regexp.MustCompile(`^(?:非常)?(?:谢谢|多谢|感谢|此致|祝好|顺祝|敬礼)[^\d=＝]{0,12}$`)
	rule     = regexp.MustCompile(`^[-—_=*]{2,}.{0,40}$`)
	greeting = regexp.MustCompile(`^(?:您好|你好|好的)[，,。!！:：]?\s*$`)
	// politeness behind a command on its own line.
	politeness = regexp.MustCompile(`[\s，,。.；;!！]*(?:谢谢|多谢|感谢)[您你]?[\s。.!！~～]*$`)
)

func read(fresh string, one func(string) []Line, most int) []Line {
	var out []Line
	unknown := 0
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n").Replace(fresh), "\n")
	for i, raw := range lines {
		text := strings.TrimSpace(invisible.Replace(raw))
		if text == "" || greeting.MatchString(text) {
			continue
		}
		if thanks.MatchString(text) || rule.MatchString(text) {
			break
		}
		for _, l := range one(politeness.ReplaceAllString(text, "")) {
			l.Text = cmp.Or(l.Text, text)
			out = append(out, l)
			if l.Verb == "" {
				unknown++
			}
		}
		if unknown >= most || len(out) >= maxLines {
			return append(out, unread(lines[i+1:], one)...)
		}
	}
	return out
}

// unread is one line that says so where commands stand behind the end of reading:
// whoever wrote them would else think them done.
func unread(lines []string, one func(string) []Line) []Line {
	for _, raw := range lines {
		text := strings.TrimSpace(invisible.Replace(raw))
		if thanks.MatchString(text) || rule.MatchString(text) {
			break
		}
		if text == "" || len(one(text)) == 0 || one(text)[0].Verb == "" {
			continue
		}
		return []Line{{Text: text, Why: "前面无法识别的行或指令过多，从本行起未再读取，请另发一封"}}
	}
	return nil
}

var invisible = strings.NewReplacer("\u200b", "", "\u200c", "", "\u200d", "", "\ufeff", "", "\u2060", "", "\u00a0", " ", "\x00", "")

// plain folds full-width forms, unquotes, and drops the stops people put at a
// line's end.
func plain(s string) string {
	s = mailto.ReplaceAllString(width.Fold.String(s), "")
	s = folds.Replace(s)
	return strings.TrimSpace(strings.TrimRight(strings.TrimSpace(s), "!;,. "))
}

var (
	mailto = regexp.MustCompile(`<mailto:[^>]*>`)
	folds  = strings.NewReplacer("。", " ", "“", "", "”", "", "「", "", "」", "", "\"", "", "<", "", ">", "", "－", "-", "‐", "-", "–", "-", "\u3000", " ")
)

var (
	rowList    = regexp.MustCompile(`^(?:第)?(\d{1,3}(?:\s*(?:[、,和]|-|~|至|到)\s*\d{1,3})*)\s*(?:行|条|项|号|[.、:)])?\s*`)
	rowItem    = regexp.MustCompile(`(\d{1,3})(?:\s*(?:-|~|至|到)\s*(\d{1,3}))?`)
	letterCode = regexp.MustCompile(`^[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}$`)
	address    = regexp.MustCompile(`^[^\s@]+@[^\s@]+\.[^\s@]+$`)
)

// rows expands `3、5-7` into 3 5 6 7, each once; nil if a range runs backwards or is too long.
func rows(s string) []int {
	var out []int
	for _, m := range rowItem.FindAllStringSubmatch(s, -1) {
		from, _ := strconv.Atoi(m[1])
		to := from
		if m[2] != "" {
			to, _ = strconv.Atoi(m[2])
		}
		if to < from || len(out)+to-from >= maxRange {
			return nil
		}
		for n := from; n <= to; n++ {
			if !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return out
}
