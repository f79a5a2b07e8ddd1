package bot

import (
	"context"

	"anli/intake"
	"anli/intake/ledger"
	"anli/parser/form"
	"anli/parser/mail"
)

// take reads one mail and decides on it.
func (b *Bot) take(ctx context.Context, p place) error {
	known, erased := false, false
	var call form.Call
	err := b.Ledger.View(func(tx *ledger.Tx) error {
		var err error
		var m intake.Mail
		m, known, err = intake.NewTables().Mails.Get(tx, p.SHA256)
		if err != nil {
			return err
		}
		s, err := intake.InForce(tx)
		call = s.Call.Form()
		known, erased = known && !rescued(m, p.Folder, s), m.Erased != nil
		return err
	})
	if err != nil {
		return err
	}
	if erased { // the mail is still in the mailbox
		if err := b.Ledger.Blobs().Erase(p.SHA256); err != nil {
			return err
		}
	}
	if known || erased {
		return b.Ledger.Update(func(tx *ledger.Tx) error { return b.remember(tx, p) })
	}
	msg, readings, err := b.read(ctx, p.SHA256, call)
	if err != nil {
		return err
	}
	err = b.decide(p.At, KindMail, p.SHA256, func(tx *ledger.Tx) (intake.Result, error) {
		return decideMail(tx, b.house(), p.Arrival, msg, readings, nil)
	}, func(tx *ledger.Tx) error { return b.remember(tx, p) })
	if !poisoned(err) {
		return err
	}
	told := err
	if marked(msg, readings) {
		told = errWithheld
	}
	b.Log.Error("a mail could not be decided on; it is left for people", "mail", p.SHA256, "err", told)
	return b.setAside(p, msg, readings, err)
}

// read parses a mail from its stored bytes and reads its files in the cage.
func (b *Bot) read(ctx context.Context, sha string, call form.Call) (mail.Message, []intake.Reading, error) {
	msg, err := parse(b.Ledger.Blobs(), sha, b.Ledger.Blobs().Put)
	if err != nil {
		return msg, nil, err
	}
	readings, err := b.Reader.Read(ctx, msg, call, b.kept, func(reading func(string) intake.Reading) ([]intake.Piece, error) {
		return b.openVolumes(sender(msg), reading)
	})
	return msg, readings, err
}

// parse reads a mail's stored bytes; its attachments go to store.
func parse(blobs *ledger.Blobs, sha string, store mail.Store) (mail.Message, error) {
	f, err := blobs.Open(sha)
	if err != nil {
		return mail.Message{}, err
	}
	defer f.Close()
	return mail.Read(f, mail.Limits{}, store)
}
