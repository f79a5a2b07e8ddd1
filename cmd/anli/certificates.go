package main

import (
	"crypto/tls"
	"fmt"
	"sync"
	"time"

	"anli/intake"
	"anli/templates"
)

// soonExpired is how long before a server's certificate ends staff are warned: time
// enough for a new one in an office that has to ask for it.
const soonExpired = 21 * 24 * time.Hour

// certificates keeps when the certificates of the mail servers end, as the daemon
// meets them on its own connections: nothing is dialled to learn it. Its methods
// may be called by several goroutines.
type certificates struct {
	mu   sync.Mutex
	ends map[string]time.Time // server name → end of the certificate it showed last
}

// watch gives the same settings of TLS, and notes each server's certificate.
func (c *certificates) watch(config *tls.Config) *tls.Config {
	if config == nil {
		config = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	config = config.Clone()
	config.VerifyConnection = func(s tls.ConnectionState) error { // called after the usual verification (crypto/tls)
		if len(s.PeerCertificates) > 0 {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.ends[s.ServerName] = s.PeerCertificates[0].NotAfter
		}
		return nil
	}
	return config
}

// vital tells the certificate that ends first; false where no server showed one.
func (c *certificates) vital(now time.Time) (templates.Vital, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var name string
	var end time.Time
	for n, t := range c.ends {
		if name == "" || t.Before(end) || t.Equal(end) && n < name {
			name, end = n, t
		}
	}
	v := templates.Vital{Name: "服务器证书", Value: fmt.Sprintf("%s的证书%s到期", name, end.In(intake.Zone()).Format("2006年1月2日")), Wrong: end.Sub(now) < soonExpired}
	return v, name != ""
}
