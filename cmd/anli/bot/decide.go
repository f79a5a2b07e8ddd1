package bot

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"anli/intake"
	"anli/intake/ledger"
	"anli/intake/outbox"
	"anli/parser/mail"
	"anli/review"
)

// Kinds of entries. An entry's data is always an intake.Change: the result.
const (
	KindSettings = "settings" // what the configuration says, where it changed
	KindMail     = "mail"     // a mail was taken; cause is its SHA-256
	KindJob      = "job"      // something was due; cause is the job's key
	KindFate     = "fate"     // what became of a letter; cause is its key
)

// Arrival is what the mailbox says of a mail, at first sight and for ever.
type Arrival struct {
	SHA256 string
	At     time.Time // INTERNALDATE
	Folder string
	Size   int64
}

// What a record keeps of headers: characters of a subject, bytes of an address or
// id (RFC 5322 lines have 998), entries of a list.
const (
	keptSubject = 500
	keptID      = 250
	keptList    = 100
)

// keptText is how much of a writer's own text the record keeps, in characters;
// all of it is in the blob.
const keptText = 2000

// house is what decisions get: files are read from the ledger's own blobs.
func (b *Bot) house() intake.House { return WithBlobs(b.House, b.Ledger.Blobs()) }

// WithBlobs is a house whose decisions read the files of these blobs.
func WithBlobs(h intake.House, blobs *ledger.Blobs) intake.House {
	h.Blob, h.Size = blobReader(blobs), blobs.Size
	return h
}

// blobReader reads a blob whole.
func blobReader(b *ledger.Blobs) func(sha string) ([]byte, error) {
	return func(sha string) ([]byte, error) {
		f, err := b.Open(sha)
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(f)
		return data, errors.Join(err, f.Close())
	}
}

// decideMail decides on one mail: a pure function of the ledger, the mail, its
// arrival and the readings of its files. Replay calls it with the recorded ones,
// and with the marks of secrecy that were found, of which no reading is kept.
func decideMail(tx *ledger.Tx, house intake.House, arrival Arrival, msg mail.Message, readings []intake.Reading, was *intake.Seal) (intake.Result, error) {
	s, err := intake.Sit(tx, arrival.At, house)
	if err != nil {
		return intake.Result{}, err
	}
	s.Learn(readings)
	bench, err := review.Sit(tx, s)
	if err != nil {
		return intake.Result{}, err
	}
	a := &arrived{msg: msg, whole: msg, sitting: s, bench: bench, record: s.Record(record(arrival, msg))}
	a.record.Stock = !s.Live()
	if a.pieces, err = pieces(tx, a.record.From, msg, s.Reading); err != nil {
		return intake.Result{}, err
	}
	if marks, err := a.marks(tx, was); err != nil || len(marks) > 0 {
		return a.seal(tx, marks, err)
	}
	a.record.Files = a.pieces
	if err := a.sameMail(tx); err != nil {
		return intake.Result{}, err
	}
	if err := a.gather(tx); err != nil {
		return intake.Result{}, err
	}
	a.record.Route = a.route()
	if a.record.Route == intake.RouteCopy {
		a.record.Reason = "同一封邮件的副本"
	}
	return bench.Result()
}

func record(arrival Arrival, msg mail.Message) intake.Mail {
	m := intake.Mail{SHA256: arrival.SHA256, Substance: msg.Substance, Subject: cutText(msg.Subject, keptSubject), Arrival: arrival.At.In(intake.Zone()),
		Sent: msg.Date, Folder: arrival.Folder, Size: arrival.Size, Fresh: cutText(msg.Fresh, keptText)}
	if !m.Sent.IsZero() {
		m.Sent = m.Sent.In(intake.Zone())
	}
	if len(msg.MessageID) <= keptID {
		m.MessageID = msg.MessageID // else it is told from others by its substance
	}
	if m.From = sender(msg); len(msg.From) > 0 {
		m.Name = cutText(msg.From[0].Name, keptID)
	}
	for _, c := range append(append([]mail.Address{}, msg.To...), msg.Cc...) {
		if len(m.Cc) < keptList && len(c.Addr) <= keptID {
			m.Cc = append(m.Cc, strings.ToLower(c.Addr))
		}
	}
	for _, id := range append(append([]string{}, msg.InReplyTo...), msg.References...) {
		if len(m.Refs) < keptList && len(id) <= keptID {
			m.Refs = addOnce(m.Refs, id)
		}
	}
	return m
}

// sender is the address as the record keeps it.
func sender(msg mail.Message) string {
	if len(msg.From) == 0 {
		return ""
	}
	return cutText(strings.ToLower(msg.From[0].Addr), keptID)
}

func cutText(s string, n int) string {
	r := []rune(s)
	if len(r) > n {
		return string(r[:n])
	}
	return s
}

// pieces lists the files of a mail, archives opened, with the names they have. An
// archive in several files is opened with those that the sender's earlier mails
// brought.
func pieces(tx *ledger.Tx, from string, msg mail.Message, reading func(string) intake.Reading) ([]intake.Piece, error) {
	files := attached(msg)
	var earlier []intake.Piece
	if intake.HasVolumes(files, reading) {
		mails, err := mailsOf(tx, from)
		if err != nil {
			return nil, err
		}
		earlier = intake.OpenVolumes(mails, reading)
	}
	return intake.Opened(files, earlier, reading), nil
}

// mailsOf are a sender's mails so far, the newest first.
func mailsOf(tx *ledger.Tx, from string) ([]intake.Mail, error) {
	var out []intake.Mail
	err := intake.NewTables().Mails.Each(tx, "", func(_ string, m intake.Mail) error {
		if from != "" && m.From == from {
			out = append(out, m)
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b intake.Mail) int {
		return cmp.Or(b.Arrival.Compare(a.Arrival), strings.Compare(a.SHA256, b.SHA256))
	})
	return out, err
}

// attached lists what hangs on a mail, each with a name of its own.
func attached(msg mail.Message) []intake.Piece {
	var out []intake.Piece
	taken := map[string]bool{}
	for _, at := range msg.Attachments {
		name := cmp.Or(at.Name, "未命名附件")
		for n := 2; taken[name]; n++ {
			name = numbered(cmp.Or(at.Name, "未命名附件"), n)
		}
		taken[name] = true
		out = append(out, intake.Piece{Path: name, Bytes: at.Size, SHA256: at.SHA256, Damaged: damage(at.Damaged), Inline: at.Inline})
	}
	return out
}

func damage(s string) string {
	if s == "" {
		return ""
	}
	return "附件在传输中不完整"
}

// numbered gives the second file of one name another.
func numbered(name string, n int) string {
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		return fmt.Sprintf("%s (%d)%s", name[:i], n, name[i:])
	}
	return fmt.Sprintf("%s (%d)", name, n)
}

// bouncedLetter finds the letter a delivery failure is about.
func (a *arrived) bouncedLetter() (outbox.Letter, bool) {
	if a.msg.Bounce != nil && a.msg.Bounce.MessageID != "" {
		for _, l := range a.anybody {
			if l.MessageID == strings.Trim(a.msg.Bounce.MessageID, "<>") {
				return l, true
			}
		}
	}
	if len(a.anybody) == 1 {
		return a.anybody[0], true
	}
	return outbox.Letter{}, false
}
