package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/url"
	"os"
	"path"
	"strings"
	"time"

	"anli/intake"
	"anli/parser/mail"
)

// packer makes a parcel into a mail that the desk takes as brought in by staff. The
// same files give the same bytes, whenever and from wherever they are read.
type packer struct {
	key     []byte
	address string // the mailbox's own
	domain  string
	spool   string
	said    intake.Imported // what was said on the command line
}

// sealed is one mail, ready to be laid into the mailbox: head, then the spool.
type sealed struct {
	head  []byte
	size  int64
	spool string
}

// Room that a mail needs beside its files, generously.
const (
	roomMail   = 16 << 10
	roomMember = 512 // entries of the archive and of the list, and a long name
)

// encoded is the size of a file of n bytes as base64 in lines of 76.
func encoded(n int64) int64 { return (n + 56) / 57 * 78 }

// fit parts a parcel into mails of at most limit bytes. A file that fits into none is
// too large.
func (p parcel) fit(limit int64) (parts []parcel, large []member) {
	var size int64
	for _, m := range p.files {
		need := encoded(m.size+roomMember) + roomMember + 6*int64(len(m.name))
		if need+roomMail > limit {
			large = append(large, m)
			continue
		}
		if len(parts) == 0 || size+need > limit {
			part := p
			part.files = nil
			parts, size = append(parts, part), roomMail
		}
		last := &parts[len(parts)-1]
		last.files, size = append(last.files, m), size+need
	}
	for i := range parts {
		if len(parts) > 1 {
			parts[i].part = fmt.Sprintf("（%d）", i+1) // archives of one name would replace one another
		}
	}
	return parts, large
}

// identity is who a parcel is, before its mail is written.
type identity struct {
	id     string    // Message-ID, without angles
	sums   []string  // of its files
	newest time.Time // when the last of them was written
}

// identify derives the Message-ID from what was said and from names and content of the
// files, so that the same is never brought in twice. Nobody without the key can lay
// another mail in its place.
func (k packer) identify(p parcel) (who identity, err error) {
	type file struct{ Name, SHA256 string }
	var files []file
	for _, m := range p.files {
		sum, at, err := hashFile(m.disk)
		if err != nil {
			return who, err
		}
		if at.After(who.newest) {
			who.newest = at
		}
		files, who.sums = append(files, file{m.name, sum}), append(who.sums, sum)
	}
	raw, err := json.Marshal([]any{k.said.City, k.said.Case, k.said.Arrived, p.folder, p.beside, files})
	h := hmac.New(sha256.New, k.key)
	h.Write([]byte("anli import id\x00"))
	h.Write(raw)
	who.id = "import." + hex.EncodeToString(h.Sum(nil)[:16]) + "@" + k.domain
	return who, err
}

func hashFile(name string) (sum string, at time.Time, err error) {
	f, err := os.Open(name)
	if err != nil {
		return "", at, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", at, err
	}
	h := sha256.New()
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), info.ModTime(), err
}

// seal writes the mail of a parcel. place says which of several it is: （2/3）.
func (k packer) seal(p parcel, who identity, place string) (sealed, error) {
	said := k.said
	said.Basis, said.Beside = p.basis+"导入", p.beside
	date := who.newest // no clock: the same stick is the same mail
	if !said.Arrived.IsZero() {
		date = said.Arrived
	}
	boundary := "=_anli_" + strings.TrimPrefix(who.id[:strings.IndexByte(who.id, '@')], "import.")
	var head bytes.Buffer
	fmt.Fprintf(&head, "From: <%s>\r\nTo: <%s>\r\nSubject: %s\r\nDate: %s\r\nMessage-ID: <%s>\r\n", k.address, k.address,
		headerWords(place+said.City+said.Case+"材料（导入）："+p.name), date.In(intake.Zone()).Format(time.RFC1123Z), who.id)
	fmt.Fprintf(&head, "MIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\nContent-Type: multipart/mixed; boundary=\"%s\"\r\n", boundary)
	if err := k.writeBody(p, who.sums, boundary, importWords(said, p)); err != nil {
		return sealed{}, err
	}
	return k.sealOver(head.Bytes(), said)
}

// sealOver puts the seal over head and spool as the desk will read them.
func (k packer) sealOver(head []byte, said intake.Imported) (sealed, error) {
	f, err := os.Open(k.spool)
	if err != nil {
		return sealed{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return sealed{}, err
	}
	m, err := readMail(io.MultiReader(bytes.NewReader(append(bytes.Clone(head), "\r\n"...)), f))
	if err != nil {
		return sealed{}, err
	}
	s, err := intake.SealImport(k.key, said, m)
	head = fmt.Appendf(head, "%s: %s\r\n%s: %s\r\n\r\n", mail.ImportHeader, folded(s.Statement), mail.ImportSeal, s.Seal)
	return sealed{head: head, size: int64(len(head)) + info.Size(), spool: k.spool}, err
}

// importWords are for people who open the mail.
func importWords(said intake.Imported, p parcel) string {
	var b strings.Builder
	b.WriteString("本邮件由工作人员用 anli import 命令导入，供程序登记，请勿修改。\r\n")
	if said.City != "" {
		fmt.Fprintf(&b, "地市：%s\r\n", said.City)
	}
	fmt.Fprintf(&b, "来源：%s\r\n", said.Basis)
	if said.Case != "" {
		fmt.Fprintf(&b, "案例编号：%s\r\n", said.Case)
	}
	if !said.Arrived.IsZero() {
		fmt.Fprintf(&b, "到达时间：%s\r\n", said.Arrived.In(intake.Zone()).Format("2006-01-02 15:04"))
	}
	fmt.Fprintf(&b, "文件（%d个）：\r\n", len(p.files))
	for _, m := range p.files {
		fmt.Fprintf(&b, "%s（%s）\r\n", m.name, size(m.size))
	}
	return b.String()
}

// writeBody writes text and files into the spool.
func (k packer) writeBody(p parcel, sums []string, boundary, words string) error {
	f, err := os.Create(k.spool)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	fmt.Fprintf(w, "--%s\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n", boundary)
	err = inBase64(w, func(w io.Writer) error { _, err := io.WriteString(w, words); return err })
	if p.folder {
		err = errors.Join(err, attached(w, boundary, p.name+p.part+".zip", func(w io.Writer) error { return packed(w, p.files, sums) }))
	} else {
		for i, m := range p.files {
			err = errors.Join(err, attached(w, boundary, m.name, func(w io.Writer) error { return copied(w, m, sums[i]) }))
		}
	}
	fmt.Fprintf(w, "--%s--\r\n", boundary)
	return errors.Join(err, w.Flush(), f.Close())
}

func attached(w io.Writer, boundary, name string, write func(io.Writer) error) error {
	fmt.Fprintf(w, "--%s\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename*=UTF-8''%s\r\n\r\n",
		boundary, strings.ReplaceAll(url.PathEscape(path.Base(name)), "'", "%27"))
	return inBase64(w, write)
}

// inBase64 writes lines of 76 characters (RFC 2045, 6.8).
func inBase64(w io.Writer, write func(io.Writer) error) error {
	lines := &lineWriter{w: w}
	e := base64.NewEncoder(base64.StdEncoding, lines)
	err := errors.Join(write(e), e.Close())
	_, werr := io.WriteString(w, "\r\n")
	return errors.Join(err, werr)
}

type lineWriter struct {
	w  io.Writer
	at int
}

func (l *lineWriter) Write(p []byte) (n int, err error) {
	for len(p) > 0 && err == nil {
		if l.at == 76 {
			_, err = io.WriteString(l.w, "\r\n")
			l.at = 0
		}
		part := p[:min(len(p), 76-l.at)]
		if err == nil {
			_, err = l.w.Write(part)
		}
		n, l.at, p = n+len(part), l.at+len(part), p[len(part):]
	}
	return n, err
}

// packed writes files into an archive as they are: pictures, PDF and Word do not get
// smaller, and the bytes depend on no packer's skill.
func packed(w io.Writer, files []member, sums []string) error {
	z := zip.NewWriter(w)
	for i, m := range files {
		e, err := z.CreateHeader(&zip.FileHeader{Name: m.name, Method: zip.Store})
		if err != nil {
			return err
		}
		if err := copied(e, m, sums[i]); err != nil {
			return err
		}
	}
	return z.Close()
}

// errChanged: somebody writes to the stick.
var errChanged = errors.New("读取期间内容发生变化，请再次运行")

func copied(w io.Writer, m member, sum string) error {
	f, err := os.Open(m.disk)
	if err != nil {
		return err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(io.MultiWriter(w, h), f); err != nil {
		return err
	}
	if hex.EncodeToString(h.Sum(nil)) != sum {
		return fmt.Errorf("%s %w", m.disk, errChanged)
	}
	return nil
}

// headerWords are encoded words, a line each (RFC 2047); what is long is cut.
func headerWords(s string) string {
	const most = 100
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return strings.ReplaceAll(mime.BEncoding.Encode("utf-8", s), "?= =?", "?=\r\n =?")
}

// folded breaks a long value into lines.
func folded(s string) string {
	var b strings.Builder
	for len(s) > 70 {
		b.WriteString(s[:70] + "\r\n ")
		s = s[70:]
	}
	return b.String() + s
}
