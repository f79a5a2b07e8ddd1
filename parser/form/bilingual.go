package form

import (
	"regexp"
	"strings"
)

// labelWords are what English names of the boxes are made of. Without one of them
// Latin letters are an answer: 参评单位 ABC.
var labelWords = regexp.MustCompile(`(?i)\b(applicant|unit|company|organi[sz]ation|enterprise|project|case|title|name|category|field|sector|awards?|leader|principal|person|contact|tel|telephone|phone|e-?mail|` +
	`profile|introduction|overview|summary|background|technology|technical|innovation|benefits?|effectiveness|demonstration|opinions?|seal|stamp|commitment|declaration)\b`)

// latin is a run of Latin words up to a colon or the end of its line.
var latin = regexp.MustCompile(`^[\s　/／|(（]*[A-Za-z][A-Za-z&/,.'’\-\s]{0,60}[)）]?[ 　]*(?:[:：]|\n|$)`)

// translated reports whether a text is nothing but a label's English name.
func translated(text string) bool {
	return labelWords.MatchString(text) && latin.FindString(text) == text
}

// dropTranslation removes the English name of a heading from what follows it.
func dropTranslation(rest string) string {
	if t := latin.FindString(rest); t != "" && labelWords.MatchString(t) {
		return "\n" + strings.TrimPrefix(rest, t)
	}
	return rest
}

// gap is what parts two headings in one line.
var gap = regexp.MustCompile(`^[\sA-Za-z&:：,，、/／.—–\-－及和]*`)

// secondHeading reads 案例概述 —— 项目简介: the first part's heading in the line of
// the heading over all parts.
func secondHeading(rest string) (field, string, bool) {
	rest = lengthHint.ReplaceAllString(rest, "")
	f, rest, ok := heading(gap.ReplaceAllString(rest, ""))
	return f, rest, ok && f == background
}
