package outbox

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"math/big"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// How the post office of a test answers one letter.
type answer string

const (
	ok           answer = "250"
	rcpt451      answer = "451 at RCPT"
	rcpt550      answer = "550 at RCPT"
	mail553      answer = "553 at MAIL"
	mail421      answer = "421 at MAIL"
	data554      answer = "554 after the dot"
	data421      answer = "421 after the dot"
	cutBeforeDot answer = "closed before the dot"
	muteAfterDot answer = "closed after the dot"
	lostReply    answer = "accepted, closed without a reply"
	closeAfter   answer = "closed after 250"
	stallData    answer = "silent after the dot"
	pauseInData  answer = "reads on after the client gave up"
)

type delivered struct{ from, to, raw string }

// post is an SMTP server in process, over pipes, that answers as told.
type post struct {
	t       *testing.T
	mu      sync.Mutex
	answers []answer // one a letter, by MAIL; the last one goes on
	mails   int
	conns   int
	logins  int
	got     []delivered // what the server is answerable for
	auth    error       // answer to a login
	away    bool        // no connection at all
	pipes   chan net.Conn
	once    sync.Once
	release chan struct{}
}

func newPost(t *testing.T, tlsConfig *tls.Config, answers ...answer) *post {
	p := &post{t: t, answers: answers, pipes: make(chan net.Conn), release: make(chan struct{})}
	s := smtp.NewServer(p)
	s.Domain, s.AllowInsecureAuth, s.TLSConfig = "post.test", true, tlsConfig
	s.ErrorLog = quiet{}
	s.EnableSMTPUTF8 = true
	done := make(chan struct{})
	go func() { s.Serve(p); close(done) }()
	t.Cleanup(func() { close(p.release); s.Close(); p.Close(); <-done })
	return p
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// post is its own listener.
func (p *post) Accept() (net.Conn, error) {
	c, ok := <-p.pipes
	if !ok {
		return nil, net.ErrClosed
	}
	return c, nil
}

func (p *post) Close() error {
	p.once.Do(func() { close(p.pipes) })
	return nil
}
func (p *post) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 25} }

func (p *post) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	p.mu.Lock()
	away := p.away
	p.conns++
	p.mu.Unlock()
	if away {
		return nil, errors.New("connection refused")
	}
	here, there := net.Pipe()
	select {
	case p.pipes <- there:
		return here, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *post) sender() *Sender {
	return &Sender{Address: "127.0.0.1:25", TLS: TLSNone, HELO: "anli.test", Dial: p.dial}
}

func (p *post) set(answers ...answer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answers, p.mails = answers, 0
}

func (p *post) letters() []delivered {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]delivered(nil), p.got...)
}

func (p *post) NewSession(c *smtp.Conn) (smtp.Session, error) { return &desk{p: p, c: c}, nil }

type desk struct {
	p        *post
	c        *smtp.Conn
	does     answer
	from, to string
	hangUp   bool
}

func (d *desk) AuthMechanisms() []string { return []string{sasl.Plain, sasl.Login, "XOAUTH2"} }
func (d *desk) Auth(mech string) (sasl.Server, error) {
	check := func(user, pass string) error {
		d.p.mu.Lock()
		defer d.p.mu.Unlock()
		d.p.logins++
		if d.p.auth != nil {
			return d.p.auth
		}
		if user != "anli" || pass != "secret" {
			return smtp.ErrAuthFailed
		}
		return nil
	}
	switch mech {
	case sasl.Login:
		return &loginServer{check: check}, nil
	case "XOAUTH2":
		return xoauth2Server(check), nil
	}
	return sasl.NewPlainServer(func(_, u, p string) error { return check(u, p) }), nil
}

type loginServer struct {
	asked []string
	check func(u, p string) error
}

func (l *loginServer) Next(resp []byte) ([]byte, bool, error) {
	if resp != nil {
		l.asked = append(l.asked, string(resp))
	}
	switch len(l.asked) {
	case 0:
		return []byte("Username:"), false, nil
	case 1:
		return []byte("Password:"), false, nil
	}
	return nil, true, l.check(l.asked[0], l.asked[1])
}

type xoauth2Server func(u, p string) error

func (x xoauth2Server) Next(resp []byte) ([]byte, bool, error) {
	if resp == nil {
		return nil, false, nil
	}
	if string(resp) == "user=anli\x01auth=Bearer secret\x01\x01" {
		return nil, true, x("anli", "secret")
	}
	return nil, true, x("", "")
}

func reply(code int) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 7, 1}, Message: "as the test wants"}
}

func (d *desk) Mail(from string, o *smtp.MailOptions) error {
	p := d.p
	p.mu.Lock()
	d.does = ok
	if n := len(p.answers); n > 0 {
		d.does = p.answers[min(p.mails, n-1)]
	}
	p.mails++
	p.mu.Unlock()
	if o.UTF8 {
		p.t.Error("SMTPUTF8 was asked for")
	}
	d.from = from
	switch d.does {
	case mail553:
		return reply(553)
	case mail421:
		return reply(421)
	}
	return nil
}

func (d *desk) Rcpt(to string, _ *smtp.RcptOptions) error {
	d.to = to
	switch d.does {
	case rcpt451:
		return reply(451)
	case rcpt550:
		return reply(550)
	}
	return nil
}

func (d *desk) Data(r io.Reader) error {
	if d.does == cutBeforeDot {
		io.ReadFull(r, make([]byte, 100))
		d.c.Conn().Close()
		return nil
	}
	if d.does == pauseInData {
		io.ReadFull(r, make([]byte, 100))
		time.Sleep(DefaultStall * 3 / 2) // in a bubble
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	switch d.does {
	case data554:
		return reply(554)
	case data421:
		return reply(421)
	case muteAfterDot:
		d.c.Conn().Close()
		return nil
	case stallData:
		<-d.p.release
		return nil
	}
	d.p.mu.Lock()
	d.p.got = append(d.p.got, delivered{d.from, d.to, string(raw)})
	d.p.mu.Unlock()
	if d.does == lostReply {
		d.c.Conn().Close()
	}
	d.hangUp = d.does == closeAfter
	return nil
}

// Reset is called once the reply to the dot is written.
func (d *desk) Reset() {
	if d.hangUp {
		d.c.Conn().Close()
	}
}
func (d *desk) Logout() error { return nil }

// certificate is a self-signed one for 127.0.0.1.
func certificate(t *testing.T) (server *tls.Config, pool *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tmpl := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "post.test"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool = x509.NewCertPool()
	pool.AddCert(cert)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, pool
}
