package outbox

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

var aLetter = []byte("From: anli@gd.example\r\nTo: dsk@foshan.example\r\nSubject: s\r\n\r\n.dot\r\n" + strings.Repeat("line of the letter\r\n", 2000))

func TestSendResults(t *testing.T) {
	tests := []struct {
		answer   answer
		want     Kind
		code     int
		server   bool
		received int
	}{
		{ok, Accepted, 250, false, 1},
		{rcpt451, Later, 451, false, 0},
		{rcpt550, Refused, 550, false, 0},
		{mail553, AuthFailed, 553, true, 0}, // our address, hence every letter
		{mail421, Later, 421, true, 0},
		{data554, Refused, 554, false, 0},
		{data421, Later, 421, true, 0},
		{cutBeforeDot, Later, 0, false, 0},
		{muteAfterDot, Unknown, 0, false, 0},
		{lostReply, Unknown, 0, false, 1}, // which is why it may not be sent again
		{closeAfter, Accepted, 250, false, 1},
	}
	for _, test := range tests {
		t.Run(string(test.answer), func(t *testing.T) {
			p := newPost(t, nil, test.answer)
			r := p.sender().Send(context.Background(), "anli@gd.example", "dsk@foshan.example", aLetter)
			if r.Kind != test.want || r.Code != test.code || r.Server != test.server {
				t.Errorf("got %+v, want %s %d server=%t", r, test.want, test.code, test.server)
			}
			got := p.letters()
			if len(got) != test.received {
				t.Fatalf("the server has %d letters, want %d", len(got), test.received)
			}
			if len(got) == 1 && (got[0].raw != string(aLetter) || got[0].from != "anli@gd.example" || got[0].to != "dsk@foshan.example") {
				t.Errorf("the server has another letter: %.200q", got[0])
			}
		})
	}
}

func TestSendStall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t, nil, stallData)
		s := p.sender()
		begin := time.Now()
		r := s.Send(context.Background(), "anli@gd.example", "dsk@foshan.example", aLetter)
		if r.Kind != Unknown || !strings.Contains(r.Detail, "timeout") {
			t.Errorf("got %+v, want %s by time-out", r, Unknown)
		}
		if d := time.Since(begin); d != DefaultStall {
			t.Errorf("gave up after %s", d)
		}
	})
}

// A server that takes the connection and says nothing.
func TestSendSilentServer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		here, there := net.Pipe()
		defer there.Close()
		s := &Sender{Address: "127.0.0.1:25", TLS: TLSNone, Dial: func(context.Context, string, string) (net.Conn, error) { return here, nil }}
		r := s.Send(context.Background(), "anli@gd.example", "dsk@foshan.example", aLetter)
		if r.Kind != Later || !r.Server {
			t.Errorf("got %+v, want %s", r, Later)
		}
		if _, err := there.Write([]byte("x")); err == nil {
			t.Error("the connection was left open")
		}
	})
}

// The line dies in the middle of a letter and the server reads on later: hanging
// up must not end the letter with a dot.
func TestSendHalfALetter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t, nil, pauseInData)
		r := p.sender().Send(context.Background(), "anli@gd.example", "dsk@foshan.example", bytes.Repeat(aLetter, 10))
		if r.Kind != Later {
			t.Errorf("got %+v, want %s", r, Later)
		}
		time.Sleep(3 * DefaultStall) // in the bubble: until the server has read on
		if n := len(p.letters()); n != 0 {
			t.Error("half a letter was accepted")
		}
	})
}

func TestSendCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t, nil, stallData)
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		begin := time.Now()
		if r := p.sender().Send(ctx, "anli@gd.example", "dsk@foshan.example", aLetter); r.Kind != Unknown {
			t.Errorf("got %+v, want %s", r, Unknown)
		}
		if d := time.Since(begin); d != time.Second {
			t.Errorf("ended after %s", d)
		}
	})
}

// A server that talks for ever does not fill the memory.
func TestSendTalkative(t *testing.T) {
	here, there := net.Pipe()
	go func() {
		line := []byte("220-" + strings.Repeat("x", 1000) + "\r\n")
		for {
			if _, err := there.Write(line); err != nil {
				return
			}
		}
	}()
	s := &Sender{Address: "127.0.0.1:25", TLS: TLSNone, Dial: func(context.Context, string, string) (net.Conn, error) { return here, nil }}
	if r := s.Send(context.Background(), "a@gd.example", "b@foshan.example", aLetter); r.Kind != Later || !r.Server {
		t.Errorf("got %+v", r)
	}
}

func TestLogin(t *testing.T) {
	secret := func() (string, error) { return "secret", nil }
	wrong := func() (string, error) { return "wrong", nil }
	for _, test := range []struct {
		name     string
		auth     string
		password func() (string, error)
		answer   error
		want     Kind
	}{
		{"plain", AuthPlain, secret, nil, Accepted},
		{"login", AuthLogin, secret, nil, Accepted},
		{"xoauth2", AuthXOAuth2, secret, nil, Accepted},
		{"plain 535", AuthPlain, wrong, nil, AuthFailed},
		{"login 535", AuthLogin, wrong, nil, AuthFailed},
		{"xoauth2 535", AuthXOAuth2, wrong, nil, AuthFailed},
		{"busy 454", AuthPlain, secret, reply(454), Later},
		{"QQ throttles with 535", AuthLogin, secret, reply(535), AuthFailed},
		{"no password", AuthPlain, nil, nil, AuthFailed},
		{"password file gone", AuthPlain, func() (string, error) { return "", errors.New("no such file") }, nil, AuthFailed},
		{"unknown mechanism", "kerberos", secret, nil, AuthFailed},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := newPost(t, nil)
			p.auth = test.answer
			s := p.sender()
			s.Auth, s.User, s.Password = test.auth, "anli", test.password
			r := s.Send(context.Background(), "anli@gd.example", "dsk@foshan.example", aLetter)
			if r.Kind != test.want {
				t.Errorf("got %+v, want %s", r, test.want)
			}
			if strings.Contains(r.Detail, "secret") || strings.Contains(r.Detail, "wrong") {
				t.Errorf("the password stands in %q", r.Detail)
			}
			if test.want != Accepted && !r.Server {
				t.Error("other letters would fare no better, which is not said")
			}
			if f := s.Check(context.Background()); f[0].Good != (test.want == Accepted) || !f[0].Good && f[0].Mend == "" {
				t.Errorf("doctor says %+v", f)
			}
		})
	}
}

// socket makes the post reachable by TCP, because two ends of a pipe that both
// write an alert wait for one another; wrap is nil or TLS from the first byte.
func socket(t *testing.T, p *post, wrap *tls.Config) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			if wrap != nil {
				c = tls.Server(c, wrap)
			}
			p.pipes <- c
		}
	}()
	t.Cleanup(func() { l.Close() })
	return l.Addr().String()
}

func TestTLS(t *testing.T) {
	server, pool := certificate(t)
	secret := func() (string, error) { return "secret", nil }
	for _, test := range []struct {
		name   string
		mode   string
		config *tls.Config
		offer  bool
		want   Kind
	}{
		{"starttls", TLSStart, &tls.Config{RootCAs: pool}, true, Accepted},
		{"tls", TLSImplicit, &tls.Config{RootCAs: pool}, false, Accepted},
		{"starttls not offered", TLSStart, &tls.Config{RootCAs: pool}, false, Later},
		{"starttls unknown CA", TLSStart, nil, true, Later},
		{"tls unknown CA", TLSImplicit, nil, false, Later},
	} {
		t.Run(test.name, func(t *testing.T) {
			var offered, wrap *tls.Config
			if test.offer {
				offered = server
			}
			if test.mode == TLSImplicit {
				wrap = server
			}
			p := newPost(t, offered)
			s := p.sender()
			s.Address, s.Dial = socket(t, p, wrap), nil
			s.TLS, s.TLSConfig, s.Auth, s.User, s.Password = test.mode, test.config, AuthPlain, "anli", secret
			r := s.Send(context.Background(), "anli@gd.example", "dsk@foshan.example", aLetter)
			if r.Kind != test.want {
				t.Errorf("got %+v, want %s", r, test.want)
			}
			if test.want != Accepted && p.logins > 0 {
				t.Error("it logged in without TLS")
			}
		})
	}
}

func TestNoTLSOnlyOnLoopback(t *testing.T) {
	for address, want := range map[string]bool{"127.0.0.1:25": true, "[::1]:25": true, "localhost:25": true,
		"10.0.0.1:25": false, "mail.gd.example:25": false, "127.0.0.1.evil.example:25": false, "127.0.0.1": false, "127.0.0.1:smtp": false} {
		_, _, err := (&Sender{Address: address, TLS: TLSNone}).endpoint()
		if (err == nil) != want {
			t.Errorf("%s: %v, want allowed=%t", address, err, want)
		}
	}
	if _, _, err := (&Sender{Address: "127.0.0.1:25", TLS: ""}).endpoint(); err == nil {
		t.Error("a sender without a TLS mode was accepted")
	}
}

func TestTooLarge(t *testing.T) {
	p := newPost(t, nil)
	s := p.sender()
	s.MaxLetter = 1000
	if r := s.Send(context.Background(), "anli@gd.example", "dsk@foshan.example", aLetter); r.Kind != Refused || !strings.Contains(r.Detail, "1000") {
		t.Errorf("got %+v", r)
	}
	if n := len(p.letters()); n != 0 {
		t.Errorf("%d letters arrived", n)
	}
}

func TestBadAddresses(t *testing.T) {
	p := newPost(t, nil)
	for _, to := range []string{"", "a@b.example>\r\nRCPT TO:<c@d.example", "张三@foshan.example", "a b@c.example"} {
		if r := p.sender().Send(context.Background(), "anli@gd.example", to, aLetter); r.Kind != Refused {
			t.Errorf("%q: got %+v", to, r)
		}
	}
	if n := len(p.letters()); n != 0 {
		t.Errorf("%d letters arrived", n)
	}
}

func TestCheck(t *testing.T) {
	p := newPost(t, nil)
	for _, f := range p.sender().Check(context.Background()) {
		if !f.Good {
			t.Errorf("not good: %+v", f)
		}
	}
	p.away = true
	if f := p.sender().Check(context.Background()); len(f) != 1 || f[0].Good || f[0].Mend == "" {
		t.Errorf("away: %+v", f)
	}
}
