package ledger

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// makeLedger leaves a closed ledger with entries, records and a blob.
func makeLedger(t testing.TB) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "data")
	l := openTest(t, dir)
	if _, err := l.Blobs().PutBytes([]byte("a mail")); err != nil {
		t.Fatal(err)
	}
	for range 5 { // so that both meta pages know of records
		fill(t, l, 400)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// use does all that a daemon does first, and reads everything.
func use(dir string) error {
	l, err := Open(dir, testFold)
	if err != nil {
		return err
	}
	defer l.Close()
	return l.Update(func(tx *Tx) error {
		for _, err := range tx.Entries(1) {
			if err != nil {
				return err
			}
		}
		if _, err := testCases.List(tx, ""); err != nil {
			return err
		}
		_, err := tx.Append(testTime, "change", "", 1, testChange{Code: "GD-0001"})
		return err
	})
}

// check is what the command verify does.
func check(dir string) error {
	l, done, err := OpenCopy(dir, testFold)
	if err != nil {
		return err
	}
	defer done()
	return l.Verify()
}

func TestDamage(t *testing.T) {
	good, err := os.ReadFile(filepath.Join(makeLedger(t), ledgerName))
	if err != nil {
		t.Fatal(err)
	}
	edit := func(f func(b []byte) []byte) []byte { return f(bytes.Clone(good)) }
	zero := func(b []byte, from, n int) []byte { clear(b[from : from+n]); return b }
	flip := func(b []byte, what string) []byte { return flipAll(t, b, what) }
	m, _ := newestMeta(good)
	for name, c := range map[string]struct {
		file []byte // nil: missing
		open string // words of the error of opening, "" if it opens
	}{
		"missing":            {nil, "missing"},
		"0 bytes":            {[]byte{}, "0 bytes"},
		"100 bytes":          {good[:100], "only 100 bytes"},
		"one page":           {good[:pageSize], "only 4096 bytes"},
		"half":               {good[:m.pages*pageSize/2], "cut short"},
		"one page short":     {good[:(m.pages-1)*pageSize], "cut short"},
		"both metas zeroed":  {edit(func(b []byte) []byte { return zero(b, 0, 2*pageSize) }), "neither"},
		"a text file":        {bytes.Repeat([]byte("hello\n"), 5000), "neither"},
		"zeros":              {make([]byte, len(good)), "neither"},
		"root page zeroed":   {edit(func(b []byte) []byte { return zero(b, int(m.root)*pageSize, pageSize) }), "restore"},
		"root page wild":     {edit(func(b []byte) []byte { copy(b[int(m.root)*pageSize+16:], bytes.Repeat([]byte{0xff}, 400)); return b }), "restore"},
		"free list wild":     {edit(func(b []byte) []byte { copy(b[int(m.freelist)*pageSize:], bytes.Repeat([]byte{0xff}, 400)); return b }), "restore"},
		"flipped last entry": {edit(func(b []byte) []byte { return flip(b, `"seq":2000,"v"`) }), "key 2000"},
		"flipped head":       {edit(func(b []byte) []byte { return flip(b, `"format":1,"seq":2000`) }), "head"},
		"flipped record":     {edit(func(b []byte) []byte { return flip(b, `{"name":"单位388`) }), ""},
		"flipped key":        {edit(func(b []byte) []byte { return flip(b, `GD-00161 `) }), ""},
		"flipped entry":      {edit(func(b []byte) []byte { return flip(b, `"seq":1234`) }), ""},
		"flipped sum":        {edit(func(b []byte) []byte { return flip(b, "1 "+sum(journalBucket, seqKey(1000), lineOf(t, good, 1000))) }), ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if _, err := OpenBlobs(filepath.Join(dir, blobsName)).PutBytes([]byte("a mail")); err != nil {
				t.Fatal(err)
			}
			if c.file != nil {
				if err := os.WriteFile(filepath.Join(dir, ledgerName), c.file, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			l, err := Open(dir, testFold)
			if err == nil {
				l.Close()
			}
			if (err == nil) != (c.open == "") || err != nil && (!errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), c.open) || !strings.Contains(err.Error(), "anli rebuild")) {
				t.Errorf("open: %v", err)
			}
			if err := check(dir); !errors.Is(err, ErrDamaged) {
				t.Errorf("check: %v", err)
			} else {
				t.Log(err)
			}
			if err := use(dir); !errors.Is(err, ErrDamaged) {
				t.Errorf("use: %v", err)
			}
			if now, err := os.ReadFile(filepath.Join(dir, ledgerName)); err == nil && !bytes.Equal(now, c.file) {
				t.Error("the damaged file was changed")
			}
		})
	}
}

// flipAll changes the last byte of what wherever it stands: pages no longer in use
// may hold it too.
func flipAll(t testing.TB, b []byte, what string) []byte {
	t.Helper()
	changed := what[:len(what)-1] + string(what[len(what)-1]^1)
	if !bytes.Contains(b, []byte(what)) {
		t.Fatalf("%q is not in the file", what)
	}
	return bytes.ReplaceAll(b, []byte(what), []byte(changed))
}

// lineOf returns the JSON of an entry in a file.
func lineOf(t testing.TB, file []byte, seq uint64) (line []byte) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, ledgerName), file, 0o600); err != nil {
		t.Fatal(err)
	}
	err := openTest(t, dir).View(func(tx *Tx) (err error) { line, err = tx.line(seq); return err })
	if err != nil {
		t.Fatal(err)
	}
	return line
}

// With one meta page of two, bbolt goes on (a commit cut short by a loss of
// power looks like that); Check tells.
func TestOneMetaZeroed(t *testing.T) {
	for i := range 2 {
		dir := makeLedger(t)
		path := filepath.Join(dir, ledgerName)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		clear(b[i*pageSize : (i+1)*pageSize])
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := check(dir); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "meta page") {
			t.Errorf("check: %v", err)
		}
		if err := errors.Join(use(dir), use(dir)); err != nil {
			t.Errorf("use: %v", err)
		}
		if err := check(dir); err != nil {
			t.Errorf("after two commits: %v", err)
		}
	}
}

// A byte changed anywhere in a page that is in use: never a panic, never another
// entry or record than was written.
func TestAnyFlippedByte(t *testing.T) {
	dir := t.TempDir()
	l := openTest(t, dir)
	fill(t, l, 70)
	fill(t, l, 50)
	l.Close()
	path := filepath.Join(dir, ledgerName)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	m, _ := newestMeta(good)
	want, wantCases := contents(dir)
	if len(want) != 120 || len(wantCases) != 17 {
		t.Fatalf("%d entries, %d cases", len(want), len(wantCases))
	}
	found := 0
	for at := 2 * pageSize; at < int(m.pages)*pageSize; at += 401 {
		b := bytes.Clone(good)
		b[at] ^= 0x10
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := check(dir); errors.Is(err, ErrDamaged) {
			found++
		} else if err != nil {
			t.Errorf("byte %d: %v", at, err)
		}
		entries, cases := contents(dir)
		for seq, hash := range entries {
			if want[seq] != hash {
				t.Errorf("byte %d: entry %d is another", at, seq)
			}
		}
		for key, c := range cases {
			if wantCases[key].Name != c.Name || wantCases[key].Changes != c.Changes {
				t.Errorf("byte %d: case %s is another", at, key)
			}
		}
	}
	if found == 0 {
		t.Error("no flipped byte was found")
	}
}

// contents returns what can be read without an error.
func contents(dir string) (entries map[uint64]string, cases map[string]testCase) {
	entries, cases = map[uint64]string{}, map[string]testCase{}
	l, done, err := OpenCopy(dir, testFold)
	if err != nil {
		return entries, cases
	}
	defer done()
	l.View(func(tx *Tx) error {
		for seq := uint64(1); seq <= tx.head.Seq; seq++ {
			if e, err := tx.Entry(seq); err == nil {
				entries[seq] = e.Hash()
			}
		}
		return testCases.Each(tx, "", func(key string, c testCase) error { cases[key] = c; return nil })
	})
	return entries, cases
}

// The file is cut while it is open: an error, and the process lives.
func TestCutWhileOpen(t *testing.T) {
	dir := makeLedger(t)
	l := openTest(t, dir)
	if err := os.Truncate(filepath.Join(dir, ledgerName), 3*pageSize); err != nil {
		t.Fatal(err)
	}
	err := l.View(func(tx *Tx) error {
		for _, err := range tx.Entries(1) {
			if err != nil {
				return err
			}
		}
		return nil
	})
	if !errors.Is(err, ErrDamaged) {
		t.Errorf("view: %v", err)
	}
	if err := l.Update(func(tx *Tx) error {
		_, err := tx.Append(testTime, "change", "", 1, testChange{Code: "a"})
		return err
	}); !errors.Is(err, ErrDamaged) {
		t.Errorf("update: %v", err)
	}
	if err := l.Verify(); err == nil {
		t.Error("verify finds nothing")
	}
	if err := l.Close(); err != nil {
		t.Log(err)
	}
	if err := use(dir); !errors.Is(err, ErrDamaged) { // and the lock is free
		t.Errorf("again: %v", err)
	}
}

func TestRefoldMendsTables(t *testing.T) {
	dir := makeLedger(t)
	path := filepath.Join(dir, ledgerName)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b = flipAll(t, b, `{"name":"单位388`)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := check(dir); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "table/cases") {
		t.Fatalf("check: %v", err)
	}
	l := openTest(t, dir)
	if err := l.Refold(nil); err != nil {
		t.Fatal(err)
	}
	if err := l.Verify(); err != nil {
		t.Error(err)
	}
}

// A fold of another version of the program gives other tables: Check tells, Refold
// brings them up to date.
func TestAnotherFold(t *testing.T) {
	dir := makeLedger(t)
	other := NewTable[int]("kinds")
	fold := func(tx *Tx, e Entry) error {
		n, _, err := other.Get(tx, e.Kind)
		if err != nil {
			return err
		}
		return other.Put(tx, e.Kind, n+1)
	}
	l, err := Open(dir, fold)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	problems, err := l.Check(nil)
	if err != nil || len(problems) == 0 || problems[0].What != "tables" {
		t.Errorf("%v %v", problems, err)
	}
	if err := l.Refold(nil); err != nil {
		t.Fatal(err)
	}
	if err := l.Verify(); err != nil {
		t.Error(err)
	}
	l.View(func(tx *Tx) error {
		if n, ok, err := other.Get(tx, "change"); n != 2000 || !ok || err != nil {
			t.Errorf("%d %v %v", n, ok, err)
		}
		return nil
	})
}
