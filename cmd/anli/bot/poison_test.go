package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"anli/cmd/anli/demo/sample"
	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/mailbox/postoffice"
)

// One mail must never stop the desk: whatever stands in its headers, it gets a
// record, the next mail is taken, and nothing goes to an address that is none.
func TestPoison(t *testing.T) {
	long := strings.Repeat("x", 3000)
	package1 := sample.Package{City: "佛山市", Unit: "佛山市某木家居有限公司", Case: "定制家居"}
	heads := map[string]string{
		"no From":                 "",
		"empty From":              "From: \r\n",
		"From without domain":     "From: nobody\r\n",
		"From in Chinese":         "From: =?utf-8?b?5byg5LiJ?= <张三@例子.中国>\r\n",
		"From with blanks":        "From: \"a b\"@x.example\r\n",
		"endless From":            "From: <" + long + "@x.example>\r\n",
		"endless Message-ID":      "From: a@x.example\r\nMessage-ID: <" + long + "@x.example>\r\n",
		"odd Message-ID":          "From: b@x.example\r\nMessage-ID: <a b\x00c>\r\n",
		"endless In-Reply-To":     "From: c@x.example\r\nIn-Reply-To: <" + long + "@x.example>\r\n",
		"many References":         "From: d@x.example\r\nReferences: " + strings.Repeat("<r@x.example>\r\n ", 3000) + "\r\n",
		"endless Subject":         "From: e@x.example\r\nX-Nothing: 1\r\nSubject: 优秀案例" + long + "\r\n",
		"a bureau, endless ID":    "From: " + sample.BureauOf("佛山市").Address + "\r\nMessage-ID: <" + long + "@x.example>\r\n",
		"a bureau, endless Cc":    "From: " + sample.BureauOf("佛山市").Address + "\r\nCc: " + strings.Repeat("<"+long[:200]+"@x.example>,\r\n ", 300) + "<z@x.example>\r\n",
		"staff, a code of nobody": "From: " + sample.Officer + "\r\nSubject: AAAA-AAAA\r\n",
	}
	clock := time.Date(2024, 10, 14, 9, 0, 0, 0, intake.Zone())
	now := func() time.Time { return clock }
	office, err := postoffice.Start(postoffice.Options{Clock: now, Password: testPassword, Outside: true})
	if err != nil {
		t.Fatal(err)
	}
	defer office.Close()
	for _, a := range []string{sample.Mailbox, sample.Officer, sample.BureauOf("佛山市").Address} {
		office.AddUser(a)
	}
	b, end, err := build(building{Data: t.TempDir(), IMAP: office.IMAPAddr(), SMTP: office.SMTPAddr()})
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	if err := b.Configure(now(), testSettings()); err != nil {
		t.Fatal(err)
	}
	if err := b.Turn(context.Background(), now); err != nil {
		t.Fatal(err)
	}
	awaken(t, b, now())
	n := 0
	for _, part := range []string{"\r\n优秀案例申报，请问材料怎么报送？\r\n", attachment(package1.Zip(sample.UTF8))} {
		for name, head := range heads {
			n++
			clock = clock.Add(time.Minute)
			raw := head + "Date: Mon, 14 Oct 2024 09:00:00 +0800\r\nX-Case: " + fmt.Sprint(n) + "\r\n" + part
			if !strings.Contains(head, "Subject:") {
				raw = "Subject: =?utf-8?b?5LyY56eA5qGI5L6L?=\r\n" + raw
			}
			if err := office.Append(sample.Mailbox, "INBOX", []byte(raw), clock); err != nil {
				t.Fatal(err)
			}
			if err := b.Turn(context.Background(), now); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
	}
	clock = clock.Add(24 * time.Hour)
	if err := b.Turn(context.Background(), now); err != nil {
		t.Fatal(err)
	}
	records := 0
	err = b.Ledger.View(func(tx *ledger.Tx) error {
		return intake.NewTables().Mails.Each(tx, "", func(string, intake.Mail) error { records++; return nil })
	})
	if err != nil || records != n {
		t.Errorf("%d mails, %d records, %v", n, records, err)
	}
	differences, err := Replay(b.Ledger, b.House, nil)
	if err != nil || len(differences) > 0 {
		t.Error(err, differences)
	}
}

// awaken sets the desk live, as 启用 does.
func awaken(t *testing.T, b *Bot, at time.Time) {
	t.Helper()
	err := b.Ledger.Update(func(tx *ledger.Tx) error {
		desk, _, err := intake.NewTables().Desk.Get(tx, "desk")
		if err != nil {
			return err
		}
		desk.Live, desk.LiveAt = true, at
		_, err = tx.Append(at, KindSettings, "test", 1, intake.Change{Desk: &desk})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// attachment is a mail's rest with one file.
func attachment(f sample.File) string {
	raw := string(sample.Mail{From: "a@x.example", To: sample.Mailbox, Subject: "x", At: time.Unix(0, 0), Text: "现报送优秀案例材料，见附件。", Files: []sample.File{f}}.Bytes())
	i := strings.Index(raw, "Content-Type: ")
	return "MIME-Version: 1.0\r\n" + raw[i:]
}

// A decision that breaks is recorded as broken: staff read it, and a replay takes
// it as it stands.
func TestSetAside(t *testing.T) {
	at := time.Date(2024, 10, 14, 9, 0, 0, 0, intake.Zone())
	b, end, err := build(building{Data: t.TempDir(), IMAP: "127.0.0.1:1", SMTP: "127.0.0.1:1"})
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	if err := b.Configure(at, testSettings()); err != nil {
		t.Fatal(err)
	}
	broken := b.decide(at, KindMail, "x", func(*ledger.Tx) (intake.Result, error) { panic("nil map") }, nil)
	if !poisoned(broken) {
		t.Fatalf("a panic must stay with its mail: %v", broken)
	}
	sha, err := b.Ledger.Blobs().PutBytes([]byte("From: a@x.example\r\n\r\nx"))
	if err != nil {
		t.Fatal(err)
	}
	p := place{Arrival{SHA256: sha, At: at, Folder: "INBOX"}, 1, 1}
	msg, err := parse(b.Ledger.Blobs(), sha, b.Ledger.Blobs().Put)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.setAside(p, msg, nil, broken); err != nil {
		t.Fatal(err)
	}
	err = b.Ledger.View(func(tx *ledger.Tx) error {
		m, ok, err := intake.NewTables().Mails.Get(tx, sha)
		if !ok || m.Failed == "" || !m.Unhandled {
			t.Errorf("recorded as %+v", m)
		}
		rows, rowErr := intake.NewTables().Rows.List(tx, "failed/")
		if len(rows) != 1 || rowErr != nil {
			t.Errorf("%d rows for staff, %v", len(rows), rowErr)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if differences, err := Replay(b.Ledger, b.House, nil); err != nil || len(differences) > 0 {
		t.Error(err, differences)
	}
}

// TestSetAsideMarked: a broken decision on a marked mail is told with the warning that
// marked mails are told with, and nothing that tells what it is about.
func TestSetAsideMarked(t *testing.T) {
	at := time.Date(2024, 10, 14, 9, 0, 0, 0, intake.Zone())
	b, end, err := build(building{Data: t.TempDir(), IMAP: "127.0.0.1:1", SMTP: "127.0.0.1:1"})
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	if err := b.Configure(at, testSettings()); err != nil {
		t.Fatal(err)
	}
	for subject, secret := range map[string]bool{"机密★某项工作通报": true, "某项工作通报": false} {
		m := sample.Mail{At: at, From: sample.BureauOf("佛山市").Address, Subject: subject, Text: "见附件。"}
		sha, err := b.Ledger.Blobs().PutBytes(m.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		msg, err := parse(b.Ledger.Blobs(), sha, b.Ledger.Blobs().Put)
		if err != nil {
			t.Fatal(err)
		}
		why := fmt.Errorf("%w: entry of 某项工作通报.docx", ledger.ErrEntry)
		if err := b.setAside(place{Arrival{SHA256: sha, At: at, Folder: "INBOX"}, 1, 1}, msg, nil, why); err != nil {
			t.Fatal(err)
		}
		err = b.Ledger.View(func(tx *ledger.Tx) error {
			m, _, err := intake.NewTables().Mails.Get(tx, sha)
			r, _, rowErr := intake.NewTables().Rows.Get(tx, "failed/"+sha)
			told := r.Text + m.Subject + m.Reason + m.Failed
			if m.Failed == "" || strings.Contains(told, "某项工作") == secret || strings.Contains(r.Text, "勿打开") != secret ||
				strings.Contains(r.Text, "请人工处理") == secret || strings.Contains(r.Text, sha) != secret {
				t.Errorf("%s: %+v\n%s", subject, m, r.Text)
			}
			return errors.Join(err, rowErr)
		})
		if err != nil {
			t.Error(err)
		}
	}
}
