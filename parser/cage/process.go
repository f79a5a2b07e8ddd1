package cage

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

const (
	stderrMax = 4 << 10 // bytes of the child's stderr that are kept
	linger    = 5 * time.Second
	pipeSize  = 1 << 20 // bytes; what the kernel allows anybody by default
)

// start is how a child is to be started.
type start struct {
	cage    *Cage
	limits  Limits
	in      *os.File // nil: none
	warm    bool
	ahead   bool   // its task is told later
	prepare string // the work that it does before, if ahead
}

// process is a started child.
type process struct {
	start
	cmd    *exec.Cmd
	orders io.WriteCloser // its stdin
	answer *os.File
	stderr *head
	temp   string        // its own folder, "" for none
	gone   chan struct{} // closed when it has ended
	once   sync.Once
}

func (p *process) kill() { _ = p.cmd.Process.Kill() }

// stop ends the child and whoever waits for its answer.
func (p *process) stop() {
	p.kill()
	p.answer.SetReadDeadline(time.Unix(1, 0))
}

// tell gives the child its task. A child that died does not take it: its answer's
// end tells more than this error would.
func (p *process) tell(t task) {
	_, _ = p.orders.Write(encoded(t))
	_ = p.orders.Close()
}

// end closes the answer, so that a child that still writes gets a signal, and
// waits. A child that has answered has [linger] to leave.
func (p *process) end() {
	p.once.Do(func() {
		p.answer.Close()
		late := time.AfterFunc(linger, p.kill)
		<-p.gone
		late.Stop()
		if p.ahead {
			p.in.Close()
		}
		p.remove()
	})
}

func (p *process) remove() {
	if p.temp != "" {
		_ = os.RemoveAll(p.temp)
	}
}

// begin starts the child, in a user and net namespace of its own unless the
// kernel refuses that.
func (s *start) begin() (*process, error) {
	temp, err := s.tempDir()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrStart, err)
	}
	isolated := !s.cage.noNamespace.Load()
	p, err := s.spawn(temp, isolated)
	if err != nil && isolated {
		if p, err = s.spawn(temp, false); err == nil {
			s.cage.noNamespace.Store(true)
		}
	}
	if err != nil {
		if temp != "" {
			err = errors.Join(err, os.Remove(temp))
		}
		return nil, fmt.Errorf("%w: %w", ErrStart, err)
	}
	return p, nil
}

func (s *start) tempDir() (string, error) {
	if !s.limits.Temp {
		return "", nil
	}
	return os.MkdirTemp(s.cage.TempDir, "anli-cage-")
}

// spawn starts the child and tells it its limits.
func (s *start) spawn(temp string, isolated bool) (*process, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer write.Close()
	// A wide pipe saves most changes between the two processes; where the kernel
	// grants none it stays as it is.
	_, _ = unix.FcntlInt(write.Fd(), unix.F_SETPIPE_SZ, pipeSize)
	p := &process{start: *s, answer: read, stderr: &head{room: stderrMax}, temp: temp, gone: make(chan struct{})}
	p.cmd = exec.Command("/proc/self/exe")
	p.cmd.Args = []string{"anli-cage"}
	p.cmd.Env = s.environment(temp)
	p.cmd.Dir = "/"
	p.cmd.Stderr = p.stderr
	p.cmd.WaitDelay = linger
	p.cmd.ExtraFiles = []*os.File{write}
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if isolated {
		// No user is mapped: the child has no capability, not even in its own namespace.
		p.cmd.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET
	}
	if s.in != nil {
		in, err := reopen(s.in)
		if err != nil {
			read.Close()
			return nil, err
		}
		defer in.Close()
		p.cmd.ExtraFiles = append(p.cmd.ExtraFiles, in)
	}
	if p.orders, err = p.cmd.StdinPipe(); err == nil {
		err = p.live()
	}
	if err != nil {
		read.Close()
		return nil, err
	}
	_, _ = p.orders.Write(encoded(s.order(temp))) // it fits the pipe; as for tell
	return p, nil
}

// live starts the process and waits for its end on a thread of its own: the death
// signal is tied to the thread that started the child, not to the process, so
// that the thread has to live as long as the child.
func (p *process) live() error {
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := p.cmd.Start()
		started <- err
		if err == nil {
			_ = p.cmd.Wait() // what it would say stands in ProcessState
			close(p.gone)
		}
	}()
	return <-started
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

func (s *start) environment(temp string) []string {
	env := []string{marker + "=1", "GOMAXPROCS=1", "GOMEMLIMIT=" + strconv.FormatInt(s.limits.Memory/4*3, 10)}
	if temp != "" {
		env = append(env, "TMPDIR="+temp)
	}
	if s.cage.CacheDir != "" {
		env = append(env, "XDG_CACHE_HOME="+s.cage.CacheDir)
	}
	return env
}

func (s *start) order(temp string) order {
	return order{Parent: os.Getpid(), CPU: uint64(s.limits.CPU / time.Second), Memory: uint64(s.limits.Memory), File: uint64(s.limits.File),
		Temp: temp, Cache: s.cage.CacheDir, Warm: s.warm, Ahead: s.ahead, Prepare: s.prepare}
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
