package mailbox

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anli/intake/mailbox/postoffice"
)

const (
	user   = "dianshangchu@gd.example"
	secret = "secret"
)

func noon() time.Time {
	return time.Date(2024, 10, 12, 12, 0, 0, 0, time.FixedZone("", 8*3600))
}

func startOffice(t testing.TB) *postoffice.Office {
	t.Helper()
	o, err := postoffice.Start(postoffice.Options{Clock: noon, Password: secret})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Close() })
	o.AddUser(user)
	return o
}

func settings(addr string) Settings {
	return Settings{
		Address: addr, TLS: "none", User: user, Idle: true, Name: "anli", Version: "1", Vendor: "test",
		Password: func() (string, error) { return secret, nil },
		Junk:     "Junk", Sent: "Sent", Journal: "anli-journal",
	}
}

func open(t testing.TB, set Settings) *Box {
	t.Helper()
	b := New(set)
	t.Cleanup(func() { b.Close() })
	return b
}

func limit(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// letter makes a message of about size bytes.
func letter(id string, size int) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "Message-ID: <%s@foshan.gd.example>\r\nSubject: \xc9\xea\xb1\xa8\r\n\r\n", id)
	for line := 0; b.Len() < size; line++ {
		fmt.Fprintf(&b, "%s %08d %s\r\n", id, line, strings.Repeat("x", 50))
	}
	return b.Bytes()
}

// got is one message that take received.
type got struct {
	Arrival
	raw []byte
}

func collect(all *[]got) func(Arrival, io.Reader) error {
	return func(a Arrival, r io.Reader) error {
		raw, err := io.ReadAll(r)
		*all = append(*all, got{a, raw})
		return err
	}
}

// known is a seen function over what was taken.
func known(all *[]got) func(uint32, uint32) bool {
	return func(validity, uid uint32) bool {
		return slices.ContainsFunc(*all, func(g got) bool { return g.Validity == validity && g.UID == uid })
	}
}

// The same suite runs against the server in process, in both dialects, and,
// where the environment names one, against a real one (.ci/dovecot.sh):
//
//	ANLI_TEST_IMAP=127.0.0.1:11143 ANLI_TEST_USER=… ANLI_TEST_PASSWORD=…
//	ANLI_TEST_IMAPS=127.0.0.1:11993 ANLI_TEST_CA=…/c.pem   for TLS and STARTTLS
func TestSuite(t *testing.T) {
	for _, rev2 := range []bool{false, true} {
		t.Run(fmt.Sprintf("postoffice rev2 %v", rev2), func(t *testing.T) {
			o, err := postoffice.Start(postoffice.Options{Clock: noon, Password: secret, Rev2: rev2})
			if err != nil {
				t.Fatal(err)
			}
			defer o.Close()
			o.AddUser(user)
			suite(t, settings(o.IMAPAddr()), "已处理")
		})
	}
	set := settings(os.Getenv("ANLI_TEST_IMAP"))
	set.User = os.Getenv("ANLI_TEST_USER")
	set.Password = func() (string, error) { return os.Getenv("ANLI_TEST_PASSWORD"), nil }
	roots := x509.NewCertPool()
	if pem, err := os.ReadFile(os.Getenv("ANLI_TEST_CA")); err == nil {
		roots.AppendCertsFromPEM(pem)
	}
	set.Config = &tls.Config{RootCAs: roots}
	for kind, addr := range map[string]string{
		"none": os.Getenv("ANLI_TEST_IMAP"), "starttls": os.Getenv("ANLI_TEST_IMAP"), "tls": os.Getenv("ANLI_TEST_IMAPS"),
	} {
		for _, auth := range []string{"plain", "login"} {
			t.Run("real "+kind+" "+auth, func(t *testing.T) {
				if addr == "" || kind != "none" && os.Getenv("ANLI_TEST_CA") == "" {
					t.Skip("the environment names no server")
				}
				set := set
				set.TLS, set.Address, set.Auth = kind, addr, auth
				suite(t, set, fmt.Sprintf("已处理-%d", time.Now().UnixNano()))
			})
		}
	}
}

func suite(t *testing.T, set Settings, folder string) {
	b, ctx := open(t, set), limit(t)
	var all []got
	if err := b.List(ctx, folder, collect(&all)); err != nil || len(all) != 0 {
		t.Fatalf("List of a missing folder: %d, %v", len(all), err)
	}
	if _, err := b.Scan(ctx, folder, nil, collect(&all)); !errors.Is(err, ErrMissing) {
		t.Errorf("Scan of a missing folder: %v", err)
	}
	if here, err := b.Find(ctx, folder, "<a@x>"); here || err != nil {
		t.Errorf("Find in a missing folder: %v, %v", here, err)
	}
	if idents, err := b.Idents(ctx, folder); len(idents) != 0 || err != nil {
		t.Errorf("Idents of a missing folder: %v, %v", idents, err)
	}
	if a, _, err := b.Newest(ctx, folder); a.UID != 0 || err != nil {
		t.Errorf("Newest of a missing folder: %v, %v", a, err)
	}
	raws := [][]byte{letter("second", 200), letter("large", 9<<20), letter("first", chunk), letter("edge", 2*chunk)}
	days := []int{2, 3, 1, 4}
	for i, raw := range raws {
		if err := b.Append(ctx, folder, raw, noon().AddDate(0, 0, days[i]), true); err != nil {
			t.Fatal(err)
		}
	}
	snap, err := b.Scan(ctx, folder, known(&all), collect(&all))
	if err != nil || !snap.Complete || snap.Messages != 4 || snap.UIDNext < 5 || len(snap.Failed) != 0 {
		t.Fatalf("Scan: %+v, %v", snap, err)
	}
	for i, from := range []int{2, 0, 1, 3} {
		g := all[i]
		if !bytes.Equal(g.raw, raws[from]) || g.Size != int64(len(raws[from])) || g.Folder != folder || g.Validity != snap.Validity {
			t.Errorf("message %d: %+v, %d bytes", i, g.Arrival, len(g.raw))
		}
		if at := noon().AddDate(0, 0, days[from]); !g.At.Equal(at) {
			t.Errorf("message %d: arrived %v, want %v", i, g.At, at)
		}
	}
	if snap, err = b.Scan(ctx, folder, known(&all), collect(&all)); err != nil || !snap.Complete || len(all) != 4 {
		t.Errorf("second Scan: %+v, %v, %d taken", snap, err, len(all))
	}
	for id, want := range map[string]bool{"large@foshan.gd.example": true, "<first@foshan.gd.example>": true, "irst@foshan.gd.example": false, "none@x": false} {
		if here, err := b.Find(ctx, folder, id); here != want || err != nil {
			t.Errorf("Find %s: %v, %v", id, here, err)
		}
	}
	suiteIdents(t, b, folder, raws)
	if a, head, err := b.Newest(ctx, folder); err != nil || a.UID != all[3].UID || !bytes.HasPrefix(raws[3], head) || !bytes.HasSuffix(head, []byte("\r\n\r\n")) {
		t.Errorf("Newest: %+v, %q, %v", a, head, err)
	}
	var again []got
	if err := b.List(ctx, folder, collect(&again)); err != nil || len(again) != 4 {
		t.Errorf("List: %d, %v", len(again), err)
	}
	suiteWait(t, b, set, folder, &all)
	suiteCheck(t, b)
}

// suiteIdents: every message is named, and can be fetched by that; a stream that is
// appended lies there as it was.
func suiteIdents(t *testing.T, b *Box, folder string, raws [][]byte) {
	ctx, own := limit(t), folder+"-stream"
	idents, err := b.Idents(ctx, folder)
	if err != nil || len(idents) != len(raws) {
		t.Fatalf("Idents: %v, %v", idents, err)
	}
	for i, id := range idents {
		var raw []byte
		err := b.Fetch(ctx, folder, id.UID, func(r io.Reader) (err error) {
			raw, err = io.ReadAll(r)
			return err
		})
		if err != nil || !bytes.Equal(raw, raws[i]) || id.Size != int64(len(raw)) || !bytes.HasPrefix(raw, []byte("Message-ID: <"+id.MessageID+">\r\n")) {
			t.Errorf("%+v: %d bytes, %v", id, len(raw), err)
		}
	}
	if err := b.Append(ctx, own, []byte("Subject: no id\r\n\r\nx\r\n"), noon(), true); err != nil {
		t.Fatal(err)
	}
	large := raws[1]
	if err := b.AppendFrom(ctx, own, bytes.NewReader(large), int64(len(large)), noon()); err != nil {
		t.Fatal(err)
	}
	if idents, err = b.Idents(ctx, own); err != nil || len(idents) != 2 || idents[0].MessageID != "" || idents[1].MessageID != "large@foshan.gd.example" {
		t.Errorf("after AppendFrom: %+v, %v", idents, err)
	}
	broken := errors.New("disk")
	if err := b.AppendFrom(ctx, own, io.MultiReader(bytes.NewReader(large[:1000]), breaks{broken}), int64(len(large)), noon()); !errors.Is(err, broken) {
		t.Errorf("a stream that fails: %v", err)
	}
	if idents, err = b.Idents(ctx, own); err != nil || len(idents) != 2 {
		t.Errorf("after a stream that failed: %+v, %v", idents, err)
	}
}

type breaks struct{ err error }

func (f breaks) Read([]byte) (int, error) { return 0, f.err }

// suiteWait: news wakes Wait, from outside as well as by an Append of the
// same Box, which must not wait for it.
func suiteWait(t *testing.T, b *Box, set Settings, folder string, all *[]got) {
	ctx, other := limit(t), open(t, set)
	for name, from := range map[string]*Box{"another": other, "the same": b} {
		if _, err := b.Scan(ctx, folder, known(all), collect(all)); err != nil {
			t.Fatal(err)
		}
		woken := make(chan error, 1)
		go func() { woken <- b.Wait(ctx, folder, time.Hour) }()
		if err := from.Append(ctx, folder, letter("news", 10), noon(), false); err != nil {
			t.Fatal(err)
		}
		if err := <-woken; err != nil {
			t.Errorf("Wait, news from %s Box: %v", name, err)
		}
		n := len(*all)
		if _, err := b.Scan(ctx, folder, known(all), collect(all)); err != nil || len(*all) != n+1 {
			t.Errorf("after news from %s Box: %d new, %v", name, len(*all)-n, err)
		}
	}
}

func suiteCheck(t *testing.T, b *Box) {
	ctx := limit(t)
	found, err := b.Check(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var what []string
	for _, f := range found {
		what = append(what, f.What)
		if !f.OK {
			t.Errorf("Check: %+v", f)
		}
	}
	for _, w := range []string{"greeting", "login", "capabilities", "folder INBOX", "folder Sent", "append Sent", "folder anli-journal"} {
		if !slices.Contains(what, w) {
			t.Errorf("Check says nothing of %s", w)
		}
	}
	if _, _, _, err := b.Quota(ctx); err != nil {
		t.Errorf("Quota: %v", err)
	}
}

// Scanning leaves the mailbox as it was.
func TestScanTouchesNothing(t *testing.T) {
	o := startOffice(t)
	for i := range 3 {
		if err := o.Append(user, "INBOX", letter(fmt.Sprint(i), 5<<20), noon()); err != nil {
			t.Fatal(err)
		}
	}
	before, _ := o.Mails(user, "INBOX")
	var all []got
	if _, err := open(t, settings(o.IMAPAddr())).Scan(limit(t), "INBOX", nil, collect(&all)); err != nil || len(all) != 3 {
		t.Fatalf("%d, %v", len(all), err)
	}
	after, _ := o.Mails(user, "INBOX")
	for i := range before {
		if before[i].UID != after[i].UID || len(after[i].Flags) != 0 || !bytes.Equal(before[i].Raw, after[i].Raw) {
			t.Errorf("message %d changed: flags %v", i, after[i].Flags)
		}
	}
}

// A message is raw bytes: a header beyond all rules comes through as it is.
func TestBytesAsTheyAre(t *testing.T) {
	o := startOffice(t)
	raws := []string{"", "x", "no header at all\r\n\r\n.\r\n", "Subject: a\nlf only\n\n\x00\xff", " leading\r\nFrom_ x\r\n"}
	for _, raw := range raws {
		if err := o.Append(user, "INBOX", []byte(raw), noon()); err != nil {
			t.Fatal(err)
		}
	}
	var all []got
	snap, err := open(t, settings(o.IMAPAddr())).Scan(limit(t), "INBOX", nil, collect(&all))
	if err != nil || !snap.Complete || len(all) != len(raws) {
		t.Fatalf("%+v, %v, %d taken", snap, err, len(all))
	}
	for i, raw := range raws {
		if string(all[i].raw) != raw {
			t.Errorf("%q came as %q", raw, all[i].raw)
		}
	}
}

// The error of take ends the scan, keeps the connection, and the message is
// offered again.
func TestTakeFails(t *testing.T) {
	o := startOffice(t)
	for i := range 3 {
		o.Append(user, "INBOX", letter(fmt.Sprint(i), 6<<20), noon())
	}
	set, dials := counted(settings(o.IMAPAddr()))
	b, full := open(t, set), errors.New("disk full")
	var all []got
	take := func(a Arrival, r io.Reader) error {
		if len(all) == 1 {
			r.Read(make([]byte, 10))
			return full
		}
		return collect(&all)(a, r)
	}
	if snap, err := b.Scan(limit(t), "INBOX", known(&all), take); !errors.Is(err, full) || snap.Complete || errors.Is(err, ErrNetwork) {
		t.Fatalf("%+v, %v", snap, err)
	}
	if snap, err := b.Scan(limit(t), "INBOX", known(&all), collect(&all)); err != nil || !snap.Complete || len(all) != 3 {
		t.Fatalf("%+v, %v, %d taken", snap, err, len(all))
	}
	if n := dials.Load(); n != 1 {
		t.Errorf("%d connections", n)
	}
}

// counted counts connections.
func counted(set Settings) (Settings, *atomic.Int32) {
	var n atomic.Int32
	set.Dial = func(ctx context.Context, network, addr string) (net.Conn, error) {
		n.Add(1)
		return new(net.Dialer).DialContext(ctx, network, addr)
	}
	return set, &n
}

// A new UIDVALIDITY makes every message new, and a cut connection is mended
// by the next call.
func TestShuffledMailbox(t *testing.T) {
	o := startOffice(t)
	for i := range 3 {
		o.Append(user, "INBOX", letter(fmt.Sprint(i), 10), noon())
	}
	b := open(t, settings(o.IMAPAddr()))
	var all []got
	first, err := b.Scan(limit(t), "INBOX", known(&all), collect(&all))
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Shuffle(user, "INBOX", []int{2, 0}); err != nil {
		t.Fatal(err)
	}
	if err := b.Wait(limit(t), "INBOX", time.Hour); err != nil {
		t.Fatal(err)
	}
	second, err := b.Scan(limit(t), "INBOX", known(&all), collect(&all))
	if err != nil || second.Validity == first.Validity || len(all) != 5 || !bytes.Equal(all[3].raw, all[2].raw) {
		t.Errorf("%+v after %+v, %v, %d taken", second, first, err, len(all))
	}
}

// 100 MB pass through without being held: everything allocated on both sides
// together stays far below the message.
func TestLargeMessageIsStreamed(t *testing.T) {
	o := startOffice(t)
	raw := letter("huge", 100<<20)
	if err := o.Append(user, "INBOX", raw, noon()); err != nil {
		t.Fatal(err)
	}
	b := open(t, settings(o.IMAPAddr()))
	want, sum := sha256.Sum256(raw), sha256.New()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := b.Scan(limit(t), "INBOX", nil, func(_ Arrival, r io.Reader) error {
		_, err := io.Copy(sum, r)
		return err
	})
	runtime.ReadMemStats(&after)
	if err != nil || !bytes.Equal(sum.Sum(nil), want[:]) {
		t.Fatalf("%v, hash differs: %v", err, !bytes.Equal(sum.Sum(nil), want[:]))
	}
	spent := after.TotalAlloc - before.TotalAlloc
	t.Logf("allocated %d KiB for %d MiB", spent>>10, len(raw)>>20)
	if spent > 8<<20 {
		t.Errorf("allocated %d MiB", spent>>20)
	}
}

// While one goroutine sits in IDLE, others come through at once.
func TestCallsDuringIdle(t *testing.T) {
	o := startOffice(t)
	set, idling := settings(o.IMAPAddr()), make(chan struct{}, 100)
	set.Dial = func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := new(net.Dialer).DialContext(ctx, network, addr)
		return idleSpy{c, idling}, err
	}
	b := open(t, set)
	if _, err := b.Scan(limit(t), "INBOX", nil, collect(new([]got))); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(limit(t))
	woken := make(chan error, 1)
	go func() { woken <- b.Wait(ctx, "INBOX", time.Hour) }()
	for range 3 {
		<-idling
		var all sync.WaitGroup
		for i := range 4 {
			all.Go(func() {
				if err := b.Append(limit(t), "Sent", letter("sent", 10), noon(), true); err != nil {
					t.Errorf("Append %d: %v", i, err)
				}
				if here, err := b.Find(limit(t), "Sent", "sent@foshan.gd.example"); !here || err != nil {
					t.Errorf("Find %d: %v, %v", i, here, err)
				}
			})
		}
		all.Wait()
	}
	<-idling
	cancel()
	if err := <-woken; !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled Wait: %v", err)
	}
}

// idleSpy tells when the client says IDLE.
type idleSpy struct {
	net.Conn
	said chan<- struct{}
}

func (s idleSpy) Write(p []byte) (int, error) {
	if bytes.HasSuffix(p, []byte(" IDLE\r\n")) {
		select {
		case s.said <- struct{}{}:
		default:
		}
	}
	return s.Conn.Write(p)
}

// The waiting times grow and stay within bounds.
func TestBackoff(t *testing.T) {
	for n, want := range []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 15 * time.Minute, 15 * time.Minute} {
		d := Backoff(n, "seed")
		if d < want*3/4 || d > want*5/4 || d != Backoff(n, "seed") {
			t.Errorf("Backoff(%d) = %v, want about %v", n, d, want)
		}
	}
	if Backoff(0, "a") == Backoff(0, "b") && Backoff(1, "a") == Backoff(1, "b") {
		t.Error("the seed changes nothing")
	}
	if d := Backoff(1<<40, "x"); d > 19*time.Minute {
		t.Errorf("Backoff of a large n: %v", d)
	}
}
