package bot

import (
	"sync/atomic"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/review"
)

// KindCopy is a copy of the ledger that was handed out while scores were sealed
// (status, export, backup and verify at the machine): an input for a replay. Whoever
// has the copy can read every score, so the journal says when.
const KindCopy = "copy"

// copyEvery keeps a monitor that asks each minute out of the journal's way: an entry
// stands for the hour that it begins.
const copyEvery = time.Hour

// copies remembers what was handed out until the desk's next turn: the ledger has
// one writer.
type copies struct {
	last  atomic.Int64 // Unix second of the newest; 0 none
	noted time.Time    // of the newest entry
}

// HandedOut says that a copy of the ledger left. It may be called by any goroutine.
func (b *Bot) HandedOut(at time.Time) { b.copies.last.Store(at.Unix()) }

func (b *Bot) noteCopy() error {
	second := b.copies.last.Swap(0)
	at := time.Unix(second, 0).In(intake.Zone())
	if second == 0 || at.Sub(b.copies.noted) < copyEvery {
		return nil
	}
	return b.Ledger.Update(func(tx *ledger.Tx) error {
		sealed, err := review.Sealed(tx)
		if err != nil || !sealed {
			return err
		}
		b.copies.noted = at
		_, err = tx.Append(at, KindCopy, "socket", 1, intake.Change{})
		return err
	})
}
