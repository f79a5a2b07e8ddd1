package outbox

import (
	"context"
	"errors"
	"net"
	"sync/atomic"
	"time"
)

// maxReplies bounds what one connection may read: a server that talks for ever
// is given up.
const maxReplies = 1 << 20

var errTalkative = errors.New("the server sends more than any SMTP reply holds")

// guarded is a connection under go-mail's client. go-mail sets one deadline for a
// whole letter; here those are ignored and every single read and write must make
// progress within stall. The connection dies with its context.
type guarded struct {
	net.Conn
	stall time.Duration
	stop  func() bool
	read  int
	// cut is set when a write did not hand over all its bytes: then what
	// follows, a final dot among it, never reached the server.
	cut atomic.Bool
}

func guard(ctx context.Context, c net.Conn, stall time.Duration) *guarded {
	g := &guarded{Conn: c, stall: stall}
	g.stop = context.AfterFunc(ctx, func() { c.Close() })
	return g
}

func (g *guarded) SetDeadline(time.Time) error      { return nil }
func (g *guarded) SetReadDeadline(time.Time) error  { return nil }
func (g *guarded) SetWriteDeadline(time.Time) error { return nil }

func (g *guarded) Read(p []byte) (int, error) {
	if g.read > maxReplies {
		return 0, errTalkative
	}
	if err := g.Conn.SetReadDeadline(time.Now().Add(g.stall)); err != nil {
		return 0, err
	}
	n, err := g.Conn.Read(p)
	g.read += n
	return n, err
}

// writePiece is what must leave within one stall: a letter of 20 MB over a slow
// line is many pieces, each of which makes progress.
const writePiece = 16 << 10

func (g *guarded) Write(p []byte) (int, error) {
	done := 0
	for done < len(p) {
		if err := g.Conn.SetWriteDeadline(time.Now().Add(g.stall)); err != nil {
			g.cut.Store(true)
			return done, err
		}
		n, err := g.Conn.Write(p[done:min(done+writePiece, len(p))])
		done += n
		if err != nil {
			g.cut.Store(true)
			return done, err
		}
	}
	return done, nil
}

func (g *guarded) Close() error {
	g.stop()
	return g.Conn.Close()
}
