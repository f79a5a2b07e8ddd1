package bot

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"anli/intake"
	"anli/intake/ledger"
)

// Difference is an entry that would be decided otherwise today.
type Difference struct {
	Seq    uint64
	Kind   string
	Cause  string
	Detail string
}

func (d Difference) String() string {
	return fmt.Sprintf("entry %d (%s %s): %s", d.Seq, d.Kind, shorten(d.Cause, 60), d.Detail)
}

// Replay decides everything again from the journal's order, arrivals, settings
// and readings, in a ledger of its own, and gives the differences: none with the
// same version. It changes nothing and reads no document anew.
func Replay(l *ledger.Ledger, house intake.House, progress func(seq uint64)) ([]Difference, error) {
	dir, err := os.MkdirTemp("", "anli-replay-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	again, err := ledger.Open(dir, Fold)
	if err != nil {
		return nil, err
	}
	defer again.Close()
	var out []Difference
	err = l.View(func(tx *ledger.Tx) error {
		erased, err := erasedMails(tx)
		if err != nil {
			return err
		}
		for e, err := range tx.Entries(1) {
			if err != nil {
				return err
			}
			d, err := replayEntry(l.Blobs(), again, WithBlobs(house, l.Blobs()), e)
			if err != nil {
				return err
			}
			if d != nil && !erased[e.Cause] { // what is erased is decided on no more
				out = append(out, *d)
			}
			if err := again.Update(func(tx *ledger.Tx) error { return tx.Replay(e) }); err != nil {
				return err
			}
			if progress != nil {
				progress(e.Seq)
			}
		}
		return nil
	})
	return out, err
}

// replayEntry decides one entry again on the ledger as it stood before it.
func replayEntry(blobs *ledger.Blobs, again *ledger.Ledger, house intake.House, e ledger.Entry) (*Difference, error) {
	var r intake.Result
	err := again.View(func(tx *ledger.Tx) error {
		var err error
		switch {
		case e.Kind == KindMail:
			r, err = replayMail(tx, blobs, house, e)
		case e.Kind == KindJob || e.Kind == KindSkipped:
			r, err = decideJob(tx, house, e.Cause, e.At, e.Kind == KindSkipped)
		case e.Kind == KindUnseal:
			r, err = replayUnseal(tx, blobs, house, e)
		case e.Kind == KindReread:
			r, err = replayReread(tx, house, e)
		case e.Kind == KindSettings && e.Cause == "rejudge":
			var c *intake.Change
			if c, err = intake.Rejudge(tx, e.At, house); c != nil {
				r.Change = *c
			}
		default:
			err = errInput
		}
		return err
	})
	switch {
	case errors.Is(err, errInput):
		return nil, nil
	case errors.Is(err, ledger.ErrNoBlob):
		return &Difference{e.Seq, e.Kind, e.Cause, "the mail's bytes are gone"}, nil
	case err != nil:
		return nil, fmt.Errorf("entry %d: %w", e.Seq, err)
	}
	got, err := ledger.Canonical(r.Change)
	if err != nil {
		return nil, err
	}
	if bytes.Equal(got, e.Data) {
		return nil, nil
	}
	return &Difference{e.Seq, e.Kind, e.Cause, firstDifference(got, e.Data)}, nil
}

// errInput: the entry is an input (settings, a letter's fate), not a decision.
var errInput = errors.New("an input")

func replayMail(tx *ledger.Tx, blobs *ledger.Blobs, house intake.House, e ledger.Entry) (intake.Result, error) {
	var was intake.Change
	if err := json.Unmarshal(e.Data, &was); err != nil {
		return intake.Result{}, err
	}
	if was.Mail == nil {
		return intake.Result{}, fmt.Errorf("entry %d is a mail's and holds none", e.Seq)
	}
	msg, err := parse(blobs, e.Cause, hashed)
	if err != nil {
		return intake.Result{}, err
	}
	arrival := Arrival{SHA256: e.Cause, At: e.At, Folder: was.Mail.Folder, Size: was.Mail.Size}
	return decideMail(tx, house, arrival, msg, was.Readings, was.Mail.Sealed)
}

// hashed is a mail.Store that keeps nothing: a replay works on a copy, too, that
// is for reading only.
func hashed(r io.Reader) (sha string, n int64, err error) {
	h := sha256.New()
	n, err = io.Copy(h, r)
	return hex.EncodeToString(h.Sum(nil)), n, err
}

// firstDifference shows where two canonical texts part.
func firstDifference(got, want []byte) string {
	i := 0
	for i < len(got) && i < len(want) && got[i] == want[i] {
		i++
	}
	show := func(b []byte) string { return string(b[max(0, min(i-40, len(b))):min(len(b), i+80)]) }
	return fmt.Sprintf("now …%s…, recorded …%s…", show(got), show(want))
}
