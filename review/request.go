package review

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"anli/intake"
	"anli/intake/outbox"
	"anli/parser/score"
	"anli/templates"
)

// invite puts the invitation of a member.
func (b *Bench) invite(s *Member) {
	d := templates.Invitation{Expert: s.Name, Title: b.Settings.Call.Title, Document: b.Settings.Call.Document, Start: day(b.Now), Deadline: b.closes(),
		Reply: day(workingDay(b.Settings, b.Now, max(b.Settings.Review.Remind, 1)))}
	for _, number := range s.assigned() {
		if c := b.Case(number); c != nil && b.judges(number) {
			d.Units = append(d.Units, c.Number+"　"+c.Unit+"　《"+c.Case+"》")
		}
	}
	s.Invitations++
	b.Put(intake.Post{Key: inviteKey(s), To: s.Address(), Class: intake.ClassExpert, Template: "invitation", Data: d, Topic: "review/" + s.Expert, Cases: s.assigned()})
}

// inviteKey is the key of the last invitation of a member.
func inviteKey(s *Member) string {
	if s.Invitations > 1 {
		return "invite/" + s.Expert + "/" + strconv.Itoa(s.Invitations)
	}
	return "invite/" + s.Expert
}

func day(t time.Time) string { return t.In(intake.Zone()).Format("1月2日") }

// closes is until when experts score, as letters write it; "" where it is open.
func (b *Bench) closes() string {
	if at := b.Settings.Review.CloseAt; !at.IsZero() {
		return intake.DeadlineText(at)
	}
	return ""
}

// requestKey is the key of a batch's request to an expert.
func requestKey(s *Member, n int) string { return "request/" + s.Expert + "/" + strconv.Itoa(n) }

// Request asks an expert for the scores of a batch. What he declared to avoid
// meanwhile is left out.
func (b *Bench) Request(expert string, n int) {
	s := b.members[expert]
	if s == nil || s.State != MemberAccepted {
		return
	}
	for i := range s.Batches {
		if s.Batches[i].N == n && s.Batches[i].Asked.IsZero() {
			b.request(s, &s.Batches[i])
		}
	}
	b.touch(s)
}

func (b *Bench) request(s *Member, batch *Batch) {
	batch.Asked = b.Now
	key := requestKey(s, batch.N)
	d := templates.ScoreRequest{Expert: s.Name, Title: b.Settings.Call.Title, Document: b.Settings.Call.Document, Criteria: criteriaOf(b.Panel.Rule),
		Rule: b.Panel.Rule.Words(), Hash: b.Panel.Hash, Deadline: b.closes(), Batch: 1}
	for _, x := range s.Batches {
		if x.N != batch.N && x.Stamp != "" && len(x.Cases) > 0 {
			d.Batch++
		}
	}
	var asked []string
	for _, number := range batch.Cases {
		if !b.wants(s, number) {
			continue
		}
		asked = append(asked, number)
		m, _, err := b.t.Materials.Get(b.tx, number)
		b.Fail(err)
		d.Cases = append(d.Cases, m.Case)
	}
	if len(asked) == 0 {
		return
	}
	batch.Stamp = b.Code("sheet/"+key, s.Expert)
	d.Stamp = batch.Stamp
	post := intake.Post{Key: key, To: s.Address(), Class: intake.ClassExpert, Template: "score-request", Data: d, Topic: "review/" + s.Expert, Cases: asked}
	for _, p := range b.withFiles(s, batch.N, post, d) {
		b.Put(p)
	}
}

func criteriaOf(r Rule) []templates.Criterion {
	var out []templates.Criterion
	for _, c := range r.Criteria {
		out = append(out, templates.Criterion{Name: c.Name, Max: c.Max / point})
	}
	return out
}

// requestCase is a case as experts see it: without the applicant's telephones,
// addresses and numbers of persons.
func (b *Bench) requestCase(c *intake.Case) templates.RequestCase {
	f, _ := b.Form(c)
	r := templates.RequestCase{Number: c.Number, Unit: c.Unit, City: c.City, Case: c.Case, Fields: c.Categories, Intro: Scrub(f.Intro),
		Background: Scrub(f.Background), Innovation: Scrub(f.Innovation), Benefit: Scrub(f.Benefit), Demonstration: Scrub(f.Demonstration)}
	for _, x := range c.Active() {
		if x.Role != intake.RoleContainer {
			r.Files = append(r.Files, x.Path)
		}
	}
	return r
}

// Asked is what an expert was asked so far, for the reader of his answers; the
// letters are added by the caller.
func (b *Bench) Asked(s *Member) score.Request {
	var r score.Request
	for _, number := range s.assigned() {
		if c := b.Case(number); c != nil {
			r.Cases = append(r.Cases, score.Case{Number: number, Unit: c.Unit, Name: c.Case})
		}
	}
	for _, c := range b.Panel.Rule.Criteria {
		r.Criteria = append(r.Criteria, score.Criterion{Name: c.Name, Max: c.Max})
	}
	for _, batch := range s.Batches {
		if batch.Stamp != "" {
			r.Stamps = append(r.Stamps, batch.Stamp)
		}
	}
	return r
}

// renew has an expert asked again, by one letter, for what some batches asked: under
// a number of its own, for the old letters stay what they are.
func (b *Bench) renew(s *Member, which func(Batch) bool) {
	var cases []string
	for i := range s.Batches {
		if x := &s.Batches[i]; !x.Asked.IsZero() && which(*x) {
			cases = append(cases, x.Cases...)
			x.Cases = nil
		}
	}
	if len(cases) > 0 {
		b.Panel.Batch++
		s.Batches = append(s.Batches, Batch{N: b.Panel.Batch, Cases: cases})
	}
}

// RequestLetters are the requests that went to an expert.
func (b *Bench) RequestLetters(s *Member) []outbox.Letter {
	var out []outbox.Letter
	for _, batch := range s.Batches {
		l, ok, err := outbox.Letters.Get(b.tx, requestKey(s, batch.N))
		b.Fail(err)
		if ok {
			out = append(out, l)
		}
	}
	return out
}

// LettersTo are all letters of the judging that were written to an expert: what he
// pastes of them, into whatever mail, is not his.
func (b *Bench) LettersTo(s *Member) []outbox.Letter {
	var out []outbox.Letter
	seen := map[string]bool{}
	look := func(prefix string) {
		b.Fail(outbox.Letters.Each(b.tx, prefix, func(key string, l outbox.Letter) error {
			if !seen[key] && b.Recipient(l) == s {
				seen[key] = true
				out = append(out, l)
			}
			return nil
		}))
	}
	for _, kind := range []string{"invite/", "request/", "remind/"} {
		look(kind + s.Expert)
	}
	for _, sha := range b.mailsAbout(s) {
		look("echo/" + sha + "/")
		look("other-address/" + sha + "/")
	}
	return out
}

// mailsAbout are the mails of which something stands in the ledger for an expert.
func (b *Bench) mailsAbout(s *Member) []string {
	mails := map[string]bool{}
	for _, number := range s.assigned() {
		sc := b.Scoring(s.Expert, number)
		if sc == nil {
			continue
		}
		mails[sc.Mail] = true
		for _, c := range sc.Cells {
			mails[c.Mail] = true
		}
	}
	b.Fail(b.t.Queries.Each(b.tx, s.Expert+"/", func(_ string, q Query) error { mails[q.Mail] = true; return nil }))
	b.Fail(b.t.Claims.Each(b.tx, "", func(_ string, c Claim) error { mails[c.Mail] = mails[c.Mail] || c.Expert == s.Expert; return nil }))
	delete(mails, "")
	return slices.DeleteFunc(sorted(mails), func(sha string) bool { return !mails[sha] })
}

// dropLetters takes back letters to an expert that have not left: newer facts
// made them untrue. It gives how many.
func (b *Bench) dropLetters(s *Member, why string, prefixes ...string) (n int) {
	if len(prefixes) == 0 {
		prefixes = []string{"invite/", "request/", "remind/"}
	}
	for _, u := range b.OpenLetters() {
		if !about(u.Letter.Key, s.Expert, prefixes) {
			continue
		}
		if f, ok := outbox.Drop(u.Fate, b.Now, why); ok {
			b.Settle(f)
			n++
		}
	}
	return n
}

// about: the letter with this key is one of these kinds, to this expert.
func about(key, expert string, kinds []string) bool {
	for _, kind := range kinds {
		if rest, ok := strings.CutPrefix(key, kind+expert); ok && (rest == "" || rest[0] == '/') {
			return true
		}
	}
	return false
}
