package main

import (
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"anli/intake"
	"anli/intake/mailbox"
	"anli/intake/outbox"
)

// checker turns the file into a Config and keeps the first fault it finds.
type checker struct {
	file  string
	dir   string // relative paths begin here
	lines map[string]int
	err   error
}

// bad notes a fault at a key. Secrets never stand in the sentence.
func (c *checker) bad(key, format string, args ...any) {
	if c.err != nil {
		return
	}
	line := c.lines[key]
	if i := strings.LastIndexByte(key, '.'); line == 0 && i > 0 {
		line = c.lines[key[:i]]
	}
	c.err = &configError{c.file, line, fmt.Sprintf(format, args...)}
}

// config checks everything, in the order of the file.
func (c *checker) config(f fileConfig) Config {
	c.needed(f)
	out := c.fill(f)
	c.checkTop(f)
	c.checkServers(f)
	c.checkPeople(f, out.Settings)
	c.checkLetters(f.Letters)
	c.checkTiming(f.Timing, out.Settings.Timing)
	c.checkCall(f.Call, out.Settings.Call)
	c.checkReview(f.Review, out.Settings.Review)
	c.checkExperts(out.Settings)
	c.checkBackup(f.Backup, out.Backup)
	return out
}

// needed are the keys without a default.
func (c *checker) needed(f fileConfig) {
	for _, k := range []struct{ key, value, why string }{
		{"mailbox.address", f.Mailbox.Address, "the division's own mail address"},
		{"mailbox.imap", f.Mailbox.IMAP, "the IMAP server as host:port"},
		{"smtp.address", f.SMTP.Address, "the SMTP server as host:port"},
	} {
		if k.value == "" {
			c.bad(k.key, "%s is needed: %s", k.key, k.why)
		}
	}
	if len(f.Staff) == 0 {
		c.bad("staff", "no [[staff]] is named: without staff nobody gets the reports or can switch the desk on; name at least one person with an address")
	}
}

// fill makes the plain fields; what cannot be read is noted on the way.
func (c *checker) fill(f fileConfig) Config {
	out := Config{File: c.file, Name: firstText(f.Mailbox.Name, f.Office.Division), FileSent: f.Mailbox.FileSent && f.Mailbox.Sent != "",
		Data: c.path(f.Data), KeyFile: c.path(f.KeyFile), Log: c.level(f.LogLevel)}
	out.Settings = intake.Settings{
		Call:   c.call(f.Call),
		Office: intake.Office{Division: f.Office.Division, Contact: f.Office.Contact, Phone: f.Office.Phone, Address: f.Office.Address, Supervision: f.Office.Supervision, Authority: f.Office.Authority},
		People: people(f),
		Mailbox: intake.MailboxRules{Address: lower(f.Mailbox.Address), Since: c.moment("mailbox.since", f.Mailbox.Since, false), MaxMail: f.Mailbox.MaxMail,
			AuthServID: f.Mailbox.AuthServID, Name: firstText(f.Mailbox.Name, f.Office.Division), Junk: f.Mailbox.Junk, Live: f.Mode == "live", RedirectTo: lower(f.RedirectAllTo)},
		Letters: f.Letters.byClass(),
		Timing: intake.Timing{Quiet: c.duration("timing.quiet", f.Timing.Quiet), Longest: c.duration("timing.longest", f.Timing.Longest),
			Series: c.duration("timing.series", f.Timing.Series), Morning: f.Timing.Morning},
		Limits:   intake.Limits{PerHour: f.SMTP.PerHour, PerAddressHour: f.SMTP.PerAddressHour, Letter: f.SMTP.MaxLetter},
		Review:   c.review(f.Review),
		Calendar: intake.Calendar{Holidays: c.days("calendar.holidays", f.Calendar.Holidays), Workdays: c.days("calendar.workdays", f.Calendar.Workdays)},
	}
	out.Settings.People.Experts = c.experts(f.Review, f.Call.Fields)
	if f.RedirectAllTo != "" {
		out.Settings.Mailbox.Prefix, out.Settings.Call.Prefix = "TEST", "TEST"
	}
	c.servers(f, &out)
	out.Limits = outbox.Limits{PerHour: f.SMTP.PerHour, PerHourEach: f.SMTP.PerAddressHour}
	out.Backup = BackupPlan{Dir: backupDir(out.Data), Every: time.Duration(c.duration("backup.every", f.Backup.Every)), Keep: f.Backup.Keep}
	if f.Backup.Dir != "" {
		out.Backup.Dir = c.path(f.Backup.Dir)
	}
	return out
}

func people(f fileConfig) intake.People {
	var p intake.People
	for _, s := range f.Staff {
		p.Staff = append(p.Staff, intake.Person{Name: s.Name, Addresses: lowerAll(s.Addresses)})
	}
	for _, b := range f.Bureau {
		p.Bureaus = append(p.Bureaus, intake.Bureau{City: b.City, Addresses: lowerAll(b.Addresses), Domains: lowerAll(b.Domains)})
	}
	return p
}

func (l lettersSection) byClass() map[string]string {
	return map[string]string{"receipt": l.Receipt, "answer": l.Answer, "reminder": l.Reminder, "decision": l.Decision,
		"expert": l.Expert, "objection": l.Objection, "result": l.Result, "arrival": l.Arrival}
}

func (c *checker) call(f callSection) intake.Call {
	f = c.ownWords(f)
	return intake.Call{ID: f.ID, Title: f.Title, Document: f.Document, Prefix: f.Prefix,
		Deadline:   c.moment("call.deadline", f.Deadline, true),
		Supplement: c.moment("call.supplement_until", f.SupplementUntil, true),
		Quota:      f.Quota, Cities: f.Cities, Region: f.Region, Fields: f.Fields, OtherField: f.OtherField,
		Photos: f.Photos, Promos: f.Promos, Logos: f.Logos, DataYear: f.DataYear, IntroLimit: f.IntroLimit, IntroError: f.IntroError,
		SummaryShort: f.SummaryShort, SummaryLong: f.SummaryLong, Keywords: f.Keywords, Phrases: f.Phrases,
		Notice: f.Notice, Clauses: f.Clauses.byUse(), NextSteps: f.NextSteps, OwnForm: !f.AttachForm}
}

// servers fills in the two accounts; SMTP takes user and password of the mailbox
// where it has none of its own.
func (c *checker) servers(f fileConfig, out *Config) {
	tls := c.tls(f.Mailbox)
	user := firstText(f.Mailbox.User, f.Mailbox.Address)
	password := c.password("mailbox", f.Mailbox.PasswordFile, f.Mailbox.PasswordEnv)
	out.Mailbox = mailbox.Settings{Address: f.Mailbox.IMAP, TLS: f.Mailbox.TLS, Config: tls, User: user, Password: password, Auth: f.Mailbox.Auth,
		Inbox: f.Mailbox.Inbox, Junk: f.Mailbox.Junk, Sent: f.Mailbox.Sent, Journal: f.Mailbox.Journal,
		Poll: time.Duration(c.duration("mailbox.poll", f.Mailbox.Poll)), Idle: f.Mailbox.Idle, Name: "anli", Version: version, Vendor: "anli"}
	out.Sender = outbox.Sender{Address: f.SMTP.Address, TLS: f.SMTP.TLS, TLSConfig: tls, User: firstText(f.SMTP.User, user),
		Auth: f.SMTP.Auth, HELO: f.SMTP.HELO, MaxLetter: int64(f.SMTP.MaxLetter) << 20, Password: password}
	if f.SMTP.PasswordFile != "" || f.SMTP.PasswordEnv != "" {
		out.Sender.Password = c.password("smtp", f.SMTP.PasswordFile, f.SMTP.PasswordEnv)
	}
	for _, file := range []string{f.Mailbox.PasswordFile, f.SMTP.PasswordFile} {
		if file != "" {
			out.Secrets = append(out.Secrets, c.path(file))
		}
	}
	if f.SMTP.Auth == "none" {
		out.Sender.Auth = outbox.AuthNone
	}
}

func (c *checker) level(s string) slog.Level {
	var l slog.Level
	if err := l.UnmarshalText([]byte(s)); err != nil {
		c.bad("log_level", "log_level = %q is none of debug, info, warn, error", s)
	}
	return l
}

func (c *checker) path(p string) string {
	if p == "" || filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(c.dir, p)
}

// moment reads a date, or a date and time; without a zone it is Beijing time. A
// bare date means its last second where last is set, else its first.
func (c *checker) moment(key, s string, last bool) time.Time {
	if s == "" {
		return time.Time{}
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.In(intake.Zone())
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04"} {
		if t, err := time.ParseInLocation(layout, s, intake.Zone()); err == nil {
			return t
		}
	}
	day, err := time.ParseInLocation(time.DateOnly, s, intake.Zone())
	if err != nil {
		c.bad(key, "%s = %q is no time; write \"2024-10-30\", \"2024-10-30 18:00\" or \"2024-10-30T18:00:00+08:00\"", key, s)
		return time.Time{}
	}
	if last {
		return day.AddDate(0, 0, 1).Add(-time.Second)
	}
	return day
}

func (c *checker) duration(key, s string) intake.Duration {
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 {
		c.bad(key, "%s = %q is no duration; write \"90s\", \"3m\" or \"1h30m\"", key, s)
	}
	return intake.Duration(d)
}

func (c *checker) days(key string, list []string) []string {
	for _, d := range list {
		if _, err := time.Parse(time.DateOnly, d); err != nil {
			c.bad(key, "%s holds %q, which is no day; write \"2024-10-01\"", key, d)
		}
	}
	return list
}

func (c *checker) checkTop(f fileConfig) {
	if f.Mode != "live" && f.Mode != "observe" {
		c.bad("mode", "mode = %q is neither \"live\" nor \"observe\"", f.Mode)
	}
	if f.Data == "" {
		c.bad("data", "data is empty: name the folder that holds the ledger")
	}
	if f.KeyFile == "" {
		c.bad("key_file", "key_file is empty: name the file that holds the secret of letter codes")
	}
	if f.RedirectAllTo != "" {
		c.address("redirect_all_to", f.RedirectAllTo)
		if f.Data == fileDefaults().Data {
			c.bad("redirect_all_to", "redirect_all_to is a rehearsal and needs a data folder of its own: set data to another one than %q", f.Data)
		}
	}
}

func (c *checker) checkServers(f fileConfig) {
	m, s := f.Mailbox, f.SMTP
	c.address("mailbox.address", m.Address)
	c.server("mailbox.imap", m.IMAP)
	c.server("smtp.address", s.Address)
	c.encryption("mailbox.tls", m.TLS, m.IMAP)
	c.encryption("smtp.tls", s.TLS, s.Address)
	c.oneOf("mailbox.auth", m.Auth, "plain", "login", "xoauth2")
	c.oneOf("smtp.auth", s.Auth, "plain", "login", "xoauth2", "none")
	if m.PasswordFile == "" && m.PasswordEnv == "" {
		c.bad("mailbox.password_file", "mailbox.password_file or mailbox.password_env is needed: the password never stands in this file")
	}
	if m.Inbox == "" || m.Journal == "" {
		c.bad("mailbox.inbox", "mailbox.inbox and mailbox.journal must not be empty")
	}
	if m.Journal == m.Inbox || m.Journal == m.Junk || m.Journal == m.Sent {
		c.bad("mailbox.journal", "mailbox.journal = %q is a folder of people; the journal needs one of its own", m.Journal)
	}
	c.atLeast("mailbox.max_mail", m.MaxMail, 1)
	c.atLeast("smtp.per_hour", s.PerHour, 1)
	c.atLeast("smtp.per_address_hour", s.PerAddressHour, 1)
	c.atLeast("smtp.max_letter", s.MaxLetter, 1)
	if d, err := time.ParseDuration(m.Poll); err == nil && (d < 10*time.Second || d > time.Hour) {
		c.bad("mailbox.poll", "mailbox.poll = %q is outside 10s to 1h: more often annoys the server, less often the bureaus", m.Poll)
	}
}

// host names a server: letters, digits, hyphens and dots.
var host = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$`)

func (c *checker) server(key, s string) {
	h, port, err := net.SplitHostPort(s)
	if err != nil || port == "" || !host.MatchString(h) && net.ParseIP(h) == nil {
		c.bad(key, "%s = %q is not host:port, as imap.example.cn:993", key, s)
		return
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		c.bad(key, "%s = %q: a port is a number from 1 to 65535", key, s)
	}
}

// encryption: without TLS a password would cross the network for all to read.
func (c *checker) encryption(key, mode, server string) {
	c.oneOf(key, mode, "tls", "starttls", "none")
	if mode != "none" {
		return
	}
	h, _, _ := net.SplitHostPort(server)
	if ip, err := netip.ParseAddr(h); h != "localhost" && (err != nil || !ip.IsLoopback()) {
		c.bad(key, "%s = \"none\" is for this machine alone, not for %s: the password would cross the network unprotected; use \"tls\" or \"starttls\"", key, h)
	}
}

func (c *checker) oneOf(key, value string, allowed ...string) {
	if !slices.Contains(allowed, value) {
		c.bad(key, "%s = %q is none of %s", key, value, strings.Join(allowed, ", "))
	}
}

func (c *checker) atLeast(key string, n, least int) {
	if n < least {
		c.bad(key, "%s = %d is less than %d", key, n, least)
	}
}

var address = regexp.MustCompile(`^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$`)

func (c *checker) address(key, s string) {
	if s != "" && !address.MatchString(s) {
		c.bad(key, "%s: %q is no bare mail address", key, s)
	}
}

func (c *checker) checkLetters(l lettersSection) {
	for _, class := range []string{"receipt", "answer", "reminder", "decision", "expert", "objection", "result", "arrival"} {
		c.oneOf("letters."+class, l.byClass()[class], "send", "approve", "off")
	}
}

func (c *checker) checkTiming(f timingSection, t intake.Timing) {
	if _, err := time.Parse("15:04", f.Morning); err != nil || len(f.Morning) != 5 {
		c.bad("timing.morning", "timing.morning = %q is no time of day; write \"08:30\"", f.Morning)
	}
	if t.Quiet <= 0 || t.Longest < t.Quiet || t.Series < t.Longest {
		c.bad("timing.quiet", "timing must be quiet ≤ longest ≤ series, all above zero; it is %s, %s, %s", f.Quiet, f.Longest, f.Series)
	}
}

func (c *checker) checkBackup(f backupSection, p BackupPlan) {
	c.atLeast("backup.keep", f.Keep, 1)
	if p.Every > 0 && p.Every < time.Minute {
		c.bad("backup.every", "backup.every = %q is less than a minute; \"0s\" switches scheduled backups off", f.Every)
	}
}

func firstText(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

func lower(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

func lowerAll(list []string) []string {
	out := make([]string, 0, len(list))
	for _, s := range list {
		out = append(out, lower(s))
	}
	return out
}
