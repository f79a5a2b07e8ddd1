package bot

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"strings"
	"time"

	"bufio"

	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/mailbox"
)

// The journal's mirror: batches of entries as mails in a folder of the same
// mailbox, so that mailbox and key file give the ledger back. A batch is sealed
// by HMAC; what looks like one and is not sealed is not read.

// A batch ends at so many entries or, before packing, at so many bytes: a mail of
// it stays below any server's limit.
const (
	batchEntries = 500
	batchBytes   = 4 << 20
)

// sealHeader carries the seal, rangeHeader the first and last entry and the
// journal's hash after the last.
const (
	sealHeader  = "X-Anli-Seal"
	rangeHeader = "X-Anli-Range"
)

// mirrored is how far the journal stands in the mailbox: a cache, found again
// from the folder itself.
var mirrored = ledger.NewCache[uint64]("mirror")

const mirrorKey = "seq"

// ErrForeign: the newest batch in the folder is not this ledger's.
var ErrForeign = errors.New("the journal folder holds a newer batch of another daemon; stop one of the two, then restart")

// Mirrored gives the number of the newest entry that is in the mailbox.
func (b *Bot) Mirrored() uint64 {
	var seq uint64
	err := b.Ledger.View(func(tx *ledger.Tx) error {
		var err error
		seq, _, err = mirrored.Get(tx, mirrorKey)
		return err
	})
	if err != nil {
		b.Log.Error("the mirror's position cannot be read", "err", err)
	}
	return seq
}

// mirror appends what is not in the mailbox yet. Before going live there is no
// mirror; 启用 mirrors the whole journal before the first letter to anybody else.
func (b *Bot) mirror(ctx context.Context) error {
	live, err := b.Live()
	if err != nil || !live || b.foreign != nil {
		return err
	}
	for {
		at := b.Mirrored()
		batch, last, err := b.batch(at)
		if err != nil || batch == nil {
			return err
		}
		if err := b.sameDaemon(ctx, at); err != nil {
			if errors.Is(err, ErrForeign) {
				b.foreign = err
				return nil
			}
			return err
		}
		if b.Mirrored() != at {
			continue // a batch from before a crash was found
		}
		if err := b.Box.Append(ctx, b.Journal, batch, last.At, true); err != nil {
			return err
		}
		b.step(StepMirrored)
		if err := b.setMirrored(last.Seq); err != nil {
			return err
		}
	}
}

func (b *Bot) setMirrored(seq uint64) error {
	return b.Ledger.Update(func(tx *ledger.Tx) error { return mirrored.Put(tx, mirrorKey, seq) })
}

// sameDaemon looks at the newest batch: it is the one this ledger wrote last, or
// one it wrote and did not note before a crash; else somebody else writes here.
func (b *Bot) sameDaemon(ctx context.Context, at uint64) error {
	_, header, err := b.Box.Newest(ctx, b.Journal)
	if errors.Is(err, mailbox.ErrMissing) {
		return nil
	}
	if err != nil {
		return err
	}
	_, last, head, ok := readRange(header)
	if !ok {
		return nil // an empty folder, or no batch: not read
	}
	if err := b.knows(last, head); err != nil || last <= at {
		return err
	}
	return b.setMirrored(last) // appended before a crash, and not noted
}

// knows: entry seq of this ledger has this hash.
func (b *Bot) knows(seq uint64, hash string) error {
	return b.Ledger.View(func(tx *ledger.Tx) error {
		e, err := tx.Entry(seq)
		if err != nil || e.Hash() != hash {
			return ErrForeign
		}
		return nil
	})
}

// batch makes the mail of the entries after at; nil if there are none.
func (b *Bot) batch(at uint64) (raw []byte, last ledger.Entry, err error) {
	var lines bytes.Buffer
	var first uint64
	err = b.Ledger.View(func(tx *ledger.Tx) error {
		for e, err := range tx.Entries(at + 1) {
			if err != nil {
				return err
			}
			if first == 0 {
				first = e.Seq
			}
			line, err := e.Canonical()
			if err != nil {
				return err
			}
			lines.Write(line)
			lines.WriteByte('\n')
			if last = e; e.Seq-first+1 >= batchEntries || lines.Len() >= batchBytes {
				return nil
			}
		}
		return nil
	})
	if err != nil || first == 0 {
		return nil, last, err
	}
	return sealBatch(b.House, first, last, lines.Bytes()), last, nil
}

// sealBatch writes one batch as a mail.
func sealBatch(house intake.House, first uint64, last ledger.Entry, lines []byte) []byte {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write(lines) // a buffer takes all
	_ = z.Close()
	span := fmt.Sprintf("%d-%d %s", first, last.Seq, last.Hash())
	var m bytes.Buffer
	fmt.Fprintf(&m, "From: <%s>\r\nTo: <%s>\r\nSubject: anli journal %d-%d\r\nDate: %s\r\n", house.From, house.From, first, last.Seq, last.At.In(intake.Zone()).Format(time.RFC1123Z))
	fmt.Fprintf(&m, "Message-ID: <journal.%d.%s@%s>\r\n%s: %s\r\n%s: %s\r\n", last.Seq, last.Hash()[:16], house.Domain, rangeHeader, span, sealHeader, seal(house.Key, span, packed.Bytes()))
	m.WriteString("MIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\nContent-Type: application/gzip; name=\"journal.jsonl.gz\"\r\nContent-Transfer-Encoding: base64\r\n" +
		"Content-Disposition: attachment; filename=\"journal.jsonl.gz\"\r\n\r\n")
	text := base64.StdEncoding.EncodeToString(packed.Bytes())
	for len(text) > 0 {
		n := min(76, len(text))
		m.WriteString(text[:n] + "\r\n")
		text = text[n:]
	}
	return m.Bytes()
}

func seal(key []byte, span string, packed []byte) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte("anli journal\x00" + span + "\x00"))
	h.Write(packed)
	return hex.EncodeToString(h.Sum(nil))
}

// readRange reads a batch's header; ok is false if it is none.
func readRange(header []byte) (first, last uint64, hash string, ok bool) {
	h, err := textproto.NewReader(bufio.NewReader(bytes.NewReader(append(header, "\r\n\r\n"...)))).ReadMIMEHeader()
	if err != nil && len(h) == 0 {
		return 0, 0, "", false
	}
	n, err := fmt.Sscanf(h.Get(rangeHeader), "%d-%d %s", &first, &last, &hash)
	return first, last, hash, err == nil && n == 3
}

// openBatch gives the entries of a batch; ok is false if it is not sealed by
// this key: a look-alike, not read.
func openBatch(key []byte, raw []byte) (entries []ledger.Entry, ok bool) {
	head, body, found := bytes.Cut(raw, []byte("\r\n\r\n"))
	if !found {
		return nil, false
	}
	h, err := textproto.NewReader(bufio.NewReader(bytes.NewReader(append(head, "\r\n\r\n"...)))).ReadMIMEHeader()
	if err != nil && len(h) == 0 {
		return nil, false
	}
	packed, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(string(body)), ""))
	if err != nil || !hmac.Equal([]byte(h.Get(sealHeader)), []byte(seal(key, h.Get(rangeHeader), packed))) {
		return nil, false
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, false
	}
	for e, err := range ledger.ReadJournal(io.LimitReader(z, maxBatch)) {
		if err != nil {
			return nil, false
		}
		entries = append(entries, e)
	}
	return entries, true
}

// maxBatch bounds what one batch may unpack to.
const maxBatch = 1 << 30
