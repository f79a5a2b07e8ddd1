package intake

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"anli/intake/ledger"
	"anli/intake/outbox"
	"anli/parser/form"
	"anli/templates"
)

// What bears a mark of secrecy is sealed with the mail that brought it: nothing of it
// is registered, its subject, its files' names and their words stand in no entry, its
// sender gets no letter, and staff are told at once. They say 非密, and the mail is taken
// in as of its arrival, or 涉密, and it stays sealed.

// Verbs with which staff decide on a sealed mail.
const (
	VerbOpen   = "非密"
	VerbSecret = "涉密"
)

// RowSecret is the kind of a row that asks staff for one of them.
const RowSecret = "secret"

// kindSealed is a reading of which only the mark is kept.
const kindSealed = "sealed"

// Seal is where a mail bears a mark of secrecy, and what staff decided.
type Seal struct {
	Marks  []SealMark `json:"marks"`
	Verb   string     `json:"verb,omitempty"` // VerbOpen, VerbSecret; "": not decided
	By     string     `json:"by,omitempty"`   // address of the member of staff
	At     time.Time  `json:"at,omitzero"`
	Reason string     `json:"reason,omitempty"`
	Order  string     `json:"order,omitempty"` // SHA-256 of the mail that said so
	Taken  bool       `json:"taken,omitempty"` // VerbOpen was carried out: the mail is taken in
	Again  bool       `json:"again,omitempty"` // a copy of a mail that came before: on that one staff decide
}

// waits: no letter may leave for the mail's sender yet.
func (s *Seal) waits() bool {
	return s != nil && !s.Again && (s.Verb == "" || s.Verb == VerbOpen && !s.Taken)
}

// SealMark is where one attachment of a mail, or the mail itself, bears a mark.
type SealMark struct {
	Attachment int    `json:"attachment,omitempty"` // from 1; 0: the mail's own subject or text
	SHA256     string `json:"sha256,omitempty"`     // of the attachment
	form.Marking
}

// Words says in Chinese where the mark is.
func (m SealMark) Words() string {
	if m.Attachment == 0 {
		return m.Marking.Words()
	}
	return fmt.Sprintf("第%d个附件：%s", m.Attachment, m.Marking.Words())
}

// SecretMark tells where a piece bears a mark of secrecy, in its own name, in that of a
// folder or archive it came in, or in its text; nil: nowhere that can be read.
func SecretMark(p Piece, reading func(sha string) Reading) *form.Marking {
	if form.SecretName(p.Path) {
		return &form.Marking{Where: form.MarkedName}
	}
	return reading(p.SHA256).Secret
}

// SecretFinding is secret-marking. It names no file: what is marked stands in no list.
func SecretFinding(m form.Marking) Finding {
	source := "text"
	if m.Where == form.MarkedName || m.Where == form.MarkedMail {
		source = "name"
	}
	f := finding("secret-marking", "error", source, "", "有材料带有国家秘密标志（"+m.Words()+"），其名称和内容不在此列出",
		"请停止阅读、复制和转发，按保密规定处理，并立即报告保密工作机构。")
	f.Audience, f.Page = "staff", m.Page
	return f
}

// SealMarks tells which attachments of a mail bear a mark, themselves or by what they
// hold: the first of each. pieces are the attachments with what they held behind them.
func SealMarks(attachments, pieces []Piece, reading func(sha string) Reading) []SealMark {
	var out []SealMark
	n := 0
	for _, p := range pieces {
		if n < len(attachments) && p.Path == attachments[n].Path && p.SHA256 == attachments[n].SHA256 {
			n++
		}
		if m := SecretMark(p, reading); m != nil && n > 0 && (len(out) == 0 || out[len(out)-1].Attachment != n) {
			out = append(out, SealMark{Attachment: n, SHA256: attachments[n-1].SHA256, Marking: *m})
		}
	}
	return out
}

// Seal records a mail of which only the marks are kept, and tells staff. Its sender's
// open burst waits. again says that it came before: nobody is told twice.
func (s *Sitting) Seal(m *Mail, marks []SealMark, again bool) {
	fresh := s.readings
	s.readings = nil
	for _, x := range marks { // the same file is known by these when it comes again
		if i := slices.IndexFunc(fresh, func(r Reading) bool { return r.SHA256 == x.SHA256 }); i >= 0 && x.SHA256 != "" {
			s.readings = append(s.readings, Reading{SHA256: x.SHA256, Reader: fresh[i].Reader, Kind: kindSealed, Secret: &x.Marking})
		}
	}
	m.Route, m.City = RouteSealed, s.Settings.CityOf(m.From)
	m.Sealed = &Seal{Marks: marks, Again: again}
	if again {
		m.Route, m.Reason = RouteCopy, "同一封邮件的副本"
		return
	}
	m.Unhandled, m.Reason = true, "带有国家秘密标志，已封存，未登记、未答复"
	s.AddRow(Row{ID: RowSecret + "/" + m.SHA256, Kind: RowSecret, Mail: m.SHA256, Urgent: true, Replies: []string{VerbOpen + " 理由", VerbSecret},
		Text: s.sealedWho(*m) + clockTime(m.Arrival) + "的来信带有国家秘密标志（" + where(marks) +
			"），" + sealedWarning + "来信SHA-256：" + m.SHA256 + "。"})
	for _, b := range s.openBursts(m.From) {
		b.Due = time.Time{}
	}
	for _, u := range s.OpenLetters() {
		var d templates.NothingReceived
		if u.Letter.Template == reminderNone && m.City != "" {
			if s.must(Body(u.Letter, &d)); d.City == m.City {
				s.unsend(u, "情况已有变化")
			}
		}
	}
}

const sealedWarning = "已封存：未登记、未答复，主题和文件名不予显示。请按保密规定处理：勿打开、勿转发、勿下载打印，已打开过的计算机立即断网，并立即报告保密工作机构。"

// SealedUndecided says in Chinese what staff must know of a mail that bears a mark and
// that the program could not decide on.
func (s *Sitting) SealedUndecided(m Mail) string {
	return s.sealedWho(m) + clockTime(m.Arrival) + "的来信带有国家秘密标志，程序未能处理，" + sealedWarning + "请告知运维人员来信SHA-256：" + m.SHA256 + "。"
}

func (s *Sitting) sealedWho(m Mail) string {
	if m.From != "" && strings.EqualFold(m.From, s.Settings.Mailbox.Address) {
		return "运维人员导入，"
	}
	return cmp.Or(m.City, s.Settings.StaffName(m.From), "其他来信人") + "（" + cmp.Or(m.From, "地址不明") + "）"
}

// where names a few of the places.
func where(marks []SealMark) string {
	const few = 3
	var out []string
	for _, m := range marks[:min(few, len(marks))] {
		out = append(out, m.Words())
	}
	if len(marks) > few {
		out = append(out, fmt.Sprintf("共%d处", len(marks)))
	}
	return strings.Join(out, "；")
}

// sealing: a mail of this address is sealed and waits for staff.
func (s *Sitting) sealing(address string) bool {
	found := false
	s.must(s.t.Sealed.Each(s.tx, address+"/", func(_, sha string) error {
		m, _ := s.Mail(sha)
		found = found || m.Sealed.waits()
		return nil
	}))
	return found || s.mail != nil && s.mail.From == address && s.mail.Sealed.waits()
}

// sealedFrom: a mail of a city's bureau is sealed and waits for staff.
func (s *Sitting) sealedFrom(city string) bool {
	found := false
	s.must(s.t.Sealed.Each(s.tx, "", func(_, sha string) error {
		m, _ := s.Mail(sha)
		found = found || m.City == city && m.Sealed.waits()
		return nil
	}))
	return found
}

// RuleSeal is staff's word on a sealed mail. It says in Chinese what was done, or why
// nothing was.
func (s *Sitting) RuleSeal(m Mail, said Seal) (ok bool, text string) {
	switch {
	case m.Erased != nil:
		return false, "来信已清除"
	case m.Sealed == nil || m.Sealed.Again:
		return false, "这封来信没有封存"
	case m.Sealed.Verb == said.Verb || m.Sealed.Verb == VerbOpen:
		return false, "已办理（" + m.Sealed.Verb + "）"
	case m.Sealed.Verb == VerbSecret && m.Sealed.By != said.By:
		return false, s.Settings.StaffName(m.Sealed.By) + "已核为涉密，如需更正，须由其本人答复"
	}
	letter := "secrecy/" + m.SHA256 + "/" + m.From
	said.Marks = m.Sealed.Marks
	m.Sealed, m.Unhandled = &said, false
	if r, ok := s.Row(RowSecret + "/" + m.SHA256); ok {
		r.Done = said.Verb
		s.SetRow(r)
	}
	if said.Verb == VerbOpen {
		m.Reason = "曾带有国家秘密标志，经核为非密"
		s.Amend(m)
		for _, u := range s.OpenLetters() {
			if u.Letter.Key == letter {
				s.unsend(u, "经核为非密")
			}
		}
		return true, "已解除封存，按原到达时间" + clockTime(m.Arrival) + "办理，结果随后告知"
	}
	m.Reason = "带有国家秘密标志，经核为涉密，未接收"
	s.Amend(m)
	s.Continue(m.From)
	bureau := s.Settings.CityNames(m.From)
	if bureau == "" {
		return true, "继续封存，不予登记；来信人不是已备案的市局，未去信，请另行联系"
	}
	s.Put(Post{Key: letter, To: m.From, Class: ClassDecision, Template: "secrecy", Answers: &m,
		Data: templates.Secrecy{City: bureau, Arrived: clockTime(m.Arrival)}})
	return true, "继续封存，不予登记；告知" + bureau + "的信" + s.leaves() + "。请按保密规定清除邮箱中的原信"
}

// Continue lets go on what waited for staff's word on a sealed mail of an address, where
// none waits any more: its burst and the letters held for it.
func (s *Sitting) Continue(address string) {
	if s.sealing(address) {
		return
	}
	bursts := s.openBursts(address)
	receipt := slices.ContainsFunc(bursts, func(b *Burst) bool { return len(b.Cases) > 0 }) || slices.ContainsFunc(s.letters, func(l outbox.Letter) bool {
		return l.Template == "receipt" && s.isTo(l, address)
	})
	for _, u := range s.OpenLetters() {
		if u.Fate.Hold != HeldSealed || !s.isTo(u.Letter, address) || s.decided(u.Letter.Key) {
			continue
		}
		if u.Letter.Template == "progress" && receipt {
			s.unsend(u, "已有新的回执") // it tells what stood before
		} else if f, ok := outbox.Release(u.Fate, s.Now, true); ok {
			s.Settle(f)
		}
	}
	for _, b := range bursts {
		if b.Due.IsZero() {
			b.Due = s.Now
		}
	}
}

// isTo tells whom a letter was written to, wherever it is redirected: a code is that of
// one key and one recipient.
func (s *Sitting) isTo(l outbox.Letter, address string) bool {
	return l.Code == outbox.Code(s.house.Key, l.Key, address)
}

// Unsealed records anew a mail on which staff said 非密: now is what it was when it came.
func (s *Sitting) Unsealed(m Mail, now Mail) *Mail {
	seal := *m.Sealed
	seal.Taken = true
	now.Sealed, now.Stock = &seal, !s.Live()
	now.Reached = now.Arrival // also of a case that what came after it began
	return s.Record(now)
}

// ToUnseal gives the mails on which staff said 非密 and that are not taken in yet.
func (s *Sitting) ToUnseal() []Mail {
	var out []Mail
	s.must(s.t.Sealed.Each(s.tx, "", func(_, sha string) error {
		if m, ok := s.Mail(sha); ok && m.Sealed.waits() && m.Sealed.Verb == VerbOpen {
			out = append(out, m)
		}
		return nil
	}))
	return out
}

// Known tells whether what was read in a file spares reading it again. Of a sealed one
// only the mark was kept: it is read when staff let it be (released).
func (r Reading) Known(released bool) bool {
	return r.Kind != kindErased && (r.Kind != kindSealed || !released)
}

// withoutMarks takes out of new readings of a case's files the marks of secrecy on which
// staff have decided. Of others they are told: the file has long been registered.
func (s *Sitting) withoutMarks(c *Case, readings []Reading) []Reading {
	out := slices.Clone(readings)
	for i := range out {
		r := &out[i]
		for _, f := range c.Files {
			m, _ := s.Mail(f.Mail)
			switch {
			case r.Secret == nil || f.SHA256 != r.SHA256:
			case m.Sealed != nil:
				r.Secret = nil
			default:
				s.AddRow(Row{ID: "marked/" + f.SHA256, Kind: "problem", Case: c.Number, Mail: f.Mail, Urgent: true, Replies: []string{"无关"},
					Text: c.Number + "已登记的一个文件带有国家秘密标志（" + r.Secret.Words() + "），请按保密规定处理；如须清除，请告知运维人员来信SHA-256：" + f.Mail + "。"})
			}
		}
	}
	return out
}

func foldSeal(tx *ledger.Tx, t Tables, m Mail) error {
	key := m.From + "/" + m.SHA256
	if m.Sealed.waits() {
		return t.Sealed.Put(tx, key, m.SHA256)
	}
	if m.Sealed == nil {
		return nil
	}
	return t.Sealed.Delete(tx, key)
}
