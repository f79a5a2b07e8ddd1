package form

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"anli/parser/document"
)

var update = flag.Bool("update", false, "write the expected readings anew instead of failing")

// readFile reads a form from testdata with PDFium's cache kept in dir.
func readFile(t *testing.T, path, dir string) Reading {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	d, err := readNamed(path, b, document.Options{CacheDir: dir, Fill: true})
	if err != nil {
		t.Fatal(err)
	}
	return Read(d, call2024())
}

// Every file of testdata is read as the .json beside it says.
func TestCorpus(t *testing.T) {
	dir := t.TempDir()
	readings := map[string]Reading{}
	var paths []string
	for _, pattern := range []string{"testdata/*.docx", "testdata/*.pdf"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, found...)
	}
	if len(paths) < 7 {
		t.Fatalf("only %d files", len(paths))
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			got := readFile(t, path, dir)
			readings[path] = got
			b, err := json.MarshalIndent(got, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			if *update {
				if err := os.WriteFile(path+".json", append(b, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path + ".json")
			if err != nil {
				t.Fatal(err)
			}
			if strings.TrimSpace(string(want)) != string(b) {
				t.Errorf("got %s", b)
			}
		})
	}
	for _, name := range []string{"table", "long", "word"} {
		word, pdf := readings["testdata/"+name+".docx"].Form, readings["testdata/"+name+".pdf"].Form
		if !reflect.DeepEqual(unspaced(t, word), unspaced(t, pdf)) {
			t.Errorf("%s: .docx and .pdf differ\n%q\n%q", name, unspaced(t, word), unspaced(t, pdf))
		}
	}
}

// unspaced is a form's fields without spaces: a PDF does not always tell the
// space beside a Latin word from the gap that is set there by itself.
func unspaced(t *testing.T, f *Form) map[string]string {
	m := flat(t, f)
	for k, v := range m {
		m[k] = strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) && r != '\n' {
				return -1
			}
			return r
		}, v)
	}
	return m
}

func readNamed(path string, b []byte, o document.Options) (document.Document, error) {
	r := document.NewReader(o)
	defer r.Close()
	return r.ReadNamed(filepath.Base(path), bytes.NewReader(b), int64(len(b)))
}
