package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"anli/cmd/anli/demo/sample"
	"anli/intake"
	"anli/intake/mailbox/postoffice"
)

// stick lays a USB stick of a bureau: a package in a folder, one in an archive, the
// bureau's own list beside them, and what systems leave behind.
func stick(t *testing.T) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "KINGSTON")
	lay := func(name string, data []byte) {
		full := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, data, 0o644); err != nil {
			t.Fatal(err)
		}
		when := time.Date(2024, 10, 28, 10, 0, 0, 0, time.UTC)
		if err := os.Chtimes(full, when, when); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range nice.Files() {
		lay("案例材料/"+nice.Folder()+"/"+f.Path, f.Data)
	}
	other := nice
	other.Unit, other.Case = "佛山市某具家居有限公司", "家具直播基地"
	lay(other.Folder()+".zip", other.Zip(sample.GBK).Data)
	summary := sample.Summary{City: "佛山市", Cases: []sample.Package{nice, other}}
	lay("推荐汇总表.xlsx", summary.Xlsx())
	lay("Thumbs.db", []byte("x"))
	lay("__MACOSX/._x", []byte("x"))
	if err := os.Symlink("/etc/passwd", filepath.Join(root, "链接.docx")); err != nil {
		t.Fatal(err)
	}
	return root
}

// TestImportStick: what lies on a stick comes into the mailbox once, beside a running
// daemon, is taken for the city's as of the day that is named, and stands replay.
func TestImportStick(t *testing.T) {
	config, office := emptyWorkplace(t)
	if code, _, stderr := run(t, "import", "--config", config, "--city", "佛山", stick(t)); code != exitUsage || !strings.Contains(stderr, "anli run") {
		t.Errorf("without a key file: exit %d, %s", code, stderr)
	}
	daemon, until := daemonProcess(t, config)
	until("letters sent")
	root := stick(t)
	args := []string{"import", "--config", config, "--city", "佛山", "--arrived", "2024-10-29T16:20:00+08:00", root}
	code, stdout, _ := run(t, args...)
	if code != exitProblems || !strings.Contains(stdout, "已写入邮箱3封；略过系统文件2个") || !strings.Contains(stdout, "链接.docx：是链接或特殊文件，未导入") {
		t.Fatalf("exit %d\n%s", code, stdout)
	}
	s := statusWith(t, config, func(s statusOut) bool { return len(s.Cases) == 2 })
	for _, c := range s.Cases {
		if c.City != "佛山市" || c.Stage != intake.StageComplete || c.Received != "2024-10-29T16:20:00+08:00" {
			t.Errorf("%s of %s: %s, received %s", c.Number, c.City, c.Stage, c.Received)
		}
	}
	if code, stdout, _ := run(t, args...); code != exitProblems || !strings.Contains(stdout, "已写入邮箱0封；3封此前已在邮箱，未重复写入") {
		t.Errorf("again: exit %d\n%s", code, stdout)
	}
	photo := filepath.Join(t.TempDir(), "车间照片4.jpg")
	if err := os.WriteFile(photo, sample.Photo("佛山市某厂", 9), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, number := range []string{"AL2024-0001", "AL2024-0099"} {
		if code, stdout, stderr := run(t, "import", "--config", config, "--case", number, photo); code != exitDone {
			t.Errorf("--case %s: exit %d\n%s%s", number, code, stdout, stderr)
		}
	}
	s = statusWith(t, config, func(s statusOut) bool { return len(s.Unhandled) == 1 && s.Cases[0].Revision == 2 })
	if s.Unhandled[0].Reason != "导入的材料写明的案例不存在" || len(s.Cases) != 2 {
		t.Errorf("%+v, %d cases", s.Unhandled, len(s.Cases))
	}
	halt(t, daemon, until)
	mails, err := office.Mails(sample.Mailbox, "INBOX")
	if err != nil || len(mails) != 5 {
		t.Errorf("%d mails in the inbox, %v", len(mails), err)
	}
	if code, stdout, _ := run(t, "verify", "--replay", "--config", config); code != exitDone {
		t.Errorf("verify --replay:\n%s", stdout)
	}
}

// TestImportForged: a mail that looks like an import and is not sealed by this desk does
// nothing and waits for people; so does a sealed one to which something was added.
func TestImportForged(t *testing.T) {
	config, office := emptyWorkplace(t)
	daemon, until := daemonProcess(t, config)
	until("letters sent")
	one := filepath.Join(t.TempDir(), nice.Folder()+".zip")
	if err := os.WriteFile(one, nice.Zip(sample.GBK).Data, 0o644); err != nil {
		t.Fatal(err)
	}
	if code, stdout, stderr := run(t, "import", "--config", config, "--city", "佛山市", "--arrived", "2024-10-29", one); code != exitDone {
		t.Fatalf("exit %d\n%s\n%s", code, stdout, stderr)
	}
	statusWith(t, config, func(s statusOut) bool { return len(s.Cases) == 1 })
	mails, err := office.Mails(sample.Mailbox, "INBOX")
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Replace(mails[0].Raw, []byte("Message-ID: <"), []byte("Message-ID: <x"), 1)
	changed = bytes.Replace(changed, []byte("Date: "), []byte("Date: Mon, 14 Oct 2024 10:00:00 +0800\r\nX-Was: "), 1) // another substance, the seal of the first
	if err := office.Append(sample.Mailbox, "INBOX", changed, time.Now()); err != nil {
		t.Fatal(err)
	}
	s := statusWith(t, config, func(s statusOut) bool { return len(s.Unhandled) == 1 })
	if s.Unhandled[0].Reason != "导入的材料没有有效的封印" || len(s.Cases) != 1 {
		t.Errorf("%+v, %d cases", s.Unhandled, len(s.Cases))
	}
	halt(t, daemon, until)
}

// TestImportMails: an mbox, a Maildir and an .eml come in as they are, with the time
// of arrival that the last server wrote; the desk takes them by their writers.
func TestImportMails(t *testing.T) {
	config, office := emptyWorkplace(t)
	dir := t.TempDir()
	raw := func(n int, received string) string {
		m := sample.Mail{At: time.Date(2024, 10, 14, 9, n, 0, 0, time.UTC), From: "swj.foshan@fs.example", Subject: fmt.Sprint("优秀案例 ", n), Text: "收到，谢谢。"}
		return received + strings.ReplaceAll(string(m.Bytes()), "\r\n", "\n")
	}
	const received = "Received: from a by b;\n Tue, 15 Oct 2024 10:21:00 +0800\nReceived: from c by a; Mon, 14 Oct 2024 08:00:00 +0800\n"
	write := func(name, text string) string {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return full
	}
	box := write("old.mbox", "From x Mon Oct 14 10:00:00 2024\n"+raw(1, received)+"\nFrom y Mon Oct 14 11:00:00 2024\n"+raw(2, "")+"\nFrom z Mon Oct 14 11:00:00 2024\nno header at all\n")
	write("maildir/cur/1:2,S", raw(3, ""))
	write("maildir/new/2", raw(4, ""))
	eml := write("one.eml", raw(5, ""))
	empty := write("empty.eml", "")
	code, stdout, stderr := run(t, "import", "--config", config, box, filepath.Join(dir, "maildir"), eml, empty)
	if code != exitProblems || !strings.Contains(stdout, "已写入邮箱5封") || !strings.Contains(stdout, "未能导入2项") || strings.Count(stdout, "不是邮件") != 2 {
		t.Fatalf("exit %d\n%s\n%s", code, stdout, stderr)
	}
	mails, err := office.Mails(sample.Mailbox, "INBOX")
	if err != nil || len(mails) != 5 {
		t.Fatalf("%d mails, %v", len(mails), err)
	}
	if !mails[0].At.Equal(time.Date(2024, 10, 15, 2, 21, 0, 0, time.UTC)) || !mails[1].At.Equal(time.Date(2024, 10, 14, 9, 2, 0, 0, time.UTC)) {
		t.Errorf("arrived %v and %v", mails[0].At, mails[1].At)
	}
	if want := strings.ReplaceAll(raw(1, received), "\n", "\r\n"); string(mails[0].Raw) != want {
		t.Errorf("changed on the way:\n%q\n%q", mails[0].Raw, want)
	}
}

// TestImportRefused: what cannot be meant is told before anything is added.
func TestImportRefused(t *testing.T) {
	config, office := emptyWorkplace(t)
	file := filepath.Join(t.TempDir(), "照片.jpg")
	if err := os.WriteFile(file, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	for says, args := range map[string][]string{
		"name a USB stick":  {},
		"no such file":      {filepath.Join(t.TempDir(), "nowhere")},
		"holds no mails":    {file},
		"none of this call": {"--city", "北京市", file},
		"is no case number": {"--case", "7", file},
		"not both":          {"--case", "AL2024-0007", "--city", "佛山市", file},
		"is no time":        {"--city", "佛山市", "--arrived", "gestern", file},
		"lies ahead":        {"--city", "佛山市", "--arrived", "2999-01-01", file},
		"the key file":      {"--city", "佛山市", file},
	} {
		code, _, stderr := run(t, append([]string{"import", "--config", config}, args...)...)
		if code != exitUsage || !strings.Contains(stderr, says) || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%q: exit %d, %s", args, code, stderr)
		}
	}
	if mails, err := office.Mails(sample.Mailbox, "INBOX"); err != nil || len(mails) > 0 {
		t.Errorf("%d mails, %v", len(mails), err)
	}
}

// emptyWorkplace is a workplace whose inbox is empty.
func emptyWorkplace(t *testing.T) (config string, office *postoffice.Office) {
	t.Helper()
	config, office = workplace(t, "")
	mails, err := office.Mails(sample.Mailbox, "INBOX")
	if err == nil {
		err = office.Remove(sample.Mailbox, "INBOX", mails[0].UID)
	}
	if err != nil {
		t.Fatal(err)
	}
	return config, office
}

// halt ends a daemon as a service manager does.
func halt(t *testing.T, daemon *exec.Cmd, until func(string)) {
	t.Helper()
	if err := daemon.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	until("stopped")
	if err := daemon.Wait(); err != nil {
		t.Errorf("SIGTERM: %v", err)
	}
}

// statusWith waits until the status is as it should be.
func statusWith(t *testing.T, config string, ok func(statusOut) bool) (s statusOut) {
	t.Helper()
	until(t, 30*time.Second, "the desk has taken what was imported", func() bool {
		s = statusOut{}
		out := statusOf(t, config)
		return json.Unmarshal([]byte(out), &s) == nil && ok(s)
	})
	return s
}
