package bot

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"anli/cmd/anli/demo/sample"
	"anli/intake"
	"anli/intake/mailbox/postoffice"
	"anli/parser/cage"
)

// play is one correspondence: a post office and people in the test's process,
// the desk in another. The desk may be killed once; it is then started again two
// minutes later.
type play struct {
	t        *testing.T
	posting  posting
	office   *postoffice.Office
	clock    atomic.Int64
	desk     *desk
	last     told
	killed   bool
	arrived  [][]byte // what was delivered into the division's inbox, in order
	answers  int      // mails of the staff, each answered by a transcript
	progress map[string]told
}

// day is a time of the play.
func day(d, hour, minute int) time.Time {
	return time.Date(2024, 10, d, hour, minute, 0, 0, intake.Zone())
}

func newPlay(t *testing.T, cache string, p posting) *play {
	t.Helper()
	c := &play{t: t, progress: map[string]told{}}
	c.set(day(14, 9, 0))
	office, err := postoffice.Start(postoffice.Options{Clock: c.now, Password: testPassword, Outside: true, FileSent: p.FileSent})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { office.Close() })
	c.office = office
	for _, a := range []string{sample.Mailbox, sample.Officer, sample.Officer2} {
		office.AddUser(a)
	}
	for _, b := range sample.Bureaus() {
		office.AddUser(b.Address)
	}
	p.Data, p.IMAP, p.SMTP, p.Cache = filepath.Join(t.TempDir(), "data"), office.IMAPAddr(), office.SMTPAddr(), cache
	c.posting = p
	return c
}

func (c *play) now() time.Time  { return time.Unix(c.clock.Load(), 0).In(intake.Zone()) }
func (c *play) set(t time.Time) { c.clock.Store(t.Unix()) }

// order passes an order on. A desk that dies of it, as it was to, is started
// again and told the same once more.
func (c *play) order(do string) {
	c.t.Helper()
	got, err := c.desk.order(do, c.now())
	if errors.Is(err, errKilled) && !c.killed {
		c.killed = true
		again := c.posting
		again.Kill = ""
		c.set(c.now().Add(2 * time.Minute))
		c.desk = hire(c.t, again)
		if got, err = c.desk.order("start", c.now()); err == nil && do != "start" {
			got, err = c.desk.order(do, c.now())
		}
	}
	if err != nil {
		c.t.Fatalf("%s at %s: %v", do, c.now().Format(time.DateTime), err)
	}
	c.last = got
}

// advance moves the clock to t, with a round of the desk wherever something is due.
func (c *play) advance(t time.Time) {
	c.t.Helper()
	for range 1000 {
		next := c.last.Next
		if next.IsZero() || next.After(t) {
			if t.After(c.now()) {
				c.set(t)
			}
			c.order("turn")
			return
		}
		if next.After(c.now()) {
			c.set(next)
		} else {
			c.set(c.now().Add(time.Minute))
		}
		c.order("turn")
	}
	c.t.Fatal("the desk does not come to rest")
}

// post lays a mail into the inbox, without trace lines (they would tell of the
// crash), and gives the desk a round.
func (c *play) post(at time.Time, m sample.Mail) {
	c.t.Helper()
	c.advance(at)
	c.lay(at, m)
	c.order("turn")
}

func (c *play) lay(at time.Time, m sample.Mail) {
	c.t.Helper()
	m.At = at
	raw := m.Bytes()
	if err := c.office.Append(sample.Mailbox, "INBOX", raw, at); err != nil {
		c.t.Fatal(err)
	}
	c.arrived = append(c.arrived, raw)
}

// mark keeps how far the steps have come.
func (c *play) mark(name string) { c.progress[name] = c.last }

// inbox is what somebody has received.
func (c *play) inbox(address string) (in sample.Inbox) {
	c.t.Helper()
	mails, err := c.office.Mails(address, "INBOX")
	if err != nil {
		c.t.Fatal(err)
	}
	for _, m := range mails {
		in = append(in, m.Raw)
	}
	return in
}

// newest is the last letter somebody received whose subject has a word; nil if none.
func (c *play) newest(address, word string) *sample.Letter {
	c.t.Helper()
	in := c.inbox(address)
	for i := len(in) - 1; i >= 0; i-- {
		if l, err := sample.ReadLetter(in[i]); err == nil && strings.Contains(l.Subject, word) {
			return &l
		}
	}
	return nil
}

// command is a mail of the staff that answers a letter, by whichever of the two
// has it. Nothing is sent where there is nothing to say.
func (c *play) command(at time.Time, word string, text func(sample.Letter) string) {
	c.t.Helper()
	c.advance(at)
	for _, from := range []string{sample.Officer, sample.Officer2} {
		l := c.newest(from, word)
		if l == nil {
			continue
		}
		if lines := text(*l); lines != "" {
			c.answers++
			c.post(at, sample.Mail{Client: sample.NetEase, From: from, FromName: "张伟", Answers: l, Text: lines})
		}
		return
	}
	c.t.Fatalf("no officer has a letter with %q", word)
}

// clear answers the staff letter: what the server has accepted before (the staff ask
// by telephone) is not sent again, the rest is.
func (c *play) clear(l sample.Letter) string {
	var lines []string
	for _, code := range released.FindAllStringSubmatch(l.Text, -1) {
		line := "放行 " + code[1]
		for _, m := range c.office.Sent() {
			if sent, err := sample.ReadLetter(m.Raw); err == nil && sent.Code == code[1] {
				line = "不发 " + code[1] + " 对方已收到"
			}
		}
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// A reply that a letter to staff offers for one that waits.
var released = regexp.MustCompile(`放行 ([0-9A-Z]{4}-[0-9A-Z]{4})`)

// bureau is a mail by a city's bureau.
func bureau(city, subject, text string, files ...sample.File) sample.Mail {
	b := sample.BureauOf(city)
	return sample.Mail{Client: b.Program, From: b.Address, FromName: b.Name(), Subject: subject, Text: text, Files: files}
}

// papers are what the bureaus of the play send, packed once for all runs.
type papers struct {
	stock, whole, lacking sample.File // packages
	photo                 sample.File // what lacking lacks
}

// unit is the one whose package lacks a photo.
const unit = "佛山市某陶建材有限公司"

// pack leaves out of the packages what takes long to read and changes nothing.
func pack() papers {
	pkg := func(city, unit, name string, without ...string) sample.File {
		return sample.Package{City: city, Unit: unit, Case: name, Licence: sample.Photographed, Without: append(without, "certificate")}.Zip(sample.GBK)
	}
	return papers{
		stock:   pkg("江门市", "江门市某皮食品有限公司", "陈皮产业数字化营销", "form-pdf"),
		whole:   pkg("广州市", "广州市某禾家居有限公司", "定制家居柔性供应链平台"),
		lacking: pkg("佛山市", unit, "陶瓷产业带数字化直供", "form-pdf", "photo3"),
		photo:   sample.File{Path: "照片3.jpg", Data: sample.Photo(unit, 3)},
	}
}

// act gives the whole story: going live, an incomplete package, a complete one,
// commands of staff and of a bureau, letters released, a supplement, two mornings.
func (c *play) act(p papers) {
	c.t.Helper()
	const please = "现报送我市案例材料，请查收。"
	c.lay(day(10, 10, 12), bureau("江门市", "江门市推荐电子商务优秀案例", please, p.stock))
	c.desk = hire(c.t, c.posting)
	c.order("start")
	c.order("turn")
	c.command(day(14, 9, 20), "【接管报告】", func(sample.Letter) string { return "启用" })
	c.command(day(14, 9, 30), "待确认", func(l sample.Letter) string { return "确认 " + l.Code })
	c.mark("live")
	c.post(day(14, 10, 0), bureau("佛山市", "佛山市电子商务优秀案例申报", please, p.lacking))
	c.post(day(14, 10, 30), bureau("广州市", "广州市报送电子商务优秀案例材料", please, p.whole))
	c.command(day(14, 10, 45), "【接管报告】", func(sample.Letter) string { return "登记邮箱 dsk@foshan.example 佛山市\n进度" })
	c.mark("commanded")
	c.post(day(14, 11, 0), bureau("佛山市", "进度", "进度"))
	c.command(day(15, 8, 50), "【每日情况】", c.clear)
	supplement := bureau("佛山市", "", "所缺材料见附件。", p.photo)
	receipt := c.newest(sample.BureauOf("佛山市").Address, "【已收到")
	if receipt == nil {
		c.t.Fatal("佛山 has no receipt")
	}
	supplement.Answers = receipt
	c.post(day(15, 9, 20), supplement)
	c.command(day(16, 8, 50), "【每日情况】", c.clear)
	c.advance(day(16, 9, 30))
	if err := c.desk.dismiss(); err != nil {
		c.t.Fatal(err)
	}
}

// open takes over the data folder of a desk that has ended; the second result
// lets go of it.
func (c *play) open() (*Bot, func() error) {
	c.t.Helper()
	b, end, err := build(c.posting.building)
	if err != nil {
		c.t.Fatal(err)
	}
	return b, end
}

// said is what the bot wrote, by Message-ID: how often the server accepted it and
// its bytes.
func (c *play) said() map[string][][]byte {
	out := map[string][][]byte{}
	for _, m := range c.office.Sent() {
		if m.Auth == "" {
			continue
		}
		l, err := sample.ReadLetter(m.Raw)
		if err != nil {
			c.t.Fatal(err)
		}
		id := strings.Trim(l.MessageID, "<>")
		out[id] = append(out[id], m.Raw)
	}
	return out
}

// warmed is a folder with compiled PDFium.
func warmed(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	c := &cage.Cage{CacheDir: dir, Limits: cage.Limits{CPU: 5 * time.Minute, Memory: 8 << 30}} // the race detector is dear
	if err := c.Warm(context.Background(), workWarm); err != nil {
		t.Fatal(fmt.Errorf("PDFium cannot be compiled ahead: %w", err))
	}
	return dir
}
