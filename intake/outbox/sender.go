package outbox

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// How a connection is secured (Sender.TLS).
const (
	TLSImplicit = "tls"      // from the first byte, port 465 (RFC 8314)
	TLSStart    = "starttls" // by STARTTLS, which must be offered (RFC 3207)
	TLSNone     = "none"     // not at all; only to a loopback address
)

// How the sender logs in (Sender.Auth).
const (
	AuthNone    = ""
	AuthPlain   = "plain"
	AuthLogin   = "login"
	AuthXOAuth2 = "xoauth2" // Password is the bearer token
)

// MaxLetter is the greatest letter that is sent by default, in bytes.
const MaxLetter = 20 << 20

// DefaultStall is how long one read or write may take without progress. RFC 5321
// §4.5.3.2 asks for minutes; the greatest of them, the reply to the final dot, is
// ten, and filters of Chinese providers do take minutes there.
const DefaultStall = 5 * time.Minute

// Sender hands one letter to one SMTP server. It keeps nothing between letters
// and decides nothing: what a Result means for a letter is Outbox's business.
type Sender struct {
	Address   string                 // host:port
	TLS       string                 // TLSImplicit, TLSStart or TLSNone
	TLSConfig *tls.Config            // own CA, minimum version; nil for Go's defaults from TLS 1.2
	User      string                 // login name
	Password  func() (string, error) // read anew at each login; never logged
	Auth      string                 // AuthNone, AuthPlain, AuthLogin or AuthXOAuth2
	HELO      string                 // the name this machine gives itself; "" is "localhost"
	Stall     time.Duration          // longest time without progress; 0 is DefaultStall
	MaxLetter int64                  // bytes; 0 is MaxLetter
	// Dial opens the plain connection; nil is the system's dialler.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// Kind says what became of one attempt.
type Kind string

const (
	Accepted   Kind = "accepted"    // the server answered the final dot with 250
	Refused    Kind = "refused"     // a permanent refusal (5xx) of this letter
	Later      Kind = "later"       // certainly not accepted, may be later: 4xx, or broken before the final dot
	Unknown    Kind = "unknown"     // the dot was written and no reply came: accepted or not
	AuthFailed Kind = "auth-failed" // the server refuses us, not the letter: stop the queue and tell a person
)

// Result is the end of one attempt. Only Unknown leaves open whether the letter
// was accepted.
type Result struct {
	Kind   Kind
	Code   int    // the SMTP reply, 0 if there was none
	Detail string // for people: the reply or what broke, and at which step
	Server bool   // it concerns the server (away, overloaded): other letters would fare no better
	at     string // the step of SMTP that failed
}

// session is one open and logged-in connection.
type session struct {
	client *smtp.Client
	conn   *guarded
	inData bool  // DATA is open: anything but hanging up would end the letter
	max    int64 // bytes a letter may have, by the server's SIZE (RFC 1870); 0 is no limit
}

// Send dials, logs in, sends raw to one recipient and hangs up.
func (s *Sender) Send(ctx context.Context, from, to string, raw []byte) Result {
	c, r := s.open(ctx)
	if c == nil {
		return r
	}
	defer c.close()
	return s.send(c, from, to, raw, nil)
}

// open dials and logs in. Without a session the Result says why.
func (s *Sender) open(ctx context.Context) (*session, Result) {
	var conn *guarded
	client, err := s.client(ctx, &conn)
	if err != nil {
		return nil, Result{Kind: AuthFailed, Detail: "settings: " + err.Error(), Server: true}
	}
	sc, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		if conn != nil { // go-mail leaves a connection open when a later step fails
			conn.Close()
		}
		return nil, openFailed(err)
	}
	c := &session{client: sc, conn: conn}
	if ok, size := sc.Extension("SIZE"); ok {
		c.max, _ = strconv.ParseInt(strings.TrimSpace(size), 10, 64)
	}
	return c, Result{}
}

// client makes go-mail's client from the settings; conn receives the guarded
// connection that it dials.
func (s *Sender) client(ctx context.Context, conn **guarded) (*gomail.Client, error) {
	host, port, err := s.endpoint()
	if err != nil {
		return nil, err
	}
	opts := []gomail.Option{
		gomail.WithPort(port), gomail.WithTimeout(s.stall()), gomail.WithoutSMTPUTF8(),
		gomail.WithHELO(cmp.Or(s.HELO, "localhost")), gomail.WithTLSConfig(s.tlsConfig(host)),
		gomail.WithDialContextFunc(s.dialler(ctx, host, conn)),
	}
	switch s.TLS {
	case TLSImplicit:
		opts = append(opts, gomail.WithSSL())
	case TLSStart:
		opts = append(opts, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case TLSNone:
		opts = append(opts, gomail.WithTLSPolicy(gomail.NoTLS))
	}
	auth, err := s.login(host)
	if err != nil {
		return nil, err
	}
	if auth != nil {
		opts = append(opts, gomail.WithSMTPAuthCustom(auth))
	}
	return gomail.NewClient(host, opts...)
}

// endpoint checks and splits the address.
func (s *Sender) endpoint() (host string, port int, err error) {
	host, p, err := net.SplitHostPort(s.Address)
	if err != nil {
		return "", 0, err
	}
	if port, err = strconv.Atoi(p); err != nil {
		return "", 0, fmt.Errorf("port %q of %s is not a number", p, s.Address)
	}
	switch s.TLS {
	case TLSImplicit, TLSStart:
	case TLSNone:
		if ip, err := netip.ParseAddr(host); host != "localhost" && (err != nil || !ip.IsLoopback()) {
			return "", 0, fmt.Errorf("%s is not a loopback address: TLS %q is not allowed there", host, s.TLS)
		}
	default:
		return "", 0, fmt.Errorf("TLS %q is none of %q, %q, %q", s.TLS, TLSImplicit, TLSStart, TLSNone)
	}
	return host, port, nil
}

// login chooses the mechanism. Without TLS the connection is loopback (endpoint),
// so that no mechanism here can show a password to the network.
func (s *Sender) login(host string) (smtp.Auth, error) {
	if s.Auth == AuthNone {
		return nil, nil
	}
	if s.Password == nil {
		return nil, errors.New("no password is configured")
	}
	pass, err := s.Password()
	if err != nil {
		return nil, fmt.Errorf("password: %w", err)
	}
	switch s.Auth {
	case AuthPlain:
		return smtp.PlainAuth("", s.User, pass, host, s.TLS == TLSNone), nil
	case AuthLogin:
		return smtp.LoginAuth(s.User, pass, host, s.TLS == TLSNone), nil
	case AuthXOAuth2:
		return smtp.XOAuth2Auth(s.User, pass), nil
	}
	return nil, fmt.Errorf("auth %q is none of %q, %q, %q", s.Auth, AuthPlain, AuthLogin, AuthXOAuth2)
}

// dialler opens the connection, guards it and, for TLSImplicit, secures it:
// go-mail leaves that to a dialler of one's own.
func (s *Sender) dialler(ctx context.Context, host string, conn **guarded) gomail.DialContextFunc {
	return func(dialCtx context.Context, network, address string) (net.Conn, error) {
		dial := s.Dial
		if dial == nil {
			dial = new(net.Dialer).DialContext
		}
		raw, err := dial(dialCtx, network, address)
		if err != nil {
			return nil, err
		}
		*conn = guard(ctx, raw, s.stall()) // not dialCtx, which ends once go-mail has its client
		if s.TLS != TLSImplicit {
			return *conn, nil
		}
		t := tls.Client(*conn, s.tlsConfig(host))
		if err := t.HandshakeContext(dialCtx); err != nil {
			return nil, err
		}
		return t, nil
	}
}

func (s *Sender) tlsConfig(host string) *tls.Config {
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	if s.TLSConfig != nil {
		c = s.TLSConfig.Clone()
	}
	if c.ServerName == "" {
		c.ServerName = host
	}
	return c
}

func (s *Sender) stall() time.Duration {
	if s.Stall > 0 {
		return s.Stall
	}
	return DefaultStall
}

func (s *Sender) maxLetter() int64 {
	if s.MaxLetter > 0 {
		return s.MaxLetter
	}
	return MaxLetter
}

// openFailed classifies what went wrong before MAIL. A login that is refused, or
// impossible, is AuthFailed; everything else is the server's state.
func openFailed(err error) Result {
	r := Result{Kind: Later, Detail: "connecting: " + err.Error(), Server: true}
	var reply *textproto.Error
	if errors.As(err, &reply) {
		r.Code = reply.Code
	}
	if strings.Contains(err.Error(), "SMTP AUTH") && (r.Code == 0 || r.Code >= 500) && !broken(err) || authCode(r.Code) {
		r.Kind = AuthFailed
	}
	return r
}

// authCode: replies that say that we are not logged in or must not send
// (RFC 4954 §6).
func authCode(code int) bool { return code == 530 || code == 534 || code == 535 || code == 538 }
