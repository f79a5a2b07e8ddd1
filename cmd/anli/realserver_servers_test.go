package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"anli/cmd/anli/demo/sample"
)

// servers are a Dovecot and a Postfix of Debian on free ports of loopback, in a
// folder that is thrown away.
type servers struct {
	dir                    string
	imap, imaps            string // host:port
	smtp, submission       string
	ca                     string // certificate of both, PEM
	tls                    *tls.Config
	ports                  map[string]string // as the scripts in .ci name them
	dovecotLog, postfixLog string
}

// serverPassword is everybody's.
const serverPassword = "secret"

// needServers skips the test where the servers are missing. In CI it fails: there
// they must run.
func needServers(t *testing.T) {
	t.Helper()
	inCI := os.Getenv("CI") == "true"
	var missing []string
	for _, name := range []string{"dovecot", "postfix", "swaks", "openssl"} {
		if _, err := exec.LookPath(name); err != nil {
			missing = append(missing, name)
		}
	}
	switch {
	case runtime.GOOS != "linux" || os.Getuid() != 0:
		missing = append(missing, "root on Linux")
	case testing.Short() && !inCI:
		t.Skip("-short: no real servers")
	}
	if len(missing) > 0 && inCI {
		t.Fatalf("CI needs %s", strings.Join(missing, ", "))
	}
	if len(missing) > 0 {
		t.Skipf("real servers need %s", strings.Join(missing, ", "))
	}
}

// startServers runs both scripts of .ci and waits until every port answers. A
// failed test keeps the folder.
func startServers(t *testing.T, people []string) *servers {
	t.Helper()
	dir, err := os.MkdirTemp("", "anli-real-") // short: sockets lie in it
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("kept: %s", dir)
			return
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(dir, 0o755); err != nil { // the servers' own users pass through
		t.Fatal(err)
	}
	s := &servers{dir: dir, ports: freePorts(t, "IMAP_PORT", "IMAPS_PORT", "LMTP_PORT", "AUTH_PORT", "SMTP_PORT", "SUBMISSION_PORT"),
		ca: filepath.Join(dir, "dv", "c.pem"), dovecotLog: filepath.Join(dir, "dovecot.out"), postfixLog: filepath.Join(dir, "postfix.out")}
	s.imap, s.imaps = "localhost:"+s.ports["IMAP_PORT"], "localhost:"+s.ports["IMAPS_PORT"]
	s.smtp, s.submission = "localhost:"+s.ports["SMTP_PORT"], "localhost:"+s.ports["SUBMISSION_PORT"]
	var users []string
	for _, p := range people {
		users = append(users, p+":"+serverPassword)
	}
	s.script(t, s.dovecotLog, users, "dovecot.sh", filepath.Join(dir, "dv"))
	s.answering(t, "IMAP_PORT", "IMAPS_PORT", "LMTP_PORT", "AUTH_PORT")
	s.script(t, s.postfixLog, users, "postfix.sh", filepath.Join(dir, "pf"), filepath.Join(dir, "dv"))
	s.answering(t, "SMTP_PORT", "SUBMISSION_PORT")
	pem, err := os.ReadFile(s.ca)
	if err != nil {
		t.Fatal(err)
	}
	s.tls = &tls.Config{RootCAs: x509.NewCertPool(), ServerName: "localhost"}
	if !s.tls.RootCAs.AppendCertsFromPEM(pem) {
		t.Fatalf("%s holds no certificate", s.ca)
	}
	return s
}

// freePorts asks the system; between the asking and the use another may take one,
// then the test fails and says so.
func freePorts(t *testing.T, names ...string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, name := range names {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		_, out[name], _ = net.SplitHostPort(l.Addr().String())
	}
	return out
}

// script runs one of .ci in the foreground of its own process; it dies with the
// test, also when the test is killed.
func (s *servers) script(t *testing.T, logFile string, users []string, name string, args ...string) {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", "..", ".ci"))
	if err != nil {
		t.Fatal(err)
	}
	out, err := os.Create(logFile)
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command("sh", append([]string{filepath.Join(root, name)}, args...)...)
	c.Stdout, c.Stderr = out, out
	c.Env = append(os.Environ(), "MAIL_USERS="+strings.Join(users, " "))
	for k, v := range s.ports {
		c.Env = append(c.Env, k+"="+v)
	}
	c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	started, ended := make(chan error, 1), make(chan struct{})
	go func() {
		runtime.LockOSThread() // Pdeathsig looks at the thread, not the process
		defer close(ended)
		err := c.Start()
		started <- err
		if err == nil {
			_ = c.Wait() // how a server ends is no part of the test
		}
	}()
	if err := <-started; err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Signal(syscall.SIGTERM)
		select {
		case <-ended:
		case <-time.After(10 * time.Second):
			_ = c.Process.Kill()
			<-ended
		}
		out.Close()
	})
}

// answering waits until the ports take connections.
func (s *servers) answering(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		until(t, 30*time.Second, name+" answers", func() bool {
			c, err := net.DialTimeout("tcp", "127.0.0.1:"+s.ports[name], time.Second)
			if err == nil {
				c.Close()
			}
			return err == nil
		})
	}
}

// until asks again and again, for at most the given time.
func until(t *testing.T, limit time.Duration, what string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(limit); !done(); {
		if time.Now().After(end) {
			t.Fatalf("not within %v: %s", limit, what)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// maildir lists the flags of every message in a folder of Dovecot's; "" is the
// inbox. Messages that no client has touched have none.
func (s *servers) maildir(t *testing.T, addr, folder string) (flags []string) {
	t.Helper()
	user, domain, _ := strings.Cut(addr, "@")
	base := filepath.Join(s.dir, "dv", "mail", domain, user)
	if folder != "" {
		base = filepath.Join(base, "."+folder)
	}
	for _, sub := range []string{"new", "cur"} {
		entries, err := os.ReadDir(filepath.Join(base, sub))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		for _, e := range entries {
			_, f, _ := strings.Cut(e.Name(), ":2,")
			flags = append(flags, f)
		}
	}
	slices.Sort(flags)
	return flags
}

// deskConfig writes a configuration of the desk on these servers: STARTTLS on one,
// TLS on the other, the throw-away certificate as own CA, a deadline a year ahead.
func (s *servers) deskConfig(t *testing.T, name, data string, deadline time.Time) string {
	t.Helper()
	now := time.Now().In(time.FixedZone("", 8*3600))
	deadline = deadline.In(now.Location())
	var b strings.Builder
	fmt.Fprintf(&b, "data = %q\nkey_file = %q\n", data, "anli.key")
	fmt.Fprintf(&b, "[mailbox]\naddress = %q\nimap = %q\ntls = \"starttls\"\npassword_file = \"password\"\njunk = \"Junk\"\nsent = \"Sent\"\npoll = \"10s\"\nca_file = %q\n",
		sample.Mailbox, s.imap, s.ca)
	fmt.Fprintf(&b, "[smtp]\naddress = %q\ntls = \"starttls\"\n", s.submission)
	fmt.Fprintf(&b, "[office]\ncontact = \"某某\"\nphone = \"020-38000000\"\n")
	// The staff's letter of the morning stays away: it would come between.
	fmt.Fprintf(&b, "[timing]\nquiet = \"3s\"\nlongest = \"20s\"\nseries = \"60s\"\nmorning = %q\n", now.Add(12*time.Hour).Format("15:04"))
	fmt.Fprintf(&b, "[call]\ndeadline = %q\ndata_year = %d\n[backup]\nevery = \"0s\"\n[letters]\nexpert = \"send\"\n[review]\ninvite = false\n",
		deadline.Format(time.RFC3339), max(2023, deadline.Year()-5))
	for _, p := range []struct{ name, addr string }{{"张伟", sample.Officer}, {"李娜", sample.Officer2}} {
		fmt.Fprintf(&b, "[[staff]]\nname = %q\naddresses = [%q]\n", p.name, p.addr)
	}
	for _, p := range sample.Bureaus() {
		fmt.Fprintf(&b, "[[bureau]]\ncity = %q\naddresses = [%q]\n", p.City, p.Address)
	}
	path := filepath.Join(s.dir, name)
	for file, text := range map[string]string{path: b.String(), filepath.Join(s.dir, "password"): serverPassword + "\n"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// anli is the built program.
type anli struct {
	bin, config string
}

// compile builds the program as people run it.
func compile(t *testing.T, dir string) string {
	t.Helper()
	bin := filepath.Join(dir, "anli")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return bin
}

// does runs a command to its end and gives what it printed.
func (a anli) does(t *testing.T, code int, command string, args ...string) string {
	t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Minute)
	defer stop()
	c := exec.CommandContext(ctx, a.bin, append([]string{command, "--config", a.config}, args...)...)
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	if err := c.Run(); c.ProcessState.ExitCode() != code {
		t.Fatalf("anli %s: %v, want exit code %d\n%s%s", command, err, code, stdout.String(), stderr.String())
	}
	return stdout.String()
}

// running is `anli run`.
type running struct {
	cmd   *exec.Cmd
	log   string
	ended chan error
}

// runs starts the daemon; its log is appended to a file and told if the test fails.
func (a anli) runs(t *testing.T) *running {
	t.Helper()
	d := &running{cmd: exec.Command(a.bin, "run", "--config", a.config), log: a.config + ".log", ended: make(chan error, 1)}
	out, err := os.OpenFile(d.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	d.cmd.Stdout, d.cmd.Stderr = out, out
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { d.ended <- d.cmd.Wait() }()
	t.Cleanup(func() {
		_ = d.cmd.Process.Kill() // where the test has ended it already, this is nothing
		out.Close()
		if text, err := os.ReadFile(d.log); err == nil && t.Failed() {
			t.Logf("the daemon's log:\n%s", text)
		}
	})
	return d
}

// stop ends the daemon as systemd does.
func (d *running) stop(t *testing.T) {
	t.Helper()
	began := time.Now()
	if err := d.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-d.ended:
		if err != nil {
			t.Errorf("SIGTERM: %v, want exit code 0", err)
		}
		t.Logf("ended %v after SIGTERM", time.Since(began).Round(time.Millisecond))
	case <-time.After(10 * time.Second):
		t.Fatal("the daemon did not end within 10 s of SIGTERM")
	}
}
