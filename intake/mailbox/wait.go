package mailbox

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/emersion/go-imap/v2"
)

// idleFor is how long one IDLE lasts. Middle boxes and providers cut silent
// connections long before the 29 minutes of RFC 2177.
const idleFor = 9 * time.Minute

// Wait returns nil when the folder may hold something new: at once if it
// changed since its last Scan, when the server says so, or when max or
// Settings.Poll is over, whichever is first. Other calls interrupt it without
// ending it; of two Waits the second queues. It returns an error where the
// connection fails or ctx ends.
func (b *Box) Wait(ctx context.Context, folder string, max time.Duration) error {
	end := time.Now().Add(min(max, b.set.Poll))
	for {
		left := time.Until(end)
		if left <= 0 {
			return ctx.Err()
		}
		if !b.set.Idle {
			return sleep(ctx, left)
		}
		got, err := b.idle(ctx, folder, left)
		if err != nil {
			return err
		}
		switch got {
		case newMail:
			return nil
		case cannot:
			return sleep(ctx, time.Until(end))
		}
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// outcome of one IDLE.
type outcome int

const (
	nothing outcome = iota // interrupted, or its time is over
	newMail
	cannot // the server has no IDLE
)

// idle waits once, for at most idleFor.
func (b *Box) idle(ctx context.Context, folder string, left time.Duration) (outcome, error) {
	if err := b.queue(ctx); err != nil {
		return nothing, err
	}
	defer b.release()
	got := cannot
	if b.noIdle {
		return got, nil
	}
	err := b.use(ctx, func(s *session) error {
		if !s.c.Caps().Has(imap.CapIdle) {
			return nil
		}
		d, err := s.examine(folder)
		if err != nil {
			return err
		}
		was, scanned := b.last[folder]
		if now := uint32(d.UIDNext); !scanned || was.Validity != d.UIDValidity ||
			now > was.UIDNext || now == 0 && int(d.NumMessages) != was.Messages {
			got = newMail
			return nil
		}
		got, err = b.idleOn(ctx, s, min(left, idleFor))
		return err
	})
	return got, err
}

// idleOn runs IDLE on the open folder.
func (b *Box) idleOn(ctx context.Context, s *session, d time.Duration) (outcome, error) {
	stop := make(chan struct{})
	b.mu.Lock()
	busy := b.waiting > 0
	if !busy {
		b.stop = stop
	}
	b.mu.Unlock()
	if busy {
		return nothing, nil
	}
	defer func() {
		b.mu.Lock()
		b.stop = nil // only we set it, while we hold the turn
		b.mu.Unlock()
	}()
	s.g.arm()
	cmd, err := s.c.Idle()
	if err = s.sort(err); errors.Is(err, ErrRefused) {
		s.g.disarm()
		b.noIdle = true
		b.set.Log.Info("mailbox: no IDLE, polling instead", "error", err)
		return cannot, nil
	}
	if err != nil {
		return nothing, err
	}
	s.g.disarm() // silence is the nature of IDLE
	t := time.NewTimer(d)
	defer t.Stop()
	got := nothing
	select {
	case <-s.news:
		got = newMail
	case <-stop:
	case <-t.C:
	case <-ctx.Done():
		return nothing, ctx.Err() // the connection is cut already
	case <-s.c.Closed():
		cmd.Close()
		return nothing, s.sort(io.ErrUnexpectedEOF)
	}
	return got, s.wait(func() error { return errors.Join(cmd.Close(), cmd.Wait()) })
}
