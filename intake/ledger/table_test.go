package ledger

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// An entry of these tests is a list of things the fold is to do.
type testAct struct {
	Put, Delete, Drop, Double string
	Value                     int
}

var testNumbers = NewTable[int]("numbers")

func actFold(tx *Tx, e Entry) error {
	var acts []testAct
	if err := json.Unmarshal(e.Data, &acts); err != nil {
		return err
	}
	for _, a := range acts {
		if a.Put != "" {
			if err := testNumbers.Put(tx, a.Put, a.Value); err != nil {
				return err
			}
		}
		if a.Delete != "" {
			if err := testNumbers.Delete(tx, a.Delete); err != nil {
				return err
			}
		}
		if a.Drop != "" { // change the table while it is walked
			if err := testNumbers.Each(tx, a.Drop, func(key string, _ int) error { return testNumbers.Delete(tx, key) }); err != nil {
				return err
			}
		}
		if a.Double != "" {
			if err := testNumbers.Each(tx, a.Double, func(key string, v int) error { return testNumbers.Put(tx, key, 2*v) }); err != nil {
				return err
			}
		}
	}
	return nil
}

func openActs(t testing.TB) *Ledger {
	t.Helper()
	l, err := Open(t.TempDir(), actFold)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func act(t testing.TB, l *Ledger, acts ...testAct) {
	t.Helper()
	err := l.Update(func(tx *Tx) error {
		_, err := tx.Append(testTime, "acts", "", 1, acts)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func numbers(t testing.TB, l *Ledger, prefix string) (keys []string, values []int) {
	t.Helper()
	err := l.View(func(tx *Tx) error {
		return testNumbers.Each(tx, prefix, func(key string, v int) error {
			keys, values = append(keys, key), append(values, v)
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return keys, values
}

func TestTable(t *testing.T) {
	l := openActs(t)
	if keys, _ := numbers(t, l, ""); keys != nil {
		t.Errorf("an empty table has %v", keys)
	}
	act(t, l, testAct{Put: "b/2", Value: 2}, testAct{Put: "a", Value: 1}, testAct{Put: "b/10", Value: 10}, testAct{Put: "b", Value: 0}, testAct{Put: "市/广州", Value: 7}, testAct{Delete: "nothing"})
	for prefix, want := range map[string]string{"": "[a b b/10 b/2 市/广州]", "b/": "[b/10 b/2]", "市": "[市/广州]", "c": "[]", "b/2": "[b/2]"} {
		if keys, _ := numbers(t, l, prefix); fmt.Sprint(keys) != want {
			t.Errorf("prefix %q: %v, want %s", prefix, keys, want)
		}
	}
	act(t, l, testAct{Double: "b"}, testAct{Drop: "a"}, testAct{Drop: "市"}, testAct{Put: "b", Value: -1})
	if keys, values := numbers(t, l, ""); fmt.Sprint(keys, values) != "[b b/10 b/2] [-1 20 4]" {
		t.Errorf("%v %v", keys, values)
	}
	err := l.View(func(tx *Tx) error {
		n := 0
		err := testNumbers.Each(tx, "", func(string, int) error { n++; return Stop })
		if n != 1 {
			t.Errorf("Stop after %d", n)
		}
		list, err2 := testNumbers.List(tx, "b/")
		if !slices.Equal(list, []int{20, 4}) {
			t.Errorf("list %v", list)
		}
		v, ok, err3 := testNumbers.Get(tx, "a")
		if v != 0 || ok {
			t.Errorf("what was deleted is %d", v)
		}
		if _, _, err := NewTable[[]string]("numbers").Get(tx, "b"); !errors.Is(err, ErrRecord) {
			t.Errorf("another type: %v", err)
		}
		return errors.Join(err, err2, err3)
	})
	if err != nil {
		t.Error(err)
	}
}

func TestWhereTablesAndCachesMayBeUsed(t *testing.T) {
	cache := NewCache[string]("uids")
	numbers := NewTable[int]("numbers")
	var inFold func(tx *Tx) error
	l, err := Open(t.TempDir(), func(tx *Tx, e Entry) error { return inFold(tx) })
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	fold := func(fn func(tx *Tx) error) func(tx *Tx) error {
		return func(tx *Tx) error {
			inFold = fn
			_, err := tx.Append(testTime, "k", "", 1, nil)
			return err
		}
	}
	cachePut := func(tx *Tx) error { return cache.Put(tx, "a", "1") }
	cacheGet := func(tx *Tx) error { _, _, err := cache.Get(tx, "a"); return err }
	cacheList := func(tx *Tx) error { _, err := cache.List(tx, ""); return err }
	cacheDelete := func(tx *Tx) error { return cache.Delete(tx, "a") }
	tablePut := func(tx *Tx) error { return numbers.Put(tx, "a", 1) }
	tableDelete := func(tx *Tx) error { return numbers.Delete(tx, "a") }
	appendOne := func(tx *Tx) error { _, err := tx.Append(testTime, "k", "", 1, nil); return err }
	for _, c := range []struct {
		name string
		run  func(func(tx *Tx) error) error
		fn   func(tx *Tx) error
		want error
	}{
		{"cache put in an update", l.Update, cachePut, nil},
		{"cache get in a view", l.View, cacheGet, nil},
		{"cache list in a view", l.View, cacheList, nil},
		{"cache put in a view", l.View, cachePut, ErrReadOnly},
		{"cache put in a fold", l.Update, fold(cachePut), ErrFold},
		{"cache get in a fold", l.Update, fold(cacheGet), ErrFold},
		{"cache list in a fold", l.Update, fold(cacheList), ErrFold},
		{"cache delete in a fold", l.Update, fold(cacheDelete), ErrFold},
		{"cache delete in an update", l.Update, cacheDelete, nil},
		{"table put in an update", l.Update, tablePut, ErrFold},
		{"table put in a view", l.View, tablePut, ErrReadOnly},
		{"table delete in an update", l.Update, tableDelete, ErrFold},
		{"table put in a fold", l.Update, fold(tablePut), nil},
		{"table delete in a fold", l.Update, fold(tableDelete), nil},
		{"append in a fold", l.Update, fold(appendOne), ErrFold},
		{"append in a view", l.View, appendOne, ErrReadOnly},
		{"no key", l.Update, fold(func(tx *Tx) error { return numbers.Put(tx, "", 1) }), ErrRecord},
		{"long key", l.Update, fold(func(tx *Tx) error { return numbers.Put(tx, strings.Repeat("k", maxKey+1), 1) }), ErrRecord},
		{"bad name", l.Update, fold(func(tx *Tx) error { return NewTable[int]("No/Name").Put(tx, "a", 1) }), ErrRecord},
		{"bad name, get", l.View, func(tx *Tx) error { _, _, err := NewTable[int]("").Get(tx, "a"); return err }, ErrRecord},
		{"cannot be written", l.Update, fold(func(tx *Tx) error { return NewTable[func()]("f").Put(tx, "a", nil) }), ErrRecord},
		{"too large", l.Update, fold(func(tx *Tx) error { return NewTable[string]("f").Put(tx, "a", strings.Repeat("x", maxRecord)) }), ErrRecord},
		{"entry too large", l.Update, func(tx *Tx) error {
			_, err := tx.Append(testTime, "k", "", 1, strings.Repeat("x", maxRecord))
			return err
		}, ErrEntry},
	} {
		if err := c.run(c.fn); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func TestAfterTheEnd(t *testing.T) {
	l := openActs(t)
	var kept *Tx
	l.Update(func(tx *Tx) error { kept = tx; return nil })
	if _, err := kept.Append(testTime, "k", "", 1, nil); !errors.Is(err, ErrClosed) {
		t.Errorf("append: %v", err)
	}
	if _, _, err := testNumbers.Get(kept, "a"); !errors.Is(err, ErrClosed) {
		t.Errorf("get: %v", err)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	if err := l.View(func(*Tx) error { return nil }); !errors.Is(err, ErrClosed) {
		t.Errorf("view: %v", err)
	}
	if err := l.Update(func(*Tx) error { return nil }); !errors.Is(err, ErrClosed) {
		t.Errorf("update: %v", err)
	}
}

// A panic of the caller's own is the caller's: it passes, and the ledger goes on.
func TestPanicInAnUpdate(t *testing.T) {
	l := openActs(t)
	func() {
		defer func() {
			if r := recover(); r != "mine" {
				t.Errorf("recovered %v", r)
			}
		}()
		l.Update(func(tx *Tx) error {
			tx.Append(testTime, "acts", "", 1, []testAct{{Put: "a", Value: 1}})
			panic("mine")
		})
	}()
	act(t, l, testAct{Put: "b", Value: 2})
	if keys, _ := numbers(t, l, ""); fmt.Sprint(keys) != "[b]" {
		t.Errorf("%v", keys)
	}
}

var seed = flag.Uint64("seed", 0, "seed of the random tests, 0 for a fixed one")

// Whatever is done in whatever order, also in updates that fail: the tables are
// what a fresh fold gives, and what a plain map says.
func TestRandom(t *testing.T) {
	s := *seed
	if s == 0 {
		s = 20241012
	}
	t.Logf("-seed=%d", s)
	r := rand.New(rand.NewPCG(s, s))
	l := openActs(t)
	l.db.NoSync = true // 1,000 commits, none of which is to survive
	want := map[string]int{}
	key := func() string { return fmt.Sprintf("%c/%d", 'a'+r.IntN(5), r.IntN(60)) }
	for step := range 1000 {
		var acts []testAct
		after := map[string]int{}
		for k, v := range want {
			after[k] = v
		}
		for range r.IntN(8) {
			a := testAct{Put: key(), Value: r.IntN(1000)}
			after[a.Put] = a.Value
			if r.IntN(3) == 0 {
				a.Delete = key()
				delete(after, a.Delete)
			}
			if r.IntN(20) == 0 {
				a.Drop = key()[:3]
				for k := range after {
					if strings.HasPrefix(k, a.Drop) {
						delete(after, k)
					}
				}
			}
			acts = append(acts, a)
		}
		boom := errors.New("boom")
		fails := r.IntN(10) == 0
		err := l.Update(func(tx *Tx) error {
			_, err := tx.Append(testTime, "acts", "", 1, acts)
			if fails {
				return boom
			}
			return err
		})
		if fails != errors.Is(err, boom) || !fails && err != nil {
			t.Fatalf("step %d: %v", step, err)
		}
		if !fails {
			want = after
		}
	}
	keys, values := numbers(t, l, "")
	if len(keys) != len(want) || !slices.IsSorted(keys) {
		t.Errorf("%d records, want %d", len(keys), len(want))
	}
	for i, k := range keys {
		if v, ok := want[k]; !ok || v != values[i] {
			t.Errorf("%s is %d, want %d %v", k, values[i], v, ok)
		}
	}
	if err := l.Verify(); err != nil {
		t.Error(err)
	}
	if err := l.Refold(nil); err != nil {
		t.Error(err)
	}
	again, againValues := numbers(t, l, "")
	if !slices.Equal(keys, again) || !slices.Equal(values, againValues) {
		t.Error("refolded, the table is another")
	}
}

// The journal is kept in parts; entries, head and check see one.
func TestManyParts(t *testing.T) {
	l := openActs(t)
	const n = 1<<shardBits + 50
	err := l.Update(func(tx *Tx) error {
		for range n {
			if _, err := tx.Append(testTime, "acts", "", 1, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	err = l.View(func(tx *Tx) error {
		next := uint64(1<<shardBits - 3)
		for e, err := range tx.Entries(next) {
			if err != nil {
				return err
			}
			if e.Seq != next {
				t.Fatalf("entry %d, want %d", e.Seq, next)
			}
			next++
		}
		if next != n+1 {
			t.Errorf("it ends before %d", next)
		}
		if _, err := tx.Entry(n + 1); !errors.Is(err, ErrEntry) {
			t.Errorf("an entry that is not there: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if err := l.Verify(); err != nil {
		t.Error(err)
	}
}
