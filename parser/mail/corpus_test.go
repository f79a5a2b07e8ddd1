package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the results beside the corpus")

// keep is a store that keeps nothing.
func keep(r io.Reader) (string, int64, error) {
	h := sha256.New()
	n, err := io.Copy(h, r)
	return hex.EncodeToString(h.Sum(nil)), n, err
}

func mustRead(t testing.TB, raw []byte) Message {
	t.Helper()
	m, err := Read(bytes.NewReader(raw), Limits{}, keep)
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	return m
}

func crlf(b []byte) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))
}

// Every testdata/*.eml is read and compared with the .json beside it, then once
// more with CRLF line ends. Its X-Why header says what it is about.
func TestCorpus(t *testing.T) {
	files, err := filepath.Glob("testdata/*.eml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".eml"), func(t *testing.T) {
			raw, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.HasPrefix(raw, []byte("X-Why: ")) {
				t.Error("no X-Why header")
			}
			got := result(t, raw)
			expected := strings.TrimSuffix(f, ".eml") + ".json"
			if *update {
				if err := os.WriteFile(expected, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(expected)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if twin := result(t, crlf(raw)); !bytes.Equal(twin, want) {
				t.Errorf("with CRLF got\n%s\nwant\n%s", twin, want)
			}
		})
	}
}

func result(t *testing.T, raw []byte) []byte {
	m := mustRead(t, raw)
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
