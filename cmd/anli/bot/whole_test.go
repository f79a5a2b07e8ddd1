package bot

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/outbox"
	"anli/review"
	"anli/templates"
)

const wholeExpert = "chen.zhixing@univ.example"

// TestWholeFilesOfARequest: files that fit go along; those that do not, or whose
// bytes are gone, cost the request nothing and staff a row.
func TestWholeFilesOfARequest(t *testing.T) {
	for name, x := range map[string]struct {
		size    int64 // as recorded
		there   bool
		letters int
		files   []string // of the first letter, beside sheet and materials
		row     string
	}{
		"one letter": {30, true, 1, []string{"AL2024-0001.zip"}, ""},
		"too much":   {30 << 20, true, 1, nil, "超出3封邮件的容量，发给陈知行的"},
		"gone":       {30, false, 1, nil, "缺少申报材料原件"},
		"two":        {144 << 20 / 10, true, 2, nil, ""}, // beside the sheet and the materials of the first there is no room
	} {
		t.Run(name, func(t *testing.T) {
			b := ready(t, nil, nil)
			sha := hash("a photo", 0)
			if x.there {
				var err error
				if sha, err = b.Ledger.Blobs().PutBytes([]byte(strings.Repeat("x", 30))); err != nil {
					t.Fatal(err)
				}
			}
			askWhole(t, b, review.MaterialFile{Name: "照片/1.jpg", SHA256: sha, Bytes: x.size})
			letters, rows := sentTo(t, b, wholeExpert)
			if len(letters) != x.letters {
				t.Fatalf("%d letters", len(letters))
			}
			var files []string
			for _, f := range letters[0].Attachments[2:] {
				files = append(files, f.Name)
			}
			if strings.Join(files, " ") != strings.Join(x.files, " ") {
				t.Errorf("files %q", files)
			}
			if x.row == "" && len(rows) > 0 || x.row != "" && !strings.Contains(strings.Join(rows, "\n"), x.row) {
				t.Errorf("rows %q", rows)
			}
			for _, l := range letters {
				if raw, err := intake.RenderAgain(l, blobReader(b.Ledger.Blobs())); err != nil || fmt.Sprintf("%x", sha256.Sum256(raw)) != l.Bytes {
					t.Errorf("%s does not come out again: %v", l.Key, err)
				}
			}
		})
	}
}

// askWhole makes a desk with one expert and one case that has this file, and lets
// the request go.
func askWhole(t *testing.T, b *Bot, file review.MaterialFile) {
	t.Helper()
	s := testSettings()
	s.Letters["expert"] = "send"
	s.Review = intake.ReviewRules{Criteria: []intake.Criterion{{Name: "技术性与创新性", Max: 100}}, Minimum: 1, Whole: true}
	if err := b.Configure(noon, s); err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(review.Change{
		Panel:     &review.Panel{Phase: review.PhaseOpen, Rule: review.RuleOf(s.Review), Started: noon, Batch: 1, Cases: []string{"AL2024-0001"}},
		Members:   []review.Member{{Expert: wholeExpert, Name: "陈知行", Addresses: []string{wholeExpert}, State: review.MemberAccepted, Since: noon, Batches: []review.Batch{{N: 1, Cases: []string{"AL2024-0001"}}}}},
		Materials: []review.Material{{Number: "AL2024-0001", Case: templates.RequestCase{Number: "AL2024-0001", Unit: "某公司", Case: "某案例"}, Files: []review.MaterialFile{file}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	b.commit(t, noon, intake.Change{Desk: &intake.DeskState{Live: true, LiveAt: noon}, Cases: []intake.Case{{Number: "AL2024-0001", Stage: intake.StageInReview, Package: "x"}}, Review: raw})
	if err := b.runJob(job{"request/" + wholeExpert + "/1", noon}, false); err != nil {
		t.Fatal(err)
	}
}

func sentTo(t *testing.T, b *Bot, to string) (letters []outbox.Letter, rows []string) {
	t.Helper()
	err := b.Ledger.View(func(tx *ledger.Tx) error {
		err := outbox.Letters.Each(tx, "", func(_ string, l outbox.Letter) error {
			if l.To == to {
				letters = append(letters, l)
			}
			return nil
		})
		if err != nil {
			return err
		}
		return intake.NewTables().Rows.Each(tx, "", func(_ string, r intake.Row) error {
			rows = append(rows, r.Text)
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return letters, rows
}
