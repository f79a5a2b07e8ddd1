package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"anli/intake"
	"anli/intake/ledger"
)

// runExport is `anli export`.
func runExport(_ context.Context, c call) error {
	expert := c.flags.String("expert", "", "one expert's materials instead: his `name` or address")
	number := c.flags.String("case", "", "the whole file (案卷) of one case instead: its `code`")
	config, args, err := c.configured(1)
	if err != nil {
		return err
	}
	if len(args) != 1 {
		return usagef("anli export: name the folder to write to")
	}
	if *expert != "" && *number != "" {
		return usagef("anli export: give either --case or --expert")
	}
	var missing []string
	folder := args[0]
	err = withCopy(config, func(l *ledger.Ledger) error {
		if *number != "" {
			missing, folder, err = exportCase(l, *number, args[0])
			return err
		}
		if *expert != "" {
			missing, err = exportExpert(l, *expert, args[0])
			return err
		}
		if err := exportFolder(args[0], everything); err != nil {
			return err
		}
		missing, err = export(l, args[0])
		return err
	})
	if err != nil {
		return err
	}
	for _, m := range missing {
		fmt.Fprintln(c.stderr, m)
	}
	fmt.Fprintln(c.stdout, folder)
	if len(missing) > 0 {
		return errProblems
	}
	return nil
}

// exportMark says that a folder was written by export and may be written anew: by
// the same kind of export, whose name it holds. What is handed to an expert must not
// lie beside the others' scores.
const exportMark = ".anli-export"

// everything is the kind of the whole export; that of an expert's is his address.
const everything = ""

// exportFolder makes the folder. One that holds anything else is left alone: its
// ledger.xlsx may be people's own.
func exportFolder(dir, kind string) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	mark, err := os.ReadFile(filepath.Join(dir, exportMark))
	switch {
	case err != nil && len(entries) > 0:
		return usagef("anli export: %s is not empty and no earlier export's folder; name another", dir)
	case err == nil && string(mark) != kind:
		return usagef("anli export: %s holds an export of another kind; name another folder", dir)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, exportMark), []byte(kind), 0o600)
}

// export writes below dir journal.jsonl, ledger.xlsx, a folder a case, and what
// there is of the judging and the awards. It returns what could not be written
// because its bytes are gone.
func export(l *ledger.Ledger, dir string) (missing []string, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	err = l.View(func(tx *ledger.Tx) error {
		if err := writeFile(filepath.Join(dir, "journal.jsonl"), func(w io.Writer) error { return ledger.WriteJournal(tx, w) }); err != nil {
			return err
		}
		cases, err := intake.NewTables().Cases.List(tx, "")
		if err != nil {
			return err
		}
		if err := exportLedger(tx, dir); err != nil {
			return err
		}
		if err := exportReview(tx, dir); err != nil {
			return err
		}
		if missing, err = exportPack(tx, l.Blobs(), dir); err != nil {
			return err
		}
		lost, err := exportCases(l.Blobs(), cases, filepath.Join(dir, "cases"))
		missing = append(missing, lost...)
		return err
	})
	return missing, err
}

// writeFile writes under another name first, so that what carries the name is whole.
func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".anli-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	w := bufio.NewWriter(f)
	if err := errors.Join(write(w), w.Flush(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// exportCases writes the files that count, in folders named as the notice asks,
// below the city's. A number tells two cases of one name apart.
func exportCases(blobs *ledger.Blobs, cases []intake.Case, dir string) (missing []string, err error) {
	taken := map[string]bool{}
	for _, c := range cases {
		folder := filepath.Join(intake.SafeName(firstText(c.City, "未定地市")), caseFolder(c))
		if taken[strings.ToLower(folder)] {
			folder += "（" + c.Number + "）"
		}
		taken[strings.ToLower(folder)] = true
		for _, f := range caseFiles(c) {
			err := copyBlob(blobs, f.SHA256, filepath.Join(dir, folder, filepath.FromSlash(f.Name)))
			if errors.Is(err, ledger.ErrNoBlob) {
				missing = append(missing, gone(c.Number, f.Path))
			} else if err != nil {
				return missing, err
			}
		}
	}
	return missing, nil
}

func gone(number, path string) string {
	return fmt.Sprintf("%s %s: the file's bytes are not there", number, path)
}

// caseFolder is `[案例]-单位名称+案例名称` (notice, last paragraph of 六).
func caseFolder(c intake.Case) string {
	if c.Unit == "" && c.Case == "" {
		return intake.SafeName(c.Number + "（单位未识别）")
	}
	return intake.SafeName("[案例]-" + firstText(c.Unit, c.Number) + "+" + c.Case)
}

// caseFiles gives each file that counts its place below the case's folder. An
// archive whose files are there too is left out.
func caseFiles(c intake.Case) []intake.Place {
	var out []intake.File
	for _, f := range c.Active() {
		if f.Role != intake.RoleContainer || !opened(c, f) {
			out = append(out, f)
		}
	}
	return intake.Places(out)
}

func opened(c intake.Case, archive intake.File) bool {
	for _, f := range c.Active() {
		if f.Role != intake.RoleContainer && f.Mail == archive.Mail {
			return true
		}
	}
	return false
}

func copyBlob(blobs *ledger.Blobs, sha, to string) error {
	f, err := blobs.Open(sha)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	return writeFile(to, func(w io.Writer) error {
		_, err := io.Copy(w, f)
		return err
	})
}
