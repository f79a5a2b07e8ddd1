package mailbox

import (
	"fmt"
	"net"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
)

// What Check says of servers on which something is wrong.
func TestCheck(t *testing.T) {
	caps := "IMAP4rev1 ID QUOTA"
	quota := func(used, limit int) func(net.Conn, string, string) bool {
		return to("GETQUOTAROOT", fmt.Sprintf("* QUOTAROOT INBOX \"\" \"u\"\r\n* QUOTA \"\" ()\r\n* QUOTA \"u\" (MESSAGE 1 10 STORAGE %d %d)\r\n", used, limit))
	}
	for _, c := range []struct {
		why    string
		answer func(net.Conn, string, string) bool
		want   Finding // Detail: a part of it
		last   bool    // nothing is said after it
	}{
		{"login", func(w net.Conn, tag, cmd string) bool {
			if strings.HasPrefix(cmd, "LOGIN") {
				fmt.Fprintf(w, "%s NO wrong\r\n", tag)
			}
			return strings.HasPrefix(cmd, "LOGIN")
		}, Finding{"login", false, "wrong"}, true},
		{"greeting", nil, Finding{"greeting", true, "ready"}, false},
		{"id", to("ID (", "* ID (\"name\" \"Coremail\")\r\n"), Finding{"id", true, "Coremail"}, false},
		{"quota is full", quota(81, 100), Finding{"quota", false, "less than 20 %"}, false},
		{"quota is well", quota(80<<10, 100<<10), Finding{"quota", true, "80 of 100 MiB"}, false},
		{"the folder is missing", func(w net.Conn, tag, cmd string) bool {
			if strings.HasPrefix(cmd, `EXAMINE "anli-journal"`) {
				fmt.Fprintf(w, "%s NO what\r\n", tag)
			}
			return strings.HasPrefix(cmd, `EXAMINE "anli-journal"`)
		}, Finding{"folder anli-journal", true, "will be made"}, true},
		{"the folder is read only", func(w net.Conn, tag, cmd string) bool {
			if strings.HasPrefix(cmd, `SELECT "anli-journal"`) {
				fmt.Fprintf(w, "* 1 EXISTS\r\n%s OK [READ-ONLY] done\r\n", tag)
			}
			return strings.HasPrefix(cmd, `SELECT "anli-journal"`)
		}, Finding{"append anli-journal", false, "read only"}, true},
	} {
		t.Run(c.why, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := &odd{caps: caps, answer: c.answer}
				found, err := open(t, server.settings(t)).Check(t.Context())
				i := slices.IndexFunc(found, func(f Finding) bool { return f.What == c.want.What })
				if err != nil || i < 0 || found[i].OK != c.want.OK || !strings.Contains(found[i].Detail, c.want.Detail) || c.last && i != len(found)-1 {
					t.Errorf("%+v, %v, want %+v", found, err, c.want)
				}
			})
		})
	}
}

// The tightest quota is told, in bytes.
func TestQuota(t *testing.T) {
	for answer, want := range map[string][2]int64{
		"* QUOTAROOT INBOX \"\"\r\n* QUOTA \"\" (STORAGE 10 1000)\r\n":                         {10 << 10, 1000 << 10},
		"* QUOTAROOT INBOX a b\r\n* QUOTA a (STORAGE 10 1000)\r\n* QUOTA b (STORAGE 9 10)\r\n": {9 << 10, 10 << 10},
		"* QUOTAROOT INBOX \"\"\r\n* QUOTA \"\" ()\r\n":                                        {},
		"* QUOTAROOT INBOX\r\n": {},
		"* QUOTAROOT INBOX \"\"\r\n* QUOTA \"\" (STORAGE 10 0)\r\n": {},
	} {
		synctest.Test(t, func(t *testing.T) {
			server := &odd{caps: "IMAP4rev1 QUOTA", answer: to("GETQUOTAROOT", answer)}
			used, limit, ok, err := open(t, server.settings(t)).Quota(t.Context())
			if err != nil || ok != (want[1] > 0) || used != want[0] || limit != want[1] {
				t.Errorf("%q: %d of %d, %v, %v", answer, used, limit, ok, err)
			}
		})
	}
}

// The folder that LIST hides or that vanished is made by TRYCREATE; what the
// server refuses is told and costs nothing else.
func TestAppendRefused(t *testing.T) {
	for _, early := range []bool{true, false} { // before or after the literal
		synctest.Test(t, func(t *testing.T) {
			made := 0
			refuse := "[TRYCREATE] none"
			pending := ""
			server := &odd{answer: func(w net.Conn, tag, cmd string) bool {
				switch {
				case strings.HasPrefix(cmd, "LIST"):
					fmt.Fprintf(w, "* LIST () \"/\" \"Sent\"\r\n%s OK done\r\n", tag)
				case strings.HasPrefix(cmd, "CREATE"):
					made++
					if refuse == "[TRYCREATE] none" {
						refuse = ""
					}
					fmt.Fprintf(w, "%s OK done\r\n", tag)
				case strings.HasPrefix(cmd, "APPEND") && early && refuse != "":
					fmt.Fprintf(w, "%s NO %s\r\n", tag, refuse)
				case strings.HasPrefix(cmd, "APPEND"):
					pending = tag
					fmt.Fprintf(w, "+ go\r\n")
				case tag == "x": // the literal
				case tag == "" && refuse != "":
					fmt.Fprintf(w, "%s NO %s\r\n", pending, refuse)
				case tag == "":
					fmt.Fprintf(w, "%s OK done\r\n", pending)
				default:
					return false
				}
				return true
			}}
			b := open(t, server.settings(t))
			if err := b.Append(t.Context(), "Sent", []byte("x\r\n"), noon(), true); err != nil || made != 1 {
				t.Errorf("early %v: %v, made %d", early, err, made)
			}
			refuse = "[OVERQUOTA] full"
			if err := b.Append(t.Context(), "Sent", []byte("x\r\n"), noon(), true); err == nil || !strings.Contains(err.Error(), "full") {
				t.Errorf("early %v: %v", early, err)
			}
			if err := b.Append(t.Context(), "Sent", []byte("x\r\n"), noon(), true); err == nil || !strings.Contains(err.Error(), "full") {
				t.Errorf("early %v, again: %v", early, err)
			}
		})
	}
}
