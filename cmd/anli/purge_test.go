package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"anli/cmd/anli/demo/sample"
)

// TestPurge: a marked mail is sealed, so that no command, log or export names it, and
// leaves the data folder by an order of the operator's while the daemon is stopped.
func TestPurge(t *testing.T) {
	config, office := workplace(t, "")
	paper := sample.Marked{Mark: "机密★5年", Title: "关于某项工作的通报"}.Docx()
	m := sample.Mail{At: time.Date(2024, 10, 14, 10, 0, 0, 0, time.UTC), From: "swj.foshan@fs.example", Subject: "某项工作通报", Text: "通报见附件。",
		Files: []sample.File{{Path: "通报.zip", Data: sample.Zip([]sample.File{{Path: "内层/通报.docx", Data: paper}}, sample.GBK)}}}
	if err := office.Append(sample.Mailbox, "INBOX", m.Bytes(), m.At); err != nil {
		t.Fatal(err)
	}
	daemon, until := daemonProcess(t, config)
	until("letters sent")
	sha := ""
	for deadline := time.Now().Add(time.Minute); sha == "" && time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		for _, l := range office.Sent() {
			letter, err := sample.ReadLetter(l.Raw)
			if err != nil {
				t.Fatal(err)
			}
			if found := regexp.MustCompile(`SHA-256：([0-9a-f]{64})`).FindStringSubmatch(letter.Text); found != nil {
				sha = found[1]
			}
			if strings.Contains(letter.Subject+letter.Text, "通报") {
				t.Errorf("a letter names it:\n%s", letter.Text)
			}
		}
	}
	if code, _, stderr := run(t, "purge", "--mail", sha, "--reason", "按保密规定", "--config", config); code != exitFailed || !strings.Contains(stderr, "stop the daemon") {
		t.Errorf("beside a daemon: exit %d, %s", code, stderr)
	}
	if err := daemon.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	until("stopped")
	if err := daemon.Wait(); err != nil {
		t.Error(err)
	}
	data, exported := filepath.Join(filepath.Dir(config), "data"), filepath.Join(t.TempDir(), "export")
	if code, stdout, stderr := run(t, "export", "--config", config, exported); code != exitDone {
		t.Fatalf("export: %d %s%s", code, stdout, stderr)
	}
	if left := holds(t, exported, []byte("通报"), paper); len(left) > 0 {
		t.Errorf("the export tells of it: %v", left)
	}
	if code, stdout, _ := run(t, "status", "--config", config); code != exitDone || strings.Contains(stdout, "通报") || !strings.Contains(stdout, "国家秘密标志") {
		t.Errorf("status: %d %s", code, stdout)
	}
	if left := holds(t, data, paper); len(left) != 1 {
		t.Errorf("before the purge the paper lies in %v", left)
	}
	for _, says := range []string{": 3 files erased", ": 0 files erased"} {
		code, stdout, stderr := run(t, "purge", "--mail", sha, "--reason", "按保密规定", "--config", config)
		if code != exitDone || !strings.Contains(stdout, says) {
			t.Errorf("purge: exit %d\n%s%s", code, stdout, stderr)
		}
	}
	if left := holds(t, data, paper, []byte("通报")); len(left) > 0 {
		t.Errorf("the purge left %v", left)
	}
	if code, stdout, stderr := run(t, "verify", "--replay", "--config", config); code != exitDone {
		t.Errorf("verify: exit %d\n%s%s", code, stdout, stderr)
	}
	for _, args := range [][]string{{"--mail", sha}, {"--mail", "abc", "--reason", "x"}, {"--mail", strings.Repeat("0", 64), "--reason", "x"}} {
		if code, _, stderr := run(t, append(append([]string{"purge"}, args...), "--config", config)...); code != exitUsage {
			t.Errorf("%v: exit %d, %s", args, code, stderr)
		}
	}
}

// holds are the files below a folder that have one of these bytes in them.
func holds(t *testing.T, dir string, what ...[]byte) (out []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, w := range what {
			if bytes.Contains(raw, w) || strings.Contains(path, string(w)) {
				out = append(out, path)
				break
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
