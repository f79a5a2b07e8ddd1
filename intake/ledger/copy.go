package ledger

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// OpenCopy opens the ledger in dir for reading only, while the daemon runs (it
// hands a copy over its socket) or not (the file itself, which then no daemon can
// open until Close). It may be called anywhere, changes nothing in dir, and its
// Update fails with ErrReadOnly. The fold serves Check. The second result closes
// the ledger and removes what was fetched. ErrNoLedger, ErrLocked (held by a
// command that hands out no copies), ErrDamaged.
func OpenCopy(dir string, fold Fold) (*Ledger, func() error, error) {
	l := &Ledger{dir: dir, fold: fold, step: func(string) {}, blobs: OpenBlobs(filepath.Join(dir, blobsName))}
	l.blobs.readOnly = true
	path := filepath.Join(dir, ledgerName)
	if err := quickCheck(path); err != nil {
		if any, _ := hasBlobs(dir); any && errors.Is(err, ErrNoLedger) {
			err = damaged("there are blobs in %s, but ledger.db is missing", dir)
		}
		return nil, nil, explain(err)
	}
	var err error
	for range 4 { // the daemon may be starting or ending at this moment
		if err = l.openFetched(); errors.Is(err, errNoDaemon) {
			err = l.open(path, true, lockWait/4)
		}
		if !errors.Is(err, ErrLocked) {
			break
		}
	}
	if err != nil {
		return nil, nil, explain(err)
	}
	return l, l.Close, nil
}

// errNoDaemon says that nobody listens on the socket, or no longer.
var errNoDaemon = errors.New("no daemon hands out copies")

// openFetched opens a copy fetched from the daemon. Its file has no name any more.
func (l *Ledger) openFetched() error {
	var conn net.Conn
	err := shortPath(l.dir, func(short string) (err error) {
		conn, err = net.DialTimeout("unix", filepath.Join(short, socketName), lockWait)
		return err
	})
	if err != nil {
		return fmt.Errorf("%w: %v", errNoDaemon, err)
	}
	defer conn.Close()
	temp, err := os.MkdirTemp("", tempPrefix+"*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	path := filepath.Join(temp, ledgerName)
	if err := fetch(conn, path); errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) {
		return fmt.Errorf("%w: it went away: %v", errNoDaemon, err)
	} else if err != nil {
		return fmt.Errorf("copy of the ledger: %w", err)
	}
	return l.open(path, true, lockWait)
}

func fetch(conn net.Conn, path string) error {
	conn.SetDeadline(time.Now().Add(sendTimeout))
	var length [8]byte
	if _, err := io.ReadFull(conn, length[:]); err != nil {
		return err
	}
	size := binary.BigEndian.Uint64(length[:])
	if size == 0 || size > 1<<40 {
		return errors.New("the daemon could not make one, see its log")
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.CopyN(f, conn, int64(size))
	return errors.Join(err, f.Close())
}

// writeCopy writes a consistent copy of ledger.db.
func (l *Ledger) writeCopy(w io.Writer) (n int64, err error) {
	err = l.View(func(tx *Tx) error {
		return guard("copying", func() (err error) {
			n, err = tx.bolt.WriteTo(w)
			return err
		})
	})
	return n, err
}

// snapshot opens a copy of an open ledger for reading only. Its file has no name.
func (l *Ledger) snapshot() (*Ledger, error) {
	temp, err := os.MkdirTemp("", tempPrefix+"*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(temp)
	path := filepath.Join(temp, ledgerName)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = l.writeCopy(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	still := &Ledger{dir: l.dir, fold: l.fold, step: func(string) {}, blobs: l.blobs}
	return still, still.open(path, true, lockWait)
}
