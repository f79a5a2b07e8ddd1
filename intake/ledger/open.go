package ledger

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

const (
	ledgerName = "ledger.db"
	blobsName  = "blobs"
	socketName = "anli.sock"
	// pageSize is fixed, so that the same ledger has the same bytes on every
	// machine and its second meta page is always found.
	pageSize = 4096
	// lockWait is how long Open waits for another process to let go.
	lockWait = time.Second
	// mapSize is reserved address space, not memory: as long as the file is
	// smaller, it need not be mapped anew, and a reader never makes the writer wait.
	mapSize = 1 << 30
	// growStep is by how much the file grows at once.
	growStep = 4 << 20
)

// Option changes how a ledger is opened.
type Option func(*Ledger)

// WithSteps has step called with the name of each of Steps just reached, so that
// a test can end the process there.
func WithSteps(step func(name string)) Option {
	return func(l *Ledger) { l.step = step }
}

// Steps lists, in the order of a change, the moments after which a crash must
// leave the ledger as it was before or as it is after: nothing between.
func Steps() []string {
	return []string{stepBlobWritten, stepBlobRenamed, stepBeforeCommit, stepAfterCommit}
}

const (
	stepBlobWritten  = "blob-temp-written"
	stepBlobRenamed  = "blob-renamed"
	stepBeforeCommit = "before-commit"
	stepAfterCommit  = "after-commit"
)

// Open opens the ledger in the data folder dir, or makes an empty one where there
// is neither ledger nor blobs (the folder with mode 0700). It takes the lock for
// writing: ErrLocked after a second. ErrDamaged if the file is missing beside
// blobs, empty, cut short or without its last entry; the checks are those that
// take no time (see Check for all of them).
func Open(dir string, fold Fold, options ...Option) (*Ledger, error) {
	l := &Ledger{dir: dir, fold: fold, step: func(string) {}}
	for _, o := range options {
		o(l)
	}
	if err := os.MkdirAll(filepath.Join(dir, blobsName), 0o700); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	if err := create(dir); err != nil {
		return nil, explain(err)
	}
	if err := l.open(filepath.Join(dir, ledgerName), false, lockWait); err != nil {
		return nil, explain(err)
	}
	l.blobs = &Blobs{dir: filepath.Join(dir, blobsName), step: l.step}
	if err := l.sweep(); err != nil {
		l.Close()
		return nil, err
	}
	return l, nil
}

// explain adds to a damage what an operator can do about it.
func explain(err error) error {
	if errors.Is(err, ErrDamaged) {
		return fmt.Errorf("%w; %s", err, wayBack)
	}
	return err
}

// open opens the file at path, for reading only or for writing, and checks its head.
func (l *Ledger) open(path string, readOnly bool, wait time.Duration) error {
	if err := quickCheck(path); err != nil {
		return err
	}
	var file *os.File
	options := &bolt.Options{
		Timeout: wait, ReadOnly: readOnly, PageSize: pageSize, InitialMmapSize: mapSize,
		OpenFile: func(name string, flag int, mode fs.FileMode) (f *os.File, err error) {
			// Without O_CREATE: a file that went away must not come back empty.
			file, err = os.OpenFile(name, flag&^os.O_CREATE, mode)
			return file, err
		},
	}
	err := guard("opening", func() (err error) {
		l.db, err = bolt.Open(path, 0o600, options)
		return err
	})
	if err != nil {
		if errors.Is(err, ErrDamaged) && file != nil {
			unlock(file) // bbolt panicked and left it open
		}
		l.db = nil
		return openError(err)
	}
	l.db.AllocSize = growStep
	l.file, l.readOnly = file, readOnly
	if err := l.View(func(tx *Tx) error { return tx.checkHead() }); err != nil {
		l.Close()
		return err
	}
	return nil
}

// unlock gives up the lock of a file that bbolt cannot close any more. Its memory
// map stays, and would keep the lock beyond the closing.
func unlock(f *os.File) error {
	return errors.Join(syscall.Flock(int(f.Fd()), syscall.LOCK_UN), f.Close())
}

func openError(err error) error {
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return fmt.Errorf("%w: stop the daemon (or the other command) first", ErrLocked)
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrChecksum), errors.Is(err, bolterrors.ErrVersionMismatch):
		return damaged("ledger.db: %v", err)
	case errors.Is(err, ErrDamaged):
		return err
	}
	return fmt.Errorf("ledger.db: %w", err)
}

// create makes an empty ledger if there is none. It is written under another name
// first: whatever happens, there is never a ledger.db that is not whole. Of two
// processes that do so at once, one link wins and both go on with that file.
func create(dir string) error {
	path := filepath.Join(dir, ledgerName)
	if _, err := os.Lstat(path); err == nil || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if any, err := hasBlobs(dir); err != nil {
		return err
	} else if any {
		return damaged("there are blobs in %s, but ledger.db is missing", dir)
	}
	temp, err := os.MkdirTemp(dir, tempPrefix+"new-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	fresh := filepath.Join(temp, ledgerName)
	db, err := bolt.Open(fresh, 0o600, &bolt.Options{Timeout: lockWait, PageSize: pageSize})
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bolt.Tx) error {
		for _, name := range []string{journalBucket, metaBucket} {
			if _, err := tx.CreateBucket([]byte(name)); err != nil {
				return err
			}
		}
		return putHead(tx, head{Format: 1, Hash: noHash})
	})
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	if err := os.Link(fresh, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDir(dir)
}

// hasBlobs tells whether dir holds any blob.
func hasBlobs(dir string) (bool, error) {
	found := errors.New("found")
	err := OpenBlobs(filepath.Join(dir, blobsName)).Walk(func(string, int64) error { return found })
	if errors.Is(err, found) {
		return true, nil
	}
	return false, err
}

// tempPrefix begins the name of every temporary file; Open removes those that a
// killed process left.
const tempPrefix = ".anli-"

// sweep removes leftovers. Only the holder of the lock may.
func (l *Ledger) sweep() error {
	for _, dir := range []string{l.dir, l.blobs.dir} {
		list, err := os.ReadDir(dir)
		if err != nil {
			return err
		}
		for _, d := range list {
			if strings.HasPrefix(d.Name(), tempPrefix) {
				if err := os.RemoveAll(filepath.Join(dir, d.Name())); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// quickCheck looks at size and meta pages before bbolt does: bbolt takes a file
// of 0 bytes for a new one and maps pages that a truncated file no longer has.
// A daemon may be writing meanwhile, so a bad look is repeated.
func quickCheck(path string) (err error) {
	for range 3 {
		if err = lookAtMeta(path); err == nil || !errors.Is(err, ErrDamaged) {
			return err
		}
	}
	return err
}

func lookAtMeta(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %s", ErrNoLedger, path)
	} else if err != nil {
		return err
	}
	defer f.Close()
	buf := make([]byte, 2*pageSize)
	n, err := f.ReadAt(buf, 0)
	if err != nil && err != io.EOF {
		return err
	}
	switch {
	case n == 0:
		return damaged("ledger.db is empty (0 bytes)")
	case n < len(buf):
		return damaged("ledger.db has only %d bytes", n)
	}
	m, ok := newestMeta(buf)
	if !ok {
		return damaged("ledger.db: neither of its two meta pages is valid")
	}
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if want := int64(m.pages) * pageSize; info.Size() < want {
		return damaged("ledger.db is cut short: %d bytes, %d belong to it", info.Size(), want)
	}
	return nil
}

// meta is what of a meta page of bbolt (internal/common/meta.go) is needed here.
type meta struct {
	root, freelist, pages, txid uint64
}

// newestMeta returns the valid meta page with the higher transaction number.
func newestMeta(buf []byte) (m meta, ok bool) {
	for i := range 2 {
		if one, valid := parseMeta(buf[i*pageSize:]); valid && (!ok || one.txid > m.txid) {
			m, ok = one, true
		}
	}
	return m, ok
}

// parseMeta reads a meta page: a page header of 16 bytes, then magic, version,
// page size and flags of 4 bytes each, root page and sequence, free list, number
// of pages, transaction and FNV-1a sum of 8 bytes each, in the machine's order.
func parseMeta(page []byte) (meta, bool) {
	b, order := page[16:16+64], binary.NativeEndian
	h := fnv.New64a()
	h.Write(b[:56])
	if order.Uint32(b) != 0xED0CDAED || order.Uint32(b[4:]) != 2 || order.Uint32(b[8:]) != pageSize || order.Uint64(b[56:]) != h.Sum64() {
		return meta{}, false
	}
	return meta{root: order.Uint64(b[16:]), freelist: order.Uint64(b[32:]), pages: order.Uint64(b[40:]), txid: order.Uint64(b[48:])}, true
}

// syncDir makes names made or removed in dir survive a loss of power.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
