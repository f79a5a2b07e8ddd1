package bot_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"path/filepath"
	"strings"
	"sync/atomic"
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

const (
	password = "x"
	journal  = "anli-journal"
)

// slow are limits that the race detector keeps within.
var slow = cage.Limits{CPU: 5 * time.Minute, Memory: 8 << 30}

// warm compiles PDFium once for many desks; the folder is the test's.
func warm(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	c := &cage.Cage{CacheDir: dir, Limits: slow}
	if err := c.Warm(context.Background(), "warm"); err != nil {
		t.Fatal(err)
	}
	return dir
}

// clock is a dialogue's time: the script moves it.
type clock struct{ at atomic.Int64 }

func (c *clock) Now() time.Time  { return time.Unix(c.at.Load(), 0).In(intake.Zone()) }
func (c *clock) Set(t time.Time) { c.at.Store(t.Unix()) }

// desk is a bot with a mail server of its own and everybody who writes to it.
type desk struct {
	t        *testing.T
	dir      string
	clock    *clock
	office   *postoffice.Office
	house    intake.House
	settings intake.Settings
	log      *slog.Logger
	wasm     string // compiled WASM; "" where no PDF comes

	ledger *ledger.Ledger
	box    *mailbox.Box
	bot    *bot.Bot

	laid map[string][]postoffice.Stored // folder → what was laid into the mailbox, by the server's own word
	seen int                            // letters of ours that the script has dealt with
}

// settings are those of the call of 2024, with one member of staff: what is
// sent to one is sent to all, which the demo shows.
func defaults() intake.Settings {
	s := intake.Settings{
		Call: intake.Call{ID: "2024", Title: "广东省电子商务优秀案例", Document: "粤商务电函〔2024〕143号", Prefix: "AL",
			Deadline: time.Date(2024, 10, 30, 23, 59, 59, 0, intake.Zone()), Quota: 5,
			Fields: []string{"电子商务园区", "电子商务企业", "电商平台", "电商服务", "电商营销", "丝路电商", "数商兴农", "电商+产业带", "其他电子商务"},
			Region: "44", OtherField: "其他电子商务", Photos: 3, Promos: 3, Logos: 1, DataYear: 2023, IntroLimit: 500, IntroError: 550, SummaryShort: 1000, SummaryLong: 3000,
			Keywords: []string{"优秀案例", "案例申报", "案例征集", "案例材料"},
			Clauses: map[string]string{"form": "五、（一）1", "license": "五、（一）2", "pictures": "五、（一）3", "copies": "六",
				"limits": "五、（一）", "data": "四、（五）", "applicant": "二、（一）"},
			NextSteps: "入选案例将在近期省级电子商务活动发布并现场予以授牌，同时在主流媒体中进行宣传，具体安排另行通知。"},
		Office: intake.Office{Division: "广东省商务厅电子商务处（案例征集工作邮箱）", Contact: "某某", Phone: "020-38000000"},
		Mailbox: intake.MailboxRules{Address: sample.Mailbox, Since: time.Date(2024, 9, 23, 0, 0, 0, 0, intake.Zone()), MaxMail: 50, Live: true,
			Junk: "Junk", AuthServID: "mx.gd.example"},
		Letters: map[string]string{"receipt": "send", "answer": "send", "reminder": "approve", "decision": "approve"},
		Timing:  intake.Timing{Quiet: intake.Duration(3 * time.Minute), Longest: intake.Duration(20 * time.Minute), Series: intake.Duration(time.Hour), Morning: "08:30"},
	}
	s.Review = intake.ReviewRules{Criteria: []intake.Criterion{{Name: "技术性与创新性", Max: 30}, {Name: "效益性", Max: 25}, {Name: "示范性", Max: 20}, {Name: "整体实力", Max: 15}, {Name: "数据完整性", Max: 10}},
		Ties: []string{"技术性与创新性"}, Minimum: 2, Drop: true, Remind: 3, Reminds: 2, RemindAt: "09:30"}
	for _, b := range sample.Bureaus() {
		s.Call.Cities = append(s.Call.Cities, b.City)
		s.People.Bureaus = append(s.People.Bureaus, intake.Bureau{City: b.City, Addresses: []string{b.Address}})
	}
	s.People.Staff = []intake.Person{{Name: "张伟", Addresses: []string{sample.Officer}}}
	return s
}

// open starts the mail server, once.
func (d *desk) open() {
	d.t.Helper()
	if d.office != nil {
		return
	}
	office, err := postoffice.Start(postoffice.Options{Clock: d.clock.Now, Password: password, Outside: true})
	if err != nil {
		d.t.Fatal(err)
	}
	d.office = office
	d.t.Cleanup(func() { office.Close() })
	office.AddUser(sample.Mailbox)
	for _, b := range sample.Bureaus() {
		office.AddUser(b.Address)
	}
	for _, a := range []string{sample.Officer, sample.Officer2, sample.Colleague} {
		office.AddUser(a)
	}
	for _, e := range sample.Experts() {
		office.AddUser(e.Address)
	}
	d.house = intake.House{Key: []byte("a key for dialogues"), From: sample.Mailbox, Name: "广东省商务厅电子商务处", Domain: "gd.example"}
	d.laid = map[string][]postoffice.Stored{}
}

// start makes the bot in an empty folder.
func (d *desk) start() {
	d.t.Helper()
	d.begin(filepath.Join(d.dir, "data"))
	d.configure()
}

// begin makes a bot on a data folder, new or not.
func (d *desk) begin(data string) {
	d.t.Helper()
	l, err := ledger.Open(data, bot.Fold)
	if err != nil {
		d.t.Fatal(err)
	}
	d.ledger = l
	d.box = d.newBox()
	word := func() (string, error) { return password, nil }
	sender := &outbox.Sender{Address: d.office.SMTPAddr(), TLS: "none", User: sample.Mailbox, Password: word, Auth: "plain", HELO: "bot.gd.example"}
	b := &bot.Bot{Ledger: l, Box: d.box, House: d.house, Folders: []string{"INBOX", "Junk"}, Sent: "Sent", Journal: journal, Poll: time.Minute, Log: d.log,
		Reader: d.reader(l.Blobs())}
	box := d.box
	b.Out = &outbox.Outbox{Ledger: l, Sender: sender, From: sample.Mailbox, Record: b.Record, Mirrored: b.Mirrored, Paused: bot.Paused,
		Limits:        outbox.Limits{PerHour: d.settings.Limits.PerHour, PerHourEach: d.settings.Limits.PerAddressHour},
		RequireMirror: func(outbox.Letter) bool { live, _ := b.Live(); return live },
		CopyToSent: func(ctx context.Context, raw []byte, at time.Time) error {
			return box.Append(ctx, "Sent", raw, at, true)
		}}
	d.bot = b
}

func (d *desk) reader(blobs *ledger.Blobs) *bot.Reader {
	return &bot.Reader{Cage: &cage.Cage{CacheDir: d.wasm, Limits: slow}, Blobs: blobs}
}

func (d *desk) newBox() *mailbox.Box {
	box := mailbox.New(mailbox.Settings{Address: d.office.IMAPAddr(), TLS: "none", User: sample.Mailbox, Log: d.log,
		Password: func() (string, error) { return password, nil }})
	d.t.Cleanup(func() { box.Close() })
	return box
}

// end closes the bot, so that another can begin.
func (d *desk) end() {
	d.t.Helper()
	if d.ledger == nil {
		return
	}
	if err := d.box.Close(); err != nil {
		d.t.Fatal(err)
	}
	if err := d.ledger.Close(); err != nil {
		d.t.Fatal(err)
	}
	d.ledger = nil
}

func (d *desk) configure() {
	d.t.Helper()
	if err := d.bot.Configure(d.clock.Now(), d.settings); err != nil {
		d.t.Fatal(err)
	}
}

// set changes one value of the configuration: section.key and JSON, or text.
func (d *desk) set(key, value string) error {
	flat, err := d.settings.Flat()
	if err != nil {
		return err
	}
	raw := json.RawMessage(value)
	if !json.Valid(raw) {
		if raw, err = json.Marshal(value); err != nil {
			return err
		}
	}
	if value == "" {
		delete(flat, key)
	} else {
		flat[key] = raw
	}
	d.settings, err = intake.Unflat(flat)
	return err
}

func (d *desk) turn() {
	d.t.Helper()
	if d.bot == nil {
		return
	}
	if err := d.bot.Turn(context.Background(), d.clock.Now); err != nil {
		d.t.Fatal(err)
	}
}

// advance moves the clock to t and turns the bot wherever something is due.
func (d *desk) advance(to time.Time) {
	d.t.Helper()
	for {
		next, err := d.bot.Next(d.clock.Now())
		if err != nil {
			d.t.Fatal(err)
		}
		if next.IsZero() || next.After(to) {
			break
		}
		if next.After(d.clock.Now()) {
			d.clock.Set(next)
		} else {
			d.clock.Set(d.clock.Now().Add(time.Minute))
		}
		d.turn()
	}
	d.clock.Set(to)
	d.turn()
}

// lay notes what lies in the folder after somebody's mail came, and that
// nothing else changed there.
func (d *desk) lay(folder string) {
	d.t.Helper()
	now := d.mails(folder)
	before := d.laid[folder]
	if len(now) < len(before) {
		d.t.Fatalf("%s holds %d mails, it held %d", folder, len(now), len(before))
	}
	d.same(folder, now[:len(before)], before)
	d.laid[folder] = now
}

func (d *desk) mails(folder string) []postoffice.Stored {
	d.t.Helper()
	mails, err := d.office.Mails(sample.Mailbox, folder)
	if err != nil {
		d.t.Fatal(err)
	}
	return mails
}

func (d *desk) same(folder string, now, before []postoffice.Stored) {
	d.t.Helper()
	if len(now) != len(before) {
		d.t.Errorf("%s holds %d mails, it held %d", folder, len(now), len(before))
		return
	}
	for i, m := range now {
		b := before[i]
		if m.UID != b.UID || !m.At.Equal(b.At) || !bytes.Equal(m.Raw, b.Raw) || strings.Join(m.Flags, " ") != strings.Join(b.Flags, " ") {
			d.t.Errorf("mail %d of %s was touched: flags %v, were %v", i+1, folder, m.Flags, b.Flags)
		}
	}
}

// letters are what the bot handed to the server, in order.
func (d *desk) letters() []postoffice.Accepted {
	var out []postoffice.Accepted
	for _, a := range d.office.Sent() {
		if a.Auth == sample.Mailbox {
			out = append(out, a)
		}
	}
	return out
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
