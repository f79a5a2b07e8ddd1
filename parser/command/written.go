package command

import (
	"strings"
	"unicode"
)

// asWritten finds the end of a line in the words of its writer: a reason stands in
// letters and in the file later, with its own commas. rest is that end as it was
// read, folded; it is given back where the writer's words cannot be told.
func asWritten(line, rest string) string {
	want := squeezed(rest)
	if want == "" {
		return rest
	}
	// From the right, as many characters as rest has; marks that reading leaves out
	// count nothing and stay.
	n := len([]rune(want))
	runes := []rune(strings.TrimRightFunc(line, isStop))
	at := len(runes)
	for at > 0 && (n > 0 || strings.ContainsRune(quotes, runes[at-1])) {
		at--
		n -= len([]rune(squeezed(folds.Replace(string(runes[at])))))
	}
	if got := strings.TrimSpace(string(runes[at:])); squeezed(staffPlain(got)) == want {
		return got
	}
	return rest
}

// quotes open a quotation.
const quotes = "“「\"<"

func isStop(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("!;,.！；，．。", r) }

func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// fullStop is the mark of a sentence's end with which a text ends, else "".
func fullStop(text string) string {
	text = strings.TrimSpace(text)
	for _, stop := range []string{"。", "！", "!", "."} {
		if strings.HasSuffix(text, stop) {
			return stop
		}
	}
	return ""
}
