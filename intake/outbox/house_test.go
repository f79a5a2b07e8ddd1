package outbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"anli/intake/ledger"
)

// house is an outbox with its ledger, its post office and a Sent folder.
type house struct {
	*Outbox
	t      *testing.T
	dir    string
	post   *post
	at     time.Time
	sent   []string // Message-IDs in the Sent folder
	copies int
	full   bool // the disk: Record fails
}

var begin = time.Date(2024, 10, 15, 10, 30, 0, 0, beijing)

func newHouse(t *testing.T, answers ...answer) *house {
	h := &house{t: t, dir: t.TempDir(), post: newPost(t, nil, answers...), at: begin}
	h.open()
	t.Cleanup(func() {
		h.audit()
		h.Ledger.Close()
	})
	return h
}

func (h *house) open() {
	l, err := ledger.Open(h.dir, func(tx *ledger.Tx, e ledger.Entry) error {
		var c Changes
		if err := json.Unmarshal(e.Data, &c); err != nil {
			return err
		}
		return Fold(tx, e.Seq, c)
	})
	if err != nil {
		h.t.Fatal(err)
	}
	h.Outbox = &Outbox{Ledger: l, Sender: h.post.sender(), From: "anli@gd.example", Record: h.record, Mirrored: func() uint64 { return 1 << 60 }}
	h.CopyToSent = func(_ context.Context, raw []byte, _ time.Time) error {
		h.copies++
		h.sent = append(h.sent, idIn(string(raw)))
		return nil
	}
}

// restart is what follows a crash: all that was in memory is gone.
func (h *house) restart() {
	find := h.FindInSent
	if err := h.Ledger.Close(); err != nil {
		h.t.Fatal(err)
	}
	h.open()
	h.FindInSent = find
}

func idIn(raw string) string {
	_, rest, _ := strings.Cut(raw, "Message-ID: <")
	id, _, _ := strings.Cut(rest, ">")
	return id
}

func (h *house) record(at time.Time, c Changes) error {
	if h.full {
		return errors.New("no space left on device")
	}
	return h.Ledger.Update(func(tx *ledger.Tx) error {
		_, err := tx.Append(at, "letters", "test", 1, c)
		return err
	})
}

func (h *house) now() time.Time { return h.at }

// letter renders, stores and describes a letter; change alters it before the put.
func (h *house) letter(key, to, class string, change ...func(*Letter)) Letter {
	h.t.Helper()
	secret := []byte("key file")
	d := Draft{Key: key, To: to, FromAddr: "anli@gd.example", Subject: key, Text: key, Date: h.at,
		MessageID: MessageID(secret, key, to, "gd.example"), Code: Code(secret, key, to)}
	raw, err := Render(d)
	if err != nil {
		h.t.Fatal(err)
	}
	sha, err := h.Ledger.Blobs().PutBytes(raw)
	if err != nil {
		h.t.Fatal(err)
	}
	l := Letter{Key: key, To: to, Class: class, Subject: key, MessageID: d.MessageID, Code: d.Code, Bytes: sha, At: h.at}
	for _, c := range change {
		c(&l)
	}
	return l
}

func topic(s string) func(*Letter) { return func(l *Letter) { l.Topic = s } }
func hold(s string) func(*Letter)  { return func(l *Letter) { l.Hold = s } }

func (h *house) put(letters ...Letter) {
	h.t.Helper()
	if err := h.record(h.at, Changes{Put: letters}); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) flush() Report {
	h.t.Helper()
	r, err := h.Flush(context.Background(), h.now)
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

func (h *house) fate(key string) (f Fate) {
	h.t.Helper()
	err := h.Ledger.View(func(tx *ledger.Tx) (err error) {
		f, _, err = Fates.Get(tx, key)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return f
}

func (h *house) want(key string, state State, why string) {
	h.t.Helper()
	if f := h.fate(key); f.State != state || f.Hold != why {
		h.t.Errorf("%s is %+v, want %s %s", key, f, state, why)
	}
}

// arrived lists the subjects that the server is answerable for, in order.
func (h *house) arrived() string {
	var s []string
	for _, d := range h.post.letters() {
		_, rest, _ := strings.Cut(d.raw, "Subject: ")
		subject, _, _ := strings.Cut(rest, "\r\n")
		if _, coded, ok := strings.Cut(subject, "=?UTF-8?B?"); ok {
			subject = decodeWord(coded)
		}
		s = append(s, subject)
	}
	return strings.Join(s, " ")
}

// audit: the tables are those of the journal, and the queue holds exactly what is
// not finished.
func (h *house) audit() {
	if h.t.Failed() {
		return
	}
	problems, err := h.Ledger.Check(nil)
	if err != nil || len(problems) > 0 {
		h.t.Errorf("the ledger's own check: %v %v", problems, err)
	}
	var open, queued []string
	err = h.Ledger.View(func(tx *ledger.Tx) error {
		all, err := Open(tx)
		for _, u := range all {
			queued = append(queued, u.Letter.Key)
		}
		if err != nil {
			return err
		}
		return Letters.Each(tx, "", func(key string, l Letter) error {
			f, ok, err := Fates.Get(tx, key)
			if !ok {
				return fmt.Errorf("%s has no fate", key)
			}
			if !f.State.finished() {
				open = append(open, key)
			}
			return err
		})
	})
	slices.Sort(queued)
	if err != nil || !slices.Equal(open, queued) {
		h.t.Errorf("unfinished are %v, queued are %v (%v)", open, queued, err)
	}
}
