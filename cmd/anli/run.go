package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"anli/cmd/anli/bot"
	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/mailbox"
)

// errLogin ends the daemon: knocking on would lock the account, and with it the
// people's own webmail.
var errLogin = errors.New("the mail server refused the login twice, ten minutes apart; the daemon stops so that the account is not locked: check user and password (many providers want an authorisation code), then start again")

// runDaemon is `anli run`.
func runDaemon(ctx context.Context, c call) error {
	config, _, err := c.configured(0)
	if err != nil {
		return err
	}
	log := newLog(c.stderr, config.Log)
	return daemon(ctx, config, log)
}

// configured parses a command that takes --config and at most so many arguments.
func (c call) configured(arguments int) (Config, []string, error) {
	path := c.flags.String("config", "", "configuration `file`")
	args, err := c.parse()
	if err != nil {
		return Config{}, nil, err
	}
	if len(args) > arguments {
		return Config{}, nil, usagef("%s: %q is too much", c.flags.Name(), args[arguments])
	}
	config, err := readConfig(configPath(*path))
	return config, args, err
}

func newLog(w io.Writer, level slog.Level) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: level}))
}

// passwords asks for each secret once, so that a missing file stops the start
// and not the first letter.
func passwords(c Config) error {
	if _, err := c.Mailbox.Password(); err != nil {
		return &configError{file: c.File, text: err.Error()}
	}
	if c.Sender.Auth == "" {
		return nil
	}
	if _, err := c.Sender.Password(); err != nil {
		return &configError{file: c.File, text: err.Error()}
	}
	return nil
}

// daemon runs the desk until ctx ends; what is begun then is finished.
func daemon(ctx context.Context, c Config, log *slog.Logger) (err error) {
	if err := passwords(c); err != nil {
		return err
	}
	seen := &certificates{ends: map[string]time.Time{}}
	c.Mailbox.Config, c.Sender.TLSConfig = seen.watch(c.Mailbox.Config), seen.watch(c.Sender.TLSConfig)
	b, closeDesk, err := assemble(c, log)
	if errors.Is(err, ledger.ErrLocked) {
		return fmt.Errorf("%s is in use: another anli works on it; stop that one first", c.Data)
	}
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	var aside sync.WaitGroup
	defer func() {
		cancel(nil)
		aside.Wait()
		err = errors.Join(err, closeDesk())
	}()
	if err := b.Configure(time.Now(), c.Settings); err != nil {
		return err
	}
	b.Vitals = vitals(c, b.Box, seen)
	aside.Go(func() { serveCopies(ctx, b, log) })
	aside.Go(func() { scheduledBackups(ctx, b.Ledger, c.Backup, log) })
	aside.Go(func() { watchLogin(ctx, b.Box, cancel, log) })
	notify("READY=1")
	defer notify("STOPPING=1")
	aside.Go(func() { watchdog(ctx, b.Ledger, log) })
	log.Info("started", "mode", mode(c.Settings), "mailbox", c.Settings.Mailbox.Address, "data", c.Data)
	if err := work(ctx, b); err != nil {
		return err
	}
	if cause := context.Cause(ctx); errors.Is(cause, errLogin) {
		return cause
	}
	log.Info("stopped")
	return nil
}

func mode(s intake.Settings) string {
	if s.Mailbox.Live {
		return "live"
	}
	return "observe"
}

// work settles what the last run left on the line, then runs the loop.
func work(ctx context.Context, b *bot.Bot) error {
	if _, err := b.Out.Recover(ctx, time.Now); err != nil && ctx.Err() == nil {
		return err
	}
	return b.Loop(ctx)
}

// serveCopies hands out consistent copies to the other commands.
func serveCopies(ctx context.Context, b *bot.Bot, log *slog.Logger) {
	if err := b.Ledger.Serve(ctx, log, func() { b.HandedOut(time.Now()) }); err != nil {
		log.Error("status, export, backup and verify must wait for the daemon's end: the socket failed", "err", err)
	}
}

const (
	watchEvery  = 5 * time.Minute
	loginPasses = 11 * time.Minute // the mailbox tries a refused login again after ten
)

// watchLogin ends the daemon after a second refused login. It asks the server
// nothing where the account rests.
func watchLogin(ctx context.Context, box *mailbox.Box, cancel context.CancelCauseFunc, log *slog.Logger) {
	var refused time.Time
	for wait := time.Minute; sleepFor(ctx, wait); wait = watchEvery {
		_, _, _, err := box.Quota(ctx) // any question would do
		switch {
		case !errors.Is(err, mailbox.ErrLogin):
			refused = time.Time{}
		case refused.IsZero():
			refused = time.Now()
			log.Error("the mail server refused the login; it is tried once more in ten minutes", "err", err)
		case time.Since(refused) >= loginPasses:
			cancel(fmt.Errorf("%w (%w)", errLogin, err))
			return
		}
	}
}

// sleepFor waits; false means that ctx ended.
func sleepFor(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// backupName sorts by time (ledger.Rotate).
const backupName = "2006-01-02T150405"

// scheduledBackups makes a copy whenever the newest is older than the plan says.
func scheduledBackups(ctx context.Context, l *ledger.Ledger, plan BackupPlan, log *slog.Logger) {
	if plan.Every <= 0 {
		return
	}
	for wait := untilBackup(plan, time.Now()); sleepFor(ctx, wait); wait = plan.Every {
		path, err := l.Rotate(plan.Dir, time.Now().Format(backupName), plan.Keep)
		if err != nil {
			log.Error("the scheduled backup failed", "dir", plan.Dir, "err", err)
			continue
		}
		log.Info("backup made", "path", path)
	}
}

// untilBackup looks at the newest backup; the first is made a minute after the
// first start.
func untilBackup(plan BackupPlan, now time.Time) time.Duration {
	newest := newestBackup(plan.Dir)
	if newest.IsZero() {
		return time.Minute
	}
	return max(time.Minute, newest.Add(plan.Every).Sub(now))
}

// notify tells systemd (sd_notify(3)): a datagram to the socket it names.
func notify(state string) {
	name := os.Getenv("NOTIFY_SOCKET")
	if name == "" {
		return
	}
	if strings.HasPrefix(name, "@") {
		name = "\x00" + name[1:]
	} else if !filepath.IsAbs(name) {
		return
	}
	conn, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: name, Net: "unixgram"})
	if err != nil {
		return // nobody listens: nothing depends on it
	}
	defer conn.Close()
	_, _ = conn.Write([]byte(state))
}

// watchdog tells systemd that the ledger still answers, twice in each interval.
func watchdog(ctx context.Context, l *ledger.Ledger, log *slog.Logger) {
	usec, err := strconv.ParseInt(os.Getenv("WATCHDOG_USEC"), 10, 64)
	if err != nil || usec <= 0 {
		return
	}
	for sleepFor(ctx, time.Duration(usec)*time.Microsecond/2) {
		if err := l.View(func(*ledger.Tx) error { return nil }); err != nil {
			log.Error("the ledger does not answer", "err", err)
			continue
		}
		notify("WATCHDOG=1")
	}
}
