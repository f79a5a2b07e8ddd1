package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"anli/cmd/anli/bot"
	"anli/intake"
	"anli/intake/ledger"
	"anli/parser/cage"
)

var wholeHash = regexp.MustCompile(`^[0-9a-f]{64}$`)

// runPurge is `anli purge`: a mail that should not be here leaves, its hash stays.
func runPurge(ctx context.Context, c call) error {
	sha := c.flags.String("mail", "", "SHA-256 of the mail, as the letter to staff names it")
	reason := c.flags.String("reason", "", "why, for the journal; without what is secret")
	config, _, err := c.configured(0)
	if err != nil {
		return err
	}
	*sha = strings.ToLower(strings.TrimSpace(*sha))
	if !wholeHash.MatchString(*sha) || strings.TrimSpace(*reason) == "" {
		return usagef("anli purge: write --mail with the 64 digits of the mail's SHA-256, and --reason")
	}
	key, err := readKey(config.KeyFile)
	if err != nil {
		return err
	}
	l, err := ledger.Open(config.Data, bot.Fold)
	if errors.Is(err, ledger.ErrLocked) {
		return fmt.Errorf("%s is in use: stop the daemon before the purge", config.Data)
	} else if err != nil {
		return err
	}
	done, err := c.purge(ctx, config, l, key, *sha, *reason)
	if err = errors.Join(err, l.Close()); err != nil {
		return err
	}
	c.tellPurge(*sha, done)
	if len(done.Shared) > 0 {
		return errProblems
	}
	return nil
}

func (c call) purge(ctx context.Context, config Config, l *ledger.Ledger, key []byte, sha, reason string) (bot.Purged, error) {
	if err := sameKey(config, l, key); err != nil {
		return bot.Purged{}, err
	}
	cache, err := cacheOf(config.Data)
	if err != nil {
		return bot.Purged{}, err
	}
	reader := &bot.Reader{Cage: &cage.Cage{CacheDir: cache}, Blobs: l.Blobs()}
	at := time.Now().In(intake.Zone()).Truncate(time.Second)
	done, err := bot.Purge(ctx, l, reader, bot.WithBlobs(house(config, key), l.Blobs()), at, sha, reason)
	if errors.Is(err, bot.ErrNoMail) {
		return done, usagef("anli purge: no mail %s is in %s; `anli status --json` and the letters to staff name them", sha, config.Data)
	}
	return done, err
}

func (c call) tellPurge(sha string, done bot.Purged) {
	fmt.Fprintf(c.stdout, "mail %s: %d files erased in the data folder; its hash, sender and time stay\n", sha, done.Erased)
	for _, f := range done.Shared {
		fmt.Fprintf(c.stdout, "kept: %s, which another mail brought as well; purge that mail, too, if it must go\n", f)
	}
	if len(done.Cases) > 0 {
		fmt.Fprintf(c.stdout, "without these files now: %s\n", strings.Join(done.Cases, " "))
	}
	if len(done.Frozen) > 0 {
		fmt.Fprintf(c.stdout, "in review, their records keep the files' names: %s\n", strings.Join(done.Frozen, " "))
	}
	fmt.Fprintln(c.stdout, "Still there: the mail in the mailbox (delete it there, also from the waste basket), backups made before now (make a new one, then destroy them), and what the disk keeps of erased files.")
	if done.Told {
		fmt.Fprintln(c.stdout, "The mail had been registered: earlier entries of the journal, here and in the mailbox, tell its file names and what was read in them, and letters may have named them: those letters' bytes stay, and so do packages that were sent to experts. They cannot be taken out.")
	}
}
