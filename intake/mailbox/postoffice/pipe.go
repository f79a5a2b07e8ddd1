package postoffice

import (
	"context"
	"net"
	"sync"
)

// Pipe is a listener without a network: Dial and Accept meet over net.Pipe.
// In a testing/synctest bubble this lets time pass while both ends wait,
// which a socket does not.
type Pipe struct {
	calls chan net.Conn
	done  chan struct{}
	once  sync.Once
}

// NewPipe makes a listener for Options.IMAPListener or Options.SMTPListener.
func NewPipe() *Pipe {
	return &Pipe{calls: make(chan net.Conn), done: make(chan struct{})}
}

// Dial connects to the listener; network and address are ignored.
func (p *Pipe) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	here, there := net.Pipe()
	select {
	case p.calls <- there:
		return here, nil
	case <-p.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Accept implements net.Listener.
func (p *Pipe) Accept() (net.Conn, error) {
	select {
	case c := <-p.calls:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (p *Pipe) Close() error {
	p.once.Do(func() { close(p.done) })
	return nil
}

// Addr implements net.Listener.
func (p *Pipe) Addr() net.Addr { return pipeAddr{} }

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "pipe" }

// tracked is a listener of the office. It tells when the server first listens
// (the servers cannot be closed cleanly before) and keeps the open connections
// for CutIMAP, where asked to.
type tracked struct {
	net.Listener
	up    chan struct{}
	first *sync.Once
	keep  *Office // nil: connections are not kept
}

func newTracked(l net.Listener, keep *Office) tracked {
	return tracked{l, make(chan struct{}), new(sync.Once), keep}
}

// Accept implements net.Listener.
func (t tracked) Accept() (net.Conn, error) {
	t.first.Do(func() { close(t.up) })
	c, err := t.Listener.Accept()
	if err != nil || t.keep == nil {
		return c, err
	}
	t.keep.mu.Lock()
	defer t.keep.mu.Unlock()
	t.keep.conns[c] = struct{}{}
	return trackedConn{c, t.keep}, nil
}

type trackedConn struct {
	net.Conn
	o *Office
}

// Close implements net.Conn.
func (t trackedConn) Close() error {
	t.o.mu.Lock()
	delete(t.o.conns, t.Conn)
	t.o.mu.Unlock()
	return t.Conn.Close()
}
