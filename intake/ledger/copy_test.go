package ledger

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
)

// serveTest serves copies until stop is called.
func serveTest(t testing.TB, l *Ledger) (stop func()) { return serveCounted(t, l, nil) }

func serveCounted(t testing.TB, l *Ledger, handed func()) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- l.Serve(ctx, slog.New(slog.DiscardHandler), handed) }()
	for { // until the socket is there
		if _, err := os.Lstat(filepath.Join(l.dir, socketName)); err == nil {
			break
		}
		select {
		case err := <-ended:
			t.Fatal(err)
		default:
			runtime.Gosched()
		}
	}
	return func() {
		t.Helper()
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

func TestSecondOpener(t *testing.T) {
	dir := t.TempDir()
	l := openTest(t, dir)
	fill(t, l, 1)
	if _, err := Open(dir, testFold); !errors.Is(err, ErrLocked) {
		t.Errorf("second open: %v", err)
	}
	if _, _, err := OpenCopy(dir, testFold); !errors.Is(err, ErrLocked) {
		t.Errorf("copy of a ledger that hands out none: %v", err)
	}
	l.Close()
	l, done, err := OpenCopy(dir, testFold)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, testFold); !errors.Is(err, ErrLocked) {
		t.Errorf("open beside a reader: %v", err)
	}
	two, doneTwo, err := OpenCopy(dir, testFold)
	if err != nil {
		t.Fatalf("two readers: %v", err)
	}
	if err := errors.Join(l.Verify(), two.Verify(), done(), doneTwo()); err != nil {
		t.Error(err)
	}
	openTest(t, dir)
}

// Whoever serves learns of every copy that leaves.
func TestCopiesAreCounted(t *testing.T) {
	dir := t.TempDir()
	l := openTest(t, dir)
	fill(t, l, 1)
	var left atomic.Int32
	defer serveCounted(t, l, func() { left.Add(1) })()
	for n := int32(1); n < 4; n++ {
		_, done, err := OpenCopy(dir, testFold)
		if err := errors.Join(err, done()); err != nil || left.Load() != n {
			t.Fatal(left.Load(), n, err)
		}
	}
}

func TestCopyWhileWriting(t *testing.T) {
	dir := t.TempDir()
	l := openTest(t, dir)
	fill(t, l, 10)
	stop := serveTest(t, l)
	defer stop()
	info, err := os.Lstat(filepath.Join(dir, socketName))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("socket: %v %v", info.Mode(), err)
	}
	enough := make(chan bool)
	written := make(chan error, 1)
	go func() {
		for {
			select {
			case <-enough:
				written <- nil
				return
			default:
			}
			err := l.Update(func(tx *Tx) error {
				_, err := tx.Append(testTime, "change", "", 1, testChange{Code: "GD-0001", Name: strings.Repeat("长", 500)})
				return err
			})
			if err != nil {
				written <- err
				return
			}
		}
	}()
	var last uint64
	for range 12 {
		c, done, err := OpenCopy(dir, testFold)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Verify(); err != nil {
			t.Error(err)
		}
		c.View(func(tx *Tx) error {
			seq, _ := tx.Head()
			if seq < last {
				t.Errorf("a copy ends at %d, the one before at %d", seq, last)
			}
			last = seq
			return nil
		})
		if err := c.Update(func(*Tx) error { return nil }); !errors.Is(err, ErrReadOnly) {
			t.Errorf("update of a copy: %v", err)
		}
		if _, err := c.Blobs().PutBytes([]byte("x")); !errors.Is(err, ErrReadOnly) {
			t.Errorf("blob of a copy: %v", err)
		}
		if err := c.Serve(t.Context(), slog.Default(), nil); !errors.Is(err, ErrReadOnly) {
			t.Errorf("serve a copy: %v", err)
		}
		if err := done(); err != nil {
			t.Error(err)
		}
	}
	close(enough)
	if err := <-written; err != nil {
		t.Error(err)
	}
}

func TestSocketInALongPath(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("深", 60), strings.Repeat("x", 200))
	l := openTest(t, dir)
	fill(t, l, 3)
	// A killed daemon left its socket.
	old, err := listen(dir)
	if err != nil {
		t.Fatal(err)
	}
	old.Close()
	if _, err := os.Lstat(filepath.Join(dir, socketName)); err != nil {
		t.Fatalf("no socket was left: %v", err)
	}
	stop := serveTest(t, l)
	for { // the old one may still be there for a moment
		c, done, err := OpenCopy(dir, testFold)
		if errors.Is(err, ErrLocked) {
			continue
		} else if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(journalOf(t, c), journalOf(t, l)) {
			t.Error("the copy is another")
		}
		done()
		break
	}
	stop()
	if _, err := os.Lstat(filepath.Join(dir, socketName)); err == nil {
		t.Error("the socket is still there")
	}
	if list, _ := filepath.Glob(filepath.Join(dir, tempPrefix+"*")); len(list) > 0 {
		t.Errorf("left behind: %v", list)
	}
}

// Clients that say nothing, or go away, do not stop the writer or the end.
func TestClientsThatDoNotRead(t *testing.T) {
	dir := t.TempDir()
	l := openTest(t, dir)
	for range 20 {
		fill(t, l, 2000)
	}
	stop := serveTest(t, l)
	for range maxClients + 2 {
		conn, err := net.Dial("unix", filepath.Join(dir, socketName))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
	}
	fill(t, l, 100)
	stop()
}

// What a daemon that dies within its answer leaves is no ledger.
func TestCopyCutOff(t *testing.T) {
	for name, answer := range map[string][]byte{
		"nothing":  {},
		"no copy":  make([]byte, 8),
		"cut off":  append(binary.BigEndian.AppendUint64(nil, 100000), "too little"...),
		"endless":  bytes.Repeat([]byte{0xff}, 100),
		"not ours": append(binary.BigEndian.AppendUint64(nil, 20000), make([]byte, 20000)...),
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			l := openTest(t, dir)
			listener, err := listen(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer listener.Close()
			go func() {
				for {
					conn, err := listener.Accept()
					if err != nil {
						return
					}
					conn.Write(answer)
					conn.Close()
				}
			}()
			c, _, err := OpenCopy(dir, testFold)
			if err == nil {
				c.Close()
				t.Error("it was opened")
			}
			t.Log(err)
			l.Close()
		})
	}
}

func TestOpenCopyOfNothing(t *testing.T) {
	dir := t.TempDir()
	if _, _, err := OpenCopy(dir, testFold); !errors.Is(err, ErrNoLedger) {
		t.Errorf("%v", err)
	}
	if list, err := os.ReadDir(dir); err != nil || len(list) != 0 {
		t.Errorf("it made %v %v", list, err)
	}
}

func TestServeGivesExactlyTheFile(t *testing.T) {
	dir := t.TempDir()
	l := openTest(t, dir)
	fill(t, l, 5)
	defer serveTest(t, l)()
	conn, err := net.Dial("unix", filepath.Join(dir, socketName))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	got, err := io.ReadAll(conn)
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	if _, err := l.writeCopy(&want); err != nil {
		t.Fatal(err)
	}
	if len(got) < 8 || int(binary.BigEndian.Uint64(got)) != len(got)-8 || !bytes.Equal(got[8:], want.Bytes()) {
		t.Errorf("%d bytes, want 8 and %d", len(got), want.Len())
	}
}
