package form

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Count is the length of a text as Word counts it (字数): a Chinese character or
// mark is 1, a run of Latin letters, digits, their marks and emoji is 1, spaces are 0.
// What has no width is nothing, and parts no run.
func Count(s string) int {
	n, inRun := 0, false
	for _, r := range s {
		switch {
		case r == '\u200B' || r == '\uFEFF':
		case unicode.IsSpace(r):
			inRun = false
		case eastAsian(r):
			n, inRun = n+1, false
		case !inRun:
			n, inRun = n+1, true
		}
	}
	return n
}

// eastAsian reports whether Word counts the character by itself: Chinese and
// full-width characters, and the marks that a Chinese text sets in full width.
func eastAsian(r rune) bool {
	return r >= 0x2E80 && r <= 0x9FFF || r >= 0xAC00 && r <= 0xD7A3 || r >= 0xF900 && r <= 0xFAFF ||
		r >= 0xFE30 && r <= 0xFE4F || r >= 0xFF00 && r <= 0xFFEF || r >= 0x20000 && r <= 0x3FFFF ||
		strings.ContainsRune("“”‘’…—·《》〈〉", r)
}

// folded is a text without spaces and in half-width, with the way back: at[i] is
// the byte offset of the i-th rune in the original, end[i] the offset behind it.
type folded struct {
	runes   []rune
	at, end []int
}

// fold takes spaces out and makes full-width letters, digits and brackets
// half-width. With bare it takes out every mark too.
func fold(s string, bare bool) folded {
	n := utf8.RuneCountInString(s)
	f := folded{runes: make([]rune, 0, n), at: make([]int, 0, n), end: make([]int, 0, n)}
	for i, r := range s {
		n := utf8.RuneLen(r)
		if r == unicode.ReplacementChar {
			_, n = utf8.DecodeRuneInString(s[i:]) // may be one stray byte
		}
		if invisible(r) {
			continue
		}
		r = half(r)
		if bare && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		f.runes = append(f.runes, r)
		f.at = append(f.at, i)
		f.end = append(f.end, i+n)
	}
	return f
}

func invisible(r rune) bool {
	return unicode.IsSpace(r) || r == 0x200B || r == 0x200C || r == 0x200D || r == 0xFEFF || r == 0x2060
}

// half makes a full-width form (U+FF01…FF5E) half-width.
func half(r rune) rune {
	if r >= 0xFF01 && r <= 0xFF5E {
		return r - 0xFEE0
	}
	return r
}

// compact is the folded text as a string.
func compact(s string) string { return string(fold(s, false).runes) }

// bare is the text with neither spaces nor marks, for tolerant comparison.
func bare(s string) string { return string(fold(s, true).runes) }

// prefixed reports whether f begins with want, and how many runes that are.
func (f folded) prefixed(want []rune, from int) bool {
	if len(want) == 0 || len(f.runes)-from < len(want) {
		return false
	}
	for i, r := range want {
		if f.runes[from+i] != r {
			return false
		}
	}
	return true
}

// tidy trims a value: every line, empty lines, the underscores of a blank.
func tidy(s string) string {
	var lines []string
	for _, l := range strings.Split(strings.ReplaceAll(s, "\r", ""), "\n") {
		l = strings.TrimFunc(l, func(r rune) bool { return invisible(r) || r == '_' || r == '＿' })
		if l != "" {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\n")
}

// Common is how many letters two texts share in the same order: the length of their
// longest common subsequence.
func Common(a, b []rune) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		before := 0
		for j, y := range b {
			here := row[j+1]
			if x == y {
				row[j+1] = before + 1
			} else {
				row[j+1] = max(row[j+1], row[j])
			}
			before = here
		}
	}
	return row[len(b)]
}
