package bot

import (
	"regexp"
	"slices"
	"strings"
)

// forged: our own server says that the writer is not who he claims to be. Its word
// counts only where the configuration names it and above the first Received header
// of another server (RFC 8601 §5): below, anybody may have written it. DMARC
// decides; where it says nothing, a failed method without a passed one beside it.
func (a *arrived) forged() bool {
	id := strings.ToLower(a.sitting.Settings.Mailbox.AuthServID)
	if id == "" {
		return false
	}
	said := map[string]bool{} // dmarc=pass, spf=fail, … of all headers that count
	for _, r := range a.msg.AuthResults {
		if !slices.ContainsFunc(r.Received, func(server string) bool { return foreignServer(server, id) }) {
			verdicts(r.Text, id, said)
		}
	}
	switch {
	case said["dmarc=fail"]:
		return true
	case said["dmarc=pass"] || said["spf=pass"] || said["dkim=pass"]:
		return false
	}
	return said["spf=fail"] || said["dkim=fail"]
}

// foreignServer: not ours, and no host below our name.
func foreignServer(server, id string) bool {
	return server != id && !strings.HasSuffix(server, "."+id)
}

// aside are quoted strings and comments: what a sender may have put there is no verdict.
var aside = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)`)

// verdicts reads one header, if the server of this name wrote it.
func verdicts(text, id string, said map[string]bool) {
	parts := strings.Split(strings.ToLower(aside.ReplaceAllString(text, " ")), ";")
	if server := strings.Fields(parts[0]); len(server) == 0 || server[0] != id {
		return
	}
	for _, p := range parts[1:] {
		said[first(strings.Fields(p))] = true
	}
}
