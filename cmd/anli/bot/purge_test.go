package bot_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"anli/cmd/anli/bot"
	"anli/cmd/anli/demo/sample"
)

// purge erases the mail that the script calls by this name, twice, as an operator who is
// not sure; of what it brought nothing is left in the data folder.
func (d *dialogue) purge(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("purge LABEL REASON")
	}
	sha := ""
	for _, m := range d.mails("INBOX") {
		if d.labels[hash(m.Raw)] == args[0] {
			sha = hash(m.Raw)
		}
	}
	for i := range 2 {
		done, err := bot.Purge(context.Background(), d.ledger, d.reader(d.ledger.Blobs()), d.house, d.clock.Now(), sha, args[1])
		if err != nil || (done.Erased > 0) != (i == 0) || len(done.Shared) > 0 {
			return fmt.Errorf("purge %d: %+v, %v", i+1, done, err)
		}
	}
	d.restart()
	d.turn()
	secret := sample.Marked{Mark: "机密★5年", Title: "关于某项工作的通报"}.Docx()
	return filepath.WalkDir(d.ledger.Dir(), func(path string, e os.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() || filepath.Base(path) == "ledger.db" {
			return err
		}
		raw, err := os.ReadFile(path)
		if hash(raw) == sha || bytes.Equal(raw, secret) {
			return fmt.Errorf("%s is left", path)
		}
		return err
	})
}
