package bot

import (
	"strings"
	"testing"

	"anli/intake"
	"anli/parser/mail"
)

// TestForged: the word of our own server counts wherever it stands above the first
// Received of another, and nobody else's.
func TestForged(t *testing.T) {
	const own, foreign = "Received: from a by mx1.gd.example; x", "Received: from b\n by relay.x.example; x"
	const fail, pass = "Authentication-Results: MX.gd.example; dmarc=fail header.from=fs.example", "Authentication-Results: mx.gd.example; dmarc=pass"
	ours := "Authentication-Results: mx.gd.example"
	for name, c := range map[string]struct {
		header string
		want   bool
	}{
		"none":                            {"X: y", false},
		"on top":                          {fail, true},
		"second of two":                   {ours + "; spf=pass\n" + fail, true},
		"below our own Received":          {strings.Replace(own, "mx1.", "in.mx.", 1) + "\n" + fail, true},
		"below a foreign Received":        {foreign + "\n" + fail, false},
		"below ours and a foreign one":    {"Received: from a by mx.gd.example; x\n" + foreign + "\n" + fail, false},
		"below a Received that is silent": {"Received: (qmail 1); x\n" + fail, false},
		"another server":                  {"Authentication-Results: mx.gd.example.evil; dmarc=fail", false},
		"in a comment":                    {ours + "; dmarc=none (p=none; dmarc=fail) header.from=x", false},
		"in a quoted string":              {ours + "; spf=fail smtp.mailfrom=\"a; spf=pass; dkim=pass\"@x.example", true},
		"version":                         {"Authentication-Results: mx.gd.example 1; dmarc=fail", true},
		"spf alone":                       {ours + "; spf=fail; dkim=none", true},
		"spf failed by forwarding":        {ours + "; spf=fail; dkim=pass", false},
		"spf soft":                        {ours + "; spf=softfail", false},
		"two signatures":                  {ours + "; dkim=fail; dkim=pass", false},
		"dmarc passes all the same":       {ours + "; spf=fail\n" + pass, false},
		"others' pass takes nothing back": {fail + "\n" + foreign + "\n" + pass, true},
	} {
		msg, err := mail.Read(strings.NewReader(strings.ReplaceAll(c.header, "\n", "\r\n")+"\r\nFrom: a@fs.example\r\n\r\nx\r\n"), mail.Limits{}, hashed)
		if err != nil {
			t.Fatal(err)
		}
		s := &intake.Sitting{}
		s.Settings.Mailbox.AuthServID = "mx.gd.example"
		if got := (&arrived{msg: msg, sitting: s}).forged(); got != c.want {
			t.Errorf("%s: forged %v", name, got)
		}
		if s.Settings.Mailbox.AuthServID = ""; (&arrived{msg: msg, sitting: s}).forged() {
			t.Errorf("%s: forged without a configured server", name)
		}
	}
}
