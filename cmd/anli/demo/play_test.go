package demo

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"anli/cmd/anli/bot"
	"anli/cmd/anli/demo/sample"
	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/mailbox"
	"anli/intake/mailbox/postoffice"
	"anli/intake/outbox"
	"anli/parser/cage"
)

func TestMain(m *testing.M) {
	cage.Serve(bot.Works())
	os.Exit(m.Run())
}

func settings() intake.Settings {
	s := intake.Settings{
		Call: intake.Call{ID: "2024", Title: "广东省电子商务优秀案例", Document: "粤商务电函〔2024〕143号", Prefix: "AL",
			Deadline: time.Date(2024, 10, 30, 23, 59, 59, 0, intake.Zone()), Quota: 5,
			Fields:     []string{"电子商务园区", "电子商务企业", "电商平台", "电商服务", "电商营销", "丝路电商", "数商兴农", "电商+产业带", "其他电子商务"},
			OtherField: "其他电子商务", Photos: 3, Promos: 3, Logos: 1, DataYear: 2023, IntroLimit: 500, IntroError: 550, SummaryShort: 1000, SummaryLong: 3000,
			Keywords: []string{"优秀案例", "案例申报", "案例征集", "案例材料"}},
		Office:  intake.Office{Division: "广东省商务厅电子商务处（案例征集工作邮箱）", Contact: "某某", Phone: "020-38000000"},
		Mailbox: intake.MailboxRules{Address: sample.Mailbox, Since: time.Date(2024, 9, 23, 0, 0, 0, 0, intake.Zone()), MaxMail: 50, Live: true},
		Letters: map[string]string{"receipt": "send", "answer": "send", "reminder": "approve", "decision": "approve"},
		Timing:  intake.Timing{Quiet: intake.Duration(3 * time.Minute), Longest: intake.Duration(20 * time.Minute), Series: intake.Duration(time.Hour), Morning: "08:30"},
	}
	for _, b := range sample.Bureaus() {
		s.Call.Cities = append(s.Call.Cities, b.City)
		s.People.Bureaus = append(s.People.Bureaus, intake.Bureau{City: b.City, Addresses: []string{b.Address}})
	}
	s.People.Staff = []intake.Person{{Name: "张伟", Addresses: []string{sample.Officer}}, {Name: "李娜", Addresses: []string{sample.Officer2}}}
	return s
}

func TestPlay(t *testing.T) {
	clock := &Clock{}
	clock.Set(sample.Start())
	scenes := sample.Script()
	office, err := postoffice.Start(postoffice.Options{Clock: clock.Now, Password: "x", Outside: true})
	if err != nil {
		t.Fatal(err)
	}
	defer office.Close()
	if err := Furnish(office, scenes); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if d := os.Getenv("PLAY_DIR"); d != "" {
		dir = d
	}
	l, err := ledger.Open(filepath.Join(dir, "data"), bot.Fold)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	password := func() (string, error) { return "x", nil }
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	box := mailbox.New(mailbox.Settings{Address: office.IMAPAddr(), TLS: "none", User: sample.Mailbox, Password: password, Log: log})
	defer box.Close()
	sender := &outbox.Sender{Address: office.SMTPAddr(), TLS: "none", User: sample.Mailbox, Password: password, Auth: "plain", HELO: "bot.gd.example"}
	house := intake.House{Key: []byte("key"), From: sample.Mailbox, Name: "广东省商务厅电子商务处", Domain: "gd.example"}
	b := &bot.Bot{Ledger: l, Box: box, House: house, Folders: []string{"INBOX"}, Sent: "Sent", Journal: "anli-journal", Poll: time.Minute, Log: log,
		Reader: &bot.Reader{Cage: &cage.Cage{}, Blobs: l.Blobs()}}
	b.Out = &outbox.Outbox{Ledger: l, Sender: sender, From: sample.Mailbox, Record: b.Record, Mirrored: b.Mirrored, Paused: bot.Paused,
		RequireMirror: func(letter outbox.Letter) bool { live, _ := b.Live(); return live },
		CopyToSent: func(ctx context.Context, raw []byte, at time.Time) error {
			return box.Append(ctx, "Sent", raw, at, true)
		}}
	if err := b.Configure(clock.Now(), settings()); err != nil {
		t.Fatal(err)
	}
	stage := Stage{Bot: b, Office: office, Clock: clock, Scenes: scenes, Progress: io.Discard}
	acts, err := stage.Play(context.Background())
	for _, a := range acts {
		show(t, l, a)
	}
	for i, s := range office.Sent() {
		if s.Auth != "" {
			os.WriteFile(filepath.Join(dir, fmt.Sprintf("%03d-%s.eml", i, s.To[0])), s.Raw, 0o644)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	diff, err := bot.Replay(l, house, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range diff {
		t.Error(d)
	}
}

func show(t *testing.T, l *ledger.Ledger, a Act) {
	l.View(func(tx *ledger.Tx) error {
		ids, _, _ := intake.NewTables().ByID.Get(tx, a.MessageID)
		for _, sha := range ids {
			m, _, _ := intake.NewTables().Mails.Get(tx, sha)
			t.Logf("%s %s [%s] → %s %v %s", a.Scene.At.Format("02 15:04"), a.Scene.TitleZh, a.Scene.Expect, m.Route, m.Cases, m.Reason)
		}
		return nil
	})
}
