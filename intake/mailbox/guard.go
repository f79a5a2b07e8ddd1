package mailbox

import (
	"net"
	"sync"
	"time"
)

// guard lets no call hang: the IMAP client's own deadlines are ignored (one
// for a whole literal, none at all for a silent server); instead, while armed,
// every read must bring something within the limit, and every write always.
type guard struct {
	net.Conn
	stall time.Duration

	mu    sync.Mutex
	limit time.Duration // for reads; 0: none, nothing is due from the server
}

func (g *guard) SetReadDeadline(time.Time) error  { return nil }
func (g *guard) SetWriteDeadline(time.Time) error { return nil }
func (g *guard) SetDeadline(time.Time) error      { return nil }

// arm begins to demand answers; a read already blocked is included.
func (g *guard) arm() { g.set(g.stall) }

// disarm allows the server to be silent.
func (g *guard) disarm() { g.set(0) }

func (g *guard) set(limit time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.limit = limit
	g.deadline()
}

func (g *guard) deadline() {
	var t time.Time
	if g.limit > 0 {
		t = time.Now().Add(g.limit)
	}
	g.Conn.SetReadDeadline(t)
}

// Read implements net.Conn. A connection that stalled once is closed: the
// client above would ask it again and again.
func (g *guard) Read(p []byte) (int, error) {
	g.mu.Lock()
	g.deadline()
	g.mu.Unlock()
	n, err := g.Conn.Read(p)
	if err != nil {
		g.Conn.Close()
	}
	return n, err
}

// Write goes in small pieces, so that a large one on a slow line counts as
// progress.
func (g *guard) Write(p []byte) (int, error) {
	const piece = 64 << 10
	done := 0
	for {
		g.Conn.SetWriteDeadline(time.Now().Add(g.stall))
		n, err := g.Conn.Write(p[done:min(done+piece, len(p))])
		done += n
		if err != nil || done == len(p) {
			return done, err
		}
	}
}
