package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestBackupVital(t *testing.T) {
	now := time.Date(2024, 10, 14, 8, 30, 0, 0, time.Local)
	for _, x := range []struct {
		name  string
		made  []string
		every time.Duration
		want  string
		wrong bool
	}{
		{"none yet", nil, 24 * time.Hour, "尚无备份", true},
		{"last night", []string{"2024-10-12T020000", "2024-10-13T020000", "not-a-backup"}, 24 * time.Hour, "10月13日", false},
		{"three days ago", []string{"2024-10-11T020000"}, 24 * time.Hour, "10月11日", true},
		{"switched off", nil, 0, "未设定时备份", false},
	} {
		dir := t.TempDir()
		for _, name := range x.made {
			if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
				t.Fatal(err)
			}
		}
		v := backupVital(BackupPlan{Dir: dir, Every: x.every}, now)
		if !strings.HasPrefix(v.Value, x.want) || v.Wrong != x.wrong {
			t.Errorf("%s: %+v", x.name, v)
		}
	}
	if v := diskVital(t.TempDir()); !strings.HasPrefix(v.Value, "剩余") {
		t.Errorf("disk: %+v", v)
	}
}

func TestCertificateVital(t *testing.T) {
	now := time.Date(2024, 10, 14, 8, 30, 0, 0, time.UTC)
	seen := &certificates{ends: map[string]time.Time{}}
	if _, ok := seen.vital(now); ok {
		t.Error("a certificate is told before a server showed one")
	}
	for _, server := range []struct {
		name string
		days int
	}{{"imap.gd.example", 90}, {"smtp.gd.example", 10}, {"imap.gd.example", 400}} { // renewed meanwhile
		shake(t, seen, server.name, now, now.AddDate(0, 0, server.days))
	}
	v, ok := seen.vital(now)
	if want := "smtp.gd.example的证书2024年10月24日到期"; !ok || v.Value != want || !v.Wrong {
		t.Errorf("ten days before the end: %+v, want %s", v, want)
	}
	shake(t, seen, "smtp.gd.example", now, now.AddDate(1, 0, 0))
	if v, _ := seen.vital(now); v.Value != "smtp.gd.example的证书2025年10月14日到期" || v.Wrong {
		t.Errorf("a year before the end: %+v", v)
	}
}

// shake is one TLS connection to a server whose certificate ends then.
func shake(t *testing.T, seen *certificates, name string, now, end time.Time) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	cert := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{name}, NotBefore: now.AddDate(0, -1, 0), NotAfter: end, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, cert, cert, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	if cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(cert)
	config := seen.watch(&tls.Config{ServerName: name, RootCAs: roots, Time: func() time.Time { return now }})
	here, there := net.Pipe()
	defer here.Close()
	go tls.Server(there, &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}).Handshake()
	if err := tls.Client(here, config).Handshake(); err != nil {
		t.Fatal(err)
	}
}
