package bot

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/outbox"
	"anli/parser/form"
	"anli/parser/mail"
	"anli/parser/unpack"
	"anli/review"
	"anli/templates"
)

// One mail must not stop the desk. What the program cannot decide on, by a fault
// of its own that only this mail shows, is recorded as such and left for people.

// KindFailed is a mail that the program could not decide on: an input for a
// replay, which would fail as well.
const KindFailed = "failed"

// errPanic is a fault in a decision.
var errPanic = errors.New("a decision broke")

// errWithheld stands in the log for a fault that may tell names of a marked mail.
var errWithheld = errors.New("not told: the mail bears a mark of secrecy")

// calm lets no panic of a decision cross the border.
func calm(tx *ledger.Tx, decision func(*ledger.Tx) (intake.Result, error)) (r intake.Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", errPanic, p)
		}
	}()
	return decision(tx)
}

// poisoned: the error is about this mail, and no other would meet it. The disk,
// the ledger and the mailbox are everybody's.
func poisoned(err error) bool {
	for _, own := range []error{errPanic, ledger.ErrEntry, ledger.ErrRecord, outbox.ErrDraft, outbox.ErrLetter, templates.ErrData} {
		if errors.Is(err, own) {
			return true
		}
	}
	return false
}

// setAside records a mail that could not be decided on, and tells staff.
func (b *Bot) setAside(p place, msg mail.Message, readings []intake.Reading, why error) error {
	return b.decide(p.At, KindFailed, p.SHA256, func(tx *ledger.Tx) (intake.Result, error) {
		s, err := intake.Sit(tx, p.At, b.House)
		if err != nil {
			return intake.Result{}, err
		}
		m := s.Record(record(p.Arrival, msg))
		leave(s, m, why, marked(msg, readings))
		return s.Result()
	}, func(tx *ledger.Tx) error { return b.remember(tx, p) })
}

// leave makes a row of a mail that the program could not decide on. Of a marked one
// neither the record nor the row tells more, nor does why: an error may tell names.
func leave(s *intake.Sitting, m *intake.Mail, why error, marked bool) {
	m.City, m.Stock = s.Settings.CityOf(m.From), !s.Live()
	m.Route, m.Unhandled, m.Reason, m.Failed = intake.RoutePeople, true, "程序未能处理，请人工处理", cutText(why.Error(), keptSubject)
	subject := m.Subject
	if m.City == "" {
		subject = review.Masked(subject) // it may be an expert's
	}
	text := cmp.Or(m.City, m.Name, m.From, "来信") + "的来信《" + subject + "》程序未能处理，原信仍在邮箱中，请人工处理并告知运维人员。"
	if marked {
		m.Bare()
		m.Reason, m.Failed = "带有国家秘密标志，程序未能处理，已封存", "带有国家秘密标志，程序未能处理"
		text = s.SealedUndecided(*m)
	}
	s.AddRow(intake.Row{ID: "failed/" + m.SHA256, Kind: "problem", Mail: m.SHA256, Urgent: true, Replies: []string{"无关"}, Text: text})
}

// marked: a mail bears a mark of secrecy, as far as its readings alone tell.
func marked(msg mail.Message, readings []intake.Reading) bool {
	files := attached(msg)
	return len(marksOf(msg, files, func(string) intake.Reading { return intake.Reading{} })) > 0 ||
		slices.ContainsFunc(readings, func(r intake.Reading) bool {
			return r.Secret != nil || r.Listing != nil && slices.ContainsFunc(r.Listing.Files, func(f unpack.File) bool { return form.SecretName(f.Path) })
		})
}
