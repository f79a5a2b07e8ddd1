package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"anli/parser/mail"
)

// original is one saved mail, spooled as it will lie in the mailbox.
type original struct {
	path  string
	n     int // of the mail in its mbox, from 1; 0: a file of its own
	spool string
	size  int64
	msg   mail.Message
}

// label is what people are told.
func (o original) label() string {
	if o.n == 0 {
		return o.path
	}
	return fmt.Sprintf("%s 第%d封", o.path, o.n)
}

// errLarge: a mail is larger than the division's server accepts.
var errLarge = errors.New("larger than [mailbox] max_mail")

// originals spools the mails of a file one after another and hands each to
// take. What is no mail, or too large, is told and left out.
func (s *stick) originals(f saved, spool string, limit int64, take func(original) error) error {
	in, err := os.Open(f.path)
	if err != nil {
		s.bad(f.path, plainWhy(err))
		return nil
	}
	defer in.Close()
	if f.kind != kindMbox {
		return s.original(original{path: f.path, spool: spool}, in, limit, take)
	}
	n := 0
	err = mail.Mbox(in, func(i int, m io.Reader) error {
		n = i
		return s.original(original{path: f.path, n: i, spool: spool}, m, limit, take)
	})
	switch {
	case errors.Is(err, mail.ErrMbox):
		s.bad(f.path, "不是mbox文件（首行不是From_行）")
	case err == nil && n == 0:
		s.bad(f.path, "是空文件")
	default:
		return err
	}
	return nil
}

func (s *stick) original(o original, r io.Reader, limit int64, take func(original) error) (err error) {
	o.size, err = spoolMail(o.spool, r, limit)
	switch {
	case errors.Is(err, errLarge):
		s.bad(o.label(), fmt.Sprintf("超过单封上限%dMB（[mailbox] max_mail）", limit>>20))
		return nil
	case errors.Is(err, errWrite):
		return err
	case err != nil:
		s.bad(o.label(), plainWhy(err))
		return nil
	case o.size == 0:
		s.bad(o.label(), "是空文件")
		return nil
	}
	if o.msg, err = readSpool(o.spool); err != nil {
		return err
	}
	if m := o.msg; len(m.From) == 0 && m.Subject == "" && m.Date.IsZero() && m.MessageID == "" && m.Received.IsZero() {
		s.bad(o.label(), "不是邮件（没有邮件头）")
		return nil
	}
	return take(o)
}

// errWrite: the temporary file could not be written.
var errWrite = errors.New("temporary file")

// spoolMail writes a mail with the line ends of IMAP. A file whose first line ends in
// LF was written so by its program and gets CRLF; else the bytes stay as they are.
func spoolMail(to string, r io.Reader, limit int64) (n int64, err error) {
	f, err := os.Create(to)
	if err != nil {
		return 0, fmt.Errorf("%w: %w", errWrite, err)
	}
	w := bufio.NewWriter(f)
	n, err = copyMail(w, bufio.NewReaderSize(r, 64<<10), limit)
	if werr := errors.Join(w.Flush(), f.Close()); werr != nil {
		return n, fmt.Errorf("%w: %w", errWrite, werr)
	}
	return n, err
}

func copyMail(w io.Writer, r *bufio.Reader, limit int64) (n int64, err error) {
	mend, begun, cr := false, false, false // cr: the piece before ended in one
	for {
		line, err := r.ReadSlice('\n')
		if err != nil && err != io.EOF && err != bufio.ErrBufferFull {
			return n, err
		}
		bare, ends := bytes.CutSuffix(line, []byte("\n"))
		if ends && !begun {
			begun, mend = true, !bytes.HasSuffix(bare, []byte("\r"))
		}
		if ends && mend && !bytes.HasSuffix(bare, []byte("\r")) && (len(bare) > 0 || !cr) {
			line = append(bytes.Clone(bare), "\r\n"...)
		}
		cr = bytes.HasSuffix(line, []byte("\r"))
		if n += int64(len(line)); n > limit {
			return n, errLarge
		}
		if _, werr := w.Write(line); werr != nil {
			return n, fmt.Errorf("%w: %w", errWrite, werr)
		}
		if err == io.EOF {
			return n, nil
		}
	}
}

// readSpool reads a spooled mail; its files are only hashed.
func readSpool(path string) (mail.Message, error) {
	f, err := os.Open(path)
	if err != nil {
		return mail.Message{}, err
	}
	defer f.Close()
	return readMail(f)
}

func readMail(r io.Reader) (mail.Message, error) {
	return mail.Read(r, mail.Limits{}, func(r io.Reader) (string, int64, error) {
		h := sha256.New()
		n, err := io.Copy(h, r)
		return hex.EncodeToString(h.Sum(nil)), n, err
	})
}

// arrival is when a saved mail arrived: the desk takes the mailbox's date for it, so
// a mail must not count as late because it is brought in late. Nothing arrives after
// now.
func (o original) arrival(said, now time.Time) time.Time {
	at := now
	if !said.IsZero() {
		return said
	}
	if told := arrivalOf(o.msg); !told.IsZero() {
		at = told
	}
	if at.After(now) {
		return now
	}
	return at
}

// arrivalOf is what a saved mail tells of its arrival; zero if nothing. The topmost
// Received header is the work of the server that took it; Date is the writer's own
// clock, for mails that passed no server.
func arrivalOf(m mail.Message) time.Time {
	if m.Received.IsZero() {
		return m.Date
	}
	return m.Received
}

// bare is a Message-ID without angles.
func bare(id string) string { return strings.Trim(id, "<>") }

// wrapped makes material of a saved mail: a file that the desk opens as it opens a
// forwarded one. The spool becomes that file.
func (o original) wrapped(to string) (parcel, error) {
	name := decoded(filepath.Base(o.path))
	if o.n > 0 || !strings.EqualFold(filepath.Ext(name), ".eml") {
		name = fmt.Sprintf("%s-%d.eml", name, max(o.n, 1))
	}
	err := os.Rename(o.spool, to)
	return parcel{path: o.label(), name: name, basis: "邮件文件“" + name + "”", mail: true, files: []member{{to, name, o.size}}}, err
}
