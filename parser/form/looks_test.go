package form

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anli/parser/document"
)

// looksOf parts a file of testdata/looks into its cases: a paragraph with the name and
// what a person reads in the table behind it.
func looksOf(t *testing.T, path string) (names, wants []string, tables [][][]document.Cell) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	d, err := readNamed(path, b, document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, block := range d.Blocks {
		if block.Rows == nil {
			continue
		}
		name, want, ok := strings.Cut(d.Blocks[i-1].Text, "＝")
		if !ok {
			t.Fatalf("no name before table %d: %q", i, d.Blocks[i-1].Text)
		}
		names, wants, tables = append(names, name), append(wants, want), append(tables, block.Rows)
	}
	return names, wants, tables
}

// A field that stands out by its look is chosen where nobody can doubt it: in a file
// that Word might have written, and as LibreOffice saves it in each format.
func TestLooks(t *testing.T) {
	paths, err := filepath.Glob("testdata/looks/*.*")
	if err != nil || len(paths) < 10 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		names, wants, tables := looksOf(t, path)
		if styles := strings.HasPrefix(filepath.Base(path), "styles"); len(tables) < 18 || !styles && len(tables) < 50 {
			t.Fatalf("%s: only %d tables", path, len(tables))
		}
		for i, rows := range tables {
			t.Run(filepath.Base(path)+"/"+names[i], func(t *testing.T) {
				if filepath.Ext(path) == ".xml" && strings.Contains(names[i], "switched off") {
					t.Skip("LibreOffice writes nothing of what is switched off there")
				}
				head, tail, _ := strings.Cut(blank, "|参评领域")
				_, tail, _ = strings.Cut(tail, "|\n")
				d, rest := sheet(head), sheet(tail)
				last := &d.Blocks[len(d.Blocks)-1]
				last.Rows = append(append(last.Rows, rows...), rest.Blocks[0].Rows...)
				r := Read(d, call2024())
				if r.Form == nil || len(r.Missing) > 0 {
					t.Fatalf("missing %q", r.Missing)
				}
				if got := strings.Join(r.Form.Categories, " "); got != wants[i] {
					t.Errorf("read %q, want %q\n%+v", got, wants[i], rows)
				}
			})
		}
	}
}
