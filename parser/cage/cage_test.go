package cage

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// middle makes this binary the parent of a caged child that never ends.
const middle = "CAGE_TEST_MIDDLE"

func TestMain(m *testing.M) {
	Serve(works)
	switch os.Getenv(middle) {
	case "":
	case "wait":
		var c Cage
		c.Keep(Limits{}, "")
		c.refill()
		fmt.Println(c.spares[0].waiting.cmd.Process.Pid)
		select {}
	default:
		var c Cage
		err := c.Run(context.Background(), "block", nil, nil, func(r io.Reader) error {
			_, err := io.Copy(os.Stdout, r)
			return err
		})
		fmt.Println("ended:", err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

var works = map[string]Work{
	"echo": func(in *os.File, args []byte, out io.Writer) error {
		fmt.Fprintf(out, "%s|", args)
		_, err := io.Copy(out, in)
		return err
	},
	"fail": func(*os.File, []byte, io.Writer) error {
		return errors.New("bad \xff text\nnext\x00 " + strings.Repeat("长", 2000))
	},
	"panic": func(*os.File, []byte, io.Writer) error { panic("oops") },
	"stack": func(*os.File, []byte, io.Writer) error { return recurse(1) },
	"exit":  func(*os.File, []byte, io.Writer) error { os.Exit(0); return nil },
	"leave": func(_ *os.File, _ []byte, out io.Writer) error { fmt.Fprint(out, "half"); os.Exit(3); return nil },
	"crash": func(*os.File, []byte, io.Writer) error {
		ch := make(chan int)
		go func() { panic("aside") }()
		<-ch
		return nil
	},
	"abort": func(*os.File, []byte, io.Writer) error {
		return unix.Tgkill(unix.Getpid(), unix.Gettid(), unix.SIGSTKFLT)
	},
	"hog":       hog,
	"spin":      func(*os.File, []byte, io.Writer) error { return spin() },
	"flood":     flood,
	"block":     block,
	"dial":      dial,
	"open":      open,
	"write":     write,
	"temp":      temp,
	"cache":     cache,
	"process":   process2,
	"state":     state,
	"prepare":   prepareOnce,
	"who":       who,
	"readcache": func(*os.File, []byte, io.Writer) error { return cache(nil, []byte("1"), io.Discard) },
	"writable":  func(in *os.File, _ []byte, _ io.Writer) error { _, err := in.WriteAt([]byte("x"), 0); return err },
}

func recurse(n int) error {
	var pad [4096]byte
	pad[n%4096] = byte(n)
	if err := recurse(n + 1); err != nil || pad[0] == 1 {
		return err
	}
	return nil
}

func spin() error {
	for n := 0; ; n++ {
		if n < 0 {
			return nil
		}
	}
}

func hog(*os.File, []byte, io.Writer) error {
	var all [][]byte
	for len(all) < 4096 {
		b := make([]byte, 8<<20)
		for i := 0; i < len(b); i += 4096 {
			b[i] = 1
		}
		all = append(all, b)
	}
	return errors.New("got " + strconv.Itoa(len(all)) + " × 8 MiB")
}

func flood(_ *os.File, _ []byte, out io.Writer) error {
	for {
		if _, err := out.Write(make([]byte, 100_000)); err != nil {
			return err
		}
	}
}

func block(_ *os.File, _ []byte, out io.Writer) error {
	fmt.Fprintln(out, os.Getpid())
	r, _, err := os.Pipe()
	if err != nil {
		return err
	}
	_, err = r.Read(make([]byte, 1))
	return err
}

func dial(_ *os.File, args []byte, _ io.Writer) error {
	var address string
	if err := json.Unmarshal(args, &address); err != nil {
		return err
	}
	c, err := net.Dial("tcp", address)
	if err == nil {
		c.Close()
	}
	return err
}

func open(_ *os.File, args []byte, out io.Writer) error {
	var path string
	if err := json.Unmarshal(args, &path); err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, f)
	return err
}

func write(_ *os.File, args []byte, _ io.Writer) error {
	var path string
	if err := json.Unmarshal(args, &path); err != nil {
		return err
	}
	return os.WriteFile(path, []byte("written"), 0o600)
}

func temp(_ *os.File, args []byte, out io.Writer) error {
	var size int
	if err := json.Unmarshal(args, &size); err != nil {
		return err
	}
	f, err := os.CreateTemp("", "spool")
	if err != nil {
		return err
	}
	if err := os.Remove(f.Name()); err != nil {
		return err
	}
	if _, err := f.Write(make([]byte, size)); err != nil {
		return err
	}
	_, err = io.WriteString(out, filepath.Dir(f.Name()))
	return err
}

func cache(_ *os.File, args []byte, out io.Writer) error {
	dir, err := os.UserCacheDir()
	if err != nil {
		return err
	}
	if string(args) == "null" {
		return os.WriteFile(filepath.Join(dir, "compiled"), []byte("code"), 0o600)
	}
	if err := os.WriteFile(filepath.Join(dir, "compiled"), []byte("evil"), 0o600); err == nil {
		return errors.New("the cache could be written")
	}
	code, err := os.ReadFile(filepath.Join(dir, "compiled"))
	if err != nil {
		return err
	}
	_, err = out.Write(code)
	return err
}

func process2(*os.File, []byte, io.Writer) error { return exec.Command("/proc/self/exe").Run() }

// state reports the limits as the kernel sees them, and the environment.
func state(_ *os.File, _ []byte, out io.Writer) error {
	limits := map[string]uint64{}
	for name, what := range map[string]int{"data": unix.RLIMIT_DATA, "cpu": unix.RLIMIT_CPU, "fsize": unix.RLIMIT_FSIZE,
		"nofile": unix.RLIMIT_NOFILE, "core": unix.RLIMIT_CORE} {
		var l unix.Rlimit
		if err := unix.Getrlimit(what, &l); err != nil {
			return err
		}
		if l.Cur != l.Max {
			return fmt.Errorf("%s: soft %d, hard %d", name, l.Cur, l.Max)
		}
		limits[name] = l.Cur
	}
	return json.NewEncoder(out).Encode(map[string]any{"limits": limits, "env": os.Environ()})
}

func input(t testing.TB, content string) *os.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "input")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func text(into *string) func(io.Reader) error {
	return func(r io.Reader) error {
		b, err := io.ReadAll(r)
		*into = string(b)
		return err
	}
}

// The child reads its input from the start and whole, whatever the parent's
// offset, and answers more than one frame.
func TestRun_Answer(t *testing.T) {
	content := strings.Repeat("内容\r\n", 50_000)
	in := input(t, content)
	if _, err := in.Seek(100, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	var c Cage
	for range 2 {
		var got string
		if err := c.Run(context.Background(), "echo", in, map[string]int{"n": 7}, text(&got)); err != nil {
			t.Fatal(err)
		}
		if want := `{"n":7}|` + content; got != want {
			t.Fatalf("%d bytes, want %d", len(got), len(want))
		}
	}
}

// Every end but a whole answer is an error of the right kind.
func TestRun_Ends(t *testing.T) {
	// The race detector alone takes some 500 MiB: only what is to fail for want of memory gets little.
	small := Limits{CPU: time.Second, Answer: 1 << 20}
	for _, tc := range []struct {
		work   string
		limits Limits
		want   error
		words  string
	}{
		{"hog", Limits{Memory: 128 << 20}, ErrLimit, "memory"},
		{"stack", small, ErrLimit, "memory"}, // a recursion bomb
		{"spin", small, ErrLimit, "CPU time of 1s"},
		{"flood", small, ErrLimit, "more than 1048576 bytes"},
		{"panic", small, ErrDied, "oops"},
		{"crash", small, ErrDied, "aside"}, // in a goroutine: nothing could recover it
		{"abort", small, ErrDied, "stack fault"},
		{"exit", small, ErrDied, "exit status 0"}, // no last frame
		{"leave", small, ErrDied, "exit status 3"},
		{"fail", small, ErrWork, "bad"},
		{"nosuch", small, ErrWork, "no such work"},
		{"block", Limits{Wall: 100 * time.Millisecond}, ErrLimit, "wall clock"},
	} {
		t.Run(tc.work, func(t *testing.T) {
			var c Cage
			var got string
			err := c.RunWithin(context.Background(), tc.limits, tc.work, nil, nil, text(&got))
			if !errors.Is(err, tc.want) || !strings.Contains(err.Error(), tc.words) {
				t.Fatalf("got %v, want %v with %q", err, tc.want, tc.words)
			}
		})
	}
}

func TestRun_WorkErrorIsClean(t *testing.T) {
	var c Cage
	err := c.Run(context.Background(), "fail", nil, nil, nil)
	var work *WorkError
	if !errors.As(err, &work) {
		t.Fatal(err)
	}
	if len(work.Text) > errorMax || !strings.HasPrefix(work.Text, "bad \uFFFD text next  长") || !strings.HasSuffix(work.Text, "长") {
		t.Fatalf("%q", work.Text)
	}
}

// The callback's own error comes back as it is, and the child is not waited for.
func TestRun_CallbackFails(t *testing.T) {
	var c Cage
	mine := errors.New("disk full")
	err := c.Run(context.Background(), "flood", nil, nil, func(r io.Reader) error {
		_, _ = io.ReadFull(r, make([]byte, 10))
		return mine
	})
	if err != mine {
		t.Fatal(err)
	}
}

// A callback that is content before the end does not make a failed work good.
func TestRun_CallbackLeavesEarly(t *testing.T) {
	var c Cage
	err := c.Run(context.Background(), "leave", nil, nil, func(r io.Reader) error {
		_, err := io.ReadFull(r, make([]byte, 4))
		return err
	})
	if !errors.Is(err, ErrDied) {
		t.Fatal(err)
	}
}

func TestRun_ContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var c Cage
	err := c.Run(ctx, "block", nil, nil, func(r io.Reader) error {
		_, err := bufio.NewReader(r).ReadString('\n')
		cancel()
		if err == nil {
			_, err = io.Copy(io.Discard, r)
		}
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if err := c.Run(ctx, "echo", nil, nil, nil); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

// A run that was too slow is tried once more, with no other beside it.
func TestRun_SlowIsTriedAlone(t *testing.T) {
	var c Cage
	tries := 0
	err := c.RunWithin(context.Background(), Limits{Wall: 100 * time.Millisecond}, "block", nil, nil, func(r io.Reader) error {
		tries++
		if shared := c.alone.TryRLock(); shared {
			c.alone.RUnlock()
			if tries == 2 {
				t.Error("the second try is not alone")
			}
		}
		_, err := io.Copy(io.Discard, r)
		return err
	})
	if !errors.Is(err, ErrLimit) || tries != 2 {
		t.Fatalf("%d tries, %v", tries, err)
	}
}

// A callback that panics leaves the cage usable.
func TestRun_CallbackPanics(t *testing.T) {
	var c Cage
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic is gone")
			}
		}()
		_ = c.Run(context.Background(), "echo", nil, nil, func(io.Reader) error { panic("aside") })
	}()
	if !c.alone.TryLock() {
		t.Fatal("the cage stays locked")
	}
	c.alone.Unlock()
}

func TestRun_Temp(t *testing.T) {
	c := Cage{TempDir: t.TempDir(), Limits: Limits{Temp: true, File: 1 << 20}}
	var dir string
	if err := c.Run(context.Background(), "temp", nil, 1<<20, text(&dir)); err != nil {
		t.Fatal(err)
	}
	if filepath.Dir(dir) != c.TempDir {
		t.Errorf("the temporary folder is %q", dir)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("the temporary folder stays: %v", err)
	}
	err := c.Run(context.Background(), "temp", nil, 1<<20+1, nil)
	if !errors.Is(err, ErrWork) || !strings.Contains(err.Error(), "file too large") {
		t.Errorf("a file over the limit: %v", err)
	}
	c.Limits.Temp = false
	if err := c.Run(context.Background(), "temp", nil, 1, nil); !errors.Is(err, ErrWork) {
		t.Errorf("without a temporary folder: %v", err)
	}
}

func TestWarm(t *testing.T) {
	c := Cage{CacheDir: filepath.Join(t.TempDir(), "cache")}
	if err := c.Warm(context.Background(), "cache"); err != nil {
		t.Fatal(err)
	}
	var got string
	if err := c.Run(context.Background(), "cache", nil, 1, text(&got)); err != nil || got != "code" {
		t.Fatalf("%q, %v", got, err)
	}
	if err := new(Cage).Warm(context.Background(), "panic"); err != nil {
		t.Fatalf("nothing to warm: %v", err)
	}
}

func present(t *testing.T, name string) bool {
	t.Helper()
	for _, p := range Protections() {
		if p.Name == name {
			return p.Present
		}
	}
	t.Fatalf("no protection %q", name)
	return false
}

func TestProtections(t *testing.T) {
	all := Protections()
	if len(all) != 4 || !all[0].Present || all[0].Name != "limits" {
		t.Fatalf("%+v", all)
	}
	for _, p := range all {
		t.Logf("%-8s %v: %s", p.Name, p.Present, p.Detail)
	}
}

func TestConfined_Network(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if !present(t, "network") {
		t.Skip("this kernel has neither namespaces nor seccomp")
	}
	for _, refused := range []bool{false, true} {
		var c Cage
		c.noNamespace.Store(refused) // seccomp alone must do
		if refused && !present(t, "calls") {
			continue
		}
		if err := c.Run(context.Background(), "dial", nil, l.Addr().String(), nil); !errors.Is(err, ErrWork) {
			t.Errorf("a child reached the network: %v", err)
		}
	}
}

func TestConfined_Files(t *testing.T) {
	if !present(t, "files") && !present(t, "calls") {
		t.Skip("this kernel has neither Landlock nor seccomp")
	}
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("key"), 0o666); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]*Cage{
		"nothing": {},
		"temp":    {Limits: Limits{Temp: true}},
		"cache":   {CacheDir: t.TempDir()},
		"missing": {CacheDir: filepath.Join(t.TempDir(), "missing")},
	} {
		if name != "nothing" && !present(t, "files") {
			continue // with a folder it is Landlock that keeps the rest shut
		}
		var got string
		err := c.Run(context.Background(), "open", nil, secret, text(&got))
		if !errors.Is(err, ErrWork) || !strings.Contains(err.Error(), "permission denied") || got != "" {
			t.Errorf("%s: a file outside was read: %q, %v", name, got, err)
		}
		if err := c.Run(context.Background(), "write", nil, secret, nil); !errors.Is(err, ErrWork) {
			t.Errorf("%s: a file outside was written: %v", name, err)
		}
	}
}

func TestConfined_Processes(t *testing.T) {
	if !present(t, "calls") {
		t.Skip("this kernel has no seccomp")
	}
	var c Cage
	if err := c.Run(context.Background(), "process", nil, nil, nil); !errors.Is(err, ErrWork) {
		t.Fatalf("a child started a process: %v", err)
	}
}

// The parent's file is open for writing; the child's descriptor is not.
func TestConfined_InputIsReadOnly(t *testing.T) {
	in := input(t, "abc")
	var c Cage
	if err := c.Run(context.Background(), "writable", in, nil, nil); !errors.Is(err, ErrWork) {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(in); err != nil || string(b) != "abc" {
		t.Fatalf("%q, %v", b, err)
	}
}

func TestConfined_LimitsAndEnvironment(t *testing.T) {
	t.Setenv("ANLI_SECRET", "password")
	c := Cage{Limits: Limits{Memory: 800 << 20, CPU: 2500 * time.Millisecond}}
	var got struct {
		Limits map[string]uint64
		Env    []string
	}
	err := c.Run(context.Background(), "state", nil, nil, func(r io.Reader) error { return json.NewDecoder(r).Decode(&got) })
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]uint64{"data": 800 << 20, "cpu": 3, "fsize": 0, "nofile": maxFiles, "core": 0}
	for name, value := range want {
		if got.Limits[name] != value {
			t.Errorf("%s is %d, want %d", name, got.Limits[name], value)
		}
	}
	if env := strings.Join(got.Env, " "); env != "ANLI_CAGE=1 GOMAXPROCS=1 GOMEMLIMIT=629145600" {
		t.Errorf("environment %q", env)
	}
}

// middleman starts this binary as a parent, which prints its child's process.
func middleman(t *testing.T, how string) (*exec.Cmd, io.Reader) {
	t.Helper()
	cmd := exec.Command("/proc/self/exe")
	cmd.Env = append(os.Environ(), middle+"="+how)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	return cmd, out
}

// A parent that is killed takes its child along: the child waits for input that
// never comes, so nothing else would end it.
func TestParentsDeath(t *testing.T) {
	cmd, out := middleman(t, "run")
	ends := ending(t, firstNumber(t, out))
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

// A child that forgot Serve must not start children in turn.
func TestRun_NoChildrenOfChildren(t *testing.T) {
	t.Setenv(marker, "1")
	var c Cage
	if err := c.Run(context.Background(), "echo", nil, nil, nil); !errors.Is(err, ErrStart) {
		t.Fatal(err)
	}
}

// The frame reader is fed by a child that may have been taken over.
func FuzzFrames(f *testing.F) {
	var whole strings.Builder
	_, _ = (&frameWriter{w: &whole}).Write([]byte("data"))
	f.Add([]byte(whole.String()))
	_ = writeFrame(&whole, frameDone, nil)
	f.Add([]byte(whole.String()))
	f.Add([]byte("e\x00\x00\x00\x02\xff\n"))
	f.Add([]byte("d\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r := newFrameReader(strings.NewReader(string(b)), 1000)
		got, err := io.ReadAll(r)
		if len(got) > 1000 {
			t.Fatalf("%d bytes passed the limit", len(got))
		}
		var work *WorkError
		if errors.As(err, &work) && len(work.Text) > errorMax+3 {
			t.Fatalf("%d bytes of error", len(work.Text))
		}
		if err == nil && r.err != io.EOF {
			t.Fatal(r.err)
		}
	})
}

func BenchmarkRun(b *testing.B) {
	for name, refused := range map[string]bool{"namespace": false, "seccomp": true} {
		b.Run(name, func(b *testing.B) {
			in := input(b, "small")
			var c Cage
			c.noNamespace.Store(refused)
			for b.Loop() {
				if err := c.Run(context.Background(), "echo", in, nil, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
