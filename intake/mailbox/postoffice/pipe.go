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

// tracked is the IMAP listener; it knows the open connections for CutIMAP.
type tracked struct {
	net.Listener
	o *Office
}

func (t tracked) Accept() (net.Conn, error) {
	c, err := t.Listener.Accept()
	if err != nil {
		return nil, err
	}
	t.o.mu.Lock()
	defer t.o.mu.Unlock()
	t.o.conns[c] = struct{}{}
	return trackedConn{c, t.o}, nil
}

type trackedConn struct {
	net.Conn
	o *Office
}

func (t trackedConn) Close() error {
	t.o.mu.Lock()
	delete(t.o.conns, t.Conn)
	t.o.mu.Unlock()
	return t.Conn.Close()
}
