package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"anli/intake"
)

// shared are domains where everybody has an address: enrolled whole, any
// stranger there would be a bureau.
var shared = []string{"qq.com", "vip.qq.com", "foxmail.com", "163.com", "vip.163.com", "126.com", "yeah.net", "139.com", "189.cn", "wo.cn",
	"sina.com", "sina.cn", "sohu.com", "aliyun.com", "21cn.com", "tom.com", "gmail.com", "outlook.com", "hotmail.com", "live.com", "icloud.com", "yahoo.com"}

// checkPeople: an address belongs to one correspondent, and never to the desk. An
// officer may serve several cities: his mails tell for which, or he is asked.
func (c *checker) checkPeople(f fileConfig, s intake.Settings) {
	owner := map[string]string{s.Mailbox.Address: "the desk itself (mailbox.address)"}
	bureaus := map[string]bool{} // owners that are bureaus
	claim := func(key, addr, who string) {
		c.address(key, addr)
		if other := owner[addr]; other != "" && other != who && !(bureaus[other] && bureaus[who]) {
			c.bad(key, "%s: %s belongs to %s and to %s; an address must tell who writes", key, addr, other, who)
		}
		owner[addr] = who
	}
	for i, p := range s.People.Staff {
		key := fmt.Sprintf("staff[%d]", i)
		if p.Name == "" || len(p.Addresses) == 0 || slices.Contains(p.Addresses, "") {
			c.bad(key, "%s needs a name and at least one address", key)
		}
		for _, a := range p.Addresses {
			claim(key+".addresses", a, p.Name)
		}
	}
	for i, b := range s.People.Bureaus {
		key := fmt.Sprintf("bureau[%d]", i)
		if !slices.Contains(s.Call.Cities, b.City) {
			c.bad(key+".city", "%s.city = %q is none of the call's cities (%s …); write it with 市", key, b.City, strings.Join(s.Call.Cities[:min(3, len(s.Call.Cities))], "、"))
		}
		bureaus[b.City+"商务局"] = true
		for _, a := range b.Addresses {
			claim(key+".addresses", a, b.City+"商务局")
		}
		c.domains(key+".domains", b, s, owner)
	}
}

func (c *checker) domains(key string, b intake.Bureau, s intake.Settings, owner map[string]string) {
	_, own, _ := strings.Cut(s.Mailbox.Address, "@")
	for _, d := range b.Domains {
		switch {
		case !host.MatchString(d) || !strings.Contains(d, "."):
			c.bad(key, "%s: %q is no domain, as swj.example.gov.cn", key, d)
		case slices.Contains(shared, d):
			c.bad(key, "%s: anybody can have an address at %s; name single addresses instead", key, d)
		case d == own:
			c.bad(key, "%s: %s is the desk's own domain", key, d)
		case owner["@"+d] != "" && owner["@"+d] != b.City:
			c.bad(key, "%s: %s is the domain of %s too", key, d, owner["@"+d])
		}
		owner["@"+d] = b.City
	}
}

var (
	prefix = regexp.MustCompile(`^[A-Z]{1,6}$`)
	region = regexp.MustCompile(`^[1-8]\d$`)
)

func (c *checker) checkCall(f callSection, call intake.Call) {
	for _, k := range []struct{ key, value string }{{"id", f.ID}, {"title", f.Title}, {"document", f.Document}, {"deadline", f.Deadline}} {
		if strings.TrimSpace(k.value) == "" {
			c.bad("call."+k.key, "call.%s must not be empty", k.key)
		}
	}
	if !prefix.MatchString(f.Prefix) {
		c.bad("call.prefix", "call.prefix = %q is not one to six capital letters; case numbers begin with it", f.Prefix)
	}
	if !call.Supplement.IsZero() && call.Supplement.Before(call.Deadline) {
		c.bad("call.supplement_until", "call.supplement_until lies before call.deadline")
	}
	if f.Region != "" && !region.MatchString(f.Region) {
		c.bad("call.region", "call.region = %q is not the two digits of a province (GB/T 2260: 44 is Guangdong), nor empty", f.Region)
	}
	c.atLeast("call.quota", f.Quota, 1)
	c.atLeast("call.photos", f.Photos, 0)
	c.atLeast("call.promos", f.Promos, 0)
	c.atLeast("call.logos", f.Logos, 0)
	c.atLeast("call.intro_limit", f.IntroLimit, 1)
	if f.IntroError < f.IntroLimit || f.SummaryLong < f.SummaryShort {
		c.bad("call.intro_error", "call.intro_error must not be below call.intro_limit, nor call.summary_long below call.summary_short")
	}
	if year := call.Deadline.Year(); f.DataYear < year-5 || f.DataYear > year {
		c.bad("call.data_year", "call.data_year = %d does not fit a deadline in %d", f.DataYear, year)
	}
	c.lists(f)
}

func (c *checker) lists(f callSection) {
	for _, l := range []struct {
		key  string
		list []string
	}{{"cities", f.Cities}, {"fields", f.Fields}, {"keywords", f.Keywords}} {
		if len(l.list) == 0 || slices.Contains(l.list, "") {
			c.bad("call."+l.key, "call.%s must not be empty, nor hold an empty text", l.key)
		}
	}
	if f.OtherField != "" && !slices.Contains(f.Fields, f.OtherField) {
		c.bad("call.other_field", "call.other_field = %q is none of call.fields", f.OtherField)
	}
}

// password gives the secret when it is asked for, from a file or the environment;
// it is in no message.
func (c *checker) password(section, file, env string) func() (string, error) {
	if file != "" && env != "" {
		c.bad(section+".password_env", "%s.password_file and %s.password_env are both set; keep one", section, section)
	}
	path := c.path(file)
	return func() (string, error) {
		switch {
		case file != "":
			raw, err := os.ReadFile(path)
			if err != nil {
				return "", fmt.Errorf("%s.password_file: %w", section, err)
			}
			return nonEmpty(strings.TrimRight(string(raw), "\r\n"), section+".password_file "+path+" is empty")
		case env != "":
			return nonEmpty(os.Getenv(env), section+".password_env: the environment variable "+env+" is not set")
		}
		return "", errors.New(section + ": no password is configured")
	}
}

func nonEmpty(s, otherwise string) (string, error) {
	if s == "" {
		return "", errors.New(otherwise)
	}
	return s, nil
}

// tls makes the rules for both servers: normal verification, an own CA beside the
// system's, and the oldest version allowed.
func (c *checker) tls(m mailboxSection) *tls.Config {
	versions := map[string]uint16{"1.0": tls.VersionTLS10, "1.1": tls.VersionTLS11, "1.2": tls.VersionTLS12, "1.3": tls.VersionTLS13}
	v, ok := versions[m.TLSMin]
	if !ok {
		c.bad("mailbox.tls_min", "mailbox.tls_min = %q is none of 1.0, 1.1, 1.2, 1.3", m.TLSMin)
	}
	out := &tls.Config{MinVersion: v}
	if m.CAFile == "" {
		return out
	}
	pem, err := os.ReadFile(c.path(m.CAFile))
	if err != nil {
		c.bad("mailbox.ca_file", "mailbox.ca_file: %v", err)
		return out
	}
	if out.RootCAs, err = x509.SystemCertPool(); err != nil {
		out.RootCAs = x509.NewCertPool()
	}
	if !out.RootCAs.AppendCertsFromPEM(pem) {
		c.bad("mailbox.ca_file", "mailbox.ca_file = %q holds no certificate in PEM form", m.CAFile)
	}
	return out
}
