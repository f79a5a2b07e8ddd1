package mailbox

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	"anli/intake/mailbox/postoffice"
)

// counterfeit dials a given connection that claims to be TCP.
func counterfeit(c net.Conn) func(context.Context, string, string) (net.Conn, error) {
	return func(context.Context, string, string) (net.Conn, error) { return tcpClaim{c}, nil }
}

type tcpClaim struct{ net.Conn }

func (tcpClaim) RemoteAddr() net.Addr { return &net.TCPAddr{} }

// certificate makes one for 127.0.0.1 and the pool that trusts it.
func certificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tmpl := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(cert)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

// TLS from the first byte, with verification.
func TestTLS(t *testing.T) {
	cert, pool := certificate(t)
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{cert}})
	if err != nil {
		t.Fatal(err)
	}
	o, err := postoffice.Start(postoffice.Options{IMAPListener: l, Password: secret})
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	o.AddUser(user)
	set := settings(o.IMAPAddr())
	set.TLS, set.Config = "tls", &tls.Config{RootCAs: pool}
	if _, err := open(t, set).Find(limit(t), "INBOX", "a@b"); err != nil {
		t.Error(err)
	}
	set.Config = nil
	if _, err := open(t, set).Find(limit(t), "INBOX", "a@b"); !errors.Is(err, ErrNetwork) || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("unknown issuer: %v", err)
	}
	set.Config = &tls.Config{RootCAs: pool, ServerName: "mail.gd.example"}
	if _, err := open(t, set).Find(limit(t), "INBOX", "a@b"); !errors.Is(err, ErrNetwork) {
		t.Errorf("wrong name: %v", err)
	}
}

// STARTTLS: what stands in the clear is not trusted.
func TestStartTLS(t *testing.T) {
	cert, pool := certificate(t)
	for _, c := range []struct {
		why, greeting, answer string
		want                  string // in the error; "": it works
	}{
		{"as it should be", "* OK hello", "* OK noise\r\nS0 OK go\r\n", ""},
		{"refused", "* OK hello", "S0 BAD what\r\n", "refused"},
		{"already logged in, in the clear", "* PREAUTH hello", "S0 OK go\r\n", "greeting"},
		{"answers injected before TLS", "* OK hello", "S0 OK go\r\n* 1 EXISTS\r\n", "in the clear"},
		{"BYE", "* BYE full", "", "greeting"},
	} {
		t.Run(c.why, func(t *testing.T) {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			go func() {
				conn, err := l.Accept()
				if err != nil {
					return
				}
				defer conn.Close()
				fmt.Fprintf(conn, "%s\r\n", c.greeting)
				if line, err := bufio.NewReader(conn).ReadString('\n'); err != nil || line != "S0 STARTTLS\r\n" {
					return
				}
				fmt.Fprint(conn, c.answer)
				secured := tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{cert}})
				(&odd{greeting: "\r\n"}).serve(secured) // no second greeting: mend drops the blank line
			}()
			set := settings(l.Addr().String())
			set.TLS, set.Config = "starttls", &tls.Config{RootCAs: pool}
			b := open(t, set)
			_, err = b.Find(limit(t), "INBOX", "a@b")
			if c.want == "" && err != nil || c.want != "" && (!errors.Is(err, ErrNetwork) || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}
