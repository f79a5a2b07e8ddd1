package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"time"

	"anli/intake"
	"anli/intake/outbox"
	"anli/parser/mail"
)

// mail brings in one mail as it is, or, where the operator says whose material it
// holds, inside a mail of ours.
func (im *importer) mail(ctx context.Context, p string) error {
	info, err := os.Stat(p)
	if err != nil {
		im.problem("%s：%v", p, err)
		return nil
	}
	if info.Size() > im.most() {
		im.problem("%s：%s，超过邮箱单封上限（%d MB），未导入", p, size(info.Size()), im.most()>>20)
		return nil
	}
	raw, err := os.ReadFile(p)
	if err != nil {
		im.problem("%s：%v", p, err)
		return nil
	}
	return im.rawMail(ctx, p, raw)
}

// mbox brings in each mail of an mbox.
func (im *importer) mbox(ctx context.Context, p string) error {
	f, err := os.Open(p)
	if err != nil {
		im.problem("%s：%v", p, err)
		return nil
	}
	defer f.Close()
	n := 0
	err = mail.Mbox(f, int(im.most()), func(raw []byte) error {
		n++
		return im.rawMail(ctx, fmt.Sprintf("%s 第%d封", p, n), raw)
	}, func(n int) {
		im.problem("%s 第%d封：超过邮箱单封上限（%d MB），未导入", p, n, im.most()>>20)
	})
	if errors.Is(err, mail.ErrMbox) {
		im.problem("%s：不是mbox文件（%s）", p, oneLine(err))
		return nil
	}
	return err
}

// rawMail adds a mail with the line ends of RFC 5322 and nothing else changed. Its
// time of arrival is the one the last server wrote into it (the topmost Received):
// that is when it came, wherever it lay since. Without one, its Date; else now.
func (im *importer) rawMail(ctx context.Context, what string, raw []byte) error {
	raw = bytes.ReplaceAll(bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil || m.Header.Get("From") == "" {
		im.problem("%s：不是邮件（没有可读的邮件头），未导入", what)
		return nil
	}
	if im.placed() {
		return im.parcel(ctx, parcel{title: filepath.Base(what), from: "邮件", files: []source{{name: "原始邮件.eml", size: int64(len(raw)), at: im.cameAt(m.Header)}}}, raw)
	}
	return im.put(ctx, what, raw, m.Header.Get("Message-ID"), im.cameAt(m.Header))
}

func (im *importer) cameAt(h netmail.Header) time.Time {
	if !im.arrived.IsZero() {
		return im.arrived
	}
	if list := h["Received"]; len(list) > 0 {
		_, date, _ := cutLast(list[0], ";")
		if t, err := netmail.ParseDate(strings.TrimSpace(date)); err == nil && t.Before(im.now) {
			return t
		}
	}
	if t, err := h.Date(); err == nil && t.Before(im.now) {
		return t
	}
	return im.now
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// parcel writes the mails that bring a parcel; given are the bytes of its files where
// they do not lie on disk.
func (im *importer) parcel(ctx context.Context, p parcel, given ...[]byte) error {
	parts := im.parts(p)
	for i, files := range parts {
		data := given
		if given == nil {
			data = nil
			for _, f := range files {
				b, err := os.ReadFile(f.path)
				if err != nil {
					im.problem("%s：%v", f.path, err)
					b = nil
				}
				data = append(data, b)
			}
		}
		files, data = readable(files, data)
		if len(files) == 0 {
			continue
		}
		if err := im.part(ctx, p, files, data, i+1, len(parts)); err != nil {
			return err
		}
	}
	return nil
}

// readable leaves out what could not be read: it has been told.
func readable(files []source, data [][]byte) (f []source, d [][]byte) {
	for i := range files {
		if data[i] != nil || files[i].size == 0 {
			f, d = append(f, files[i]), append(d, data[i])
		}
	}
	return f, d
}

// parts parts a parcel so that each mail stays below the server's limit: base64 takes
// a third more.
func (im *importer) parts(p parcel) (out [][]source) {
	most, room := im.most()*7/10, int64(-1)
	for _, f := range p.files {
		if f.size > most {
			im.problem("%s：%s，超过邮箱单封上限（%d MB），未导入；可压缩为分卷后再导入", firstText(f.path, p.title), size(f.size), im.most()>>20)
			continue
		}
		if room -= f.size; room < 0 {
			out, room = append(out, nil), most-f.size
		}
		out[len(out)-1] = append(out[len(out)-1], f)
	}
	return out
}

// part writes one mail. It holds no time but those of its files, so that a second run
// makes the same mail and finds it.
func (im *importer) part(ctx context.Context, p parcel, files []source, data [][]byte, n, of int) error {
	order := im.order
	order.From = "（" + p.from + "）"
	order.Count, order.Place = of, n
	d, err := im.draft(p, files, data, order)
	if err != nil {
		return err
	}
	plain, err := outbox.Render(d)
	if err != nil {
		im.problem("%s：%s", p.title, oneLine(err))
		return nil
	}
	m, err := mail.Read(bytes.NewReader(plain), mail.Limits{}, hashOnly)
	if err != nil {
		return err
	}
	d.Extra = map[string]string{intake.ImportHeader: order.Seal(im.key, m.Substance)}
	raw, err := outbox.Render(d)
	if err != nil {
		return err
	}
	return im.put(ctx, p.title, raw, d.MessageID, im.now)
}

func hashOnly(r io.Reader) (string, int64, error) {
	h := sha256.New()
	n, err := io.Copy(h, r)
	return hex.EncodeToString(h.Sum(nil)), n, err
}

func (im *importer) draft(p parcel, files []source, data [][]byte, order intake.Import) (outbox.Draft, error) {
	address := im.config.Settings.Mailbox.Address
	_, domain, _ := strings.Cut(address, "@")
	d := outbox.Draft{To: address, FromAddr: address, FromName: im.config.Name, Date: time.Date(2000, 1, 1, 0, 0, 0, 0, intake.Zone())}
	h := sha256.New()
	fmt.Fprintf(h, "%+v %q\n", order, p.title)
	var names []string
	for i, f := range files {
		fmt.Fprintf(h, "%q %x\n", f.name, sha256.Sum256(data[i]))
		names = append(names, "· "+f.name+"　"+size(f.size))
		if f.at.After(d.Date) && f.at.Before(im.now) {
			d.Date = f.at.In(intake.Zone()).Truncate(time.Second)
		}
	}
	d.Key = "import/" + hex.EncodeToString(h.Sum(nil))
	d.MessageID = outbox.MessageID(im.key, d.Key, address, domain)
	d.Subject = "导入材料 " + firstText(order.City, order.Case) + "：" + p.title
	if order.Count > 1 {
		d.Subject += fmt.Sprintf("（第%d封/共%d封）", order.Place, order.Count)
	}
	d.Text = "由运维人员以 anli import 导入" + order.From + "，共" + fmt.Sprint(len(files)) + "个文件：\n" + strings.Join(names, "\n")
	if !p.folder {
		for i, f := range files {
			d.Attachments = append(d.Attachments, outbox.Attachment{Name: filepath.Base(f.name), Data: data[i]})
		}
		return d, nil
	}
	archive, err := packed(files, data)
	if err != nil {
		return d, err
	}
	d.Attachments = []outbox.Attachment{{Name: p.title + ".zip", Type: "application/zip", Data: archive}}
	return d, nil
}
