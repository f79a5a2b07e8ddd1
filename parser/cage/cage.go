// Package cage runs work on hostile bytes in a limited child process.
//
// The child is the running binary itself, started anew ("re-exec") with an
// empty environment and two descriptors: its input, read only, and a pipe for
// its answer. Before it reads a byte of input it has given up memory and CPU
// beyond its limits, the network, and the file system, as far as the kernel
// offers that; [Protections] says how far. The package knows no format: works
// are plain functions that main hands to [Serve].
//
// In the order of a run (run.go): the parent creates the pipe and starts the child
// (process.go) or takes one that was started ahead (ahead.go), the child limits
// itself (confine.go, syscalls.go) and does its work (child.go), the parent reads
// the framed answer (frame.go) and, when the child is gone, tells why it ended
// (verdict.go).
//
// Caveats. Serve has to be the first line of main and of TestMain, otherwise
// the child is a second daemon (Run refuses to start children of children, so
// it is one, not thousands). What the child says is as hostile as its input:
// the answer has to be checked like any foreign bytes. One child serves one
// input, so that nothing an input does to its child reaches another's answer.
package cage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// Why a run failed. Each is wrapped as "%w: detail".
var (
	ErrLimit = errors.New("the cage's limit is exceeded")    // CPU, memory, wall clock or size of the answer
	ErrDied  = errors.New("the caged process died")          // a fault: panic, signal, exit without an answer
	ErrWork  = errors.New("the caged work failed")           // the work returned an error, see [WorkError]
	ErrStart = errors.New("the caged process did not start") // ours: no binary, no processes, no folder
)

// WorkError is the error a work returned: its text only, at most 1,000 bytes of
// valid UTF-8 on one line. It is an [ErrWork].
type WorkError struct{ Text string }

func (e *WorkError) Error() string { return ErrWork.Error() + ": " + e.Text }

// Unwrap makes every WorkError an [ErrWork].
func (e *WorkError) Unwrap() error { return ErrWork }

// Work reads the input and args (JSON) and writes its answer. It runs in the
// child. in is nil for [Cage.Warm], [Cage.Keep] and where Run was given no input. An error
// reaches the parent as [WorkError]; what was written before does not count then.
// The temporary folder, if one is allowed, is os.TempDir(); [Cage.CacheDir] is
// os.UserCacheDir(). No other path can be opened, so neither zone files nor fonts.
type Work func(in *os.File, args []byte, out io.Writer) error

// Limits of one run. A zero field means the default.
type Limits struct {
	Memory int64         // bytes of data (RLIMIT_DATA; GOMEMLIMIT is three quarters); 768 MiB
	CPU    time.Duration // whole seconds, rounded up (RLIMIT_CPU); 20 s
	Wall   time.Duration // 10 × CPU; who exceeds it is tried once more alone
	Answer int64         // bytes the parent reads; 64 MiB
	File   int64         // bytes of each file written below the temporary or cache folder (RLIMIT_FSIZE); 256 MiB
	Temp   bool          // an own temporary folder, removed after the run
}

func (l Limits) or(d Limits) Limits {
	pick := func(a, b int64) int64 {
		if a > 0 {
			return a
		}
		return b
	}
	l.Memory = pick(l.Memory, d.Memory)
	l.CPU = time.Duration(pick(int64(l.CPU), int64(d.CPU)))
	l.Wall = time.Duration(pick(int64(l.Wall), int64(d.Wall)))
	l.Answer = pick(l.Answer, d.Answer)
	l.File = pick(l.File, d.File)
	l.Temp = l.Temp || d.Temp
	return l
}

func (l Limits) complete() Limits {
	l = l.or(Limits{Memory: 768 << 20, CPU: 20 * time.Second, Answer: 64 << 20, File: 256 << 20})
	l.CPU = (l.CPU + time.Second - 1).Truncate(time.Second)
	if l.Wall <= 0 {
		l.Wall = 10 * l.CPU
	}
	return l
}

// Cage starts limited children. The zero value works. It may be used by many
// goroutines; how many children run at once is the callers' affair.
type Cage struct {
	Limits   Limits
	CacheDir string // compiled WASM, read only for children but those of Warm; "" for none
	TempDir  string // where temporary folders are made; "" for os.TempDir()

	alone       sync.RWMutex // held for writing by a run that is tried alone
	noNamespace atomic.Bool  // the kernel refused a user and net namespace

	mu     sync.Mutex
	spares []*spare // kept waiting, see Keep
	idle   *time.Timer
}

// Run lets the child do work on in (nil for none) with args as JSON, within the
// cage's limits. See [Cage.RunWithin].
func (c *Cage) Run(ctx context.Context, work string, in *os.File, args any, answer func(io.Reader) error) error {
	return c.RunWithin(ctx, Limits{}, work, in, args, answer)
}

// RunWithin is Run with other limits; zero fields are the cage's.
//
// The child reads in from its start, through a descriptor of its own. answer
// reads what the child writes, at most Limits.Answer bytes, while the child
// works; nil reads nothing. What it made of that counts only if RunWithin
// returns nil, and it may be called a second time: a run that exceeds the wall
// clock is repeated once with no other run beside it. Errors: ErrLimit, ErrDied,
// ErrWork, ErrStart, that of ctx, or that of answer.
func (c *Cage) RunWithin(ctx context.Context, limits Limits, work string, in *os.File, args any, answer func(io.Reader) error) error {
	raw, err := json.Marshal(args)
	if err != nil {
		return fmt.Errorf("%w: args: %w", ErrStart, err)
	}
	r := run{start: start{cage: c, limits: limits.or(c.Limits).complete(), in: in}, work: work, args: raw, answer: answer}
	if r.answer == nil {
		r.answer = func(io.Reader) error { return nil }
	}
	return r.try(ctx)
}

// Warm runs work without input and with null for args, the cache folder
// writable: the work fills it. The only child that writes there, and the only
// one that has seen no stranger's byte.
func (c *Cage) Warm(ctx context.Context, work string) error {
	if c.CacheDir == "" {
		return nil
	}
	if err := os.MkdirAll(c.CacheDir, 0o700); err != nil {
		return fmt.Errorf("%w: %w", ErrStart, err)
	}
	r := run{start: start{cage: c, limits: c.Limits.complete(), warm: true}, work: work, args: []byte("null"),
		answer: func(io.Reader) error { return nil }}
	return r.try(ctx)
}
