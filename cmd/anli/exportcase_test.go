package main

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"anli/intake"
	"anli/intake/ledger"
)

// TestExportCase: one case's folder, whole and checkable, without a score before the
// close; what is wrong with the call is one sentence, and nothing is written over.
func TestExportCase(t *testing.T) {
	config := judged(t, nil)
	dir := filepath.Join(t.TempDir(), "out")
	code, stdout, stderr := run(t, "export", "--case", "0001", "--config", config, dir)
	if code != exitDone || !strings.Contains(stdout, filepath.Join(dir, "AL2024-0001-")) {
		t.Fatalf("exit %d: %s%s", code, stdout, stderr)
	}
	folder := strings.TrimSpace(stdout)
	sums := strings.Split(strings.TrimSpace(text(t, filepath.Join(folder, "SHA256SUMS"))), "\n")
	files := tree(t, folder)
	if len(sums) != len(files)-1 {
		t.Errorf("%d sums of %d files: %v", len(sums), len(files), files)
	}
	for _, line := range sums {
		hash, name, _ := strings.Cut(line, "  ")
		sum := sha256.Sum256([]byte(text(t, filepath.Join(folder, filepath.FromSlash(name)))))
		if hex.EncodeToString(sum[:]) != hash {
			t.Errorf("%s has another sum", name)
		}
	}
	for _, want := range []string{"大事记.docx", "目录及校验.txt", "材料/当前材料/照片/1.jpg"} {
		if !slices.Contains(files, want) {
			t.Errorf("no %s among %v", want, files)
		}
	}
	for _, name := range []string{"大事记.docx", "目录及校验.txt"} {
		if text := text(t, filepath.Join(folder, name)); strings.Contains(text, "合计") || strings.Contains(text, "平均分8") {
			t.Errorf("%s shows a score before the close", name)
		}
	}
	again := filepath.Join(t.TempDir(), "again")
	if code, stdout, stderr = run(t, "export", "--case", "al2024-0001", "--config", config, again); code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	for _, name := range files {
		if text(t, filepath.Join(folder, name)) != text(t, filepath.Join(strings.TrimSpace(stdout), name)) {
			t.Errorf("%s is another the second time", name)
		}
	}
	for _, x := range []struct {
		args []string
		says string
	}{
		{[]string{"--case", "0001", "--config", config, dir}, "is there already"},
		{[]string{"--case", "0099", "--config", config, dir}, "there is no case"},
		{[]string{"--case", "", "--expert", "陈知行", "--case", "0001", "--config", config, dir}, "either"},
		{[]string{"--case", "0001", "--config", config}, "name the folder"},
	} {
		if code, _, stderr := run(t, append([]string{"export"}, x.args...)...); code != exitUsage || !strings.Contains(stderr, x.says) {
			t.Errorf("%v: exit %d: %s", x.args, code, stderr)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v %v", entries, err)
	}
}

// TestExportCaseLacks: bytes that are gone, or that are not those recorded, are named
// with their hash; the rest is there.
func TestExportCaseLacks(t *testing.T) {
	var lost, damaged string
	config := judged(t, func(l *ledger.Ledger) {
		enter(t, l, "mail", func(tx *ledger.Tx) (any, error) {
			c, _, err := intake.NewTables().Cases.Get(tx, "AL2024-0001")
			lost = strings.Repeat("7", 64)
			var put error
			damaged, put = l.Blobs().PutBytes([]byte("to be damaged"))
			if put != nil {
				t.Fatal(put)
			}
			c.Files = append(c.Files, intake.File{Path: "丢失.jpg", Role: intake.RoleOther, SHA256: lost, Bytes: 4}, intake.File{Path: "损坏.jpg", Role: intake.RoleOther, SHA256: damaged, Bytes: 13})
			return intake.Change{Cases: []intake.Case{c}}, err
		})
	})
	c, err := readConfig(config)
	if err != nil {
		t.Fatal(err)
	}
	blob := filepath.Join(c.Data, "blobs", damaged[:2], damaged)
	if err := os.WriteFile(blob, []byte("was  damaged!"), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	code, stdout, stderr := run(t, "export", "--case", "0001", "--config", config, dir)
	if code != exitProblems || !strings.Contains(stderr, lost) || !strings.Contains(stderr, damaged) {
		t.Errorf("exit %d: %s", code, stderr)
	}
	manifest := text(t, filepath.Join(strings.TrimSpace(stdout), "目录及校验.txt"))
	if !strings.Contains(manifest, "丢失.jpg\t"+lost+"\t原始字节已不在") {
		t.Errorf("the manifest does not name it:\n%s", manifest)
	}
}

func text(t *testing.T, path string) string { return string(read(t, path)) }
