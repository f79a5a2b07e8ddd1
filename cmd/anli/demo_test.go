package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
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
	for _, pattern := range []string{"mails/*.eml", "letters/*.html", "cases/*/*", "ledger.xlsx", "journal.jsonl"} {
		if found, _ := filepath.Glob(filepath.Join(dir, pattern)); len(found) == 0 {
			t.Errorf("the demo left no %s", pattern)
		}
	}
	if stderr := stderr.String(); strings.Contains(stderr, "level=") {
		t.Errorf("the desk complained:\n%s", stderr)
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
