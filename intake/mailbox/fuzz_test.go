package mailbox

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// wire is a connection that has only this to say.
type wire struct {
	net.Conn
	io.Reader
}

func (w wire) Read(p []byte) (int, error) { return w.Reader.Read(p) }

// through reads everything from a mend in small steps.
func through(raw []byte) []byte {
	out, _ := io.ReadAll(newMend(wire{Reader: bytes.NewReader(raw)}))
	return out
}

// What is in order passes through as it is.
func TestMendLeavesGoodAlone(t *testing.T) {
	for _, line := range []string{
		"* OK [CAPABILITY IMAP4rev1 ID] ready",
		"T1 OK [READ-ONLY] done {3}",
		"* OK [UIDNEXT 10] x",
		"* 3 EXISTS",
		"* SEARCH 1 2 3",
		"* ESEARCH (TAG \"T3\") UID ALL 1:3",
		"+ idling",
		`* LIST (\HasNoChildren) "/" "a  b ( FLAGS (x) RFC822 ) [CAPABILITY  x"`,
		`* 1 FETCH (UID 9 INTERNALDATE "12-Oct-2024 12:00:00 +0800" RFC822.SIZE 3)`,
		`* 1 FETCH (UID 9 BODY[] "a  \" FLAGS (x) RFC822 ) b")`,
		`* QUOTA "User quota" (STORAGE 10 1048576)`,
		"* BYE too long",
	} {
		if got := string(through([]byte(line + "\r\n"))); got != line+"\r\n" {
			t.Errorf("%q became %q", line, got)
		}
	}
}

// A server that sends a line without end fills no memory.
func TestEndlessLine(t *testing.T) {
	read := 0
	m := newMend(wire{Reader: endless{&read}})
	if _, err := io.ReadAll(m); err == nil || read > maxLine+1<<20 {
		t.Errorf("%v after %d bytes", err, read)
	}
}

type endless struct{ read *int }

func (e endless) Read(p []byte) (int, error) {
	*e.read += len(p)
	return len(bytes.Map(func(rune) rune { return 'x' }, p)), nil
}

// oddLines are the seeds: rows of the scripted servers.
func oddLines() []string {
	return []string{
		"* 1 FETCH (BODY[] {3}\r\nabc UID 9)\r\n", "* 1 FETCH ( UID 9  RFC822 ~{3+}\r\nabc )\r\n",
		"* 1 FETCH (FLAGS (\\Seen [odd] \xd2\xd1))\r\n", "* XYZZY foo {9}\r\nT1 OK (\r\n bar\r\n", "\r\n \r\n",
		"* SEARCH 9 \r\n", "* ID (\"name\" NIL)\r\n", "* OK [PERMANENTFLAGS (x)] y\r\n", "* OK [CAPABILITY IMAP4rev1  ] x\n",
		"* 1 FETCH (UID 9 INTERNALDATE \"12-Oct-2024 12:00:00\" RFC822.SIZE NIL)\r\n", "* 1 FETCH (UID 9 INTERNALDATE NIL)\r\n",
		"* 1 FETCH (UID 9 BODY[] {99999999999999999999}\r\n", "* 1 FETCH (UID 9 BODY[] \"a\\\"b)\r\n", "* BYE x\r\n", "+\r\n",
		"* 1 FETCH (UID 9 BODY[] NIL)\r\nT9 OK x\r\n", "* LIST (\\Noselect) \"/\" {3}\r\na/b\r\n",
	}
}

// FuzzMend: whatever comes, reading ends, literals pass untouched, and what
// was mended once needs no mending again.
func FuzzMend(f *testing.F) {
	for _, s := range oddLines() {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		once := through(raw)
		if twice := through(once); !bytes.Equal(once, twice) {
			t.Errorf("%q became %q, then %q", raw, once, twice)
		}
		whole := fmt.Appendf(nil, "* 1 FETCH (UID 9 BODY[] {%d}\r\n%s)\r\n", len(raw), raw)
		if got := through(whole); !bytes.Equal(got, whole) {
			t.Errorf("%q became %q", whole, got)
		}
	})
}

// FuzzScan: a server may answer anything; the scan ends, in time, with the
// message or without, and never with a panic.
func FuzzScan(f *testing.F) {
	for _, s := range oddLines() {
		f.Add("BODY", []byte(s))
		f.Add("INTERNALDATE", []byte(s))
		f.Add("EXAMINE", []byte(s))
		f.Add("SEARCH", []byte(s))
	}
	f.Fuzz(func(t *testing.T, part string, raw []byte) {
		synctest.Test(t, func(t *testing.T) {
			server := odd{answer: func(w net.Conn, tag, cmd string) bool {
				if part == "" || !strings.Contains(cmd, part) {
					return false
				}
				w.Write(raw)
				fmt.Fprintf(w, "%s OK done\r\n", tag)
				return true
			}}
			began := time.Now()
			b := open(t, server.settings(t))
			b.Scan(t.Context(), "INBOX", nil, collect(new([]got)))
			if took := time.Since(began); took > 10*time.Minute {
				t.Errorf("took %v", took)
			}
		})
	})
}
