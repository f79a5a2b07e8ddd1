package ledger

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"
)

// A small domain for the tests: the cases of a desk and how often they changed.
type testCase struct {
	Name    string         `json:"name"`
	Changes int            `json:"changes"`
	Notes   map[string]int `json:"notes,omitempty"`
}

type testChange struct {
	Code string `json:"code"`
	Name string `json:"name"`
	Gone bool   `json:"gone,omitempty"`
}

var testCases = NewTable[testCase]("cases")

func testFold(tx *Tx, e Entry) error {
	var c testChange
	if err := json.Unmarshal(e.Data, &c); err != nil {
		return err
	}
	if c.Gone {
		return testCases.Delete(tx, c.Code)
	}
	old, _, err := testCases.Get(tx, c.Code)
	if err != nil {
		return err
	}
	old.Name, old.Changes = c.Name, old.Changes+1
	return testCases.Put(tx, c.Code, old)
}

var testTime = time.Date(2024, 10, 12, 9, 0, 0, 0, china)

func openTest(t testing.TB, dir string) *Ledger {
	t.Helper()
	l, err := Open(dir, testFold)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func appendTest(t testing.TB, l *Ledger, changes ...testChange) {
	t.Helper()
	err := l.Update(func(tx *Tx) error {
		for _, c := range changes {
			if _, err := tx.Append(testTime, "change", "mail/1", 1, c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func fill(t testing.TB, l *Ledger, n int) {
	t.Helper()
	var all []testChange
	for i := range n {
		all = append(all, testChange{Code: fmt.Sprintf("GD-%04d", i%17), Name: fmt.Sprintf("单位%d", i)})
	}
	appendTest(t, l, all...)
}

func TestAppendFoldsAndChains(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	l := openTest(t, dir)
	fill(t, l, 40)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	l = openTest(t, dir)
	err := l.View(func(tx *Tx) error {
		prev, n := noHash, 0
		for e, err := range tx.Entries(0) {
			if err != nil {
				return err
			}
			n++
			if e.Seq != uint64(n) || e.Prev != prev {
				t.Errorf("entry %d follows %s, want number %d after %s", e.Seq, e.Prev, n, prev)
			}
			prev = e.Hash()
		}
		if seq, hash := tx.Head(); n != 40 || seq != 40 || hash != prev {
			t.Errorf("%d entries, head %d %s, want %s", n, seq, hash, prev)
		}
		c, ok, err := testCases.Get(tx, "GD-0003")
		if err != nil || !ok || c.Changes != 3 || c.Name != "单位37" {
			t.Errorf("case: %+v %v %v", c, ok, err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestNothingOfAFailedUpdateStands(t *testing.T) {
	boom := errors.New("boom")
	for name, fn := range map[string]func(tx *Tx) error{
		"error": func(tx *Tx) error { tx.Append(testTime, "change", "", 1, testChange{Code: "x"}); return boom },
		"error not looked at": func(tx *Tx) error {
			tx.Append(testTime, "change", "", 1, testChange{Code: "x"})
			tx.Append(testTime, "change", "", 1, "the fold cannot read this")
			return nil
		},
		"no kind":           func(tx *Tx) error { tx.Append(testTime, "", "", 1, nil); return nil },
		"no time":           func(tx *Tx) error { tx.Append(time.Time{}, "change", "", 1, testChange{}); return nil },
		"cannot be written": func(tx *Tx) error { tx.Append(testTime, "change", "", 1, func() {}); return nil },
		"table outside fold": func(tx *Tx) error {
			tx.Append(testTime, "change", "", 1, testChange{Code: "x"})
			testCases.Put(tx, "y", testCase{})
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			l := openTest(t, t.TempDir())
			appendTest(t, l, testChange{Code: "a"})
			if err := l.Update(fn); err == nil {
				t.Error("the update was committed")
			}
			l.View(func(tx *Tx) error {
				seq, _ := tx.Head()
				all, err := testCases.List(tx, "")
				if seq != 1 || len(all) != 1 || err != nil {
					t.Errorf("head %d, %d cases, %v", seq, len(all), err)
				}
				return nil
			})
			appendTest(t, l, testChange{Code: "b"})
		})
	}
}
