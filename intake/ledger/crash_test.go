package ledger

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// The child of TestCrash: makes changes until it kills itself at a step.
func TestCrashChild(t *testing.T) {
	dir, step, nth := os.Getenv("LEDGER_CRASH_DIR"), os.Getenv("LEDGER_CRASH_STEP"), os.Getenv("LEDGER_CRASH_NTH")
	if dir == "" {
		t.Skip("runs as a child of TestCrash")
	}
	left, err := strconv.Atoi(nth)
	if err != nil {
		t.Fatal(err)
	}
	l, err := Open(dir, testFold, WithSteps(func(name string) {
		if name != step {
			return
		}
		if left--; left == 0 {
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {} // it comes in a moment
		}
	}))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 10 {
		sha, err := l.Blobs().PutBytes([]byte("mail " + strconv.Itoa(i)))
		if err != nil {
			t.Fatal(err)
		}
		err = l.Update(func(tx *Tx) error {
			_, err := tx.Append(testTime, "change", "mail/"+sha, 1, testChange{Code: "GD-0001", Name: sha})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Fatal("no step killed it")
}

// A process killed at any step leaves the ledger before or after the change, with
// every blob that an entry names, and nothing in the way of the next.
func TestCrash(t *testing.T) {
	for _, step := range Steps() {
		t.Run(step, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			const nth = 4
			child := exec.Command(os.Args[0], "-test.run=^TestCrashChild$")
			child.Env = append(os.Environ(), "LEDGER_CRASH_DIR="+dir, "LEDGER_CRASH_STEP="+step, "LEDGER_CRASH_NTH="+strconv.Itoa(nth))
			out, err := child.CombinedOutput()
			if child.ProcessState.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
				t.Fatalf("the child was not killed: %v\n%s", err, out)
			}
			l := openTest(t, dir)
			if err := l.Verify(); err != nil {
				t.Error(err)
			}
			want, blobs := uint64(nth-1), nth
			switch step {
			case stepAfterCommit:
				want = nth
			case stepBlobWritten:
				blobs = nth - 1
			}
			l.View(func(tx *Tx) error {
				if seq, _ := tx.Head(); seq != want {
					t.Errorf("%d entries, want %d", seq, want)
				}
				for e, err := range tx.Entries(1) {
					if err != nil {
						return err
					}
					if err := l.Blobs().Verify(strings.TrimPrefix(e.Cause, "mail/")); err != nil {
						t.Error(err)
					}
				}
				return nil
			})
			if list, err := l.Blobs().list(); len(list) != blobs || err != nil {
				t.Errorf("%d blobs, want %d (%v)", len(list), blobs, err)
			}
			for _, where := range []string{dir, l.blobs.dir} {
				if left, _ := filepath.Glob(filepath.Join(where, tempPrefix+"*")); len(left) > 0 {
					t.Errorf("left behind: %v", left)
				}
			}
		})
	}
}
