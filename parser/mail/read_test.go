package mail

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
)

const standard = "From: a@b.test\nSubject: t\nDate: Tue, 15 Oct 2024 10:21:33 +0800\nMIME-Version: 1.0\n"

// touched counts the bytes that were read of a mail.
type touched struct {
	r io.Reader
	n int64
}

func (c *touched) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

func TestDeepNesting(t *testing.T) {
	var b strings.Builder
	b.WriteString(standard)
	for i := range 20_000 {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=B%d\n\n--B%d\n", i, i)
	}
	b.WriteString("\nbottom\n")
	m := mustRead(t, []byte(b.String()))
	if len(m.Attachments) != 1 || !strings.Contains(m.Attachments[0].Damaged, "more than 20 deep") {
		t.Errorf("what is below the limit must be kept whole, got %+v", m.Attachments)
	}
	allocated := testing.AllocsPerRun(1, func() { mustRead(t, []byte(b.String())) })
	if allocated > 20_000 {
		t.Errorf("%v allocations: the cost must not grow with the depth", allocated)
	}
}

func TestDeepForwards(t *testing.T) {
	raw := standard + strings.Repeat("Content-Type: message/rfc822\n\nFrom: a@b.test\n", 20_000) + "\nbottom\n"
	m := mustRead(t, []byte(raw))
	if len(m.Forwards) != 20 || len(m.Attachments) != 1 || m.Attachments[0].Forward != 20 {
		t.Errorf("%d forwards, attachments %+v", len(m.Forwards), m.Attachments)
	}
}

func TestManyParts(t *testing.T) {
	raw := standard + "Content-Type: multipart/mixed; boundary=B\n\n" + strings.Repeat("--B\nContent-Type: a/b\n\nx\n", 300_000) + "--B--\n"
	m := mustRead(t, []byte(raw))
	if len(m.Attachments) != 499 { // and the multipart itself
		t.Errorf("%d attachments, want 499", len(m.Attachments))
	}
	if w := fmt.Sprint(m.Warnings); !strings.Contains(w, "more than 500 parts") {
		t.Errorf("warnings %s", w)
	}
}

func TestLimits(t *testing.T) {
	big := "X-Junk: " + strings.Repeat("x", 3000) + "\n"
	m, err := Read(strings.NewReader("From: a@b.test\n"+big+"Subject: lost\n\nbody\n"), Limits{Header: 1000}, keep)
	if err != nil || m.Text != "body" || m.From == nil || m.Subject != "" || len(m.Warnings) == 0 {
		t.Errorf("long header: %+v %v", m, err)
	}
	m, err = Read(strings.NewReader(standard+"\n"+strings.Repeat("一二三四\n", 1000)), Limits{Text: 100}, keep)
	if err != nil || len(m.Text) > 100 || strings.ContainsRune(m.Text, '\ufffd') || !strings.Contains(fmt.Sprint(m.Warnings), "cut at 100") {
		t.Errorf("long text: %d bytes %q %v", len(m.Text), m.Warnings, err)
	}
	two := standard + "Content-Type: multipart/mixed; boundary=B\n\n--B\n\n" + strings.Repeat("x", 80) + "\n--B\n\n" + strings.Repeat("y", 80) + "\n--B--\n"
	if m, _ = Read(strings.NewReader(two), Limits{Text: 100}, keep); strings.Count(m.Text, "y") != 20 {
		t.Errorf("the limit is for all parts together: %q", m.Text)
	}
}

// zeros gives n bytes of base64 in lines without holding them.
type zeros struct{ left int64 }

var zeroLine = []byte(strings.Repeat("A", 76) + "\r\n")

func (z *zeros) Read(p []byte) (int, error) {
	n := 0
	for z.left > 0 && len(p)-n >= len(zeroLine) {
		n += copy(p[n:], zeroLine)
		z.left -= int64(len(zeroLine))
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// A file of 100 MB goes through in pieces, also within a forwarded mail.
func TestLargeAttachmentIsStreamed(t *testing.T) {
	part := "Content-Disposition: attachment; filename=a.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n"
	head := standard + "Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n"
	for name, opening := range map[string]string{
		"file":      head + part,
		"forwarded": head + "Content-Type: message/rfc822\r\n\r\nFrom: c@d.test\r\nContent-Type: multipart/mixed; boundary=C\r\n\r\n--C\r\n" + part,
	} {
		r := io.MultiReader(strings.NewReader(opening), &zeros{left: 137 << 20}, strings.NewReader("--B--\r\n"))
		longest := 0
		store := func(r io.Reader) (string, int64, error) {
			buf := make([]byte, 1<<20)
			total := int64(0)
			for {
				n, err := r.Read(buf)
				total += int64(n)
				longest = max(longest, n)
				if err == io.EOF {
					return "x", total, nil
				} else if err != nil {
					return "", 0, err
				}
			}
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		m, err := Read(r, Limits{}, store)
		runtime.ReadMemStats(&after)
		if err != nil || len(m.Attachments) != 1 || m.Attachments[0].Size < 100<<20 {
			t.Fatalf("%s: %+v %v", name, m.Attachments, err)
		}
		if got := after.TotalAlloc - before.TotalAlloc; got > 4<<20 {
			t.Errorf("%s: %d bytes allocated in all for a file of %d", name, got, m.Attachments[0].Size)
		}
		if longest > 1<<20 {
			t.Errorf("%s: a piece of %d bytes", name, longest)
		}
	}
}

// A line without end, of header, text, base64 or quoted-printable, costs no more
// than the limits say.
func TestEndlessLines(t *testing.T) {
	const size = 32 << 20
	for name, opening := range map[string]string{
		"header": "From: a@b.test\nX: ",
		"text":   standard + "\n",
		"base64": standard + "Content-Type: a/b\nContent-Transfer-Encoding: base64\n\n",
		"qp":     standard + "Content-Type: a/b\nContent-Transfer-Encoding: quoted-printable\n\n",
		"parts":  standard + "Content-Type: multipart/mixed; boundary=B\n\n",
	} {
		r := io.MultiReader(strings.NewReader(opening), io.LimitReader(repeat("A=41"), size))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Read(r, Limits{Text: 1 << 20, Header: 1 << 20}, keep)
		runtime.ReadMemStats(&after)
		if got := after.TotalAlloc - before.TotalAlloc; err != nil || got > 28<<20 {
			t.Errorf("%s: %d bytes allocated for a line of %d, %v", name, got, size, err)
		}
	}
}

// repeat is a text repeated for ever.
type repeat string

func (s repeat) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		n += copy(p[n:], s)
	}
	return n, nil
}

func TestOurFailures(t *testing.T) {
	broken := errors.New("disk gone")
	raw := standard + "Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: a/b\nContent-Transfer-Encoding: base64\n\n" +
		strings.Repeat("QUJD\n", 100) + "--B\n\ntext\n--B--\n"
	for _, at := range []int{0, 30, 140, 200, 400} {
		r := io.MultiReader(strings.NewReader(raw[:at]), iotest.ErrReader(broken))
		stored := 0
		_, err := Read(r, Limits{}, func(r io.Reader) (string, int64, error) {
			sum, n, err := keep(r)
			if err == nil {
				stored++
			}
			return sum, n, err
		})
		if !errors.Is(err, broken) {
			t.Errorf("reading fails at %d: got %v", at, err)
		}
		if stored != 0 {
			t.Errorf("reading fails at %d: a part of a file was stored as whole", at)
		}
	}
	src := &touched{r: strings.NewReader(raw)}
	_, err := Read(src, Limits{}, func(io.Reader) (string, int64, error) { return "", 0, broken })
	if !errors.Is(err, broken) {
		t.Errorf("storing fails: got %v", err)
	}
	m, err := Read(strings.NewReader(raw), Limits{}, func(io.Reader) (string, int64, error) { return "x", 0, nil })
	if err != nil || m.Text != "text" {
		t.Errorf("a store that does not read to the end: %q %v", m.Text, err)
	}
	if m, err = Read(iotest.OneByteReader(strings.NewReader(raw)), Limits{}, keep); err != nil || m.Attachments[0].Size != 300 {
		t.Errorf("byte by byte: %+v %v", m.Attachments, err)
	}
}

// The same content in another wrapping is the same substance; other content is not.
func TestSubstance(t *testing.T) {
	build := func(head, boundary, encoding, text, file string) Message {
		if encoding == "base64" {
			text = base64.StdEncoding.EncodeToString([]byte(text))
		}
		return mustRead(t, []byte(head+"Content-Type: multipart/mixed; boundary="+boundary+"\n\n--"+boundary+
			"\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: "+encoding+"\n\n"+text+"\n--"+boundary+
			"\nContent-Type: a/b\nContent-Transfer-Encoding: base64\n\n"+base64.StdEncoding.EncodeToString([]byte(file))+"\n--"+boundary+"--\n"))
	}
	first := build(standard, "B", "8bit", "正文", "file").Substance
	for name, other := range map[string]Message{
		"trace headers": build("Received: x\nReturn-Path: <a@b.test>\nX-Spam: no\n"+standard, "B", "8bit", "正文", "file"),
		"boundary":      build(standard, "other", "8bit", "正文", "file"),
		"encoding":      build(standard, "B", "base64", "正文", "file"),
		"zone":          build(strings.Replace(standard, "10:21:33 +0800", "02:21:33 +0000", 1), "B", "8bit", "正文", "file"),
	} {
		if other.Substance != first {
			t.Errorf("another %s changes the substance", name)
		}
	}
	seen := map[string]string{first: "the first"}
	for name, other := range map[string]Message{
		"text":    build(standard, "B", "8bit", "正文二", "file"),
		"file":    build(standard, "B", "8bit", "正文", "file2"),
		"subject": build(strings.Replace(standard, "Subject: t", "Subject: u", 1), "B", "8bit", "正文", "file"),
		"from":    build(strings.Replace(standard, "a@b.test", "c@b.test", 1), "B", "8bit", "正文", "file"),
		"date":    build(strings.Replace(standard, "10:21:33", "10:21:34", 1), "B", "8bit", "正文", "file"),
	} {
		if same, dup := seen[other.Substance]; dup {
			t.Errorf("another %s has the substance of %s", name, same)
		}
		seen[other.Substance] = name
	}
}

// fiveMB is a usual submission: text, HTML, a document, a scan.
func fiveMB() []byte {
	var b bytes.Buffer
	b.WriteString(standard + "Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: multipart/alternative; boundary=C\r\n\r\n" +
		"--C\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n您好，现报送材料。\r\n--C\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<div>您好，现报送材料。</div>\r\n--C--\r\n")
	for i := range 2 {
		fmt.Fprintf(&b, "--B\r\nContent-Type: application/pdf; name=\"%d.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\n", i)
		for range (5 << 20) / 2 / len(zeroLine) {
			b.Write(zeroLine)
		}
	}
	b.WriteString("--B--\r\n")
	return b.Bytes()
}

func BenchmarkRead5MB(b *testing.B) {
	raw := fiveMB()
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(bytes.NewReader(raw), Limits{}, discard); err != nil {
			b.Fatal(err)
		}
	}
}

// discard is a store without the cost of hashing.
func discard(r io.Reader) (string, int64, error) {
	n, err := io.Copy(io.Discard, r)
	return "", n, err
}

// What would take minutes if any step were quadratic. The bound is the test's
// own time limit; what is compared is that all of it was read.
func TestHostileTextIsReadToItsEnd(t *testing.T) {
	const n = 1 << 18
	fill := func(s string) string { return strings.Repeat(s, n/len(s)) }
	for name, raw := range map[string]string{
		"open words":      "Subject: " + fill("=?a?b?") + "?=\n\nend",
		"words in To":     "To: " + fill("=?") + "\n\nend",
		"addresses":       "To: " + fill("a@b.c,") + "\n\nend",
		"quotes":          "To: " + fill(`"a" <`) + "\n\nend",
		"semicolons":      "Content-Type: text/plain" + fill(";") + "x=1\n\nend",
		"quoted quotes":   `Content-Type: text/plain; x="` + fill(`" `) + "\n\nend",
		"segments":        "Content-Type: text/plain" + fill("; x*1*=%41") + "\n\nend",
		"bad header":      fill("x\n") + "From: a@b.test\n\nend",
		"fields":          "From: a@b.test\n" + fill("A: b\n") + "\nend",
		"closing":         standard + "Content-Type: multipart/mixed; boundary=B\n\n--B\n\nend\n" + fill("--B--\n"),
		"preamble dashes": standard + "Content-Type: multipart/mixed; boundary=B\n\n" + fill("--A\n") + "--B\n\nend\n--B--\n",
		"From blocks":     standard + "\n" + fill("From:\nDate:\n") + "end",
		"signatures":      standard + "\n" + fill("--\nx\n") + "end",
		"rulers":          standard + "\n" + fill("-----\n\n") + "end",
		"wrote":           standard + "\n" + fill("a@b wrote:\nx\n") + "end",
		"quote marks":     standard + "\n" + fill("> x\n") + "end",
		"one line":        standard + "\n" + fill("发件人在写道") + "end",
		"html tables":     standard + "Content-Type: text/html\n\n" + fill("<table><tr><td>x") + "end",
		"html breaks":     standard + "Content-Type: text/html\n\n<table><tr><td>" + fill("<br>") + "end",
		"html links":      standard + "Content-Type: text/html\n\n" + fill(" href=http:x") + "end",
		"flowed":          standard + "Content-Type: text/plain; format=flowed\n\n" + fill("> x \n") + "end",
	} {
		limits := Limits{Header: 4 << 20}
		m, err := Read(strings.NewReader(raw), limits, keep)
		if err != nil || !strings.HasSuffix(m.Text, "end") {
			t.Errorf("%s: %v, text ends with %.40q", name, err, m.Text[max(0, len(m.Text)-40):])
		}
		if _, err := Read(bytes.NewReader(crlf([]byte(raw))), limits, keep); err != nil {
			t.Errorf("%s with CRLF: %v", name, err)
		}
	}
}
