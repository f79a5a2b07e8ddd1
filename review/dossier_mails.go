package review

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"anli/intake"
	"anli/intake/outbox"
	"anli/parser/mail"
	"anli/templates"
)

// Which mails and letters lie in a case's folder. What would show a score before
// the close, or who objected, is named and left out.

// Why a mail or letter is left out.
const (
	leftSealed   = "评审未结束，可能载有评分或专家信件码，结束评审后收入"
	leftObjector = "载有异议人信息，不随案卷复制，原件由贵处留存"
	leftItself   = "此前发出的案卷，不重复收入"
	leftGone     = "缺失，原始字节已不在"
)

// plainLetters speak of a case, never of a score, and carry no code by which an expert
// proves that an answer is his.
var plainLetters = []string{"receipt", "progress", "bureau-answer", "ruling", "extension", "reminder", "reconciliation", "company-material",
	"confirm-material", "question-passed", "publicity", "award"}

// lastCode is a letter's code, which nobody needs in a file's name.
var lastCode = regexp.MustCompile(`【[0-9A-Z]{4}-[0-9A-Z]{4}】`)

// enclosed is a mail or letter about a case.
type enclosed struct {
	templates.DossierMail
	at  time.Time
	key string // as events refer to it
}

// enclosures are the mails and letters of a case in order of time, those that are
// included with their file's name.
func (b *Bench) enclosures(d Dossier) []enclosed {
	var out []enclosed
	for _, sha := range b.dossierMails(d) {
		if m, ok := b.Mail(sha); ok {
			out = append(out, b.enclosedMail(m, d.Case.Number))
		}
	}
	for _, e := range d.Events {
		if e.Letter != "" {
			out = append(out, b.enclosedLetter(e.Letter, d.Case.Number))
		}
	}
	slices.SortStableFunc(out, func(x, y enclosed) int { return cmp.Or(x.at.Compare(y.at), cmp.Compare(y.Way, x.Way)) })
	n, width := 0, len(fmt.Sprint(max(10, len(out))))
	for i := range out {
		if m := &out[i]; m.File != "" {
			n++
			m.File = intake.SafeName(fmt.Sprintf("%0*d_%s_%s_%s_%s", width, n, m.at.In(intake.Zone()).Format("2006-01-02_1504"), m.Way, runes(m.Who, 12), runes(lastCode.ReplaceAllString(m.Subject, ""), 24))) + ".eml"
		}
	}
	return out
}

// dossierMails are the mails that events refer to, that brought a file, or that
// objected.
func (b *Bench) dossierMails(d Dossier) []string {
	var out []string
	for _, e := range d.Events {
		if e.Letter == "" {
			out = append(out, e.Ref)
		}
	}
	for _, f := range d.Case.Files {
		out = append(out, f.Mail)
	}
	for _, o := range b.against(d.Case.Number, false) {
		out = append(out, o.Original)
	}
	return distinct(out)
}

func (b *Bench) enclosedMail(m intake.Mail, number string) enclosed {
	e := enclosed{at: m.Arrival, key: m.SHA256}
	e.At, e.Way, e.Subject, e.SHA256 = bookClock(m.Arrival), "收", m.Subject, m.SHA256
	e.Who = b.correspondent(m.From, m.Name)
	switch {
	case b.ofObjection(m.SHA256):
		e.Who, e.Subject, e.Note = "异议相关", "—", leftObjector
	case b.sealedMail(m):
		e.Note = leftSealed
	default:
		b.enclose(&e, m.Cases, number)
	}
	return e
}

func (b *Bench) enclosedLetter(key, number string) enclosed {
	l, _, err := outbox.Letters.Get(b.tx, key)
	b.Fail(err)
	e := enclosed{at: l.At, key: key}
	e.At, e.Way, e.Subject, e.SHA256, e.Who = bookClock(l.At), "发", b.uncoded(l), l.Bytes, b.correspondent(l.To, "")
	if b.fate(key) != outbox.Sent {
		e.Way = "未发"
	}
	switch {
	case l.Template == "dossier":
		e.Note = leftItself
	case b.Panel.Phase == PhaseOpen && !l.At.Before(b.Panel.Started) && !slices.Contains(plainLetters, l.Template):
		e.Note = leftSealed
	default:
		b.enclose(&e, l.Cases, number)
	}
	return e
}

// enclose includes what is there and names nobody who objected.
func (b *Bench) enclose(e *enclosed, cases []string, number string) {
	size, err := b.BlobSize(e.SHA256)
	switch {
	case err != nil:
		e.Note = leftGone
	case b.namesObjector(e):
		e.Note = leftObjector
	default:
		e.File, e.Bytes = "x", size // named when all are known
		if others := without(cases, []string{number}); len(others) > 3 {
			e.Note = fmt.Sprintf("全文收入，同时涉及%s等%d个其他案例", others[0], len(others))
		} else if len(others) > 0 {
			e.Note = "全文收入，同时涉及" + strings.Join(others, "、")
		}
	}
}

// sealedMail: experts and staff write scores; bureaus and companies know none.
func (b *Bench) sealedMail(m intake.Mail) bool {
	return b.Panel.Phase == PhaseOpen && !m.Arrival.Before(b.Panel.Started) && !b.Settings.IsBureau(m.From) && m.Route != intake.RouteCompany
}

// ofObjection: the objector wrote it, or staff of what he wrote.
func (b *Bench) ofObjection(sha string) bool {
	return slices.ContainsFunc(b.Objections(), func(o *Objection) bool {
		return sha == o.Original || sha == o.Filed.Mail || !o.open() && sha == o.Settled.Mail
	})
}

// namesObjector reads a mail for the address or name of anybody who objected by
// mail: what staff answer quotes the row about it. What is older cannot.
func (b *Bench) namesObjector(e *enclosed) bool {
	var secrets []string
	for _, o := range b.Objections() {
		if o.From == "" || e.at.Before(o.Came) {
			continue
		}
		m, _ := b.Mail(o.Original)
		secrets = append(secrets, o.From)
		if len([]rune(m.Name)) > 1 {
			secrets = append(secrets, m.Name)
		}
	}
	if len(secrets) == 0 {
		return false
	}
	raw, err := b.Blob(e.SHA256)
	if err != nil {
		return false
	}
	text := string(raw)
	msg, err := mail.Read(bytes.NewReader(raw), mail.Limits{}, hashOnly)
	if err == nil {
		text = strings.Join([]string{text, msg.Subject, msg.Text, msg.TextHTML, msg.Quoted}, "\n")
	}
	for _, f := range msg.Forwards {
		text += "\n" + f.Text + fmt.Sprint(f.From)
	}
	text = strings.ToLower(text)
	return slices.ContainsFunc(secrets, func(s string) bool { return strings.Contains(text, strings.ToLower(s)) })
}

// hashOnly takes an attachment that nobody keeps.
func hashOnly(r io.Reader) (string, int64, error) {
	h := sha256.New()
	n, err := io.Copy(h, r)
	return hex.EncodeToString(h.Sum(nil)), n, err
}

// correspondent names who has an address; name is what the mail says.
func (b *Bench) correspondent(addr, name string) string {
	if bureau := b.Settings.BureauOf(addr); bureau != "" {
		return bureau
	}
	if m := b.MemberOf(addr); m != nil {
		return "专家" + m.Name
	}
	if e := b.Settings.ExpertOf(addr); e != nil {
		return "专家" + e.Name
	}
	return cmp.Or(b.Settings.StaffName(addr), name, addr)
}

// person is the same with the address, for a column of a table.
func (b *Bench) person(addr, name string) string {
	who := b.correspondent(addr, name)
	if addr == "" || who == addr {
		return who
	}
	return who + " " + addr
}

// runes is the first of a text for a file's name.
func runes(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}
