package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"anli/cmd/anli/bot"
	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/mailbox"
	"anli/parser/cage"
	"anli/parser/mail"
	"anli/review"
	"anli/templates"
)

// symptom is one line of the doctor: what was looked at, whether it is well, and what to do.
type symptom struct {
	what   string
	well   bool
	detail string
	mend   string
}

// runDoctor is `anli doctor`: it changes nothing and sends nothing.
func runDoctor(ctx context.Context, c call) error {
	config, _, err := c.configured(0)
	if err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(ctx, 3*time.Minute)
	defer stop()
	wrong := 0
	for _, look := range []func(context.Context, Config) []symptom{lookMachine, lookFolders, lookKey, lookSecrets, lookLedger, lookReview, lookCage, lookIMAP, lookSMTP} {
		for _, s := range look(ctx, config) {
			mark := "ok   "
			if !s.well {
				mark = "WRONG"
				wrong++
			}
			fmt.Fprintf(c.stdout, "%s  %s: %s\n", mark, s.what, s.detail)
			if !s.well && s.mend != "" {
				fmt.Fprintf(c.stdout, "       → %s\n", s.mend)
			}
		}
	}
	if wrong > 0 {
		fmt.Fprintf(c.stdout, "%d things are wrong\n", wrong)
		return errProblems
	}
	fmt.Fprintln(c.stdout, "all is well")
	return nil
}

// lookMachine: the clock decides when letters leave, not what is decided.
func lookMachine(context.Context, Config) []symptom {
	now := time.Now()
	zone, offset := now.Zone()
	s := symptom{what: "time", well: true, detail: now.In(intake.Zone()).Format("2006-01-02 15:04:05") + " in Beijing"}
	if now.Year() < 2024 {
		s.well, s.mend = false, "set the machine's clock and keep it by NTP; letters would carry this date"
	}
	list := []symptom{s}
	if offset != 8*3600 {
		list = append(list, symptom{what: "time zone", well: true, detail: fmt.Sprintf("the machine's is %s; letters use Beijing time all the same, only the log does not", zone)})
	}
	return list
}

// lookFolders: writable, private, and room on the disk.
func lookFolders(_ context.Context, c Config) []symptom {
	var out []symptom
	for _, f := range []struct{ what, dir string }{{"data folder", c.Data}, {"backup folder", c.Backup.Dir}} {
		out = append(out, lookFolder(f.what, f.dir), lookDisk(f.what, f.dir))
	}
	return out
}

// existing is the folder, or the nearest above it that exists.
func existing(dir string) string {
	dir = filepath.Clean(dir)
	for !fileExists(dir) && filepath.Dir(dir) != dir {
		dir = filepath.Dir(dir)
	}
	return dir
}

func lookFolder(what, dir string) symptom {
	s := symptom{what: what, well: true, detail: dir}
	at := existing(dir)
	if at != filepath.Clean(dir) {
		s.detail += " (will be made)"
	}
	info, err := os.Stat(at)
	switch {
	case err != nil:
		s.well, s.detail, s.mend = false, err.Error(), "make the folder and give it to the account that runs anli"
	case !info.IsDir():
		s.well, s.detail, s.mend = false, at+" is no folder", "name another one in the configuration"
	case unix.Access(at, unix.W_OK|unix.X_OK) != nil:
		s.well, s.detail, s.mend = false, at+" cannot be written to", "give it to the account that runs anli (chown)"
	case at == filepath.Clean(dir) && info.Mode().Perm()&0o077 != 0:
		s.well, s.detail, s.mend = false, fmt.Sprintf("%s is open to others (%v)", at, info.Mode().Perm()), "chmod 700 "+at
	}
	return s
}

const leastDisk = 5 << 30 // bytes: a call's mails several times over

// freeDisk is what a folder's disk has left for this account, in bytes.
func freeDisk(dir string) (int64, error) {
	var st unix.Statfs_t
	if err := unix.Statfs(existing(dir), &st); err != nil {
		return 0, err
	}
	return int64(st.Bavail) * int64(st.Bsize), nil
}

func lookDisk(what, dir string) symptom {
	s := symptom{what: what + ", disk"}
	free, err := freeDisk(dir)
	if err != nil {
		s.detail = err.Error()
		return s
	}
	s.well, s.detail = free >= leastDisk, fmt.Sprintf("%d GB free", free>>30)
	s.mend = "free at least 5 GB, or move the folder to a greater disk"
	return s
}

func lookKey(_ context.Context, c Config) []symptom {
	s := symptom{what: "key file", detail: c.KeyFile}
	key, err := readKey(c.KeyFile)
	info, stat := os.Stat(c.KeyFile)
	switch {
	case errors.Is(err, os.ErrNotExist) && fileExists(filepath.Join(c.Data, "ledger.db")):
		s.detail, s.mend = c.KeyFile+" is missing beside a ledger", "put it back from its backup; the daemon does not start without it"
	case errors.Is(err, os.ErrNotExist):
		s.well, s.detail = true, c.KeyFile+" will be made at the first start"
	case err != nil:
		s.detail, s.mend = oneLine(err), "put it back from its backup"
	case stat == nil && info.Mode().Perm()&0o077 != 0:
		s.detail, s.mend = fmt.Sprintf("%s can be read by others (%v)", c.KeyFile, info.Mode().Perm()), "chmod 600 "+c.KeyFile
	default:
		s.well = true
	}
	if s.well && err == nil {
		wrong := withCopy(c, func(l *ledger.Ledger) error { return sameKey(c, l, key) })
		if errors.Is(wrong, errConfig) {
			s.well, s.detail, s.mend = false, c.KeyFile+" is "+intake.ErrKey.Error(), "put the right one back from its backup; the daemon does not start with this one"
		}
	}
	return []symptom{s}
}

// lookSecrets: password files are for this account alone.
func lookSecrets(_ context.Context, c Config) []symptom {
	var out []symptom
	for _, file := range c.Secrets {
		info, err := os.Stat(file)
		if err != nil {
			continue // the login's line tells
		}
		s := symptom{what: "password file", well: true, detail: file}
		if info.Mode().Perm()&0o077 != 0 {
			s.well, s.detail, s.mend = false, fmt.Sprintf("%s can be read by others (%v)", file, info.Mode().Perm()), "chmod 600 "+file
		}
		out = append(out, s)
	}
	return out
}

func lookLedger(_ context.Context, c Config) []symptom {
	s := symptom{what: "ledger"}
	err := withCopy(c, func(l *ledger.Ledger) error {
		return l.View(func(tx *ledger.Tx) error {
			seq, _ := tx.Head()
			s.well, s.detail = true, fmt.Sprintf("%d entries", seq)
			return nil
		})
	})
	switch {
	case errors.Is(err, ledger.ErrNoLedger):
		s.well, s.detail = true, "none yet"
	case err != nil:
		s.well, s.detail, s.mend = false, oneLine(err), "anli verify tells more; anli restore or anli rebuild bring the ledger back"
	}
	return []symptom{s}
}

// lookReview: whether the experts in force, those of the configuration or those that
// staff mailed since, can give a ranking by the rule.
func lookReview(_ context.Context, c Config) []symptom {
	s := c.Settings
	err := withCopy(c, func(l *ledger.Ledger) error {
		return l.View(func(tx *ledger.Tx) error {
			if head, _ := tx.Head(); head == 0 {
				return nil
			}
			var err error
			s, err = intake.InForce(tx)
			return err
		})
	})
	if err != nil {
		s = c.Settings // the ledger's line tells
	}
	rule, points := review.RuleOf(s.Review), 0
	for _, k := range s.Review.Criteria {
		points += k.Max
	}
	experts := len(s.People.Experts)
	found := symptom{what: "review", well: true, detail: fmt.Sprintf("%d experts, %d criteria, %d points, at least %d scores for a rank", experts, len(rule.Criteria), points, rule.Minimum)}
	if experts == 0 {
		found.detail += " (no experts yet: [review] experts, or staff mail the list)"
	}
	switch wrong := rule.Check(); {
	case len(wrong) > 0:
		found.well, found.detail, found.mend = false, wrong[0], "mend [review] in the configuration"
	case experts > 0 && experts < rule.Minimum:
		found.well, found.mend = false, "no case could be ranked: name more experts, or a lower review.minimum"
	}
	return []symptom{found}
}

// lookCage: what this kernel offers, and a document really read in it.
func lookCage(ctx context.Context, _ Config) []symptom {
	var out []symptom
	for _, p := range cage.Protections() {
		s := symptom{what: "cage, " + p.Name, well: p.Present || p.Name != "limits", detail: p.Detail,
			mend: "without limits no stranger's file is read: allow setrlimit to this account"}
		if !p.Present && s.well {
			s.detail = "missing here, the others remain (" + p.Detail + ")"
		}
		out = append(out, s)
	}
	return append(out, lookReading(ctx))
}

// lookReading reads a blank form and prepares PDF reading, beside the data folder.
func lookReading(ctx context.Context) symptom {
	s := symptom{what: "cage, a run", mend: "see the lines above; a service manager may forbid too much (NoNewPrivileges and SystemCallFilter are fine, MemoryDenyWriteExecute is not)"}
	dir, err := os.MkdirTemp("", "anli-doctor-")
	if err != nil {
		s.detail = err.Error()
		return s
	}
	defer os.RemoveAll(dir)
	blobs := ledger.OpenBlobs(filepath.Join(dir, "blobs"))
	reader := &bot.Reader{Cage: &cage.Cage{CacheDir: userCache(dir)}, Blobs: blobs}
	blank := templates.BlankForm()
	sha, err := blobs.PutBytes(blank)
	if err != nil {
		s.detail = err.Error()
		return s
	}
	readings, err := reader.Read(ctx, mail.Message{Attachments: []mail.Attachment{{Name: "form.docx", SHA256: sha, Size: int64(len(blank))}}},
		builtinCall().Form(), func(string) (intake.Reading, bool) { return intake.Reading{}, false }, nil)
	switch {
	case err != nil:
		s.detail = err.Error()
	case len(readings) != 1 || readings[0].Failure != "":
		s.detail = fmt.Sprintf("the blank form was not read: %+v", readings)
	default:
		s.well, s.detail = true, "the blank form was read"
		if err := reader.Cage.Warm(ctx, warmWork); err != nil {
			s.well, s.detail = false, "PDF reading does not start: "+err.Error()
		}
	}
	return s
}

func lookIMAP(ctx context.Context, c Config) []symptom {
	if _, err := c.Mailbox.Password(); err != nil {
		return []symptom{{what: "imap, password", detail: err.Error(), mend: "put the password where the configuration says, readable for this account alone"}}
	}
	box := mailbox.New(c.Mailbox)
	defer box.Close()
	found, err := box.Check(ctx)
	var out []symptom
	for _, f := range found {
		out = append(out, symptom{what: "imap, " + f.What, well: f.OK, detail: f.Detail, mend: mendIMAP(f.What)})
	}
	if err != nil {
		out = append(out, symptom{what: "imap", detail: err.Error(), mend: "try again"})
	}
	return out
}

func mendIMAP(what string) string {
	switch what, _, _ := strings.Cut(what, " "); what {
	case "connection", "greeting", "tls":
		return "check mailbox.imap, mailbox.tls, mailbox.ca_file and the firewall"
	case "login":
		return "check mailbox.user and the password (many providers want an authorisation code, and IMAP switched on in the webmail); do not try often, accounts get locked"
	case "quota":
		return "archive old mails in the webmail; a full mailbox turns bureaus away"
	case "folder", "append":
		return "check the folder's name in [mailbox] and the account's rights to it"
	}
	return "ask who runs the mail server"
}

func lookSMTP(ctx context.Context, c Config) []symptom {
	if c.Sender.Auth != "" {
		if _, err := c.Sender.Password(); err != nil {
			return []symptom{{what: "smtp, password", detail: err.Error(), mend: "put the password where the configuration says"}}
		}
	}
	sender := c.Sender
	var out []symptom
	for _, f := range sender.Check(ctx) {
		out = append(out, symptom{what: "smtp", well: f.Good, detail: f.What, mend: f.Mend})
	}
	return out
}
