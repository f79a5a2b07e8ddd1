package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the expected readings anew instead of failing")

const corpus = "testdata/sheets/"

// Every table of the corpus is read as the file beside it says: a kind or what
// was wrong, then the blocks, a line a row. Cells are as in drawing.
func TestSheets(t *testing.T) {
	reader := NewReader(Options{})
	defer reader.Close()
	for _, p := range sheets(t) {
		t.Run(filepath.Base(p), func(t *testing.T) {
			got := expectation(reader.ReadNamed(p, bytes.NewReader(contents(t, p)), int64(len(contents(t, p)))))
			if *update {
				if err := os.WriteFile(p+".json", []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want := string(contents(t, p+".json")); got != want {
				t.Errorf("\n got %s\nwant %s", got, want)
			}
		})
	}
}

func sheets(t testing.TB) []string {
	t.Helper()
	all, err := filepath.Glob(corpus + "*")
	if err != nil || len(all) == 0 {
		t.Fatal("no corpus", err)
	}
	var out []string
	for _, p := range all {
		if ext := filepath.Ext(p); ext != ".json" && ext != ".md" {
			out = append(out, p)
		}
	}
	return out
}

func contents(t testing.TB, p string) []byte {
	t.Helper()
	b, err := os.ReadFile(p)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// expectation writes a reading as JSON that a person can check.
func expectation(d Document, err error) string {
	var b strings.Builder
	quoted := func(s string) string {
		var line bytes.Buffer
		e := json.NewEncoder(&line)
		e.SetEscapeHTML(false)
		e.Encode(s)
		return strings.TrimSpace(line.String())
	}
	kind := d.Kind
	for _, e := range []error{ErrUnsupported, ErrEncrypted, ErrBroken, ErrTooLarge} {
		if errors.Is(err, e) {
			kind = e.Error()
		}
	}
	b.WriteString("{\"kind\": " + quoted(kind) + ", \"blocks\": [")
	for i, bl := range d.Blocks {
		b.WriteString(strings.Repeat(",", min(i, 1)) + "\n")
		if bl.Rows == nil {
			b.WriteString("  " + quoted(bl.Text))
			continue
		}
		b.WriteString("  [")
		for k, row := range bl.Rows {
			b.WriteString(strings.Repeat(",\n   ", min(k, 1)) + "[")
			for n, c := range row {
				s := c.Text
				if c.Down {
					s = "^"
				}
				if c.Span > 1 {
					s = "{" + strconv.Itoa(c.Span) + "}" + s
				}
				b.WriteString(strings.Repeat(", ", min(n, 1)) + quoted(s))
			}
			b.WriteString("]")
		}
		b.WriteString("]")
	}
	return b.String() + "\n]}\n"
}
