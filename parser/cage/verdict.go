package cage

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"time"
)

// What the Go runtime and wazero print when the kernel gives no more memory. The
// collector of Go 1.26 does not look whether its queue could grow, and faults in it.
var memoryWords = []string{"out of memory", "cannot allocate memory", "cannot map pages", "errno=12",
	"cannot reserve", "failed to reserve", "failed to allocate", "failed to create new OS thread", "stack exceeds", "runtime.(*spanQueue)"}

// verdict says how a run ended: read is what ended the frames (io.EOF for a
// whole answer, nil if the callback left in between), failed the callback's error.
func (r *run) verdict(ctx context.Context, p *process, read, failed error) error {
	var work *WorkError
	switch {
	case errors.Is(read, errOverflow):
		return fmt.Errorf("%w: an answer of more than %d bytes", ErrLimit, r.limits.Answer)
	case errors.As(read, &work):
		return work
	case errors.Is(read, errCut):
		return r.death(ctx, p)
	case errors.Is(read, errFrame):
		return fmt.Errorf("%w: %w", ErrDied, errFrame)
	}
	// io.EOF, or the callback left before the end and the child was stopped for it.
	return failed
}

// death tells why a child ended without a whole answer.
func (r *run) death(ctx context.Context, p *process) error {
	if ctx.Err() != nil {
		if cause := context.Cause(ctx); !errors.Is(cause, errWall) {
			return cause
		}
		return fmt.Errorf("%w: %w of %v", ErrLimit, errWall, r.limits.Wall)
	}
	state := p.cmd.ProcessState
	status, ok := state.Sys().(syscall.WaitStatus)
	if !ok {
		return fmt.Errorf("%w: %v", ErrDied, state)
	}
	said := p.stderr.String()
	cpu := state.UserTime() + state.SystemTime()
	switch {
	case status.Signaled() && (status.Signal() == syscall.SIGXCPU || cpu > r.limits.CPU-time.Second/4):
		return fmt.Errorf("%w: CPU time of %v", ErrLimit, r.limits.CPU)
	case status.Signaled() && status.Signal() == syscall.SIGKILL:
		// Not by us: the kernel ends processes so when the machine's or the group's memory is used up.
		return fmt.Errorf("%w: killed by the system, which may be out of memory", ErrLimit)
	case status.Signaled():
		return fmt.Errorf("%w: %v", ErrDied, status.Signal())
	}
	if status.ExitStatus() == exitUnready {
		return fmt.Errorf("%w: %s", ErrStart, firstLine(said))
	}
	for _, words := range memoryWords {
		if strings.Contains(said, words) {
			return fmt.Errorf("%w: memory of %d bytes (%s)", ErrLimit, r.limits.Memory, firstLine(said))
		}
	}
	return fmt.Errorf("%w: exit status %d: %s", ErrDied, status.ExitStatus(), firstLine(said))
}

func firstLine(said string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(said), "\n")
	return oneLine(line, errorMax)
}
