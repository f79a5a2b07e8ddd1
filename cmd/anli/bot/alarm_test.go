package bot

import (
	"context"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/outbox"
)

// openRows are what waits for a person, id and text.
func (b *Bot) openRows(t *testing.T) (out []string) {
	t.Helper()
	b.sit(t, noon, func(s *intake.Sitting) {
		for _, r := range s.OpenRows() {
			if !r.Urgent || len(r.Replies) == 0 {
				t.Errorf("%+v", r)
			}
			out = append(out, r.ID+" "+r.Text)
		}
	})
	return out
}

func (b *Bot) replays(t *testing.T) {
	t.Helper()
	if found, err := Replay(b.Ledger, b.House, nil); err != nil || len(found) > 0 {
		t.Error(found, err)
	}
}

// A mailbox that is nearly full is one urgent row a day, and none when there is
// room again.
func TestSpaceAlarm(t *testing.T) {
	b := ready(t, nil, slog.New(slog.NewTextHandler(io.Discard, nil)))
	const gb = 1 << 30
	days := []time.Time{noon, noon.Add(time.Hour), noon.Add(24 * time.Hour)}
	for i, at := range days {
		if err := b.room(at, 17*gb/10, 2*gb); err != nil {
			t.Fatal(err)
		}
		rows := b.openRows(t)
		if len(rows) != 1 || !strings.HasPrefix(rows[0], "space/"+at.Format("2006-01-02")+"/ 邮箱空间不足20%（已用1740MB，共2048MB）") {
			t.Errorf("look %d: %q", i+1, rows)
		}
	}
	if err := b.room(noon.Add(25*time.Hour), gb, 2*gb); err != nil || len(b.openRows(t)) > 0 {
		t.Error("the row stays", err)
	}
	b.replays(t)
}

// Ceilings: a row for each address, and it ends when nothing waits.
func TestCeilingAlarm(t *testing.T) {
	b := ready(t, nil, slog.New(slog.NewTextHandler(io.Discard, nil)))
	for _, reached := range [][]outbox.Over{{{To: "", Waiting: 7}}, {{To: "", Waiting: 9}, {To: "a/b@x.example", Waiting: 2}}, {{To: "a/b@x.example", Waiting: 3}}, nil} {
		if err := b.ceilings(noon, reached); err != nil {
			t.Fatal(err)
		}
		rows := strings.Join(b.openRows(t), "\n")
		if strings.Contains(rows, "ceiling/2024-10-14/ 对外发信已达每小时总上限，7封") != (len(reached) > 0 && reached[0].To == "") ||
			strings.Contains(rows, "ceiling/2024-10-14/a/b@x.example 发给a/b@x.example的信件已达每小时上限，2封") != (len(reached) > 0 && reached[len(reached)-1].To != "") {
			t.Errorf("%v:\n%s", reached, rows)
		}
	}
	b.replays(t)
}

// A second daemon stops this one's sending; its ledger and status say so.
func TestForeignAlarm(t *testing.T) {
	office := openOffice(t)
	b := ready(t, office, slog.New(slog.NewTextHandler(io.Discard, nil)))
	other := ready(t, office, b.Log)
	now := func() time.Time { return noon }
	for i, x := range []*Bot{b, other} {
		x.commit(t, noon.Add(time.Duration(i)*time.Second), intake.Change{Desk: &intake.DeskState{Live: true, Takeover: noon, Morning: noon}})
		if err := x.Send(context.Background(), now); err != nil {
			t.Fatal(err)
		}
	}
	if rows := other.openRows(t); len(rows) != 1 || !strings.Contains(rows[0], "本程序已停止发信") || len(b.openRows(t)) != 0 {
		t.Errorf("%q", rows)
	}
	head := func() (seq uint64) {
		_ = other.Ledger.View(func(tx *ledger.Tx) error { seq, _ = tx.Head(); return nil })
		return seq
	}
	before := head()
	if err := other.Send(context.Background(), now); err != nil || head() != before {
		t.Errorf("told twice: %d entries, %v", head()-before, err)
	}
}
