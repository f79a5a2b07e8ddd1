package review

import (
	"strconv"
	"strings"

	"anli/intake"
	"anli/intake/outbox"
	"anli/parser/score"
	"anli/templates"
)

// Incoming is an expert's mail with what was understood of it.
type Incoming struct {
	Mail     *intake.Mail
	Member   *Member
	Answer   score.Answer
	Proved   bool   // it answers a letter of ours to this expert
	Confirms string // SHA-256 of the mail whose echo, or question whether it is his, it answers; "" if it answers another letter
}

// reply collects what one mail brought, for the echo.
type reply struct {
	Incoming
	was     map[string]map[string]int // number → criterion → value before
	cases   map[string]bool           // that the mail changed
	queries []templates.EchoQuery
	notes   []string
	asked   int
	waits   bool // its scores count only after 确认
	mute    bool // nobody is answered: staff let an earlier mail count
}

func newReply(in Incoming) *reply {
	return &reply{Incoming: in, was: map[string]map[string]int{}, cases: map[string]bool{}}
}

// Answer takes an expert's answer in: records what is certain, asks back what is
// not, and echoes both. Nothing but thanks is silence. A mail that does not prove
// that it is his only fills what is empty, marked so; all else in it waits.
func (b *Bench) Answer(in Incoming) {
	o := newReply(in)
	switch {
	case b.Panel.Phase == PhaseClosed:
		b.tooLate(o)
		return
	case in.Member.State == MemberReplaced:
		b.dismissed(o)
		return
	case in.Proved:
		b.confirmed(o)
		b.take(o, in.Answer, in.Mail)
	default:
		b.fresh(o)
	}
	for _, q := range in.Answer.Queries {
		b.ask(o, q)
	}
	b.unproved(o)
	b.forStaff(o)
	if len(o.cases)+len(o.queries)+len(o.notes) == 0 {
		return
	}
	in.Member.Answered, in.Member.Told = b.Now, false
	b.touch(in.Member)
	b.recall(in.Member, "已由专家的新来信取代")
	b.echo(o)
}

// take records what a mail says that is known to be his.
func (b *Bench) take(o *reply, a score.Answer, m *intake.Mail) {
	b.takePart(o, a)
	b.recuse(o, a.Recusals, m)
	b.abstain(o, a.Abstained, m)
	var older []score.Query
	for _, c := range b.sift(o, a.Cells) {
		if !b.put(o, c, m) {
			older = together(older, score.Query{Number: c.Number, Words: c.Words, Reason: "older"})
		}
	}
	b.askAll(o, older)
	for _, c := range a.Comments {
		b.comment(o, c, m)
	}
}

// takePart: he accepts or declines the invitation. Who sends scores takes part,
// whatever he wrote before.
func (b *Bench) takePart(o *reply, a score.Answer) {
	s := o.Member
	says := a.Accept || len(a.Recusals)+len(a.Cells)+len(a.Abstained) > 0
	switch {
	case a.Decline:
		s.State, s.Since = MemberDeclined, b.Now
		b.touch(s)
		b.dropLetters(s, "专家不能参加")
		o.notes = append(o.notes, "已登记您不能参加本次评审，不再向您发送评审材料。感谢您的回复。")
		b.AddRow(intake.Row{ID: declinedRow(s, o.Mail), Kind: "review", Urgent: true, Mail: o.Mail.SHA256, Replies: []string{"无关"},
			Text: "专家" + s.Name + "不能参加评审" + bracket(Masked(a.Why)) + b.insteadOf(s) + "。"})
	case s.State == MemberInvited && says:
		s.State, s.Since, s.Told = MemberAccepted, b.Now, false // the request is due and answers him
		s.Answered = b.Now
		b.touch(s)
	case s.State == MemberDeclined && (a.Accept || len(a.Cells) > 0):
		b.rejoin(s)
	}
}

// declinedRow names the row about an expert who cannot take part: 换专家 ends it.
func declinedRow(s *Member, m *intake.Mail) string { return "declined/" + s.Expert + "/" + m.SHA256 }

// rejoin takes an expert back who had declined. Requests that were taken back
// before they left are due again, under a number of their own.
func (b *Bench) rejoin(s *Member) {
	s.State, s.Since, s.Told = MemberAccepted, b.Now, false
	b.renew(s, func(x Batch) bool { return b.fate(requestKey(s, x.N)) == outbox.Superseded })
	b.touch(s)
	b.finishAll("declined/"+s.Expert+"/", "专家已重新参加")
}

// insteadOf is Instead as the end of a sentence.
func (b *Bench) insteadOf(s *Member) string {
	if who := b.Instead(s); who != "" {
		return who
	}
	return "，请研究是否增补专家"
}

// recuse: what he scored of the case before stays and does not count.
func (b *Bench) recuse(o *reply, list []score.Recusal, m *intake.Mail) {
	for _, r := range list {
		if !o.Member.has(r.Number) {
			b.ask(o, score.Query{Number: r.Number, Words: r.Reason, Reason: score.Unassigned})
			continue
		}
		sc := b.change(o.Member.Expert, r.Number)
		sc.Recused, sc.Abstained, sc.Reason, sc.Mail = true, false, r.Reason, m.SHA256
		o.cases[r.Number] = true
	}
}

func (b *Bench) abstain(o *reply, list []score.Abstention, m *intake.Mail) {
	for _, a := range list {
		sc := b.Scoring(o.Member.Expert, a.Number)
		switch {
		case !o.Member.has(a.Number) || sc != nil && sc.Recused:
		case sc != nil && b.since(sc, m):
			b.ask(o, score.Query{Number: a.Number, Words: "弃权", Reason: "older"})
		default:
			sc = b.change(o.Member.Expert, a.Number)
			sc.Abstained, sc.Reason, sc.Mail = true, a.Reason, m.SHA256
			o.cases[a.Number] = true
		}
	}
}

// sift gives the scores of cases that are his to score, and asks about the others.
func (b *Bench) sift(o *reply, cells []score.Cell) (kept []score.Cell) {
	var refused []score.Query
	for _, c := range cells {
		sc := b.Scoring(o.Member.Expert, c.Number)
		switch {
		case !o.Member.has(c.Number):
			refused = together(refused, score.Query{Number: c.Number, Words: c.Words, Reason: score.Unassigned})
		case sc != nil && sc.Recused:
			refused = together(refused, score.Query{Number: c.Number, Words: c.Words, Reason: "recused"})
		case sc != nil && sc.Void:
			refused = together(refused, score.Query{Number: c.Number, Words: c.Words, Reason: "void"})
		default:
			kept = append(kept, c)
		}
	}
	b.askAll(o, refused)
	return kept
}

// together keeps one question a case and reason.
func together(list []score.Query, q score.Query) []score.Query {
	for i := range list {
		if list[i].Number == q.Number && list[i].Reason == q.Reason {
			list[i].Words += "、" + q.Words
			return list
		}
	}
	return append(list, q)
}

// put writes one score. A later mail's takes an earlier one's place; an earlier
// mail's that is taken in later (it lay in Junk, or waited for 确认) does not:
// false, he is asked.
func (b *Bench) put(o *reply, c score.Cell, m *intake.Mail) bool {
	sc := b.Scoring(o.Member.Expert, c.Number)
	have, had := Cell{}, false
	if sc != nil {
		have, had = sc.Cells[c.Criterion]
	}
	newer := had && b.arrival(have.Mail).After(m.Arrival)
	if newer && !have.Unproved && have.Value != c.Value {
		return false
	}
	o.cases[c.Number] = true
	sc = b.change(o.Member.Expert, c.Number)
	if !b.arrival(sc.Mail).After(m.Arrival) {
		sc.Abstained = false
	}
	switch {
	case had && have.Value == c.Value && (newer || have.Mail == m.SHA256): // he has said so since
		have.Unproved = false
	case had && have.Value != c.Value:
		o.changed(c, have.Value)
		have = b.cell(c, m)
	default:
		have = b.cell(c, m)
	}
	sc.Cells[c.Criterion] = have
	return true
}

// cell is a score as it stands in the ledger.
func (b *Bench) cell(c score.Cell, m *intake.Mail) Cell {
	return Cell{Value: c.Value, Words: c.Words, Mail: m.SHA256, MessageID: m.MessageID, At: b.Now}
}

// changed notes the value that a new one replaces.
func (o *reply) changed(c score.Cell, from int) {
	if o.was[c.Number] == nil {
		o.was[c.Number] = map[string]int{}
	}
	o.was[c.Number][c.Criterion] = from
}

func (b *Bench) comment(o *reply, c score.Comment, m *intake.Mail) {
	sc := b.Scoring(o.Member.Expert, c.Number)
	if !o.Member.has(c.Number) || sc != nil && (sc.Void || sc.Comment != "" && b.since(sc, m)) {
		return
	}
	sc = b.change(o.Member.Expert, c.Number)
	sc.Comment, sc.Mail = c.Text, m.SHA256
	o.cases[c.Number] = true
}

// since: he has written of this case after m came.
func (b *Bench) since(sc *Scoring, m *intake.Mail) bool {
	if b.arrival(sc.Mail).After(m.Arrival) {
		return true
	}
	for _, name := range sorted(sc.Cells) {
		if c := sc.Cells[name]; !c.Unproved && b.arrival(c.Mail).After(m.Arrival) {
			return true
		}
	}
	return false
}

func (b *Bench) askAll(o *reply, list []score.Query) {
	for _, q := range list {
		b.ask(o, q)
	}
}

// ask keeps what was read and not recorded, and asks back.
func (b *Bench) ask(o *reply, q score.Query) {
	if o.mute {
		return
	}
	o.asked++
	id := o.Mail.SHA256[:min(16, len(o.Mail.SHA256))] + "/" + strconv.Itoa(o.asked)
	b.queries = append(b.queries, Query{ID: id, Expert: o.Member.Expert, Number: q.Number, Words: q.Words, Reason: q.Reason, Mail: o.Mail.SHA256, At: b.Now})
	e := templates.EchoQuery{Number: q.Number, Words: clip(b.discreet(q.Words, o.Member), 120), Why: why(q.Reason)}
	if c := b.Case(q.Number); q.Number != "" && c != nil && o.Member.has(q.Number) {
		e.Unit = c.Unit
	}
	o.queries = append(o.queries, e)
}

// discreet leaves the names of other experts out of what is quoted to one: that may
// be the name of a file which he got from another.
func (b *Bench) discreet(text string, s *Member) string {
	for _, other := range b.Members() {
		if other == s || other.Name == s.Name {
			continue
		}
		for _, word := range append([]string{other.Name}, other.Addresses...) {
			text = strings.ReplaceAll(text, word, "×××")
		}
	}
	return text
}

func bracket(s string) string {
	if s == "" {
		return ""
	}
	return "（" + clip(s, 80) + "）"
}

func clip(text string, n int) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > n {
		return string(r[:n]) + "…"
	}
	return text
}
