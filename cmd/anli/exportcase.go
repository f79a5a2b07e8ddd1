package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"anli/cmd/anli/bot"
	"anli/intake"
	"anli/intake/ledger"
	"anli/review"
)

// exportCase writes the whole file (案卷) of one case: a folder of its own below dir,
// whole or not at all. A folder that is there already is people's and stays. It
// returns what could not be written because its bytes are gone, and the folder.
func exportCase(l *ledger.Ledger, number, dir string) (missing []string, folder string, err error) {
	var f review.DossierFolder
	err = l.View(func(tx *ledger.Tx) error {
		at, err := lastEntry(tx)
		if err != nil {
			return err
		}
		known := false
		number, known, err = caseNumber(tx, number)
		if err == nil && known {
			f, known, err = review.ReadDossier(tx, number, at, bot.WithBlobs(intake.House{}, l.Blobs()))
		}
		if err == nil && !known {
			return usagef("anli export: there is no case %q; `anli status` lists them", number)
		}
		return err
	})
	if err != nil {
		return nil, "", err
	}
	folder = filepath.Join(dir, f.Name)
	if _, err := os.Lstat(folder); err == nil {
		return nil, "", usagef("anli export: %s is there already; move it away or name another folder", folder)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, "", err
	}
	temp, err := os.MkdirTemp(dir, ".anli-*")
	if err != nil {
		return nil, "", err
	}
	defer os.RemoveAll(temp)
	missing = f.Missing()
	for _, x := range f.Files() {
		bad, err := writeDossierFile(l.Blobs(), x, temp)
		if err != nil {
			return nil, "", err
		}
		if bad != "" {
			missing = append(missing, number+" "+bad)
		}
	}
	return missing, folder, os.Rename(filepath.Join(temp, f.Name), folder)
}

// writeDossierFile writes one file below dir and compares it with its hash; bad says
// that the bytes kept are others.
func writeDossierFile(blobs *ledger.Blobs, x review.PackFile, dir string) (bad string, err error) {
	if x.SHA256 == "" {
		return "", writeBelow(dir, x.Path, x.Data)
	}
	f, err := blobs.Open(x.SHA256)
	if err != nil {
		return "", err
	}
	defer f.Close()
	to := filepath.Join(dir, filepath.FromSlash(x.Path))
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return "", err
	}
	h := sha256.New()
	err = writeFile(to, func(w io.Writer) error {
		_, err := io.Copy(io.MultiWriter(w, h), f)
		return err
	})
	if got := hex.EncodeToString(h.Sum(nil)); err == nil && got != x.SHA256 {
		bad = fmt.Sprintf("%s: the bytes kept are damaged, their SHA-256 is not %s", x.Path, x.SHA256)
	}
	return bad, err
}

// caseNumber reads a case's number as people shorten it: 0007, al2024-0007.
func caseNumber(tx *ledger.Tx, name string) (number string, known bool, err error) {
	name = strings.ToUpper(strings.TrimSpace(name))
	cases, err := intake.NewTables().Cases.List(tx, "")
	var found []string
	for _, c := range cases {
		if up := strings.ToUpper(c.Number); up == name || len(name) == 4 && strings.HasSuffix(up, "-"+name) {
			found = append(found, c.Number)
		}
	}
	if err != nil || len(found) != 1 {
		return name, false, err
	}
	return found[0], true, nil
}
