package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"anli/cmd/anli/demo/sample"
)

// TestRealServers gives the demo's correspondence on Dovecot and Postfix: the
// built program with a configuration file, in real time. Scenes that need the
// staff's letter of a morning are left out, and with them the judging of the demo;
// another follows once the deadline, first a year ahead, has been put behind.
func TestRealServers(t *testing.T) {
	needServers(t)
	scenes := beforeDeadline(sample.Script())
	people := residents(sample.Script())
	s := startServers(t, people)
	o := newTown(t, s, people)
	o.layIn(t, sample.Before())
	desk := anli{compile(t, s.dir), s.deskConfig(t, "config.toml", "data", nextYear())}

	daemon := desk.runs(t)
	posted := o.play(t, scenes)
	o.lookAtLetters(t, posted)
	o.lookAtMailbox(t, posted)
	status := desk.beside(t)
	daemon.stop(t)

	o.again(t, desk)
	if now := desk.does(t, exitDone, "status", "--json"); now != status {
		t.Errorf("a restart changed the ledger:\n%s\nbefore:\n%s", now, status)
	}
	bringBackElsewhere(t, s, desk, status)
	o.judge(t, anli{desk.bin, s.deskConfig(t, "config.toml", "data", time.Now().Add(-time.Hour))})
}

func nextYear() time.Time { return time.Now().AddDate(1, 0, 0) }

func beforeDeadline(scenes []sample.Scene) []sample.Scene {
	judging := slices.IndexFunc(scenes, func(s sample.Scene) bool { return s.Title == "staff: list of experts" })
	if judging < 0 {
		return scenes
	}
	return scenes[:judging]
}

// letter is one that somebody gets.
type letter struct{ to, says string }

// answersTo are the letters that each scene brings, by its title; a scene that is
// not listed is answered by silence. To "" is the scene's sender.
func answersTo() map[string][]letter {
	const complete = "【已收到 编号】材料齐全，待资格审核："
	return map[string][]letter{
		"staff: go live":                             {{"", "【处理结果】无错误，1项待确认"}},
		"staff: confirmed":                           {{"", "【处理结果】无错误"}},
		"complete package, zip with GBK names":       {{"", complete + "广州市某禾家居有限公司"}},
		"package with three things missing":          {{"", "【已收到 编号】还需补充3项：佛山市某陶建材有限公司"}},
		"one package in three mails (3)":             {{"", complete + "深圳市某芯智能科技有限公司"}},
		"two cases in one mail":                      {{"", "【已收到 2个案例】材料齐全，待资格审核：珠海市"}},
		"loose attachments without a folder":         {{"", complete + "东莞市某玩文化科技有限公司"}},
		"supplement in a reply":                      {{"", complete + "佛山市某陶建材有限公司"}},
		"the company's mail forwarded by the bureau": {{"", "【已收到 编号】还需补充1项：中山市某光照明有限公司"}},
		"a company writes directly":                  {{"", "【来信已收到】材料请由市商务局审核后报送"}},
		"a company answers the forwarded receipt":    {{"", "【已收到】您发来的1个文件已保存，请与中山市商务局联系"}, {sample.BureauOf("中山市").Address, "【请确认 编号】企业直接发来1个文件，是否并入：中山市某光照明有限公司"}},
		"the bureau agrees":                          {{"", "【回复】已办理1项：编号 中山市某光照明有限公司"}},
		"letter of recommendation, list, and a case": {{"", complete + "惠州市某鞋履有限公司"}},
		"how do we stand?":                           {{"", "【进度】佛山市案例1个：材料齐全，待资格审核"}},
		"more cases of one city (2)":                 {{"", "【已收到 5个案例】材料齐全，待资格审核；超出推荐名额（上限5个）：广州市"}},
		"one case withdrawn":                         {{"", "【回复】已办理1项：编号 广州某鲜农业科技有限公司"}},
		"late":                                       {{"", complete + "汕头市某玩教具有限公司"}}, // the deadline is a year ahead
	}
}

// posted is what a play left behind.
type posted struct {
	mails   sample.Inbox // sent to the desk
	letters []letter     // that must have come, to anybody
}

// play sends scene after scene, each when the letters of the one before have come.
func (o *town) play(t *testing.T, scenes []sample.Scene) (p posted) {
	t.Helper()
	until(t, 40*time.Second, "the 接管报告 comes", func() bool { return len(o.read(t, sample.Officer, "INBOX")) > 0 })
	answers := answersTo()
	for _, scene := range scenes {
		reader := scene.Reads
		if reader == "" {
			reader = scene.From
		}
		raw, err := scene.Write(o.read(t, reader, "INBOX"))
		if err != nil {
			t.Fatalf("%s: %v", scene.Title, err)
		}
		if raw == nil {
			t.Logf("left out: %s", scene.Title)
			continue
		}
		due := answers[scene.Title]
		had := make([]int, len(due))
		for i := range due {
			if due[i].to == "" {
				due[i].to = scene.From
			}
			had[i] = count(o.conclusions(t, due[i].to), due[i].says)
		}
		began := time.Now()
		if scene.Title == "how do we stand?" {
			o.swaks(t, scene.From, raw)
		} else {
			o.post(t, scene.From, raw)
		}
		for i, l := range due {
			o.await(t, l.to, l.says, had[i])
		}
		t.Logf("%5.1f s  %s", time.Since(began).Seconds(), scene.Title)
		p.mails, p.letters = append(p.mails, raw), append(p.letters, due...)
	}
	o.settled(t)
	return p
}

// lookAtLetters: everybody outside got what he should and nothing else; no letter
// came twice, and each lies in the desk's Sent once.
func (o *town) lookAtLetters(t *testing.T, p posted) {
	t.Helper()
	want := map[string][]string{}
	for _, l := range p.letters {
		want[l.to] = append(want[l.to], l.says)
	}
	var all []string
	for addr := range o.boxes {
		if addr == sample.Mailbox {
			continue
		}
		inbox := o.read(t, addr, "INBOX")
		all = append(all, ids(t, inbox)...)
		got := o.conclusions(t, addr)
		if strings.HasSuffix(addr, "@gd.example") { // staff hear more than answers
			continue
		}
		if !slices.Equal(got, want[addr]) {
			t.Errorf("%s got\n  %s\nwant\n  %s", addr, strings.Join(got, "\n  "), strings.Join(want[addr], "\n  "))
		}
	}
	for _, m := range sample.Before() {
		if m.Folder == "Sent" {
			all = append(all, ids(t, sample.Inbox{m.Raw})...)
		}
	}
	slices.Sort(all)
	if once := slices.Compact(slices.Clone(all)); len(once) != len(all) {
		t.Errorf("%d letters came twice: %q", len(all)-len(once), all)
	}
	sent := ids(t, o.read(t, sample.Mailbox, "Sent"))
	slices.Sort(sent)
	if !slices.Equal(sent, all) {
		t.Errorf("Sent holds %d letters, people have %d:\n%q\n%q", len(sent), len(all), sent, all)
	}
}

// lookAtMailbox: the desk's mailbox holds every mail once, as it came, with no flag
// that people did not set; beside it lie the journal's batches.
func (o *town) lookAtMailbox(t *testing.T, p posted) {
	t.Helper()
	want := ids(t, p.mails)
	var flags []string
	for _, m := range sample.Before() {
		if m.Folder == "INBOX" {
			want = append(want, ids(t, sample.Inbox{m.Raw})...)
			flags = append(flags, map[bool]string{true: "S", false: ""}[m.Seen])
		}
	}
	for range p.mails {
		flags = append(flags, "")
	}
	slices.Sort(flags)
	inbox := o.read(t, sample.Mailbox, "INBOX")
	got := ids(t, inbox)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the mailbox holds\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
	if got := o.servers.maildir(t, sample.Mailbox, ""); !slices.Equal(got, flags) {
		t.Errorf("flags in the mailbox: %q, want %q", got, flags)
	}
	if len(o.read(t, sample.Mailbox, "anli-journal")) == 0 {
		t.Error("no batch of the journal is in the mailbox")
	}
}

// beside runs the other commands while the daemon works, and gives the status.
func (a anli) beside(t *testing.T) string {
	t.Helper()
	status := a.does(t, exitDone, "status", "--json")
	var s statusOut
	if err := json.Unmarshal([]byte(status), &s); err != nil {
		t.Fatal(err)
	}
	stages := map[string]int{}
	for _, c := range s.Cases {
		stages[string(c.Stage)]++
	}
	// 2 that lay there, 7 of the first day and the forwarded one, 惠州, 广州's five, 汕头; one of 广州's is withdrawn.
	if len(s.Cases) != 16 || stages["complete"] != 15 || stages["withdrawn"] != 1 {
		t.Errorf("%d cases, %v", len(s.Cases), stages)
	}
	if out := a.does(t, exitDone, "verify", "--replay"); !strings.Contains(out, "no difference") {
		t.Errorf("verify --replay: %s", out)
	}
	a.does(t, exitDone, "backup", filepath.Join(filepath.Dir(a.config), "copy.backup"))
	a.does(t, exitDone, "export", filepath.Join(filepath.Dir(a.config), "export"))
	out := a.does(t, exitDone, "doctor")
	for _, line := range []string{"imap, login", "imap, idle", "all is well"} {
		if !strings.Contains(out, line) {
			t.Errorf("doctor does not speak of %q:\n%s", line, out)
		}
	}
	return status
}

// again starts the daemon a second time: it answers what comes and repeats nothing.
func (o *town) again(t *testing.T, desk anli) {
	t.Helper()
	foshan := sample.BureauOf("佛山市")
	before := map[string]int{}
	for addr := range o.boxes {
		before[addr] = len(o.read(t, addr, "INBOX"))
	}
	daemon := desk.runs(t)
	m := sample.Mail{From: foshan.Address, FromName: foshan.Name(), At: time.Now(), Subject: "进度", Text: "进度"}
	says := "【进度】佛山市案例1个：材料齐全，待资格审核"
	had := count(o.conclusions(t, foshan.Address), says)
	o.post(t, foshan.Address, m.Bytes())
	o.await(t, foshan.Address, says, had)
	o.settled(t)
	daemon.stop(t)
	before[foshan.Address]++
	before[sample.Mailbox]++
	for addr, n := range before {
		if got := o.read(t, addr, "INBOX"); len(got) != n {
			t.Errorf("after a restart %s has %d mails, want %d", addr, len(got), n)
		}
	}
}

// settled waits until the journal's copy in the mailbox grows no more: the fate of
// the last letter is in it.
func (o *town) settled(t *testing.T) {
	t.Helper()
	batches := -1
	until(t, 30*time.Second, "the journal rests", func() bool {
		had := batches
		batches = len(o.read(t, sample.Mailbox, "anli-journal"))
		time.Sleep(time.Second)
		return batches == had
	})
}

// bringBackElsewhere makes the ledger twice again: from the backup, brought up to
// date by the journal in the mailbox, and from mailbox and key file alone.
func bringBackElsewhere(t *testing.T, s *servers, desk anli, status string) {
	t.Helper()
	restored := anli{desk.bin, s.deskConfig(t, "restored.toml", "data-restored", nextYear())}
	restored.does(t, exitDone, "restore", filepath.Join(s.dir, "copy.backup"))
	if got := restored.does(t, exitDone, "status", "--json"); got != status {
		t.Errorf("another status after the restore:\n%s", got)
	}
	rebuilt := anli{desk.bin, s.deskConfig(t, "rebuilt.toml", "data-rebuilt", nextYear())}
	now, journal := desk.does(t, exitDone, "status", "--json"), desk.journal(t)
	for _, a := range []anli{restored, rebuilt} {
		t.Log(strings.TrimSpace(a.does(t, exitDone, "rebuild")))
		if got := a.does(t, exitDone, "status", "--json"); got != now {
			t.Errorf("%s: another status after the rebuild:\n%s", a.config, got)
		}
		if out := a.does(t, exitDone, "verify", "--replay"); !strings.Contains(out, "no difference") {
			t.Errorf("%s: verify --replay after the rebuild: %s", a.config, out)
		}
		if got := a.journal(t); !bytes.Equal(got, journal) || len(got) == 0 {
			t.Errorf("%s: the rebuilt journal differs: %d and %d bytes", a.config, len(got), len(journal))
		}
	}
}

// journal is journal.jsonl as the program exports it.
func (a anli) journal(t *testing.T) []byte {
	t.Helper()
	dir := a.config + ".export"
	a.does(t, exitDone, "export", dir)
	raw, err := os.ReadFile(filepath.Join(dir, "journal.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
