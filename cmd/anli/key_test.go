package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestWrongKey: with another ledger's key file nothing is done, and one sentence
// says so.
func TestWrongKey(t *testing.T) {
	config, _ := workplace(t, "")
	dir := filepath.Dir(config)
	daemon, until := daemonProcess(t, config)
	until("letters sent")
	if err := daemon.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	until("stopped")
	if err := daemon.Wait(); err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(dir, "copy.backup")
	if code, _, stderr := run(t, "backup", "--config", config, backup); code != exitDone {
		t.Fatal(code, stderr)
	}
	if err := os.WriteFile(filepath.Join(dir, "anli.key"), []byte(strings.Repeat("5a", keyLength)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const says = "anli.key is not the key file that this ledger was begun with"
	refused := func(args ...string) {
		t.Helper()
		code, _, stderr := run(t, append(args, "--config", config)...)
		if code != exitUsage || !strings.Contains(stderr, says) || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%v: exit %d, %s", args, code, stderr)
		}
	}
	refused("run")
	refused("verify")
	refused("verify", "--replay")
	refused("rebuild")
	if code, stdout, _ := run(t, "doctor", "--config", config); code != exitProblems || !strings.Contains(stdout, "WRONG  key file: ") || !strings.Contains(stdout, says) {
		t.Errorf("doctor: exit %d\n%s", code, stdout)
	}
	data := filepath.Join(dir, "data")
	if err := os.Rename(data, data+".aside"); err != nil {
		t.Fatal(err)
	}
	refused("restore", backup)
	if _, err := os.Stat(filepath.Join(data, "ledger.db")); err == nil {
		t.Error("a refused restore left a ledger")
	}
}
