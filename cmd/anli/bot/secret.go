package bot

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/parser/command"
	"anli/parser/form"
	"anli/parser/mail"
	"anli/review"
)

// marks tells where a mail bears marks of secrecy. The program's own letters and what
// servers say of them are not looked at, nor a mail on which staff have decided. Of a
// mail that is decided again they stand in its entry, as readings do: was.
func (a *arrived) marks(tx *ledger.Tx, was *intake.Seal) ([]intake.SealMark, error) {
	if was != nil && was.Verb == "" {
		return was.Marks, nil
	}
	own := a.record.From == strings.ToLower(a.sitting.Settings.Mailbox.Address) && a.msg.Import.Statement == ""
	if own || a.msg.Automatic == mail.AutoBounce {
		return nil, nil
	}
	m, known, err := intake.NewTables().Mails.Get(tx, a.record.SHA256)
	switch {
	case err != nil || !known || m.Sealed == nil:
	case m.Sealed.Verb == intake.VerbOpen:
		a.record.Sealed = m.Sealed
		return nil, nil
	default:
		return m.Sealed.Marks, nil
	}
	return marksOf(a.msg, a.pieces, a.sitting.Reading), err
}

func marksOf(msg mail.Message, pieces []intake.Piece, reading func(string) intake.Reading) []intake.SealMark {
	var out []intake.SealMark
	linked := slices.ContainsFunc(msg.Cloud, func(f mail.CloudFile) bool { return form.SecretName(f.Name) })
	if linked || form.SecretMail(msg.Subject, msg.Fresh) {
		out = append(out, intake.SealMark{Marking: form.Marking{Where: form.MarkedMail}})
	}
	return append(out, intake.SealMarks(attached(msg), pieces, reading)...)
}

// seal keeps a marked mail shut: nobody's route is asked for.
func (a *arrived) seal(tx *ledger.Tx, marks []intake.SealMark, err error) (intake.Result, error) {
	a.record.Bare()
	was, known, getErr := intake.NewTables().Mails.Get(tx, a.record.SHA256)
	if err := errors.Join(err, getErr, a.sameMail(tx)); err != nil {
		return intake.Result{}, err
	}
	if known && was.Sealed != nil { // the very mail once more: it stays as staff left it
		*a.record = was
		return a.bench.Result()
	}
	a.sitting.Seal(a.record, marks, a.copied())
	return a.bench.Result()
}

// ruleSeal is staff's word on a row of a sealed mail.
func (a *arrived) ruleSeal(r intake.Row, l command.Line) (bool, string) {
	m, known := a.sitting.Mail(r.Mail)
	switch {
	case r.Kind != intake.RowSecret || !known:
		return false, "此行不是待核密级的来信"
	case l.Verb != intake.VerbOpen && l.Verb != intake.VerbSecret:
		return false, "此行为封存的来信，请写“非密 理由”或“涉密”"
	}
	return a.sitting.RuleSeal(m, intake.Seal{Verb: l.Verb, By: a.record.From, At: a.sitting.Now, Reason: l.Rest, Order: a.record.SHA256})
}

// KindUnseal is a sealed mail that is taken in by order of staff (非密); cause is its
// SHA-256. What was read in it now stands in the entry.
const KindUnseal = "unseal"

// unseal reads the mails on which staff said 非密, in the cage, and decides on them as
// of their arrival, a mail an entry. Its time is that of the newest entry.
func (b *Bot) unseal(ctx context.Context) error {
	mails, call, at, err := b.released()
	if err != nil {
		return err
	}
	for _, m := range mails {
		msg, err := parse(b.Ledger.Blobs(), m.SHA256, b.Ledger.Blobs().Put)
		if err != nil {
			return err
		}
		readings, err := b.Reader.Read(ctx, msg, call, b.openly, func(reading func(string) intake.Reading) ([]intake.Piece, error) {
			return b.openVolumes(sender(msg), reading)
		})
		if err != nil {
			return err
		}
		for i := range readings {
			readings[i].Secret = nil // staff have decided
		}
		err = b.decide(at, KindUnseal, m.SHA256, func(tx *ledger.Tx) (intake.Result, error) {
			return decideUnseal(tx, b.house(), at, m.SHA256, msg, readings)
		}, nil)
		if poisoned(err) {
			b.Log.Error("a mail that staff released could not be decided on; it is left for people", "mail", m.SHA256, "err", err)
			err = b.setAsideReleased(m, at, err)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// setAsideReleased leaves a released mail that could not be decided on for people.
func (b *Bot) setAsideReleased(m intake.Mail, at time.Time, why error) error {
	return b.decide(at, KindFailed, m.SHA256, func(tx *ledger.Tx) (intake.Result, error) {
		s, err := intake.Sit(tx, at, b.House)
		if err != nil {
			return intake.Result{}, err
		}
		leave(s, s.Unsealed(m, m), why, false)
		s.Continue(m.From)
		return s.Result()
	}, nil)
}

// released are the mails that staff let be taken in.
func (b *Bot) released() (mails []intake.Mail, call form.Call, at time.Time, err error) {
	at, err = b.asOfNewest(func(s *intake.Sitting) { mails, call = s.ToUnseal(), s.Settings.Call.Form() })
	return mails, call, at, err
}

// openly is what was read in a file before, unless only its mark was kept.
func (b *Bot) openly(sha string) (intake.Reading, bool) {
	reading, known := b.kept(sha)
	if !reading.Known(true) {
		return intake.Reading{}, false
	}
	return reading, known
}

// decideUnseal decides on a released mail as if it came now, but as of its arrival: a
// pure function of the ledger, the mail and the readings.
func decideUnseal(tx *ledger.Tx, house intake.House, at time.Time, sha string, msg mail.Message, readings []intake.Reading) (intake.Result, error) {
	s, err := intake.Sit(tx, at, house)
	if err != nil {
		return intake.Result{}, err
	}
	s.Learn(readings)
	bench, err := review.Sit(tx, s)
	if err != nil {
		return intake.Result{}, err
	}
	m, known := s.Mail(sha)
	if !known || m.Sealed == nil {
		return bench.Result()
	}
	a := &arrived{msg: msg, whole: msg, sitting: s, bench: bench}
	a.record = s.Unsealed(m, record(Arrival{SHA256: sha, At: m.Arrival, Folder: m.Folder, Size: m.Size}, msg))
	if a.pieces, err = pieces(tx, a.record.From, msg, s.Reading); err != nil {
		return intake.Result{}, err
	}
	a.record.Files = a.pieces
	if err := a.gather(tx); err != nil {
		return intake.Result{}, err
	}
	a.record.Route = a.route()
	s.Continue(a.record.From)
	return bench.Result()
}

// replayUnseal decides it again from the recorded readings.
func replayUnseal(tx *ledger.Tx, blobs *ledger.Blobs, house intake.House, e ledger.Entry) (intake.Result, error) {
	var was intake.Change
	if err := json.Unmarshal(e.Data, &was); err != nil {
		return intake.Result{}, err
	}
	msg, err := parse(blobs, e.Cause, hashed)
	if err != nil {
		return intake.Result{}, err
	}
	return decideUnseal(tx, house, e.At, e.Cause, msg, was.Readings)
}
