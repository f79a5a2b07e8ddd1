package postoffice

import (
	"bytes"
	"context"
	"errors"
	"net/textproto"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

const (
	box    = "dianshangchu@gd.example"
	bureau = "dsk@foshan.gd.example"
	letter = "From: a\r\nSubject: t\r\n\r\n.dot\r\nend\r\n"
)

func noon() time.Time {
	return time.Date(2024, 10, 12, 12, 0, 0, 0, time.FixedZone("", 8*3600))
}

func start(t *testing.T, opt Options) *Office {
	t.Helper()
	opt.Clock, opt.Password = noon, "secret"
	o, err := Start(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Close() })
	o.AddUser(box, "ecom@gd.example")
	o.AddUser(bureau, "@foshan.gd.example")
	return o
}

// send delivers one letter; auth "" means from outside.
func send(t *testing.T, o *Office, auth sasl.Client, from string, to ...string) error {
	t.Helper()
	c, err := smtp.Dial(o.SMTPAddr())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if auth != nil {
		if err := c.Auth(auth); err != nil {
			return err
		}
	}
	return c.SendMail(from, to, strings.NewReader(letter))
}

func code(err error) int {
	var e *smtp.SMTPError
	if errors.As(err, &e) {
		return e.Code
	}
	var p *textproto.Error
	if errors.As(err, &p) {
		return p.Code
	}
	return 0
}

// A delivery carries the trace lines, the clock's INTERNALDATE, and is recorded.
func TestDelivery(t *testing.T) {
	o := start(t, Options{})
	for _, auth := range []sasl.Client{
		sasl.NewPlainClient("", box, "secret"), sasl.NewLoginClient(box, "secret"),
	} {
		if err := send(t, o, auth, box, "any@foshan.gd.example"); err != nil {
			t.Fatal(err)
		}
	}
	got, err := o.Mails(bureau, "INBOX")
	if err != nil || len(got) != 2 {
		t.Fatalf("%d mails, %v", len(got), err)
	}
	want := "Return-Path: <" + box + ">\r\nReceived: from localhost by mx.test with ESMTPA id 00000001" +
		" for <any@foshan.gd.example>;\r\n\tSat, 12 Oct 2024 12:00:00 +0800\r\n" + letter
	if string(got[0].Raw) != want {
		t.Errorf("got %q\nwant %q", got[0].Raw, want)
	}
	if !got[0].At.Equal(noon()) {
		t.Errorf("INTERNALDATE %v", got[0].At)
	}
	a := o.Sent()
	if len(a) != 2 || a[1].From != box || a[1].Auth != box || a[1].To[0] != "any@foshan.gd.example" || string(a[1].Raw) != letter || !a[1].At.Equal(noon()) {
		t.Errorf("record %+v", a)
	}
}

// Who may send what to whom.
func TestDoors(t *testing.T) {
	closed := start(t, Options{})
	open := start(t, Options{Outside: true, Home: "gd.example"})
	for _, c := range []struct {
		why      string
		o        *Office
		auth     sasl.Client
		from, to string
		code     int
	}{
		{"no login", closed, nil, bureau, box, 530},
		{"wrong password", closed, sasl.NewPlainClient("", box, "x"), box, bureau, 535},
		{"unknown user logs in", closed, sasl.NewPlainClient("", "who@gd.example", "secret"), box, bureau, 535},
		{"unknown recipient", closed, sasl.NewPlainClient("", box, "secret"), box, "nobody@gd.example", 550},
		{"outside sender", open, nil, bureau, box, 0},
		{"bounce", open, nil, "", box, 0},
		{"outside may not relay", open, nil, bureau, "x@else.test", 550},
		{"stranger posing as the home domain", open, nil, box, bureau, 530},
	} {
		if got := code(send(t, c.o, c.auth, c.from, c.to)); got != c.code {
			t.Errorf("%s: %d, want %d", c.why, got, c.code)
		}
	}
}

// Each lever meets one letter of a logged-in sender and tells the truth in the record.
func TestLevers(t *testing.T) {
	for _, c := range []struct {
		name     string
		pull     func(*Office)
		code     int // 0: the connection broke
		accepted int
	}{
		{"refused", func(o *Office) { o.RefuseNext(451, "later") }, 451, 0},
		{"refused for good", func(o *Office) { o.RefuseNext(554, "spam") }, 554, 0},
		{"before", (*Office).DropBeforeData, 0, 0},
		{"in", (*Office).DropInData, 0, 0},
		{"after", (*Office).DropAfterData, 0, 1},
	} {
		o := start(t, Options{Outside: true, FileSent: true})
		c.pull(o)
		if err := send(t, o, nil, bureau, box); err != nil {
			t.Fatalf("%s: outside: %v", c.name, err)
		}
		auth := sasl.NewPlainClient("", box, "secret")
		err := send(t, o, auth, box, bureau)
		if err == nil || code(err) != c.code {
			t.Errorf("%s: %v", c.name, err)
		}
		in, _ := o.Mails(bureau, "INBOX")
		filed, _ := o.Mails(box, "Sent")
		if n := len(o.Sent()) - 1; n != c.accepted || len(in) != n || len(filed) != n {
			t.Errorf("%s: accepted %d, delivered %d, filed %d", c.name, n, len(in), len(filed))
		}
		if err := send(t, o, auth, box, bureau); err != nil {
			t.Errorf("%s: the next letter: %v", c.name, err)
		}
	}
}

// A shuffled folder has the same mails in another order with other UIDs.
func TestShuffleRemove(t *testing.T) {
	o := start(t, Options{})
	for _, s := range []string{"a", "b", "c"} {
		if err := o.Append(box, "INBOX", []byte(s), noon()); err != nil {
			t.Fatal(err)
		}
	}
	validity := func() uint32 {
		c, err := imapclient.DialInsecure(o.IMAPAddr(), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if err := c.Login(box, "secret").Wait(); err != nil {
			t.Fatal(err)
		}
		d, err := c.Select("INBOX", nil).Wait()
		if err != nil {
			t.Fatal(err)
		}
		return d.UIDValidity
	}
	before := validity()
	if err := o.Remove(box, "INBOX", 1); err != nil {
		t.Fatal(err)
	}
	if err := o.Shuffle(box, "INBOX", []int{1, 0, 1}); err != nil {
		t.Fatal(err)
	}
	got, err := o.Mails(box, "INBOX")
	if err != nil {
		t.Fatal(err)
	}
	var all []byte
	for i, m := range got {
		all = append(all, m.Raw...)
		if m.UID != uint32(i+1) || !m.At.Equal(noon()) {
			t.Errorf("mail %d: uid %d at %v", i, m.UID, m.At)
		}
	}
	if !bytes.Equal(all, []byte("cbc")) {
		t.Errorf("order %q", all)
	}
	if validity() == before {
		t.Error("UIDVALIDITY is the old one")
	}
	if err := o.Shuffle(box, "INBOX", []int{7}); !errors.Is(err, ErrUnknown) {
		t.Errorf("bad index: %v", err)
	}
	if none, err := o.Mails(box, "anli-journal"); len(none) != 0 || err != nil {
		t.Errorf("missing folder: %v, %v", none, err)
	}
	if _, err := o.Mails("who@gd.example", "INBOX"); !errors.Is(err, ErrUnknown) {
		t.Errorf("unknown user: %v", err)
	}
}

// Over Pipe the whole office lives in a bubble whose time is free.
func TestBubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		im, sm := NewPipe(), NewPipe()
		o, err := Start(Options{IMAPListener: im, SMTPListener: sm, Password: "secret"})
		if err != nil {
			t.Fatal(err)
		}
		defer o.Close()
		o.AddUser(box)
		time.Sleep(24 * time.Hour)
		conn, err := sm.Dial(context.Background(), "", "")
		if err != nil {
			t.Fatal(err)
		}
		c := smtp.NewClient(conn)
		defer c.Close()
		if err := c.Auth(sasl.NewPlainClient("", box, "secret")); err != nil {
			t.Fatal(err)
		}
		if err := c.SendMail(box, []string{box}, strings.NewReader(letter)); err != nil {
			t.Fatal(err)
		}
		if m, _ := o.Mails(box, "INBOX"); len(m) != 1 || !m[0].At.Equal(time.Now()) {
			t.Errorf("mails %+v", m)
		}
	})
}
