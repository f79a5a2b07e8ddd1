package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"anli/cmd/anli/bot"
	"anli/intake"
	"anli/intake/ledger"
)

// TestMissingBlobs: what a purge erased is not missing, whichever mail the case has it
// from; all else is.
func TestMissingBlobs(t *testing.T) {
	l, err := ledger.Open(t.TempDir(), bot.Fold)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	mail, reply, erased, lost := strings.Repeat("a", 64), strings.Repeat("b", 64), strings.Repeat("c", 64), strings.Repeat("d", 64)
	c := intake.Case{Number: "AL2024-0001", Files: []intake.File{{SHA256: erased, Mail: reply}, {SHA256: erased, Mail: mail}, {SHA256: lost, Mail: mail}}}
	err = l.Update(func(tx *ledger.Tx) error {
		_, err := tx.Append(time.Unix(0, 0), bot.KindPurge, mail, 1, intake.Change{Cases: []intake.Case{c},
			Mails: []intake.Mail{{SHA256: mail, Erased: &intake.Erased{Files: []string{erased}}}, {SHA256: reply}}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	found, err := missingBlobs(l)
	want := []string{"blob: mail " + reply + " is not there", "blob: a file of AL2024-0001 " + lost + " is not there"}
	if err != nil || !slices.Equal(found, want) {
		t.Errorf("%v, %v", found, err)
	}
}
