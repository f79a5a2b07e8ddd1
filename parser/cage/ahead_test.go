package cage

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// prepared is how often this process, a child, was prepared.
var prepared int

func prepareOnce(in *os.File, args []byte, out io.Writer) error {
	if in != nil || string(args) != "null" {
		return errors.New("a preparation with a task")
	}
	prepared++
	fmt.Fprint(out, "nobody reads this")
	return nil
}

// who tells its process, how often that was prepared, and its input.
func who(in *os.File, args []byte, out io.Writer) error {
	fmt.Fprintf(out, "%d %d ", os.Getpid(), prepared)
	if in == nil {
		return nil
	}
	_, err := io.Copy(out, in)
	return err
}

// keeping is a cage with a child waiting, and that child's process.
func keeping(t testing.TB, c *Cage, work string) (pid int) {
	t.Helper()
	c.Keep(Limits{}, work)
	t.Cleanup(c.Close)
	return waitingIn(t, c)
}

// waitingIn gives the process of the child that waits, as soon as there is one.
func waitingIn(t testing.TB, c *Cage) int {
	t.Helper()
	c.refill()
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.spares) == 0 || c.spares[0].waiting == nil {
		t.Fatal("no child waits")
	}
	return c.spares[0].waiting.cmd.Process.Pid
}

// askWho runs who and gives what it tells.
func askWho(t testing.TB, c *Cage, limits Limits, in *os.File) (pid, times int, content string) {
	t.Helper()
	var got string
	if err := c.RunWithin(context.Background(), limits, "who", in, nil, text(&got)); err != nil {
		t.Fatal(err)
	}
	parts := strings.SplitN(got, " ", 3)
	pid, _ = strconv.Atoi(parts[0])
	times, _ = strconv.Atoi(parts[1])
	return pid, times, parts[2]
}

// A run is served by the child that waited, which was prepared once, and the next
// run by another: what an input does to its child ends with it.
func TestKeep(t *testing.T) {
	var c Cage
	waiting := keeping(t, &c, "prepare")
	seen := map[int]bool{}
	for n := range 3 {
		content := strings.Repeat("内容\r\n", n*50_000)
		in := input(t, content)
		if _, err := in.Seek(1, io.SeekEnd); err != nil {
			t.Fatal(err)
		}
		pid, times, got := askWho(t, &c, Limits{}, in)
		if pid != waiting || times != 1 || seen[pid] {
			t.Errorf("served by %d, prepared %d times; %d waited; before %v", pid, times, waiting, seen)
		}
		if got != content {
			t.Errorf("read %d bytes, want %d", len(got), len(content))
		}
		seen[pid] = true
		waiting = waitingIn(t, &c)
	}
	if pid, _, got := askWho(t, &c, Limits{}, nil); pid != waiting || got != "" {
		t.Errorf("without input: %d, %q", pid, got)
	}
}

// What a waiting child is not for is done by one that is started for it.
func TestKeep_OthersAreStarted(t *testing.T) {
	large := input(t, "")
	if err := large.Truncate(aheadInput + 1); err != nil {
		t.Fatal(err)
	}
	for name, other := range map[string]struct {
		limits Limits
		in     *os.File
	}{
		"more CPU time":    {Limits{CPU: time.Minute}, nil},
		"less memory":      {Limits{Memory: 700 << 20}, nil},
		"a folder":         {Limits{Temp: true}, nil},
		"larger files":     {Limits{File: 1 << 30}, nil},
		"a large input":    {Limits{}, large},
		"larger, a folder": {Limits{Temp: true}, large},
	} {
		t.Run(name, func(t *testing.T) {
			var c Cage
			waiting := keeping(t, &c, "prepare")
			pid, times, got := askWho(t, &c, other.limits, other.in)
			if pid == waiting || times != 0 {
				t.Error("served by the child that waited")
			}
			if other.in != nil && int64(len(got)) != aheadInput+1 {
				t.Errorf("read %d bytes", len(got))
			}
			// Limits of the answer are the parent's own.
			if pid, times, _ := askWho(t, &c, Limits{Answer: 1000, Wall: time.Hour}, nil); pid != waiting || times != 1 {
				t.Error("not served by the child that waited")
			}
		})
	}
}

// Several kinds: each run takes one of its own, with a folder of its own.
func TestKeep_Kinds(t *testing.T) {
	c := Cage{TempDir: t.TempDir()}
	waiting := keeping(t, &c, "prepare")
	c.Keep(Limits{Temp: true}, "")
	waitingIn(t, &c)
	var dir string
	if err := c.RunWithin(context.Background(), Limits{Temp: true}, "temp", nil, 1000, text(&dir)); err != nil {
		t.Fatal(err)
	}
	if filepath.Dir(dir) != c.TempDir {
		t.Errorf("the temporary folder is %q", dir)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("the temporary folder stays: %v", err)
	}
	if pid, times, _ := askWho(t, &c, Limits{}, nil); pid != waiting || times != 1 {
		t.Error("the other kind was touched")
	}
	c.Close()
	if left, err := os.ReadDir(c.TempDir); err != nil || len(left) > 0 {
		t.Errorf("left after Close: %v, %v", left, err)
	}
}

// Every end of a run is as it is without a waiting child, and the next run has
// another child.
func TestKeep_Faults(t *testing.T) {
	// Alone the race detector takes some 500 MiB of data.
	small := Limits{CPU: time.Second, Answer: 1 << 20}
	for _, tc := range []struct {
		work  string
		want  error
		words string
	}{
		{"stack", ErrLimit, "memory"},
		{"spin", ErrLimit, "CPU time of 1s"},
		{"flood", ErrLimit, "more than 1048576 bytes"},
		{"panic", ErrDied, "oops"},
		{"crash", ErrDied, "aside"},
		{"exit", ErrDied, "exit status 0"},
		{"leave", ErrDied, "exit status 3"},
		{"fail", ErrWork, "bad"},
		{"nosuch", ErrWork, "no such work"},
	} {
		t.Run(tc.work, func(t *testing.T) {
			c := Cage{Limits: small}
			keeping(t, &c, "prepare")
			err := c.Run(context.Background(), tc.work, nil, nil, nil)
			if !errors.Is(err, tc.want) || !strings.Contains(err.Error(), tc.words) {
				t.Fatalf("got %v, want %v with %q", err, tc.want, tc.words)
			}
			waiting := waitingIn(t, &c)
			if pid, times, got := askWho(t, &c, Limits{}, input(t, "next")); pid != waiting || times != 1 || got != "next" {
				t.Errorf("the next: %d of %d, prepared %d times, %q", pid, waiting, times, got)
			}
		})
	}
}

// A child that fails before its task is nobody's fault: the run starts another.
func TestKeep_Unready(t *testing.T) {
	for _, work := range []string{"fail", "panic", "exit", "leave", "nosuch", "hog"} {
		t.Run(work, func(t *testing.T) {
			var c Cage
			waiting := keeping(t, &c, work)
			if pid, times, got := askWho(t, &c, Limits{}, input(t, "content")); got != "content" || times != 0 || pid == waiting && work != "nosuch" {
				t.Errorf("%d of %d, prepared %d times, %q", pid, waiting, times, got)
			}
		})
	}
	t.Run("killed", func(t *testing.T) {
		var c Cage
		waiting := keeping(t, &c, "prepare")
		ends := ending(t, waiting)
		if err := unix.Kill(waiting, unix.SIGKILL); err != nil {
			t.Fatal(err)
		}
		if !ends(20 * time.Second) {
			t.Fatal("it lives")
		}
		if pid, _, got := askWho(t, &c, Limits{}, input(t, "content")); pid == waiting || got != "content" {
			t.Errorf("%d, %q", pid, got)
		}
	})
}

// A preparation that hangs holds a run up no longer than the kept child's wall clock
// or the run's context.
func TestKeep_PreparationHangs(t *testing.T) {
	var c Cage
	c.Keep(Limits{Wall: 200 * time.Millisecond}, "block")
	defer c.Close()
	waiting := waitingIn(t, &c)
	if pid, times, got := askWho(t, &c, Limits{}, input(t, "content")); pid == waiting || times != 0 || got != "content" {
		t.Errorf("%d of %d, prepared %d times, %q", pid, waiting, times, got)
	}
	c.Close()
	c.Keep(Limits{}, "block")
	waiting = waitingIn(t, &c)
	ends := ending(t, waiting)
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	if err := c.Run(ctx, "who", nil, nil, nil); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if !ends(0) {
		t.Error("it still waits")
	}
}

// A child that waits is shut in already, like any other.
func TestKeep_Confined(t *testing.T) {
	t.Setenv("ANLI_SECRET", "password")
	c := Cage{Limits: Limits{Memory: 800 << 20, CPU: 2500 * time.Millisecond}}
	keeping(t, &c, "prepare")
	var got struct {
		Limits map[string]uint64
		Env    []string
	}
	err := c.Run(context.Background(), "state", nil, nil, func(r io.Reader) error { return json.NewDecoder(r).Decode(&got) })
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]uint64{"data": 800 << 20, "cpu": 3, "fsize": 0, "nofile": maxFiles, "core": 0} {
		if got.Limits[name] != value {
			t.Errorf("%s is %d, want %d", name, got.Limits[name], value)
		}
	}
	if env := strings.Join(got.Env, " "); env != "ANLI_CAGE=1 GOMAXPROCS=1 GOMEMLIMIT=629145600" {
		t.Errorf("environment %q", env)
	}
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("key"), 0o666); err != nil {
		t.Fatal(err)
	}
	refused := map[string]struct {
		args any
		by   []string // protections, one of which does it
	}{
		"writable": {nil, nil},
		"open":     {secret, []string{"files", "calls"}},
		"write":    {secret, []string{"files", "calls"}},
		"process":  {nil, []string{"calls"}},
	}
	for work, r := range refused {
		able := r.by == nil
		for _, name := range r.by {
			able = able || present(t, name)
		}
		if !able {
			continue
		}
		waitingIn(t, &c)
		if err := c.Run(context.Background(), work, input(t, "abc"), r.args, nil); !errors.Is(err, ErrWork) {
			t.Errorf("%s: %v", work, err)
		}
	}
}

// Only Warm writes the cache: neither a child that waits nor what it does then.
func TestKeep_CacheIsReadOnly(t *testing.T) {
	c := Cage{CacheDir: filepath.Join(t.TempDir(), "cache")}
	if err := c.Warm(context.Background(), "cache"); err != nil {
		t.Fatal(err)
	}
	keeping(t, &c, "readcache")
	var got string
	if err := c.Run(context.Background(), "cache", nil, 1, text(&got)); err != nil || got != "code" {
		t.Fatalf("%q, %v", got, err)
	}
	waiting := waitingIn(t, &c)
	if err := c.Warm(context.Background(), "cache"); err != nil {
		t.Fatal(err)
	}
	if waitingIn(t, &c) != waiting {
		t.Error("the child that waited was taken for Warm")
	}
}

// Where the kernel refuses namespaces, seccomp and Landlock remain.
func TestKeep_WithoutNamespace(t *testing.T) {
	var c Cage
	c.noNamespace.Store(true)
	waiting := keeping(t, &c, "prepare")
	if pid, times, got := askWho(t, &c, Limits{}, input(t, "content")); pid != waiting || times != 1 || got != "content" {
		t.Errorf("%d of %d, prepared %d times, %q", pid, waiting, times, got)
	}
}

// Close ends what waits, starts nothing more, and runs go on.
func TestClose(t *testing.T) {
	var c Cage
	ends := ending(t, keeping(t, &c, "prepare"))
	if ends(0) {
		t.Fatal("it does not wait")
	}
	c.Close()
	if !ends(0) {
		t.Error("it outlives Close")
	}
	if _, times, got := askWho(t, &c, Limits{}, input(t, "content")); times != 0 || got != "content" {
		t.Errorf("prepared %d times, %q", times, got)
	}
	c.refill()
	if len(c.spares) > 0 {
		t.Error("something waits again")
	}
	c.Close()
	new(Cage).Close()
}

// Many at once: each run has a child and an answer of its own.
func TestKeep_SideBySide(t *testing.T) {
	var c Cage
	keeping(t, &c, "prepare")
	type served struct {
		pid int
		ok  bool
	}
	all := make(chan served)
	for n := range 8 {
		content := strings.Repeat(strconv.Itoa(n), 10_000)
		in := input(t, content)
		go func() {
			var got string
			err := c.Run(context.Background(), "who", in, nil, text(&got))
			pid, _ := strconv.Atoi(strings.SplitN(got, " ", 2)[0])
			all <- served{pid, err == nil && strings.HasSuffix(got, " "+content)}
		}()
	}
	seen := map[int]bool{}
	for range 8 {
		if s := <-all; !s.ok || seen[s.pid] {
			t.Errorf("%+v, before %v", s, seen)
		} else {
			seen[s.pid] = true
		}
	}
}

// Children that wait die with a parent that is killed.
func TestParentsDeath_Waiting(t *testing.T) {
	cmd, out := middleman(t, "wait")
	pid := firstNumber(t, out)
	ends := ending(t, pid)
	if ends(0) {
		t.Fatal("the child ended before its parent")
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if !ends(20 * time.Second) {
		t.Fatal("the child outlives its parent")
	}
}

func firstNumber(t *testing.T, out io.Reader) int {
	t.Helper()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		t.Fatalf("%q", line)
	}
	return pid
}

// ending watches a process: whether it ends within a time.
func ending(t *testing.T, pid int) func(within time.Duration) bool {
	t.Helper()
	fd, err := unix.PidfdOpen(pid, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { unix.Close(fd) })
	return func(within time.Duration) bool {
		for {
			n, err := unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}, int(within/time.Millisecond))
			if err == nil {
				return n > 0
			}
			if err != unix.EINTR {
				t.Fatal(err)
			}
		}
	}
}

// BenchmarkKeep is a run that finds a child waiting; compare BenchmarkRun.
func BenchmarkKeep(b *testing.B) {
	in := input(b, "small")
	var c Cage
	keeping(b, &c, "")
	for b.Loop() {
		if err := c.Run(context.Background(), "echo", in, nil, nil); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		waitingIn(b, &c)
		time.Sleep(50 * time.Millisecond) // it starts
		b.StartTimer()
	}
}
