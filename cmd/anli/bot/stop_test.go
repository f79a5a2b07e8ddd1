package bot

import (
	"context"
	"io"
	"log/slog"
	"testing"
	"time"

	"anli/cmd/anli/demo/sample"
	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/outbox"
)

// TestStopAfterAccepted: the desk is told to stop in the instant in which the
// server accepted a letter; the letter's fate is in the mailbox all the same.
func TestStopAfterAccepted(t *testing.T) {
	office := openOffice(t)
	b := ready(t, office, slog.New(slog.NewTextHandler(io.Discard, nil)))
	now := time.Now().Truncate(time.Second)
	b.commit(t, now, intake.Change{Desk: &intake.DeskState{Live: true, Takeover: now, Morning: now, Told: now}})
	if err := b.decide(now, KindJob, "urgent/x", func(tx *ledger.Tx) (intake.Result, error) {
		return decideJob(tx, b.House, "urgent/x", now, false)
	}, nil); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	b.Out.Step = func(name string) {
		if name == outbox.StepAccepted {
			stop()
		}
	}
	if err := b.Loop(ctx); err != nil {
		t.Fatal(err)
	}
	var head uint64
	var fate outbox.Fate
	if err := b.Ledger.View(func(tx *ledger.Tx) (err error) {
		head, _ = tx.Head()
		fate, _, err = outbox.Fates.Get(tx, "urgent/x/"+sample.Officer)
		return err
	}); err != nil || fate.State != outbox.Sent || b.Mirrored() != head {
		t.Errorf("fate %+v, %d of %d entries mirrored, %v", fate, b.Mirrored(), head, err)
	}
}
