package bot

import (
	"encoding/json"
	"fmt"
	"testing"

	"anli/intake"
	"anli/intake/ledger"
	"anli/review"
)

// BenchmarkMorning: the morning letter of one member of staff, of a call with 105
// cases in the hands of 20 experts: what is to be known is gathered, and the letter
// composed, its ledger as a workbook included.
func BenchmarkMorning(b *testing.B) {
	desk, end := liveDesk(b, b.TempDir(), warmed(b))
	b.Cleanup(func() { end() })
	full := fullCall(b)
	if err := desk.Ledger.Update(func(tx *ledger.Tx) error {
		_, err := tx.Append(day(14, 10, 0), KindJob, "full", 1, full)
		return err
	}); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		err := desk.Ledger.View(func(tx *ledger.Tx) error {
			got, err := decideJob(tx, desk.house(), "morning/2024-10-15", day(15, 8, 30), false)
			if err != nil {
				return err
			}
			for _, l := range got.Change.Out.Put {
				if _, err := intake.Words(l); err != nil {
					return err
				}
				if files, err := intake.Brought(l); err != nil || len(files) != 1 {
					return fmt.Errorf("%d files: %w", len(files), err)
				}
				return nil // one member's
			}
			return fmt.Errorf("no letter")
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

func fullCall(b *testing.B) intake.Change {
	cities := testSettings().Call.Cities
	change := review.Change{Panel: &review.Panel{Phase: review.PhaseOpen, Started: day(14, 9, 30), Batch: 1}}
	full := intake.Change{}
	for i := range 105 {
		number := fmt.Sprintf("AL2024-%04d", i+1)
		change.Panel.Cases = append(change.Panel.Cases, number)
		full.Cases = append(full.Cases, intake.Case{Number: number, City: cities[i%len(cities)], Unit: fmt.Sprintf("某某电子商务有限公司第%d分公司", i+1), Case: "产业带数字化直供平台",
			Stage: intake.StageInReview, Received: day(14, 9, 0), Touched: day(14, 9, 0), Categories: []string{"电商+产业带"}})
		full.Rows = append(full.Rows, intake.Row{ID: number, At: day(14, 9, 0), Kind: "eligibility", Case: number, Replies: []string{"通过", "不通过 理由"}, Text: number + "材料齐全，待资格审核。"})
	}
	for i := range 20 {
		address := fmt.Sprintf("expert%02d@univ.example", i)
		change.Members = append(change.Members, review.Member{Expert: address, Name: fmt.Sprintf("专家%02d", i), Addresses: []string{address}, State: review.MemberAccepted,
			Since: day(14, 9, 30), Batches: []review.Batch{{N: 1, Cases: change.Panel.Cases}}})
	}
	raw, err := json.Marshal(change)
	if err != nil {
		b.Fatal(err)
	}
	full.Review = raw
	return full
}
