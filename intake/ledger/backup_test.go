package ledger

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// stored is a ledger with blobs, open, and their hashes.
func stored(t testing.TB) (l *Ledger, shas []string) {
	t.Helper()
	l = openTest(t, filepath.Join(t.TempDir(), "data"))
	fill(t, l, 30)
	for i := range 20 {
		sha, err := l.Blobs().PutBytes(bytes.Repeat([]byte{byte(i)}, i*777))
		if err != nil {
			t.Fatal(err)
		}
		shas = append(shas, sha)
	}
	return l, shas
}

func backupOf(t testing.TB, l *Ledger) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := Backup(l, &buf, nil); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestBackupAndRestore(t *testing.T) {
	l, shas := stored(t)
	one := backupOf(t, l)
	dir := filepath.Join(t.TempDir(), "a", "data")
	if err := Restore(bytes.NewReader(one), dir, nil); err != nil {
		t.Fatal(err)
	}
	back := openTest(t, dir)
	if err := back.Verify(); err != nil {
		t.Error(err)
	}
	for _, sha := range shas {
		if err := back.Blobs().Verify(sha); err != nil {
			t.Error(err)
		}
	}
	if !bytes.Equal(journalOf(t, back), journalOf(t, l)) {
		t.Error("another journal")
	}
	if two := backupOf(t, back); !bytes.Equal(one, two) {
		t.Error("the backup of what was restored is another")
	}
	if err := Restore(bytes.NewReader(one), dir, nil); !errors.Is(err, ErrExists) {
		t.Errorf("over a ledger: %v", err)
	}
	fill(t, back, 3) // life goes on
	if list, _ := filepath.Glob(filepath.Join(dir, tempPrefix+"*")); len(list) > 0 {
		t.Errorf("left behind: %v", list)
	}
}

// After a damage the ledger is moved aside; the blobs may stay, and a damaged one
// is mended.
func TestRestoreBesideBlobs(t *testing.T) {
	l, shas := stored(t)
	one := backupOf(t, l)
	l.Close()
	path := filepath.Join(l.dir, ledgerName)
	if err := os.Rename(path, path+".damaged"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(l.blobs.path(shas[7]), []byte("rotten"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Restore(bytes.NewReader(one), l.dir, nil); err != nil {
		t.Fatal(err)
	}
	back := openTest(t, l.dir)
	if problems, err := back.Blobs().Check(nil); err != nil || len(problems) > 0 {
		t.Errorf("%v %v", problems, err)
	}
}

func TestRestoreRefuses(t *testing.T) {
	l, shas := stored(t)
	one := backupOf(t, l)
	blobName := blobsName + "/" + shas[0][:2] + "/" + shas[0]
	type file struct{ name, body string }
	made := func(files ...file) []byte {
		var buf bytes.Buffer
		w := tar.NewWriter(&buf)
		for _, f := range files {
			w.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: f.name, Size: int64(len(f.body)), Mode: 0o600})
			io.WriteString(w, f.body)
		}
		w.Close()
		return buf.Bytes()
	}
	line := func(f file) string {
		s := sha256.Sum256([]byte(f.body))
		return fmt.Sprintf("%s %s\n", hex.EncodeToString(s[:]), f.name)
	}
	db := file{ledgerName, readMember(t, one, ledgerName)}
	evil := file{"blobs/../../evil", "x"}
	broken := file{ledgerName, "no ledger"}
	flipped := file{ledgerName, string(flipAll(t, []byte(db.body), `"seq":11,"v`))}
	withManifest := func(files ...file) []byte {
		text := manifestHead + "\n"
		for _, f := range files {
			text += line(f)
		}
		return made(append(files, file{manifestName, text})...)
	}
	for name, in := range map[string][]byte{
		"nothing":             {},
		"no tar":              []byte(strings.Repeat("hello", 1000)),
		"cut off":             one[:len(one)*2/3],
		"without manifest":    made(db),
		"another manifest":    made(db, file{manifestName, manifestHead + "\n"}),
		"a newer form":        made(db, file{manifestName, "anli backup 2\n" + line(db)}),
		"manifest says more":  made(db, file{manifestName, manifestHead + "\n" + line(db) + line(file{blobName, ""})}),
		"no ledger":           withManifest(file{blobName, ""}),
		"ledger not first":    withManifest(file{blobName, ""}, db),
		"two ledgers":         withManifest(db, db),
		"path outside":        withManifest(db, evil),
		"name is not content": withManifest(db, file{blobName, "other"}),
		"no database":         withManifest(broken),
		"entry changed":       withManifest(flipped),
		"one byte changed":    bytes.Replace(one, []byte("anli backup"), []byte("anli Backup"), 1),
		"blob changed":        bytes.Replace(one, bytes.Repeat([]byte{7}, 777), bytes.Repeat([]byte{9}, 777), 1),
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			err := Restore(bytes.NewReader(in), dir, nil)
			if !errors.Is(err, ErrBackup) {
				t.Errorf("%v", err)
			}
			t.Log(err)
			if list, err := os.ReadDir(dir); err != nil || len(list) != 0 {
				t.Errorf("left behind: %v %v", list, err)
			}
		})
	}
	if err := Restore(bytes.NewReader(withManifest(db, file{blobName, ""})), t.TempDir(), nil); err != nil {
		t.Errorf("the good one: %v", err)
	}
}

func readMember(t testing.TB, backup []byte, name string) string {
	t.Helper()
	r := tar.NewReader(bytes.NewReader(backup))
	for {
		h, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		if h.Name == name {
			b, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			return string(b)
		}
	}
}

// A backup is made even where a blob is damaged: without it, and saying so.
func TestBackupOfADamagedBlob(t *testing.T) {
	l, shas := stored(t)
	if err := os.WriteFile(l.blobs.path(shas[7]), bytes.Repeat([]byte{9}, 7*777), 0o600); err != nil {
		t.Fatal(err)
	}
	if problems, err := l.Blobs().Check(nil); err != nil || len(problems) != 1 || !strings.Contains(problems[0].Detail, shas[7]) {
		t.Errorf("%v %v", problems, err)
	}
	var buf bytes.Buffer
	if err := Backup(l, &buf, nil); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), shas[7]) {
		t.Errorf("backup: %v", err)
	}
	dir := t.TempDir()
	if err := Restore(&buf, dir, nil); err != nil {
		t.Fatal(err)
	}
	back := openTest(t, dir)
	if back.Blobs().Has(shas[7]) || !back.Blobs().Has(shas[8]) {
		t.Error("the damaged blob is there, or another is not")
	}
	if _, err := l.Rotate(filepath.Join(t.TempDir(), "backups"), "1", 3); !errors.Is(err, ErrDamaged) {
		t.Errorf("rotate: %v", err)
	}
}

// A backup of a copy, fetched while the daemon writes, is whole.
func TestBackupOfACopy(t *testing.T) {
	l, _ := stored(t)
	defer serveTest(t, l)()
	c, done, err := OpenCopy(l.dir, testFold)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	one := backupOf(t, l)
	fill(t, l, 5)
	if !bytes.Equal(one, backupOf(t, c)) {
		t.Error("the copy gives another backup")
	}
}

func TestRotate(t *testing.T) {
	l, shas := stored(t)
	dir := filepath.Join(l.dir, "backups")
	pool := OpenBlobs(filepath.Join(dir, blobsName))
	if err := errors.Join(os.MkdirAll(filepath.Join(dir, tempPrefix+"left"), 0o700)); err != nil {
		t.Fatal(err)
	}
	journals := map[string][]byte{}
	for _, name := range []string{"2024-10-12T0830", "2024-10-13T0830", "2024-10-14T0830", "2024-10-15T0830"} {
		path, err := l.Rotate(dir, name, 2)
		if err != nil || path != filepath.Join(dir, name) {
			t.Fatalf("%s %v", path, err)
		}
		journals[name] = journalOf(t, l)
		fill(t, l, 7)
		// Bytes erased by a purge leave the backups with the last that lists them.
		if name == "2024-10-13T0830" {
			if err := os.Remove(l.blobs.path(shas[3])); err != nil {
				t.Fatal(err)
			}
		}
		if name == "2024-10-14T0830" && !pool.Has(shas[3]) {
			t.Error("a blob that a kept backup lists is gone")
		}
	}
	if pool.Has(shas[3]) || !pool.Has(shas[4]) {
		t.Error("the pool is not what the kept backups list")
	}
	names, _ := filepath.Glob(filepath.Join(dir, "[^b]*"))
	if len(names) != 2 {
		t.Errorf("kept: %v", names)
	}
	for _, path := range names {
		to := filepath.Join(t.TempDir(), "data")
		if err := RestoreRotated(path, to, nil); err != nil {
			t.Fatal(err)
		}
		back := openTest(t, to)
		if err := back.Verify(); err != nil {
			t.Error(err)
		}
		if !bytes.Equal(journalOf(t, back), journals[filepath.Base(path)]) || !back.Blobs().Has(shas[5]) {
			t.Errorf("%s is not as it was", path)
		}
	}
	if _, err := l.Rotate(dir, "2024-10-15T0830", 2); !errors.Is(err, ErrExists) {
		t.Errorf("the same name: %v", err)
	}
	for _, name := range []string{"", ".", "..", "a/b", blobsName, ".hidden"} {
		if _, err := l.Rotate(dir, name, 2); err == nil {
			t.Errorf("the name %q was taken", name)
		}
	}
	// A blob of the pool is gone: the rest comes back, and the loss is named.
	if err := os.Remove(pool.path(shas[4])); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "data")
	if err := RestoreRotated(names[0], to, nil); !errors.Is(err, ErrNoBlob) || !strings.Contains(err.Error(), shas[4]) {
		t.Errorf("%v", err)
	}
	if err := openTest(t, to).Verify(); err != nil {
		t.Error(err)
	}
}

func FuzzRestore(f *testing.F) {
	l := openTest(f, f.TempDir())
	fill(f, l, 1)
	if _, err := l.Blobs().PutBytes([]byte("a mail")); err != nil {
		f.Fatal(err)
	}
	f.Add(backupOf(f, l))
	f.Add([]byte("anli backup 1\n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		dir := t.TempDir()
		if err := Restore(bytes.NewReader(in), dir, nil); err == nil {
			l, err := Open(dir, testFold)
			if err != nil {
				t.Fatalf("restored, but: %v", err)
			}
			l.Close()
		} else if list, _ := os.ReadDir(dir); len(list) != 0 {
			t.Errorf("left behind: %v", list)
		}
	})
}
