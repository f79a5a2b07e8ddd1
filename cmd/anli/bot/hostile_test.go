package bot_test

import (
	"bytes"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anli/cmd/anli/bot"
	"anli/cmd/anli/demo/sample"
	"anli/intake/ledger"
	"anli/intake/mailbox/postoffice"
	"anli/parser/cage"
)

// TestHostileMailbox: after a long correspondence the mailbox is restored from
// somewhere, badly: every mail in another place, UIDs and UIDVALIDITY new, ten
// equal dates, one mail gone, three in copies with other trace lines; meanwhile
// the configuration changed twice, the poll interval is another, and documents
// cannot be read any more. The ledger made from it, and the one that simply goes
// on, say the same to the byte, and neither sends a letter.
func TestHostileMailbox(t *testing.T) {
	d := play(t, "testdata/hostile.txtar", "").desk
	t.Cleanup(d.end)
	d.set("call.quota", "4")
	d.configure()
	d.set("timing.morning", "09:00")
	d.configure()
	d.turn() // mirrored
	before, sent := stateOf(t, d.ledger), len(d.letters())
	gone := d.spoil()

	again, report := d.rebuildBlind(filepath.Join(d.dir, "again"))
	rebuilt := stateOf(t, again)
	if !bytes.HasPrefix(rebuilt.journal, before.journal) {
		t.Errorf("the rebuilt journal does not begin with the old one: %s", firstLine(rebuilt.journal, before.journal))
	}
	mustEqual(t, "rebuilt", state{before.journal, rebuilt.cases, rebuilt.letters}, before)
	if len(report.Gone) != 1 || report.Gone[0] != gone || report.Late != 3 || report.Held != 0 {
		t.Errorf("rebuild found %+v; the mail %s is gone and three are copies", report, gone)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}

	d.restartBlind(d.ledger.Dir())
	d.turn()
	went := stateOf(t, d.ledger)
	mustEqual(t, "the one that went on", went, rebuilt)

	d.restartBlind(filepath.Join(d.dir, "again"))
	d.turn()
	mustEqual(t, "the rebuilt one, going on", stateOf(t, d.ledger), went)
	d.quiet(sent)
}

// quiet: an hour passes, nothing is sent and replay finds nothing but the mail
// that is gone.
func (d *desk) quiet(sent int) {
	t := d.t
	t.Helper()
	d.advance(d.clock.Now().Add(time.Hour))
	if n := len(d.letters()); n != sent {
		t.Errorf("%d letters were sent afterwards, the last:\n%s", n-sent, d.letters()[n-1].Raw)
	}
	diff, err := bot.Replay(d.ledger, d.house, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(diff) != 1 || !strings.Contains(diff[0].Detail, "gone") {
		t.Errorf("replay: %v", diff)
	}
	problems, err := d.ledger.Check(nil)
	if err != nil || len(problems) > 0 {
		t.Errorf("ledger: %v %v", problems, err)
	}
}

// spoil restores the mailbox badly. It gives the SHA-256 of the mail that is lost.
func (d *desk) spoil() string {
	d.t.Helper()
	chance := rand.New(rand.NewPCG(1, 2)) // always the same disorder
	mails := d.mails("INBOX")
	if len(mails) < 15 {
		d.t.Fatalf("the dialogue is too short: %d mails", len(mails))
	}
	lost := 5
	gone := hash(mails[lost].Raw)
	var uids []uint32
	for _, m := range mails {
		uids = append(uids, m.UID)
	}
	if err := d.office.Remove(sample.Mailbox, "INBOX", uids...); err != nil {
		d.t.Fatal(err)
	}
	var all []postoffice.Stored
	for i, m := range mails {
		if i == lost {
			continue
		}
		if i < 11 {
			m.At = mails[0].At // ten mails of one second
		}
		all = append(all, m)
		if i == 1 || i == 7 || i == 12 {
			all = append(all, postoffice.Stored{Raw: traced(m.Raw), At: m.At.Add(time.Minute)})
		}
	}
	chance.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for _, m := range all {
		if err := d.office.Append(sample.Mailbox, "INBOX", m.Raw, m.At); err != nil {
			d.t.Fatal(err)
		}
	}
	for _, folder := range []string{"INBOX", "Sent", journal} { // the journal's batches, too, and one of them twice
		order := chance.Perm(len(d.mails(folder)))
		if folder == journal {
			order = append(order, order[0])
		}
		if err := d.office.Shuffle(sample.Mailbox, folder, order); err != nil {
			d.t.Fatal(err)
		}
	}
	return gone
}

// traced is the same mail as another server delivered it.
func traced(raw []byte) []byte {
	return append([]byte("Return-Path: <bounce@other.example>\r\nReceived: from a.other.example by b.other.example with ESMTPS id 77;\r\n\tTue, 15 Oct 2024 08:00:00 +0800\r\n"), raw...)
}

// blind is a reader that can read nothing any more.
func (d *desk) blind(blobs *ledger.Blobs) *bot.Reader {
	return &bot.Reader{Cage: &cage.Cage{Limits: cage.Limits{Answer: 1}}, Blobs: blobs}
}

func (d *desk) rebuildBlind(data string) (*ledger.Ledger, bot.RebuildReport) {
	d.t.Helper()
	return d.rebuildWith(data, d.blind)
}

// restartBlind begins a bot on a data folder, with the blind reader and another
// poll interval.
func (d *desk) restartBlind(data string) {
	d.t.Helper()
	d.end()
	d.begin(data)
	d.bot.Reader, d.bot.Poll = d.blind(d.ledger.Blobs()), 17*time.Second
	d.configure()
}
