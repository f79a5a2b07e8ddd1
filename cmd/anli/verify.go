package main

import (
	"context"
	"fmt"

	"anli/cmd/anli/bot"
	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/outbox"
)

// runVerify is `anli verify`: chain, hashes, records, blobs; with --replay every
// decision again.
func runVerify(_ context.Context, c call) error {
	replay := c.flags.Bool("replay", false, "decide everything again and show differences")
	config, _, err := c.configured(0)
	if err != nil {
		return err
	}
	var found []string
	err = withCopy(config, func(l *ledger.Ledger) error {
		key, noKey := readKey(config.KeyFile)
		if noKey == nil {
			if err := sameKey(config, l, key); err != nil {
				return err
			}
		}
		if found, err = verify(l, progressOn(c.stderr)); err != nil || !*replay {
			return err
		}
		if noKey != nil {
			return noKey
		}
		again, err := bot.Replay(l, house(config, key), nil)
		for _, d := range again {
			found = append(found, d.String())
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, f := range found {
		fmt.Fprintln(c.stdout, f)
	}
	if len(found) > 0 {
		fmt.Fprintf(c.stdout, "%d differences\n", len(found))
		return errProblems
	}
	fmt.Fprintln(c.stdout, "no difference")
	return nil
}

// verify looks at everything that lies in the data folder.
func verify(l *ledger.Ledger, progress ledger.Progress) ([]string, error) {
	var found []string
	problems, err := l.Check(progress)
	if err != nil {
		return nil, err
	}
	blobs, err := l.Blobs().Check(progress)
	if err != nil {
		return nil, err
	}
	for _, p := range append(problems, blobs...) {
		found = append(found, p.String())
	}
	missing, err := missingBlobs(l)
	return append(found, missing...), err
}

// missingBlobs names the mails, files and letters of which the ledger speaks and
// whose bytes are not there.
func missingBlobs(l *ledger.Ledger) ([]string, error) {
	var found []string
	erased := map[string]bool{} // files that a purge erased
	need := func(what, sha string) {
		if sha != "" && !l.Blobs().Has(sha) {
			found = append(found, fmt.Sprintf("blob: %s %s is not there", what, sha))
		}
	}
	err := l.View(func(tx *ledger.Tx) error {
		t := intake.NewTables()
		if err := t.Mails.Each(tx, "", func(sha string, m intake.Mail) error {
			if m.Erased == nil {
				need("mail", sha)
				return nil
			}
			for _, f := range m.Erased.Files {
				erased[f] = true
			}
			return nil
		}); err != nil {
			return err
		}
		if err := t.Cases.Each(tx, "", func(number string, c intake.Case) error {
			for _, f := range c.Files {
				if !erased[f.SHA256] {
					need("a file of "+number, f.SHA256)
				}
			}
			return nil
		}); err != nil {
			return err
		}
		return outbox.Letters.Each(tx, "", func(key string, x outbox.Letter) error { need("letter "+key, x.Bytes); return nil })
	})
	return found, err
}
