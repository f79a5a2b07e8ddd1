package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"anli/cmd/anli/bot"
	"anli/parser/cage"
)

// asProgram makes the test binary the program itself: exit codes and signals are
// tested on a real process.
const asProgram = "ANLI_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	cage.Serve(bot.Works())
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(withCache(m))
}

// withCache gives all checks of this run one folder of compiled code, and spares
// the user's own.
func withCache(m *testing.M) int {
	dir, err := os.MkdirTemp("", "anli-test-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	if own, err := os.UserCacheDir(); err == nil && os.Getenv("GOCACHE") == "" {
		// Go's own stays, or a test that builds would compile everything.
		if err := os.Setenv("GOCACHE", filepath.Join(own, "go-build")); err != nil {
			panic(err)
		}
	}
	if err := os.Setenv("XDG_CACHE_HOME", dir); err != nil {
		panic(err)
	}
	return m.Run()
}

// program is the program as a process of its own.
func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self, args...)
	c.Env = append(os.Environ(), asProgram+"=1")
	c.Dir = t.TempDir()
	return c
}

// run runs a command in this process.
func run(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, diag bytes.Buffer
	code = dispatch(context.Background(), args, &out, &diag)
	return code, out.String(), diag.String()
}

func TestExitCodes(t *testing.T) {
	for _, x := range []struct {
		args []string
		code int
		says string // in stdout or stderr
	}{
		{nil, 2, "usage: anli COMMAND"},
		{[]string{"help"}, 0, "rebuild"},
		{[]string{"status", "--help"}, 0, "usage: anli status"},
		{[]string{"chek"}, 2, `there is no command "chek"`},
		{[]string{"status", "--jsn"}, 2, "flag provided but not defined: -jsn"},
		{[]string{"status", "--config", "none.toml"}, 2, "none.toml: there is no such file"},
		{[]string{"status", "one"}, 2, `"one" is too much`},
		{[]string{"check"}, 2, "name a folder"},
		{[]string{"check", "--at", "yesterday", "."}, 2, "--at"},
		{[]string{"check", "not-there"}, 3, "not-there"},
		{[]string{"check", "."}, 1, "没有找到可核对的文件"},
	} {
		out, err := program(t, x.args...).CombinedOutput()
		code := 0
		if exit, ok := err.(*exec.ExitError); ok {
			code = exit.ExitCode()
		} else if err != nil {
			t.Fatal(err)
		}
		if code != x.code || !strings.Contains(string(out), x.says) {
			t.Errorf("anli %s: exit %d, want %d with %q; it said\n%s", strings.Join(x.args, " "), code, x.code, x.says, out)
		}
		if code >= 2 && len(x.args) > 0 && strings.Count(strings.TrimSpace(string(out)), "\n") > 0 {
			t.Errorf("anli %s: more than one line of error:\n%s", strings.Join(x.args, " "), out)
		}
	}
}
