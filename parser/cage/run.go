package cage

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

const (
	stderrMax = 4 << 10 // bytes of the child's stderr that are kept
	linger    = 5 * time.Second
	pipeSize  = 1 << 20 // bytes; what the kernel allows anybody by default
)

// run is one task and whatever its tries have in common.
type run struct {
	cage   *Cage
	limits Limits
	work   string
	args   []byte
	in     *os.File
	warm   bool
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
	r.cage.alone.RLock()
	err := r.once(ctx)
	r.cage.alone.RUnlock()
	if !errors.Is(err, errWall) {
		return err
	}
	r.cage.alone.Lock()
	defer r.cage.alone.Unlock()
	return r.once(ctx)
}

// once starts a child and sees it to its end.
func (r *run) once(ctx context.Context) error {
	// The death signal is tied to the thread that started the child, not to the
	// process: the thread has to live as long as the child.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, r.limits.Wall, errWall)
	defer cancel()

	temp, err := r.tempDir()
	if err != nil {
		return err
	}
	if temp != "" {
		defer os.RemoveAll(temp)
	}
	child, err := r.start(ctx, temp)
	if err != nil {
		return err
	}
	defer func() { // the callback may panic
		child.kill()
		child.end()
	}()
	stop := context.AfterFunc(ctx, func() { child.answer.SetReadDeadline(time.Unix(1, 0)) })
	defer stop()

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

func (r *run) tempDir() (string, error) {
	if !r.limits.Temp {
		return "", nil
	}
	dir, err := os.MkdirTemp(r.cage.TempDir, "anli-cage-")
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrStart, err)
	}
	return dir, nil
}

// process is a started child.
type process struct {
	cmd    *exec.Cmd
	answer *os.File
	stderr *head
	ended  bool
}

func (p *process) kill() { _ = p.cmd.Process.Kill() }

// end closes the answer, so that a child that still writes gets a signal, and
// waits. A child that has answered has [linger] to leave.
func (p *process) end() {
	if p.ended {
		return
	}
	p.ended = true
	p.answer.Close()
	late := time.AfterFunc(linger, p.kill)
	defer late.Stop()
	_ = p.cmd.Wait()
}

// start starts the child, in a user and net namespace of its own unless the
// kernel refuses that.
func (r *run) start(ctx context.Context, temp string) (*process, error) {
	isolated := !r.cage.noNamespace.Load()
	p, err := r.spawn(ctx, temp, isolated)
	if err != nil && isolated && ctx.Err() == nil {
		if p, err = r.spawn(ctx, temp, false); err == nil {
			r.cage.noNamespace.Store(true)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrStart, err)
	}
	return p, nil
}

func (r *run) spawn(ctx context.Context, temp string, isolated bool) (*process, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer write.Close()
	// A wide pipe saves most changes between the two processes; where the kernel
	// grants none it stays as it is.
	_, _ = unix.FcntlInt(write.Fd(), unix.F_SETPIPE_SZ, pipeSize)
	p := &process{answer: read, stderr: &head{room: stderrMax}}
	p.cmd = exec.CommandContext(ctx, "/proc/self/exe")
	p.cmd.Args = []string{"anli-cage", r.work}
	p.cmd.Env = r.environment(temp)
	p.cmd.Dir = "/"
	p.cmd.Stdin = bytes.NewReader(r.order(temp))
	p.cmd.Stderr = p.stderr
	p.cmd.WaitDelay = linger
	p.cmd.ExtraFiles = []*os.File{write}
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if isolated {
		// No user is mapped: the child has no capability, not even in its own namespace.
		p.cmd.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET
	}
	if r.in != nil {
		in, err := reopen(r.in)
		if err != nil {
			read.Close()
			return nil, err
		}
		defer in.Close()
		p.cmd.ExtraFiles = append(p.cmd.ExtraFiles, in)
	}
	if err := p.cmd.Start(); err != nil {
		read.Close()
		return nil, err
	}
	return p, nil
}

// reopen makes a descriptor of its own, read only and at the start: a shared
// one would share its offset among children, and be writable if ours is.
func reopen(f *os.File) (*os.File, error) {
	raw, err := f.SyscallConn()
	if err != nil {
		return nil, err
	}
	var in *os.File
	var opened error
	if err := raw.Control(func(fd uintptr) {
		in, opened = os.Open("/proc/self/fd/" + strconv.Itoa(int(fd)))
	}); err != nil {
		return nil, err
	}
	return in, opened
}

func (r *run) environment(temp string) []string {
	env := []string{marker + "=1", "GOMAXPROCS=1", "GOMEMLIMIT=" + strconv.FormatInt(r.limits.Memory/4*3, 10)}
	if temp != "" {
		env = append(env, "TMPDIR="+temp)
	}
	if r.cage.CacheDir != "" {
		env = append(env, "XDG_CACHE_HOME="+r.cage.CacheDir)
	}
	return env
}

func (r *run) order(temp string) []byte {
	raw, err := json.Marshal(order{Work: r.work, Args: r.args, Input: r.in != nil, Parent: os.Getpid(),
		CPU: uint64(r.limits.CPU / time.Second), Memory: uint64(r.limits.Memory), File: uint64(r.limits.File),
		Temp: temp, Cache: r.cage.CacheDir, Warm: r.warm})
	if err != nil {
		panic(err) // plain strings and numbers, and args that json.Marshal has made
	}
	return raw
}

// head keeps the first bytes written to it.
type head struct {
	bytes.Buffer
	room int
}

func (h *head) Write(p []byte) (int, error) {
	n := min(len(p), h.room)
	h.room -= n
	h.Buffer.Write(p[:n])
	return len(p), nil
}
