package ledger

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
)

func TestCanonical(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`null`, `null`},
		{` { "b" : 1 , "a" : [ true , null ] } `, `{"a":[true,null],"b":1}`},
		{`{"é":1,"z":2,"Z":3,"省":4}`, `{"Z":3,"z":2,"é":1,"省":4}`}, // by bytes
		{`"<a href=\"x\">&amp;\u4f60\u000a"`, `"<a href=\"x\">&amp;你\n"`},
		{`[1.0,1e5,-0,18446744073709551615,0.1]`, `[1.0,1e5,-0,18446744073709551615,0.1]`}, // as written
		{`{"a":{"d":1,"c":{"f":2,"e":3}}}`, `{"a":{"c":{"e":3,"f":2},"d":1}}`},
	} {
		got, err := Canonical(json.RawMessage(c.in))
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %s %v, want %s", c.in, got, err, c.want)
		}
		again, err := Canonical(json.RawMessage(got))
		if err != nil || !bytes.Equal(again, got) {
			t.Errorf("%s: again it is %s %v", c.in, again, err)
		}
	}
}

// The form of an entry and its hash are fixed for ever: mirrored journals have them.
func TestEntryGolden(t *testing.T) {
	e := Entry{Seq: 1, Prev: noHash, At: time.Date(2024, 10, 12, 1, 2, 3, 0, time.UTC), Kind: "mail", V: 1, Cause: "mail/abc", Data: json.RawMessage(`{"to":"甲","from":"<a@b.test>"}`)}
	want := `{"at":"2024-10-12T09:02:03+08:00","cause":"mail/abc","data":{"from":"<a@b.test>","to":"甲"},"kind":"mail","prev":"` + noHash + `","seq":1,"v":1}`
	got, err := e.Canonical()
	if err != nil || string(got) != want {
		t.Errorf("%s %v", got, err)
	}
	if h := e.Hash(); h != "d0276d38e8fc3349ae2723d65dc00c835d8c53eb494729c258613f0029979bab" {
		t.Errorf("hash %s", h)
	}
	back, err := DecodeEntry(got)
	if err != nil || back.Hash() != e.Hash() || !back.At.Equal(e.At) {
		t.Errorf("%+v %v", back, err)
	}
	if h := (Entry{Data: json.RawMessage("{")}).Hash(); h != "" {
		t.Errorf("what is no entry has the hash %s", h)
	}
}

func TestDecodeEntryRefuses(t *testing.T) {
	good := `{"at":"2024-10-12T09:02:03+08:00","cause":"c","data":{"a":1,"b":2},"kind":"k","prev":"` + noHash + `","seq":1,"v":1}`
	if _, err := DecodeEntry([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, why string }{
		{`}`, "}\r", "CRLF"},
		{`{"at"`, ` {"at"`, "white space"},
		{`"a":1,"b":2`, `"b":2,"a":1`, "keys not sorted"},
		{`"a":1`, `"a":1,"a":1`, "a key twice"},
		{`"v":1`, `"v":1,"w":1`, "unknown key"},
		{`"v":1`, `"V":1`, "other case"},
		{`"v":1`, `"v":1.0`, "not a whole number"},
		{`"seq":1`, `"seq":0`, "no number"},
		{`"kind":"k"`, `"kind":""`, "no kind"},
		{`,"v":1`, ``, "key missing"},
		{`+08:00`, `+00:00`, "another zone"},
		{`:03+08`, `:03.5+08`, "not whole seconds"},
		{noHash, noHash[1:], "short hash"},
		{noHash, strings.Repeat("A", 64), "upper case"},
		{`2024`, `0000`, "no time"},
		{good, `null`, "null"}, {good, ``, "nothing"}, {good, `[]`, "a list"},
		{good, strings.Repeat("[", 20000), "deep"},
		{`"c"`, "\"\xff\"", "not UTF-8"},
	} {
		line := strings.Replace(good, c.old, c.new, 1)
		if e, err := DecodeEntry([]byte(line)); !errors.Is(err, ErrEntry) {
			t.Errorf("%s: %+v %v", c.why, e, err)
		}
	}
}

func TestTimeIsWrittenTheSameWayEverywhere(t *testing.T) {
	l := openTest(t, t.TempDir())
	at := time.Date(2024, 10, 30, 15, 59, 59, 987654321, time.UTC)
	err := l.Update(func(tx *Tx) error {
		e, err := tx.Append(at, "change", "", 1, testChange{Code: "a"})
		if got := e.At.Format(time.RFC3339Nano); got != "2024-10-30T23:59:59+08:00" {
			t.Errorf("at %s", got)
		}
		stored, err2 := tx.Entry(1)
		if stored.At.Format(time.RFC3339Nano) != e.At.Format(time.RFC3339Nano) || stored.Hash() != e.Hash() {
			t.Errorf("stored %+v, returned %+v", stored, e)
		}
		return errors.Join(err, err2)
	})
	if err != nil {
		t.Error(err)
	}
}

func journalOf(t testing.TB, l *Ledger) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := l.View(func(tx *Tx) error { return WriteJournal(tx, &buf) }); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestJournalGivesTheLedgerBack(t *testing.T) {
	l := openTest(t, t.TempDir())
	fill(t, l, 50)
	journal := journalOf(t, l)
	other := openTest(t, t.TempDir())
	err := other.Update(func(tx *Tx) error {
		for e, err := range ReadJournal(bytes.NewReader(journal)) {
			if err != nil {
				return err
			}
			if err := tx.Replay(e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(journalOf(t, other), journal) {
		t.Error("another journal came out")
	}
	if err := other.Verify(); err != nil {
		t.Error(err)
	}
	// A part is read too; it begins where the part before ended.
	_, part, _ := bytes.Cut(journal, []byte("\n"))
	n := 0
	for _, err := range ReadJournal(bytes.NewReader(part)) {
		if n++; err != nil {
			t.Error(err)
		}
	}
	if n != 49 {
		t.Errorf("%d entries", n)
	}
}

func TestReadJournalRefuses(t *testing.T) {
	l := openTest(t, t.TempDir())
	fill(t, l, 3)
	journal := journalOf(t, l)
	lines := bytes.SplitAfter(journal, []byte("\n"))
	for name, c := range map[string]struct {
		in   []byte
		want error
	}{
		"a line missing":  {bytes.Join([][]byte{lines[0], lines[2]}, nil), ErrChain},
		"a line twice":    {bytes.Join([][]byte{lines[0], lines[0]}, nil), ErrChain},
		"other content":   {bytes.Replace(journal, []byte("单位0"), []byte("单位9"), 1), ErrChain},
		"cut off":         {journal[:len(journal)-1], ErrEntry},
		"CRLF":            {bytes.ReplaceAll(journal, []byte("\n"), []byte("\r\n")), ErrEntry},
		"an empty line":   {append([]byte("\n"), journal...), ErrEntry},
		"an endless line": {bytes.Repeat([]byte("x"), maxRecord+100), ErrEntry},
	} {
		var last error
		for _, err := range ReadJournal(bytes.NewReader(c.in)) {
			last = err
		}
		if !errors.Is(last, c.want) {
			t.Errorf("%s: %v, want %v", name, last, c.want)
		}
	}
}

func TestReplayKeepsTheChain(t *testing.T) {
	l := openTest(t, t.TempDir())
	fill(t, l, 3)
	var second Entry
	l.View(func(tx *Tx) (err error) { second, err = tx.Entry(2); return err })
	for name, change := range map[string]func(e *Entry){
		"again":           func(e *Entry) {},
		"a gap":           func(e *Entry) { e.Seq = 5 },
		"another prev":    func(e *Entry) { e.Seq = 4 },
		"no time, broken": func(e *Entry) { e.Seq, e.Prev = 4, strings.Repeat("x", 64) },
	} {
		e := second
		change(&e)
		if err := l.Update(func(tx *Tx) error { tx.Replay(e); return nil }); !errors.Is(err, ErrChain) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzDecodeEntry(f *testing.F) {
	f.Add([]byte(`{"at":"2024-10-12T09:02:03+08:00","cause":"c","data":{"a":1,"b":2},"kind":"k","prev":"` + noHash + `","seq":1,"v":1}`))
	f.Add([]byte(`{"at":"9999-12-31T23:59:59+08:00","cause":"\u2028<","data":[1e400,-0],"kind":"终","prev":"` + noHash + `","seq":18446744073709551615,"v":-1}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		e, err := DecodeEntry(line)
		if err != nil {
			if !errors.Is(err, ErrEntry) {
				t.Errorf("another kind of error: %v", err)
			}
			return
		}
		again, err := e.Canonical()
		if err != nil || !bytes.Equal(again, line) {
			t.Errorf("%q is written as %q (%v)", line, again, err)
		}
		if e.Hash() != hashLine(e.Prev, line) {
			t.Error("two hashes")
		}
	})
}

func FuzzReadJournal(f *testing.F) {
	l := openTest(f, f.TempDir())
	fill(f, l, 3)
	journal := journalOf(f, l)
	f.Add(journal)
	f.Add(bytes.ReplaceAll(journal, []byte("\n"), []byte("\r\n")))
	f.Add(journal[:len(journal)/2])
	f.Fuzz(func(t *testing.T, in []byte) {
		var out bytes.Buffer
		var failed error
		for e, err := range ReadJournal(bytes.NewReader(in)) {
			if failed != nil {
				t.Fatal("something follows an error")
			}
			if failed = err; err != nil {
				continue
			}
			line, err := e.Canonical()
			if err != nil {
				t.Fatal(err)
			}
			out.Write(append(line, '\n'))
		}
		if failed == nil && !bytes.Equal(out.Bytes(), in) {
			t.Errorf("read %q, wrote %q", in, out.Bytes())
		}
		if !bytes.HasPrefix(in, out.Bytes()) {
			t.Errorf("%q is no begin of %q", out.Bytes(), in)
		}
	})
}

func FuzzCanonical(f *testing.F) {
	f.Add([]byte(`{"b":[1.50,{"z":"\u2028\ud800","a":null}],"":"<>"}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		one, err := Canonical(json.RawMessage(in))
		if err != nil {
			return
		}
		two, err := Canonical(json.RawMessage(one))
		if err != nil || !bytes.Equal(one, two) {
			t.Errorf("%q, then %q (%v)", one, two, err)
		}
	})
}
