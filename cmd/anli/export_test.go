package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
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
