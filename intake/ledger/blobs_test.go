package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/iotest"
)

func TestBlobs(t *testing.T) {
	b := OpenBlobs(filepath.Join(t.TempDir(), "blobs"))
	if err := b.Walk(func(string, int64) error { return errors.New("there is one") }); err != nil {
		t.Error(err)
	}
	content := bytes.Repeat([]byte("原件\x00"), 100_000)
	sum := sha256.Sum256(content)
	want := hex.EncodeToString(sum[:])
	for range 2 {
		r := bytes.NewReader(content)
		sha, n, err := b.Put(iotest.HalfReader(r))
		if sha != want || n != int64(len(content)) || err != nil || r.Len() != 0 {
			t.Fatalf("%s %d %v, %d left", sha, n, err, r.Len())
		}
	}
	if sha, err := b.PutBytes(content); sha != want || err != nil {
		t.Errorf("%s %v", sha, err)
	}
	empty, err := b.PutBytes(nil)
	if err != nil || !b.Has(empty) {
		t.Errorf("nothing is a blob too: %v", err)
	}
	f, err := b.Open(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(f)
	if f.Close(); !bytes.Equal(got, content) || err != nil {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	info, err := os.Stat(filepath.Join(b.dir, want[:2], want))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	var all []string
	b.Walk(func(sha string, size int64) error { all = append(all, sha); return nil })
	if !slices.Equal(all, sorted(want, empty)) {
		t.Errorf("walk: %v", all)
	}
	if left, _ := filepath.Glob(filepath.Join(b.dir, tempPrefix+"*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func sorted(s ...string) []string { slices.Sort(s); return s }

func TestNoBlob(t *testing.T) {
	b := OpenBlobs(t.TempDir())
	if err := os.WriteFile(filepath.Join(b.dir, "..", "secret"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, sha := range []string{"", "ab", "../secret", noHash, noHash[:63] + "/", noHash[:60] + "/../"} {
		_, err := b.Open(sha)
		_, err2 := b.Size(sha)
		if !errors.Is(err, ErrNoBlob) || !errors.Is(err2, ErrNoBlob) || !errors.Is(b.Verify(sha), ErrNoBlob) || b.Has(sha) {
			t.Errorf("%q: %v %v", sha, err, err2)
		}
	}
}

// A source that breaks off leaves nothing, and says why.
func TestBlobThatBreaksOff(t *testing.T) {
	b := OpenBlobs(t.TempDir())
	boom := errors.New("boom")
	_, _, err := b.Put(io.MultiReader(bytes.NewReader(make([]byte, 1<<20)), iotest.ErrReader(boom)))
	if !errors.Is(err, boom) {
		t.Error(err)
	}
	if list, err := os.ReadDir(b.dir); err != nil || len(list) > 0 {
		t.Errorf("left behind: %v %v", list, err)
	}
}

func TestDamagedBlob(t *testing.T) {
	b := OpenBlobs(t.TempDir())
	sha, err := b.PutBytes([]byte("a mail"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(b.path(sha), []byte("a maiL"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := b.Verify(sha); !errors.Is(err, ErrDamaged) {
		t.Error(err)
	}
	// One cut short by a loss of power is mended by the next Put.
	if err := os.WriteFile(b.path(sha), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := b.PutBytes([]byte("a mail")); err != nil {
		t.Fatal(err)
	}
	if err := b.Verify(sha); err != nil {
		t.Error(err)
	}
}

func TestBlobsAtOnce(t *testing.T) {
	b := OpenBlobs(t.TempDir())
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for j := range 10 {
				if _, _, err := b.Put(bytes.NewReader(bytes.Repeat([]byte{byte(j)}, 1000+i%2))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	n := 0
	b.Walk(func(sha string, _ int64) error { n++; return b.Verify(sha) })
	if n != 20 {
		t.Errorf("%d blobs, want 20", n)
	}
}

func TestTake(t *testing.T) {
	from, to := OpenBlobs(t.TempDir()), OpenBlobs(filepath.Join(t.TempDir(), "new", "blobs"))
	good, err := from.PutBytes([]byte("a mail"))
	if err != nil {
		t.Fatal(err)
	}
	bad, err := from.PutBytes([]byte("another"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(from.path(bad), []byte("anotheR"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := to.Take(from, good); err != nil || to.Verify(good) != nil {
			t.Error(err)
		}
	}
	if err := to.Take(from, bad); !errors.Is(err, ErrDamaged) || to.Has(bad) {
		t.Errorf("damaged: %v", err)
	}
	if err := to.Take(from, noHash); !errors.Is(err, ErrNoBlob) {
		t.Errorf("none: %v", err)
	}
}
