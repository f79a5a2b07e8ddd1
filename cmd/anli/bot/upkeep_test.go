package bot

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anli/cmd/anli/demo/sample"
	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/mailbox"
	"anli/intake/mailbox/postoffice"
	"anli/intake/outbox"
)

// noon is a working day's.
var noon = time.Date(2024, 10, 14, 12, 0, 0, 0, intake.Zone())

// ready is a configured desk that talks to office, or to nobody.
func ready(t *testing.T, office *postoffice.Office, log *slog.Logger) *Bot {
	t.Helper()
	m := building{Data: filepath.Join(t.TempDir(), "data"), IMAP: "127.0.0.1:1", SMTP: "127.0.0.1:1", Log: log}
	if office != nil {
		m.IMAP, m.SMTP = office.IMAPAddr(), office.SMTPAddr()
	}
	b, end, err := build(m)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { end() })
	if err := b.Configure(noon, testSettings()); err != nil {
		t.Fatal(err)
	}
	return b
}

func openOffice(t *testing.T) *postoffice.Office {
	t.Helper()
	office, err := postoffice.Start(postoffice.Options{Clock: func() time.Time { return noon }, Password: testPassword, Outside: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { office.Close() })
	for _, a := range []string{sample.Mailbox, sample.Officer, sample.Officer2} {
		office.AddUser(a)
	}
	return office
}

// commit appends one entry as a decision does.
func (b *Bot) commit(t *testing.T, at time.Time, c intake.Change) {
	t.Helper()
	if err := b.Ledger.Update(func(tx *ledger.Tx) error {
		_, err := tx.Append(at, KindJob, "test", 1, c)
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// sit gives a view of the ledger at a time.
func (b *Bot) sit(t *testing.T, at time.Time, do func(*intake.Sitting)) {
	t.Helper()
	if err := b.Ledger.View(func(tx *ledger.Tx) error {
		s, err := intake.Sit(tx, at, b.House)
		if err == nil {
			do(s)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// A folder beside the inbox that is not there costs one warning, no mail.
func TestMissingFolder(t *testing.T) {
	var said strings.Builder
	office := openOffice(t)
	b := ready(t, office, slog.New(slog.NewTextHandler(&said, nil)))
	b.Folders, b.Sent = []string{"INBOX", "Nowhere"}, "Neither"
	for i := range 3 {
		raw := fmt.Sprintf("From: a@x.example\r\nMessage-ID: <%d@x.example>\r\nSubject: x\r\n\r\nx\r\n", i)
		if err := office.Append(sample.Mailbox, "INBOX", []byte(raw), noon); err != nil {
			t.Fatal(err)
		}
		found, whole, err := b.scan(context.Background())
		if err != nil || !whole || len(found) != i+1 {
			t.Fatalf("%d mails, whole %v, %v", len(found), whole, err)
		}
	}
	for _, folder := range []string{"Nowhere", "Neither"} {
		if n := strings.Count(said.String(), "folder="+folder); n != 1 {
			t.Errorf("%d warnings of %s:\n%s", n, folder, said.String())
		}
	}
	b.Folders = []string{"Nowhere"}
	if _, _, err := b.scan(context.Background()); !errors.Is(err, mailbox.ErrMissing) {
		t.Errorf("a missing inbox: %v", err)
	}
}

// A burst closes only when the inbox was seen whole after its end.
func TestBurstWaitsForScan(t *testing.T) {
	b := ready(t, nil, nil)
	burst := intake.Burst{ID: "x", Address: "a@x.example", First: noon, Last: noon, Due: noon.Add(time.Minute)}
	b.commit(t, noon, intake.Change{Bursts: []intake.Burst{burst}})
	later := noon.Add(time.Hour)
	for _, c := range []struct {
		scanned time.Time
		want    int
	}{{time.Time{}, 0}, {noon, 0}, {later, 1}} {
		if err := b.Ledger.View(func(tx *ledger.Tx) error {
			jobs, err := due(tx, later, c.scanned)
			if len(jobs) != c.want {
				t.Errorf("scanned %v: %d jobs", c.scanned, len(jobs))
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// unhandled are n mails that are left for people, one a minute.
func unhandled(n int, from time.Time, name string) []intake.Mail {
	var out []intake.Mail
	for i := range n {
		out = append(out, intake.Mail{SHA256: hash(name, i), From: "a@x.example", Subject: fmt.Sprint(name, i), Route: intake.RoutePeople,
			Arrival: from.Add(time.Duration(i) * time.Minute), Unhandled: true, Reason: "请人工处理"})
	}
	return out
}

// A mail with which there is nothing to do is listed by one letter to staff, also
// where that letter could not list all, and never again; an absence is told once.
func TestMentionedOnce(t *testing.T) {
	b := ready(t, nil, nil)
	for _, m := range unhandled(listed+3, noon, "m") {
		m.Unhandled, m.Mention = false, true
		b.commit(t, noon, intake.Change{Mail: &m})
	}
	b.commit(t, noon, intake.Change{Rows: []intake.Row{{ID: "absence/a", At: noon, Kind: "absence", Text: "自动回复"}}})
	for i, want := range []string{"其他来信（103封", "其他来信（1封"} {
		at := noon.Add(time.Duration(i+1) * 24 * time.Hour)
		if i == 1 {
			late := unhandled(1, noon.Add(-time.Hour), "late")[0] // it came before the first letter, and was taken after
			late.Unhandled, late.Mention = false, true
			b.commit(t, at, intake.Change{Mail: &late})
		}
		text := b.morningText(t, at)
		if !strings.Contains(text, want) || strings.Contains(text, "自动回复") != (i == 0) {
			t.Errorf("letter %d lacks %s:\n%s", i+1, want, text)
		}
	}
	if text := b.morningText(t, noon.Add(72*time.Hour)); strings.Contains(text, "其他来信") {
		t.Error(text)
	}
}

// morningText is the morning's letter to staff.
func (b *Bot) morningText(t *testing.T, at time.Time) (text string) {
	t.Helper()
	key := "morning/" + at.Format("2006-01-02")
	if err := b.runJob(job{key, at}, false); err != nil {
		t.Fatal(err)
	}
	if err := b.Ledger.View(func(tx *ledger.Tx) error {
		l, _, err := outbox.Letters.Get(tx, key+"/"+sample.Officer)
		if err != nil {
			return err
		}
		words, err := intake.Words(l)
		text = words.Text
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return text
}

// A morning that was missed tells nothing, so the next tells what it did not.
func TestSkippedMorning(t *testing.T) {
	b := ready(t, nil, nil)
	b.commit(t, noon, intake.Change{Desk: &intake.DeskState{Takeover: noon, Morning: noon, Told: noon}})
	for i, skipped := range []bool{true, false} {
		at := noon.Add(time.Duration(i+1) * 24 * time.Hour)
		if err := b.runJob(job{"morning/" + at.Format("2006-01-02"), at}, skipped); err != nil {
			t.Fatal(err)
		}
		b.sit(t, at, func(s *intake.Sitting) {
			if !s.Desk.Morning.Equal(at) || s.Desk.Told.Equal(at) == skipped {
				t.Errorf("skipped %v: morning %v, told %v", skipped, s.Desk.Morning, s.Desk.Told)
			}
		})
	}
}

// Whatever has piled up, a letter to staff lists a part, counts all, and its entry
// fits.
func TestListsEnd(t *testing.T) {
	b := ready(t, nil, nil)
	c := intake.Change{Mails: unhandled(150, noon.Add(-time.Hour), "m")}
	for i := range 150 {
		c.Rows = append(c.Rows, intake.Row{ID: fmt.Sprint("r", i), At: noon, Kind: "problem", Urgent: true, Text: "待处理"})
		c.Cases = append(c.Cases, intake.Case{Number: fmt.Sprintf("AL2024-%04d", i), City: "佛山市", Touched: noon.Add(time.Hour)})
	}
	b.commit(t, noon, c)
	at := noon.Add(time.Minute)
	for _, j := range []string{"takeover", "morning/2024-10-15", "urgent/x"} {
		if err := b.runJob(job{j, at}, false); err != nil {
			t.Fatal(err)
		}
	}
	want := map[string][]string{"takeover/": {"案例150个", "未能判断的来信（150封）", "另有50封", "另有50个案例"}, "morning/": {"待处理（150项；", "另有50项", "新收到的案例（150个）"},
		"urgent/": {"待处理（150项；", "另有50项"}}
	seen := map[string]bool{}
	if err := b.Ledger.View(func(tx *ledger.Tx) error {
		return outbox.Letters.Each(tx, "", func(key string, l outbox.Letter) error {
			kind, _, _ := strings.Cut(key, "/")
			seen[kind+"/"] = true
			words, err := intake.Words(l)
			for _, w := range want[kind+"/"] {
				if !strings.Contains(words.Text, w) {
					t.Errorf("%s lacks %s", key, w)
				}
			}
			return err
		})
	}); err != nil || len(seen) != len(want) {
		t.Error(seen, err)
	}
	if err := b.Ledger.View(func(tx *ledger.Tx) error {
		if _, more, err := urgentJob(tx); more || err != nil {
			t.Error("urgent rows are told twice", err)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestCutShown(t *testing.T) {
	if got := cutShown(strings.Repeat("案", 30), 20); got != strings.Repeat("案", 20)+textCutMark {
		t.Error(got)
	}
	if got := cutShown("案例", 2); got != "案例" {
		t.Error(got)
	}
}

// 放行 全部 lets go what waits for staff's word alone, and names the rest.
func TestReleaseAll(t *testing.T) {
	b := ready(t, nil, nil)
	holds := []struct {
		key, hold string
		age       time.Duration
		want      string // in the transcript; "" released
	}{
		{"a", outbox.HoldApprove, time.Hour, ""},
		{"b", intake.HeldMany, time.Hour, ""},
		{"c", outbox.HoldUnknown, time.Hour, "是否已送达不明"},
		{"d", outbox.HoldRebuild, time.Hour, "去向不明"},
		{"e", outbox.HoldApprove, 25 * time.Hour, "已超过24小时"},
		{"f", intake.HeldMany, 48 * time.Hour, "已超过24小时"},
	}
	out := outbox.Changes{}
	for _, h := range holds {
		at := noon.Add(-h.age)
		out.Put = append(out.Put, outbox.Letter{Key: h.key, To: h.key + "@x.example", Code: "CODE-" + h.key, MessageID: h.key + "@gd.example", Bytes: hash(h.key, 0), At: at})
		out.Fates = append(out.Fates, outbox.Fate{Key: h.key, State: outbox.Held, At: at, Hold: h.hold})
	}
	b.commit(t, noon, intake.Change{Out: &out, Desk: &intake.DeskState{HeldUntil: "x"}})
	b.sit(t, noon, func(s *intake.Sitting) {
		ok, text := (&arrived{sitting: s}).releaseAll()
		if !ok || !strings.HasPrefix(text, "已放行2封；另有4封仍保留") || s.Desk.HeldUntil != "" {
			t.Error(ok, text, s.Desk.HeldUntil)
		}
		for _, h := range holds {
			if kept := strings.Contains(text, "CODE-"+h.key); kept != (h.want != "") || !strings.Contains(text, h.want) {
				t.Errorf("%s (%s): %s", h.key, h.hold, text)
			}
		}
		r, err := s.Result()
		if err != nil || r.Change.Out == nil || len(r.Change.Out.Fates) != 2 {
			t.Errorf("%+v %v", r.Change.Out, err)
		}
	})
}

// A batch of the mirror ends by size too, and nothing is lost between batches.
func TestBatchSize(t *testing.T) {
	b := ready(t, nil, nil)
	for i := range 6 {
		b.commit(t, noon, intake.Change{Mails: []intake.Mail{{SHA256: hash("batch", i), Arrival: noon, Fresh: strings.Repeat("x", 1<<20)}}})
	}
	var at, batches uint64
	for {
		raw, last, err := b.batch(at)
		if err != nil {
			t.Fatal(err)
		}
		if raw == nil {
			break
		}
		entries, ok := openBatch(b.House.Key, raw)
		if !ok || entries[0].Seq != at+1 || entries[len(entries)-1].Seq != last.Seq {
			t.Fatalf("a batch after %d", at)
		}
		at = last.Seq
		batches++
	}
	if batches != 2 {
		t.Errorf("%d batches for 6 MiB", batches)
	}
}

// A recorded letter comes out the same whatever the configuration says since.
func TestLetterKeepsItsSender(t *testing.T) {
	b := ready(t, nil, nil)
	if err := b.runJob(job{"takeover", noon}, false); err != nil {
		t.Fatal(err)
	}
	s := testSettings()
	s.Mailbox.Address, s.Mailbox.Name = "new@gd.example", "新名称"
	b.House = intake.House{Key: b.House.Key, From: "other@gd.example", Name: "别名", Domain: "gd.example"}
	if err := b.Configure(noon.Add(time.Minute), s); err != nil {
		t.Fatal(err)
	}
	if err := b.runJob(job{"morning/2024-10-15", noon.Add(time.Hour)}, false); err != nil {
		t.Fatal(err)
	}
	n := 0
	if err := b.Ledger.View(func(tx *ledger.Tx) error {
		return outbox.Letters.Each(tx, "", func(key string, l outbox.Letter) error {
			n++
			raw, err := intake.RenderAgain(l, blobReader(b.Ledger.Blobs()))
			if sum := fmt.Sprintf("%x", sha256.Sum256(raw)); sum != l.Bytes {
				t.Errorf("%s comes out as %s", key, sum)
			}
			if fresh := strings.Contains(string(raw), "new@gd.example"); fresh != strings.HasPrefix(key, "morning/") {
				t.Errorf("%s is not from the address in force when it was written", key)
			}
			return err
		})
	}); err != nil || n != 4 {
		t.Error(n, err)
	}
}

// A rebuild that would lose something changes nothing.
func TestRebuildRefuses(t *testing.T) {
	office := openOffice(t)
	b := ready(t, office, nil)
	for range 2 {
		if err := b.Turn(context.Background(), func() time.Time { return noon }); err != nil {
			t.Fatal(err)
		}
	}
	awaken(t, b, noon)
	if err := b.mirror(context.Background()); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(t.TempDir(), "data")
	if err := os.MkdirAll(filepath.Join(data, "backups", "monday"), 0o700); err != nil {
		t.Fatal(err)
	}
	r := Rebuilding{Data: data, Box: b.Box, Folders: b.Folders, Journal: b.Journal, House: b.House, Log: b.Log,
		Reader: func(blobs *ledger.Blobs) *Reader { return &Reader{Cage: b.Reader.Cage, Blobs: blobs} }}
	wrong := r
	wrong.House.Key = []byte("another key")
	if _, err := Rebuild(context.Background(), wrong); !errors.Is(err, ErrJournal) {
		t.Errorf("with another key: %v", err)
	}
	wrong = r
	wrong.Journal = "INBOX"
	if _, err := Rebuild(context.Background(), wrong); !errors.Is(err, ErrJournal) {
		t.Errorf("in another folder: %v", err)
	}
	if err := os.Mkdir(data+".old", 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Rebuild(context.Background(), r); err == nil || !strings.Contains(err.Error(), "data.old") {
		t.Errorf("beside an earlier rebuild: %v", err)
	}
	if _, err := os.Stat(filepath.Join(data, "ledger.db")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a refused rebuild wrote: %v", err)
	}
	if err := os.Remove(data + ".old"); err != nil {
		t.Fatal(err)
	}
	if _, err := Rebuild(context.Background(), r); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(data, "backups", "monday")); err != nil {
		t.Errorf("the backups did not move along: %v", err)
	}
}
