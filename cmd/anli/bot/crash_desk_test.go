package bot

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"

	"anli/intake"
)

// A desk in a process of its own: the test binary, started again. It is told
// when to do what, so that its clock is the test's.

// deskOrders is the variable that makes the test binary a desk.
const deskOrders = "ANLI_TEST_DESK"

// posting says where a desk works, and where it dies.
type posting struct {
	building
	Kill string // name of the step at which it kills itself; "" never
	At   int    // at which of its occurrences, from 1
}

// told is what a desk answers to an order.
type told struct {
	Next  time.Time      // when something is due next; zero if nothing is
	Steps map[string]int // how often each step was reached so far
	Peak  int64          // VmHWM of the process, bytes
	Child int64          // the most that one of its ended children ever had resident, bytes
	Err   string
}

// ServeDesk never returns in a process that was started as a desk. TestMain calls it
// first, after cage.Serve.
func ServeDesk() {
	orders := os.Getenv(deskOrders)
	if orders == "" {
		return
	}
	if err := obey(orders); err != nil {
		fmt.Fprintln(os.Stderr, "desk:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

func obey(orders string) error {
	var p posting
	if err := json.Unmarshal([]byte(orders), &p); err != nil {
		return err
	}
	p.Log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	reached := map[string]int{}
	var mu sync.Mutex // files are read side by side
	p.Step = func(name string) {
		mu.Lock()
		defer mu.Unlock()
		if reached[name]++; name == p.Kill && reached[name] == p.At {
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {} // the signal is on its way
		}
	}
	b, end, err := build(p.building)
	if err != nil {
		return err
	}
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		var do string
		var unix int64
		if _, err := fmt.Sscan(in.Text(), &do, &unix); err != nil {
			return err
		}
		now := time.Unix(unix, 0).In(intake.Zone())
		t := told{Steps: reached}
		if err := b.order(do, now); err != nil {
			t.Err = err.Error()
		} else if t.Next, err = b.Next(now); err != nil {
			t.Err = err.Error()
		}
		t.Peak = peakOf("self")
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_CHILDREN, &u); err == nil {
			t.Child = u.Maxrss << 10
		}
		line, err := json.Marshal(t)
		if err != nil {
			return err
		}
		fmt.Println(string(line))
	}
	return errors.Join(in.Err(), end())
}

// order does what run does at its start, or one round of its loop.
func (b *Bot) order(do string, now time.Time) error {
	clock := func() time.Time { return now }
	switch do {
	case "start":
		if err := b.Configure(now, testSettings()); err != nil {
			return err
		}
		_, err := b.Out.Recover(context.Background(), clock)
		return err
	case "turn":
		return b.Turn(context.Background(), clock)
	}
	return fmt.Errorf("there is no order %q", do)
}

// peakOf reads the most memory a process ever had resident, in bytes (proc(5):
// VmHWM); 0 if that cannot be told.
func peakOf(pid string) int64 {
	f, err := os.Open("/proc/" + pid + "/status")
	if err != nil {
		return 0
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var kb int64
		if n, _ := fmt.Sscanf(lines.Text(), "VmHWM: %d kB", &kb); n == 1 {
			return kb << 10
		}
	}
	return 0
}

// desk is such a process as the test holds it.
type desk struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

// errKilled: the desk has killed itself, as it was told.
var errKilled = errors.New("the desk was killed")

// hire starts a desk.
func hire(t *testing.T, p posting) *desk {
	t.Helper()
	orders, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^$") // no tests, should TestMain forget the desk
	cmd.Env = append(os.Environ(), deskOrders+"="+string(orders))
	cmd.Stderr = testLog{t}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	d := &desk{cmd, in, bufio.NewReader(out)}
	t.Cleanup(func() { d.dismiss() })
	return d
}

// order has the desk do something as of a time; errKilled if it died of it.
func (d *desk) order(do string, now time.Time) (told, error) {
	if _, err := fmt.Fprintf(d.in, "%s %d\n", do, now.Unix()); err != nil && !errors.Is(err, syscall.EPIPE) {
		return told{}, err
	}
	line, err := d.out.ReadBytes('\n')
	if errors.Is(err, io.EOF) {
		d.cmd.Wait() // its error is the state looked at below
		if s, ok := d.cmd.ProcessState.Sys().(syscall.WaitStatus); ok && s.Signaled() && s.Signal() == syscall.SIGKILL {
			return told{}, errKilled
		}
		return told{}, fmt.Errorf("the desk ended by itself: %v", d.cmd.ProcessState)
	}
	if err != nil {
		return told{}, err
	}
	var t told
	if err := json.Unmarshal(line, &t); err != nil {
		return t, err
	}
	if t.Err != "" {
		return t, errors.New(t.Err)
	}
	return t, nil
}

// dismiss ends the desk in order.
func (d *desk) dismiss() error {
	d.in.Close()
	if d.cmd.ProcessState != nil {
		return nil
	}
	return d.cmd.Wait()
}

// testLog shows what a desk says if its test fails.
type testLog struct{ t *testing.T }

func (l testLog) Write(p []byte) (int, error) {
	l.t.Log(string(p))
	return len(p), nil
}
