package bot

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"runtime"
	"testing"

	"archive/zip"

	"anli/cmd/anli/demo/sample"
	"anli/intake"
	"anli/intake/ledger"
)

// peakLimit is what the daemon may need for one mail of 100 MB.
const peakLimit = 96 << 20

// TestMemory has a process receive a mail of 100 MB: fetch, store, take apart,
// unpack, decide, commit, report. Nothing of that may hold the mail.
func TestMemory(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("VmHWM is Linux's")
	}
	for name, c := range map[string]struct {
		raw   func(n int) []byte
		files int
	}{"archive": {largeMail, 2}, "text": {largeText, 0}} {
		t.Run(name, func(t *testing.T) {
			p := newPlay(t, "", posting{})
			raw := c.raw(100 << 20)
			if err := p.office.Append(sample.Mailbox, "INBOX", raw, day(14, 8, 0)); err != nil {
				t.Fatal(err)
			}
			p.desk = hire(t, p.posting)
			p.order("start")
			idle := p.last.Peak
			p.order("turn")
			if err := p.desk.dismiss(); err != nil {
				t.Fatal(err)
			}
			p.received(int64(len(raw)), c.files)
			t.Logf("peak %.1f MB, %.1f MB at the start; the largest child of the cage at most %.1f MB", float64(p.last.Peak)/1e6, float64(idle)/1e6, float64(p.last.Child)/1e6)
			if p.last.Peak == 0 || p.last.Peak > peakLimit {
				t.Errorf("the peak is %d bytes, the limit %d", p.last.Peak, peakLimit)
			}
		})
	}
}

// received: the one mail is recorded, with its size and files.
func (c *play) received(size int64, files int) {
	c.t.Helper()
	b, end := c.open()
	defer end()
	n := 0
	err := b.Ledger.View(func(tx *ledger.Tx) error {
		return intake.NewTables().Mails.Each(tx, "", func(_ string, m intake.Mail) error {
			n++
			if m.Size != size || len(m.Files) != files {
				c.t.Errorf("a mail of %d bytes and %d files, want %d and %d", m.Size, len(m.Files), size, files)
			}
			return nil
		})
	})
	if err != nil || n != 1 {
		c.t.Errorf("%d mails, %v", n, err)
	}
}

// largeText is a mail of about n bytes that is nothing but text.
func largeText(n int) []byte {
	const line = "这一行没有什么内容，只是很长的正文中的一行。\r\n"
	head := fmt.Sprintf("From: <%s>\r\nTo: <%s>\r\nSubject: long\r\nDate: Mon, 14 Oct 2024 08:00:00 +0800\r\nMessage-ID: <long@fs.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n",
		sample.BureauOf("佛山市").Address, sample.Mailbox)
	return append([]byte(head), bytes.Repeat([]byte(line), n/len(line))...)
}

// largeMail is a mail of about n bytes: one archive that stores one file, which
// does not compress.
func largeMail(n int) []byte {
	const lineBytes = 57 // 76 characters of base64
	content := make([]byte, n/78*lineBytes-1000)
	noise(content, 1)
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	h := &zip.FileHeader{Name: "宣传图片1.png", Method: zip.Store, CRC32: crc32.ChecksumIEEE(content),
		CompressedSize64: uint64(len(content)), UncompressedSize64: uint64(len(content))}
	w, err := z.CreateRaw(h)
	if err == nil {
		_, err = w.Write(content)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		panic(fmt.Sprintf("zip: %v", err))
	}
	b := sample.BureauOf("佛山市")
	var m bytes.Buffer
	m.Grow(n + n/50)
	fmt.Fprintf(&m, "From: <%s>\r\nTo: <%s>\r\nSubject: %s\r\nDate: Mon, 14 Oct 2024 08:00:00 +0800\r\nMessage-ID: <large@fs.example>\r\nMIME-Version: 1.0\r\n",
		b.Address, sample.Mailbox, "=?utf-8?B?"+base64.StdEncoding.EncodeToString([]byte("优秀案例材料"))+"?=")
	m.WriteString("Content-Type: application/zip; name=\"a.zip\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"a.zip\"\r\n\r\n")
	out := bufio.NewWriter(&m)
	for rest := packed.Bytes(); len(rest) > 0; {
		k := min(lineBytes, len(rest))
		fmt.Fprintf(out, "%s\r\n", base64.StdEncoding.EncodeToString(rest[:k]))
		rest = rest[k:]
	}
	if err := out.Flush(); err != nil {
		panic(fmt.Sprintf("mail: %v", err))
	}
	return m.Bytes()
}

// noise fills p with bytes that do not compress, the same ones each time.
func noise(p []byte, seed byte) {
	if _, err := io.ReadFull(rand.NewChaCha8([32]byte{seed}), p); err != nil {
		panic(err)
	}
}
