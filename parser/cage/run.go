package cage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
)

// run is one task and whatever its tries have in common.
type run struct {
	start
	work   string
	args   []byte
	answer func(io.Reader) error
}

// errWall is the cause of a try's end by its wall clock.
var errWall = errors.New("wall clock")

// try runs the child, and once more with no other beside it if it was too slow:
// a machine under load is not the file's fault.
func (r *run) try(ctx context.Context) error {
	if os.Getenv(marker) != "" {
		return fmt.Errorf("%w: a caged child starts no children (is cage.Serve the first line of main?)", ErrStart)
	}
	err := r.locked(ctx, r.cage.alone.RLocker())
	if errors.Is(err, errWall) {
		err = r.locked(ctx, &r.cage.alone)
	}
	r.cage.refillIdle()
	return err
}

// locked is once under a lock, which is given back though the callback panics.
func (r *run) locked(ctx context.Context, alone sync.Locker) error {
	alone.Lock()
	defer alone.Unlock()
	return r.once(ctx)
}

// once has a child do the task and sees it to its end.
func (r *run) once(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	child, err := r.child(ctx)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, r.limits.Wall, errWall)
	defer cancel()
	defer func() { // the callback may panic
		child.kill()
		child.end()
	}()
	stop := context.AfterFunc(ctx, child.stop)
	defer stop()
	child.tell(task{Work: r.work, Args: r.args, Input: r.in != nil})

	frames := newFrameReader(child.answer, r.limits.Answer)
	failed := r.answer(frames)
	if failed == nil {
		// The answer may be complete before its last frame; that one decides.
		_, _ = io.Copy(io.Discard, frames)
	}
	if frames.err == nil || errors.Is(frames.err, errOverflow) || errors.Is(frames.err, errFrame) {
		child.kill() // there is more to come and nobody reads it
	}
	child.end()
	return r.verdict(ctx, child, frames.err, failed)
}

// child is one that was started ahead, or else a new one.
func (r *run) child(ctx context.Context) (*process, error) {
	if p := r.cage.take(&r.start); p != nil {
		if p.ready(ctx, r.in) {
			return p, nil
		}
		// Whatever befell it, it has seen nothing of this input.
		p.kill()
		p.end()
	}
	return r.begin()
}

// encoded is what is told to a child.
func encoded(v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain strings and numbers, and args that json.Marshal has made
	}
	return raw
}
