package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"anli/cmd/anli/bot"
	"anli/cmd/anli/demo/sample"
	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/mailbox/postoffice"
)

// bureau is the address of workplace's one bureau.
const bureau = "swj.foshan@fs.example"

// emptied is a workplace whose mailbox holds nothing.
func emptied(t *testing.T, extra string) (config string, office *postoffice.Office) {
	t.Helper()
	config, office = workplace(t, extra)
	office.AddUser(bureau)
	if err := office.Remove(sample.Mailbox, "INBOX", 1); err != nil {
		t.Fatal(err)
	}
	return config, office
}

func withKey(t *testing.T, config string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(filepath.Dir(config), "anli.key"), []byte(strings.Repeat("d0", keyLength)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

func inbox(t *testing.T, office *postoffice.Office) []postoffice.Stored {
	t.Helper()
	all, err := office.Mails(sample.Mailbox, "INBOX")
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// packages are three of one city; their scans are pictures, which nobody reads here.
func packages() (out []sample.Package) {
	for _, x := range [][2]string{{"佛山市某某家居有限公司", "家居产业带数字化"}, {"佛山某窗门窗有限公司", "门窗定制直播"}, {"佛山市某陶建材有限公司", "陶瓷产业带直供"}} {
		out = append(out, sample.Package{City: "佛山市", Unit: x[0], Case: x[1], Layout: sample.Folders, Licence: sample.Photographed, Without: []string{"certificate"}})
	}
	return out
}

func stickOf(t *testing.T) string {
	t.Helper()
	files := []sample.File{{Path: "推荐函.pdf", Data: sample.Cover{City: "佛山市"}.PDF()}, {Path: ".DS_Store", Data: []byte("x")}, {Path: "System Volume Information/x", Data: []byte("x")}}
	for _, p := range packages() {
		files = append(files, sample.Under(p.Folder(), p.Files())...)
	}
	return lay(t, "佛山报送", files)
}

// imports runs the command and tells its exit code and what it said.
func imports(t *testing.T, config string, code int, says string, args ...string) string {
	t.Helper()
	got, stdout, stderr := run(t, append([]string{"import", "--config", config}, args...)...)
	if got != code || !strings.Contains(stdout+stderr, says) {
		t.Errorf("import %q: exit %d, want %d with %q\n%s%s", args, got, code, says, stdout, stderr)
	}
	return stdout + stderr
}

// live is a desk that answers outsiders.
func live(t *testing.T, config string) (*bot.Bot, func()) {
	t.Helper()
	c, err := readConfig(config)
	if err != nil {
		t.Fatal(err)
	}
	b, end, err := assemble(c, slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(b.Configure(time.Now(), c.Settings), b.Turn(context.Background(), time.Now)); err != nil {
		t.Fatal(err)
	}
	enter(t, b.Ledger, "test", func(tx *ledger.Tx) (any, error) {
		desk, _, err := intake.NewTables().Desk.Get(tx, "desk")
		desk.Live, desk.LiveAt = true, monday
		return intake.Change{Desk: &desk}, err
	})
	return b, func() {
		if err := end(); err != nil {
			t.Error(err)
		}
	}
}

// lettersTo are the subjects of what an address got.
func lettersTo(t *testing.T, office *postoffice.Office, addr string) (out []string) {
	t.Helper()
	for _, a := range office.Sent() {
		l, err := sample.ReadLetter(a.Raw)
		if err != nil {
			t.Fatal(err)
		}
		if l.To == addr {
			out = append(out, l.Subject)
		}
	}
	return out
}

// TestImportStick: a stick of three packages becomes mails that the desk takes as of
// the time that was said; the bureau gets one receipt; the same stick again is
// nothing; everything can be decided again and comes back from the mailbox.
func TestImportStick(t *testing.T) {
	config, office := emptied(t, "")
	dir := stickOf(t)
	imports(t, config, exitUsage, "the key file", "--city", "佛山", dir)
	desk, end := live(t, config)
	args := []string{"--city", "佛山", "--arrived", "2024-10-20 16:20", dir}
	imports(t, config, exitDone, "共导入4封，未能导入0项。", args...)
	if said := imports(t, config, exitDone, "共导入0封", args...); !strings.Contains(said, "未重复导入：4封") || !strings.Contains(said, "已略去：2项") || len(inbox(t, office)) != 4 {
		t.Errorf("the same stick again: %d mails lie there\n%s", len(inbox(t, office)), said)
	}
	if err := desk.Turn(context.Background(), time.Now); err != nil {
		t.Fatal(err)
	}
	end()
	if got := lettersTo(t, office, bureau); len(got) != 1 || !strings.Contains(got[0], "3个案例") {
		t.Errorf("the bureau's letters: %q", got)
	}
	before := statusOf(t, config)
	var s statusOut
	if err := json.Unmarshal([]byte(before), &s); err != nil || len(s.Cases) != 3 || len(s.Unhandled) != 0 {
		t.Fatal(err, before)
	}
	for _, c := range s.Cases {
		if c.City != "佛山市" || c.Received != "2024-10-20T16:20:00+08:00" || len(c.Holds) != 0 || c.Stage != "complete" {
			t.Errorf("%+v", c)
		}
	}
	if code, stdout, stderr := run(t, "verify", "--replay", "--config", config); code != exitDone {
		t.Errorf("replay: %s%s", stdout, stderr)
	}
	if code, stdout, stderr := run(t, "rebuild", "--config", config); code != exitDone || statusOf(t, config) != before {
		t.Errorf("rebuild: exit %d\n%s%s", code, stdout, stderr)
	}
}

// TestImportAgain: of an import that broke off, only what is missing is added, byte for
// byte what it would have been.
func TestImportAgain(t *testing.T) {
	config, office := emptied(t, "")
	withKey(t, config)
	dir := stickOf(t)
	raw := read(t, config)
	var passed atomic.Int64
	cut := cutting(t, office.IMAPAddr(), &passed)
	if err := os.WriteFile(config, bytes.Replace(raw, []byte(office.IMAPAddr()), []byte(cut), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	imports(t, config, exitFailed, "run the same command again", "--city", "佛山市", dir)
	begun := inbox(t, office)
	if len(begun) == 0 || len(begun) >= 4 {
		t.Fatalf("%d mails of a broken import", len(begun))
	}
	if err := os.WriteFile(config, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	imports(t, config, exitDone, fmt.Sprintf("共导入%d封", 4-len(begun)), "--city", "佛山市", dir)
	all := inbox(t, office)
	if len(all) != 4 || !slices.IsSortedFunc(all, func(a, b postoffice.Stored) int { return a.At.Compare(b.At) }) {
		t.Errorf("%d mails", len(all))
	}
	other, office2 := emptied(t, "")
	withKey(t, other)
	imports(t, other, exitDone, "共导入4封", "--city", "佛山市", dir)
	for i, m := range inbox(t, office2) {
		if !bytes.Equal(m.Raw, all[i].Raw) {
			t.Errorf("mail %d of a whole import is another", i)
		}
	}
	later := imports(t, config, exitDone, "共导入4封", "--city", "佛山市", "--arrived", "2024-10-20", dir)
	if len(inbox(t, office)) != 8 {
		t.Errorf("another time of arrival is another word of staff's: %s", later)
	}
}

// cutting lets 400 KB through to a server, then breaks.
func cutting(t *testing.T, server string, passed *atomic.Int64) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", server)
			if err != nil {
				in.Close()
				return
			}
			go func() { _, _ = io.Copy(in, out); in.Close() }()
			go func() {
				n, _ := io.Copy(out, io.LimitReader(in, 400<<10-passed.Load()))
				passed.Add(n)
				in.Close()
				out.Close()
			}()
		}
	}()
	return l.Addr().String()
}

// TestImportMails: saved mails are laid into the mailbox as they are, dated by the
// server that took them; the desk takes them by their writers.
func TestImportMails(t *testing.T) {
	config, office := emptied(t, "")
	trace := "Received: from a by mx.gd.example; Mon, 14 Oct 2024 09:05:00 +0800\r\nReceived: from b by a; Mon, 14 Oct 2024 09:01:00 +0800\r\n"
	letter := func(n int) []byte {
		return sample.Mail{At: time.Date(2024, 10, 14, 1, n, 0, 0, time.UTC), From: bureau, Subject: fmt.Sprintf("报送案例%d", n), Text: "From here\n见附件。", Files: []sample.File{packages()[n%3].Zip(sample.GBK)}}.Bytes()
	}
	first := append([]byte(trace), letter(1)...)
	unix := bytes.ReplaceAll(letter(2), []byte("\r\n"), []byte("\n"))
	mbox := fmt.Appendf(nil, "From - Mon Oct 14 09:00:00 2024\n%s\nFrom - Mon Oct 14 09:00:00 2024\n%s\n", bytes.ReplaceAll(bytes.ReplaceAll(letter(3), []byte("\r\n"), []byte("\n")), []byte("\nFrom "), []byte("\n>From ")), unix)
	noID := []byte("From: x@fs.example\r\nSubject: =?utf-8?B?5L2g5aW9?=\r\n\r\nhello\r\n")
	dir := lay(t, "收到", []sample.File{{Path: "来信.eml", Data: first}, {Path: "archive", Data: mbox}, {Path: "Mail/cur/1:2,S", Data: unix}, {Path: "Mail/new/2", Data: noID}, {Path: "Mail/tmp/3", Data: noID},
		{Path: "说明.txt", Data: []byte("x")}})
	imports(t, config, exitProblems, "说明.txt：不是邮件", dir)
	all := inbox(t, office)
	if len(all) != 4 {
		t.Fatalf("%d mails", len(all))
	}
	var raws []string
	for _, m := range all {
		raws = append(raws, string(m.Raw))
	}
	for what, want := range map[string][]byte{"the .eml": first, "the LF one": letter(2), "of the mbox": letter(3), "without Message-ID": noID} {
		i := slices.Index(raws, string(want))
		if i < 0 {
			t.Errorf("%s does not lie there as it is", what)
			continue
		}
		if what == "the .eml" && all[i].At.UTC().Format(time.DateTime) != "2024-10-14 01:05:00" || what == "of the mbox" && all[i].At.UTC().Format(time.DateTime) != "2024-10-14 01:03:00" {
			t.Errorf("%s arrived %v", what, all[i].At)
		}
	}
	imports(t, config, exitProblems, "未重复导入：5封", dir) // one of them twice among themselves
	traced := filepath.Join(lay(t, "x", []sample.File{{Path: "a.eml", Data: append([]byte("Received: from q by z; Mon, 14 Oct 2024 10:00:00 +0800\r\n"), letter(2)...)}, {Path: "b.eml", Data: bytes.Replace(letter(2), []byte("Subject: "), []byte("Subject: 2 "), 1)}}), "")
	imports(t, config, exitDone, "共导入1封", traced) // other trace lines are the same mail, another subject is not
	imports(t, config, exitDone, "共导入1封", "--arrived", "2024-10-15 08:00", filepath.Join(lay(t, "y", []sample.File{{Path: "c.eml", Data: letter(4)}}), "c.eml"))
	if m := inbox(t, office); m[len(m)-1].At.UTC().Format(time.DateTime) != "2024-10-15 00:00:00" {
		t.Errorf("--arrived: %v", m[len(m)-1].At)
	}
}

// TestImportWrapped: a saved mail brought in for a city is that city's, whoever wrote it.
func TestImportWrapped(t *testing.T) {
	config, office := emptied(t, "")
	desk, end := live(t, config)
	m := sample.Mail{At: time.Date(2024, 10, 14, 1, 0, 0, 0, time.UTC), From: "someone@qq.example", Subject: "材料", Text: "见附件。", Files: []sample.File{packages()[0].Zip(sample.GBK)}}
	eml := filepath.Join(lay(t, "x", []sample.File{{Path: "企业来信.eml", Data: m.Bytes()}}), "企业来信.eml")
	imports(t, config, exitDone, "共导入1封", "--city", "佛山", "--arrived", "2024-10-20", eml)
	if err := desk.Turn(context.Background(), time.Now); err != nil {
		t.Fatal(err)
	}
	folder := lay(t, "补充", []sample.File{{Path: "说明.txt", Data: []byte("情况说明")}, {Path: "__MACOSX/x", Data: []byte("x")}})
	imports(t, config, exitDone, "共导入1封", "--case", "al20240001", folder)
	if err := desk.Turn(context.Background(), time.Now); err != nil {
		t.Fatal(err)
	}
	end()
	var s statusOut
	if err := json.Unmarshal([]byte(statusOf(t, config)), &s); err != nil || len(s.Cases) != 1 || len(s.Unhandled) != 0 || s.Cases[0].Revision != 2 ||
		!slices.ContainsFunc(s.Cases[0].Files, func(f fileOut) bool { return f.Path == "说明.txt" || strings.HasSuffix(f.Path, "/说明.txt") }) {
		t.Errorf("%v %s", err, statusOf(t, config))
	}
	if got := lettersTo(t, office, bureau); len(got) != 2 {
		t.Errorf("letters: %q", got)
	}
}

// TestImportForged: a sealed mail to which something was done on the way does nothing,
// and staff are told; so does one that another key sealed.
func TestImportForged(t *testing.T) {
	config, office := emptied(t, "")
	desk, end := live(t, config)
	one := packages()[0].Zip(sample.GBK)
	imports(t, config, exitDone, "共导入1封", "--city", "佛山", "--arrived", "2024-10-20", filepath.Join(lay(t, "x", []sample.File{one}), one.Path))
	good := inbox(t, office)[0].Raw
	if err := office.Remove(sample.Mailbox, "INBOX", inbox(t, office)[0].UID); err != nil {
		t.Fatal(err)
	}
	for i, x := range [][2]string{{"Date: ", "Date: Mon, 14 Oct 2024 10:00:00 +0800\r\nX-Was: "}, {"filename*=UTF-8''", "filename=x.zip; was="}, {"To: <", "To: <"}, {"X-Anli-Import: e", "X-Anli-Import: f"}} {
		changed := bytes.Replace(good, []byte(x[0]), []byte(x[1]), 1)
		changed = bytes.Replace(changed, []byte("Message-ID: <"), fmt.Appendf(nil, "Message-ID: <x%d", i), 1)
		if err := office.Append(sample.Mailbox, "INBOX", changed, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	if err := desk.Turn(context.Background(), time.Now); err != nil {
		t.Fatal(err)
	}
	end()
	var s statusOut
	if err := json.Unmarshal([]byte(statusOf(t, config)), &s); err != nil || len(s.Cases) != 0 || len(s.Unhandled) != 4 {
		t.Errorf("%v %s", err, statusOf(t, config))
	}
	if got := lettersTo(t, office, bureau); len(got) != 0 {
		t.Errorf("letters: %q", got)
	}
}

// TestImportLarge: a package that no mail can hold becomes several, and is one case; a
// file that no mail can hold is told, and all else comes.
func TestImportLarge(t *testing.T) {
	config, office := emptied(t, "")
	raw := bytes.Replace(read(t, config), []byte("[mailbox]\n"), []byte("[mailbox]\nmax_mail = 1\n"), 1)
	if err := os.WriteFile(config, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	desk, end := live(t, config)
	p := packages()[0]
	files := p.Files()
	for i := range 3 {
		files = append(files, sample.File{Path: fmt.Sprintf("图片资料/实景照片%d.jpg", i), Data: append(sample.Photo(fmt.Sprint("实景", i), 1), bytes.Repeat([]byte{byte(i)}, 400<<10)...)})
	}
	files = append(files, sample.File{Path: "视频.mp4", Data: make([]byte, 1<<20)})
	dir := lay(t, p.Folder(), files)
	said := imports(t, config, exitProblems, "视频.mp4：太大，装不进一封邮件（单封上限1MB", "--city", "佛山", "--arrived", "2024-10-20", dir)
	all := inbox(t, office)
	if len(all) < 2 || strings.Count(said, "未能导入：") != 1 {
		t.Fatalf("%d mails\n%s", len(all), said)
	}
	for _, m := range all {
		if len(m.Raw) > 1<<20 {
			t.Errorf("a mail of %d bytes", len(m.Raw))
		}
	}
	if err := desk.Turn(context.Background(), time.Now); err != nil {
		t.Fatal(err)
	}
	end()
	var s statusOut
	if err := json.Unmarshal([]byte(statusOf(t, config)), &s); err != nil || len(s.Cases) != 1 || s.Cases[0].Stage != "complete" || s.Cases[0].Revision != 1 {
		t.Errorf("%v %s", err, statusOf(t, config))
	}
	if got := lettersTo(t, office, bureau); len(got) != 1 {
		t.Errorf("letters: %q", got)
	}
}

// TestImportBad: each kind of bad input is one clear line, and costs nothing else.
func TestImportBad(t *testing.T) {
	config, office := emptied(t, "")
	withKey(t, config)
	good := sample.File{Path: "好.eml", Data: []byte("From: a@b.example\r\nSubject: x\r\nMessage-ID: <1@b.example>\r\n\r\nx\r\n")}
	dir := lay(t, "x", []sample.File{good, {Path: "空.eml"}, {Path: "无头.eml", Data: []byte("PK\x03\x04 nothing of a mail")}, {Path: "坏.mbox", Data: []byte("no From_ line\n")}, {Path: "空.mbox"},
		{Path: "大.eml", Data: append([]byte("From: a@b.example\r\n\r\n"), make([]byte, 51<<20)...)}, {Path: "真.txt", Data: []byte("x")}})
	if err := errors.Join(os.Symlink("/etc/passwd", filepath.Join(dir, "链接.eml")), os.Mkdir(filepath.Join(dir, "空文件夹"), 0o700)); err != nil {
		t.Fatal(err)
	}
	said := imports(t, config, exitProblems, "共导入1封", dir, filepath.Join(dir, "没有.eml"), filepath.Join(dir, "空文件夹"))
	for _, line := range []string{"空.eml：是空文件", "无头.eml：不是邮件（没有邮件头）", "坏.mbox：不是mbox文件", "空.mbox：是空文件", "大.eml：超过单封上限50MB", "真.txt：不是邮件", "链接.eml：是符号链接，未跟随", "没有.eml：不存在", "空文件夹：文件夹是空的"} {
		if strings.Count(said, line) != 1 {
			t.Errorf("no line %q in\n%s", line, said)
		}
	}
	if strings.Count(said, "未能导入：") != 9 {
		t.Error(said)
	}
	for _, x := range []struct {
		says string
		args []string
	}{
		{"name a stick's folder", nil},
		{`--city "北京" is no city of this call`, []string{"--city", "北京", dir}},
		{`--case "7" is no case number; write it as AL2024-0001`, []string{"--case", "7", dir}},
		{`--case "BL2024-0001" is no case number`, []string{"--case", "BL2024-0001", dir}},
		{"--city or --case, not both", []string{"--city", "佛山", "--case", "AL2024-0001", dir}},
		{`--arrived "gestern" is no time`, []string{"--arrived", "gestern", dir}},
		{"is in the future", []string{"--arrived", "2999-01-01", dir}},
		{"--case is one case", []string{"--case", "AL2024-0001", stickOf(t)}},
	} {
		if said := imports(t, config, exitUsage, x.says, x.args...); strings.Contains(said, "\n\n") {
			t.Error(said)
		}
	}
	if n := len(inbox(t, office)); n != 1 {
		t.Errorf("%d mails lie there", n)
	}
	office.Close()
	imports(t, config, exitFailed, "run the same command again", filepath.Join(dir, "好.eml"))
}

// TestLook: what becomes a mail of its own.
func TestLook(t *testing.T) {
	file := func(paths ...string) (out []sample.File) {
		for _, p := range paths {
			out = append(out, sample.File{Path: p, Data: []byte("x")})
		}
		return out
	}
	for _, x := range []struct {
		why, folder string
		files       []sample.File
		want        []string
	}{
		{"a package", "[案例]-甲+乙", file("申报表.docx", "照片/1.jpg"), []string{"[案例]-甲+乙 folder 2"}},
		{"a folder of any name", "材料", file("申报表.docx", "照片/1.jpg"), []string{"材料 folder 2"}},
		{"a stick", "U", file("[案例]-甲+乙/a.docx", "[案例]-丙+丁.zip", "推荐函.pdf", "汇总.xlsx", "其他/x.pdf"),
			[]string{"[案例]-丙+丁.zip archive", "[案例]-甲+乙 folder 1", "其他 folder 1 beside", "U中的零散文件 loose 2 beside"}},
		{"a city's folder on a stick", "U", file("佛山/[案例]-甲+乙/a.docx", "佛山/推荐函.pdf"), []string{"[案例]-甲+乙 folder 1", "推荐函.pdf loose 1 beside"}},
		{"archives of any name", "U", file("甲.zip", "乙.rar", "推荐函.pdf"), []string{"乙.rar archive", "甲.zip archive", "推荐函.pdf loose 1 beside"}},
		{"a package in a package", "[案例]-甲+乙", file("[案例]-甲+乙/a.docx"), []string{"[案例]-甲+乙 folder 1"}},
	} {
		s := look([]string{lay(t, x.folder, x.files)}, false)
		setBeside(s.parcels)
		var got []string
		for _, p := range s.parcels {
			line := p.name
			switch {
			case p.folder:
				line += fmt.Sprintf(" folder %d", len(p.files))
			case p.loose:
				line += fmt.Sprintf(" loose %d", len(p.files))
			default:
				line += " archive"
			}
			if p.beside {
				line += " beside"
			}
			got = append(got, line)
		}
		slices.Sort(got)
		slices.Sort(x.want)
		if !slices.Equal(got, x.want) || len(s.problems) > 0 {
			t.Errorf("%s: %q %v", x.why, got, s.problems)
		}
	}
}
