package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"anli/intake"
	"anli/intake/mailbox"
	"anli/intake/outbox"
)

// Config is the configuration as plain fields, checked. Only this package knows
// it; the rooms get values.
type Config struct {
	File     string           // it was read from; "" for one made in code
	Settings intake.Settings  // what decisions depend on; they reach the ledger as an entry
	Mailbox  mailbox.Settings // the IMAP account
	Sender   outbox.Sender    // the SMTP server
	Limits   outbox.Limits    // ceilings on what leaves
	Name     string           // of the desk in From headers
	FileSent bool             // we put a copy of each letter into Mailbox.Sent; else the server does

	Data    string   // data folder
	Secrets []string // the password files
	KeyFile string   // secret of letter codes, Message-IDs and the journal's seal
	Backup  BackupPlan
	Log     slog.Level

	Step func(name string) // crash hook of tests (bot.Steps); nil else
}

// BackupPlan says when the daemon makes copies.
type BackupPlan struct {
	Dir   string
	Every time.Duration // 0: never
	Keep  int
}

// defaultConfig is an empty file's configuration, to be completed in code by the
// demo and by tests: mailbox, sender, people and data folder are missing.
func defaultConfig() Config {
	c := checker{file: "defaults", dir: "."}
	return c.fill(fileDefaults())
}

// configPath is the file a command reads: --config, else $ANLI_CONFIG, else
// ./config.toml.
func configPath(flag string) string {
	if flag != "" {
		return flag
	}
	if env := os.Getenv("ANLI_CONFIG"); env != "" {
		return env
	}
	return "config.toml"
}

// backupDir is where backups of a data folder lie by default.
func backupDir(data string) string { return filepath.Join(data, "backups") }
