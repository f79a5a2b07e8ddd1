package ledger

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"
)

// The talk on the socket: the server sends 8 bytes, the length of the copy in
// big-endian order, then the copy, and closes. Length 0 says that it could not
// make one. The client says nothing.
const (
	maxClients  = 4                // at a time; others wait
	sendTimeout = 60 * time.Second // for a client that does not read
)

// Serve gives every client that connects to anli.sock in the data folder a
// consistent copy of the ledger, until ctx ends. The socket has mode 0600, and
// takes the place of one that a killed process left: only the holder of the lock
// gets here. Long paths are no trouble. Nothing is ever read from a client. handed,
// if not nil, is called whenever a copy begins to leave, from any goroutine.
func (l *Ledger) Serve(ctx context.Context, logger *slog.Logger, handed func()) error {
	if l.readOnly {
		return ErrReadOnly
	}
	listener, err := listen(l.dir)
	if err != nil {
		return fmt.Errorf("socket: %w", err)
	}
	path := filepath.Join(l.dir, socketName)
	defer os.Remove(path)
	stop := context.AfterFunc(ctx, func() { listener.Close() })
	defer stop()
	var clients sync.WaitGroup
	defer clients.Wait()
	slots := make(chan struct{}, maxClients)
	for {
		conn, err := listener.Accept()
		if ctx.Err() != nil {
			return nil
		} else if err != nil {
			listener.Close()
			return fmt.Errorf("socket: %w", err)
		}
		slots <- struct{}{}
		clients.Go(func() {
			defer func() { <-slots }()
			defer conn.Close()
			defer context.AfterFunc(ctx, func() { conn.Close() })()
			if err := l.sendCopy(conn, handed); err != nil && ctx.Err() == nil {
				logger.Warn("a copy of the ledger could not be handed out", "error", err)
			}
		})
	}
}

// listen makes the socket under a name of its own in a closed folder and renames
// it: nobody can connect before its mode is right.
func listen(dir string) (*net.UnixListener, error) {
	temp, err := os.MkdirTemp(dir, tempPrefix+"sock-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(temp)
	var listener *net.UnixListener
	err = shortPath(temp, func(short string) (err error) {
		listener, err = net.ListenUnix("unix", &net.UnixAddr{Name: filepath.Join(short, "s"), Net: "unix"})
		return err
	})
	if err != nil {
		return nil, err
	}
	listener.SetUnlinkOnClose(false)
	made := filepath.Join(temp, "s")
	if err = os.Chmod(made, 0o600); err == nil {
		err = os.Rename(made, filepath.Join(dir, socketName))
	}
	if err != nil {
		listener.Close()
		return nil, err
	}
	return listener, nil
}

// shortPath calls use with a short name of dir: the address of a socket has at
// most 107 bytes, a path may have 4,095.
func shortPath(dir string, use func(short string) error) error {
	if len(dir) <= 90 {
		return use(dir)
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return use("/proc/self/fd/" + strconv.Itoa(int(d.Fd())))
}

// sendCopy writes a copy to a file first: a client that reads slowly must not
// keep a transaction open, which would keep pages from being used again.
func (l *Ledger) sendCopy(conn net.Conn, handed func()) error {
	conn.SetDeadline(time.Now().Add(sendTimeout))
	f, size, err := l.spool()
	if err != nil {
		conn.Write(make([]byte, 8))
		return err
	}
	defer f.Close()
	if handed != nil {
		handed()
	}
	if _, err := conn.Write(binary.BigEndian.AppendUint64(nil, uint64(size))); err != nil {
		return err
	}
	_, err = io.Copy(conn, f)
	return err
}

// spool returns a copy of the ledger in a file without a name, at its begin.
func (l *Ledger) spool() (f *os.File, size int64, err error) {
	f, err = os.CreateTemp(l.dir, tempPrefix+"copy-*")
	if err != nil {
		return nil, 0, err
	}
	os.Remove(f.Name())
	size, err = l.writeCopy(f)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		f.Close()
		return nil, 0, err
	}
	return f, size, nil
}
