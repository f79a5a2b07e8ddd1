package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/mail"
	"net/smtp"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"anli/cmd/anli/demo/sample"
	"anli/intake/mailbox"
)

// town is everybody who writes to the desk, each with a mailbox and a mail
// program of his own.
type town struct {
	servers *servers
	boxes   map[string]*mailbox.Box
}

// residents are the addresses of the play.
func residents(scenes []sample.Scene) []string {
	list := []string{sample.Mailbox, sample.Officer, sample.Officer2, sample.Colleague}
	for _, b := range sample.Bureaus() {
		list = append(list, b.Address)
	}
	for _, scene := range scenes {
		list = append(list, scene.From)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// newTown opens a mailbox for everybody; nothing is dialled yet.
func newTown(t *testing.T, s *servers, people []string) *town {
	t.Helper()
	out := &town{s, map[string]*mailbox.Box{}}
	for _, p := range people {
		box := mailbox.New(mailbox.Settings{Address: s.imaps, Config: s.tls, User: p, Password: func() (string, error) { return serverPassword, nil }})
		out.boxes[p] = box
		t.Cleanup(func() { _ = box.Close() })
	}
	return out
}

// read gives everything in a folder of somebody's, oldest first, and changes
// nothing there.
func (o *town) read(t *testing.T, addr, folder string) sample.Inbox {
	t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), 90*time.Second)
	defer stop()
	var in sample.Inbox
	err := o.boxes[addr].List(ctx, folder, func(_ mailbox.Arrival, r io.Reader) error {
		raw, err := io.ReadAll(r)
		in = append(in, raw)
		return err
	})
	if err != nil {
		t.Fatalf("%s, %s: %v", addr, folder, err)
	}
	return in
}

// post sends a mail to the desk as a mail program does, over STARTTLS.
func (o *town) post(t *testing.T, from string, raw []byte) {
	t.Helper()
	conn, err := net.DialTimeout("tcp", o.servers.smtp, 10*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	_ = conn.SetDeadline(time.Now().Add(time.Minute)) // a hung server ends the test with a sentence
	c, err := smtp.NewClient(conn, "localhost")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := submit(c, o.servers.tls, from, raw); err != nil {
		t.Fatalf("%s to the desk: %v", from, err)
	}
}

// submit is one mail over a new connection. MAIL stands here in full: Client.Mail
// asks for SMTPUTF8 wherever it is offered, which mail programs do not for names
// in raw GBK.
func submit(c *smtp.Client, conf *tls.Config, from string, raw []byte) error {
	if err := c.StartTLS(conf); err != nil {
		return err
	}
	id, err := c.Text.Cmd("MAIL FROM:<%s> BODY=8BITMIME", from)
	if err != nil {
		return err
	}
	c.Text.StartResponse(id)
	_, _, err = c.Text.ReadResponse(250)
	c.Text.EndResponse(id)
	if err != nil {
		return err
	}
	if err := c.Rcpt(sample.Mailbox); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(raw); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return c.Quit()
}

// swaks sends a mail by the program of that name: not every mail is to come from Go.
func (o *town) swaks(t *testing.T, from string, raw []byte) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "mail.eml")
	if err := os.WriteFile(file, bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("swaks", "--server", o.servers.smtp, "--tls", "--tls-ca-path", o.servers.ca, "--tls-verify",
		"--from", from, "--to", sample.Mailbox, "--data", "@"+file).CombinedOutput()
	if err != nil {
		t.Fatalf("swaks: %v\n%s", err, out)
	}
}

// layIn puts into the desk's mailbox what was there before its first start.
func (o *town) layIn(t *testing.T, before []sample.Existing) {
	t.Helper()
	for _, m := range before {
		if err := o.boxes[sample.Mailbox].Append(context.Background(), m.Folder, m.Raw, m.Arrived, m.Seen); err != nil {
			t.Fatal(err)
		}
	}
}

var (
	numberInSubject = regexp.MustCompile(`[A-Z]{2}20\d\d-\d{4}`)
	codeAtEnd       = regexp.MustCompile(`【[0-9A-Z]{4}-[0-9A-Z]{4}】$`)
)

// conclusion is what a letter's subject says, without what differs from year to
// year: the case number's digits and the letter code.
func conclusion(t *testing.T, raw []byte) string {
	t.Helper()
	l, err := sample.ReadLetter(raw)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(numberInSubject.ReplaceAllString(codeAtEnd.ReplaceAllString(l.Subject, ""), "编号"))
}

// conclusions are those of all letters somebody got.
func (o *town) conclusions(t *testing.T, addr string) (out []string) {
	t.Helper()
	for _, raw := range o.read(t, addr, "INBOX") {
		out = append(out, conclusion(t, raw))
	}
	return out
}

// await waits until somebody has one more letter of this conclusion than before.
func (o *town) await(t *testing.T, addr, says string, had int) {
	t.Helper()
	var got []string
	end := time.Now().Add(40 * time.Second)
	for {
		got = o.conclusions(t, addr)
		if count(got, says) > had {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%s did not get %q; the mailbox has\n  %s", addr, says, strings.Join(got, "\n  "))
		}
		time.Sleep(150 * time.Millisecond)
	}
}

func count(list []string, s string) (n int) {
	for _, x := range list {
		if x == s {
			n++
		}
	}
	return n
}

// ids are the Message-IDs of mails, in order.
func ids(t *testing.T, mails sample.Inbox) (out []string) {
	t.Helper()
	for _, raw := range mails {
		m, err := mail.ReadMessage(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, m.Header.Get("Message-ID"))
	}
	return out
}
