package mail

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzRead: no sender makes Read fail or give text that is not UTF-8.
func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.eml")
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
		f.Add(crlf(raw))
	}
	limits := Limits{Header: 1 << 12, Depth: 5, Parts: 50, Text: 1 << 14}
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := Read(bytes.NewReader(raw), limits, keep)
		if err != nil {
			t.Fatalf("error for what a sender did: %v", err)
		}
		if len(m.Attachments) > 50 || len(m.Forwards) > 50 || len(m.Substance) != 64 {
			t.Errorf("limits: %d attachments, %d forwards", len(m.Attachments), len(m.Forwards))
		}
		for _, s := range m.Warnings {
			if strings.HasPrefix(s, "header: ") {
				t.Errorf("a header that the repair let through: %s", s)
			}
		}
		checkStrings(t, m)
	})
}

func checkStrings(t *testing.T, m Message) {
	list := []string{m.MessageID, m.ReturnPath, m.Subject, m.Text, m.Fresh, m.FreshHTML, m.Quoted, m.AutoSubmitted}
	list = append(append(append(list, m.References...), m.InReplyTo...), m.Links...)
	for _, a := range append(append(append(append([]Address{}, m.From...), m.To...), m.Cc...), m.ReplyTo...) {
		list = append(list, a.Name, a.Addr)
	}
	for _, r := range m.AuthResults {
		list = append(append(list, r.Text), r.Received...)
	}
	for _, a := range m.Attachments {
		list = append(list, a.Name, a.Type)
		if strings.ContainsAny(a.Name, "/\\\x00\n") || a.Forward > len(m.Forwards) {
			t.Errorf("attachment %+v", a)
		}
	}
	for _, f := range m.Forwards {
		list = append(list, f.Subject, f.Text, f.MessageID)
	}
	if m.Bounce != nil {
		list = append(append(list, m.Bounce.Recipients...), m.Bounce.MessageID, m.Bounce.Diagnostic)
	}
	for _, s := range list {
		if !utf8.ValidString(s) || strings.ContainsAny(s, "\r\x00") {
			t.Errorf("not tidy: %q", s)
		}
	}
}

// FuzzNames: words and parameters of any bytes.
func FuzzNames(f *testing.F) {
	for _, s := range []string{"=?gb2312?B?sLjA?= =?gb2312?B?/Q==?=", "=?utf-8?Q?a_b=5F?=", "a/b; x*0*=gbk''%B0; x*1*=%B8; y=\"a\"b\"", "attachment; filename=\"\xd5\x5c.doc\""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got := Words(s); !utf8.ValidString(got) {
			t.Errorf("Words(%q) = %q", s, got)
		}
		first, params := Params(s)
		if !utf8.ValidString(first) {
			t.Errorf("Params(%q) begins with %q", s, first)
		}
		for k, v := range params {
			name := CleanName(v)
			if !utf8.ValidString(v) || !utf8.ValidString(name) || len(name) > nameMax || strings.ContainsAny(name, "/\\") || name == ".." {
				t.Errorf("Params(%q): %q = %q, as a name %q", s, k, v, name)
			}
		}
		for _, a := range addresses(s) {
			if a.Addr == "" || !utf8.ValidString(a.Name+a.Addr) {
				t.Errorf("addresses(%q): %q", s, a)
			}
		}
		parseDate(s)
	})
}

// FuzzHTMLText: rendering and splitting end, stay valid and grow only so far.
func FuzzHTMLText(f *testing.F) {
	for _, s := range []string{"<table><tr><td><p>a</p><td>b<br>c</table>", "<blockquote>a<blockquote>b</blockquote></div>c", "<pre>a\n b</pre>", `<div id="divRplyFwdMsg">x</div>y`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		out, whole := HTMLText(s, 10_000)
		if !utf8.ValidString(out) || strings.Contains(out, "\x0b") || len(out) > 40*len(s)+100 {
			t.Errorf("HTMLText(%q) = %q", s, out)
		}
		if !whole && strings.Count(s, "<") < 1000 {
			t.Errorf("%q was not read to the end", s)
		}
		fresh, quoted := split(out)
		if strings.Contains(fresh, breakMark) || len(fresh)+len(quoted) > len(out)+2 {
			t.Errorf("split(%q) = %q, %q", out, fresh, quoted)
		}
	})
}
