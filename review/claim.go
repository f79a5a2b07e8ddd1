package review

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"anli/intake"
	"anli/parser/score"
	"anli/templates"
)

// What nobody proves to be an expert's own waits: a mail in his name from another
// address whole, a mail from his address that answers no letter of ours but for
// the places it fills. It is taken in when he answers 确认 to the very letter that
// showed it to him.

// fresh takes in a mail that answers no letter of ours. Its scores fill what is
// empty, marked; nothing of it takes anything away.
func (b *Bench) fresh(o *reply) {
	a := o.Answer
	c := Claim{Mail: o.Mail.SHA256, Expert: o.Member.Expert, Answer: score.Answer{Abstained: a.Abstained, Comments: a.Comments, Decline: a.Decline, Why: a.Why}}
	if o.Member.State == MemberDeclined {
		c.Answer.Accept = a.Accept
	} else if !a.Decline && len(a.Recusals) == 0 {
		b.takePart(o, score.Answer{Accept: a.Accept, Cells: a.Cells}) // the request goes to the registered address
	}
	for _, r := range a.Recusals {
		if o.Member.has(r.Number) {
			c.Answer.Recusals = append(c.Answer.Recusals, r)
		} else {
			b.ask(o, score.Query{Number: r.Number, Words: r.Reason, Reason: score.Unassigned})
		}
	}
	filled, differ := map[string]bool{}, 0
	c.Answer.Cells = b.sift(o, a.Cells)
	for _, cell := range c.Answer.Cells {
		switch b.fill(o, cell) {
		case filledIn:
			filled[cell.Number] = true
		case otherwise:
			differ++
		}
	}
	for _, x := range a.Comments {
		if sc := b.Scoring(o.Member.Expert, x.Number); sc == nil || sc.Comment == "" {
			b.comment(o, x, o.Mail)
		}
	}
	b.wait(o, c, len(filled), differ)
	if a.Confirm {
		b.whichOne(o)
	}
}

// What becomes of an unproved score.
type filling int

const (
	filledIn  filling = iota // it stands there, marked
	known                    // it was there, proved
	otherwise                // something else stands there: it waits
)

// fill puts an unproved score where there is none that is proved.
func (b *Bench) fill(o *reply, c score.Cell) filling {
	sc := b.Scoring(o.Member.Expert, c.Number)
	if sc != nil {
		have, had := sc.Cells[c.Criterion]
		switch {
		case sc.Abstained, had && !have.Unproved && have.Value != c.Value:
			return otherwise
		case had && !have.Unproved:
			o.cases[c.Number] = true
			return known
		case had && have.Value != c.Value:
			o.changed(c, have.Value)
		}
	}
	sc = b.change(o.Member.Expert, c.Number)
	cell := b.cell(c, o.Mail)
	cell.Unproved = true
	sc.Cells[c.Criterion] = cell
	o.cases[c.Number], o.waits = true, true
	return filledIn
}

// wait keeps what counts only after 确认, and says so to the expert and to staff:
// filled cases, and scores that differ from what stands there.
func (b *Bench) wait(o *reply, c Claim, filled, differ int) {
	var parts []string
	note := func(format string, args ...any) {
		o.notes = append(o.notes, fmt.Sprintf(format, args...)+"；如确系您本人的意见，请直接回复本邮件“确认”。")
	}
	if filled > 0 {
		parts = append(parts, fmt.Sprintf("%d个案例的评分", filled))
	}
	if differ > 0 {
		note("来信有%d处评分与此前已记录的不同，尚未更改", differ)
		parts = append(parts, fmt.Sprintf("对已记录评分的%d处更改", differ))
	}
	if list := recusedIn(c.Answer); len(list) > 0 {
		note("来信声明的回避（%s）尚未登记", strings.Join(list, "、"))
		parts = append(parts, "对"+strings.Join(list, "、")+"的回避")
	}
	if len(c.Answer.Abstained) > 0 {
		note("来信所写的弃权（%d个案例）尚未登记", len(c.Answer.Abstained))
		parts = append(parts, fmt.Sprintf("%d个案例的弃权", len(c.Answer.Abstained)))
	}
	if c.Answer.Accept {
		note("您此前回复不能参加，来信又同意参加，尚未登记")
		parts = append(parts, "重新参加评审")
	}
	if c.Answer.Decline {
		note("来信称不能参加评审，尚未登记")
		parts = append(parts, "不能参加评审")
	}
	if len(parts) == 0 {
		return
	}
	b.claims = append(b.claims, c)
	b.AddRow(intake.Row{ID: "unproved/" + c.Mail, Kind: "review", Mail: c.Mail, Urgent: c.Answer.Decline || len(c.Answer.Recusals) > 0, Replies: []string{"无关"},
		Text: "专家" + o.Member.Name + "来信，但不是对我处邮件的回复，须其本人回复“确认”后才计入：" + strings.Join(parts, "、") + "。如经电话核实，也可另起一行回复“认可 " + b.called(o.Member) + "”。"})
}

func recusedIn(a score.Answer) (out []string) {
	for _, r := range a.Recusals {
		out = append(out, r.Number)
	}
	return out
}

// called is how staff name an expert in a command: by his name where no other has it.
func (b *Bench) called(s *Member) string {
	if b.MemberNamed(s.Name) == nil {
		return s.Address()
	}
	return s.Name
}

// confirmed: 确认 takes in what the letter that it answers has shown him.
func (b *Bench) confirmed(o *reply) {
	if !o.Answer.Confirm {
		return
	}
	c, ok, err := b.t.Claims.Get(b.tx, o.Confirms)
	b.Fail(err)
	m, known := b.Mail(o.Confirms)
	if !ok || !known || c.Expert != o.Member.Expert {
		if o.Confirms == "" {
			b.whichOne(o)
		}
		return
	}
	if c.Done {
		return
	}
	b.settle(c)
	b.take(o, c.Answer, &m)
	for _, q := range c.Answer.Queries {
		b.ask(o, q)
	}
}

// whichOne: he confirms, and no letter is named in which he could have seen what.
func (b *Bench) whichOne(o *reply) {
	if slices.ContainsFunc(b.claimsOf(o.Member), func(c Claim) bool { return b.hisAddress(c) && !b.idle(c) }) {
		o.notes = append(o.notes, "您有评分等事项待本人确认。为免误记，请直接回复主题含“请确认”的邮件，或重写一遍评分。")
	}
}

// settle: nothing waits any more of what came with this mail.
func (b *Bench) settle(c Claim) {
	c.Done = true
	b.claims = append(b.claims, c)
	b.finish("unproved/"+c.Mail, "已确认")
	b.finish("expert/"+c.Mail, "已确认")
}

// claimsOf are what waits for an expert's 确认, in order of arrival.
func (b *Bench) claimsOf(s *Member) (out []Claim) {
	done := map[string]bool{}
	for _, c := range b.claims {
		done[c.Mail] = c.Done
	}
	b.Fail(b.t.Claims.Each(b.tx, "", func(_ string, c Claim) error {
		if c.Expert == s.Expert && !c.Done && !done[c.Mail] {
			out = append(out, c)
		}
		return nil
	}))
	slices.SortStableFunc(out, func(x, y Claim) int { return b.arrival(x.Mail).Compare(b.arrival(y.Mail)) })
	return out
}

// unproved ends what a proved mail has made idle, and shows him again what still
// waits in his name: he is not to believe that it counts.
func (b *Bench) unproved(o *reply) {
	if !o.Proved {
		return
	}
	s := o.Member
	for _, c := range b.claimsOf(s) {
		if b.idle(c) {
			b.finish("unproved/"+c.Mail, "已另行来信")
		}
	}
	if len(o.cases) == 0 {
		return // nothing is echoed of which it could be a part
	}
	var rest []score.Cell
	shown := map[string]bool{}
	for _, number := range s.assigned() {
		sc := b.Scoring(s.Expert, number)
		if sc == nil {
			continue
		}
		for _, name := range sorted(sc.Cells) {
			if c := sc.Cells[name]; c.Unproved {
				rest = append(rest, score.Cell{Number: number, Criterion: name, Value: c.Value, Words: c.Words})
				shown[number], o.cases[number] = true, true
			}
		}
	}
	if len(rest) == 0 {
		return
	}
	b.claims = append(b.claims, Claim{Mail: o.Mail.SHA256, Expert: s.Expert, Answer: score.Answer{Cells: rest}})
	o.notes = append(o.notes, fmt.Sprintf("下列评分中有%d处（%s）来自此前不是对我处邮件回复的来信，尚未计入；如确系您本人所评，请直接回复本邮件“确认”，否则请重写。", len(rest), strings.Join(sorted(shown), "、")))
}

// hisAddress: what waits came from an address of his, if he wrote it.
func (b *Bench) hisAddress(c Claim) bool {
	m, known := b.Mail(c.Mail)
	s := b.MemberOf(m.From)
	return known && s != nil && s.Expert == c.Expert
}

// idle: all the scores that waited were written again with proof, and nothing else
// waits.
func (b *Bench) idle(c Claim) bool {
	a := c.Answer
	if len(a.Cells) == 0 || len(a.Recusals)+len(a.Abstained)+len(a.Queries) > 0 || a.Decline {
		return false
	}
	for _, x := range a.Cells {
		sc := b.Scoring(c.Expert, x.Number)
		if sc == nil {
			return false
		}
		have, ok := sc.Cells[x.Criterion]
		if !ok || have.Unproved || have.Value != x.Value && !b.arrival(have.Mail).After(b.arrival(c.Mail)) {
			return false
		}
	}
	return true
}

// Claimed keeps scores in an expert's name from another address, and asks the
// registered one, with what was read.
func (b *Bench) Claimed(m *intake.Mail, s *Member, a score.Answer, content string) {
	b.claims = append(b.claims, Claim{Mail: m.SHA256, Expert: s.Expert, Answer: a})
	if read := readIn(a); read != "" {
		content = strings.TrimSpace(content) + "\n\n来信中识别出的内容：\n" + read
	}
	b.Put(intake.Post{Key: "other-address/" + m.SHA256 + "/" + s.Expert, To: s.Address(), Class: intake.ClassAnswer, Template: "other-address",
		Data: templates.OtherAddress{Expert: s.Name, From: m.From, Arrived: m.Arrival.In(intake.Zone()).Format("1月2日15:04"), Content: clipLines(content, 6000)}})
	b.AddRow(intake.Row{ID: "expert/" + m.SHA256, Kind: "review", Mail: m.SHA256, Replies: []string{"无关"},
		Text: "收到一封署名专家" + s.Name + "、发自" + m.From + "的评分，未记录，已请其用登记邮箱确认。"})
}

// readIn shows what 确认 would record: it may have come in a file.
func readIn(a score.Answer) string {
	of := map[string]string{}
	for _, c := range a.Cells {
		of[c.Number] += "　" + c.Criterion + Points(c.Value)
	}
	for _, r := range a.Recusals {
		of[r.Number] += "　回避"
	}
	for _, x := range a.Abstained {
		of[x.Number] += "　弃权"
	}
	var out []string
	for _, number := range sorted(of) {
		out = append(out, cmp.Or(number, "未写明案例")+of[number])
	}
	return strings.Join(out, "\n")
}

func clipLines(text string, n int) string {
	if r := []rune(text); len(r) > n {
		return string(r[:n]) + "…"
	}
	return text
}
