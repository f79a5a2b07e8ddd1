package bot

import (
	"cmp"
	"slices"
	"strings"

	"anli/intake"
	"anli/intake/outbox"
	"anli/parser/mail"
	"anli/parser/score"
	"anli/review"
)

// expert takes an expert's answer in. It is read against the very letters he
// got; a mail that refers to another expert's letter is no ground for any score.
func (a *arrived) expert(name string) intake.Route {
	member := a.bench.MemberOf(a.record.From)
	if member == nil {
		return a.people("专家" + name + "来信，评审尚未启动或未请其评审")
	}
	own, foreign := a.judgingLetters(member)
	in := review.Incoming{Mail: a.record, Member: member, Proved: len(own) > 0, Confirms: echoed(own)}
	if len(foreign) > 0 {
		if thanks(a.msg.Fresh) && len(intake.Usable(a.pieces)) == 0 {
			return intake.RouteThanks
		}
		in.Answer.Queries = []score.Query{{Words: shorten(a.msg.Fresh, 80), Reason: "foreign-letter"}}
		a.sitting.AddRow(intake.Row{ID: "foreign/" + a.record.SHA256, Kind: "review", Urgent: true, Mail: a.record.SHA256, Replies: []string{"无关"},
			Text: "专家" + member.Name + "的来信回复的是发给其他人的评审邮件，未记录，请核实。"})
	} else {
		in.Answer = score.Read(score.Input{Message: a.whole, Files: a.sheets(), Proved: in.Proved}, a.asked(member, own))
	}
	if thanks(a.msg.Fresh) && nothingIn(in.Answer) {
		return intake.RouteThanks
	}
	a.bench.Answer(in)
	return intake.RouteScore
}

// judgingLetters are the letters of the judging that the mail refers to: those that
// were written to this member, and those to others. nil is nobody.
func (a *arrived) judgingLetters(member *review.Member) (own, foreign []outbox.Letter) {
	for _, l := range a.anybody {
		switch {
		case !judging(l):
		case member != nil && a.bench.Recipient(l) == member:
			own = append(own, l)
		default:
			foreign = append(foreign, l)
		}
	}
	return own, foreign
}

// judging tells the letters to experts.
func judging(l outbox.Letter) bool {
	switch l.Template {
	case "invitation", "score-request", "score-echo", "score-reminder", "other-address":
		return true
	}
	return false
}

// echoed is the mail whose echo, or question whether it is his, is answered: the
// newest of the letters referred to. The older ones are only its thread.
func echoed(letters []outbox.Letter) string {
	if len(letters) == 0 {
		return ""
	}
	newest := slices.MaxFunc(letters, func(x, y outbox.Letter) int {
		return cmp.Or(cmp.Compare(x.Seq, y.Seq), cmp.Compare(x.Order, y.Order))
	})
	kind, rest, _ := strings.Cut(newest.Key, "/")
	if sha, _, ok := strings.Cut(rest, "/"); ok && (kind == "echo" || kind == "other-address") {
		return sha
	}
	return ""
}

// asked is what an expert was asked, with every letter that his answer may quote.
func (a *arrived) asked(member *review.Member, refers []outbox.Letter) score.Request {
	r := a.bench.Asked(member)
	seen := map[string]bool{}
	for _, l := range append(a.bench.LettersTo(member), refers...) {
		if seen[l.Key] {
			continue
		}
		seen[l.Key] = true
		words, err := a.words(l)
		if err != nil {
			continue // of an older version: its words are unknown, and stand as his
		}
		r.Letters = append(r.Letters, score.Letter{Subject: words.Subject, Text: words.Text, HTML: words.HTML})
	}
	return r
}

// sheets are the attachments as they were read, for the reader of scores.
func (a *arrived) sheets() []score.File {
	var out []score.File
	kinds := map[string]mail.Attachment{}
	for _, at := range a.whole.Attachments {
		kinds[at.SHA256] = at
	}
	for _, p := range a.pieces {
		if p.Inline && kinds[p.SHA256].Inline || p.Archive {
			continue // a picture of the signature, an archive whose files follow
		}
		r := a.sitting.Reading(p.SHA256)
		f := score.File{Name: p.Path, Kind: cmp.Or(r.Kind, "other"), Tables: r.Tables, Text: r.Text, Failure: r.Failure}
		if strings.HasPrefix(kinds[p.SHA256].Type, "image/") || pictureName(p.Path) {
			f.Kind = "image"
		}
		out = append(out, f)
	}
	return out
}

func pictureName(path string) bool {
	lower := strings.ToLower(path)
	for _, ext := range []string{".jpg", ".jpeg", ".png", ".gif", ".bmp", ".heic", ".tif", ".tiff", ".webp"} {
		if strings.HasSuffix(lower, ext) {
			return true
		}
	}
	return false
}

// claimed: somebody else sends scores in an expert's name: an assistant who
// answers the request, or the expert from an address that nobody knows. Nothing
// is recorded; the registered address is asked.
func (a *arrived) claimed() bool {
	if a.bench.Panel.Phase != review.PhaseOpen {
		return false
	}
	member := a.claimant()
	if member == nil {
		return false
	}
	letters, _ := a.judgingLetters(member)
	answer := score.Read(score.Input{Message: a.whole, Files: a.sheets(), Proved: len(letters) > 0}, a.asked(member, letters))
	if len(answer.Cells)+len(answer.Queries)+len(answer.Recusals) == 0 || a.namesOther(member) {
		return false
	}
	a.bench.Claimed(a.record, member, answer, a.msg.Fresh)
	return true
}

// claimant is the expert in whose name a stranger writes: he whose letter is
// answered, else he whose score sheet comes back, else he whose name the sender
// bears. nil where that is nobody, or more than one.
func (a *arrived) claimant() *review.Member {
	_, letters := a.judgingLetters(nil)
	var found []*review.Member
	for _, l := range letters {
		found = append(found, a.bench.Recipient(l))
	}
	if len(found) == 0 {
		found = a.sheetsOf()
	}
	if len(found) == 0 && a.record.Name != "" {
		return a.bench.MemberNamed(a.record.Name)
	}
	for _, s := range found {
		if s != found[0] {
			return nil
		}
	}
	if len(found) == 0 {
		return nil
	}
	return found[0]
}

// sheetsOf are the experts whose score sheets are among a mail's files.
func (a *arrived) sheetsOf() (out []*review.Member) {
	cells := map[string]bool{}
	for _, f := range a.sheets() {
		for _, table := range f.Tables {
			for _, row := range table {
				for _, cell := range row {
					cells[strings.TrimSpace(cell)] = true
				}
			}
		}
	}
	for _, s := range a.bench.Members() {
		for _, b := range s.Batches {
			if b.Stamp != "" && cells[b.Stamp] {
				out = append(out, s)
			}
		}
	}
	return out
}

// namesOther: what a stranger wrote names another expert too. It is quoted to none.
func (a *arrived) namesOther(member *review.Member) bool {
	for _, s := range a.bench.Members() {
		if s != member && s.Name != member.Name && strings.Contains(a.msg.Fresh, s.Name) {
			return true
		}
	}
	return false
}

// nothingIn: there is nothing to record, to ask back or to pass on.
func nothingIn(a score.Answer) bool {
	return len(a.Cells)+len(a.Comments)+len(a.Recusals)+len(a.Abstained)+len(a.Queries) == 0 && !a.Accept && !a.Decline && !a.Confirm &&
		a.Question == "" && a.Absence == ""
}
