// Package demo plays a whole correspondence against a bot: sample bureaus, a
// company and staff write real mails over SMTP to an embedded server, by a clock
// of the demo's own. The bot knows nothing of it.
package demo

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/mail"
	"net/smtp"
	"sync/atomic"
	"time"

	"anli/cmd/anli/bot"
	"anli/cmd/anli/demo/sample"
	"anli/intake/mailbox/postoffice"
)

// Clock is the demo's time; it stands still until it is set.
type Clock struct{ at atomic.Int64 }

// Now gives the demo's time.
func (c *Clock) Now() time.Time { return time.Unix(c.at.Load(), 0).In(time.FixedZone("", 8*3600)) }

// Set moves the clock.
func (c *Clock) Set(t time.Time) { c.at.Store(t.Unix()) }

// Stage is where the play is given.
type Stage struct {
	Bot      *bot.Bot
	Office   *postoffice.Office
	Clock    *Clock
	Scenes   []sample.Scene
	Progress io.Writer
}

// Act is one mail of the play as it was sent.
type Act struct {
	Scene     sample.Scene
	MessageID string
	Raw       []byte
}

// Furnish makes the mailboxes of everybody in the play and lays in what was in
// the division's before the bot's first start.
func Furnish(o *postoffice.Office, scenes []sample.Scene) error {
	people := map[string]bool{sample.Mailbox: true, sample.Officer: true, sample.Officer2: true, sample.Colleague: true}
	for _, b := range sample.Bureaus() {
		people[b.Address] = true
	}
	for _, scene := range scenes {
		people[scene.From] = true
	}
	for a := range people {
		o.AddUser(a)
	}
	for _, m := range sample.Before() {
		if err := o.Append(sample.Mailbox, m.Folder, m.Raw, m.Arrived); err != nil {
			return err
		}
	}
	return nil
}

// Play gives the whole script and returns what was sent.
func (s Stage) Play(ctx context.Context) ([]Act, error) {
	s.Clock.Set(sample.Start())
	if err := s.Bot.Turn(ctx, s.Clock.Now); err != nil {
		return nil, err
	}
	var acts []Act
	for i, scene := range s.Scenes {
		if err := s.Advance(ctx, scene.At); err != nil {
			return acts, err
		}
		raw, err := scene.Write(s.inbox(scene))
		if err != nil {
			return acts, fmt.Errorf("scene %q: %w", scene.Title, err)
		}
		fmt.Fprintf(s.Progress, "[%2d/%d] %s  %s\n", i+1, len(s.Scenes), scene.At.Format("01-02 15:04"), scene.Title)
		if raw == nil {
			continue
		}
		if err := s.post(scene.From, raw); err != nil {
			return acts, fmt.Errorf("scene %q: %w", scene.Title, err)
		}
		acts = append(acts, Act{Scene: scene, MessageID: messageID(raw), Raw: raw})
		if err := s.Bot.Turn(ctx, s.Clock.Now); err != nil {
			return acts, err
		}
	}
	return acts, s.Advance(ctx, sample.End())
}

// Advance moves the clock to t, stopping wherever something is due.
func (s Stage) Advance(ctx context.Context, t time.Time) error {
	for {
		next, err := s.Bot.Next(s.Clock.Now())
		if err != nil {
			return err
		}
		if next.IsZero() || next.After(t) {
			break
		}
		if next.After(s.Clock.Now()) {
			s.Clock.Set(next)
		} else {
			s.Clock.Set(s.Clock.Now().Add(time.Minute))
		}
		if err := s.Bot.Turn(ctx, s.Clock.Now); err != nil {
			return err
		}
	}
	s.Clock.Set(t)
	return s.Bot.Turn(ctx, s.Clock.Now)
}

func (s Stage) inbox(scene sample.Scene) sample.Inbox {
	reader := scene.Reads
	if reader == "" {
		reader = scene.From
	}
	mails, err := s.Office.Mails(reader, "INBOX")
	if err != nil {
		return nil // somebody without a mailbox here has read nothing
	}
	var in sample.Inbox
	for _, m := range mails {
		in = append(in, m.Raw)
	}
	return in
}

// post sends a mail as any mail program does.
func (s Stage) post(from string, raw []byte) error {
	return smtp.SendMail(s.Office.SMTPAddr(), nil, from, []string{sample.Mailbox}, raw)
}

func messageID(raw []byte) string {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return ""
	}
	return m.Header.Get("Message-ID")
}
