package mail

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

const twoMails = `From swj@fs.example Tue Oct 15 10:21:00 2024
From: swj@fs.example
Subject: a

>From here on it is text.
>>From twice.
From the office, no date: text

From nobody
last

From - Tue Oct 15 10:22:00 2024
Subject: b

second
`

func mails(t *testing.T, text string, most int) (out []string, long []int, err error) {
	t.Helper()
	err = Mbox(strings.NewReader(text), most, func(raw []byte) error { out = append(out, string(raw)); return nil }, func(n int) { long = append(long, n) })
	return out, long, err
}

func TestMbox(t *testing.T) {
	want := []string{
		"From: swj@fs.example\r\nSubject: a\r\n\r\nFrom here on it is text.\r\n>From twice.\r\nFrom the office, no date: text\r\n\r\nFrom nobody\r\nlast\r\n",
		"Subject: b\r\n\r\nsecond\r\n",
	}
	for name, text := range map[string]string{"LF": twoMails, "CRLF": strings.ReplaceAll(twoMails, "\n", "\r\n"), "blank lines before": "\n\n" + twoMails} {
		got, _, err := mails(t, text, 1<<20)
		if err != nil || len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	got, long, err := mails(t, twoMails, 60)
	if err != nil || len(got) != 1 || got[0] != want[1] || len(long) != 1 || long[0] != 1 {
		t.Errorf("the first is too long: %q, %v, %v", got, long, err)
	}
	for _, text := range []string{"", "\n", "Subject: a mail\n\nx\n", "PK\x03\x04"} {
		if _, _, err := mails(t, text, 1<<20); !errors.Is(err, ErrMbox) {
			t.Errorf("%q: %v", text, err)
		}
	}
	stop := errors.New("stop")
	if err := Mbox(strings.NewReader(twoMails), 1<<20, func([]byte) error { return stop }, nil); !errors.Is(err, stop) {
		t.Errorf("the callback's error: %v", err)
	}
}

// Whatever an mbox holds, every mail has whole lines and none is longer than it may be.
func FuzzMbox(f *testing.F) {
	f.Add([]byte(twoMails))
	f.Add([]byte("From a 10:00 2024\r\n>From \n\nFrom b 10:00 2024"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_ = Mbox(bytes.NewReader(data), 1000, func(raw []byte) error {
			if len(raw) > 1000 || len(raw) < 2 || !bytes.HasSuffix(raw, []byte("\r\n")) {
				t.Errorf("%q", raw)
			}
			return nil
		}, func(int) {})
	})
}
