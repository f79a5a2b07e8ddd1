package bot

import (
	"context"
	"errors"
	"testing"
	"time"

	"anli/cmd/anli/demo/sample"
	"anli/intake"
	"anli/intake/ledger"
	"anli/parser/mail"
)

// TestPurgeInterrupted: a purge that stopped anywhere is ended by the next one, which
// finds what archives held even where the archive or the mail is gone already.
func TestPurgeInterrupted(t *testing.T) {
	b, at, msg, sha, paper := sealedMail(t)
	blobs := b.Ledger.Blobs()
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

// sealedMail is a desk with one mail that is sealed for a paper in an archive.
func sealedMail(t *testing.T) (b *Bot, at time.Time, msg mail.Message, sha string, paper []byte) {
	t.Helper()
	at = time.Date(2024, 10, 14, 9, 0, 0, 0, intake.Zone())
	b, end, err := build(building{Data: t.TempDir(), IMAP: "127.0.0.1:1", SMTP: "127.0.0.1:1"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { end() })
	if err := b.Configure(at, testSettings()); err != nil {
		t.Fatal(err)
	}
	paper = sample.Marked{Mark: "机密★5年", Title: "关于某项工作的通报"}.Docx()
	raw := sample.Mail{At: at, From: sample.BureauOf("佛山市").Address, Subject: "通报", Text: "见附件。",
		Files: []sample.File{{Path: "通报.zip", Data: sample.Zip([]sample.File{{Path: "内层/通报.docx", Data: paper}}, sample.GBK)}}}.Bytes()
	blobs := b.Ledger.Blobs()
	sha, err = blobs.PutBytes(raw)
	if err != nil {
		t.Fatal(err)
	}
	msg, err = parse(blobs, sha, blobs.Put)
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
	return b, at, msg, sha, paper
}

// TestSealedAgain: the very mail once more opens nothing, whatever staff said but 非密.
func TestSealedAgain(t *testing.T) {
	for verb, sealed := range map[string]bool{"": true, intake.VerbSecret: true, intake.VerbOpen: false} {
		b, at, msg, sha, _ := sealedMail(t)
		before, _, err := toPurge(b.Ledger, sha)
		if err != nil {
			t.Fatal(err)
		}
		before.Sealed.Verb = verb
		err = b.decide(at, KindUnseal, sha, func(tx *ledger.Tx) (intake.Result, error) {
			s, err := intake.Sit(tx, at, b.House)
			if err != nil {
				return intake.Result{}, err
			}
			s.Amend(before)
			return s.Result()
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		err = b.decide(at, KindMail, sha, func(tx *ledger.Tx) (intake.Result, error) {
			return decideMail(tx, b.house(), Arrival{SHA256: sha, At: at, Folder: "INBOX"}, msg, nil, nil)
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		after, _, err := toPurge(b.Ledger, sha)
		if err != nil || after.Sealed == nil || after.Sealed.Verb != verb || (after.Route == intake.RouteSealed) != sealed || (after.Subject == "") != sealed {
			t.Errorf("%q: %+v, %v", verb, after, err)
		}
	}
}
