package bot

import (
	"encoding/json"
	"testing"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/review"
)

// While scores are sealed the journal says when copies were handed out, once an
// hour; before and after, copies are nobody's secret.
func TestHandedOutCopies(t *testing.T) {
	b := ready(t, nil, nil)
	phase := func(p review.Phase) {
		raw, err := json.Marshal(review.Change{Panel: &review.Panel{Phase: p}})
		if err != nil {
			t.Fatal(err)
		}
		b.commit(t, noon, intake.Change{Review: raw})
	}
	for _, x := range []struct {
		phase  review.Phase
		handed []time.Duration // after noon, before one turn
		want   int             // entries so far
	}{
		{review.PhaseNone, []time.Duration{0}, 0},
		{review.PhaseOpen, nil, 0},
		{review.PhaseOpen, []time.Duration{time.Minute, 2 * time.Minute}, 1},
		{review.PhaseOpen, []time.Duration{time.Hour}, 1},
		{review.PhaseOpen, []time.Duration{62 * time.Minute}, 2},
		{review.PhaseClosed, []time.Duration{3 * time.Hour}, 2},
	} {
		phase(x.phase)
		for _, after := range x.handed {
			b.HandedOut(noon.Add(after))
		}
		if err := b.noteCopy(); err != nil {
			t.Fatal(err)
		}
		var found []string
		err := b.Ledger.View(func(tx *ledger.Tx) error {
			for e, err := range tx.Entries(1) {
				if err != nil {
					return err
				}
				if e.Kind == KindCopy {
					found = append(found, e.At.Format("15:04"))
				}
			}
			return nil
		})
		if err != nil || len(found) != x.want {
			t.Errorf("%s, %v: entries at %q, want %d; %v", x.phase, x.handed, found, x.want, err)
		}
	}
}
