package intake

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"

	"anli/intake/outbox"
	"anli/templates"
)

// CloseBurst answers a burst that is due: one receipt, one section a case.
func (s *Sitting) CloseBurst(id string) {
	b, ok, err := s.t.Bursts.Get(s.tx, id)
	s.must(err)
	if !ok || b.Closed {
		return
	}
	s.bursts[b.ID] = &b
	s.closeBurst(&b)
}

// closeBurst puts the receipt of a burst. Before going live nobody is answered:
// the burst ends in silence and the cases stand in the reconciliation.
func (s *Sitting) closeBurst(b *Burst) {
	b.Closed = true
	last, ok := s.Mail(b.Mails[len(b.Mails)-1])
	if !ok || !s.Live() || last.Stock {
		return
	}
	sort.Strings(b.Cases)
	if s.onlyWords(b) {
		s.answerWords(b, last)
		return
	}
	s.compareSummary(b)
	to, topics := s.recipients(b), map[string]bool{}
	for _, a := range to {
		topics[topicOf(b, a)] = true
	}
	for _, number := range b.Cases {
		if c := s.Case(number); c != nil && s.superseded(c, topics) {
			c.unmark()
		}
	}
	receipt := s.receipt(b, last)
	var letters []string
	for _, a := range to {
		key := "receipt/" + b.ID + "/" + a
		if s.Put(Post{Key: key, To: a, Class: ClassReceipt, Template: "receipt", Data: receipt, Answers: &last,
			Thread: s.threadOf(b), Cases: b.Cases, Topic: topicOf(b, a), Files: s.blankForm(b)}) != "" {
			letters = append(letters, key)
		}
	}
	for _, number := range b.Cases {
		if c := s.Case(number); c != nil && len(letters) > 0 {
			c.mark(letters)
			s.Touch(c)
		}
	}
}

// topicOf: a newer receipt about the same cases takes the place of one that waits.
func topicOf(b *Burst, to string) string { return "receipt/" + to + "/" + strings.Join(b.Cases, ",") }

// blankForm is attached where the form itself is missing or another call's.
func (s *Sitting) blankForm(b *Burst) []outbox.Attachment {
	if s.Settings.Call.OwnForm {
		return nil
	}
	for _, number := range b.Cases {
		c := s.Case(number)
		for _, f := range c.Findings {
			if f.Code == "form-missing" || f.Code == "form-wrong" {
				return []outbox.Attachment{{Name: "申报表（空表）.docx", Type: docxType, Data: templates.BlankForm()}}
			}
		}
	}
	return nil
}

const docxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// onlyWords: the burst brought commands and no files.
func (s *Sitting) onlyWords(b *Burst) bool {
	for _, sha := range b.Mails {
		if m, ok := s.Mail(sha); !ok || len(m.Files) > 0 {
			return false
		}
	}
	return len(b.Results) > 0 && len(b.Problems) == 0
}

// answerWords answers commands where no receipt is due.
func (s *Sitting) answerWords(b *Burst, last Mail) {
	a := templates.BureauAnswer{City: b.City, Results: b.Results, Deadline: DeadlineText(s.Settings.Call.Deadline)}
	for _, number := range b.Cases {
		if c := s.Case(number); c != nil {
			part := s.CasePart(c)
			part.Files = nil
			a.Cases = append(a.Cases, part)
		}
	}
	s.Put(Post{Key: "answer/" + last.SHA256 + "/" + b.Address, To: b.Address, Class: ClassAnswer, Template: "bureau-answer", Data: a, Answers: &last,
		Thread: s.threadOf(b), Cases: b.Cases})
}

// receipt composes the words of C1 and C2.
func (s *Sitting) receipt(b *Burst, last Mail) templates.Receipt {
	r := templates.Receipt{City: cmp.Or(b.City, s.Settings.CityNames(b.Address)), Arrived: clockTime(last.Came()), Mails: s.mailsOf(b), Deadline: DeadlineText(s.Settings.Call.Deadline),
		Left: Left(s.Now, s.Settings.Call.Deadline), Notes: notes(b.Results), Gap: b.gap(), Asked: b.Asked}
	for _, x := range b.Results {
		if !x.OK {
			r.Undone++
		}
	}
	over := false
	for _, number := range b.Cases {
		c := s.Case(number)
		if c == nil {
			continue
		}
		part := s.CasePart(c)
		part.LateWhy = b.Excused && part.Late != ""
		part.Same = slices.Contains(b.Brought, number) && part.State == "" && !c.hasNews()
		r.Cases = append(r.Cases, part)
		over = over || c.Has(HoldOverQuota)
	}
	s.tellLinks(b)
	for _, f := range b.Problems {
		if f.Code == codeCloud && f.Severity == "error" {
			r.Cloud = linkTexts(s.lacking(b))
			continue
		}
		if f.Severity == "warning" && f.Code != codeCity { // nothing goes on before that is answered
			r.Hints = append(r.Hints, s.point(f))
			continue
		}
		r.Problems = append(r.Problems, s.point(f))
	}
	for _, p := range b.Loose {
		r.Unassigned = append(r.Unassigned, p.Path)
	}
	for _, f := range b.Papers {
		r.Documents = append(r.Documents, templates.FileLine{Path: f.Path, Bytes: f.Bytes, Taken: f.Role.Title()})
	}
	if over {
		r.Quota = s.quota(b.City)
	}
	return r
}

// mailsOf is how many mails the bureau sent; what staff brought in is one delivery,
// however many mails it was laid into.
func (s *Sitting) mailsOf(b *Burst) int {
	n, brought := 0, 0
	for _, sha := range b.Mails {
		if m, ok := s.Mail(sha); ok && strings.EqualFold(m.From, s.Settings.Mailbox.Address) {
			brought = 1
		} else {
			n++
		}
	}
	return n + brought
}

func notes(results []templates.Result) []string {
	var out []string
	for _, r := range results {
		out = append(out, r.Line+"："+r.Text)
	}
	return out
}

func (s *Sitting) quota(city string) *templates.Quota {
	q := &templates.Quota{Allowed: s.Settings.Call.QuotaOf(city)}
	for _, c := range s.Cases(city) {
		if c.Live() {
			q.Cases = append(q.Cases, templates.CaseName{Number: c.Number, Unit: c.Unit, Case: c.Case})
		}
	}
	return q
}

func (s *Sitting) point(f Finding) templates.Point {
	text := strings.TrimRight(f.Message, "。") + "，" + f.Fix
	if f.Fix == "" {
		text = strings.TrimRight(f.Message, "。") + "。"
	} else if strings.HasPrefix(f.Fix, "规定") || strings.HasPrefix(f.Fix, "直接") || strings.HasPrefix(f.Fix, "可直接") || strings.HasPrefix(f.Fix, "如") ||
		strings.HasPrefix(f.Fix, "公示") || strings.HasPrefix(f.Fix, "是否") || strings.HasPrefix(f.Fix, "请确认") || strings.HasPrefix(f.Fix, "请核对") {
		text = strings.TrimRight(f.Message, "。") + "。" + f.Fix
	}
	return templates.Point{Text: text, Clause: s.Settings.Call.clause(f.Code), Reply: f.Cure == "reply"}
}

// CasePart is a case as a receipt shows it.
func (s *Sitting) CasePart(c *Case) templates.CasePart {
	p := templates.CasePart{Number: c.Number, Unit: c.Unit, Case: c.Case, Complete: c.InOrder(), Withdrawn: c.Stage == StageWithdrawn, Compared: c.Receipts > 0}
	if where := c.whereTo(); where != "" { // it does not come back by 恢复
		return templates.CasePart{Number: c.Number, Unit: c.Unit, Case: c.Case, State: where, Out: true}
	}
	if c.Stage != StageIncomplete && c.Stage != StageComplete && c.Stage != StageWithdrawn {
		p.State = c.StateWords()
	}
	p.Out = c.Stage == StageIneligible || c.Stage == StageNotSelected
	before := map[string]bool{}
	for _, k := range c.Told {
		before[k] = true
	}
	for _, f := range c.points() {
		if f.Audience != "bureau" || f.State == "waived" || f.Severity == "info" || f.Code == "late" || f.Code == "over-quota" {
			continue
		}
		if f.State == statePending {
			p.Waiting = append(p.Waiting, templates.Point{Text: strings.TrimRight(f.Message, "。") + "（" + c.pendingWords(f) + "）"})
			delete(before, f.Key()) // neither solved nor asked for again
			continue
		}
		if f.Severity != "error" || decidedByStaff(f.Code) {
			p.Hints = append(p.Hints, s.point(f))
			continue
		}
		p.Points = append(p.Points, s.point(f))
		if before[f.Key()] || f.Code == codeDemand { // no file brought that
			p.Still++
			delete(before, f.Key())
		} else {
			p.New++
		}
	}
	p.Solved, p.NoFiles = len(before), p.New > 0 && !slices.ContainsFunc(c.Files, func(f File) bool { return f.Change != "" })
	p.Files = c.fileLines()
	if c.Has(HoldLate) {
		p.Late = clockTime(c.Received)
		if !c.Sent.IsZero() {
			p.LateSent = clockTime(c.Sent)
		}
	}
	switch {
	case c.Frozen() && c.waiting() > 0:
		p.Pending = "该案例已进入评审，后到的文件已保存，是否采用由我处研究后告知。"
	case c.waiting() > 0:
		p.Pending = "有文件尚待贵局确认，暂不计入。"
	}
	return p
}

// fileLines lists the files by what they were taken for, then by name as people
// count: 2 before 10.
func (c *Case) fileLines() []templates.FileLine {
	files := make([]File, 0, len(c.Files))
	for _, f := range c.Files {
		if f.Standing == StandingActive || f.Change != "" {
			files = append(files, f)
		}
	}
	order := map[Role]int{}
	for i, r := range []Role{RoleFormPDF, RoleFormText, RoleLicense, RoleCertificate, RoleLogo, RolePhoto, RolePromo, RoleOther, RoleContainer} {
		order[r] = i
	}
	sort.SliceStable(files, func(a, b int) bool {
		if order[files[a].Role] != order[files[b].Role] {
			return order[files[a].Role] < order[files[b].Role]
		}
		if x, y := countedName(files[a].Path), countedName(files[b].Path); x != y {
			return x < y
		}
		return files[a].Standing == StandingActive && files[b].Standing != StandingActive
	})
	var out []templates.FileLine
	for _, f := range files {
		out = append(out, templates.FileLine{Path: f.Path, Bytes: f.Bytes, Taken: f.Taken(), Change: f.Change})
	}
	return out
}

var digits = regexp.MustCompile(`\d+`)

// countedName pads numbers, so that names sort as people count.
func countedName(name string) string {
	return digits.ReplaceAllStringFunc(name, func(d string) string { return fmt.Sprintf("%012s", d) })
}

// hasNews: since the last receipt a file came, waits or went that is more than an
// archive of what is known.
func (c *Case) hasNews() bool {
	return slices.ContainsFunc(c.Files, func(f File) bool { return f.Change != "" && f.Role != RoleContainer })
}

func (c *Case) waiting() int {
	n := 0
	for _, f := range c.Files {
		if f.Standing == StandingPending {
			n++
		}
	}
	return n
}

// recipients are the sender and the enrolled colleagues of the same bureau who
// stood in Cc; never Reply-To.
func (s *Sitting) recipients(b *Burst) []string {
	if b.City == "" {
		return []string{b.Address} // asked for which of its cities it wrote
	}
	if !s.Settings.Serves(b.Address, b.City) {
		s.AddRow(Row{ID: "nobody/" + b.ID, Kind: "problem", Replies: []string{"无关"},
			Text: b.City + "没有备案邮箱，" + strings.Join(b.Cases, "、") + "的回执未发出。请用“登记邮箱 邮箱地址 " + b.City + "”备案后来电告知。"})
		return nil
	}
	out := []string{b.Address}
	for _, sha := range b.Mails {
		if m, ok := s.Mail(sha); ok {
			for _, a := range m.Cc {
				if s.Settings.Serves(a, b.City) {
					out = addOnce(out, a)
				}
			}
		}
	}
	return out
}

// threadOf gives the Message-IDs of all mails a receipt answers.
func (s *Sitting) threadOf(b *Burst) []string {
	var out []string
	for _, sha := range b.Mails {
		if m, ok := s.Mail(sha); ok && m.MessageID != "" {
			out = append(out, m.MessageID)
		}
	}
	return out
}
