package bot_test

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"anli/cmd/anli/demo/sample"
	"anli/intake"
	"anli/parser/command"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what was sent into the dialogues as what is expected")

// TestDialogues plays every script below testdata/dialogues: a whole
// correspondence against a real IMAP and SMTP server in this process, by the
// script's own clock. What every dialogue must leave behind is in check.
//
//	at 2024-10-14 09:00        sets the clock; whatever is due before is done
//	tick 3m                    lets time pass
//	mailbox 2024-10-10 09:00   a time before the bot's first start: what comes then is stock
//	live                       staff answer the 接管报告 with 启用 and 确认
//	package NAME CITY UNIT CASE key=value…
//	                           makes material: without=license,photo3 phone=… field=… tick=■ layout=folders licence=photo scan=text
//	receive WHO key=value…     WHO (a city, staff or an address) writes: subject= text= zip=NAME files=NAME:license,photo3
//	                           attach=file.rar:rar forward=LABEL client=qq as=LABEL; see mails_test.go
//	                           sealed=CITY or CODE arrived= basis= beside= key=: as the import at the machine lays it into the mailbox
//	receive file.eml           a mail of the archive, as it stands; about=WHO fills {mid} {code} {subject} {text}
//	again LABEL                the same mail once more; exact: byte for byte, with the trace lines of before
//	reply WHO to "words" text… answers WHO's newest letter with these words; of=CITY: as forwarded by that bureau
//	move LABEL FROM TO         people move a mail into another folder
//	old COUNT DATE TIME        so many mails of that day turn up in the inbox
//	backlog COUNT ANSWERED     so many mails of all bureaus before the first start, some of them answered by hand
//	sent FILE                  the next letter, whole
//	sent nothing               nothing left since the last
//	rest COUNT FILE            all that left since, so many letters, whole
//	pass "words"               the next letter is to staff and not what this dialogue is about; its subject has the words
//	skip WHO "words"           the next letter is to WHO, with these words in its subject, and is compared elsewhere
//	scanned                    all that left since is only looked through, for words of the call of 2024 (saysNothingOf2024)
//	show cases|problems|mails|rows|scores|experts FILE
//	config key=value           the configuration changes and the daemon starts again
//	restart                    the daemon starts again
//	purge LABEL "reason"       the operator erases a mail while the daemon is stopped
func TestDialogues(t *testing.T) {
	scripts, err := filepath.Glob("testdata/dialogues/*.txtar")
	if err != nil || len(scripts) == 0 {
		t.Fatal("no dialogues", err)
	}
	wasm := warm(t)
	for _, path := range scripts {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			d := play(t, path, wasm)
			if d.check(); d.settings.Call.ID != "2024" {
				d.saysNothingOf2024()
			}
		})
	}
}

// dialogue is one script while it is played.
type dialogue struct {
	*desk
	archive  *txtar.Archive
	changed  bool
	begun    bool
	line     int
	packages map[string]sample.Package
	labels   map[string]string // Message-ID or SHA-256 → the script's name of a mail
	sentRaw  map[string][]byte // label → mail as delivered
	count    int
}

func play(t *testing.T, path, wasm string) *dialogue {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	level := slog.LevelError
	if testing.Verbose() {
		level = slog.LevelWarn
	}
	d := &dialogue{desk: &desk{t: t, dir: t.TempDir(), clock: &clock{}, settings: defaults(), wasm: wasm, log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: level}))},
		archive: archive, packages: map[string]sample.Package{}, labels: map[string]string{}, sentRaw: map[string][]byte{}}
	defer d.write(path)
	for i, line := range strings.Split(string(archive.Comment), "\n") {
		d.line = i + 1
		words, err := split(line)
		if err == nil && len(words) > 0 {
			err = d.do(words[0], words[1:])
		}
		if err != nil {
			t.Fatalf("%s:%d: %s: %v", filepath.Base(path), d.line, strings.TrimSpace(line), err)
		}
	}
	for _, a := range d.letters()[d.seen:] {
		t.Errorf("the script says nothing of this letter:\n%s", d.readable(a))
	}
	t.Cleanup(d.end)
	return d
}

// write keeps what -update changed, also of a script that stopped midway.
func (d *dialogue) write(path string) {
	if !*update || !d.changed {
		return
	}
	if err := os.WriteFile(path, txtar.Format(d.archive), 0o644); err != nil {
		d.t.Error(err)
	}
}

func (d *dialogue) do(verb string, args []string) error {
	if verb == "config" && !d.begun {
		return d.change(args)
	}
	if verb != "at" && verb != "mailbox" && verb != "package" && d.office == nil || !d.begun && verb == "tick" {
		return fmt.Errorf("the dialogue has no time yet")
	}
	switch verb {
	case "at":
		return d.at(args)
	case "mailbox":
		return d.mailbox(args)
	case "tick":
		return d.tick(args)
	case "live":
		return d.goLive()
	case "package":
		return d.pack(args)
	case "receive":
		return d.receive(args)
	case "again":
		return d.again(args)
	case "reply":
		return d.reply(args)
	case "backlog":
		return d.backlog(args)
	case "rest":
		return d.rest(args)
	case "move":
		return d.move(args)
	case "old":
		return d.old(args)
	case "sent":
		return d.sent(args)
	case "pass":
		return d.pass(args)
	case "skip":
		return d.skip(args)
	case "scanned":
		if d.seen = len(d.letters()); d.settings.Call.ID == "2024" {
			return fmt.Errorf("nothing looks through them")
		}
		return nil
	case "show":
		return d.show(args)
	case "config":
		if err := d.change(args); err != nil {
			return err
		}
		d.restart()
		d.configure()
		d.turn()
		return nil
	case "purge":
		return d.purge(args)
	case "restart":
		d.restart()
		d.turn()
		return nil
	}
	return fmt.Errorf("no such command")
}

// split gives the words of a line; quotes of either kind hold words together, \n
// in double ones ends a line; # begins a comment.
func split(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	in := false
	quote := rune(0)
	runes := []rune(line)
	for i := 0; i < len(runes); i++ {
		switch r := runes[i]; {
		case quote == '"' && r == '\\' && i+1 < len(runes):
			i++
			word.WriteString(strings.Replace(string(runes[i]), "n", "\n", 1))
		case quote == r && quote != 0:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			quote, in = r, true
		case quote == 0 && (r == ' ' || r == '\t'):
			if in {
				words = append(words, word.String())
			}
			word.Reset()
			in = false
		case quote == 0 && !in && r == '#':
			return words, nil
		default:
			word.WriteRune(r)
			in = true
		}
	}
	if quote != 0 {
		return nil, fmt.Errorf("a quote is not closed")
	}
	if in {
		words = append(words, word.String())
	}
	return words, nil
}

func (d *dialogue) at(args []string) error {
	t, err := time.ParseInLocation("2006-01-02 15:04", strings.Join(args, " "), intake.Zone())
	if err != nil {
		return err
	}
	if !d.begun {
		d.begun = true
		d.clock.Set(t)
		d.open()
		d.start()
		d.turn()
		return nil
	}
	if t.Before(d.clock.Now()) {
		return fmt.Errorf("time does not run backwards")
	}
	d.advance(t)
	return nil
}

// mailbox sets the clock before the bot's first start: people write already.
func (d *dialogue) mailbox(args []string) error {
	t, err := time.ParseInLocation("2006-01-02 15:04", strings.Join(args, " "), intake.Zone())
	if err != nil || d.begun {
		return fmt.Errorf("a time before the bot begins: %v", err)
	}
	d.clock.Set(t)
	d.open()
	return nil
}

func (d *dialogue) tick(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("how long?")
	}
	step, err := time.ParseDuration(args[0])
	if err != nil {
		return err
	}
	d.advance(d.clock.Now().Add(step))
	return nil
}

func (d *dialogue) change(args []string) error {
	for _, a := range args {
		key, value, _ := strings.Cut(a, "=")
		if err := d.set(key, value); err != nil {
			return err
		}
	}
	return nil
}

func (d *dialogue) restart() {
	d.t.Helper()
	data := d.ledger.Dir()
	d.end()
	d.begin(data)
}

// goLive is what golive.txtar shows at length.
func (d *dialogue) goLive() error {
	steps := [][]string{{"staff", "to", "接管报告", "启用"}, {"staff", "to", "确认", "确认 {code}"}}
	for _, step := range steps {
		if err := d.pass([]string{step[2]}); err != nil {
			return err
		}
		if err := d.reply(step); err != nil {
			return err
		}
	}
	return d.pass([]string{"处理结果"})
}

func (d *dialogue) sent(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("which letter?")
	}
	all := d.letters()
	if args[0] == "nothing" {
		if d.seen < len(all) {
			return fmt.Errorf("a letter was sent:\n%s", d.readable(all[d.seen]))
		}
		return nil
	}
	if d.seen >= len(all) {
		return fmt.Errorf("no letter was sent")
	}
	d.seen++
	return d.compare(args[0], d.readable(all[d.seen-1]))
}

func (d *dialogue) pass(args []string) error {
	all := d.letters()
	if d.seen >= len(all) {
		return fmt.Errorf("no letter was sent")
	}
	l, err := sample.ReadLetter(all[d.seen].Raw)
	if err != nil {
		return err
	}
	if d.settings.StaffName(l.To) == "" || !strings.Contains(l.Subject, strings.Join(args, " ")) {
		return fmt.Errorf("the next letter is another:\n%s", d.readable(all[d.seen]))
	}
	d.seen++
	return nil
}

func (d *dialogue) show(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("show what, compared with which file?")
	}
	var text string
	var err error
	switch args[0] {
	case "cases":
		text, err = showCases(d.ledger)
	case "problems":
		text, err = showProblems(d.ledger, d.house, d.clock.Now())
	case "mails":
		text, err = showMails(d.ledger, d.label)
	case "rows":
		text, err = showRows(d.ledger)
	case "scores":
		text, err = showScores(d.ledger)
	case "experts":
		text, err = showExperts(d.ledger)
	default:
		err = fmt.Errorf("no such table")
	}
	if err != nil {
		return err
	}
	return d.compare(args[1], text)
}

// compare compares with a file of the archive, or writes it there.
func (d *dialogue) compare(name, text string) error {
	d.t.Helper()
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	for i, f := range d.archive.Files {
		if f.Name != name {
			continue
		}
		if string(f.Data) == text {
			return nil
		}
		if *update {
			d.archive.Files[i].Data, d.changed = []byte(text), true
			return nil
		}
		d.t.Errorf("line %d: %s is otherwise:\n%s", d.line, name, difference(string(f.Data), text))
		return nil
	}
	if *update {
		d.archive.Files = append(d.archive.Files, txtar.File{Name: name, Data: []byte(text)})
		d.changed = true
		return nil
	}
	return fmt.Errorf("%s is not in the archive; it is\n%s", name, text)
}

// difference lists the lines that only one of two texts has, in order.
func difference(want, got string) string {
	var out strings.Builder
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			i, j = i+1, j+1
		case i < len(a) && index(b[j:], a[i]) < 0:
			io.WriteString(&out, "- "+a[i]+"\n")
			i++
		case j < len(b):
			io.WriteString(&out, "+ "+b[j]+"\n")
			j++
		}
	}
	return out.String()
}

func index(list []string, s string) int {
	for i, x := range list {
		if x == s {
			return i
		}
	}
	return -1
}

// The dialogue that tries every command of the help tries every one: a new command
// belongs into it.
func TestEveryCommandIsTried(t *testing.T) {
	script, err := os.ReadFile(filepath.Join("testdata", "dialogues", "every-command.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	script, _, _ = bytes.Cut(script, []byte("\n-- ")) // below stand the letters, which name it, too
	word := regexp.MustCompile(`\p{Han}+`)
	for _, chapter := range command.Help() {
		for _, usage := range chapter.Usages {
			verb := word.FindString(usage)
			if !regexp.MustCompile(`试运行 (?:3 )?` + verb + `(?: |\\n|")`).Match(script) {
				t.Errorf("%s is not tried", verb)
			}
		}
	}
}
