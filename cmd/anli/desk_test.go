package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"anli/cmd/anli/demo/sample"
	"anli/intake"
	"anli/intake/mailbox/postoffice"
	"anli/parser/cage"
)

// workplace is a mail server in this process, a package in the division's
// mailbox, and a configuration file for real commands.
func workplace(t *testing.T, extra string) (config string, office *postoffice.Office) {
	t.Helper()
	office, err := postoffice.Start(postoffice.Options{Password: "geheim"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { office.Close() })
	office.AddUser(sample.Mailbox)
	office.AddUser(sample.Officer)
	m := sample.Mail{At: time.Date(2024, 10, 14, 9, 0, 0, 0, time.UTC), From: "swj.foshan@fs.example", Subject: "报送优秀案例", Text: "见附件。",
		Files: []sample.File{nice.Zip(sample.GBK)}}
	if err := office.Append(sample.Mailbox, "INBOX", m.Bytes(), m.At); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	text := fmt.Sprintf(`%s
[mailbox]
address = %q
imap = %q
tls = "none"
password_file = "imap.password"
sent = "Sent"
[smtp]
address = %q
tls = "none"
[[staff]]
name = "张三"
addresses = [%q]
[[bureau]]
city = "佛山市"
addresses = ["swj.foshan@fs.example"]
`, extra, sample.Mailbox, office.IMAPAddr(), office.SMTPAddr(), sample.Officer)
	config = filepath.Join(dir, "config.toml")
	for name, content := range map[string]string{"config.toml": text, "imap.password": "geheim\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return config, office
}

// daemonProcess starts `anli run`. The second result waits until the log says a word.
func daemonProcess(t *testing.T, config string) (*exec.Cmd, func(word string)) {
	t.Helper()
	c := program(t, "run", "--config", config)
	stderr, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill() })
	lines := bufio.NewScanner(stderr)
	var log bytes.Buffer
	return c, func(word string) {
		t.Helper()
		for lines.Scan() {
			fmt.Fprintln(&log, lines.Text())
			if strings.Contains(lines.Text(), word) {
				return
			}
		}
		t.Fatalf("the log does not say %q:\n%s", word, log.String())
	}
}

// TestDaemon: one daemon works, the other commands work beside it, and what they
// made brings everything back.
func TestDaemon(t *testing.T) {
	config, office := workplace(t, "")
	dir := filepath.Dir(config)
	daemon, until := daemonProcess(t, config)
	until("started")
	until("letters sent")
	second, err := program(t, "run", "--config", config).CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitFailed || !strings.Contains(string(second), "another anli works on it") {
		t.Errorf("a second daemon: %v\n%s", err, second)
	}
	before := statusOf(t, config)
	var s statusOut
	if err := json.Unmarshal([]byte(before), &s); err != nil {
		t.Fatal(err)
	}
	if len(s.Cases) != 1 || s.Cases[0].Number != "AL2024-0001" || s.Cases[0].Stage != "complete" || s.Cases[0].Received != "2024-10-14T17:00:00+08:00" {
		t.Fatal(before)
	}
	backup, exported := filepath.Join(dir, "copy.backup"), filepath.Join(dir, "export")
	for _, args := range [][]string{{"backup", "--config", config, backup}, {"export", "--config", config, exported}, {"verify", "--replay", "--config", config}} {
		if code, stdout, stderr := run(t, args...); code != exitDone {
			t.Errorf("%v: exit %d\n%s\n%s", args, code, stdout, stderr)
		}
	}
	if code, _, stderr := run(t, "rebuild", "--config", config); code != exitFailed || !strings.Contains(stderr, "stop the daemon") {
		t.Errorf("rebuild beside a daemon: exit %d, %s", code, stderr)
	}
	if err := daemon.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	until("stopped")
	if err := daemon.Wait(); err != nil {
		t.Errorf("SIGTERM: %v", err)
	}
	if accepted := office.Sent(); len(accepted) != 1 || accepted[0].To[0] != sample.Officer {
		t.Errorf("%d letters; one report to staff is due", len(accepted))
	}
	lookAtExport(t, exported)
	bringBack(t, config, backup, before)
}

func statusOf(t *testing.T, config string) string {
	t.Helper()
	code, stdout, stderr := run(t, "status", "--json", "--config", config)
	if code != exitDone || strings.Contains(stdout, "null") {
		t.Fatalf("status: exit %d\n%s\n%s", code, stdout, stderr)
	}
	return stdout
}

func lookAtExport(t *testing.T, dir string) {
	t.Helper()
	x, err := excelize.OpenFile(filepath.Join(dir, "ledger.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	rows, err := x.GetRows("案例")
	if err != nil || len(rows) < 4 || rows[2][0] != "案例编号" || rows[3][0] != "AL2024-0001" || rows[3][2] != nice.Unit || !strings.Contains(rows[3][5], "齐全") {
		t.Errorf("%v %v", rows, err)
	}
	folder := filepath.Join(dir, "cases", "佛山市", nice.Folder())
	for _, f := range nice.Files() {
		got, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(f.Path)))
		if err != nil || !bytes.Equal(got, f.Data) {
			t.Errorf("%s: %v", f.Path, err)
		}
	}
	if journal, err := os.ReadFile(filepath.Join(dir, "journal.jsonl")); err != nil || bytes.Count(journal, []byte("\n")) < 3 {
		t.Errorf("journal: %d bytes, %v", len(journal), err)
	}
}

// bringBack restores the backup in place of the ledger: the same status, and no
// difference when everything is decided again.
func bringBack(t *testing.T, config, backup, before string) {
	t.Helper()
	data := filepath.Join(filepath.Dir(config), "data")
	if code, _, stderr := run(t, "restore", "--config", config, backup); code != exitFailed || !strings.Contains(stderr, "move") {
		t.Errorf("restore over a ledger: exit %d, %s", code, stderr)
	}
	if err := os.Rename(data, data+".aside"); err != nil {
		t.Fatal(err)
	}
	if code, stdout, stderr := run(t, "restore", "--config", config, backup); code != exitDone {
		t.Fatalf("restore: exit %d\n%s%s", code, stdout, stderr)
	}
	if after := statusOf(t, config); after != before {
		t.Errorf("another status after the restore:\n%s", after)
	}
	if code, stdout, stderr := run(t, "verify", "--replay", "--config", config); code != exitDone {
		t.Errorf("verify: exit %d\n%s%s", code, stdout, stderr)
	}
	if code, stdout, _ := run(t, "status", "--config", config); code != exitDone || !strings.Contains(stdout, nice.Unit) || !strings.Contains(stdout, "未启用") {
		t.Errorf("status for people: exit %d\n%s", code, stdout)
	}
	spoil(t, data)
	if code, stdout, _ := run(t, "verify", "--config", config); code != exitProblems || !strings.Contains(stdout, "is not there") {
		t.Errorf("verify with a blob gone: exit %d\n%s", code, stdout)
	}
}

// spoil removes the greatest blob: the mail.
func spoil(t *testing.T, data string) {
	t.Helper()
	blobs, err := filepath.Glob(filepath.Join(data, "blobs", "*", "*"))
	if err != nil || len(blobs) == 0 {
		t.Fatal("no blobs", err)
	}
	greatest, size := "", int64(0)
	for _, b := range blobs {
		if info, err := os.Stat(b); err == nil && info.Size() > size {
			greatest, size = b, info.Size()
		}
	}
	if err := os.Remove(greatest); err != nil {
		t.Fatal(err)
	}
}

// TestStart: what keeps the daemon from starting is one sentence and its code.
func TestStart(t *testing.T) {
	config, _ := workplace(t, "")
	dir := filepath.Dir(config)
	start := func(code int, says string) {
		t.Helper()
		out, err := program(t, "run", "--config", config).CombinedOutput()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != code || !strings.Contains(string(out), says) {
			t.Errorf("%v, want exit %d and %q:\n%s", err, code, says, out)
		}
		if strings.Contains(string(out), "geheim") {
			t.Errorf("the password is printed:\n%s", out)
		}
	}
	if err := os.Rename(filepath.Join(dir, "imap.password"), filepath.Join(dir, "elsewhere")); err != nil {
		t.Fatal(err)
	}
	start(exitUsage, "mailbox.password_file")
	if err := os.Rename(filepath.Join(dir, "elsewhere"), filepath.Join(dir, "imap.password")); err != nil {
		t.Fatal(err)
	}
	daemon, until := daemonProcess(t, config)
	until("letters sent")
	if err := daemon.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	until("stopped")
	if err := daemon.Wait(); err != nil {
		t.Error(err)
	}
	key := filepath.Join(dir, "anli.key")
	if info, err := os.Stat(key); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("key file: %v %v", info.Mode(), err)
	}
	if err := os.Rename(key, key+".lost"); err != nil {
		t.Fatal(err)
	}
	start(exitUsage, "the key file "+key+" is missing, but the ledger")
	if err := os.WriteFile(key, []byte("short\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	start(exitUsage, "is no key file")
	if err := os.Rename(key+".lost", key); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	rehearsal := append([]byte("redirect_all_to = \"tester@gd.example\"\ndata = \"./data\"\n"), raw...)
	if err := os.WriteFile(config, rehearsal, 0o600); err != nil {
		t.Fatal(err)
	}
	start(exitUsage, "holds a real ledger")
	if err := os.WriteFile(filepath.Join(dir, "data", "ledger.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	start(exitFailed, "damaged")
}

func TestDoctor(t *testing.T) {
	config, office := workplace(t, "")
	code, stdout, stderr := run(t, "doctor", "--config", config)
	if code != exitDone || !strings.Contains(stdout, "the blank form was read") || !strings.Contains(stdout, "imap, login") || !strings.Contains(stdout, "all is well") {
		t.Errorf("exit %d\n%s%s", code, stdout, stderr)
	}
	for _, p := range cage.Protections() {
		if line := "cage, " + p.Name + ": "; !strings.Contains(stdout, line) || !strings.Contains(stdout, p.Detail) {
			t.Errorf("no line %q with %q in\n%s", line, p.Detail, stdout)
		}
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(config), "data")); err == nil {
		t.Error("the doctor made a data folder")
	}
	if err := os.Chmod(filepath.Join(filepath.Dir(config), "imap.password"), 0o644); err != nil {
		t.Fatal(err)
	}
	code, stdout, _ = run(t, "doctor", "--config", config)
	if code != exitProblems || !strings.Contains(stdout, "WRONG  password file: ") || !strings.Contains(stdout, "chmod 600") {
		t.Errorf("a password file for all to read: exit %d\n%s", code, stdout)
	}
	office.Close()
	code, stdout, _ = run(t, "doctor", "--config", config)
	if code != exitProblems || !strings.Contains(stdout, "WRONG  imap, connection") || !strings.Contains(stdout, "WRONG  smtp") {
		t.Errorf("without a server: exit %d\n%s", code, stdout)
	}
}

// TestChildrenEnd: the desk's children wait while it runs, and end with it.
func TestChildrenEnd(t *testing.T) {
	config, _ := workplace(t, "")
	c, err := readConfig(config)
	if err != nil {
		t.Fatal(err)
	}
	b, end, err := assemble(c, slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	<-b.Reader.Ready
	before := caged(t)
	for i := 0; i < 2000 && len(before) < 3; i++ { // they are started beside
		time.Sleep(5 * time.Millisecond)
		before = caged(t)
	}
	if len(before) != 3 {
		t.Errorf("%d children wait, want one for documents, pictures and archives", len(before))
	}
	if err := end(); err != nil {
		t.Fatal(err)
	}
	if after := caged(t); len(after) > 0 {
		t.Errorf("after the end: %v", after)
	}
}

// caged are this process's children of the cage.
func caged(t *testing.T) (all []string) {
	t.Helper()
	lists, err := filepath.Glob("/proc/self/task/*/children")
	if err != nil || len(lists) == 0 {
		t.Skip("this kernel does not tell of children")
	}
	for _, l := range lists {
		raw, _ := os.ReadFile(l) // a thread may end meanwhile
		for _, pid := range strings.Fields(string(raw)) {
			if name, err := os.ReadFile("/proc/" + pid + "/cmdline"); err == nil && strings.HasPrefix(string(name), "anli-cage") {
				all = append(all, pid)
			}
		}
	}
	return all
}

// TestSafePath: a sender's names lead nowhere else.
func TestSafePath(t *testing.T) {
	for in, want := range map[string]string{
		"照片/1.jpg":         "照片/1.jpg",
		"../../etc/x":      "etc/x",
		"/abs/x":           "abs/x",
		"a.zip/b.jpg":      "a/b.jpg",
		"..":               "未命名",
		"a/./b":            "a/b",
		"CON?<>|/x.":       "CON____/x",
		"材料.ZIP/照片 /1.png": "材料/照片/1.png",
	} {
		got := intake.SafePath(in)
		if in == "CON?<>|/x." {
			if strings.ContainsAny(got, `?<>|`) {
				t.Errorf("%q became %q", in, got)
			}
			continue
		}
		if got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}
