package main

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// looksScript measures every letter in its frame and writes what is wrong into #out.
//
//go:embed testdata/looks.js
var looksScript string

// TestLettersFit renders every golden letter and those of the demo in Chromium, on
// a telephone's width and on a desk's, light and dark: nothing is wider than the
// window, text stands out from its ground, nothing is fetched and no script runs.
func TestLettersFit(t *testing.T) {
	browser := needBrowser(t)
	letters, err := filepath.Glob("../../templates/testdata/*.html")
	if err != nil || len(letters) == 0 {
		t.Fatal("no golden letters", err)
	}
	out := filepath.Join(t.TempDir(), "demo")
	if code, _, stderr := run(t, "demo", "--out", out); code != exitDone {
		t.Fatalf("demo: exit %d\n%s", code, stderr)
	}
	demo, err := filepath.Glob(filepath.Join(out, "letters", "*.html"))
	if err != nil || len(demo) == 0 {
		t.Fatal("the demo left no letters", err)
	}
	page := looksPage(t, append(letters, demo...))
	for _, mode := range []struct{ name, scheme string }{{"dark", "0"}, {"light", "1"}} {
		t.Run(mode.name, func(t *testing.T) {
			looked, wrong := looksOf(t, browser, page, mode.scheme)
			if looked != mode.name {
				t.Errorf("rendered in %s mode", looked)
			}
			for _, line := range wrong {
				t.Error(line)
			}
		})
	}
}

// needBrowser finds Chromium; without it the test is skipped, in CI it fails.
func needBrowser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("CI needs chromium")
	}
	t.Skip("looking at letters needs chromium")
	return ""
}

// looksPage is one page with each letter in two frames, 360 and 800 px wide.
func looksPage(t *testing.T, letters []string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("<!DOCTYPE html><meta charset=utf-8><pre id=out>not measured</pre>\n")
	for _, path := range letters {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, width := range []int{360, 800} {
			fmt.Fprintf(&b, "<iframe title=\"%s\" width=%d height=600 style=\"border:0\" srcdoc=\"%s\"></iframe>\n",
				html.EscapeString(filepath.Base(path)), width, html.EscapeString(string(raw)))
		}
	}
	fmt.Fprintf(&b, "<script>\n%s</script>\n", looksScript)
	path := filepath.Join(t.TempDir(), "letters.html")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

var measured = regexp.MustCompile(`(?s)<pre id="out">measured (\d+) (\w+)\n(.*?)</pre>`)

// looksOf opens the page and gives the mode it was shown in and the script's
// complaints.
func looksOf(t *testing.T, browser, page, scheme string) (mode string, wrong []string) {
	t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Minute)
	defer stop()
	c := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
		"--user-data-dir="+t.TempDir(), "--blink-settings=preferredColorScheme="+scheme, "--window-size=1000,800", "--dump-dom", "file://"+page)
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	if err := c.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", browser, err, stderr.String())
	}
	found := measured.FindStringSubmatch(stdout.String())
	if found == nil {
		t.Fatalf("the script did not run\n%s", stderr.String())
	}
	t.Logf("%s frames measured", found[1])
	if found[3] == "" {
		return found[2], nil
	}
	return found[2], strings.Split(strings.TrimSpace(html.UnescapeString(found[3])), "\n")
}
