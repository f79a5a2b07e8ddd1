package bot

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"anli/cmd/anli/demo/sample"
	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/outbox"
	"anli/review"
)

var (
	storySeed   = flag.Uint64("story", 0, "the one story to try: a failure prints its own")
	storyNumber = flag.Int("stories", 2, "how many stories of staff's commands are tried")
)

// story is a desk to which staff, bureaus and experts write at random: real mails,
// decided as any other, without a post office.
type story struct {
	t      *testing.T
	r      *rand.Rand
	desk   *Bot
	now    time.Time
	uid    uint32
	told   []string // what happened, for who reads a failure
	cases  map[string]intake.Case
	public map[string]bool // was publicised once
}

// TestStories: whatever staff order, in whatever order, beside mails of bureaus
// and experts and the passing of time, what must hold does after each step.
func TestStories(t *testing.T) {
	base := filepath.Join(t.TempDir(), "base")
	storyBase(t, base, warmed(t))
	seeds := []uint64{*storySeed}
	if *storySeed == 0 {
		seeds = nil
		for n := range *storyNumber {
			seeds = append(seeds, uint64(n+1))
		}
	}
	for _, seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			s := newStory(t, base, seed)
			for step := 0; step < 60 && !t.Failed(); step++ {
				s.step()
				s.holds()
			}
			s.ends()
			if t.Failed() {
				t.Logf("go test ./cmd/anli/bot -run TestStories -story %d\n%s", seed, strings.Join(s.told, "\n"))
			}
		})
	}
}

func storySettings() intake.Settings {
	s := testSettings()
	s.Call.Quota = 2
	s.Review = intake.ReviewRules{Criteria: []intake.Criterion{{Name: "技术性与创新性", Max: 30}, {Name: "效益性", Max: 25}}, Ties: []string{"技术性与创新性"},
		Minimum: 1, PublicityDays: 2}
	for _, e := range sample.Experts()[:3] {
		s.People.Experts = append(s.People.Experts, intake.Expert{Name: e.Name, Addresses: []string{e.Address}})
	}
	return s
}

// storyBase is where every story begins: a live desk with five cases, of which
// one city has one too many.
func storyBase(t *testing.T, dir, cache string) {
	t.Helper()
	desk, end, err := build(building{Data: dir, Cache: cache})
	if err != nil {
		t.Fatal(err)
	}
	s := &story{t: t, desk: desk, now: day(28, 9, 0)}
	if err := desk.Configure(s.now, storySettings()); err != nil {
		t.Fatal(err)
	}
	err = desk.Ledger.Update(func(tx *ledger.Tx) error { // an input: a replay takes it as it is
		_, err := tx.Append(s.now, KindSettings, "live", 1, intake.Change{Desk: &intake.DeskState{Live: true, LiveAt: s.now, Takeover: s.now, Morning: day(28, 8, 30)}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, of := range []struct{ city, names string }{{"佛山市", "陶 瓷 灯"}, {"东莞市", "玩 鞋"}} {
		var files []sample.File
		for _, name := range strings.Fields(of.names) {
			p := sample.Package{City: of.city, Unit: of.city + "某" + name + "有限公司", Case: name + "业数字化", Licence: sample.Photographed, Without: []string{"certificate"}}
			files = append(files, sample.File{Path: p.Folder() + ".zip", Data: sample.Zip(sample.Under(p.Folder(), p.Files()), sample.GBK)})
		}
		s.now = s.now.Add(time.Minute)
		m := bureau(of.city, "电子商务优秀案例材料", "材料见附件。", files...)
		m.At = s.now
		s.take(m.Bytes())
	}
	s.wait(time.Hour)
	if err := end(); err != nil {
		t.Fatal(err)
	}
}

func newStory(t *testing.T, base string, seed uint64) *story {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(dir, os.DirFS(base)); err != nil {
		t.Fatal(err)
	}
	desk, end, err := build(building{Data: dir, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { end() })
	s := &story{t: t, r: rand.New(rand.NewPCG(seed, 7)), desk: desk, now: day(28, 11, 0), uid: 100, public: map[string]bool{}}
	s.look(func(b *review.Bench) {
		s.cases = s.copied(b)
		if len(s.cases) != 5 {
			t.Fatalf("%d cases", len(s.cases))
		}
	})
	return s
}

func (s *story) look(do func(*review.Bench)) {
	s.t.Helper()
	err := s.desk.Ledger.View(func(tx *ledger.Tx) error {
		sitting, err := intake.Sit(tx, s.now, s.desk.House)
		if err != nil {
			return err
		}
		b, err := review.Sit(tx, sitting)
		if err == nil {
			do(b)
		}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *story) copied(b *review.Bench) map[string]intake.Case {
	out := map[string]intake.Case{}
	for _, c := range b.Cases("") {
		out[c.Number] = *c
		k := out[c.Number]
		k.Decisions = slices.Clone(c.Decisions)
		out[c.Number] = k
	}
	return out
}

// take lets a mail arrive now.
func (s *story) take(raw []byte) {
	s.t.Helper()
	sha, n, err := s.desk.Ledger.Blobs().Put(bytes.NewReader(raw))
	if err != nil {
		s.t.Fatal(err)
	}
	s.uid++
	if err := s.desk.take(context.Background(), place{Arrival{SHA256: sha, At: s.now, Folder: "INBOX", Size: n}, 1, s.uid}); err != nil {
		s.t.Fatalf("%v after\n%s", err, strings.Join(s.told, "\n"))
	}
	if err := s.desk.reread(context.Background()); err != nil {
		s.t.Fatal(err)
	}
}

// wait lets time pass, and what is due be done.
func (s *story) wait(d time.Duration) {
	s.t.Helper()
	s.now = s.now.Add(d)
	if err := s.desk.runDue(s.now, s.now, s.now); err != nil {
		s.t.Fatalf("%v after\n%s", err, strings.Join(s.told, "\n"))
	}
	if err := s.desk.urgent(); err != nil {
		s.t.Fatal(err)
	}
}

// newest is the newest letter to an address, of a template if one is named.
func (s *story) newest(to, template string) (found outbox.Letter) {
	s.t.Helper()
	err := s.desk.Ledger.View(func(tx *ledger.Tx) error {
		return outbox.Letters.Each(tx, "", func(_ string, l outbox.Letter) error {
			if l.To == to && (template == "" || l.Template == template) && !l.At.Before(found.At) {
				found = l
			}
			return nil
		})
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return found
}

// write lets somebody answer the newest letter to him, of a template if one is named.
func (s *story) write(from, template, text string) {
	s.t.Helper()
	s.wait(time.Minute)
	l := s.newest(from, template)
	if l.Key == "" {
		return
	}
	s.told = append(s.told, s.now.Format("01-02 15:04 ")+from+": "+strings.ReplaceAll(text, "\n", " / "))
	s.take(fmt.Appendf(nil, "From: <%s>\r\nTo: <%s>\r\nSubject: Re: =?utf-8?B?5Zue5aSN?=\r\nDate: %s\r\nMessage-ID: <%d.%d@story.example>\r\nIn-Reply-To: <%s>\r\n"+
		"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%s\r\n", from, sample.Mailbox, s.now.Format(time.RFC1123Z),
		s.now.Unix(), s.uid, l.MessageID, strings.ReplaceAll(text, "\n", "\r\n")))
}
