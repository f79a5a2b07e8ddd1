package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"anli/cmd/anli/demo/sample"
	"anli/review"
)

var update = flag.Bool("update", false, "rewrite expected files")

// The demo is the whole job on the code of `run`: what it prints of every mail,
// what was understood and what was answered, is compared whole.
func TestDemo(t *testing.T) {
	golden, err := filepath.Abs(filepath.Join("testdata", "demo.txt"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	const dir = "anli-demo" // as people run it: a relative folder, the default one
	var stdout, stderr bytes.Buffer
	if code := dispatch(context.Background(), []string{"demo"}, &stdout, &stderr); code != 0 {
		t.Fatalf("exit code %d\n%s\n%s", code, stderr.String(), stdout.String())
	}
	table := regexp.MustCompile(`(?m)^.*: mails/ every mail.*$`).ReplaceAllString(stdout.String(), "")
	if *update {
		if err := os.WriteFile(golden, []byte(table), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if table != string(want) {
		t.Errorf("the demo tells another story (go test ./cmd/anli -run TestDemo -update rewrites it):\n%s", table)
	}
	for _, pattern := range []string{"mails/*.eml", "letters/*.html", "documents/*公示稿.docx", "documents/*拟入选名单.xlsx", "documents/*宣传材料-1.zip", "award/*/案例简介.docx", "cases/*/*", "ledger.xlsx", "journal.jsonl", "ranking.xlsx", "scores.json", "评分汇总表.xlsx", "评分确认表/*.xlsx"} {
		if found, _ := filepath.Glob(filepath.Join(dir, pattern)); len(found) == 0 {
			t.Errorf("the demo left no %s", pattern)
		}
	}
	checkScores(t, filepath.Join(dir, "scores.json"))
	if stderr := stderr.String(); strings.Contains(stderr, "level=") {
		t.Errorf("the desk complained:\n%s", stderr)
	}
}

// checkScores: what is recorded is what the experts gave, each in his manner, to the
// half point; one corrected one score, one recused one case and avoids another.
func checkScores(t *testing.T, path string) {
	t.Helper()
	var got review.Record
	if err := json.Unmarshal(read(t, path), &got); err != nil {
		t.Fatal(err)
	}
	criteria := reviewDefaults().Criteria
	for _, s := range got.Scores {
		for i, want := range sample.Points(s.Expert, s.Number) {
			if s.Expert == sample.Experts()[0].Address && s.Number == got.Scores[0].Number && i == 1 {
				want = "23" // 更正
			}
			if s.Scores[criteria[i].Name].String() != want || s.Unproved {
				t.Errorf("%s %s %s: %s, he gave %s", s.Expert, s.Number, criteria[i].Name, s.Scores[criteria[i].Name], want)
			}
		}
	}
	if len(got.Scores) != 7*14-2 || len(got.Recusals) != 1 || len(got.Queries) != 1 {
		t.Errorf("%d scorings, %v, %v", len(got.Scores), got.Recusals, got.Queries)
	}
}

// A second demo writes its own folder anew and touches no other.
func TestDemoSparesOtherFolders(t *testing.T) {
	dir := t.TempDir()
	kept := filepath.Join(dir, "thesis.docx")
	if err := os.WriteFile(kept, []byte("years of work"), 0o644); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	if code := dispatch(context.Background(), []string{"demo", "--out", dir}, &stdout, &stderr); code != exitUsage {
		t.Errorf("exit code %d, want %d", code, exitUsage)
	}
	if _, err := os.Stat(kept); err != nil {
		t.Error(err)
	}
}
