package document

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// corpusPDF reads every PDF of the corpus as the file beside it says; what the files
// are stands in testdata/make/pages.sh.
func corpusPDF(t *testing.T, cache string) {
	files, err := filepath.Glob("testdata/pdf/*.pdf")
	if err != nil || len(files) == 0 {
		t.Fatal("no corpus", err)
	}
	reader := NewReader(Options{CacheDir: cache})
	defer reader.Close()
	docs := map[string]Document{}
	for _, p := range files {
		t.Run(filepath.Base(p), func(t *testing.T) {
			b := contents(t, p)
			d, err := reader.ReadNamed("", bytes.NewReader(b), int64(len(b)))
			docs[filepath.Base(p)] = d
			got := expectation(d, err)
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
	recognised(t, docs)
}

// recognised: words behind the picture of a page were recognised by a machine;
// those printed on one were not.
func recognised(t *testing.T, docs map[string]Document) {
	for name, want := range map[string]bool{
		"scan-invisible.pdf": true, "scan-under.pdf": true,
		"scan-background.pdf": false, "drawing.pdf": false, "fields.pdf": false, "boxes.pdf": false,
	} {
		d := docs[name]
		if d.Scanned != want || d.Recognised != want || slices.Contains(d.Scans, 1) != want || len(d.Blocks) == 0 {
			t.Errorf("%s: scanned %v, recognised %v, pages %v, %d blocks", name, d.Scanned, d.Recognised, d.Scans, len(d.Blocks))
		}
	}
}
