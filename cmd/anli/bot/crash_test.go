package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"

	"anli/cmd/anli/demo/sample"
	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/outbox"
)

// TestCrash kills the desk at every step of the list, at first and later,
// and has it go on. In the end the server's own record and the ledger must be
// those of a desk that was never killed.
func TestCrash(t *testing.T) {
	cache, sent := warmed(t), pack()
	for _, fileSent := range []bool{false, true} {
		t.Run(fmt.Sprintf("server files=%v", fileSent), func(t *testing.T) {
			calm := newPlay(t, cache, posting{building: building{FileSent: fileSent}})
			calm.act(sent)
			want := calm.result()
			if len(want.cases) != 3 || len(want.letters) < 10 {
				t.Fatalf("the play is not the play: %d cases, %d letters", len(want.cases), len(want.letters))
			}
			for _, step := range stepsWith(fileSent) {
				for _, at := range calm.occurrences(step) {
					t.Run(fmt.Sprintf("%s/%d", step, at), func(t *testing.T) {
						t.Parallel()
						c := newPlay(t, cache, posting{building: building{FileSent: fileSent}, Kill: step, At: at})
						c.act(sent)
						if !c.killed {
							t.Fatal("the desk did not come to the step")
						}
						c.compare(c.result(), want)
					})
				}
			}
		})
	}
}

// stepsWith are the steps that a kind of server makes a difference to: all with the
// usual one, the way of a letter with one that files what we send.
func stepsWith(fileSent bool) []string {
	if !fileSent {
		return Steps()
	}
	return []string{outbox.StepSending, outbox.StepDot, outbox.StepAccepted, outbox.StepFate}
}

// occurrences of a step at which to die: its very first, the first after going
// live (of a receipt), the first after the staff's command (of a bureau's answer).
func (c *play) occurrences(step string) []int {
	c.t.Helper()
	total := c.last.Steps[step]
	var out []int
	for _, n := range []int{1, c.progress["live"].Steps[step] + 1, c.progress["commanded"].Steps[step] + 1} {
		if n >= 1 && n <= total && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	if len(out) < 2 {
		c.t.Errorf("the play comes to %s %d times: a step must be died at first and later", step, total)
	}
	if testing.Short() {
		return out[len(out)-1:]
	}
	return out
}

// result is what must not depend on a crash, and what may.
type result struct {
	cases   map[string]string        // number → record
	mails   map[string]string        // SHA-256 → record, without those of staff
	letters map[string]outbox.Letter // Message-ID → letter, transcripts apart
	fates   map[string]outbox.Fate   // Message-ID → what became of it
	said    map[string][][]byte      // Message-ID → the server's record
	scripts int                      // transcripts
}

// result looks at what the desk left, and that it is sound.
func (c *play) result() result {
	c.t.Helper()
	b, end := c.open()
	c.sound(b)
	c.mirrored(b)
	c.untouched()
	r := result{cases: map[string]string{}, mails: map[string]string{}, letters: map[string]outbox.Letter{}, fates: map[string]outbox.Fate{}, said: c.said()}
	err := b.Ledger.View(func(tx *ledger.Tx) error {
		tables := intake.NewTables()
		if err := tables.Cases.Each(tx, "", func(k string, v intake.Case) error { return plain(r.cases, k, v) }); err != nil {
			return err
		}
		err := tables.Mails.Each(tx, "", func(k string, v intake.Mail) error {
			if v.Route == intake.RouteStaff {
				return nil
			}
			return plain(r.mails, k, v)
		})
		if err != nil {
			return err
		}
		return outbox.Letters.Each(tx, "", func(key string, l outbox.Letter) error {
			f, _, err := outbox.Fates.Get(tx, key)
			r.fates[l.MessageID] = f
			if l.Template == "transcript" {
				r.scripts++
			} else {
				r.letters[l.MessageID] = l
			}
			return err
		})
	})
	if err != nil {
		c.t.Fatal(err)
	}
	c.filed(r)
	if err := end(); err != nil {
		c.t.Fatal(err)
	}
	c.replayed()
	return r
}

// plain keeps a record as text that can be compared.
func plain[V any](in map[string]string, key string, v V) error {
	line, err := json.Marshal(v)
	in[key] = string(line)
	return err
}

// compare holds a run with a crash against one without.
func (c *play) compare(got, want result) {
	c.t.Helper()
	same(c.t, "case", got.cases, want.cases)
	same(c.t, "mail", got.mails, want.mails)
	if got.scripts != c.answers {
		c.t.Errorf("%d transcripts, the staff wrote %d times", got.scripts, c.answers)
	}
	if g, w := sorted(got.letters), sorted(want.letters); !slices.Equal(g, w) {
		c.t.Errorf("letters\n%s\nwant\n%s", describe(got.letters, g), describe(want.letters, w))
	}
	repeats := 0
	for id, f := range got.fates {
		copies := got.said[id]
		l, known := got.letters[id]
		switch {
		case f.State == outbox.Superseded && len(copies) <= 1:
			// It was held as of unknown end, and staff said that it had come, or
			// its first copy went out and they did so in vain.
			if len(copies) == 0 && f.Dialled {
				c.t.Errorf("letter %s never left", f.Key)
			}
		case f.State != outbox.Sent:
			c.t.Errorf("letter %s ended %s %s", f.Key, f.State, f.Hold)
		case len(copies) == 2 && known && l.Class == outbox.ClassReceipt && bytes.Equal(copies[0], copies[1]):
			repeats++
		case len(copies) != 1:
			c.t.Errorf("letter %s to %s was accepted %d times", f.Key, l.To, len(copies))
		}
	}
	for id := range got.said {
		if _, ours := got.fates[id]; !ours {
			c.t.Errorf("the server accepted %s, which no letter in the ledger is", id)
		}
	}
	if repeats > 1 || repeats == 1 && (c.posting.Kill != outbox.StepAccepted || c.posting.FileSent) {
		c.t.Errorf("%d receipts were sent twice", repeats)
	}
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func describe(letters map[string]outbox.Letter, ids []string) string {
	var b strings.Builder
	for _, id := range ids {
		fmt.Fprintln(&b, "  ", letters[id].Key, letters[id].Subject)
	}
	return b.String()
}

func same(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	if g, w := sorted(got), sorted(want); !slices.Equal(g, w) {
		t.Errorf("%ss %v, want %v", what, g, w)
	}
	for k, w := range want {
		if got[k] != w {
			t.Errorf("%s %s:\n%s\nwant\n%s", what, k, got[k], w)
		}
	}
}

// sound: the ledger is whole and its blobs are what they are named.
func (c *play) sound(b *Bot) {
	c.t.Helper()
	if err := b.Ledger.Verify(); err != nil {
		c.t.Error(err)
	}
	problems, err := b.Ledger.Blobs().Check(nil)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, p := range problems {
		c.t.Error(p)
	}
}

// replayed: every decision comes out the same again, on a copy for reading only as
// `verify --replay` has it.
func (c *play) replayed() {
	c.t.Helper()
	still, end, err := ledger.OpenCopy(c.posting.Data, Fold)
	if err != nil {
		c.t.Fatal(err)
	}
	differences, err := Replay(still, testHouse(), nil)
	if err := errors.Join(err, end()); err != nil {
		c.t.Fatal(err)
	}
	for _, d := range differences {
		c.t.Error(d)
	}
}

// mirrored: the journal in the mailbox is the ledger's, also where a batch lies
// there twice, as after an APPEND whose answer was lost.
func (c *play) mirrored(b *Bot) {
	c.t.Helper()
	batches, err := c.office.Mails(sample.Mailbox, b.Journal)
	if err != nil || len(batches) == 0 {
		c.t.Fatalf("no journal in the mailbox: %v", err)
	}
	newest := batches[len(batches)-1]
	if err := c.office.Append(sample.Mailbox, b.Journal, newest.Raw, newest.At); err != nil {
		c.t.Fatal(err)
	}
	r := Rebuilding{Box: b.Box, Journal: b.Journal, House: b.House, Log: slog.New(slog.DiscardHandler)}
	var report RebuildReport
	entries, err := r.entries(context.Background(), &report)
	if err != nil {
		c.t.Fatal(err)
	}
	var seq uint64
	var hash string
	if err := b.Ledger.View(func(tx *ledger.Tx) error { seq, hash = tx.Head(); return nil }); err != nil {
		c.t.Fatal(err)
	}
	if n := len(entries); uint64(n) != seq || entries[n-1].Hash() != hash {
		c.t.Errorf("%d entries in the mailbox, %d in the ledger, or another head", n, seq)
	}
	if report.Batches != len(batches)+1 || report.Foreign != 0 {
		c.t.Errorf("%d batches read, %d foreign, of %d", report.Batches, report.Foreign, len(batches)+1)
	}
}

// untouched: people's mails lie where they lay, in order, without a flag.
func (c *play) untouched() {
	c.t.Helper()
	mails, err := c.office.Mails(sample.Mailbox, "INBOX")
	if err != nil {
		c.t.Fatal(err)
	}
	if len(mails) != len(c.arrived) {
		c.t.Errorf("%d mails in the inbox, %d arrived", len(mails), len(c.arrived))
	}
	for i, m := range mails[:min(len(mails), len(c.arrived))] {
		if m.UID != uint32(i+1) || len(m.Flags) > 0 || !bytes.HasSuffix(m.Raw, c.arrived[i]) {
			c.t.Errorf("mail %d was touched: uid %d, flags %v", i+1, m.UID, m.Flags)
		}
	}
}

// filed: every letter that counts as sent stands in Sent, once.
func (c *play) filed(r result) {
	c.t.Helper()
	copies, err := c.office.Mails(sample.Mailbox, "Sent")
	if err != nil {
		c.t.Fatal(err)
	}
	count := map[string]int{}
	for _, m := range copies {
		l, err := sample.ReadLetter(m.Raw)
		if err != nil {
			c.t.Fatal(err)
		}
		count[strings.Trim(l.MessageID, "<>")]++
	}
	for id, f := range r.fates {
		want := 0
		if f.State == outbox.Sent {
			want = 1
		}
		if c.posting.FileSent {
			want = len(r.said[id])
		}
		if count[id] != want {
			c.t.Errorf("%d copies of letter %s in Sent, want %d", count[id], f.Key, want)
		}
	}
}
