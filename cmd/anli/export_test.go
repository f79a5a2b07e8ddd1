package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anli/intake"
)

// TestExportSparesOtherFolders: export writes where nothing is, or where it wrote
// before.
func TestExportSparesOtherFolders(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	for range 2 {
		if err := exportFolder(dir, everything); err != nil {
			t.Fatal(err)
		}
	}
	own := t.TempDir()
	sheet := filepath.Join(own, "ledger.xlsx")
	if err := os.WriteFile(sheet, []byte("people's"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := exportFolder(own, everything); err == nil || exitCode(err, &strings.Builder{}) != exitUsage || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("people's own folder: %v", err)
	}
	if _, err := os.Stat(filepath.Join(own, exportMark)); err == nil {
		t.Error("it was marked")
	}
}

// TestSheetShowsCorrections: the newest of each field, in the form's words.
func TestSheetShowsCorrections(t *testing.T) {
	at := time.Date(2024, 10, 15, 9, 10, 0, 0, intake.Zone())
	c := intake.Case{Corrections: []intake.Correction{{Field: "phone", Value: "1380000571", At: at}, {Field: "categories", Value: "电商平台", At: at},
		{Field: "phone", Value: "13800005718", At: at.AddDate(0, 0, 1)}}}
	columns := sheetColumns()
	last := columns[len(columns)-1]
	if got, want := last.value(c), "联系电话：13800005718（10月16日更正）\n参评领域：电商平台（10月15日更正）"; last.title != "更正" || got != want {
		t.Errorf("%s: %q", last.title, got)
	}
}
