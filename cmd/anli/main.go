// Command anli is the desk of a call for cases: it reads the division's mailbox,
// checks what the bureaus send, answers, and keeps the ledger.
//
// Wiring only: config.go turns the file into plain fields, assemble.go builds the
// desk from them, and each command has a file of its own.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"anli/cmd/anli/bot"
	"anli/parser/cage"
)

// version is told to the mail server (RFC 2971) and by `anli help`.
const version = "0.2"

// Exit codes, the same for every command (scripts rely on them).
const (
	exitDone     = 0
	exitProblems = 1 // the work was done and problems were found
	exitUsage    = 2 // bad usage or configuration
	exitFailed   = 3 // the work could not be done
)

func main() {
	cage.Serve(bot.Works())
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	os.Exit(dispatch(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// command is one of anli's.
type command struct {
	name, args, what string
	run              func(context.Context, call) error
}

// call is how a command was called.
type call struct {
	flags  *flag.FlagSet
	args   []string
	stdout io.Writer
	stderr io.Writer
}

// Errors that decide the exit code.
var (
	errUsage    = errors.New("usage")
	errProblems = errors.New("problems were found") // they have been printed
)

func usagef(format string, args ...any) error {
	return fmt.Errorf("%w: %s", errUsage, fmt.Sprintf(format, args...))
}

func commands() []command {
	return []command{
		{"demo", "[--out DIR]", "the whole job on sample mails, nothing installed", runDemo},
		{"run", "[--config FILE]", "the daemon", runDaemon},
		{"check", "[--json] [--config FILE] [--at TIME] PATH…", "the checklist of packages, without a mailbox", runCheck},
		{"status", "[--json] [--config FILE]", "every case, and what is left for people", runStatus},
		{"export", "[--case CODE|--expert NAME] [--config FILE] DIR", "ledger, scores, journal, a folder a case; or one case's whole file (案卷); or one expert's materials", runExport},
		{"import", "[--city 市|--case CODE] [--arrived TIME] [--config FILE] PATH…", "brings a USB stick, .eml, .mbox or Maildir into the mailbox, as mails", runImport},
		{"doctor", "[--config FILE]", "tries servers, folders and the cage; says how to mend what is wrong", runDoctor},
		{"backup", "[--config FILE] [FILE]", "a copy of everything, while the daemon runs", runBackup},
		{"restore", "[--config FILE] FILE", "the data folder from a backup", runRestore},
		{"rebuild", "[--config FILE]", "the ledger from the mailbox and the key file", runRebuild},
		{"purge", "--mail SHA256 --reason TEXT [--config FILE]", "secrecy incident: erases a mail's bytes and its files, leaves the hash", runPurge},
		{"verify", "[--replay] [--config FILE]", "chain, hashes and records; with --replay every decision again", runVerify},
	}
}

func usage(w io.Writer) {
	fmt.Fprintf(w, "anli %s — the desk of a call for cases, by mail\n\nusage: anli COMMAND [flags] [arguments]\n\n", version)
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-8s %-52s %s\n", c.name, c.args, c.what)
	}
	fmt.Fprint(w, "\nThe configuration is --config FILE, else $ANLI_CONFIG, else ./config.toml (check reads one only if named).\n"+
		"Exit codes: 0 done, 1 problems were found, 2 bad usage or configuration, 3 the work could not be done.\n")
}

func dispatch(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		usage(stderr)
		return exitUsage
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		usage(stdout)
		return exitDone
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return exitCode(runCommand(ctx, c, args[1:], stdout, stderr), stderr)
		}
	}
	fmt.Fprintf(stderr, "anli: there is no command %q; `anli help` lists them\n", args[0])
	return exitUsage
}

func runCommand(ctx context.Context, c command, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("anli "+c.name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	err := c.run(ctx, call{flags, args, stdout, stderr})
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprintf(stdout, "usage: anli %s %s\n%s\n", c.name, c.args, c.what)
		flags.SetOutput(stdout)
		flags.PrintDefaults()
		return nil
	}
	return err
}

// parse reads the flags, also between and behind the arguments.
func (c call) parse() ([]string, error) {
	var rest []string
	args := c.args
	for {
		if err := c.flags.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			return nil, usagef("%s: %v", c.flags.Name(), err)
		}
		args = c.flags.Args()
		if len(args) == 0 {
			return rest, nil
		}
		if done := len(c.args) - len(args); done > 0 && c.args[done-1] == "--" {
			return append(rest, args...), nil
		}
		rest, args = append(rest, args[0]), args[1:]
	}
}

// exitCode prints the error on one line and tells the code.
func exitCode(err error, stderr io.Writer) int {
	if err == nil {
		return exitDone
	}
	if errors.Is(err, errProblems) {
		return exitProblems
	}
	fmt.Fprintf(stderr, "anli: %s\n", oneLine(err))
	if errors.Is(err, errUsage) || errors.Is(err, errConfig) {
		return exitUsage
	}
	return exitFailed
}
