package bot

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/parser/form"
)

// KindReread is a case whose files were read anew by order of staff (重查); cause is
// its number. The readings stand in the entry.
const KindReread = "reread"

// reread reads the files of cases that staff want read anew, in the cage, and
// records what that changes, a case an entry. Its time is that of the newest entry.
func (b *Bot) reread(ctx context.Context) error {
	wanted, call, at, err := b.wanted()
	if err != nil {
		return err
	}
	var numbers []string
	for number := range wanted {
		numbers = append(numbers, number)
	}
	slices.Sort(numbers)
	for _, number := range numbers {
		var files []unreadFile
		for _, f := range wanted[number] {
			files = append(files, unreadFile{f.Path, f.SHA256, f.Bytes})
		}
		readings, err := b.Reader.all(ctx, files, call)
		if err != nil {
			return err
		}
		if err := b.decide(at, KindReread, number, func(tx *ledger.Tx) (intake.Result, error) {
			return decideReread(tx, b.House, at, number, readings)
		}, nil); err != nil {
			return err
		}
	}
	return nil
}

// wanted are the files to be read anew, by case.
func (b *Bot) wanted() (files map[string][]intake.File, call form.Call, at time.Time, err error) {
	at, err = b.asOfNewest(func(s *intake.Sitting) { files, call = s.ToReread(), s.Settings.Call.Form() })
	return files, call, at, err
}

// asOfNewest looks at the ledger at the time of its newest entry, which it gives: what
// follows from an entry needs no clock. Nothing is looked at in an empty ledger.
func (b *Bot) asOfNewest(look func(*intake.Sitting)) (at time.Time, err error) {
	err = b.Ledger.View(func(tx *ledger.Tx) error {
		seq, _ := tx.Head()
		if seq == 0 {
			return nil
		}
		e, err := tx.Entry(seq)
		if err != nil {
			return err
		}
		at = e.At
		s, err := intake.Sit(tx, at, b.House)
		if err != nil {
			return err
		}
		look(s)
		_, err = s.Result()
		return err
	})
	return at, err
}

// decideReread takes new readings of a case's files in: a pure function of the
// ledger and the readings.
func decideReread(tx *ledger.Tx, house intake.House, at time.Time, number string, readings []intake.Reading) (intake.Result, error) {
	s, err := intake.Sit(tx, at, house)
	if err != nil {
		return intake.Result{}, err
	}
	if c := s.Case(number); c != nil {
		s.Reread(c, readings)
	}
	return s.Result()
}

// replayReread decides it again from the recorded readings.
func replayReread(tx *ledger.Tx, house intake.House, e ledger.Entry) (intake.Result, error) {
	var was intake.Change
	if err := json.Unmarshal(e.Data, &was); err != nil {
		return intake.Result{}, err
	}
	return decideReread(tx, house, e.At, e.Cause, was.Readings)
}
