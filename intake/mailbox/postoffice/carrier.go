package postoffice

import (
	"fmt"
	"io"
	"strings"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// lever is a fault prepared for one letter of a logged-in sender.
type lever struct {
	kind string // refuse, before, in, after
	code int
	text string
}

// RefuseNext answers the next letter of a logged-in sender with code and text
// after its final dot (a code from 400 on; not accepted, not in Sent). Levers
// queue up, one letter each; mail from outside is never touched.
func (o *Office) RefuseNext(code int, text string) { o.pull(lever{"refuse", code, text}) }

// DropBeforeData closes the connection at RCPT of the next letter of a
// logged-in sender: certainly not accepted.
func (o *Office) DropBeforeData() { o.pull(lever{kind: "before"}) }

// DropInData closes the connection once DATA of the next letter of a
// logged-in sender has begun: not accepted, which the client of a small
// letter cannot know.
func (o *Office) DropInData() { o.pull(lever{kind: "in"}) }

// DropAfterData accepts and delivers the next letter of a logged-in sender,
// then closes the connection without an answer.
func (o *Office) DropAfterData() { o.pull(lever{kind: "after"}) }

func (o *Office) pull(l lever) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.levers = append(o.levers, l)
}

// carrier is one SMTP connection.
type carrier struct {
	o     *Office
	conn  *smtp.Conn
	auth  string // the address of the user who logged in
	from  string
	paths []string
	users []*account // each recipient mailbox once
	lever lever      // the fault meant for the letter at hand
}

// AuthMechanisms implements smtp.AuthSession.
func (c *carrier) AuthMechanisms() []string { return []string{sasl.Plain, sasl.Login} }

// Auth implements smtp.AuthSession.
func (c *carrier) Auth(mech string) (sasl.Server, error) {
	check := func(name, password string) error {
		u := c.o.login(name, password)
		if u == nil {
			return smtp.ErrAuthFailed
		}
		c.auth = u.addr
		return nil
	}
	if mech == sasl.Login {
		return &loginServer{check: check}, nil
	}
	return sasl.NewPlainServer(func(_, name, password string) error { return check(name, password) }), nil
}

// Mail implements smtp.Session.
func (c *carrier) Mail(from string, _ *smtp.MailOptions) error {
	home := c.o.opt.Home != "" && strings.HasSuffix(strings.ToLower(from), "@"+strings.ToLower(c.o.opt.Home))
	if c.auth == "" && (!c.o.opt.Outside || home) {
		return &smtp.SMTPError{Code: 530, EnhancedCode: smtp.EnhancedCode{5, 7, 0}, Message: "Authentication required"}
	}
	c.from = from
	if c.auth != "" {
		c.o.mu.Lock()
		if len(c.o.levers) > 0 {
			c.lever, c.o.levers = c.o.levers[0], c.o.levers[1:]
		}
		c.o.mu.Unlock()
	}
	return nil
}

// Rcpt implements smtp.Session.
func (c *carrier) Rcpt(to string, _ *smtp.RcptOptions) error {
	if c.lever.kind == "before" {
		return c.conn.Conn().Close()
	}
	u := c.o.user(to)
	if u == nil {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "<" + to + ">: no such user here"}
	}
	c.paths = append(c.paths, to)
	for _, v := range c.users {
		if v == u {
			return nil
		}
	}
	c.users = append(c.users, u)
	return nil
}

// Data implements smtp.Session.
func (c *carrier) Data(r io.Reader) error {
	if c.lever.kind == "in" {
		return c.conn.Conn().Close()
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if c.lever.kind == "refuse" {
		return &smtp.SMTPError{Code: c.lever.code, EnhancedCode: smtp.EnhancedCode{c.lever.code / 100, 0, 0}, Message: c.lever.text}
	}
	if err := c.deliver(raw); err != nil {
		return err
	}
	if c.lever.kind == "after" {
		c.conn.Conn().Close()
	}
	return nil
}

// deliver records the message and puts it into every mailbox, with the trace
// lines of a final delivery (RFC 5321 §4.4).
func (c *carrier) deliver(raw []byte) error {
	at := c.o.opt.Clock()
	c.o.mu.Lock()
	c.o.accepted = append(c.o.accepted, Accepted{From: c.from, To: c.paths, Auth: c.auth, Raw: raw, At: at})
	n := len(c.o.accepted)
	c.o.mu.Unlock()
	with, rcpt := "ESMTP", ""
	if c.auth != "" {
		with = "ESMTPA"
	}
	if len(c.paths) == 1 {
		rcpt = " for <" + c.paths[0] + ">"
	}
	trace := fmt.Sprintf("Return-Path: <%s>\r\nReceived: from %s by %s with %s id %08d%s;\r\n\t%s\r\n",
		c.from, c.conn.Hostname(), c.o.opt.Name, with, n, rcpt, at.Format("Mon, 2 Jan 2006 15:04:05 -0700"))
	whole := append([]byte(trace), raw...)
	for _, u := range c.users {
		if _, err := u.put("INBOX", whole, at, nil); err != nil {
			return err
		}
	}
	if c.auth == "" || !c.o.opt.FileSent {
		return nil
	}
	return c.o.Append(c.auth, "Sent", raw, at)
}

// Reset implements smtp.Session.
func (c *carrier) Reset() { c.from, c.paths, c.users, c.lever = "", nil, nil, lever{} }

// Logout implements smtp.Session.
func (c *carrier) Logout() error { return nil }
