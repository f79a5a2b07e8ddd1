package mailbox

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"regexp"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-sasl"
)

// open dials, encrypts, logs in and introduces us. When ctx ends on the way,
// the connection is cut.
func (b *Box) open(ctx context.Context) (*session, error) {
	s, err := b.connect(ctx)
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, s.cut)
	defer stop()
	if err = b.login(s); err == nil && s.c.Caps().Has(imap.CapID) {
		err = s.introduce()
	}
	if err != nil {
		s.close()
		return nil, err
	}
	b.set.Log.Debug("mailbox: connected", "address", b.set.Address)
	return s, nil
}

// connect returns a connection that has had its greeting.
func (b *Box) connect(ctx context.Context) (*session, error) {
	raw, err := b.set.Dial(ctx, "tcp", b.set.Address)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNetwork, err)
	}
	stop := context.AfterFunc(ctx, func() { raw.Close() })
	defer stop()
	g := &guard{Conn: raw, stall: b.set.Stall}
	g.arm()
	conn, err := b.secure(ctx, g)
	if err != nil {
		raw.Close()
		return nil, err
	}
	m := newMend(conn)
	if b.set.TLS == "starttls" {
		m.out = []byte("* OK ready\r\n") // the greeting went by before TLS
	}
	s := newSession(m, g, m)
	s.agent = imap.IDData{Name: ascii(b.set.Name), Version: ascii(b.set.Version), Vendor: ascii(b.set.Vendor)}
	if err := s.wait(s.c.WaitGreeting); err != nil {
		s.close()
		return nil, fmt.Errorf("%w: greeting: %w", ErrNetwork, err)
	}
	return s, nil
}

// ascii leaves what ID may carry in quotes: up to 30 octets of a key, kept to
// the same here (RFC 2971 §3.3 allows 1024 for a value).
func ascii(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return -1
		}
		return r
	}, s[:min(len(s), 200)])
}

// secure puts TLS on the line as Settings.TLS says.
func (b *Box) secure(ctx context.Context, g *guard) (net.Conn, error) {
	host, _, err := net.SplitHostPort(b.set.Address)
	if err != nil {
		host = b.set.Address
	}
	switch b.set.TLS {
	case "none":
		ip := net.ParseIP(host)
		if host != "localhost" && (ip == nil || !ip.IsLoopback()) && g.RemoteAddr().Network() != "pipe" {
			return nil, fmt.Errorf("mailbox: tls = none is for loopback only, not for %s", host)
		}
		return g, nil
	case "starttls":
		if err := startTLS(g); err != nil {
			return nil, fmt.Errorf("%w: starttls: %w", ErrNetwork, err)
		}
	case "tls":
	default:
		return nil, fmt.Errorf("mailbox: tls = %q is not tls, starttls or none", b.set.TLS)
	}
	cfg := b.set.Config.Clone()
	if cfg == nil {
		cfg = &tls.Config{}
	}
	if cfg.ServerName == "" {
		cfg.ServerName = host
	}
	conn := tls.Client(g, cfg)
	if err := conn.HandshakeContext(ctx); err != nil {
		return nil, fmt.Errorf("%w: tls: %w", ErrNetwork, err)
	}
	return conn, nil
}

// startTLS speaks the lines before TLS by hand (RFC 3501 §6.2.1), because the
// client must find mend above TLS. What comes behind the OK in the clear is
// an attack (response injection) and refused.
func startTLS(g *guard) error {
	r := bufio.NewReader(g)
	line, err := readLine(r)
	if err != nil {
		return err
	}
	if !strings.HasPrefix(strings.ToUpper(line), "* OK") {
		return fmt.Errorf("greeting: %s", line)
	}
	if _, err := io.WriteString(g, "S0 STARTTLS\r\n"); err != nil {
		return err
	}
	for !strings.HasPrefix(line, "S0 ") {
		if line, err = readLine(r); err != nil {
			return err
		}
	}
	if !strings.HasPrefix(strings.ToUpper(line), "S0 OK") {
		return fmt.Errorf("refused: %s", line)
	}
	if r.Buffered() > 0 {
		return errors.New("data behind STARTTLS in the clear")
	}
	return nil
}

func readLine(r *bufio.Reader) (string, error) {
	line, err := r.ReadSlice('\n') // at most the buffer's 4096 octets
	return strings.TrimRight(string(line), "\r\n"), err
}

// login authenticates. A refusal is ErrLogin; a server that is merely busy is
// ErrNetwork.
func (b *Box) login(s *session) error {
	if s.c.State() == imap.ConnStateAuthenticated {
		return nil // PREAUTH
	}
	password, err := b.set.Password()
	if err != nil {
		return fmt.Errorf("mailbox: password: %w", err)
	}
	err = s.wait(func() error {
		switch {
		case b.set.Auth == "xoauth2":
			return s.c.Authenticate(&xoauth2{b.set.User, password})
		case b.set.Auth == "plain" && s.c.Caps().Has(imap.AuthCap(sasl.Plain)):
			return s.c.Authenticate(sasl.NewPlainClient("", b.set.User, password))
		}
		return s.c.Login(b.set.User, password).Wait()
	})
	return sortLogin(s, err)
}

var (
	reBusy  = regexp.MustCompile(`(?i)too many|try again|try later|busy|unavailable|temporar|频繁|繁忙|稍后`)
	reWrong = regexp.MustCompile(`(?i)fail|invalid|incorrect|denied|password|credential|authenticat|密码|口令|授权|登录名`)
)

// sortLogin tells a refused login from trouble on the line. Many servers give
// no code (Cyrus), some only a BYE; QQ names every cause in one sentence.
// In doubt it is a refusal: knocking on costs the account.
func sortLogin(s *session, err error) error {
	if err == nil {
		return nil
	}
	text, code, refused := "", imap.ResponseCode(""), errors.Is(err, ErrRefused)
	var no *imap.Error
	if errors.As(err, &no) {
		text, code = no.Text, no.Code
	} else if _, bye, _, _ := s.m.said(); bye != "" {
		text, refused = bye, reWrong.MatchString(bye)
	}
	s.dead = true
	if !refused {
		return err
	}
	switch code {
	case imap.ResponseCodeUnavailable, imap.ResponseCodeInUse, imap.ResponseCodeLimit, imap.ResponseCodeServerBug:
		return fmt.Errorf("%w: login: [%s] %s", ErrNetwork, code, text)
	case "":
		if reBusy.MatchString(text) && !reWrong.MatchString(text) {
			return fmt.Errorf("%w: login: %s", ErrNetwork, text)
		}
	}
	return fmt.Errorf("%w: %s", ErrLogin, strings.TrimSpace(string(code)+" "+text))
}

// xoauth2 is the SASL mechanism of Gmail and Outlook; the password is the
// access token.
type xoauth2 struct{ user, token string }

// Start implements sasl.Client.
func (x *xoauth2) Start() (string, []byte, error) {
	return "XOAUTH2", []byte("user=" + x.user + "\x01auth=Bearer " + x.token + "\x01\x01"), nil
}

// Next implements sasl.Client: the challenge is an error in JSON, an empty
// answer brings the NO.
func (x *xoauth2) Next([]byte) ([]byte, error) { return []byte{}, nil }

// lockout keeps a refused account from being knocked at.
type lockout struct {
	refused int // logins refused in a row
	until   time.Time
	reason  error
}

const loginPause = 10 * time.Minute

func (l *lockout) err(now time.Time) error {
	if l.refused > 1 || l.refused == 1 && now.Before(l.until) {
		return l.reason
	}
	return nil
}

func (l *lockout) note(err error, now time.Time) {
	switch {
	case err == nil:
		*l = lockout{}
	case errors.Is(err, ErrLogin):
		*l = lockout{l.refused + 1, now.Add(loginPause), err}
	}
}
