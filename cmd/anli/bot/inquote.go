package bot

import (
	"strings"
	"unicode"

	"anli/parser/command"
	"anli/parser/mail"
)

// inQuote are orders that somebody wrote into the letter he quotes, and nowhere else.
// They are not carried out: a quote may hold older mails, whose orders were. They are
// told, so that nobody takes silence for done.
func (a *arrived) inQuote() (out []command.Line) {
	if a.msg.Fresh != "" || len(a.seen) == 0 {
		return nil
	}
	var ours strings.Builder
	for _, l := range a.anybody {
		if words, err := a.words(l); err == nil {
			ours.WriteString(solid(words.Subject + "\n" + words.Text))
		}
	}
	for _, l := range mail.Lines(a.whole.Text) {
		text := strings.TrimLeft(strings.TrimSpace(l.Text), ">＞| ")
		if !l.Quoted || text == "" || strings.Contains(ours.String(), solid(text)) {
			continue
		}
		for _, order := range command.Bureau(text) {
			if order.Verb != "" {
				out = append(out, command.Line{Text: text, Why: "写在所引用的原文之中，为避免误读未办理，请写在邮件开头回复"})
				break
			}
		}
	}
	return out
}

// solid is a text without blanks: mail programs break lines anew.
func solid(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}
