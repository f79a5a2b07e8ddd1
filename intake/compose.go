package intake

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"anli/intake/outbox"
	"anli/templates"
)

// Classes of letters ([letters] in the configuration).
const (
	ClassReceipt   = "receipt"
	ClassAnswer    = "answer"
	ClassReminder  = "reminder"
	ClassDecision  = "decision"
	ClassExpert    = "expert"
	ClassObjection = "objection"
	ClassResult    = "result"
	ClassStaff     = "staff" // always sent
)

// Reasons a letter is held.
const (
	HeldApproval = outbox.HoldApprove // its class waits for 放行
	HeldMany     = "many"             // many old mails looked new: 放行 全部
	HeldSealed   = "sealed"           // a mail of its recipient is sealed: staff decide on that first
)

// Post is a letter before it is rendered.
type Post struct {
	Key      string // from cause and recipient: the same key again is no letter
	To       string
	Class    string
	Template string
	Data     any
	Answers  *Mail    // the mail it answers, for the threading headers
	Thread   []string // further Message-IDs for References
	Cases    []string
	Topic    string              // letters on one topic leave in order
	Files    []outbox.Attachment // beside those that the words bring along
}

// Frame is what every letter has around its words.
func (s *Sitting) Frame(p Post, code string) templates.Frame {
	return templates.Frame{Division: s.Settings.Office.Division, Contact: s.Settings.Office.Contact, Phone: s.Settings.Office.Phone,
		Authority: s.Settings.Office.Department(), MaxMail: s.Settings.Mailbox.MaxMail, Code: code, Staff: p.Class == ClassStaff, Prefix: s.Settings.Mailbox.Prefix}
}

// written is what a letter's record holds of its words: with template and version
// they can be rendered anew.
type written struct {
	Frame templates.Frame `json:"frame"`
	Body  json.RawMessage `json:"body"`
	From  string          `json:"from"` // address and name it was sent under
	Name  string          `json:"name"`
}

// Words renders a recorded letter's words anew.
func Words(l outbox.Letter) (templates.Letter, error) {
	var w written
	if err := json.Unmarshal(l.Data, &w); err != nil {
		return templates.Letter{}, err
	}
	return templates.Words(l.Template, l.Version, w.Body, w.Frame)
}

// Body reads what a recorded letter was filled with into v.
func Body(l outbox.Letter, v any) error {
	var w written
	if err := json.Unmarshal(l.Data, &w); err != nil {
		return err
	}
	return json.Unmarshal(w.Body, v)
}

// Put composes a letter and enqueues it with this sitting's entry. Letters to
// outsiders are none before going live, or where their class is off. It returns
// the letter's code, "" if there is no letter.
func (s *Sitting) Put(p Post) string {
	outside := p.Class != ClassStaff
	if p.To != "" && !outbox.Addressable(p.To) {
		s.AddRow(Row{ID: "address/" + hashOf([]byte(p.To))[:16], Kind: "problem", Replies: []string{"无关"},
			Text: "来信地址“" + clip(p.To, 60) + "”不是可投递的邮箱地址，程序不能答复，请人工联系。"})
		return ""
	}
	if p.To == "" || outside && (!s.Live() || s.Settings.Letters[p.Class] == "off") {
		return ""
	}
	if _, exists, err := outbox.Letters.Get(s.tx, p.Key); exists || err != nil {
		s.must(err)
		return ""
	}
	to := p.To
	if s.Settings.Mailbox.RedirectTo != "" {
		to = s.Settings.Mailbox.RedirectTo
	}
	code := outbox.Code(s.house.Key, p.Key, p.To)
	l, err := s.letter(p, to, code)
	if err != nil {
		s.must(err)
		return ""
	}
	if outside && s.Settings.Letters[p.Class] == "approve" {
		l.Hold = HeldApproval
	}
	if outside && s.Desk.HeldUntil != "" && l.Hold == "" {
		l.Hold = HeldMany
	}
	if (p.Class == ClassReceipt || p.Class == ClassAnswer) && l.Hold == "" && s.sealing(strings.ToLower(p.To)) {
		l.Hold = HeldSealed
	}
	s.letters = append(s.letters, l)
	return code
}

func (s *Sitting) letter(p Post, to, code string) (outbox.Letter, error) {
	frame := s.Frame(p, code)
	body, err := json.Marshal(p.Data)
	if err != nil {
		return outbox.Letter{}, fmt.Errorf("letter %s: %w", p.Key, err)
	}
	from, name := cmp.Or(s.Settings.Mailbox.Address, s.house.From), cmp.Or(s.Settings.Mailbox.Name, s.house.Name)
	data, err := json.Marshal(written{frame, body, from, name})
	if err != nil {
		return outbox.Letter{}, fmt.Errorf("letter %s: %w", p.Key, err)
	}
	words, err := templates.Render(p.Template, templates.Version(p.Template), body, frame)
	if err != nil {
		return outbox.Letter{}, fmt.Errorf("letter %s: %w", p.Key, err)
	}
	d := outbox.Draft{Key: p.Key, To: to, FromAddr: from, FromName: name, Subject: words.Subject, Text: words.Text, HTML: words.HTML,
		MessageID: outbox.MessageID(s.house.Key, p.Key, p.To, s.house.Domain), Date: s.Now, Code: code, Auto: "auto-generated", Attachments: append(own(words), p.Files...)}
	if p.Answers != nil && strings.EqualFold(p.Answers.From, p.To) { // a thread is its writer's: what staff brought in is none of the bureau's
		d.Auto = "auto-replied"
		d.InReplyTo = p.Answers.MessageID
		d.References = references(p.Thread, p.Answers)
	}
	raw, err := outbox.Render(d)
	if err != nil {
		return outbox.Letter{}, fmt.Errorf("letter %s: %w", p.Key, err)
	}
	sha := hashOf(raw)
	s.blobs[sha] = raw
	for _, f := range p.Files { // a rebuild renders the letter with them
		s.blobs[hashOf(f.Data)] = f.Data
	}
	return outbox.Letter{Key: p.Key, To: to, Class: p.Class, Subject: words.Subject, Template: p.Template, Version: templates.Version(p.Template), Data: data,
		MessageID: d.MessageID, Code: code, InReplyTo: d.InReplyTo, References: d.References, Bytes: sha, At: s.Now, Topic: p.Topic,
		Outside: p.Class != ClassStaff, Cases: p.Cases, Attachments: attached(d.Attachments)}, nil
}

// Weight is how many bytes a letter would have on its way, without enqueueing it.
func (s *Sitting) Weight(p Post) (int, error) {
	probe, err := s.Scratch()
	if err != nil {
		return 0, err
	}
	l, err := probe.letter(p, p.To, outbox.Code(s.house.Key, p.Key, p.To))
	return len(probe.blobs[l.Bytes]), err
}

// own are the files that a letter's words bring along. They stand first.
func own(words templates.Letter) []outbox.Attachment {
	var out []outbox.Attachment
	for _, f := range words.Files {
		out = append(out, outbox.Attachment(f))
	}
	return out
}

func attached(files []outbox.Attachment) []outbox.AttachedFile {
	var out []outbox.AttachedFile
	for _, f := range files {
		out = append(out, outbox.AttachedFile{Name: f.Name, Type: f.Type, SHA256: hashOf(f.Data)})
	}
	return out
}

// references names the thread, each id once, the mail answered last.
func references(thread []string, m *Mail) []string {
	var out []string
	seen := map[string]bool{"": true, m.MessageID: true}
	for _, id := range append(append([]string{}, thread...), m.Refs...) {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	if len(out) > 20 {
		out = out[len(out)-20:]
	}
	if m.MessageID != "" {
		out = append(out, m.MessageID)
	}
	return out
}

// Live tells whether letters to outsiders are written: staff wrote 启用 and the
// configuration does not say observe.
func (s *Sitting) Live() bool { return s.Desk.Live && s.Settings.Mailbox.Live }

// clockTime is a time of day as letters write it: 10月15日10:21.
func clockTime(t time.Time) string { return t.In(Zone()).Format("1月2日15:04") }

// DeadlineText is a deadline as letters write it: 10月30日24时 for 23:59:59.
func DeadlineText(t time.Time) string {
	t = t.In(Zone())
	if t.Hour() == 23 && t.Minute() == 59 {
		return t.Format("1月2日") + "24时"
	}
	return t.Format("1月2日15:04")
}

// Left is the time to the deadline in words; "" when it is over.
func Left(now, deadline time.Time) string {
	d := deadline.Sub(now)
	switch {
	case d <= 0:
		return ""
	case d < time.Hour:
		return "距截止不足1小时"
	case d < 24*time.Hour:
		return fmt.Sprintf("距截止还有%d小时", int(d.Hours()))
	}
	return fmt.Sprintf("距截止还有%d天", int(d.Hours()/24))
}

// Brought are the files that a recorded letter's words brought along.
func Brought(l outbox.Letter) ([]outbox.Attachment, error) {
	var w written
	if err := json.Unmarshal(l.Data, &w); err != nil {
		return nil, err
	}
	words, err := templates.Render(l.Template, l.Version, w.Body, w.Frame)
	return own(words), err
}

// RenderAgain makes the bytes of a recorded letter anew from template, version
// and data; the caller compares their hash with the recorded one. Files that the
// words do not bring along come from blob, by their SHA-256.
func RenderAgain(l outbox.Letter, blob func(sha string) ([]byte, error)) ([]byte, error) {
	var w written
	if err := json.Unmarshal(l.Data, &w); err != nil {
		return nil, err
	}
	words, err := templates.Render(l.Template, l.Version, w.Body, w.Frame)
	if err != nil {
		return nil, err
	}
	d := outbox.Draft{Key: l.Key, To: l.To, FromAddr: w.From, FromName: w.Name, Subject: words.Subject, Text: words.Text, HTML: words.HTML,
		MessageID: l.MessageID, Date: l.At.In(Zone()), Code: l.Code, Auto: "auto-generated", InReplyTo: l.InReplyTo, References: l.References}
	if l.InReplyTo != "" {
		d.Auto = "auto-replied"
	}
	d.Attachments = own(words)
	for _, f := range l.Attachments[min(len(words.Files), len(l.Attachments)):] {
		data := templates.BlankForm()
		if f.SHA256 != hashOf(data) {
			if data, err = blob(f.SHA256); err != nil {
				return nil, fmt.Errorf("letter %s: %w", l.Key, err)
			}
		}
		d.Attachments = append(d.Attachments, outbox.Attachment{Name: f.Name, Type: cmp.Or(f.Type, docxType), Data: data})
	}
	return outbox.Render(d)
}
