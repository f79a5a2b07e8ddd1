package mailbox

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"anli/intake/mailbox/postoffice"
)

// odd is a scripted server over a pipe, with one message (UID 9, "abc") unless
// the script says otherwise. answer gets each command without its tag; true
// means that it has answered.
type odd struct {
	greeting string
	caps     string
	answer   func(w net.Conn, tag, cmd string) bool

	mu    sync.Mutex
	dials int
	log   []string // all commands
}

// heard tells how often a client came and what it said.
func (o *odd) heard() (dials int, log []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.dials, slices.Clone(o.log)
}

func (o *odd) settings(t *testing.T) Settings {
	pipe := postoffice.NewPipe()
	t.Cleanup(func() { pipe.Close() })
	go func() {
		for {
			c, err := pipe.Accept()
			if err != nil {
				return
			}
			o.mu.Lock()
			o.dials++
			o.mu.Unlock()
			go o.serve(c)
		}
	}()
	set := settings("pipe")
	set.Dial = pipe.Dial
	return set
}

func (o *odd) serve(c net.Conn) {
	defer c.Close()
	if o.caps == "" {
		o.caps = "IMAP4rev1 IDLE ID"
	}
	if o.greeting == "" {
		o.greeting = "* OK [CAPABILITY " + o.caps + "] ready"
	}
	fmt.Fprintf(c, "%s\r\n", o.greeting)
	r := bufio.NewReader(c)
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		tag, cmd, _ := strings.Cut(strings.TrimRight(line, "\r\n"), " ")
		o.mu.Lock()
		o.log = append(o.log, cmd)
		o.mu.Unlock()
		if o.answer != nil && o.answer(c, tag, cmd) {
			continue
		}
		switch {
		case strings.HasPrefix(cmd, "EXAMINE"):
			fmt.Fprintf(c, "* 1 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 10] x\r\n")
		case strings.HasPrefix(cmd, "UID SEARCH"):
			fmt.Fprintf(c, "* SEARCH 9\r\n")
		case strings.HasPrefix(cmd, "SEARCH"):
			fmt.Fprintf(c, "* SEARCH 1\r\n")
		case strings.Contains(cmd, "FETCH") && strings.Contains(cmd, "BODY"):
			fmt.Fprintf(c, "* 1 FETCH (UID 9 BODY[] {3}\r\nabc)\r\n")
		case strings.Contains(cmd, "FETCH"):
			fmt.Fprintf(c, "* 1 FETCH (UID 9 INTERNALDATE \"12-Oct-2024 12:00:00 +0800\" RFC822.SIZE 3)\r\n")
		case cmd == "CAPABILITY":
			fmt.Fprintf(c, "* CAPABILITY %s\r\n", o.caps)
		}
		fmt.Fprintf(c, "%s OK done\r\n", tag)
	}
}

// to answers every command that contains part with a text before its OK.
func to(part, text string) func(net.Conn, string, string) bool {
	return func(w net.Conn, tag, cmd string) bool {
		if !strings.Contains(cmd, part) {
			return false
		}
		fmt.Fprintf(w, "%s%s OK done\r\n", text, tag)
		return true
	}
}

// toBody answers FETCH of a body, whether by UID or by number.
func toBody(text string) func(net.Conn, string, string) bool { return to("BODY", text) }

// toMeta answers FETCH of date and size.
func toMeta(text string) func(net.Conn, string, string) bool { return to("INTERNALDATE", text) }

const plainMeta = "* 1 FETCH (UID 9 INTERNALDATE \"12-Oct-2024 12:00:00 +0800\" RFC822.SIZE 3)\r\n"

// Each oddity was met in the wild; with every one the message is read whole
// over one connection, which lives on.
func TestOddServers(t *testing.T) {
	for _, c := range []struct {
		why    string
		server *odd
	}{
		{"nothing odd", &odd{}},
		{"UID behind the text", &odd{answer: toBody("* 1 FETCH (BODY[] {3}\r\nabc UID 9)\r\n")}},
		{"spaces before the bracket (QQ)", &odd{answer: toMeta("* 1 FETCH (UID 9 INTERNALDATE \"12-Oct-2024 12:00:00 +0800\" RFC822.SIZE 3 )\r\n")}},
		{"spaces everywhere", &odd{answer: toBody("* 1 FETCH ( UID 9  BODY[] {3}\r\nabc )  \r\n")}},
		{"RFC822 for BODY[]", &odd{answer: toBody("* 1 FETCH (UID 9 RFC822 {3}\r\nabc)\r\n")}},
		{"RFC822 quoted", &odd{answer: toBody("* 1 FETCH (UID 9 RFC822 \"abc\")\r\n")}},
		{"BODY[] quoted", &odd{answer: toBody("* 1 FETCH (UID 9 BODY[] \"abc\")\r\n")}},
		{"literal8", &odd{answer: toBody("* 1 FETCH (UID 9 BODY[] ~{3}\r\nabc)\r\n")}},
		{"literal with plus", &odd{answer: toBody("* 1 FETCH (UID 9 BODY[] {3+}\r\nabc)\r\n")}},
		{"odd flags unasked", &odd{answer: toBody("* 1 FETCH (FLAGS (\\Seen [odd] \xd2\xd1))\r\n* 1 FETCH (UID 9 FLAGS (\\Seen [odd]) BODY[] {3}\r\nabc)\r\n")}},
		{"VANISHED", &odd{answer: toBody("* VANISHED 4\r\n* 1 FETCH (UID 9 BODY[] {3}\r\nabc)\r\n")}},
		{"unknown response with a literal", &odd{answer: toBody("* XYZZY foo {9}\r\nT1 OK (\r\n bar\r\n* 1 FETCH (UID 9 BODY[] {3}\r\nabc)\r\n")}},
		{"blank lines", &odd{answer: toBody("\r\n \r\n* 1 FETCH (UID 9 BODY[] {3}\r\nabc)\r\n\r\n")}},
		{"bare line feeds", &odd{answer: toBody("* 1 FETCH (UID 9 BODY[] {3}\nabc)\n")}},
		{"lower case", &odd{answer: toBody("* 1 fetch (uid 9 body[] {3}\r\nabc)\r\n")}},
		{"status text that looks like a literal", &odd{answer: toBody("* OK see {3}\r\n* 1 FETCH (UID 9 BODY[] {3}\r\nabc)\r\n")}},
		{"SEARCH with blanks at the end", &odd{answer: to("UID SEARCH", "* SEARCH 9 \r\n")}},
		{"SEARCH finds nothing", &odd{answer: to("UID SEARCH", "* SEARCH\r\n")}},
		{"SEARCH refused", &odd{answer: func(w net.Conn, tag, cmd string) bool {
			if strings.HasPrefix(cmd, "UID SEARCH") {
				fmt.Fprintf(w, "%s NO [CANNOT] sorry\r\n", tag)
				return true
			}
			return false
		}}},
		{"FETCH by UID refused", &odd{answer: func(w net.Conn, tag, cmd string) bool {
			if strings.HasPrefix(cmd, "UID FETCH") && !strings.Contains(cmd, "BODY") {
				fmt.Fprintf(w, "%s NO sorry\r\n", tag)
				return true
			}
			return false
		}}},
		{"flags of the folder in GBK", &odd{answer: func(w net.Conn, tag, cmd string) bool {
			if strings.HasPrefix(cmd, "EXAMINE") {
				fmt.Fprint(w, "* FLAGS (\\Seen [\xd2\xd1])\r\n* OK [PERMANENTFLAGS (\\Seen [\xd2\xd1])] x\r\n")
			}
			return false
		}}},
		{"ID with NIL", &odd{answer: to("ID (", "* ID (\"name\" \"Coremail\" \"vendor\" NIL)\r\n")}},
		{"ID empty", &odd{answer: to("ID (", "* ID ()\r\n")}},
		{"ID with atoms", &odd{answer: to("ID (", "* ID (\"name\" Coremail \"x\" {2}\r\n)\r)\r\n")}},
		{"ID refused", &odd{answer: func(w net.Conn, tag, cmd string) bool {
			if strings.HasPrefix(cmd, "ID") {
				fmt.Fprintf(w, "%s BAD no\r\n", tag)
				return true
			}
			return false
		}}},
		{"CAPABILITY with a blank at the end", &odd{greeting: "* OK [CAPABILITY IMAP4rev1 IDLE ] \xbb\xb6\xd3\xad"}},
		{"no text in the greeting", &odd{greeting: "* OK"}},
		{"PREAUTH", &odd{greeting: "* PREAUTH hello"}},
	} {
		t.Run(c.why, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := open(t, c.server.settings(t))
				for range 2 {
					var all []got
					snap, err := b.Scan(t.Context(), "INBOX", nil, collect(&all))
					if err != nil || !snap.Complete || len(all) != 1 || string(all[0].raw) != "abc" || all[0].UID != 9 {
						_, log := c.server.heard()
						t.Fatalf("%+v, %v, took %+v\n%s", snap, err, all, strings.Join(log, "\n"))
					}
					if !all[0].At.Equal(noon()) || all[0].Size != 3 {
						t.Errorf("arrival %+v", all[0].Arrival)
					}
				}
				if dials, log := c.server.heard(); dials != 1 {
					t.Errorf("%d connections\n%s", dials, strings.Join(log, "\n"))
				}
			})
		})
	}
}

// Dates are read as kindly as possible, in the zone that is written.
func TestOddDates(t *testing.T) {
	for in, want := range map[string]string{
		`"12-Oct-2024 12:00:00 +0800"`:       "2024-10-12T12:00:00+08:00",
		`" 2-Oct-2024 12:00:00 -0130"`:       "2024-10-02T12:00:00-01:30",
		`"2-Oct-2024 12:00:00 +0800"`:        "2024-10-02T12:00:00+08:00",
		`"12-Oct-2024 12:00:00 +0800 (CST)"`: "2024-10-12T12:00:00+08:00",
		`"12-Oct-2024 12:00:00 GMT"`:         "2024-10-12T12:00:00Z",
		`"12-Oct-2024 12:00:00"`:             "2024-10-12T12:00:00+08:00",
		`"Sat, 12 Oct 2024 12:00:00 +0800"`:  "2024-10-12T12:00:00+08:00",
		`"2024-10-12T12:00:00+08:00"`:        "2024-10-12T12:00:00+08:00",
		`"yesterday"`:                        "0001-01-01T00:00:00Z",
		`""`:                                 "0001-01-01T00:00:00Z",
		`NIL`:                                "0001-01-01T00:00:00Z",
	} {
		t.Run(in, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := odd{answer: toMeta("* 1 FETCH (UID 9 INTERNALDATE " + in + " RFC822.SIZE NIL)\r\n")}
				var all []got
				_, err := open(t, server.settings(t)).Scan(t.Context(), "INBOX", nil, collect(&all))
				if err != nil || len(all) != 1 || all[0].At.Format(time.RFC3339) != want {
					t.Errorf("%v, %+v, want %s", err, all, want)
				}
			})
		})
	}
}

// NetEase opens no folder before ID, whether or not it offers ID.
func TestUnsafeLogin(t *testing.T) {
	for _, caps := range []string{"IMAP4rev1 ID", "IMAP4rev1"} {
		synctest.Test(t, func(t *testing.T) {
			said := false
			server := odd{caps: caps, answer: func(w net.Conn, tag, cmd string) bool {
				said = said || strings.HasPrefix(cmd, `ID ("name" "anli" "version" "1"`)
				if strings.HasPrefix(cmd, "EXAMINE") && !said {
					fmt.Fprintf(w, "%s NO EXAMINE Unsafe Login. Please contact kefu@188.com for help\r\n", tag)
					return true
				}
				return false
			}}
			var all []got
			if _, err := open(t, server.settings(t)).Scan(t.Context(), "INBOX", nil, collect(&all)); err != nil || len(all) != 1 {
				t.Errorf("caps %s: %v, took %d", caps, err, len(all))
			}
		})
	}
}

// A server that falls silent or dies costs ErrNetwork after the stall limit at
// most, and the next call connects anew.
func TestBrokenLines(t *testing.T) {
	silent := func(part, text string) func(net.Conn, string, string) bool {
		return func(w net.Conn, _, cmd string) bool {
			if strings.Contains(cmd, part) {
				io.WriteString(w, text)
				return true
			}
			return false
		}
	}
	dies := func(part, text string) func(net.Conn, string, string) bool {
		return func(w net.Conn, _, cmd string) bool {
			if strings.Contains(cmd, part) {
				io.WriteString(w, text)
				w.Close()
				return true
			}
			return false
		}
	}
	for _, c := range []struct {
		why    string
		answer func(net.Conn, string, string) bool
	}{
		{"silent after EXAMINE", silent("EXAMINE", "")},
		{"silent after login", silent("LOGIN", "")},
		{"silent after FETCH", silent("BODY", "")},
		{"stall in a literal", silent("BODY", "* 1 FETCH (UID 9 BODY[] {1000000}\r\nabc")},
		{"stall behind a literal", silent("BODY", "* 1 FETCH (UID 9 BODY[] {3}\r\nabc")},
		{"end in a literal", dies("BODY", "* 1 FETCH (UID 9 BODY[] {1000000}\r\nabc")},
		{"end in a line", dies("BODY", "* 1 FETCH (UID 9 BO")},
		{"BYE", dies("BODY", "* BYE idle too long\r\n")},
		{"an answer beyond reading", silent("BODY", "* 1 FETCH (UID 9 X-GM-MSGID 12)\r\n")},
		{"another UID", to("BODY", "* 1 FETCH (BODY[] {3}\r\nabc UID 7)\r\n")},
	} {
		t.Run(c.why, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := odd{answer: c.answer}
				b, began := open(t, server.settings(t)), time.Now()
				var all []got
				snap, err := b.Scan(t.Context(), "INBOX", nil, collect(&all))
				if !errors.Is(err, ErrNetwork) || errors.Is(err, ErrLogin) || snap.Complete {
					t.Errorf("%+v, %v", snap, err)
				}
				if took := time.Since(began); took > 2*time.Minute {
					t.Errorf("took %v", took)
				}
				server.answer, all = nil, nil
				if snap, err := b.Scan(t.Context(), "INBOX", nil, collect(&all)); err != nil || !snap.Complete || string(all[0].raw) != "abc" {
					t.Errorf("afterwards: %+v, %v", snap, err)
				}
			})
		})
	}
}

// The end of the context ends every call at once.
func TestCancel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := odd{answer: func(_ net.Conn, _, cmd string) bool { return strings.HasPrefix(cmd, "EXAMINE") }}
		set := server.settings(t)
		set.Stall = time.Hour
		b, began := open(t, set), time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := b.Scan(ctx, "INBOX", nil, nil); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != time.Second {
			t.Errorf("%v after %v", err, time.Since(began))
		}
	})
}

// A message that cannot be fetched three times is set aside; the others come
// through, and much later it is tried again.
func TestPoison(t *testing.T) {
	for _, c := range []struct {
		why   string
		cures bool // the connection lives through it
		fail  func(w net.Conn, tag string)
	}{
		{"kills the connection", false, func(w net.Conn, _ string) { w.Close() }},
		{"refused", true, func(w net.Conn, tag string) { fmt.Fprintf(w, "%s NO broken message\r\n", tag) }},
		{"never sent", true, func(w net.Conn, tag string) { fmt.Fprintf(w, "%s OK done\r\n", tag) }},
		{"NIL", true, func(w net.Conn, tag string) { fmt.Fprintf(w, "* 1 FETCH (UID 8 BODY[] NIL)\r\n%s OK done\r\n", tag) }},
	} {
		t.Run(c.why, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				broken := true
				server := odd{answer: func(w net.Conn, tag, cmd string) bool {
					switch {
					case strings.HasPrefix(cmd, "EXAMINE"):
						fmt.Fprintf(w, "* 2 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 10] x\r\n%s OK done\r\n", tag)
					case cmd == "UID SEARCH ALL":
						fmt.Fprintf(w, "* SEARCH 8 9\r\n%s OK done\r\n", tag)
					case cmd == "UID SEARCH UID 8", cmd == "SEARCH UID 8":
						fmt.Fprintf(w, "* SEARCH 1\r\n%s OK done\r\n", tag)
					case strings.Contains(cmd, "INTERNALDATE"):
						fmt.Fprintf(w, "* 1 FETCH (UID 8 RFC822.SIZE 3)\r\n* 2 FETCH (UID 9 RFC822.SIZE 3)\r\n%s OK done\r\n", tag)
					case strings.Contains(cmd, "BODY") && strings.Contains(cmd, "FETCH 9"):
						fmt.Fprintf(w, "* 2 FETCH (UID 9 BODY[] {3}\r\nabc)\r\n%s OK done\r\n", tag)
					case strings.Contains(cmd, "BODY") && broken:
						c.fail(w, tag)
					case strings.Contains(cmd, "BODY"):
						fmt.Fprintf(w, "* 1 FETCH (UID 8 BODY[] {3}\r\nxyz)\r\n%s OK done\r\n", tag)
					default:
						return false
					}
					return true
				}}
				b := open(t, server.settings(t))
				var all []got
				for n := range maxTries {
					snap, err := b.Scan(t.Context(), "INBOX", known(&all), collect(&all))
					if (err == nil) != c.cures || err != nil && !errors.Is(err, ErrNetwork) {
						t.Fatalf("scan %d: %v", n, err)
					}
					if want := n == maxTries-1 && c.cures; snap.Complete != want {
						t.Errorf("scan %d: %+v", n, snap)
					}
				}
				snap, err := b.Scan(t.Context(), "INBOX", known(&all), collect(&all))
				if err != nil || !snap.Complete || len(snap.Failed) != 1 || snap.Failed[0].UID != 8 || snap.Failed[0].Tries != 3 || snap.Failed[0].Err == nil {
					t.Errorf("set aside: %+v, %v", snap, err)
				}
				if len(all) != 1 || string(all[0].raw) != "abc" {
					t.Errorf("took %+v", all)
				}
				for broken = false; len(all) == 1 && len(snap.Failed) > 0; {
					if snap, err = b.Scan(t.Context(), "INBOX", known(&all), collect(&all)); err != nil {
						t.Fatal(err)
					}
				}
				if len(all) != 2 || string(all[1].raw) != "xyz" || !snap.Complete {
					t.Errorf("tried again: %+v, %+v", snap, all)
				}
			})
		})
	}
}

// A message whose size and date kill the connection is found and set aside.
func TestPoisonousDescription(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := odd{answer: func(w net.Conn, tag, cmd string) bool {
			switch {
			case strings.HasPrefix(cmd, "EXAMINE"):
				fmt.Fprintf(w, "* 3 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 10] x\r\n%s OK done\r\n", tag)
			case cmd == "UID SEARCH ALL":
				fmt.Fprintf(w, "* SEARCH 7 8 9\r\n%s OK done\r\n", tag)
			case strings.Contains(cmd, "INTERNALDATE"):
				for _, uid := range []string{"7", "8", "9"} {
					if cmd == "UID FETCH 7:9 ("+strings.SplitN(cmd, "(", 2)[1] || strings.Contains(cmd, "FETCH "+uid) {
						size := "3"
						if uid == "8" {
							size = "x"
						}
						fmt.Fprintf(w, "* 1 FETCH (UID %s RFC822.SIZE %s)\r\n", uid, size)
					}
				}
				fmt.Fprintf(w, "%s OK done\r\n", tag)
			case strings.Contains(cmd, "BODY"):
				uid := strings.Fields(cmd)[2]
				fmt.Fprintf(w, "* 1 FETCH (UID %s BODY[] {3}\r\nabc)\r\n%s OK done\r\n", uid, tag)
			default:
				return false
			}
			return true
		}}
		b := open(t, server.settings(t))
		var all []got
		var snap Snapshot
		var err error
		for range 6 {
			if snap, err = b.Scan(t.Context(), "INBOX", known(&all), collect(&all)); err == nil {
				break
			}
		}
		if err != nil || len(all) != 2 || len(snap.Failed) != 1 || snap.Failed[0].UID != 8 {
			t.Errorf("%+v, %v, took %d", snap, err, len(all))
		}
	})
}

// What a server says to a large message: whole or partial, sizes that lie.
func TestChunks(t *testing.T) {
	large := letter("large", 2*chunk+1000)
	cut := func(from, n int) []byte { return large[min(from, len(large)):min(from+n, len(large))] }
	for _, c := range []struct {
		why     string
		claimed int
		answer  func(from, n int, partial bool) (section string, text []byte)
	}{
		{"as it should be", len(large), func(from, n int, _ bool) (string, []byte) { return fmt.Sprintf("BODY[]<%d>", from), cut(from, n) }},
		{"no origin in the answer", len(large), func(from, n int, _ bool) (string, []byte) { return "BODY[]", cut(from, n) }},
		{"knows no partials", len(large), func(int, int, bool) (string, []byte) { return "BODY[]", large }},
		{"chunks smaller than asked", len(large), func(from, n int, _ bool) (string, []byte) { return "BODY[]", cut(from, n/3) }},
		{"claims too little", chunk + 5, func(from, n int, _ bool) (string, []byte) { return "BODY[]", cut(from, n) }},
		{"claims too much", len(large) + 50, func(from, n int, partial bool) (string, []byte) {
			if !partial {
				return "BODY[]", large
			}
			return "BODY[]", cut(from, n)
		}},
		{"claims next to nothing", 10, func(int, int, bool) (string, []byte) { return "BODY[]", large }},
	} {
		t.Run(c.why, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := odd{answer: func(w net.Conn, tag, cmd string) bool {
					switch {
					case strings.Contains(cmd, "INTERNALDATE"):
						fmt.Fprintf(w, "* 1 FETCH (UID 9 RFC822.SIZE %d)\r\n%s OK done\r\n", c.claimed, tag)
					case strings.Contains(cmd, "BODY"):
						from, n := 0, len(large)
						_, part, partial := strings.Cut(cmd, "<")
						fmt.Sscanf(part, "%d.%d>", &from, &n)
						section, text := c.answer(from, n, partial)
						fmt.Fprintf(w, "* 1 FETCH (UID 9 %s {%d}\r\n%s)\r\n%s OK done\r\n", section, len(text), text, tag)
					default:
						return false
					}
					return true
				}}
				b := open(t, server.settings(t))
				var all []got
				for range 2 { // a wrong claim may cost one try
					all = nil
					if snap, err := b.Scan(t.Context(), "INBOX", nil, collect(&all)); err != nil {
						t.Fatal(err)
					} else if snap.Complete {
						break
					}
				}
				if len(all) != 1 || !slices.Equal(all[0].raw, large) {
					t.Errorf("took %d, not the message", len(all))
				}
			})
		})
	}
}

// IDLE in all its ways of not working.
func TestIdle(t *testing.T) {
	onIdle := func(f func(w net.Conn, tag string)) func(net.Conn, string, string) bool {
		return func(w net.Conn, tag, cmd string) bool {
			if cmd == "IDLE" {
				f(w, tag)
				return true
			}
			return false
		}
	}
	idling := func(w net.Conn) { fmt.Fprint(w, "+ idling\r\n") }
	for _, c := range []struct {
		why    string
		caps   string
		poll   time.Duration
		answer func(net.Conn, string, string) bool
		took   time.Duration
		err    error
	}{
		{"news", "IMAP4rev1 IDLE", time.Hour, onIdle(func(w net.Conn, _ string) {
			idling(w)
			time.Sleep(5 * time.Minute)
			fmt.Fprint(w, "* 2 EXISTS\r\n")
		}), 5 * time.Minute, nil},
		{"nothing, until the poll", "IMAP4rev1 IDLE", time.Minute, onIdle(func(w net.Conn, _ string) { idling(w) }), time.Minute, nil},
		{"restarted every nine minutes", "IMAP4rev1 IDLE", 20 * time.Minute, onIdle(func(w net.Conn, _ string) { idling(w) }), 20 * time.Minute, nil},
		{"not offered", "IMAP4rev1", time.Minute, nil, time.Minute, nil},
		{"refused", "IMAP4rev1 IDLE", time.Minute, onIdle(func(w net.Conn, tag string) { fmt.Fprintf(w, "%s BAD what\r\n", tag) }), time.Minute, nil},
		{"never acknowledged", "IMAP4rev1 IDLE", time.Hour, onIdle(func(net.Conn, string) {}), time.Minute, ErrNetwork},
		{"BYE", "IMAP4rev1 IDLE", time.Hour, onIdle(func(w net.Conn, _ string) {
			idling(w)
			time.Sleep(time.Minute)
			fmt.Fprint(w, "* BYE timeout\r\n")
			w.Close()
		}), time.Minute, ErrNetwork},
		{"DONE not answered", "IMAP4rev1 IDLE", time.Minute, func(w net.Conn, tag, cmd string) bool {
			if cmd == "IDLE" {
				idling(w)
			}
			return cmd == "IDLE" || tag == "DONE"
		}, 2 * time.Minute, ErrNetwork},
	} {
		t.Run(c.why, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var idleTag string
				server := odd{caps: c.caps, answer: func(w net.Conn, tag, cmd string) bool {
					if c.answer != nil && c.answer(w, tag, cmd) {
						idleTag = tag
						return true
					}
					if tag == "DONE" {
						fmt.Fprintf(w, "%s OK done\r\n", idleTag)
						return true
					}
					return false
				}}
				set := server.settings(t)
				set.Poll = c.poll
				b := open(t, set)
				if _, err := b.Scan(t.Context(), "INBOX", nil, collect(new([]got))); err != nil {
					t.Fatal(err)
				}
				began := time.Now()
				err := b.Wait(t.Context(), "INBOX", 24*time.Hour)
				if took := time.Since(began); !errors.Is(err, c.err) || (err == nil) != (c.err == nil) || took != c.took {
					t.Errorf("%v after %v, want %v after %v", err, took, c.err, c.took)
				}
				_, log := server.heard()
				if n := strings.Count(strings.Join(log, "\n"), "IDLE"); c.poll == 20*time.Minute && n != 3 {
					t.Errorf("%d IDLEs in 20 minutes", n)
				}
			})
		})
	}
}
