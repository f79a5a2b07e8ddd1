package bot_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anli/cmd/anli/bot"
	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/outbox"
	"anli/review"
)

// state is what a ledger says, as bytes that can be compared.
type state struct {
	journal []byte // journal.jsonl
	cases   []byte // canonical JSON, a case a line
	letters []byte // the list of letters with their fates
}

func stateOf(t *testing.T, l *ledger.Ledger) state {
	t.Helper()
	var s state
	err := l.View(func(tx *ledger.Tx) error {
		var journal bytes.Buffer
		if err := ledger.WriteJournal(tx, &journal); err != nil {
			return err
		}
		s.journal = journal.Bytes()
		cases, err := intake.NewTables().Cases.List(tx, "")
		if err != nil {
			return err
		}
		if s.cases, err = lines(cases); err != nil {
			return err
		}
		letters, err := outbox.Letters.List(tx, "")
		if err != nil {
			return err
		}
		fates, err := outbox.Fates.List(tx, "")
		if err != nil {
			return err
		}
		a, err := lines(letters)
		if err != nil {
			return err
		}
		b, err := lines(fates)
		s.letters = append(a, b...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func lines[T any](list []T) ([]byte, error) {
	var out []byte
	for _, x := range list {
		line, err := ledger.Canonical(x)
		if err != nil {
			return nil, err
		}
		out = append(append(out, line...), '\n')
	}
	return out, nil
}

// mustEqual compares two states and shows the first line that differs.
func mustEqual(t *testing.T, what string, got, want state) {
	t.Helper()
	for _, part := range []struct {
		name      string
		got, want []byte
	}{{"journal.jsonl", got.journal, want.journal}, {"cases", got.cases, want.cases}, {"list of letters", got.letters, want.letters}} {
		if !bytes.Equal(part.got, part.want) {
			t.Errorf("%s: %s differs: %s", what, part.name, firstLine(part.got, part.want))
		}
	}
}

func firstLine(got, want []byte) string {
	a, b := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i := range max(len(a), len(b)) {
		x, y := at(a, i), at(b, i)
		if x != y {
			n := 0
			for n < len(x) && n < len(y) && x[n] == y[n] {
				n++
			}
			from := max(0, n-80)
			return fmt.Sprintf("line %d\n got  …%s\n want …%s", i+1, cut(x, from), cut(y, from))
		}
	}
	return "nothing"
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return "(none)"
}

func cut(s string, from int) string {
	if from > len(s) {
		return ""
	}
	return s[from:min(len(s), from+300)]
}

// check is what holds at the end of every dialogue.
func (d *desk) check() {
	t := d.t
	t.Helper()
	problems, err := d.ledger.Check(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("ledger: %s", p)
	}
	if problems, err = d.ledger.Blobs().Check(nil); err != nil || len(problems) > 0 {
		t.Errorf("blobs: %v %v", problems, err)
	}
	for _, folder := range []string{"INBOX", "Junk"} {
		d.same(folder, d.mails(folder), d.laid[folder])
	}
	d.checkMails(d.ledger)
	d.checkLetters()
	d.checkSecrets()
	diff, err := bot.Replay(d.ledger, d.house, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range diff {
		t.Errorf("replay: %s", x)
	}
	d.checkRebuild()
}

// checkMails: every mail in the mailbox has a record, and every file of a case
// its bytes.
func (d *desk) checkMails(l *ledger.Ledger) {
	t := d.t
	t.Helper()
	err := l.View(func(tx *ledger.Tx) error {
		tables := intake.NewTables()
		for _, folder := range []string{"INBOX", "Junk"} {
			for i, m := range d.mails(folder) {
				if _, known, err := tables.Mails.Get(tx, hash(m.Raw)); err != nil {
					return err
				} else if !known {
					t.Errorf("mail %d of %s has no record", i+1, folder)
				}
			}
		}
		return tables.Cases.Each(tx, "", func(number string, c intake.Case) error {
			for _, f := range c.Files {
				if m, _, err := tables.Mails.Get(tx, f.Mail); err != nil {
					return err
				} else if m.Erased == nil && !l.Blobs().Has(f.SHA256) {
					t.Errorf("%s: the bytes of %s are gone", number, f.Path)
				}
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// checkLetters compares the ledger's letters with the server's own record:
// nothing lost, nothing twice, not a byte changed on the way.
func (d *desk) checkLetters() {
	t := d.t
	t.Helper()
	accepted := map[string][]byte{}
	for _, a := range d.letters() {
		id := header(a.Raw, "Message-Id")
		if accepted[id] != nil {
			t.Errorf("the letter %s was accepted twice", id)
		}
		accepted[id] = a.Raw
	}
	err := d.ledger.View(func(tx *ledger.Tx) error {
		desk, _, err := intake.NewTables().Desk.Get(tx, "desk")
		if err != nil {
			return err
		}
		return outbox.Letters.Each(tx, "", func(key string, letter outbox.Letter) error {
			fate, _, err := outbox.Fates.Get(tx, key)
			if err != nil {
				return err
			}
			raw, came := accepted["<"+letter.MessageID+">"]
			delete(accepted, "<"+letter.MessageID+">")
			switch {
			case (fate.State == outbox.Sent) != came:
				t.Errorf("letter %s is %s; accepted by the server: %v", key, fate.State, came)
			case came && hash(raw) != letter.Bytes:
				t.Errorf("letter %s was changed on the way", key)
			case fate.State == outbox.Waiting && !desk.Paused, fate.State == outbox.Sending:
				t.Errorf("letter %s is left %s: %+v", key, fate.State, fate)
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	for id := range accepted {
		t.Errorf("the server accepted %s, of which the ledger knows nothing", id)
	}
}

// checkRebuild makes the ledger anew from nothing but the mailbox and the key.
// What is not mirrored (observing) cannot come back.
func (d *desk) checkRebuild() {
	t := d.t
	t.Helper()
	if len(d.mails(journal)) == 0 {
		return
	}
	sent := len(d.letters())
	want := stateOf(t, d.ledger)
	again, report := d.rebuild(filepath.Join(d.dir, "again"))
	defer again.Close()
	if len(report.Gone) > 0 || report.Late > 0 {
		t.Errorf("rebuild: %+v", report)
	}
	got := stateOf(t, again)
	if report.Held > 0 { // letters that a stop of sending keeps waiting: one entry more holds them
		got.journal = got.journal[:min(len(got.journal), len(want.journal))]
		got.letters, want.letters = nil, nil
	}
	mustEqual(t, "rebuild", got, want)
	d.checkMails(again)
	checkBytes(t, again)
	if len(d.letters()) != sent {
		t.Error("the rebuild sent a letter")
	}
	for _, folder := range []string{"INBOX", "Junk"} {
		d.same(folder, d.mails(folder), d.laid[folder])
	}
}

// checkBytes: a rebuilt ledger has every letter's very bytes, files and all.
func checkBytes(t *testing.T, l *ledger.Ledger) {
	t.Helper()
	err := l.View(func(tx *ledger.Tx) error {
		if err := intake.NewTables().Cases.Each(tx, "", func(number string, c intake.Case) error {
			for _, f := range c.Files {
				if m, _, err := intake.NewTables().Mails.Get(tx, f.Mail); err != nil {
					return err
				} else if m.Erased == nil && !l.Blobs().Has(f.SHA256) {
					t.Errorf("rebuild: %s of %s is not there", f.Path, number)
				}
			}
			return nil
		}); err != nil {
			return err
		}
		return outbox.Letters.Each(tx, "", func(key string, letter outbox.Letter) error {
			if !l.Blobs().Has(letter.Bytes) {
				t.Errorf("rebuild: letter %s did not come out the same", key)
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// rebuild makes a ledger in the folder data from the mailbox as it is now.
func (d *desk) rebuild(data string) (*ledger.Ledger, bot.RebuildReport) {
	d.t.Helper()
	return d.rebuildWith(data, d.reader)
}

func (d *desk) rebuildWith(data string, reader func(*ledger.Blobs) *bot.Reader) (*ledger.Ledger, bot.RebuildReport) {
	d.t.Helper()
	report, err := bot.Rebuild(context.Background(), bot.Rebuilding{Data: data, Box: d.newBox(), Folders: []string{"INBOX", "Junk"}, Sent: "Sent", Journal: journal,
		House: d.house, Reader: reader, Log: d.log})
	if err != nil {
		d.t.Fatal(err)
	}
	l, err := ledger.Open(data, bot.Fold)
	if err != nil {
		d.t.Fatal(err)
	}
	return l, report
}

// show is the cases as a person sees them: one line each, then what is open.
func showCases(l *ledger.Ledger) (string, error) {
	var out strings.Builder
	err := l.View(func(tx *ledger.Tx) error {
		return intake.NewTables().Cases.Each(tx, "", func(_ string, c intake.Case) error {
			holds := ""
			for _, h := range c.Holds {
				holds += " " + string(h)
			}
			io.WriteString(&out, c.Number+" "+c.City+" "+c.Unit+"《"+c.Case+"》 "+string(c.Stage)+holds+" "+c.Received.Format("2006-01-02 15:04")+"\n")
			for _, f := range c.Findings {
				if f.Severity == "error" {
					io.WriteString(&out, "  ! "+f.Code+" "+f.File+"\n")
				}
			}
			for _, f := range c.Files {
				io.WriteString(&out, strings.TrimRight("  "+string(f.Role)+" "+f.Path+" "+string(f.Standing), " ")+"\n")
			}
			return nil
		})
	})
	return out.String(), err
}

// showProblems is what 未解决问题 of the staff's ledger says of the cases.
func showProblems(l *ledger.Ledger, house intake.House, now time.Time) (string, error) {
	var out strings.Builder
	err := l.View(func(tx *ledger.Tx) error {
		s, err := intake.Sit(tx, now, house)
		if err != nil {
			return err
		}
		bench, err := review.Sit(tx, s)
		if err != nil {
			return err
		}
		for _, c := range bot.Ledger(bench).Cases {
			for _, f := range c.Findings {
				io.WriteString(&out, c.Number+" "+f.Severity+" "+f.Message+"："+f.Fix+"\n")
			}
		}
		return nil
	})
	return out.String(), err
}

// showMails is what became of every mail, in order of arrival as taken.
func showMails(l *ledger.Ledger, label func(id, sha string) string) (string, error) {
	var out strings.Builder
	err := l.View(func(tx *ledger.Tx) error {
		for e, err := range tx.Entries(1) {
			if err != nil {
				return err
			}
			if e.Kind != bot.KindMail {
				continue
			}
			m, ok, err := intake.NewTables().Mails.Get(tx, e.Cause)
			if err != nil || !ok {
				return errors.Join(err, os.ErrNotExist)
			}
			line := label(m.MessageID, m.SHA256) + " " + m.From + "《" + m.Subject + "》 " + string(m.Route)
			if len(m.Cases) > 0 {
				line += " " + strings.Join(m.Cases, " ")
			}
			if m.Reason != "" {
				line += " " + m.Reason
			}
			io.WriteString(&out, line+"\n")
		}
		return nil
	})
	return out.String(), err
}

// showRows is what waits for a person.
func showRows(l *ledger.Ledger) (string, error) {
	var out strings.Builder
	err := l.View(func(tx *ledger.Tx) error {
		return intake.NewTables().Rows.Each(tx, "", func(_ string, r intake.Row) error {
			line, err := json.Marshal([]string{r.Kind, r.Text, r.Done})
			out.Write(append(line, '\n'))
			return err
		})
	})
	return out.String(), err
}
