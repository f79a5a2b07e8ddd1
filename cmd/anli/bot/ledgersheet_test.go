package bot

import (
	"fmt"
	"slices"
	"testing"

	"anli/intake"
	"anli/intake/ledger"
	"anli/review"
	"anli/templates"
)

// The ledger's line of a city: each case stands in one column, the withdrawn in
// theirs alone.
func TestLedgerCities(t *testing.T) {
	b := ready(t, nil, nil)
	var c intake.Change
	for i, stage := range []intake.Stage{intake.StageIncomplete, intake.StageComplete, intake.StageEligible, intake.StageIneligible, intake.StageInReview,
		intake.StageReviewed, intake.StageAwarded, intake.StageNotSelected, intake.StageWithdrawn} {
		c.Cases = append(c.Cases, intake.Case{Number: fmt.Sprintf("AL2024-%04d", i+1), City: "佛山市", Unit: "某单位", Stage: stage, Received: noon})
	}
	c.Cases = append(c.Cases, intake.Case{Number: "AL2024-0010", City: "佛山市", Stage: intake.StageComplete, Holds: []intake.Hold{intake.HoldLate}, Received: noon})
	b.commit(t, noon, c)
	var book templates.LedgerData
	if err := b.Ledger.View(func(tx *ledger.Tx) error {
		s, err := intake.Sit(tx, noon, b.House)
		if err != nil {
			return err
		}
		bench, err := review.Sit(tx, s)
		if err != nil {
			return err
		}
		book = Ledger(bench)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(book.Cities, func(x templates.LedgerCity) bool { return x.City == "佛山市" })
	got := book.Cities[i]
	want := templates.LedgerCity{City: "佛山市", Quota: got.Quota, Addresses: got.Addresses, Received: 9, Complete: 1, Open: 1, Decide: 1, Eligible: 1, Failed: 1, Review: 2, Selected: 1, Passed: 1, Withdrawn: 1}
	if got != want || len(book.Cities) != 21 || len(book.Cases) != 10 {
		t.Errorf("%d cities, %d cases; got %+v, want %+v", len(book.Cities), len(book.Cases), got, want)
	}
}

// The newest correction of each field, in the form's words.
func TestLedgerCorrections(t *testing.T) {
	c := intake.Case{Corrections: []intake.Correction{{Field: "phone", Value: "1380000571", At: noon}, {Field: "categories", Value: "电商平台", At: noon},
		{Field: "phone", Value: "13800005718", At: noon.AddDate(0, 0, 1)}}}
	want := []string{"联系电话：13800005718（10月15日更正）", "参评领域：电商平台（10月14日更正）"}
	if got := corrections(&c); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
