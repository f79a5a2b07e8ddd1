package outbox

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
)

// sendPiece is how much of a letter is written between two looks at the error.
const sendPiece = 64 << 10

// send runs one mail transaction (RFC 5321 §3.3) on an open session: MAIL, RCPT,
// DATA. step, if not nil, is called before the final dot is written. After any
// result but Accepted the session is of no further use.
func (s *Sender) send(c *session, from, to string, raw []byte, step func(string)) Result {
	if r, ok := s.tooLarge(c, len(raw)); ok {
		return r
	}
	if !plainAddress(from) || !plainAddress(to) {
		return Result{Kind: Refused, Detail: fmt.Sprintf("not sent: %q or %q is not a bare ASCII address", from, to)}
	}
	if err := c.client.Mail("<" + from + ">"); err != nil {
		return mailFailed(err)
	}
	if err := c.client.Rcpt("<" + to + ">"); err != nil {
		return notAccepted("RCPT", err)
	}
	w, err := c.client.Data()
	if err != nil {
		return notAccepted("DATA", err)
	}
	c.inData = true
	for rest := raw; len(rest) > 0; {
		n := min(len(rest), sendPiece)
		if _, err := w.Write(rest[:n]); err != nil {
			return notAccepted("sending", err)
		}
		rest = rest[n:]
	}
	// What is buffered leaves before the dot, so that a connection that is
	// already gone is found out while nothing can have been accepted.
	if err := c.client.Text.W.Flush(); err != nil {
		return notAccepted("sending", err)
	}
	if step != nil {
		step(StepDot)
	}
	return c.finish(w)
}

// finish writes the final dot and reads the reply.
func (c *session) finish(w io.Closer) Result {
	err := w.Close()
	var reply *textproto.Error
	c.inData = err != nil && !errors.As(err, &reply)
	switch {
	case err == nil:
		return Result{Kind: Accepted, Code: 250, Detail: "250"}
	case reply != nil:
		return notAccepted("end of DATA", err)
	case c.conn.cut.Load():
		return notAccepted("sending", err)
	}
	return Result{Kind: Unknown, Detail: "no reply to the final dot: " + err.Error()}
}

// tooLarge spares the upload of what the server, or the setting, will not take.
func (s *Sender) tooLarge(c *session, n int) (Result, bool) {
	limit := s.maxLetter()
	if c.max > 0 {
		limit = min(limit, c.max)
	}
	if int64(n) <= limit {
		return Result{}, false
	}
	return Result{Kind: Refused, Detail: fmt.Sprintf("not sent: the letter has %d bytes, the limit is %d", n, limit)}, true
}

// mailFailed: a permanent refusal of MAIL concerns the sender's address or
// account, hence every letter: failing them all one by one would lose the queue
// to a slip in the settings.
func mailFailed(err error) Result {
	r := notAccepted("MAIL", err)
	if r.Kind == Refused {
		r.Kind, r.Server = AuthFailed, true
	}
	return r
}

// notAccepted classifies an error before the letter can have been accepted.
// Only a reply of 500 to 599 is permanent; a lost connection never is. 421 says
// that the service as a whole is going away (RFC 5321 §3.8).
func notAccepted(at string, err error) Result {
	r := Result{Kind: Later, Detail: at + ": " + err.Error(), at: at}
	var reply *textproto.Error
	if errors.As(err, &reply) {
		r.Code = reply.Code
	}
	switch {
	case authCode(r.Code):
		r.Kind, r.Server = AuthFailed, true
	case r.Code >= 500 && r.Code < 600:
		r.Kind = Refused
	case r.Code == 421:
		r.Server = true
	}
	return r
}

// close hangs up, after a goodbye where that is harmless: inside DATA the client
// would first end the letter with a dot, and half a letter would be accepted.
// What the server answers to QUIT is of no interest: some close the connection as
// soon as they have accepted a letter.
func (c *session) close() {
	if !c.inData {
		c.client.Quit()
	}
	c.conn.Close()
}

// broken tells a lost connection from an answer.
func broken(err error) bool {
	var ne net.Error
	return errors.As(err, &ne) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, net.ErrClosed) || errors.Is(err, io.ErrClosedPipe) || errors.Is(err, context.Canceled)
}

// Finding is one thing that Check looked at.
type Finding struct {
	Good bool
	What string // what was found
	Mend string // what to do about it; "" where Good
}

// Check connects, secures and logs in as a letter would, and sends nothing: for
// `anli doctor`. The last Finding is the one it stopped at.
func (s *Sender) Check(ctx context.Context) []Finding {
	c, r := s.open(ctx)
	if c == nil {
		return []Finding{{What: s.Address + ": " + r.Detail, Mend: mend(r)}}
	}
	defer c.close()
	found := []Finding{{Good: true, What: fmt.Sprintf("%s: connected (TLS %s), logged in (%s)", s.Address, s.TLS, cmp.Or(s.Auth, "no login"))}}
	switch {
	case c.max == 0:
		found = append(found, Finding{Good: true, What: "the server names no limit for a letter"})
	case c.max < s.maxLetter():
		found = append(found, Finding{What: fmt.Sprintf("the server takes letters up to %d bytes, max_letter is %d", c.max, s.maxLetter()),
			Mend: "lower max_letter to what the server takes"})
	default:
		found = append(found, Finding{Good: true, What: fmt.Sprintf("the server takes letters up to %d bytes", c.max)})
	}
	if err := c.client.Noop(); err != nil {
		found = append(found, Finding{What: "NOOP: " + err.Error(), Mend: "try again; if it stays, ask who runs the mail server"})
	}
	return found
}

func mend(r Result) string {
	switch {
	case r.Kind == AuthFailed && r.Code == 0:
		return "correct the settings of the SMTP server"
	case r.Kind == AuthFailed:
		return "check user and password (many providers want an authorisation code in place of the password, and SMTP switched on in the webmail); wait before trying again, repeated failures lock accounts"
	case r.Code != 0:
		return "the server refuses connections for now: try again later, then ask who runs it"
	}
	return "check address, port and TLS mode, the firewall, and that the server's certificate is issued for this name by a known or configured CA"
}
