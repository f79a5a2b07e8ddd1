package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"anli/cmd/anli/bot"
	"anli/cmd/anli/demo"
	"anli/cmd/anli/demo/sample"
	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/mailbox/postoffice"
	"anli/review"
)

// runDemo is `anli demo`: the desk of `run` on an embedded mail server, with
// sample bureaus, companies, experts and staff that write real mails over SMTP. The
// clock is the demo's own: October and November 2024.
func runDemo(ctx context.Context, c call) error {
	out := c.flags.String("out", "anli-demo", "`folder` for mails, letters, case folders and the ledger")
	args, err := c.parse()
	if err != nil {
		return err
	}
	if len(args) > 0 {
		return usagef("anli demo: %q is too much", args[0])
	}
	if err := freshFolder(*out); err != nil {
		return err
	}
	began := time.Now()
	fmt.Fprintln(c.stderr, "preparing sample packages and PDF reading …")
	clock := &demo.Clock{}
	clock.Set(sample.Start())
	office, err := postoffice.Start(postoffice.Options{Clock: clock.Now, Password: demoPassword, Outside: true})
	if err != nil {
		return err
	}
	defer office.Close()
	config, err := demoConfig(*out, office)
	if err != nil {
		return err
	}
	b, stop, err := assemble(config, slog.New(slog.NewTextHandler(c.stderr, &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		return err
	}
	scenes := sample.Script() // while the desk prepares to read PDF
	if err = demo.Furnish(office, scenes); err == nil {
		err = playDemo(ctx, demo.Stage{Bot: b, Office: office, Clock: clock, Scenes: scenes, Progress: c.stderr}, config, *out, c.stdout)
	}
	if err := errors.Join(err, stop()); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "\n%s: mails/ every mail, letters/ every letter as .html, documents/ what they brought along, cases/ the case folders, award/ what is published of the awarded, ledger.xlsx, ranking.xlsx, scores.json, sheets to sign, journal.jsonl  (%.1f s)\n", *out, time.Since(began).Seconds())
	return nil
}

const demoPassword = "demo"

// demoMark says that a folder was written by the demo and may be written anew.
const demoMark = ".anli-demo"

// freshFolder empties an earlier demo's folder; it touches no other.
func freshFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, demoMark)); err != nil && len(entries) > 0 {
		return usagef("anli demo: %s is not empty and no earlier demo's folder; name another by --out", dir)
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, demoMark), nil, 0o644)
}

// demoConfig is what a configuration file would say: the built-in call, the
// sample people, the embedded servers.
func demoConfig(out string, office *postoffice.Office) (Config, error) {
	c := defaultConfig()
	c.Data = filepath.Join(out, "data")
	c.KeyFile = filepath.Join(out, "anli.key")
	c.Name = "广东省商务厅电子商务处"
	password := func() (string, error) { return demoPassword, nil }
	c.Mailbox.Address, c.Mailbox.TLS, c.Mailbox.User, c.Mailbox.Password = office.IMAPAddr(), "none", sample.Mailbox, password
	c.Mailbox.Sent, c.Mailbox.Journal, c.FileSent = "Sent", "anli-journal", true
	c.Sender.Address, c.Sender.TLS, c.Sender.User, c.Sender.Password, c.Sender.Auth = office.SMTPAddr(), "none", sample.Mailbox, password, "plain"
	s := &c.Settings
	s.Mailbox.Address, s.Mailbox.Live, s.Mailbox.MaxMail = sample.Mailbox, true, 50
	s.Mailbox.Since = time.Date(2024, 9, 23, 0, 0, 0, 0, intake.Zone())
	s.Office.Contact, s.Office.Phone, s.Office.Address, s.Office.Supervision = "某某", "020-38000000", "广州市某路1号", "020-38000001"
	s.People.Staff = []intake.Person{{Name: "张伟", Addresses: []string{sample.Officer}}, {Name: "李娜", Addresses: []string{sample.Officer2}}}
	// What waits for 放行 is shown by the reconciliation; the experts' letters leave at once.
	s.Letters["expert"] = "send"
	s.Review.Invite, s.Review.CloseAt = false, time.Date(2024, 11, 8, 23, 59, 59, 0, intake.Zone())
	s.People.Bureaus = nil
	for _, b := range sample.Bureaus() {
		s.People.Bureaus = append(s.People.Bureaus, intake.Bureau{City: b.City, Addresses: []string{b.Address}, Domains: []string{}})
	}
	// A fixed key: every run of the demo writes the same letters.
	return c, os.WriteFile(c.KeyFile, []byte(strings.Repeat("d0", keyLength)+"\n"), 0o600)
}

// playDemo gives the play, then checks the ledger and lays everything out.
func playDemo(ctx context.Context, stage demo.Stage, config Config, out string, stdout io.Writer) error {
	if err := stage.Bot.Configure(stage.Clock.Now(), config.Settings); err != nil {
		return err
	}
	acts, err := stage.Play(ctx)
	if err != nil {
		return err
	}
	var check bytes.Buffer
	checked := make(chan error, 1)
	go func() { checked <- checkDemo(stage.Bot.Ledger, stage.Bot.House, &check) }()
	err = layOutDemo(stage, acts, out, stdout)
	err = errors.Join(err, <-checked)
	_, werr := check.WriteTo(stdout)
	return errors.Join(err, werr)
}

// layOutDemo leaves every document for a person to open, and prints what was
// understood and answered.
func layOutDemo(stage demo.Stage, acts []demo.Act, out string, stdout io.Writer) error {
	if err := demo.LayOut(out, stage, acts); err != nil {
		return err
	}
	l := stage.Bot.Ledger
	if _, err := export(l, out); err != nil {
		return err
	}
	rows, err := demo.Table(l, acts)
	if err != nil {
		return err
	}
	fmt.Fprintln(stdout)
	demo.Print(stdout, rows)
	return l.View(func(tx *ledger.Tx) error {
		at, err := lastEntry(tx)
		if err != nil {
			return err
		}
		bench, err := review.AtRest(tx, at)
		if err != nil {
			return err
		}
		ranked, _, err := review.ReadOutcome(tx, at)
		demo.PrintRanking(stdout, ranked)
		fmt.Fprintln(stdout, "\n"+strings.Join(bench.ListLines(), "；"))
		return err
	})
}

// checkDemo shows that the journal tells the same story again.
func checkDemo(l *ledger.Ledger, house intake.House, stdout io.Writer) error {
	if err := l.Verify(); err != nil {
		return err
	}
	differences, err := bot.Replay(l, house, nil)
	if err != nil {
		return err
	}
	for _, d := range differences {
		fmt.Fprintln(stdout, d)
	}
	if len(differences) > 0 {
		return errProblems
	}
	fmt.Fprintln(stdout, "\nledger verified; every decision made again from the journal: no difference")
	return nil
}
