// Package mailbox watches one IMAP account: it fetches what is new as a
// stream, appends copies and journal batches, and leaves everything else as
// people have it. Nothing is flagged, moved, marked seen or deleted: folders
// are opened by EXAMINE and bodies asked for by BODY.PEEK (RFC 3501).
//
// The way of one watch:
//
//  1. Scan: EXAMINE, UID SEARCH, size and INTERNALDATE of every unknown UID,
//     then the bodies, in order of arrival, into the caller's take.
//  2. Wait: IDLE where the server has it (RFC 2177), else sleep, and always
//     no longer than Settings.Poll.
//  3. Any ErrNetwork: wait Backoff and begin again. ErrLogin is another
//     matter: see there.
//
// One connection is held between calls and opened anew when it is broken.
// Below the IMAP client lie two layers: guard, which lets no call hang, and
// mend, which repairs what odd servers send before the client dies of it.
//
// Caveats:
//   - ENVELOPE, BODYSTRUCTURE and FLAGS are never asked for: their parsers do
//     not survive Chinese servers. Bytes are fetched, others read them.
//   - SEARCH results are a hint, never a proof of absence.
//   - RFC822.SIZE is what the server claims; some servers only estimate.
//   - take runs while the connection is in use: it must not call the Box.
package mailbox

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"sync"
	"time"
)

// Errors, to be asked for with errors.Is. An error of the caller's context is
// returned as it is.
var (
	// ErrNetwork: the connection could not be made, broke, stalled, or what
	// came could not be read. Trying again later may help.
	ErrNetwork = errors.New("mailbox: connection")

	// ErrLogin: the server refused the user. To spare the account a lock-out,
	// the Box dials no more for ten minutes, then once, and after a second
	// refusal never again; every call returns this error.
	ErrLogin = errors.New("mailbox: login refused")

	// ErrRefused: the server understood and said no (quota, rights, a limit).
	ErrRefused = errors.New("mailbox: refused by the server")

	// ErrMissing: the folder does not exist.
	ErrMissing = errors.New("mailbox: no such folder")
)

// Settings of one account. Address, User and Password are required.
type Settings struct {
	Address  string                 // host:port
	TLS      string                 // "tls" (default), "starttls", "none" (loopback only)
	Config   *tls.Config            // nil: the system's roots, server name from Address
	User     string                 // login name
	Password func() (string, error) // asked at each login; the token for xoauth2
	Auth     string                 // "plain" (default), "login", "xoauth2"

	Inbox               string // "": INBOX
	Junk, Sent, Journal string // "": the account has none; used by Check

	Poll  time.Duration // longest wait for news; 0: 60 s
	Idle  bool          // use IDLE where offered
	Stall time.Duration // a command without a byte of progress for so long has failed; 0: 60 s

	Dial func(ctx context.Context, network, addr string) (net.Conn, error) // nil: net.Dialer, 30 s
	Log  *slog.Logger                                                      // nil: silent; never sees content or passwords

	Name, Version, Vendor string // told to the server by ID (RFC 2971), which NetEase demands
}

// Box is one watched account. Its methods may be called from any goroutine;
// they take turns, and Wait gives way to all others.
type Box struct {
	set  Settings
	turn chan struct{} // holds a token while a call uses the connection

	mu      sync.Mutex
	waiting int           // calls that want the turn
	stop    chan struct{} // closed to end a running IDLE

	// What follows belongs to the holder of the turn.
	s       *session
	closed  bool
	noIdle  bool                // the server refused IDLE
	lock    lockout             // after refused logins
	fails   map[mailID]*failing // messages that could not be fetched
	careful bool                // ask for one message at a time, to find the one that kills the connection
	last    map[string]Snapshot // state of each folder at its last Scan
}

// New prepares a Box; the network is not touched before the first call.
func New(set Settings) *Box {
	if set.TLS == "" {
		set.TLS = "tls"
	}
	if set.Auth == "" {
		set.Auth = "plain"
	}
	if set.Inbox == "" {
		set.Inbox = "INBOX"
	}
	if set.Poll == 0 {
		set.Poll = 60 * time.Second
	}
	if set.Stall == 0 {
		set.Stall = 60 * time.Second
	}
	if set.Dial == nil {
		set.Dial = (&net.Dialer{Timeout: 30 * time.Second}).DialContext
	}
	if set.Log == nil {
		set.Log = slog.New(slog.DiscardHandler)
	}
	return &Box{
		set: set, turn: make(chan struct{}, 1),
		fails: map[mailID]*failing{}, last: map[string]Snapshot{},
	}
}

// take waits for the turn and ends an IDLE that is in the way.
func (b *Box) take(ctx context.Context) error {
	b.mu.Lock()
	b.waiting++
	if b.stop != nil {
		close(b.stop)
		b.stop = nil
	}
	b.mu.Unlock()
	defer func() {
		b.mu.Lock()
		b.waiting--
		b.mu.Unlock()
	}()
	return b.queue(ctx)
}

// queue waits for the turn and disturbs nobody.
func (b *Box) queue(ctx context.Context) error {
	select {
	case b.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (b *Box) release() { <-b.turn }

// do runs fn on a live connection in its turn. When ctx ends, the connection
// is cut and with it whatever fn waits for.
func (b *Box) do(ctx context.Context, fn func(*session) error) error {
	if err := b.take(ctx); err != nil {
		return err
	}
	defer b.release()
	return b.use(ctx, fn)
}

// use is do for a caller that holds the turn.
func (b *Box) use(ctx context.Context, fn func(*session) error) error {
	s, err := b.session(ctx)
	if err == nil {
		s.ctx = ctx
		stop := context.AfterFunc(ctx, s.cut)
		err = fn(s)
		if !stop() || s.dead {
			b.drop()
		}
	}
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// session returns the held connection if it still answers, else a new one.
func (b *Box) session(ctx context.Context) (*session, error) {
	if b.closed {
		return nil, net.ErrClosed
	}
	if b.s != nil {
		stop := context.AfterFunc(ctx, b.s.cut)
		err := b.s.alive()
		if stop(); err == nil {
			return b.s, nil
		}
		b.set.Log.Info("mailbox: connection lost", "error", err)
		b.drop()
	}
	if err := b.lock.err(time.Now()); err != nil {
		return nil, err
	}
	s, err := b.open(ctx)
	b.lock.note(err, time.Now())
	if err != nil {
		return nil, err
	}
	b.s = s
	return s, nil
}

func (b *Box) drop() {
	if b.s != nil {
		b.s.close()
		b.s = nil
	}
}

// Close ends the connection; later calls fail. A running call is waited for
// (cancel its context first), an IDLE is ended.
func (b *Box) Close() error {
	if err := b.take(context.Background()); err != nil {
		return err
	}
	defer b.release()
	b.closed = true
	b.drop()
	return nil
}
