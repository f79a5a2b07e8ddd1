package bot

import (
	"context"
	"errors"
	"testing"
	"time"

	"anli/cmd/anli/demo/sample"
	"anli/intake"
	"anli/intake/ledger"
)

// TestPurgeInterrupted: a purge that stopped anywhere is ended by the next one, which
// finds what archives held even where the archive or the mail is gone already.
func TestPurgeInterrupted(t *testing.T) {
	at := time.Date(2024, 10, 14, 9, 0, 0, 0, intake.Zone())
	b, end, err := build(building{Data: t.TempDir(), IMAP: "127.0.0.1:1", SMTP: "127.0.0.1:1"})
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	if err := b.Configure(at, testSettings()); err != nil {
		t.Fatal(err)
	}
	paper := sample.Marked{Mark: "机密★5年", Title: "关于某项工作的通报"}.Docx()
	raw := sample.Mail{At: at, From: sample.BureauOf("佛山市").Address, Subject: "通报", Text: "见附件。",
		Files: []sample.File{{Path: "通报.zip", Data: sample.Zip([]sample.File{{Path: "内层/通报.docx", Data: paper}}, sample.GBK)}}}.Bytes()
	blobs := b.Ledger.Blobs()
	sha, err := blobs.PutBytes(raw)
	if err != nil {
		t.Fatal(err)
	}
	msg, err := parse(blobs, sha, blobs.Put)
	if err != nil {
		t.Fatal(err)
	}
	readings, err := b.Reader.Read(context.Background(), msg, testSettings().Call.Form(), b.kept, nil)
	if err != nil {
		t.Fatal(err)
	}
	arrival := Arrival{SHA256: sha, At: at, Folder: "INBOX"}
	err = b.decide(at, KindMail, sha, func(tx *ledger.Tx) (intake.Result, error) {
		return decideMail(tx, b.house(), arrival, msg, readings, nil)
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	inner, err := blobs.PutBytes(paper) // the same bytes: as it lies there
	if err != nil {
		t.Fatal(err)
	}
	m, _, err := toPurge(b.Ledger, sha)
	if err != nil || m.Sealed == nil {
		t.Fatal(m, err)
	}
	brought, err := broughtBy(context.Background(), b.Ledger, b.Reader, m)
	if err != nil || len(brought) != 2 {
		t.Fatal(brought, err)
	}
	var done Purged
	if err := recordPurge(b.Ledger, b.house(), at, m, "按保密规定", brought, &done); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(blobs.Erase(msg.Attachments[0].SHA256), blobs.Erase(sha)); err != nil { // and here it stopped
		t.Fatal(err)
	}
	done, err = Purge(context.Background(), b.Ledger, b.Reader, b.house(), at, sha, "按保密规定")
	if err != nil || done.Erased != 1 || blobs.Has(inner) {
		t.Errorf("%+v, %v; the paper lies there: %v", done, err, blobs.Has(inner))
	}
}
