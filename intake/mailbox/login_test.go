package mailbox

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// What servers say to a login, and what it means.
func TestLoginRefused(t *testing.T) {
	for _, c := range []struct {
		says string // without the tag; "BYE …" is untagged and hangs up
		want error
	}{
		{"NO [AUTHENTICATIONFAILED] Authentication failed.", ErrLogin}, // Dovecot
		{"NO Login failed: authentication failure", ErrLogin},          // Cyrus
		{"NO LOGIN Login error or password error", ErrLogin},           // NetEase
		{"NO ERR.LOGIN.PASSERR", ErrLogin},                             // Coremail
		{"NO [ALERT] Please log in via your web browser", ErrLogin},    // Gmail
		{"NO \xb5\xc7\xc2\xbc\xca\xa7\xb0\xdc", ErrLogin},              // GBK
		{"BAD command not allowed", ErrLogin},                          // in doubt
		{"NO Login fail. Account is abnormal, service is not open, password is incorrect, login frequency limited, or system is busy", ErrLogin}, // QQ: all in one
		{"BYE Too many invalid login attempts", ErrLogin},
		{"NO [UNAVAILABLE] Temporary authentication failure", ErrNetwork},
		{"NO [INUSE] mailbox locked", ErrNetwork},
		{"NO Server busy, try again later", ErrNetwork},
		{"NO 系统繁忙，请稍后再试", ErrNetwork},
		{"BYE server shutting down", ErrNetwork},
		{"BYE", ErrNetwork},
	} {
		t.Run(c.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := odd{answer: func(w net.Conn, tag, cmd string) bool {
					if !strings.HasPrefix(cmd, "LOGIN") {
						return false
					}
					if strings.HasPrefix(c.says, "BYE") {
						fmt.Fprintf(w, "* %s\r\n", c.says)
						w.Close()
					} else {
						fmt.Fprintf(w, "%s %s\r\n", tag, c.says)
					}
					return true
				}}
				_, err := open(t, server.settings(t)).Scan(t.Context(), "INBOX", nil, nil)
				if !errors.Is(err, c.want) || errors.Is(err, ErrLogin) != (c.want == ErrLogin) || strings.Contains(err.Error(), secret) {
					t.Errorf("%v, want %v", err, c.want)
				}
			})
		})
	}
}

// After a refused login the server is left alone for ten minutes, then asked
// once, then never again; a login that succeeds forgets it all.
func TestLockout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		refuse := true
		server := odd{answer: func(w net.Conn, tag, cmd string) bool {
			if refuse && strings.HasPrefix(cmd, "LOGIN") {
				fmt.Fprintf(w, "%s NO no\r\n", tag)
				return true
			}
			return false
		}}
		set := server.settings(t)
		b := open(t, set)
		try := func(what string, dials int, want error) {
			t.Helper()
			_, err := b.Find(t.Context(), "INBOX", "<a@b>")
			if n, _ := server.heard(); !errors.Is(err, want) || n != dials {
				t.Errorf("%s: %v after %d connections, want %v after %d", what, err, n, want, dials)
			}
		}
		try("first", 1, ErrLogin)
		try("at once", 1, ErrLogin)
		time.Sleep(10*time.Minute - 1)
		try("too early", 1, ErrLogin)
		time.Sleep(1)
		try("after ten minutes", 2, ErrLogin)
		time.Sleep(24 * time.Hour)
		try("a day later", 2, ErrLogin)

		b = open(t, set)
		try("a new Box", 3, ErrLogin)
		refuse = false
		time.Sleep(10 * time.Minute)
		try("the password is right again", 4, nil)
	})
}

// XOAUTH2 and PLAIN as they go over the line.
func TestMechanisms(t *testing.T) {
	for auth, want := range map[string]string{
		"plain":   "AUTHENTICATE PLAIN AGRpYW5zaGFuZ2NodUBnZC5leGFtcGxlAHNlY3JldA==",
		"login":   `LOGIN "dianshangchu@gd.example" "secret"`,
		"xoauth2": "AUTHENTICATE XOAUTH2 dXNlcj1kaWFuc2hhbmdjaHVAZ2QuZXhhbXBsZQFhdXRoPUJlYXJlciBzZWNyZXQBAQ==",
	} {
		synctest.Test(t, func(t *testing.T) {
			server := odd{caps: "IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR"}
			set := server.settings(t)
			set.Auth = auth
			if _, err := open(t, set).Find(t.Context(), "INBOX", "a@b"); err != nil {
				t.Errorf("%s: %v", auth, err)
			}
			if _, log := server.heard(); log[0] != want {
				t.Errorf("%s: %s, want %s", auth, log[0], want)
			}
		})
	}
	synctest.Test(t, func(t *testing.T) { // refused with a challenge
		server := odd{caps: "IMAP4rev1 AUTH=XOAUTH2 SASL-IR", answer: func(w net.Conn, tag, cmd string) bool {
			if strings.HasPrefix(cmd, "AUTHENTICATE") {
				fmt.Fprint(w, "+ eyJzdGF0dXMiOiI0MDAifQ==\r\n")
				return true
			}
			if cmd == "" { // the empty answer
				fmt.Fprintf(w, "T1 NO AUTHENTICATE failed\r\n")
				return true
			}
			return false
		}}
		set := server.settings(t)
		set.Auth = "xoauth2"
		if _, err := open(t, set).Find(t.Context(), "INBOX", "a@b"); !errors.Is(err, ErrLogin) {
			t.Errorf("xoauth2 refused: %v", err)
		}
	})
}

// Settings that cannot work are told without a connection to misuse.
func TestBadSettings(t *testing.T) {
	for _, c := range []struct {
		addr, tls, want string
	}{
		{"mail.gd.example:143", "none", "loopback only"},
		{"203.0.113.1:143", "none", "loopback only"},
		{"localhost:143", "ssl", "is not tls"},
	} {
		set := settings(c.addr)
		set.TLS = c.tls
		here, there := net.Pipe()
		there.Close()
		set.Dial = counterfeit(here)
		if _, err := open(t, set).Find(t.Context(), "INBOX", "a@b"); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	set := settings("localhost:1")
	asked := errors.New("no such file")
	synctest.Test(t, func(t *testing.T) {
		server := odd{}
		set = server.settings(t)
		set.Password = func() (string, error) { return "", asked }
		if _, err := open(t, set).Find(t.Context(), "INBOX", "a@b"); !errors.Is(err, asked) || errors.Is(err, ErrLogin) {
			t.Errorf("password: %v", err)
		}
	})
}
