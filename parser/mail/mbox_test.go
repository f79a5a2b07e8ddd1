package mail

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func mboxMails(t testing.TB, raw string) []string {
	t.Helper()
	var out []string
	err := Mbox(strings.NewReader(raw), func(n int, m io.Reader) error {
		if n != len(out)+1 {
			t.Errorf("mail %d is numbered %d", len(out)+1, n)
		}
		text, err := io.ReadAll(m)
		out = append(out, string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestMbox(t *testing.T) {
	long := strings.Repeat("x", 3*chunkMax)
	for _, x := range []struct {
		why, raw string
		want     []string
	}{
		{"the blank line before a From_ line is the mbox's", "From a@b.cn Mon Oct 14 09:00:00 2024\nA: 1\n\none\n\nFrom - Tue Oct 15 09:00:00 2024\nA: 2\n\ntwo\n\n", []string{"A: 1\n\none\n", "A: 2\n\ntwo\n"}},
		{"one quote is undone, whatever their number", "From a@b.cn Mon Oct 14 09:00:00 2024\nA: 1\n\n>From me\n>>From you\n>Fromage\n > From\n", []string{"A: 1\n\nFrom me\n>From you\n>Fromage\n > From\n"}},
		{"a From_ line needs no blank one before it", "From a@b.cn Mon Oct 14 09:00:00 2024\nA: 1\n\none\nFrom a@b.cn Tue Oct 15 09:00:00 2024\nA: 2\n", []string{"A: 1\n\none\n", "A: 2\n"}},
		{"a sentence is none", "From a@b.cn Mon Oct 14 09:00:00 2024\nA: 1\n\none\nFrom 9:00 to 10:00\n\nFrom here on\n", []string{"A: 1\n\none\nFrom 9:00 to 10:00\n\nFrom here on\n"}},
		{"another form of date counts behind a blank line", "From a@b.cn 2024-10-14 09:00\nA: 1\n\none\n\nFrom a@b.cn 2024-10-15 09:00\nA: 2\n", []string{"A: 1\n\none\n", "A: 2\n"}},
		{"only one blank line is taken away", "From a@b.cn Mon Oct 14 09:00:00 2024\nA: 1\n\n\n\n\n", []string{"A: 1\n\n\n\n"}},
		{"a mail of nothing", "From a@b.cn Mon Oct 14 09:00:00 2024\nFrom a@b.cn Mon Oct 14 09:00:00 2024\nA: 2\n", []string{"", "A: 2\n"}},
		{"the file ends in the middle", "From a@b.cn Mon Oct 14 09:00:00 2024\nA: 1\n\none\n\nFrom a@b.cn Mon Oct 14 09:00", []string{"A: 1\n\none\n", ""}},
		{"long lines, that of From_ too", "From " + long + " Mon Oct 14 09:00:00 2024\nA: 1\n\n" + long + "\n>From " + long + "\n", nil},
		{"blank lines before the first", "\n\nFrom a@b.cn Mon Oct 14 09:00:00 2024\nA: 1\n", []string{"A: 1\n"}},
		{"nothing", "", nil},
	} {
		for _, eol := range []string{"\n", "\r\n"} {
			raw, want := strings.ReplaceAll(x.raw, "\n", eol), slices.Clone(x.want)
			for i := range want {
				want[i] = strings.ReplaceAll(want[i], "\n", eol)
			}
			if strings.HasPrefix(x.why, "long") { // such a From_ line has no date within the first piece
				raw = strings.Replace(raw, "From "+long, "From a 09:00 Mon, 09:00 "+long, 1)
				want = []string{strings.Join([]string{"A: 1", "", long, "From " + long, ""}, eol)}
			}
			if got := mboxMails(t, raw); !slices.Equal(got, want) {
				t.Errorf("%s (line end %q): %.200q", x.why, eol, got)
			}
		}
	}
}

func TestMboxBad(t *testing.T) {
	each := func(int, io.Reader) error { return nil }
	for _, raw := range []string{"\n", "A: 1\n\none\n", "From here on, nothing\n", ">From a@b.cn Mon Oct 14 09:00:00 2024\n", "PK\x03\x04"} {
		if err := Mbox(strings.NewReader(raw), each); !errors.Is(err, ErrMbox) {
			t.Errorf("%q: %v", raw, err)
		}
	}
	raw := "From a Mon Oct 14 09:00:00 2024\nA: 1\n\nFrom a Mon Oct 14 09:00:00 2024\nA: 2\n"
	if n := 0; Mbox(strings.NewReader(raw), func(int, io.Reader) error { n++; return nil }) != nil || n != 2 {
		t.Errorf("%d mails where none is read", n)
	}
	broken := errors.New("disk")
	if err := Mbox(io.MultiReader(strings.NewReader(raw), fails{broken}), each); !errors.Is(err, broken) {
		t.Errorf("a reader that fails: %v", err)
	}
	if err := Mbox(strings.NewReader(raw), func(int, io.Reader) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("an end that is wanted: %v", err)
	}
}

type fails struct{ err error }

func (f fails) Read([]byte) (int, error) { return 0, f.err }

// FuzzMbox: a file that is read is, with its mails quoted again, the same mails.
func FuzzMbox(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.eml")
	var whole bytes.Buffer
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		fmt.Fprintf(&whole, "From a@b.cn Mon Oct 14 09:00:00 2024\n%s\n", raw)
	}
	f.Add(whole.Bytes()[:min(whole.Len(), 1<<16)])
	f.Add([]byte("From a 1:00\n\nFrom b 1:00\n>From c 1:00\n\n\nFrom Mon, 1:00"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var mails [][]byte
		err := Mbox(bytes.NewReader(raw), func(_ int, m io.Reader) error {
			text, err := io.ReadAll(m)
			mails = append(mails, text)
			return err
		})
		if err != nil && !errors.Is(err, ErrMbox) {
			t.Fatal(err)
		}
		if errors.Is(err, ErrMbox) && LooksLikeMbox(raw) {
			t.Error("it looks like an mbox, and is none")
		}
		var again bytes.Buffer
		for _, m := range mails {
			fmt.Fprintf(&again, "From a@b.cn Mon Oct 14 09:00:00 2024\n")
			for line := range bytes.Lines(m) {
				if bytes.HasPrefix(bytes.TrimLeft(line, ">"), []byte("From ")) {
					again.WriteByte('>')
				}
				again.Write(line)
			}
			if len(m) > 0 && m[len(m)-1] != '\n' {
				again.WriteByte('\n')
			}
			again.WriteByte('\n')
		}
		if len(mails) == 0 {
			return
		}
		n := 0
		err = Mbox(bytes.NewReader(again.Bytes()), func(i int, m io.Reader) error {
			text, err := io.ReadAll(m)
			if n++; !bytes.Equal(bytes.TrimSuffix(text, []byte("\n")), bytes.TrimSuffix(mails[i-1], []byte("\n"))) {
				t.Errorf("mail %d: %q, then %q", i, mails[i-1], text)
			}
			return err
		})
		if err != nil || n != len(mails) {
			t.Errorf("%d mails, then %d: %v", len(mails), n, err)
		}
	})
}

// TestReceived: when its last server took a mail.
func TestReceived(t *testing.T) {
	for raw, want := range map[string]string{
		"Received: from a by b; Mon, 14 Oct 2024 09:05:00 +0800\nReceived: from x by a; Mon, 14 Oct 2024 09:01:00 +0800\nDate: Mon, 14 Oct 2024 09:00:00 +0800\n\n": "2024-10-14T01:05:00Z",
		"Received: from a by b (qmail 1; uid 2)\nReceived: from x by a;\n Mon, 14 Oct 2024 09:01:00 +0800 (CST)\n\n":                                                "2024-10-14T01:01:00Z",
		"Date: Mon, 14 Oct 2024 09:00:00 +0800\n\n": "0001-01-01T00:00:00Z",
	} {
		if got := mustRead(t, []byte(raw)).Received.UTC().Format("2006-01-02T15:04:05Z"); got != want {
			t.Errorf("%q: %s, want %s", raw, got, want)
		}
	}
	m := mustRead(t, []byte("X-Anli-Import: ab\n cd\nX-Anli-Import-Seal:  12\n\n"))
	if m.Import != (Import{"abcd", "12"}) {
		t.Errorf("%+v", m.Import)
	}
}
