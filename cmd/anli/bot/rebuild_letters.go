package bot

import (
	"cmp"
	"slices"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/outbox"
	"anli/review"
)

// remakeLetters renders every recorded letter anew. One whose bytes come out
// otherwise has no blob and is held when it is to leave. A dossier brings earlier
// letters along: they are made first.
func remakeLetters(l *ledger.Ledger) error {
	var letters []outbox.Letter
	err := l.View(func(tx *ledger.Tx) (err error) {
		letters, err = outbox.Letters.List(tx, "")
		return err
	})
	slices.SortFunc(letters, func(a, b outbox.Letter) int { return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.Order, b.Order)) })
	for _, letter := range letters { // the bytes of one at a time: files may go along
		if err == nil {
			err = remakeLetter(l, letter)
		}
	}
	return err
}

// remakeLetter makes the files that went along anew, too.
func remakeLetter(l *ledger.Ledger, letter outbox.Letter) error {
	read := blobReader(l.Blobs())
	var made [][]byte
	err := l.View(func(tx *ledger.Tx) (err error) {
		made, err = review.Archives(tx, letter, read)
		return err
	})
	if err != nil {
		return err
	}
	for _, archive := range made {
		if _, err := l.Blobs().PutBytes(archive); err != nil {
			return err
		}
	}
	raw, failed := intake.RenderAgain(letter, read)
	if failed != nil {
		return nil // of another version, or its files are gone
	}
	_, err = l.Blobs().PutBytes(raw)
	return err
}

// hold sets letters aside whose fate the journal does not tell.
func (r Rebuilding) hold(l *ledger.Ledger, report *RebuildReport) error {
	var fates []outbox.Fate
	err := l.View(func(tx *ledger.Tx) error {
		open, err := outbox.Open(tx)
		for _, u := range open {
			if u.Fate.State == outbox.Waiting || u.Fate.State == outbox.Sending {
				u.Fate.State, u.Fate.Hold, u.Fate.Next = outbox.Held, outbox.HoldRebuild, time.Time{}
				fates = append(fates, u.Fate)
			}
		}
		return err
	})
	report.Held = len(fates)
	if err != nil || len(fates) == 0 {
		return err
	}
	return l.Update(func(tx *ledger.Tx) error {
		_, err := tx.Append(fates[len(fates)-1].At, KindFate, "rebuild", 1, intake.Change{Out: &outbox.Changes{Fates: fates}})
		return err
	})
}
