package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"anli/cmd/anli/bot"
	"anli/intake"
	"anli/intake/ledger"
	"anli/review"
	"anli/templates"
)

// outcome is the ranking as of the last entry; begun is false before the panel.
func outcome(tx *ledger.Tx) (o review.Outcome, begun bool, err error) {
	at, err := lastEntry(tx)
	if err != nil {
		return o, false, err
	}
	return review.ReadOutcome(tx, at)
}

// lastEntry is the time of the journal's last entry: what is written as of it is
// the same for the same ledger.
func lastEntry(tx *ledger.Tx) (time.Time, error) {
	seq, _ := tx.Head()
	if seq == 0 {
		return time.Time{}, nil
	}
	e, err := tx.Entry(seq)
	return e.At, err
}

// exportLedger writes ledger.xlsx, the workbook that the morning letter brings.
func exportLedger(tx *ledger.Tx, dir string) error {
	at, err := lastEntry(tx)
	if err != nil {
		return err
	}
	bench, err := review.AtRest(tx, at)
	if err != nil {
		return err
	}
	book, err := templates.LedgerBook(bot.Ledger(bench))
	if err != nil {
		return err
	}
	return writeBelow(dir, "ledger.xlsx", book)
}

// exportReview writes scores.json and the sheets of the judging, where there is
// any. These hold every score: the folder is the operator's.
func exportReview(tx *ledger.Tx, dir string) error {
	o, begun, err := outcome(tx)
	if err != nil || !begun {
		return err
	}
	record, err := review.ReadRecord(tx)
	if err != nil {
		return err
	}
	err = writeFile(filepath.Join(dir, "scores.json"), func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(record)
	})
	if err != nil {
		return err
	}
	sheets := map[string]func() ([]byte, error){
		"ranking.xlsx": func() ([]byte, error) { return templates.RankingBook(o.Ranking) },
		"评分汇总表.xlsx":   func() ([]byte, error) { return templates.ScoreSummary(o.Summary) },
	}
	for i, c := range o.Confirmations {
		sheets[fmt.Sprintf("评分确认表/%02d-%s.xlsx", i+1, intake.SafeName(c.Expert))] = func() ([]byte, error) { return templates.ScoreConfirmation(c) }
	}
	for name, make := range sheets {
		data, err := make()
		if err != nil {
			return err
		}
		if err := writeBelow(dir, name, data); err != nil {
			return err
		}
	}
	return nil
}

func writeBelow(dir, name string, data []byte) error {
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return writeFile(path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// exportExpert writes one expert's materials: what went to him by mail, and those
// files of his cases that experts may have. Without a score: it can be handed to him.
func exportExpert(l *ledger.Ledger, name, dir string) (missing []string, err error) {
	err = l.View(func(tx *ledger.Tx) error {
		h, err := review.ReadHanded(tx, name)
		if err != nil {
			return err
		}
		if len(h.Letters) == 0 {
			return usagef("anli export: no request has gone to an expert called %q; `anli status` lists them", name)
		}
		if err := exportFolder(dir, h.Expert); err != nil {
			return err
		}
		for _, letter := range h.Letters {
			files, err := intake.Brought(letter)
			if err != nil {
				return err
			}
			for _, f := range files {
				if err := writeBelow(dir, intake.SafeName(f.Name), f.Data); err != nil {
					return err
				}
			}
		}
		missing, err = exportMaterials(l.Blobs(), h.Materials, filepath.Join(dir, "cases"))
		return err
	})
	return missing, err
}

func exportMaterials(blobs *ledger.Blobs, materials []review.Material, dir string) (missing []string, err error) {
	for _, m := range materials {
		folder := intake.SafeName(m.Number + "-" + m.Case.Unit + "+" + m.Case.Case)
		for _, f := range m.Files {
			err := copyBlob(blobs, f.SHA256, filepath.Join(dir, folder, filepath.FromSlash(f.Name)))
			if errors.Is(err, ledger.ErrNoBlob) {
				missing = append(missing, gone(m.Number, f.Name))
			} else if err != nil {
				return missing, err
			}
		}
	}
	return missing, nil
}

// exportPack writes under award/ what is published of the awarded cases (六 of
// the notice), file by file as their folders are to be named.
func exportPack(tx *ledger.Tx, blobs *ledger.Blobs, dir string) (missing []string, err error) {
	files, err := review.ReadPack(tx)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		name := "award/" + f.Path
		if f.SHA256 == "" {
			err = writeBelow(dir, name, f.Data)
		} else {
			err = copyBlob(blobs, f.SHA256, filepath.Join(dir, filepath.FromSlash(name)))
		}
		if errors.Is(err, ledger.ErrNoBlob) {
			missing = append(missing, gone(f.Number, f.Path))
		} else if err != nil {
			return missing, err
		}
	}
	return missing, nil
}
