package unpack

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"

	"anli/parser/mail"

	"github.com/richardlehane/mscfb"
	"golang.org/x/text/unicode/norm"
)

// mail takes the attachments out of a saved mail, those of the mails in it too. It
// is read twice: names come only after the bytes.
func (o *opener) mail(at place, in io.ReaderAt, size int64) (opened bool, err error) {
	v := o.visit(at)
	read := func(store mail.Store) (mail.Message, error) {
		return mail.Read(&timed{io.NewSectionReader(in, 0, size), o}, mail.Limits{}, store)
	}
	msg, err := read(func(r io.Reader) (string, int64, error) {
		n, err := io.Copy(io.Discard, r)
		return "", n, err
	})
	if err != nil {
		return v.mailFailed(err)
	}
	next := 0
	_, err = read(func(r io.Reader) (string, int64, error) {
		a := msg.Attachments[next]
		next++
		if v.stopped {
			return "", a.Size, nil
		}
		_, err := v.stream(attachedEntry(a, next, r))
		return "", a.Size, err
	})
	if err != nil {
		return v.mailFailed(err)
	}
	if v.items == 0 && len(v.unsafe) == 0 {
		return v.broke("内无附件")
	}
	return v.finish()
}

func (v *visit) mailFailed(err error) (bool, error) {
	if errors.Is(err, errTime) {
		v.stop(tooLong)
		return v.kept > 0, v.sets()
	}
	return false, err
}

func attachedEntry(a mail.Attachment, n int, r io.Reader) entry {
	return entry{name: cmp.Or(a.Name, fmt.Sprintf("附件%d", n)), size: a.Size,
		open: func() (io.ReadCloser, string) { return io.NopCloser(r), "" }}
}

// The streams of a mail saved by Outlook, [MS-OXMSG] 2.2.2.1 and 2.1.3: a storage
// for each attachment, a stream for each property.
const (
	msgAttachment = "__attach_version1.0_"
	msgData       = "__substg1.0_37010102"
	msgLongName   = "__substg1.0_3707001F"
	msgShortName  = "__substg1.0_3704001F"
	msgDisplay    = "__substg1.0_3001001F"
	msgLongName8  = "__substg1.0_3707001E"
	msgShortName8 = "__substg1.0_3704001E"
)

// outlook takes the attachments out of a mail that Outlook saved.
func (o *opener) outlook(at place, in io.ReaderAt) (opened bool, err error) {
	v := o.visit(at)
	var doc *mscfb.Reader
	if err := guard(func() (err error) { doc, err = mscfb.New(in); return err }); err != nil {
		return v.broke("文件不完整或已损坏")
	}
	files, order := msgFiles(doc)
	for _, storage := range order {
		f := files[storage]
		if f.data == nil {
			continue
		}
		e := entry{name: cmp.Or(f.long, f.short, f.display, "未命名附件"), size: f.data.Size,
			open: func() (io.ReadCloser, string) { return io.NopCloser(&guarded{f.data}), "" }}
		if more, err := v.stream(e); err != nil || !more {
			return v.kept > 0, err
		}
	}
	if v.items == 0 && len(v.unsafe) == 0 {
		return v.broke("内无附件")
	}
	return v.finish()
}

// msgFile is what the storage of an attachment holds.
type msgFile struct {
	long, short, display string
	data                 *mscfb.File
}

func msgFiles(doc *mscfb.Reader) (files map[string]*msgFile, order []string) {
	files = map[string]*msgFile{}
	for _, s := range doc.File {
		if len(s.Path) == 0 || !strings.HasPrefix(s.Path[len(s.Path)-1], msgAttachment) || s.FileInfo().IsDir() {
			continue
		}
		where := strings.Join(s.Path, "/")
		f := files[where]
		if f == nil {
			f = &msgFile{}
			files[where], order = f, append(order, where)
		}
		switch s.Name {
		case msgData:
			f.data = s
		case msgLongName:
			f.long = wide(value(s))
		case msgShortName:
			f.short = wide(value(s))
		case msgDisplay:
			f.display = wide(value(s))
		case msgLongName8:
			f.long = cmp.Or(f.long, legacy(value(s)))
		case msgShortName8:
			f.short = cmp.Or(f.short, legacy(value(s)))
		}
	}
	return files, order
}

func value(f *mscfb.File) []byte {
	b, _ := io.ReadAll(io.LimitReader(&guarded{f}, pathMax))
	return b
}

// legacy reads a name in the code page of the sender's system.
func legacy(b []byte) string {
	return norm.NFC.String(guess([]string{strings.TrimRight(string(b), "\x00")})[0])
}
