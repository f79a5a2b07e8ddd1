package bot

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"anli/cmd/anli/demo/sample"
	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/mailbox"
	"anli/intake/outbox"
	"anli/parser/cage"
)

// building is what a test's desk is made of. Data, IMAP and SMTP are needed.
type building struct {
	Data       string       // the data folder
	IMAP, SMTP string       // addresses of the post office
	Cache      string       // compiled WASM; "" compiles PDFium for each PDF anew, for seconds
	FileSent   bool         // the server files what we send, so that the desk does not
	Step       func(string) `json:"-"`
	Log        *slog.Logger `json:"-"` // nil: silent
}

// build makes a desk as run does, for the mailbox of the samples. The second
// result closes it.
func build(m building) (*Bot, func() error, error) {
	var options []ledger.Option
	if m.Step != nil {
		options = append(options, ledger.WithSteps(m.Step))
	}
	if m.Log == nil {
		m.Log = slog.New(slog.DiscardHandler)
	}
	l, err := ledger.Open(m.Data, Fold, options...)
	if err != nil {
		return nil, nil, err
	}
	password := func() (string, error) { return testPassword, nil }
	box := mailbox.New(mailbox.Settings{Address: m.IMAP, TLS: "none", User: sample.Mailbox, Password: password, Log: m.Log})
	b := &Bot{Ledger: l, Box: box, House: testHouse(), Folders: []string{"INBOX"}, Sent: "Sent", Journal: "anli-journal", Poll: time.Minute,
		Log: m.Log, Step: m.Step, Reader: &Reader{Cage: &cage.Cage{CacheDir: m.Cache}, Blobs: l.Blobs()}}
	b.Out = &outbox.Outbox{Ledger: l, From: sample.Mailbox, Record: b.Record, Mirrored: b.Mirrored, Paused: Paused, Step: m.Step,
		Sender:        &outbox.Sender{Address: m.SMTP, TLS: "none", User: sample.Mailbox, Password: password, Auth: "plain", HELO: "bot.gd.example"},
		RequireMirror: func(outbox.Letter) bool { live, err := b.Live(); return live || err != nil },
		FindInSent: func(ctx context.Context, id string) (bool, bool, error) {
			found, err := box.Find(ctx, "Sent", id)
			return found, m.FileSent, err
		}}
	if !m.FileSent {
		b.Out.CopyToSent = func(ctx context.Context, raw []byte, at time.Time) error {
			return box.Append(ctx, "Sent", raw, at, true)
		}
	}
	return b, func() error { return errors.Join(box.Close(), l.Close()) }, nil
}

// testPassword is that of everybody in a test's post office.
const testPassword = "x"

func testHouse() intake.House {
	return intake.House{Key: []byte("key"), From: sample.Mailbox, Name: "广东省商务厅电子商务处", Domain: "gd.example"}
}

// testSettings are those of the call of 2024, with the bureaus and staff of the
// samples.
func testSettings() intake.Settings {
	s := intake.Settings{
		Call: intake.Call{ID: "2024", Title: "广东省电子商务优秀案例", Document: "粤商务电函〔2024〕143号", Prefix: "AL",
			Deadline: time.Date(2024, 10, 30, 23, 59, 59, 0, intake.Zone()), Quota: 5,
			Fields: []string{"电子商务园区", "电子商务企业", "电商平台", "电商服务", "电商营销", "丝路电商", "数商兴农", "电商+产业带", "其他电子商务"},
			Region: "44", OtherField: "其他电子商务", Photos: 3, Promos: 3, Logos: 1, DataYear: 2023, IntroLimit: 500, IntroError: 550, SummaryShort: 1000, SummaryLong: 3000,
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
