package bot

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/outbox"
	"anli/parser/command"
	"anli/parser/mail"
	"anli/templates"
)

// gather finds what a mail refers to and why it is about this call.
func (a *arrived) gather(tx *ledger.Tx) error {
	if err := a.letters(tx); err != nil {
		return err
	}
	for _, l := range a.anybody {
		if strings.EqualFold(l.To, a.record.From) {
			a.seen = append(a.seen, l)
			a.thread = addOnce(a.thread, l.Cases...)
		}
	}
	if len(a.thread) == 0 {
		if err := a.earlier(tx); err != nil {
			return err
		}
	}
	a.evidence = a.about()
	a.msg.Fresh = a.withoutOurs(a.msg.Fresh)
	return nil
}

// withoutOurs takes out of a text the lines of the letters it answers: some
// clients quote without a mark, and what we wrote is nobody's order.
func (a *arrived) withoutOurs(text string) string {
	ours := map[string]bool{}
	for _, l := range a.anybody {
		words, err := a.words(l)
		if err != nil {
			continue
		}
		for line := range strings.SplitSeq(words.Text, "\n") {
			const short = 30 // characters: so short, somebody may have meant it
			if line = strings.TrimSpace(line); !l.Outside || len([]rune(line)) > short || !ordering(line) {
				ours[line] = true
			}
		}
		ours[l.Code] = true
	}
	var kept []string
	for line := range strings.SplitSeq(text, "\n") {
		if t := strings.TrimSpace(line); t == "" || !ours[t] {
			kept = append(kept, line)
		}
	}
	return strings.TrimSpace(strings.Join(kept, "\n"))
}

// ordering: the line is a command, understood as one.
func ordering(line string) bool {
	return slices.ContainsFunc(command.Bureau(line), func(l command.Line) bool { return l.Verb != "" })
}

// words are a letter's own words, set once for a mail that answers it.
func (a *arrived) words(l outbox.Letter) (templates.Letter, error) {
	if w, ok := a.ours[l.Key]; ok {
		return w, nil
	}
	w, err := intake.Words(l)
	if err == nil {
		if a.ours == nil {
			a.ours = map[string]templates.Letter{}
		}
		a.ours[l.Key] = w
	}
	return w, err
}

// codeShape is a letter code as it stands in subjects and last lines; the end of
// a case number, as in AL2024-0001, is none.
var codeShape = regexp.MustCompile(`\b[0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{4}-[0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{4}\b`)

// letters finds the letters of ours that this mail refers to: by Message-ID, or
// by a letter code in the subject, the text or its quote.
func (a *arrived) letters(tx *ledger.Tx) error {
	seen := map[string]bool{}
	add := func(l outbox.Letter, ok bool, err error) error {
		if ok && !seen[l.Key] {
			seen[l.Key] = true
			a.anybody = append(a.anybody, l)
		}
		return err
	}
	refs := a.record.Refs
	if a.msg.Bounce != nil && a.msg.Bounce.MessageID != "" {
		refs = append([]string{a.msg.Bounce.MessageID}, refs...)
	}
	for _, id := range refs {
		l, ok, err := outbox.ByMessageID(tx, id)
		if err := add(l, ok, err); err != nil {
			return err
		}
	}
	direct := len(a.anybody)
	if a.sitting.Wrong(a.record.From, false) >= maxWrong {
		return nil // trying is over for today
	}
	for _, text := range codeShape.FindAllString(a.msg.Subject+"\n"+a.msg.Fresh+"\n"+lastLines(a.msg.Quoted), 20) {
		code, ok := outbox.ParseCode(text)
		if !ok {
			continue
		}
		if direct > 0 && !strings.Contains(a.msg.Subject+a.msg.Fresh, text) {
			continue // the headers already say which letter is answered
		}
		letters, err := outbox.ByCode(tx, code)
		for _, l := range letters {
			if err := add(l, true, nil); err != nil {
				return err
			}
		}
		if err != nil {
			return err
		}
		if len(letters) == 0 && a.listed() && strings.Contains(a.msg.Subject+a.msg.Fresh, text) && strings.ContainsFunc(text, unicode.IsLetter) { // digits alone are years, telephones
			a.wrongCode()
		}
	}
	return nil
}

// maxWrong letter codes a day end trying (40 bits are not guessed in five).
const maxWrong = 5

// listed: somebody whose codes could matter wrote this, and no machine did.
func (a *arrived) listed() bool {
	s := a.sitting.Settings
	return a.msg.Automatic == "" && (s.IsBureau(a.record.From) || s.StaffName(a.record.From) != "" || a.expertName() != "")
}

func (a *arrived) wrongCode() {
	if n := a.sitting.Wrong(a.record.From, true); n == maxWrong {
		a.sitting.AddRow(intake.Row{ID: "codes/" + a.record.SHA256, Kind: "problem", Urgent: true, Mail: a.record.SHA256, Replies: []string{"无关"},
			Text: a.record.From + "今日已" + strconv.Itoa(n) + "次使用不存在的信件代码，今日不再受理其代码，请核实。"})
	}
}

// lastLines are where a quoted letter carries its code.
func lastLines(quoted string) string {
	const room = 400
	r := []rune(strings.TrimSpace(quoted))
	if len(r) <= room {
		return string(r)
	}
	return string(r[len(r)-room:])
}

// root names the thread of a mail: the Message-ID of its first mail, as far as
// the headers, or those of the letter answered, tell.
func (a *arrived) root() string {
	for _, l := range a.seen {
		if id := cmp.Or(first(l.References), l.InReplyTo); id != "" {
			return strings.Trim(id, "<>")
		}
	}
	return strings.Trim(cmp.Or(first(a.msg.References), first(a.msg.InReplyTo), a.record.MessageID), "<>")
}

// earlier finds the cases of the writer's own earlier mails in this thread.
func (a *arrived) earlier(tx *ledger.Tx) error {
	t := intake.NewTables()
	for _, id := range a.record.Refs {
		hashes, _, err := t.ByID.Get(tx, id)
		if err != nil {
			return err
		}
		for _, sha := range hashes {
			if m, ok := a.sitting.Mail(sha); ok && m.From == a.record.From {
				a.thread = addOnce(a.thread, m.Cases...)
			}
		}
	}
	return nil
}

// about says why a mail is about this call: it answers a mail of this call, a
// file reads as its form, a folder or archive is named [案例]…, or the subject,
// the first lines or a file's name carry the call's keywords.
func (a *arrived) about() string {
	if len(a.anybody) > 0 || len(a.thread) > 0 {
		return "answer"
	}
	for _, p := range a.pieces {
		if r := a.sitting.Reading(p.SHA256); r.Paper != nil && r.Paper.Form != nil {
			return "form"
		}
	}
	for _, p := range a.pieces {
		for _, part := range strings.Split(p.Path, "/") {
			if intake.ParseFolder(part, "").Marked {
				return "folder"
			}
		}
	}
	text := a.msg.Subject + "\n" + firstLines(a.msg.Text)
	for _, p := range a.pieces {
		text += "\n" + p.Path
	}
	for _, f := range a.links() {
		text += "\n" + f.Name
	}
	if len(a.sitting.Numbers(text)) > 0 {
		return "answer"
	}
	for _, k := range a.sitting.Settings.Call.Keywords {
		if strings.Contains(text, k) {
			return "keyword"
		}
	}
	return ""
}

// forwards is how the subject of a mail that was passed on begins.
var forwards = regexp.MustCompile(`(?i)^\s*(?:转发|轉寄|fwd?)\s*[:：]`)

// links are the files that the mail only links to. What is quoted counts where a
// mail was passed on whole, and never where it answers a letter of ours.
func (a *arrived) links() []mail.CloudFile {
	var out []mail.CloudFile
	for _, f := range a.msg.Cloud {
		if !f.Quoted || len(a.anybody) == 0 && forwards.MatchString(a.msg.Subject) {
			out = append(out, f)
		}
	}
	return out
}

func firstLines(text string) string {
	const lines = 12
	parts := strings.SplitN(text, "\n", lines+1)
	if len(parts) > lines {
		parts = parts[:lines]
	}
	return strings.Join(parts, "\n")
}

// weakWords are what material of some call is named; alone they prove nothing.
var weakWords = regexp.MustCompile(`申报|案例|推荐|材料|电商|电子商务|征集`)

// otherBusiness is what bureaus send to this mailbox besides.
var otherBusiness = regexp.MustCompile(`统计|月报|季报|快报|回执|参会|会议|报名|通讯录|发票|报表`)

// weak evidence makes a row for staff instead of silence.
func (a *arrived) weak() bool {
	text := a.msg.Subject + "\n" + firstLines(a.msg.Fresh)
	for _, p := range a.pieces {
		text += "\n" + p.Path
	}
	return weakWords.MatchString(text) && !otherBusiness.MatchString(text)
}

// copied: the same mail was taken before, by its bytes or its substance under
// the same Message-ID, or by its substance alone where there is none.
func (a *arrived) copied() bool {
	return a.record.Reason == copyMark
}

const copyMark = "同一封邮件"

// rescued: people moved a mail out of the junk folder, where it was only noted.
func rescued(m intake.Mail, folder string, s intake.Settings) bool {
	return s.Mailbox.Junk != "" && m.Folder == s.Mailbox.Junk && folder != m.Folder && m.Route == intake.RoutePeople
}

// sameMail looks for an earlier copy. Another substance under the same
// Message-ID is another mail, processed and told to staff.
func (a *arrived) sameMail(tx *ledger.Tx) error {
	t := intake.NewTables()
	if m, known, err := t.Mails.Get(tx, a.record.SHA256); err != nil {
		return err
	} else if known && rescued(m, a.record.Folder, a.sitting.Settings) {
		a.finish("junk/"+m.SHA256, "已移出垃圾邮件")
		return nil
	} else if known {
		a.record.Reason = copyMark
		return nil
	}
	if a.record.MessageID == "" {
		_, known, err := t.Substance.Get(tx, a.record.Substance)
		if known {
			a.record.Reason = copyMark
		}
		return err
	}
	hashes, _, err := t.ByID.Get(tx, a.record.MessageID)
	if err != nil {
		return err
	}
	for _, sha := range hashes {
		if m, ok := a.sitting.Mail(sha); ok && m.Substance == a.record.Substance {
			a.record.Reason = copyMark
			return nil
		}
	}
	if len(hashes) > 0 {
		a.sitting.AddRow(intake.Row{ID: "twin/" + a.record.SHA256, Kind: "problem", Mail: a.record.SHA256, Replies: []string{"无关"},
			Text: a.record.From + "发来的《" + a.sealed(a.record.Subject) + "》与另一封邮件编号（Message-ID）相同而内容不同，已分别登记，请留意。"})
	}
	return nil
}

func addOnce(list []string, add ...string) []string {
	for _, x := range add {
		found := false
		for _, y := range list {
			found = found || x == y
		}
		if !found {
			list = append(list, x)
		}
	}
	return list
}
