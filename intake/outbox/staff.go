package outbox

import (
	"time"

	"anli/intake/ledger"
)

// staleAfter is the age beyond which a letter that waited out an emergency stop
// does not leave by itself.
const staleAfter = 24 * time.Hour

// Release lets a held letter leave (放行): it gives the fate for the caller's
// entry. ok is false, and f comes back unchanged, where there is nothing to
// release: the letter is not held, or was decided in observe. named says that a
// person named this letter; without it one older than 24 hours stays held.
func Release(f Fate, at time.Time, named bool) (Fate, bool) {
	if f.State != Held || f.Hold == HoldObserve || !named && at.Sub(f.At) > staleAfter {
		return f, false
	}
	at = at.Truncate(time.Second)
	return Fate{Key: f.Key, State: Waiting, At: at, Next: at, Dialled: f.Dialled, Repeated: f.Repeated}, true
}

// Rewordable tells whether words may still be added to a letter (附言): it is held
// and can be released, and no attempt was ever begun.
func (f Fate) Rewordable() bool { return f.State == Held && f.Hold != HoldObserve && !f.Dialled }

// Drop takes a letter off the queue for good (不发), held or waiting. ok is false
// where it is too late: an attempt runs, or the letter has reached its end.
func Drop(f Fate, at time.Time, reason string) (Fate, bool) {
	if f.State != Held && f.State != Waiting {
		return f, false
	}
	f.State, f.At, f.Next, f.Hold, f.Detail = Superseded, at.Truncate(time.Second), time.Time{}, "", reason
	return f, true
}

// Resume gives the fates with which sending begins again after an emergency stop
// (恢复发信): what has waited for more than 24 hours is held, so that nobody gets
// old news; staff release it by name.
func Resume(tx *ledger.Tx, at time.Time) ([]Fate, error) {
	all, err := Open(tx)
	if err != nil {
		return nil, err
	}
	at = at.Truncate(time.Second)
	var fates []Fate
	for _, u := range all {
		if f := u.Fate; f.State == Waiting && at.Sub(f.At) > staleAfter {
			f.State, f.At, f.Next, f.Hold = Held, at, time.Time{}, HoldStale
			fates = append(fates, f)
		}
	}
	return fates, nil
}
