package templates

import (
	_ "embed"
	"html/template"
	"strings"
)

//go:embed letter.gohtml
var pageSource string

var page = template.Must(template.New("letter").Parse(pageSource))

// html sets the sheet as table cells with inline styles: no script, no picture,
// nothing fetched. html/template escapes all that people wrote.
func (s *sheet) html() string {
	var b strings.Builder
	if err := page.Execute(&b, s); err != nil {
		// The template is part of the program and its data are plain strings:
		// an error here is a mistake in the template, which the tests find.
		return ""
	}
	return b.String()
}
